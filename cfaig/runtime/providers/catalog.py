"""How each provider is reached: base address, place of its key, OpenAI-compatible and realtime endpoints.

Sources: facts/ai-gateway.md 6.3 and 6.6; @cloudflare/gateway-core, src/gateway-providers.ts;
https://developers.cloudflare.com/ai-gateway/usage/providers/ (one page for each provider).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final
from urllib.parse import parse_qsl


@dataclass(frozen=True, slots=True)
class KeyPlace:
    """Where a provider wants its key.

    `header` takes it after `scheme` (empty: alone). Clients may also send theirs in the headers `also`, or in the query
    parameters `queries`.
    """

    header: str = "authorization"
    scheme: str = "Bearer"
    also: tuple[str, ...] = ()
    queries: tuple[str, ...] = ()

    def value(self, key: str) -> str:
        """What the header says for this key."""
        return f"{self.scheme} {key}" if self.scheme else key

    def carried(self, headers: Mapping[str, str], query: str = "") -> bool:
        """Whether a request brings a key of its own; header names are in lower case."""
        if any(headers.get(name) for name in (self.header, *self.also)):
            return True
        return any(name in self.queries and value for name, value in parse_qsl(query))


BEARER: Final = KeyPlace()


@dataclass(frozen=True, slots=True)
class ProviderApi:
    """One provider's API.

    `base` comes before the path of a native request; `{account}` in it is the Cloudflare account. `version` is put
    before a path that brings none, for providers whose `<base>/<version>` clients replace as a whole. `compat` is the
    provider's own OpenAI-compatible chat/completions endpoint, which wants the key as OpenAI does. `realtime` is the
    WebSocket that is spoken to directly.
    """

    base: str
    version: str = ""
    key: KeyPlace = BEARER
    compat: str | None = None
    realtime: str | None = None


_CLOUDFLARE: Final = "https://api.cloudflare.com/client/v4/accounts/{account}/ai"
_X_API_KEY: Final = KeyPlace("x-api-key", "", also=("authorization",))

APIS: Final[Mapping[str, ProviderApi]] = MappingProxyType(
    {
        "adobe-firefly": ProviderApi("https://firefly-api.adobe.io"),
        "anthropic": ProviderApi(
            "https://api.anthropic.com",
            key=_X_API_KEY,
            compat="https://api.anthropic.com/v1/chat/completions",
        ),
        # The address of these two depends on the path: see targets.py.
        "aws-bedrock": ProviderApi(
            "https://bedrock-runtime.{region}.amazonaws.com",
            compat="https://bedrock-runtime.us-east-1.amazonaws.com/openai/v1/chat/completions",
        ),
        "azure-openai": ProviderApi(
            "https://{resource}.openai.azure.com/openai/deployments/{deployment}",
            key=KeyPlace("api-key", "", also=("authorization",)),
        ),
        "baseten": ProviderApi(
            "https://inference.baseten.co", version="v1", compat="https://inference.baseten.co/v1/chat/completions"
        ),
        "cartesia": ProviderApi(
            "https://api.cartesia.ai",
            key=KeyPlace("x-api-key", "", also=("authorization",), queries=("api_key",)),
            realtime="wss://api.cartesia.ai/tts/websocket",
        ),
        "cerebras": ProviderApi(
            "https://api.cerebras.ai", version="v1", compat="https://api.cerebras.ai/v1/chat/completions"
        ),
        "cohere": ProviderApi(
            "https://api.cohere.com", compat="https://api.cohere.com/compatibility/v1/chat/completions"
        ),
        "deepgram": ProviderApi("https://api.deepgram.com", key=KeyPlace(scheme="Token", also=("token",))),
        "deepseek": ProviderApi("https://api.deepseek.com", compat="https://api.deepseek.com/chat/completions"),
        "elevenlabs": ProviderApi(
            "https://api.elevenlabs.io",
            key=KeyPlace("xi-api-key", "", also=("authorization",)),
            realtime="wss://api.elevenlabs.io/v1/convai/conversation",
        ),
        "fal": ProviderApi("https://fal.run", key=KeyPlace(scheme="Key"), realtime="wss://ws.fal.run"),
        "fireworks": ProviderApi(
            "https://api.fireworks.ai/inference/v1", compat="https://api.fireworks.ai/inference/v1/chat/completions"
        ),
        "google-ai-studio": ProviderApi(
            "https://generativelanguage.googleapis.com",
            key=KeyPlace("x-goog-api-key", "", also=("authorization",), queries=("key", "api_key")),
            compat="https://generativelanguage.googleapis.com/v1beta/openai/chat/completions",
            realtime=(
                "wss://generativelanguage.googleapis.com/ws/"
                "google.ai.generativelanguage.v1beta.GenerativeService.BidiGenerateContent"
            ),
        ),
        # The project is told by the stored key, a service account's JSON, which is not looked into here.
        "google-vertex-ai": ProviderApi(
            "https://aiplatform.googleapis.com",
            compat="https://aiplatform.googleapis.com/v1/projects/-/locations/global/endpoints/openapi/chat/completions",
        ),
        "grok": ProviderApi("https://api.x.ai", version="v1", compat="https://api.x.ai/v1/chat/completions"),
        "groq": ProviderApi("https://api.groq.com/openai/v1", compat="https://api.groq.com/openai/v1/chat/completions"),
        "huggingface": ProviderApi(
            "https://api-inference.huggingface.co/models", compat="https://router.huggingface.co/v1/chat/completions"
        ),
        "ideogram": ProviderApi("https://api.ideogram.ai", key=KeyPlace("api-key", "", also=("authorization",))),
        "mistral": ProviderApi(
            "https://api.mistral.ai", version="v1", compat="https://api.mistral.ai/v1/chat/completions"
        ),
        "openai": ProviderApi(
            "https://api.openai.com",
            version="v1",
            compat="https://api.openai.com/v1/chat/completions",
            realtime="wss://api.openai.com/v1/realtime",
        ),
        "openrouter": ProviderApi(
            "https://openrouter.ai/api", version="v1", compat="https://openrouter.ai/api/v1/chat/completions"
        ),
        "parallel": ProviderApi(
            "https://api.parallel.ai", key=_X_API_KEY, compat="https://api.parallel.ai/chat/completions"
        ),
        "perplexity-ai": ProviderApi("https://api.perplexity.ai", compat="https://api.perplexity.ai/chat/completions"),
        "replicate": ProviderApi("https://api.replicate.com", version="v1"),
        "workers-ai": ProviderApi(
            _CLOUDFLARE,
            compat=f"{_CLOUDFLARE}/v1/chat/completions",
            realtime=f"wss{_CLOUDFLARE.removeprefix('https')}/run",
        ),
    }
)
