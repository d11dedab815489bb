"""What became of one request, in the terms that scenarios expect things in."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, Final, TypeAlias

from cfaig.definition.catalog import CUSTOM_PREFIX
from cfaig.runtime.model import Event, EventKind, LogEntry
from cfaig.scenarios.ways import Output, plain_provider

NONE: Final = "none"
ROUTE_PREFIX: Final = "dynamic/"
_SSE: Final = "text/event-stream"
_UNKNOWN: Final = "unknown"

Fact: TypeAlias = str | int


@dataclass(frozen=True, slots=True)
class AtEdge:
    """What an edge did: which `rules` it followed, for how many seconds it `queued`, and what it `sent` at last.

    `sent` are the headers that the gateway got, None when nothing was sent there.
    """

    rules: tuple[str, ...] = ()
    queued: float = 0.0
    sent: Mapping[str, str] | None = None


@dataclass(frozen=True)
class Outcome:
    """One answer and how it came about.

    `started` and `elapsed` are seconds of virtual time, the first from the beginning of the scenario, `began` in Unix
    seconds; `broken` says why a stream ended too early. `ways` has the words for the outputs of the route that was
    taken, if it was one. `edge` is there if it went through one.
    """

    number: int
    status: int
    headers: Mapping[str, str]
    body: bytes
    route: str | None
    events: tuple[Event, ...]
    log: LogEntry | None
    began: float
    started: float
    elapsed: float
    broken: str | None = None
    ways: Mapping[Output, str] = field(default_factory=dict)
    edge: AtEdge | None = None

    @cached_property
    def document(self) -> Any:
        """The body as JSON; None when it is none."""
        try:
            return json.loads(self.body)
        except ValueError:
            return None

    @property
    def error(self) -> Fact:
        """The code of the gateway's own error (facts/ai-gateway.md 6.8)."""
        found = self.document.get("error") if isinstance(self.document, dict) and self.status >= 400 else None
        first = found[0] if isinstance(found, list) and found else None
        code = first.get("code") if isinstance(first, dict) else None
        return code if isinstance(code, int) else NONE

    @property
    def _answering(self) -> tuple[str, str]:
        """Provider and model behind the answer; empty texts where nobody is."""
        if self.error != NONE or (self.route is not None and self.status >= 400):
            return "", ""
        log = (self.log.provider, self.log.model) if self.log and self.log.provider != _UNKNOWN else ("", "")
        last = self.attempted[-1] if self.attempted else "/"
        slug, _, model = last.partition("/")
        return (
            self.headers.get("cf-aig-provider") or log[0] or slug,
            self.headers.get("cf-aig-model") or log[1] or model,
        )

    @property
    def provider(self) -> Fact:
        """Who answered, as definitions call it."""
        return plain_provider(self._answering[0]) or NONE

    @property
    def model(self) -> Fact:
        """The model that answered."""
        return self._answering[1] or NONE

    @property
    def step(self) -> Fact:
        """What the header `cf-aig-step` tells."""
        told = self.headers.get("cf-aig-step")
        return int(told) if told is not None and told.isdecimal() else NONE

    @property
    def cache(self) -> Fact:
        """HIT or MISS."""
        return self.headers.get("cf-aig-cache-status", NONE)

    @property
    def limit(self) -> Fact:
        """Which limit refused it, by the name that scenarios have for it."""
        refusing = [limit_name(one) for one in self.events if refused_by(one)]
        return refusing[-1] if refusing and self.error != NONE else NONE

    @property
    def attempted(self) -> list[str]:
        """Each request to a provider, as wire slug and model."""
        return [event.name for event in self.events if event.kind is EventKind.ATTEMPT]

    @property
    def tried(self) -> list[str]:
        """The models that were asked, in order."""
        return list(dict.fromkeys(plain_provider(name) for name in self.attempted))

    @property
    def outputs(self) -> list[Output]:
        """The outputs of the route's elements that were taken."""
        return [(event.name, event.outcome) for event in self.events if event.kind is EventKind.ELEMENT]

    @property
    def path(self) -> list[str]:
        """The way through the route, in words."""
        return [self.ways[output] for output in self.outputs if output in self.ways]

    @property
    def attempts(self) -> int:
        """How many requests went to providers."""
        return len(self.attempted)

    @property
    def cost(self) -> float:
        """US dollars, as the log has them; nothing where there is no log."""
        return self.log.cost if self.log else 0.0

    @property
    def waited(self) -> float:
        """Seconds between attempts."""
        return sum(wait_seconds(event) for event in self.events if event.kind is EventKind.WAIT)

    @cached_property
    def text(self) -> str:
        """The body; of a stream of events also what its pieces say together."""
        plain = self.body.decode("utf-8", "replace")
        if _SSE not in self.headers.get("content-type", ""):
            return plain
        return f"{''.join(_pieces(plain))}\n{plain}"


def refused_by(event: Event) -> bool:
    """Whether a limit was used up."""
    if event.kind is EventKind.ELEMENT:
        return event.detail.get("type") == "rate" and event.outcome == "fallback"
    return event.kind is EventKind.LIMIT and event.outcome == "blocked"


def limit_name(event: Event) -> str:
    """`rate_limit` for the gateway's own, a spend rule by its name, `key:<provider>/<alias>`, an element by its id."""
    return "rate_limit" if event.name == "gateway" else plain_key(event.name.removeprefix("spend:"))


def plain_key(name: str) -> str:
    """The name of a provider key's limit, with the provider as definitions call it."""
    return name.replace(f"key:{CUSTOM_PREFIX}", "key:")


def wait_seconds(event: Event) -> float:
    """How long a wait took."""
    told = event.detail.get("seconds", 0)
    return float(told) if isinstance(told, int | float) else 0.0


def _pieces(stream: str) -> list[str]:
    """The texts in the events of a stream, in the formats of OpenAI, Anthropic, Google and Workers AI."""
    found: list[str] = []
    for line in stream.splitlines():
        if line.startswith("data:"):
            try:
                found += _texts(json.loads(line.removeprefix("data:")))
            except ValueError:
                continue
    return found


def _texts(part: Any) -> list[str]:
    if isinstance(part, list):
        return [text for item in part for text in _texts(item)]
    if not isinstance(part, dict):
        return []
    own = [part[name] for name in ("content", "text", "response") if isinstance(part.get(name), str)]
    return own + [text for value in part.values() for text in _texts(value)]
