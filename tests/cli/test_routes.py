"""`cfaig routes`: what is live, what it looked like, and the way back."""

from __future__ import annotations

import json
from typing import Any

import pytest

from tests.cli.conftest import PLANTED, SUPPORT, Shell
from tests.local.running import RunningCloudflare
from tests.provider.cloud import A_ROUTE, GATEWAY
from tests.provider.graphs import chain

IN_GIT = [
    {"id": "start", "type": "start", "outputs": {"next": {"elementId": "a"}}},
    {
        "id": "a",
        "type": "model",
        "properties": {"provider": "openai", "model": "gpt-4o", "timeout": 30_000, "retries": 0},
        "outputs": {"success": {"elementId": "end"}, "fallback": {"elementId": "b"}},
    },
    {
        "id": "b",
        "type": "model",
        "properties": {"provider": "anthropic", "model": "claude-sonnet-5", "timeout": 20_000, "retries": 0},
        "outputs": {"success": {"elementId": "end"}, "fallback": {"elementId": "end"}},
    },
    {"id": "end", "type": "end", "outputs": {}},
]


@pytest.fixture
def live(dev: Shell, local_cloudflare: RunningCloudflare) -> str:  # noqa: ARG001 (it empties the account)
    """The route `chat` as in Git, then changed by hand, then a draft that nobody can walk; gives its path."""
    local_cloudflare.result("POST", "/ai-gateway/gateways", GATEWAY | {"id": "support"})
    route = local_cloudflare.result("POST", A_ROUTE, {"name": "chat", "elements": IN_GIT})
    path = f"{A_ROUTE}/{route['id']}"
    changed = local_cloudflare.result("POST", f"{path}/versions", {"elements": chain("o3")})
    local_cloudflare.result("POST", f"{path}/deployments", {"version_id": changed["version_id"]})
    local_cloudflare.result("POST", f"{path}/versions", {"elements": chain("x")[1:]})
    return path


def deployed(running: RunningCloudflare, path: str) -> Any:
    return running.result("GET", path)["version"]["data"]


def test_the_list_tells_what_is_live_and_whether_git_says_so(
    dev: Shell, local_cloudflare: RunningCloudflare, live: str
) -> None:
    dev.define("support", SUPPORT.replace("  chat:", "  extra: {chain: [{provider: openai, model: o3}]}\n  chat:"))
    lines = dev.cfaig("routes", "list").stdout.splitlines()
    assert lines[1].split("  ")[0] == "support/chat"
    assert "2 of 3" in lines[1]
    assert "differs from Git" in lines[1]
    assert "openai/o3" in lines[1]
    assert "not live yet" in lines[2]
    document = json.loads(dev.cfaig("routes", "list", "--json").stdout)
    assert [(route["name"], route["in_git"]) for route in document["routes"]] == [
        ("chat", "differs from Git"),
        ("extra", "not live yet"),
    ]
    local_cloudflare.call("DELETE", live)
    assert "not live yet" in dev.cfaig("routes", "list").stdout


def test_history_shows_versions_and_what_they_changed(dev: Shell, live: str) -> None:
    told = dev.cfaig("routes", "history", "support/chat").stdout
    assert told.startswith("route support/chat: 3 versions, version 2 answers")
    assert "not valid: it cannot be deployed" in told
    document = json.loads(dev.cfaig("routes", "history", "support/chat", "--json").stdout)
    assert [version["valid"] for version in document["versions"]] == [False, True, True]
    assert document["id"] == live.rpartition("/")[2]


def test_a_rollback_shows_the_difference_deploys_and_tells_about_git(
    dev: Shell, local_cloudflare: RunningCloudflare, live: str
) -> None:
    shown = dev.cfaig("routes", "rollback", "support/chat", code=1)
    assert "version 2 → version 1" in shown.stdout
    assert "add --yes" in shown.stderr
    assert deployed(local_cloudflare, live) == chain("o3")
    done = dev.cfaig("routes", "rollback", "support/chat", "--yes")
    assert "version 1 of support/chat answers now; back again: --to 2" in done.stderr
    assert "Git says the same" in done.stderr
    assert deployed(local_cloudflare, live) == IN_GIT
    back = dev.cfaig("routes", "rollback", "support/chat", "--to", "2", "--yes", "--json")
    document = json.loads(back.stdout)
    assert (document["to"]["number"], document["in_git"], document["changed"]) == (2, "differs from Git", True)
    assert "cfaig plan -e dev shows it" in back.stderr
    assert deployed(local_cloudflare, live) == chain("o3")
    again = dev.cfaig("routes", "rollback", "support/chat", "--to", "2")
    assert "answers already: nothing was done" in again.stderr
    assert again.stdout == ""


def test_a_rollback_refuses_what_is_unknown_or_not_valid(
    dev: Shell, local_cloudflare: RunningCloudflare, live: str
) -> None:
    unknown = dev.cfaig("routes", "rollback", "support/chat", "--to", "9", "--yes", code=1).stderr
    assert "has no version 9" in unknown
    assert "not valid" in unknown
    assert "is not valid" in dev.cfaig("routes", "rollback", "support/chat", "--to", "3", "--yes", code=1).stderr
    assert "did you mean chat?" in dev.cfaig("routes", "rollback", "support/chatt", "--yes", code=1).stderr
    assert "as in support/chat" in dev.cfaig("routes", "history", "support", code=1).stderr
    assert deployed(local_cloudflare, live) == chain("o3")


def test_mistakes_in_definitions_and_missing_secrets_do_not_stop_a_rollback(
    dev: Shell, local_cloudflare: RunningCloudflare, live: str
) -> None:
    del dev.environ["OPENAI_API_KEY"]
    assert "Git says the same" in dev.cfaig("routes", "rollback", "support/chat", "--yes").stderr
    dev.define("support", SUPPORT.replace("cache", "cach"))
    told = dev.cfaig("routes", "rollback", "support/chat", "--yes").stderr
    assert "not compared with Git: 1 mistake in the definitions" in told
    assert "version 2 of support/chat answers now" in told
    assert deployed(local_cloudflare, live) == chain("o3")
    assert "not compared" in dev.cfaig("routes", "list").stdout


def test_pictures_are_drawn_without_an_account(shell: Shell) -> None:
    shell.define("support", SUPPORT)
    text = shell.cfaig("routes", "graph", "support/chat").stdout
    assert text == ("support/chat\n  openai/gpt-4o (timeout 30s)\n  then anthropic/claude-sonnet-5 (timeout 20s)\n")
    assert shell.cfaig("routes", "graph", "-f", "mermaid").stdout.startswith("flowchart TD\n")
    drawn = shell.cfaig("routes", "graph", "-o", "chat.svg")
    assert drawn.stdout == ""
    assert "wrote chat.svg" in drawn.stderr
    assert (shell.root / "chat.svg").read_text() == shell.cfaig("routes", "graph", "-f", "svg").stdout
    assert shell.cfaig("routes", "graph", "-o", "-").stdout == text
    assert "says no format" in shell.cfaig("routes", "graph", "-o", "chat.png", code=1).stderr
    assert "there are: support/chat" in shell.cfaig("routes", "graph", "other", code=1).stderr
    assert "cannot write" in shell.cfaig("routes", "graph", "-o", "no/such/folder.svg", code=1).stderr


@pytest.mark.engine
@pytest.mark.usefixtures("engine_ready")
def test_after_a_rollback_the_plan_shows_it_and_apply_brings_back_what_git_says(dev: Shell) -> None:
    dev.cfaig("apply", "--yes")
    dev.define("support", SUPPORT.replace("timeout: 20s", "timeout: 10s"))
    dev.cfaig("apply", "--yes")
    told = dev.cfaig("routes", "rollback", "support/chat", "--yes").stderr
    assert "Git says something else" in told
    plan = dev.cfaig("plan", code=2).stdout
    assert "anthropic/claude-sonnet-5 timeout 20s → 10s" in plan
    assert "0 to create, 1 to change, 0 to delete" in plan
    dev.cfaig("apply", "--yes")
    dev.cfaig("plan")
    document = json.loads(dev.cfaig("routes", "history", "support/chat", "--json").stdout)
    assert [version["deployed"] for version in document["versions"]] == [True, False]
    assert [len(version["deployed_at"]) for version in document["versions"]] == [2, 2]
    assert PLANTED not in told + plan
