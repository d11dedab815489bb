"""The section `edge` as the Worker reads it, and back."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from cfaig.definition.load import load_text
from cfaig.definition.model import CustomProvider, Gateway
from cfaig.definition.model_edge import Auth, Edge, EdgeKey, Match, Reject, Rewrite, Rule, RuleCache
from cfaig.errors import CfaigError
from cfaig.json_types import Json
from cfaig.state.compile import compile_gateway
from cfaig.state.compile_edge import compile_edge
from cfaig.state.decompile import provider_names
from cfaig.state.decompile_edge import decompile_edge
from cfaig.state.edge_bindings import MAX_BINDING, MAX_PARTS, joined_rules, rule_bindings
from cfaig.state.model import CustomProviderState, EdgeState
from tests.edges import edges

ROOT = Path(__file__).parents[2]
URL = "https://gateway.ai.cloudflare.com/v1/0123456789abcdef0123456789abcdef/support"
EVERYTHING = ROOT / "tests" / "definition" / "positive" / "everything.yaml"
VALIDATOR = Draft202012Validator(json.loads((ROOT / "schemas" / "edge-rules.schema.json").read_text()))


def same(name: str) -> str:
    return name


def texts(state: EdgeState) -> dict[str, str]:
    return rule_bindings(state.rules, URL)


def read_back(bindings: dict[str, str]) -> Json:
    joined = joined_rules({name: json.loads(text) for name, text in bindings.items()} | {"OTHER": 1})
    assert joined is not None
    assert joined[1] == URL
    return joined[0]


@settings(max_examples=150)
@given(edges())
def test_the_worker_takes_every_edge(edge: Edge) -> None:
    state = compile_edge(edge, "support", same)
    assert [error.message for error in VALIDATOR.iter_errors({**state.rules, "gateway": {"url": URL}})] == []
    assert decompile_edge(state, "support", same) == edge
    assert compile_edge(edge, "support", same) == state
    bindings = texts(state)
    assert read_back(bindings) == state.rules
    assert all(len(text.encode()) <= MAX_BINDING for text in bindings.values())
    assert state.secrets == tuple(sorted(state.references))


@settings(max_examples=25)
@given(st.lists(st.integers(1, MAX_BINDING - 200), min_size=1, max_size=40))
def test_rules_go_on_in_further_bindings(lengths: list[int]) -> None:
    rules: list[Json] = [{"name": str(index), "then": "é" * (length // 2)} for index, length in enumerate(lengths)]
    bindings = rule_bindings({"version": 1, "rules": rules}, URL)
    assert read_back(bindings) == {"version": 1, "rules": rules}
    assert all(len(text.encode()) <= MAX_BINDING for text in bindings.values())
    assert list(bindings) == ["RULES", *(f"RULES_{index}" for index in range(2, len(bindings) + 1))]


def test_what_does_not_fit_is_told() -> None:
    long = Rule(match=Match(body={f"f{index}": "x" * 100 for index in range(60)}), reject=Reject(403, "no"))
    edge = Edge("ai.example.com", (Rule(cache=RuleCache(ttl=60)), long))
    with pytest.raises(CfaigError, match="rule 2 of the edge takes"):
        texts(compile_edge(edge, "support", same))
    tokens = Auth(tokens={f"client {index}": "0" * 64 for index in range(60)})
    with pytest.raises(CfaigError, match="without its rules"):
        texts(compile_edge(replace(edge, auth=tokens), "support", same))
    many: list[Json] = [{"then": "x" * (MAX_BINDING - 50)} for _ in range(MAX_PARTS)]
    with pytest.raises(CfaigError, match="do not fit into 99 bindings"):
        rule_bindings({"rules": many}, URL)
    assert len(rule_bindings({"rules": many[1:]}, URL)) == MAX_PARTS


def test_names_of_custom_providers_are_those_of_the_wire() -> None:
    lab = CustomProvider("lab", "https://lab.example.com", "lab")
    rules = (
        Rule(match=Match(provider=("lab", "lab*", "openai")), rewrite=Rewrite("lab")),
        Rule(rewrite=Rewrite(model="m")),
    )
    keys = (EdgeKey("lab", "env://LAB"), EdgeKey("openai", "env://OPENAI"))
    edge = Edge("ai.example.com", rules, keys=keys, auth=Auth(open=True))
    state = compile_gateway(Gateway("g", custom_providers=(lab,), edge=edge)).edge
    assert state is not None
    assert state.worker == "g-edge"
    assert state.secrets == ("KEY_CUSTOM_LAB", "KEY_OPENAI")
    assert state.references == {"KEY_CUSTOM_LAB": "env://LAB", "KEY_OPENAI": "env://OPENAI"}
    assert state.rules == {
        "version": 1,
        "auth": {"open": True},
        "keys": {"custom-lab": {"binding": "KEY_CUSTOM_LAB"}, "openai": {"binding": "KEY_OPENAI"}},
        "rules": [
            {
                "match": {"provider": ["custom-lab", "lab*", "openai"]},
                "then": {"rewrite": {"provider": "custom-lab"}},
            },
            {"then": {"rewrite": {"model": "m"}}},
        ],
    }
    names = provider_names([CustomProviderState("lab", {})])
    assert decompile_edge(state, "g", names) == edge


def test_keys_whose_names_look_alike_have_bindings_of_their_own() -> None:
    slugs = ("custom-a-b", "custom-a_b", "custom-" + "x" * 62, "custom-" + "x" * 63)
    edge = Edge("ai.example.com", keys=tuple(EdgeKey(slug, f"env://{slug}") for slug in slugs))
    state = compile_edge(edge, "g", same)
    assert len(state.secrets) == len(slugs)
    assert "KEY_CUSTOM_A_B" in state.secrets
    assert VALIDATOR.is_valid({**state.rules, "gateway": {"url": URL}})
    assert [key.key for key in decompile_edge(state, "g", same).keys] == [f"env://{slug}" for slug in sorted(slugs)]


def test_live_secrets_are_references_to_variables_of_their_gateway_and_provider() -> None:
    edge = Edge("ai.example.com", keys=(EdgeKey("openai", "vault://kv/a#b"),), gateway_token="env://T")
    state = replace(compile_edge(edge, "g", same), references={})
    live = decompile_edge(state, "g", same)
    assert (live.gateway_token, live.keys[0].key) == ("env://G_GATEWAY_TOKEN", "env://OPENAI_API_KEY")
    assert replace(compile_edge(live, "g", same), references={}) == state


def test_a_worker_that_is_not_ours_has_no_rules() -> None:
    assert joined_rules({}) is None
    assert joined_rules({"RULES": [1]}) is None
    assert joined_rules({"RULES": {"version": 1}, "RULES_2": []}) is None


def test_everything_there_is() -> None:
    (gateway,) = load_text(EVERYTHING.read_bytes(), "dev").gateways
    state = compile_gateway(gateway).edge
    assert state is not None
    assert VALIDATOR.is_valid({**state.rules, "gateway": {"url": URL}})
    rules: Any = state.rules["rules"]
    (then,) = [rule["then"] for rule in rules if "queue" in rule["then"]]
    assert then == {
        "byok_alias": "batch",
        "cache": {"ttl": 3600, "key": ["model", "messages", "$client", "$header.x-team", "$metadata.plan"]},
        "custom_cost": {"per_token_in": 0.000002, "per_token_out": 0.000008},
        "log": "metadata",
        "no_wholesale": True,
        "queue": {"wait_ms": 20_000, "attempts": 3, "waiting": 10},
        "retries": {"attempts": 3, "delay_ms": 500, "backoff": "exponential"},
        "rewrite": {"provider": "openai", "model": "gpt-4o-mini"},
        "timeout_ms": 1500,
        "zdr": True,
    }


def test_the_documented_section_says_the_documented_rules() -> None:
    page = (ROOT / "docs" / "edge.md").read_text()
    (section,) = re.findall(r"```yaml\n(gateway: .*?)```", page, re.DOTALL)
    documented, *_ = (json.loads(block) for block in re.findall(r"```json\n(.*?)```", page, re.DOTALL))
    (gateway,) = load_text(section, "dev").gateways
    state = compile_gateway(gateway).edge
    assert state is not None
    lab: Json = {"binding": "KEY_CUSTOM_OLLAMA_LAB", "header": "x-lab-key", "scheme": ""}
    keys = {**documented["keys"], "custom-ollama-lab": lab}
    del documented["gateway"]
    assert {**documented, "keys": keys} == state.rules
