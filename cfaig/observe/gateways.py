"""The gateways of an account by name."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from urllib.parse import quote

from cfaig.definition.spelling import did_you_mean
from cfaig.errors import CfaigError
from cfaig.live.api import ApiError, CloudflareApi
from cfaig.observe.permissions import READ_LOGS, needs

_READ = "read gateways"


def path_of(account: str, gateway: str) -> str:
    """The path of a gateway below the base of the API."""
    return f"/accounts/{account}/ai-gateway/gateways/{quote(gateway, safe='')}"


def gateway_body(api: CloudflareApi, account: str, gateway: str) -> dict[str, Any]:
    """The settings of a gateway as the API gives them.

    Raises CfaigError, with what was perhaps meant, where there is no such gateway.
    """
    with needs(READ_LOGS, _READ):
        try:
            body: dict[str, Any] = api.result("GET", path_of(account, gateway))
        except ApiError as error:
            if not error.gone:
                raise
            raise unknown(gateway, gateway_ids(api, account)) from error
    return body


def gateway_ids(api: CloudflareApi, account: str) -> tuple[str, ...]:
    """The ids of all gateways of the account, in order."""
    with needs(READ_LOGS, _READ):
        return tuple(sorted(str(body["id"]) for body in api.pages(f"/accounts/{account}/ai-gateway/gateways")))


def unknown(gateway: str, known: Sequence[str]) -> CfaigError:
    """The error about a gateway that is not there."""
    return CfaigError(
        f"there is no gateway {gateway} in the account",
        f"{did_you_mean(gateway, known)}there are: {', '.join(known) or 'none'}",
    )
