"""Scripts from plain data: what is refused, and that the JSON Schema of scenarios refuses the same."""

from __future__ import annotations

import json
import re
from dataclasses import fields
from pathlib import Path
from typing import Any

import jsonschema
import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from cfaig.errors import CfaigError
from cfaig.json_types import Json
from cfaig.runtime.scripted.rules import Finish, Malformed, Rule, Tokens, ToolCall
from cfaig.runtime.scripted.script import Script

SCHEMA = json.loads((Path(__file__).parents[3] / "schemas" / "scenario.schema.json").read_text(encoding="utf-8"))
RULE = {"$ref": "#/$defs/upstream_rule", "$defs": SCHEMA["$defs"]}
VALIDATOR = jsonschema.Draft202012Validator(RULE)


def test_everything_can_be_said() -> None:
    data: Json = [
        {"provider": "openai", "model": "gpt-*", "path": "*/x", "after": 1, "every": 2, "times": 3, "status": 503},
        {"delay": "1500ms", "chunk_delay": 0.25, "cut_after": 0, "stall_after": 9, "retry_after": "1m"},
        {"malformed": "content_type"},
        {"tool": {"name": "t", "arguments": {"a": [1]}}, "text": "x", "finish": "length"},
        {"tokens": {"in": 5, "out": 6, "cache_read": 1, "cache_write": 2, "reasoning": 3}, "headers": {"X-A": "b"}},
    ]
    assert Script.from_data(data).rules == (
        Rule("openai", "gpt-*", "*/x", after=1, every=2, times=3, status=503),
        Rule(delay=1.5, chunk_delay=0.25, cut_after=0, stall_after=9, retry_after=60),
        Rule(malformed=Malformed.CONTENT_TYPE),
        Rule(tool=ToolCall("t", {"a": [1]}), text="x", finish=Finish.LENGTH),
        Rule(tokens=Tokens(5, 6, 1, 2, 3), headers={"x-a": "b"}),
    )


@pytest.mark.parametrize(
    ("data", "message", "hint"),
    [
        ({}, "upstreams is no list", "write the rules as a list"),
        ("openai", "upstreams is no list", "write the rules as a list"),
        ([3], "upstreams[0] is no object", "it may have provider"),
        ([{}, {"dealy": "2s"}], "upstreams[1] has no dealy", "did you mean delay?"),
        ([{"delay": "2 s"}], "upstreams[0].delay is no duration", "500ms"),
        ([{"delay": -1}], "upstreams[0].delay is no duration", "500ms"),
        ([{"delay": float("inf")}], "upstreams[0].delay is no duration", "500ms"),
        ([{"delay": True}], "upstreams[0].delay is no duration", "500ms"),
        ([{"times": 0}], "upstreams[0].times is no whole number from 1", "without quotes"),
        ([{"status": 99}], "upstreams[0].status is no whole number from 200 to 599", "without quotes"),
        ([{"hang": "yes"}], "upstreams[0].hang is neither true nor false", "write true"),
        ([{"malformed": "xml"}], "upstreams[0].malformed is none of json, content_type, empty", "write json"),
        ([{"finish": ["stop"]}], "upstreams[0].finish is none of stop", "write stop"),
        ([{"tool": {}}], "upstreams[0].tool has no name", "{name"),
        ([{"tokens": {"inn": 3}}], "upstreams[0].tokens has no inn", "did you mean in?"),
        ([{"tokens": {"in": 3, "cache_read": 4}}], "upstreams[0].tokens.in is less than its cached", "cache_read"),
        ([{"headers": {"a": 3}}], "upstreams[0].headers.a is no text", "quotes"),
        ([{"hang": True, "text": "x"}], "upstreams[0] says both hang and text", "one of them"),
        ([{"status": 500, "text": "x"}], "upstreams[0] fails with 500 and answers", "message"),
        ([{"message": "x"}], "upstreams[0].message needs a status of 400 or more", "text"),
    ],
)
def test_what_is_wrong_is_told_with_its_place(data: Any, message: str, hint: str) -> None:
    with pytest.raises(CfaigError) as caught:
        Script.from_data(data)
    assert message in caught.value.message
    assert hint in (caught.value.hint or "")


def test_the_schema_knows_every_key() -> None:
    assert set(SCHEMA["$defs"]["upstream_rule"]["properties"]) == {each.name for each in fields(Rule)}


WORDS = st.sampled_from(["", "x", "2s", "500ms", "stop", "json", "1.5h", "2x", "gpt-*"])
SCALARS: st.SearchStrategy[Any] = st.one_of(
    WORDS, st.none(), st.booleans(), st.integers(-2, 700), st.floats(-1, 1e6).filter(lambda number: number % 1 != 0)
)
OBJECTS: st.SearchStrategy[Any] = st.dictionaries(
    st.sampled_from(["in", "out", "reasoning", "name", "arguments", "a"]), SCALARS, max_size=2
)
VALUES = st.one_of(SCALARS, OBJECTS, st.lists(SCALARS, max_size=1))


@given(st.sampled_from([each.name for each in fields(Rule)]), VALUES)
def test_schema_and_reading_agree_on_every_key(name: str, value: Any) -> None:
    """Rules between keys (a message needs a failure) are left to the reading; so one key at a time."""
    rule = {name: value, "status": 500} if name == "message" else {name: value}
    bounds = SCHEMA["$defs"]["upstream_rule"]["properties"][name].get("x-duration")
    negative = bounds is not None and isinstance(value, int | float) and not isinstance(value, bool) and value < 0
    if VALIDATOR.is_valid(rule) and not negative:
        Script.from_data([rule])
    else:
        with pytest.raises(CfaigError, match=name):
            Script.from_data([rule])


def test_the_rules_in_the_manual_can_be_read() -> None:
    manual = (Path(__file__).parents[3] / "docs" / "upstreams.md").read_text(encoding="utf-8")
    blocks = re.findall(r"```yaml\n(.*?)```", manual, re.DOTALL)
    assert [len(Script.from_data(yaml.safe_load(block)).rules) for block in blocks] == [7, 4]
    table = re.findall(r"^\| (`[^|]*) \|", manual.partition("## Rules")[2], re.MULTILINE)
    keys = set(re.findall(r"`(\w+)`", "".join(table)))
    assert keys == {each.name for each in fields(Rule)}
