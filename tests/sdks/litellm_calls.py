"""LiteLLM as it is, in a process of its own, because it takes seconds to load and warns as it does. Prints JSON."""

from __future__ import annotations

import json
import sys
from typing import Any

import litellm
from litellm.router import Router

HELLO = [{"role": "user", "content": "hello"}]


def said(**call: Any) -> str:
    answer: Any = litellm.completion(messages=HELLO, **call)
    return str(answer.choices[0].message.content)


def main(url: str, token: str) -> dict[str, Any]:
    compat = {"api_base": f"{url}/compat", "api_key": token}
    route: dict[str, Any] = {"model": "openai/dynamic/chat", "num_retries": 0, **compat}
    told: dict[str, Any] = {"route": said(**route)}
    stream: Any = litellm.completion(**route, messages=HELLO, stream=True)
    told["stream"] = [chunk.choices[0].delta.content or "" for chunk in stream]
    headers = {"cf-aig-cache-key": "litellm"}
    cached: list[Any] = [litellm.completion(**route, messages=HELLO, extra_headers=headers) for _ in range(2)]
    told["cache"] = [answer._response_headers["cf-aig-cache-status"] for answer in cached]
    authorization = {"cf-aig-authorization": f"Bearer {token}"}
    claude = {"model": "anthropic/claude-sonnet-5", "api_base": f"{url}/anthropic", "api_key": "sk-own"}
    told["anthropic"] = said(**claude, extra_headers=authorization)
    down = {"model": "openai/down", "api_base": f"{url}/openai", "api_key": "sk-own", "extra_headers": authorization}
    models = [
        {"model_name": "first", "litellm_params": down},
        {"model_name": "second", "litellm_params": {"model": "openai/dynamic/chat", **compat}},
    ]
    router = Router(model_list=models, fallbacks=[{"first": ["second"]}], num_retries=0)
    answer: Any = router.completion(model="first", messages=HELLO)
    told["fallback"] = answer.choices[0].message.content
    return told


if __name__ == "__main__":
    sys.stdout.write(json.dumps(main(*sys.argv[1:])))
