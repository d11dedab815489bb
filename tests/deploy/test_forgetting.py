"""Which Workers the engine has to look at anew, and what is left of them in the stack."""

from __future__ import annotations

import json
from dataclasses import replace

from cfaig.definition.model import Gateway
from cfaig.definition.model_edge import Edge, Rule, RuleCache
from cfaig.deploy.applied import applied_account, applied_edges
from cfaig.deploy.forgetting import changed_workers, without_bindings
from cfaig.deploy.stack_state import owned_resources, parse_deployment
from cfaig.reconcile.change import Action, Change, Plan, ResourceKey
from cfaig.state.compile import compile_account
from cfaig.state.model import AccountState
from tests.deploy.test_applied import deployment_of

EDGE = Edge("ai.example.com", (Rule(cache=RuleCache(ttl=60)),), gateway_token="env://TOKEN")
DEPLOYMENT = deployment_of(compile_account([Gateway("support", edge=EDGE), Gateway("other", edge=EDGE)]))
STACK = parse_deployment(DEPLOYMENT)
APPLIED = applied_account(STACK)
KEY = ResourceKey.of_edge("support", "support-edge")


def live(**changes: object) -> AccountState:
    """The account, with the edge of `support` changed."""
    gateways = (
        replace(one, edge=replace(one.edge, **changes)) if one.edge and one.id == "support" else one  # type: ignore[arg-type]
        for one in APPLIED.gateways
    )
    return replace(APPLIED, gateways=tuple(gateways))


def test_only_workers_that_somebody_has_changed_are_looked_at() -> None:
    plan = Plan(changes=(Change(Action.UPDATE, KEY), Change(Action.UPDATE, ResourceKey.of_edge("other", "other-edge"))))
    assert changed_workers(plan, STACK, live()) == frozenset()
    assert changed_workers(plan, STACK, live(hostname="b.example.com")) == frozenset()
    changes: list[dict[str, object]] = [
        {"rules": {}},
        {"url": "https://elsewhere"},
        {"module": None},
        {"secrets": ()},
        {"fingerprints": {}},
    ]
    for change in changes:
        assert changed_workers(plan, STACK, live(**change)) == {"support-edge"}
    assert changed_workers(Plan(), STACK, live(rules={})) == frozenset()


def test_a_forgotten_worker_is_still_there_without_bindings() -> None:
    forgotten = without_bindings(DEPLOYMENT, {"support-edge"})
    stack = parse_deployment(forgotten)
    assert owned_resources(stack).resources == owned_resources(STACK).resources
    edges = applied_edges(stack)
    assert edges["other"] == applied_edges(STACK)["other"]
    (edge,) = edges["support"]
    assert (edge.worker, edge.hostname, edge.rules, edge.secrets) == ("support-edge", "ai.example.com", {}, ())
    assert json.dumps(DEPLOYMENT) != json.dumps(forgotten)
    assert without_bindings(forgotten, {"support-edge"}) == forgotten


def test_secrets_that_the_stack_cannot_know_are_written_again() -> None:
    assert owned_resources(STACK).unknown_keys == frozenset()
    resources = [dict(item) for item in DEPLOYMENT["resources"]]
    for item in resources:
        if item["id"] == "support-edge":
            kept = [one for one in item["inputs"]["bindings"] if one["type"] != "secret_text"]
            item["inputs"] = {**item["inputs"], "bindings": kept}
    imported = parse_deployment({"resources": resources})
    assert owned_resources(imported).unknown_keys == {KEY}
    (edge,) = applied_edges(imported)["support"]
    assert edge.secrets == ("GATEWAY_TOKEN",)
