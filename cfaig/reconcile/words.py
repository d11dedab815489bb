"""A change in the gateway's own words, short."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, Final

from cfaig.definition.model import Flow, RawElements
from cfaig.json_types import JsonObject
from cfaig.reconcile.amounts import any_value, on_off
from cfaig.reconcile.change import HIDDEN, Action, Change, FieldChange, Kind
from cfaig.reconcile.compare import differences
from cfaig.reconcile.edge_words import edge_changes, edge_created, edge_ends
from cfaig.reconcile.flow_words import flow_changes, flow_tree
from cfaig.reconcile.setting_words import requests, setting_lines, stated
from cfaig.state.decompile_routes import decompile_route
from cfaig.state.model import RouteState
from cfaig.state.settings import DEFAULT_SETTINGS

CHANGED_HIDDEN: Final = f"changed {HIDDEN}"
_ELEMENT: Final = "elements"


def describe(change: Change) -> tuple[str, ...]:
    """What the change means, line by line; no line where its heading says it all."""
    try:
        return tuple(_lines(change))
    except (ArithmeticError, AttributeError, LookupError, TypeError, ValueError):
        # A value of a form that no version of the API had yet: told as it is, for it must not hide the rest of a plan.
        return tuple(_field_lines(change.fields))


def _lines(change: Change) -> Iterator[str]:
    if change.action is Action.DELETE:
        yield from _end(change)
        return
    if change.old_name:
        yield f"callers use dynamic/{change.key.name} from then on: dynamic/{change.old_name} is gone"
    if change.action is Action.CREATE:
        yield from _created(change, change.after or {})
    else:
        yield from _changed(change, change.before or {}, change.after or {})
    if change.action is Action.ADOPT and not change.fields:
        yield "nothing about it changes"


def _end(change: Change) -> Iterator[str]:
    if change.key.kind is Kind.GATEWAY:
        yield "every request to it fails from then on"
    elif change.key.kind is Kind.ROUTE:
        yield f"requests for dynamic/{change.key.name} fail from then on; its versions are lost"
    elif change.key.kind is Kind.PROVIDER_KEY:
        yield "requests without a key of their own lose this one"
    elif change.key.kind is Kind.CUSTOM_PROVIDER:
        yield "every gateway of the account loses this provider"
    elif change.key.kind is Kind.EDGE:
        yield from edge_ends(change.before or {})
    elif change.key.kind is Kind.STORE:
        yield "it stays when it was there before cfaig, or holds secrets"


def _created(change: Change, after: JsonObject) -> Iterator[str]:
    if change.key.kind is Kind.GATEWAY:
        # Nobody's default: whether callers must prove who they are is said of every new gateway.
        before = {**DEFAULT_SETTINGS, "authentication": not after.get("authentication"), "store": None}
        yield from stated(setting_lines(before, after))
    elif change.key.kind is Kind.ROUTE:
        flow = _flow(after)
        yield from flow_tree(flow) if flow else _elements(after)
    elif change.key.kind is Kind.PROVIDER_KEY:
        yield f"key from {after.get('key')}"
        if after.get("rate_limit"):
            yield f"limit: {requests(after.get('rate_limit'), after.get('rate_limit_period'))}"
        if not after.get("default"):
            yield "used when asked for by its alias"
    elif change.key.kind is Kind.CUSTOM_PROVIDER:
        yield str(after.get("base_url"))
    elif change.key.kind is Kind.EDGE:
        yield from edge_created(after)


def _changed(change: Change, before: JsonObject, after: JsonObject) -> Iterator[str]:
    if change.key.kind is Kind.ROUTE:
        yield from _route_changes(before, after) if change.fields else ()
    elif change.key.kind is Kind.PROVIDER_KEY:
        yield from _key_changes(change, before, after)
    elif change.key.kind is Kind.EDGE:
        yield from edge_changes(change, before, after)
    elif change.key.kind is Kind.GATEWAY:
        lines = tuple(setting_lines(before, after))
        told = {setting for line in lines for setting in line.settings}
        yield from (line.changed() for line in lines)
        # A secret that came or went is told by its setting's line; one that only has another value has no line there.
        yield from _field_lines(
            field
            for field in change.fields
            if field.path[0] not in told or (field.secret and field.old is not None and field.new is not None)
        )
    else:
        yield from _field_lines(change.fields)


def _key_changes(change: Change, before: JsonObject, after: JsonObject) -> Iterator[str]:
    paths = {field.path[0] for field in change.fields}
    if "key" in paths:
        how = "written again," if change.action is Action.ADOPT else f"{CHANGED_HIDDEN},"
        yield f"key {how} from {after.get('key')}"
    if "store" in paths:
        stores = [any_value(side.get("store")) for side in (before, after)]
        yield f"store: {stores[0]} → {stores[1]}; requests that need the key fail until it is there"
    if "default" in paths:
        yield f"default: {on_off(before.get('default'))} → {on_off(after.get('default'))}"
    if paths & {"rate_limit", "rate_limit_period"}:
        limits = [requests(side.get("rate_limit"), side.get("rate_limit_period")) for side in (before, after)]
        yield f"limit: {limits[0]} → {limits[1]}"


def _field_lines(fields: Iterable[FieldChange]) -> Iterator[str]:
    """Any value that differs, as it is."""
    for field in fields:
        name = " ".join(part.replace("_", " ") if part.islower() else part for part in _told_path(field.path))
        if field.secret and field.old is not None and field.new is not None:
            yield f"{name} {CHANGED_HIDDEN}"
        elif field.old is None:
            yield f"{name} {any_value(field.new)} (new)"
        elif field.new is None:
            yield f"{name} {any_value(field.old)} (removed)"
        else:
            yield f"{name}: {any_value(field.old)} → {any_value(field.new)}"


def _told_path(path: Sequence[str]) -> Iterator[str]:
    for part in path:
        yield "header" if part == "headers" else part


def _route_changes(before: JsonObject, after: JsonObject) -> Iterator[str]:
    old, new = _flow(before), _flow(after)
    lines = tuple(flow_changes(old, new)) if old and new else ()
    yield from lines or _element_changes(before, after)


def _flow(route: JsonObject) -> Flow | None:
    """The route's graph as a flow, where it is one that the short forms can say."""
    elements: Any = route.get("elements") or ()
    flow = decompile_route(RouteState("", tuple(elements)), str, str).flow
    return None if isinstance(flow, RawElements) else flow


def _elements(route: JsonObject) -> Iterator[str]:
    elements: Any = route.get("elements") or ()
    for element in elements:
        yield _element(element)


def _element(element: Mapping[str, Any]) -> str:
    properties = element.get("properties") or {}
    told = ", ".join(f"{name} {any_value(value)}" for name, value in sorted(properties.items()))
    ways = ", ".join(
        f"{name} → {target.get('elementId') if isinstance(target, Mapping) else any_value(target)}"
        for name, target in (element.get("outputs") or {}).items()
    )
    return "; ".join(part for part in (f"{element.get('id')}: {element.get('type')}", told, ways) if part)


def _element_changes(before: JsonObject, after: JsonObject) -> Iterator[str]:
    for field in differences(Kind.ROUTE, before, after):
        name = field.path[1] if len(field.path) > 1 else _ELEMENT
        if len(field.path) == 2 and isinstance(field.new or field.old, Mapping):
            shown: Any = field.new or field.old
            yield f"element {_element(shown)} ({'new' if field.old is None else 'removed'})"
        else:
            inner = " ".join(part for part in field.path[2:] if part not in ("properties", "elementId"))
            yield f"element {name}: {inner} {any_value(field.old)} → {any_value(field.new)}"
