"""What other systems call providers, where these are, and what stands in for what a source does not say."""

from __future__ import annotations

import re
from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from cfaig.definition.catalog import PROVIDER_SLUGS
from cfaig.definition.usual_models import USUAL_MODELS

# Sources: https://docs.litellm.ai/docs/providers, the schema of Kong's ai-proxy, Portkey's list of integrations.
_SLUGS: Final[Mapping[str, str]] = MappingProxyType(
    {
        "azure": "azure-openai",
        "azure_ai": "azure-openai",
        "azure_text": "azure-openai",
        "bedrock": "aws-bedrock",
        "bedrock_converse": "aws-bedrock",
        "claude": "anthropic",
        "cloudflare": "workers-ai",
        "cohere_chat": "cohere",
        "fal_ai": "fal",
        "fireworks_ai": "fireworks",
        "gemini": "google-ai-studio",
        "google": "google-ai-studio",
        "mistral_ai": "mistral",
        "perplexity": "perplexity-ai",
        "text_completion_openai": "openai",
        "vertex_ai": "google-vertex-ai",
        "vertex": "google-vertex-ai",
        "x_ai": "grok",
        "xai": "grok",
    }
)
_HOSTS: Final[Mapping[str, str]] = MappingProxyType(
    {
        "api.anthropic.com": "anthropic",
        "api.cerebras.ai": "cerebras",
        "api.cohere.ai": "cohere",
        "api.cohere.com": "cohere",
        "api.deepseek.com": "deepseek",
        "api.fireworks.ai": "fireworks",
        "api.groq.com": "groq",
        "api.mistral.ai": "mistral",
        "api.openai.com": "openai",
        "api.perplexity.ai": "perplexity-ai",
        "api.x.ai": "grok",
        "generativelanguage.googleapis.com": "google-ai-studio",
        "openrouter.ai": "openrouter",
    }
)
# Providers that Cloudflare does not have by itself, at their public addresses.
_ADDRESSES: Final[Mapping[str, str]] = MappingProxyType(
    {
        "ai21": "https://api.ai21.com",
        "deepinfra": "https://api.deepinfra.com",
        "nvidia_nim": "https://integrate.api.nvidia.com",
        "sambanova": "https://api.sambanova.ai",
        "together": "https://api.together.xyz",
        "together_ai": "https://api.together.xyz",
    }
)
_FAMILIES: Final = (
    (re.compile(r"(?:gpt-|chatgpt-|o[1-9](?:-|\Z)|text-embedding-|dall-e|whisper|tts-)"), "openai"),
    (re.compile(r"claude-"), "anthropic"),
    (re.compile(r"gemini-"), "google-ai-studio"),
    (re.compile(r"command-"), "cohere"),
    (re.compile(r"deepseek-"), "deepseek"),
    (re.compile(r"(?:mistral|ministral|codestral)-"), "mistral"),
    (re.compile(r"grok-"), "grok"),
)
_NO_SLUG: Final = re.compile(r"[^a-z0-9]+")


def slug_of(name: str) -> str | None:
    """Cloudflare's slug of a provider that another system calls `name`; None for one that it does not have."""
    lower = name.strip().lower()
    found = _SLUGS.get(lower.replace("-", "_"), lower.replace("_", "-"))
    return found if found in PROVIDER_SLUGS else None


def slug_of_host(host: str) -> str | None:
    """The provider whose public API a host is."""
    return _HOSTS.get(host.lower())


def slug_within(text: str) -> str | None:
    """The provider that a name of something else begins with: `openai` of `openai-prod-1`."""
    words = as_slug(text).split("-")
    for length in range(len(words), 0, -1):
        if found := slug_of("-".join(words[:length])):
            return found
    return None


def slug_of_model(model: str) -> str | None:
    """The provider whose models have such names."""
    return next((slug for family, slug in _FAMILIES if family.match(model)), None)


def address_of(name: str) -> str | None:
    """The public address of a provider that Cloudflare does not have."""
    return _ADDRESSES.get(name.lower().replace("-", "_"))


def usual_model(slug: str) -> str:
    """A model of the provider, for want of a better one."""
    return USUAL_MODELS.get(slug, "model-name")


def usual_variable(slug: str) -> str:
    """The environment variable that holds a provider's key: `OPENAI_API_KEY`."""
    return f"{as_variable(slug)}_API_KEY"


def as_slug(text: str) -> str:
    """`text` as a name of lower-case letters, digits and single hyphens; `unnamed` if nothing is left."""
    return _NO_SLUG.sub("-", text.lower()).strip("-") or "unnamed"


def as_variable(text: str) -> str:
    """`text` as the name of an environment variable."""
    name = re.sub(r"[^A-Za-z0-9]+", "_", text).strip("_").upper()
    return f"KEY_{name}" if not name or name[0].isdigit() else name
