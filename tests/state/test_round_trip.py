"""Compile and decompile are each other's inverse, and settings are canonical."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cfaig.definition.model import Chain, Gateway, If, Limit, Model, ProviderKey, RawElements, Route
from cfaig.errors import CfaigError
from cfaig.json_types import Json, JsonObject
from cfaig.state.compile import compile_account, compile_custom_provider, compile_gateway
from cfaig.state.decompile import decompile_account, decompile_gateway
from cfaig.state.graph import same_graph
from cfaig.state.model import AccountState, CustomProviderState, GatewayState, RouteState
from cfaig.state.references import key_reference
from cfaig.state.settings import DEFAULT_SETTINGS, canonical_settings
from tests.strategies import gateways

ordinary = settings(max_examples=30)


def again(state: GatewayState, custom_providers: tuple[CustomProviderState, ...]) -> GatewayState:
    return compile_gateway(decompile_gateway(state, custom_providers))


def customs(gateway: Gateway) -> tuple[CustomProviderState, ...]:
    return tuple(compile_custom_provider(provider) for provider in gateway.custom_providers)


def bare(state: GatewayState) -> GatewayState:
    return replace(state, routes=())


@ordinary
@given(gateways())
def test_every_setting_is_there_and_canonical(gateway: Gateway) -> None:
    compiled = compile_gateway(gateway).settings
    assert set(compiled) == set(DEFAULT_SETTINGS)
    assert canonical_settings(compiled) == compiled


@ordinary
@given(gateways())
def test_decompile_then_compile_gives_the_same_state(gateway: Gateway) -> None:
    state = compile_gateway(gateway)
    back = again(state, customs(gateway))
    assert bare(back) == bare(state)
    assert (back.store, back.management) == (state.store, state.management)
    assert [route.name for route in back.routes] == [route.name for route in state.routes]
    for one, other in zip(back.routes, state.routes, strict=True):
        assert same_graph(one.elements, other.elements)
        assert one.renamed_from == other.renamed_from


@ordinary
@given(gateways())
def test_compile_then_decompile_gives_the_definition_back(gateway: Gateway) -> None:
    back = decompile_gateway(compile_gateway(gateway), customs(gateway))
    short = [route for route in gateway.routes if not isinstance(route.flow, RawElements)]
    kept = {route.name for route in short}
    assert [route for route in back.routes if route.name in kept] == short
    assert replace(back, routes=()) == replace(gateway, routes=(), dlp=back.dlp, guardrails=back.guardrails)


@settings(max_examples=15)
@given(st.lists(gateways(), max_size=3, unique_by=lambda gateway: gateway.id))
def test_an_account_goes_round(listed: list[Gateway]) -> None:
    owners = {provider.slug: provider for gateway in listed for provider in gateway.custom_providers}
    agreed = [
        replace(gateway, custom_providers=tuple(owners[provider.slug] for provider in gateway.custom_providers))
        for gateway in listed
    ]
    account = compile_account(agreed)
    back = compile_account(decompile_account(account))
    assert back.custom_providers == account.custom_providers
    assert [bare(gateway) for gateway in back.gateways] == [bare(gateway) for gateway in account.gateways]


def test_live_keys_become_references() -> None:
    gateway = Gateway("g", provider_keys=(ProviderKey("google-ai-studio", "env://X", "spare", default=False),))
    state = compile_gateway(gateway)
    live = replace(state, provider_keys=tuple(replace(key, key="") for key in state.provider_keys))
    (key,) = decompile_gateway(live, ()).provider_keys
    assert key.key == "env://GOOGLE_AI_STUDIO_SPARE_API_KEY"
    assert key_reference("openai", "default") == "env://OPENAI_API_KEY"


def test_an_unused_custom_provider_is_not_lost() -> None:
    provider = CustomProviderState("lonely", settings={**_provider_settings(), "name": "Lonely"})
    account = AccountState((compile_gateway(Gateway("a")), compile_gateway(Gateway("b"))), (provider,))
    first, second = decompile_account(account)
    assert [custom.slug for custom in first.custom_providers] == ["lonely"]
    assert second.custom_providers == ()


def _provider_settings() -> dict[str, bool | str | dict[str, str] | int | None]:
    return {
        "name": "n",
        "base_url": "https://x.example.com",
        "description": None,
        "link": None,
        "enable": True,
        "beta": False,
        "headers": {},
        "curl_example": None,
        "js_example": None,
        "position": None,
    }


def test_a_custom_provider_reads_by_its_own_name() -> None:
    provider = CustomProviderState("ollama-lab", _provider_settings())
    route = Route("chat", Chain((Model("custom-ollama-lab", "llama3"), Model("custom-other", "x"))))
    gateway = decompile_gateway(compile_gateway(Gateway("g", routes=(route,))), [provider])
    (flow,) = (route.flow for route in gateway.routes)
    assert flow == Chain((Model("ollama-lab", "llama3"), Model("custom-other", "x")))


def test_what_the_short_forms_cannot_say_stays_raw() -> None:
    one = Chain((Model("openai", "a"),))
    state = compile_gateway(Gateway("g", routes=(Route("r", Limit("k", Decimal(1), "count", 60, one, one)),)))
    both = {name: {"elementId": "within-openai-a"} for name in ("success", "fallback")}
    elements: tuple[JsonObject, ...] = tuple(
        {**element, "outputs": both} if element["type"] == "rate" else element
        for element in state.routes[0].elements
        if element["id"] != "over-openai-a"
    )
    live = replace(state, routes=(RouteState("r", elements),))
    assert decompile_gateway(live, ()).routes[0].flow == RawElements(elements)


def test_a_very_deep_graph_stays_raw() -> None:
    state = compile_gateway(Gateway("g", routes=(Route("r", Chain((Model("openai", "a"),) * 2000)),)))
    assert isinstance(decompile_gateway(state, ()).routes[0].flow, RawElements)


def test_a_guardrail_of_the_future_is_told() -> None:
    state = compile_gateway(Gateway("g"))
    newer = {**state.settings, "guardrails": {"prompt": {"S99": "FLAG"}, "response": {}}}
    with pytest.raises(CfaigError, match="S99"):
        decompile_gateway(replace(state, settings=newer), ())


def test_settings_that_a_definition_cannot_say_are_told() -> None:
    state = compile_gateway(Gateway("g"))
    rule: JsonObject = {
        "id": "daily",
        "enabled": True,
        "limit": 500,
        "limitType": "tokens",
        "window": 60,
        "technique": "fixed",
    }
    policy: JsonObject = {"id": "cards", "enabled": True, "profiles": "all", "action": "FLAG", "check": ["REQUEST"]}
    spend: JsonObject = {"spend_limits": {"enabled": True, "rules": [rule]}}
    dlp: JsonObject = {"dlp": {"enabled": True, "policies": [policy]}}
    twice: JsonObject = {"spend_limits": {"enabled": True, "rules": [{**rule, "limitType": "cost"}] * 2}}
    told = ((spend, "spend_limits"), (dlp, "dlp"), ({**spend, **dlp}, "dlp, spend_limits"), (twice, "spend_limits"))
    for said, names in told:
        with pytest.raises(CfaigError, match=f"the gateway g has settings that a definition cannot say: {names}$"):
            decompile_gateway(replace(state, settings={**state.settings, **said}), ())


def test_a_log_store_without_a_bound_gets_the_usual_one() -> None:
    state = compile_gateway(Gateway("g"))
    unbounded: JsonObject = {"log_management": None, "log_management_strategy": None}
    assert again(replace(state, settings={**state.settings, **unbounded}), ()).settings == state.settings


@pytest.mark.parametrize(
    ("type_", "property_", "value"),
    [
        ("rate", "limitType", "tokens"),
        ("rate", "window", "1h"),
        ("rate", "limit", "x"),
        ("model", "retries", None),
        ("conditional", "conditions", []),
    ],
)
def test_elements_of_another_form_stay_raw(type_: str, property_: str, value: Json) -> None:
    chain = Chain((Model("openai", "a"),))
    flow = If({"metadata.plan": "paid"}, Limit("k", Decimal(1), "count", 60, chain), chain)
    state = compile_gateway(Gateway("g", routes=(Route("r", flow),)))
    elements: tuple[Any, ...] = state.routes[0].elements
    newer = tuple(
        {**element, "properties": {**element["properties"], property_: value}} if element["type"] == type_ else element
        for element in elements
    )
    assert decompile_gateway(replace(state, routes=(RouteState("r", newer),)), ()).routes[0].flow == RawElements(newer)
