"""`cfaig diff`: what changes from the definitions at one Git ref to another, or to the work tree. Offline."""

from __future__ import annotations

from contextlib import ExitStack
from typing import TYPE_CHECKING, Annotated

import typer

from cfaig.cli.console import emit, stdout_styled
from cfaig.cli.options import OFFLINE, AsJson, PlanFormat
from cfaig.errors import EXIT_CHANGES, EXIT_OK, CfaigError

if TYPE_CHECKING:
    from cfaig.revisions.compare import Difference
    from cfaig.revisions.git import Commit

HEAD = "HEAD"


def register(app: typer.Typer) -> None:
    """Put the commands of this module under `app`."""
    app.command(rich_help_panel=OFFLINE)(diff)


def diff(
    old: Annotated[str | None, typer.Argument(metavar="REF", help="Compare with this branch, tag or commit.")] = None,
    new: Annotated[
        str | None, typer.Argument(metavar="REF2", help="Compare this with it; without one, the work tree.")
    ] = None,
    ref: Annotated[str | None, typer.Option("--ref", metavar="REF", help="The same as REF. Default: HEAD.")] = None,
    ref2: Annotated[str | None, typer.Option("--ref2", metavar="REF2", help="The same as REF2.")] = None,
    environment: Annotated[
        str | None,
        typer.Option(
            "--environment", "-e", envvar="CFAIG_ENVIRONMENT", help="Only this environment; without one, each of them."
        ),
    ] = None,
    plan_format: Annotated[PlanFormat, typer.Option("--format", "-f", help="How to write it.")] = PlanFormat.TEXT,
    as_json: AsJson = False,
    details: Annotated[bool, typer.Option("--details", help="Name every field that differs, too.")] = False,
) -> int:
    """Show what changes from the definitions at a Git ref to those here, or at another. Exit code 2 for differences."""
    from cfaig.project import find_project
    from cfaig.revisions.compare import Side, compare_sides
    from cfaig.revisions.git import Repository
    from cfaig.revisions.render import name_of

    project = find_project()
    repository = Repository(project)
    first = repository.commit(_one(old, ref, "REF") or HEAD)
    second = repository.commit(named) if (named := _one(new, ref2, "REF2")) else None
    with ExitStack() as snapshots:
        before = Side(first.ref, snapshots.enter_context(repository.snapshot(first)), f"{first.ref}:", checked=False)
        after = Side(name_of(None), project)
        if second is not None:
            there = snapshots.enter_context(repository.snapshot(second))
            after = Side(second.ref, there, f"{second.ref}:")
        differences = compare_sides(before, after, environment)
    _show(differences, first, second, PlanFormat.JSON if as_json else plan_format, details=details)
    return EXIT_OK if all(difference.empty for difference in differences) else EXIT_CHANGES


def _one(argument: str | None, option: str | None, name: str) -> str | None:
    if argument and option:
        raise CfaigError(f"{name} is given twice: {argument} and {option}", "name it once")
    return argument or option


def _show(
    differences: tuple[Difference, ...], old: Commit, new: Commit | None, plan_format: PlanFormat, *, details: bool
) -> None:
    from cfaig.reconcile.render_text import ANSI, PLAIN
    from cfaig.revisions import render

    between = f"{old.ref} → {render.name_of(new)}"
    match plan_format:
        case PlanFormat.JSON:
            emit(render.document(differences, old, new))
        case PlanFormat.MARKDOWN:
            emit(render.markdown(differences, between, details=details))
        case PlanFormat.HTML:
            emit(render.html(differences, between, details=details))
        case PlanFormat.TEXT:
            emit(render.text(differences, style=ANSI if stdout_styled() else PLAIN, details=details))
