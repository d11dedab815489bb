"""What is refused, how it is allowed, and that all of it is told at once."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest

from cfaig.definition.model import (
    CustomProvider,
    Dlp,
    DlpPolicy,
    Gateway,
    Guardrails,
    Logging,
    ProviderKey,
    RateLimit,
    Route,
    Safety,
    SpendLimits,
    SpendRule,
)
from cfaig.errors import EXIT_UNSAFE, UnsafeChangeError
from cfaig.reconcile.change import Plan, ResourceKey
from cfaig.reconcile.owned import Owned
from cfaig.reconcile.plan import make_plan
from cfaig.reconcile.safety import Permissions, definition_allows, refusals, replacements, require_allowed
from cfaig.state.compile import compile_account
from cfaig.state.model import AccountState
from tests.reconcile.accounts import CLAUDE, GPT, chain, chat, gateway, live, owner_of, plan_between

RULE = SpendRule("daily", Decimal(50), 86_400)
CARDS = DlpPolicy("cards", ("cards", "names"), "block", ("request", "response"))
FULL = gateway(
    chat(),
    byok_only=True,
    zero_data_retention=True,
    logging=Logging(logpush=True, logpush_public_key="key"),
    dlp=Dlp(True, policies=(CARDS,)),
    rate_limit=RateLimit(100, 60),
    guardrails=Guardrails({"hate": "block"}, {"hate": "flag"}),
    spend_limits=SpendLimits(True, (RULE,)),
)


def refused(plan: Plan, *allow: str) -> list[str]:
    return [refusal.name for refusal in refusals(plan, allow)]


@pytest.mark.parametrize(
    ("changes", "names"),
    [
        ({"authentication": False}, ["disable:authentication/support"]),
        ({"logging": Logging(collect=False)}, ["disable:logging/support", "disable:logpush/support"]),
        ({"logging": Logging()}, ["disable:logpush/support"]),
        ({"byok_only": False}, ["disable:byok_only/support"]),
        ({"zero_data_retention": False}, ["disable:zero_data_retention/support"]),
        ({"dlp": Dlp()}, ["disable:dlp/support"]),
        ({"dlp": Dlp(False, policies=(CARDS,))}, ["disable:dlp/support"]),
        ({"dlp": Dlp(True, policies=(replace(CARDS, enabled=False),))}, ["disable:dlp/support"]),
        ({"dlp": Dlp(True, policies=(replace(CARDS, action="flag"),))}, ["disable:dlp/support"]),
        ({"dlp": Dlp(True, policies=(replace(CARDS, profiles=("cards",)),))}, ["disable:dlp/support"]),
        ({"dlp": Dlp(True, policies=(replace(CARDS, check=("request",)),))}, ["disable:dlp/support"]),
        ({"dlp": Dlp(True, "flag", ("cards", "names"))}, ["disable:dlp/support"]),
        ({"dlp": Dlp(True, "block", ("cards", "names"))}, []),
        ({"dlp": Dlp(True, policies=(replace(CARDS, id="other"), replace(CARDS, action="flag")))}, []),
        ({"rate_limit": RateLimit()}, ["disable:rate_limit/support"]),
        ({"rate_limit": RateLimit(100, 0)}, ["disable:rate_limit/support"]),
        ({"rate_limit": RateLimit(1_000_000, 60)}, []),
        ({"spend_limits": SpendLimits(False, (RULE,))}, ["disable:spend_limits/support"]),
        ({"spend_limits": SpendLimits(True)}, ["disable:spend_limits/support"]),
        ({"spend_limits": SpendLimits(True, (replace(RULE, enabled=False),))}, ["disable:spend_limits/support"]),
        ({"spend_limits": SpendLimits(True, (replace(RULE, id="other"),))}, []),
        ({"spend_limits": SpendLimits(True, (replace(RULE, cost=Decimal(99)),))}, []),
        ({"guardrails": Guardrails()}, ["disable:guardrails/support"]),
        ({"guardrails": Guardrails({"hate": "flag"}, {"hate": "flag"})}, ["disable:guardrails/support"]),
        ({"guardrails": Guardrails({"hate": "block"})}, ["disable:guardrails/support"]),
        ({"guardrails": Guardrails({"hate": "block", "privacy": "flag"}, {"hate": "block"})}, []),
        ({"routes": ()}, ["delete:route/support/chat"]),
        ({"routes": (chat(chain(CLAUDE)),)}, []),
        ({"routes": (Route("talk", chain(GPT), renamed_from="chat"),)}, []),
    ],
)
def test_what_is_refused(changes: dict[str, Any], names: list[str]) -> None:
    plan = plan_between(FULL, replace(FULL, **changes))
    assert refused(plan) == names
    assert refused(plan, *names) == []


def test_making_it_stricter_is_never_refused() -> None:
    weak = gateway(authentication=False, logging=Logging(collect=False))
    assert refused(plan_between(weak, FULL)) == []
    assert refused(plan_between(None, weak)) == []


def test_deleting_a_gateway_takes_its_routes_along() -> None:
    plan = plan_between(FULL, None)
    assert refused(plan) == ["delete:gateway/support"]
    assert refused(plan, "delete:route/support/chat") == ["delete:gateway/support"]


def test_deleting_what_is_not_precious_is_no_matter() -> None:
    lab = CustomProvider("lab", "https://lab.example.com", "Lab")
    old = gateway(provider_keys=(ProviderKey("openai", "env://K"),), custom_providers=(lab,), domains=("a.dev",))
    plan = plan_between(old, gateway())
    assert len(plan.changes) == 5
    assert refused(plan) == []


def test_all_is_refused_at_once() -> None:
    old = replace(FULL, routes=(chat(), Route("more", chain(GPT))))
    plan = plan_between(old, replace(FULL, routes=(), authentication=False))
    found = refusals(plan, ())
    assert [refusal.remedy for refusal in found] == [
        "--allow delete:route/support/chat",
        "--allow delete:route/support/more",
        "--allow disable:authentication/support",
    ]
    with pytest.raises(UnsafeChangeError) as caught:
        require_allowed(found)
    assert caught.value.exit_code == EXIT_UNSAFE
    assert caught.value.message.startswith(
        "3 changes are not allowed; nothing was written\n  delete:route/support/chat:"
    )
    assert caught.value.hint == "if you mean it: " + " ".join(str(refusal.remedy) for refusal in found)
    require_allowed(refusals(plan, {"delete:route/support/*", "disable:authentication/support"}))


@pytest.mark.parametrize(
    ("pattern", "allowed"),
    [
        ("delete:route/support/chat", True),
        ("delete:route/support/*", True),
        ("delete:route/*/*", True),
        ("delete:route/support/ch*", True),
        ("delete:route/*", False),
        ("delete:*", False),
        ("*", False),
        ("*/support/chat", False),
        ("delete:route/other/*", False),
        ("disable:route/support/chat", False),
        ("", False),
    ],
)
def test_wildcards(pattern: str, allowed: bool) -> None:
    plan = plan_between(FULL, replace(FULL, routes=()))
    assert (refused(plan, pattern) == []) is allowed


def test_a_definition_allows_for_its_own_gateway_only() -> None:
    two = (gateway(chat()), Gateway("other", routes=(chat(),)))
    names = ("delete:route/support/*", "delete:route/other/*")
    desired = compile_account([replace(two[0], routes=(), allow=names), replace(two[1], routes=())])
    account = live(*two)
    plan = make_plan(desired, account, owner_of(account))
    found = refusals(plan, (), definition_allows(desired))
    assert [refusal.name for refusal in found] == ["delete:route/other/chat"]


def test_adopting_a_gateway_includes_its_parts() -> None:
    account = live(FULL)
    plan = make_plan(compile_account([FULL]), account, Owned())
    assert refused(plan) == ["adopt:gateway/support"]
    assert refused(plan, "adopt:gateway/*") == []


def test_adopting_a_part_of_an_owned_gateway_is_asked_for() -> None:
    account = live(FULL)
    plan = make_plan(compile_account([FULL]), account, Owned(frozenset({ResourceKey.of_gateway("support")})))
    assert refused(plan) == ["adopt:route/support/chat"]


def test_adoption_does_not_allow_what_it_would_switch_off() -> None:
    plan = make_plan(compile_account([replace(FULL, authentication=False)]), live(FULL), Owned())
    assert refused(plan, "adopt:gateway/support") == ["disable:authentication/support"]


def test_no_flag_deletes_a_protected_gateway() -> None:
    account = live(FULL)
    owned = owner_of(account, protected=frozenset({ResourceKey.of_gateway("support")}))
    plan = make_plan(AccountState(), account, owned)
    (refusal,) = refusals(plan, {"delete:gateway/support"})
    assert (refusal.name, refusal.remedy) == ("delete:gateway/support", None)
    with pytest.raises(UnsafeChangeError, match="a change is not allowed") as caught:
        require_allowed([refusal])
    assert "protect: false" in caught.value.message
    assert caught.value.hint is None


def test_a_lost_limit_of_a_key_is_refused() -> None:
    limited = ProviderKey("openai", "env://K", rate_limit=RateLimit(10, 60))
    plan = plan_between(gateway(provider_keys=(limited,)), gateway(provider_keys=(replace(limited, rate_limit=None),)))
    assert refused(plan) == ["disable:key_limit/support/openai:default"]
    assert refused(plan, "disable:key_limit/support/*") == []


def names(plan: Plan, *allow: str, **safety: Any) -> list[str]:
    return [refusal.name for refusal in refusals(plan, allow, safety=Safety(**safety))]


def test_what_a_project_allows_for_good() -> None:
    plan = plan_between(FULL, None)
    assert names(plan, allow=("delete",)) == []
    assert names(plan, allow=("delete:gateway/*",)) == []
    assert names(plan, allow=("disable", "adopt", "delete:gateway/other")) == ["delete:gateway/support"]
    off = plan_between(FULL, replace(FULL, authentication=False, routes=()))
    assert names(off, allow=("delete", "disable")) == []
    assert names(off, allow=("delete", "disable:authentication/*")) == []


def test_a_bare_word_is_for_projects_only() -> None:
    assert names(plan_between(FULL, None), "delete") == ["delete:gateway/support"]


def test_what_a_project_refuses_counts_more_than_what_it_allows() -> None:
    plan = plan_between(FULL, None)
    strict: dict[str, Any] = {"allow": ("delete",), "refuse": ("delete:gateway/*",)}
    assert names(plan, **strict) == ["delete:gateway/support"]
    assert names(plan, "delete:gateway/support", **strict) == []


def test_a_project_may_refuse_any_change() -> None:
    renamed = plan_between(FULL, replace(FULL, routes=(Route("talk", chain(GPT), renamed_from="chat"),)))
    assert names(renamed, refuse=("rename",)) == ["rename:route/support/talk"]
    assert names(plan_between(None, FULL), refuse=("create",)) == ["create:gateway/support"]
    keyed = gateway(provider_keys=(ProviderKey("openai", "env://K"),))
    lost = plan_between(keyed, gateway())
    assert names(lost, refuse=("delete:provider_key/*/*",)) == ["delete:provider_key/support/openai:default"]
    assert names(plan_between(keyed, None), "delete:gateway/support", refuse=("delete",)) == [
        "delete:store/default_secrets_store"
    ]


def test_too_many_deletions_have_to_be_allowed_for_themselves() -> None:
    old = replace(FULL, routes=(chat(), Route("more", chain(GPT))))
    plan = plan_between(old, None)
    assert names(plan, allow=("delete",), max_deletes=3) == []
    assert names(plan, allow=("delete",), max_deletes=2) == ["max_deletes:3"]
    assert names(plan, "max_deletes:2", allow=("delete",), max_deletes=2) == ["max_deletes:3"]
    assert names(plan, "max_deletes:3", allow=("delete",), max_deletes=2) == []
    assert names(plan, max_deletes=0) == ["delete:gateway/support", "max_deletes:3"]


def test_a_replacement_counts_as_a_deletion() -> None:
    support, key = ResourceKey.of_gateway("support"), ResourceKey.of_provider_key("support", "openai", "default")

    def found(permissions: Permissions) -> list[str]:
        return [refusal.name for refusal in replacements((support, support, key), permissions)]

    assert found(Permissions()) == ["replace:gateway/support"]
    for allowed in (
        Permissions(("delete:gateway/support",)),
        Permissions(("replace:gateway/*",)),
        Permissions(by_definition={"support": ("replace:gateway/support",)}),
        Permissions(safety=Safety(allow=("delete",))),
        Permissions(safety=Safety(allow=("replace",))),
    ):
        assert found(allowed) == []
    assert found(Permissions(safety=Safety(("delete",), ("replace",)))) == ["replace:gateway/support"]
