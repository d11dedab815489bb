"""What keys look like, to find one that was written in clear text."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Final

_SHAPES: Final[tuple[tuple[str, str], ...]] = (
    ("an sk-… key", r"\b(?:sk|rk|pk)-[A-Za-z0-9_-]{16,}"),
    ("a Stripe key", r"\b(?:sk|rk|whsec)_[A-Za-z0-9_]{12,}"),
    ("a Google key", r"\bAIza[A-Za-z0-9_-]{20,}"),
    ("an AWS key id", r"\b(?:AKIA|ASIA)[A-Z0-9]{16}\b"),
    ("a provider key", r"\b(?:gsk_|xai-|hf_|r8_|pplx-|nvapi-|fw_|csk-)[A-Za-z0-9]{16,}"),
    ("a GitHub or GitLab token", r"\b(?:gh[pousr]_|github_pat_|glpat-)[A-Za-z0-9_-]{16,}"),
    ("a Slack token", r"\bxox[abprs]-[A-Za-z0-9-]{10,}"),
    ("a JSON Web Token", r"\beyJ[A-Za-z0-9_-]{8,}\.eyJ[A-Za-z0-9_-]{8,}"),
    # Within a longer text the token needs a digit: "with bearer authentication" is none.
    ("a Bearer token", r"^(?i:bearer)\s+(?![a-z]+://)[A-Za-z0-9._~+/=-]{8,}$"),
    ("a Bearer token", r"\b(?i:bearer)\s+(?![a-z]+://)(?=\S*[0-9])[A-Za-z0-9._~+/=-]{8,}"),
    ("Basic credentials", r"\b(?i:basic)\s+(?=[A-Za-z0-9+/]+[A-Z0-9])[A-Za-z0-9+/]{12,}={0,2}"),
    ("a private key", r"-----BEGIN [A-Z ]*PRIVATE KEY-----"),
    ("a password in an address", r"\b[a-z][a-z0-9+.-]*://[^\s/:@]+:[^\s/@]+@"),
)
_COMPILED: Final = tuple((what, re.compile(pattern)) for what, pattern in _SHAPES)


def key_shape(text: str) -> str | None:
    """What kind of key the text holds, or `None`."""
    return next((what for what, pattern in _COMPILED if pattern.search(text)), None)


def texts(value: object, path: str = "") -> Iterator[tuple[str, str]]:
    """Every text in a value, with the way to it (`otels[0].headers.Authorization`)."""
    if isinstance(value, str):
        yield path, value
    elif isinstance(value, Mapping):
        for key, item in value.items():
            yield from texts(item, f"{path}.{key}" if path else str(key))
    elif isinstance(value, Sequence):
        for index, item in enumerate(value):
            yield from texts(item, f"{path}[{index}]")
