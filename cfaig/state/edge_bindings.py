"""What an edge says as bindings of its Worker, and back.

Cloudflare takes at most 5 KB for each binding (https://developers.cloudflare.com/workers/platform/limits/): rules that
do not fit into `RULES` go on in `RULES_2`, `RULES_3`, …, as lists. The Worker itself does not look at `CFAIG`: it goes
up in the same request as the code and the secrets, and tells later which ones these were.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from cfaig.errors import CfaigError
from cfaig.json_types import Json, JsonObject

MAX_BINDING: Final = 5000
"""Bytes of one binding: whether Cloudflare's KB are of 1,000 or 1,024 bytes is not said."""
MAX_PARTS: Final = 99

STAMP: Final = "CFAIG"
GATEWAY_TOKEN: Final = "GATEWAY_TOKEN"  # noqa: S105 (the name of a binding)

_ITERATIONS: Final = 20_000
_DIGITS: Final = 16
_FIRST: Final = "RULES"
_RULES: Final = re.compile(r"RULES(?:_([1-9][0-9]?))?")


@dataclass(frozen=True, slots=True)
class Stamp:
    """What cfaig has written beside the rules of a Worker; `module` is None when it has written nothing.

    `secrets` are the fingerprints of the Worker's secrets by the names of their bindings.
    """

    module: str | None = None
    secrets: Mapping[str, str] = field(default_factory=dict)


def edge_bindings(rules: JsonObject, gateway_url: str, module: str, fingerprints: Mapping[str, str]) -> dict[str, str]:
    """The JSON text of each binding but the secrets, by its name; raises CfaigError as `rule_bindings` does."""
    stamp: dict[str, Json] = {"module": module, "secrets": dict(fingerprints)}
    return rule_bindings(rules, gateway_url) | {STAMP: _text(stamp)}


def stamp_of(bindings: Mapping[str, Json]) -> Stamp:
    """What cfaig has written about the Worker with these JSON bindings."""
    told = bindings.get(STAMP)
    if not isinstance(told, Mapping):
        return Stamp()
    module, secrets = told.get("module"), told.get("secrets")
    known = {name: str(value) for name, value in secrets.items()} if isinstance(secrets, Mapping) else {}
    return Stamp(None if module is None else str(module), known)


def secret_fingerprint(secret: str, place: str) -> str:
    """By what a secret can be known again: the same for the same secret in the same place, and slow to be guessed from.

    `place` is `<gateway>/<worker>/<binding>`, so that nobody sees where the same secret is used, too.
    """
    return hashlib.pbkdf2_hmac("sha256", secret.encode(), place.encode(), _ITERATIONS).hex()[:_DIGITS]


def rule_bindings(rules: JsonObject, gateway_url: str) -> dict[str, str]:
    """The JSON text of each binding, by its name; the same rules always give the same texts.

    Raises CfaigError when something does not fit: a single rule, all that is no rule, or all rules together.
    """
    listed: Any = rules["rules"]
    base: dict[str, Json] = {**rules, "gateway": {"url": gateway_url}, "rules": []}
    room = MAX_BINDING - _size(base)
    if room < 0:
        raise CfaigError(
            f"the edge without its rules takes {_size(base)} bytes, and a binding has {MAX_BINDING}",
            "fewer tokens, origins or denied headers",
        )
    first, more = _in_parts(listed, room)
    if len(more) >= MAX_PARTS:
        raise CfaigError(f"the rules of an edge do not fit into {MAX_PARTS} bindings", "fewer or shorter rules")
    texts = {_FIRST: _text({**base, "rules": first})}
    return texts | {f"{_FIRST}_{index}": _text(part) for index, part in enumerate(more, 2)}


def joined_rules(bindings: Mapping[str, Json]) -> tuple[JsonObject, str] | None:
    """What the bindings of a Worker say together, and the address of its gateway; None when it has no rules of ours."""
    parts = {_number(found): value for name, value in bindings.items() if (found := _RULES.fullmatch(name))}
    first = parts.pop(1, None)
    gateway = first.get("gateway") if isinstance(first, Mapping) else None
    if not isinstance(first, Mapping) or not isinstance(gateway, Mapping):
        return None
    rules = [rule for value in (first.get("rules"), *(parts[key] for key in sorted(parts))) for rule in _items(value)]
    said = {name: value for name, value in first.items() if name != "gateway"}
    return {**said, "rules": rules}, str(gateway.get("url"))


def is_rules(binding: str) -> bool:
    """Whether a binding of this name holds rules."""
    return _RULES.fullmatch(binding) is not None


def _number(found: re.Match[str]) -> int:
    return int(found[1] or 1)


def _items(value: Json) -> Iterator[Json]:
    if isinstance(value, list | tuple):
        yield from value


def _in_parts(rules: list[Json], room: int) -> tuple[list[Json], list[list[Json]]]:
    """The rules that fit into the first `room` bytes, and the others, binding by binding."""
    parts: list[list[Json]] = [[]]
    left = room
    for index, rule in enumerate(rules):
        size = _size(rule) + 1  # the comma
        if size > left:
            parts.append([])
            left = MAX_BINDING - len("[]")
        if size > left:
            raise CfaigError(
                f"rule {index + 1} of the edge takes {size} bytes, and a binding has {MAX_BINDING}",
                "make two rules of it, with fewer values in each",
            )
        parts[-1].append(rule)
        left -= size
    return parts[0], parts[1:]


def _text(value: Json) -> str:
    return json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False)


def _size(value: Json) -> int:
    return len(_text(value).encode())
