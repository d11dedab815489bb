"""The official plugin's way to call the API: what it retries, how long, and how it tells of failures.

Only the pacing is not the official one's: the stand-in is ours, and shares the budget of calls with the rest of us.
"""

from __future__ import annotations

import json
import os
import threading
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import quote

from cfaig.errors import CfaigError
from cfaig.live.api import DEFAULT_BASE_URL, Credentials
from cfaig.live.pacing import Pacer
from cfaig.live.retrying import retry_after

if TYPE_CHECKING:
    import httpx

RETRIED: Final = frozenset({408, 409, 429})
# Seconds between the attempts; together the 183 s that a create of an existing id was seen to take.
DELAYS: Final = (1.0, 2.0, 4.0, 8.0, 18.0, 30.0, 30.0, 30.0, 30.0, 30.0)
RETRY_SECONDS_VARIABLE: Final = "CFAIG_STANDIN_RETRY_SECONDS"
LONGEST_RETRY_AFTER: Final = 60.0
TIMEOUT_SECONDS: Final = 60.0


class RequestError(CfaigError):
    """An answer that is no success, or none at all (`status` 0)."""

    def __init__(self, status: int, message: str) -> None:
        super().__init__(f"{message}: failed to make http request")
        self.status = status


@dataclass(frozen=True, slots=True)
class Form:
    """A body that is no JSON; it may hold secrets."""

    content_type: str
    content: bytes


class Client:
    """Calls under `/accounts/<account>`; configured when the first call is made."""

    def __init__(self, environ: Mapping[str, str] | None = None) -> None:
        self._environ = os.environ if environ is None else environ
        self._config: Mapping[str, Any] = {}
        self._ended = threading.Event()
        self._lock = threading.Lock()
        self._connections: httpx.Client | None = None

    def configure(self, config: Mapping[str, Any]) -> None:
        """Take the provider's configuration; the environment fills in what it does not say."""
        self._config = config

    def cancel(self) -> None:
        """End all waiting between attempts."""
        self._ended.set()

    def close(self) -> None:
        """Give the connections back."""
        if self._connections is not None:
            self._connections.close()

    def gateway(
        self, method: str, account: str, gateway: str | None = None, body: Mapping[str, Any] | None = None
    ) -> Any:
        """The `result` of one call: of a gateway, or of the collection.

        Raises RequestError when all attempts have failed.
        """
        tail = (gateway,) if gateway is not None else ()
        return self.result(method, account, "ai-gateway", "gateways", *tail, body=body)

    def result(self, method: str, account: str, *path: str, body: Mapping[str, Any] | Form | None = None) -> Any:
        """The `result` of one call; `path` is below the account, in parts.

        Raises RequestError when all attempts have failed.
        """
        return self._call(method, account, path, body).json().get("result")

    def text(self, account: str, *path: str) -> str:
        """What a call answers that is no JSON.

        Raises RequestError when all attempts have failed.
        """
        return self._call("GET", account, path, None).text

    def _call(
        self, method: str, account: str, path: Sequence[str], body: Mapping[str, Any] | Form | None
    ) -> httpx.Response:
        url = "/".join((self._base_url, "accounts", *(quote(part, safe="") for part in (account, *path))))
        for delay in (*self._delays(), None):
            answer, wait = self._attempt(method, url, _form(body))
            if not isinstance(answer, RequestError):
                return answer
            again = answer.status in RETRIED or answer.status >= 500 or answer.status == 0
            if delay is None or not again:
                raise answer
            if self._ended.wait(delay if wait is None else wait):
                raise answer
        raise AssertionError("unreachable")

    def _delays(self) -> tuple[float, ...]:
        total = float(self._environ.get(RETRY_SECONDS_VARIABLE) or sum(DELAYS))
        return tuple(delay * total / sum(DELAYS) for delay in DELAYS)

    def _attempt(self, method: str, url: str, form: Form | None) -> tuple[httpx.Response | RequestError, float | None]:
        import httpx  # takes 0.1 s, and most previews make no call

        connections, pacer = self._connected()
        number = pacer.before_call(self._pause)
        try:
            content, headers = (None, None) if form is None else (form.content, {"Content-Type": form.content_type})
            response = connections.request(method, url, content=content, headers=headers)
        except httpx.HTTPError as error:
            return RequestError(0, f'{method} "{url}": {type(error).__name__}'), None
        pacer.after_call(number, response.status_code, response.headers)
        if response.is_success:
            return response, None
        wait = retry_after(response.headers)
        told = f'{method} "{url}": {response.status_code} {response.reason_phrase} {response.text}'
        return RequestError(response.status_code, told), wait if wait and wait < LONGEST_RETRY_AFTER else None

    def _pause(self, seconds: float) -> None:
        if self._ended.wait(seconds):
            raise RequestError(0, "cancelled")

    def _connected(self) -> tuple[httpx.Client, Pacer]:
        import httpx

        with self._lock:
            credentials = self._credentials()
            if self._connections is None:
                headers = {**credentials.headers(), "Content-Type": "application/json"}
                through_proxy = not credentials.loopback
                self._connections = httpx.Client(headers=headers, timeout=TIMEOUT_SECONDS, trust_env=through_proxy)
            return self._connections, credentials.pacer

    def _credentials(self) -> Credentials:
        return Credentials(
            self._base_url,
            api_token=self._setting("apiToken", "CLOUDFLARE_API_TOKEN") or None,
            api_key=self._setting("apiKey", "CLOUDFLARE_API_KEY") or None,
            api_email=self._setting("email", "CLOUDFLARE_EMAIL") or None,
        )

    @property
    def _base_url(self) -> str:
        return self._setting("baseUrl", "CLOUDFLARE_BASE_URL", DEFAULT_BASE_URL).rstrip("/")

    def _setting(self, name: str, variable: str, default: str = "") -> str:
        return str(self._config.get(name) or self._environ.get(variable) or default)


def _form(body: Mapping[str, Any] | Form | None) -> Form | None:
    if body is None or isinstance(body, Form):
        return body
    return Form("application/json", json.dumps(body, sort_keys=True, separators=(",", ":")).encode())
