"""Uploaded Workers on real workerd, in front of the gateways of the local Cloudflare."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from pathlib import Path
from typing import Any

import httpx
import pytest
from websockets.sync.client import connect

from cfaig.edge import COMPATIBILITY_DATE, worker_module
from cfaig.local.process import start, stop
from cfaig.project import Project
from cfaig.workerd.find import ensure_workerd
from tests.engine.processes import wait_until
from tests.local.bodies import gateway_body
from tests.local.ports import quiet_port
from tests.local.running import RunningCloudflare, running_cloudflare
from tests.local.test_workers import put

CHAT = {"model": "openai/gpt-4o", "messages": [{"role": "user", "content": "Hello"}]}
PLAIN = "export default { fetch(request, env) { return new Response(`%s ${new URL(request.url).pathname}`) } }"
SLOW = """export default { async fetch(request, env) {
  const upstream = await fetch("http://anything.invalid/client/v4/user/tokens/verify");
  return new Response(`%s ${upstream.status}`);
} }"""
STORED = "export default { async fetch(request, env) { return new Response(await env.KEY.get()) } }"
SECONDS = 60


@pytest.fixture(scope="module")
def running(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningCloudflare]:
    ensure_workerd(print)
    with running_cloudflare(tmp_path_factory.mktemp("cloudflare"), edges=True) as cloudflare:
        yield cloudflare


@pytest.fixture
def cloudflare(running: RunningCloudflare) -> RunningCloudflare:
    running.reset()
    return running


def upload(cloudflare: RunningCloudflare, name: str, code: str, *bindings: Any) -> httpx.Response:
    metadata = {"main_module": "worker.js", "compatibility_date": COMPATIBILITY_DATE, "bindings": list(bindings)}
    return put(cloudflare, name, metadata, code)


def rules(cloudflare: RunningCloudflare, *listed: Any, gateway: str = "g", **more: Any) -> dict[str, Any]:
    url = f"{cloudflare.root}/v1/{cloudflare.account}/{gateway}"
    told = {"version": 1, "gateway": {"url": url}, "rules": list(listed), **more}
    return {"name": "RULES", "type": "json", "json": told}


def edge(cloudflare: RunningCloudflare, name: str = "e") -> dict[str, Any]:
    return next(one for one in cloudflare.control("GET", "edges") if one["worker"] == name)


def get(url: str, **headers: str) -> httpx.Response:
    return httpx.get(url, headers=headers, trust_env=False, timeout=SECONDS)


def workerds(server: int) -> set[int]:
    """The processes that run the Workers of a server."""
    asked = ("ps", "-A", "-ww", "-o", "pid=,ppid=,stat=,args=")
    listed = subprocess.run(asked, capture_output=True, text=True, check=True).stdout
    rows = [line.split(maxsplit=3) for line in listed.splitlines()]
    guards = {pid for pid, parent, _, told in rows if parent == str(server) and "cfaig-workerd" in told}
    return {int(pid) for pid, parent, state, _ in rows if parent in guards and "Z" not in state}


def test_a_worker_serves_from_its_upload_to_its_end(cloudflare: RunningCloudflare) -> None:
    assert upload(cloudflare, "e", PLAIN % "one").status_code == 200
    url = edge(cloudflare)["url"]
    assert get(f"{url}/x").text == "one /x"
    assert upload(cloudflare, "e", PLAIN % "two").status_code == 200
    assert (edge(cloudflare)["url"], get(url).text) == (url, "two /")
    cloudflare.result("DELETE", "/workers/scripts/e")
    assert cloudflare.control("GET", "edges") == []
    with pytest.raises(httpx.ConnectError):
        get(url)
    upload(cloudflare, "e", PLAIN % "three")
    assert (edge(cloudflare)["url"], get(url).text) == (url, "three /")


def test_a_worker_that_does_not_start_is_refused_and_the_older_one_stays(cloudflare: RunningCloudflare) -> None:
    upload(cloudflare, "e", PLAIN % "one")
    refused = upload(cloudflare, "e", "export default {")
    assert (refused.status_code, refused.json()["errors"][0]["code"]) == (400, 10021)
    assert "Uncaught SyntaxError" in refused.json()["errors"][0]["message"]
    assert get(edge(cloudflare)["url"]).text == "one /"
    assert cloudflare.call("GET", "/workers/scripts/e").text == PLAIN % "one"
    assert upload(cloudflare, "other", "throw new Error('no')").status_code == 400
    assert [one["worker"] for one in cloudflare.control("GET", "edges")] == ["e"]


def test_requests_under_way_end_while_a_newer_one_takes_over(cloudflare: RunningCloudflare) -> None:
    slow = (
        "export default { async fetch() { await new Promise((go) => setTimeout(go, 20)); return new Response('%s') } }"
    )
    upload(cloudflare, "e", slow % "v0")
    url = edge(cloudflare)["url"]
    done = threading.Event()

    def call_on() -> list[str]:
        answers = []
        while not done.is_set():
            # The older one closes connections on which nothing was asked yet.
            with suppress(httpx.RemoteProtocolError):
                answers.append(get(url).text)
        return answers

    with ThreadPoolExecutor(3) as pool:
        calling = [pool.submit(call_on) for _ in range(3)]
        for number in range(1, 5):
            assert upload(cloudflare, "e", slow % f"v{number}").status_code == 200
            assert get(url).text == f"v{number}"
        done.set()
    answers = [answer for one in calling for answer in one.result()]
    assert answers
    assert set(answers) <= {f"v{number}" for number in range(5)}


def test_the_edge_in_front_of_its_gateway(cloudflare: RunningCloudflare) -> None:
    cloudflare.result("POST", "/ai-gateway/gateways", gateway_body("g"))
    chat = {"match": {"path": "/chat/completions"}, "then": {"cache": {"ttl": 3600, "key": ["messages"]}}}
    upload(cloudflare, "e", worker_module(), rules(cloudflare, chat))
    told = edge(cloudflare)
    assert (told["gateway"], told["open"], told["problem"]) == ("g", True, "")

    def ask(**more: Any) -> str:
        answer = httpx.post(f"{told['url']}/chat/completions", json=CHAT | more, trust_env=False, timeout=SECONDS)
        assert answer.status_code == 200, answer.text
        return str(answer.headers["cf-aig-cache-status"])

    assert [ask(user="a"), ask(user="b")] == ["MISS", "HIT"]
    cloudflare.control("POST", "clock", {"advance": 3601})
    assert ask(user="c") == "MISS"
    with connect(f"{told['url'].replace('http', 'ws', 1)}/ws", proxy=None) as socket:
        request = {"eventId": "1", "provider": "openai", "endpoint": "chat/completions", "query": CHAT}
        socket.send(json.dumps({"type": "universal.create", "request": request}))
        assert json.loads(socket.recv(SECONDS))["metadata"]["eventId"] == "1"


def test_nothing_leaves_this_machine(cloudflare: RunningCloudflare) -> None:
    """What a Worker sends goes to the local Cloudflare, whatever the address; that lets no foreign host in."""
    upload(cloudflare, "e", SLOW % "asked")
    assert get(edge(cloudflare)["url"]).text == "asked 403"


def test_entries_of_a_secrets_store(cloudflare: RunningCloudflare) -> None:
    store = cloudflare.result("POST", "/secrets_store/stores", {"name": "s"})["id"]
    body = [{"name": "key", "value": "first", "scopes": ["workers"]}]
    secret = cloudflare.result("POST", f"/secrets_store/stores/{store}/secrets", body)[0]["id"]
    binding = {"name": "KEY", "type": "secrets_store_secret", "store_id": store, "secret_name": "key"}
    assert upload(cloudflare, "e", STORED, binding).status_code == 200
    url = edge(cloudflare)["url"]
    assert get(url).text == "first"
    cloudflare.result("PATCH", f"/secrets_store/stores/{store}/secrets/{secret}", {"value": "second"})
    assert get(url).text == "second"


def test_pages_of_other_sites_are_kept_out(cloudflare: RunningCloudflare) -> None:
    cloudflare.result("POST", "/ai-gateway/gateways", gateway_body("g"))
    origins = {"origins": ["https://app.example.com", "*"]}
    upload(cloudflare, "e", worker_module(), rules(cloudflare, cors=origins))
    cloudflare.result("PUT", "/workers/domains", {"hostname": "ai.example.com", "service": "e"})
    told = edge(cloudflare)
    assert told["hostnames"] == ["ai.example.com"]
    url = f"{told['url']}/openai/v1/models"
    assert get(url).status_code == 200
    assert get(url, host="ai.example.com").status_code == 200
    assert get(url, host="evil.example").status_code == 403
    assert get(url, origin="https://evil.example").status_code == 403
    assert get(url, **{"sec-fetch-site": "cross-site"}).status_code == 403
    assert get(url, origin="https://app.example.com").headers["access-control-allow-origin"]
    page = cloudflare.root
    assert get(url, origin=page).headers["access-control-allow-origin"] == page
    wanted = {"access-control-request-method": "POST", "access-control-request-headers": "x-a, x-b", "origin": page}
    flight = httpx.options(url, headers=wanted, trust_env=False, timeout=SECONDS)
    assert (flight.status_code, flight.headers["access-control-allow-headers"]) == (204, "x-a, x-b")


def test_a_workerd_that_dies_is_started_again(cloudflare: RunningCloudflare) -> None:
    upload(cloudflare, "e", PLAIN % "one")
    url = edge(cloudflare)["url"]
    for _ in range(2):
        (pid,) = workerds(os.getpid())
        os.kill(pid, signal.SIGKILL)
        assert get(url).text == "one /"


@pytest.mark.parametrize("signal_number", [signal.SIGTERM, signal.SIGKILL])
def test_workers_end_with_their_server_and_come_again(tmp_path: Path, signal_number: signal.Signals) -> None:
    project = Project(tmp_path)
    server = start(project, port=quiet_port())
    try:
        with httpx.Client(timeout=SECONDS, trust_env=False) as client:
            cloudflare = RunningCloudflare(server.page.rstrip("/"), client)
            assert upload(cloudflare, "e", PLAIN % "one").status_code == 200
            url = edge(cloudflare)["url"]
        (pid,) = workerds(server.pid)
        os.kill(server.pid, signal_number)
        wait_until(lambda: not alive(pid), SECONDS)
        again = start(project)
        with httpx.Client(timeout=SECONDS, trust_env=False) as client:
            cloudflare = RunningCloudflare(again.page.rstrip("/"), client)
            assert cloudflare.control("POST", "edges")[0]["url"] == url
        assert get(url).text == "one /"
    finally:
        stop(project)


def alive(pid: int) -> bool:
    asked = ("ps", "-p", str(pid), "-o", "stat=")
    told = subprocess.run(asked, capture_output=True, text=True, check=False).stdout.strip()
    return bool(told) and "Z" not in told
