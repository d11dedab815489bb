"""The cells of the matrix: each call of each phase, and each thing that can happen to it."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from enum import Enum
from typing import Any, Final

_IDS: Final = re.compile(r"[0-9a-f]{8}-[0-9a-f-]{27}|[0-9a-f]{32}")


class What(Enum):
    """What happens to a call."""

    LIMITED = "429"
    BROKEN = "500"
    LOST = "dropped before"
    UNHEARD = "dropped after"
    BROKEN_FOR_GOOD = "500 for good"
    KILLED_BEFORE = "kill -9, call lost"
    KILLED_AFTER = "kill -9, call carried out"

    @property
    def kills(self) -> bool:
        """Whether the whole tree of processes ends while the call is under way."""
        return self in {What.KILLED_BEFORE, What.KILLED_AFTER}

    @property
    def passes(self) -> bool:
        """Whether it happens once and the run has to get over it by itself."""
        return self in {What.LIMITED, What.BROKEN, What.LOST, What.UNHEARD}


FAULTS: Final[Mapping[What, Mapping[str, Any]]] = {
    What.LIMITED: {"status": 429},
    What.BROKEN: {"status": 500},
    What.LOST: {"drop": "before"},
    What.UNHEARD: {"drop": "after"},
    What.BROKEN_FOR_GOOD: {"status": 500, "times": 10_000},
    What.KILLED_BEFORE: {"drop": "before"},
    What.KILLED_AFTER: {"drop": "after"},
}


@dataclass(frozen=True, slots=True, order=True)
class Call:
    """One call of a phase: the `nth` of this method to the paths that match."""

    method: str
    path: str
    nth: int

    @property
    def writes(self) -> bool:
        """Whether it changes something."""
        return self.method != "GET"

    def told(self) -> str:
        """As people write it."""
        path = self.path.removeprefix("^/client/v4/accounts/[^/]+").removesuffix("$").replace("[^/]+", "*")
        return f"{self.method} {path} #{self.nth}".replace("\\", "")


def calls_in(requests: Iterable[tuple[str, str, int]]) -> tuple[Call, ...]:
    """The calls that a run has made, ids that another run would not have taken out."""
    seen: Counter[tuple[str, str]] = Counter()
    found = []
    for method, path, _ in requests:
        pattern = re.escape(path.partition("?")[0])
        general = (method, f"^/client/v4/accounts/[^/]+{_IDS.sub('[^/]+', pattern.replace(chr(92) + '-', '-'))}$")
        seen[general] += 1
        found.append(Call(*general, seen[general]))
    return tuple(found)


@dataclass(frozen=True, slots=True)
class Cell:
    """One run: a phase, what happens, and to which calls. Several calls are hit once each in the same run."""

    phase: str
    what: What
    calls: tuple[Call, ...]

    @property
    def name(self) -> str:
        """The same in every run of the same matrix."""
        whom = self.calls[0].told() if len(self.calls) == 1 else f"each of {len(self.calls)} calls"
        return f"{self.phase}: {self.what.value}: {whom}"

    def faults(self) -> Iterator[dict[str, Any]]:
        """The faults to order: after each comes the repeated call, which has to pass."""
        each = Counter((call.method, call.path) for call in self.calls)
        for (method, path), count in each.items():
            first = self.calls[0].nth if len(self.calls) == 1 else 1
            for number in range(count):
                yield {"method": method, "path": path, "nth": first + 2 * number, **FAULTS[self.what]}


def matrix(phases: Mapping[str, Sequence[Call]]) -> tuple[Cell, ...]:
    """All cells.

    429 is never carried out, and a GET changes nothing: such calls are hit in one run together. Every write, and every
    kill, gets a run of its own.
    """
    return tuple(cell for phase, calls in phases.items() for cell in _cells(phase, tuple(calls)))


def _cells(phase: str, calls: tuple[Call, ...]) -> Iterator[Cell]:
    reads, writes = [tuple(call for call in calls if call.writes is kind) for kind in (False, True)]
    yield Cell(phase, What.LIMITED, calls)
    for what in (What.BROKEN, What.LOST, What.UNHEARD):
        yield Cell(phase, what, reads)
        yield from (Cell(phase, what, (call,)) for call in writes)
    yield from (Cell(phase, What.BROKEN_FOR_GOOD, (call,)) for call in writes)
    yield from (Cell(phase, What.KILLED_BEFORE, (call,)) for call in calls)
    yield from (Cell(phase, What.KILLED_AFTER, (call,)) for call in writes)


def phases_as_json(phases: Mapping[str, Sequence[Call]]) -> dict[str, list[dict[str, Any]]]:
    """For a file."""
    return {phase: [asdict(call) for call in calls] for phase, calls in phases.items()}


def phases_from_json(document: Mapping[str, Sequence[Mapping[str, Any]]]) -> dict[str, tuple[Call, ...]]:
    """What `phases_as_json` has made."""
    return {phase: tuple(Call(**call) for call in calls) for phase, calls in document.items()}
