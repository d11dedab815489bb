"""Building flows from what other systems say: shares, and what comes after what."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal
from typing import Final

from cfaig.definition.model import Chain, Flow, If, Limit, Split

MAX_SHARES: Final = 5
_HUNDREDTHS: Final = 10_000


def then(flow: Flow | None, after: Flow | None) -> Flow | None:
    """`flow`, and where all of its models have failed, `after`."""
    if flow is None or after is None:
        return flow or after
    if isinstance(flow, Chain):
        if flow.then is None and isinstance(after, Chain):
            return Chain((*flow.models, *after.models), after.then)
        return replace(flow, then=then(flow.then, after))
    if isinstance(flow, If):
        return replace(flow, then=_joined(flow.then, after), otherwise=_joined(flow.otherwise, after))
    if isinstance(flow, Limit):
        return replace(flow, then=_joined(flow.then, after))
    return Split(tuple((share, _joined(part, after)) for share, part in flow.shares))


def in_order(flows: Sequence[Flow]) -> Flow:
    """Each flow when all before it have failed; nothing at all is an empty chain."""
    result: Flow | None = None
    for flow in reversed(flows):
        result = then(flow, result)
    return result or Chain(())


def balanced(weighted: Sequence[tuple[float, Flow]]) -> Flow:
    """The flows, each with the share that its weight has of all weights; at most MAX_SHARES of them, none without."""
    if len(weighted) == 1:
        return weighted[0][1]
    shares = _shares([weight for weight, _ in weighted])
    return Split(tuple((share, flow) for share, (_, flow) in zip(shares, weighted, strict=True)))


def _joined(flow: Flow, after: Flow) -> Flow:
    return then(flow, after) or after


def _shares(weights: Sequence[float]) -> list[Decimal]:
    """Percentages with up to two places that add up to exactly 100; the largest remainders are rounded up."""
    total = sum(weights)
    exact = [weight / total * _HUNDREDTHS for weight in weights]
    parts = [max(1, int(part)) for part in exact]
    by_remainder = sorted(range(len(parts)), key=lambda at: int(exact[at]) - exact[at])
    for at in by_remainder[: max(0, _HUNDREDTHS - sum(parts))]:
        parts[at] += 1
    largest = parts.index(max(parts))
    parts[largest] += _HUNDREDTHS - sum(parts)
    return [Decimal(part).scaleb(-2).normalize() for part in parts]
