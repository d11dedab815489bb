"""`cloudflare:index/workersScript:WorkersScript` and `…/workersCustomDomain:WorkersCustomDomain`.

The requests are those of the official plugin (facts/official-plugin.md, "Worker and secrets resources"). Only the
inputs that an edge needs are known; others are refused, not dropped, since nobody has seen what becomes of them.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Mapping, Sequence
from typing import Any, Final

from cfaig.errors import CfaigError
from cfaig.local.standin.client import Client, Form, RequestError
from cfaig.local.standin.gateway import NOT_FOUND_WARNING
from cfaig.provider.fields import Field
from cfaig.provider.kind import Found, Kind, Made
from cfaig.provider.values import Properties, Unknown

MODULE_TYPE: Final = "application/javascript+module"
_ACCOUNT: Final = Field("accountId", "string", "The account.", required=True, replaces=True)
_WIRE_NAMES: Final = {"storeId": "store_id", "secretName": "secret_name"}
_BINDINGS: Final[Mapping[str, str]] = {
    "json": "json",
    "plain_text": "text",
    "secret_text": "text",
    "secrets_store_secret": "secretName",
}
_SECRET_TEXT: Final = "secret_text"  # noqa: S105 (the name of a type)
_DOMAINS: Final = ("workers", "domains")
_DOMAIN_INPUTS: Final = {"hostname": "hostname", "service": "service", "zoneId": "zone_id"}


def _binding_problem(bindings: Sequence[Any]) -> str | None:
    for binding in bindings:
        if isinstance(binding, Unknown):
            continue
        kind = str(binding.get("type")) if isinstance(binding, Mapping) else ""
        if kind not in _BINDINGS:
            return f"has a binding of a type that the stand-in does not know: {', '.join(_BINDINGS)}"
        if "name" not in binding or _BINDINGS[kind] not in binding:
            return f"has a binding without its name or its {_BINDINGS[kind]}"
    return None


class _OfAccount(Kind):
    """What the two have in common: `warn` tells the user something that is no failure."""

    def __init__(self, client: Client, warn: Callable[[str], None]) -> None:
        self._client = client
        self._warn = warn

    def _found(self, ask: Callable[[], Any], *, importing: bool) -> Any:
        """What the API answers; None, and a word to the user, for what is gone."""
        try:
            return ask()
        except RequestError as failure:
            if failure.status != 404:
                raise
        if not importing:
            self._warn(NOT_FOUND_WARNING)
        return None


class WorkersScript(_OfAccount):
    """A Worker of one module with its bindings."""

    token = "cloudflare:index/workersScript:WorkersScript"  # noqa: S105 (the name of a type)
    description = "A Worker."
    inputs = (
        _ACCOUNT,
        Field("scriptName", "string", "The Worker's name.", required=True, replaces=True),
        Field("content", "string", "The code of its module.", required=True),
        Field("mainModule", "string", "The module's name.", required=True),
        Field("compatibilityDate", "string", "The day whose behaviour of the runtime it wants."),
        Field("bindings", "array", "What it can reach.", problem=_binding_problem),
    )
    outputs = (
        Field("etag", "string", "What changes with the code."),
        Field("createdOn", "string", "When it was made."),
        Field("modifiedOn", "string", "When it was changed."),
    )
    updated_outputs = ("etag", "modifiedOn")

    def create(self, inputs: Properties) -> Made:
        """PUT; a Worker of this name that is there already becomes this one."""
        return Made(inputs["scriptName"], self._put(inputs))

    def read(self, identity: str, inputs: Properties, outputs: Properties) -> Found | None:
        """GET; an import (no outputs yet) names the Worker `<account_id>/<script_name>`."""
        importing = not outputs
        account, name = _import_id(identity, "script_name") if importing else (str(outputs["accountId"]), identity)
        settings = self._found(
            lambda: self._client.result("GET", account, *_script(name), "settings"), importing=importing
        )
        if settings is None:
            return None
        now: Properties = {
            **inputs,
            "accountId": account,
            "scriptName": name,
            "content": self._client.text(account, *_script(name)),
            "bindings": _read_bindings(settings.get("bindings") or (), outputs.get("bindings") or ()),
        }
        if date := settings.get("compatibility_date"):
            now["compatibilityDate"] = date
        return Found(name, now, {**outputs, **now})

    def update(self, identity: str, old_inputs: Properties, old_outputs: Properties, inputs: Properties) -> Properties:  # noqa: ARG002
        """PUT."""
        return self._put(inputs)

    def delete(self, identity: str, inputs: Properties, outputs: Properties) -> None:  # noqa: ARG002
        """DELETE; a Worker that is gone already is an error."""
        self._client.result("DELETE", outputs["accountId"], *_script(identity))

    def _put(self, inputs: Properties) -> Properties:
        answer = self._client.result("PUT", inputs["accountId"], *_script(inputs["scriptName"]), body=_upload(inputs))
        told = {"etag": answer.get("etag"), "createdOn": answer.get("created_on")}
        return {**inputs, **told, "modifiedOn": answer.get("modified_on")}


class WorkersCustomDomain(_OfAccount):
    """A host name that leads to a Worker. What the official plugin changes in place was not seen: here, nothing."""

    token = "cloudflare:index/workersCustomDomain:WorkersCustomDomain"  # noqa: S105 (the name of a type)
    description = "A host name of a Worker."
    inputs = (
        _ACCOUNT,
        Field("hostname", "string", "The host name.", required=True, replaces=True),
        Field("service", "string", "The Worker's name.", required=True, replaces=True),
        Field("zoneId", "string", "The zone of the host name.", replaces=True),
    )
    outputs = (
        Field("zoneName", "string", "The zone's name."),
        Field("certId", "string", "The certificate."),
    )

    def create(self, inputs: Properties) -> Made:
        """PUT."""
        body = {wire: inputs[name] for name, wire in _DOMAIN_INPUTS.items() if name in inputs}
        answer = self._client.result("PUT", inputs["accountId"], *_DOMAINS, body=body)
        return Made(str(answer["id"]), inputs | _domain(answer))

    def read(self, identity: str, inputs: Properties, outputs: Properties) -> Found | None:
        """GET; an import (no outputs yet) names the domain `<account_id>/<domain_id>`."""
        importing = not outputs
        account, domain = _import_id(identity, "domain_id") if importing else (str(outputs["accountId"]), identity)
        answer = self._found(lambda: self._client.result("GET", account, *_DOMAINS, domain), importing=importing)
        if answer is None:
            return None
        state = {"accountId": account, **_domain(answer)}
        given = {"accountId", *_DOMAIN_INPUTS} if importing else inputs.keys()
        return Found(domain, {name: value for name, value in state.items() if name in given}, state)

    def delete(self, identity: str, inputs: Properties, outputs: Properties) -> None:  # noqa: ARG002
        """DELETE; a domain that is gone already is an error."""
        self._client.result("DELETE", outputs["accountId"], *_DOMAINS, identity)


def _script(name: str) -> tuple[str, ...]:
    return "workers", "scripts", name


def _domain(answer: Mapping[str, Any]) -> Properties:
    told = {name: answer.get(wire) for name, wire in _DOMAIN_INPUTS.items()}
    return {**told, "zoneName": answer.get("zone_name"), "certId": answer.get("cert_id")}


def _upload(inputs: Properties) -> Form:
    """The form of a Worker; the same inputs make the same bytes."""
    name = str(inputs["mainModule"])
    metadata: dict[str, Any] = {
        "bindings": [_wire_binding(binding) for binding in inputs.get("bindings") or ()],
        "logpush": False,
        "main_module": name,
        "usage_model": "standard",
    }
    if date := inputs.get("compatibilityDate"):
        metadata["compatibility_date"] = date
    text = json.dumps(metadata, sort_keys=True, separators=(",", ":")).encode()
    code = str(inputs["content"]).encode()
    boundary = hashlib.sha256(text + code).hexdigest()
    parts = (
        (f'name="{name}"; filename="{name}"', MODULE_TYPE, code),
        ('name="metadata"', "application/json", text),
    )
    body = b"".join(
        f"--{boundary}\r\nContent-Disposition: form-data; {said}\r\nContent-Type: {kind}\r\n\r\n".encode()
        + content
        + b"\r\n"
        for said, kind, content in parts
    )
    return Form(f"multipart/form-data; boundary={boundary}", body + f"--{boundary}--\r\n".encode())


def _wire_binding(binding: Mapping[str, Any]) -> dict[str, Any]:
    wire = {_WIRE_NAMES.get(name, name): value for name, value in binding.items() if value is not None}
    return {**wire, "json": json.loads(wire["json"])} if "json" in wire else wire


def _read_bindings(live: Sequence[Mapping[str, Any]], known: Sequence[Mapping[str, Any]]) -> list[Mapping[str, Any]]:
    """The bindings of a Worker after a look at it, as the official plugin has them, which trusts what it wrote itself.

    Of those that it knows only secrets are looked for, to be dropped where they are gone: their values are never told.
    What somebody else has made of the others is not seen. Those that it does not know are added, but not secrets.
    Source: `UpdateSecretTextsFromState` in internal/services/workers_script/custom.go of the Terraform provider that
    the plugin is made from.
    """
    there = {_kind_and_name(binding) for binding in live}
    ours = {_kind_and_name(binding) for binding in known}
    kept = (one for one in known if one["type"] != _SECRET_TEXT or _kind_and_name(one) in there)
    added = (one for one in live if one["type"] != _SECRET_TEXT and _kind_and_name(one) not in ours)
    return [*kept, *(_read_binding(binding) for binding in added)]


def _kind_and_name(binding: Mapping[str, Any]) -> tuple[str, str]:
    return str(binding["type"]), str(binding["name"])


def _read_binding(live: Mapping[str, Any]) -> dict[str, Any]:
    pulumi_names = {wire: name for name, wire in _WIRE_NAMES.items()}
    binding = {pulumi_names.get(name, name): value for name, value in live.items()}
    if "json" in binding:
        binding["json"] = json.dumps(binding["json"], sort_keys=True, separators=(",", ":"))
    return binding


def _import_id(identity: str, what: str) -> tuple[str, str]:
    account, slash, name = identity.partition("/")
    if not (account and slash and name) or "/" in name:
        raise CfaigError(f'invalid ID: expected urlencoded segments "<account_id>/<{what}>", got "{identity}"')
    return account, name
