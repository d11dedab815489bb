"""OpenAI's chat completions, which most providers speak, and the completions before them, which code editors ask.

Sources: https://platform.openai.com/docs/api-reference/chat, …/completions
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

from cfaig.json_types import Json, JsonObject
from cfaig.runtime.model import Usage
from cfaig.runtime.scripted.formats.errors import openai_error
from cfaig.runtime.scripted.formats.format import DONE, Format, event
from cfaig.runtime.scripted.reply import Reply

# Who tells of tokens at the end of a stream only when `stream_options.include_usage` asks for it.
_ONLY_WHEN_ASKED: Final = frozenset({"openai", "azure-openai", "baseten", "huggingface"})


def _answer(reply: Reply) -> Json:
    return {
        "id": f"chatcmpl-scripted-{reply.number}",
        "object": "chat.completion",
        "created": reply.created,
        "model": reply.model,
        "choices": [{"index": 0, "message": _message(reply), "logprobs": None, "finish_reason": str(reply.finish)}],
        "usage": openai_usage(reply.usage),
        "system_fingerprint": "fp_scripted",
    }


def _message(reply: Reply) -> JsonObject:
    message: dict[str, Json] = {"role": "assistant", "content": reply.text or None, "refusal": None}
    if reply.tool is None:
        message["content"] = reply.text
    else:
        function = {"name": reply.tool.name, "arguments": reply.arguments}
        message["tool_calls"] = [{"id": f"call_scripted_{reply.number}", "type": "function", "function": function}]
    return message


def openai_usage(usage: Usage) -> JsonObject:
    """Tokens as chat completions tell them."""
    return {
        "prompt_tokens": usage.tokens_in,
        "completion_tokens": usage.tokens_out,
        "total_tokens": usage.tokens_in + usage.tokens_out,
        "prompt_tokens_details": {"cached_tokens": usage.cache_read, "audio_tokens": 0},
        "completion_tokens_details": {"reasoning_tokens": usage.reasoning, "audio_tokens": 0},
    }


def _stream(reply: Reply) -> Iterator[bytes]:
    asked = _usage_asked(reply)
    for delta in _deltas(reply):
        yield _chunk(reply, [_choice(delta)], {"usage": None} if asked else {})
    yield _chunk(reply, [_choice({}, str(reply.finish))], {"usage": None} if asked else {})
    if asked or reply.slug not in _ONLY_WHEN_ASKED:
        yield _chunk(reply, [], {"usage": openai_usage(reply.usage)})
    yield DONE


def _usage_asked(reply: Reply) -> bool:
    options = reply.asked.body.get("stream_options")
    return isinstance(options, dict) and options.get("include_usage") is True


def _deltas(reply: Reply) -> Iterator[dict[str, Any]]:
    yield {"role": "assistant", "content": "" if reply.tool is None else None, "refusal": None}
    for piece in reply.pieces:
        yield {"content": piece}
    if reply.tool is not None:
        call = {"index": 0, "id": f"call_scripted_{reply.number}", "type": "function"}
        yield {"tool_calls": [{**call, "function": {"name": reply.tool.name, "arguments": ""}}]}
        yield {"tool_calls": [{"index": 0, "function": {"arguments": reply.arguments}}]}


def _choice(delta: dict[str, Any], finish: str | None = None) -> JsonObject:
    return {"index": 0, "delta": delta, "logprobs": None, "finish_reason": finish}


def _chunk(reply: Reply, choices: list[JsonObject], more: JsonObject) -> bytes:
    return event(
        {
            "id": f"chatcmpl-scripted-{reply.number}",
            "object": "chat.completion.chunk",
            "created": reply.created,
            "model": reply.model,
            "system_fingerprint": "fp_scripted",
            "choices": choices,
            **more,
        }
    )


def _completion(reply: Reply) -> Json:
    return {**_part(reply, reply.text, str(reply.finish)), "usage": openai_usage(reply.usage)}


def _completion_stream(reply: Reply) -> Iterator[bytes]:
    for piece in reply.pieces:
        yield event(_part(reply, piece))
    yield event(_part(reply, "", str(reply.finish)))
    if _usage_asked(reply) or reply.slug not in _ONLY_WHEN_ASKED:
        yield event({**_part(reply, ""), "choices": [], "usage": openai_usage(reply.usage)})
    yield DONE


def _part(reply: Reply, text: str, finish: str | None = None) -> JsonObject:
    return {
        "id": f"cmpl-scripted-{reply.number}",
        "object": "text_completion",
        "created": reply.created,
        "model": reply.model,
        "choices": [{"index": 0, "text": text, "logprobs": None, "finish_reason": finish}],
    }


CHAT: Final = Format(_answer, openai_error, _stream)
COMPLETIONS: Final = Format(_completion, openai_error, _completion_stream)
