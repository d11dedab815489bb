"""Tokens as real providers tell them; and what no provider should send."""

from __future__ import annotations

import json
import tracemalloc
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cfaig.runtime.model import Usage
from cfaig.runtime.providers.usage import TAIL_BYTES, WHOLE_BYTES, UsageMeter

SSE = "text/event-stream"
JSON = "application/json; charset=utf-8"


def metered(kind: str, *parts: bytes) -> Usage | None:
    meter = UsageMeter(kind)
    for part in parts:
        meter.feed(part)
    return meter.usage()


@pytest.mark.parametrize(
    ("body", "usage"),
    [
        (
            {
                "usage": {
                    "prompt_tokens": 9,
                    "completion_tokens": 3,
                    "prompt_tokens_details": {"cached_tokens": 5},
                    "completion_tokens_details": {"reasoning_tokens": 2},
                }
            },
            Usage(9, 3, 5, 0, 2),
        ),
        ({"object": "list", "usage": {"prompt_tokens": 9, "total_tokens": 9}}, Usage(9)),
        (
            {"usage": {"prompt_tokens": 9, "completion_tokens": 1, "prompt_cache_hit_tokens": 4}},
            Usage(9, 1, cache_read=4),
        ),
        (
            {"usage": {"input_tokens": 9, "output_tokens": 1, "input_tokens_details": {"cached_tokens": 4}}},
            Usage(9, 1, cache_read=4),
        ),
        (
            {
                "usage": {
                    "input_tokens": 9,
                    "output_tokens": 1,
                    "cache_read_input_tokens": 4,
                    "cache_creation_input_tokens": 2,
                }
            },
            Usage(15, 1, 4, 2),
        ),
        (
            {"usageMetadata": {"promptTokenCount": 9, "candidatesTokenCount": 2, "thoughtsTokenCount": 5}},
            Usage(9, 7, reasoning=5),
        ),
        ({"usage": {"inputTokens": 9, "outputTokens": 2, "cacheReadInputTokens": 5}}, Usage(14, 2, cache_read=5)),
        ({"result": {"response": "x", "usage": {"prompt_tokens": 4, "completion_tokens": 2}}}, Usage(4, 2)),
        (
            {"usage": {"billed_units": {"input_tokens": 1}, "tokens": {"input_tokens": 7, "output_tokens": 2}}},
            Usage(7, 2),
        ),
        ({"meta": {"billed_units": {"input_tokens": 7, "output_tokens": 2}}}, Usage(7, 2)),
        ({"model": "qwen", "prompt_eval_count": 5, "eval_count": 8}, Usage(5, 8)),
        ({"usage": {"type": "duration", "seconds": 9}}, None),
        ({"choices": []}, None),
        ([], None),
        ("usage", None),
        ({"usage": [1], "message": "usage"}, None),
        ({"usage": {"prompt_tokens": -4, "completion_tokens": "8"}}, Usage(0, 0)),
        ({"usage": {"prompt_tokens": 1e400, "completion_tokens": True, "prompt_tokens_details": 7}}, Usage(0, 0)),
    ],
)
def test_documents(body: Any, usage: Usage | None) -> None:
    assert metered(JSON, json.dumps(body).encode()) == usage


def events(*values: Any) -> bytes:
    return b"".join(f"event: x\r\ndata: {json.dumps(value)}\r\n\r\n".encode() for value in values)


def test_streams() -> None:
    assert metered(
        SSE,
        events(
            {"type": "message_start", "message": {"usage": {"input_tokens": 7, "output_tokens": 1}}},
            {"type": "message_delta", "usage": {"output_tokens": 5, "input_tokens": None}},
        ),
    ) == Usage(7, 5)
    assert metered(
        SSE, events({"usage": None}, {"x_groq": {"usage": {"prompt_tokens": 3, "completion_tokens": 4}}})
    ) == Usage(3, 4)
    assert metered(
        SSE,
        events({"type": "message-end", "delta": {"usage": {"tokens": {"input_tokens": 3, "output_tokens": 4}}}}),
        b"data: [DONE]",
    ) == Usage(3, 4)
    assert metered(
        "application/x-ndjson", b'{"response":"a"}\n', b'{"done":true,"prompt_eval_count":3,"eval_count":4}'
    ) == Usage(3, 4)


def test_a_stream_that_was_cut_tells_what_had_come() -> None:
    start = events({"type": "message_start", "message": {"usage": {"input_tokens": 7, "output_tokens": 1}}})
    assert metered(SSE, start, b'data: {"type":"message_delta","usage":{"outp') == Usage(7, 1)


@pytest.mark.parametrize("at_end", [True, False])
def test_bodies_of_any_size_in_little_memory(at_end: bool) -> None:
    """The usage of a body that is too large to keep is found in its end; at its beginning it is lost, not wrong."""
    usage = b'"usage":{"prompt_tokens":5,"completion_tokens":6}'
    text = b'"text":"' + b'\\"usage\\":{\\"prompt_tokens\\":99}' * 10 + b'","numbers":['
    first, last = (b"{" + text, b"0]," + usage + b"}") if at_end else (b"{" + usage + b"," + text, b"0]}")
    meter = UsageMeter(JSON)
    tracemalloc.start()
    meter.feed(first)
    for _ in range(160):
        meter.feed(b"0.123456," * 14_563)
    meter.feed(last)
    found = meter.usage()
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert found == (Usage(5, 6) if at_end else None)
    assert peak < 5 * WHOLE_BYTES


@given(st.lists(st.integers(1, 3 * WHOLE_BYTES), max_size=6), st.integers(0, 2 * TAIL_BYTES))
def test_large_bodies_tell_the_same_however_they_are_cut(places: list[int], behind: int) -> None:
    body = b'{"data":"' + b"x" * WHOLE_BYTES + b'","usage":{"prompt_tokens":5},"more":"' + b"y" * behind + b'"}'
    ends = sorted({place for place in places if place < len(body)} | {len(body)})
    parts = [body[start:end] for start, end in zip([0, *ends], ends, strict=False)]
    assert metered(JSON, *parts) == metered(JSON, body)
    assert (metered(JSON, body) == Usage(5)) == (behind < TAIL_BYTES - 40)


@given(st.sampled_from([SSE, JSON, "application/x-ndjson", "", "image/png"]), st.lists(st.binary(max_size=200)))
def test_garbage_is_no_error(kind: str, parts: list[bytes]) -> None:
    assert metered(kind, *parts) is None


@pytest.mark.parametrize("kind", [SSE, JSON])
def test_deep_and_broken_documents_are_no_error(kind: str) -> None:
    assert metered(kind, b'data: {"usage":' + b"[" * 99_999) is None
    assert metered(kind, b'{"usage":{"prompt_tokens":1', b"\n\n") is None
