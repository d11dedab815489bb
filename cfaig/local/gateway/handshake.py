"""Opening a WebSocket: who may, and in which subprotocol. facts/ai-gateway.md 4.5 and 6.6."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from starlette.types import Scope, Send

AUTHORIZATION: Final = "cf-aig-authorization"
_TOKEN_PROTOCOL: Final = f"{AUTHORIZATION}."
# Browsers cannot send headers with a WebSocket, so keys come as subprotocols: prefix, header, scheme.
_KEY_PROTOCOLS: Final = (
    ("openai-insecure-api-key.", "authorization", "Bearer "),
    ("xi-api-key.", "xi-api-key", ""),
    ("fal-api-key.", "authorization", "Key "),
)
_HANDSHAKE: Final = frozenset({"connection", "host", "origin", "upgrade"})


def request_headers(scope: Scope) -> dict[str, str]:
    """The headers of the handshake that concern gateway and provider, with those that came as subprotocols."""
    headers = {name.decode("latin-1").lower(): value.decode("latin-1") for name, value in scope["headers"]}
    kept = {
        name: value
        for name, value in headers.items()
        if name not in _HANDSHAKE and not name.startswith("sec-websocket-")
    }
    for protocol in scope["subprotocols"]:
        if protocol.startswith(_TOKEN_PROTOCOL):
            kept.setdefault(AUTHORIZATION, f"Bearer {protocol.removeprefix(_TOKEN_PROTOCOL)}")
        for prefix, name, scheme in _KEY_PROTOCOLS:
            if protocol.startswith(prefix):
                kept.setdefault(name, scheme + protocol.removeprefix(prefix))
    # The documentation's own examples put the bare token there (facts 6.6).
    if AUTHORIZATION in kept and " " not in kept[AUTHORIZATION].strip():
        kept[AUTHORIZATION] = f"Bearer {kept[AUTHORIZATION].strip()}"
    return kept


def public_protocols(offered: Sequence[str]) -> list[str]:
    """The subprotocols that are no secrets."""
    secret = (_TOKEN_PROTOCOL, *(prefix for prefix, _, _ in _KEY_PROTOCOLS))
    return [protocol for protocol in offered if not protocol.startswith(secret)]


def chosen_protocol(offered: Sequence[str]) -> str | None:
    """The subprotocol to answer with: browsers give up when none of theirs is taken."""
    return next(iter([*public_protocols(offered), *offered]), None)


async def refuse(send: Send, status: int, content_type: str, body: bytes) -> None:
    """Answer the handshake with something else than a connection."""
    headers = [(b"content-type", content_type.encode("latin-1")), (b"content-length", str(len(body)).encode())]
    await send({"type": "websocket.http.response.start", "status": status, "headers": headers})
    await send({"type": "websocket.http.response.body", "body": body})
