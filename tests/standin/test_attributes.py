"""The stand-in's table, held against the pinned `pulumi-cloudflare` package."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from cfaig.deploy.resources import official_plugin_version
from cfaig.local.standin.__main__ import VERSION
from cfaig.local.standin.attributes import INPUTS, Attribute
from tests.deploy.official import official_gateway


def tree_of(attributes: Sequence[Attribute]) -> dict[str, tuple[bool, Any]]:
    return {attribute.name: (attribute.required, type_of(attribute)) for attribute in attributes}


def type_of(attribute: Attribute) -> Any:
    inner = tree_of(attribute.inner) if attribute.inner else "string"
    match attribute.type:
        case "array":
            return [inner]
        case "map":
            return ("map", inner)
        case "object":
            return inner
        case _:
            return attribute.type


def test_names_types_and_required_inputs_are_those_of_the_package() -> None:
    assert tree_of(INPUTS) == official_gateway()


def test_the_version_is_that_of_the_package() -> None:
    assert official_plugin_version() == VERSION
