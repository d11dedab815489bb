"""Plans as text and as JSON."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from hypothesis import given, settings

from cfaig.definition.model import Cache, CustomProvider, Gateway, OtelExporter, ProviderKey, Route, Stripe
from cfaig.reconcile.change import Action, Change, Plan, ResourceKey
from cfaig.reconcile.outline import NO_CHANGES
from cfaig.reconcile.owned import Owned
from cfaig.reconcile.plan import make_plan
from cfaig.reconcile.render_json import plan_document, render_json
from cfaig.reconcile.render_text import ANSI, render_text
from cfaig.reconcile.safety import refusals
from cfaig.secrets import Resolver
from cfaig.state.compile import compile_account
from cfaig.state.model import AccountState
from tests.reconcile.accounts import CLAUDE, GPT, MINI, STAND_INS, chain, chat, gateway, live, owner_of, plan_between
from tests.strategies import gateways

SCHEMA: Any = json.loads((Path(__file__).parents[2] / "schemas" / "plan.schema.json").read_text("utf-8"))

OLD = gateway(chat(), Route("legacy", chain(MINI)), cache=Cache(3600))
NEW = gateway(
    chat(chain(replace(GPT, timeout_ms=20_000), MINI, CLAUDE)),
    cache=Cache(1800),
    provider_keys=(ProviderKey("openai", "env://K"),),
)


def test_text_with_deletions_on_top_and_the_sum_at_the_end() -> None:
    plan = plan_between(OLD, NEW)
    assert (
        render_text(plan, refused=refusals(plan, ()))
        == """\
  gateway support
    - route legacy
        requests for dynamic/legacy fail from then on; its versions are lost

+ Secrets Store default_secrets_store

~ gateway support
    store: none → default_secrets_store
    cache: ttl 1h → 30m
    + key openai
        key from env://K
    ~ route chat
        openai/gpt-4o timeout 30s → 20s
        openai/gpt-4o-mini added after openai/gpt-4o

Plan: 2 to create, 2 to change, 1 to delete.

Refused, until it is allowed by name:
  delete:route/support/legacy: requests to dynamic/legacy would fail
If you mean it, allow it:
  --allow delete:route/support/legacy
"""
    )


def test_nothing_to_do() -> None:
    assert render_text(plan_between(OLD, OLD)) == f"{NO_CHANGES}\n"


def test_a_deleted_gateway_names_its_parts_without_more_words() -> None:
    assert (
        render_text(plan_between(OLD, None))
        == """\
- gateway support
    every request to it fails from then on
    - route chat
    - route legacy

Plan: 0 to create, 0 to change, 3 to delete.
"""
    )


def test_adopted_unmanaged_and_deleted_by_others() -> None:
    account = live(replace(OLD, cache=Cache(0)), Gateway("other"))
    owned = Owned(frozenset({ResourceKey.of_gateway("lost")}))
    assert (
        render_text(make_plan(compile_account([gateway(chat())]), account, owned))
        == """\
> gateway support, adopted
    nothing about it changes
    > route chat, adopted
        nothing about it changes

Note: gateway/lost was deleted outside cfaig: apply only forgets it

Live, but in no definition; left alone:
  gateway/other
  route/support/legacy

Plan: 0 to create, 0 to change, 2 to adopt, 0 to delete.
"""
    )


def test_details_name_every_field_of_the_api() -> None:
    text = render_text(plan_between(gateway(), gateway(cache=Cache(60))), details=True)
    assert "    cache: ttl off → 1m\n    cache_ttl: 0 → 60\n" in text


def test_colours_are_only_those_given() -> None:
    plan = plan_between(OLD, NEW)
    coloured = render_text(plan, style=ANSI)
    assert "\x1b[31m- route legacy\x1b[0m" in coloured
    assert "\x1b[32m+ key openai\x1b[0m" in coloured
    for code in (ANSI.create, ANSI.change, ANSI.delete, ANSI.bold, ANSI.faint, ANSI.reset):
        coloured = coloured.replace(code, "")
    assert coloured == render_text(plan)


def test_names_from_a_live_account_cannot_move_the_cursor() -> None:
    plan = Plan(
        changes=(Change(Action.DELETE, ResourceKey.of_route("a\x1b[2J", "b\nc")),),
        warnings=("d\x07",),
        unmanaged=(ResourceKey.of_gateway("e\r"),),
    )
    text = render_text(plan)
    assert not {"\x1b", "\x07", "\r"} & set(text)
    assert "route b\\x0ac" in text


@pytest.mark.parametrize("plan", [plan_between(OLD, NEW), plan_between(OLD, None), plan_between(None, NEW), Plan()])
def test_json_follows_its_schema_and_is_stable(plan: Plan) -> None:
    jsonschema.validate(plan_document(plan), SCHEMA)
    assert render_json(plan) == render_json(plan)
    assert json.loads(render_json(plan)) == json.loads(json.dumps(plan_document(plan)))


def test_json_tells_a_change_in_words_and_fields() -> None:
    document = plan_document(plan_between(gateway(cache=Cache(3600)), gateway(cache=Cache(1800))))
    assert document["summary"] == {"create": 0, "change": 1, "adopt": 0, "delete": 0}
    (change,) = document["changes"]
    assert (change["action"], change["address"], change["words"]) == (
        "update",
        "gateway/support",
        ["cache: ttl 1h → 30m"],
    )
    assert change["fields"] == [{"path": ["cache_ttl"], "old": 3600, "new": 1800, "secret": False}]
    assert (change["before"]["cache_ttl"], change["after"]["cache_ttl"]) == (3600, 1800)


def test_no_secret_is_in_any_rendering() -> None:
    full = gateway(
        provider_keys=(ProviderKey("openai", "env://KEY"),),
        custom_providers=(CustomProvider("lab", "https://lab.example.com", "Lab", headers={"X-Key": "env://LAB"}),),
        otel=(OtelExporter("https://o", {"X-Key": "env://OTEL", "X-Plain": "planted-plain"}, "env://AUTH"),),
        stripe=Stripe("env://STRIPE", ("{}",)),
    )
    names = ("KEY", "LAB", "OTEL", "AUTH", "STRIPE")
    before = Resolver({name: f"planted-old-{name}" for name in names})
    after = Resolver({name: f"planted-new-{name}" for name in names})
    account, bare = live(full, resolver=before), live(gateway())
    desired, nothing = compile_account([full]), compile_account([gateway()])
    for wanted, found in ((desired, account), (nothing, account), (desired, bare), (desired, AccountState())):
        for owned in (owner_of(found), Owned(), Owned(known=False)):
            plan = make_plan(wanted, found, owned, resolver=after)
            told = render_text(plan, details=True) + render_json(plan) + repr(plan)
            assert "planted" not in told
    assert make_plan(desired, account, owner_of(account), resolver=after).count(Action.UPDATE) == 2


@given(gateways(), gateways())
@settings(max_examples=40, deadline=None)
def test_every_plan_can_be_told(old: Gateway, new: Gateway) -> None:
    """Any definition in place of any other: words for each change, JSON after its schema, nothing left untold."""
    account = live(replace(old, id="g"), resolver=STAND_INS)
    plan = make_plan(compile_account([replace(new, id="g")]), account, owner_of(account), resolver=STAND_INS)
    document = plan_document(plan)
    jsonschema.validate(document, SCHEMA)
    text = render_text(plan, details=True, refused=refusals(plan, ()))
    assert "local-stand-in-" not in text + json.dumps(document)
    for change in document["changes"]:
        if change["action"] == "update":
            assert change["fields"]
            assert change["words"]
