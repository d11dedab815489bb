"""The JSON Schema of scenario files."""

from __future__ import annotations

import json
from functools import cache
from importlib import resources
from typing import Any, Final

from cfaig.definition.schema import Rule

SCHEMA_FILE: Final = "scenario.schema.json"


@cache
def schema_text() -> str:
    """The schema as it is published (`schemas/scenario.schema.json` in the repository)."""
    return resources.files("cfaig").joinpath("schemas", SCHEMA_FILE).read_text("utf-8")


@cache
def linked_schema() -> Rule:
    """The schema with each reference replaced by what it refers to, as `cfaig.definition.violations` takes it."""
    whole: dict[str, Any] = json.loads(schema_text())
    parts: dict[str, Any] = whole.pop("$defs")
    # The library would take its own validator for what says which draft it is of.
    del whole["$schema"]
    for part in (*parts.values(), whole):
        _link(part, parts)
    return whole


def _link(part: Any, parts: dict[str, Any]) -> None:
    """Replace the references inside `part`, in place: what several refer to stays one, and may contain itself."""
    for key, value in part.items() if isinstance(part, dict) else enumerate(part):
        if isinstance(value, dict) and "$ref" in value:
            part[key] = parts[value["$ref"].rsplit("/", 1)[1]]
        elif isinstance(value, dict | list):
            _link(value, parts)
