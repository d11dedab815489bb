"""Workers AI's own format, of `/ai/run/<model>`.

Sources: https://developers.cloudflare.com/workers-ai/configuration/open-ai-compatibility/, …/models/
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

from cfaig.json_types import Json
from cfaig.runtime.scripted.formats.errors import workers_ai_error
from cfaig.runtime.scripted.formats.format import DONE, Format, event
from cfaig.runtime.scripted.formats.vectors import vector
from cfaig.runtime.scripted.reply import Reply


def _enveloped(result: Json) -> Json:
    return {"result": result, "success": True, "errors": [], "messages": []}


def _answer(reply: Reply) -> Json:
    result: dict[str, Json] = {"response": reply.text, "usage": _usage(reply)}
    if reply.tool is not None:
        result["tool_calls"] = [{"name": reply.tool.name, "arguments": reply.tool.arguments}]
    return _enveloped(result)


def _usage(reply: Reply) -> Json:
    usage = reply.usage
    return {
        "prompt_tokens": usage.tokens_in,
        "completion_tokens": usage.tokens_out,
        "total_tokens": usage.tokens_in + usage.tokens_out,
        "prompt_tokens_details": {"cached_tokens": usage.cache_read},
    }


def _stream(reply: Reply) -> Iterator[bytes]:
    for piece in reply.pieces:
        yield event({"response": piece})
    end: dict[str, Any] = {"response": "", "usage": _usage(reply)}
    if reply.tool is not None:
        end["tool_calls"] = [{"name": reply.tool.name, "arguments": reply.tool.arguments}]
    yield event(end)
    yield DONE


def _embedding(reply: Reply) -> Json:
    given = reply.asked.body.get("text")
    texts = given if isinstance(given, list) else [given]
    rows = [vector(str(text)) for text in texts]
    return _enveloped({"shape": [len(rows), len(rows[0]) if rows else 0], "data": rows, "pooling": "mean"})


RUN: Final = Format(_answer, workers_ai_error, _stream)
RUN_EMBEDDING: Final = Format(_embedding, workers_ai_error)
