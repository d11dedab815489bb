"""Checks of all gateways together: what one account can hold, and what they must agree on."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from cfaig.checks.finding import Finding, warning
from cfaig.definition.model import AccountLimits, CustomProvider, Gateway

# Source: https://developers.cloudflare.com/ai-gateway/reference/limits/ (facts/ai-gateway.md 1.9).
FREE_GATEWAYS: Final = 10
PAID_GATEWAYS: Final = 20


def shared_findings(gateways: Sequence[Gateway]) -> Iterator[tuple[str, Finding]]:
    """What gateways must agree on: the id of the gateway that a finding is about, and the finding."""
    customs: dict[str, tuple[str, CustomProvider]] = {}
    domains: dict[str, str] = {}
    for gateway in gateways:
        for custom in gateway.custom_providers:
            owner, first = customs.setdefault(custom.slug, (gateway.id, custom))
            if first != custom:
                message = f"the gateway {owner} describes the custom provider {custom.slug} differently"
                hint = "custom providers belong to the whole account: describe it alike, or use two names"
                yield gateway.id, Finding("AIG152", message, ("providers", custom.slug), hint)
        for index, domain in enumerate(gateway.domains):
            owner_id = domains.setdefault(domain, gateway.id)
            if owner_id != gateway.id:
                message = f"{domain} serves the gateway {owner_id} already"
                yield gateway.id, Finding("AIG153", message, ("domains", index), "a host name serves one gateway")


def limit_findings(gateways: Sequence[Gateway], limits: AccountLimits) -> Iterator[tuple[str, Finding]]:
    """What is too much for one account; at the gateways past the limit, in the order of their ids.

    `limits` of the account's own take the place of Cloudflare's usual ones.
    """
    most = limits.gateways or PAID_GATEWAYS
    if len(gateways) > most:
        message = f"an account can have {most} gateways; this is one of {len(gateways)}"
        hint = "spread them over accounts, or ask Cloudflare for more and write limits: {gateways: N}"
        for gateway in gateways[most:]:
            yield gateway.id, Finding("AIG151", message, ("gateway",), f"{hint} into gateways/_defaults.yaml")
    elif limits.gateways is None and len(gateways) > FREE_GATEWAYS:
        message = f"the free plan has {FREE_GATEWAYS} gateways; these are {len(gateways)}"
        yield gateways[FREE_GATEWAYS].id, warning("AIG150", message, ("gateway",), "a paid plan has 20")
