"""Asking one provider, again if need be, until its first byte is there (facts/ai-gateway.md 5.1, 5.3)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from cfaig.json_types import Json
from cfaig.runtime.clock import Clock
from cfaig.runtime.errors import Fault, no_answer
from cfaig.runtime.model import (
    Chunks,
    Event,
    EventKind,
    Trace,
    Upstream,
    UpstreamAnswer,
    UpstreamError,
    UpstreamRequest,
)
from cfaig.runtime.retry import first_byte_limit, is_error, pause
from cfaig.runtime.settings import RetryPolicy

# What is read to its end before the client gets it: it may be cached, and it can still fail over when it breaks off.
_WHOLE_TYPES: Final = ("application/json", "text/", "image/")
_NOT_PASSED_ON: Final = frozenset(
    {
        "connection",
        "content-encoding",
        "content-length",
        "date",
        "keep-alive",
        "proxy-authenticate",
        "server",
        "trailer",
        "transfer-encoding",
        "upgrade",
    }
)


@dataclass(frozen=True, slots=True)
class Reply:
    """What a provider said: all of it, or a stream that has begun well."""

    status: int
    headers: Mapping[str, str]
    body: bytes | Chunks

    @property
    def content_type(self) -> str:
        """The media type with its parameters, empty if none was told."""
        return self.headers.get("content-type", "")


@dataclass(frozen=True, slots=True)
class Asking:
    """One request to one provider: what to send, how patiently, and what to call it in the trace."""

    request: UpstreamRequest
    policy: RetryPolicy
    name: str
    detail: Mapping[str, Json]


async def ask(asking: Asking, upstream: Upstream, clock: Clock, trace: Trace) -> Reply:
    """The provider's first good answer, or its last bad one.

    Raises Fault where the last attempt had no answer at all.
    """
    last: Reply | Fault | None = None
    for attempt in range(1, asking.policy.attempts + 1):
        if attempt > 1 and (wait := pause(asking.policy, attempt - 1)) > 0:
            trace.events.append(Event(EventKind.WAIT, clock.now(), asking.name, "retry", {"seconds": wait}))
            await clock.sleep(wait)
        last = await _once(asking, attempt, upstream, clock, trace)
        if isinstance(last, Reply) and not is_error(last.status):
            return last
    if isinstance(last, Reply):
        return last
    raise last or no_answer(f"{asking.name} was not asked")


async def _once(asking: Asking, attempt: int, upstream: Upstream, clock: Clock, trace: Trace) -> Reply | Fault:
    started = clock.now()
    limit = first_byte_limit(asking.policy, attempt)
    result: Reply | Fault
    try:
        async with clock.timeout(limit):
            answer = await upstream.send(asking.request)
        result, outcome = await _read(answer), str(answer.status)
    except TimeoutError:
        result, outcome = no_answer(f"{asking.name} gave no first byte within {limit} s"), "timeout"
    except UpstreamError as problem:
        result, outcome = no_answer(f"{asking.name}: {problem}"), "error"
    told = {**asking.detail, "attempt": attempt, "seconds": clock.now() - started}
    trace.events.append(Event(EventKind.ATTEMPT, started, asking.name, outcome, told))
    return result


async def _read(answer: UpstreamAnswer) -> Reply:
    headers = {name: value for name, value in answer.headers.items() if _passed_on(name)}
    kind = headers.get("content-type", "").partition(";")[0].strip().lower()
    whole = kind.startswith(_WHOLE_TYPES) and kind != "text/event-stream"
    if not whole and not is_error(answer.status):
        return Reply(answer.status, headers, answer.body)
    return Reply(answer.status, headers, b"".join([chunk async for chunk in answer.body]))


def _passed_on(name: str) -> bool:
    return name not in _NOT_PASSED_ON and not name.startswith("cf-aig-")
