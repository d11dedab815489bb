"""One command for many environments: each in a process of its own, some at a time, and how each of them ended."""

from __future__ import annotations

import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor, wait
from contextlib import AbstractContextManager, contextmanager, nullcontext, suppress
from dataclasses import dataclass, field
from typing import IO, TYPE_CHECKING, Final

from cfaig.cli.console import say, talk
from cfaig.errors import EXIT_CHANGES, EXIT_ERROR, EXIT_INTERRUPTED, EXIT_OK, EXIT_POLICY, EXIT_UNSAFE

if TYPE_CHECKING:
    from rich.table import Table

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


def run_all(
    commands: Mapping[str, Sequence[str]], jobs: int, inputs: Mapping[str, str] | None = None
) -> tuple[Run, ...]:
    """Run `cfaig` with the arguments for each environment, `jobs` at a time; progress goes to the terminal.

    `inputs` is what they read from standard input: commands that have some carry it out.

    Ctrl-C and SIGTERM end what runs in order, and start nothing more; the runs tell.
    """
    crew = _Crew(commands, inputs or {})
    watch = _Watch(tuple(commands), DONE if inputs else WORDS[EXIT_OK])
    with watch.shown(), crew.signals(), ThreadPoolExecutor(jobs, thread_name_prefix="cfaig-fleet") as pool:
        futures = [pool.submit(crew.work, name, watch.line, watch.ended) for name in commands]
        # Waiting without end would keep a signal from being seen on some systems.
        while wait(futures, timeout=0.5).not_done:
            continue
    runs = tuple(future.result() for future in futures)
    watch.tell_failures(runs)
    return runs


@dataclass(slots=True)
class _Crew:
    """The processes that run just now."""

    commands: Mapping[str, Sequence[str]]
    inputs: Mapping[str, str]
    processes: dict[str, subprocess.Popen[str]] = field(default_factory=dict)
    stopping: bool = False
    lock: threading.Lock = field(default_factory=threading.Lock)

    def work(self, name: str, tell: Callable[[str, str], None], ended: Callable[[Run], None]) -> Run:
        """Run one command to its end."""
        start = time.monotonic()
        with self.lock:
            if self.stopping:
                return Run(name)
            process = self.processes[name] = _started(self.commands[name])
        lines: list[str] = []
        with process:
            reader = threading.Thread(target=_read, args=(process.stderr, lambda line: tell(name, line), lines))
            reader.start()
            if process.stdin:
                with suppress(BrokenPipeError), process.stdin:
                    process.stdin.write(self.inputs.get(name, ""))
            output = process.stdout.read() if process.stdout else ""
            reader.join()
            code = process.wait()
        with self.lock:
            del self.processes[name]
        run = Run(name, EXIT_INTERRUPTED if code < 0 else code, time.monotonic() - start, output, tuple(lines))
        ended(run)
        return run

    def stop(self, *_: object) -> None:
        """Start nothing more, and hand Ctrl-C on; each process knows what to do with a second one."""
        with self.lock:
            self.stopping = True
            for process in self.processes.values():
                process.send_signal(signal.SIGINT)

    @contextmanager
    def signals(self) -> Iterator[None]:
        """While inside, signals are handed on instead of ending this process alone."""
        before = {number: signal.signal(number, self.stop) for number in (signal.SIGINT, signal.SIGTERM)}
        try:
            yield
        finally:
            for number, handler in before.items():
                signal.signal(number, handler)


def _started(arguments: Sequence[str]) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-m", "cfaig", *arguments],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        encoding="utf-8",
        errors="replace",
        process_group=0,  # Ctrl-C of the terminal comes through us, once
    )


def _read(stream: IO[str] | None, tell: Callable[[str], None], lines: list[str]) -> None:
    for line in stream or ():
        lines.append(line.rstrip("\n"))
        tell(lines[-1])


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
            self.latest[environment] = text.strip() or self.latest[environment]
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

        table = Table.grid(padding=(0, 2))
        for environment, text in self.latest.items():
            table.add_row(environment, text)
        return table
