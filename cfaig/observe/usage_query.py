"""Questions to the GraphQL API about requests, and its answers as counts. Source: facts/ai-gateway.md 7."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from types import MappingProxyType
from typing import Any, Final

from cfaig.live.wire import decoded_json, truth
from cfaig.observe.redact import Redactor
from cfaig.observe.usage import Field, Grouping, Totals
from cfaig.observe.window import Window, in_utc

MOST_ROWS: Final = 10_000
KEPT: Final = timedelta(days=62)
LONGEST: Final = timedelta(days=31)
LATE: Final = timedelta(minutes=14)
NONE: Final = "(none)"

_NODE: Final = "aiGatewayRequestsAdaptiveGroups"
_SUMS: Final = (
    "cachedRequests",
    "erroredRequests",
    "cachedTokensIn",
    "cachedTokensOut",
    "uncachedTokensIn",
    "uncachedTokensOut",
    "cost",
)
_DIMENSIONS: Final[Mapping[Field, str]] = MappingProxyType(
    {
        Field.GATEWAY: "gateway",
        Field.PROVIDER: "provider",
        Field.MODEL: "model",
        Field.STATUS: "statusCode",
        Field.RATE_LIMITED: "rateLimited",
        Field.USER_AGENT: "userAgent",
        Field.METADATA: "metadataRaw",
    }
)


@dataclass(frozen=True, slots=True)
class Step:
    """How finely time is divided: a dimension of the API, and the length of one step."""

    dimension: str
    length: timedelta

    def beginning(self, moment: datetime) -> datetime:
        """When the step began in which the moment lies."""
        seconds = int(in_utc(moment).timestamp())
        return datetime.fromtimestamp(seconds - seconds % int(self.length.total_seconds()), UTC)

    def named(self, moment: datetime) -> str:
        """The beginning of a step as the API writes it."""
        pattern = "%Y-%m-%d" if self.dimension == "date" else "%Y-%m-%dT%H:%M:%SZ"
        return moment.strftime(pattern)

    def moments(self, window: Window) -> tuple[datetime, ...]:
        """The beginnings of all steps that have a part in the window."""
        first = self.beginning(window.since)
        count = max(-(-(window.until - first) // self.length), 1)
        return tuple(first + number * self.length for number in range(count))


FIVE_MINUTES: Final = Step("datetimeFiveMinutes", timedelta(minutes=5))
HOUR: Final = Step("datetimeHour", timedelta(hours=1))
DAY: Final = Step("date", timedelta(days=1))


def step_for(length: timedelta) -> Step:
    """Steps that are neither too many to look at nor too few to see anything."""
    if length <= timedelta(hours=4):
        return FIVE_MINUTES
    return HOUR if length <= timedelta(days=8) else DAY


@dataclass(frozen=True, slots=True)
class Part:
    """Some steps in a row, which one query asks for: from the first to the last."""

    step: Step
    first: datetime
    last: datetime

    def halves(self) -> tuple[Part, Part] | None:
        """The same steps as two parts; None for a single step."""
        count = (self.last - self.first) // self.step.length
        if count < 1:
            return None
        middle = self.first + (count // 2) * self.step.length
        return Part(self.step, self.first, middle), Part(self.step, middle + self.step.length, self.last)


def parts(moments: Sequence[datetime], step: Step) -> Iterator[Part]:
    """All steps in parts that the API answers at once."""
    size = LONGEST // step.length
    for start in range(0, len(moments), size):
        some = moments[start : start + size]
        yield Part(step, some[0], some[-1])


def query_text(account: str, part: Part, by: Grouping, gateways: Sequence[str]) -> str:
    """The query for one part; a text of GraphQL is escaped as one of JSON is."""
    dimension = part.step.dimension
    bounds = {f"{dimension}_geq": part.step.named(part.first), f"{dimension}_leq": part.step.named(part.last)}
    conditions = [f"{name}: {json.dumps(value)}" for name, value in bounds.items()]
    if gateways:
        conditions.append(f"gateway_in: {json.dumps(list(gateways))}")
    return (
        f"query {{ viewer {{ accounts(filter: {{accountTag: {json.dumps(account)}}}) {{"
        f" {_NODE}(limit: {MOST_ROWS}, filter: {{{', '.join(conditions)}}}, orderBy: [{dimension}_ASC])"
        f" {{ count sum {{ {' '.join(_SUMS)} }} dimensions {{ {dimension} {_DIMENSIONS[by.field]} }} }} }} }} }}"
    )


@dataclass(frozen=True, slots=True)
class Counted:
    """What was counted of one group in one step."""

    at: datetime
    group: str
    totals: Totals


def counted(rows: Iterable[Mapping[str, Any]], part: Part, by: Grouping) -> Iterator[Counted]:
    """The rows of an answer."""
    naming = _naming(by)
    for row in rows:
        dimensions, sums = row["dimensions"], row["sum"]
        at = part.step.beginning(in_utc(datetime.fromisoformat(str(dimensions[part.step.dimension]))))
        totals = Totals(
            requests=int(row["count"]),
            errors=int(sums["erroredRequests"]),
            cached=int(sums["cachedRequests"]),
            tokens_in=int(sums["cachedTokensIn"] + sums["uncachedTokensIn"]),
            tokens_out=int(sums["cachedTokensOut"] + sums["uncachedTokensOut"]),
            cost=float(sums["cost"]),
        )
        yield Counted(at, naming(dimensions[_DIMENSIONS[by.field]]), totals)


def rows_of(answer: Mapping[str, Any]) -> Sequence[Mapping[str, Any]] | None:
    """The rows in the data of an answer; None where it has no such account."""
    accounts = ((answer.get("data") or {}).get("viewer") or {}).get("accounts") or []
    return accounts[0].get(_NODE) or [] if accounts else None


def _naming(by: Grouping) -> Callable[[Any], str]:
    """How the value of a dimension is called; what clients chose may hold a secret, which nobody shall see."""
    redactor = Redactor()
    if by.field is Field.METADATA:
        return lambda raw: metadata_value(redactor.value(decoded_json(raw)), by.key)
    if by.field is Field.RATE_LIMITED:
        return lambda value: "rate limited" if truth(value) else "not rate limited"
    return lambda value: redactor.text(str(value)) if value not in (None, "") else NONE


def metadata_value(metadata: Any, key: str) -> str:
    """The value of an entry as a text; `(none)` where there is no such entry."""
    value = metadata.get(key) if isinstance(metadata, Mapping) else None
    if value is None:
        return NONE
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
