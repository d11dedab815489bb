"""The way to the API: name, proxy, TLS, how long an answer takes, and whether the clocks agree."""

from __future__ import annotations

import socket
import ssl
import time
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import Final
from urllib.parse import urlsplit

from cfaig.health.asking import Answer
from cfaig.health.finding import Area, Finding
from cfaig.live.connections import proxy_for, trusted_certificates

AREA: Final = Area("network")
SLOW_SECONDS: Final = 2.0
CLOCK_WARNING: Final = 60.0
# Beyond this, limits in windows of time and tokens' begin and end are wrong, and TLS may fail.
CLOCK_PROBLEM: Final = 300.0
CERTIFICATE_DAYS: Final = 7


@dataclass(frozen=True, slots=True)
class Way:
    """How a host was reached; `failed` is the step that failed (`name`, `connection`, `TLS`), and `why`.

    `proxy` is the proxy's host that is used instead of the direct way. `seconds` is what the steps took together.
    """

    host: str
    proxy: str | None = None
    addresses: tuple[str, ...] = ()
    tls: str | None = None
    certificate_ends: datetime | None = None
    seconds: float = 0.0
    failed: str | None = None
    why: str = ""


def look_at_way(base_url: str, seconds: float) -> Way:
    """Resolve the name, connect and greet, or find the proxy that does; for `seconds` at most in each step."""
    parts = urlsplit(base_url)
    host, secure = parts.hostname or "", parts.scheme == "https"
    port = parts.port or (443 if secure else 80)
    if proxy := _proxy(base_url):
        return Way(host, proxy=proxy)
    started = time.monotonic()
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except OSError as error:
        return Way(host, failed="name", why=error.strerror or str(error))
    addresses = tuple(dict.fromkeys(str(entry[4][0]) for entry in found))
    try:
        with socket.create_connection((host, port), timeout=seconds) as connected:
            if not secure:
                return Way(host, addresses=addresses, seconds=time.monotonic() - started)
            return _greet(connected, host, addresses, started)
    except ssl.SSLError as error:
        return Way(host, addresses=addresses, failed="TLS", why=getattr(error, "verify_message", "") or error.reason)
    except OSError as error:
        return Way(host, addresses=addresses, failed="connection", why=error.strerror or str(error))


def _greet(connected: socket.socket, host: str, addresses: tuple[str, ...], started: float) -> Way:
    with trusted_certificates().wrap_socket(connected, server_hostname=host) as secured:
        certificate = secured.getpeercert() or {}
        ends = certificate.get("notAfter")
        until = datetime.fromtimestamp(ssl.cert_time_to_seconds(ends), UTC) if isinstance(ends, str) else None
        return Way(host, None, addresses, secured.version(), until, time.monotonic() - started)


def _proxy(url: str) -> str | None:
    """The host of the proxy that the environment names; its address may hold a password and is not told."""
    address = proxy_for(url)
    if address is None:
        return None
    parts = urlsplit(address)
    return f"{parts.hostname}:{parts.port}" if parts.port else parts.hostname or "?"


def check_way(way: Way, now: datetime) -> Iterator[Finding]:
    """Whether the host can be reached."""
    if way.proxy:
        yield AREA.ok(way.host, f"through the proxy {way.proxy}")
        return
    if way.failed == "name":
        fix = "is the name right, and does this machine's name service work? (CLOUDFLARE_BASE_URL, /etc/resolv.conf)"
        yield AREA.problem(way.host, f"the name is not known: {way.why}", fix)
    elif way.failed == "TLS":
        fix = "does a proxy or a scanner open the connection? Give Python its certificate: SSL_CERT_FILE=…"
        yield AREA.problem(way.host, f"TLS fails: {way.why}", fix)
    elif way.failed:
        fix = "is a firewall in the way, or a proxy needed? (HTTPS_PROXY=…)"
        yield AREA.problem(way.host, f"no connection: {way.why}", fix)
    else:
        secure = f", {way.tls}" if way.tls else ""
        yield AREA.ok(way.host, f"reached in {way.seconds * 1000:.0f} ms{secure}")
    if way.certificate_ends and (way.certificate_ends - now).days < CERTIFICATE_DAYS:
        told = f"its certificate ends {way.certificate_ends:%Y-%m-%d}"
        yield AREA.warning(way.host, told, "is the clock of this machine right?")


def check_latency(answer: Answer) -> Iterator[Finding]:
    """Whether the API answers, and how fast."""
    if not answer.status:
        yield AREA.problem("API", answer.failure, "see the lines above; for the local Cloudflare: cfaig local up")
    elif answer.status >= 500:
        yield AREA.problem("API", answer.why, "Cloudflare has a problem (www.cloudflarestatus.com); try again")
    elif answer.seconds > SLOW_SECONDS:
        told = f"answers, but takes {answer.seconds:.1f} s"
        yield AREA.warning("API", told, "a plan makes many calls: look at the network, or at the proxy")
    else:
        yield AREA.ok("API", f"answers in {answer.seconds * 1000:.0f} ms")


def check_clock(answer: Answer, now: datetime) -> Iterator[Finding]:
    """Whether this machine's clock agrees with the API's, as far as a header in whole seconds tells."""
    try:
        theirs = parsedate_to_datetime(answer.headers.get("date", ""))
    except ValueError:
        return
    aware = theirs if theirs.tzinfo else theirs.replace(tzinfo=UTC)
    apart = (now - aware).total_seconds()
    told = f"{abs(apart):.0f} s {'ahead of' if apart > 0 else 'behind'} the API's"
    fix = "set the clock (timedatectl set-ntp true): limits, tokens and certificates depend on it"
    if abs(apart) > CLOCK_PROBLEM:
        yield AREA.problem("clock", told, fix)
    elif abs(apart) > CLOCK_WARNING:
        yield AREA.warning("clock", told, fix)
    else:
        yield AREA.ok("clock", "agrees with the API's")
