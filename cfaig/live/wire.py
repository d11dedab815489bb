"""The API's spellings of one and the same value. Source: facts/ai-gateway.md 2.1 and 4.6."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any

from cfaig.errors import CfaigError
from cfaig.json_types import JsonObject
from cfaig.strict_json import strict_json


@contextmanager
def understood() -> Iterator[None]:
    """Reading answers of the API: one of a form that nobody knows is an error that says so.

    Raises CfaigError.
    """
    try:
        yield
    except (ArithmeticError, AttributeError, LookupError, TypeError, ValueError) as error:
        raise CfaigError(
            f"the API has answered in a form that this version of cfaig does not know ({type(error).__name__})",
            "is the address of the API right? Is there a newer cfaig? --debug shows where it happened",
        ) from error


def truth(value: object) -> bool:
    """A flag that comes as true, "true" or 1."""
    return value.lower() in {"true", "1"} if isinstance(value, str) else bool(value)


def decoded_json(value: Any) -> Any:
    """A value that the API gives as it is or as a JSON text; None for a text that is no JSON."""
    if not isinstance(value, str):
        return value
    try:
        return strict_json(value)
    except ValueError:
        return None


def version_elements(version: Mapping[str, Any]) -> tuple[JsonObject, ...]:
    """The graph of a route's version: an array or a JSON text under `data`, or (single versions) `elements`."""
    graph = decoded_json(version.get("data"))
    if isinstance(graph, Mapping):
        graph = graph.get("elements")
    return tuple(graph or version.get("elements") or ())
