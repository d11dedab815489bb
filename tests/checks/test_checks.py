"""Each check, at the right place, and none where nothing is wrong."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings

from cfaig.checks import Known, check_gateways
from cfaig.definition.diagnostics import Diagnostic, Severity
from cfaig.definition.load import Loaded, load_project, load_text
from cfaig.definition.model import Gateway
from cfaig.project import Project
from tests.strategies import gateways

GPT = "{provider: openai, model: gpt-4o}"
CLAUDE = "{provider: anthropic, model: claude}"


def check(text: str, environment: str = "dev", environ: dict[str, str] | None = None) -> tuple[Diagnostic, ...]:
    return check_gateways(load_text(text, environment), environ=environ, environment=environment)


def places(found: tuple[Diagnostic, ...]) -> list[tuple[str, int, int]]:
    return [(one.code, one.position.line, one.position.column) for one in found]


@settings(max_examples=30)
@given(gateways())
def test_generated_gateways_have_only_mistakes_that_generation_makes(gateway: Gateway) -> None:
    found = check_gateways(Loaded((gateway,)), environ=None, environment="prod")
    errors = {one.code for one in found if one.severity is Severity.ERROR}
    assert errors <= {"AIG113", "AIG124"}


def test_problems_of_a_flow_are_told_where_it_was_written() -> None:
    found = check(
        "gateway: g\n"
        "routes:\n"
        "  a:\n"
        "    if: {metadata.plan: paid}\n"
        "    then:\n"
        "      - {provider: opnai, model: gpt-4o}\n"
        "    else:\n"
        "      split:\n"
        "        50%:\n"
        "          chain:\n"
        f"            - {GPT}\n"
        "            - {provider: openai, model: gpt-4o-mini}\n"
        "            - limit: {key: metadata.user, requests: 1, per: 1m}\n"
        "              then: [{provider: groqq, model: llama}]\n"
        "        50.0%: []\n"
        f"  b: [{GPT}, {{provider: mistal, model: m}}]\n"
    )
    assert places(found) == [
        ("AIG120", 6, 20),
        ("AIG111", 12, 15),
        ("AIG120", 14, 33),
        ("AIG110", 15, 9),
        ("AIG120", 16, 53),
    ]
    assert found[0].hint is not None
    assert "did you mean openai?" in found[0].hint
    assert "workers-ai" in found[0].hint
    assert found[0].source_line == "      - {provider: opnai, model: gpt-4o}"


def test_the_worst_case_is_held_against_what_is_allowed() -> None:
    slow = "{provider: openai, model: gpt-4o, timeout: 20s, retries: 1}"
    endless = "{provider: groq, model: llama}"
    found = check(
        "gateway: g\n"
        "worst_case: {latency: 40s, attempts: 2}\n"
        "routes:\n"
        f"  fits: [{slow}]\n"
        f"  endless: [{endless}]\n"
        f"  both: [{slow}, {{provider: groq, model: llama, timeout: 1ms}}]\n"
        "  own:\n"
        "    worst_case: {attempts: 3, latency: 1h}\n"
        "    if: {metadata.plan: paid}\n"
        f"    then: [{slow}, {{provider: groq, model: llama, timeout: 1s}}]\n"
        "    else: []\n"
    )
    errors = [(one.code, one.position.line) for one in found if one.severity is Severity.ERROR]
    assert errors == [("AIG114", 5), ("AIG114", 6), ("AIG115", 6)]
    told = next(one for one in found if one.code == "AIG115")
    assert told.message == "route both: a request can lead to 3 calls; worst_case allows 2"
    assert "openai/gpt-4o (20s × 2) → groq/llama (1ms)" in str(told.hint)


def test_problems_of_raw_elements_are_told_at_the_element() -> None:
    found = check(
        "gateway: g\n"
        "routes:\n"
        "  a:\n"
        "    elements:\n"
        "      - {id: s, type: start, outputs: {next: {elementId: m}}}\n"
        "      - id: m\n"
        "        type: model\n"
        "        properties: {provider: custom-lab, model: x, timeout: 0, retries: 0}\n"
        "        outputs: {success: {elementId: e}, fallback: {elementId: gone}}\n"
        "      - {id: lost, type: end, outputs: {}}\n"
        "      - {id: e, type: end, outputs: {}}\n"
    )
    assert [(one.code, one.position.line) for one in found] == [("AIG101", 6), ("AIG121", 8), ("AIG102", 10)]


def test_a_custom_provider_is_known_where_it_is_described() -> None:
    lab = "providers: {lab: {base_url: https://lab.example.com}}\n"
    assert check(f"gateway: g\n{lab}routes: {{a: [{{provider: lab, model: x}}]}}\n") == ()
    own = load_text(f"gateway: a\n{lab}", "dev")
    other = load_text(
        "gateway: b\nroutes: {r: [{provider: lab, model: x}], s: [{provider: custom-lab, model: x}]}\n", "dev"
    )
    both = Loaded((*own.gateways, *other.gateways), sources={**own.sources, **other.sources})
    (unknown,) = check_gateways(both, environ=None, environment="dev")
    assert unknown.code == "AIG120"
    assert unknown.hint is not None
    assert "custom-lab" in unknown.hint


def test_unknown_providers_outside_of_routes() -> None:
    found = check(
        "gateway: g\n"
        "providers: {opnai: {key: env://K}}\n"
        "spend_limits: {rules: {a: {cost: 1, per: 1d, providers: [openai, grokk]}}}\n"
    )
    assert [(one.code, one.position.line) for one in found] == [("AIG120", 2), ("AIG120", 3)]


def test_a_limit_that_refuses_is_no_mistake() -> None:
    limit = "limit: {key: metadata.user, requests: 1, per: 1m}"
    assert check(f"gateway: g\nroutes:\n  a:\n    {limit}\n    then: [{GPT}]\n") == ()


@pytest.mark.parametrize(
    ("providers", "codes"),
    [
        ("{openai: {key: env://K}}", ["AIG124"]),
        ("{openai: {key: env://K}, anthropic: {keys: {spare: env://K}}}", ["AIG124"]),
        ("{openai: {key: env://K}, anthropic: {keys: {spare: {key: env://K, default: true}}}}", []),
        ("{openai: {key: env://K}, anthropic: {key: env://K}}", []),
    ],
)
def test_keys_that_byok_only_needs(providers: str, codes: list[str]) -> None:
    chain = f"[{GPT}, {CLAUDE}, {{provider: workers-ai, model: x}}]"
    found = check(f"gateway: g\nbyok_only: true\nproviders: {providers}\nroutes: {{a: {chain}}}\n")
    assert [one.code for one in found] == codes


SECRETS = (
    "gateway: g\n"
    "providers:\n"
    "  openai: {key: env://ONE}\n"
    "  anthropic:\n"
    "    keys:\n"
    "      default: env://TWO\n"
    "      spare: {key: file:///nowhere/key}\n"
    "  lab: {base_url: https://lab.example.com, headers: {x-key: env://THREE}}\n"
    "otel:\n"
    "  - url: https://otel.example.com\n"
    "    authorization: env://FOUR\n"
    "    headers: {x-key: env://FIVE, x-plain: plain}\n"
    "stripe: {authorization: env://SIX, usage_events: []}\n"
)


def test_every_secret_is_looked_for() -> None:
    found = check(SECRETS, environ={"ONE": "x", "TWO": ""})
    assert [(one.code, one.position.line) for one in found] == [
        ("AIG140", 6),
        ("AIG141", 7),
        ("AIG140", 8),
        ("AIG140", 11),
        ("AIG140", 12),
        ("AIG140", 13),
    ]
    assert "TWO is empty" in found[0].message


def test_secrets_are_not_looked_for_locally_or_without_an_environment() -> None:
    assert check(SECRETS, "local", environ={}) == ()
    assert check(SECRETS, "dev", environ=None) == ()


def test_a_secret_file_that_is_there(tmp_path: Path) -> None:
    (tmp_path / "key").write_text("value")
    text = f"gateway: g\nproviders: {{openai: {{key: 'file://{tmp_path}/key'}}}}\n"
    assert check(text, environ={}) == ()


@pytest.mark.parametrize(
    ("count", "environment", "codes"),
    [
        (10, "prod", []),
        (11, "prod", ["AIG150"]),
        (20, "prod", ["AIG150"]),
        (22, "prod", ["AIG151", "AIG151"]),
        (30, "local", []),
    ],
)
def test_an_account_holds_so_many_gateways(count: int, environment: str, codes: list[str]) -> None:
    loads = [load_text(f"gateway: g{index:02}\n", environment) for index in range(count)]
    sources = {id_: source for load in loads for id_, source in load.sources.items()}
    loaded = Loaded(tuple(gateway for load in loads for gateway in load.gateways), sources=sources)
    found = check_gateways(loaded, environ={}, environment=environment)
    assert [one.code for one in found] == codes


@pytest.mark.parametrize(
    ("limit", "count", "codes"),
    [(50, 50, []), (25, 26, ["AIG151"]), (5, 6, ["AIG151"]), (12, 12, [])],
)
def test_an_account_with_limits_of_its_own(limit: int, count: int, codes: list[str], tmp_path: Path) -> None:
    (tmp_path / "gateways").mkdir()
    (tmp_path / "gateways" / "_defaults.yaml").write_text(f"limits: {{gateways: {limit}}}\n")
    for index in range(count):
        (tmp_path / "gateways" / f"g{index:02}.yaml").write_text(f"gateway: g{index:02}\n")
    loaded = load_project(Project(tmp_path), "local")
    found = check_gateways(loaded, environ={}, environment="prod")
    assert [one.code for one in found] == codes
    for one in found:
        assert f"can have {limit} gateways" in one.message
        assert "limits: {gateways: N} into gateways/_defaults.yaml" in str(one.hint)


def test_a_gateway_that_is_the_same_is_looked_at_once() -> None:
    loaded = load_text(f"gateway: g\nroutes: {{a: [{{provider: opnai, model: x}}, {GPT}]}}\n", "dev")
    known: Known = {}
    first = check_gateways(loaded, environ=None, environment="dev", known=known)
    (before,) = known.values()
    assert check_gateways(loaded, environ=None, environment="prod", known=known) == first
    assert known["g"] is before
    check_gateways(loaded, environ={}, environment="prod", known=known)
    assert known["g"] is not before


def test_two_routes_cannot_come_from_one() -> None:
    routes = "".join(f"  {name}: {{renamed_from: old, chain: [{GPT}]}}\n" for name in "ab")
    found = check(f"gateway: g\nroutes:\n{routes}")
    assert places(found) == [("AIG113", 3, 21), ("AIG113", 4, 21)]
