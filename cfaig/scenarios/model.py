"""What a scenario file says: typed, frozen, durations in seconds."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal, TypeAlias

from cfaig.definition.diagnostics import KeyPath, Position, Source
from cfaig.json_types import Json, JsonObject

Token: TypeAlias = Literal["valid", "wrong", "none"]
Via: TypeAlias = Literal["gateway", "edge"]


@dataclass(frozen=True, slots=True)
class Request:
    """What a client sends: to a `route`, to a `model` of a `provider`, or to a `path`.

    `provider` is as definitions call it. `headers` has those made of named options too, in lower case; None leaves one
    out that would be sent. `{n}` in any
    text is the number of the request, from 1; `every` are seconds from the beginning of one to the next. `client` is
    whose token an edge gets.
    """

    route: str | None = None
    provider: str | None = None
    model: str | None = None
    path: str | None = None
    method: str = "POST"
    messages: str | tuple[JsonObject, ...] = "Hello"
    body: Json = None
    stream: bool = False
    token: Token = "valid"  # noqa: S105 (which kind, not which)
    client: str | None = None
    headers: Mapping[str, str | None] = field(default_factory=dict)
    times: int = 1
    every: float = 0.0

    @property
    def target(self) -> str:
        """What it calls."""
        if self.route is not None:
            return f"dynamic/{self.route}"
        if self.provider is not None:
            return f"{self.provider}/{self.model}"
        return self.path or "the universal endpoint"


@dataclass(frozen=True, slots=True)
class Step:
    """One request and what is expected.

    `at` are seconds from the beginning of the scenario, `after` from the end of the step before. `upstreams` are rules
    of how providers behave from here on, in place of the scenario's; None if nothing changes. `path` is where the step
    is in its file.
    """

    request: Request
    path: KeyPath = ()
    expect: JsonObject = field(default_factory=dict)
    name: str | None = None
    at: float | None = None
    after: float = 0.0
    upstreams: tuple[JsonObject, ...] | None = None


@dataclass(frozen=True, slots=True)
class Scenario:
    """One story. `only` holds the environments that it makes sense in; empty for all. `via` is what it calls."""

    name: str
    steps: tuple[Step, ...]
    path: KeyPath = ()
    only: tuple[str, ...] = ()
    seed: int = 0
    upstreams: tuple[JsonObject, ...] = ()
    via: Via = "gateway"

    @property
    def edge(self) -> bool:
        """Whether it goes through the edge."""
        return self.via == "edge"


@dataclass(frozen=True, slots=True)
class Suite:
    """One file: scenarios of one gateway, in one environment (the default one where `environment` is None).

    `prices` are those that are not the public list's, by `provider/model`, in US dollars per million tokens.
    """

    file: Path
    gateway: str
    scenarios: tuple[Scenario, ...]
    source: Source
    environment: str | None = None
    upstreams: tuple[JsonObject, ...] = ()
    prices: JsonObject = field(default_factory=dict)

    @property
    def environments(self) -> tuple[tuple[KeyPath, str], ...]:
        """The environments that it names, and where."""
        own = ((("environment",), self.environment),) if self.environment is not None else ()
        only = (
            ((*scenario.path, "only", index), name)
            for scenario in self.scenarios
            for index, name in enumerate(scenario.only)
        )
        return (*own, *only)

    def position(self, path: KeyPath) -> Position:
        """Where something was written."""
        return self.source.position(path)
