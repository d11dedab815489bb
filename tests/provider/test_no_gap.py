"""A route that changes answers all the time, and never with half of one graph and half of another."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Any

import httpx

from cfaig.live.route_versions import deploy_version, read_history
from cfaig.local.options import ACCOUNT
from cfaig.provider.resources.access import Access
from cfaig.provider.resources.route import Route
from cfaig.provider.values import Properties
from tests.local.running import RunningCloudflare
from tests.provider.cloud import A_ROUTE, Cloud
from tests.provider.graphs import chain

TICK = 0.01
NAMES = ("chat", "code", "summary")
CHANGES = 50
EVERY_NTH_GOES_BACK = 5
MODELS = 3


def graph(name: str, number: int) -> list[dict[str, Any]]:
    """A graph that says in each of its models which one it is."""
    return chain(*(f"{name}-{number}" for _ in range(MODELS)))


@dataclass
class Reader:
    """Looks at the deployed version of one route once per tick; `seen` holds the numbers of its graphs."""

    running: RunningCloudflare
    route: str
    seen: list[int] = field(default_factory=list)
    wrong: list[str] = field(default_factory=list)
    by_version: dict[str, int] = field(default_factory=dict)

    def read_until(self, stop: threading.Event) -> None:
        url = f"{self.running.url}/accounts/{ACCOUNT}{A_ROUTE}/{self.route}"
        with httpx.Client(headers={"Authorization": f"Bearer {self.running.token}"}, timeout=10) as client:
            due = time.monotonic()
            while not stop.is_set():
                self.look(client.get(url))
                due = max(due + TICK, time.monotonic())
                stop.wait(due - time.monotonic())

    def look(self, answer: httpx.Response) -> None:
        if answer.status_code != 200:
            self.wrong.append(f"gap: HTTP {answer.status_code}")
            return
        told = answer.json()["result"]
        version, deployment = told["version"], told["deployment"]
        numbers = {element["properties"]["model"] for element in version["data"] if element["type"] == "model"}
        models = sum(element["type"] == "model" for element in version["data"])
        if len(numbers) != 1 or models != MODELS or deployment["version_id"] != version["version_id"]:
            self.wrong.append(f"mixed: {version}, {deployment}")
            return
        number = int(numbers.pop().rpartition("-")[2])
        if self.by_version.setdefault(version["version_id"], number) != number:
            self.wrong.append(f"mixed: version {version['version_id']} answers as {number}")
        self.seen.append(number)


@contextmanager
def reading(running: RunningCloudflare, *routes: str) -> Iterator[list[Reader]]:
    """One reader per route while the block runs."""
    stop = threading.Event()
    readers = [Reader(running, route) for route in routes]
    threads = [threading.Thread(target=reader.read_until, args=(stop,)) for reader in readers]
    for thread in threads:
        thread.start()
    try:
        yield readers
    finally:
        stop.set()
        for thread in threads:
            thread.join(10)
    assert not any(thread.is_alive() for thread in threads)


@dataclass
class Changing:
    """A route as its resource and the rollback change it; `deployed` are its graphs in order."""

    resource: Route
    running: RunningCloudflare
    name: str
    identity: str
    inputs: Properties
    outputs: Properties
    deployed: list[int]

    @classmethod
    def make(cls, resource: Route, running: RunningCloudflare, name: str) -> Changing:
        inputs = {"accountId": ACCOUNT, "gatewayId": "support", "name": name, "elements": graph(name, 0)}
        made = resource.create(inputs)
        return cls(resource, running, name, made.id, inputs, made.outputs, [0])

    @property
    def route_id(self) -> str:
        return str(self.outputs["routeId"])

    def change(self, number: int) -> None:
        inputs = self.inputs | {"elements": graph(self.name, number)}
        self.outputs = self.resource.update(self.identity, self.inputs, self.outputs, inputs)
        self.inputs = inputs
        self.deployed.append(number)

    def go_back(self) -> None:
        with self.running.api() as api:
            history = read_history(api, ACCOUNT, "support", self.name)
            deploy_version(api, ACCOUNT, history.route, history.previous())
        self.deployed.append(self.deployed[-2])


def test_a_reader_sees_no_gap_and_no_mixed_version_during_50_changes(cloud: Cloud) -> None:
    cloud.make_gateway()
    access = Access(cloud.environ)
    routes = [Changing.make(Route(access), cloud.running, name) for name in NAMES]
    with reading(cloud.running, *(route.route_id for route in routes)) as readers:
        for number in range(1, CHANGES + 1):
            route = routes[number % len(routes)]
            if number % EVERY_NTH_GOES_BACK == 0 and len(route.deployed) > 1:
                route.go_back()
            else:
                route.change(number)
            time.sleep(TICK)
    access.close()
    assert sum(len(route.deployed) - 1 for route in routes) == CHANGES
    for route, reader in zip(routes, readers, strict=True):
        assert reader.wrong == []
        assert len(reader.seen) >= CHANGES
        assert reader.seen[-1] == route.deployed[-1]
        assert in_order(reader.seen, route.deployed), (reader.seen, route.deployed)


def in_order(seen: list[int], deployed: list[int]) -> bool:
    """Whether what was seen is what was deployed, one after the other; short-lived graphs may have been missed."""
    changes = [seen[0], *(after for before, after in pairwise(seen) if after != before)]
    rest = iter(deployed)
    return all(any(number == candidate for candidate in rest) for number in changes)


def test_the_reader_would_see_a_route_that_is_replaced(cloud: Cloud) -> None:
    """What the official resource does at each change: delete, then create."""
    cloud.make_gateway()
    access = Access(cloud.environ)
    route = Changing.make(Route(access), cloud.running, "chat")
    with reading(cloud.running, route.route_id) as (reader,):
        wait_for(reader.seen)
        cloud.call("DELETE", f"{A_ROUTE}/{route.route_id}")
        wait_for(reader.wrong)
        cloud.call("POST", A_ROUTE, {"name": "chat", "elements": graph("chat", 1)})
    access.close()
    assert reader.wrong[0] == "gap: HTTP 404"


def wait_for(found: list[Any]) -> None:
    patience = time.monotonic() + 10
    while not found:
        assert time.monotonic() < patience
        time.sleep(TICK)
