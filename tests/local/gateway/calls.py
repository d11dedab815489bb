"""Calling a gateway of the local Cloudflare."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import httpx

from tests.local.running import RunningCloudflare

KEY = "sk-client-0123456789abcdef"


def chat(text: str = "hello", **more: Any) -> dict[str, Any]:
    return {"model": "gpt-4o-mini", "messages": [{"role": "user", "content": text}], **more}


@dataclass(frozen=True)
class Gateway:
    cloudflare: RunningCloudflare
    id: str

    @property
    def url(self) -> str:
        return f"{self.cloudflare.root}/v1/{self.cloudflare.account}/{self.id}"

    @property
    def websocket(self) -> str:
        return self.url.replace("http://", "ws://", 1)

    def post(
        self, path: str, body: object = None, headers: Mapping[str, str] | None = None, *, key: str | None = KEY
    ) -> httpx.Response:
        given = {"authorization": f"Bearer {key}"} if key else {}
        return self.cloudflare.client.post(f"{self.url}/{path}", json=body, headers={**given, **(headers or {})})

    def chat(self, body: Mapping[str, Any] | None = None, **headers: str) -> httpx.Response:
        """A call of OpenAI; `cf_aig_skip_cache` is a header."""
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        return self.post("openai/chat/completions", body or chat(), named)

    def route(self, name: str, elements: Sequence[Mapping[str, Any]]) -> str:
        """Make a route; its id."""
        body = {"name": name, "elements": elements}
        return str(self.cloudflare.result("POST", f"/ai-gateway/gateways/{self.id}/routes", body)["id"])

    def dynamic(self, name: str, **more: Any) -> httpx.Response:
        """Call a route as the OpenAI SDK does."""
        return self.post("compat/chat/completions", chat(**more) | {"model": f"dynamic/{name}"}, key=None)

    def script(self, *rules: Mapping[str, Any]) -> None:
        """What the scripted providers shall do."""
        self.cloudflare.control("PUT", "upstreams", list(rules))

    def logs(self, **query: str) -> list[dict[str, Any]]:
        answer = self.cloudflare.call("GET", f"/ai-gateway/gateways/{self.id}/logs?{httpx.QueryParams(query)}")
        assert answer.status_code == 200, answer.text
        found: list[dict[str, Any]] = answer.json()["result"]
        return found


def said(answer: httpx.Response) -> str:
    assert answer.status_code == 200, answer.text
    return str(answer.json()["choices"][0]["message"]["content"])
