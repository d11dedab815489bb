"""Graphs for routes: a chain of models."""

from __future__ import annotations

from typing import Any

from cfaig.local.options import ACCOUNT


def chain(*models: str, timeout: int = 30000) -> list[dict[str, Any]]:
    """Try each model in order."""
    ids = [f"m{index}" for index in range(len(models))]
    elements: list[dict[str, Any]] = [{"id": "start", "type": "start", "outputs": {"next": {"elementId": ids[0]}}}]
    for index, (identity, model) in enumerate(zip(ids, models, strict=True)):
        after = ids[index + 1] if index + 1 < len(ids) else "end"
        elements.append(
            {
                "id": identity,
                "type": "model",
                "properties": {"provider": "openai", "model": model, "timeout": timeout, "retries": 1},
                "outputs": {"success": {"elementId": "end"}, "fallback": {"elementId": after}},
            }
        )
    return [*elements, {"id": "end", "type": "end", "outputs": {}}]


def route(name: str = "chat", *models: str, gateway: str = "support") -> dict[str, Any]:
    """The inputs of a route."""
    return {
        "accountId": ACCOUNT,
        "gatewayId": gateway,
        "name": name,
        "elements": chain(*(models or ("gpt-4o", "gpt-4o-mini"))),
    }
