"""Each policy with a definition that passes and one that fails, from the YAML on."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

import pytest

from cfaig.definition.load import load_project
from cfaig.deploy.names import to_inputs
from cfaig.project import Project
from cfaig.state.compile import compile_account
from policies.levels import load_levels
from policies.resource import AI_GATEWAY, CUSTOM_PROVIDER, ROUTE, Resource
from policies.rules import RULES, Rule
from tests.policies.samples import messages

ROOT = Path(__file__).parents[2]

ONE_MODEL = "routes: {chat: {chain: [{provider: openai, model: gpt-4o}]}}"
TWO_MODELS = "routes: {chat: {chain: [{provider: openai, model: gpt-4o}, {provider: anthropic, model: claude}]}}"
TIERED = """
routes:
  tiered:
    if: {metadata.plan: paid}
    then:
      limit: {key: metadata.user_id, requests: 100, per: 1h}
      then: [{provider: anthropic, model: claude}, {provider: openai, model: gpt-4o}]
      else: [{provider: workers-ai, model: llama}, {provider: openai, model: gpt-4o}]
    else:
      split:
        90%: [{provider: openai, model: gpt-4o-mini}, {provider: google-ai-studio, model: gemini}]
        10%: [{provider: google-ai-studio, model: gemini}]
"""
OTEL = "otel: [{url: 'https://collector.example.com', headers: {authorization: '%s'}}]"

# Cloudflare itself takes no TTL over 30 days, so a definition that fails needs a shorter limit than the built-in one.
CONFIG: dict[str, dict[str, object]] = {"cache-ttl": {"max": "7d"}}
# policy, what passes, what fails, what the message tells to write
CASES = (
    ("authentication", "authentication: true", "authentication: false", "authentication: true"),
    ("authentication", "", "environments: {prod: {authentication: false}}", "authentication: true"),
    ("logging", "logging: {collect: true}", "logging: {collect: false}", "logging: {collect: true}"),
    ("limit", "rate_limit: {requests: 10, per: 1m}", "", "rate_limit: {requests: 1000, per: 1m}"),
    (
        "limit",
        "spend_limits: {rules: {daily: {cost: 5, per: 1d}}}",
        "spend_limits: {enabled: false, rules: {daily: {cost: 5, per: 1d}}}",
        "rate_limit: {requests: 1000, per: 1m}",
    ),
    ("cache-ttl", "cache: {ttl: 7d}", "cache: {ttl: 8d}", "cache: {ttl: 7d}"),
    ("fallback", TWO_MODELS, ONE_MODEL, "`- {provider: anthropic, model: claude-sonnet-5}`"),
    ("fallback", "", TIERED, "in routes.tiered of gateways/support.yaml"),
    (
        "zero-data-retention",
        "labels: {data: personal}\nzero_data_retention: true",
        "labels: {data: personal}",
        "zero_data_retention: true",
    ),
    ("names", TWO_MODELS, TWO_MODELS.replace("chat", "chat_fast"), "`chat-fast`"),
    ("clear-text", OTEL % "env://TOKEN", OTEL % ("Bearer " + "abcdefgh12345678"), "env://"),
)


def declared(project: Project, environment: str) -> Iterator[Resource]:
    """What the program declares for the project's definitions, except its keys."""
    state = compile_account(load_project(project, environment).gateways)
    for gateway in state.gateways:
        component = {"labels": gateway.management.labels}
        inputs = {"aiGatewayId": gateway.id, **to_inputs(gateway.settings)}
        yield Resource(AI_GATEWAY, gateway.id, inputs, component)
        for route in gateway.routes:
            inputs = {"name": route.name, "elements": route.elements}
            yield Resource(ROUTE, f"{gateway.id}/{route.name}", inputs, component)
    for provider in state.custom_providers:
        yield Resource(CUSTOM_PROVIDER, provider.slug, {"slug": provider.slug, **provider.settings})


def project_with(folder: Path, text: str) -> Project:
    (folder / "gateways").mkdir(parents=True)
    (folder / "Pulumi.yaml").write_text("name: sample\nruntime: python\n", encoding="utf-8")
    (folder / "Pulumi.prod.yaml").write_text("config: {}\n", encoding="utf-8")
    (folder / "gateways" / "support.yaml").write_text(f"gateway: support\n{text}\n", encoding="utf-8")
    return Project(folder)


def findings(rule: Rule, resources: Iterable[Resource], **config: object) -> list[str]:
    seen = [resource for resource in resources if resource.kind in rule.kinds]
    return [message for resource in seen for message in messages(rule.name, resource, **config)]


@pytest.mark.parametrize(("policy", "passing", "failing", "told"), CASES)
def test_policy(tmp_path: Path, policy: str, passing: str, failing: str, told: str) -> None:
    rule = next(rule for rule in RULES if rule.name == policy)
    good = declared(project_with(tmp_path / "good", passing), "prod")
    bad = declared(project_with(tmp_path / "bad", failing), "prod")
    assert findings(rule, good, **CONFIG.get(policy, {})) == []
    [message] = findings(rule, bad, **CONFIG.get(policy, {}))
    assert told in message


def test_every_policy_has_a_case() -> None:
    assert {case[0] for case in CASES} == {rule.name for rule in RULES}


@pytest.mark.parametrize("environment", Project(ROOT).stacks())
def test_the_definitions_of_this_project_pass(environment: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("CFAIG_GATEWAYS", raising=False)
    settings = load_levels(ROOT / "policies" / "levels.yaml", RULES, Project(ROOT).stacks()).of(environment)
    resources = list(declared(Project(ROOT), environment))
    enforced = [rule for rule in RULES if settings[rule.name].level != "disabled"]
    assert [message for rule in enforced for message in findings(rule, resources, **settings[rule.name].config)] == []
