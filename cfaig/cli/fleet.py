"""One command for many environments, some at a time, and how each of them ended."""

from __future__ import annotations

import signal
import time
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor, wait
from contextlib import AbstractContextManager, contextmanager, nullcontext
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final, Protocol

from cfaig.cli.console import harmless, say, talk
from cfaig.errors import EXIT_CHANGES, EXIT_ERROR, EXIT_INTERRUPTED, EXIT_OK, EXIT_POLICY, EXIT_UNSAFE

if TYPE_CHECKING:
    from rich.table import Table

Tell = Callable[[str], None]

# From the best to the worst: one failure counts more than any number of refusals.
SEVERITY: Final = (EXIT_OK, EXIT_CHANGES, EXIT_UNSAFE, EXIT_POLICY, EXIT_ERROR, EXIT_INTERRUPTED)
WELL: Final = frozenset({EXIT_OK, EXIT_CHANGES})
WORDS: Final[Mapping[int | None, str]] = {
    EXIT_OK: "no changes",
    EXIT_CHANGES: "changes",
    EXIT_UNSAFE: "refused by a safety limit",
    EXIT_POLICY: "refused by a policy",
    EXIT_ERROR: "failed",
    EXIT_INTERRUPTED: "stopped",
    None: "not started",
}
DONE: Final = "done"


@dataclass(frozen=True, slots=True)
class Run:
    """How the command went in one environment; `code` is None where it was not started, `talk` is what it said."""

    environment: str
    code: int | None = None
    seconds: float = 0.0
    output: str = ""
    talk: tuple[str, ...] = ()

    @property
    def well(self) -> bool:
        """Whether nothing failed and nothing was refused."""
        return self.code in WELL


def worst(runs: Sequence[Run]) -> int:
    """The exit code for all of them; what was not started was left out because of something worse."""
    codes = [EXIT_ERROR if run.code not in SEVERITY else run.code for run in runs if run.code is not None]
    return max(codes, key=SEVERITY.index, default=EXIT_OK)


def summary(runs: Sequence[Run], done: Collection[Run] = ()) -> str:
    """A table: environment, how it ended, seconds; `done` are those that have carried something out."""
    rows = [("environment", "result", "seconds")]
    for run in runs:
        taken = "" if run.code is None else f"{run.seconds:.0f}"
        result = DONE if run in done and run.code == EXIT_OK else WORDS.get(run.code, WORDS[EXIT_ERROR])
        rows.append((run.environment, result, taken))
    widths = [max(len(row[column]) for row in rows) for column in range(2)]
    return "\n".join(f"{name:{widths[0]}}  {result:{widths[1]}}  {taken:>7}".rstrip() for name, result, taken in rows)


class Worker(Protocol):
    """What is done for each environment, in a thread of its own."""

    # Whether what runs when a person stops it is left alone; else it is waited for.
    leaves: bool

    def work(self, environment: str, tell: Tell) -> tuple[int | None, str]:
        """The exit code, None when it was stopped before it began, and the output; what it says goes to `tell`."""

    def stop(self) -> None:
        """Start nothing more, and end what runs in order."""


def run_all(environments: Sequence[str], worker: Worker, jobs: int, well: str = WORDS[EXIT_OK]) -> tuple[Run, ...]:
    """Have the work done in every environment, `jobs` at a time; progress goes to the terminal.

    `well` is the word for those where all is well. Ctrl-C and SIGTERM end what runs, and start nothing more; the runs
    tell.
    """
    crew = _Crew(worker, _Watch(environments, well))
    pool = ThreadPoolExecutor(jobs, thread_name_prefix="cfaig-fleet")
    with crew.watch.shown(), crew.signals():
        futures = {name: pool.submit(crew.work, name) for name in environments}
        # Waiting without end would keep a signal from being seen on some systems.
        while not crew.left and wait(futures.values(), timeout=0.5).not_done:
            continue
    runs = tuple(future.result() if future.done() else crew.unfinished(name) for name, future in futures.items())
    pool.shutdown(wait=False, cancel_futures=True)
    crew.watch.tell_failures(runs)
    return runs


@dataclass(slots=True)
class _Crew:
    """What runs just now."""

    worker: Worker
    watch: _Watch
    started: dict[str, float] = field(default_factory=dict)
    stopping: bool = False

    @property
    def left(self) -> bool:
        """Whether what still runs is left alone."""
        return self.stopping and self.worker.leaves

    def work(self, name: str) -> Run:
        """Do one environment to its end."""
        lines: list[str] = []

        def tell(line: str) -> None:
            lines.append(line)
            if not self.left:
                self.watch.line(name, line)

        self.started[name] = time.monotonic()
        code, output = self.worker.work(name, tell)
        if code is None:
            return Run(name)
        run = Run(name, code, time.monotonic() - self.started[name], output, tuple(lines))
        if not self.left:
            self.watch.ended(run)
        return run

    def unfinished(self, name: str) -> Run:
        """How an environment is left that has not ended."""
        if name not in self.started:
            return Run(name)
        return Run(name, EXIT_INTERRUPTED, time.monotonic() - self.started[name])

    def stop(self, *_: object) -> None:
        """End what runs; a second time, too: it knows what to do with that."""
        self.stopping = True
        self.worker.stop()

    @contextmanager
    def signals(self) -> Iterator[None]:
        """While inside, signals stop the work instead of ending this process alone."""
        before = {number: signal.signal(number, self.stop) for number in (signal.SIGINT, signal.SIGTERM)}
        try:
            yield
        finally:
            for number, handler in before.items():
                signal.signal(number, handler)


class _Watch:
    """Progress for people: a line for each environment on a terminal, every line with its environment elsewhere."""

    def __init__(self, environments: Sequence[str], well: str) -> None:
        self.latest = dict.fromkeys(environments, "waits")
        self.words = {**WORDS, EXIT_OK: well}
        self.live = talk().is_terminal

    @contextmanager
    def shown(self) -> Iterator[None]:
        """Show it while inside."""
        with self._display() if self.live else nullcontext():
            yield

    def line(self, environment: str, text: str) -> None:
        """Something was said about an environment."""
        if self.live:
            self.latest[environment] = harmless(text).strip() or self.latest[environment]
        elif text.strip():
            say(f"{environment}: {text}")

    def ended(self, run: Run) -> None:
        """An environment is through."""
        self.line(run.environment, f"{self.words.get(run.code, WORDS[EXIT_ERROR])} after {run.seconds:.0f} s")

    def tell_failures(self, runs: Sequence[Run]) -> None:
        """On a terminal, where only the last line was seen, all that failed runs said."""
        for run in runs if self.live else ():
            if not run.well:
                for text in run.talk:
                    say(f"{run.environment}: {text}")

    def _display(self) -> AbstractContextManager[object]:
        from rich.live import Live

        return Live(get_renderable=self._table, console=talk(), refresh_per_second=4, transient=True)

    def _table(self) -> Table:
        from rich.table import Table
        from rich.text import Text

        table = Table.grid(padding=(0, 2))
        for environment, text in self.latest.items():
            table.add_row(environment, Text(text))
        return table
