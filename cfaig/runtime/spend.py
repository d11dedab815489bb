"""Spend limits: rules on US dollars in windows of time (facts/ai-gateway.md 4.2)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from cfaig.json_types import Json, JsonObject
from cfaig.runtime.errors import Code, Fault
from cfaig.runtime.metadata import value_text


@dataclass(frozen=True, slots=True)
class Purchase:
    """What spend rules look at: which model of which provider, for whom."""

    provider: str
    model: str
    metadata: Mapping[str, Json]


@dataclass(frozen=True, slots=True)
class SpendRule:
    """A rule that applies to a purchase; `part` tells callers apart that are counted separately."""

    id: str
    limit: float
    window: int
    sliding: bool
    part: tuple[str, ...]

    def breach(self, purchase: Purchase) -> Fault:
        """The refusal, in Cloudflare's words."""
        technique = "sliding" if self.sliding else "fixed"
        limit = int(self.limit) if self.limit == int(self.limit) else self.limit
        message = (
            f"Spend limit exceeded: rule '{self.id}' (cost limit {limit} per {self.window}s, {technique})"
            f" for {purchase.provider} {purchase.model}"
        )
        return Fault(Code.SPEND_LIMIT, 429, message)


def applicable(settings: JsonObject, purchase: Purchase) -> Iterator[SpendRule]:
    """The rules of a gateway that count this purchase, in the gateway's order."""
    limits = settings.get("spend_limits")
    if not isinstance(limits, Mapping) or not limits.get("enabled"):
        return
    rules = limits.get("rules")
    for index, rule in enumerate(rules if isinstance(rules, list | tuple) else ()):
        if not isinstance(rule, Mapping) or rule.get("enabled") is False:
            continue
        if not (_passes(rule.get("model"), purchase.model) and _passes(rule.get("provider"), purchase.provider)):
            continue
        part = _part(rule.get("metadata"), purchase.metadata)
        if part is not None:
            yield SpendRule(
                id=str(rule.get("id") or index),
                limit=_number(rule.get("limit")),
                window=int(_number(rule.get("window"))),
                sliding=rule.get("technique") != "fixed",
                part=part,
            )


def _part(dimensions: Json, metadata: Mapping[str, Json]) -> tuple[str, ...] | None:
    """The values that split the rule; None if a filter keeps this caller out.

    Callers who do not tell a splitting value are counted together.
    """
    parts: list[str] = []
    for name, dimension in sorted(dimensions.items()) if isinstance(dimensions, Mapping) else ():
        if isinstance(dimension, Mapping) and dimension.get("mode") == "partition":
            parts.append(f"{name}={value_text(metadata[name])}" if name in metadata else name)
        elif name not in metadata or not _passes(dimension, value_text(metadata[name])):
            return None
    return tuple(parts)


def _passes(dimension: Json, value: str) -> bool:
    if not isinstance(dimension, Mapping):
        return True
    values = dimension.get("values")
    return isinstance(values, list | tuple) and value in [value_text(one) for one in values]


def _number(value: Json) -> float:
    return value if isinstance(value, int | float) else 0.0
