"""`CustomProvider`: a provider of the account's own, by its address. Source: facts/ai-gateway.md 4.7."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from typing import Any, Final
from urllib.parse import quote

from cfaig.live.api import ApiError
from cfaig.live.wire import truth
from cfaig.provider.fields import Field
from cfaig.provider.kind import Found, Kind, Made
from cfaig.provider.resources.access import ACCOUNT, Access, split_id
from cfaig.provider.values import Properties

ID_SHAPE: Final = "<account>/<provider id or slug>"
_WIRE_NAMES: Final[Mapping[str, str]] = {
    "name": "name",
    "baseUrl": "base_url",
    "description": "description",
    "link": "link",
    "enable": "enable",
    "beta": "beta",
    "headers": "headers",
    "curlExample": "curl_example",
    "jsExample": "js_example",
    "position": "position",
}
_FLAGS: Final = frozenset({"enable", "beta"})


def _slug_problem(slug: str) -> str | None:
    return None if re.fullmatch(r"[a-zA-Z0-9_-]+", slug) else "may hold letters, digits, - and _ only"


def _url_problem(url: str) -> str | None:
    return None if url.startswith("https://") else "must begin with https://"


def _headers_problem(text: str) -> str | None:
    try:
        headers = json.loads(text)
    except ValueError:
        return "must be a JSON text"
    if not isinstance(headers, dict) or not all(isinstance(value, str) for value in headers.values()):
        return "must be a JSON object of texts"
    return None if len(text) <= 8192 else "must not be longer than 8192 characters"


class CustomProvider(Kind):
    """A custom provider; everything but its slug changes in place."""

    token = "cfaig:index:CustomProvider"  # noqa: S105 (a type token)
    description = "A model provider of your own, known by its address."
    inputs = (
        ACCOUNT,
        Field(
            "slug",
            "string",
            "Its name in URLs and models, without custom-.",
            True,
            replaces=True,
            problem=_slug_problem,
        ),
        Field("name", "string", "Its name for people.", required=True),
        Field("baseUrl", "string", "Its address, https only.", required=True, problem=_url_problem),
        Field("description", "string", "What it is."),
        Field("link", "string", "Where to read about it."),
        Field("enable", "boolean", "Whether it can be used.", default=False),
        Field("beta", "boolean", "Whether it is marked as beta.", default=False),
        Field("headers", "string", "Headers to send to it: a JSON object.", secret=True, problem=_headers_problem),
        Field("curlExample", "string", "An example for curl."),
        Field("jsExample", "string", "An example for JavaScript."),
        Field("position", "integer", "Its place in lists."),
    )
    outputs = (Field("providerId", "string", "Its id, which stays."),)

    def __init__(self, access: Access) -> None:
        self._access = access

    def create(self, inputs: Properties) -> Made:
        """POST; one of that slug is brought to these settings instead."""
        account = inputs["accountId"]
        body = {"slug": inputs["slug"]} | {name: value for name, value in _body(inputs).items() if value is not None}
        provider, existed = self._access.make(
            lambda: self._access.api.result("POST", _path(account), body=body),
            lambda: self._with_slug(account, inputs["slug"]),
        )
        if existed:
            self._access.api.request("PATCH", f"{_path(account)}/{provider['id']}", body=_body(inputs))
        return Made(f"{account}/{provider['id']}", inputs | {"providerId": provider["id"]})

    def read(self, identity: str, inputs: Properties, outputs: Properties) -> Found | None:  # noqa: ARG002
        """GET by id, at an import also by slug."""
        account, key = split_id(identity, ID_SHAPE)
        provider = self._get(account, key) or (None if inputs else self._with_slug(account, key))
        if provider is None:
            return None
        found: Properties = {"accountId": account, "slug": provider["slug"]}
        for name, wire in _WIRE_NAMES.items():
            value = truth(provider.get(wire)) if name in _FLAGS else provider.get(wire)
            if value not in (None, ""):
                found[name] = value
        if _same_headers(inputs.get("headers"), provider):
            found["headers"] = inputs.get("headers")
        return Found(f"{account}/{provider['id']}", found, found | {"providerId": provider["id"]})

    def update(self, identity: str, old_inputs: Properties, old_outputs: Properties, inputs: Properties) -> Properties:  # noqa: ARG002
        """PATCH with every field, so that those no longer given are cleared."""
        account, key = split_id(identity, ID_SHAPE)
        self._access.api.request("PATCH", f"{_path(account)}/{quote(key, safe='')}", body=_body(inputs))
        return inputs | {"providerId": key}

    def delete(self, identity: str, inputs: Properties, outputs: Properties) -> None:  # noqa: ARG002
        """DELETE; gone already is fine."""
        account, key = split_id(identity, ID_SHAPE)
        try:
            self._access.api.request("DELETE", f"{_path(account)}/{quote(key, safe='')}")
        except ApiError as error:
            if not error.gone:
                raise

    def _get(self, account: str, key: str) -> Mapping[str, Any] | None:
        try:
            provider: Mapping[str, Any] = self._access.api.result("GET", f"{_path(account)}/{quote(key, safe='')}")
        except ApiError as error:
            if error.gone:
                return None
            raise
        return provider

    def _with_slug(self, account: str, slug: str) -> Mapping[str, Any] | None:
        listed = self._access.api.pages(_path(account))
        return next((provider for provider in listed if provider["slug"] == slug), None)


def _path(account: str) -> str:
    return f"/accounts/{quote(account, safe='')}/ai-gateway/custom-providers"


def _body(inputs: Properties) -> dict[str, Any]:
    return {wire: inputs.get(name) for name, wire in _WIRE_NAMES.items()}


def _same_headers(given: str | None, provider: Mapping[str, Any]) -> bool:
    """Whether the live headers are those given; an answer without headers does not tell, so they count as the same."""
    if "headers" not in provider:
        return True
    live = provider["headers"]
    try:
        return given is not None and bool(json.loads(given) == (json.loads(live) if isinstance(live, str) else live))
    except ValueError:
        return False
