"""The checks of `cfaig doctor`: facts in, findings out."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from pathlib import Path
from typing import Any

import pytest

from cfaig.deploy.stack_state import PendingOperation, StackResource, StackState
from cfaig.health import account, answering, machine, network, stack
from cfaig.health.asking import Answer
from cfaig.health.finding import Area, Finding, Level, exit_code
from cfaig.health.token import Token, groups_of
from cfaig.local.engine.model import Engine

NOW = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)
ACCOUNT = "a" * 32
WELL = Answer(200, 0.05, {"success": True, "result": [], "errors": []})


def only(findings: Any) -> Finding:
    (found,) = findings
    assert isinstance(found, Finding)
    return found


def refused(status: int, code: int = 10000, text: str = "Authentication error") -> Answer:
    return Answer(status, 0.05, {"success": False, "errors": [{"code": code, "message": text}], "result": None})


def test_the_worst_finding_makes_the_exit_code() -> None:
    area = Area("x")
    well, look, bad = area.ok("a", "b"), area.warning("a", "b"), area.problem("a", "b")
    assert [exit_code(found) for found in ((), (well,), (well, look), (look, bad, well))] == [0, 0, 2, 1]


@pytest.mark.parametrize(
    ("versions", "level", "told"),
    [
        (machine.Versions("1", (3, 11, 0), "3.250.0", "6.23.1", "6.23.1"), Level.OK, "pulumi-cloudflare 6.23.1"),
        (machine.Versions("1", (3, 11, 0), "3.250.0", "6.22.0", "6.23.1"), Level.WARNING, "made for 6.23.1"),
        (machine.Versions("1", (3, 11, 0), "", "6.23.1", "6.23.1"), Level.PROBLEM, "pulumi is not installed"),
    ],
)
def test_packages_have_to_fit_each_other(versions: machine.Versions, level: Level, told: str) -> None:
    python, packages = machine.check_versions(versions)
    assert (python.level, packages.level) == (Level.OK, level)
    assert told in packages.told


def test_an_old_python_is_a_problem() -> None:
    found = next(machine.check_versions(machine.Versions("1", (3, 10, 2), "3.250.0", "6.23.1", None)))
    assert (found.level, "3.10.2" in found.told) == (Level.PROBLEM, True)


def test_an_engine_is_used_got_or_missing() -> None:
    engine = Engine(Path("/x/pulumi"), {}, "built", "3.250.0", ("pulumi-language-python",))
    told = [
        only(machine.check_engine(machine.Engines(used, None, go)))
        for used, go in ((engine, None), (None, "/usr/bin/go"), (None, None))
    ]
    assert [found.level for found in told] == [Level.OK, Level.OK, Level.PROBLEM]
    assert "stand-ins for pulumi-language-python" in told[0].told
    unfit, used = machine.check_engine(machine.Engines(engine, "/usr/bin/pulumi is version 3.100.0", None))
    assert (unfit.level, used.level) == (Level.WARNING, Level.OK)


def test_the_project_needs_its_program_and_its_plugin() -> None:
    def levels(**changed: Any) -> list[Level]:
        facts = {"stack_file": True, "program": True, "plugin_there": True, "expected_there": True, **changed}
        files = machine.ProjectFiles(root=Path("/p"), environment="prod", plugin=Path("/v/bin/x"), **facts)
        return [found.level for found in machine.check_files(files)]

    assert levels() == [Level.OK, Level.OK]
    assert levels(program=False) == [Level.PROBLEM, Level.OK]
    assert levels(stack_file=False) == [Level.WARNING, Level.OK]
    assert levels(plugin_there=False) == levels(expected_there=False) == [Level.OK, Level.PROBLEM]


def test_workerd_matters_where_an_edge_is_defined() -> None:
    assert list(machine.check_edge_tools(machine.EdgeTools(None, None), ())) == []
    here = only(machine.check_edge_tools(machine.EdgeTools(Path("/x/workerd"), None), ("support",)))
    missing = only(machine.check_edge_tools(machine.EdgeTools(None, "/usr/bin/npm"), ("support",)))
    assert (here.level, missing.level) == (Level.OK, Level.WARNING)
    assert missing.fix == "cfaig local workerd gets it"


@pytest.mark.parametrize(
    ("way", "level", "word"),
    [
        (network.Way("api.example.com", tls="TLSv1.3", seconds=0.02), Level.OK, "20 ms, TLSv1.3"),
        (network.Way("api.example.com", proxy="proxy:3128"), Level.OK, "through the proxy proxy:3128"),
        (network.Way("api.example.com", failed="name", why="unknown"), Level.PROBLEM, "name is not known"),
        (network.Way("api.example.com", failed="TLS", why="self-signed"), Level.PROBLEM, "TLS fails"),
        (network.Way("api.example.com", failed="connection", why="refused"), Level.PROBLEM, "no connection"),
    ],
)
def test_the_way_to_the_api(way: network.Way, level: Level, word: str) -> None:
    found = only(network.check_way(way, NOW))
    assert found.level is level
    assert word in found.told
    assert bool(found.fix) is (level is Level.PROBLEM)


def test_names_that_nobody_knows_and_ports_that_nobody_listens_on() -> None:
    assert network.look_at_way("https://no-such-host.invalid/client/v4", 2).failed == "name"
    assert network.look_at_way("http://127.0.0.1:1/client/v4", 2).failed == "connection"


def test_a_proxy_is_told_without_its_password(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HTTPS_PROXY", "http://ann:s3cret@proxy.example.com:3128")
    monkeypatch.delenv("NO_PROXY", raising=False)
    monkeypatch.delenv("no_proxy", raising=False)
    assert network.look_at_way("https://api.example.com/client/v4", 2).proxy == "proxy.example.com:3128"


def test_a_certificate_that_ends_soon_points_to_the_clock() -> None:
    way = network.Way("api.example.com", tls="TLSv1.3", certificate_ends=NOW + timedelta(days=2))
    assert [found.level for found in network.check_way(way, NOW)] == [Level.OK, Level.WARNING]


@pytest.mark.parametrize(("seconds", "level"), [(0.05, Level.OK), (3.0, Level.WARNING)])
def test_a_slow_api(seconds: float, level: Level) -> None:
    assert only(network.check_latency(Answer(200, seconds))).level is level


@pytest.mark.parametrize("answer", [Answer(0, failure="no answer in time"), refused(502, 1, "Bad gateway")])
def test_an_api_that_does_not_answer(answer: Answer) -> None:
    assert only(network.check_latency(answer)).level is Level.PROBLEM


@pytest.mark.parametrize(
    ("apart", "level", "told"),
    [(0, Level.OK, "agrees"), (90, Level.WARNING, "90 s ahead of"), (-400, Level.PROBLEM, "400 s behind")],
)
def test_clocks_that_do_not_agree(apart: int, level: Level, told: str) -> None:
    theirs = format_datetime(NOW - timedelta(seconds=apart), usegmt=True)
    found = only(network.check_clock(Answer(200, headers={"date": theirs}), NOW))
    assert (found.level, told in found.told) == (level, True)


def test_an_api_that_does_not_tell_the_time() -> None:
    assert list(network.check_clock(Answer(200), NOW)) == []


@pytest.mark.parametrize(
    ("token", "level", "told"),
    [
        (Token("user token", WELL, "active"), Level.OK, "CLOUDFLARE_API_TOKEN (user token), valid without end"),
        (Token("user token", WELL, "active", NOW + timedelta(days=90)), Level.OK, "valid until 2027-02-20"),
        (Token("user token", WELL, "active", NOW + timedelta(days=3)), Level.WARNING, "3 days from now"),
        (Token("user token", WELL, "disabled"), Level.PROBLEM, "is disabled"),
        (Token("user token", refused(401, 1000, "Invalid API Token")), Level.PROBLEM, "does not know"),
        (Token("user token", Answer(0, failure="no connection")), Level.PROBLEM, "could not be verified"),
        (Token("global key", WELL, "active"), Level.WARNING, "may do everything"),
    ],
)
def test_tokens(token: Token, level: Level, told: str) -> None:
    found = only(account.check_token(token, "CLOUDFLARE_API_TOKEN", NOW))
    assert (found.level, told in found.told) == (level, True), found


def test_a_token_that_is_not_valid_yet() -> None:
    token = Token("user token", WELL, "active", not_before=NOW + timedelta(hours=1))
    assert [found.level for found in account.check_token(token, "X", NOW)] == [Level.OK, Level.PROBLEM]


def policy(effect: str, resource: str, *names: str) -> dict[str, Any]:
    groups = [{"id": name, "name": name} for name in names]
    return {"id": "p", "effect": effect, "resources": {resource: "*"}, "permission_groups": groups}


def test_the_groups_of_a_token_are_those_for_the_account() -> None:
    policies = [
        policy("allow", f"com.cloudflare.api.account.{ACCOUNT}", "AI Gateway Write", "Secrets Store Read"),
        policy("allow", "com.cloudflare.api.account.other", "Workers Scripts Write"),
        policy("allow", "com.cloudflare.api.account.*", "Account Analytics Read"),
        policy("deny", "com.cloudflare.api.account.*", "Secrets Store Read"),
    ]
    answer = Answer(200, body={"success": True, "result": {"policies": policies}})
    assert groups_of(answer, ACCOUNT) == frozenset({"AI Gateway Write", "Account Analytics Read"})
    assert groups_of(refused(403), ACCOUNT) is None


def test_only_what_the_definitions_need_is_probed() -> None:
    def products(**needs: bool) -> list[str]:
        return [probe.read.product for probe in account.probes(now=NOW, **needs)]

    small = products(keys=False, edges=False)
    assert small == ["AI Gateway", "Secrets Store", "Account Analytics", "Account Settings"]
    assert set(products(keys=True, edges=True)) - set(small) == {"Workers Scripts"}


@pytest.mark.parametrize(
    ("groups", "answer", "level", "told"),
    [
        (None, WELL, Level.OK, "shows only when something is written"),
        ({"AI Gateway Write"}, WELL, Level.OK, "given"),
        ({"AI Gateway Read"}, WELL, Level.WARNING, "Read alone is given; needed for apply"),
        (None, refused(403), Level.PROBLEM, "missing; needed for plan"),
        (None, refused(404, 7003, "Could not route"), Level.PROBLEM, "address is not known"),
        (None, refused(500, 1, "Oops"), Level.PROBLEM, "could not be looked at: HTTP 500: Oops"),
    ],
)
def test_a_permission(groups: set[str] | None, answer: Answer, level: Level, told: str) -> None:
    token = Token("user token", WELL, "active", groups=None if groups is None else frozenset(groups))
    probe = account.probes(keys=False, edges=False, now=NOW)[0]
    found = only(account.check_permission(probe, token, answer))
    assert (found.level, told in found.told) == (level, True), found


def test_a_permission_without_which_only_a_part_is_missing_is_a_warning() -> None:
    analytics = account.probes(keys=False, edges=False, now=NOW)[2]
    told = Answer(200, body={"data": None, "errors": [{"message": "not authorized for that account"}]})
    found = only(account.check_permission(analytics, Token("user token", WELL, "active"), told))
    assert found.level is Level.WARNING
    assert "Account Analytics: Read" in (found.fix or "")


@pytest.mark.parametrize(("left", "level"), [(None, Level.OK), ((1180, 1200), Level.OK), ((40, 1200), Level.WARNING)])
def test_the_calls_that_are_left(left: tuple[int, int] | None, level: Level) -> None:
    assert only(account.check_calls(left)).level is level


def test_the_list_of_gateways_tells_nothing_when_it_is_cut() -> None:
    def listed(count: int) -> Answer:
        return Answer(200, body={"success": True, "result": [{"id": f"g{number}"} for number in range(count)]})

    assert account.gateways_in(listed(2)) == frozenset({"g0", "g1"})
    assert account.gateways_in(listed(50)) is None
    assert account.gateways_in(refused(403)) is None


def a_stack(**changed: Any) -> stack.Stack:
    facts: dict[str, Any] = {
        "backend": "file:///x",
        "engine": True,
        "state": StackState(exists=True),
        "passphrase": True,
        "sealed_by": None,
        **changed,
    }
    return stack.Stack(environment=facts.pop("environment", "prod"), **facts)


RESOURCE = StackResource("urn:pulumi:prod::x::t::n", "t", "1")


@pytest.mark.parametrize(
    ("changed", "levels"),
    [
        ({}, [Level.OK, Level.OK]),
        ({"backend": None, "state": None}, [Level.PROBLEM]),
        ({"passphrase": False}, [Level.OK, Level.PROBLEM, Level.OK]),
        ({"passphrase": False, "environment": "local"}, [Level.OK, Level.OK]),
        ({"passphrase": False, "sealed_by": "awskms"}, [Level.OK, Level.OK]),
        ({"passphrase": False, "backend": "https://api.pulumi.com"}, [Level.OK, Level.OK]),
        ({"state": None}, [Level.OK, Level.PROBLEM]),
        ({"state": None, "engine": False, "backend": "s3://b"}, [Level.OK, Level.WARNING]),
        ({"state": StackState(exists=False)}, [Level.OK, Level.OK]),
        ({"state": StackState(True, (), (PendingOperation(RESOURCE, "creating"),))}, [Level.OK, Level.WARNING]),
    ],
)
def test_the_stack(changed: dict[str, Any], levels: list[Level]) -> None:
    assert [found.level for found in stack.check_stack(a_stack(**changed))] == levels


UNAUTHORIZED = Answer(401, 0.01, {"success": False, "error": [{"code": 2009, "message": "Unauthorized"}]})
UNKNOWN = Answer(400, 0.01, {"success": False, "error": [{"code": 2001, "message": "Please configure AI Gateway"}]})
THERE = Answer(400, 0.01, {"success": False, "error": [{"code": 2008, "message": "Invalid provider"}]})


@pytest.mark.parametrize(
    ("door", "level", "told"),
    [
        (answering.Door("support", "https://h", THERE), Level.OK, "answers in 10 ms"),
        (answering.Door("support", "https://h", UNAUTHORIZED), Level.OK, "asks clients for a token"),
        (answering.Door("support", "https://h", UNAUTHORIZED, token=True), Level.WARNING, "does not take the token"),
        (answering.Door("support", "https://h", UNKNOWN), Level.PROBLEM, "does not know it"),
        (answering.Door("support", "https://h", Answer(0, failure="no answer in time")), Level.PROBLEM, "no answer"),
        (answering.Door("support", "https://h", Answer(530)), Level.PROBLEM, "HTTP 530"),
        (answering.Door("other", "https://h", THERE), Level.OK, "not in the account yet"),
        (answering.Door("support", "ai.example.com", Answer(404, 0.01), edge=True), Level.OK, "at ai.example.com"),
        (answering.Door("other", "x.invalid", Answer(0, failure="no connection"), edge=True), Level.PROBLEM, "x.inv"),
    ],
)
def test_a_gateway_at_its_own_address(door: answering.Door, level: Level, told: str) -> None:
    found = only(answering.check_door(door, frozenset({"support"})))
    assert (found.level, told in found.told) == (level, True), found
