"""After the answer: what it cost, whom that counts against, and its log (facts/ai-gateway.md 4.8, 4.11)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from cfaig.runtime.access import KEY_HEADERS
from cfaig.runtime.errors import Code
from cfaig.runtime.model import Door, LogEntry, Usage
from cfaig.runtime.provide import spend_key
from cfaig.runtime.retry import is_error
from cfaig.runtime.spend import Purchase, applicable
from cfaig.runtime.stream import MAX_LOG_BYTES
from cfaig.runtime.work import Refused, Served, Subject, Surroundings, Work

_SECRET_HEADERS: Final = KEY_HEADERS | {"cf-aig-authorization", "cookie", "proxy-authorization", "set-cookie"}


@dataclass(frozen=True, slots=True)
class Outcome:
    """How a call ended: what went out (None where it was too much to keep), and what broke it off."""

    status: int
    headers: Mapping[str, str]
    body: bytes | None
    usage: Usage
    problem: str | None = None


class Books:
    """Writes costs and logs of one call."""

    def __init__(self, around: Surroundings, work: Work, log_id: str) -> None:
        self._around = around
        self._work = work
        self._log_id = log_id

    def close(self, result: Served | Refused, outcome: Outcome) -> None:
        """Count the cost and write the log. Nothing awaits in here."""
        cost = self._cost(result, outcome)
        if cost > 0 and isinstance(result, Served):
            self._count(result, cost)
        if result.subject.settings.collect_log:
            self._log(result, outcome, cost)

    def _cost(self, result: Served | Refused, outcome: Outcome) -> float:
        """US dollars; nothing for errors, answers of the cache and models without a known price."""
        if isinstance(result, Refused) or result.cache == "HIT" or is_error(outcome.status):
            return 0.0
        subject = result.subject
        if subject.settings.custom_cost is not None:
            return subject.settings.custom_cost.of(outcome.usage)
        return self._around.prices.cost(subject.provider, subject.model, outcome.usage) or 0.0

    def _count(self, served: Served, cost: float) -> None:
        subject, at, counters = served.subject, self._around.clock.now(), self._around.counters
        purchase = Purchase(subject.provider, subject.model, subject.settings.metadata)
        for rule in applicable(self._work.entry.gateway.settings, purchase):
            counters.add(spend_key(self._work, rule.id, rule.part), rule.window, at, cost)
        for key, window in served.costs:
            counters.add(key, window, at, cost)

    def _log(self, result: Served | Refused, outcome: Outcome, cost: float) -> None:
        subject, call = result.subject, self._work.call
        payload = subject.settings.collect_payload
        if payload and (outcome.body is None or len(outcome.body) + len(subject.asked or b"") > MAX_LOG_BYTES):
            return
        fault = result.fault if isinstance(result, Refused) else None
        cached = isinstance(result, Served) and result.cache == "HIT"
        now = self._around.clock.now()
        entry = LogEntry(
            id=self._log_id,
            account=call.account,
            gateway=self._work.entry.gateway.id,
            created_at=self._work.started,
            provider=subject.provider,
            model=subject.model,
            path=call.path,
            status_code=outcome.status,
            success=not is_error(outcome.status) and outcome.problem is None,
            duration=round((now - self._work.started) * 1000),
            cached=cached,
            step=subject.step,
            usage=Usage() if cached else outcome.usage,
            cost=cost,
            custom_cost=subject.settings.custom_cost is not None and not cached,
            metadata=subject.settings.metadata,
            event_id=self._event_id(subject),
            route=subject.route,
            error_code=int(fault.code) if fault else int(Code.NO_ANSWER) if outcome.problem else None,
            request_content_type=call.headers.get("content-type", ""),
            response_content_type=outcome.headers.get("content-type", ""),
            user_agent=call.headers.get("user-agent", ""),
            authentication=call.door is Door.REST or bool(self._work.entry.gateway.settings.get("authentication")),
            byok=isinstance(result, Served) and result.source == "stored",
            request_headers=_shown(call.headers) if payload else {},
            response_headers=_shown(outcome.headers) if payload else {},
            request_body=subject.asked if payload else None,
            response_body=outcome.body if payload else None,
        )
        self._around.logs.add(entry)

    def _event_id(self, subject: Subject) -> str:
        """The client's, which was seen not to reach the logs of routes (facts/ai-gateway.md 5.1)."""
        told = None if subject.route else subject.settings.event_id
        return told or self._work.request_id


def _shown(headers: Mapping[str, str]) -> dict[str, str]:
    return {name: value for name, value in headers.items() if name not in _SECRET_HEADERS}
