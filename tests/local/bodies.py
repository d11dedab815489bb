"""Bodies to send."""

from __future__ import annotations

from typing import Any


def gateway_body(identity: str | None = None, **settings: Any) -> dict[str, Any]:
    body: dict[str, Any] = {
        "cache_invalidate_on_update": False,
        "cache_ttl": 0,
        "collect_logs": True,
        "rate_limiting_interval": 0,
        "rate_limiting_limit": 0,
    }
    return body | settings | ({} if identity is None else {"id": identity})


def to(element: str) -> dict[str, str]:
    return {"elementId": element}


def start(element: str) -> dict[str, Any]:
    return {"id": "start", "type": "start", "outputs": {"next": to(element)}}


def model(identity: str, fallback: str = "end", **properties: Any) -> dict[str, Any]:
    known = {"provider": "openai", "model": "gpt-4o-mini", "timeout": 30_000, "retries": 2}
    outputs = {"success": to("end"), "fallback": to(fallback)}
    return {"id": identity, "type": "model", "properties": known | properties, "outputs": outputs}


END = {"id": "end", "type": "end", "outputs": {}}
CHAIN = [start("a"), model("a", "b"), model("b"), END]
SHORT_CHAIN = [start("a"), model("a"), END]


def split(**shares: str) -> list[dict[str, Any]]:
    """A split whose shares are named `s90=model`; everything ends in one model."""
    outputs = {f"{share.removeprefix('s')}%": to(target) for share, target in shares.items()}
    return [start("split"), {"id": "split", "type": "percentage", "outputs": outputs}, model("m"), END]
