"""The runtime of the local Cloudflare under load, beside LiteLLM's proxy and the same provider asked directly."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from itertools import count
from statistics import median
from typing import Any, Final

import httpx

from bench import litellm_proxy
from bench.http_load import Load, Target, load
from bench.place import Place, cfaig_place, temporary_folder
from bench.report import ROOT, Report, Table, machine
from cfaig.local.listen import bind
from cfaig.local.options import RUN_TOKEN
from cfaig.local.process import choose_upstreams

CONNECTIONS: Final = 16
DIRECT: Final = "the provider, directly"
CFAIG: Final = "cfaig"
LITELLM: Final = "LiteLLM"
CASES: Final = ("cache miss", "cache hit", "fallback, third answers")


@dataclass(frozen=True, slots=True)
class Effort:
    """How much is asked: rounds, requests one after the other, seconds with many at once."""

    rounds: int
    requests: int
    seconds: float


FULL: Final = Effort(5, 1000, 5.0)
QUICK: Final = Effort(1, 200, 2.0)


@dataclass(frozen=True, slots=True)
class Measured:
    """One case, round by round: one request at a time, and many at once."""

    alone: list[Load]
    together: list[Load]

    def quantile(self, share: float) -> float:
        """The median of the rounds, in seconds."""
        return median(each.quantile(share) for each in self.alone)

    @property
    def rate(self) -> float:
        """Requests per second, the median of the rounds."""
        return median(each.rate for each in self.together)


def measure(*, quick: bool) -> Report:
    """Run it."""
    told, effort = machine(), QUICK if quick else FULL
    command = litellm_proxy.install()
    with ExitStack() as stack:
        answering = stack.enter_context(provider())
        targets = {DIRECT: Target(f"{answering}/v1/chat/completions", {}, asking("tiny"))}
        targets |= _cfaig_targets(stack.enter_context(cfaig_place()), answering)
        if command is not None:
            folder = stack.enter_context(temporary_folder())
            targets |= _litellm_targets(stack.enter_context(litellm_proxy.running_litellm(command, answering, folder)))
        taken = measured(targets, effort)
    peer = (
        f"LiteLLM {litellm_proxy.version(command)}" if command else "LiteLLM's proxy could not be installed: left out"
    )
    notes = (
        f"{peer}; one process each, caches in memory; cfaig writes a log of every request, LiteLLM has no database",
        f"rounds: {effort.rounds}, all cases in turns",
        f"p50 and p99: {effort.requests} requests a round, one after the other",
        f"requests per second: {CONNECTIONS} connections for {effort.seconds:g} s a round",
        "the load comes from this machine, too, and takes its share of the cores",
    )
    return Report(told, (_table(taken),), notes)


@contextmanager
def provider() -> Iterator[str]:
    """The address of a provider that answers at once."""
    with bind(0) as free:
        port = int(free.getsockname()[1])
    command = [sys.executable, "-m", "bench.tiny_provider", str(port)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, cwd=ROOT) as process:
        try:
            if process.stdout is None or not process.stdout.readline():
                raise RuntimeError("the provider did not start")
            yield f"http://127.0.0.1:{port}"
        finally:
            process.terminate()


def asking(model: str, text: str = "question {0}") -> Any:
    """The bodies of a chat's requests by their numbers."""
    return lambda number: {"model": model, "messages": [{"role": "user", "content": text.format(number)}]}


def made_gateway(place: Place, provider: str) -> str:
    """The address of a gateway that caches and holds the provider's key, and has a route `three`, two models down."""
    server = place.server
    choose_upstreams(server, {"openai": provider})
    account = f"{server.url}/accounts/{server.account}"
    gateways = f"{account}/ai-gateway/gateways"
    settings = {"cache_ttl": 3600, "cache_invalidate_on_update": False, "collect_logs": True}
    settings |= {"rate_limiting_interval": 0, "rate_limiting_limit": 0, "authentication": True}
    elements = [_element("start", "start", {"next": "a"})]
    for name, after, model in (("a", "b", "down-a"), ("b", "c", "down-b"), ("c", "end", "tiny")):
        properties = {"provider": "openai", "model": model, "timeout": 30_000, "retries": 0}
        elements.append(_element(name, "model", {"success": "end", "fallback": after}) | {"properties": properties})
    elements.append(_element("end", "end", {}))
    with httpx.Client(headers={"Authorization": f"Bearer {server.token}"}, trust_env=False) as client:
        store = client.post(f"{account}/secrets_store/stores", json={"name": "bench"}).raise_for_status()
        settings["store_id"] = store.json()["result"]["id"]
        client.post(gateways, json=settings | {"id": "bench"}).raise_for_status()
        key = {"provider_slug": "openai", "alias": "default", "default_config": True, "secret": "sk-bench"}
        client.post(f"{gateways}/bench/provider_configs", json=key).raise_for_status()
        route = {"name": "three", "elements": elements}
        client.post(f"{gateways}/bench/routes", json=route).raise_for_status()
    return f"{server.gateways}bench"


def _cfaig_targets(place: Place, provider: str) -> Mapping[str, Target]:
    base = made_gateway(place, provider)
    headers = {"cf-aig-authorization": f"Bearer {RUN_TOKEN}"}
    native = (f"{base}/openai/chat/completions", headers)
    status = "cf-aig-cache-status"
    return {
        f"{CFAIG}, {CASES[0]}": Target(*native, asking("tiny"), {status: "MISS"}),
        f"{CFAIG}, {CASES[1]}": Target(*native, asking("tiny", "always the same"), {status: "HIT"}),
        f"{CFAIG}, {CASES[2]}": Target(
            f"{base}/compat/chat/completions", headers, asking("dynamic/three"), {status: "MISS", "cf-aig-step": "2"}
        ),
    }


def _element(identity: str, kind: str, outputs: Mapping[str, str]) -> dict[str, Any]:
    return {"id": identity, "type": kind, "outputs": {name: {"elementId": to} for name, to in outputs.items()}}


def _litellm_targets(address: str) -> Mapping[str, Target]:
    url, headers = f"{address}/v1/chat/completions", {"authorization": f"Bearer {litellm_proxy.KEY}"}
    return {
        f"{LITELLM}, {CASES[0]}": Target(url, headers, asking("tiny")),
        f"{LITELLM}, {CASES[1]}": Target(url, headers, asking("tiny", "always the same")),
        f"{LITELLM}, {CASES[2]}": Target(url, headers, asking("a")),
    }


def measured(targets: Mapping[str, Target], effort: Effort) -> dict[str, Measured]:
    """All targets, in turns."""
    taken = {name: Measured([], []) for name in targets}
    # No two requests of a run are the same unless they are meant to be.
    numbers = count(0, 10_000_000)
    for target in targets.values():
        warm = Target(target.url, target.headers, target.body)
        load(warm, first=next(numbers), connections=1, requests=20, seconds=60)
    for _ in range(effort.rounds):
        for name, target in targets.items():
            alone = load(target, first=next(numbers), connections=1, requests=effort.requests, seconds=60)
            taken[name].alone.append(alone)
            many = load(
                target, first=next(numbers), connections=CONNECTIONS, requests=1_000_000, seconds=effort.seconds
            )
            taken[name].together.append(many)
    return taken


def _table(measured: Mapping[str, Measured]) -> Table:
    direct = measured[DIRECT]
    rows = []
    for name, each in measured.items():
        row = [name, f"{each.rate:,.0f}"]
        for share in (0.5, 0.99):
            taken = each.quantile(share)
            row += [milliseconds(taken), "–" if each is direct else milliseconds(taken - direct.quantile(share))]
        rows.append(row)
    columns = ("", "requests/s", "p50", "overhead", "p99", "overhead")
    return Table("Chat completions through a gateway", columns, rows)


def milliseconds(seconds: float) -> str:
    """Seconds as people read short ones."""
    return f"{seconds * 1000:.2f} ms"
