"""The client of Cloudflare's REST API: one small, paced, retrying door to the account.

The official SDK has no calls for custom domains, for changing custom providers or for removing provider configs, and
takes 0.5 s to import where httpx takes 0.1 s; the tests hold our requests and the local Cloudflare against its types.
httpx is loaded with the first `CloudflareApi`: the plugin and offline commands import this module and may never call.
"""

from __future__ import annotations

import os
import random
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from types import TracebackType
from typing import Any, Final
from urllib.parse import urlsplit

from cfaig.errors import CfaigError

DEFAULT_BASE_URL: Final = "https://api.cloudflare.com/client/v4"
RETRIED_STATUS: Final = frozenset({429, 500, 502, 503, 504})
MAX_ATTEMPTS: Final = 5
MAX_WAIT: Final = 300.0
LOOPBACK: Final = frozenset({"127.0.0.1", "::1", "localhost"})


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

    @classmethod
    def from_environment(cls, environ: Mapping[str, str] | None = None) -> Credentials:
        """Read the variables that the official tools read.

        Raises CfaigError when there are none.
        """
        env = os.environ if environ is None else environ
        base_url = env.get("CLOUDFLARE_BASE_URL") or DEFAULT_BASE_URL
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
            "(and “Secrets Store: Edit” for provider keys)",
        )


class ApiError(CfaigError):
    """An answer of the API that is no success; `status` 0 means that nothing came back."""

    def __init__(self, status: int, code: int | None, text: str, request: str) -> None:
        super().__init__(f"{request}: {_explain_status(status)}{text}", _hint(status))
        self.status = status
        self.code = code
        self.text = text

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
        return self.status == 0 or self.status >= 500


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

    Retries 429 (as long as Retry-After says), 5xx and lost connections with backoff and jitter. Creates are not
    retried after a 5xx or a lost connection, because they may have worked: the caller looks first.
    """

    def __init__(
        self, credentials: Credentials, *, timeout: float = 30.0, sleep: Callable[[float], None] = time.sleep
    ) -> None:
        import httpx

        self.base_url = credentials.base_url.rstrip("/")
        # A proxy of the environment cannot reach the local Cloudflare.
        through_proxy = urlsplit(self.base_url).hostname not in LOOPBACK
        self._client = httpx.Client(headers=credentials.headers(), timeout=timeout, trust_env=through_proxy)
        self._sleep = sleep
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
        self._client.close()

    def request(self, method: str, path: str, *, body: object = None, params: Mapping[str, Any] | None = None) -> Any:
        """The whole JSON answer, envelope and all.

        Raises ApiError for every answer that is no success, and when none comes.
        """
        for attempt in range(1, MAX_ATTEMPTS + 1):
            with self._counting:
                self.calls += 1
            failure, wait = self._once(method, path, body, params)
            if isinstance(failure, ApiError):
                again = failure.status == 429 or (method != "POST" and failure.status in RETRIED_STATUS | {0})
                if attempt == MAX_ATTEMPTS or not again:
                    raise failure
                self._sleep(min(wait if wait is not None else _backoff(attempt), MAX_WAIT))
            else:
                return failure
        raise AssertionError("unreachable")

    def _once(self, method: str, path: str, body: object, params: Mapping[str, Any] | None) -> tuple[Any, float | None]:
        import httpx

        told = f"{method} {path}"
        try:
            response = self._client.request(method, self.base_url + path, json=body, params=params)
        except httpx.HTTPError as error:
            return ApiError(0, None, f"no answer from {self.base_url} ({type(error).__name__})", told), None
        wait = response.headers.get("retry-after", "")
        pause = float(wait) if wait.replace(".", "", 1).isdigit() else None
        try:
            answer = response.json() if response.content else {}
        except ValueError:
            return ApiError(response.status_code, None, "the answer is not JSON", told), pause
        if response.is_success and not (isinstance(answer, dict) and answer.get("success") is False):
            return answer, None
        return _error_of(response.status_code, answer, told), pause

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


def _backoff(attempt: int) -> float:
    return float(min(2.0 ** (attempt - 1), 20.0) * (0.5 + random.random() / 2))  # noqa: S311 (jitter, no secret)


def _error_of(status: int, answer: Any, told: str) -> ApiError:
    errors = answer.get("errors") if isinstance(answer, dict) else None
    first = errors[0] if isinstance(errors, list) and errors and isinstance(errors[0], dict) else {}
    texts = [_error_text(error) for error in errors or [] if isinstance(error, dict)]
    return ApiError(status, first.get("code"), "; ".join(texts) or "no reason given", told)


def _error_text(error: Mapping[str, Any]) -> str:
    where = ".".join(str(part) for part in error.get("path") or ())
    place = f" at {where}" if where else ""
    return f"{error.get('message', 'no message')}{place} (code {error.get('code', '?')})"
