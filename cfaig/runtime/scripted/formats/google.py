"""Google's generateContent, of AI Studio and Vertex AI.

Sources: https://ai.google.dev/api/generate-content, …/embeddings, …/tokens
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

from cfaig.json_types import Json, JsonObject
from cfaig.runtime.scripted.formats.errors import google_error
from cfaig.runtime.scripted.formats.format import Format, encoded
from cfaig.runtime.scripted.formats.vectors import vector
from cfaig.runtime.scripted.reply import Reply
from cfaig.runtime.scripted.rules import Finish

_FINISH: Final = {
    Finish.STOP: "STOP",
    Finish.LENGTH: "MAX_TOKENS",
    Finish.TOOL_CALLS: "STOP",
    Finish.CONTENT_FILTER: "SAFETY",
}


def _answer(reply: Reply) -> Json:
    parts: list[JsonObject] = [{"text": reply.text}] if reply.text or reply.tool is None else []
    return _response(reply, [*parts, *_calls(reply)], _FINISH[reply.finish])


def _calls(reply: Reply) -> list[JsonObject]:
    if reply.tool is None:
        return []
    return [{"functionCall": {"name": reply.tool.name, "args": reply.tool.arguments}}]


def _response(reply: Reply, parts: list[JsonObject], finish: str | None = None) -> JsonObject:
    candidate: dict[str, Any] = {"content": {"parts": parts, "role": "model"}, "index": 0}
    if finish:
        candidate["finishReason"] = finish
    return {
        "candidates": [candidate],
        "usageMetadata": _usage(reply, whole=finish is not None),
        "modelVersion": reply.model,
        "responseId": f"scripted-{reply.number}",
    }


def _usage(reply: Reply, *, whole: bool) -> JsonObject:
    """What has been used so far: before the end, the prompt only."""
    usage = reply.usage
    told: dict[str, Json] = {"promptTokenCount": usage.tokens_in}
    if whole:
        told["candidatesTokenCount"] = usage.tokens_out - usage.reasoning
    if whole and usage.reasoning:
        told["thoughtsTokenCount"] = usage.reasoning
    if usage.cache_read:
        told["cachedContentTokenCount"] = usage.cache_read
    return {**told, "totalTokenCount": usage.tokens_in + (usage.tokens_out if whole else 0)}


def _responses(reply: Reply) -> Iterator[JsonObject]:
    *first, last = reply.pieces or [""]
    for piece in first:
        yield _response(reply, [{"text": piece}])
    ending: list[JsonObject] = [{"text": last}] if last or reply.tool is None else []
    yield _response(reply, [*ending, *_calls(reply)], _FINISH[reply.finish])


def _events(reply: Reply) -> Iterator[bytes]:
    for response in _responses(reply):
        yield b"data: " + encoded(response) + b"\r\n\r\n"


def _array(reply: Reply) -> Iterator[bytes]:
    """Without `alt=sse` the responses come as one JSON array, element by element."""
    for index, response in enumerate(_responses(reply)):
        yield (b",\r\n" if index else b"[") + encoded(response)
    yield b"]"


def _count(reply: Reply) -> Json:
    return {"totalTokens": reply.usage.tokens_in}


def _embedding(reply: Reply) -> Json:
    return {"embedding": {"values": vector(reply.asked.prompt, reply.asked.body.get("outputDimensionality"))}}


def _embeddings(reply: Reply) -> Json:
    requests = reply.asked.body.get("requests")
    texts = [str(each) for each in requests] if isinstance(requests, list) else []
    return {"embeddings": [{"values": vector(text)} for text in texts]}


GENERATE: Final = Format(_answer, google_error)
STREAM_EVENTS: Final = Format(_answer, google_error, _events, always_streams=True)
STREAM_ARRAY: Final = Format(_answer, google_error, _array, "application/json; charset=UTF-8", always_streams=True)
COUNT: Final = Format(_count, google_error)
EMBED: Final = Format(_embedding, google_error)
EMBED_BATCH: Final = Format(_embeddings, google_error)
