"""Where requests go, and how their keys travel."""

from __future__ import annotations

from typing import Any

import pytest

from cfaig.definition.catalog import PROVIDER_SLUGS
from cfaig.runtime.errors import Fault
from cfaig.runtime.providers.catalog import APIS
from cfaig.runtime.providers.targets import compat_target, native_target, realtime_target
from cfaig.state.model import CustomProviderState

LAB = CustomProviderState(
    "lab", {"base_url": "https://llm.example.com/", "enable": True, "headers": {"X-Team": "support"}}
)

GOOGLE_LIVE = (
    "wss://generativelanguage.googleapis.com/ws/"
    "google.ai.generativelanguage.v1beta.GenerativeService.BidiGenerateContent"
)


def test_every_provider_of_cloudflare_has_an_address() -> None:
    assert set(APIS) == PROVIDER_SLUGS


@pytest.mark.parametrize(
    ("slug", "path", "url"),
    [
        ("openai", "chat/completions", "https://api.openai.com/v1/chat/completions"),
        ("openai", "v1/responses", "https://api.openai.com/v1/responses"),
        ("anthropic", "v1/messages", "https://api.anthropic.com/v1/messages"),
        ("groq", "chat/completions", "https://api.groq.com/openai/v1/chat/completions"),
        ("fireworks", "chat/completions", "https://api.fireworks.ai/inference/v1/chat/completions"),
        ("openrouter", "chat/completions", "https://openrouter.ai/api/v1/chat/completions"),
        ("openrouter", "v1/chat/completions", "https://openrouter.ai/api/v1/chat/completions"),
        ("deepseek", "chat/completions", "https://api.deepseek.com/chat/completions"),
        ("huggingface", "bigcode/starcoder", "https://api-inference.huggingface.co/models/bigcode/starcoder"),
        ("replicate", "predictions", "https://api.replicate.com/v1/predictions"),
        ("workers-ai", "@cf/meta/m", "https://api.cloudflare.com/client/v4/accounts/acc/ai/run/@cf/meta/m"),
        (
            "workers-ai",
            "v1/chat/completions",
            "https://api.cloudflare.com/client/v4/accounts/acc/ai/v1/chat/completions",
        ),
        (
            "azure-openai",
            "res/dep/chat/completions",
            "https://res.openai.azure.com/openai/deployments/dep/chat/completions",
        ),
        (
            "aws-bedrock",
            "bedrock-runtime/us-east-1/model/m/invoke",
            "https://bedrock-runtime.us-east-1.amazonaws.com/model/m/invoke",
        ),
        (
            "google-vertex-ai",
            "v1/projects/p/locations/europe-west4/models/m:generateContent",
            "https://europe-west4-aiplatform.googleapis.com/v1/projects/p/locations/europe-west4/models/m:generateContent",
        ),
        (
            "google-vertex-ai",
            "v1/projects/p/locations/global/endpoints",
            "https://aiplatform.googleapis.com/v1/projects/p/locations/global/endpoints",
        ),
    ],
)
def test_native(slug: str, path: str, url: str) -> None:
    assert native_target(slug, path, "", None, account="acc").url == url
    assert native_target(slug, "/" + path, "a=b", None, account="acc").url == f"{url}?a=b"


def test_custom() -> None:
    target = native_target("custom-lab", "v1/chat/completions", "x=1", LAB, account="acc")
    assert target.url == "https://llm.example.com/v1/chat/completions?x=1"
    assert target.headers == {"x-team": "support"}
    assert target.key.value("k") == "Bearer k"
    assert compat_target("custom-lab", LAB, account="acc").url == "https://llm.example.com/v1/chat/completions"


@pytest.mark.parametrize(
    ("slug", "path", "custom"),
    [
        ("opnai", "v1/models", None),
        ("custom-lab", "v1/models", None),
        ("custom-other", "v1/models", LAB),
        ("custom-lab", "v1/models", CustomProviderState("lab", {"base_url": "https://x.example.com", "enable": False})),
        ("aws-bedrock", "s3/us-east-1/bucket", None),
        ("aws-bedrock", "bedrock-runtime/evil.example.com%2f/model", None),
        ("azure-openai", "evil.example.com#/dep/x", None),
        ("azure-openai", "resource", None),
    ],
)
def test_what_is_no_provider_is_refused(slug: str, path: str, custom: Any) -> None:
    with pytest.raises(Fault) as caught:
        native_target(slug, path, "", custom, account="acc")
    assert caught.value.code == 2008


def test_compat() -> None:
    target = compat_target("anthropic", None, account="acc")
    assert target.url == "https://api.anthropic.com/v1/chat/completions"
    assert (target.key.header, target.key.value("k")) == ("authorization", "Bearer k")
    workers = compat_target("workers-ai", None, account="acc").url
    assert workers == "https://api.cloudflare.com/client/v4/accounts/acc/ai/v1/chat/completions"
    with pytest.raises(Fault, match="Invalid provider"):
        compat_target("elevenlabs", None, account="acc")


@pytest.mark.parametrize(
    ("slug", "header", "value"),
    [
        ("openai", "authorization", "Bearer k"),
        ("anthropic", "x-api-key", "k"),
        ("google-ai-studio", "x-goog-api-key", "k"),
        ("azure-openai", "api-key", "k"),
        ("deepgram", "authorization", "Token k"),
        ("fal", "authorization", "Key k"),
        ("elevenlabs", "xi-api-key", "k"),
    ],
)
def test_where_keys_go(slug: str, header: str, value: str) -> None:
    place = APIS[slug].key
    assert (place.header, place.value("k")) == (header, value)
    assert place.carried({header: value})
    assert place.carried({"authorization": "Bearer own"})
    assert not place.carried({header: "", "x-other": "k"}, "key=")


def test_google_takes_its_key_in_the_query_too() -> None:
    assert APIS["google-ai-studio"].key.carried({}, "alt=sse&key=abc")
    assert not APIS["openai"].key.carried({}, "key=abc")


@pytest.mark.parametrize(
    ("name", "path", "query", "url"),
    [
        ("openai", "", "model=gpt-realtime", "wss://api.openai.com/v1/realtime?model=gpt-realtime"),
        (
            "google",
            "",
            "api_key=k",
            f"{GOOGLE_LIVE}?key=k",
        ),
        (
            "cartesia",
            "",
            "cartesia_version=1&api_key=k",
            "wss://api.cartesia.ai/tts/websocket?cartesia_version=1&api_key=k",
        ),
        ("elevenlabs", "", "agent_id=a", "wss://api.elevenlabs.io/v1/convai/conversation?agent_id=a"),
        ("fal", "fal-ai/fast-lcm-diffusion", "", "wss://ws.fal.run/fal-ai/fast-lcm-diffusion"),
        (
            "workers-ai",
            "",
            "model=@cf/deepgram/nova-3&encoding=linear16",
            "wss://api.cloudflare.com/client/v4/accounts/acc/ai/run/@cf/deepgram/nova-3?encoding=linear16",
        ),
    ],
)
def test_realtime(name: str, path: str, query: str, url: str) -> None:
    assert realtime_target(name, path, query, account="acc").url == url


@pytest.mark.parametrize("name", ["mistral", "nobody", "google-ai-studios"])
def test_no_realtime(name: str) -> None:
    with pytest.raises(Fault):
        realtime_target(name, "", "", account="acc")
