"""`cfaig test`: 200 scenarios of 20 gateways, from the start of the command to its end."""

from __future__ import annotations

import sys
from contextlib import ExitStack
from pathlib import Path
from typing import Final

from bench.generate import write_definitions
from bench.place import PROGRAMS, plain_environ, temporary_folder
from bench.process import Done, run
from bench.report import Report, Table, machine
from bench.timing import Timing, in_turns

# How many gateways; each has a file with as many scenarios as _STORIES.
SIZES: Final = (1, 5, 20)
QUICK_RUNS: Final = 3
RUNS: Final = 9
PYTHON: Final = "python -c pass"

_STORIES: Final = """\
  - name: Who pays gets Claude
    steps:
      - request: {route: assist, metadata: {plan: paid, user_id: "1"}}
        expect: {status: 200, provider: anthropic, path: [if then, limit then, anthropic/claude-sonnet-5]}
  - name: Who does not gets a small model
    steps:
      - request: {route: assist, metadata: {plan: free}}
        expect: {status: 200, attempts: 1}
  - name: Anthropic is down
    upstreams: [{provider: anthropic, status: 500}]
    steps:
      - request: {route: assist, metadata: {plan: paid, user_id: "1"}}
        expect: {status: 200, provider: openai, model: gpt-4o, attempts: 3}
  - name: Anthropic is slow
    upstreams: [{provider: anthropic, model: claude-sonnet-5, delay: 2m}]
    steps:
      - request: {route: assist, attempts: 1, metadata: {plan: paid, user_id: "1"}}
        expect: {status: 200, elapsed: {below: 5m}}
  - name: All are down
    upstreams: [{status: 503}]
    steps:
      - request: {route: assist, metadata: {plan: paid, user_id: "1"}}
        expect: {status: 503, provider: none}
      - request: {route: assist, metadata: {plan: free}}
        expect: {status: 503, provider: none}
  - name: The cache holds for a minute
    steps:
      - request: {route: assist, metadata: {plan: paid, user_id: "1"}}
        expect: {cache: MISS}
      - after: 30s
        request: {route: assist, metadata: {plan: paid, user_id: "1"}}
        expect: {cache: HIT, cost: 0}
      - after: 2m
        request: {route: assist, metadata: {plan: paid, user_id: "1"}}
        expect: {cache: MISS}
  - name: The budget of one user
    upstreams: [{tokens: {in: 30000, out: 150000}}]
    steps:
      - request: {route: assist, skip_cache: true, metadata: {plan: paid, user_id: "1"}}
        expect: {status: 200, cost: 1.56}
      - request: {route: assist, skip_cache: true, metadata: {plan: paid, user_id: "1"}}
        expect: {status: 429, limit: each-user}
      - request: {route: assist, skip_cache: true, metadata: {plan: paid, user_id: "2"}}
        expect: {status: 200}
  - name: Twenty requests
    steps:
      - request: {route: assist, messages: "Question {n}", metadata: {plan: free}, times: 20}
        expect: {status: 200}
  - name: A stream
    steps:
      - request: {route: assist, stream: true, metadata: {plan: paid, user_id: "1"}}
        expect: {status: 200, text: Hello}
  - name: Nobody without a token
    steps:
      - request: {route: assist, token: none}
        expect: {status: 401, error: 2009}
"""


def measure(*, quick: bool) -> Report:
    """Run it."""
    told = machine()
    with ExitStack() as stack:
        places = {size: stack.enter_context(temporary_folder()) for size in SIZES}
        for size, root in places.items():
            _write(root, size)
        root = places[SIZES[0]]
        cases = {PYTHON: lambda: run([sys.executable, "-c", "pass"], cwd=root, env=plain_environ())}
        cases |= {_name(size): lambda place=place: _test(place) for size, place in places.items()}  # type: ignore[misc]
        taken = in_turns(cases, QUICK_RUNS if quick else RUNS)
    columns = ("command", "median (fastest–slowest)", "CPU", "each further scenario", "× python")
    return Report(told, [Table("Scenarios", columns, [_row(name, taken) for name in taken])], _notes())


def _write(root: Path, gateways: int) -> None:
    (root / "Pulumi.yaml").write_text("name: bench\nruntime: python\n")
    write_definitions(root / "gateways", gateways, keys=False)
    (root / "scenarios").mkdir()
    for number in range(gateways):
        text = f"gateway: bench-{number:04}\nscenarios:\n{_STORIES}"
        (root / "scenarios" / f"bench-{number:04}.yaml").write_text(text)


def _test(root: Path) -> Done:
    return run([str(PROGRAMS / "cfaig"), "test"], cwd=root, env=plain_environ())


def _scenarios(gateways: int) -> int:
    return gateways * _STORIES.count("- name:")


def _name(gateways: int) -> str:
    return f"cfaig test, {_scenarios(gateways)} scenarios"


def _row(name: str, taken: dict[str, Timing]) -> tuple[str, ...]:
    fewest = SIZES[0]
    sizes = {_name(size): size for size in SIZES}
    more = _scenarios(sizes[name]) - _scenarios(fewest) if name in sizes else 0
    added = (taken[name].median - taken[_name(fewest)].median) * 1000
    further = f"{added / more:.1f} ms" if more else "–"
    return name, taken[name].told(), taken[name].cpu, further, taken[name].times(taken[PYTHON])


def _notes() -> tuple[str, ...]:
    requests = _STORIES.count("request:") + 19
    return (f"each file has {_scenarios(1)} scenarios with {requests} requests, for one gateway of 75 lines",)
