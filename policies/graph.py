"""A route's graph: which models stand alone."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

Elements = Mapping[str, Mapping[str, object]]


@dataclass(frozen=True, slots=True)
class Entry:
    """A model that a request may reach first, and whether another model follows when it fails."""

    model: str
    has_fallback: bool


def entries(elements: Sequence[Mapping[str, object]]) -> tuple[Entry, ...]:
    """The models that a request can reach without another one having failed, in the order of the graph.

    Raises nothing on graphs that are broken: an element that does not exist leads nowhere.
    """
    by_id = {str(element.get("id")): element for element in elements}
    start = next((str(element.get("id")) for element in elements if element.get("type") == "start"), None)
    if start is None:
        return ()
    return tuple(
        Entry(model_name(by_id[model]), _has_fallback(by_id, model)) for model in _first_models(by_id, [start])
    )


def model_name(element: Mapping[str, object]) -> str:
    """What a model element calls: `<provider>/<model>`."""
    properties = element.get("properties")
    chosen = properties if isinstance(properties, Mapping) else {}
    return f"{chosen.get('provider')}/{chosen.get('model')}"


def _first_models(by_id: Elements, ids: list[str]) -> Iterator[str]:
    """Walk from `ids` up to the first model of each way."""
    waiting, seen = list(ids), set()
    while waiting:
        here = waiting.pop(0)
        if here in seen or here not in by_id:
            continue
        seen.add(here)
        if by_id[here].get("type") == "model":
            yield here
        else:
            waiting.extend(_targets(by_id[here]))


def _has_fallback(by_id: Elements, model: str) -> bool:
    """Whether the model's way out on failure reaches a model that is another one."""
    name, waiting, seen = model_name(by_id[model]), _targets(by_id[model], "fallback"), {model}
    while waiting:
        reached = [found for found in _first_models(by_id, waiting) if found not in seen]
        if any(model_name(by_id[found]) != name for found in reached):
            return True
        seen.update(reached)
        waiting = [target for found in reached for target in _targets(by_id[found], "fallback")]
    return False


def _targets(element: Mapping[str, object], only: str | None = None) -> list[str]:
    outputs = element.get("outputs")
    if not isinstance(outputs, Mapping):
        return []
    chosen = [output for name, output in outputs.items() if only is None or name == only]
    return [str(output.get("elementId")) for output in chosen if isinstance(output, Mapping)]
