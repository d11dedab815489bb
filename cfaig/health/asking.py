"""One call and what came back, good or bad: no retries, no waiting for the budget of calls."""

from __future__ import annotations

import threading
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from types import TracebackType
from typing import Any
from urllib.parse import urlsplit

from cfaig.live.api import Credentials
from cfaig.live.budget import Pause
from cfaig.live.connections import Connections, NoReplyError
from cfaig.strict_json import strict_json


@dataclass(frozen=True, slots=True)
class Answer:
    """What came back. `status` 0: nothing did, and `failure` says why. `seconds` is the time until the answer.

    `body` is the JSON of the answer, None if it has none. `errors` are codes and texts, from either host.
    """

    status: int
    seconds: float = 0.0
    body: Any = None
    headers: Mapping[str, str] = field(default_factory=dict)
    failure: str = ""

    @property
    def good(self) -> bool:
        """Whether it is a success."""
        envelope = self.body.get("success") if isinstance(self.body, dict) else None
        return 200 <= self.status < 300 and envelope is not False and not self.errors

    @property
    def result(self) -> Any:
        """The `result` of the envelope, or None."""
        return self.body.get("result") if isinstance(self.body, dict) else None

    @property
    def errors(self) -> tuple[tuple[int | None, str], ...]:
        """Codes and messages; the API calls the list `errors`, gateways call it `error` (facts/ai-gateway.md 6.8)."""
        body = self.body if isinstance(self.body, dict) else {}
        listed = body.get("errors") or body.get("error") or []
        entries = [entry for entry in listed if isinstance(entry, dict)] if isinstance(listed, list) else []
        return tuple((_code(entry.get("code")), str(entry.get("message") or "no message")) for entry in entries)

    @property
    def code(self) -> int | None:
        """The first code of an error."""
        return self.errors[0][0] if self.errors else None

    @property
    def why(self) -> str:
        """Why it is no success."""
        if not self.status:
            return self.failure
        texts = "; ".join(text for _, text in self.errors)
        return f"HTTP {self.status}" + (f": {texts}" if texts else "")


def _code(value: object) -> int | None:
    return value if isinstance(value, int) else None


class Caller:
    """Calls the API with the credentials of an environment, and the hosts of its gateways without them."""

    def __init__(self, credentials: Credentials, seconds: float) -> None:
        self.credentials = credentials
        self._base = credentials.base_url.rstrip("/")
        self._seconds = seconds
        self._lock = threading.Lock()
        self._connections: dict[str, Connections] = {}

    def __enter__(self) -> Caller:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Give the connections back."""
        for connections in self._connections.values():
            connections.close()

    def api(self, path: str, *, body: object = None, params: Mapping[str, Any] | None = None) -> Answer:
        """Ask the API; a POST where there is a body. It counts as a call, and is not made where none is left."""
        pacer = self.credentials.pacer
        number = pacer.try_call()
        if isinstance(number, Pause):
            return Answer(0, failure=f"not asked: {number.reason}")
        answer = self._send(
            "GET" if body is None else "POST", self._base + path, self.credentials.headers(), body, params
        )
        pacer.after_call(number, answer.status, answer.headers)
        return answer

    def host(self, url: str, headers: Mapping[str, str]) -> Answer:
        """Ask something else than the API."""
        return self._send("GET", url, headers, None, None)

    def _send(
        self, method: str, url: str, headers: Mapping[str, str], body: object, params: Mapping[str, Any] | None
    ) -> Answer:
        started = time.monotonic()
        try:
            reply = self._to(url).call(method, url, headers, body, params)
        except NoReplyError as error:
            return Answer(0, failure=str(error))
        seconds = time.monotonic() - started
        try:
            told = strict_json(reply.content) if reply.content else None
        except ValueError:
            told = None
        return Answer(reply.status, seconds, told, reply.headers)

    def _to(self, url: str) -> Connections:
        place = "{0.scheme}://{0.netloc}".format(urlsplit(url))
        with self._lock:
            if place not in self._connections:
                self._connections[place] = Connections(place, self._seconds)
            return self._connections[place]
