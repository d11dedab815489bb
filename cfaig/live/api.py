"""The client of Cloudflare's REST API: one small, paced, retrying door to the account.

The official SDK has no calls for custom domains, for changing custom providers or for removing provider configs, and
takes 0.5 s to import; the tests hold our requests and the local Cloudflare against its types.
How many calls go out, `cfaig.live.pacing` decides; which are made again, `cfaig.live.retrying`.
"""

from __future__ import annotations

import os
import threading
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from types import TracebackType
from typing import Any, Final
from urllib.parse import urlsplit

from cfaig.errors import CfaigError
from cfaig.live.budget import BLOCKED, Pause
from cfaig.live.connections import Connections, NoReplyError, fits_header
from cfaig.live.pacing import Pacer, Sleep, pacer_of
from cfaig.live.retrying import LONGEST_WAIT, TOO_MANY, backoff, is_unclear, may_repeat, retry_after
from cfaig.loopback import LOOPBACK
from cfaig.strict_json import strict_json

DEFAULT_BASE_URL: Final = "https://api.cloudflare.com/client/v4"
MAX_ATTEMPTS: Final = 5
TIMEOUT: Final = 30.0


@dataclass(frozen=True, slots=True)
class Credentials:
    """How to talk to an account: a token, or a global key with its e-mail address."""

    base_url: str
    api_token: str | None = field(default=None, repr=False)
    api_key: str | None = field(default=None, repr=False)
    api_email: str | None = None

    def headers(self) -> dict[str, str]:
        """The headers that prove who asks."""
        if self.api_token:
            return {"Authorization": f"Bearer {self.api_token}"}
        return {"X-Auth-Key": self.api_key or "", "X-Auth-Email": self.api_email or ""}

    @property
    def loopback(self) -> bool:
        """Whether they are for a server on this machine, which no proxy can reach."""
        return urlsplit(self.base_url).hostname in LOOPBACK

    @property
    def pacer(self) -> Pacer:
        """What keeps all callers with these credentials under the limit of calls."""
        secret = self.api_token or f"{self.api_email} {self.api_key}"
        return pacer_of(self.base_url.rstrip("/"), secret, loopback=self.loopback)

    @classmethod
    def from_environment(cls, environ: Mapping[str, str] | None = None) -> Credentials:
        """Read the variables that the official tools read.

        Raises CfaigError when there are none.
        """
        env = os.environ if environ is None else environ
        base_url = _checked_address(env.get("CLOUDFLARE_BASE_URL") or DEFAULT_BASE_URL)
        for name in ("CLOUDFLARE_API_TOKEN", "CLOUDFLARE_API_KEY", "CLOUDFLARE_EMAIL"):
            if not fits_header(env.get(name, "")):
                raise CfaigError(
                    f"{name} has a character that a header cannot have: a line break, or a letter outside ASCII",
                    "copy it again, and only it",
                )
        if token := env.get("CLOUDFLARE_API_TOKEN"):
            return cls(base_url, api_token=token)
        key, email = env.get("CLOUDFLARE_API_KEY"), env.get("CLOUDFLARE_EMAIL")
        if key and email:
            return cls(base_url, api_key=key, api_email=email)
        if key:
            raise CfaigError("CLOUDFLARE_API_KEY is set, and CLOUDFLARE_EMAIL, which belongs to it, is not", "set both")
        raise CfaigError(
            "no Cloudflare credentials",
            "set CLOUDFLARE_API_TOKEN to a token with the permission “AI Gateway: Edit” "
            "(and “Secrets Store: Edit” for provider keys, “Workers Scripts: Edit” for edges)",
        )


def _checked_address(base_url: str) -> str:
    """The address of the API; it gets the credentials, so they must be sealed on their way, or stay on this machine.

    Raises CfaigError when it is none of that kind. It is not shown: there may be a password in it.
    """
    try:
        parts = urlsplit(base_url)
        sealed = parts.scheme == "https" or (parts.scheme == "http" and parts.hostname in LOOPBACK)
        well = sealed and bool(parts.hostname) and parts.port != 0
    except ValueError:
        well = False
    if not well or "@" in base_url or "?" in base_url or "#" in base_url:
        raise CfaigError(
            "CLOUDFLARE_BASE_URL is no https:// address (http:// only on this machine), or has more in it than one",
            f"leave it out for Cloudflare's own, {DEFAULT_BASE_URL}",
        )
    return base_url


class ApiError(CfaigError):
    """An answer of the API that is no success; `status` 0 means that nothing came back.

    `wait` are the seconds after which the API wants to be asked again, where it says so.
    """

    def __init__(self, status: int, code: int | None, text: str, request: str, wait: float | None = None) -> None:
        super().__init__(f"{request}: {_explain_status(status)}{text}", _hint(status))
        self.status = status
        self.code = code
        self.text = text
        self.wait = wait

    @property
    def gone(self) -> bool:
        """The thing asked for, or the gateway it belongs to, does not exist.

        A 404 without a code of the API, or one that means a wrong address (7000, 7003), does not say so: a mistyped
        base URL must not look like an empty account.
        """
        return self.status == 404 and self.code not in {None, 7000, 7003}

    @property
    def exists_already(self) -> bool:
        """A create met its own name. Cloudflare has no one status or code for it (facts/ai-gateway.md 1.7)."""
        return self.status == 409 or (self.status == 400 and (self.code == 1003 or "already" in self.text.lower()))

    @property
    def maybe_done(self) -> bool:
        """The call may have worked although no success came back."""
        return is_unclear(self.status) or self.status < 400


def _explain_status(status: int) -> str:
    return f"HTTP {status}: " if status else ""


def _hint(status: int) -> str | None:
    hints = {
        0: "is the address right, and the network up? For the local Cloudflare: cfaig local up",
        401: "check CLOUDFLARE_API_TOKEN",
        403: "the token lacks a permission: AI Gateway Edit, and Secrets Store Edit for provider keys",
        429: "Cloudflare allows 1,200 calls in 5 minutes and then blocks all calls for 5 minutes; try again later",
    }
    return hints.get(status) or ("Cloudflare has a problem; try again" if status >= 500 else None)


class CloudflareApi:
    """Calls under `/accounts/<account>/`; safe for several threads.

    Stays under the limit of calls together with all other processes that use the same token here. Retries 429, 5xx and
    lost connections as Retry-After says, or with backoff and jitter. Creates are not retried after a 5xx or a lost
    connection, because they may have worked: the caller looks first.

    Given `connections` stay open for others; long waits are said by `tell`, or else on stderr.
    """

    def __init__(
        self,
        credentials: Credentials,
        *,
        timeout: float = TIMEOUT,
        sleep: Sleep | None = None,
        connections: Connections | None = None,
        tell: Callable[[str], None] | None = None,
    ) -> None:
        self.base_url = credentials.base_url.rstrip("/")
        self._credentials = credentials
        self._connections = connections or Connections(self.base_url, timeout)
        self._shared = connections is not None
        self._tell = tell
        self._pacer = credentials.pacer
        self._stopped = threading.Event()
        self._sleep = sleep or self._pause
        self.calls = 0
        self._counting = threading.Lock()

    def __enter__(self) -> CloudflareApi:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Give the connections back."""
        if not self._shared:
            self._connections.close()

    def stop(self) -> None:
        """End all waiting between calls, now and later, with an error."""
        self._stopped.set()

    def _pause(self, seconds: float) -> None:
        if self._stopped.wait(seconds):
            raise CfaigError("stopped")

    def request(
        self, method: str, path: str, *, body: object = None, params: Mapping[str, Any] | None = None, raw: bool = False
    ) -> Any:
        """The whole JSON answer, envelope and all; with `raw` the text of a success, whatever it is.

        Raises ApiError for every answer that is no success, and when none comes.
        """
        for attempt in range(1, MAX_ATTEMPTS + 1):
            answer = self._once(method, path, body, params, raw=raw)
            if not isinstance(answer, ApiError):
                return answer
            if attempt == MAX_ATTEMPTS or not may_repeat(method, answer.status):
                raise answer
            self.wait(answer, attempt)
        raise AssertionError("unreachable")

    def wait(self, failure: ApiError, attempt: int) -> None:
        """Wait before the attempt after the one that failed (from 1), and say so when it takes long.

        Raises the failure itself when the API asks for longer than anybody would wait.
        """
        if (failure.wait or 0.0) > LONGEST_WAIT:
            raise failure
        pause = max(backoff(attempt), failure.wait or 0.0)
        self._pacer.wait(Pause(pause, _reason(failure)), self._sleep, self._tell)

    def _once(self, method: str, path: str, body: object, params: Mapping[str, Any] | None, *, raw: bool) -> Any:
        number = self._pacer.before_call(self._sleep, self._tell)
        with self._counting:
            self.calls += 1
        told = f"{method} {path}"
        try:
            url, headers = self.base_url + path, self._credentials.headers()
            reply = self._connections.call(method, url, headers, body, params)
        except NoReplyError as error:
            return ApiError(0, None, f"no answer from {self.base_url} ({error})", told)
        self._pacer.after_call(number, reply.status, reply.headers)
        if raw and reply.good:
            return reply.text
        wait = retry_after(reply.headers)
        try:
            answer = strict_json(reply.content) if reply.content else {}
        except ValueError:
            return ApiError(reply.status, None, "the answer is not JSON", told, wait)
        if reply.good and not isinstance(answer, dict):
            return ApiError(reply.status, None, "the answer is no JSON object", told, wait)
        if reply.good and answer.get("success") is not False:
            return answer
        return _error_of(reply.status, answer, told, wait)

    def result(self, method: str, path: str, *, body: object = None, params: Mapping[str, Any] | None = None) -> Any:
        """The `result` of an enveloped answer."""
        return self.request(method, path, body=body, params=params).get("result")

    def pages(self, path: str, *, per_page: int = 50, key: str | None = None) -> Iterator[dict[str, Any]]:
        """All items of a list; `key` names the list inside `data` for the endpoints without an envelope."""
        page, previous = 1, None
        while True:
            answer = self.request("GET", path, params={"page": page, "per_page": per_page})
            items = (answer["data"][key] if key else answer["result"]) or []
            if items == previous:  # an endpoint that has no pages and gives everything each time
                return
            yield from items
            # The server may give fewer than asked for; what it says it gives counts.
            info = (answer["data"] if key else answer.get("result_info")) or {}
            if len(items) < (info.get("per_page") or per_page):
                return
            page, previous = page + 1, items


def _reason(error: ApiError) -> str:
    if error.status == TOO_MANY:
        return BLOCKED
    return f"Cloudflare answered HTTP {error.status}" if error.status else "Cloudflare did not answer"


def _error_of(status: int, answer: Any, told: str, wait: float | None) -> ApiError:
    errors = answer.get("errors") if isinstance(answer, dict) else None
    first = errors[0] if isinstance(errors, list) and errors and isinstance(errors[0], dict) else {}
    texts = [_error_text(error) for error in errors or [] if isinstance(error, dict)]
    return ApiError(status, first.get("code"), "; ".join(texts) or "no reason given", told, wait)


def _error_text(error: Mapping[str, Any]) -> str:
    path = error.get("path")
    where = ".".join(map(str, path)) if isinstance(path, list) else ""
    place = f" at {where}" if where else ""
    return f"{error.get('message', 'no message')}{place} (code {error.get('code', '?')})"
