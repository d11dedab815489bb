"""What a request can go through in a sound graph: how long, how often, and past which models.

All functions expect a graph without problems (`proofs.graph_problems`); a loop or a dangling output ends a path.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from operator import attrgetter
from typing import Any, Final

from cfaig.definition.durations import duration_text
from cfaig.json_types import Json, JsonObject
from cfaig.state.graph import targets

MOST_TOLD: Final = 8


@dataclass(frozen=True, slots=True)
class PathCost:
    """The most that a path can cost: every model on it fails after all its retries.

    `waits` counts the models without a timeout, `timed_ms` adds up the others: timeout × (retries + 1). The pauses
    between retries are the gateway's and do not count here.
    """

    elements: tuple[str, ...]
    attempts: int
    timed_ms: int
    waits: int

    @property
    def latency_ms(self) -> int | None:
        """The longest time until the path has ended, None if nothing bounds it."""
        return None if self.waits else self.timed_ms

    @property
    def weight(self) -> tuple[int, int, int]:
        """What makes one path slower than another."""
        return self.waits, self.timed_ms, self.attempts


def longest_path(elements: Iterable[JsonObject]) -> PathCost | None:
    """The path that can take the longest; None for a graph without a start."""
    graph = _Graph(elements)
    return None if graph.start is None else graph.worst(graph.start, attrgetter("weight"))


def busiest_path(elements: Iterable[JsonObject]) -> PathCost | None:
    """The path with the most attempts; None for a graph without a start."""
    graph = _Graph(elements)
    return None if graph.start is None else graph.worst(graph.start, attrgetter("attempts"))


def way_told(elements: Iterable[JsonObject], path: PathCost) -> str:
    """The models on a path, each with what it can cost: `openai/gpt-4o (20s × 2) → anthropic/claude (no timeout)`."""
    graph = _Graph(elements)
    models = [graph.model_told(id_) for id_ in path.elements if graph.kind(id_) == "model"]
    rest = [f"{len(models) - MOST_TOLD} more"] if len(models) > MOST_TOLD else []
    return " → ".join((*models[:MOST_TOLD], *rest))


def paths_without_model(elements: Iterable[JsonObject]) -> list[tuple[str, str]]:
    """Where a request ends although no model was tried: element and output."""
    graph = _Graph(elements)
    found: list[tuple[str, str]] = []
    waiting, seen = [graph.start] if graph.start else [], set[str]()
    while waiting:
        id_ = waiting.pop(0)
        if id_ in seen:
            continue
        seen.add(id_)
        for output, target in targets(graph.by_id[id_]):
            kind = graph.kind(target)
            if kind == "end":
                found.append((id_, output))
            elif kind not in ("model", None):
                waiting.append(target)
    return found


def same_provider_fallbacks(elements: Iterable[JsonObject]) -> list[tuple[str, str]]:
    """Pairs of models where the second is tried after the first has failed, at the same provider."""
    graph = _Graph(elements)
    pairs: list[tuple[str, str]] = []
    for id_, element in graph.by_id.items():
        if element.get("type") == "model":
            after = (target for output, target in targets(element) if output == "fallback")
            nexts = sorted({model for target in after for model in graph.next_models(target)})
            pairs += [(id_, model) for model in nexts if graph.provider(model) == graph.provider(id_)]
    return pairs


class _Graph:
    def __init__(self, elements: Iterable[JsonObject]) -> None:
        given = list(elements)
        self.by_id = {str(element.get("id")): element for element in reversed(given)}
        self.start = next((str(element.get("id")) for element in given if element.get("type") == "start"), None)

    def kind(self, id_: str) -> Json:
        return self.by_id[id_].get("type") if id_ in self.by_id else None

    def provider(self, id_: str) -> Json:
        return _properties(self.by_id[id_]).get("provider")

    def model_told(self, id_: str) -> str:
        properties, cost = _properties(self.by_id[id_]), self._own_cost(id_)
        timeout = duration_text(cost.timed_ms // cost.attempts, unit="ms") if cost.timed_ms else "no timeout"
        times = f" × {cost.attempts}" if cost.attempts > 1 else ""
        return f"{properties.get('provider')}/{properties.get('model')} ({timeout}{times})"

    def next_models(self, id_: str) -> set[str]:
        """The first models that a request at `id_` can come to."""
        models, seen, waiting = set[str](), set[str](), [id_]
        while waiting:
            here = waiting.pop()
            if here in seen or here not in self.by_id:
                continue
            seen.add(here)
            if self.kind(here) == "model":
                models.add(here)
            else:
                waiting += [target for _, target in targets(self.by_id[here])]
        return models

    def onwards(self, id_: str) -> list[str]:
        """Where a request goes that has no luck."""
        model = self.kind(id_) == "model"
        return [target for output, target in targets(self.by_id[id_]) if not model or output == "fallback"]

    def worst(self, start: str, weight: Callable[[PathCost], Any]) -> PathCost:
        """The path whose `weight`, which grows with each part, is the greatest."""
        worst: dict[str, PathCost] = {}
        for id_ in self._children_first(start):
            rests = [worst[target] for target in self.onwards(id_) if target in worst]
            own = self._own_cost(id_)
            worst[id_] = _joined(own, max(rests, key=weight)) if rests else own
        return worst[start]

    def _children_first(self, start: str) -> list[str]:
        done: dict[str, None] = {}
        stack, seen = [start], set[str]()
        while stack:
            id_ = stack[-1]
            fresh = [] if id_ in seen else [t for t in self.onwards(id_) if t in self.by_id and t not in seen]
            seen.add(id_)
            if fresh:
                stack += fresh
            else:
                done[stack.pop()] = None
        return list(done)

    def _own_cost(self, id_: str) -> PathCost:
        if self.kind(id_) != "model":
            return PathCost((id_,), 0, 0, 0)
        properties = _properties(self.by_id[id_])
        attempts, timeout = _whole(properties.get("retries")) + 1, _whole(properties.get("timeout"))
        return PathCost((id_,), attempts, attempts * timeout, 0 if timeout else 1)


def _joined(first: PathCost, rest: PathCost) -> PathCost:
    return PathCost(
        first.elements + rest.elements,
        first.attempts + rest.attempts,
        first.timed_ms + rest.timed_ms,
        first.waits + rest.waits,
    )


def _properties(element: JsonObject) -> JsonObject:
    properties = element.get("properties")
    return properties if isinstance(properties, Mapping) else {}


def _whole(value: Json) -> int:
    return int(value) if isinstance(value, (int, float)) else 0
