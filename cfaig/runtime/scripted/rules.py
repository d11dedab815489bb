"""One thing that scripted providers are told to do."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Final

from cfaig.json_types import Json


class Finish(StrEnum):
    """Why an answer ended, in OpenAI's words; each format says it in its own."""

    STOP = "stop"
    LENGTH = "length"
    TOOL_CALLS = "tool_calls"
    CONTENT_FILTER = "content_filter"


class Malformed(StrEnum):
    """How an answer is no answer, although its status says so."""

    JSON = "json"  # breaks off in the middle of the JSON
    CONTENT_TYPE = "content_type"  # an HTML page
    EMPTY = "empty"  # nothing at all


@dataclass(frozen=True, slots=True)
class ToolCall:
    """A tool that the model wants to be called; `arguments` is a JSON object."""

    name: str
    arguments: Mapping[str, Json] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Tokens:
    """What the provider says that the call took. None: estimated, a token for every four characters begun.

    `tokens_in` counts cached tokens too.
    """

    tokens_in: int | None = None
    tokens_out: int | None = None
    cache_read: int = 0
    cache_write: int = 0
    reasoning: int = 0


# Any call, and no limit: what a rule without conditions means.
ANY: Final = "*"


@dataclass(frozen=True, slots=True)
class Rule:
    """Which calls, and what happens to them. Times are seconds.

    `provider` (the wire slug), `model` and `path` (of the URL) are patterns with `*` and `?`. The rule passes over the
    first `after` calls that it fits, then takes each `every`-th, `times` of them at most; the others go on to the next
    rule.

    `delay` comes before the first byte, `chunk_delay` before each further part of a stream. `cut_after` ends the
    connection after so many parts, `stall_after` sends no more after so many. `hang` never answers, `refuse` is no
    connection. A `status` of 400 or more is a failure in the provider's format, with `message`; `retry_after` is its
    header. `body` and `headers` replace what would be sent.
    """

    provider: str = ANY
    model: str = ANY
    path: str = ANY
    after: int = 0
    every: int = 1
    times: int | None = None

    delay: float = 0.0
    chunk_delay: float = 0.0
    hang: bool = False
    refuse: bool = False
    cut_after: int | None = None
    stall_after: int | None = None
    malformed: Malformed | None = None
    status: int = 200
    message: str | None = None
    retry_after: float | None = None

    text: str | None = None
    tool: ToolCall | None = None
    finish: Finish | None = None
    tokens: Tokens = Tokens()
    headers: Mapping[str, str] = field(default_factory=dict)
    body: Json = None
