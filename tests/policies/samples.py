"""Resources as the program declares them, to change one thing at a time."""

from __future__ import annotations

from typing import Any

from policies.resource import AI_GATEWAY, ROUTE, Resource
from policies.rules import RULES


def gateway(labels: object = None, definition: str | None = None, **inputs: Any) -> Resource:
    good: dict[str, Any] = {
        "aiGatewayId": "support",
        "authentication": True,
        "collectLogs": True,
        "cacheTtl": 3600.0,
        "rateLimitingLimit": 100.0,
        "rateLimitingInterval": 60.0,
        "spendLimits": {"enabled": False, "rules": []},
        "zdr": False,
    }
    component: dict[str, object] = {"labels": labels or {}}
    if definition:
        component["definition"] = definition
    return Resource(AI_GATEWAY, "support", good | inputs, component)


def route(elements: object, name: str = "chat") -> Resource:
    return Resource(ROUTE, f"support/{name}", {"name": name, "elements": elements})


def model(id_: str, name: str, fallback: str = "end", success: str = "end") -> dict[str, Any]:
    provider, _, called = name.partition("/")
    return {
        "id": id_,
        "type": "model",
        "properties": {"provider": provider, "model": called, "timeout": 0, "retries": 0},
        "outputs": {"success": {"elementId": success}, "fallback": {"elementId": fallback}},
    }


def element(id_: str, type_: str, **outputs: str) -> dict[str, Any]:
    return {"id": id_, "type": type_, "outputs": {name: {"elementId": target} for name, target in outputs.items()}}


def messages(policy: str, resource: Resource, **config: object) -> list[str]:
    rule = next(rule for rule in RULES if rule.name == policy)
    built_in = {name: option.default for name, option in rule.options.items()}
    return list(rule.check(resource, built_in | config))
