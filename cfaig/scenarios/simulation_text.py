"""A simulation for people: one line and the moments behind it, or a table of where many requests went."""

from __future__ import annotations

from cfaig.printable import printable
from cfaig.scenarios.expectations import duration_words
from cfaig.scenarios.simulate import Simulation, distribution
from cfaig.scenarios.story import dollars, moments, one_line


def simulation_line(simulation: Simulation) -> str:
    """The answer in one line."""
    outcomes = simulation.outcomes
    if len(outcomes) == 1:
        return printable(one_line(simulation.first, simulation.asked))
    parts = [f"{count / len(outcomes):.1%} {who[0]}" for who, count in distribution(outcomes)]
    return printable(f"{simulation.asked}, {len(outcomes):,} times → {', '.join(parts)}")


def simulation_text(simulation: Simulation) -> str:
    """The line, and below it how it comes to that."""
    single = len(simulation.outcomes) == 1
    below = [printable(line) for line in moments(simulation.first)] if single else _table(simulation)
    return "\n".join((simulation_line(simulation), *below))


def _table(simulation: Simulation) -> list[str]:
    outcomes = simulation.outcomes
    rows = [
        (printable(who), status, error or "–", limit or "–", f"{count:,}", f"{count / len(outcomes):.1%}")
        for (who, status, error, limit), count in distribution(outcomes)
    ]
    head = ("who answers", "status", "error", "limit", "requests", "share")
    widths = [max(len(row[index]) for row in (head, *rows)) for index in range(len(head))]
    lines = [
        "  " + "  ".join(_cell(cell, width, index) for index, (cell, width) in enumerate(zip(row, widths, strict=True)))
        for row in (head, *rows)
    ]
    elapsed = [outcome.elapsed for outcome in outcomes]
    cost = sum(outcome.cost for outcome in outcomes)
    mean = duration_words(sum(elapsed) / len(elapsed))
    return [
        *(line.rstrip() for line in lines),
        f"  {dollars(cost)} altogether; {mean} on average, {duration_words(max(elapsed))} at most",
    ]


def _cell(text: str, width: int, index: int) -> str:
    return text.ljust(width) if index in (0, 2, 3) else text.rjust(width)
