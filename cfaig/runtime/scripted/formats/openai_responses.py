"""OpenAI's Responses.

Sources: https://platform.openai.com/docs/api-reference/responses, …/responses-streaming
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

from cfaig.json_types import Json, JsonObject
from cfaig.runtime.scripted.formats.errors import openai_error
from cfaig.runtime.scripted.formats.format import Format, event
from cfaig.runtime.scripted.reply import Reply
from cfaig.runtime.scripted.rules import Finish

_INCOMPLETE: Final = {Finish.LENGTH: "max_output_tokens", Finish.CONTENT_FILTER: "content_filter"}


def _answer(reply: Reply) -> Json:
    incomplete = _INCOMPLETE.get(reply.finish)
    status = "incomplete" if incomplete else "completed"
    return {
        **_head(reply, status),
        "incomplete_details": {"reason": incomplete} if incomplete else None,
        "output": [item for item, _ in _items(reply)],
        "usage": {
            "input_tokens": reply.usage.tokens_in,
            "input_tokens_details": {
                "cached_tokens": reply.usage.cache_read,
                "cache_write_tokens": reply.usage.cache_write,
            },
            "output_tokens": reply.usage.tokens_out,
            "output_tokens_details": {"reasoning_tokens": reply.usage.reasoning},
            "total_tokens": reply.usage.tokens_in + reply.usage.tokens_out,
        },
    }


def _head(reply: Reply, status: str) -> dict[str, Any]:
    body = reply.asked.body
    return {
        "id": f"resp_scripted_{reply.number}",
        "object": "response",
        "created_at": reply.created,
        "status": status,
        "error": None,
        "incomplete_details": None,
        "instructions": body.get("instructions"),
        "max_output_tokens": body.get("max_output_tokens"),
        "metadata": body.get("metadata") or {},
        "model": reply.model,
        "output": [],
        "parallel_tool_calls": True,
        "previous_response_id": body.get("previous_response_id"),
        "temperature": body.get("temperature", 1.0),
        "text": {"format": {"type": "text"}},
        "tool_choice": body.get("tool_choice", "auto"),
        "tools": body.get("tools") or [],
        "top_p": body.get("top_p", 1.0),
        "truncation": "disabled",
        "usage": None,
        "user": body.get("user"),
    }


def _items(reply: Reply) -> Iterator[tuple[dict[str, Any], list[JsonObject]]]:
    """The items of the output as they are at their end, each with the events that fill it."""
    if reply.tool is None or reply.text:
        yield _message_item(reply)
    if reply.tool is not None:
        yield _call_item(reply)


def _message_item(reply: Reply) -> tuple[dict[str, Any], list[JsonObject]]:
    item_id = f"msg_scripted_{reply.number}"
    part: dict[str, Any] = {"type": "output_text", "text": reply.text, "annotations": [], "logprobs": []}
    item = {"id": item_id, "type": "message", "status": "completed", "role": "assistant", "content": [part]}
    place: dict[str, Any] = {"item_id": item_id, "content_index": 0}
    text = "response.output_text"
    return item, [
        {"type": "response.content_part.added", **place, "part": {**part, "text": ""}},
        *({"type": f"{text}.delta", **place, "delta": piece, "logprobs": []} for piece in reply.pieces),
        {"type": f"{text}.done", **place, "text": reply.text, "logprobs": []},
        {"type": "response.content_part.done", **place, "part": part},
    ]


def _call_item(reply: Reply) -> tuple[dict[str, Any], list[JsonObject]]:
    item_id = f"fc_scripted_{reply.number}"
    name = reply.tool.name if reply.tool else ""
    item = {
        "id": item_id,
        "type": "function_call",
        "status": "completed",
        "arguments": reply.arguments,
        "call_id": f"call_scripted_{reply.number}",
        "name": name,
    }
    kind = "response.function_call_arguments"
    return item, [
        {"type": f"{kind}.delta", "item_id": item_id, "delta": reply.arguments},
        {"type": f"{kind}.done", "item_id": item_id, "arguments": reply.arguments, "name": name},
    ]


def _stream(reply: Reply) -> Iterator[bytes]:
    for number, data in enumerate(_events(reply)):
        yield event({**data, "sequence_number": number}, str(data["type"]))


def _events(reply: Reply) -> Iterator[JsonObject]:
    begun = _head(reply, "in_progress")
    yield {"type": "response.created", "response": begun}
    yield {"type": "response.in_progress", "response": begun}
    for index, (item, events) in enumerate(_items(reply)):
        empty: dict[str, Any] = {"content": []} if item["type"] == "message" else {"arguments": ""}
        started = {**item, "status": "in_progress", **empty}
        yield {"type": "response.output_item.added", "output_index": index, "item": started}
        for each in events:
            yield {**each, "output_index": index}
        yield {"type": "response.output_item.done", "output_index": index, "item": item}
    end = "incomplete" if reply.finish in _INCOMPLETE else "completed"
    yield {"type": f"response.{end}", "response": _answer(reply)}


RESPONSES: Final = Format(_answer, openai_error, _stream)
