"""Published schemas have ids that do not change: `urn:cfaig:schema:<name>:<version of the format>`."""

from __future__ import annotations

import json
from typing import Any, Final

import pytest
from jsonschema import Draft202012Validator
from referencing import Registry, Resource

from cfaig.definition.schema import published_schema, published_schemas

# Kept by hand: a new number here means that documents of the earlier version are no longer what the schema describes.
IDS: Final = {
    "diff": "urn:cfaig:schema:diff:1",
    "drift": "urn:cfaig:schema:drift:1",
    "edge-rules": "urn:cfaig:schema:edge-rules:1",
    "gateway": "urn:cfaig:schema:gateway:1",
    "plan": "urn:cfaig:schema:plan:1",
    "saved-plan": "urn:cfaig:schema:saved-plan:1",
    "scenario": "urn:cfaig:schema:scenario:1",
    "test-report": "urn:cfaig:schema:test-report:1",
}
WITHOUT: Final = {"defaults"}
"""Leads to a part of `gateway` next to it, which editors find by its file name; relative to an id they would not."""
SCHEMAS: Final[dict[str, dict[str, Any]]] = {name: json.loads(published_schema(name)) for name in published_schemas()}


def test_every_schema_has_its_id() -> None:
    assert {name: found["$id"] for name, found in SCHEMAS.items() if name not in WITHOUT} == IDS
    assert all("$id" not in SCHEMAS[name] for name in WITHOUT)


@pytest.mark.parametrize("name", IDS)
def test_the_number_is_that_of_the_format(name: str) -> None:
    found = SCHEMAS[name]
    version = next((found["properties"][key] for key in ("format", "version") if key in found["properties"]), None)
    if version is not None:
        told = found["$defs"][version["$ref"].rsplit("/", 1)[1]] if "$ref" in version else version
        assert str(told.get("const", told.get("enum", [None])[0])) == IDS[name].rsplit(":", 1)[1]


@pytest.mark.parametrize("name", IDS)
def test_every_reference_is_found_by_its_id(name: str) -> None:
    registry: Registry[Any] = Registry().with_resources(
        (IDS[each], Resource.from_contents(SCHEMAS[each])) for each in IDS
    )
    resolver = registry.resolver(IDS[name])
    references = list(_references(SCHEMAS[name]))
    assert all(resolver.lookup(reference).contents for reference in references)
    Draft202012Validator.check_schema(SCHEMAS[name])


def _references(node: object) -> list[str]:
    if isinstance(node, dict):
        own = [node["$ref"]] if isinstance(node.get("$ref"), str) else []
        return own + [found for value in node.values() for found in _references(value)]
    return [found for value in node for found in _references(value)] if isinstance(node, list) else []
