"""Field by field comparison of two settings of one kind, with every secret compared and none shown."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any, Final, TypeAlias

from cfaig.errors import CfaigError
from cfaig.json_types import Json, JsonObject
from cfaig.reconcile.change import HIDDEN, FieldChange, Kind
from cfaig.reconcile.edges import edge_differences
from cfaig.secrets import Resolver, is_reference

Path: TypeAlias = tuple[str, ...]

ORDER: Final = "order"
_ANY: Final = "*"
_SECRETS: Final[Mapping[Kind, tuple[Path, ...]]] = {
    Kind.GATEWAY: (("otel", _ANY, "headers", _ANY), ("otel", _ANY, "authorization"), ("stripe", "authorization")),
    Kind.CUSTOM_PROVIDER: (("headers", _ANY),),
    Kind.EDGE: (("secrets", _ANY),),
}
# Lists whose items have a name of their own: compared, and told, by that name.
_NAMED_LISTS: Final[Mapping[Path, str]] = {
    ("otel",): "url",
    ("dlp", "policies"): "id",
    ("spend_limits", "rules"): "id",
    ("elements",): "id",
}


def redacted(kind: Kind, value: JsonObject, *, cover: Callable[[Any], str] = lambda _secret: HIDDEN) -> JsonObject:
    """`value` with every secret replaced by what `cover` gives for it: `HIDDEN`, unless told otherwise."""
    hidden: dict[str, Any] = _redact(kind, _plain(value), (), cover)
    return hidden


def by_name(value: JsonObject) -> dict[str, Any]:
    """`value` with lists of named things (exporters, policies, rules, elements) as objects by their names."""
    named: dict[str, Any] = _by_name(_plain(value), ())
    return named


def differences(kind: Kind, old: JsonObject, new: JsonObject) -> tuple[FieldChange, ...]:
    """The values that differ, by path."""
    if kind is Kind.EDGE:
        return edge_differences(old, new)
    if old == new:
        return ()
    before, after = by_name(old), by_name(new)
    names = [name for name in {*before, *after} if before.get(name) != after.get(name)]
    old_part, new_part = ({name: side[name] for name in names if name in side} for side in (before, after))
    paths = {_whole(path, before, after) for path in _changed_paths(old_part, new_part)} | _reordered(before, after)
    return tuple(_field(kind, path, before, after) for path in sorted(paths))


def with_secrets(
    kind: Kind, desired: JsonObject, live: JsonObject, resolver: Resolver | None
) -> tuple[JsonObject, tuple[str, ...]]:
    """`desired` with the values that its secret references point to, and what could not be resolved.

    A reference without a value counts as unchanged: the live value, where there is one, takes its place.
    """
    if not _has_reference(desired):
        return desired, ()
    problems: list[str] = []
    held = by_name(live)

    def resolve(value: Any, path: Path) -> Any:
        if isinstance(value, dict):
            return {name: resolve(item, (*path, name)) for name, item in value.items()}
        if isinstance(value, list):
            names = tuple(_names(value, path)) or tuple(str(index) for index in range(len(value)))
            return [resolve(item, (*path, name)) for name, item in zip(names, value, strict=True)]
        if not (_is_secret(kind, path) and isinstance(value, str) and is_reference(value)):
            return value
        try:
            if resolver is not None:
                return resolver.value(value)
        except CfaigError as error:
            problems.append(error.message)
        found = at(held, path)
        return value if found is None else found

    return resolve(_plain(desired), ()), tuple(problems)


def _has_reference(value: Json) -> bool:
    if isinstance(value, str):
        return is_reference(value)
    if isinstance(value, Mapping):
        return any(map(_has_reference, value.values()))
    return isinstance(value, Sequence) and any(map(_has_reference, value))


def at(value: Any, path: Sequence[str]) -> Any:
    """What is at `path`, or `None`."""
    for name in path:
        value = value.get(name) if isinstance(value, Mapping) else None
    return value


def _plain(value: Json) -> Any:
    if isinstance(value, Mapping):
        return {name: _plain(item) for name, item in value.items()}
    if isinstance(value, Sequence) and not isinstance(value, str):
        return [_plain(item) for item in value]
    return value


def _names(items: Sequence[Any], path: Path) -> Iterator[str]:
    """A name for each item of a list of named things: unique, and none for any other list."""
    if (key := _NAMED_LISTS.get(path)) is None:
        return
    seen: dict[str, int] = {}
    for item in items:
        name = str(item.get(key)) if isinstance(item, Mapping) else str(item)
        seen[name] = seen.get(name, 0) + 1
        yield name if seen[name] == 1 else f"{name} ({seen[name]})"


def _by_name(value: Any, path: Path) -> Any:
    if isinstance(value, dict):
        return {name: _by_name(item, (*path, name)) for name, item in value.items()}
    if isinstance(value, list) and path in _NAMED_LISTS:
        return {name: _by_name(item, (*path, name)) for name, item in zip(_names(value, path), value, strict=True)}
    return value


def _changed_paths(before: Any, after: Any) -> Iterator[Path]:
    from deepdiff import DeepDiff  # here, because it takes 0.2 s and most plans find nothing to compare

    tree = DeepDiff(before, after, view="tree", ignore_numeric_type_changes=True, threshold_to_diff_deeper=0)
    for changes in tree.values():
        for change in changes:
            yield tuple(str(part) for part in change.path(output_format="list"))


def _whole(path: Path, before: Any, after: Any) -> Path:
    """`path` cut off at a list: a list of plain values is told as a whole."""
    for length in range(len(path)):
        if isinstance(at(before, path[:length]), list) or isinstance(at(after, path[:length]), list):
            return path[:length]
    return path


def _reordered(before: Any, after: Any) -> set[Path]:
    """The lists of named things (but graphs, which have no order) that differ in nothing but their order."""
    found: set[Path] = set()
    for path in _NAMED_LISTS:
        old, new = (list(side) if isinstance(side := at(root, path), Mapping) else [] for root in (before, after))
        if path != ("elements",) and old != new and sorted(old) == sorted(new):
            found.add((*path, ORDER))
    return found


def _field(kind: Kind, path: Path, before: Any, after: Any) -> FieldChange:
    if path[-1:] == (ORDER,) and path[:-1] in _NAMED_LISTS:
        return FieldChange(path, list(at(before, path[:-1])), list(at(after, path[:-1])))
    old, new = (_redact(kind, at(side, path), path, lambda _secret: HIDDEN) for side in (before, after))
    return FieldChange(path, old, new, _is_secret(kind, path))


def _is_secret(kind: Kind, path: Path) -> bool:
    return any(
        len(path) == len(pattern) and all(want in (_ANY, part) for want, part in zip(pattern, path, strict=True))
        for pattern in _SECRETS.get(kind, ())
    )


def _redact(kind: Kind, value: Any, path: Path, cover: Callable[[Any], str]) -> Any:
    if value is not None and _is_secret(kind, path):
        return cover(value)
    if isinstance(value, dict):
        return {name: _redact(kind, item, (*path, name), cover) for name, item in value.items()}
    if isinstance(value, list):
        return [_redact(kind, item, (*path, str(index)), cover) for index, item in enumerate(value)]
    return value
