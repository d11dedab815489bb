"""What the engine is told to touch, in its own names."""

from __future__ import annotations

from cfaig.deploy.scope import Scope, Urns, scope_of
from cfaig.deploy.stack_state import StackResource, StackState, owned_resources
from cfaig.deploy.types import Type
from cfaig.reconcile.change import ResourceKey
from cfaig.reconcile.select import Account

ROOT = "urn:pulumi:dev::sample::"
GATEWAY = ResourceKey.of_gateway("a")
ROUTE = ResourceKey.of_route("a", "chat")
KEY = ResourceKey.of_provider_key("a", "openai", "default")
OTHER = ResourceKey.of_gateway("b")
LAB = ResourceKey.of_custom_provider("lab")
COMPONENT_URN = f"{ROOT}{Type.COMPONENT}::a"
GATEWAY_URN = f"{ROOT}{Type.COMPONENT}${Type.GATEWAY}::a"
ROUTE_URN = f"{ROOT}{Type.COMPONENT}${Type.ROUTE}::a/chat"
STATE = StackState(
    exists=True,
    resources=(
        StackResource(COMPONENT_URN, Type.COMPONENT, ""),
        StackResource(GATEWAY_URN, Type.GATEWAY, "a", {"aiGatewayId": "a"}),
        StackResource(ROUTE_URN, Type.ROUTE, "1", {"gatewayId": "a", "name": "chat"}),
    ),
)
URNS = Urns("sample", "dev", STATE)


def _account(*wanted: ResourceKey, former: dict[ResourceKey, ResourceKey] | None = None) -> Account:
    stack = owned_resources(STATE).resources
    return Account({key: {} for key in wanted}, {key: {} for key in stack}, stack, former or {})


def _patterns(*tails: str) -> list[str]:
    return [f"u*{ROOT.removeprefix('u')}{tail}" for tail in tails]


def test_targets_are_whole_urns_where_the_stack_has_them_and_patterns_else() -> None:
    account = _account(GATEWAY, ROUTE, KEY, LAB)
    scope = scope_of(account, frozenset({GATEWAY, KEY, LAB}), URNS, targets=True)
    new = _patterns(f"{Type.COMPONENT}${Type.PROVIDER_KEY}::a/openai:default", f"{Type.CUSTOM_PROVIDER}::lab")
    assert scope == Scope(targets=sorted([COMPONENT_URN, GATEWAY_URN, *new]))


def test_without_targets_the_engine_is_told_what_to_leave_alone() -> None:
    account = _account(GATEWAY, ROUTE, OTHER)
    scope = scope_of(account, frozenset({GATEWAY}), URNS, targets=False)
    new = _patterns(f"{Type.COMPONENT}${Type.GATEWAY}::b", f"{Type.COMPONENT}::b")
    assert scope == Scope(excludes=sorted([ROUTE_URN, *new]))


def test_a_deletion_that_was_not_chosen_is_left_alone_by_name() -> None:
    """The engine would refuse to touch the gateway alone while a route of it is to go."""
    scope = scope_of(_account(GATEWAY), frozenset({GATEWAY}), URNS, targets=True)
    assert scope == Scope(excludes=[ROUTE_URN])


def test_a_renamed_route_goes_by_both_names() -> None:
    talk = ResourceKey.of_route("a", "talk")
    account = _account(GATEWAY, talk, former={talk: ROUTE})
    new = _patterns(f"{Type.COMPONENT}${Type.ROUTE}::a/talk")
    assert scope_of(account, frozenset({talk}), URNS, targets=True) == Scope(
        targets=sorted([COMPONENT_URN, ROUTE_URN, *new])
    )
    assert scope_of(account, frozenset({GATEWAY}), URNS, targets=False) == Scope(excludes=sorted([ROUTE_URN, *new]))


def test_an_edge_is_its_worker_and_its_host_name() -> None:
    edge = ResourceKey.of_edge("a", "front")
    inside = f"{ROOT}{Type.COMPONENT}$"
    worker, old, new = f"{Type.WORKER}::front", f"{Type.WORKER_DOMAIN}::old.example.com", "new.example.com"
    state = StackState(
        exists=True,
        resources=(
            *STATE.resources,
            StackResource(inside + worker, Type.WORKER, "front", {"scriptName": "front"}, parent=COMPONENT_URN),
            StackResource(inside + old, Type.WORKER_DOMAIN, "1", {"service": "front"}, parent=COMPONENT_URN),
        ),
    )
    stack = owned_resources(state).resources
    assert edge in stack
    account = Account({GATEWAY: {}, ROUTE: {}, edge: {"hostname": new}}, {}, stack, {})
    added = _patterns(f"{Type.COMPONENT}${Type.WORKER_DOMAIN}::{new}")
    urns = Urns("sample", "dev", state)
    assert scope_of(account, frozenset({edge}), urns, targets=True) == Scope(
        targets=sorted([COMPONENT_URN, inside + worker, inside + old, *added])
    )
    assert scope_of(account, frozenset({GATEWAY, ROUTE}), urns, targets=False) == Scope(
        excludes=sorted([inside + worker, inside + old, *added])
    )
