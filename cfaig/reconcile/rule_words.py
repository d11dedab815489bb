"""One rule of an edge in words: which requests it is about, and what it does with them.

Rules may come from a Worker that somebody changed by hand: whatever is no known setting is told as it is.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any, Final, TypeAlias

from cfaig.reconcile.amounts import any_value, dollars, milliseconds, on_off, seconds

Parts: TypeAlias = dict[str, str]
"""What is said of a rule, by what it is said about: `{"cache": "1h", "timeout": "30s"}`."""

_CONDITIONS: Final = {"$eq": "=", "$ne": "≠", "$gt": ">", "$gte": "≥", "$lt": "<", "$lte": "≤", "$glob": "like"}
_FIELDS: Final = ("headers", "metadata", "body")
_SINGULAR: Final = {"headers": "header"}
_ASKED: Final = ("path", "method", "provider", "model", "client", *_FIELDS)


def rule_words(rule: Any) -> str:
    """The whole rule: `path /chat/completions → cache 1h; timeout 30s`."""
    if not isinstance(rule, Mapping):
        return any_value(rule)
    asked = ", ".join(f"{name} {value}" for name, value in _asked(rule).items()) or "every request"
    done = "; ".join(f"{name} {value}".strip() for name, value in _done(rule).items())
    return f"{asked} → {done}"


def rule_changes(old: Any, new: Any) -> str:
    """What differs: `cache 1h → 30m; timeout 30s (new)`."""
    if not (isinstance(old, Mapping) and isinstance(new, Mapping)):
        return f"{any_value(old)} → {any_value(new)}"
    lines = (*_changes(_asked(old), _asked(new)), *_changes(_done(old), _done(new)))
    return "; ".join(lines) or "written in another way"


def _changes(before: Parts, after: Parts) -> Iterator[str]:
    for name in dict.fromkeys((*before, *after)):
        if line := _change(name, before.get(name), after.get(name)):
            yield line


def _change(name: str, old: str | None, new: str | None) -> str:
    if old == new:
        return ""
    if old is None:
        return f"{f'{name} {new}'.strip()} (new)"
    return f"{f'{name} {old}'.strip()} (removed)" if new is None else f"{name} {old} → {new}"


def _asked(rule: Mapping[str, Any]) -> Parts:
    """What a request must be."""
    told: Parts = {}
    for name, value in _items(rule.get("match"), _ASKED):
        if name in _FIELDS and isinstance(value, Mapping):
            told |= {f"{_SINGULAR.get(name, name)} {field}": _condition(said) for field, said in value.items()}
        else:
            told[name] = _joined(value, " or ")
    return told


def _condition(said: Any) -> str:
    if isinstance(said, list | tuple):
        return f"= {_joined(said, ' or ')}"
    if not isinstance(said, Mapping):
        return f"= {_value(said)}"
    return " and ".join(_comparison(operator, value) for operator, value in said.items())


def _comparison(operator: str, value: Any) -> str:
    if operator == "$exists":
        return "is there" if value else "is not there"
    if operator in ("$in", "$nin"):
        return f"{'=' if operator == '$in' else '≠'} {_joined(value, ' or ')}"
    return f"{_CONDITIONS.get(operator, operator)} {_value(value)}"


def _done(rule: Mapping[str, Any]) -> Parts:
    """What becomes of the request, and what else the rule says."""
    told: Parts = {}
    for name, value in _items(rule.get("then"), _ACTIONS):
        told |= _ACTIONS.get(name, _as_it_is)(name, value)
    others = {name: value for name, value in rule.items() if name not in ("name", "match", "then", "continue")}
    told |= {name: any_value(value) for name, value in others.items()}
    return told | ({"goes on to later rules": ""} if rule.get("continue") else {})


def _items(value: Any, order: Iterable[str]) -> Iterator[tuple[str, Any]]:
    """The entries of an object: the known ones first, in their usual order."""
    if isinstance(value, Mapping):
        names = [name for name in order if name in value]
        yield from ((name, value[name]) for name in (*names, *(name for name in value if name not in names)))
    elif value is not None:
        yield "", value


def _as_it_is(name: str, value: Any) -> Parts:
    return {name.replace("_", " "): any_value(value)}


def _value(value: Any) -> str:
    """A value of a condition: texts that look like something else in quotation marks."""
    plain = isinstance(value, str) and value and not value.isspace() and value not in ("true", "false", "none", "null")
    return value if plain and not _is_number(value) else f"“{value}”" if isinstance(value, str) else any_value(value)


def _is_number(text: str) -> bool:
    try:
        float(text)
    except ValueError:
        return False
    return True


def _joined(value: Any, word: str = ", ") -> str:
    return word.join(_value(item) for item in value) if isinstance(value, list | tuple) else _value(value)


def _time(told: Callable[[float], str]) -> Callable[[Any], str]:
    return lambda value: told(value) if isinstance(value, int) and not isinstance(value, bool) else any_value(value)


def _parts(**labels: tuple[str, Callable[[Any], str]]) -> Callable[[str, Any], Parts]:
    """How an action with several fields is told: each field's label and words."""

    def told(name: str, value: Any) -> Parts:
        if not isinstance(value, Mapping):
            return _as_it_is(name, value)
        return {
            labels[field][0] if field in labels else f"{name} {field}".replace("_", " "): (
                labels[field][1](said) if field in labels else any_value(said)
            )
            for field, said in _items(value, labels)
        }

    return told


def _each(label: str, words: Callable[[Any], str] = any_value) -> Callable[[str, Any], Parts]:
    """How an action with entries of its user's choice is told."""

    def told(name: str, value: Any) -> Parts:
        if not isinstance(value, Mapping):
            return _as_it_is(name, value)
        return {f"{label} {entry}": words(said) for entry, said in value.items()}

    return told


def _costs(name: str, value: Any) -> Parts:
    return {label.replace("_", " "): told for label, told in _each("cost", _dollars)(name, value).items()}


def _single(label: str, words: Callable[[Any], str]) -> Callable[[str, Any], Parts]:
    return lambda _name, value: {label: words(value)}


def _cache(name: str, value: Any) -> Parts:
    if isinstance(value, Mapping) and value.get("off"):
        return {"cache": "off"}
    return _parts(ttl=("cache", _time(seconds)), key=("cache key", _joined))(name, value)


def _reject(name: str, value: Any) -> Parts:
    told = _parts(status=("reject with", any_value), message=("message", _quoted), code=("code", any_value))
    return told(name, value)


def _quoted(value: Any) -> str:
    return f"“{value}”"


def _dollars(value: Any) -> str:
    is_number = isinstance(value, int | float) and not isinstance(value, bool)
    return dollars(value) if is_number else any_value(value)


def _logged(value: Any) -> str:
    return "metadata only" if value == "metadata" else on_off(value)


_ACTIONS: Final[Mapping[str, Callable[[str, Any], Parts]]] = {
    "cache": _cache,
    "timeout_ms": _single("timeout", _time(milliseconds)),
    "retries": _parts(
        attempts=("retries", any_value), delay_ms=("retry delay", _time(milliseconds)), backoff=("backoff", any_value)
    ),
    "custom_cost": _costs,
    "metadata": _each("metadata"),
    "log": _single("log", _logged),
    "byok_alias": _single("key alias", any_value),
    "zdr": _single("zero data retention", on_off),
    "no_wholesale": _single("unified billing", lambda value: on_off(not value)),
    "rewrite": _parts(provider=("provider becomes", any_value), model=("model becomes", any_value)),
    "reject": _reject,
    "queue": _parts(
        wait_ms=("queue", _time(milliseconds)),
        attempts=("queue attempts", any_value),
        waiting=("queue waiting", any_value),
    ),
    "headers": _each("header"),
}
