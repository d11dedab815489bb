"""How far an export has come, for people: a bar on a terminal, else a line now and then."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from cfaig.cli.console import say, talk
from cfaig.observe.export import Progress

SAY_AGAIN_SECONDS = 10.0


@contextmanager
def shown_progress(name: str) -> Iterator[Callable[[Progress], None]]:
    """What to call with each step."""
    if not talk().is_terminal:
        yield _Lines(name).tell
        return
    from rich.progress import BarColumn, MofNCompleteColumn, TextColumn, TimeRemainingColumn
    from rich.progress import Progress as Bar

    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TextColumn("logs"))
    with Bar(*columns, TimeRemainingColumn(), console=talk(), transient=True) as bar:
        task = bar.add_task(name, total=None)
        yield lambda step: bar.update(task, completed=step.looked_at, total=step.expected)


class _Lines:
    """A line every ten seconds."""

    def __init__(self, name: str) -> None:
        self._name = name
        self._told_at = time.monotonic()

    def tell(self, step: Progress) -> None:
        """Say how far it is, unless that was just said."""
        if time.monotonic() - self._told_at < SAY_AGAIN_SECONDS:
            return
        self._told_at = time.monotonic()
        of = "" if step.expected is None else f" of {step.expected:,}"
        say(f"{self._name}: looked at {step.looked_at:,}{of} logs, wrote {step.rows:,}", "dim")
