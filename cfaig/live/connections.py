"""Connections over which the API is asked, kept open from call to call.

urllib3 takes two thirds of httpx's time for a call and less than half of it to load; it is loaded with the first ones.
"""

from __future__ import annotations

import json
import os
import threading
import time
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import urlencode, urlsplit

import cfaig
from cfaig.errors import CfaigError
from cfaig.loopback import LOOPBACK

if TYPE_CHECKING:
    import ssl

    import urllib3

# More than any command has threads that call.
MOST: Final = 64
# A connection that nobody used for so long may be dead without knowing it: routers forget them.
IDLE_SECONDS: Final = 15.0


@dataclass(frozen=True, slots=True)
class Reply:
    """What came back; `headers` do not distinguish upper and lower case."""

    status: int
    headers: Mapping[str, str]
    content: bytes

    @property
    def good(self) -> bool:
        """Whether it is a success."""
        return 200 <= self.status < 300

    @property
    def text(self) -> str:
        """The content as text."""
        return self.content.decode("utf-8", "replace")


class NoReplyError(Exception):
    """Nothing came back, or not all of it; the message says why."""


class Connections:
    """Connections to the servers that are asked, `timeout` seconds for each answer; for several threads.

    Those to the host of `base_url` go through the proxy that the environment names for it. Raises CfaigError for a
    proxy that cannot be used.
    """

    def __init__(self, base_url: str, timeout: float) -> None:
        import urllib3

        self._timeout = urllib3.Timeout(connect=timeout, read=timeout)
        self._pool = _pool(base_url)
        self._used = time.monotonic()
        self._lock = threading.Lock()

    def close(self) -> None:
        """End those that nobody uses."""
        self._pool.clear()

    def call(
        self,
        method: str,
        url: str,
        headers: Mapping[str, str],
        body: object = None,
        params: Mapping[str, Any] | None = None,
    ) -> Reply:
        """Ask once: no redirect is followed and nothing is asked again. A body goes as JSON.

        Raises NoReplyError, and ValueError for a body with a number that JSON does not have.
        """
        from urllib3.exceptions import HTTPError

        # What Python says of such a header shows the whole of it.
        if not all(map(fits_header, headers.values())):
            raise NoReplyError("not asked: a header has a character that headers cannot have")
        told = {"User-Agent": f"cfaig/{cfaig.__version__}", "Accept-Encoding": "gzip", **headers}
        content = None
        if body is not None:
            told["Content-Type"] = "application/json"
            content = json.dumps(body, ensure_ascii=False, separators=(",", ":"), allow_nan=False).encode()
        place = f"{url}?{_query(params)}" if params else url
        self._let_go_of_old_ones()
        try:
            answer = self._pool.request(
                method, place, body=content, headers=told, timeout=self._timeout, retries=False, redirect=False
            )
        except HTTPError as error:
            raise _no_reply(error) from error
        finally:
            self._used = time.monotonic()
        return Reply(answer.status, answer.headers, answer.data)

    def _let_go_of_old_ones(self) -> None:
        with self._lock:
            moment = time.monotonic()
            old, self._used = moment - self._used > IDLE_SECONDS, moment
            if old:
                self._pool.clear()


def fits_header(text: str) -> bool:
    """Whether a header can have this value."""
    return text.isascii() and text.isprintable()


def proxy_for(url: str) -> str | None:
    """The address of the proxy that the environment names for this address; it may hold a password."""
    parts = urlsplit(url)
    host = parts.hostname or ""
    if host in LOOPBACK:
        return None
    from urllib.request import getproxies, proxy_bypass

    named = getproxies()
    address = named.get(parts.scheme) or named.get("all")
    if not address or proxy_bypass(host):
        return None
    return address if "://" in address else f"http://{address}"


def trusted_certificates() -> ssl.SSLContext:
    """The certificates of SSL_CERT_FILE and SSL_CERT_DIR where they are set, or else those that Mozilla trusts."""
    import ssl

    import certifi

    own = os.environ.get("SSL_CERT_FILE") or os.environ.get("SSL_CERT_DIR")
    return ssl.create_default_context(cafile=None if own else certifi.where())


def _pool(base_url: str) -> urllib3.PoolManager:
    import urllib3
    from urllib3.util import make_headers, parse_url

    trusted = trusted_certificates() if base_url.startswith("https:") else None
    address = proxy_for(base_url)
    if address is None:
        return urllib3.PoolManager(maxsize=MOST, block=True, ssl_context=trusted)
    proxy = parse_url(address)
    if proxy.scheme not in {"http", "https"}:
        raise CfaigError(
            f"the proxy of the environment speaks {proxy.scheme}, which cfaig does not",
            "name one that speaks http in HTTPS_PROXY, or leave this host out in NO_PROXY",
        )
    login = make_headers(proxy_basic_auth=proxy.auth) if proxy.auth else None
    return urllib3.ProxyManager(address, maxsize=MOST, block=True, proxy_headers=login, ssl_context=trusted)


def _query(params: Mapping[str, Any]) -> str:
    told = {name: str(value).lower() if isinstance(value, bool) else value for name, value in params.items()}
    return urlencode(told, doseq=True)


def _no_reply(error: Exception) -> NoReplyError:
    from urllib3 import exceptions

    if isinstance(error, exceptions.ProxyError):
        why = error.original_error
        return NoReplyError(f"the proxy: {_no_reply(why) if isinstance(why, exceptions.HTTPError) else why}")
    if isinstance(error, exceptions.NameResolutionError):
        return NoReplyError("the name is not known")
    if isinstance(error, exceptions.NewConnectionError):
        return NoReplyError((getattr(error.__cause__, "strerror", None) or "no connection").lower())
    if isinstance(error, exceptions.TimeoutError):
        return NoReplyError("no answer in time")
    if isinstance(error, exceptions.SSLError):
        return NoReplyError(f"TLS fails: {getattr(error.args[0], 'verify_message', '') or error}")
    return NoReplyError(f"the connection broke off ({type(error).__name__})")
