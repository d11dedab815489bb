"""`python -m tests.fuzz [--minutes N] [--seed N] [TARGET …]`: exit code 1 when something was found."""

from __future__ import annotations

import argparse
import secrets
import sys

from tests.fuzz.run import Outcome, fuzz, limited
from tests.fuzz.targets import TARGETS


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.fuzz", description="Fuzz what reads strangers' texts.")
    parser.add_argument("targets", nargs="*", metavar="TARGET", help=f"one of {', '.join(TARGETS)}; default: all")
    parser.add_argument("--minutes", type=float, default=1.0, help="minutes for each target (default: 1)")
    parser.add_argument("--seed", type=int, default=secrets.randbelow(2**32), help="draws the same inputs again")
    given = parser.parse_args()
    if unknown := [name for name in given.targets if name not in TARGETS]:
        parser.error(f"no target {', '.join(unknown)}; there are {', '.join(TARGETS)}")
    found = 0
    with limited():
        for name in given.targets or TARGETS:
            outcome = fuzz(TARGETS[name], seconds=given.minutes * 60, start=given.seed)
            tell(name, outcome, given.seed)
            found += len(outcome.findings)
    return 1 if found else 0


def tell(name: str, outcome: Outcome, seed: int) -> None:
    count = f"{len(outcome.findings)} finding{'' if len(outcome.findings) == 1 else 's'}"
    print(f"{name}: {outcome.tried:,} inputs in {outcome.seconds:.0f} s (seed {seed}), {count}", flush=True)
    for finding in outcome.findings.values():
        print(f"  {finding.kind}\n--- input\n{finding.shown}\n--- trace\n{finding.trace}", flush=True)


if __name__ == "__main__":
    sys.exit(main())
