"""No secret gets out, wherever it stands; what is none stays as it was."""

from __future__ import annotations

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cfaig.observe.redact import Redactor

LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789"
RANDOM = st.text(LETTERS, min_size=36, max_size=48)
SHAPES = (
    "sk-{}",
    "sk-proj-{}",
    "sk-ant-api03-{}",
    "sk_live_{}",
    "gsk_{}",
    "hf_{}",
    "xai-{}",
    "AIza{}",
    "ghp_{}",
    "github_pat_{}",
    "xoxb-{}",
    "hvs.{}",
    "eyJhbGciOiJIUzI1NiJ9.{}.sig",
    "-----BEGIN PRIVATE KEY-----\n{}\n-----END PRIVATE KEY-----",
)
SAID = (
    "Authorization: Bearer 9{}",
    "password={}",
    "my api key is 1{}",
    'the "client_secret": "{}"',
    "https://ann:{}@example.com/x",
    "/v1/models?key={}&alt=json",
)
NAMES = (
    "authorization",
    "cf-aig-authorization",
    "x-api-key",
    "api_key",
    "OPENAI_API_KEY",
    "accessToken",
    "access_token",
    "password",
    "client_secret",
    "Cookie",
)
WORDS = st.text("abc defg.,\n", max_size=20)


def clean(text: str) -> str:
    return Redactor().text(text)


@settings(max_examples=80, deadline=None)
@given(RANDOM, st.sampled_from([*SHAPES, *SAID]), WORDS, WORDS, st.sampled_from(["text", "json", "stream", "nested"]))
def test_what_looks_like_a_secret_is_hidden(secret: str, shape: str, before: str, after: str, where: str) -> None:
    said = f"{before} {shape.format(secret)} {after}"
    document = {"messages": [{"role": "user", "content": said}]}
    text = {
        "text": said,
        "json": json.dumps(document),
        "stream": f"data: {json.dumps({'choices': [{'delta': {'content': said}}]})}\n\ndata: [DONE]\n\n",
        "nested": json.dumps({"arguments": json.dumps(document)}),
    }[where]
    shown = clean(text)
    assert secret not in shown
    assert "[redacted: " in shown
    assert clean(shown) == shown


@settings(max_examples=60, deadline=None)
@given(st.text(LETTERS + "/+=-_ ", min_size=1, max_size=30), st.sampled_from(NAMES), st.booleans())
def test_fields_with_telling_names_are_hidden(value: str, name: str, in_stream: bool) -> None:
    secret = f"<{value}>"
    text = json.dumps({"tool": {"input": {name: secret, "other": 1}}})
    shown = clean(f"data: {text}\n" if in_stream else text)
    assert secret not in shown
    assert '"other": 1' in shown


@pytest.mark.parametrize(
    "text",
    [
        '{"model":"gpt-4o",  "messages":[{"role":"user","content":"Where is my order 7f3a9c2e?"}]}',
        '{"max_tokens": 5, "usage": {"prompt_tokens": 12, "total_tokens": 14}, "key": "name", "token": " the"}',
        "The password is required, and a token is a piece of a word. Basic understanding helps.",
        "01a22375-10a3-7118-95cd-021a90fe882b gpt-4o-mini openai/chat/completions sk-short",
        'data: {"id":"chatcmpl-1","choices":[{"logprobs":{"content":[{"token":"Hello","logprob":-0.1}]}}]}\n\n',
        "",
        "{not json",
    ],
)
def test_what_is_no_secret_stays_byte_for_byte(text: str) -> None:
    redactor = Redactor()
    assert redactor.text(text) == text
    assert redactor.told() == ""


def test_it_tells_what_it_took_out() -> None:
    redactor = Redactor()
    log = {"path": "v1?key=abcdefgh123", "metadata": {"session_token": "x1"}, "success": True, "tokens_in": 3}
    assert redactor.value(log) == {
        "path": "v1?key=[redacted: secret]",
        "metadata": {"session_token": "[redacted: session_token]"},
        "success": True,
        "tokens_in": 3,
    }
    assert redactor.told() == "1 secret, 1 session_token"


@settings(max_examples=50, deadline=None)
@given(st.text(max_size=80))
def test_any_text_can_be_cleaned_and_cleaned_again(text: str) -> None:
    assert clean(clean(text)) == clean(text)


@pytest.mark.timeout(60)
@pytest.mark.parametrize(
    "piece",
    ["a.", "key-", "api key", "eyJ", "https://", "Bearer ", "-----BEGIN PRIVATE KEY-----", "token is ", "s\\", "sk-"],
)
def test_no_text_makes_it_slow(piece: str) -> None:
    """With a pattern that looks at everything again from each place, this would take minutes."""
    text = piece * (200_000 // len(piece))
    assert len(clean(text)) > 10
