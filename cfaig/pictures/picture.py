"""What a picture of a route shows: boxes and arrows, before anybody knows where they go.

Each output that leads to an end gets an end of its own: all ends are alike, and one that many arrows share would hide
what the others say.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import Any, Final, TypeAlias

from cfaig.definition.catalog import CUSTOM_PREFIX
from cfaig.json_types import JsonObject
from cfaig.printable import printable
from cfaig.reconcile.amounts import dollars, milliseconds, seconds
from cfaig.reconcile.flow_words import condition
from cfaig.state.graph import targets

Output: TypeAlias = tuple[str, str]
"""The id of an element, and the name of one of its outputs."""

END_ANSWERED: Final = "end: the caller has an answer"
END_UNANSWERED: Final = "end: the caller has no answer"


class BoxKind(StrEnum):
    """What a box stands for; the first six are the API's types of elements."""

    START = "start"
    CONDITIONAL = "conditional"
    PERCENTAGE = "percentage"
    RATE = "rate"
    MODEL = "model"
    UNKNOWN = "unknown"
    ANSWERED = "answered"
    UNANSWERED = "unanswered"
    MISSING = "missing"

    @property
    def end(self) -> bool:
        """Whether the request ends here."""
        return self in (BoxKind.ANSWERED, BoxKind.UNANSWERED)


@dataclass(frozen=True, slots=True)
class Box:
    """One element: `heading` says what sort of thing it is, `name` which one, `details` what it does.

    `aside` is whether the request that the picture tells of passed it by.
    """

    id: str
    kind: BoxKind
    heading: str
    name: str = ""
    details: str = ""
    aside: bool = field(default=False, kw_only=True)

    @property
    def lines(self) -> tuple[str, ...]:
        """All that is written in it."""
        return tuple(line for line in (self.heading, self.name, self.details) if line)


@dataclass(frozen=True, slots=True)
class Arrow:
    """An output: from box to box, by their ids, with its name in the API; `taken` if a request took it."""

    source: str
    target: str
    label: str
    taken: bool = False


@dataclass(frozen=True, slots=True)
class Picture:
    """One route, called as `model`; the start is the first box. Every text is printable."""

    title: str
    boxes: tuple[Box, ...]
    arrows: tuple[Arrow, ...]

    @property
    def tells(self) -> bool:
        """Whether it tells of a request: some arrow was taken."""
        return any(arrow.taken for arrow in self.arrows)


def picture_of(address: str, elements: Sequence[JsonObject], taken: Collection[Output] = ()) -> Picture:
    """The picture of the route `support/chat`; works for graphs with mistakes too, because it helps to see them.

    `taken` are the outputs that requests took, if the picture is to tell of them.
    """
    route = address.partition("/")[2]
    by_id = {str(element.get("id")): element for element in reversed(list(elements))}
    ends = {id_ for id_, element in by_id.items() if element.get("type") == "end"}
    boxes = [_box(id_, element, route) for id_, element in reversed(by_id.items()) if id_ not in ends]
    arrows: list[Arrow] = []
    for box in tuple(boxes):
        for output, target in targets(by_id[box.id]):
            was_taken = (box.id, output) in taken
            if target in by_id and target not in ends:
                arrows.append(Arrow(box.id, target, printable(output), was_taken))
                continue
            # A slash cannot be mistaken: no other box stands for this output of this element.
            identity = f"{box.id}/{output}"
            known = target in ends
            boxes.append(
                _end(identity, box, output) if known else Box(identity, BoxKind.MISSING, "missing", printable(target))
            )
            arrows.append(Arrow(box.id, identity, printable(output), was_taken))
    boxes.sort(key=lambda box: box.kind is not BoxKind.START)
    if taken:
        passed = {id_ for arrow in arrows if arrow.taken for id_ in (arrow.source, arrow.target)}
        boxes = [replace(box, aside=box.id not in passed) for box in boxes]
    return Picture(printable(address), tuple(boxes), tuple(arrows))


def _end(identity: str, source: Box, output: str) -> Box:
    if source.kind is BoxKind.MODEL and output == "success":
        return Box(identity, BoxKind.ANSWERED, END_ANSWERED)
    return Box(identity, BoxKind.UNANSWERED, END_UNANSWERED)


def _box(id_: str, element: JsonObject, route: str) -> Box:
    given: Any = element.get("properties")
    properties: Mapping[str, Any] = given if isinstance(given, Mapping) else {}
    kind = str(element.get("type"))
    if kind == "start":
        return Box(id_, BoxKind.START, "start", printable(f"dynamic/{route}"))
    if kind == "conditional":
        return Box(id_, BoxKind.CONDITIONAL, "if", details=printable(condition(properties.get("conditions"))))
    if kind == "percentage":
        return Box(id_, BoxKind.PERCENTAGE, "split", details="by share of the requests")
    if kind == "rate":
        return Box(id_, BoxKind.RATE, "limit", *(printable(text) for text in _limit(properties)))
    if kind == "model":
        name = str(properties.get("model"))
        provider = str(properties.get("provider")).removeprefix(CUSTOM_PREFIX)
        return Box(
            id_, BoxKind.MODEL, printable(provider), printable(name), printable(", ".join(_model_details(properties)))
        )
    return Box(id_, BoxKind.UNKNOWN, printable(kind), printable(id_))


def _limit(properties: Mapping[str, Any]) -> tuple[str, str]:
    limit, window = _number(properties.get("limit")), _number(properties.get("window"))
    amount = dollars(limit) if properties.get("limitType") == "cost" else f"{limit:,g} requests"
    return f"{amount} per {seconds(window)}", f"for each {properties.get('key')}"


def _model_details(properties: Mapping[str, Any]) -> Iterator[str]:
    if timeout := _number(properties.get("timeout")):
        yield f"timeout {milliseconds(timeout)}"
    if retries := _number(properties.get("retries")):
        yield f"{retries:g} {'retry' if retries == 1 else 'retries'}"


def _number(value: object) -> float:
    return value if isinstance(value, int | float) else 0
