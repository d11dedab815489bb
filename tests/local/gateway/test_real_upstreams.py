"""Providers over real HTTP: what they are sent, and what becomes of what they send."""

from __future__ import annotations

import gzip
import json
import threading
from pathlib import Path

import httpx
import pytest

from cfaig.errors import CfaigError
from cfaig.local.gateway.addresses import address_of, in_words, read_addresses
from tests.local.bodies import CHAIN, gateway_body
from tests.local.gateway.calls import KEY, Gateway, chat, said
from tests.local.gateway.provider import Exchange, Provider, running_provider
from tests.local.running import running_cloudflare

STORED = "sk-stored-0123456789abcdef"
SECONDS = 30.0


def test_a_request_gets_there_as_it_was(gateway: Gateway, provider: Provider) -> None:
    answer = gateway.post("openai/v1/files/a%2Fb?purpose=x%20y", {"model": "m"}, {"x-own": "1", "cf-aig-event-id": "e"})
    assert answer.status_code == 200
    (asked,) = provider.asked
    assert (asked.method, asked.path) == ("POST", "/v1/files/a%2Fb?purpose=x%20y")
    assert asked.headers["x-own"] == "1"
    assert asked.headers["authorization"] == f"Bearer {KEY}"
    assert asked.headers["host"] == provider.url.removeprefix("http://")
    assert not [name for name in asked.headers if name.startswith("cf-")]
    assert json.loads(asked.body) == {"model": "m"}


def test_every_method_goes_through(gateway: Gateway, provider: Provider) -> None:
    for method in ("GET", "POST", "PUT", "DELETE"):
        answer = gateway.cloudflare.client.request(
            method, f"{gateway.url}/openai/v1/models", headers={"authorization": f"Bearer {KEY}"}
        )
        assert answer.status_code == 200
    assert [asked.method for asked in provider.asked] == ["GET", "POST", "PUT", "DELETE"]


def store_key(gateway: Gateway, alias: str, value: str) -> str:
    """Set a BYOK key up through the API, as a deployment does; the id of its config."""
    cloudflare = gateway.cloudflare
    stores = cloudflare.result("GET", "/secrets_store/stores")
    store = stores[0] if stores else cloudflare.result("POST", "/secrets_store/stores", {"name": "default"})
    cloudflare.result("PUT", "/ai-gateway/gateways/g", gateway_body(store_id=store["id"], cache_ttl=0))
    secret = {"name": f"g_openai_{alias}", "value": value, "scopes": ["ai_gateway"]}
    (made,) = cloudflare.result("POST", f"/secrets_store/stores/{store['id']}/secrets", [secret])
    config = {"provider_slug": "openai", "alias": alias, "default_config": alias == "default", "secret_id": made["id"]}
    return str(cloudflare.result("POST", "/ai-gateway/gateways/g/provider_configs", config)["id"])


def test_a_stored_key_reaches_the_provider_and_nobody_else(gateway: Gateway, provider: Provider) -> None:
    store_key(gateway, "default", STORED)
    store_key(gateway, "second", f"{STORED}-2")
    gateway.route("chat", CHAIN)
    token = {"cf-aig-authorization": f"Bearer {gateway.cloudflare.run_token}"}
    assert said(gateway.dynamic("chat")) == "real"
    assert said(gateway.post("openai/chat/completions", chat(), token, key=None)) == "real"
    alias = token | {"cf-aig-byok-alias": "second"}
    assert said(gateway.post("openai/chat/completions", chat(), alias, key=None)) == "real"
    keys = [asked.headers["authorization"].removeprefix("Bearer ") for asked in provider.asked]
    assert keys == [STORED, STORED, f"{STORED}-2"]
    unknown = gateway.post("openai/chat/completions", chat(), token | {"cf-aig-byok-alias": "third"}, key=None)
    assert (unknown.status_code, unknown.json()["error"][0]["code"]) == (400, 2040)
    assert [log["byok"] for log in gateway.logs()][1:] == [True, True, True]


def test_a_changed_secret_holds_for_the_next_call(gateway: Gateway, provider: Provider) -> None:
    store_key(gateway, "default", STORED)
    (store,) = gateway.cloudflare.result("GET", "/secrets_store/stores")
    (secret,) = gateway.cloudflare.result("GET", f"/secrets_store/stores/{store['id']}/secrets")
    assert said(gateway.post("openai/chat/completions", chat(), key=None))
    path = f"/secrets_store/stores/{store['id']}/secrets/{secret['id']}"
    gateway.cloudflare.result("PATCH", path, {"value": "sk-new-0123456789"})
    assert said(gateway.post("openai/chat/completions", chat(), key=None))
    assert provider.asked[-1].headers["authorization"] == "Bearer sk-new-0123456789"


def test_a_stream_arrives_while_it_is_written(gateway: Gateway, provider: Provider) -> None:
    arrived = threading.Event()

    def answer(exchange: Exchange) -> None:
        exchange.begin(content_type="text/event-stream")
        exchange.send('data: {"part": 1}\n\n')
        assert arrived.wait(SECONDS)
        exchange.send("data: [DONE]\n\n")

    provider.handler = answer
    headers = {"authorization": f"Bearer {KEY}"}
    url = f"{gateway.url}/openai/chat/completions"
    with gateway.cloudflare.client.stream("POST", url, json=chat(stream=True), headers=headers) as stream:
        chunks = stream.iter_text()
        assert next(chunks) == 'data: {"part": 1}\n\n'
        arrived.set()
        assert "".join(chunks) == "data: [DONE]\n\n"


@pytest.mark.parametrize("begun", [False, True], ids=["before the first byte", "in a stream"])
def test_a_client_that_goes_ends_the_request_to_the_provider(gateway: Gateway, provider: Provider, begun: bool) -> None:
    came, gone = threading.Event(), threading.Event()

    def answer(exchange: Exchange) -> None:
        if begun:
            exchange.begin(content_type="text/event-stream")
            exchange.send('data: {"part": 1}\n\n')
        came.set()
        if exchange.client_goes():
            gone.set()

    provider.handler = answer

    def call() -> None:
        headers = {"authorization": f"Bearer {KEY}"}
        with httpx.Client(timeout=SECONDS) as client:
            url = f"{gateway.url}/openai/chat/completions"
            with client.stream("POST", url, json=chat(stream=True), headers=headers) as stream:
                next(stream.iter_bytes())

    if begun:
        call()
    else:
        with httpx.Client(timeout=httpx.Timeout(SECONDS, read=1.0)) as client, pytest.raises(httpx.ReadTimeout):
            client.post(
                f"{gateway.url}/openai/chat/completions", json=chat(), headers={"authorization": f"Bearer {KEY}"}
            )
    assert came.wait(SECONDS)
    assert gone.wait(SECONDS)


def test_a_stream_that_breaks_off_breaks_off_for_the_client(gateway: Gateway, provider: Provider) -> None:
    def answer(exchange: Exchange) -> None:
        exchange.begin(content_type="text/event-stream", transfer_encoding="chunked")
        exchange.send("8\r\ndata: 1\n\r\n")

    provider.handler = answer
    with pytest.raises(httpx.RemoteProtocolError):
        gateway.chat(chat(stream=True))
    assert gateway.logs()[0]["success"] is False


def test_what_a_provider_compresses_is_passed_on_plain(gateway: Gateway, provider: Provider) -> None:
    body = json.dumps({"text": "x" * 1000}).encode()
    zipped = {"content-encoding": "gzip", "content-type": "application/json"}
    provider.handler = lambda exchange: exchange.answer(200, gzip.compress(body), **zipped)
    answer = gateway.chat()
    assert (answer.content, "content-encoding" in answer.headers) == (body, False)
    assert provider.asked[0].headers["accept-encoding"] == "identity"


def test_a_provider_that_is_not_there_is_told(gateway: Gateway) -> None:
    with running_provider() as provider:
        address = provider.url
    gateway.cloudflare.control("PUT", "upstreams/real", {"openai": address})
    answer = gateway.chat()
    assert (answer.status_code, answer.json()["error"][0]["code"]) == (400, 2005)


def test_the_choice_outlives_the_server(tmp_path: Path) -> None:
    with running_provider() as provider:
        for run in range(2):
            with running_cloudflare(tmp_path) as cloudflare:
                if run == 0:
                    cloudflare.result("POST", "/ai-gateway/gateways", gateway_body("g"))
                    cloudflare.control("PUT", "upstreams/real", {"openai": provider.url})
                assert said(Gateway(cloudflare, "g").chat()) == "real"
                cloudflare.control("POST", "reset")
                assert cloudflare.control("GET", "upstreams/real") == {"openai": provider.url}
                cloudflare.result("POST", "/ai-gateway/gateways", gateway_body("g"))


def test_a_custom_provider_on_this_machine(gateway: Gateway, provider: Provider) -> None:
    custom = {"slug": "ollama-lab", "name": "Lab", "base_url": "https://ollama.example.com", "enable": True}
    gateway.cloudflare.result("POST", "/ai-gateway/custom-providers", custom)
    gateway.cloudflare.control("PUT", "upstreams/real", {"ollama-lab": provider.url})
    assert said(gateway.post("custom-ollama-lab/v1/chat/completions", chat() | {"model": "llama3.2"})) == "real"
    assert provider.asked[0].path == "/v1/chat/completions"


URL = "https://api.openai.com/v1/chat/completions?a=b"


@pytest.mark.parametrize(
    ("words", "slug", "url"),
    [
        ([], "openai", None),
        (["real"], "openai", URL),
        (["real", "openai=scripted"], "openai", None),
        (["openai=real"], "anthropic", None),
        (["openai=http://127.0.0.1:9/"], "openai", "http://127.0.0.1:9/v1/chat/completions?a=b"),
        (["openai=http://127.0.0.1:9/v1"], "openai", "http://127.0.0.1:9/v1/chat/completions?a=b"),
        (["openai=https://proxy.example.com/llm"], "openai", "https://proxy.example.com/llm/v1/chat/completions?a=b"),
        (["lab=http://[::1]:9"], "custom-lab", "http://[::1]:9/v1/chat/completions?a=b"),
        (["openai=http://127.0.0.1:9"], "custom-openai", None),
    ],
)
def test_where_a_request_goes(words: list[str], slug: str, url: str | None) -> None:
    assert address_of(read_addresses(words), slug, URL) == url


@pytest.mark.parametrize(
    "word",
    ["openai", "=http://x", "openai=", "openai=ftp://x", "openai=http://", "openai=http://u:p@x", "o=http://x:y"],
)
def test_what_is_no_upstream(word: str) -> None:
    with pytest.raises(CfaigError, match="--upstream") as told:
        read_addresses([word])
    assert "SLUG=URL" in str(told.value.hint)


def test_the_choice_in_words() -> None:
    assert in_words({}) == ["providers are scripted: nothing leaves this machine"]
    assert in_words({"openai": "http://127.0.0.1:9", "*": "real"}) == [
        "openai: http://127.0.0.1:9",
        "every other provider: real",
    ]
