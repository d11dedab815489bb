"""From a request of a scenario to the call that a client would make."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any, Final

from cfaig.definition.catalog import PROVIDER_SLUGS
from cfaig.json_types import Json
from cfaig.runtime.model import Call
from cfaig.scenarios.model import Request, Token

ACCOUNT: Final = "scenarios"
TOKEN: Final = "a-valid-gateway-token"  # noqa: S105 (opens nothing but a scenario's own gateway)
_OTHER_TOKENS: Final[Mapping[Token, str | None]] = {"wrong": "a-wrong-token", "none": None}
_USER_AGENT: Final = "cfaig-scenario"
_MAX_TOKENS: Final = 1024


def call_of(request: Request, gateway: str, number: int = 1, valid: str = TOKEN) -> Call:
    """The call with this number (from 1) of a request that is sent `times`; `valid` is the token of who may call."""
    path, body = _target(request)
    token = _OTHER_TOKENS.get(request.token, valid)
    headers = {
        "content-type": "application/json",
        "user-agent": _USER_AGENT,
        "cf-aig-authorization": f"Bearer {token}" if token else None,
        **request.headers,
    }
    path, _, query = path.partition("?")
    return Call(
        ACCOUNT,
        gateway,
        _numbered(path, number),
        _numbered(_encoded(body), number).encode() if request.method == "POST" or body else b"",
        {name: _numbered(value, number) for name, value in headers.items() if value is not None},
        request.method,
        _numbered(query, number),
    )


def inner_call(method: str, target: str, headers: Mapping[str, str], body: bytes) -> Call:
    """The call that an edge makes: `target` is path and query at Cloudflare's own host."""
    path, _, query = target.partition("?")
    _, _, account, gateway, rest = (*path.split("/", 4), "")[:5]
    return Call(account, gateway, rest, body, headers, method, query)


def _encoded(body: Json) -> str:
    return body if isinstance(body, str) else json.dumps(body, ensure_ascii=False)


def _numbered(text: str, number: int) -> str:
    return text.replace("{n}", str(number))


def _target(request: Request) -> tuple[str, Json]:
    """Path and body, before the numbers go in."""
    if request.path is not None:
        return request.path, request.body if request.body is not None else {}
    if request.route is not None:
        path, body = "compat/chat/completions", _chat(f"dynamic/{request.route}", request)
    else:
        path, body = _native(request)
    if request.stream and "streamGenerateContent" not in path:
        body["stream"] = True
    if request.body is None:
        return path, body
    return path, {**body, **request.body} if isinstance(request.body, Mapping) else request.body


def _native(request: Request) -> tuple[str, dict[str, Any]]:
    """A chat with one model at the provider's own endpoint. Source: facts/ai-gateway.md 6.3 and 8."""
    provider, model, messages = str(request.provider), str(request.model), _messages(request)
    if provider == "anthropic":
        return "anthropic/v1/messages", {"model": model, "max_tokens": _MAX_TOKENS, "messages": messages}
    if provider == "google-ai-studio":
        verb = "streamGenerateContent?alt=sse" if request.stream else "generateContent"
        contents = [{"role": "user", "parts": [{"text": message["content"]}]} for message in messages]
        return f"google-ai-studio/v1beta/models/{model}:{verb}", {"contents": contents}
    if provider == "workers-ai":
        return f"workers-ai/{model}", {"messages": messages}
    chat = _chat(model, request)
    if provider not in PROVIDER_SLUGS:
        # A custom provider's base URL is its root, without the version: facts/ai-gateway.md 4.7.
        return f"custom-{provider.removeprefix('custom-')}/v1/chat/completions", chat
    return f"{provider}/chat/completions", chat


def _chat(model: str, request: Request) -> dict[str, Any]:
    return {"model": model, "messages": _messages(request)}


def _messages(request: Request) -> list[Any]:
    if isinstance(request.messages, str):
        return [{"role": "user", "content": request.messages}]
    return list(request.messages)
