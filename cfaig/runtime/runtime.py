"""The data plane: answers calls to gateways as Cloudflare would."""

from __future__ import annotations

import json
import random
from collections.abc import Mapping

from cfaig.runtime.access import enter
from cfaig.runtime.books import Books, Outcome
from cfaig.runtime.cache import Cache
from cfaig.runtime.clock import Clock
from cfaig.runtime.errors import Fault, fault_body
from cfaig.runtime.inspection import Inspector
from cfaig.runtime.limits import Counters
from cfaig.runtime.model import Answer, Call, Chunks, Configuration, Event, EventKind, LogSink, Trace, Upstream, Usage
from cfaig.runtime.pipeline import Pipeline
from cfaig.runtime.providers.prices import Prices
from cfaig.runtime.providers.usage import UsageMeter
from cfaig.runtime.retry import is_error
from cfaig.runtime.stream import Recording, WatchedStream
from cfaig.runtime.uuid7 import uuid7
from cfaig.runtime.work import Refused, Result, Served, Surroundings, Work


class Runtime:
    """Gateways at work.

    Cached answers and the counters of limits live as long as the runtime, by account, gateway and name: a gateway that
    is deployed anew keeps them. The same `seed` gives the same splits and ids. `credits`: whether the account has
    Unified Billing credits, which pay where a provider has no key. `inspector` is a classifier for guardrails and DLP;
    without one nothing is inspected, and traces say so.
    """

    def __init__(
        self,
        configuration: Configuration,
        upstream: Upstream,
        clock: Clock,
        logs: LogSink,
        *,
        seed: int | None = None,
        prices: Prices | None = None,
        credits: bool = True,  # noqa: A002  (the account's word for it; the builtin is for interactive shells)
        inspector: Inspector | None = None,
    ) -> None:
        self._seed = seed
        self._around = Surroundings(
            configuration=configuration,
            upstream=upstream,
            clock=clock,
            logs=logs,
            prices=prices or Prices(),
            credits=credits,
            inspector=inspector,
            cache=Cache(),
            counters=Counters(),
            split=random.Random(seed),  # noqa: S311  (who gets which share of a split is no secret)
            ids=random.Random(None if seed is None else seed + 1),  # noqa: S311
        )

    async def answer(self, call: Call) -> Answer:
        """Answer one call; many may be under way at once.

        An Answer is given for whatever comes in. A body that is streamed must be closed (`aclose`), also if nobody
        reads it: its log is written then. It raises UpstreamError where the provider breaks off.
        """
        around, trace, started = self._around, Trace(), self._around.clock.now()
        request_id = uuid7(started, around.ids)
        try:
            entry = enter(call, around.configuration)
        except Fault as fault:
            trace.events.append(_refusal(fault, started))
            headers = {"content-type": "application/json", "cf-aig-request-id": request_id}
            return Answer(fault.status, headers, fault_body(fault), trace)
        work = Work(call, entry, trace, started, request_id)
        return self._finish(work, await Pipeline(around, work).run())

    def forget(self) -> None:
        """Start anew: an empty cache, counters at zero, and the splits of the seed from the first one on."""
        self._around.cache.clear()
        self._around.counters.clear()
        self._around.split.seed(self._seed)

    def _finish(self, work: Work, result: Result) -> Answer:
        log_id = work.request_id if _single(result) else uuid7(self._around.clock.now(), self._around.ids)
        books = Books(self._around, work, log_id)
        headers = _headers(work, result, log_id)
        if isinstance(result, Refused):
            fault = result.fault
            work.trace.events.append(_refusal(fault, self._around.clock.now()))
            outcome = Outcome(fault.status, {**headers, "content-type": "application/json"}, fault_body(fault), Usage())
            books.close(result, outcome)
            return Answer(outcome.status, outcome.headers, fault_body(fault), work.trace)
        reply = result.reply
        headers = {**reply.headers, **headers}
        if not isinstance(reply.body, bytes):
            return Answer(reply.status, headers, _watched(books, result, headers, reply.body), work.trace)
        meter = UsageMeter(reply.content_type)
        if not is_error(reply.status):
            meter.feed(reply.body)
        books.close(result, Outcome(reply.status, headers, reply.body, meter.usage() or Usage()))
        return Answer(reply.status, headers, reply.body, work.trace)


def _watched(books: Books, served: Served, headers: Mapping[str, str], chunks: Chunks) -> WatchedStream:
    """A stream that closes the books when it ends."""
    settings, meter = served.subject.settings, UsageMeter(served.reply.content_type)
    recording = Recording(keep=settings.collect_log and settings.collect_payload)

    def feed(chunk: bytes) -> None:
        meter.feed(chunk)
        recording.add(chunk)

    def end(problem: str | None) -> None:
        usage = meter.usage() or Usage()
        books.close(served, Outcome(served.reply.status, headers, recording.whole(), usage, problem))

    return WatchedStream(chunks, feed, end)


def _single(result: Result) -> bool:
    """Whether the call was one step, so that one id is its request's, its log's and its event's (facts 4.11)."""
    return result.subject.step == 0 and result.subject.route is None


def _headers(work: Work, result: Result, log_id: str) -> dict[str, str]:
    """The headers that the gateway adds (facts/ai-gateway.md 5.2)."""
    subject = result.subject
    headers = {"cf-aig-request-id": work.request_id, "cf-aig-event-id": subject.settings.event_id or work.request_id}
    if subject.settings.collect_log:
        headers["cf-aig-log-id"] = log_id
    if isinstance(result, Refused):
        return headers
    headers["cf-aig-step"] = str(subject.step)
    if result.cache is not None:
        headers["cf-aig-cache-status"] = result.cache
    if subject.route is not None and not is_error(result.reply.status):
        headers |= {"cf-aig-model": subject.model, "cf-aig-provider": subject.provider}
    if result.verdict is not None and result.verdict.findings is not None:
        headers["cf-aig-dlp"] = json.dumps(result.verdict.findings, separators=(",", ":"))
    return headers


def _refusal(fault: Fault, at: float) -> Event:
    return Event(EventKind.REFUSED, at, "", str(int(fault.code)), fault.told())
