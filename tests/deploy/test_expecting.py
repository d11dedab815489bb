"""What a plan looks at: what is asked for and what the stack holds, and everything where that is not sure."""

from __future__ import annotations

from dataclasses import replace

import pytest

from cfaig.definition.model import Chain, Gateway, Model, Route
from cfaig.deploy.expecting import expectations
from cfaig.deploy.stack_state import CREATING, PendingOperation, StackResource, StackState
from cfaig.deploy.types import Type
from cfaig.live.expected import EVERYTHING, Expectations, Expected
from cfaig.state.compile import compile_account

CHAIN = Chain((Model("openai", "gpt-4o"),))


def held(type_: Type, **values: str) -> StackResource:
    return StackResource(f"urn:pulumi:dev::cfaig::{type_}::x", str(type_), "x", outputs=values)


GATEWAY = held(Type.GATEWAY, aiGatewayId="g")
ROUTE = held(Type.ROUTE, gatewayId="g", name="r", routeId="1")
NARROW = Expected(routes=("1",), keys=False, domains=False)


def seen(stack: StackState | None, *routes: str) -> Expectations:
    gateway = Gateway("g", routes=tuple(Route(name, CHAIN) for name in routes))
    return expectations(compile_account([gateway]), stack)


def test_what_the_stack_holds_is_asked_for_by_its_id() -> None:
    found = seen(StackState(True, (GATEWAY, ROUTE)), "r")
    assert found == Expectations({"g": NARROW}, custom_providers=False, stores=False)


def test_what_is_new_or_without_an_id_is_looked_for_in_the_list() -> None:
    wide = replace(NARROW, routes=None)
    assert seen(StackState(True, (GATEWAY, ROUTE)), "r", "new").gateways == {"g": wide}
    without_id = held(Type.ROUTE, gatewayId="g", name="r")
    assert seen(StackState(True, (GATEWAY, without_id)), "r").gateways == {"g": wide}


@pytest.mark.parametrize(
    ("resource", "found"),
    [
        (held(Type.PROVIDER_KEY, gatewayId="g", provider="openai", alias="default"), replace(NARROW, keys=True)),
        (held(Type.DOMAIN, gatewayId="g", hostname="ai.example.com"), replace(NARROW, domains=True)),
    ],
)
def test_keys_and_domains_of_the_stack_are_looked_for(resource: StackResource, found: Expected) -> None:
    assert seen(StackState(True, (GATEWAY, ROUTE, resource)), "r").gateways == {"g": found}


def test_everything_is_read_of_a_gateway_that_is_adopted_or_deleted() -> None:
    assert seen(StackState(True, (ROUTE,)), "r").gateways == {}
    assert expectations(compile_account([]), StackState(True, (GATEWAY, ROUTE))).gateways == {}


def test_everything_is_read_when_the_stack_is_not_known_or_unfinished() -> None:
    assert seen(None, "r") == EVERYTHING
    cut_off = StackState(True, (GATEWAY, ROUTE), (PendingOperation(ROUTE, CREATING),))
    assert seen(cut_off, "r") == EVERYTHING
