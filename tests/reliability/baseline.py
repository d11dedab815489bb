"""The story without faults: which calls each phase makes, and what there is before and after it."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from tests.reliability.cells import Call, calls_in, phases_as_json, phases_from_json
from tests.reliability.place import Content, Place, keep, place
from tests.reliability.story import PHASES, Phase

CALLS: Final = "calls.json"
CONTENT: Final = "content.json"


@dataclass(frozen=True, slots=True)
class Baseline:
    """A folder with a snapshot and the content after each phase, and the calls of each."""

    folder: Path

    @property
    def calls(self) -> dict[str, tuple[Call, ...]]:
        """The calls of each phase, in order."""
        return phases_from_json(json.loads((self.folder / CALLS).read_text()))

    def before(self, phase: Phase) -> Path | None:
        """The snapshot that the phase starts from."""
        index = PHASES.index(phase)
        return self.folder / PHASES[index - 1].name if index else None

    def after(self, phase: Phase) -> Content:
        """What there has to be in the end."""
        content: Content = json.loads((self.folder / phase.name / CONTENT).read_text())
        return content


def record(folder: Path, until: Phase = PHASES[-1]) -> Baseline:
    """Run the story once, in a new folder, to the end of a phase."""
    calls = {}
    with place(folder / "place", None) as here:
        for phase in PHASES[: PHASES.index(until) + 1]:
            here.cloudflare.clear_requests()
            _run(here, phase)
            calls[phase.name] = calls_in(here.cloudflare.requests())
            keep(here, folder / phase.name)
            (folder / phase.name / CONTENT).write_text(json.dumps(here.content(), indent=1))
    (folder / CALLS).write_text(json.dumps(phases_as_json(calls), indent=1))
    return Baseline(folder)


def _run(here: Place, phase: Phase) -> None:
    here.enter(phase)
    done = here.run(phase, *phase.command)
    assert done.code == 0, f"{phase.name} without faults: {done.stdout}{done.stderr}"
