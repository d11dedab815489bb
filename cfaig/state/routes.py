"""Flows to elements: the graph of a dynamic route, with ids that stay when the flow is edited.

An id says where the element stands and what it is (`then-within-anthropic-claude-sonnet-5`), so adding a model to a
chain leaves all other ids alone. (Only a further copy of a model that the chain has already moves the numbers of the
copies after it.)
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Final, TypeAlias

from cfaig.definition.model import Chain, Flow, If, Limit, Model, RawElements, Split
from cfaig.json_types import Json, JsonObject

START: Final = "start"
END: Final = "end"
MAX_ID: Final = 64
HASH_TAIL: Final = 8

FlowPath: TypeAlias = tuple[str | int, ...]
"""The way to a part of a flow: `chain` and the index of a model (one more for what comes after it), `then`, `else`,
`split` and the name of a share."""


@dataclass(frozen=True, slots=True)
class CompiledRoute:
    """The elements of a route, and from which part of the flow each came (nothing for raw elements)."""

    elements: tuple[JsonObject, ...]
    origins: Mapping[str, FlowPath]


def compile_flow(flow: Flow | RawElements, wire_slug: Callable[[str], str]) -> CompiledRoute:
    """The graph of `flow`; `wire_slug` gives the slug that Cloudflare knows a provider by.

    Raw elements are passed through as they are.
    """
    if isinstance(flow, RawElements):
        return CompiledRoute(flow.elements, {})
    builder = _Builder(wire_slug)
    entry = builder.flow(flow, (), ())
    start: JsonObject = {"id": START, "type": "start", "outputs": {"next": {"elementId": entry}}}
    end: JsonObject = {"id": END, "type": "end", "outputs": {}}
    middle = [builder.elements[id_] for id_ in builder.origins]
    return CompiledRoute((start, *middle, end), builder.origins)


def number(value: Decimal) -> int | float:
    """A JSON number: whole where it can be."""
    return int(value) if value == value.to_integral_value() else float(value)


def share_keys(shares: tuple[Decimal, ...]) -> tuple[str, ...]:
    """The names of a split's outputs.

    The API keys them by percentage, so equal shares are told apart by a trailing zero (`50%`, `50.0%`).
    """
    keys: list[str] = []
    for share in shares:
        text = format(share.normalize(), "f")
        while f"{text}%" in keys:
            text += "0" if "." in text else ".0"
        keys.append(f"{text}%")
    return tuple(keys)


def parse_share(key: str) -> Decimal | None:
    """The percentage that an output's name stands for; None if it is no percentage."""
    return Decimal(key[:-1]) if re.fullmatch(r"\d{1,3}(\.\d+)?%", key, re.ASCII) else None


class IdAllocator:
    """Gives out ids of a-z, 0-9 and hyphens, each once, at most 64 characters long."""

    def __init__(self, reserved: tuple[str, ...] = ()) -> None:
        self._taken = set(reserved)
        self._counts: dict[str, int] = {}

    def take(self, *words: str) -> str:
        """An id made of `words`; a taken one gets `-2`, `-3`, …, a long one ends with a hash of the whole."""
        base = _shorten(re.sub(r"[^a-z0-9]+", "-", "-".join(words).lower()).strip("-") or "element")
        name, count = base, self._counts.get(base, 1)
        while name in self._taken:
            count += 1
            name = f"{base}-{count}"
        self._counts[base] = count
        self._taken.add(name)
        return name


def _shorten(text: str) -> str:
    room = MAX_ID - len("-9999")
    if len(text) <= room:
        return text
    return f"{text[: room - HASH_TAIL - 1].rstrip('-')}-{hashlib.sha256(text.encode()).hexdigest()[:HASH_TAIL]}"


class _Builder:
    """Collects elements; each form takes its id first, so that `origins` is in the order of reading."""

    def __init__(self, wire_slug: Callable[[str], str]) -> None:
        self.elements: dict[str, JsonObject] = {}
        self.origins: dict[str, FlowPath] = {}
        self._wire_slug = wire_slug
        self._ids = IdAllocator((START, END))

    def flow(self, flow: Flow, branch: tuple[str, ...], path: FlowPath) -> str:
        """Add the elements of `flow`, reached through the branches `branch`; the id of the first one."""
        if isinstance(flow, Chain):
            return self._chain(flow, branch, path)
        if isinstance(flow, If):
            return self._if(flow, branch, path)
        if isinstance(flow, Limit):
            return self._limit(flow, branch, path)
        return self._split(flow, branch, path)

    def _take(self, path: FlowPath, *words: str) -> str:
        id_ = self._ids.take(*words)
        self.origins[id_] = path
        return id_

    def _chain(self, chain: Chain, branch: tuple[str, ...], path: FlowPath) -> str:
        wires = [self._wire_slug(model.provider) for model in chain.models]
        ids = [
            self._take((*path, "chain", index), *branch, wire, model.model)
            for index, (wire, model) in enumerate(zip(wires, chain.models, strict=True))
        ]
        last = END if chain.then is None else self.flow(chain.then, (*branch, "after"), (*path, "chain", len(ids)))
        following = [*ids[1:], last][: len(ids)]
        for id_, wire, model, fallback in zip(ids, wires, chain.models, following, strict=True):
            self.elements[id_] = _model_element(id_, wire, model, fallback)
        return ids[0] if ids else last

    def _if(self, flow: If, branch: tuple[str, ...], path: FlowPath) -> str:
        id_ = self._take(path, *branch, "if")
        then = self.flow(flow.then, (*branch, "then"), (*path, "then"))
        otherwise = self.flow(flow.otherwise, (*branch, "else"), (*path, "else"))
        self.elements[id_] = {
            "id": id_,
            "type": "conditional",
            "properties": {"conditions": flow.conditions},
            "outputs": {"true": {"elementId": then}, "false": {"elementId": otherwise}},
        }
        return id_

    def _limit(self, flow: Limit, branch: tuple[str, ...], path: FlowPath) -> str:
        id_ = self._take(path, *branch, "limit")
        then = self.flow(flow.then, (*branch, "within"), (*path, "then"))
        over = END if flow.otherwise is None else self.flow(flow.otherwise, (*branch, "over"), (*path, "else"))
        self.elements[id_] = {
            "id": id_,
            "type": "rate",
            "properties": {
                "key": flow.key,
                "limit": number(flow.amount),
                "limitType": flow.kind,
                "window": flow.per,
            },
            "outputs": {"success": {"elementId": then}, "fallback": {"elementId": over}},
        }
        return id_

    def _split(self, flow: Split, branch: tuple[str, ...], path: FlowPath) -> str:
        id_ = self._take(path, *branch, "split")
        outputs: dict[str, Json] = {}
        for index, key in enumerate(share_keys(tuple(share for share, _ in flow.shares))):
            # Numbered, not named by their size: moving 5 % from one share to another leaves the elements alone.
            target = self.flow(flow.shares[index][1], (*branch, f"share-{index + 1}"), (*path, "split", key))
            outputs[key] = {"elementId": target}
        self.elements[id_] = {"id": id_, "type": "percentage", "outputs": outputs}
        return id_


def _model_element(id_: str, wire: str, model: Model, fallback: str) -> JsonObject:
    return {
        "id": id_,
        "type": "model",
        "properties": {
            "provider": wire,
            "model": model.model,
            "timeout": model.timeout_ms,
            "retries": model.retries,
        },
        "outputs": {"success": {"elementId": END}, "fallback": {"elementId": fallback}},
    }
