"""What a person asks of logs, in words, read into a filter."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from cfaig.errors import CfaigError
from cfaig.observe.log import ROUTE_PREFIX
from cfaig.observe.log_filter import LogFilter
from cfaig.observe.ranges import Range, read_amount, read_milliseconds, read_range, read_status
from cfaig.observe.window import read_moment


@dataclass(frozen=True, slots=True)
class Asked:
    """The options as they were written; `describe` says them again."""

    models: tuple[str, ...] = ()
    providers: tuple[str, ...] = ()
    statuses: tuple[str, ...] = ()
    since: str | None = None
    until: str | None = None
    cost: str | None = None
    duration: str | None = None
    tokens: str | None = None
    cached: bool | None = None
    success: bool | None = None
    metadata: tuple[str, ...] = ()
    routes: tuple[str, ...] = ()
    search: str | None = None

    def wanted(self, gateway: str, now: datetime) -> LogFilter:
        """The filter; times are counted back from `now`. Raises CfaigError for what cannot be understood."""
        since = read_moment(self.since, now, "--since") if self.since else None
        until = read_moment(self.until, now, "--until") if self.until else None
        if since and until and since >= until:
            raise CfaigError(
                f"--since {self.since} is not before --until {self.until}", "give the earlier one as --since"
            )
        return LogFilter(
            models=self.models,
            providers=self.providers,
            statuses=tuple(map(read_status, self.statuses)),
            since=since,
            until=until,
            cost=_amounts(self.cost, "--cost", "'>0.01', '<=0.5' or 0.01..0.05 (US dollars)"),
            duration=_durations(self.duration),
            tokens=_amounts(self.tokens, "--tokens", "'>1000' or 100..500"),
            cached=self.cached,
            success=self.success,
            metadata=tuple(map(_entry, self.metadata)),
            routes=tuple(_route(route, gateway) for route in self.routes),
            search=self.search,
        )

    def describe(self) -> dict[str, object]:
        """The options that were given, by their names."""
        told = {
            "model": list(self.models),
            "provider": list(self.providers),
            "status": list(self.statuses),
            "since": self.since,
            "until": self.until,
            "cost": self.cost,
            "duration": self.duration,
            "tokens": self.tokens,
            "cached": self.cached,
            "success": self.success,
            "metadata": list(self.metadata),
            "route": list(self.routes),
            "search": self.search,
        }
        return {name: value for name, value in told.items() if value not in (None, [])}

    def in_words(self) -> str:
        """The options in one line: `--model gpt-4o --since 2h`."""
        return " ".join(_words(name, value) for name, value in self.describe().items())


def _words(name: str, value: object) -> str:
    if isinstance(value, bool):
        return {("cached", True): "--cached", ("cached", False): "--uncached", ("success", True): "--ok"}.get(
            (name, value), "--failed"
        )
    values = value if isinstance(value, list) else [value]
    return " ".join(f"--{name} {each}" for each in values)


def _amounts(text: str | None, option: str, example: str) -> Range | None:
    return None if text is None else read_range(text, read_amount, option, example)


def _durations(text: str | None) -> Range | None:
    return None if text is None else read_range(text, read_milliseconds, "--duration", "'>5s', '<200ms' or 1s..2s")


def _entry(text: str) -> tuple[str, str | None]:
    key, equals, value = text.partition("=")
    if not key:
        raise CfaigError(f"--metadata: “{text}” names no key", "write key=value, or key alone for any value")
    return key, value if equals else None


def _route(text: str, gateway: str) -> str:
    """The name of a route: `chat`, `dynamic/chat` or `support/chat`."""
    name = text.removeprefix(ROUTE_PREFIX).removeprefix(f"{gateway}/")
    if "/" in name:
        raise CfaigError(f"--route: {text} is no route of {gateway}", "write its name alone, as in --route chat")
    return name
