"""Edges are read from the local Cloudflare as they were put there; what is somebody else's is left alone."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import HealthCheck, given, settings

from cfaig.definition.model import Gateway
from cfaig.definition.model_edge import Auth, Edge, EdgeKey, Match, Reject, Rule
from cfaig.deploy.free_edges import require_free_edges
from cfaig.deploy.importing_edges import with_edges_to_import
from cfaig.errors import CfaigError
from cfaig.live.api import ApiError
from cfaig.live.edges import EDGES_UNKNOWN
from cfaig.live.expected import EVERYTHING, Expectations
from cfaig.live.read import LiveRead, read_live
from cfaig.reconcile.change import ResourceKey
from cfaig.reconcile.owned import Owned
from cfaig.reconcile.plan import make_plan
from cfaig.reconcile.render_text import render_text
from cfaig.secrets import Resolver
from cfaig.state.compile import compile_account
from cfaig.state.decompile import decompile_account
from tests.edges import edges
from tests.live.edge_writing import gateway_url, write_edge, write_worker
from tests.live.writing import write_account
from tests.local.bodies import gateway_body

if TYPE_CHECKING:
    from cfaig.state.model import AccountState
    from tests.local.running import RunningCloudflare

STATE_UNREAD = Owned(known=False)
STAND_INS = Resolver({}, stand_ins=True)
FIND = replace(EVERYTHING, find_edges=True)
EDGE = Edge(
    "ai.example.com",
    (Rule("chat", Match(path=("/chat/completions",)), reject=Reject(403, "no")),),
    auth=Auth(tokens={"ci": "a" * 64}),
    gateway_token="env://SUPPORT_GATEWAY_TOKEN",
    keys=(EdgeKey("openai", "env://OPENAI_API_KEY"),),
)
SUPPORT = Gateway("support", edge=EDGE)


def read(running: RunningCloudflare, expected: Expectations, **gateways: Any) -> LiveRead:
    with running.api() as api:
        return read_live(api, running.account, expected=expected, **gateways)


def named(*workers: str, hostnames: tuple[str, ...] = ("ai.example.com",)) -> Expectations:
    return replace(EVERYTHING, edges={"support": dict.fromkeys(workers, hostnames)})


@pytest.fixture
def support(local_cloudflare: RunningCloudflare) -> AccountState:
    """An account with the gateway `support`, whose edge is in place."""
    local_cloudflare.reset()
    desired = compile_account([SUPPORT])
    write_account(local_cloudflare, desired, STAND_INS)
    local_cloudflare.clear_requests()
    return desired


@given(edge=edges())
@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_what_was_written_is_read_back_and_imported_as_the_same(
    local_cloudflare: RunningCloudflare, edge: Edge
) -> None:
    local_cloudflare.reset()
    desired = compile_account([replace(SUPPORT, edge=edge)])
    write_account(local_cloudflare, desired, STAND_INS)
    live = read(local_cloudflare, FIND)

    plan = make_plan(desired, live.state, STATE_UNREAD, resolver=STAND_INS)
    assert plan.empty, render_text(plan, details=True)
    (worker,) = (one.edge.worker for one in desired.gateways if one.edge)
    expected = replace(EVERYTHING, edges={"support": {worker: (edge.hostname,)}})
    assert read(local_cloudflare, expected).state == live.state

    importable, notes = with_edges_to_import(live.state)
    assert notes == ()
    (dumped,) = decompile_account(importable)
    assert dumped.edge is not None
    assert (dumped.edge.hostname, dumped.edge.rules) == (edge.hostname, edge.rules)
    again = make_plan(compile_account([dumped]), live.state, STATE_UNREAD)
    assert again.empty, render_text(again, details=True)


def test_only_edges_that_somebody_names_are_asked_for(
    local_cloudflare: RunningCloudflare, support: AccountState
) -> None:
    assert read(local_cloudflare, EVERYTHING).state.gateways[0].edge is None
    assert [path for _, path, _ in local_cloudflare.requests() if "workers" in path] == []
    live = read(local_cloudflare, named("support-edge"))
    assert live.state.gateways[0].edge == support.gateways[0].edge
    assert sorted(path for _, path, _ in local_cloudflare.requests() if "workers" in path) == [
        "/workers/domains?service=support-edge",
        "/workers/scripts/support-edge/settings",
    ]
    assert read(local_cloudflare, named("support-edge"), only=()).state.gateways[0].edge is None


@pytest.mark.usefixtures("support")
def test_a_renamed_worker_and_one_that_is_not_there(local_cloudflare: RunningCloudflare) -> None:
    gateway = read(local_cloudflare, named("front", "support-edge")).state.gateways[0]
    assert [edge.worker for edge in gateway.edges] == ["support-edge"]
    desired = compile_account([replace(SUPPORT, edge=replace(EDGE, worker="front", hostname="front.example.com"))])
    write_account(local_cloudflare, replace(desired, gateways=()), STAND_INS)
    assert desired.gateways[0].edge is not None
    write_edge(local_cloudflare, desired.gateways[0].edge, "support", STAND_INS)
    for expected in (named("front", "support-edge"), FIND):
        gateway = read(local_cloudflare, expected).state.gateways[0]
        assert {edge.worker: edge.hostname for edge in gateway.edges} == {
            "front": "front.example.com",
            "support-edge": "ai.example.com",
        }
    assert gateway.edge is not None
    assert gateway.edge.worker == "support-edge"  # the usual name comes first


@pytest.mark.usefixtures("support")
def test_of_several_host_names_the_one_that_is_meant_counts(local_cloudflare: RunningCloudflare) -> None:
    local_cloudflare.result("PUT", "/workers/domains", {"hostname": "aa.example.com", "service": "support-edge"})

    def hostname(expected: Expectations) -> str:
        edge = read(local_cloudflare, expected).state.gateways[0].edge
        assert edge is not None
        return edge.hostname

    assert hostname(named("support-edge")) == "ai.example.com"
    assert hostname(named("support-edge", hostnames=("new.example.com", "ai.example.com"))) == "ai.example.com"
    assert hostname(named("support-edge", hostnames=("new.example.com",))) == "aa.example.com"
    assert hostname(FIND) == "aa.example.com"


def test_workers_of_others_are_not_taken(local_cloudflare: RunningCloudflare) -> None:
    local_cloudflare.reset()
    local_cloudflare.result("POST", "/ai-gateway/gateways", gateway_body("support"))
    write_worker(local_cloudflare, "support-edge", {"OTHER": 1}, ["SECRET"])
    write_worker(local_cloudflare, "blog", {}, [])
    local_cloudflare.result("PUT", "/workers/domains", {"hostname": "ai.example.com", "service": "blog"})
    desired, live = compile_account([SUPPORT]), read(local_cloudflare, named("support-edge"))
    with pytest.raises(CfaigError) as caught:
        require_free_edges(desired, live, Owned())
    first, second = caught.value.message.splitlines()
    assert first.startswith("the Worker support-edge is there already, and is no edge")
    assert second == "ai.example.com leads to the Worker blog already, which no definition names"
    ours = Owned(frozenset({ResourceKey.of_edge("support", "support-edge"), ResourceKey.of_edge("other", "blog")}))
    require_free_edges(desired, live, ours)
    assert read(local_cloudflare, FIND).state.gateways[0].edges == ()


RULES = {"version": 1, "rules": [{"match": {"path": ["/x"]}, "then": {"cache": {"ttl": 60}}, "continue": False}]}


def test_only_what_leads_to_a_gateway_and_can_be_said_is_imported(local_cloudflare: RunningCloudflare) -> None:
    local_cloudflare.reset()
    local_cloudflare.result("POST", "/ai-gateway/gateways", gateway_body("support"))
    to_support = {"gateway": {"url": gateway_url(local_cloudflare, "support")}}
    write_worker(local_cloudflare, "by-hand", {"RULES": RULES | to_support | {"explain": False}}, [])
    write_worker(local_cloudflare, "unreachable", {"RULES": RULES | to_support}, [])
    write_worker(local_cloudflare, "broken", {"RULES": {**to_support, "rules": [{"then": {"unheard": 1}}]}}, [])
    write_worker(local_cloudflare, "elsewhere", {"RULES": RULES | {"gateway": {"url": "https://other.example.com"}}})
    for worker in ("by-hand", "broken"):
        local_cloudflare.result("PUT", "/workers/domains", {"hostname": f"{worker}.example.com", "service": worker})
    live = read(local_cloudflare, FIND)
    assert [edge.worker for edge in live.state.gateways[0].edges] == ["broken", "by-hand", "unreachable"]
    found, notes = with_edges_to_import(live.state)
    assert [note.split(": ", 1)[1][:20] for note in notes] == ["it would refuse its ", "it has no host name"]
    (gateway,) = decompile_account(found)
    assert gateway.edge is not None
    assert gateway.edge.worker == "by-hand"
    # Other ways to write the same are no difference; other code is.
    (change,) = make_plan(compile_account([gateway]), live.state, STATE_UNREAD).changes
    assert [field.path for field in change.fields] == [("module",)]


@pytest.mark.usefixtures("support")
def test_a_token_without_workers_matters_only_where_an_edge_is_asked_for(local_cloudflare: RunningCloudflare) -> None:
    local_cloudflare.fault("/workers/", status=403, times=100)
    try:
        assert read(local_cloudflare, EVERYTHING).warnings == ()
        assert read(local_cloudflare, FIND).warnings == (EDGES_UNKNOWN,)
        with pytest.raises(ApiError) as caught:
            read(local_cloudflare, named("support-edge"))
        assert caught.value.hint is not None
        assert "Workers Scripts: Edit" in caught.value.hint
    finally:
        local_cloudflare.clear_faults()
