"""A plan as text for a terminal: what goes first, then each gateway with what changes about it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from cfaig.printable import printable
from cfaig.reconcile.change import Action, Plan
from cfaig.reconcile.outline import REFUSED, UNMANAGED, Entry, Group, addresses, cost, outline, restricted, summary
from cfaig.reconcile.safety import Refusal, remedies

_SIGNS: Final[Mapping[Action, str]] = {
    Action.CREATE: "+",
    Action.UPDATE: "~",
    Action.RENAME: "~",
    Action.ADOPT: ">",
    Action.DELETE: "-",
}


@dataclass(frozen=True, slots=True)
class Style:
    """Colours as the codes that switch them on; empty for plain text."""

    create: str = ""
    change: str = ""
    delete: str = ""
    bold: str = ""
    faint: str = ""
    reset: str = ""

    def of(self, action: Action) -> str:
        """The colour of an action."""
        return {Action.CREATE: self.create, Action.DELETE: self.delete}.get(action, self.change)

    def paint(self, text: str, code: str) -> str:
        """`text` in the colour `code`."""
        return f"{code}{text}{self.reset}" if code else text


PLAIN: Final = Style()
ANSI: Final = Style(
    create="\x1b[32m", change="\x1b[33m", delete="\x1b[31m", bold="\x1b[1m", faint="\x1b[2m", reset="\x1b[0m"
)


def render_text(
    plan: Plan,
    *,
    style: Style = PLAIN,
    details: bool = False,
    refused: Iterable[Refusal] = (),
    nothing: str | None = None,
) -> str:
    """The whole plan, ending with a newline; `details` adds every field that differs, by its name in the API.

    `refused` are the refusals of the safety limits, told at the end; `nothing` is what to say of an empty plan.
    """
    blocks = [
        "\n".join(restricted(plan)),
        *("\n".join(_block(group, style, details=details)) for group in outline(plan)),
        "\n".join(f"{style.paint('Warning:', style.change)} {printable(warning)}" for warning in plan.warnings),
        "\n".join(f"Note: {printable(note)}" for note in plan.notes),
        _unmanaged(addresses(plan.unmanaged), style),
        "\n".join(line for line in (style.paint(summary(plan, nothing), style.bold), cost(plan)) if line),
        _refused(tuple(refused), style),
    ]
    return "\n\n".join(block for block in blocks if block) + "\n"


def _block(group: Group, style: Style, *, details: bool) -> Iterator[str]:
    """The changes of one gateway (or of the account), the gateway's own name on top."""
    if group.gateway and not group.own:
        yield f"  {style.paint(f'gateway {group.gateway}', style.bold)}"
    for entry in group.entries:
        yield from _entry(entry, style, details=details)


def _entry(entry: Entry, style: Style, *, details: bool) -> Iterator[str]:
    action, indent = entry.change.action, "    " if entry.part else ""
    yield f"{indent}{style.paint(f'{_SIGNS[action]} {entry.heading}', style.of(action))}"
    for line in entry.lines:
        yield f"{indent}    {line}"
    for line in entry.fields if details else ():
        yield f"{indent}    {style.paint(line, style.faint)}"


def _unmanaged(told: tuple[str, ...], style: Style) -> str:
    return "\n".join((UNMANAGED, *(style.paint(f"  {address}", style.faint) for address in told))) if told else ""


def _refused(refused: tuple[Refusal, ...], style: Style) -> str:
    lines = [f"  {printable(refusal.name)}: {refusal.reason}" for refusal in refused]
    flags = [f"  {remedy}" for remedy in remedies(refused)]
    if not lines:
        return ""
    allow = ("If you mean it, allow it:", *flags) if flags else ()
    return "\n".join((style.paint(REFUSED, style.delete), *lines, *allow))
