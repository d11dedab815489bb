"""What to say about a key that nothing knows."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from cfaig.definition.diagnostics import KeyPath
from cfaig.definition.spelling import API_NAMES, OLD_FLOW_KEYS, OLD_ROUTE_KEYS, nearest
from cfaig.definition.words import shown_path

MAX_LISTED: Final = 14
_ONLY_IN_DEFAULTS: Final[Mapping[str, str]] = {
    "limits": "an account's limits are told in gateways/_defaults.yaml",
    "safety": "what is dangerous is told for all gateways, in gateways/_defaults.yaml; here, `allow` permits a change",
}
FLOW_KINDS: Final = ("chain", "if", "limit", "split", "elements")


@dataclass(frozen=True, slots=True)
class UnknownKey:
    """The words about an unknown key; `meant` is the key that it probably should be."""

    code: str
    message: str
    hint: str | None
    meant: str | None = None


def explain_unknown(path: KeyPath, rule: Mapping[str, Any], siblings: Mapping[str, Any]) -> UnknownKey:
    """Explain the key at the end of `path`; `rule` is the schema of the mapping that has it, `siblings` its keys."""
    key = str(path[-1])
    shares = "patternProperties" in rule and any("%" in pattern for pattern in rule["patternProperties"])
    if shares:
        return _share(key)
    if "elements" in path[:-1]:
        old = _old_element_key(key, path)
        if old is not None:
            return old
    allowed = list(rule.get("properties", ()))
    if not path[:-1] and API_NAMES.get(key, "").split(":")[0] in allowed:
        return UnknownKey("AIG012", f"unknown key `{key}`", f"write {API_NAMES[key]}", API_NAMES[key].split(":")[0])
    if key in _ONLY_IN_DEFAULTS and (len(path) == 1 or (len(path) == 3 and path[0] == "environments")):
        return UnknownKey("AIG012", f"unknown key `{key}`", _ONLY_IN_DEFAULTS[key])
    meant: str | None = OLD_FLOW_KEYS.get(key)
    if meant not in allowed:
        meant = nearest(key, [word for word in allowed if word not in siblings]) or nearest(key, allowed)
    inside = shown_path(path[:-1])
    message = f"unknown key `{key}`" + (f" in {inside}" if inside else "")
    return UnknownKey("AIG012", message, _hint(meant, allowed), meant)


def _hint(meant: str | None, allowed: Sequence[str]) -> str:
    known = f"known here: {', '.join(allowed)}" if allowed else "nothing may be here"
    if meant is None:
        return known
    return f"did you mean `{meant}`?" + (f" {known}" if len(allowed) <= MAX_LISTED else "")


def _share(key: str) -> UnknownKey:
    if key == "else":
        return UnknownKey(
            "AIG032",
            "a split has no `else` share any more; the API refuses it",
            "give the rest its own share, such as 10%; all shares together are 100%",
        )
    return UnknownKey(
        "AIG034", f"`{key}` is not a share", "a share is a percentage from 0% to 100%, such as 90% or 12.5%"
    )


def _old_element_key(key: str, path: KeyPath) -> UnknownKey | None:
    if key == "technique":
        message = "a rate element has no `technique`; the API silently drops it"
        return UnknownKey("AIG032", message, "leave it out; only the gateway's own rate_limit has one")
    if key in OLD_ROUTE_KEYS:
        right = OLD_ROUTE_KEYS[key]
        message = f"the API has no `{key}` in {shown_path(path[:-1])}; it is called `{right}`"
        return UnknownKey("AIG032", message, f"write {right}", right)
    return None
