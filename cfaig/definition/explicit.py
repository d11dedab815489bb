"""Saying no more than is needed: settings as a patch (RFC 7396) over what is in force without them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import fields
from typing import Any, Final, TypeAlias

from cfaig.definition.model import Gateway

Data: TypeAlias = Mapping[str, Any]

# cfaig's own, of which a live account knows nothing: what the defaults say stays in force.
OWN_SETTINGS: Final = frozenset({"allow", "description", "labels", "protect", "worst_case"})
_ABOUT_THE_FILE: Final = frozenset({"environments", "gateway", "limits", "only", "safety", "version"})
_ORDER: Final = tuple("providers" if part.name == "provider_keys" else part.name for part in fields(Gateway))
# What can be said in place of a bare null, which tells a reader little.
OFF: Final[Data] = {
    "authentication": True,
    "byok_only": False,
    "zero_data_retention": False,
    "workers_ai_billing": "postpaid",
    "cache": {"ttl": 0, "invalidate_on_update": False},
    "rate_limit": {"requests": 0, "per": 0, "technique": "fixed"},
    "logging": {"collect": True, "keep": 100_000, "when_full": "delete_oldest", "classification": False},
}


def over_defaults(written: Data, defaults: Data, environment: str) -> dict[str, Any]:
    """The definition that, over `defaults` (the content of `_defaults.yaml`), says in `environment` just `written`.

    What the defaults' overlay for the environment would change comes back as an overlay of the definition's own.
    """
    wanted = {name: value for name, value in written.items() if name != "gateway"}
    own = patch(_settings(defaults), wanted, OFF)
    said = {"gateway": written["gateway"], **{name: own[name] for name in sorted(own, key=_place)}}
    overlay = (defaults.get("environments") or {}).get(environment) or {}
    if needed := patch(merged(wanted, _settings(overlay)), wanted, OFF):
        said["environments"] = {environment: needed}
    return said


def merged(base: Any, over: Any) -> Any:
    """`over` laid over `base`: mappings are merged, null removes, anything else replaces."""
    if not isinstance(over, Mapping):
        return over
    result = dict(base) if isinstance(base, Mapping) else {}
    for name, value in over.items():
        if value is None:
            result.pop(name, None)
        else:
            result[name] = merged(result.get(name), value)
    return result


def patch(base: Data, wanted: Data, off: Data | None = None) -> dict[str, Any]:
    """What has to be laid over `base` to get `wanted`; `off` has values that say the same as a removal."""
    needed: dict[str, Any] = {}
    unset = off or {}
    for name in (*wanted, *(name for name in base if name not in wanted)):
        have: Any = base.get(name)
        want: Any = wanted.get(name)
        nothing: Any = unset.get(name)
        if name not in wanted:
            unsaid = patch(have, {}, nothing) if _both(have, nothing) else nothing
            if unsaid != {} and not same(have, nothing):
                needed[name] = unsaid
        elif name not in base:
            needed[name] = want
        elif _both(have, want):
            if inner := patch(have, want, nothing if isinstance(nothing, Mapping) else None):
                needed[name] = inner
        elif not same(have, want):
            needed[name] = want
    return needed


def same(one: Any, other: Any) -> bool:
    """Whether two values of YAML are alike; true is not 1."""
    if isinstance(one, Mapping) and isinstance(other, Mapping):
        return one.keys() == other.keys() and all(same(one[name], other[name]) for name in one)
    if isinstance(one, list | tuple) and isinstance(other, list | tuple):
        return len(one) == len(other) and all(same(a, b) for a, b in zip(one, other, strict=True))
    return isinstance(one, bool) == isinstance(other, bool) and bool(one == other)


def without(data: Data, names: Sequence[str]) -> dict[str, Any]:
    """`data` without the keys `names`."""
    return {name: value for name, value in data.items() if name not in names}


def _place(name: str) -> int:
    """Where people look for a setting: in the order of the format."""
    return _ORDER.index(name) if name in _ORDER else len(_ORDER)


def _both(one: Any, other: Any) -> bool:
    return isinstance(one, Mapping) and isinstance(other, Mapping)


def _settings(data: Data) -> dict[str, Any]:
    """What is said of the gateway itself and that an account knows."""
    return without(data, (*OWN_SETTINGS, *_ABOUT_THE_FILE))
