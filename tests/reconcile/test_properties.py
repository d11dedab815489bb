"""What holds for plans between any two generated definitions."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given, settings

from cfaig.definition.model import Gateway, Route
from cfaig.reconcile.change import Action, Kind, Plan, ResourceKey
from cfaig.reconcile.owned import Owned
from cfaig.reconcile.plan import make_plan
from cfaig.reconcile.safety import refusals
from cfaig.state.compile import compile_account
from cfaig.state.model import AccountState
from tests.edges import gateways_with_edges
from tests.reconcile.accounts import STAND_INS, keys_of, live, owner_of
from tests.strategies import gateways

EXAMPLES = settings(max_examples=30, deadline=None)
SOME = gateways() | gateways_with_edges()


def named(gateway: Gateway) -> Gateway:
    edge = gateway.edge and replace(gateway.edge, worker=None)
    return replace(gateway, id="g", routes=tuple(plain(route) for route in gateway.routes), edge=edge)


def plain(route: Route) -> Route:
    return replace(route, renamed_from=None)


@given(SOME)
@EXAMPLES
def test_what_was_applied_needs_nothing(gateway: Gateway) -> None:
    account = live(gateway)
    plan = make_plan(compile_account([gateway]), account, owner_of(account), resolver=STAND_INS)
    assert plan.empty
    assert plan == make_plan(account, account, owner_of(account))


@given(SOME, SOME)
@EXAMPLES
def test_a_plan_creates_what_is_missing_and_deletes_what_is_too_much(old: Gateway, new: Gateway) -> None:
    before, after = live(named(old)), live(named(new))
    plan = make_plan(compile_account([named(new)]), before, owner_of(before), resolver=STAND_INS)
    by_action = {action: {change.key for change in plan.changes if change.action is action} for action in Action}
    assert by_action[Action.CREATE] == keys_of(after) - keys_of(before)
    assert by_action[Action.DELETE] == keys_of(before) - keys_of(after)
    assert by_action[Action.UPDATE] <= keys_of(before) & keys_of(after)
    assert not by_action[Action.ADOPT]
    assert len({change.key for change in plan.changes}) == len(plan.changes)


@given(SOME, SOME)
@EXAMPLES
def test_the_way_back_touches_the_same_resources(old: Gateway, new: Gateway) -> None:
    before, after = live(named(old)), live(named(new))
    there = make_plan(compile_account([named(new)]), before, owner_of(before), resolver=STAND_INS)
    back = make_plan(compile_account([named(old)]), after, owner_of(after), resolver=STAND_INS)
    assert {change.key for change in there.changes} == {change.key for change in back.changes}
    assert fields_of(there) == fields_of(back)


def fields_of(plan: Plan) -> set[tuple[ResourceKey, tuple[str, ...]]]:
    """What differs, by path; of edges only the part, because rules without names have other numbers on each side."""
    return {
        (change.key, field.path[:1] if change.key.kind is Kind.EDGE else field.path)
        for change in plan.changes
        for field in change.fields
    }


@given(SOME)
@EXAMPLES
def test_nothing_that_is_not_owned_is_touched_without_consent(gateway: Gateway) -> None:
    account = live(gateway)
    assert make_plan(AccountState(), account, Owned()).empty
    plan = make_plan(compile_account([gateway]), account, Owned(), resolver=STAND_INS)
    assert {change.action for change in plan.changes} == {Action.ADOPT}
    asked = {refusal.name for refusal in refusals(plan, ())}
    customs = {f"adopt:custom_provider/{provider.slug}" for provider in gateway.custom_providers}
    assert asked == {f"adopt:gateway/{gateway.id}"} | customs


@given(SOME)
@EXAMPLES
def test_the_order_of_the_parts_does_not_matter(gateway: Gateway) -> None:
    account = live(gateway)
    (one,) = account.gateways
    turned = replace(one, routes=one.routes[::-1], provider_keys=one.provider_keys[::-1], domains=one.domains[::-1])
    other = replace(account, gateways=(turned,), custom_providers=account.custom_providers[::-1])
    empty = AccountState(stores=account.stores)
    assert make_plan(other, empty, Owned()) == make_plan(account, empty, Owned())
    assert [change.key.kind for change in make_plan(account, empty, Owned()).changes].count(Kind.GATEWAY) == 1
