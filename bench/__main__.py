"""`python -m bench NAME`: run a benchmark, print what it found, write it into the docs if asked to."""

from __future__ import annotations

import argparse
import signal
import sys
from collections.abc import Callable
from typing import Final

from bench import accounts, definitions, edge, growth, preview, runtime, scenarios, startup, tofu, up
from bench.report import Report, write_into_page

EXIT_TERMINATED: Final = 143
BENCHMARKS: Final[dict[str, Callable[..., Report]]] = {
    "accounts": accounts.measure,
    "definitions": definitions.measure,
    "edge": edge.measure,
    "growth": growth.measure,
    "preview": preview.measure,
    "runtime": runtime.measure,
    "scenarios": scenarios.measure,
    "startup": startup.measure,
    "tofu": tofu.measure,
    "up": up.measure,
}


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m bench", description=__doc__)
    parser.add_argument("name", choices=BENCHMARKS, help="what to measure")
    parser.add_argument("--quick", action="store_true", help="small sizes and few runs: below two minutes")
    parser.add_argument("--markdown", action="store_true", help="write the tables into docs/benchmarks.md, too")
    given = parser.parse_args()
    # Leave through the context managers, so that no local Cloudflare and no folder stays behind.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(EXIT_TERMINATED))
    text = BENCHMARKS[given.name](quick=given.quick).markdown()
    sys.stdout.write(f"{text}\n")
    if given.markdown:
        write_into_page(given.name, text)
    return 0


if __name__ == "__main__":
    sys.exit(main())
