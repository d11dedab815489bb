"""From a call to what it asks for: which providers or routes, in which order (facts/ai-gateway.md 6.1-6.5)."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Final

from cfaig.definition.catalog import CUSTOM_PREFIX
from cfaig.json_types import Json, JsonObject
from cfaig.runtime.errors import Fault, bad_format, invalid_input, invalid_provider, model_not_found
from cfaig.runtime.model import Call, Door
from cfaig.runtime.providers.models import model_of
from cfaig.runtime.providers.targets import Target, compat_target, native_target
from cfaig.runtime.settings import config_level
from cfaig.state.model import CustomProviderState, GatewayState, RouteState

COMPAT: Final = "compat"
CHAT: Final = "chat/completions"
DYNAMIC: Final = "dynamic/"
UNKNOWN: Final = "unknown"
WORKERS_AI: Final = "workers-ai"
CLOUDFLARE_MODEL: Final = "@cf/"

# Authors of the REST API that have another name as a provider (facts/ai-gateway.md 6.5).
AUTHORS: Final[Mapping[str, str]] = {"xai": "grok", "google": "google-ai-studio"}
# Where a provider serves OpenAI's responses, as a native path.
RESPONSES: Final[Mapping[str, str]] = {"openai": "v1/responses", "grok": "v1/responses", WORKERS_AI: "v1/responses"}


@dataclass(frozen=True, slots=True)
class Ask:
    """One request to one provider, before its credentials. `headers` are the client's, `endpoint` follows the slug.

    `body` is for the provider, `asked` is what the client wrote. `native` is in the provider's own format, where a
    client may choose among stored keys.
    """

    target: Target
    model: str | None
    endpoint: str
    body: bytes
    asked: bytes
    headers: Mapping[str, str]
    method: str = "POST"
    query: str = ""
    native: bool = False


@dataclass(frozen=True, slots=True)
class RouteAsk:
    """A chat completion for a dynamic route."""

    route: RouteState
    chat: JsonObject
    body: bytes
    headers: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Item:
    """One thing to try. `levels` are the headers that its settings come from, what wins first."""

    ask: Ask | RouteAsk
    levels: tuple[Mapping[str, str], ...]


@dataclass(frozen=True, slots=True)
class Doors:
    """Reads the calls of one gateway."""

    account: str
    gateway: GatewayState
    custom_provider: Callable[[str], CustomProviderState | None]

    def items(self, call: Call) -> tuple[Item, ...]:
        """What to try, in order: one thing, but for the universal endpoint.

        Raises Fault.
        """
        if call.door is Door.REST:
            return (Item(self._rest(call), (call.headers,)),)
        if not call.path:
            return self._universal(call)
        return (Item(self._provider(call.path, call.query, call.body, call.headers, call.method), (call.headers,)),)

    def chat(self, slug: str, model: str, chat: JsonObject, asked: bytes, headers: Mapping[str, str]) -> Ask:
        """A chat completion for one model, in OpenAI's format, at the provider's own endpoint for it.

        Raises Fault.
        """
        target = compat_target(slug, self._custom(slug), account=self.account)
        return Ask(target, model, CHAT, json_bytes({**chat, "model": model}), asked, headers)

    def _provider(self, path: str, query: str, body: bytes, headers: Mapping[str, str], method: str) -> Ask | RouteAsk:
        slug, _, endpoint = path.partition("/")
        if slug != COMPAT:
            return self._native(slug, endpoint, query, body, headers, method)
        if endpoint.rstrip("/") != CHAT or method != "POST":
            raise invalid_provider(COMPAT, f"POST {COMPAT}/{CHAT} is all there is under {COMPAT}")
        chat, model = _chat(body)
        if model.startswith(DYNAMIC):
            return self._route(model, chat, body, headers)
        slug, slash, name = model.partition("/")
        if not slash or not name:
            raise bad_format(f"write the model as <provider>/<model> or dynamic/<route>, not {model!r}")
        return self.chat(slug, name, chat, body, headers)

    def _native(
        self, slug: str, endpoint: str, query: str, body: bytes, headers: Mapping[str, str], method: str = "POST"
    ) -> Ask:
        target = native_target(slug, endpoint, query, self._custom(slug), account=self.account)
        model = model_of(slug, endpoint, body, query)
        return Ask(target, model, endpoint, body, body, headers, method, query, native=True)

    def _custom(self, slug: str) -> CustomProviderState | None:
        return self.custom_provider(slug.removeprefix(CUSTOM_PREFIX)) if slug.startswith(CUSTOM_PREFIX) else None

    def _route(self, model: str, chat: JsonObject, body: bytes, headers: Mapping[str, str]) -> RouteAsk:
        name = model.removeprefix(DYNAMIC)
        route = next((route for route in self.gateway.routes if route.name == name), None)
        if route is None:
            known = ", ".join(DYNAMIC + route.name for route in self.gateway.routes) or "it has none"
            raise model_not_found(model, f"the gateway {self.gateway.id} has no route {name}; routes: {known}")
        return RouteAsk(route, chat, body, headers)

    def _universal(self, call: Call) -> tuple[Item, ...]:
        try:
            listed = json.loads(call.body)
        except (ValueError, RecursionError):
            raise invalid_input("the universal endpoint takes a JSON array of requests") from None
        if call.method != "POST" or not isinstance(listed, list) or not listed:
            raise invalid_input("the universal endpoint takes a POST with a JSON array of requests")
        return tuple(self._universal_item(index, item, call.headers) for index, item in enumerate(listed))

    def _universal_item(self, index: int, item: Json, outer: Mapping[str, str]) -> Item:
        if not isinstance(item, Mapping) or not isinstance(item.get("provider"), str):
            raise invalid_input(f"item {index} of the universal endpoint names no provider")
        endpoint, own, config = item.get("endpoint", ""), item.get("headers") or {}, item.get("config") or {}
        if not isinstance(endpoint, str) or not isinstance(own, Mapping) or not isinstance(config, Mapping):
            raise invalid_input(f"item {index}: endpoint is text, headers and config are objects")
        headers = {"content-type": "application/json"} | {name.lower(): str(value) for name, value in own.items()}
        path, _, query = f"{item['provider']}/{endpoint.lstrip('/')}".partition("?")
        ask = self._provider(path, query, json_bytes(item.get("query")), headers, "POST")
        return Item(ask, (config_level(config), headers, outer))

    def _rest(self, call: Call) -> Ask | RouteAsk:
        if call.path == "run" or call.path.startswith("run/"):
            return self._run(call)
        endpoint = call.path.removeprefix("v1/")
        if call.method != "POST" or endpoint not in (CHAT, "responses", "messages"):
            raise invalid_input(f"there is no {call.method} ai/{call.path} here")
        body, model = _chat(call.body) if endpoint == CHAT else _modelled(call.body)
        if model.startswith(DYNAMIC) and endpoint == CHAT:
            return self._route(model, body, call.body, call.headers)
        slug, name = self._author(model)
        if endpoint == CHAT:
            return self.chat(slug, name, body, call.body, call.headers)
        native = RESPONSES.get(slug) if endpoint == "responses" else {"anthropic": "v1/messages"}.get(slug)
        if native is None:
            raise model_not_found(model, f"{slug} does not speak {endpoint}, and nothing is translated here")
        ask = self._native(slug, native, call.query, json_bytes({**body, "model": name}), call.headers)
        return Ask(ask.target, name, native, ask.body, call.body, call.headers)

    def _run(self, call: Call) -> Ask | RouteAsk:
        named = call.path.removeprefix("run").removeprefix("/")
        if named:
            return self._workers_ai(named, call.body, call)
        body, model = _modelled(call.body)
        given = body.get("input")
        options = body.get("options")
        if isinstance(options, Mapping) and options.get("background"):
            raise invalid_input("options.background is not imitated here")
        if not isinstance(given, Mapping):
            raise invalid_input("write the input of the model as an object: input")
        if model.startswith(DYNAMIC):
            return self._route(model, given, call.body, call.headers)
        if model.startswith(CLOUDFLARE_MODEL):
            return self._workers_ai(model, json_bytes(given), call)
        slug, name = self._author(model)
        return self.chat(slug, name, given, call.body, call.headers)

    def _workers_ai(self, model: str, body: bytes, call: Call) -> Ask:
        if not model.startswith(CLOUDFLARE_MODEL):
            raise model_not_found(model, "models in the path are @cf/…; write others as model in the body of ai/run")
        ask = self._native(WORKERS_AI, model, call.query, body, call.headers)
        return Ask(ask.target, model, model, body, call.body, call.headers)

    def _author(self, model: str) -> tuple[str, str]:
        """Slug and model of what the REST API calls `author/model` or `@cf/…`."""
        if model.startswith(CLOUDFLARE_MODEL):
            return WORKERS_AI, model
        author, _, name = model.partition("/")
        if not name or author in AUTHORS.values() or author == WORKERS_AI:
            raise model_not_found(model, "models are author/model here, such as openai/…, xai/…, google/…, or @cf/…")
        return AUTHORS.get(author, author), name


def gateway_id(call: Call) -> str:
    """Which gateway a call is for: at the REST API a header tells (facts/ai-gateway.md 6.5).

    Raises Fault for Cloudflare's own models without it.
    """
    if call.door is not Door.REST:
        return call.gateway or "default"
    told = call.headers.get("cf-aig-gateway-id")
    if not told and _names_cloudflare_model(call):
        raise invalid_input("@cf/ models need the header cf-aig-gateway-id to go through a gateway")
    return told or "default"


def labels(call: Call) -> tuple[str, str]:
    """Provider and model for the log of a call that went nowhere, as far as it names them."""
    slug, _, endpoint = call.path.partition("/")
    chatting = slug == COMPAT or call.door is Door.REST
    model = model_of("" if chatting else slug, endpoint, call.body, call.query) if call.path else None
    if not chatting:
        return slug or UNKNOWN, model or ""
    provider, slash, name = (model or "").partition("/")
    known = slash and not (model or "").startswith((DYNAMIC, CLOUDFLARE_MODEL))
    return (AUTHORS.get(provider, provider), name) if known else (UNKNOWN, model or "")


def json_bytes(value: Json) -> bytes:
    """A request body; in ASCII, so that whatever came in as JSON goes out as JSON."""
    return json.dumps(value, separators=(",", ":")).encode()


def _names_cloudflare_model(call: Call) -> bool:
    if call.path.startswith(f"run/{CLOUDFLARE_MODEL}"):
        return True
    return (model_of("", "", call.body) or "").startswith(CLOUDFLARE_MODEL)


def _chat(body: bytes) -> tuple[dict[str, Json], str]:
    try:
        chat, model = _modelled(body)
    except Fault as fault:
        raise bad_format(fault.description) from None
    if not isinstance(chat.get("messages"), list):
        raise bad_format("a chat completion has messages")
    return chat, model


def _modelled(body: bytes) -> tuple[dict[str, Json], str]:
    try:
        value = json.loads(body)
    except (ValueError, RecursionError):
        raise invalid_input("the body is not JSON") from None
    if not isinstance(value, dict) or not isinstance(model := value.get("model"), str):
        raise invalid_input("the body is no JSON object with a model")
    return value, model
