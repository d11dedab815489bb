"""Scenarios that go through the edge: the real Worker on real workerd, in the scenario's own time."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest

from cfaig.convert.convert import convert
from cfaig.errors import CfaigError
from cfaig.scenarios.run import Result, State
from cfaig.workerd.find import ensure_workerd
from tests.engine_fixtures import ROOT
from tests.scenarios.conftest import Stageful

HASH = hashlib.sha256(b"somebody's real token").hexdigest()
EDGED = f"""\
gateway: shop
authentication: true
rate_limit: {{requests: 5, per: 1m, technique: sliding}}
providers:
  lab: {{base_url: https://lab.example.com}}
routes:
  chat:
    chain:
      - {{provider: openai, model: gpt-4o, timeout: 30s}}
      - {{provider: lab, model: llama3, timeout: 20s}}
edge:
  hostname: ai.example.com
  auth: {{tokens: {{app: {HASH}, ci: {HASH}}}}}
  gateway_token: env://TOKEN
  keys: {{openai: env://OPENAI_API_KEY}}
  rules:
    - name: no images
      match: {{path: "/**/images/**"}}
      reject: {{status: 403, message: no images here}}
    - name: who calls
      metadata: {{client: $client}}
      continue: true
    - name: chat
      match: {{path: /chat/completions, body: {{stream: {{$ne: true}}}}}}
      cache: {{ttl: 1h, key: [model, messages]}}
    - match: {{path: "/**/embeddings"}}
      queue: {{wait: 3m, attempts: 10}}
environments:
  prod: {{edge: null}}
"""
HEAD = "gateway: shop\nvia: edge\nscenarios:\n  - name: A story\n    steps:\n"
MANY = "{path: openai/embeddings, body: {model: text-embedding-3-small, input: '{n}'}, times: 20}"


@pytest.fixture
def edged(shop: Stageful) -> Stageful:
    """The shop with an edge in front of it."""
    ensure_workerd(print)
    (shop.root / "gateways" / "shop.yaml").write_text(EDGED)
    return shop


def happened(result: Result) -> list[str]:
    return [failure.happened for failure in result.failures]


def play(edged: Stageful, steps: str) -> Result:
    (result,) = edged.run(HEAD + steps)
    return result


def test_what_an_edge_adds_can_be_expected(edged: Stageful) -> None:
    told = play(
        edged,
        """\
      - request: {route: chat, body: {user: a}}
        expect:
          status: 200
          cache: MISS
          rules: [who calls, chat]
          sent: {cf-aig-cache-ttl: "3600", authorization: none, cf-aig-metadata: '{"client":"app"}'}
          log: {metadata: {client: app}}
          headers: {cfaig-edge-rules: none, cfaig-stage-now: none}
          path: [openai/gpt-4o answered]
      - after: 59m
        request: {route: chat, body: {user: b}, client: ci}
        expect: {cache: HIT, sent: {cf-aig-metadata: '{"client":"ci"}'}}
      - after: 2m
        request: {route: chat, body: {user: c}}
        expect: {cache: MISS, queued: 0s}
      - request: {path: openai/v1/images/generations}
        expect: {status: 403, error: 6010, text: no images here, rules: [no images], sent: none, attempts: 0, log: none}
      - request: {route: chat, token: wrong}
        expect: {status: 401, error: 6001, sent: none}
      - request: {route: chat, token: none}
        expect: {status: 401, error: 6001, rules: []}
""",
    )
    assert told.state is State.PASSED, happened(told)
    assert told.elapsed == pytest.approx(61 * 60)


def test_providers_that_hang_and_streams_that_break(edged: Stageful) -> None:
    told = play(
        edged,
        """\
      - upstreams: [{provider: openai, hang: true}]
        request: {route: chat}
        expect: {status: 200, provider: lab, elapsed: 30s, rules: [who calls, chat]}
      - upstreams: [{provider: openai, cut_after: 2}]
        request: {route: chat, stream: true, messages: one two three four five}
        expect: {provider: openai, text: openai, rules: [who calls]}
      - upstreams: []
        request: {route: chat, stream: true, messages: one two three}
        expect: {status: 200, text: one two three}
      - upstreams: [{provider: openai, cut_after: 2}]
        request: {route: chat, stream: true}
        expect: {status: 200}
""",
    )
    assert (told.step, len(told.failures)) == (3, 1), happened(told)
    assert "the answer broke off" in happened(told)[0]


def test_the_queue_of_an_edge_waits_in_the_time_of_the_scenario(edged: Stageful) -> None:
    """Five requests a minute get through; the others wait for their turn, and no time passes for us."""
    told = play(
        edged,
        f"      - request: {MANY}\n        expect: {{status: 200, rules: [who calls, rule 4]}}\n",
    )
    assert told.state is State.PASSED, happened(told)
    assert 180 <= told.elapsed < 300
    again = play(edged, f"      - request: {MANY}\n        expect: {{status: 200}}\n")
    assert again.elapsed == told.elapsed


def test_what_is_not_as_expected_is_told(edged: Stageful) -> None:
    told = play(
        edged,
        """\
      - request: {route: chat}
        expect: {rules: [chat], queued: {above: 1s}, sent: {cf-aig-cache-ttl: "60"}, cache: HIT}
""",
    )
    assert happened(told) == [
        "rules: [who calls, chat]",
        "queued: 0 s",
        "cf-aig-cache-ttl: 3600",
        "cache: MISS",
    ]


@pytest.mark.parametrize(
    ("step", "said"),
    [
        ("request: {route: chat}\n        expect: {rules: [chatt]}", "the edge has no rule “chatt”"),
        ("request: {route: chat, client: me}", "the edge knows no client me"),
    ],
)
def test_names_that_the_edge_does_not_have(edged: Stageful, step: str, said: str) -> None:
    (mistake,) = edged.mistakes(HEAD + f"      - {step}\n")
    assert (mistake.code, mistake.message) == ("AIG209", said)


def test_what_needs_an_edge_and_has_none(edged: Stageful) -> None:
    (mistake,) = edged.mistakes(HEAD + "      - request: {route: chat}\n", environment="prod")
    assert (mistake.code, "has no edge" in mistake.message) == ("AIG209", True)
    step = "      - request: {route: chat, client: ci}\n        expect: {queued: 1s}\n"
    found = edged.mistakes(HEAD.replace("via: edge\n", "") + step)
    assert [mistake.code for mistake in found] == ["AIG209", "AIG209"]


def test_without_workerd(edged: Stageful, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    direct = "  - name: Another\n    via: gateway\n    steps: [{request: {route: chat}, expect: {status: 200}}]\n"
    edged.write(HEAD + f"      - request: {{route: chat}}\n{direct}")
    monkeypatch.setenv("CFAIG_CACHE", str(tmp_path / "empty"))
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(CfaigError, match="no workerd here, and no npm") as caught:
        edged.open()
    assert "--skip-edge" in str(caught.value.hint)
    skipped, passed = edged.open(edge=False).results()
    assert (skipped.state, skipped.reason) == (State.SKIPPED, "it goes through the edge")
    assert passed.state is State.PASSED


CACHING = """\
gateway: rules-caching
via: edge
scenarios:
  - name: The same question is answered from the cache for an hour, whatever else is in the body
    steps:
      - request: {path: chat/completions, body: {model: openai/gpt-4o, messages: [], user: a}}
        expect: {status: 200, cache: MISS}
      - after: 59m
        request: {path: chat/completions, body: {user: b, messages: [], model: openai/gpt-4o}}
        expect: {cache: HIT, attempts: 0}
      - request: {path: chat/completions, body: {model: openai/gpt-4o-mini, messages: [], user: a}}
        expect: {cache: MISS}
      - after: 2m
        request: {path: chat/completions, body: {model: openai/gpt-4o, messages: [], user: a}}
        expect: {cache: MISS}
  - name: Embeddings for a month, moderations never
    steps:
      - request: {path: openai/embeddings, body: {model: text-embedding-3-small, input: x}}
        expect: {cache: MISS, rules: [rule 2]}
      - after: 29d
        request: {path: openai/embeddings, body: {model: text-embedding-3-small, input: x, user: b}}
        expect: {cache: HIT}
      - request: {path: openai/moderations, body: {input: x}}
        expect: {rules: [rule 3], sent: {cf-aig-skip-cache: "true"}}
"""
FALLBACK = """\
gateway: support-proxy
scenarios:
  - name: The second provider answers when the first times out at 30 s, three times
    upstreams: [{provider: openai, hang: true}]
    steps:
      - request: {route: chat}
        expect: {status: 200, provider: anthropic, tried: [openai/gpt-4o-mini, anthropic/claude-sonnet-5], attempts: 4,
                 elapsed: {at_least: 90s, below: 100s}}
"""


def test_the_examples_of_older_systems_behave_as_they_promise(edged: Stageful) -> None:
    for name, sample in (("rules-caching", "rules-caching"), ("support-proxy", "rules-fallback")):
        path = ROOT / "tests" / "convert" / "samples" / f"{sample}.json"
        (edged.root / "gateways" / f"{name}.yaml").write_text(convert(path.read_bytes(), path).text)
    edged.write(CACHING, "caching")
    edged.write(FALLBACK, "fallback")
    results = list(edged.open().results())
    assert [happened(result) for result in results] == [[], [], []]
