from __future__ import annotations

import threading
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import httpx

from cfaig.local.options import Options
from cfaig.local.storage import Storage
from tests.local.bodies import CHAIN, gateway_body
from tests.local.running import RunningCloudflare, running_cloudflare


def work(cloudflare: RunningCloudflare, worker: int) -> list[int]:
    base = f"{cloudflare.url}/accounts/{cloudflare.account}/ai-gateway/gateways"
    statuses = []
    with httpx.Client(headers={"Authorization": f"Bearer {cloudflare.token}"}, timeout=30) as client:
        for number in range(8):
            name = f"w{worker}-{number}"
            calls = [
                client.post(base, json=gateway_body(name)),
                client.post(f"{base}/{name}/routes", json={"name": "chat", "elements": CHAIN}),
                client.get(f"{base}?per_page=100"),
                client.put(f"{base}/{name}", json=gateway_body(cache_ttl=60)),
                client.post(base, json=gateway_body(f"shared-{number}")),
            ]
            statuses += [call.status_code for call in calls]
    return statuses


def test_eight_clients_at_once(tmp_path: Path) -> None:
    with running_cloudflare(tmp_path, Options(gateway_limit=1000)) as cloudflare:
        with ThreadPoolExecutor(8) as pool:
            statuses = [status for done in pool.map(lambda n: work(cloudflare, n), range(8)) for status in done]
        assert set(statuses) == {200, 409}
        assert statuses.count(409) == 7 * 8
        answer = cloudflare.call("GET", "/ai-gateway/gateways?per_page=100").json()
        assert answer["result_info"]["total_count"] == 8 * 8 + 8


def test_threads_take_turns_in_the_storage(tmp_path: Path) -> None:
    storage = Storage(tmp_path / "cloudflare.db")
    barrier = threading.Barrier(8)

    def write(worker: int) -> None:
        barrier.wait()
        for number in range(10):
            with storage.transaction() as db:
                db.execute("INSERT INTO gateways VALUES ('a', ?, '{}', '', '')", (f"{worker}-{number}",))

    with ThreadPoolExecutor(8) as pool:
        list(pool.map(write, range(8)))
    row = storage.row("SELECT count(*) FROM gateways")
    assert row is not None
    assert row[0] == 80
    storage.close()
