"""The edge on real workerd: what it adds to a call of the local gateway, and its memory after many requests."""

from __future__ import annotations

import json
from collections.abc import Mapping
from contextlib import ExitStack
from pathlib import Path
from typing import Any, Final

import httpx

from bench.http_load import Target, load
from bench.place import Place, cfaig_place
from bench.report import Report, Table, machine, megabytes
from bench.runtime import CONNECTIONS, FULL, QUICK, Measured, asking, made_gateway, measured, milliseconds, provider
from cfaig.edge import COMPATIBILITY_DATE, MODULE_NAME, worker_module
from cfaig.local.options import RUN_TOKEN
from cfaig.workerd.find import ensure_workerd

WORKER: Final = "bench-edge"
PASSING: Final = "bench-passing"
# The least a Worker can do: what its process takes is workerd's own.
PASSING_MODULE: Final = """\
export default {
  fetch(request, { BASE }) {
    return fetch(BASE + new URL(request.url).pathname, request);
  },
};
"""
REQUESTS: Final = 100_000
QUICK_REQUESTS: Final = 5_000
SETTLED: Final = 2_000
CASES: Final = ("cache miss", "cache hit")
DIRECT: Final = "the gateway, directly"
EDGE: Final = "through the edge"
STATUS: Final = "cf-aig-cache-status"
# What a usual edge does: knows its clients, takes their credentials away, looks into bodies, chooses a cache key.
RULES: Final[dict[str, Any]] = {
    "version": 1,
    "auth": {"open": True},
    "rules": [
        {"name": "no images", "match": {"path": "/**/images/**"}, "then": {"reject": {"status": 403, "message": "no"}}},
        {"name": "who calls", "then": {"metadata": {"client": "bench"}}, "continue": True},
        {
            "name": "chat",
            "match": {"path": "/**/chat/completions", "body": {"stream": {"$ne": True}}},
            "then": {"cache": {"ttl": 3600, "key": ["model", "messages"]}, "timeout_ms": 30_000},
        },
    ],
}


def measure(*, quick: bool) -> Report:
    """Run it."""
    told, effort = machine(), QUICK if quick else FULL
    ensure_workerd(print)
    with ExitStack() as stack:
        place = stack.enter_context(cfaig_place())
        base = made_gateway(place, stack.enter_context(provider()))
        rules = {"name": "RULES", "type": "json", "json": {**RULES, "gateway": {"url": base}}}
        token = {"name": "GATEWAY_TOKEN", "type": "secret_text", "text": RUN_TOKEN}
        edge = _deployed(place, WORKER, worker_module(), [rules, token])
        passing = _deployed(place, PASSING, PASSING_MODULE, [{"name": "BASE", "type": "plain_text", "text": base}])
        taken = measured(_targets(base, edge), effort)
        memory = _memory({EDGE: edge, "a Worker that passes on": passing}, QUICK_REQUESTS if quick else REQUESTS)
    notes = (
        "the edge has three rules, one of which looks into the body, and the gateway's token",
        f"rounds: {effort.rounds}, all cases in turns",
        f"p50 and p99: {effort.requests} requests a round, one after the other",
        f"requests per second: {CONNECTIONS} connections for {effort.seconds:g} s a round",
        "the local gateway takes its share of the two cores; at Cloudflare another machine is the gateway",
    )
    return Report(told, (_table(taken), memory), notes)


def _deployed(place: Place, name: str, module: str, bindings: list[dict[str, Any]]) -> str:
    """Upload a Worker; the address at which it answers."""
    server = place.server
    metadata = {"main_module": MODULE_NAME, "compatibility_date": COMPATIBILITY_DATE, "bindings": bindings}
    files = {
        MODULE_NAME: (MODULE_NAME, module, "application/javascript+module"),
        "metadata": (None, json.dumps(metadata), "application/json"),
    }
    with httpx.Client(headers={"Authorization": f"Bearer {server.token}"}, trust_env=False, timeout=60) as client:
        script = f"{server.url}/accounts/{server.account}/workers/scripts/{name}"
        client.put(script, files=files).raise_for_status()
        edges = client.post(f"{server.page}__local/edges").raise_for_status().json()["result"]
    (edge,) = (each for each in edges if each["worker"] == name)
    if not edge["url"]:
        raise RuntimeError(edge["problem"])
    return str(edge["url"])


def _targets(base: str, edge: str) -> Mapping[str, Target]:
    token = {"cf-aig-authorization": f"Bearer {RUN_TOKEN}"}
    targets = {}
    for case, text, status in zip(CASES, ("question {0}", "always the same"), ("MISS", "HIT"), strict=True):
        path, body = "/openai/chat/completions", asking("tiny", text)
        targets[f"{DIRECT}, {case}"] = Target(f"{base}{path}", token, body, {STATUS: status})
        targets[f"{EDGE}, {case}"] = Target(f"{edge}{path}", {}, body, {STATUS: status})
    return targets


def _table(taken: Mapping[str, Measured]) -> Table:
    rows = []
    for case in CASES:
        direct = taken[f"{DIRECT}, {case}"]
        for name in (f"{DIRECT}, {case}", f"{EDGE}, {case}"):
            each = taken[name]
            row = [name, f"{each.rate:,.0f}"]
            for share in (0.5, 0.99):
                added = each.quantile(share) - direct.quantile(share)
                row += [milliseconds(each.quantile(share)), "–" if each is direct else milliseconds(added)]
            rows.append(row)
    columns = ("", "requests/s", "p50", "overhead", "p99", "overhead")
    return Table("Chat completions through the edge", columns, rows)


def _memory(workers: Mapping[str, str], requests: int) -> Table:
    """The resident sizes of the Workers' processes while they answer the same request, from the gateway's cache."""
    done = dict.fromkeys(workers, 0)
    rows = []
    for upto in (SETTLED, requests // 2, requests):
        sizes = []
        for name, address in workers.items():
            each = (upto - done[name]) // CONNECTIONS
            load(_same(address), first=done[name], connections=CONNECTIONS, requests=each, seconds=3600)
            done[name] = upto
            sizes.append(megabytes(_resident(_workerd(address))))
        rows.append((f"{upto:,}", *sizes))
    return Table("Memory of its process", ("after requests", *workers), rows)


def _same(address: str) -> Target:
    body = {"model": "tiny", "messages": [{"role": "user", "content": "always the same"}]}
    token = {"cf-aig-authorization": f"Bearer {RUN_TOKEN}"}
    return Target(f"{address}/openai/chat/completions", token, lambda _: body)


def _workerd(edge: str) -> int:
    """The process that listens where the edge answers, found by the port of its socket."""
    port = f"{int(edge.rsplit(':', 1)[1]):04X}"
    lines = Path("/proc/net/tcp").read_text().splitlines()[1:]
    inodes = {line.split()[9] for line in lines if line.split()[1].endswith(f":{port}") and line.split()[3] == "0A"}
    for command in Path("/proc").glob("[0-9]*/comm"):
        try:
            if command.read_text().strip() == "workerd" and inodes & _sockets(command.parent):
                return int(command.parent.name)
        except OSError:
            continue
    raise RuntimeError(f"no workerd listens at {edge}")


def _sockets(process: Path) -> set[str]:
    links = [str(each.readlink()) for each in (process / "fd").iterdir()]
    return {link.removeprefix("socket:[").removesuffix("]") for link in links if link.startswith("socket:[")}


def _resident(pid: int) -> int:
    lines = (Path("/proc") / str(pid) / "status").read_text().splitlines()
    return next(int(line.split()[1]) * 1024 for line in lines if line.startswith("VmRSS:"))
