"""Live routes in words: their stand to Git, their versions, their age."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest

from cfaig.reconcile.route_reports import history_json, history_text, list_text, rollback_text
from cfaig.reconcile.route_words import SAME_GRAPH, InGit, ago, graph_changes, graph_line, in_git, route_rows
from cfaig.state.model import AccountState, GatewayState, RouteState
from cfaig.state.versions import Deployment, LiveRoute, RouteHistory, RouteVersion
from tests.provider.graphs import chain

NOW = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)
FIRST = RouteVersion(1, "id-1", "2026-11-20T12:00:00Z", tuple(chain("gpt-4o")))
SECOND = RouteVersion(2, "id-2", "2026-11-22T09:00:00Z", tuple(chain("gpt-4o", "o3")))
DRAFT = RouteVersion(3, "id-3", "2026-11-22T11:59:30Z", tuple(chain("gpt-4o", "o3")), valid=False)
CHAT = LiveRoute("support", "chat", "r1", SECOND, 3, "2026-11-22T09:00:00Z")
HISTORY = RouteHistory(
    CHAT,
    (FIRST, SECOND, DRAFT),
    (Deployment("d1", "id-1", "2026-11-20T12:00:00Z"), Deployment("d2", "id-2", "2026-11-22T09:00:00Z")),
)


def account(*routes: RouteState) -> AccountState:
    return AccountState((GatewayState("support", {}, routes),))


@pytest.mark.parametrize(
    ("desired", "state"),
    [
        (None, InGit.UNKNOWN),
        (account(), InGit.ABSENT),
        (account(RouteState("chat", SECOND.elements)), InGit.SAME),
        (account(RouteState("chat", FIRST.elements)), InGit.DIFFERENT),
        (account(RouteState("talk", SECOND.elements, renamed_from="chat")), InGit.RENAMED),
    ],
)
def test_how_a_route_stands_to_git(desired: AccountState | None, state: InGit) -> None:
    assert in_git(CHAT, CHAT.version.elements, desired) is state


def test_the_list_holds_what_is_live_and_what_is_not_yet() -> None:
    foreign = replace(CHAT, name="foreign")
    old = replace(CHAT, name="old")
    desired = account(
        RouteState("chat", SECOND.elements),
        RouteState("new", FIRST.elements),
        RouteState("now", (), renamed_from="old"),
    )
    rows = route_rows((CHAT, foreign, old), desired)
    assert [(row.name, row.in_git) for row in rows] == [
        ("chat", InGit.SAME),
        ("foreign", InGit.ABSENT),
        ("new", InGit.NOT_LIVE),
        ("old", InGit.RENAMED),
    ]
    text = list_text(rows, NOW)
    assert "support/chat     2 of 3   3h ago    as in Git" in text
    assert "support/new      –        –         not live yet" in text
    assert max(map(len, list_text(rows, NOW, width=60).splitlines())) == 60
    assert list_text((), NOW) == "No routes.\n"


def test_the_history_says_what_each_version_changed() -> None:
    text = history_text(HISTORY, NOW)
    assert text == "\n".join(
        (
            "route support/chat: 3 versions, version 2 answers",
            "",
            "○ version 3  made 30s ago (2026-11-22 11:59:30 UTC), not valid: it cannot be deployed  id-3",
            f"    {SAME_GRAPH}",
            "",
            "● version 2  made 3h ago (2026-11-22 09:00:00 UTC), deployed 3h ago, answers now  id-2",
            "    openai/o3 (timeout 30s, 1 retry) added after openai/gpt-4o",
            "",
            "○ version 1  made 2d ago (2026-11-20 12:00:00 UTC), deployed 2d ago  id-1",
            "    openai/gpt-4o (timeout 30s, 1 retry)",
            "",
        )
    )
    document = json.loads(history_json(HISTORY))
    assert [version["number"] for version in document["versions"]] == [3, 2, 1]
    assert [version["deployed"] for version in document["versions"]] == [False, True, False]
    assert document["versions"][1]["changes"] == ["openai/o3 (timeout 30s, 1 retry) added after openai/gpt-4o"]
    assert [deployment["version_id"] for deployment in document["deployments"]] == ["id-2", "id-1"]


def test_a_version_that_came_back_says_how_often() -> None:
    more = tuple(Deployment(f"d{n}", "id-1", "2026-11-22T11:00:00Z") for n in (3, 4))
    text = history_text(replace(HISTORY, deployments=(*HISTORY.deployments, *more)), NOW)
    assert "deployed for the 3rd time 1h ago" in text


def test_a_rollback_is_shown_as_a_change_from_now_to_then() -> None:
    assert rollback_text(HISTORY, FIRST, NOW) == (
        "~ route support/chat: version 2 → version 1 (made 2d ago)\n    openai/o3 removed\n"
    )


def test_names_from_a_live_account_cannot_move_the_cursor() -> None:
    hostile = replace(CHAT, name="\x1b[2J", version=replace(FIRST, id="\x1b", elements=tuple(chain("\x1b[1m"))))
    history = RouteHistory(hostile, (hostile.version, SECOND), ())
    told = (
        list_text(route_rows((hostile,), None), NOW) + history_text(history, NOW) + rollback_text(history, SECOND, NOW)
    )
    assert "\x1b" not in told


def test_what_is_no_chain_is_counted() -> None:
    start, model, end = chain("gpt-4o")
    start["outputs"]["next"]["elementId"] = "p"
    target = {"elementId": "m0"}
    split: dict[str, Any] = {"id": "p", "type": "percentage", "outputs": {"50%": target, "50.0%": target}}
    assert graph_line((start, split, model, end)) == "1 split, 1 model"
    assert graph_line(()) == "the request ends"
    assert graph_changes((start, split, model, end), (start, split, model, end)) == (SAME_GRAPH,)


@pytest.mark.parametrize(
    ("moment", "told"),
    [
        ("2026-11-22T12:00:00Z", "0s ago"),
        ("2026-11-22T12:00:05Z", "0s ago"),  # this machine's clock may be behind
        ("2026-11-22T11:59:01.5Z", "58s ago"),
        ("2026-11-22T11:00:01Z", "59m ago"),
        ("2026-11-21T12:00:00Z", "1d ago"),
        ("2024-11-22T12:00:00Z", "730d ago"),
        ("yesterday", "yesterday"),
        ("2026-11-22", "2026-11-22"),
        ("", "unknown"),
    ],
)
def test_how_long_ago(moment: str, told: str) -> None:
    assert ago(moment, NOW) == told
