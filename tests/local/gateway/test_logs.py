"""Logs that real traffic leaves behind, through the API and the official SDK."""

from __future__ import annotations

import asyncio
import json
import sqlite3
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path
from typing import Any

import httpx
import pytest
from cloudflare import Cloudflare

from cfaig.local.log_store import LogStore
from cfaig.local.storage import SCHEMA, SCHEMA_VERSION, Storage
from cfaig.runtime.model import LogEntry
from tests.local.bodies import CHAIN, gateway_body
from tests.local.gateway.calls import KEY, Gateway, chat, said
from tests.local.running import running_cloudflare

LOGS = "/ai-gateway/gateways/g/logs"


@pytest.fixture
def traffic(gateway: Gateway) -> Gateway:
    """Four calls: two of OpenAI (the second from the cache), one of Anthropic, one that fails."""
    gateway.chat(cf_aig_metadata='{"user": "ann", "plan": "free"}')
    gateway.chat(cf_aig_metadata='{"user": "bob"}', cf_aig_event_id="my-event")
    message = {"model": "claude-sonnet-5", "max_tokens": 5, "messages": chat()["messages"]}
    gateway.post("anthropic/v1/messages", message, {"x-api-key": KEY}, key=None)
    gateway.script({"provider": "openai", "status": 500})
    gateway.chat(chat("fail"))
    return gateway


def test_a_log_tells_what_happened(traffic: Gateway) -> None:
    failed, claude, hit, miss = traffic.logs()
    assert [failed["status_code"], failed["success"]] == [500, False]
    assert (claude["provider"], claude["model"]) == ("anthropic", "claude-sonnet-5")
    assert (hit["cached"], hit["cost"], hit["tokens_in"], hit["event_id"]) == (True, 0, 0, "my-event")
    assert (miss["cached"], miss["metadata"]) == (False, {"user": "ann", "plan": "free"})
    assert miss["cost"] > 0
    assert miss["usage_metadata"]["total_tokens"] == miss["tokens_in"] + miss["tokens_out"] > 0
    assert miss["created_at"].endswith("Z")
    assert (miss["path"], miss["request_content_type"]) == ("openai/chat/completions", "application/json")


def test_a_route_leaves_one_log_of_who_answered(gateway: Gateway) -> None:
    gateway.route("chat", CHAIN)
    gateway.script({"provider": "openai", "times": 3, "status": 503})
    answer = gateway.dynamic("chat")
    assert said(answer)
    (log,) = gateway.logs()
    assert (log["id"], log["model"], log["step"]) == (answer.headers["cf-aig-log-id"], "gpt-4o-mini", 1)


def filters(key: str, operator: str, *values: Any) -> dict[str, str]:
    return {"filters": json.dumps([{"key": key, "operator": operator, "value": values}])}


@pytest.mark.parametrize(
    ("query", "found"),
    [
        (filters("provider", "eq", "anthropic"), [1]),
        (filters("provider", "neq", "anthropic"), [0, 2, 3]),
        (filters("provider", "eq", "anthropic", "openai"), [0, 1, 2, 3]),
        (filters("provider", "neq", "anthropic", "openai"), []),
        (filters("model", "contains", "GPT"), [0, 2, 3]),
        (filters("model", "contains", "%"), []),
        (filters("success", "eq", False), [0]),
        (filters("cached", "eq", True), [2]),
        (filters("cost", "gt", 0), [1, 3]),
        (filters("tokens", "lt", 1), [0, 2]),
        (filters("metadata.key", "eq", "plan"), [3]),
        (filters("metadata.value", "contains", "an"), [3]),
        (filters("event_id", "eq", "my-event"), [2]),
        (filters("feedback", "eq", None), [0, 1, 2, 3]),
        (filters("created_at", "gt", "2020-01-01T00:00:00Z"), [0, 1, 2, 3]),
        (filters("created_at", "lt", "2020-01-01"), []),
        ({"success": "false"}, [0]),
        ({"cached": "true"}, [2]),
        ({"provider": "anthropic", "min_cost": "0.0000001"}, [1]),
        ({"max_total_tokens": "0"}, [0, 2]),
        ({"start_date": "2020-01-01T00:00:00Z", "end_date": "2100-01-01"}, [0, 1, 2, 3]),
        ({"event_id": "nothing"}, [0, 1, 2, 3]),
        ({"search": "claude"}, [1]),
        ({"search": "bob"}, [2]),
        ({"order_by": "provider", "order_by_direction": "asc", "per_page": "1"}, [1]),
        ({"direction": "asc", "per_page": "2", "page": "2"}, [1, 0]),
    ],
)
def test_lists_are_filtered_and_ordered(traffic: Gateway, query: dict[str, str], found: list[int]) -> None:
    everything = [log["id"] for log in traffic.logs()]
    assert [everything.index(log["id"]) for log in traffic.logs(**query)] == found


@pytest.mark.parametrize(
    "query",
    [
        {"filters": "{"},
        {"filters": "{}"},
        {"filters": "[1]"},
        filters("nothing", "eq", 1),
        filters("model", "like", "x"),
        filters("model", "eq"),
        filters("cost", "gt", "much"),
        filters("success", "eq", "yes"),
        filters("created_at", "gt", "yesterday"),
        {"min_cost": "nan"},
        {"order_by": "cost"},
        {"order_by_direction": "up"},
        {"per_page": "51"},
    ],
)
def test_wrong_queries(gateway: Gateway, query: dict[str, str]) -> None:
    text = "&".join(f"{name}={value}" for name, value in query.items())
    answer = gateway.cloudflare.call("GET", f"{LOGS}?{text}")
    assert (answer.status_code, answer.json()["errors"][0]["code"]) == (400, 7001)


def test_bodies_are_kept_as_they_were(gateway: Gateway) -> None:
    gateway.chat()
    gateway.chat(chat("secret"), cf_aig_collect_log_payload="false")
    bare, full = gateway.logs()
    base = f"{LOGS}/{full['id']}"
    assert gateway.cloudflare.call("GET", f"{base}/request").json() == chat()
    response = gateway.cloudflare.call("GET", f"{base}/response")
    assert said(response)
    told = gateway.cloudflare.result("GET", base)
    assert json.loads(told["request_head"]) == chat()
    assert (told["request_head_complete"], told["response_size"]) == (True, len(response.content))
    for missing in (f"{LOGS}/{bare['id']}/request", f"{LOGS}/nothing"):
        answer = gateway.cloudflare.call("GET", missing)
        assert (answer.status_code, answer.json()["errors"][0]["code"]) == (404, 7002)


def test_a_log_can_be_rated(traffic: Gateway) -> None:
    log = traffic.logs()[3]["id"]
    traffic.cloudflare.result("PATCH", f"{LOGS}/{log}", {"feedback": -1, "score": 40, "metadata": {"seen": True}})
    (told,) = traffic.logs(**filters("feedback", "eq", -1))
    assert (told["id"], told["score"], told["metadata"]) == (log, 40, {"seen": True})
    traffic.cloudflare.result("PATCH", f"{LOGS}/{log}", {"feedback": None})
    assert traffic.logs(**filters("feedback", "eq", -1)) == []
    wrongs: list[dict[str, Any]] = [{"feedback": 2}, {"feedback": True}, {"score": "high"}, {"metadata": {"a": {}}}]
    for wrong in wrongs:
        assert traffic.cloudflare.call("PATCH", f"{LOGS}/{log}", wrong).status_code == 400


def test_logs_are_deleted_by_filter_and_number(traffic: Gateway) -> None:
    failed, _, hit, miss = [log["id"] for log in traffic.logs()]
    traffic.cloudflare.result("DELETE", f"{LOGS}?filters={filters('provider', 'eq', 'anthropic')['filters']}")
    assert [log["id"] for log in traffic.logs()] == [failed, hit, miss]
    traffic.cloudflare.result("DELETE", f"{LOGS}?limit=1&order_by=cost&order_by_direction=desc")
    assert [log["id"] for log in traffic.logs()] == [failed, hit]
    assert traffic.cloudflare.call("DELETE", f"{LOGS}?limit=0").status_code == 400
    traffic.cloudflare.result("DELETE", LOGS)
    assert traffic.logs() == []


def test_what_is_not_to_be_logged_is_not(gateway: Gateway) -> None:
    gateway.chat(cf_aig_collect_log="false")
    gateway.cloudflare.result("PUT", "/ai-gateway/gateways/g", gateway_body(collect_logs=False))
    gateway.chat()
    assert gateway.logs() == []
    assert gateway.chat(cf_aig_collect_log="true").headers["cf-aig-log-id"] == gateway.logs()[0]["id"]


def test_logs_go_with_their_gateway(traffic: Gateway) -> None:
    traffic.cloudflare.result("DELETE", "/ai-gateway/gateways/g")
    traffic.cloudflare.result("POST", "/ai-gateway/gateways", gateway_body("g"))
    assert traffic.logs() == []


def test_no_credential_gets_into_the_database(tmp_path: Path) -> None:
    token = "run-0123456789abcdef"
    with running_cloudflare(tmp_path) as cloudflare:
        gateway = Gateway(cloudflare, "g")
        cloudflare.result("POST", "/ai-gateway/gateways", gateway_body("g"))
        gateway.chat(cf_aig_authorization=f"Bearer {token}")
        gateway.post("anthropic/v1/messages", {"model": "m"}, {"x-api-key": KEY}, key=None)
        model = "google-ai-studio/v1beta/models/gemini-2.5-flash:generateContent"
        gateway.post(f"{model}?key={KEY}", {"contents": []}, key=None)
        item = {"provider": "openai", "endpoint": "chat/completions", "query": chat()}
        items = [item | {"headers": {"Authorization": f"Bearer {KEY}"}}]
        assert cloudflare.client.post(gateway.url, json=items).status_code == 200
        assert len(gateway.logs()) == 4
    kept = b"".join(path.read_bytes() for path in tmp_path.iterdir())
    assert chat()["messages"][0]["content"].encode() in kept
    for secret in (KEY, token):
        assert secret.encode() not in kept


def test_logs_outlive_a_server_that_is_stopped(tmp_path: Path) -> None:
    with running_cloudflare(tmp_path) as cloudflare:
        cloudflare.result("POST", "/ai-gateway/gateways", gateway_body("g"))
        for number in range(5):
            Gateway(cloudflare, "g").chat(chat(str(number)))
    with running_cloudflare(tmp_path) as cloudflare:
        assert len(Gateway(cloudflare, "g").logs()) == 5


def test_the_official_sdk_reads_logs(traffic: Gateway) -> None:
    account = traffic.cloudflare.account
    with Cloudflare(api_token=traffic.cloudflare.token, base_url=traffic.cloudflare.url, max_retries=0) as client:
        listed = list(client.ai_gateway.logs.list("g", account_id=account, per_page=2, order_by="created_at"))
        assert [log.id for log in listed] == [log["id"] for log in traffic.logs()]
        one = client.ai_gateway.logs.get(listed[3].id, account_id=account, gateway_id="g")
        assert (one.provider, one.cached, one.request_head_complete) == ("openai", False, True)
        assert client.ai_gateway.logs.request(one.id, account_id=account, gateway_id="g") == chat()
        client.ai_gateway.logs.edit(one.id, account_id=account, gateway_id="g", feedback=1)
        client.ai_gateway.logs.delete("g", account_id=account)
    assert traffic.logs() == []


def test_many_calls_at_once_leave_as_many_logs(gateway: Gateway) -> None:
    def work(worker: int) -> list[str]:
        with httpx.Client(timeout=60) as client:
            url, headers = f"{gateway.url}/openai/chat/completions", {"authorization": f"Bearer {KEY}"}
            bodies = [chat(f"{worker} {number}", stream=number % 2 == 0) for number in range(20)]
            answers = [client.post(url, json=body, headers=headers) for body in bodies]
        assert all(f"{worker}" in answer.text for answer in answers)
        return [answer.headers["cf-aig-log-id"] for answer in answers]

    with ThreadPoolExecutor(6) as pool:
        told = [log for logs in pool.map(work, range(6)) for log in logs]
    kept = [log["id"] for page in (1, 2, 3) for log in gateway.logs(per_page="50", page=str(page))]
    assert len(set(told)) == 120
    assert sorted(kept) == sorted(told)


def test_a_database_of_before_there_were_logs(tmp_path: Path) -> None:
    with closing(sqlite3.connect(tmp_path / "cloudflare.db")) as db:
        db.executescript(f"{SCHEMA} PRAGMA user_version={SCHEMA_VERSION};")
    with running_cloudflare(tmp_path) as cloudflare:
        gateway = Gateway(cloudflare, "g")
        cloudflare.result("POST", "/ai-gateway/gateways", gateway_body("g"))
        gateway.chat()
        assert len(gateway.logs()) == 1


MOST = 10_000


def entry(number: int) -> LogEntry:
    return LogEntry(
        id=f"{number:08}",
        account="a",
        gateway="g",
        created_at=float(number),
        provider="openai",
        model="m\ud800",
        path="p",
        status_code=200,
        success=True,
        duration=1,
    )


@pytest.mark.parametrize(
    ("strategy", "first", "last"), [("DELETE_OLDEST", 500, MOST + 499), ("STOP_INSERTING", 0, MOST - 1)]
)
def test_a_full_gateway(strategy: str, first: int, last: int) -> None:
    storage = Storage(":memory:")
    settings = json.dumps({"log_management": MOST, "log_management_strategy": strategy})
    with storage.transaction() as db:
        db.execute("INSERT INTO gateways VALUES ('a', 'g', ?, '', '')", (settings,))

    async def fill() -> None:
        store = LogStore(storage)
        for number in range(MOST + 500):
            store.add(entry(number))
            if number % 4000 == 0:
                store.flush()
        store.flush()
        # Written in its own time as well, and of a gateway that nobody has not at all.
        store.add(LogEntry("x", "a", "nobody", 0, "", "", "", 200, True, 0))

    asyncio.run(fill())
    found = storage.rows("SELECT count(*), min(id), max(id) FROM logs")[0]
    assert tuple(found) == (MOST, f"{first:08}", f"{last:08}")
    storage.close()
