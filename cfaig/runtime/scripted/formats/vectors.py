"""Embeddings: short vectors that depend on the text alone.

Source: https://platform.openai.com/docs/api-reference/embeddings
"""

from __future__ import annotations

import base64
import hashlib
import math
import struct
from typing import Any, Final

from cfaig.json_types import Json
from cfaig.runtime.scripted.formats.errors import openai_error
from cfaig.runtime.scripted.formats.format import Format
from cfaig.runtime.scripted.reply import Reply

# Real ones have hundreds; nobody reads them, and they make logs long.
_DIMENSIONS: Final = 8
_MOST_DIMENSIONS: Final = 4096


def vector(text: str, dimensions: Any = None) -> list[float]:
    """A vector of length 1; the same for the same text."""
    wanted = dimensions if isinstance(dimensions, int) and 1 <= dimensions <= _MOST_DIMENSIONS else _DIMENSIONS
    digest = hashlib.shake_256(text.encode(errors="replace")).digest(wanted * 2)
    numbers = [number / 32768 + 1 / 65536 for number in struct.unpack(f"<{wanted}h", digest)]
    length = math.sqrt(sum(number * number for number in numbers))
    return [round(number / length, 6) for number in numbers]


def _answer(reply: Reply) -> Json:
    body = reply.asked.body
    given = body.get("input")
    # A list of numbers is one text in tokens.
    texts = given if isinstance(given, list) and not all(isinstance(each, int) for each in given) else [given]
    in_base64 = body.get("encoding_format") == "base64"
    rows = [vector(text if isinstance(text, str) else repr(text), body.get("dimensions")) for text in texts]
    return {
        "object": "list",
        "data": [
            {"object": "embedding", "index": index, "embedding": _packed(row) if in_base64 else row}
            for index, row in enumerate(rows)
        ],
        "model": reply.model,
        "usage": {"prompt_tokens": reply.usage.tokens_in, "total_tokens": reply.usage.tokens_in},
    }


def _packed(row: list[float]) -> str:
    return base64.b64encode(struct.pack(f"<{len(row)}f", *row)).decode()


EMBEDDINGS: Final = Format(_answer, openai_error)
