"""Saved plans: what goes in comes out, whatever changed is found, and nothing secret is written."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from cfaig.definition.model import Gateway, ProviderKey, Route, Safety
from cfaig.errors import CfaigError
from cfaig.json_types import JsonObject
from cfaig.reconcile.basis import Basis, Seen, basis_of, differences
from cfaig.reconcile.change import ResourceKey, Restriction
from cfaig.reconcile.documents import documents
from cfaig.reconcile.owned import Owned
from cfaig.reconcile.plan import make_plan
from cfaig.reconcile.render_json import plan_document
from cfaig.reconcile.safety import refusals
from cfaig.reconcile.saved_plan import SavedPlan, StalePlanError, read_saved, write_saved
from cfaig.secrets import Resolver
from cfaig.state.compile import compile_account
from cfaig.state.model import AccountState
from tests.reconcile.accounts import STAND_INS, chain, chat, gateway, keys_of, live
from tests.strategies import gateways

EXAMPLES = settings(max_examples=12, deadline=None)
SALT = "0" * 32
NOW = datetime(2026, 11, 22, 10, tzinfo=UTC)
KEY = b"k" * 32
SCHEMAS = Path(__file__).parents[2] / "schemas"


@dataclass(frozen=True)
class World:
    """What a plan is made from."""

    definitions: tuple[Gateway, ...]
    account: AccountState
    remembered: Mapping[ResourceKey, JsonObject]
    safety: Safety = Safety()  # noqa: RUF009 (frozen)
    resolver: Resolver = STAND_INS
    stores_known: bool = True

    def seen(self) -> Seen:
        desired, owned = compile_account(self.definitions), Owned(frozenset(self.remembered))
        known = self.stores_known
        plan = make_plan(desired, self.account, owned, resolver=self.resolver, stores_known=known)
        return Seen(desired, self.safety, self.resolver, self.account, known, self.remembered, plan)

    def basis(self) -> Basis:
        return basis_of(self.seen(), SALT)


def world(new: Gateway, old: Gateway) -> World:
    """The definition `new`, where `old` was applied before."""
    account = live(replace(old, id=new.id, routes=tuple(replace(route, renamed_from=None) for route in old.routes)))
    remembered: dict[ResourceKey, JsonObject] = {
        key: {"id": key.address, "inputs": {"name": key.name}} for key in keys_of(account)
    }
    return World((new,), account, remembered)


def changed(value: Any, draw: st.DataObject) -> Any:
    """`value`, as JSON, with one thing in it changed, added or taken away."""
    value = json.loads(json.dumps(value))
    if isinstance(value, dict) and value and draw.draw(st.booleans()):
        key = draw.draw(st.sampled_from(sorted(value)))
        rest = {name: item for name, item in value.items() if name != key}
        return rest if draw.draw(st.booleans()) else {**rest, key: changed(value[key], draw)}
    if isinstance(value, list) and value:
        index = draw.draw(st.integers(0, len(value) - 1))
        items = list(value)
        items[index : index + 1] = [] if draw.draw(st.booleans()) else [changed(items[index], draw)]
        return items
    if isinstance(value, dict):
        return {**value, "another": 1}
    return draw.draw(st.sampled_from([None, True, False, 0, 1, "another", [], [1]]).filter(lambda new: new != value))


@given(gateways(), gateways())
@EXAMPLES
def test_nothing_changed_is_no_difference(new: Gateway, old: Gateway) -> None:
    one, other = world(new, old), world(new, old)
    assert differences(one.basis(), other.basis()) == ()
    (account,) = other.account.gateways
    turned = replace(
        account,
        settings=dict(reversed(list(account.settings.items()))),
        routes=account.routes[::-1],
        domains=account.domains[::-1],
    )
    assert differences(one.basis(), replace(other, account=replace(other.account, gateways=(turned,))).basis()) == ()


@given(gateways(), gateways(), st.data())
@EXAMPLES
def test_any_changed_field_of_the_account_is_found(new: Gateway, old: Gateway, data: st.DataObject) -> None:
    then = world(new, old)
    (account,) = then.account.gateways
    name = data.draw(st.sampled_from(sorted(set(account.settings) - {"store_id"})))
    value = changed(account.settings[name], data)
    now = replace(account, settings={**account.settings, name: value})
    # With the same plan: no plan can be made from what is no setting, and the changed field has to be found anyway.
    seen = then.seen()
    after = basis_of(replace(seen, live=replace(seen.live, gateways=(now,))), SALT)
    told = differences(basis_of(seen, SALT), after)
    assert any(line.startswith(f"live state of gateway {new.id} has changed: {name}") for line in told)


@given(gateways(), gateways(), st.data())
@EXAMPLES
def test_any_changed_part_of_the_account_is_found(new: Gateway, old: Gateway, data: st.DataObject) -> None:
    then = world(new, old)
    (account,) = then.account.gateways
    parts = {"routes": account.routes, "provider_keys": account.provider_keys, "domains": account.domains}
    name = data.draw(st.sampled_from(sorted(parts)))
    items: list[Any] = list(parts[name])
    assume(items)
    index = data.draw(st.integers(0, len(items) - 1))
    gone = name == "domains" or data.draw(st.booleans())
    items[index : index + 1] = [] if gone else [_other(items[index], data)]
    part: dict[str, Any] = {name: tuple(items)}
    seen = then.seen()
    after = basis_of(replace(seen, live=replace(seen.live, gateways=(replace(account, **part),))), SALT)
    assert any("live state of" in line for line in differences(basis_of(seen, SALT), after))


def _other(item: Any, data: st.DataObject) -> Any:
    if hasattr(item, "elements"):
        return replace(item, elements=tuple(changed(item.elements, data)))
    return replace(item, default=not item.default)


@given(gateways(), gateways(), st.sampled_from([field.name for field in fields(Gateway) if field.name != "edge"]))
@EXAMPLES
def test_any_changed_field_of_a_definition_is_found(one: Gateway, other: Gateway, name: str) -> None:
    value: dict[str, Any] = {name: getattr(other, name)}
    then = world(one, one)
    now = replace(then, definitions=(replace(one, **value),))
    asked = [repr(compile_account(each.definitions)) for each in (then, now)]
    assert bool(differences(then.basis(), now.basis())) == (asked[0] != asked[1])


@given(gateways(), st.data())
@EXAMPLES
def test_any_change_of_what_the_stack_remembers_is_found(old: Gateway, data: st.DataObject) -> None:
    then = world(old, old)
    key = data.draw(st.sampled_from(sorted(then.remembered, key=lambda key: key.address)))
    value = changed(then.remembered[key], data)
    now = replace(then, remembered={**then.remembered, key: value})
    lines = [line for line in differences(then.basis(), now.basis()) if line.startswith("the stack's record of")]
    assert len(lines) == 1
    gone = replace(then, remembered={other: value for other, value in then.remembered.items() if other != key})
    assert any("was there, and is gone" in line for line in differences(then.basis(), gone.basis()))


def test_secrets_safety_and_permissions_of_the_token_count() -> None:
    then = replace(world(ONE, ONE), resolver=Resolver({"K": "one"}))
    changes: dict[str, dict[str, Any]] = {
        "the secret of env://K is another one now": {"resolver": Resolver({"K": "two"})},
        "the definition of safety has changed: max_deletes": {"safety": Safety(max_deletes=1)},
        "the token may list the account's Secrets Stores now and might not then, or the other way round": {
            "stores_known": False
        },
    }
    for told, change in changes.items():
        assert told in differences(then.basis(), replace(then, **change).basis())
    missing = replace(then, resolver=Resolver({})).basis()
    assert missing.secrets == {"env://K": ""}


def test_gateways_of_others_do_not_matter() -> None:
    then = world(ONE, ONE)
    both = live(ONE, Gateway("foreign"))
    assert differences(then.basis(), replace(then, account=both).basis()) == ()


def test_what_appears_in_an_own_gateway_matters() -> None:
    then = world(ONE, ONE)
    more = live(replace(ONE, routes=(chat(), Route("strange", chain()))))
    assert differences(then.basis(), replace(then, account=more).basis()) == (
        "live state of route support/strange is there now, and was not",
    )


def test_a_restricted_plan_is_about_its_resources_only() -> None:
    then = world(ONE, ONE)
    now = replace(then, definitions=(replace(ONE, description="new", routes=(chat(chain()),)),))

    def basis(of: World, *names: str) -> Basis:
        keys = frozenset(key for key in of.remembered if key.address in names)
        plan = replace(of.seen().plan, changes=(), restriction=Restriction(names, (), keys))
        return basis_of(replace(of.seen(), plan=plan), SALT)

    route, whole = "route/support/chat", "gateway/support"
    assert differences(basis(then, whole), basis(now, whole)) == (
        "the definition of gateway support has changed: description",
    )
    assert differences(basis(then, route), basis(now, route)) == (
        "the definition of route support/chat has changed: elements",
    )
    assert set(basis(then, route).live) == {route, "secrets_stores"}
    assert set(basis(then, route).stack) == {route}


ONE = gateway(chat(), provider_keys=(ProviderKey("openai", "env://K"),))


def saved_from(seen: Seen, **more: Any) -> SavedPlan:
    values: dict[str, Any] = {
        "environment": "dev",
        "account": "a" * 32,
        "created": NOW,
        "expires": NOW + timedelta(hours=24),
        "tool": "1.2.3",
        "engine": "3.250.0",
        "salt": SALT,
        "allow": ("delete:route/support/*",),
        "refused": refusals(seen.plan, ()),
        "plan": seen.plan,
        "basis": basis_of(seen, SALT),
    }
    return SavedPlan(**values | more)


@given(gateways(), gateways(), st.sampled_from([None, KEY]))
@settings(max_examples=8, deadline=None)
def test_what_is_written_is_valid_and_read_back(new: Gateway, old: Gateway, key: bytes | None) -> None:
    saved = saved_from(world(new, old).seen())
    text = write_saved(saved, key)
    opened = read_saved(text, key, name="plan.json")
    again = opened.saved
    assert opened.checked
    assert plan_document(again.plan) == plan_document(saved.plan)
    assert replace(again, plan=saved.plan) == saved
    assert write_saved(again, key) == text
    assert read_saved(json.dumps(json.loads(text)), key, name="plan.json") == opened


@given(st.data(), st.sampled_from([None, KEY]))
@EXAMPLES
def test_any_edit_is_refused(data: st.DataObject, key: bytes | None) -> None:
    document = json.loads(write_saved(saved_from(world(ONE, gateway()).seen()), key))
    edited = changed(document, data)
    assume(isinstance(edited, dict) and edited != document)
    with pytest.raises(CfaigError, match=r"plan\.json"):
        read_saved(json.dumps(edited), key, name="plan.json")


@pytest.mark.parametrize("number", ["NaN", "-Infinity", "1e400"])
def test_numbers_that_have_no_canonical_spelling_are_refused(number: str) -> None:
    document = json.loads(write_saved(saved_from(world(ONE, gateway()).seen()), None))
    document["plan"]["changes"][0]["after"]["cache_ttl"] = "here"
    with pytest.raises(CfaigError, match=r"plan\.json is no saved plan"):
        read_saved(json.dumps(document).replace('"here"', number), None, name="plan.json")


def test_changes_that_do_not_fit_their_digests_are_refused_even_with_a_good_seal() -> None:
    seen = world(ONE, gateway()).seen()
    forged = replace(saved_from(seen), plan=replace(seen.plan, changes=seen.plan.changes[1:]))
    with pytest.raises(StalePlanError, match="was changed"):
        read_saved(write_saved(forged, None), None, name="plan.json")


def test_the_schema_is_valid_and_leads_to_that_of_plans() -> None:
    schema = json.loads((SCHEMAS / "saved-plan.schema.json").read_text())
    jsonschema.Draft202012Validator.check_schema(schema)
    assert schema["properties"]["plan"] == {"$ref": json.loads((SCHEMAS / "plan.schema.json").read_text())["$id"]}


def test_nothing_secret_is_written() -> None:
    """Neither a value that a reference points to, nor one that is live, nor a plain digest of it."""
    secret = "sk-planted-0123456789"
    resolver = Resolver({"K": secret})
    exporter: dict[str, Any] = {"url": "https://o.example.com", "headers": {"x": secret}, "content_type": "json"}
    then = world(ONE, ONE)
    (account,) = then.account.gateways
    now = replace(account, settings={**account.settings, "otel": [exporter]})
    held = replace(then, account=replace(then.account, gateways=(now,)), resolver=resolver)
    text = write_saved(saved_from(held.seen()), None)
    assert secret not in text
    for made in (secret, SALT + secret, SALT + json.dumps(secret)):
        assert hashlib.sha256(made.encode()).hexdigest()[:32] not in text
    assert len(documents(AccountState(), held.account, stores_known=True)[1]) > 2
