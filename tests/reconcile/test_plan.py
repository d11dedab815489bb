"""What a plan holds: each combination of desired, live and owned."""

from __future__ import annotations

import hashlib
import json
from dataclasses import replace

import pytest

from cfaig.definition.model import CustomProvider, Gateway, OtelExporter, ProviderKey, RateLimit, Route
from cfaig.reconcile.change import HIDDEN, Action, FieldChange, Kind, Plan, ResourceKey
from cfaig.reconcile.owned import Owned, key_matches
from cfaig.reconcile.plan import STATE_UNKNOWN, make_plan
from cfaig.secrets import Resolver
from cfaig.state.compile import compile_account
from cfaig.state.model import AccountState
from tests.reconcile.accounts import (
    CLAUDE,
    GPT,
    MINI,
    STAND_INS,
    chain,
    chat,
    gateway,
    keys_of,
    live,
    owner_of,
    plan_between,
)

SUPPORT = ResourceKey.of_gateway("support")
CHAT = ResourceKey.of_route("support", "chat")
KEY = ResourceKey.of_provider_key("support", "openai", "default")
LAB = CustomProvider("ollama-lab", "https://ollama.example.com", "Lab", headers={"X-Key": "env://LAB"})
FULL = gateway(
    chat(),
    provider_keys=(ProviderKey("openai", "env://OPENAI_API_KEY"),),
    custom_providers=(LAB,),
    domains=("ai.example.com",),
    otel=(OtelExporter("https://otel.example.com", {"X-Key": "env://OTEL"}),),
)


def steps(plan: Plan) -> list[tuple[str, str]]:
    return [(change.action.value, change.key.address) for change in plan.changes]


def test_everything_new_is_created_in_the_order_of_its_making() -> None:
    plan = plan_between(None, FULL)
    assert steps(plan) == [
        ("create", "store/default_secrets_store"),
        ("create", "custom_provider/ollama-lab"),
        ("create", "gateway/support"),
        ("create", "provider_key/support/openai:default"),
        ("create", "route/support/chat"),
        ("create", "domain/support/ai.example.com"),
    ]


def test_what_was_applied_needs_nothing() -> None:
    assert plan_between(FULL, FULL) == Plan()


def test_what_no_definition_asks_for_any_more_is_deleted_the_account_s_own_last() -> None:
    assert steps(plan_between(FULL, None)) == [
        ("delete", "gateway/support"),
        ("delete", "provider_key/support/openai:default"),
        ("delete", "route/support/chat"),
        ("delete", "domain/support/ai.example.com"),
        ("delete", "store/default_secrets_store"),
        ("delete", "custom_provider/ollama-lab"),
    ]


def test_deletions_come_before_everything_else() -> None:
    old, new = gateway(chat(), Route("zoo", chain(MINI))), gateway(chat(chain(CLAUDE)), authentication=False)
    assert steps(plan_between(old, new)) == [
        ("delete", "route/support/zoo"),
        ("update", "gateway/support"),
        ("update", "route/support/chat"),
    ]


def test_each_field_that_differs_is_told_by_name() -> None:
    (change,) = plan_between(gateway(rate_limit=RateLimit(100, 60)), gateway(rate_limit=RateLimit(50, 60))).changes
    assert change.fields == (FieldChange(("rate_limiting_limit",), 100, 50),)


def test_live_and_not_owned_is_adopted_not_created() -> None:
    account = live(FULL)
    plan = make_plan(compile_account([FULL]), account, Owned(), resolver=STAND_INS)
    assert {change.action for change in plan.changes} == {Action.ADOPT}
    assert Kind.STORE not in {change.key.kind for change in plan.changes}
    by_key = {change.key: change for change in plan.changes}
    assert by_key[SUPPORT].fields == ()
    assert [field.path for field in by_key[KEY].fields] == [("key",)]


def test_live_and_in_no_definition_is_left_alone_and_noted() -> None:
    account = live(gateway(chat(), Route("by-hand", chain(GPT))), Gateway("other", routes=(chat(),)))
    owned = Owned(frozenset({SUPPORT, CHAT}))
    plan = make_plan(compile_account([gateway(chat())]), account, owned)
    assert plan.empty
    assert [key.address for key in plan.unmanaged] == ["gateway/other", "route/support/by-hand"]


def test_an_unread_state_never_deletes_and_never_adopts() -> None:
    account = live(gateway(chat(), Route("more", chain(GPT))), Gateway("other"))
    plan = make_plan(compile_account([gateway(chat(chain(MINI)))]), account, Owned(known=False))
    assert steps(plan) == [("update", "route/support/chat")]
    assert [key.address for key in plan.unmanaged] == ["gateway/other", "route/support/more"]
    assert plan.notes == (STATE_UNKNOWN,)


def test_deleting_a_gateway_tells_what_else_goes() -> None:
    account = live(gateway(chat(), Route("by-hand", chain(GPT))))
    plan = make_plan(AccountState(), account, Owned(frozenset({SUPPORT, CHAT})))
    assert steps(plan) == [("delete", "gateway/support"), ("delete", "route/support/chat")]
    (warning,) = plan.warnings
    assert "route/support/by-hand" in warning
    assert plan.unmanaged == ()


def test_what_somebody_deleted_is_told() -> None:
    owned = Owned(frozenset({SUPPORT, CHAT, ResourceKey.of_gateway("old"), ResourceKey.of_route("old", "x")}))
    plan = make_plan(compile_account([gateway(chat())]), live(gateway()), owned)
    assert steps(plan) == [("create", "route/support/chat")]
    assert plan.notes == (
        "gateway/old was deleted outside cfaig: apply only forgets it",
        "route/support/chat was deleted outside cfaig: apply makes it again",
    )


class TestRename:
    NEW = Route("talk", chain(GPT, CLAUDE), renamed_from="chat")

    def test_keeps_the_route(self) -> None:
        (change,) = plan_between(gateway(chat()), gateway(self.NEW)).changes
        assert (change.action, change.key.name, change.old_name) == (Action.RENAME, "talk", "chat")
        assert change.fields == ()

    def test_may_change_the_graph_too(self) -> None:
        (change,) = plan_between(gateway(chat()), gateway(replace(self.NEW, flow=chain(GPT)))).changes
        assert change.action is Action.RENAME
        assert change.fields

    def test_of_a_route_that_is_not_owned_is_an_adoption(self) -> None:
        account = live(gateway(chat()))
        plan = make_plan(compile_account([gateway(self.NEW)]), account, Owned(frozenset({SUPPORT})))
        (change,) = plan.changes
        assert (change.action, change.old_name) == (Action.ADOPT, "chat")

    def test_is_done_already(self) -> None:
        account = live(gateway(self.NEW))
        plan = make_plan(compile_account([gateway(self.NEW)]), account, Owned(frozenset({SUPPORT, CHAT})))
        assert plan == Plan()

    def test_with_nothing_to_rename_creates(self) -> None:
        assert steps(plan_between(gateway(), gateway(self.NEW))) == [("create", "route/support/talk")]

    def test_of_two_routes_to_one_name_only_the_first_is_one(self) -> None:
        again = replace(self.NEW, name="zoo")
        assert steps(plan_between(gateway(chat()), gateway(self.NEW, again))) == [
            ("rename", "route/support/talk"),
            ("create", "route/support/zoo"),
        ]

    def test_is_not_possible_while_the_old_name_is_wanted(self) -> None:
        plan = plan_between(gateway(chat()), gateway(chat(), self.NEW))
        assert steps(plan) == [("create", "route/support/talk")]

    def test_that_was_not_written_down_is_guessed(self) -> None:
        plan = plan_between(gateway(chat()), gateway(replace(self.NEW, renamed_from=None)))
        assert steps(plan) == [("delete", "route/support/chat"), ("create", "route/support/talk")]
        (note,) = plan.notes
        assert "renamed_from: chat" in note


class TestSecrets:
    """Values planted as secrets are compared, and never seen again."""

    OLD = Resolver({"OPENAI_API_KEY": "planted-key-1", "LAB": "planted-lab-1", "OTEL": "planted-otel-1"})
    NEW = Resolver({"OPENAI_API_KEY": "planted-key-2", "LAB": "planted-lab-2", "OTEL": "planted-otel-2"})

    def plan(self, resolver: Resolver | None, fingerprint: str) -> Plan:
        account = live(FULL, resolver=self.OLD)
        owned = Owned(keys_of(account), {KEY: fingerprint})
        return make_plan(compile_account([FULL]), account, owned, resolver=resolver)

    def test_the_same_values_need_nothing(self, fingerprint: str) -> None:
        assert self.plan(self.OLD, fingerprint) == Plan()

    def test_other_values_are_changes_without_the_values(self, fingerprint: str) -> None:
        plan = self.plan(self.NEW, fingerprint)
        assert [(change.key.kind, [field.path[-1] for field in change.fields]) for change in plan.changes] == [
            (Kind.CUSTOM_PROVIDER, ["X-Key"]),
            (Kind.GATEWAY, ["X-Key"]),
            (Kind.PROVIDER_KEY, ["key"]),
        ]
        assert all(
            (field.old, field.new, field.secret) == (HIDDEN, HIDDEN, True)
            for change in plan.changes
            for field in change.fields
        )
        assert "planted" not in repr(plan)

    def test_without_values_nothing_is_said_to_change(self, fingerprint: str) -> None:
        assert self.plan(None, fingerprint) == Plan()

    def test_a_missing_value_is_a_warning(self, fingerprint: str) -> None:
        plan = self.plan(Resolver({}), fingerprint)
        assert plan.empty
        assert [warning.split(" is not set")[0] for warning in plan.warnings] == [
            "the environment variable LAB",
            "the environment variable OTEL",
            "the environment variable OPENAI_API_KEY",
        ]

    def test_a_missing_value_leaves_an_empty_one(self, fingerprint: str) -> None:
        emptied = replace(FULL, otel=(OtelExporter("https://otel.example.com", {"X-Key": ""}),))
        account = live(emptied, resolver=self.OLD)
        owned = Owned(keys_of(account), {KEY: fingerprint})
        assert make_plan(compile_account([FULL]), account, owned, resolver=Resolver({})).empty

    def test_a_secret_that_is_added_or_taken_away_is_hidden(self) -> None:
        without = replace(FULL, otel=(OtelExporter("https://otel.example.com"),))
        for old, new in ((FULL, without), (without, FULL)):
            account = live(old, resolver=self.OLD)
            plan = make_plan(compile_account([new]), account, owner_of(account), resolver=self.OLD)
            (field,) = plan.changes[0].fields
            assert {field.old, field.new} == {HIDDEN, None}
            assert "planted" not in repr(plan)

    def test_a_key_in_clear_text_is_not_shown(self) -> None:
        careless = replace(FULL, provider_keys=(ProviderKey("openai", "planted-in-clear"),))
        assert "planted" not in repr(make_plan(compile_account([careless]), AccountState(), Owned()))

    @pytest.fixture
    def fingerprint(self) -> str:
        digits = hashlib.sha256(b"salt" + b"planted-key-1").hexdigest()[:16]
        assert key_matches(f"salt:{digits}", "planted-key-1")
        assert not key_matches(f"salt:{digits}", "planted-key-2")
        return f"salt:{digits}"


class TestStores:
    WITH_KEY = gateway(provider_keys=(ProviderKey("openai", "env://OPENAI_API_KEY"),))

    def test_a_store_that_is_there_needs_nothing(self) -> None:
        account = live(self.WITH_KEY)
        owned = Owned(keys_of(account) - {ResourceKey.of_store("default_secrets_store")})
        assert make_plan(compile_account([self.WITH_KEY]), account, owned).empty

    def test_another_store_is_told_by_name(self) -> None:
        account = live(self.WITH_KEY)
        plan = make_plan(compile_account([replace(self.WITH_KEY, store="vault")]), account, Owned(keys_of(account)))
        assert [change.key.address for change in plan.changes] == [
            "store/default_secrets_store",
            "store/vault",
            "gateway/support",
            "provider_key/support/openai:default",
        ]
        moved = (FieldChange(("store",), "default_secrets_store", "vault"),)
        assert [change.fields for change in plan.changes[2:]] == [moved, moved]

    def test_an_id_and_a_name_of_one_store_are_the_same(self) -> None:
        account = live(self.WITH_KEY)
        by_id = replace(self.WITH_KEY, store=account.stores["default_secrets_store"])
        assert make_plan(compile_account([by_id]), account, owner_of(account)).empty

    def test_unknown_stores_are_not_compared(self) -> None:
        account = replace(live(self.WITH_KEY), stores={})
        owned = Owned(keys_of(account) | {ResourceKey.of_store("default_secrets_store")})
        plan = make_plan(compile_account([self.WITH_KEY]), account, owned, stores_known=False)
        assert plan == Plan()
        new = make_plan(compile_account([self.WITH_KEY]), AccountState(), Owned(), stores_known=False)
        assert [change.key.kind for change in new.changes] == [Kind.GATEWAY, Kind.PROVIDER_KEY]


def test_a_provider_key_s_limit_of_zero_is_no_limit() -> None:
    def with_limit(limit: RateLimit | None) -> Gateway:
        return gateway(provider_keys=(ProviderKey("openai", "env://K", rate_limit=limit),))

    assert plan_between(with_limit(None), with_limit(RateLimit())).empty
    (change,) = plan_between(with_limit(None), with_limit(RateLimit(10, 60))).changes
    assert change.fields == (
        FieldChange(("rate_limit",), None, 10),
        FieldChange(("rate_limit_period",), None, 60),
    )


def test_a_graph_that_only_has_other_ids_is_the_same() -> None:
    account = live(gateway(chat()))
    (support,) = account.gateways
    text = json.dumps(support.routes[0].elements).replace('"start"', '"x"').replace('"type": "x"', '"type": "start"')
    renamed = replace(support.routes[0], elements=tuple(json.loads(text)))
    other = replace(account, gateways=(replace(support, routes=(renamed,)),))
    assert other != account
    assert make_plan(compile_account([gateway(chat())]), other, owner_of(account)).empty
