"""What diagnostics say, and how they are shown."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from cfaig.definition.diagnostics import DefinitionError, Diagnostic, Position, Severity
from cfaig.definition.load import load_text
from cfaig.definition.render import render_json, render_text
from cfaig.definition.yaml_scalars import BOOLEAN, FLOAT, INTEGER, NULL, STRING, tag_of


def told(line: str) -> str:
    with pytest.raises(DefinitionError) as raised:
        load_text(f"gateway: support\n{line}\n", "dev", name=Path("gateways/support.yaml"))
    return render_text(raised.value.diagnostics)


def test_the_whole_form() -> None:
    assert told("routes: {chat: [{provider: openai, model: gpt-4o, timout: 30s}]}") == (
        "gateways/support.yaml:2:51: error AIG012: unknown key `timout` in `routes.chat[0]`\n"
        "    2 | routes: {chat: [{provider: openai, model: gpt-4o, timout: 30s}]}\n"
        "      |                                                   ^^^^^^\n"
        "      fix: did you mean `timeout`? known here: provider, model, timeout, timeout_ms, retries"
    )


@pytest.mark.parametrize(
    ("line", "message", "fix"),
    [
        ("authentication: no", "`authentication` must be true or false; `no` is a text", "write false"),
        ("authentication: ON", "must be true or false; `ON` is a text", "write true"),
        ("logging: {keep: 100_000}", "must be a whole number, not a text", "write 100000,"),
        ("logging: {keep: '100000'}", "must be a whole number, not a text", "write 100000,"),
        ("logging: {keep: 5}", "must be between 10000 and 10000000, not `5`", None),
        ("description: 2024", "must be a text, not a number", 'put it in quotes: "2024"'),
        ("description: true", "must be a text, not true", 'put it in quotes: "true"'),
        ("domains: ai.example.com", "must be a list, not a text", "write [ai.example.com]"),
        ("cache: 1h", "must be a mapping, not a text", None),
        ("cache: {ttl: [1]}", "`cache.ttl` must be a duration, not a list", "write 30s, 500ms, 5m, 1h or 30d"),
        ("cache: {ttl: 1hour}", "`cache.ttl` is not a duration", "write 30s, 500ms"),
        ("retries: {delay: 500}", "`retries.delay` must be between 0 and 1m", "milliseconds are 500ms"),
        (
            "retries: {backoff: exponental}",
            "must be `constant`, `linear` or `exponential`",
            "did you mean `exponential`?",
        ),
        ("version: 2", "`version` must be `1`, not `2`", "write `1`"),
        ("cache_ttl: 300", "unknown key `cache_ttl`", "write cache: {ttl: …}"),
        ("colour: red", "unknown key `colour`", "known here: version, gateway"),
        ("routes: {a: gpt-4o}", "must be a list of models, or a mapping with `chain`", None),
        ("routes: {a: [gpt-4o]}", "must be a mapping with `provider` and `model`, not a text", None),
        ("routes: {a: [null]}", "not nothing", "the value is missing"),
        ("routes: {a: {renamed_from: b}}", "`chain`, `if`, `limit`, `split` or `elements` is missing", None),
        ("routes: {a: {chian: []}}", "unknown key `chian`", "did you mean `chain`?"),
        ("routes: {a: {limit: {key: b, per: 1h}, then: []}}", "`requests` or `cost` is missing", None),
        ("routes: {a: {split: {90%: [], 20%: []}}}", "add up to 110%, not 100%", "take 10% from one of them"),
        ("routes: {a: {if: {x: {$eqq: 1}}, then: [], else: []}}", "unknown key `$eqq`", "did you mean `$eq`?"),
        ("routes: {a: [{if: null, then: [], else: []}]}", "must be a mapping, not nothing", "the value is missing"),
        ("routes: {a: [{limit: {key: b, requests: 1, per: null}, then: []}]}", "must be a duration, not nothing", None),
        ("routes: {a: [{split: {100%: null}}]}", "must be a list of models, or a mapping", "the value is missing"),
        ("routes: {a: {if: {x: 1}, then: [], else: }}", "`else` is missing in `routes.a`", "say where a request goes"),
        ("only: []", "`only` must not be empty", None),
        ("providers: {openai: {key: 5}}", "must be a text, not a number", None),
        ("providers: {openai: {key: op://x}}", "is not a reference that can be read (op://…)", "write env://NAME"),
        ("spend_limits: {rules: {a: {cost: 1, per: 1d, metadata: {b: all}}}}", "must be `each`, not `all`", None),
        ("spend_limits: {rules: {'a b': {cost: 1, per: 1d}}}", "`a b` cannot be a name in rules", "names there match"),
        ("description: ${enviroment}", "unknown variable ${enviroment}", "did you mean environment?"),
        ("logging: {logpush: {public_key: short}}", "must have 16 to 1024 characters, not 5", None),
    ],
)
def test_messages(line: str, message: str, fix: str | None) -> None:
    text = told(line)
    assert text.count("error AIG") == 1, text
    assert message in text
    if fix is not None:
        assert f"fix: {fix}" in text or fix in text.split("fix: ")[1]


def test_a_misspelled_key_is_not_missing_as_well() -> None:
    assert told("rate_limit: {requsts: 1, per: 1m}").count("error") == 1
    assert told("stripe: {authorisation: env://A, usage_events: []}").count("error") == 1
    assert told("providers: {lab: {base_ulr: https://x.example.com, name: Lab}}").count("error") == 1


def test_colour() -> None:
    place = Position(Path("a.yaml"), 1, 1)
    text = render_text([Diagnostic("AIG042", "m", place, severity=Severity.WARNING, source_line="x: y")], colour=True)
    assert text.startswith("\x1b[1ma.yaml:1:1\x1b[0m: \x1b[1;33mwarning AIG042\x1b[0m: m\n")


def test_a_file_cannot_steer_the_terminal() -> None:
    place = Position(Path("a.yaml"), 1, 300)
    text = render_text([Diagnostic("AIG012", "key \x1b[2J", place, hint="\x07", source_line="\x1b]0;title\x07" * 50)])
    assert "\x1b" not in text
    assert "\x07" not in text
    assert max(map(len, text.splitlines())) < 200


def test_paths_can_be_shortened() -> None:
    diagnostic = Diagnostic("AIG004", "m", Position(Path("/project/gateways/a.yaml")))
    assert render_text([diagnostic], relative_to=Path("/project")).startswith("gateways/a.yaml:1:1")
    assert render_text([diagnostic], relative_to=Path("/other")).startswith("/project/gateways/a.yaml:1:1")


def test_json() -> None:
    diagnostic = Diagnostic("AIG020", "m", Position(Path("a.yaml"), 2, 3), ("routes", "a", 0), "h", source_line="x")
    assert json.loads(render_json([diagnostic])) == [
        {
            "file": "a.yaml",
            "line": 2,
            "column": 3,
            "severity": "error",
            "code": "AIG020",
            "message": "m",
            "path": ["routes", "a", 0],
            "hint": "h",
        }
    ]


@pytest.mark.parametrize(
    ("text", "tag"),
    [
        *(
            (text, STRING)
            for text in ("no", "on", "Yes", "010", "0o17", "0x1F", "1:30", "1_000", "2024-01-01", "1e999")
        ),
        *((text, STRING) for text in (".inf", ".nan", "-", ".", "+", "1.2.3", "9" * 50, "１", "e5", "=")),
        *((text, INTEGER) for text in ("0", "-0", "12", "+12", "-7")),
        *((text, FLOAT) for text in ("1.5", "-0.5", "1.", "1e3", "1.5E-3")),
        *((text, BOOLEAN) for text in ("true", "False", "TRUE")),
        *((text, NULL) for text in ("", "~", "null", "NULL")),
    ],
)
def test_scalars(text: str, tag: str) -> None:
    assert tag_of(text) == tag
