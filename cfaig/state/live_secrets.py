"""Secrets out of a live account: what a definition says in their place, so that no value gets into a file.

Cloudflare gives back the headers of exporters and custom providers, and the key for Stripe, as they were written.
Provider keys it never gives back; `references.key_reference` names a variable for each.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, Final

from cfaig.errors import CfaigError
from cfaig.json_types import JsonObject
from cfaig.secrets import STAND_IN_PREFIX, is_reference
from cfaig.state.model import AccountState, CustomProviderState, GatewayState

_VARIABLE: Final = re.compile(r"[A-Za-z_][A-Za-z0-9_]*")


@dataclass(frozen=True, slots=True)
class FoundSecret:
    """A secret that a live account holds: the variable that a definition names in its place, and what it is for."""

    variable: str
    used_by: str
    value: str = field(repr=False)


def take_secrets_out(
    live: AccountState, *, stand_ins: bool, like: AccountState | None = None
) -> tuple[AccountState, tuple[FoundSecret, ...]]:
    """`live` with references (`env://SUPPORT_OTEL_X_API_KEY`) where it holds secrets, and the secrets.

    With `stand_ins` a value of the local Cloudflare tells itself which variable it stands for. What the definitions
    `like` say at the same place is taken from them: their reference, or for what they say in clear text the live value.
    Raises CfaigError for a header whose value is no text.
    """
    taker = _Taker(stand_ins)
    known = like or AccountState()
    gateways = {gateway.id: gateway for gateway in known.gateways}
    customs = {provider.slug: provider for provider in known.custom_providers}
    return (
        replace(
            live,
            gateways=tuple(taker.gateway(gateway, gateways.get(gateway.id)) for gateway in live.gateways),
            custom_providers=tuple(
                taker.custom_provider(provider, customs.get(provider.slug)) for provider in live.custom_providers
            ),
        ),
        tuple(taker.found.values()),
    )


class _Taker:
    """Names a variable for each secret, and no variable twice."""

    def __init__(self, stand_ins: bool) -> None:
        self.found: dict[str, FoundSecret] = {}
        self._stand_ins = stand_ins

    def gateway(self, live: GatewayState, like: GatewayState | None) -> GatewayState:
        settings: dict[str, Any] = dict(live.settings)
        known: Mapping[str, Any] = like.settings if like else {}
        exporters: Sequence[Mapping[str, Any]] = settings["otel"]
        alike = {exporter["url"]: exporter for exporter in known.get("otel") or ()}
        settings["otel"] = [
            self._exporter(exporter, alike.get(exporter["url"]) or {}, live.id, number if len(exporters) > 1 else None)
            for number, exporter in enumerate(exporters, 1)
        ]
        if stripe := settings["stripe"]:
            said = (known.get("stripe") or {}).get("authorization")
            place = f"Stripe of gateway {live.id}"
            token = self._reference(stripe["authorization"], said, (live.id, "stripe", "authorization"), place)
            settings["stripe"] = {**stripe, "authorization": token}
        return replace(live, settings=settings)

    def custom_provider(self, live: CustomProviderState, like: CustomProviderState | None) -> CustomProviderState:
        known: Any = like.settings["headers"] if like else {}
        place = f"the custom provider {live.slug}"
        headers = self._headers(live.settings["headers"], known, (live.slug,), place)
        return replace(live, settings={**live.settings, "headers": headers})

    def _exporter(
        self, exporter: Mapping[str, Any], like: Mapping[str, Any], gateway: str, number: int | None
    ) -> JsonObject:
        words = (gateway, "otel", *([] if number is None else [str(number)]))
        place = f"the exporter {exporter['url']} of gateway {gateway}"
        changed = {"headers": self._headers(exporter["headers"], like.get("headers") or {}, words, place)}
        if token := exporter.get("authorization"):
            said = like.get("authorization")
            changed["authorization"] = self._reference(token, said, (*words, "authorization"), place)
        return {**exporter, **changed}

    def _headers(self, headers: Any, like: Mapping[str, Any], words: tuple[str, ...], place: str) -> Any:
        taken: dict[str, str] = {}
        for name, value in headers.items():
            what = f"header {name} of {place}"
            if not isinstance(value, str):
                raise CfaigError(f"the {what} is no text, as a definition would say it", "put it right in Cloudflare")
            taken[name] = self._reference(value, like.get(name), (*words, name), what)
        return taken

    def _reference(self, value: str, said: Any, words: tuple[str, ...], used_by: str) -> str:
        if isinstance(said, str):
            return said if is_reference(said) else value
        stands_for = value.removeprefix(STAND_IN_PREFIX)
        if self._stand_ins and stands_for != value and _VARIABLE.fullmatch(stands_for):
            self.found.setdefault(stands_for, FoundSecret(stands_for, used_by, value))
            return f"env://{stands_for}"
        variable = self._free("_".join(re.sub(r"[^A-Z0-9]+", "_", word.upper()) for word in words))
        self.found[variable] = FoundSecret(variable, used_by, value)
        return f"env://{variable}"

    def _free(self, name: str) -> str:
        wanted = name if _VARIABLE.fullmatch(name) else f"SECRET_{name}"
        numbered = wanted
        number = 2
        while numbered in self.found:
            numbered, number = f"{wanted}_{number}", number + 1
        return numbered
