"""Which format a request is to be answered in: that of its path."""

from __future__ import annotations

import re
from typing import Final

from cfaig.runtime.scripted.asked import Asked
from cfaig.runtime.scripted.formats import anthropic, google, openai_chat, openai_responses, other, vectors, workers_ai
from cfaig.runtime.scripted.formats.format import Format

_ENDINGS: Final[tuple[tuple[str, Format], ...]] = (
    ("/chat/completions", openai_chat.CHAT),
    ("/completions", openai_chat.COMPLETIONS),
    ("/responses", openai_responses.RESPONSES),
    ("/embeddings", vectors.EMBEDDINGS),
    ("/messages", anthropic.MESSAGES),
    ("/messages/count_tokens", anthropic.COUNT_TOKENS),
    (":generateContent", google.GENERATE),
    (":streamGenerateContent", google.STREAM_ARRAY),
    (":countTokens", google.COUNT),
    (":embedContent", google.EMBED),
    (":batchEmbedContents", google.EMBED_BATCH),
)
_MODELS: Final = {"anthropic": other.ANTHROPIC_MODELS, "google-ai-studio": other.GOOGLE_MODELS}
_EMBEDDING_MODEL: Final = re.compile(r"bge|embed", re.IGNORECASE)


def format_of(slug: str, model: str, asked: Asked, method: str) -> Format:
    """The format of an answer to this request."""
    path = asked.path.rstrip("/")
    if method == "GET" and path.endswith("/models"):
        return _MODELS.get(slug, other.OPENAI_MODELS)
    for ending, found in _ENDINGS:
        if path.endswith(ending):
            return google.STREAM_EVENTS if found is google.STREAM_ARRAY and asked.query.get("alt") == ["sse"] else found
    if slug == "workers-ai":
        return workers_ai.RUN_EMBEDDING if _EMBEDDING_MODEL.search(model) else workers_ai.RUN
    return other.OTHER
