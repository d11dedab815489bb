"""The examples of older systems, converted and put into the local Cloudflare by the real engine, on real workerd."""

from __future__ import annotations

import re
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from typing import Any

import httpx
import pytest

from cfaig.local.options import RUN_TOKEN, TOKEN
from cfaig.workerd.find import ensure_workerd
from tests.cli.conftest import Shell
from tests.engine_fixtures import ROOT

SECONDS = 120
BODY = {"model": "openai/gpt-4o", "messages": [{"role": "user", "content": "Where is my parcel?"}]}


@pytest.fixture
def laptop(shell: Shell) -> Iterator[Shell]:
    for name, sample in (("rules-caching", "rules-caching"), ("support-proxy", "rules-fallback")):
        path = ROOT / "tests" / "convert" / "samples" / f"{sample}.json"
        shell.define(name, shell.cfaig("convert", str(path)).stdout)
    yield shell
    shell.cfaig("local", "down")


def post(url: str, body: Any) -> httpx.Response:
    headers = {"cf-aig-authorization": f"Bearer {RUN_TOKEN}"}
    return httpx.post(url, json=body, headers=headers, trust_env=False, timeout=SECONDS)


@pytest.mark.engine
def test_they_behave_as_they_promise(laptop: Shell, engine_ready: None) -> None:  # noqa: ARG001 (makes the engine)
    ensure_workerd(print)
    told = laptop.cfaig("apply", "-e", "local", "--yes").stdout
    (edge,) = re.findall(
        r"^edge rules-caching-edge: (http://127\.0\.0\.1:\d+) \(rules-caching\.invalid\)$", told, re.MULTILINE
    )
    (page,) = re.findall(r"in a browser: (http://\S+/)$", told, re.MULTILINE)
    (fallback,) = re.findall(r"dynamic/chat: (\S+)$", told, re.MULTILINE)

    def local(method: str, what: str, body: Any) -> None:
        headers = {"Authorization": f"Bearer {TOKEN}"}
        url = f"{page}__local/{what}"
        httpx.request(method, url, json=body, headers=headers, trust_env=False).raise_for_status()

    def cached(**more: Any) -> str:
        return str(post(f"{edge}/chat/completions", BODY | more).headers["cf-aig-cache-status"])

    assert [cached(user="a"), cached(user="b")] == ["MISS", "HIT"]
    local("POST", "clock", {"advance": 3590})
    assert cached(user="c") == "HIT"
    local("POST", "clock", {"advance": 20})
    assert cached(user="d") == "MISS"

    local("PUT", "upstreams", [{"provider": "openai", "hang": True}])
    with ThreadPoolExecutor() as pool:
        answer = pool.submit(post, fallback, BODY | {"model": "dynamic/chat"})
        while not answer.done():
            local("POST", "clock", {"advance": 30})
            with suppress(TimeoutError):
                answer.result(0.1)
    assert (answer.result().status_code, answer.result().headers["cf-aig-provider"]) == (200, "anthropic")

    assert f"edge rules-caching-edge: {edge} (" in laptop.cfaig("local", "status").stdout
    assert f"{edge}/compat" in laptop.cfaig("connect", "curl", "--gateway", "rules-caching", "--edge").stdout
    laptop.cfaig("local", "down")
    with pytest.raises(httpx.ConnectError):
        cached()
    assert f"edge rules-caching-edge: {edge} (" in laptop.cfaig("local", "up").stdout
    assert [cached(user="a"), cached(user="b")] == ["MISS", "HIT"]
