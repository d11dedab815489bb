"""How much the gateways were used: counts, in total and by what they are grouped by, over time."""

from __future__ import annotations

import re
from dataclasses import dataclass, fields
from datetime import datetime
from enum import StrEnum
from typing import Final

from cfaig.definition.spelling import did_you_mean
from cfaig.errors import CfaigError
from cfaig.observe.window import Window

METADATA: Final = "metadata"
_METADATA_KEY: Final = re.compile(r"metadata\.(.+)", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Totals:
    """What was counted: requests, those that failed, those that the cache answered, tokens, US dollars.

    Tokens of the cache's answers count as well where Cloudflare gives them.
    """

    requests: int = 0
    errors: int = 0
    cached: int = 0
    tokens_in: int = 0
    tokens_out: int = 0
    cost: float = 0.0

    def __add__(self, other: Totals) -> Totals:
        """Both together."""
        return Totals(*(getattr(self, each.name) + getattr(other, each.name) for each in fields(Totals)))

    @property
    def error_rate(self) -> float | None:
        """The share of requests that failed, from 0 to 1; None without requests."""
        return self.errors / self.requests if self.requests else None

    @property
    def hit_rate(self) -> float | None:
        """The share of requests that the cache answered, from 0 to 1; None without requests."""
        return self.cached / self.requests if self.requests else None


class Field(StrEnum):
    """What requests can be grouped by."""

    GATEWAY = "gateway"
    PROVIDER = "provider"
    MODEL = "model"
    STATUS = "status"
    RATE_LIMITED = "rate_limited"
    USER_AGENT = "user_agent"
    ROUTE = "route"
    METADATA = METADATA


@dataclass(frozen=True, slots=True)
class Grouping:
    """By what requests are grouped; `key` is the entry of the metadata."""

    field: Field
    key: str = ""

    def __str__(self) -> str:
        """As people write it."""
        return f"{METADATA}.{self.key}" if self.field is Field.METADATA else self.field.value

    @classmethod
    def parse(cls, text: str) -> Grouping:
        """Read `provider`, `model` or `metadata.user`.

        Raises CfaigError for anything else.
        """
        if found := _METADATA_KEY.fullmatch(text):
            return cls(Field.METADATA, found[1])
        known = [each.value for each in Field if each is not Field.METADATA]
        if text not in known:
            raise CfaigError(
                f"requests cannot be grouped by “{text}”",
                f"{did_you_mean(text, known)}there are: {', '.join(known)}, {METADATA}.KEY",
            )
        return cls(Field(text))


@dataclass(frozen=True, slots=True)
class Group:
    """What has one value of the field; `series` has a number of `Usage.moments`."""

    name: str
    totals: Totals
    series: tuple[Totals, ...]


@dataclass(frozen=True, slots=True)
class Usage:
    """Everything that was counted in a window.

    `moments` are the beginnings of the steps of `series`. `groups` are ordered: most requests first. `notes` say what
    the numbers do not: how late and how exact they are. `gateways` is empty for all of the account.
    """

    window: Window
    by: Grouping
    gateways: tuple[str, ...]
    moments: tuple[datetime, ...]
    total: Totals
    series: tuple[Totals, ...]
    groups: tuple[Group, ...]
    source: str
    notes: tuple[str, ...] = ()
