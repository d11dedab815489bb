"""What formatting does, and that it does nothing else."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cfaig.definition.diagnostics import DefinitionError
from cfaig.definition.load import load_text
from cfaig.definition.model import Gateway
from cfaig.definition.write import write_gateway, written_gateway
from cfaig.formatting.files import part_of
from cfaig.formatting.formatting import format_bytes, format_text
from cfaig.formatting.read import read
from cfaig.formatting.tree import comments_of
from cfaig.state.compile import compile_gateway
from tests.engine_fixtures import ROOT
from tests.formatting.decorating import Scribe
from tests.formatting.undoing import longhand
from tests.strategies import gateways

FILE = Path("gateways/support.yaml")


def formatted(text: str) -> str:
    once = format_text(text, FILE, "definition")
    assert format_text(once, FILE, "definition") == once, "formatting again changes more"
    return once


def body(text: str) -> str:
    """What `text`, put below an id, is formatted to, without that id."""
    return formatted(f"gateway: support\n{text}").removeprefix("gateway: support\n")


def comments(text: str) -> list[str]:
    tree = read(text)
    return sorted([*filter(None, tree.header), *comments_of(tree.root)])


@settings(max_examples=40)
@given(gateways(), st.integers(0, 2**32))
def test_meaning_and_comments_stay_whatever_was_written(gateway: Gateway, seed: int) -> None:
    scribe = Scribe(seed)
    text = scribe.text(longhand(written_gateway(gateway), seed))
    (before,) = load_text(text, "dev").gateways
    after = formatted(text)
    (same,) = load_text(after, "dev").gateways
    assert compile_gateway(same) == compile_gateway(before) == compile_gateway(gateway)
    assert replace(same, routes=()) == replace(before, routes=())
    assert comments(after) == sorted(scribe.comments)


@settings(max_examples=40)
@given(gateways())
def test_what_cfaig_writes_needs_little(gateway: Gateway) -> None:
    (same,) = load_text(formatted(write_gateway(gateway)), "dev").gateways
    assert compile_gateway(same) == compile_gateway(gateway)


@pytest.mark.parametrize("path", [*sorted((ROOT / "gateways").iterdir()), ROOT / "cfaig/templates/gateway.yaml"])
def test_the_examples_are_formatted(path: Path) -> None:
    assert format_text(path.read_text(), path, part_of(path)) == path.read_text()


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        # durations, in the largest unit in which they are whole
        ("cache: {ttl: 3600}\n", "cache: {ttl: 1h}\n"),
        ("cache: {ttl: 86400s}\n", "cache: {ttl: 1d}\n"),
        ("cache: {ttl: '90m'}\n", "cache: {ttl: 90m}\n"),
        ("cache: {ttl: 0s}\n", "cache: {ttl: 0}\n"),
        ("cache: {ttl: 1.5h}\n", "cache: {ttl: 90m}\n"),
        ("cache: {ttl: soon}\n", "cache: {ttl: soon}\n"),
        ("cache: {ttl: -1}\n", "cache: {ttl: -1}\n"),
        ("retries: {delay: 0.5s}\n", "retries: {delay: 500ms}\n"),
        ("environments: {dev: {cache: {ttl: 60}}}\n", "environments: {dev: {cache: {ttl: 1m}}}\n"),
        # where settings are merged, their names stay
        ("retries: {delay_ms: 500}\n", "retries: {delay_ms: 500}\n"),
        # quotes
        ("description: 'plain'\n", "description: plain\n"),
        ("description: 'it: is'\n", 'description: "it: is"\n'),
        ("description: '\"no\": x'\n", "description: '\"no\": x'\n"),
        ('description: "a\\tb"\n', 'description: "a\\tb"\n'),
        ('labels: {a: "no", b: "1", c: "1:30", d: x, e: "", f: "a,b"}\n',) * 2,
        ("labels: {url: 'env://X', m: 'qwen:7b'}\n", 'labels: {url: env://X, m: "qwen:7b"}\n'),
        ("labels:\n  m: 'qwen:7b'\n", "labels:\n  m: qwen:7b\n"),
        # words
        ("protect: TRUE\nstore: ~\n", "protect: true\nstore: null\n"),
        ("labels: {a: , b}\n", "labels: {a: null, b: null}\n"),
        ("labels:\nstore:\n", "labels:\nstore:\n"),
        # spaces, lines, indentation
        ("cache:   { ttl:  1h,invalidate_on_update: true, }   \n", "cache: {ttl: 1h, invalidate_on_update: true}\n"),
        ("cache: {\n  ttl: 1h\n  }\n", "cache: {ttl: 1h}\n"),
        ("cache:\n      ttl: 1h\n", "cache:\n  ttl: 1h\n"),
        ("domains:\n- a.b\n-   c.d\n", "domains:\n  - a.b\n  - c.d\n"),
        ("allow:\r\n- a\r\n", "allow:\n  - a\n"),
        ("protect: true\n\n\n\nstore: x\n\n\n", "protect: true\n\nstore: x\n"),
        # order
        ("store: x\nprotect: true\n", "protect: true\nstore: x\n"),
        ("zzz: 1\ncache: {b: 1, ttl: 1h, a: 2}\n", "cache: {ttl: 1h, b: 1, a: 2}\nzzz: 1\n"),
        ("labels: {b: x, a: y}\n", "labels: {b: x, a: y}\n"),
        ("guardrails: {prompt: {prompt_injection: block, hate: flag}}\n",) * 2,
        # comments
        ("protect: true# no comment\n", "protect: true# no comment\n"),
        ("protect: true    #  why\n", "protect: true #  why\n"),
        ("# about b\nstore: b\n# about a\nprotect: true # a\n", "# about a\nprotect: true # a\n# about b\nstore: b\n"),
        ("cache: # head\n  # own\n  ttl: 1h\n  # foot\n",) * 2,
        (
            "cache: {ttl: 1h, # why\n  invalidate_on_update: true}\n",
            "cache:\n  ttl: 1h # why\n  invalidate_on_update: true\n",
        ),
        ("domains: [ # head\n  a.b ] # tail\n", "# head\ndomains: [a.b] # tail\n"),
        ("domains: [ # nothing\n]\n", "domains: [] # nothing\n"),
        ("domains:\n  - # why\n    a.b\n", "domains:\n  - a.b # why\n"),
        ("description: # why\n  text # and\n", "# why\ndescription: text # and\n"),
        # texts over several lines
        ("description: a\n    long\n   text\n", "description: a\n  long\n  text\n"),
        ("description: 'a\n\n  b' # c\n", "description: 'a\n\n  b' # c\n"),
        ("description: |  # c\n     x\n      y\n\nstore: s\n", "description: | # c\n  x\n   y\n\nstore: s\n"),
        ("description: |1-\n   x\n", "description: |2-\n    x\n"),
        ("description: |+\n  x\n\nstore: s\n",) * 2,
        ("description: >-\n    a\n    b\n\n    c\n", "description: >-\n  a\n  b\n\n  c\n"),
        ("description: >2\n   a\n  b\n", "description: |2\n   a\n  b\n"),
        ("? 'a key'\n: 1\n", "a key: 1\n"),
    ],
)
def test_single_things(written: str, expected: str) -> None:
    assert body(written) == expected


LONG = "{provider: openai, model: a-model-with-quite-a-long-name-that-goes-on-and-on-and-on, timeout: 30s, retries: 2}"


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("{timeout_ms: 1500, model: m, provider: p}", "{provider: p, model: m, timeout: 1500ms}"),
        ("{provider: p, model: m, timeout_ms: 1, timeout: 2}", "{provider: p, model: m, timeout: 2s, timeout_ms: 1}"),
        (LONG, LONG),
        (LONG.replace("{", "{fallback: none, "), LONG.replace(", ", "\n        ")[1:-1] + "\n        fallback: none"),
    ],
)
def test_models(written: str, expected: str) -> None:
    route = "routes:\n  r:\n    chain:\n      - {}\n"
    assert body(route.replace("{}", written)) == route.replace("{}", expected)


def test_a_list_too_long_for_its_line_is_opened() -> None:
    assert body(f"routes: {{r: {{chain: [{LONG}]}}}}\n") == f"routes:\n  r:\n    chain:\n      - {LONG}\n"


SHORT = "routes:\n  r:\n    if: {metadata.plan: paid}\n    then: [{provider: openai, model: a}]\n    else: []\n"
WRITTEN_OUT = SHORT.replace(" paid", " {$eq: paid}").replace(
    "then: [{provider: openai, model: a}]", "then: {chain: [{provider: openai, model: a}]}"
)


def test_short_forms() -> None:
    assert body(WRITTEN_OUT) == SHORT
    negated = SHORT.replace(" paid", " {$not: {$eq: paid}}")
    assert body(negated) == negated


def test_short_forms_stay_away_from_what_is_merged() -> None:
    overlay = "environments:\n  dev: {routes: {r: {if: {metadata.plan: {$ne: free}}}}}\n"
    assert body(WRITTEN_OUT + overlay) == WRITTEN_OUT + overlay
    text = f"gateway: support\n{WRITTEN_OUT}"
    assert format_text(text, FILE, "definition", frozenset({"r"})) == text
    assert format_text(WRITTEN_OUT, FILE, "defaults") == WRITTEN_OUT


def test_what_is_named_and_used_again_keeps_its_order_and_values() -> None:
    text = (
        "store: x\ngateway: a\ncache: &c {ttl: 3600}\nenvironments:\n  dev:\n    cache:\n      <<: *c\n      ttl: 60s\n"
    )
    assert formatted(text) == text
    assert formatted("a: &x\n    b: 1\nc:   *x\n") == "a: &x\n  b: 1\nc: *x\n"
    assert formatted("a: &x !!str 'b'\nc: [*x , *x]\n") == "a: &x !!str 'b'\nc: [*x, *x]\n"


def test_the_top_of_a_file_stays_there() -> None:
    top = "# yaml-language-server: $schema=x\n# about the file\n"
    assert formatted(f"{top}store: x\ngateway: a\n") == f"{top}gateway: a\nstore: x\n"
    assert (
        formatted("# the file\n\n# the store\nstore: x\ngateway: a\n")
        == "# the file\n\ngateway: a\n# the store\nstore: x\n"
    )
    assert formatted("---\n{gateway: a}\n# end\n...\n") == "gateway: a\n# end\n"


@pytest.mark.parametrize(
    ("data", "line"),
    [(b"gateway: a\ncache:\n\tttl: 1h\n", 3), (b"a: [1\n", 2), (b"a: 1\na: 2\n", 2), (b"", 1), (b"a: \xff\n", 1)],
)
def test_what_is_no_yaml_is_refused_with_its_place(data: bytes, line: int) -> None:
    with pytest.raises(DefinitionError) as raised:
        format_bytes(data, FILE, "definition")
    assert raised.value.diagnostics[0].position.line == line


def test_only_the_layout_of_other_files() -> None:
    assert format_text("zz:   'a'\nttl: 3600\n", FILE, None) == "zz: a\nttl: 3600\n"
