"""Who may come in, and with whose credentials a provider is asked (facts/ai-gateway.md 4.5, 4.6, 6.1)."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final
from urllib.parse import parse_qsl

from cfaig.definition.catalog import CUSTOM_PREFIX
from cfaig.runtime.doors import COMPAT, WORKERS_AI, Ask, gateway_id
from cfaig.runtime.errors import Code, Fault
from cfaig.runtime.model import Call, Configuration, Door
from cfaig.runtime.settings import RequestSettings
from cfaig.state.model import GatewayState, ProviderKeyState

DEFAULT_GATEWAY: Final = "default"
DEFAULT_ALIAS: Final = "default"

KEY_HEADERS: Final = frozenset({"authorization", "api-key", "token", "x-api-key", "x-goog-api-key", "xi-api-key"})

# What belongs to one connection, or to the gateway, and never goes on to a provider.
_NOT_FORWARDED: Final = frozenset(
    {
        "accept-encoding",
        "connection",
        "content-length",
        "cookie",
        "expect",
        "forwarded",
        "host",
        "keep-alive",
        "proxy-authorization",
        "proxy-connection",
        "te",
        "trailer",
        "transfer-encoding",
        "upgrade",
    }
)


@dataclass(frozen=True, slots=True)
class Entry:
    """A call that was let in. `consumed`: its Authorization was the gateway's credential, and is none for providers."""

    gateway: GatewayState
    consumed: bool


@dataclass(frozen=True, slots=True)
class Credential:
    """What a provider is asked with.

    `source` is `request`, `stored` (BYOK), `unified` (Unified Billing), `account` (Workers AI), `none` (a custom
    provider without a key) or `token`: a gateway token where the provider's key should be, which is never sent.
    """

    source: str
    headers: Mapping[str, str]
    config: ProviderKeyState | None = None


def enter(call: Call, configuration: Configuration) -> Entry:
    """The gateway of a call that may use it; `default` is made by the first one who may.

    Raises Fault.
    """
    consumed, authorized = _authenticated(call, configuration)
    if call.door is Door.REST and not authorized:
        raise Fault(Code.AUTHENTICATION, 401, "Authentication error")
    name = gateway_id(call)
    gateway = configuration.gateway(call.account, name)
    needed = gateway is None and name == DEFAULT_GATEWAY
    if (needed or (gateway is not None and gateway.settings.get("authentication"))) and not authorized:
        raise Fault(Code.UNAUTHORIZED, 401, "Unauthorized", "send cf-aig-authorization: Bearer <gateway token>")
    if needed:
        gateway = configuration.make_default(call.account)
    if gateway is None:
        why = f"the account has no gateway {name}"
        raise Fault(Code.NOT_CONFIGURED, 400, "Please configure AI Gateway in the Cloudflare dashboard", why)
    return Entry(gateway, consumed and (call.door is Door.REST or bool(gateway.settings.get("authentication"))))


def choose(
    ask: Ask, settings: RequestSettings, call: Call, entry: Entry, configuration: Configuration, *, credits_left: bool
) -> Credential:
    """The provider's key: the request's, then a stored one, then Unified Billing; with the headers to send.

    Raises Fault.
    """
    gateway, slug, place = entry.gateway, ask.target.slug, ask.target.key
    headers = forwarded(ask.headers)
    if any(configuration.authorized(value) for _, value in parse_qsl(ask.query)):
        return Credential("token", {})
    for name in headers.keys() & {place.header, *place.also, *KEY_HEADERS}:
        if call.door is Door.REST or (name == "authorization" and entry.consumed):
            del headers[name]
        elif configuration.authorized(bearer(headers[name]) or headers[name].strip()):
            if name == "authorization":
                return Credential("token", {})
            del headers[name]
    own = place.carried(headers, ask.query)
    # What a custom provider's configuration adds wins over the client's, and only a stored key over that.
    headers |= ask.target.headers
    if own:
        return Credential("request", headers)
    alias = settings.byok_alias if ask.native else None
    config = next((k for k in gateway.provider_keys if (k.provider, k.alias) == (slug, alias or DEFAULT_ALIAS)), None)
    key = configuration.provider_key(call.account, gateway.id, slug, alias or DEFAULT_ALIAS)
    if key is not None:
        return Credential("stored", {**headers, place.header: place.value(key)}, config)
    if alias is not None and config is None:
        raise _unknown_alias(gateway, slug, alias)
    if config is not None:
        raise _no_credentials(slug, f"the key {slug}/{config.alias} is configured, but its secret is missing")
    return _without_key(slug, headers, gateway, settings, credits_left)


def forwarded(headers: Mapping[str, str]) -> dict[str, str]:
    """The headers of a client that a provider may see."""
    return {name: value for name, value in headers.items() if name not in _NOT_FORWARDED and not name.startswith("cf-")}


def bearer(value: str | None) -> str | None:
    """The token of a header `Bearer <token>`."""
    match = re.fullmatch(r"(?i:bearer) +(\S+) *", value or "")
    return match[1] if match else None


def _authenticated(call: Call, configuration: Configuration) -> tuple[bool, bool]:
    """Whether Authorization was the credential, and whether the credential is good."""
    own = call.headers.get("cf-aig-authorization")
    if call.door is Door.REST or (own is None and call.path.startswith(f"{COMPAT}/")):
        token = bearer(call.headers.get("authorization"))
        good = token is not None and configuration.authorized(token)
        return good, good
    token = bearer(own)
    return False, token is not None and configuration.authorized(token)


def _without_key(
    slug: str, headers: Mapping[str, str], gateway: GatewayState, settings: RequestSettings, credits_left: bool
) -> Credential:
    if slug == WORKERS_AI:
        return Credential("account", headers)
    if gateway.settings.get("byok_only"):
        raise _no_credentials(slug, f"the gateway {gateway.id} takes provider credentials only (byok_only)")
    if slug.startswith(CUSTOM_PREFIX):
        return Credential("none", headers)
    if settings.no_wholesale:
        raise _no_credentials(slug, "cf-aig-no-wholesale forbids Unified Billing")
    if not credits_left:
        raise Fault(Code.NO_CREDITS, 402, "Insufficient Unified Billing credits", f"there is no key for {slug} either")
    return Credential("unified", headers)


def _no_credentials(slug: str, why: str) -> Fault:
    return Fault(Code.NOT_CONFIGURED, 400, f"No credentials for {slug}", why)


def _unknown_alias(gateway: GatewayState, slug: str, alias: str) -> Fault:
    known = ", ".join(key.alias for key in gateway.provider_keys if key.provider == slug) or "none"
    message = f"Unknown BYOK alias '{alias}' for {slug}. Configured aliases: {known}"
    return Fault(Code.UNKNOWN_ALIAS, 400, message)
