"""Providers that are not there: an upstream that follows a script."""

from __future__ import annotations

import math
import re
from collections.abc import AsyncIterator, Iterable, Iterator
from functools import lru_cache
from http import HTTPStatus
from itertools import chain, islice
from typing import Final

from cfaig.runtime.clock import Clock
from cfaig.runtime.model import UpstreamAnswer, UpstreamError, UpstreamRequest
from cfaig.runtime.scripted.asked import Asked
from cfaig.runtime.scripted.formats.choose import format_of
from cfaig.runtime.scripted.formats.format import Format, encoded
from cfaig.runtime.scripted.reply import Reply, reply_to
from cfaig.runtime.scripted.rules import ANY, Malformed, Rule
from cfaig.runtime.scripted.script import Script

# Nobody holds a connection longer; so that what hangs comes to an end, in virtual time at once.
HANGING_SECONDS: Final = 86_400.0

_PLAIN: Final = Rule()
_JSON: Final = "application/json"
_STATUSES: Final = frozenset(HTTPStatus)
_HTML: Final = b"<html><head><title>502 Bad Gateway</title></head><body>502 Bad Gateway</body></html>"
_REQUEST_IDS: Final = {"openai": "x-request-id", "anthropic": "request-id"}


class ScriptedUpstream:
    """All providers at once. What no rule of the script fits gets a good answer at once."""

    def __init__(self, clock: Clock, script: Script | None = None) -> None:
        self._clock = clock
        self._calls = 0
        self.follow(script or Script())

    @property
    def script(self) -> Script:
        """What is followed now."""
        return self._script

    def follow(self, script: Script) -> None:
        """Follow this script from now on; its rules have seen no call yet."""
        self._script = script
        self._seen = [0] * len(script.rules)
        self._taken = [0] * len(script.rules)

    async def send(self, request: UpstreamRequest) -> UpstreamAnswer:
        """As the script says. Raises UpstreamError where it refuses the connection, or hangs."""
        asked = Asked.of(request)
        model = request.model or str(asked.body.get("model") or "")
        rule = self._rule_for(request.slug, model, asked.path)
        self._calls += 1
        number = self._calls
        await self._clock.sleep(HANGING_SECONDS if rule.hang else rule.delay)
        if rule.hang:
            raise UpstreamError(f"{request.slug} did not answer for a day (the script says hang)")
        if rule.refuse:
            raise UpstreamError(f"{request.slug} refuses the connection (the script says refuse)")
        reply = reply_to(rule, request.slug, model, asked, number=number, created=int(self._clock.now()))
        headers, parts = _answer(rule, reply, format_of(request.slug, model, asked, request.method))
        return UpstreamAnswer(rule.status, headers, self._sent(rule, request.slug, parts))

    def _rule_for(self, slug: str, model: str, path: str) -> Rule:
        for index, rule in enumerate(self._script.rules):
            if not _fits(rule, slug, model, path):
                continue
            self._seen[index] += 1
            turn = self._seen[index] - rule.after
            used_up = rule.times is not None and self._taken[index] >= rule.times
            if turn > 0 and turn % rule.every == 0 and not used_up:
                self._taken[index] += 1
                return rule
        return _PLAIN

    async def _sent(self, rule: Rule, slug: str, parts: Iterable[bytes]) -> AsyncIterator[bytes]:
        sent = 0
        for part in parts:
            if sent == rule.cut_after or sent == rule.stall_after:
                break
            if sent and rule.chunk_delay:
                await self._clock.sleep(rule.chunk_delay)
            yield part
            sent += 1
        if sent == rule.stall_after:
            await self._clock.sleep(HANGING_SECONDS)
        if sent in (rule.cut_after, rule.stall_after):
            raise UpstreamError(f"{slug} broke off after {sent} parts (the script says so)")


def _fits(rule: Rule, slug: str, model: str, path: str) -> bool:
    pairs = ((slug, rule.provider), (model, rule.model), (path, rule.path))
    return all(pattern == ANY or _compiled(pattern).fullmatch(name) for name, pattern in pairs)


@lru_cache(maxsize=1024)
def _compiled(pattern: str) -> re.Pattern[str]:
    return re.compile(re.escape(pattern).replace(r"\*", ".*").replace(r"\?", "."), re.DOTALL)


def _answer(rule: Rule, reply: Reply, format_: Format) -> tuple[dict[str, str], Iterable[bytes]]:
    """Headers and parts of the body."""
    kind, parts = _body(rule, reply, format_)
    headers = {"content-type": kind}
    if name := _REQUEST_IDS.get(reply.slug):
        headers[name] = f"req_scripted_{reply.number}"
    if rule.retry_after is not None:
        headers["retry-after"] = str(math.ceil(rule.retry_after))
    return {**headers, **rule.headers}, parts


def _body(rule: Rule, reply: Reply, format_: Format) -> tuple[str, Iterable[bytes]]:
    """The content type, and the parts."""
    if rule.malformed is Malformed.CONTENT_TYPE:
        return "text/html; charset=utf-8", [_HTML]
    if isinstance(rule.body, str):
        return "text/plain; charset=utf-8", _parts(rule.body.encode(errors="replace"))
    if rule.body is not None:
        return _JSON, _parts(encoded(rule.body))
    parts: Iterable[bytes]
    if rule.status >= HTTPStatus.BAD_REQUEST:
        kind, parts = _JSON, _parts(encoded(format_.error(rule.status, _message(rule), reply.slug)))
    elif format_.stream is not None and (reply.asked.stream or format_.always_streams):
        kind, parts = format_.stream_type, format_.stream(reply)
    else:
        kind, parts = _JSON, _parts(encoded(format_.answer(reply)))
    if rule.malformed is Malformed.EMPTY:
        return kind, []
    return kind, _broken(parts) if rule.malformed is Malformed.JSON else parts


def _parts(body: bytes) -> list[bytes]:
    """What is no stream comes in two parts, so that it can be cut in between."""
    half = len(body) // 2
    return [part for part in (body[:half], body[half:]) if part]


def _broken(parts: Iterable[bytes]) -> Iterator[bytes]:
    """The first part, and the second up to its middle."""
    first, second = islice(chain(parts, (b"", b"")), 2)
    yield first
    yield second[: len(second) // 2]


def _message(rule: Rule) -> str:
    if rule.message is not None:
        return rule.message
    known = rule.status in _STATUSES
    return f"{HTTPStatus(rule.status).phrase if known else 'Failure'} (scripted)"
