"""What Workers and host names of Workers an account has: their names only."""

from __future__ import annotations

from dataclasses import dataclass

from cfaig.live.api import CloudflareApi


@dataclass(frozen=True, slots=True)
class WorkerNames:
    """The Workers of an account, and the host names that lead to any of them."""

    workers: frozenset[str]
    hostnames: frozenset[str]


def read_worker_names(api: CloudflareApi, account: str) -> WorkerNames:
    """All of them, in two calls; raises ApiError when they cannot be read."""
    path = f"/accounts/{account}/workers"
    workers, domains = (api.result("GET", f"{path}/{what}") or () for what in ("scripts", "domains"))
    return WorkerNames(
        frozenset(str(worker["id"]) for worker in workers), frozenset(str(domain["hostname"]) for domain in domains)
    )
