"""Raw elements in the spelling of old documentation: named with the right one, and then read as if right."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from cfaig.definition.diagnostics import Diagnostic, KeyPath
from cfaig.definition.nodes import Node, place_of
from cfaig.definition.spelling import OLD_ROUTE_TYPES


def old_element_types(data: Any, tree: Node) -> tuple[Any, list[Diagnostic]]:
    """A diagnostic for every element of an old type, and `data` with the right types.

    With the right type, validation goes on to tell what else is old about the element.
    """
    found: list[Diagnostic] = []
    if not isinstance(data, Mapping):
        return data, found
    corrected = dict(data)
    if isinstance(data.get("routes"), Mapping):
        corrected["routes"] = _routes(data["routes"], ("routes",), tree, found)
    overlays = data.get("environments")
    if isinstance(overlays, Mapping):
        corrected["environments"] = {
            name: {**overlay, "routes": _routes(overlay["routes"], ("environments", name, "routes"), tree, found)}
            if isinstance(overlay, Mapping) and isinstance(overlay.get("routes"), Mapping)
            else overlay
            for name, overlay in overlays.items()
        }
    return (corrected if found else data), found


def _routes(routes: Mapping[str, Any], path: KeyPath, tree: Node, found: list[Diagnostic]) -> dict[str, Any]:
    corrected = dict(routes)
    for name, route in routes.items():
        if isinstance(route, Mapping) and isinstance(route.get("elements"), list):
            elements = [
                _element(element, (*path, name, "elements", index), tree, found)
                for index, element in enumerate(route["elements"])
            ]
            corrected[name] = {**route, "elements": elements}
    return corrected


def _element(element: Any, path: KeyPath, tree: Node, found: list[Diagnostic]) -> Any:
    old = element.get("type") if isinstance(element, Mapping) else None
    if not isinstance(old, str) or old not in OLD_ROUTE_TYPES:
        return element
    right = OLD_ROUTE_TYPES[old]
    where = (*path, "type")
    position = place_of(tree, where) or tree.position()
    message = f"the API has no element type `{old}`; it is called `{right}`"
    found.append(Diagnostic("AIG032", message, position, where, f"write type: {right}"))
    return {**element, "type": right}
