"""How many tokens an answer cost, told by the provider in its body.

The formats are told apart by their members, not by the provider's name: many providers speak OpenAI's. Sources:
https://platform.openai.com/docs/api-reference/chat/object, …/responses/object, …/embeddings/create;
https://docs.anthropic.com/en/api/messages-streaming; https://ai.google.dev/api/generate-content#UsageMetadata;
https://docs.cohere.com/reference/chat; https://docs.aws.amazon.com/bedrock/latest/APIReference/API_runtime_TokenUsage.html;
https://api-docs.deepseek.com/api/create-chat-completion; https://github.com/ollama/ollama/blob/main/docs/api.md
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from typing import Any, Final

from cfaig.runtime.model import Usage

# A document up to this size is read as a whole; of a larger one only the end is kept, where the usage nearly always is.
WHOLE_BYTES: Final = 1 << 20
TAIL_BYTES: Final = 1 << 16

_BY_LINES: Final = ("text/event-stream", "application/x-ndjson", "application/jsonl")
# Inside of a JSON string the quotes would be escaped, so this is a member.
_MEMBER: Final = re.compile(r'"(?:usage|usageMetadata)"\s*:\s*(?=\{)')
# Where documents and events have what tells of tokens; the empty name is the document itself.
_HOLDERS: Final = ("", "message", "response", "result", "delta", "x_groq", "meta", "metadata")
_OLLAMA: Final = ("prompt_eval_count", "eval_count")
# Without one of these a document need not be read.
_WORDS: Final = (b"usage", b"billed_units", b"eval_count")
# More tokens than any answer has; also keeps infinity out.
_ABSURD: Final = 1 << 53
_DECODER: Final = json.JSONDecoder()


class UsageMeter:
    """Reads along as an answer goes by. It keeps at most `WHOLE_BYTES` of it.

    What is fed must not be compressed: ask real providers for `accept-encoding: identity`. What is not understood
    counts nothing and is no error.
    """

    def __init__(self, content_type: str) -> None:
        self._by_lines = content_type.partition(";")[0].strip().lower() in _BY_LINES
        self._document = _Document()
        self._told: dict[str, Any] = {}

    def feed(self, chunk: bytes) -> None:
        """Take the next part of the body; parts may be cut anywhere."""
        if not self._by_lines:
            self._document.add(chunk)
            return
        first, *others = chunk.split(b"\n")
        self._document.add(first)
        for line in others:
            self._end_line()
            self._document.add(line)

    def usage(self) -> Usage | None:
        """What the provider has told so far; None when it told nothing."""
        told = dict(self._told)
        for found in self._document.told():
            _merge(told, found)
        return _usage(told) if told else None

    def _end_line(self) -> None:
        for found in self._document.told():
            _merge(self._told, found)
        self._document = _Document()


class _Document:
    """One JSON document, or the end of one that is too large to keep."""

    def __init__(self) -> None:
        self._bytes = bytearray()
        self._size = 0

    def add(self, part: bytes) -> None:
        self._bytes += part
        self._size += len(part)
        if len(self._bytes) > WHOLE_BYTES:
            del self._bytes[:-TAIL_BYTES]

    def told(self) -> Iterator[Mapping[str, Any]]:
        """Each object in it that tells of tokens, in their order."""
        if not any(word in self._bytes for word in _WORDS):
            return
        if self._size > WHOLE_BYTES:
            # Always as much, so that it does not matter how the body was cut into parts.
            yield from _in_tail(self._bytes[-TAIL_BYTES:].decode("utf-8", "replace"))
            return
        text = self._bytes.decode("utf-8", "replace").strip().removeprefix("data:")
        try:
            value = json.loads(text)
        except (ValueError, RecursionError):
            return
        for part in value if isinstance(value, list) else [value]:
            if isinstance(part, Mapping):
                yield from _in_object(part)


def _in_tail(text: str) -> Iterator[Mapping[str, Any]]:
    for member in _MEMBER.finditer(text):
        try:
            value, _ = _DECODER.raw_decode(text, member.end())
        except (ValueError, RecursionError):
            continue
        yield value


def _in_object(value: Mapping[str, Any]) -> Iterator[Mapping[str, Any]]:
    for name in _HOLDERS:
        holder = value.get(name) if name else value
        if not isinstance(holder, Mapping):
            continue
        for member in ("usage", "usageMetadata"):
            if isinstance(told := holder.get(member), Mapping):
                yield told
        if name == "meta" and "billed_units" in holder:
            yield holder
    if any(name in value for name in _OLLAMA):
        yield {name: value.get(name) for name in _OLLAMA}


def _merge(told: dict[str, Any], found: Mapping[str, Any]) -> None:
    """Later events complete and correct earlier ones; they never take back with a null."""
    told.update((name, value) for name, value in found.items() if value is not None)


def _usage(told: Mapping[str, Any]) -> Usage | None:
    """What the provider's words mean; `told` is OpenAI's, Anthropic's, Google's, Bedrock's, Cohere's or Ollama's."""
    for family in (_openai_usage, _anthropic_usage, _google_usage, _bedrock_usage, _cohere_usage, _ollama_usage):
        if (usage := family(told)) is not None:
            return usage
    return None


def _openai_usage(told: Mapping[str, Any]) -> Usage | None:
    """Chat completions and embeddings (`prompt_tokens`), or Responses (`input_tokens` with details)."""
    details = told.get("input_tokens_details")
    if "prompt_tokens" in told:
        given, made, details = "prompt_tokens", "completion_tokens", told.get("prompt_tokens_details")
    elif details is not None or "output_tokens_details" in told:
        given, made = "input_tokens", "output_tokens"
    else:
        return None
    reasons = told.get("completion_tokens_details") or told.get("output_tokens_details")
    return Usage(
        _count(told, given),
        _count(told, made),
        # DeepSeek has a name of its own.
        cache_read=_count(details, "cached_tokens") or _count(told, "prompt_cache_hit_tokens"),
        cache_write=_count(details, "cache_write_tokens"),
        reasoning=_count(reasons, "reasoning_tokens"),
    )


def _anthropic_usage(told: Mapping[str, Any]) -> Usage | None:
    """Anthropic counts what was cached apart from `input_tokens`."""
    if "input_tokens" not in told and "output_tokens" not in told:
        return None
    read, written = _count(told, "cache_read_input_tokens"), _count(told, "cache_creation_input_tokens")
    return Usage(_count(told, "input_tokens") + read + written, _count(told, "output_tokens"), read, written)


def _google_usage(told: Mapping[str, Any]) -> Usage | None:
    if not any(name in told for name in ("promptTokenCount", "candidatesTokenCount", "totalTokenCount")):
        return None
    thoughts = _count(told, "thoughtsTokenCount")
    return Usage(
        _count(told, "promptTokenCount") + _count(told, "toolUsePromptTokenCount"),
        _count(told, "candidatesTokenCount") + thoughts,
        cache_read=_count(told, "cachedContentTokenCount"),
        reasoning=thoughts,
    )


def _bedrock_usage(told: Mapping[str, Any]) -> Usage | None:
    """Converse counts what was cached apart from `inputTokens`."""
    if "inputTokens" not in told:
        return None
    read, written = _count(told, "cacheReadInputTokens"), _count(told, "cacheWriteInputTokens")
    return Usage(_count(told, "inputTokens") + read + written, _count(told, "outputTokens"), read, written)


def _cohere_usage(told: Mapping[str, Any]) -> Usage | None:
    tokens = told.get("tokens", told.get("billed_units"))
    if not isinstance(tokens, Mapping):
        return None
    return Usage(_count(tokens, "input_tokens"), _count(tokens, "output_tokens"))


def _ollama_usage(told: Mapping[str, Any]) -> Usage | None:
    if not any(name in told for name in _OLLAMA):
        return None
    return Usage(_count(told, "prompt_eval_count"), _count(told, "eval_count"))


def _count(told: Any, name: str) -> int:
    """A count of tokens; 0 for what is none."""
    value = told.get(name) if isinstance(told, Mapping) else None
    if isinstance(value, bool) or not isinstance(value, int | float) or not 0 <= value < _ABSURD:
        return 0
    return int(value)
