"""What a plan says of an edge: each difference, in words and by its path."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given, settings

from cfaig.definition.model import CustomProvider, Gateway, Retries
from cfaig.definition.model_edge import (
    Access,
    Auth,
    Cors,
    Edge,
    EdgeKey,
    Match,
    Queue,
    Reject,
    Rewrite,
    Rule,
    RuleCache,
)
from cfaig.reconcile.change import HIDDEN, Action, FieldChange, Kind, Plan, ResourceKey
from cfaig.reconcile.documents import documents
from cfaig.reconcile.edges import edge_differences, edge_document, listed
from cfaig.reconcile.owned import Owned
from cfaig.reconcile.plan import make_plan
from cfaig.reconcile.render_text import render_text
from cfaig.reconcile.rule_words import rule_words
from cfaig.reconcile.select import Account, Selectors, select
from cfaig.reconcile.words import describe
from cfaig.secrets import Resolver
from cfaig.state.compile import compile_account
from cfaig.state.compile_edge import compile_edge
from cfaig.state.model import AccountState
from tests.edges import edges
from tests.reconcile.accounts import ACCOUNT, STAND_INS, keys_of, live, owner_of

EDGE = ResourceKey.of_edge("support", "support-edge")
CI, WEB, OTHER = "a" * 64, "b" * 64, "c" * 64
CHAT = Rule(
    "chat",
    Match(path=("/chat/completions",), body={"stream": {"$ne": True}}),
    cache=RuleCache(ttl=3600, key=("model", "messages")),
    timeout_ms=30_000,
)
IMAGES = Rule("no images", Match(path=("/**/images/**",)), reject=Reject(403, "images are not allowed here"))
EMBEDDINGS = Rule(match=Match(path=("/**/embeddings",)), cache=RuleCache(ttl=2_592_000), queue=Queue(20_000))
FULL = Edge(
    "ai.example.com",
    (IMAGES, CHAT, EMBEDDINGS),
    auth=Auth(tokens={"ci": CI}),
    gateway_token="env://TOKEN",
    keys=(EdgeKey("openai", "env://OPENAI"),),
)


def guarded(edge: Edge | None, **fields: Any) -> Gateway:
    return Gateway("support", edge=edge, **fields)


def between(old: Edge | None, new: Edge | None, resolver: Resolver = STAND_INS) -> Plan:
    """The plan from the edge that is live to the one of the definition."""
    account = live(guarded(old))
    return make_plan(compile_account([guarded(new)]), account, owner_of(account), resolver=resolver)


def words(old: Edge | None, new: Edge | None) -> list[str]:
    return [line for change in between(old, new).changes for line in describe(change)]


def test_a_new_edge_tells_everything_about_it() -> None:
    text = render_text(between(None, replace(FULL, cors=Cors(("https://app.example.com",)), explain=True)))
    code = compile_edge(FULL, "support", str).module
    assert code is not None
    assert (
        text
        == f"""\
  gateway support
    + edge support-edge
        host name ai.example.com
        who may call: token ci
        the gateway's token from env://TOKEN
        key of openai from env://OPENAI
        CORS origins: https://app.example.com
        explain: on
        rule no images: path /**/images/** → reject with 403; message “images are not allowed here”
        rule chat: path /chat/completions, body stream ≠ true → cache 1h; cache key model, messages; timeout 30s
        rule 3: path /**/embeddings → cache 30d; queue 20s
        Worker code {code[:8]}

Plan: 1 to create, 0 to change, 0 to delete.
"""
    )


def with_rules(*rules: Rule) -> Edge:
    return replace(FULL, rules=rules)


GOES_ON = (
    "rule chat: cache 1h → off; cache key model, messages (removed); timeout 30s (removed); "
    "goes on to later rules (new)"
)


@pytest.mark.parametrize(
    ("new", "expected"),
    [
        (replace(FULL, hostname="ki.example.com"), ["host name: ai.example.com → ki.example.com"]),
        (replace(FULL, auth=Auth(tokens={"ci": CI, "web": WEB})), ["token web added"]),
        (replace(FULL, auth=Auth(tokens={"web": WEB})), ["token ci removed", "token web added"]),
        (replace(FULL, auth=Auth(tokens={"ci": OTHER})), ["token ci is another one"]),
        (replace(FULL, auth=Auth(open=True)), ["who may call: token ci → everybody"]),
        (replace(FULL, auth=None), ["who may call: token ci → whoever the gateway lets in"]),
        (
            replace(FULL, auth=Auth(tokens={"ci": CI}, access=Access("example", ("x", "y")))),
            ["Access: none → example with x, y"],
        ),
        (
            replace(FULL, cors=Cors(("*",), ("x-a",), 60)),
            [
                "CORS origins: none → *",
                "CORS headers: all that are asked for → x-a",
                "CORS max age: as usual → 1m",
            ],
        ),
        (replace(FULL, deny_headers=("cf-aig-*",)), ["denied headers: none → cf-aig-*"]),
        (replace(FULL, explain=True), ["explain: off → on"]),
        (replace(FULL, gateway_token=None), ["the gateway's token removed"]),
        (
            replace(FULL, keys=(*FULL.keys, EdgeKey("groq", "env://GROQ"))),
            ["key of groq added, from env://GROQ"],
        ),
        (
            replace(FULL, keys=(EdgeKey("openai", "env://OTHER"),)),
            ["key of openai changed (hidden), from env://OTHER"],
        ),
        (
            replace(FULL, keys=(EdgeKey("openai", "env://OPENAI", "x-key", ""),)),
            ["key of openai: header as usual → “x-key”, scheme as usual → “”"],
        ),
        (
            with_rules(IMAGES, replace(CHAT, cache=RuleCache(ttl=1800, key=("model", "messages"))), EMBEDDINGS),
            ["rule chat: cache 1h → 30m"],
        ),
        (
            with_rules(IMAGES, replace(CHAT, cache=RuleCache(off=True), timeout_ms=None, goes_on=True), EMBEDDINGS),
            [GOES_ON],
        ),
        (
            with_rules(IMAGES, CHAT, replace(EMBEDDINGS, queue=Queue(10_000))),
            ["rule 3: queue 20s → 10s"],
        ),
        (
            with_rules(replace(CHAT, name="other", match=Match()), IMAGES, CHAT, EMBEDDINGS),
            ["rule other added before no images: every request → cache 1h; cache key model, messages; timeout 30s"],
        ),
        (
            with_rules(CHAT, EMBEDDINGS),
            ["rule no images removed: path /**/images/** → reject with 403; message “images are not allowed here”"],
        ),
        (with_rules(CHAT, IMAGES, EMBEDDINGS), ["rules are asked in another order: chat, no images, rule 3"]),
        (with_rules(EMBEDDINGS, IMAGES, CHAT), ["rules are asked in another order: rule 1, no images, chat"]),
    ],
)
def test_each_change_has_its_words(new: Edge, expected: list[str]) -> None:
    plan = between(FULL, new)
    assert [change.key for change in plan.changes] == [EDGE]
    assert words(FULL, new) == expected


def test_every_action_of_a_rule_has_words() -> None:
    rule = Rule(
        match=Match(
            method=("POST", "PUT"),
            provider=("openai",),
            model=("gpt-*",),
            client=("ci",),
            headers={"x-team": ["a", "b"]},
            metadata={"plan": "1"},
            body={"n": {"$gte": 1, "$lt": 3}, "user": {"$exists": False}, "x": {"$nin": [1, "true"]}, "y": True},
        ),
        retries=Retries(3, 500, "exponential"),
        metadata={"team": "a"},
        log="metadata",
        key_alias="eu",
        zero_data_retention=True,
        unified_billing=False,
        custom_cost={"per_token_in": Decimal("0.000002"), "per_token_out": Decimal("0.5")},
        rewrite=Rewrite("groq", "llama-3"),
        queue=Queue(1000, 3, 5),
        headers={"cf-aig-event-id": "x"},
    )
    told = listed(compile_edge(Edge("ai.example.com", (rule,)), "g", str).rules["rules"])
    assert rule_words(told[0]) == (
        "method POST or PUT, provider openai, model gpt-*, client ci, header x-team = a or b, metadata plan = “1”, "
        "body n ≥ 1 and < 3, body user is not there, body x ≠ 1 or “true”, body y = true → "
        "retries 3; retry delay 500ms; backoff exponential; cost per token in $0.000002; cost per token out $0.50; "
        "metadata team a; log metadata only; key alias eu; "
        "zero data retention on; unified billing off; provider becomes groq; model becomes llama-3; "
        "queue 1s; queue attempts 3; queue waiting 5; header cf-aig-event-id x"
    )


def test_what_is_asked_and_what_is_done_are_told_apart() -> None:
    def rule(plan: str, team: str) -> Edge:
        return with_rules(Rule("a", Match(metadata={"plan": plan}), metadata={"plan": team}))

    assert words(rule("x", "t"), rule("y", "t")) == ["rule a: metadata plan = x → = y"]
    assert words(rule("x", "t"), rule("x", "u")) == ["rule a: metadata plan t → u"]


def test_the_end_of_an_edge_and_another_worker() -> None:
    assert words(FULL, None) == [
        "requests to ai.example.com fail from then on, unless another edge takes that host name",
        "its Worker's secrets are lost",
    ]
    plan = between(FULL, replace(FULL, worker="front"))
    assert [(change.action, change.key.address) for change in plan.changes] == [
        (Action.DELETE, "edge/support/support-edge"),
        (Action.CREATE, "edge/support/front"),
    ]


def test_other_code_and_another_gateway_are_told() -> None:
    (gateway,) = live(guarded(FULL)).gateways
    assert gateway.edge is not None
    there = replace(gateway.edge, module="0123456789ab", url=f"https://gateway.ai.cloudflare.com/v1/{ACCOUNT}/other")
    account = AccountState((replace(gateway, edge=there),))
    desired = compile_account([guarded(FULL)])
    (wanted,) = desired.gateways
    assert wanted.edge is not None
    placed = replace(desired, gateways=(replace(wanted, edge=replace(wanted.edge, url=gateway.edge.url)),))
    (change,) = make_plan(placed, account, owner_of(account), resolver=STAND_INS).changes
    assert list(describe(change)) == [
        f"requests go to: {there.url} → {gateway.edge.url}",
        f"Worker code: 01234567 → {str(gateway.edge.module)[:8]}",
    ]
    # Where the address is not known, as in an import, it is not compared.
    (change,) = make_plan(desired, account, owner_of(account), resolver=STAND_INS).changes
    assert [field.path for field in change.fields] == [("module",)]


def test_no_secret_gets_into_a_plan() -> None:
    resolver = Resolver({"TOKEN": "planted-token", "OPENAI": "planted-key"})
    before = live(guarded(FULL), resolver=Resolver({"TOKEN": "planted-old", "OPENAI": "planted-key"}))
    plan = make_plan(compile_account([guarded(FULL)]), before, owner_of(before), resolver=resolver)
    (change,) = plan.changes
    assert change.fields == (FieldChange(("secrets", "GATEWAY_TOKEN"), HIDDEN, HIDDEN, secret=True),)
    assert describe(change) == ("the gateway's token changed (hidden), from env://TOKEN",)
    assert "planted" not in repr(plan)
    assert change.after is not None
    assert change.after["secrets"] == {"GATEWAY_TOKEN": "env://TOKEN", "KEY_OPENAI": "env://OPENAI"}


def test_a_secret_that_this_machine_has_not_counts_as_unchanged() -> None:
    account = live(guarded(FULL))
    plan = make_plan(compile_account([guarded(FULL)]), account, owner_of(account), resolver=Resolver({}))
    assert plan.empty
    assert len(plan.warnings) == 2
    assert all("edge/support/support-edge" in warning and "apply needs it" in warning for warning in plan.warnings)
    new = make_plan(compile_account([guarded(FULL)]), live(guarded(None)), Owned(known=False), resolver=Resolver({}))
    assert [change.action for change in new.changes] == [Action.CREATE]
    assert len(new.warnings) == 2


def test_secrets_that_were_imported_are_said_to_be_written_again() -> None:
    account = live(guarded(FULL))
    plan = make_plan(
        compile_account([guarded(FULL)]),
        account,
        owner_of(account, unknown_keys=frozenset({EDGE})),
        resolver=STAND_INS,
    )
    assert plan.empty
    assert plan.notes == (
        f"{EDGE.address}: Cloudflare does not give its secrets back; the next apply writes them again",
    )


def test_types_count() -> None:
    def asked(value: bool | int) -> Edge:
        return with_rules(replace(CHAT, match=Match(body={"stream": value})))

    assert words(asked(True), asked(1)) == ["rule chat: body stream = true → = 1"]
    (change,) = between(asked(0), asked(False)).changes
    assert change.fields == (FieldChange(("rules", "chat", "match", "body", "stream"), 0, False),)


@given(edges(), edges())
@settings(max_examples=25)
def test_what_differs_is_told_and_nothing_else(one: Edge, other: Edge) -> None:
    old, new = (edge_document(compile_edge(replace(edge, worker=None), "g", str)) for edge in (one, other))
    assert edge_differences(old, old) == ()
    there, back = edge_differences(old, new), edge_differences(new, old)
    assert bool(there) == (repr(old) != repr(new))
    assert {field.path[0] for field in there} == {field.path[0] for field in back}
    assert all(field.secret == (field.path[0] == "secrets") for field in there)


@given(edges(), edges())
@settings(max_examples=25)
def test_every_change_has_words_that_can_be_printed(one: Edge, other: Edge) -> None:
    for change in between(replace(one, worker=None), replace(other, worker=None)).changes:
        assert change.key.kind is Kind.EDGE
        assert describe(change)
    assert "None" not in render_text(between(None, replace(one, worker=None, rules=())), details=True)


@pytest.mark.parametrize("rules", [{}, {"version": 1, "rules": 7}, {"rules": ["x", {"then": 3}, {"match": [1]}]}])
def test_a_worker_that_was_changed_by_hand_can_be_told(rules: dict[str, Any]) -> None:
    (gateway,) = live(guarded(FULL)).gateways
    assert gateway.edge is not None
    account = AccountState((replace(gateway, edge=replace(gateway.edge, rules=rules)),))
    (change,) = make_plan(compile_account([guarded(FULL)]), account, owner_of(account), resolver=STAND_INS).changes
    assert "token ci" in " ".join(describe(change))


def test_an_edge_needs_its_gateway_and_its_custom_providers() -> None:
    lab = CustomProvider("lab", "https://lab.example.com", "Lab")
    edge = with_rules(Rule(match=Match(path=("/x",)), rewrite=Rewrite("lab")))
    desired = compile_account([guarded(edge, custom_providers=(lab,))])
    wanted, found = documents(desired, AccountState(), stores_known=True)
    chosen = select(Account(wanted, found, frozenset()), Selectors(targets=("edge/support/*",))).keys
    assert chosen == keys_of(desired)
