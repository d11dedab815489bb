"""Which resources `--target` and `--exclude` choose, and what goes along with them."""

from __future__ import annotations

import json
from collections.abc import Collection, Sequence
from dataclasses import replace

import jsonschema
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cfaig.definition.model import Chain, CustomProvider, Gateway, ProviderKey, Route
from cfaig.errors import CfaigError
from cfaig.reconcile.calls import CallForecast
from cfaig.reconcile.change import Action, Plan, ResourceKey
from cfaig.reconcile.documents import documents, former_names
from cfaig.reconcile.outline import NO_SELECTED_CHANGES, restricted, summary
from cfaig.reconcile.owned import Owned
from cfaig.reconcile.plan import make_plan
from cfaig.reconcile.read_json import plan_of
from cfaig.reconcile.render_json import plan_document
from cfaig.reconcile.select import Account, Selection, Selectors, plan_within, select
from cfaig.state.compile import compile_account
from cfaig.state.model import AccountState
from tests.engine_fixtures import ROOT
from tests.reconcile.accounts import CLAUDE, LAB, MINI, STAND_INS, chain, chat, gateway, keys_of, live
from tests.strategies import gateways

LAB_PROVIDER = CustomProvider("ollama-lab", "https://lab.example.com", "Lab")
SUPPORT = gateway(
    chat(),
    Route("tiered", chain(MINI)),
    labels={"team": "help", "stage": "dev"},
    provider_keys=(ProviderKey("openai", "env://K"),),
)
CODING = Gateway("coding", routes=(Route("fast", Chain((LAB,))),), labels={"team": "platform"})
LAB_CODING = replace(CODING, custom_providers=(LAB_PROVIDER,))


def account(desired: Sequence[Gateway], before: Sequence[Gateway] = ()) -> Account:
    """`desired` where `before` was applied."""
    state, found = compile_account(desired), live(*before)
    wanted, documented = documents(state, found, stores_known=True)
    labels = {one.id: one.management.labels for one in state.gateways}
    return Account(wanted, documented, keys_of(found), former_names(state), labels)


def chosen(there: Account, *targets: str, exclude: Collection[str] = ()) -> set[str]:
    return {key.address for key in _selection(there, *targets, exclude=exclude).keys}


def _selection(there: Account, *targets: str, exclude: Collection[str] = ()) -> Selection:
    return select(there, Selectors(targets, tuple(exclude)))


def test_a_gateway_means_everything_that_hangs_on_it() -> None:
    there = account([SUPPORT, CODING], [SUPPORT, CODING])
    assert chosen(there, "gateway/support") == {
        "gateway/support",
        "provider_key/support/openai:default",
        "route/support/chat",
        "route/support/tiered",
    }
    assert chosen(there, "gateway/*", exclude=["gateway/s*"]) == {"gateway/coding", "route/coding/fast"}


@pytest.mark.parametrize(
    ("selector", "expected"),
    [
        ("route/support/chat", {"route/support/chat"}),
        ("route/*/*t", {"route/support/chat", "route/coding/fast"}),
        ("provider_key/support/openai", {"provider_key/support/openai:default"}),
        ("store/*", {"store/default_secrets_store"}),
        ("label:team=platform", {"gateway/coding", "route/coding/fast"}),
        ("label:team=pl*", {"gateway/coding", "route/coding/fast"}),
        (
            "label:stage",
            {
                "gateway/support",
                "provider_key/support/openai:default",
                "route/support/chat",
                "route/support/tiered",
            },
        ),
    ],
)
def test_selectors(selector: str, expected: set[str]) -> None:
    there = account([SUPPORT, CODING], [SUPPORT, CODING])
    assert chosen(there, selector) == expected
    assert chosen(there, exclude=[selector]) == {key.address for key in there.known} - expected


def test_what_is_needed_and_not_there_yet_comes_along() -> None:
    selection = _selection(account([LAB_CODING, SUPPORT]), "route/coding/fast")
    assert {key.address for key in selection.keys} == {
        "custom_provider/ollama-lab",
        "gateway/coding",
        "route/coding/fast",
    }
    assert selection.reasons == (
        "custom_provider/ollama-lab is included: route/coding/fast needs it",
        "gateway/coding is included: route/coding/fast needs it",
    )
    assert chosen(account([LAB_CODING], [LAB_CODING]), "route/coding/fast") == {"route/coding/fast"}


def test_what_needs_something_excluded_is_left_out() -> None:
    selection = _selection(account([LAB_CODING]), "gateway/coding", exclude=["custom_provider/*"])
    assert {key.address for key in selection.keys} == {"gateway/coding"}
    assert selection.reasons == (
        "route/coding/fast is left out, because of custom_provider/ollama-lab, which is excluded",
    )
    assert chosen(account([SUPPORT]), exclude=["store/*"]) == set()


def test_what_uses_something_that_is_deleted_comes_along() -> None:
    without_lab = replace(CODING, routes=(Route("fast", Chain((CLAUDE,))),))
    there = account([without_lab], [LAB_CODING])
    selection = _selection(there, "custom_provider/ollama-lab")
    assert {key.address for key in selection.keys} == {"custom_provider/ollama-lab", "route/coding/fast"}
    assert selection.reasons == ("route/coding/fast is included: it uses custom_provider/ollama-lab, which is deleted",)
    assert chosen(there, "custom_provider/*", exclude=["route/*/*"]) == set()
    assert chosen(account([], [CODING]), "gateway/coding", exclude=["route/coding/fast"]) == set()


def test_a_renamed_route_answers_to_both_names() -> None:
    renamed = gateway(replace(SUPPORT.routes[0], name="talk", renamed_from="chat"), *SUPPORT.routes[1:])
    there = account([renamed], [SUPPORT])
    assert chosen(there, "route/support/chat") == chosen(there, "route/support/talk") == {"route/support/talk"}
    (change,) = _plan(there, [renamed], [SUPPORT], Selectors(("route/support/chat",))).changes
    assert (change.action, change.key.name) == (Action.RENAME, "talk")


def _plan(there: Account, desired: Sequence[Gateway], before: Sequence[Gateway], selectors: Selectors) -> Plan:
    state, found = compile_account(desired), live(*before)
    owned = Owned(keys_of(found))

    def make(only: Collection[ResourceKey] | None) -> Plan:
        return make_plan(state, found, owned, resolver=STAND_INS, only=only)

    return plan_within(make, there, selectors)


def test_the_plan_has_what_was_chosen_and_says_so() -> None:
    desired = [replace(SUPPORT, routes=SUPPORT.routes[:1]), CODING]
    there = account(desired, [SUPPORT])
    plan = _plan(there, desired, [SUPPORT], Selectors(("gateway/support",), ("route/*/chat",)))
    assert [change.key.address for change in plan.changes] == ["route/support/tiered"]
    assert restricted(plan)[0] == "Only gateway/support but not route/*/chat: 2 other changes left out."
    nothing = _plan(there, desired, [SUPPORT], Selectors(("route/support/chat",)))
    assert summary(nothing) == NO_SELECTED_CHANGES
    everything = _plan(there, desired, [SUPPORT], Selectors())
    assert restricted(everything) == ()
    told = replace(plan, forecast=CallForecast(1, 2, 3))
    schema = json.loads((ROOT / "schemas" / "plan.schema.json").read_text("utf-8"))
    jsonschema.validate(plan_document(told), schema)
    assert plan_of(plan_document(told)) == told


def test_notes_of_what_was_not_chosen_are_not_told() -> None:
    state = compile_account([SUPPORT])
    found = AccountState()
    owned = Owned(keys_of(live(SUPPORT, CODING)))
    assert len(make_plan(state, found, owned).notes) == 3
    told = make_plan(state, found, owned, only={ResourceKey.of_gateway("coding")})
    assert told.notes == ("gateway/coding was deleted outside cfaig: apply only forgets it",)
    assert told.empty


@pytest.mark.parametrize("selector", ["", "chat", "routes/support/chat", "gateway", "labels:a=b", "route/support"])
def test_what_is_no_selector_or_matches_nothing_is_refused(selector: str) -> None:
    with pytest.raises(CfaigError) as caught:
        chosen(account([SUPPORT], [SUPPORT]), selector)
    assert caught.value.hint


@given(gateways(), gateways(), st.data())
@settings(max_examples=30, deadline=None)
def test_any_choice_can_be_applied(old: Gateway, new: Gateway, data: st.DataObject) -> None:
    """What is chosen never needs what is left out, whatever is chosen and excluded."""
    mine = CustomProvider("only-here", "https://only-here.example.com", "Mine")
    route = Route("fast", Chain((replace(LAB, provider="only-here"),)))
    there = account([new, Gateway("other-one", routes=(route,), custom_providers=(mine,))], [old])
    everything = st.lists(st.sampled_from(sorted(key.address for key in there.known)), max_size=3)
    selectors = Selectors(tuple(data.draw(everything)), tuple(data.draw(everything)))
    keys = select(there, selectors).keys
    for key in keys:
        assert not any(there.is_new(needed) for needed in there.needs(key) - keys)
    for left in there.known - keys:
        assert not any(there.goes(used) for used in there.needed(left) & keys)
    excluded = {key for key in there.known if key.address in selectors.excludes}
    assert not keys & excluded
