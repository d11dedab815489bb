"""A plan as Markdown for a comment on GitHub or GitLab: totals and deletions on top, and never too long.

What names things stands in code blocks and code spans only: a model called `@cf/meta/llama` must not call anybody, and
no name can become a link or markup.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from cfaig.reconcile.change import Action, Plan
from cfaig.reconcile.outline import (
    UNMANAGED,
    Entry,
    Group,
    addresses,
    clean,
    cost,
    counts,
    outline,
    restricted,
    summary,
)
from cfaig.reconcile.safety import Refusal

# GitHub refuses a longer comment.
LIMIT: Final = 65_535
_SIGNS: Final[Mapping[Action, str]] = {
    Action.CREATE: "+",
    Action.UPDATE: "!",
    Action.RENAME: "!",
    Action.ADOPT: "!",
    Action.DELETE: "-",
}
_BACKTICKS: Final = re.compile("`+")
# What GitHub makes links and mentions of, unless something invisible follows.
_LINKED: Final = re.compile(r"@|:(?=//)|www(?=\.)|#", re.IGNORECASE)
_TAIL_ROOM: Final = 400
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
    page = _Page(limit, limit - _TAIL_ROOM)
    page.put("\n\n".join(_head(plan, title, nothing)))
    page.put("\n".join(_refused(tuple(refused))))
    groups = outline(plan)
    ends, others = [group for group in groups if group.ends], [group for group in groups if not group.ends]
    _put_deletions(page, ends, details=details)
    page.put_each("warning", (f"> **Warning:** {_told(warning)}" for warning in plan.warnings))
    for group in others:
        _put_group(page, group, details=details)
    page.put_each("note", (f"**Note:** {_told(note)}" for note in plan.notes))
    page.put_whole("unmanaged resource", len(plan.unmanaged), _unmanaged(plan))
    return page.text()


@dataclass(slots=True)
class _Page:
    """What is written so far, and what was left out, by its name."""

    limit: int
    room: int
    parts: list[str] = field(default_factory=list)
    left_out: Counter[str] = field(default_factory=Counter)

    def put(self, part: str) -> None:
        """Write a part, whatever its length."""
        if part:
            self.parts.append(part)
            self.room -= len(part) + 2

    def fits(self, part: str) -> bool:
        return len(part) + 2 <= self.room

    def put_each(self, name: str, parts: Iterable[str]) -> None:
        """Write the parts that fit, and count the others as `name`s."""
        for part in parts:
            if self.left_out[name] or not self.fits(part):
                self.left_out[name] += 1
            else:
                self.put(part)

    def put_whole(self, name: str, count: int, part: str) -> None:
        """Write a part that is about `count` things called `name`, or count them where it does not fit."""
        if self.fits(part):
            self.put(part)
        else:
            self.left_out[name] += count

    def text(self) -> str:
        """All of it, with what was left out counted at the end."""
        left = [(count, name) for name, count in self.left_out.items() if count]
        if left:
            told = " and ".join(f"{count:,} more {name}{'' if count == 1 else 's'}" for count, name in left)
            room = f"there is room for {self.limit:,} characters"
            self.parts.append(f"**{told}** not shown: {room}. `--format text` shows all.")
        return "\n\n".join(self.parts) + "\n"


def _head(plan: Plan, title: str, nothing: str | None) -> Iterator[str]:
    yield f"## {_told(title)}"
    yield from _first(_MANY, [_told(line) for line in restricted(plan)])
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
    yield from _first(_MANY, [f"> - {_code(refusal.name)}: {_told(refusal.reason)}" for refusal in refused], "> - ")
    flags = [refusal.remedy for refusal in refused if refusal.remedy]
    if flags and len(refused) <= _MANY:
        yield from (">", f"> If you mean it: {_code(' '.join(flags))}")


def _first(number: int, lines: Sequence[str], prefix: str = "") -> Iterator[str]:
    yield from lines[:number]
    if len(lines) > number:
        yield f"{prefix}and {len(lines) - number:,} more"


def _put_deletions(page: _Page, groups: Sequence[Group], *, details: bool) -> None:
    """All deletions: with their words, or else without, or else (thousands) as many names as fit."""
    if not groups:
        return
    for full in (True, False):
        told = [tuple(_group_lines(group, details=details, full=full)) for group in groups]
        blocks = [_block(lines, _fence(lines)) for lines in told]
        part = "\n\n".join(("### To be deleted", *blocks))
        if page.fits(part):
            page.put(part)
            return
    page.put("### To be deleted")
    names = (entry.change.key.address for group in groups for entry in group.entries)
    page.put_each("deletion", (_code(clean(name)) for name in names))


def _put_group(page: _Page, group: Group, *, details: bool) -> None:
    """One gateway: a change that does not fit loses its words first."""
    told = [
        [tuple(_entry_lines(entry, details=details, full=full)) for full in (True, False)] for entry in group.entries
    ]
    fence = _fence(line for full, _ in told for line in full)
    title = tuple(_title_lines(group))
    lines, room = [*title], page.room - len(_block(title, fence)) - 2
    for choices in told:
        fitting = next((choice for choice in choices if _length(choice) <= room), None)
        if fitting is None:
            page.left_out["change"] += 1
        else:
            lines += fitting
            room -= _length(fitting)
    if len(lines) > len(title):
        page.put(_block(lines, fence))


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


def _block(lines: Sequence[str], fence: str) -> str:
    return "\n".join((f"{fence}diff", *lines, fence))


def _fence(lines: Iterable[str]) -> str:
    """Longer than any run of backticks in the lines, so that nothing in there can end the block."""
    return "`" * max((3, *(len(run) + 1 for line in lines for run in _BACKTICKS.findall(line))))


def _unmanaged(plan: Plan) -> str:
    lines = "\n".join(f"- {_code(address)}" for address in addresses(plan.unmanaged))
    return f"<details><summary>{UNMANAGED}</summary>\n\n{lines}\n\n</details>" if lines else ""


def _told(text: str) -> str:
    """Prose in which names may occur: without markup, mentions, or links of its own."""
    return _escaped(clean(text))


def _escaped(text: str) -> str:
    escaped = re.sub(r"([\\`*_\[\]<>#|~&])", r"\\\1", text)
    return _LINKED.sub("\\g<0>\u200b", escaped)


def _code(text: str) -> str:
    told = clean(text)
    fence = "`" * (1 + max((len(run) for run in _BACKTICKS.findall(told)), default=0))
    space = " " if told.startswith("`") or told.endswith("`") else ""
    return f"{fence}{space}{told}{space}{fence}"
