"""Draws inputs for a target until the time is over, and collects what did not hold."""

from __future__ import annotations

import random
import resource
import signal
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from hypothesis import HealthCheck, Phase, given, seed, settings

from tests.fuzz.model import Finding, Target

ROUND = 200
# An input that takes more is a finding: whoever wrote it can stop a machine with it.
MOST_BYTES = 3 << 30
MOST_SECONDS = 20


class TooSlowError(BaseException):
    """An input that took longer than any may; not an `Exception`, so that no reader takes it for its own."""


@contextmanager
def limited() -> Iterator[None]:
    """Hold this process to the memory and the time for one input; for the main thread of a process of its own."""

    def too_slow(number: int, frame: object) -> None:  # noqa: ARG001 (the signature of signal handlers)
        raise TooSlowError(f"more than {MOST_SECONDS} s")

    before = resource.getrlimit(resource.RLIMIT_AS)
    resource.setrlimit(resource.RLIMIT_AS, (MOST_BYTES, before[1]))
    handler = signal.signal(signal.SIGALRM, too_slow)
    try:
        yield
    finally:
        signal.alarm(0)
        signal.signal(signal.SIGALRM, handler)
        resource.setrlimit(resource.RLIMIT_AS, before)


@dataclass
class Outcome:
    """How many inputs were tried, in how many seconds, and what they found: the shortest input for each kind."""

    tried: int = 0
    seconds: float = 0.0
    findings: dict[str, Finding] = field(default_factory=dict)

    def note(self, finding: Finding) -> None:
        known = self.findings.get(finding.kind)
        if known is None or len(finding.shown) < len(known.shown):
            self.findings[finding.kind] = finding


def fuzz(target: Target, *, seconds: float = 0.0, examples: int = ROUND, start: int | None = None) -> Outcome:
    """Try at least `examples` inputs, and go on for `seconds`; the same `start` draws the same."""
    outcome, began = Outcome(), time.monotonic()
    draws = random.Random(start)  # noqa: S311 (no secret)
    while outcome.tried < examples or time.monotonic() - began < seconds:
        _round(target, outcome, min(ROUND, examples), draws.getrandbits(64))
    outcome.seconds = time.monotonic() - began
    return outcome


def _round(target: Target, outcome: Outcome, examples: int, number: int) -> None:
    @seed(number)
    @settings(
        max_examples=examples,
        deadline=None,
        database=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(target.inputs)
    def one_round(value: object) -> None:
        outcome.tried += 1
        if signal.getsignal(signal.SIGALRM) not in (signal.SIG_DFL, signal.SIG_IGN):
            signal.alarm(MOST_SECONDS)
        try:
            target.check(value)
        except (KeyboardInterrupt, SystemExit):
            raise
        except BaseException as error:  # noqa: BLE001 (a recursion error or a panic is what is looked for)
            outcome.note(Finding.of(value, error))

    one_round()
