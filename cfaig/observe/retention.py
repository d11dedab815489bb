"""How long the logs of a gateway stay. Source: facts/ai-gateway.md 1.2 and 1.9."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any


def kept_words(body: Mapping[str, Any]) -> str:
    """What a gateway with these settings keeps, in a sentence."""
    gateway, most = body.get("id"), body.get("log_management")
    if body.get("collect_logs") is False:
        return f"{gateway} collects no logs (logging: {{collect: false}}); only calls that ask for it have one"
    if not isinstance(most, int):
        return f"{gateway} collects logs; Cloudflare keeps as many as the account's plan allows"
    if body.get("log_management_strategy") == "DELETE_OLDEST":
        return f"{gateway} keeps its newest {most:,} logs; older ones are deleted"
    return f"{gateway} keeps {most:,} logs, and no new ones once it is full"
