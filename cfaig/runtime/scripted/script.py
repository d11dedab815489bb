"""A script: what scripted providers are told to do."""

from __future__ import annotations

from dataclasses import dataclass

from cfaig.json_types import Json
from cfaig.runtime.scripted.reading import read_rules
from cfaig.runtime.scripted.rules import Rule


@dataclass(frozen=True, slots=True)
class Script:
    """Rules, in the order in which they are tried; the first that fits a call is followed."""

    rules: tuple[Rule, ...] = ()

    @classmethod
    def from_data(cls, data: Json, where: str = "upstreams") -> Script:
        """A script from plain data: a list of rules, whose keys are the fields of `Rule`.

        Durations are `500ms`, `2s`, or a number of seconds. Raises CfaigError that names the first wrong place, as in
        `upstreams[2].delay`.
        """
        return cls(read_rules(data, where))
