"""The configurations that can be converted, by name."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from typing import Final


class Format(StrEnum):
    """The configurations that can be read."""

    RULES = "rules"
    DECK = "deck"
    LITELLM = "litellm"
    PORTKEY = "portkey"


NAMES: Final[Mapping[Format, str]] = {
    Format.RULES: "rules and providers as JSON",
    Format.DECK: "Kong decK",
    Format.LITELLM: "LiteLLM",
    Format.PORTKEY: "Portkey",
}
