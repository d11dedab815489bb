"""What single settings of other systems become."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
import yaml

from cfaig.convert.convert import Conversion, convert
from cfaig.convert.flows import balanced, in_order, then
from cfaig.convert.formats import Format
from cfaig.convert.source import Fate, Note
from cfaig.definition.diagnostics import DefinitionError
from cfaig.definition.model import Chain, Flow, If, Limit, Model, Split
from cfaig.errors import CfaigError

NAME = Path("config.yaml")


def converted(source: Any, wanted: Format | None = None) -> Conversion:
    return convert((source if isinstance(source, str) else json.dumps(source)).encode(), NAME, wanted=wanted)


def said(source: Any) -> Any:
    return yaml.safe_load(converted(source).text)


def note(found: Conversion, *path: str | int) -> Note:
    (one,) = [one for one in found.notes if one.path == path]
    return one


def litellm(*deployments: dict[str, Any], **settings: Any) -> dict[str, Any]:
    listed = [{"model_name": one.pop("group", "chat"), "litellm_params": one} for one in deployments]
    return {"model_list": listed, **settings}


def deck(plugin: str, config: dict[str, Any]) -> dict[str, Any]:
    return {"_format_version": "3.0", "plugins": [{"name": plugin, "config": config}]}


def target(provider: str, model: str, **more: Any) -> dict[str, Any]:
    return {"route_type": "llm/v1/chat", "model": {"provider": provider, "name": model}, **more}


@pytest.mark.parametrize(
    ("written", "provider", "model"),
    [
        ("openai/gpt-4o", "openai", "gpt-4o"),
        ("gpt-4o", "openai", "gpt-4o"),
        ("azure/my-deployment", "azure-openai", "my-deployment"),
        ("bedrock/anthropic.claude-3-5-sonnet", "aws-bedrock", "anthropic.claude-3-5-sonnet"),
        ("gemini/gemini-2.5-flash", "google-ai-studio", "gemini-2.5-flash"),
        ("vertex_ai/gemini-2.5-pro", "google-vertex-ai", "gemini-2.5-pro"),
        ("openrouter/openai/gpt-4o", "openrouter", "openai/gpt-4o"),
        ("fireworks_ai/accounts/fireworks/models/x", "fireworks", "accounts/fireworks/models/x"),
        ("xai/grok-4", "grok", "grok-4"),
        ("cloudflare/@cf/meta/llama-3.1-8b-instruct", "workers-ai", "@cf/meta/llama-3.1-8b-instruct"),
        ("claude-sonnet-5", "anthropic", "claude-sonnet-5"),
        ("together_ai/meta/llama", "together-ai", "meta/llama"),
        ("ollama/llama3.1:8b", "ollama", "llama3.1:8b"),
    ],
)
def test_providers_of_litellm(written: str, provider: str, model: str) -> None:
    assert said(litellm({"model": written}))["routes"]["chat"]["chain"] == [{"provider": provider, "model": model}]


@pytest.mark.parametrize(
    ("written", "reference", "fate"),
    [
        ("os.environ/MY_KEY", "env://MY_KEY", None),
        ('Bearer ${{ env "DECK_KEY" }}', "env://DECK_KEY", None),
        ("{vault://env/my-openai-key}", "env://MY_OPENAI_KEY", None),
        ("${MY_KEY}", "env://MY_KEY", None),
        ("{{MY_KEY}}", "env://MY_KEY", None),
        ("{vault://hcv/ai/openai}", "env://OPENAI_API_KEY", Fate.SECRET),
        ("sk-planted", "env://OPENAI_API_KEY", Fate.SECRET),
        ("Bearer sk-planted", "env://OPENAI_API_KEY", Fate.SECRET),
        (12345, "env://OPENAI_API_KEY", Fate.SECRET),
    ],
)
def test_keys_are_references(written: str | int, reference: str, fate: Fate | None) -> None:
    found = converted(litellm({"model": "openai/gpt-4o", "api_key": written}))
    assert yaml.safe_load(found.text)["providers"]["openai"] == {"key": reference}
    assert [one.fate for one in found.notes] == ([fate] if fate else [])


def test_a_second_key_of_a_provider_is_an_alias() -> None:
    one, two = ({"model": "openai/gpt-4o", "api_key": f"os.environ/{name}"} for name in ("FIRST", "SECOND"))
    found = converted(litellm(one, two))
    assert yaml.safe_load(found.text)["providers"]["openai"] == {
        "keys": {"default": "env://FIRST", "second": "env://SECOND"}
    }
    assert note(found, "model_list", 1, "litellm_params", "api_key").fate is Fate.CHANGED


@pytest.mark.parametrize(
    ("address", "base_url"),
    [
        ("http://10.0.0.7:11434/v1", "https://10.0.0.7:11434"),
        ("https://llm.example.com/openai/v1/", "https://llm.example.com/openai"),
        ("https://llm.example.com/v1/chat/completions", "https://llm.example.com"),
        ("https://user:planted@llm.example.com", "https://llm.example.com"),
        ("llm.example.com", "https://llm.example.com"),
    ],
)
def test_addresses_of_providers_of_ones_own(address: str, base_url: str) -> None:
    found = converted(litellm({"model": "vllm/llama", "api_base": address}))
    assert yaml.safe_load(found.text)["providers"] == {"vllm": {"base_url": base_url}}
    assert "planted" not in found.text
    assert note(found, "model_list", 0, "litellm_params", "api_base").fate is Fate.CHANGED


def test_fallbacks_of_litellm_in_all_their_places() -> None:
    groups = [{"group": name, "model": f"openai/{name}"} for name in ("a", "b", "c", "d")]
    source = litellm(
        *groups,
        router_settings={"fallbacks": [{"a": ["b", "c"]}], "num_retries": 1, "timeout": 10},
        litellm_settings={"fallbacks": [{"a": ["d"]}, {"d": []}], "default_fallbacks": ["a"], "num_retries": 4},
    )
    routes = said(source)["routes"]
    assert [[one["model"] for one in routes[name]["chain"]] for name in "abcd"] == [
        ["a", "b", "c"],
        ["b", "a"],
        ["c", "a"],
        ["d"],
    ]
    assert routes["d"]["chain"] == [{"provider": "openai", "model": "d", "timeout": "10s", "retries": 1}]
    dropped = note(converted(source), "litellm_settings", "num_retries")
    assert (dropped.fate, dropped.advice) == (Fate.DROPPED, "1 is in force")


def test_an_alias_has_the_fallbacks_of_its_group() -> None:
    groups = [{"group": name, "model": f"openai/{name}"} for name in ("a", "b")]
    found = said(litellm(*groups, router_settings={"fallbacks": [{"a": ["b"]}], "model_group_alias": {"gpt": "a"}}))
    assert found["routes"]["gpt"] == found["routes"]["a"]


def test_a_share_of_nothing_is_told() -> None:
    found = converted(litellm({"model": "openai/a", "weight": 1}, {"model": "openai/b", "weight": 0}))
    assert [one["model"] for one in yaml.safe_load(found.text)["routes"]["chat"]["chain"]] == ["a"]
    assert note(found, "model_list", 1).fate is Fate.DROPPED


def test_a_budget_for_a_provider_that_is_not_there() -> None:
    budgets = {"provider_budget_config": {"nobody": {"budget_limit": 1, "time_period": "1d"}}}
    found = converted({"router_settings": budgets})
    assert note(found, "router_settings", "provider_budget_config", "nobody").fate is Fate.DROPPED


def test_a_budget_for_a_model() -> None:
    found = said(litellm({"model": "openai/gpt-4o", "max_budget": 2.5, "budget_duration": "1d"}))
    rules = {"gpt-4o-budget": {"cost": 2.5, "per": "1d", "technique": "fixed", "models": ["gpt-4o"]}}
    assert found["spend_limits"] == {"rules": rules}


def test_more_deployments_than_shares() -> None:
    found = converted(litellm(*({"model": f"openai/m{number}"} for number in range(7))))
    assert list(yaml.safe_load(found.text)["routes"]["chat"]["split"]) == [
        "20%",
        "20.0%",
        "20.00%",
        "20.000%",
        "20.0000%",
    ]
    assert [one.path for one in found.notes if one.fate is Fate.DROPPED] == [("model_list", 5), ("model_list", 6)]


def test_balancers_of_kong() -> None:
    targets = [target("openai", "a", weight=30), target("anthropic", "b", weight=70)]
    chains = {
        share: [one["model"] for one in chain]
        for share, chain in said(deck("ai-proxy-advanced", {"targets": targets}))["routes"]["chat"]["split"].items()
    }
    assert chains == {"30%": ["a", "b"], "70%": ["b", "a"]}
    config = {"targets": targets, "balancer": {"algorithm": "priority", "retries": 0}}
    assert [one["model"] for one in said(deck("ai-proxy-advanced", config))["routes"]["chat"]["chain"]] == ["b"]
    config["balancer"] = {"algorithm": "lowest-latency"}
    found = converted(deck("ai-proxy-advanced", config))
    assert note(found, "plugins", 0, "config", "balancer", "algorithm").fate is Fate.DROPPED


def test_aliases_of_kong_are_routes() -> None:
    targets = [target("openai", "a", model_alias="fast"), target("anthropic", "b", model_alias="smart")]
    assert set(said(deck("ai-proxy-advanced", {"targets": targets}))["routes"]) == {"fast", "smart"}


def test_limits_of_kong_in_dollars_only() -> None:
    config: dict[str, Any] = {"llm_providers": [{"name": "openai", "limit": 100, "window_size": 3600}]}
    found = converted(deck("ai-rate-limiting-advanced", config))
    assert "spend_limits" not in found.text
    assert "limit of total_tokens" in note(found, "plugins", 0, "config", "llm_providers", 0).meaning
    config |= {"tokens_count_strategy": "cost", "window_type": "fixed"}
    assert said(deck("ai-rate-limiting-advanced", config))["spend_limits"]["rules"] == {
        "openai-1h": {"cost": 100, "per": "1h", "technique": "fixed", "providers": ["openai"]}
    }


def test_nested_strategies_of_portkey() -> None:
    def leaf(model: str, **more: Any) -> dict[str, Any]:
        return {"provider": "openai", "override_params": {"model": model}, **more}

    balanced_first = {"strategy": {"mode": "loadbalance"}, "targets": [leaf("a", weight=3), leaf("b", weight=1)]}
    source = {"strategy": {"mode": "fallback"}, "targets": [balanced_first, leaf("c")], "retry": {"attempts": 2}}
    flow = said(source)["routes"]["chat"]
    assert {share: [one["model"] for one in chain] for share, chain in flow["split"].items()} == {
        "75%": ["a", "c"],
        "25%": ["b", "c"],
    }
    assert flow["split"]["75%"][1] == {"provider": "openai", "model": "c", "retries": 2}


def test_caches_that_disagree_are_told() -> None:
    def leaf(age: int) -> dict[str, Any]:
        return {"provider": "openai", "override_params": {"model": "m"}, "cache": {"mode": "simple", "max_age": age}}

    agreed = {"strategy": {"mode": "fallback"}, "targets": [leaf(60), leaf(60)]}
    assert said(agreed)["cache"] == {"ttl": "1m"}
    found = converted({"strategy": {"mode": "fallback"}, "targets": [leaf(60), leaf(120)]})
    assert "cache" not in yaml.safe_load(found.text)
    assert note(found, "targets", 1, "cache", "max_age").fate is Fate.DROPPED


@pytest.mark.parametrize(
    ("ttl", "said_ttl"), [(3600, "1h"), ("30d", "30d"), (5, "1m"), (10**9, "30d"), ("90m", "90m"), (0, None)]
)
def test_times_of_rules(ttl: Any, said_ttl: str | None) -> None:
    found = said({"rules": [{"pattern": "/x", "cache": {"ttl": ttl}}, {"pattern": "/y", "cache": {"ttl": ttl}}]})
    assert found.get("cache", {}).get("ttl") == said_ttl


def rule(pattern: str, ttl: Any = 3600, **cache: Any) -> dict[str, Any]:
    return {"pattern": pattern, "cache": {"ttl": ttl, **cache}}


@pytest.mark.parametrize(
    ("rules", "edge"),
    [
        (
            [rule("/chat/completions", key=["model", "$.messages", "body.user"])],
            [{"match": {"path": "/**/chat/completions"}, "cache": {"ttl": "1h", "key": ["model", "messages", "user"]}}],
        ),
        (
            [rule("/v1/*"), rule("*", 5, key="model")],
            [
                {"match": {"path": "/**/v1/**"}, "cache": {"ttl": "1h"}},
                {"cache": {"ttl": "1m", "key": ["model"]}},
            ],
        ),
        (
            [rule("/a", key_fields=["model"], enabled=False), rule("/a*b/")],
            [{"match": {"path": "/**/a"}, "cache": False}, {"match": {"path": "/**/a*b"}, "cache": {"ttl": "1h"}}],
        ),
        ([rule("/"), rule("/a", 60)], [{"match": {"path": "/**"}, "cache": {"ttl": "1h"}}, "/a"]),
    ],
)
def test_rules_that_differ_or_name_fields_are_the_edges(rules: list[dict[str, Any]], edge: list[Any]) -> None:
    found = converted({"gateway": "my_gateway", "rules": rules})
    said = yaml.safe_load(found.text)
    assert said["edge"]["hostname"] == "my-gateway.invalid"
    edge = [{"match": {"path": f"/**{one}"}, "cache": {"ttl": "1m"}} if isinstance(one, str) else one for one in edge]
    assert said["edge"]["rules"] == edge
    assert "cache" not in said
    assert note(found, "rules").fate is Fate.CHANGED


def test_patterns_and_keys_that_the_edge_cannot_say_are_told() -> None:
    found = converted({"rules": [rule("/v1/(chat|x)$"), rule("/y", 60, key=["model", "headers[x]", 1.5])]})
    assert note(found, "rules", 0).fate is Fate.DROPPED
    assert [note(found, "rules", 1, "cache", "key", place).fate for place in (1, 2)] == [Fate.DROPPED] * 2
    assert yaml.safe_load(found.text)["edge"]["rules"] == [
        {"match": {"path": "/**/y"}, "cache": {"ttl": "1m", "key": ["model"]}}
    ]
    assert "edge" not in said({"rules": [rule("(", 60), rule("[", 90)]})


def test_without_fallback_only_the_first_provider_is_in_the_chain() -> None:
    providers = [{"name": name, "priority": priority} for name, priority in (("groq", 2), ("openai", 1))]
    found = converted({"providers": providers, "fallback": {"enabled": False}})
    assert [one["provider"] for one in yaml.safe_load(found.text)["routes"]["chat"]["chain"]] == ["openai"]
    assert note(found, "providers", 0).fate is Fate.DROPPED


def test_the_format_can_be_said() -> None:
    assert converted({"provider": "openai"}).format is Format.PORTKEY
    assert converted({"provider": "openai"}, Format.LITELLM).notes[0].path == ("provider",)
    with pytest.raises(CfaigError) as raised:
        converted({"what": "ever"})
    assert all(name in (raised.value.hint or "") for name in Format)


@pytest.mark.parametrize("text", ["", "  \n", "- a\n", "just words"])
def test_what_is_no_configuration(text: str) -> None:
    with pytest.raises(CfaigError):
        converted(text)


def test_a_source_that_cannot_be_read_is_told_with_its_place() -> None:
    with pytest.raises(DefinitionError) as raised:
        converted("a: 1\n  b: 2\n")
    assert raised.value.diagnostics[0].position.line == 2
    assert raised.value.message == "the source cannot be read"


def test_characters_that_json_escapes() -> None:
    found = converted(r'{"strategy": {"mode": "single"}, "targets": [], "name-\ud83d\ude00": "\\ud83d\u00e9"}')
    assert note(found, "name-😀").fate is Fate.DROPPED


def test_places_are_those_of_the_source() -> None:
    found = converted("model_list: []\nlitellm_settings:\n  cache: false\n  telemetry: true\n")
    assert note(found, "litellm_settings", "telemetry").position.line == 4


ONE, TWO, THREE = (Chain((Model("openai", name),)) for name in "abc")


def test_flows_one_after_another() -> None:
    assert in_order([]) == Chain(())
    assert in_order([ONE, TWO]) == Chain((*ONE.models, *TWO.models))
    either = If({"metadata.x": {"$eq": 1}}, ONE, TWO)
    assert in_order([THREE, either]) == Chain(THREE.models, either)
    assert then(either, THREE) == If(either.conditions, in_order([ONE, THREE]), in_order([TWO, THREE]))
    limit = Limit("metadata.x", 1, "count", 60, ONE)  # type: ignore[arg-type]
    assert then(limit, TWO) == Limit("metadata.x", 1, "count", 60, in_order([ONE, TWO]))  # type: ignore[arg-type]


@pytest.mark.parametrize("weights", [[1, 1, 1], [2, 1], [1, 2, 3, 4, 5], [0.1, 99.9], [1, 10**9]])
def test_shares_add_up(weights: list[float]) -> None:
    flows: list[tuple[float, Flow]] = [(weight, ONE) for weight in weights]
    flow = balanced(flows)
    assert isinstance(flow, Split)
    assert sum(share for share, _ in flow.shares) == 100
    assert all(share > 0 for share, _ in flow.shares)
    assert balanced([(3, TWO)]) == TWO
