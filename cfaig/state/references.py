"""Where secrets are looked for that a live account has and does not give back."""

from __future__ import annotations

import re


def key_reference(provider: str, alias: str) -> str:
    """The reference for a provider's key: `env://OPENAI_API_KEY`."""
    return _variable(*([provider] if alias == "default" else [provider, alias]), "api_key")


def gateway_token_reference(gateway: str) -> str:
    """The reference for the token with which an edge calls its gateway: `env://SUPPORT_GATEWAY_TOKEN`."""
    name = _variable(gateway, "gateway_token")
    # Variables do not begin with a digit, and ids of gateways may.
    return name if not name.removeprefix("env://")[0].isdigit() else _variable("gateway", gateway, "token")


def _variable(*words: str) -> str:
    return f"env://{re.sub(r'[^A-Z0-9]+', '_', '_'.join(words).upper())}"
