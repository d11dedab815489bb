"""Offline proofs about the graph of a dynamic route: what Cloudflare would refuse, or a request would suffer from."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from typing import Final

from cfaig.definition.spelling import OLD_ROUTE_KEYS, OLD_ROUTE_TYPES
from cfaig.json_types import JsonObject
from cfaig.state.routes import parse_share

# Outputs of each type of element. Source: facts/ai-gateway.md 2.2 (the SDK's types); a split's are percentages.
OUTPUTS: Final[Mapping[str, tuple[str, ...]]] = {
    "start": ("next",),
    "conditional": ("true", "false"),
    "percentage": (),
    "rate": ("success", "fallback"),
    "model": ("success", "fallback"),
    "end": (),
}
PROPERTIES: Final[Mapping[str, tuple[str, ...]]] = {
    "conditional": ("conditions",),
    "rate": ("key", "limit", "limitType", "window"),
    "model": ("provider", "model", "timeout", "retries"),
}
MAX_SHARES: Final = 5


class GraphProblemKind(StrEnum):
    """What can be wrong with a graph."""

    NO_START = "no start"
    SEVERAL_STARTS = "several starts"
    START_NOT_FIRST = "start not first"
    DUPLICATE_ID = "duplicate id"
    UNKNOWN_TYPE = "unknown type"
    MISSING_OUTPUT = "missing output"
    MISSING_FALLBACK = "missing fallback"
    UNKNOWN_OUTPUT = "unknown output"
    MISSING_PROPERTY = "missing property"
    UNKNOWN_PROPERTY = "unknown property"
    DANGLING = "dangling output"
    UNREACHABLE = "unreachable element"
    CYCLE = "cycle"
    NO_END = "no end"
    TOO_MANY_SHARES = "too many shares"
    SHARES = "shares"


@dataclass(frozen=True, slots=True)
class GraphProblem:
    """One problem; `index` is the place of the element in the list, None if it is of the whole graph."""

    kind: GraphProblemKind
    message: str
    element: str | None = None
    index: int | None = None
    hint: str | None = None


def graph_problems(elements: Iterable[JsonObject]) -> list[GraphProblem]:
    """Everything that is wrong with a graph; a graph without problems leads every request to an end."""
    given = list(elements)
    return [*_start_problems(given), *_element_problems(given), *_path_problems(given)]


def _start_problems(elements: list[JsonObject]) -> Iterator[GraphProblem]:
    kind = GraphProblemKind
    starts = [index for index, element in enumerate(elements) if element.get("type") == "start"]
    if not starts:
        yield GraphProblem(kind.NO_START, "there is no start element", hint="begin with an element of type start")
        return
    if starts[0] != 0:
        name = _id(elements[starts[0]])
        yield GraphProblem(kind.START_NOT_FIRST, f"the start element {name} is not the first", name, starts[0])
    for index in starts[1:]:
        name = _id(elements[index])
        yield GraphProblem(kind.SEVERAL_STARTS, f"{name} is a second start element", name, index)


def _element_problems(elements: list[JsonObject]) -> Iterator[GraphProblem]:
    counts = Counter(_id(element) for element in elements)
    seen: set[str] = set()
    for index, element in enumerate(elements):
        name, type_ = _id(element), element.get("type")
        if counts[name] > 1 and name in seen:
            message = f"the id {name} is used more than once"
            yield GraphProblem(GraphProblemKind.DUPLICATE_ID, message, name, index)
        seen.add(name)
        if not isinstance(type_, str) or type_ not in OUTPUTS:
            yield _unknown_type(name, index, type_)
            continue
        yield from _output_problems(element, index, type_)
        yield from _property_problems(element, index, type_)


def _unknown_type(name: str, index: int, type_: object) -> GraphProblem:
    right = OLD_ROUTE_TYPES.get(str(type_))
    hint = f"write type: {right}" if right else f"types are {', '.join(OUTPUTS)}"
    return GraphProblem(GraphProblemKind.UNKNOWN_TYPE, f"{name} is of unknown type {type_}", name, index, hint)


def _output_problems(element: JsonObject, index: int, type_: str) -> Iterator[GraphProblem]:
    name = _id(element)
    outputs = element.get("outputs")
    if not isinstance(outputs, Mapping):
        hint = "an end needs an empty object: outputs: {}" if type_ == "end" else None
        yield GraphProblem(GraphProblemKind.MISSING_OUTPUT, f"{name} has no outputs", name, index, hint)
        return
    if type_ == "percentage":
        yield from _share_problems(name, index, list(outputs))
        return
    for output in OUTPUTS[type_]:
        if output not in outputs:
            yield _missing_output(name, index, type_, output)
    for output in outputs:
        if output not in OUTPUTS[type_]:
            message = f"the {type_} element {name} cannot have an output {output}"
            hint = f"it has {' and '.join(OUTPUTS[type_]) or 'none'}"
            yield GraphProblem(GraphProblemKind.UNKNOWN_OUTPUT, message, name, index, hint)


def _missing_output(name: str, index: int, type_: str, output: str) -> GraphProblem:
    message = f"the {type_} element {name} lacks the output {output}"
    if output != "fallback":
        return GraphProblem(GraphProblemKind.MISSING_OUTPUT, message, name, index)
    # The SDK's types require it, the documentation calls it optional. Source: facts/ai-gateway.md 2.2.
    hint = "lead it to an end element: without it the request ends, and Cloudflare may refuse the route"
    return GraphProblem(GraphProblemKind.MISSING_FALLBACK, message, name, index, hint)


def _share_problems(name: str, index: int, outputs: list[str]) -> Iterator[GraphProblem]:
    for output in outputs:
        if parse_share(output) is None:
            message = f"{output} is no percentage in the split {name}"
            hint = "name the rest by its share too: all shares add up to 100 %" if output == "else" else None
            yield GraphProblem(GraphProblemKind.UNKNOWN_OUTPUT, message, name, index, hint)
    if len(outputs) > MAX_SHARES:
        message = f"the split {name} has {len(outputs)} shares; Cloudflare takes {MAX_SHARES}"
        yield GraphProblem(GraphProblemKind.TOO_MANY_SHARES, message, name, index)
    total = sum((parse_share(output) or Decimal(0) for output in outputs), Decimal(0))
    if total != 100:
        message = f"the shares of {name} add up to {format(total.normalize(), 'f')} %, not 100 %"
        yield GraphProblem(GraphProblemKind.SHARES, message, name, index)


def _property_problems(element: JsonObject, index: int, type_: str) -> Iterator[GraphProblem]:
    name, needed = _id(element), PROPERTIES.get(type_, ())
    properties = element.get("properties")
    written = properties if isinstance(properties, Mapping) else {}
    old = {right: key for key, right in OLD_ROUTE_KEYS.items() if key in written and right in needed}
    for key in needed:
        if key not in written:
            hint = f"{old[key]} is an old spelling; write {key}" if key in old else None
            message = f"the {type_} element {name} lacks the property {key}"
            yield GraphProblem(GraphProblemKind.MISSING_PROPERTY, message, name, index, hint)
    for key in sorted(set(written) - set(needed) - set(old.values())):
        message = f"the {type_} element {name} cannot have a property {key}"
        hint = f"it has {', '.join(needed)}" if needed else "it has none"
        yield GraphProblem(GraphProblemKind.UNKNOWN_PROPERTY, message, name, index, hint)


def _path_problems(elements: list[JsonObject]) -> Iterator[GraphProblem]:
    by_id = {_id(element): element for element in reversed(elements)}
    places = {_id(element): index for index, element in reversed(list(enumerate(elements)))}
    following = {name: [target for _, target in _targets(element)] for name, element in by_id.items()}
    for name, element in by_id.items():
        for output, target in _targets(element):
            if target not in by_id:
                message = f"the output {output} of {name} leads to {target or 'nothing'}, which does not exist"
                yield GraphProblem(GraphProblemKind.DANGLING, message, name, places[name])
    start = next((_id(element) for element in elements if element.get("type") == "start"), None)
    if start is None:
        return
    reached, loops = _explore(start, following)
    for name in loops:
        message = f"a request can come back to {name} again and again"
        yield GraphProblem(GraphProblemKind.CYCLE, message, name, places[name])
    for name in sorted(set(by_id) - reached, key=places.__getitem__):
        yield GraphProblem(GraphProblemKind.UNREACHABLE, f"no request can reach {name}", name, places[name])
    if not any(by_id[name].get("type") == "end" for name in reached & set(by_id)):
        yield GraphProblem(GraphProblemKind.NO_END, "no path leads to an end element")


def _explore(start: str, following: Mapping[str, list[str]]) -> tuple[set[str], list[str]]:
    """What can be reached from `start`, and the elements at which a depth-first walk closes a loop."""
    reached, open_ = {start}, {start}
    loops: dict[str, None] = {}
    stack = [(start, iter(following.get(start, ())))]
    while stack:
        name, rest = stack[-1]
        target = next(rest, None)
        if target is None:
            stack.pop()
            open_.discard(name)
        elif target in open_:
            loops[target] = None
        elif target not in reached:
            reached.add(target)
            open_.add(target)
            stack.append((target, iter(following.get(target, ()))))
    return reached, list(loops)


def _id(element: JsonObject) -> str:
    return str(element.get("id"))


def _targets(element: JsonObject) -> Iterator[tuple[str, str]]:
    outputs = element.get("outputs")
    if isinstance(outputs, Mapping):
        for name, target in outputs.items():
            found = target.get("elementId") if isinstance(target, Mapping) else None
            yield name, found if isinstance(found, str) else ""
