"""Checks of providers: does each name mean one, and are there the keys that it needs."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Final

from cfaig.checks.finding import Finding, Subject, warning
from cfaig.checks.placed import PlacedRoute
from cfaig.definition.catalog import CUSTOM_PREFIX, PROVIDER_SLUGS
from cfaig.definition.diagnostics import KeyPath
from cfaig.definition.spelling import did_you_mean
from cfaig.state.compile import wire_slugs

# Cloudflare's own models need no key of yours.
KEYLESS: Final = "workers-ai"


def provider_findings(subject: Subject, routes: Sequence[PlacedRoute]) -> Iterator[Finding]:
    """Everything about the providers that a gateway names or describes."""
    in_routes = list(_route_providers(routes))
    for path, wire in [*_named_providers(subject), *in_routes]:
        yield from _name_findings(subject, path, wire)
    yield from _custom_findings(subject)
    if subject.gateway.byok_only:
        yield from _key_findings(subject, in_routes)


def _named_providers(subject: Subject) -> Iterator[tuple[KeyPath, str]]:
    """Every provider outside of routes: where it was written, and its wire slug."""
    gateway = subject.gateway
    to_wire = wire_slugs(gateway.custom_providers)
    for name in dict.fromkeys(key.provider for key in gateway.provider_keys):
        yield ("providers", name), to_wire(name)
    for rule in gateway.spend_limits.rules:
        for index, name in enumerate(rule.providers):
            yield ("spend_limits", "rules", rule.id, "providers", index), to_wire(name)
    if gateway.edge is not None:
        from cfaig.checks.edge import edge_providers  # most gateways have none

        yield from edge_providers(gateway)


def _route_providers(routes: Sequence[PlacedRoute]) -> Iterator[tuple[KeyPath, str]]:
    for placed in routes:
        for element in placed.elements:
            properties = element.get("properties")
            if element.get("type") == "model" and isinstance(properties, Mapping) and "provider" in properties:
                yield placed.path(str(element.get("id")), "provider"), str(properties["provider"])


def _name_findings(subject: Subject, path: KeyPath, wire: str) -> Iterator[Finding]:
    if wire in PROVIDER_SLUGS:
        return
    if not wire.startswith(CUSTOM_PREFIX):
        yield Finding("AIG120", f"there is no provider {wire}", path, _spelling_hint(subject, wire))
    elif wire.removeprefix(CUSTOM_PREFIX) not in subject.custom_slugs:
        message = f"no definition describes the custom provider {wire}"
        hint = (
            f"describe it under providers as {wire.removeprefix(CUSTOM_PREFIX)}, or make sure that the account has it"
        )
        yield warning("AIG121", message, path, hint)


def _spelling_hint(subject: Subject, name: str) -> str:
    own = sorted(custom.slug for custom in subject.gateway.custom_providers)
    if name in subject.custom_slugs:
        return f"another definition describes it: write {CUSTOM_PREFIX}{name}, or describe it under providers here too"
    known = [*sorted(PROVIDER_SLUGS), *own]
    listed = ", ".join(known)
    return f"{did_you_mean(name, known)}Providers are {listed}; one of your own needs a base_url under providers"


def _custom_findings(subject: Subject) -> Iterator[Finding]:
    for custom in subject.gateway.custom_providers:
        if custom.slug in PROVIDER_SLUGS:
            message = f"{custom.slug} is one of Cloudflare's providers; a custom one of this name would never be meant"
            hint = f"give it another name, such as {custom.slug}-proxy"
            yield Finding("AIG122", message, ("providers", custom.slug), hint)
        if re.search(r"/v\d+[a-z]*/?$", custom.base_url):
            message = (
                f"requests bring their own {custom.base_url.rstrip('/').rpartition('/')[2]}/ and would have it twice"
            )
            hint = "write the root of the API: the path of a request is put after it"
            yield warning("AIG123", message, ("providers", custom.slug, "base_url"), hint)


def _key_findings(subject: Subject, in_routes: Sequence[tuple[KeyPath, str]]) -> Iterator[Finding]:
    to_wire = wire_slugs(subject.gateway.custom_providers)
    # A route takes the default key: the header that names another alias does not work there (facts/ai-gateway.md 4.6).
    keyed = {to_wire(key.provider) for key in subject.gateway.provider_keys if key.default or key.alias == "default"}
    for path, wire in in_routes:
        if wire in PROVIDER_SLUGS and wire != KEYLESS and wire not in keyed:
            message = f"byok_only refuses requests without a key of yours, and there is no default key for {wire}"
            yield Finding("AIG124", message, path, f"add {wire}: {{key: env://NAME}} under providers")
