"""Where requests go: the addresses of a gateway."""

from __future__ import annotations

from typing import Final

GATEWAY_HOST: Final = "https://gateway.ai.cloudflare.com/v1"
API_PATH: Final = "/client/v4"


def gateway_url(account: str, gateway: str, local_api: str | None = None) -> str:
    """The address that clients use for a gateway; `local_api` is the local Cloudflare's API address, if it is that."""
    host = local_api.rstrip("/").removesuffix(API_PATH) + "/v1" if local_api else GATEWAY_HOST
    return f"{host}/{account}/{gateway}"
