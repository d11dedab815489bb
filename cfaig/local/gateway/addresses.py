"""Which providers are real: `--upstream SLUG=URL`, or all of them at their own addresses."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Final
from urllib.parse import urlsplit, urlunsplit

from cfaig.definition.catalog import CUSTOM_PREFIX, PROVIDER_SLUGS
from cfaig.errors import CfaigError

REAL: Final = "real"
SCRIPTED: Final = "scripted"
EVERY: Final = "*"
_HINT: Final = "write SLUG=URL, SLUG=real, real (all of them) or scripted (none)"


def read_addresses(words: Iterable[str]) -> dict[str, str]:
    """What was given on the command line, as addresses by slug; `*` stands for all, `real` for the own address.

    Raises CfaigError for what cannot be understood.
    """
    found: dict[str, str] = {}
    for word in words:
        if word == SCRIPTED:
            continue
        if word == REAL:
            found[EVERY] = REAL
            continue
        slug, separator, address = word.partition("=")
        if not separator or not slug:
            raise CfaigError(f"--upstream {word}: no provider and address", _HINT)
        found[slug] = _address(slug, address)
    return found


def _address(slug: str, address: str) -> str:
    if address in {REAL, SCRIPTED}:
        return address
    try:
        parts = urlsplit(address)
        well = parts.scheme in {"http", "https"} and bool(parts.hostname) and parts.port != 0
    except ValueError:
        well = False
    if not well or parts.query or parts.fragment or parts.username:
        raise CfaigError(f"--upstream {slug}={address}: not an http(s) address", _HINT)
    return address.rstrip("/")


def in_words(addresses: Mapping[str, str]) -> list[str]:
    """What was chosen, one line each; one line also when nothing is real."""
    if not addresses:
        return ["providers are scripted: nothing leaves this machine"]
    lines = []
    for slug, address in sorted(addresses.items(), key=lambda chosen: (chosen[0] == EVERY, chosen)):
        who = "every other provider" if slug == EVERY and len(addresses) > 1 else slug.replace(EVERY, "every provider")
        lines.append(f"{who}: {'real' if address == REAL else address}")
    return lines


def address_of(addresses: Mapping[str, str], slug: str, url: str) -> str | None:
    """Where a request to a provider really goes, or None when it is scripted.

    Scheme, host and port of its own URL are replaced; a path in the address comes in front, unless the URL's path
    begins with it. A custom provider may be named without its `custom-`.
    """
    plain = slug.removeprefix(CUSTOM_PREFIX)
    chosen = addresses.get(slug)
    if chosen is None and plain not in PROVIDER_SLUGS:
        chosen = addresses.get(plain)
    chosen = chosen or addresses.get(EVERY, SCRIPTED)
    if chosen == SCRIPTED:
        return None
    if chosen == REAL:
        return url
    base, own = urlsplit(chosen), urlsplit(url)
    path = own.path if own.path == base.path or own.path.startswith(f"{base.path}/") else base.path + own.path
    scheme = base.scheme.replace("http", "ws", 1) if own.scheme in {"ws", "wss"} else base.scheme
    return urlunsplit((scheme, base.netloc, path, own.query, ""))
