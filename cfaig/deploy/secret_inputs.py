"""Secret references in inputs, replaced by their values, which Pulumi seals in its state."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

import pulumi

from cfaig.json_types import Json, JsonObject
from cfaig.secrets import Resolver, is_reference


def sealed(text: str, resolver: Resolver, used_by: str) -> pulumi.Input[str]:
    """The value of a reference, marked secret; other text as it is.

    Raises CfaigError when the secret is not there.
    """
    return pulumi.Output.secret(resolver.value(text, used_by)) if is_reference(text) else text


def seal_settings(inputs: JsonObject, resolver: Resolver, gateway: str) -> tuple[dict[str, Any], list[str]]:
    """A gateway's inputs with the values of its references, and the names of the inputs that hold any.

    Raises CfaigError when a secret is not there.
    """
    sealed_inputs: dict[str, Any] = dict(inputs)
    exporters = inputs.get("otels")
    if isinstance(exporters, (list, tuple)):
        sealed_inputs["otels"] = [_seal_exporter(item, resolver, gateway) for item in exporters]
    stripe = inputs.get("stripe")
    if isinstance(stripe, Mapping):
        authorization = sealed(str(stripe["authorization"]), resolver, f"stripe of gateway {gateway}")
        sealed_inputs["stripe"] = {**stripe, "authorization": authorization}
    holders = [name for name in ("otels", "stripe") if _holds_reference(inputs.get(name))]
    return sealed_inputs, holders


def _seal_exporter(exporter: Json, resolver: Resolver, gateway: str) -> Any:
    if not isinstance(exporter, Mapping):
        return exporter
    used_by = f"the OpenTelemetry exporter {exporter.get('url')} of gateway {gateway}"
    result: dict[str, Any] = dict(exporter)
    headers = exporter.get("headers")
    if isinstance(headers, Mapping):
        result["headers"] = {name: sealed(str(value), resolver, used_by) for name, value in headers.items()}
    if authorization := exporter.get("authorization"):
        result["authorization"] = sealed(str(authorization), resolver, used_by)
    return result


def _holds_reference(value: Json) -> bool:
    if isinstance(value, str):
        return is_reference(value)
    if isinstance(value, Mapping):
        return any(_holds_reference(item) for item in value.values())
    return isinstance(value, (list, tuple)) and any(_holds_reference(item) for item in value)


def seal_headers(headers: JsonObject, resolver: Resolver, used_by: str) -> pulumi.Input[str]:
    """A custom provider's headers as the JSON text that the API wants, secret as a whole if any of them is.

    Headers without a reference stay readable, so that the policies can find a key written in clear text.
    Raises CfaigError when a secret is not there.
    """
    values = {
        name: resolver.value(str(value), used_by) if is_reference(str(value)) else str(value)
        for name, value in headers.items()
    }
    text = json.dumps(values, sort_keys=True)
    return pulumi.Output.secret(text) if _holds_reference(headers) else text
