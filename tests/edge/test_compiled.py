"""From the section `edge` of a definition to what the Worker does, in front of the local Cloudflare's gateway."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest

from cfaig.checks import check_gateways
from cfaig.convert.convert import convert
from cfaig.definition.load import load_text
from cfaig.state.compile import compile_gateway
from cfaig.state.edge_bindings import rule_bindings
from tests.edge.workerd import serving
from tests.local.bodies import gateway_body
from tests.local.running import RunningCloudflare

TOKEN, KEY = "a-long-random-token-of-the-client", "sk-planted-provider-key"
CHAT = {"model": "openai/gpt-4o-mini", "messages": [{"role": "user", "content": "grüß dich"}]}
REJECTED = 60
DEFINITION = f"""
gateway: g
edge:
  hostname: ai.example.com
  auth: {{tokens: {{ci: {hashlib.sha256(TOKEN.encode()).hexdigest()}}}}}
  gateway_token: env://GATEWAY_TOKEN
  keys: {{openai: env://KEY}}
  explain: true
  rules:
    - name: who calls
      metadata: {{client: $client}}
      continue: true
    - name: chat
      match: {{path: /chat/completions, body: {{stream: {{$ne: true}}}}}}
      cache: {{ttl: 1h, key: [model, messages]}}
      timeout: 30s
""" + "".join(
    f"    - {{match: {{path: /no/{index}}}, reject: {{status: 403, message: {'not this one; ' * 10}no {index}}}}}\n"
    for index in range(REJECTED)
)


def bindings(definition: str, url: str) -> dict[str, str]:
    loaded = load_text(definition, "local")
    assert check_gateways(loaded, environ=None, environment="local") == ()
    state = compile_gateway(loaded.gateways[0]).edge
    assert state is not None
    return rule_bindings(state.rules, url)


@pytest.fixture(scope="module")
def gateway(local_cloudflare: RunningCloudflare) -> str:
    local_cloudflare.reset()
    local_cloudflare.result("POST", "/ai-gateway/gateways", gateway_body("g", authentication=True))
    return f"{local_cloudflare.root}/v1/{local_cloudflare.account}/g"


@pytest.fixture(scope="module")
def edge(
    gateway: str, local_cloudflare: RunningCloudflare, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[httpx.Client]:
    texts = bindings(DEFINITION, gateway)
    assert list(texts) == ["RULES", "RULES_2", "RULES_3"]
    secrets = {"GATEWAY_TOKEN": local_cloudflare.run_token, "KEY_OPENAI": KEY}
    with (
        serving(tmp_path_factory.mktemp("edge"), texts, secrets) as url,
        httpx.Client(base_url=url, trust_env=False, timeout=60) as client,
    ):
        yield client


def call(edge: httpx.Client, body: Any, path: str = "/chat/completions", token: str = TOKEN) -> httpx.Response:
    return edge.post(path, json=body, headers={"Authorization": f"Bearer {token}"})


def test_an_unrelated_field_of_the_body_makes_no_other_request(edge: httpx.Client) -> None:
    first = call(edge, CHAT)
    assert (first.status_code, first.headers["cf-aig-cache-status"]) == (200, "MISS"), first.text
    assert first.headers["cfaig-edge-rules"] == "who calls, chat"
    again = call(edge, {"user": "somebody else", **CHAT})
    assert again.headers["cf-aig-cache-status"] == "HIT"
    assert again.json() == first.json()
    other = call(edge, {**CHAT, "messages": [{"role": "user", "content": "adieu"}]})
    assert other.headers["cf-aig-cache-status"] == "MISS"


def test_only_clients_with_a_token_get_through(edge: httpx.Client, gateway: str) -> None:
    refused = call(edge, CHAT, token="wrong")
    assert (refused.status_code, refused.json()["error"][0]["code"]) == (401, 6001)
    assert httpx.post(f"{gateway}/compat/chat/completions", json=CHAT, trust_env=False).status_code == 401


@pytest.mark.parametrize("index", [0, REJECTED - 1])
def test_rules_in_every_binding_are_followed(edge: httpx.Client, index: int) -> None:
    answer = call(edge, {}, f"/no/{index}")
    assert (answer.status_code, answer.json()["error"][0]["code"]) == (403, 6010)
    assert answer.json()["error"][0]["message"].endswith(f"no {index}")


def test_the_example_of_an_older_system_behaves_as_it_promises(gateway: str, tmp_path: Path) -> None:
    sample = Path(__file__).parents[1] / "convert" / "samples" / "rules-caching.json"
    found = convert(sample.read_bytes(), sample)
    headers = {"Authorization": f"Bearer {KEY}", "cf-aig-authorization": "Bearer local-run-token"}
    folder = tmp_path / "edge"
    folder.mkdir()
    with serving(folder, bindings(found.text, gateway), {}) as url:

        def status(path: str, body: Any) -> tuple[int, str]:
            answer = httpx.post(url + path, json=body, headers=headers, trust_env=False, timeout=60)
            return answer.status_code, answer.headers.get("cf-aig-cache-status", "")

        body = {**CHAT, "messages": [{"role": "user", "content": "older"}]}
        assert [status("/chat/completions", body | {"user": user})[1] for user in ("a", "b")] == ["MISS", "HIT"]
        text = {"model": "text-embedding-3-small", "input": "x"}
        assert [status("/openai/v1/embeddings", text | {"user": user})[1] for user in ("a", "b")] == ["MISS", "HIT"]
        moderated = [status("/openai/v1/moderations", {"input": "x"}) for _ in range(2)]
        assert "HIT" not in {cached for _, cached in moderated}
    assert json.loads(sample.read_text())["rules"][0]["cache"]["key"] == ["model", "messages"]
