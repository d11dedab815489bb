"""Which model a request names, wherever its provider has it."""

from __future__ import annotations

import pytest

from cfaig.runtime.providers.models import model_of

FORM = b'--x\r\nContent-Disposition: form-data; name="model"\r\n\r\nwhisper-1\r\n--x--'


@pytest.mark.parametrize(
    ("slug", "path", "body", "query", "model"),
    [
        ("openai", "v1/chat/completions", b' {"model": "gpt-4o"}', "", "gpt-4o"),
        ("openai", "v1/audio/transcriptions", FORM, "", "whisper-1"),
        ("openai", "v1/models", b"", "", None),
        ("openai", "v1/chat/completions", b'{"model": 3}', "", None),
        ("openai", "v1/chat/completions", b"{" * 99_999, "", None),
        ("openai", "v1/chat/completions", b'{"a":' * 99_999, "", None),
        ("anthropic", "v1/messages", b'{"model": "claude-sonnet-5"}', "", "claude-sonnet-5"),
        ("google-ai-studio", "v1beta/models/gemini-2.5-flash:generateContent", b"{}", "", "gemini-2.5-flash"),
        ("google-vertex-ai", "v1/projects/p/locations/l/publishers/google/models/g:x", b"", "", "g"),
        ("workers-ai", "@cf/meta/llama-3.1-8b-instruct", b"{}", "", "@cf/meta/llama-3.1-8b-instruct"),
        ("workers-ai", "run/@cf/baai/bge-m3", b"{}", "", "@cf/baai/bge-m3"),
        ("workers-ai", "v1/chat/completions", b'{"model": "@cf/x/y"}', "", "@cf/x/y"),
        ("aws-bedrock", "bedrock-runtime/us-east-1/model/a.b-v1%3A0/invoke", b"{}", "", "a.b-v1:0"),
        ("azure-openai", "resource/gpt-4o/chat/completions", b"{}", "", "gpt-4o"),
        ("huggingface", "bigcode/starcoder", b"{}", "", "bigcode/starcoder"),
        ("replicate", "v1/models/meta/llama/predictions", b"{}", "", "meta/llama"),
        ("fal", "fal-ai/fast-sdxl", b"{}", "", "fal-ai/fast-sdxl"),
        ("elevenlabs", "v1/text-to-speech/v", b'{"model_id": "eleven_v3"}', "", "eleven_v3"),
        ("deepgram", "v1/listen", b"\x00\x01", "model=nova-3&x=y", "nova-3"),
        ("custom-lab", "v1/chat/completions", b'{"model": "qwen"}', "", "qwen"),
    ],
)
def test_model_of(slug: str, path: str, body: bytes, query: str, model: str | None) -> None:
    assert model_of(slug, path, body, query) == model
    assert model_of(slug, "/" + path, body, query) == model
