"""Gateways that are live although their creation failed: ours when they are just what was asked for."""

from __future__ import annotations

import pytest

from cfaig.definition.model import Cache, Gateway
from cfaig.deploy.apply import Outcome
from cfaig.deploy.progress import Step
from cfaig.deploy.unanswered import failed_edges, failed_gateways, gone_after_all, gone_edges, made_after_all
from cfaig.live.worker_names import WorkerNames
from cfaig.secrets import Resolver
from cfaig.state.compile import compile_account

BELOW = "urn:pulumi:dev::cfaig::cfaig:index:Gateway$"
GATEWAY = f"{BELOW}cloudflare:index/aiGateway:AiGateway::support"
WORKER = f"{BELOW}cloudflare:index/workersScript:WorkersScript::support-edge"
HOST = f"{BELOW}cloudflare:index/workersCustomDomain:WorkersCustomDomain::ai.example.com"
ROUTE = f"{BELOW}cfaig:index:Route::support/chat"
DESIRED = compile_account([Gateway("support", cache=Cache(ttl=60))])


def test_only_creations_of_gateways_are_meant() -> None:
    failed = (Step(GATEWAY, "create"), Step(ROUTE, "create"), Step(GATEWAY.replace("support", "other"), "update"))
    assert failed_gateways(Outcome((), failed, (), ()), "create") == {"support"}


@pytest.mark.parametrize(
    ("live", "made"),
    [
        ([Gateway("support", cache=Cache(ttl=60))], ("support",)),
        ([Gateway("support", cache=Cache(ttl=61))], ()),
        ([Gateway("other", cache=Cache(ttl=60))], ()),
    ],
)
def test_a_gateway_that_is_live_as_it_was_asked_for(live: list[Gateway], made: tuple[str, ...]) -> None:
    failed = Outcome((), (Step(GATEWAY, "create"),), (), ())
    assert made_after_all(failed, DESIRED, compile_account(live), Resolver({}), stores_known=True) == made


def test_a_gateway_that_is_gone_as_it_was_asked_for() -> None:
    failed = Outcome((), (Step(GATEWAY, "delete"), Step(ROUTE, "delete")), (), ())
    assert gone_after_all(failed, compile_account([Gateway("other")])) == ("support",)
    assert gone_after_all(failed, DESIRED) == ()


def test_an_edge_that_is_gone_as_it_was_asked_for() -> None:
    steps = (Step(WORKER, "delete"), Step(HOST, "delete-replaced"), Step(WORKER.replace("support", "b"), "create"))
    failed = Outcome((), steps, (), ())
    assert failed_edges(failed) == {"support-edge", "ai.example.com"}
    assert gone_edges(failed, WorkerNames(frozenset(), frozenset())) == ("ai.example.com", "support-edge")
    live = WorkerNames(frozenset({"support-edge"}), frozenset({"ai.example.com"}))
    assert gone_edges(failed, live) == ()


def test_two_runs_are_told_as_one() -> None:
    first = Outcome((Step(ROUTE, "create"),), (Step(GATEWAY, "create"),), (), ("an error",))
    whole = first.then(Outcome((Step(GATEWAY, "update"),), (), (), ()))
    assert whole.ok
    assert [step.operation for step in whole.done] == ["create", "update"]
