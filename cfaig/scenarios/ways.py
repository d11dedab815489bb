"""The elements of a route and their outputs, in the words that definitions have for them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final, TypeAlias, cast

from cfaig.definition.catalog import CUSTOM_PREFIX
from cfaig.json_types import JsonObject
from cfaig.state.graph import targets

Output: TypeAlias = tuple[str, str]
"""The id of an element, and the name of one of its outputs."""

_WORDS: Final[Mapping[tuple[str, str], str]] = {
    ("conditional", "true"): "if then",
    ("conditional", "false"): "if else",
    ("rate", "success"): "limit then",
    ("rate", "fallback"): "limit else",
}
ANSWERED: Final = "answered"
FAILED: Final = "failed"


@dataclass(frozen=True, slots=True)
class Ways:
    """The outputs that a request can take through a route, in the order of walking, with their words.

    `models` are `provider/model` in the order of the graph. What leads from the start is no choice, and left out.
    """

    outputs: Mapping[Output, str]
    models: tuple[str, ...]

    @property
    def words(self) -> frozenset[str]:
        """Everything that a scenario may say of the way."""
        return frozenset((*self.outputs.values(), *self.models))


def ways_of(elements: Iterable[JsonObject]) -> Ways:
    """The ways through a graph without problems."""
    by_id = {str(element["id"]): element for element in elements}
    outputs: dict[Output, str] = {}
    models: dict[str, None] = {}
    for id_ in _reachable(by_id):
        element = by_id[id_]
        if element["type"] == "model":
            models[model_name(element)] = None
        if element["type"] not in ("start", "end"):
            outputs |= {(id_, output): output_words(element, output) for output, _ in targets(element)}
    return Ways(outputs, tuple(models))


def output_words(element: JsonObject, output: str) -> str:
    """What an output means: `if then`, `limit else`, `split 90%`, `openai/gpt-4o failed`."""
    kind = str(element["type"])
    if kind == "model":
        return f"{model_name(element)} {ANSWERED if output == 'success' else FAILED}"
    if kind == "percentage":
        return f"split {output}"
    return _WORDS.get((kind, output), f"{element['id']} {output}")


def model_name(element: JsonObject) -> str:
    """`provider/model` of a model element, the provider as definitions call it."""
    properties = cast(JsonObject, element["properties"])
    return f"{plain_provider(str(properties['provider']))}/{properties['model']}"


def plain_provider(slug: str) -> str:
    """A provider as definitions call it."""
    return slug.removeprefix(CUSTOM_PREFIX)


def _reachable(by_id: Mapping[str, JsonObject]) -> list[str]:
    waiting = [id_ for id_, element in by_id.items() if element["type"] == "start"]
    seen: dict[str, None] = {}
    while waiting:
        id_ = waiting.pop()
        if id_ not in seen:
            seen[id_] = None
            waiting += reversed([target for _, target in targets(by_id[id_]) if target in by_id])
    return list(seen)
