"""Anthropic's messages.

Sources: https://docs.anthropic.com/en/api/messages, …/messages-streaming, …/messages-count-tokens
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

from cfaig.json_types import Json, JsonObject
from cfaig.runtime.scripted.formats.errors import anthropic_error
from cfaig.runtime.scripted.formats.format import Format, event
from cfaig.runtime.scripted.reply import Reply
from cfaig.runtime.scripted.rules import Finish

_STOP: Final = {
    Finish.STOP: "end_turn",
    Finish.LENGTH: "max_tokens",
    Finish.TOOL_CALLS: "tool_use",
    Finish.CONTENT_FILTER: "refusal",
}


def _answer(reply: Reply) -> Json:
    return {
        **_head(reply),
        "content": [block for block, _ in _blocks(reply)],
        "stop_reason": _STOP[reply.finish],
        "usage": _usage(reply, reply.usage.tokens_out),
    }


def _head(reply: Reply) -> dict[str, Any]:
    return {
        "id": f"msg_scripted_{reply.number}",
        "type": "message",
        "role": "assistant",
        "model": reply.model,
        "content": [],
        "stop_reason": None,
        "stop_sequence": None,
        "usage": _usage(reply, 1),
    }


def _usage(reply: Reply, tokens_out: int) -> JsonObject:
    """Anthropic counts cached tokens apart from `input_tokens`."""
    usage = reply.usage
    return {
        "input_tokens": max(0, usage.tokens_in - usage.cache_read - usage.cache_write),
        "cache_creation_input_tokens": usage.cache_write,
        "cache_read_input_tokens": usage.cache_read,
        "output_tokens": tokens_out,
        "service_tier": "standard",
    }


def _blocks(reply: Reply) -> Iterator[tuple[dict[str, Any], list[JsonObject]]]:
    """The blocks of the content, each with the deltas that fill it."""
    if reply.tool is None or reply.text:
        yield {"type": "text", "text": reply.text}, [{"type": "text_delta", "text": piece} for piece in reply.pieces]
    if reply.tool is not None:
        head = {"type": "tool_use", "id": f"toolu_scripted_{reply.number}", "name": reply.tool.name}
        yield (
            {**head, "input": reply.tool.arguments},
            [{"type": "input_json_delta", "partial_json": text} for text in ("", reply.arguments)],
        )


def _stream(reply: Reply) -> Iterator[bytes]:
    for data in _events(reply):
        yield event(data, str(data["type"]))


def _events(reply: Reply) -> Iterator[JsonObject]:
    yield {"type": "message_start", "message": _head(reply)}
    for index, (block, deltas) in enumerate(_blocks(reply)):
        empty: dict[str, Any] = {"text": ""} if block["type"] == "text" else {"input": {}}
        yield {"type": "content_block_start", "index": index, "content_block": {**block, **empty}}
        if index == 0:
            yield {"type": "ping"}
        for delta in deltas:
            yield {"type": "content_block_delta", "index": index, "delta": delta}
        yield {"type": "content_block_stop", "index": index}
    yield {
        "type": "message_delta",
        "delta": {"stop_reason": _STOP[reply.finish], "stop_sequence": None},
        "usage": _usage(reply, reply.usage.tokens_out),
    }
    yield {"type": "message_stop"}


def _count(reply: Reply) -> Json:
    return {"input_tokens": reply.usage.tokens_in}


MESSAGES: Final = Format(_answer, anthropic_error, _stream)
COUNT_TOKENS: Final = Format(_count, anthropic_error)
