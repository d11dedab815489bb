"""One call from its door to its answer: what is tried in which order, and who answers in the end."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from cfaig.runtime.doors import DYNAMIC, UNKNOWN, Ask, Doors, Item, RouteAsk, labels
from cfaig.runtime.errors import Fault, rate_limited
from cfaig.runtime.follow import follow
from cfaig.runtime.inspection import NOTHING_INSPECTED, BlockedFault, Side, Verdict, blocked, is_inspected
from cfaig.runtime.model import EventKind
from cfaig.runtime.provide import Provider
from cfaig.runtime.settings import RequestSettings, request_settings
from cfaig.runtime.work import Refused, Result, Subject, Surroundings, Work, is_good


class Pipeline:
    """Carries one call out."""

    def __init__(self, around: Surroundings, work: Work) -> None:
        self._around = around
        self._work = work
        self._settings = work.entry.gateway.settings

    async def run(self) -> Result:
        """The answer to the call: the first good one, or else the last bad one."""
        call, custom = self._work.call, self._around.configuration.custom_provider
        try:
            self._limit()
            doors = Doors(call.account, self._work.entry.gateway, lambda slug: custom(call.account, slug))
            items = doors.items(call)
        except Fault as fault:
            common = request_settings(self._settings, (call.headers,))
            # What is sent to the universal endpoint has keys of providers in it.
            return Refused(Subject(*labels(call), common, asked=call.body if call.path else None), fault)
        return await self._try(doors, items)

    def _limit(self) -> None:
        """The gateway's own rate limit; every call that is let in counts once, whatever becomes of it."""
        limit, interval = self._settings.get("rate_limiting_limit"), self._settings.get("rate_limiting_interval")
        if not isinstance(limit, int) or not isinstance(interval, int) or not limit or not interval:
            return
        at, sliding = self._around.clock.now(), self._settings.get("rate_limiting_technique") == "sliding"
        allowed, used = self._around.counters.take((*self._work.scope, "gateway"), interval, at, limit, sliding=sliding)
        told = {"limit": limit, "used": used, "window": interval, "sliding": sliding}
        self._work.tell(EventKind.LIMIT, at, "gateway", "allowed" if allowed else "blocked", told)
        if not allowed:
            raise rate_limited(f"the gateway takes {limit} requests per {interval} s")

    async def _try(self, doors: Doors, items: Sequence[Item]) -> Result:
        for step, item in enumerate(items):
            settings = request_settings(self._settings, item.levels)
            for note in settings.notes:
                self._work.tell(EventKind.NOTE, self._around.clock.now(), "settings", note, {})
            result = await self._serve(doors, item.ask, settings, step)
            if _is_final(result):
                break
        return result

    async def _serve(self, doors: Doors, wanted: Ask | RouteAsk, settings: RequestSettings, step: int) -> Result:
        if isinstance(wanted, RouteAsk):
            subject = Subject(UNKNOWN, DYNAMIC + wanted.route.name, settings, step, wanted.route.name, wanted.body)
        else:
            subject = Subject(wanted.target.slug, wanted.model or "", settings, step, None, wanted.asked)
        try:
            verdict = await self._inspect(subject.asked or b"")
            if isinstance(wanted, RouteAsk):
                served = await follow(self._around, self._work, doors, wanted, subject)
            else:
                served = await Provider(self._around, self._work).serve(wanted, subject, settings.retry)
        except Fault as fault:
            return Refused(subject, fault)
        return served if isinstance(served, Refused) or served.verdict else replace(served, verdict=verdict)

    async def _inspect(self, body: bytes) -> Verdict | None:
        if not is_inspected(self._settings):
            return None
        if self._around.inspector is None:
            self._work.tell(EventKind.NOTE, self._around.clock.now(), "inspection", NOTHING_INSPECTED, {})
            return None
        verdict = await self._around.inspector.inspect(Side.REQUEST, self._settings, body)
        if verdict is not None and verdict.blocked:
            raise blocked(verdict, Side.REQUEST, self._work.call.door)
        return verdict


def _is_final(result: Result) -> bool:
    """Whether nothing else is tried at the universal endpoint."""
    return is_good(result) or (isinstance(result, Refused) and isinstance(result.fault, BlockedFault))
