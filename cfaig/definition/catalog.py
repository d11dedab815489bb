"""Names that Cloudflare fixes: provider slugs and guardrail categories."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

# Source: workerd's aig.d.ts and @cloudflare/gateway-core (facts S21, S22b).
PROVIDER_SLUGS: Final[frozenset[str]] = frozenset(
    {
        "adobe-firefly",
        "anthropic",
        "aws-bedrock",
        "azure-openai",
        "baseten",
        "cartesia",
        "cerebras",
        "cohere",
        "deepgram",
        "deepseek",
        "elevenlabs",
        "fal",
        "fireworks",
        "google-ai-studio",
        "google-vertex-ai",
        "grok",
        "groq",
        "huggingface",
        "ideogram",
        "mistral",
        "openai",
        "openrouter",
        "parallel",
        "perplexity-ai",
        "replicate",
        "workers-ai",
    }
)

CUSTOM_PREFIX: Final = "custom-"

# Source: https://developers.cloudflare.com/ai-gateway/features/guardrails/ (S14 is not evaluated there).
GUARDRAIL_CATEGORIES: Final[Mapping[str, str]] = MappingProxyType(
    {
        "violent_crimes": "S1",
        "non_violent_crimes": "S2",
        "sex_related_crimes": "S3",
        "child_sexual_exploitation": "S4",
        "defamation": "S5",
        "specialized_advice": "S6",
        "privacy": "S7",
        "intellectual_property": "S8",
        "indiscriminate_weapons": "S9",
        "hate": "S10",
        "suicide_and_self_harm": "S11",
        "sexual_content": "S12",
        "elections": "S13",
        "prompt_injection": "P1",
    }
)
GUARDRAIL_NAMES: Final[Mapping[str, str]] = {code: name for name, code in GUARDRAIL_CATEGORIES.items()}
