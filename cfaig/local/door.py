"""The door of the local Cloudflare: every request passes here before the endpoints see it.

In this order: no foreign Host header and no page of another site (`cfaig.local.visitors`); then, for the API, faults
that a test has ordered, credentials, the call limit, the account. Calls of models are judged by the data plane.
Written as plain ASGI, because it runs at every call.
"""

from __future__ import annotations

import asyncio
import logging
import time
from collections.abc import Mapping
from typing import Any, Final

from starlette.datastructures import Headers
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from cfaig.local.answers import AUTHENTICATION, NO_ROUTE, ApiFailure, failure
from cfaig.local.gateway.http import is_call
from cfaig.local.journal import Entry, Fault, Journal
from cfaig.local.limits import Limiter
from cfaig.local.options import Options, RateLimit
from cfaig.local.visitors import refusal

API: Final = "/client/v4/"
CONTROL: Final = "/__local/"
STATUS: Final = "/__local/status"
GRAPHQL: Final = "/client/v4/graphql"
# GraphQL has a budget of its own in the same window (facts/ai-gateway.md 1.8).
GRAPHQL_CALLS: Final = 320
SAFE_METHODS: Final = frozenset({"GET", "HEAD", "OPTIONS"})
THROTTLED: Final = 971

_log = logging.getLogger("cfaig.local")


class Door:
    """Lets requests in, or answers them itself."""

    def __init__(self, app: ASGIApp, data_plane: ASGIApp, options: Options, journal: Journal) -> None:
        self._app = app
        self._data_plane = data_plane
        self._options = options
        self._journal = journal
        limit = options.rate_limit
        self._limiter = Limiter(limit) if limit else None
        self._graphql_limiter = Limiter(RateLimit(GRAPHQL_CALLS, limit.window)) if limit else None

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Handle one connection event of the server."""
        if scope["type"] not in {"http", "websocket"}:
            await self._app(scope, receive, send)
            return
        calls, path = is_call(scope["path"]), scope["path"]
        page = not calls and not path.startswith((API, CONTROL))
        why = refusal(scope.get("method", "GET"), Headers(scope=scope), page=page)
        if why is not None:
            await failure(403, AUTHENTICATION, why).response()(scope, receive, send)
            return
        if calls:
            await self._data_plane(scope, receive, send)
        elif scope["type"] == "websocket":
            await failure(404, NO_ROUTE, "Could not route to this WebSocket").response()(scope, receive, send)
        elif path.startswith(API):
            await self._api(scope, receive, send)
        elif path.startswith(CONTROL) and path != STATUS:
            await self._guarded(scope, receive, send, {})
        else:
            await self._app(scope, receive, send)

    async def _api(self, scope: Scope, receive: Receive, send: Send) -> None:
        started, status = time.monotonic(), 0

        async def watched(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
            await send(message)

        fault = self._journal.fault_for(scope["method"], scope["path"])
        pause = self._options.latency
        if fault is not None and fault.drop != "after":
            fault.struck += 1
            pause += fault.delay
        if pause:
            await asyncio.sleep(pause)
        try:
            await self._with_fault(fault, scope, receive, watched)
        finally:
            query = scope["query_string"].decode("ascii", "replace")
            path = scope["path"] + (f"?{query}" if query else "")
            entry = Entry(scope["method"], path, status, round((time.monotonic() - started) * 1000, 2))
            self._journal.entries.append(entry)
            _log.info("%s %r %d %.1f ms", entry.method, entry.path, entry.status, entry.milliseconds)

    async def _with_fault(self, fault: Fault | None, scope: Scope, receive: Receive, send: Send) -> None:
        if fault is not None and fault.drop == "before":
            _cut(receive)
        elif fault is not None and fault.drop == "after":
            await self._guarded(scope, receive, _nowhere, {})
            fault.struck += 1
            await asyncio.sleep(fault.delay)
            _cut(receive)
        elif fault is not None and fault.status is not None:
            wait = {} if fault.retry_after is None else {"retry-after": str(fault.retry_after)}
            error = {"code": 10001, "message": "A fault that a test has ordered"}
            await ApiFailure(fault.status, error, headers=wait).response()(scope, receive, send)
        else:
            await self._limited(scope, receive, send)

    async def _limited(self, scope: Scope, receive: Receive, send: Send) -> None:
        limiter = self._graphql_limiter if scope["path"] == GRAPHQL else self._limiter
        if limiter is None:
            await self._guarded(scope, receive, send, {})
            return
        verdict = limiter.call(_credential(Headers(scope=scope)))
        headers = dict(verdict.headers)
        if verdict.retry_after is not None:
            error = {"code": THROTTLED, "message": "Please wait and consider throttling your request speed"}
            await ApiFailure(429, error, headers=headers).response()(scope, receive, send)
            return
        await self._guarded(scope, receive, send, headers)

    async def _guarded(self, scope: Scope, receive: Receive, send: Send, headers: Mapping[str, str]) -> None:
        extra = [(name.lower().encode(), value.encode()) for name, value in headers.items()]

        async def with_headers(message: Message) -> None:
            if message["type"] == "http.response.start" and extra:
                message = {**message, "headers": [*message.get("headers", ()), *extra]}
            await send(message)

        refusal = self._refusal(scope)
        answer: ASGIApp = self._app if refusal is None else refusal.response()
        await answer(scope, receive, with_headers)

    def _refusal(self, scope: Scope) -> ApiFailure | None:
        credential = _credential(Headers(scope=scope))
        options = self._options
        if credential in options.run_tokens:
            return failure(403, AUTHENTICATION, "Authentication error: the token may only run models")
        if credential not in options.tokens and credential not in options.read_tokens:
            return failure(401, AUTHENTICATION, "Authentication error")
        reads = scope["method"] in SAFE_METHODS or scope["path"] == GRAPHQL
        if not reads and credential not in options.tokens:
            return failure(403, AUTHENTICATION, "Authentication error: the token may only read")
        part, _, rest = scope["path"].removeprefix(API).partition("/")
        if scope["path"].startswith(API) and part == "accounts" and rest.partition("/")[0] not in options.accounts:
            return failure(403, AUTHENTICATION, "Authentication error: the token does not know this account")
        return None


def _credential(headers: Headers) -> str:
    """The token, or the global key when an e-mail address comes with it; empty for none."""
    scheme, _, token = headers.get("authorization", "").partition(" ")
    if scheme.lower() == "bearer" and token:
        return token.strip()
    return headers.get("x-auth-key", "") if headers.get("x-auth-email") else ""


async def _nowhere(message: Message) -> None:
    """Swallow an answer."""


def _cut(receive: Receive) -> None:
    """Close the connection without an answer; uvicorn's `receive` is bound to the request's cycle, which knows it."""
    cycle: Any = getattr(receive, "__self__", None)
    if cycle is None:
        raise RuntimeError("this server cannot drop connections")
    cycle.disconnected = True
    cycle.transport.abort()
