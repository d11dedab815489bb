"""Sealing what an import left in clear text in the state: nobody has told the engine yet which values are secret."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any, Final

from cfaig.deploy.types import Type

# How Pulumi marks a special value in its state, and a secret among them.
MARK: Final = "4dabf18193072939515e22adb298388d"
SECRET: Final = "1b47061264138c4ac30d75fd1eb44270"  # noqa: S105 (a mark, no secret)


def is_sealed(value: object) -> bool:
    """Whether a value of the state is a secret."""
    return isinstance(value, Mapping) and value.get(MARK) == SECRET


def sealed_deployment(deployment: Mapping[str, Any]) -> dict[str, Any]:
    """`deployment` with the headers of exporters and the key for Stripe marked secret, for the engine to encrypt."""
    resources = [
        {**item, **{side: _sealed(item[side]) for side in ("inputs", "outputs") if item.get(side)}}
        if item.get("type") == Type.GATEWAY
        else item
        for item in deployment.get("resources") or ()
    ]
    return {**deployment, "resources": resources}


def _sealed(properties: Mapping[str, Any]) -> dict[str, Any]:
    result = dict(properties)
    if isinstance(exporters := result.get("otels"), list):
        result["otels"] = [_exporter(item) for item in exporters]
    stripe = result.get("stripe")
    if isinstance(stripe, Mapping) and not is_sealed(stripe):
        result["stripe"] = {**stripe, "authorization": _secret(stripe.get("authorization"))}
    return result


def _exporter(exporter: Any) -> Any:
    if not isinstance(exporter, Mapping) or is_sealed(exporter):
        return exporter
    result = dict(exporter)
    if isinstance(headers := result.get("headers"), Mapping) and not is_sealed(headers):
        result["headers"] = {name: _secret(value) for name, value in headers.items()}
    if "authorization" in result:
        result["authorization"] = _secret(result["authorization"])
    return result


def _secret(value: Any) -> Any:
    return {MARK: SECRET, "plaintext": json.dumps(value)} if isinstance(value, str) else value
