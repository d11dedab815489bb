"""A plan as Markdown for a comment on GitHub or GitLab: totals and deletions on top, and never too long."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Final

from cfaig.printable import printable
from cfaig.reconcile.change import Action, Plan
from cfaig.reconcile.markdown import LIMIT, Page, block, code, fence_for, first, prose
from cfaig.reconcile.outline import UNMANAGED, Entry, Group, addresses, cost, counts, outline, restricted, summary
from cfaig.reconcile.safety import Refusal, remedies

_SIGNS: Final[Mapping[Action, str]] = {
    Action.CREATE: "+",
    Action.UPDATE: "!",
    Action.RENAME: "!",
    Action.ADOPT: "!",
    Action.DELETE: "-",
}
# Of refusals and reasons more than that are only counted: those that matter are deletions, which are listed anyway.
_MANY: Final = 100


def render_markdown(
    plan: Plan,
    *,
    title: str = "Plan",
    details: bool = False,
    refused: Iterable[Refusal] = (),
    nothing: str | None = None,
    limit: int = LIMIT,
) -> str:
    """The plan in at most `limit` characters, ending with a newline.

    Totals, refusals and deletions come first and are not cut; a deletion loses its words where they do not fit. What
    does not fit of the rest is counted at the end. `details` adds every field that differs; `nothing` is what to say of
    an empty plan.
    """
    page = Page(limit)
    page.put("\n\n".join(_head(plan, title, nothing)))
    page.put("\n".join(_refused(tuple(refused))))
    groups = outline(plan)
    ends, others = [group for group in groups if group.ends], [group for group in groups if not group.ends]
    _put_deletions(page, ends, details=details)
    page.put_each("warning", (f"> **Warning:** {prose(warning)}" for warning in plan.warnings))
    for group in others:
        _put_group(page, group, details=details)
    page.put_each("note", (f"**Note:** {prose(note)}" for note in plan.notes))
    page.put_whole("unmanaged resource", len(plan.unmanaged), _unmanaged(plan))
    return page.text()


def _head(plan: Plan, title: str, nothing: str | None) -> Iterator[str]:
    yield f"## {prose(title)}"
    yield from first(_MANY, [prose(line) for line in restricted(plan)])
    if plan.empty:
        yield f"**{summary(plan, nothing)}**"
        return
    ends = plan.count(Action.DELETE)
    told = [f"**{ends:,} to delete**" if ends and count.endswith(" to delete") else count for count in counts(plan)]
    yield f"{', '.join(told)}."
    if line := cost(plan):
        yield f"<sub>{line}</sub>"


def _refused(refused: Sequence[Refusal]) -> Iterator[str]:
    if not refused:
        return
    yield from ("> [!CAUTION]", "> Refused, until it is allowed by name:", ">")
    yield from first(_MANY, [f"> - {code(refusal.name)}: {prose(refusal.reason)}" for refusal in refused], "> - ")
    flags = remedies(refused)
    if flags and len(refused) <= _MANY:
        yield from (">", f"> If you mean it: {code(' '.join(flags))}")


def _put_deletions(page: Page, groups: Sequence[Group], *, details: bool) -> None:
    """All deletions: with their words, or else without, or else (thousands) as many names as fit."""
    if not groups:
        return
    for full in (True, False):
        told = [tuple(_group_lines(group, details=details, full=full)) for group in groups]
        blocks = [block(lines) for lines in told]
        part = "\n\n".join(("### To be deleted", *blocks))
        if page.fits(part):
            page.put(part)
            return
    page.put("### To be deleted")
    names = (entry.change.key.address for group in groups for entry in group.entries)
    page.put_each("deletion", (code(printable(name)) for name in names))


def _put_group(page: Page, group: Group, *, details: bool) -> None:
    """One gateway: a change that does not fit loses its words first."""
    told = [
        [tuple(_entry_lines(entry, details=details, full=full)) for full in (True, False)] for entry in group.entries
    ]
    fence = fence_for(line for full, _ in told for line in full)
    title = tuple(_title_lines(group))
    lines, room = [*title], page.room - len(block(title, fence)) - 2
    for choices in told:
        fitting = next((choice for choice in choices if _length(choice) <= room), None)
        if fitting is None:
            page.left_out["change"] += 1
        else:
            lines += fitting
            room -= _length(fitting)
    if len(lines) > len(title):
        page.put(block(lines, fence))


def _length(lines: Sequence[str]) -> int:
    return sum(len(line) + 1 for line in lines)


def _group_lines(group: Group, *, details: bool, full: bool) -> Iterator[str]:
    yield from _title_lines(group)
    for entry in group.entries:
        yield from _entry_lines(entry, details=details, full=full)


def _title_lines(group: Group) -> Iterator[str]:
    if group.gateway and not group.own:
        yield f"  gateway {group.gateway}"


def _entry_lines(entry: Entry, *, details: bool, full: bool) -> Iterator[str]:
    """The sign is in the first column, where GitHub takes the colour from."""
    indent = "  " if entry.part else ""
    yield f"{_SIGNS[entry.change.action]} {indent}{entry.heading}"
    if full:
        yield from (f"      {indent}{line}" for line in entry.lines)
        yield from (f"      {indent}{line}" for line in entry.fields if details)


def _unmanaged(plan: Plan) -> str:
    lines = "\n".join(f"- {code(address)}" for address in addresses(plan.unmanaged))
    return f"<details><summary>{UNMANAGED}</summary>\n\n{lines}\n\n</details>" if lines else ""
