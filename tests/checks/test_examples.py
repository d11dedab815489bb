"""The example definitions are without fault in every environment, and stay what they are meant to show."""

from __future__ import annotations

from pathlib import Path

import pytest

from cfaig.checks import check_gateways
from cfaig.definition.load import load_project
from cfaig.definition.model import Chain, If, Limit, Split
from cfaig.project import Project
from cfaig.state.compile import compile_account

PROJECT = Project(Path(__file__).parents[2])
ENVIRONMENTS = ("local", "dev", "staging", "prod")
SECRETS = ("OPENAI_API_KEY", "ANTHROPIC_API_KEY", "GOOGLE_AI_STUDIO_API_KEY", "OLLAMA_LAB_KEY", "CODING_GATEWAY_TOKEN")


@pytest.fixture(autouse=True)
def _own_folder(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("CFAIG_GATEWAYS", raising=False)


@pytest.mark.parametrize("environment", ENVIRONMENTS)
def test_nothing_is_wrong(environment: str) -> None:
    loaded = load_project(PROJECT, environment)
    assert loaded.diagnostics == ()
    assert check_gateways(loaded, environ=dict.fromkeys(SECRETS, "set"), environment=environment) == ()
    assert [gateway.id for gateway in loaded.gateways] == ["coding", "support", "tiered-assistant"]
    account = compile_account(loaded.gateways)
    assert [provider.slug for provider in account.custom_providers] == ["ollama-lab"]


@pytest.mark.parametrize("environment", ENVIRONMENTS)
def test_only_the_local_environment_does_without_secrets(environment: str) -> None:
    found = check_gateways(load_project(PROJECT, environment), environ={}, environment=environment)
    assert {diagnostic.code for diagnostic in found} == (set() if environment == "local" else {"AIG140"})


def test_environments_differ() -> None:
    loaded = {environment: load_project(PROJECT, environment).gateways for environment in ENVIRONMENTS}
    assert len({repr(gateways) for gateways in loaded.values()}) == len(ENVIRONMENTS)
    assert [gateway.protect for gateway in loaded["prod"]] == [True] * 3
    assert not any(gateway.protect for gateway in loaded["local"])


def test_production_is_careful() -> None:
    for gateway in load_project(PROJECT, "prod").gateways:
        assert gateway.authentication
        assert gateway.logging.collect
        assert gateway.rate_limit.requests
        assert gateway.spend_limits.enabled
        assert gateway.cache.ttl <= 30 * 24 * 3600
        assert gateway.zero_data_retention or gateway.labels["data"] != "personal"
        assert gateway.worst_case.latency_ms == 120_000


def test_the_examples_show_each_form() -> None:
    gateways = {gateway.id: gateway for gateway in load_project(PROJECT, "prod").gateways}
    chat = next(route.flow for route in gateways["support"].routes if route.name == "chat")
    assert isinstance(chat, Chain)
    assert len({model.provider for model in chat.models}) == 3
    (assist,) = (route.flow for route in gateways["tiered-assistant"].routes)
    assert isinstance(assist, If)
    assert isinstance(assist.then, Limit)
    assert isinstance(assist.otherwise, Split)
    assert [share for share, _ in assist.otherwise.shares] == [90, 10]
    assert gateways["coding"].custom_providers[0].slug == "ollama-lab"
