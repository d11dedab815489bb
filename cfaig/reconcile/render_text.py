"""A plan as text for a terminal: what goes first, then each gateway with what changes about it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import groupby
from typing import Final

from cfaig.definition.catalog import CUSTOM_PREFIX
from cfaig.reconcile.amounts import any_value
from cfaig.reconcile.change import Action, Change, Kind, Plan, ResourceKey
from cfaig.reconcile.safety import Refusal
from cfaig.reconcile.words import describe

NO_CHANGES: Final = "No changes. Cloudflare matches the definitions."
_SIGNS: Final[Mapping[Action, str]] = {
    Action.CREATE: "+",
    Action.UPDATE: "~",
    Action.RENAME: "~",
    Action.ADOPT: ">",
    Action.DELETE: "-",
}
_KINDS: Final[Mapping[Kind, str]] = {
    Kind.STORE: "Secrets Store",
    Kind.CUSTOM_PROVIDER: "custom provider",
    Kind.GATEWAY: "gateway",
    Kind.PROVIDER_KEY: "key",
    Kind.ROUTE: "route",
    Kind.DOMAIN: "domain",
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


def render_text(plan: Plan, *, style: Style = PLAIN, details: bool = False, refused: Iterable[Refusal] = ()) -> str:
    """The whole plan, ending with a newline; `details` adds every field that differs, by its name in the API.

    `refused` are the refusals of the safety limits, told at the end.
    """
    blocks = [
        *_change_blocks(plan, style, details=details),
        "\n".join(f"{style.paint('Warning:', style.change)} {_clean(warning)}" for warning in plan.warnings),
        "\n".join(f"Note: {_clean(note)}" for note in plan.notes),
        _unmanaged(plan.unmanaged, style),
        style.paint(summary(plan), style.bold),
        _refused(tuple(refused), style),
    ]
    return "\n\n".join(block for block in blocks if block) + "\n"


def summary(plan: Plan) -> str:
    """The plan in one line."""
    if plan.empty:
        return NO_CHANGES
    adopted = plan.count(Action.ADOPT)
    counts = [
        f"{plan.count(Action.CREATE)} to create",
        f"{plan.count(Action.UPDATE, Action.RENAME)} to change",
        *([f"{adopted} to adopt"] if adopted else []),
        f"{plan.count(Action.DELETE)} to delete",
    ]
    return f"Plan: {', '.join(counts)}."


def _change_blocks(plan: Plan, style: Style, *, details: bool) -> Iterator[str]:
    ends = [change for change in plan.changes if change.action is Action.DELETE]
    others = [change for change in plan.changes if change.action is not Action.DELETE]
    for group in (ends, others):
        for gateway, changes in groupby(group, key=lambda change: change.key.gateway):
            yield "\n".join(_block(gateway, tuple(changes), style, details=details))


def _block(gateway: str, changes: tuple[Change, ...], style: Style, *, details: bool) -> Iterator[str]:
    """The changes of one gateway (or of the account), the gateway's own name on top."""
    own = bool(gateway) and changes[0].key.kind is Kind.GATEWAY
    if gateway and not own:
        yield f"  {style.paint(f'gateway {_clean(gateway)}', style.bold)}"
    for change in changes:
        part = bool(gateway) and change.key.kind is not Kind.GATEWAY
        # What becomes of the parts of a deleted gateway is clear from the gateway's own lines.
        lines = () if part and own and change.action is Action.DELETE else describe(change)
        yield from _change(change, lines, "    " if part else "", style, details=details)


def _change(change: Change, lines: Iterable[str], indent: str, style: Style, *, details: bool) -> Iterator[str]:
    colour = style.of(change.action)
    yield f"{indent}{style.paint(f'{_SIGNS[change.action]} {_heading(change)}', colour)}"
    for line in lines:
        yield f"{indent}    {_clean(line)}"
    if details:
        for field in change.fields:
            told = f"{'.'.join(field.path)}: {any_value(field.old)} → {any_value(field.new)}"
            yield f"{indent}    {style.paint(_clean(told), style.faint)}"


def _heading(change: Change) -> str:
    kind, name = _KINDS[change.key.kind], _clean(_short_name(change.key))
    told = f"{kind} {_clean(change.old_name)} renamed to {name}" if change.old_name else f"{kind} {name}"
    return f"{told}, adopted" if change.action is Action.ADOPT else told


def _short_name(key: ResourceKey) -> str:
    """A provider key as a definition names it, without the alias that needs no saying."""
    if key.kind is not Kind.PROVIDER_KEY:
        return key.name
    return key.name.removeprefix(CUSTOM_PREFIX).removesuffix(":default")


def _unmanaged(keys: Iterable[ResourceKey], style: Style) -> str:
    told = [style.paint(f"  {_clean(key.address)}", style.faint) for key in keys]
    return "\n".join(("Live, but in no definition; left alone:", *told)) if told else ""


def _refused(refused: tuple[Refusal, ...], style: Style) -> str:
    lines = [f"  {_clean(refusal.name)}: {refusal.reason}" for refusal in refused]
    flags = [f"  {refusal.remedy}" for refusal in refused if refusal.remedy]
    if not lines:
        return ""
    allow = ("If you mean it, allow it:", *flags) if flags else ()
    return "\n".join((style.paint("Refused, until it is allowed by name:", style.delete), *lines, *allow))


def _clean(text: str) -> str:
    """`text` without control characters: a name from a live account must not move the cursor."""
    return "".join(char if char.isprintable() else f"\\x{ord(char):02x}" for char in text)
