"""What happened to a request, in plain words: one line, or moment by moment."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby
from typing import Final

from cfaig.runtime.model import Event, EventKind
from cfaig.scenarios.expectations import duration_words
from cfaig.scenarios.outcome import NONE, AtEdge, Outcome, limit_name, wait_seconds
from cfaig.scenarios.ways import FAILED, plain_provider

# From so many attempts on their number is told.
_TRIES: Final = 2
_SMALL: Final = 0.0001


def one_line(outcome: Outcome, asked: str) -> str:
    """Where the request went and why, and what came back; `asked` is what the client called."""
    return f"{asked} → {_destination(outcome)}; {figures(outcome)}"


def figures(outcome: Outcome) -> str:
    """Status, time and cost."""
    parts = [str(outcome.status)]
    if outcome.error != NONE:
        parts[0] += f" (error {outcome.error})"
    parts.append(duration_words(outcome.elapsed))
    if outcome.log is not None:
        parts.append(dollars(outcome.cost))
    return ", ".join(parts)


def dollars(cost: float) -> str:
    """An amount of money, with the digits that matter."""
    if cost == 0:
        return "$0"
    if cost >= 1:
        return f"${cost:,.2f}"
    return f"${cost:.4f}" if cost >= _SMALL else f"${cost:.6f}" if cost >= _SMALL / 100 else "less than $0.000001"


def _destination(outcome: Outcome) -> str:
    failed = list(_failures(outcome))
    after = f" after {' and '.join(failed)}" if failed else ""
    if outcome.provider == NONE:
        reason = outcome.limit if outcome.limit != NONE else ""
        if reason:
            return f"refused by the limit {reason}{after}"
        told = f": {', '.join(failed)}" if failed else _message(outcome)
        return f"no answer{told}"
    step = f" (step {outcome.step})" if outcome.step not in (NONE, 0) else ""
    cached = " from the cache" if outcome.cache == "HIT" else ""
    return f"{outcome.provider}/{outcome.model}{cached}{step}{after}"


def _message(outcome: Outcome) -> str:
    document = outcome.document
    told = document.get("message") if isinstance(document, dict) else None
    return f": {told}" if isinstance(told, str) and told else ""


def _failures(outcome: Outcome) -> Iterator[str]:
    """The models that failed, each with how and how often."""
    attempts = [event for event in outcome.events if event.kind is EventKind.ATTEMPT]
    for name, group in groupby(attempts, key=lambda event: event.name):
        events = list(group)
        if _succeeded(events[-1]):
            continue
        how = " and ".join(dict.fromkeys(_failure(event) for event in events))
        times = f" ({len(events)} attempts)" if len(events) >= _TRIES else ""
        yield f"{plain_provider(name)} {how}{times}"


def _succeeded(attempt: Event) -> bool:
    return attempt.outcome.isdecimal() and int(attempt.outcome) < 400


def _failure(attempt: Event) -> str:
    if attempt.outcome == "timeout":
        return "timed out"
    return f"{FAILED} with {attempt.outcome}" if attempt.outcome.isdecimal() else "could not be reached"


def moments(outcome: Outcome) -> list[str]:
    """Every moment: seconds since the request was sent, and what happened."""
    told = [(0.0, _edge_words(outcome.edge))] if outcome.edge is not None else []
    told += [(event.at - outcome.began, words) for event in outcome.events if (words := _moment(event, outcome))]
    told.append(
        (outcome.elapsed, f"the client has {figures(outcome)}" + (f": {outcome.broken}" if outcome.broken else ""))
    )
    return [f"{max(at, 0.0):>8.3f} s  {words}" for at, words in told]


def _edge_words(edge: AtEdge) -> str:
    rules = f"the edge follows {', '.join(edge.rules)}" if edge.rules else "the edge follows no rule"
    if edge.sent is None:
        return f"{rules}, and asks nobody"
    return f"{rules}, and waits {duration_words(edge.queued)} in its queue" if edge.queued else rules


def _moment(event: Event, outcome: Outcome) -> str:
    match event.kind:
        case EventKind.ELEMENT if event.detail.get("type") == "model":
            return ""  # its attempts have told
        case EventKind.ELEMENT:
            words = outcome.ways.get((event.name, event.outcome), "")
            return f"{words} ({used})" if words and (used := _used(event)) else words
        case EventKind.ATTEMPT:
            name, took = plain_provider(event.name), duration_words(_number(event, "seconds"))
            how = f"answers {event.outcome}" if _succeeded(event) else _failure(event)
            return f"{name} {how} after {took}"
        case EventKind.WAIT:
            return f"waits {duration_words(wait_seconds(event))} before the next attempt"
        case EventKind.LIMIT:
            how = "passes" if event.outcome == "allowed" else "refused"
            return f"limit {limit_name(event)}: {how} ({_used(event)})"
        case EventKind.CACHE:
            return f"cache: {event.outcome}"
        case EventKind.REFUSED:
            return f"refused with {event.outcome}: {event.detail.get('message')}"
        case _:
            return f"note: {event.outcome}"


def _used(event: Event) -> str:
    """How much of a limit was used before."""
    if "used" not in event.detail:
        return ""
    window = duration_words(_number(event, "window"))
    return f"{_number(event, 'used'):.4g} of {_number(event, 'limit'):.4g} used, window {window}"


def _number(event: Event, name: str) -> float:
    value = event.detail.get(name)
    return value if isinstance(value, int | float) else 0.0
