"""What clients tell about themselves in `cf-aig-metadata` (facts/ai-gateway.md 4.9)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from cfaig.json_types import Json
from cfaig.strict_json import strict_json

HEADER: Final = "cf-aig-metadata"
MAX_ENTRIES: Final = 5
RESERVED: Final = "cf."


def parse_metadata(text: str) -> tuple[dict[str, Json], list[str]]:
    """The entries that count, and what was dropped and why.

    The first five entries stay, then those under Cloudflare's own prefix go. One value that is no text, number or
    truth value discards all, silently for the client.
    """
    try:
        told = strict_json(text)
    except ValueError:
        return {}, [f"{HEADER} discarded: not JSON"]
    if not isinstance(told, dict):
        return {}, [f"{HEADER} discarded: not a JSON object"]
    for name, value in told.items():
        if not isinstance(value, str | int | float):
            return {}, [f"{HEADER} discarded, all of it: {name} is neither text, number nor true/false"]
    first = list(told.items())[:MAX_ENTRIES]
    notes = [f"{HEADER}: {name} dropped: more than {MAX_ENTRIES} entries" for name in list(told)[MAX_ENTRIES:]]
    notes += [f"{HEADER}: {name} dropped: {RESERVED} is reserved" for name, _ in first if name.startswith(RESERVED)]
    return {name: value for name, value in first if not name.startswith(RESERVED)}, notes


def metadata_value(path: str, metadata: Mapping[str, Json]) -> Json:
    """What a route's key or condition names (`metadata.user_id`); None if the client has not told it.

    Raises LookupError for paths that do not begin with `metadata.`: how others are spelled is not known
    (facts/ai-gateway.md 2.2).
    """
    prefix, dot, name = path.partition(".")
    if prefix != "metadata" or not dot or not name:
        raise LookupError(f"only metadata.<key> is known of Cloudflare; {path} is not")
    return metadata.get(name)


def value_text(value: Json) -> str:
    """A value as keys and rules write it: true, not True; 1, not 1.0."""
    if isinstance(value, bool):
        return str(value).lower()
    return str(int(value)) if isinstance(value, float) and value.is_integer() else str(value)
