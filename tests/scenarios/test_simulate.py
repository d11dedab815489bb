"""`simulate` without its command: which route is meant, what the options make of providers, what comes out."""

from __future__ import annotations

import pytest

from cfaig.errors import CfaigError
from cfaig.project import find_project
from cfaig.scenarios.model import Request
from cfaig.scenarios.simulate import (
    Simulation,
    distribution,
    down_rule,
    find_route,
    metadata_value,
    simulate,
    slow_rule,
)
from cfaig.scenarios.simulation_text import simulation_line, simulation_text
from cfaig.scenarios.stage import Stage, open_stages
from tests.scenarios.conftest import Stageful


@pytest.fixture
def stage(shop: Stageful) -> Stage:
    (shop.root / "gateways/second.yaml").write_text("gateway: second\nroutes: {chat: [{provider: groq, model: a}]}\n")
    return open_stages(find_project(), ["local"])["local"]


def ask(stage: Stage, route: str, *down: str, times: int = 1, slow: tuple[str, ...] = ()) -> Simulation:
    rules = [*(down_rule(told, stage) for told in down), *(slow_rule(told, stage) for told in slow)]
    return simulate(stage, "shop", Request(route=route, headers={"cf-aig-skip-cache": "true"}, times=times), rules, 0)


def test_a_route_is_found_by_as_much_of_its_name_as_it_takes(stage: Stage) -> None:
    assert find_route(stage, "tiered", None) == ("shop", "tiered")
    assert find_route(stage, "dynamic/tiered", None) == ("shop", "tiered")
    assert find_route(stage, "second/chat", None) == find_route(stage, "chat", "second") == ("second", "chat")
    for wanted, gateway, told in (
        ("chat", None, "2 gateways have a route chat"),
        ("chatt", None, "no gateway has a route chatt in local"),
        ("tiered", "second", "second has no route tiered"),
    ):
        with pytest.raises(CfaigError) as caught:
            find_route(stage, wanted, gateway)
        assert caught.value.message == told
        assert "shop/chat" in str(caught.value.hint)


@pytest.mark.parametrize(
    ("down", "line"),
    [
        ((), "dynamic/chat → openai/gpt-4o; 200, 0 s, $0.00006"),
        (
            ("openai",),
            "dynamic/chat → lab/llama3 (step 1) after openai/gpt-4o failed with 500 (2 attempts); 200, 0 s, $0",
        ),
        (("openai:429",), "dynamic/chat → lab/llama3 (step 1) after openai/gpt-4o failed with 429 (2 attempts); 200"),
        (("openai/gpt-4o:hang",), "dynamic/chat → lab/llama3 (step 1) after openai/gpt-4o timed out (2 attempts)"),
        (
            ("openai:refuse",),
            "dynamic/chat → lab/llama3 (step 1) after openai/gpt-4o could not be reached (2 attempts)",
        ),
        (
            ("openai", "lab:503"),
            "dynamic/chat → no answer: openai/gpt-4o failed with 500 (2 attempts), lab/llama3 failed",
        ),
    ],
)
def test_one_line_tells_where_it_went_and_why(stage: Stage, down: tuple[str, ...], line: str) -> None:
    assert simulation_line(ask(stage, "chat", *down)).startswith(line)


def test_slow_providers_and_the_moments(stage: Stage) -> None:
    text = simulation_text(ask(stage, "chat", slow=("openai=15s",)))
    assert "openai/gpt-4o timed out after 10 s" in text
    assert text.splitlines()[-1].endswith("the client has 200, 20 s, $0")


def test_many_requests_are_a_table(stage: Stage) -> None:
    simulation = ask(stage, "tiered", times=40)
    assert sum(count for _, count in distribution(simulation.outcomes)) == 40
    text = simulation_text(simulation)
    assert text.startswith("dynamic/tiered, 40 times → ")
    assert "who answers" in text
    assert "75%" not in text, "shares are what happened, not what was asked for"
    assert ("else-split", "75%") in simulation.taken
    assert ("else-split", "25%") in simulation.taken


@pytest.mark.parametrize("told", ["opnai", "openai:200", "opnai:500"])
def test_what_cannot_be_down(stage: Stage, told: str) -> None:
    with pytest.raises(CfaigError):
        down_rule(told, stage)


def test_models_may_have_colons(stage: Stage) -> None:
    assert down_rule("lab/qwen:7b", stage) == {"provider": "lab", "model": "qwen:7b", "status": 500}
    assert down_rule("lab/qwen:7b:503", stage) == {"provider": "lab", "model": "qwen:7b", "status": 503}


def test_metadata_is_what_it_looks_like() -> None:
    values = [metadata_value(text) for text in ("free", "42", '"42"', "true", "1.5", "null", "{}", "")]
    assert values == ["free", 42, "42", True, 1.5, "null", "{}", ""]
