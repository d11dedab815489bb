"""What a request asks, as far as scripted answers depend on it; any provider's format."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Final
from urllib.parse import parse_qs, urlsplit

from cfaig.runtime.model import UpstreamRequest

# Where formats have what people say: OpenAI and Anthropic, Responses, completions, Google, embeddings and others.
_PROMPTS: Final = ("messages", "input", "prompt", "contents", "content", "requests", "inputs", "text")
_DEEPEST: Final = 10
_SYSTEM: Final = ("system", "instructions", "systemInstruction", "system_instruction")


@dataclass(frozen=True, slots=True)
class Asked:
    """A request: its JSON body (empty for none), the path of its URL, its texts, and whether a stream is wanted."""

    path: str
    query: Mapping[str, list[str]] = field(default_factory=dict)
    body: Mapping[str, Any] = field(default_factory=dict)
    stream: bool = False

    @classmethod
    def of(cls, request: UpstreamRequest) -> Asked:
        """What this request asks."""
        url = urlsplit(request.url)
        try:
            value = json.loads(request.body) if request.body else {}
        except (ValueError, RecursionError):
            value = {}
        body = value if isinstance(value, dict) else {}
        return cls(url.path, parse_qs(url.query), body, body.get("stream") is True)

    @property
    def prompt(self) -> str:
        """All that people and the system say."""
        return "\n".join(text for name in (*_SYSTEM, *_PROMPTS) for text in _texts(self.body.get(name)))

    @property
    def question(self) -> str:
        """What the user said last."""
        for name in _PROMPTS:
            said = self.body.get(name)
            if isinstance(said, list) and (by_users := [each for each in said if _by_user(each)]):
                said = by_users[-1]
            if texts := list(_texts(said)):
                return " ".join(texts)
        return ""


def _by_user(each: Any) -> bool:
    return isinstance(each, Mapping) and each.get("role") == "user"


def _texts(value: Any, depth: int = 0) -> Iterator[str]:
    """The texts in a message, a list of messages, or a part of one; no format nests them deeper than `_DEEPEST`."""
    if isinstance(value, str):
        yield value
    elif depth == _DEEPEST:
        return
    elif isinstance(value, list):
        for each in value:
            yield from _texts(each, depth + 1)
    elif isinstance(value, Mapping):
        for name in ("content", "parts", "text"):
            yield from _texts(value.get(name), depth + 1)
