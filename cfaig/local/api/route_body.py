"""The body of a route: its elements.

Source: facts/ai-gateway.md 2.2 and peers.md 0.3: `rate`, not `rate_limit`; `window`, not `interval`; an unknown
property is dropped without a word; an `else` share is refused; shares have to add up to 100 %.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Final

from cfaig.local.shapes import (
    MISSING,
    Anything,
    Choice,
    Fields,
    Items,
    Number,
    OneOf,
    Path,
    Problems,
    Shape,
    Table,
    Text,
)
from cfaig.state.proofs import MAX_SHARES, GraphProblemKind, graph_problems
from cfaig.state.routes import parse_share

_TARGET: Final = Fields({"elementId": Text(low=1)})


@dataclass(frozen=True, slots=True)
class Shares(Shape):
    """The outputs of a percentage element: at most five keys such as `90%` that add up to 100."""

    default: Any = MISSING

    def clean(self, value: Any, path: Path, problems: Problems) -> Any:
        """The outputs, checked together."""
        cleaned = Table(_TARGET).clean(value, path, problems)
        if isinstance(cleaned, dict):
            self._check_keys(cleaned, path, problems)
        return cleaned

    def _check_keys(self, outputs: Mapping[str, Any], path: Path, problems: Problems) -> None:
        shares = {key: parse_share(key) for key in outputs}
        wrong = [key for key, share in shares.items() if share is None]
        for key in wrong:
            problems.add((*path, key), "Invalid output name. Expected a percentage such as '50%'")
        if len(outputs) > MAX_SHARES:
            problems.add(path, f"A percentage element can have at most {MAX_SHARES} outputs")
        total = sum((share for share in shares.values() if share is not None), Decimal(0))
        if not wrong and total != 100:
            problems.add(path, f"The percentages must add up to 100, not {total}")

    def schema(self) -> dict[str, Any]:
        """The sum cannot be said in JSON Schema."""
        return Table(_TARGET).schema() | {"minProperties": 1, "maxProperties": MAX_SHARES}


def _element(kind: str, outputs: Shape, properties: Shape | None = None) -> Fields:
    fields: dict[str, Shape] = {"id": Text(low=1), "type": Choice((kind,))}
    if properties is not None:
        fields["properties"] = properties
    return Fields(fields | {"outputs": outputs})


_TWO_WAYS: Final = Fields({"success": _TARGET, "fallback": _TARGET})

ELEMENTS_BY_TYPE: Final[Mapping[str, Fields]] = {
    "start": _element("start", Fields({"next": _TARGET})),
    "conditional": _element(
        "conditional",
        Fields({"true": _TARGET, "false": _TARGET}),
        Fields({"conditions": Anything()}, optional=frozenset({"conditions"})),
    ),
    "percentage": _element("percentage", Shares()),
    "rate": _element(
        "rate",
        _TWO_WAYS,
        Fields(
            {
                "key": Text(low=1),
                "limit": Number(low=0, whole=False),
                "limitType": Choice(("count", "cost")),
                "window": Number(low=0, whole=False),
            }
        ),
    ),
    "model": _element(
        "model",
        _TWO_WAYS,
        Fields(
            {
                "provider": Text(low=1),
                "model": Text(low=1),
                "timeout": Number(low=0, whole=False),
                "retries": Number(low=0, whole=False),
            }
        ),
    ),
    "end": _element("end", Table(_TARGET)),
}


def _element_shape(value: Mapping[str, Any]) -> Shape | str:
    kind = value.get("type")
    if isinstance(kind, str) and kind in ELEMENTS_BY_TYPE:
        return ELEMENTS_BY_TYPE[kind]
    expected = " | ".join(f"'{each}'" for each in ELEMENTS_BY_TYPE)
    return f"Invalid discriminator value. Expected {expected}"


_ELEMENTS: Final = Items(OneOf(_element_shape, tuple(ELEMENTS_BY_TYPE.values())), low=1)
_NAME: Final = Text(low=1)

# What the shapes cannot see; a property that is absent or unknown is the shapes' affair.
_GRAPH_WIDE: Final = frozenset(
    {
        GraphProblemKind.NO_START,
        GraphProblemKind.SEVERAL_STARTS,
        GraphProblemKind.START_NOT_FIRST,
        GraphProblemKind.DUPLICATE_ID,
        GraphProblemKind.DANGLING,
        GraphProblemKind.CYCLE,
        GraphProblemKind.UNREACHABLE,
        GraphProblemKind.NO_END,
    }
)

CREATE: Final = Fields({"name": _NAME, "elements": _ELEMENTS})
RENAME: Final = Fields({"name": _NAME})
VERSION: Final = Fields({"elements": _ELEMENTS})
DEPLOYMENT: Final = Fields({"version_id": Text(low=1)})


def wrong_graph(elements: Sequence[Mapping[str, Any]]) -> str | None:
    """Why the elements are no graph that a request can walk, or `None` when they are one."""
    return next((problem.message for problem in graph_problems(elements) if problem.kind in _GRAPH_WIDE), None)
