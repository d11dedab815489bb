"""From what a client asks the gateway to the address at the provider."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final
from urllib.parse import parse_qsl, urlencode

from cfaig.definition.catalog import CUSTOM_PREFIX
from cfaig.runtime.errors import invalid_provider
from cfaig.runtime.providers.catalog import APIS, BEARER, KeyPlace, ProviderApi
from cfaig.state.model import CustomProviderState

# A label of a host name: what comes out of a path must not lead to another host.
_LABEL: Final = re.compile(r"[A-Za-z0-9](?:[A-Za-z0-9-]*[A-Za-z0-9])?")
_VERSION: Final = re.compile(r"v\d+[a-z0-9]*(?:/|$)")

# Realtime endpoints have names of their own (facts/ai-gateway.md 6.6).
_REALTIME_SLUGS: Final[Mapping[str, str]] = {"google": "google-ai-studio"}


@dataclass(frozen=True, slots=True)
class Target:
    """Where a request goes, where its key goes, and the headers that a custom provider adds to each request."""

    slug: str
    url: str
    key: KeyPlace
    headers: Mapping[str, str] = field(default_factory=dict)


def native_target(slug: str, path: str, query: str, custom: CustomProviderState | None, *, account: str) -> Target:
    """The target of a request in the provider's own format: `<slug>/<path>?<query>`.

    `slug` is the wire slug; `custom` the custom provider that it names, if it names one. Raises a Fault.
    """
    path = path.lstrip("/")
    if slug.startswith(CUSTOM_PREFIX):
        base, headers = _custom(slug, custom)
        return Target(slug, _with_query(_joined(base, path), query), BEARER, headers)
    api = _api(slug)
    return Target(slug, _with_query(_native_url(slug, api, path, account), query), api.key)


def compat_target(slug: str, custom: CustomProviderState | None, *, account: str) -> Target:
    """The provider's own OpenAI-compatible chat/completions endpoint.

    A custom provider is asked at `<base_url>/v1/chat/completions`: its base_url is the root of its API. Raises a
    Fault, also for a provider that has no such endpoint.
    """
    if slug.startswith(CUSTOM_PREFIX):
        base, headers = _custom(slug, custom)
        return Target(slug, _joined(base, "v1/chat/completions"), BEARER, headers)
    api = _api(slug)
    if api.compat is None:
        raise invalid_provider(slug, f"{slug} has no OpenAI-compatible chat/completions endpoint that is known here")
    return Target(slug, api.compat.format(account=account), BEARER)


def realtime_target(name: str, path: str, query: str, *, account: str) -> Target:
    """The WebSocket of a realtime provider: `<name>/<path>?<query>` (facts/ai-gateway.md 6.6).

    Raises a Fault for a provider without one.
    """
    slug = _REALTIME_SLUGS.get(name, name)
    api = _api(slug)
    if api.realtime is None:
        raise invalid_provider(name, f"{name} has no realtime WebSocket that is known here")
    url = api.realtime.format(account=account)
    parameters = parse_qsl(query, keep_blank_values=True)
    if slug == "workers-ai":
        model = dict(parameters).get("model") or path
        url, parameters = f"{url}/{model}", [pair for pair in parameters if pair[0] != "model"]
    elif path:
        url = _joined(url, path)
    if slug == "google-ai-studio":
        parameters = [("key" if key == "api_key" else key, value) for key, value in parameters]
    return Target(slug, _with_query(url, urlencode(parameters)), api.key)


def _api(slug: str) -> ProviderApi:
    api = APIS.get(slug)
    if api is None:
        raise invalid_provider(slug)
    return api


def _custom(slug: str, custom: CustomProviderState | None) -> tuple[str, Mapping[str, str]]:
    name = slug.removeprefix(CUSTOM_PREFIX)
    if custom is None or custom.slug != name:
        raise invalid_provider(slug, f"the account has no custom provider {name}")
    if not custom.settings.get("enable"):
        raise invalid_provider(slug, f"the custom provider {name} is not enabled")
    headers = custom.settings.get("headers")
    added = headers if isinstance(headers, Mapping) else {}
    return str(custom.settings["base_url"]), {key.lower(): str(value) for key, value in added.items()}


def _native_url(slug: str, api: ProviderApi, path: str, account: str) -> str:
    if slug == "aws-bedrock":
        return _bedrock_url(path)
    if slug == "azure-openai":
        return _azure_url(api, path)
    if slug == "google-vertex-ai":
        return _vertex_url(api, path)
    if slug == "workers-ai":
        base = api.base.format(account=account)
        return _joined(base, path if _VERSION.match(path) or path.startswith("run/") else f"run/{path}")
    if api.version and not _VERSION.match(path):
        path = f"{api.version}/{path}"
    return _joined(api.base, path)


def _bedrock_url(path: str) -> str:
    """`bedrock-runtime/<region>/<rest>`; services beside the runtime (`bedrock-mantle`) have their own host."""
    service, _, rest = path.partition("/")
    region, _, rest = rest.partition("/")
    if service not in {"bedrock-runtime", "bedrock-mantle"} or not _LABEL.fullmatch(region):
        raise invalid_provider("aws-bedrock", "write aws-bedrock/bedrock-runtime/<region>/<path>")
    domain = "amazonaws.com" if service == "bedrock-runtime" else "api.aws"
    return _joined(f"https://{service}.{region}.{domain}", rest)


def _azure_url(api: ProviderApi, path: str) -> str:
    resource, _, rest = path.partition("/")
    deployment, _, rest = rest.partition("/")
    if not _LABEL.fullmatch(resource) or not deployment:
        raise invalid_provider("azure-openai", "write azure-openai/<resource>/<deployment>/<path>")
    return _joined(api.base.format(resource=resource, deployment=deployment), rest)


def _vertex_url(api: ProviderApi, path: str) -> str:
    """A location has a host of its own; `global` has the plain one."""
    location = re.search(r"/locations/([^/]+)/", path)
    if location is None or location[1] == "global" or not _LABEL.fullmatch(location[1]):
        return _joined(api.base, path)
    return _joined(api.base.replace("https://", f"https://{location[1]}-"), path)


def _joined(base: str, path: str) -> str:
    return f"{base.rstrip('/')}/{path}" if path else base


def _with_query(url: str, query: str) -> str:
    return f"{url}?{query}" if query else url
