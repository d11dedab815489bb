"""Models to name where somebody names a provider only."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

USUAL_MODELS: Final[Mapping[str, str]] = MappingProxyType(
    {
        "anthropic": "claude-sonnet-5",
        "google-ai-studio": "gemini-2.5-flash",
        "groq": "llama-3.3-70b-versatile",
        "openai": "gpt-4o-mini",
        "openrouter": "openai/gpt-4o-mini",
        "workers-ai": "@cf/meta/llama-3.1-8b-instruct",
    }
)
"""By slug: a model that most people know and may use."""
