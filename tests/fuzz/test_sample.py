"""A sample of the fuzzing: a few inputs for each target, the same at each run."""

from __future__ import annotations

import pytest

from tests.fuzz.model import Target
from tests.fuzz.run import fuzz
from tests.fuzz.targets import TARGETS

# Those that are slow: a damaged state is read four times, in case the engine is writing it just now.
EXAMPLES = {"state": 5, "account": 10, "local-api": 15, "saved-plan": 15}


@pytest.mark.parametrize("name", TARGETS)
def test_nothing_is_found(name: str) -> None:
    outcome = fuzz(TARGETS[name], examples=EXAMPLES.get(name, 40), start=20261122)
    told = [f"{finding.kind}\n{finding.shown}\n{finding.trace}" for finding in outcome.findings.values()]
    assert not told, "\n".join(told)


def test_a_reader_that_breaks_is_found() -> None:
    """Once for each place, by its shortest input."""

    def reader(text: str) -> None:
        if ":" in text:
            raise KeyError(text)

    outcome = fuzz(Target(TARGETS["definitions"].inputs, reader), examples=100, start=1)
    (finding,) = outcome.findings.values()
    assert finding.kind.startswith("KeyError at")
    assert outcome.tried >= 100
