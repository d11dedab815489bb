"""A brute-force walker: every path through a graph, one by one, without any cleverness."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any


def walks(elements: Sequence[Any]) -> Iterator[tuple[list[str], str]]:
    """Every path from the first start: its ids, and how it ends (`end`, `loop`, `dangling` or `stuck`)."""
    starts = [element["id"] for element in elements if element["type"] == "start"]
    by_id: dict[str, Any] = {}
    for element in elements:
        by_id.setdefault(element["id"], element)
    if starts:
        yield from _walk(by_id, starts[0], [])


def _walk(by_id: dict[str, Any], here: str, before: list[str]) -> Iterator[tuple[list[str], str]]:
    path = [*before, here]
    if here not in by_id:
        yield path, "dangling"
    elif here in before:
        yield path, "loop"
    elif by_id[here]["type"] == "end":
        yield path, "end"
    elif not by_id[here]["outputs"]:
        yield path, "stuck"
    else:
        for target in by_id[here]["outputs"].values():
            yield from _walk(by_id, target["elementId"], path)
