"""Edges beyond the plan itself: safety limits, drift and who did it, what a change costs."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

import jsonschema
import pytest

from cfaig.definition.model_edge import (
    Auth,
    Edge,
    EdgeKey,
)
from cfaig.definition.write import written_gateway
from cfaig.live.audit_log import AuditEntry
from cfaig.reconcile.accept import accepted, unacceptable
from cfaig.reconcile.authors import with_authors
from cfaig.reconcile.change import Action, Change, FieldChange, Plan
from cfaig.reconcile.drift import Drift, find_drift
from cfaig.reconcile.forecast import Extent, forecast
from cfaig.reconcile.plan import make_plan
from cfaig.reconcile.render_drift import render_json
from cfaig.reconcile.safety import refusals
from cfaig.state.compile import compile_account
from cfaig.state.model import AccountState
from tests.engine_fixtures import ROOT
from tests.reconcile.accounts import live, owner_of
from tests.reconcile.test_edges import CHAT, EDGE, EMBEDDINGS, FULL, IMAGES, WEB, between, guarded, with_rules

DRIFT_SCHEMA = json.loads((ROOT / "schemas/drift.schema.json").read_text())


@pytest.mark.parametrize(
    ("new", "expected"),
    [
        (None, ["delete:edge/support/support-edge"]),
        (replace(FULL, worker="front"), ["delete:edge/support/support-edge"]),
        (replace(FULL, auth=Auth(open=True)), ["disable:edge_auth/support"]),
        (replace(FULL, auth=None), ["disable:edge_auth/support"]),
        (replace(FULL, hostname="ki.example.com"), ["disable:edge_hostname/support"]),
        (replace(FULL, auth=Auth(tokens={"web": WEB})), []),
        (with_rules(CHAT, EMBEDDINGS), []),
    ],
)
def test_what_takes_an_edge_away_has_to_be_allowed(new: Edge | None, expected: list[str]) -> None:
    plan = between(FULL, new)
    assert [refusal.name for refusal in refusals(plan, ())] == expected
    assert refusals(plan, expected) == ()


def test_a_gateway_takes_its_edge_along_and_new_edges_are_nobodys_loss() -> None:
    assert refusals(between(None, FULL), ()) == ()
    assert refusals(between(replace(FULL, auth=Auth(open=True)), FULL), ()) == ()
    whole = make_plan(AccountState(), live(guarded(FULL)), owner_of(live(guarded(FULL))))
    assert [refusal.name for refusal in refusals(whole, ())] == ["delete:gateway/support"]


def drifted(now: Edge | None) -> Drift:
    return find_drift(live(guarded(FULL)), live(guarded(now)), compile_account([guarded(FULL)]))


def written(edge: Edge | None) -> dict[str, Any]:
    return dict(written_gateway(guarded(edge)))


@pytest.mark.parametrize(
    "now",
    [
        None,
        replace(FULL, hostname="ki.example.com"),
        replace(FULL, auth=Auth(tokens={"web": WEB}), deny_headers=("x-a",)),
        replace(FULL, keys=(EdgeKey("groq", "env://GROQ_API_KEY"),), gateway_token=None),
        with_rules(CHAT, IMAGES),
    ],
)
def test_drift_of_an_edge_is_told_and_accepted(now: Edge | None) -> None:
    drift = drifted(now)
    assert [item.change.key for item in drift.drifted] == [EDGE]
    assert unacceptable(drift) == ()
    own = replace(FULL, zone="f" * 32)
    assert accepted(drift, "support", written(own), written(now)) == written(now and replace(now, zone="f" * 32))
    jsonschema.validate(json.loads(render_json(drift, "dev")), DRIFT_SCHEMA)


def test_other_code_is_no_matter_of_definitions() -> None:
    account = live(guarded(FULL))
    (gateway,) = account.gateways
    assert gateway.edge is not None
    now = replace(account, gateways=(replace(gateway, edge=replace(gateway.edge, module="0" * 12)),))
    drift = find_drift(account, now, compile_account([guarded(FULL)]))
    assert unacceptable(drift) == (EDGE,)
    assert accepted(drift, "support", written(FULL), written(FULL)) == written(FULL)


def test_who_changed_a_worker_is_told() -> None:
    def entry(method: str, path: str, who: str) -> AuditEntry:
        return AuditEntry("2026-11-22T10:05:00Z", who, "dash", method, path, "", "", "")

    entries = [
        entry("PUT", "/workers/scripts/other", "ann"),
        entry("PUT", "/ai-gateway/gateways/support", "bob"),
        entry("PATCH", "/workers/scripts/support-edge/settings", "eve"),
    ]
    drift = with_authors(drifted(replace(FULL, explain=True)), entries, {}, {})
    assert [item.author and item.author.who for item in drift.drifted] == ["eve"]
    gone = [entry("DELETE", "/workers/domains/other", "ann"), entry("DELETE", "/workers/domains/d", "bob")]
    moved = with_authors(drifted(replace(FULL, hostname="ki.example.com")), gone, {EDGE: "d"}, {})
    assert [item.author and item.author.who for item in moved.drifted] == ["bob"]


@pytest.mark.parametrize(
    ("change", "calls"),
    [
        (Change(Action.CREATE, EDGE), 2),
        (Change(Action.UPDATE, EDGE, fields=(FieldChange(("rules", "chat"), 1, 2),)), 1),
        (Change(Action.UPDATE, EDGE, fields=(FieldChange(("hostname",), "a", "b"),)), 2),
        (Change(Action.DELETE, EDGE), 2),
    ],
)
def test_what_a_change_of_an_edge_costs(change: Change, calls: int) -> None:
    told = forecast(Plan((change,)), Extent(frozenset({EDGE}), frozenset(), {}), read=0)
    assert (told.write, told.refresh) == (calls, 6)
