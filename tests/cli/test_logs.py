"""`cfaig logs` on logs that real calls left in a local Cloudflare."""

from __future__ import annotations

import json
import os
import re
import selectors
import signal
import subprocess
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from cfaig.observe.asking import Asked
from cfaig.observe.log import route_in_body
from cfaig.observe.read_logs import LogReader, newest_logs
from tests.cli.conftest import Shell
from tests.local.bodies import CHAIN, gateway_body
from tests.local.gateway.calls import KEY, Gateway, chat
from tests.local.running import RunningCloudflare

PLANTED = "sk-proj-planted0123456789abcdef"
SECONDS = 60.0
HOUR = 3600
LOGS = "/ai-gateway/gateways/support/logs"

Row = dict[str, Any]


@pytest.fixture
def support(dev: Shell, local_cloudflare: RunningCloudflare) -> Gateway:
    """A gateway that caches, with a route `chat`; nobody has called it yet."""
    del dev
    settings = {"log_management": 20_000, "log_management_strategy": "DELETE_OLDEST"}
    local_cloudflare.result("POST", "/ai-gateway/gateways", gateway_body("support", cache_ttl=HOUR, **settings))
    gateway = Gateway(local_cloudflare, "support")
    gateway.route("chat", CHAIN)
    return gateway


@pytest.fixture
def traffic(support: Gateway) -> Gateway:
    """Calls of three hours: of two providers, of a route, from the cache, and failed ones."""
    support.chat(chat("an old one"))
    support.cloudflare.control("POST", "clock", {"advance": 2 * HOUR})
    support.chat(chat("hello"), cf_aig_metadata='{"user": "ann", "paid": true}')
    support.chat(chat("hello"), cf_aig_metadata='{"user": "bob", "plan": "ann"}')
    support.dynamic("chat")
    support.cloudflare.control("POST", "clock", {"advance": HOUR})
    message = {"model": "claude-sonnet-5", "max_tokens": 50, "messages": chat("a long story " * 300)["messages"]}
    support.post("anthropic/v1/messages", message, {"x-api-key": KEY}, key=None)
    support.script({"provider": "openai", "status": 429, "times": 1}, {"provider": "openai", "status": 503})
    support.chat(chat("one"))
    support.chat(chat("two", model="gpt-4o"))
    support.dynamic("chat", top_p=0.5)
    return support


FILTERS: list[tuple[Asked, Callable[[Row], bool]]] = [
    (Asked(models=("gpt-4o",)), lambda row: row["model"] == "gpt-4o"),
    (Asked(models=("gpt-4o*", "claude*")), lambda row: not row["model"].startswith("dynamic/")),
    (Asked(providers=("anthropic", "unknown")), lambda row: row["provider"] in {"anthropic", "unknown"}),
    (Asked(statuses=("429",)), lambda row: row["status_code"] == 429),
    (Asked(statuses=("5xx", "200")), lambda row: row["status_code"] // 100 == 5 or row["status_code"] == 200),
    (Asked(success=False), lambda row: not row["success"]),
    (Asked(success=True, cached=False), lambda row: row["success"] and not row["cached"]),
    (Asked(cached=True), lambda row: row["cached"]),
    (Asked(cost=">0.001"), lambda row: row["cost"] > 0.001),
    (Asked(cost="<=0"), lambda row: row["cost"] == 0),
    (Asked(tokens="10..500"), lambda row: 10 <= row["tokens_in"] + row["tokens_out"] <= 500),
    (Asked(duration="<0ms"), lambda _: False),
    (Asked(metadata=("user=ann",)), lambda row: row["metadata"].get("user") == "ann"),
    (Asked(metadata=("plan=ann", "user")), lambda row: row["metadata"].get("plan") == "ann"),
    (Asked(metadata=("paid=true",)), lambda row: row["metadata"].get("paid") is True),
    (Asked(since="90m"), lambda row: row["age"] < timedelta(minutes=90)),
    (Asked(since="150m", until="30m"), lambda row: timedelta(minutes=30) < row["age"] < timedelta(minutes=150)),
    (Asked(routes=("chat",)), lambda row: row["route"] == "chat"),
    (Asked(search="claude"), lambda row: "claude" in row["model"]),
]


def test_each_filter_finds_just_what_it_means(traffic: Gateway) -> None:
    cloudflare = traffic.cloudflare
    now = datetime.fromtimestamp(cloudflare.control("GET", "clock")["now"], UTC)
    rows: list[Row] = []
    for log in traffic.logs():
        head = cloudflare.result("GET", f"{LOGS}/{log['id']}")["request_head"]
        age = now - datetime.fromisoformat(log["created_at"])
        rows.append({**log, "age": age, "route": route_in_body(head)})
    assert len(rows) == 8
    with cloudflare.api() as api:
        reader = LogReader(api, cloudflare.account, "support")
        for asked, meant in FILTERS:
            found = newest_logs(reader, asked.wanted("support", now), 50)
            expected = [row["id"] for row in reversed(rows) if meant(row)]
            assert [log["id"] for log in found.logs] == expected, asked
            assert 0 < len(expected) < 8 or asked.duration, asked


def test_tables_and_lines_of_json(dev: Shell, traffic: Gateway) -> None:
    shown = dev.cfaig("logs", "support")
    lines = shown.stdout.splitlines()
    assert lines[0].split()[:4] == ["time", "(UTC)", "status", "cache"]
    newest_last = [log["id"] for log in reversed(traffic.logs())]
    assert [next(each for each in newest_last if each in line) for line in lines[1:]] == newest_last
    assert "\x1b" not in shown.stdout
    written = [json.loads(line) for line in dev.cfaig("logs", "support", "--json", "-n", "3").stdout.splitlines()]
    assert [each["id"] for each in written] == newest_last[-3:]
    told = dev.cfaig("logs", "support", "--status", "429", "--since", "2h")
    assert len(told.stdout.splitlines()) == 2
    assert "--status: Cloudflare cannot filter by that; 7 logs were looked at, back to 20" in told.stderr


def test_mistakes_and_empty_results_say_what_to_do(dev: Shell, support: Gateway) -> None:
    empty = dev.cfaig("logs", "support", "--model", "gpt-9")
    assert (empty.stdout, "no logs of support in dev with --model gpt-9" in empty.stderr) == ("", True)
    assert "keeps its newest 20,000 logs" in empty.stderr
    unknown = dev.cfaig("logs", "suport", code=1)
    assert "there is no gateway suport" in unknown.stderr
    assert "did you mean support?" in unknown.stderr
    dev.environ["CLOUDFLARE_API_TOKEN"] = support.cloudflare.run_token
    assert "“AI Gateway: Read”" in dev.cfaig("logs", "support", code=1).stderr


def test_one_log_with_its_bodies_and_without_secrets(dev: Shell, support: Gateway) -> None:
    support.chat(chat(f"my key is {PLANTED}, tell nobody"), cf_aig_metadata=json.dumps({"user_token": PLANTED}))
    identity = support.logs()[0]["id"]
    full = dev.cfaig("logs", "support", "--id", f"…{identity[-9:]}", "--bodies")
    assert identity in full.stdout
    assert full.stdout.count("my key is [redacted: API key], tell nobody") == 2
    assert "metadata.user_token  [redacted: user_token]" in full.stdout
    assert "taken out, because it looks secret: 2 API keys, 1 user_token" in full.stderr
    written = json.loads(dev.cfaig("logs", "support", "--id", identity, "--bodies", "--json").stdout)
    assert json.loads(written["request"])["messages"][0]["content"].startswith("my key is [redacted")
    everything = full.stdout + full.stderr + json.dumps(written)
    assert PLANTED not in everything
    assert "has no log nothing" in dev.cfaig("logs", "support", "--id", "nothing", code=1).stderr


def test_bodies_that_are_long_or_no_json(support: Gateway) -> None:
    from cfaig.observe.one_log import body_of, find_log

    support.chat(chat("long " * 3000, stream=True))
    with support.cloudflare.api() as api:
        reader = LogReader(api, support.cloudflare.account, "support")
        log = find_log(reader, support.logs()[0]["id"])
        request, response = body_of(reader, log, "request"), body_of(reader, log, "response")
    assert request is not None
    assert json.loads(request)["messages"][0]["content"] == "long " * 3000
    assert response is not None
    assert response.startswith("data: {")


def test_feedback(dev: Shell, support: Gateway) -> None:
    support.chat()
    identity = support.logs()[0]["id"]
    dev.cfaig("logs", "support", "--feedback", identity, "--bad", "--score", "12.5")
    log = support.logs()[0]
    assert (log["feedback"], log["score"]) == (-1, 12.5)
    dev.environ["CLOUDFLARE_API_TOKEN"] = support.cloudflare.read_token
    assert "“AI Gateway: Edit”" in dev.cfaig("logs", "support", "--feedback", identity, "--good", code=1).stderr


@contextmanager
def running(shell: Shell, *arguments: str) -> Iterator[subprocess.Popen[str]]:
    with subprocess.Popen(
        shell.command(*arguments),
        cwd=shell.root,
        env=shell.env(),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        bufsize=1,
    ) as process:
        try:
            yield process
        finally:
            process.kill()


def next_line(stream: Any) -> str:
    """The next line of a pipe; fails when none comes."""
    with selectors.DefaultSelector() as selector:
        selector.register(stream, selectors.EVENT_READ)
        assert selector.select(SECONDS), "nothing came"
    return str(stream.readline())


def test_following_shows_what_comes_in_until_ctrl_c(dev: Shell, support: Gateway) -> None:
    support.chat(chat("before"))
    with running(dev, "logs", "support", "--follow", "--json", "--failed") as tail:
        assert tail.stdout
        assert tail.stderr
        assert "following support in dev" in next_line(tail.stderr)
        support.chat(chat("fine"))
        support.script({"provider": "openai", "status": 500})
        support.chat(chat("broken"))
        assert json.loads(next_line(tail.stdout))["status_code"] == 500
        support.chat(chat("again"))
        assert json.loads(next_line(tail.stdout))["id"] == support.logs()[0]["id"]
        tail.send_signal(signal.SIGINT)
        rest, told = tail.communicate(timeout=SECONDS)
        assert (tail.returncode, rest) == (130, "")
        assert "Traceback" not in told


def test_an_export_that_was_killed_goes_on(dev: Shell, support: Gateway) -> None:
    for number in range(120):
        support.chat(chat(f"call {number}"))
    everything = [log["id"] for page in ("3", "2", "1") for log in reversed(support.logs(page=page, per_page="50"))]
    file = dev.root / "logs.jsonl"
    support.cloudflare.fault(f"{LOGS}$", method="GET", nth=3, status=503, retry_after=300)
    with running(dev, "logs", "support", "--export", "logs.jsonl") as process:
        _wait_for(lambda: _looked_at(file) > 50, process)
        assert not file.exists()
        os.kill(process.pid, signal.SIGKILL)
    support.cloudflare.clear_faults()
    support.chat(chat("one more"))
    done = dev.cfaig("logs", "support", "--export", "logs.jsonl")
    assert re.search("wrote 120 logs to logs.jsonl, 9[0-9] of them by earlier runs", done.stderr)
    assert [json.loads(line)["id"] for line in file.read_text().splitlines()] == everything
    again = dev.cfaig("logs", "support", "--export", "logs.jsonl", code=1).stderr
    assert "there already" in again
    assert "not whole" not in again


def _looked_at(file: Path) -> int:
    try:
        return int(json.loads(file.with_name(f"{file.name}.partial.json").read_text())["looked_at"])
    except OSError:
        return 0


def _wait_for(happened: Callable[[], bool], process: subprocess.Popen[str]) -> None:
    end = time.monotonic() + SECONDS
    while not happened():
        assert process.poll() is None, process.communicate()
        assert time.monotonic() < end
        time.sleep(0.02)
