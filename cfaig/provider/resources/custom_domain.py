"""`CustomDomain`: a host name of one's own for a gateway. Source: facts/ai-gateway.md 4.5."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any, Final
from urllib.parse import quote

from cfaig.live.api import ApiError
from cfaig.provider.fields import Field
from cfaig.provider.kind import Found, Kind, Made
from cfaig.provider.resources.access import ACCOUNT, GATEWAY, Access, gateway_path, split_id
from cfaig.provider.values import Properties

ID_SHAPE: Final = "<account>/<gateway>/<hostname>"


def _hostname_problem(hostname: str) -> str | None:
    label = r"[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?"
    told = "must be a host name in lower case, such as ai.example.com"
    return None if re.fullmatch(rf"{label}(\.{label})+", hostname) and len(hostname) <= 253 else told


class CustomDomain(Kind):
    """A custom domain; nothing of it changes in place."""

    token = "cfaig:index:CustomDomain"  # noqa: S105 (a type token)
    description = "A host name of your own for an AI Gateway; its DNS record (CNAME to cnameTarget) is not made here."
    inputs = (
        ACCOUNT,
        GATEWAY,
        Field("hostname", "string", "The host name.", required=True, replaces=True, problem=_hostname_problem),
    )
    outputs = (
        Field("status", "string", "How far Cloudflare is with it, such as pending_dcv."),
        Field("cnameTarget", "string", "What its CNAME record has to point at."),
    )
    delete_before_replace = True  # a host name belongs to one gateway at a time

    def __init__(self, access: Access) -> None:
        self._access = access

    def create(self, inputs: Properties) -> Made:
        """POST; one that is there already is taken as it is."""
        account, gateway, hostname = inputs["accountId"], inputs["gatewayId"], inputs["hostname"]
        domain, _ = self._access.make(
            lambda: self._access.api.result("POST", _path(account, gateway), body={"hostname": hostname}),
            lambda: self._get(account, gateway, hostname),
        )
        return Made(f"{account}/{gateway}/{hostname}", inputs | _outputs(domain))

    def read(self, identity: str, inputs: Properties, outputs: Properties) -> Found | None:  # noqa: ARG002
        """GET."""
        account, gateway, hostname = split_id(identity, ID_SHAPE)
        domain = self._get(account, gateway, hostname)
        if domain is None:
            return None
        found = {"accountId": account, "gatewayId": gateway, "hostname": domain["hostname"]}
        return Found(identity, found, found | _outputs(domain))

    def delete(self, identity: str, inputs: Properties, outputs: Properties) -> None:  # noqa: ARG002
        """DELETE; gone already is fine."""
        account, gateway, hostname = split_id(identity, ID_SHAPE)
        try:
            self._access.api.request("DELETE", f"{_path(account, gateway)}/{quote(hostname, safe='')}")
        except ApiError as error:
            if not error.gone:
                raise

    def _get(self, account: str, gateway: str, hostname: str) -> Mapping[str, Any] | None:
        try:
            domain: Mapping[str, Any] = self._access.api.result(
                "GET", f"{_path(account, gateway)}/{quote(hostname, safe='')}"
            )
        except ApiError as error:
            if error.gone:
                return None
            raise
        return domain


def _path(account: str, gateway: str) -> str:
    return f"{gateway_path(account, gateway)}/custom-domains"


def _outputs(domain: Mapping[str, Any]) -> Properties:
    return {"status": domain.get("status"), "cnameTarget": domain.get("cname_target")}
