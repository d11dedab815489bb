"""One request to one provider, with what stands before it: credentials, cache, spend limits, the key's own limit."""

from __future__ import annotations

import json
from collections.abc import Hashable, Mapping
from dataclasses import dataclass
from typing import Final

from cfaig.json_types import Json
from cfaig.runtime.access import KEY_HEADERS, Credential, choose
from cfaig.runtime.attempt import Asking, Reply, ask
from cfaig.runtime.cache import Cache, CachedAnswer, custom_key, default_key, is_cacheable
from cfaig.runtime.doors import Ask
from cfaig.runtime.errors import bad_output, rate_limited
from cfaig.runtime.inspection import Side, Verdict, blocked
from cfaig.runtime.model import EventKind, UpstreamRequest
from cfaig.runtime.retry import is_error
from cfaig.runtime.settings import CachePolicy, RetryPolicy
from cfaig.runtime.spend import Purchase, applicable
from cfaig.runtime.work import Served, Subject, Surroundings, Work

# A provider config's limit without a period counts by the minute (facts/ai-gateway.md 4.1).
KEY_PERIOD: Final = 60
# Requests in such a period that Unified Billing pays for, in one gateway (facts/ai-gateway.md 1.9).
UNIFIED_LIMIT: Final = 200

# What a provider says to a gateway token in the place of its own key.
_REJECTED: Final = {
    "error": {
        "message": "Incorrect API key provided: it is a Cloudflare token. Leave Authorization out, or send your key.",
        "type": "invalid_request_error",
        "param": None,
        "code": "invalid_api_key",
    }
}


class Provider:
    """Serves single requests of one call."""

    def __init__(self, around: Surroundings, work: Work) -> None:
        self._around = around
        self._work = work

    async def serve(self, wanted: Ask, subject: Subject, policy: RetryPolicy, element: str | None = None) -> Served:
        """The answer of the cache or of the provider, which may be an error.

        Raises Fault when the gateway itself refuses, or no answer came.
        """
        around, work = self._around, self._work
        name = f"{subject.provider}/{subject.model or wanted.endpoint}"
        credential = choose(
            wanted, subject.settings, work.call, work.entry, around.configuration, credits_left=around.credits
        )
        if credential.source == "token":
            return Served(subject, self._rejection(name, element))
        place = self._place(wanted, subject, credential)
        found = self._look_up(place, name)
        if found is not None:
            return Served(subject, found, "HIT")
        self._check_spend(subject)
        self._check_credential(credential)
        request = UpstreamRequest(
            wanted.target.slug, wanted.target.url, wanted.body, credential.headers, wanted.method, subject.model or None
        )
        detail: Mapping[str, Json] = {"element": element, "credential": credential.source}
        reply = await ask(Asking(request, policy, name, detail), around.upstream, around.clock, work.trace)
        if element is not None and not _is_understood(reply):
            raise bad_output(f"{name} has not answered with JSON")
        verdict = await self._inspect(reply)
        if place is not None:
            place.put(reply, len(wanted.body), around.clock.now())
        return Served(subject, reply, None if place is None else "MISS", credential.source, verdict)

    def _rejection(self, name: str, element: str | None) -> Reply:
        at = self._around.clock.now()
        self._work.tell(EventKind.NOTE, at, name, "a gateway token in the place of the provider's key was not sent", {})
        detail: Mapping[str, Json] = {"element": element, "credential": "token", "attempt": 1, "seconds": 0.0}
        self._work.tell(EventKind.ATTEMPT, at, name, "401", detail)
        return Reply(401, {"content-type": "application/json"}, json.dumps(_REJECTED).encode())

    def _place(self, wanted: Ask, subject: Subject, credential: Credential) -> _Place | None:
        """Where the answer is, or will be, in the cache; None where it is not used."""
        policy, scope = subject.settings.cache, "/".join(self._work.scope)
        if policy is None:
            return None
        if policy.key is not None:
            return _Place(self._around.cache, custom_key(scope, policy.key), policy)
        own = {name: value for name, value in credential.headers.items() if name in KEY_HEADERS}
        told = json.dumps(own, sort_keys=True) if credential.source == "request" else ""
        endpoint = f"{wanted.method} {wanted.endpoint}?{wanted.query}"
        key = default_key(scope, subject.provider, endpoint, subject.model, told, wanted.asked)
        return _Place(self._around.cache, key, policy)

    def _look_up(self, place: _Place | None, name: str) -> Reply | None:
        at = self._around.clock.now()
        if place is None:
            self._work.tell(EventKind.CACHE, at, name, "OFF", {})
            return None
        found = place.cache.get(place.key, at)
        detail: Mapping[str, Json] = {"ttl": place.policy.ttl, "key": place.policy.key}
        self._work.tell(EventKind.CACHE, at, name, "MISS" if found is None else "HIT", detail)
        return None if found is None else Reply(found.status, found.headers, found.body)

    def _check_spend(self, subject: Subject) -> None:
        purchase = Purchase(subject.provider, subject.model, subject.settings.metadata)
        at = self._around.clock.now()
        for rule in applicable(self._work.entry.gateway.settings, purchase):
            key = spend_key(self._work, rule.id, rule.part)
            used = self._around.counters.used(key, rule.window, at, sliding=rule.sliding)
            told: Mapping[str, Json] = {"limit": rule.limit, "used": used, "window": rule.window, "part": rule.part}
            # A window of no length holds nothing, so it limits nothing.
            allowed = used < rule.limit or rule.window == 0
            self._work.tell(EventKind.LIMIT, at, f"spend:{rule.id}", "allowed" if allowed else "blocked", told)
            if not allowed:
                raise rule.breach(purchase)

    def _check_credential(self, credential: Credential) -> None:
        """The limit of a stored key, or of what Unified Billing pays."""
        if credential.source == "unified":
            self._take("unified-billing", UNIFIED_LIMIT, KEY_PERIOD)
        config = credential.config
        if config is not None and config.rate_limit:
            name = f"key:{config.provider}/{config.alias}"
            self._take(name, config.rate_limit, config.rate_limit_period or KEY_PERIOD)

    def _take(self, name: str, limit: int, period: int) -> None:
        at, key = self._around.clock.now(), (*self._work.scope, name)
        allowed, used = self._around.counters.take(key, period, at, limit, sliding=False)
        told: Mapping[str, Json] = {"limit": limit, "used": used, "window": period}
        self._work.tell(EventKind.LIMIT, at, name, "allowed" if allowed else "blocked", told)
        if not allowed:
            raise rate_limited(f"{name} takes {limit} requests per {period} s")

    async def _inspect(self, reply: Reply) -> Verdict | None:
        inspector = self._around.inspector
        if inspector is None or not isinstance(reply.body, bytes) or is_error(reply.status):
            return None
        verdict = await inspector.inspect(Side.RESPONSE, self._work.entry.gateway.settings, reply.body)
        if verdict is not None and verdict.blocked:
            raise blocked(verdict, Side.RESPONSE, self._work.call.door)
        return verdict


def _is_understood(reply: Reply) -> bool:
    """Whether a good answer that came as a whole is JSON."""
    if is_error(reply.status) or not isinstance(reply.body, bytes):
        return True
    try:
        json.loads(reply.body)
    except (ValueError, RecursionError):
        return False
    return True


@dataclass(frozen=True, slots=True)
class _Place:
    """The place of one request in the cache."""

    cache: Cache
    key: str
    policy: CachePolicy

    def put(self, reply: Reply, request_size: int, at: float) -> None:
        if isinstance(reply.body, bytes) and is_cacheable(
            reply.status, reply.content_type, request_size, len(reply.body)
        ):
            answer = CachedAnswer(reply.status, reply.headers, reply.body, at + self.policy.ttl)
            self.cache.put(self.key, answer)


def spend_key(work: Work, rule: str, part: tuple[str, ...]) -> Hashable:
    """Under which a rule counts: its id, so that a deployment that keeps the id keeps the count."""
    return (*work.scope, "spend", rule, part)
