"""What scripted providers say that they used is what the meter reads, in every format, however it is cut up."""

from __future__ import annotations

import json
from collections.abc import Sequence

from hypothesis import given
from hypothesis import strategies as st

from cfaig.runtime.clock import Clock
from cfaig.runtime.model import UpstreamRequest, Usage
from cfaig.runtime.providers.usage import UsageMeter
from cfaig.runtime.scripted.rules import Rule, Tokens, ToolCall
from cfaig.runtime.scripted.script import Script
from cfaig.runtime.scripted.upstream import ScriptedUpstream
from cfaig.runtime.virtual_time import run_in_virtual_time

GOOGLE = "https://generativelanguage.googleapis.com/v1beta/models/gemini-2.5-flash"
# What each format can tell of: tokens read from and written to the provider's cache, and of reasoning.
FORMATS = {
    "chat": ("openai", "https://api.openai.com/v1/chat/completions", {"cache_read", "reasoning"}),
    "completions": ("custom-lab", "https://llm.example.com/v1/completions", {"cache_read", "reasoning"}),
    "responses": ("openai", "https://api.openai.com/v1/responses", {"cache_read", "cache_write", "reasoning"}),
    "messages": ("anthropic", "https://api.anthropic.com/v1/messages", {"cache_read", "cache_write"}),
    "generate": ("google-ai-studio", f"{GOOGLE}:generateContent", {"cache_read", "reasoning"}),
    "events": ("google-ai-studio", f"{GOOGLE}:streamGenerateContent?alt=sse", {"cache_read", "reasoning"}),
    "array": ("google-ai-studio", f"{GOOGLE}:streamGenerateContent", {"cache_read", "reasoning"}),
    "run": ("workers-ai", "https://api.cloudflare.com/client/v4/accounts/a/ai/run/@cf/m", {"cache_read"}),
}
COUNTS = st.integers(0, 10**9)


@st.composite
def tokens(draw: st.DrawFn) -> Tokens:
    read, written, reasoning = draw(COUNTS), draw(COUNTS), draw(COUNTS)
    return Tokens(read + written + draw(COUNTS), reasoning + draw(COUNTS), read, written, reasoning)


async def sent(url: str, slug: str, rule: Rule, *, stream: bool) -> tuple[str, bytes]:
    body = {"model": "m", "stream": stream, "stream_options": {"include_usage": True}}
    upstream = ScriptedUpstream(Clock(start=0), Script((rule,)))
    answer = await upstream.send(UpstreamRequest(slug, url, json.dumps(body).encode(), {}))
    return answer.headers["content-type"], b"".join([part async for part in answer.body])


def cut(body: bytes, places: Sequence[int]) -> list[bytes]:
    ends = sorted({place % (len(body) + 1) for place in places} | {len(body)})
    return [body[start:end] for start, end in zip([0, *ends], ends, strict=False)]


@given(
    st.sampled_from(sorted(FORMATS)),
    st.booleans(),
    tokens(),
    st.text(max_size=60),
    st.booleans(),
    st.lists(st.integers(0, 100_000), max_size=12),
)
def test_what_is_told_is_read(name: str, stream: bool, told: Tokens, text: str, tool: bool, places: list[int]) -> None:
    slug, url, kinds = FORMATS[name]
    rule = Rule(text=text, tokens=told, tool=ToolCall("t", {"usage": {"prompt_tokens": 1}}) if tool else None)
    kind, body = run_in_virtual_time(sent(url, slug, rule, stream=stream))
    meter = UsageMeter(kind)
    for part in cut(body, places):
        meter.feed(part)
    assert meter.usage() == Usage(
        told.tokens_in or 0,
        told.tokens_out or 0,
        told.cache_read if "cache_read" in kinds else 0,
        told.cache_write if "cache_write" in kinds else 0,
        told.reasoning if "reasoning" in kinds else 0,
    )
