"""`--all`: plan and apply for every environment that has a stack file, side by side."""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Annotated, Final

import typer

from cfaig.cli.console import ask, emit, say
from cfaig.cli.fleet import DONE, WORDS, Run, Tell, run_all, summary, worst
from cfaig.cli.options import PlanFormat
from cfaig.cli.saved import DEFAULT_EXPIRES, STDIO, lifetime, saved_text
from cfaig.errors import EXIT_CHANGES, EXIT_OK, CfaigError

if TYPE_CHECKING:
    from cfaig.deploy.planning import Planned
    from cfaig.deploy.session import Session
    from cfaig.reconcile.select import Selectors

All = Annotated[bool, typer.Option("--all", help="In every environment that has a stack file, but local.")]
Jobs = Annotated[int, typer.Option("--jobs", metavar="N", min=1, max=64, help="Environments at a time, with --all.")]
DEFAULT_JOBS: Final = 4
FORMAT: Final = 1
# What is said once for all environments, or by --all itself.
_OWN: Final = frozenset({"everywhere", "jobs", "environment", "plan_format", "as_json", "output", "expires", "yes"})


@dataclass(frozen=True, slots=True)
class Question:
    """What is asked of each plan, and how its exit code is found."""

    allow: tuple[str, ...]
    selectors: Selectors
    need_secrets: bool
    judge: Callable[[Planned, Tell], int]


def plan_everywhere(context: typer.Context, jobs: int, plan_format: PlanFormat, question: Question) -> int:
    """Plan every environment, and show the plans in the order of their names."""
    _refuse(context, "environment", "output")
    if plan_format is PlanFormat.HTML:
        raise CfaigError("--all makes no page", "one page for each environment: cfaig plan -e … --format html")
    if context.params["policies"]:  # Pulumi's engine works for each, and that is what takes the time
        passed = [*_passed(context), "--format", plan_format.value]
        runs = _run_commands({name: ["plan", "-e", name, *passed] for name in _environments()}, jobs)
    else:
        details = bool(context.params["details"])
        runs = _run_plans(jobs, question, partial(_written, plan_format=plan_format, details=details))
    if plan_format is PlanFormat.JSON:
        emit(_document(runs))
    else:
        _show(runs, headed=plan_format is PlanFormat.TEXT)
    say(summary(runs))
    return worst(runs)


def apply_everywhere(context: typer.Context, jobs: int, question: Question, *, yes: bool) -> int:
    """Plan every environment; when none fails or is refused, ask once, and apply just these plans."""
    _refuse(context, "environment", "plan_file")
    details = bool(context.params.get("details"))
    lives = lifetime(DEFAULT_EXPIRES)
    planned = _run_plans(jobs, question, lambda session, made: saved_text(session, made, lives)[0])
    _show_saved(planned, details=details)
    changing = {run.environment: run.output for run in planned if run.code == EXIT_CHANGES}
    if not changing or not all(run.well for run in planned):
        say(summary(planned))
        _tell_bad(planned)
        return worst(planned)
    ask(yes, f"Apply these plans to {', '.join(changing)}?")
    commands = {name: ["apply", str(STDIO), "-e", name, "--yes"] for name in changing}
    applied = _run_commands(commands, jobs, changing)
    by_name = {run.environment: run for run in applied}
    say(summary([by_name.get(run.environment, run) for run in planned], done=applied))
    return worst(applied)


def _run_commands(
    commands: Mapping[str, Sequence[str]], jobs: int, inputs: Mapping[str, str] | None = None
) -> tuple[Run, ...]:
    """Run a command in each environment; those with `inputs` carry these plans out."""
    from cfaig.cli.fleet_commands import Commands

    return run_all(tuple(commands), Commands(commands, inputs or {}), jobs, DONE if inputs else WORDS[EXIT_OK])


def _run_plans(jobs: int, question: Question, write: Callable[[Session, Planned], str]) -> tuple[Run, ...]:
    """Plan each environment, and write the plans down."""
    from cfaig.cli.fleet_plans import Plans
    from cfaig.definition.load import no_garbage_collection
    from cfaig.project import find_project

    with no_garbage_collection():
        return run_all(_environments(), Plans(find_project(), question, write), jobs)


def _written(session: Session, planned: Planned, *, plan_format: PlanFormat, details: bool) -> str:
    from cfaig.cli.showing import plan_text

    title = f"Plan for {session.target.environment}"
    return plan_text(planned.plan, plan_format, title=title, details=details, refused=planned.refused)


def _environments() -> tuple[str, ...]:
    from cfaig.pipelines import remote_environments
    from cfaig.project import find_project

    names = remote_environments(find_project())
    if not names:
        raise CfaigError("no environment has a stack file", "begin one with a file Pulumi.<environment>.yaml")
    return names


def _refuse(context: typer.Context, *names: str) -> None:
    for name in names:
        source = context.get_parameter_source(name)
        if context.params.get(name) is not None and source is not None and source.name == "COMMANDLINE":
            told = "a saved plan" if name == "plan_file" else f"--{name}"
            raise CfaigError(f"{told} does not go with --all", "--all is for every environment with a stack file")


def _passed(context: typer.Context) -> list[str]:
    """The options of this command that are those of the command for each environment, too."""
    return list(_arguments({name: value for name, value in context.params.items() if name not in _OWN}))


def _arguments(given: Mapping[str, object]) -> Iterator[str]:
    for name, value in given.items():
        option = f"--{name.replace('_', '-')}"
        if value is True:
            yield option
        elif isinstance(value, list | tuple):
            yield from (f"{option}={item}" for item in value)


def _show(runs: Sequence[Run], *, headed: bool) -> None:
    """The plans as text, with their environments on top, or as they are."""
    told = [_headed(run.environment, run.output) if headed else run.output for run in runs if run.output]
    emit("\n".join(told))


def _show_saved(runs: Sequence[Run], *, details: bool) -> None:
    from cfaig.cli.showing import plan_text
    from cfaig.reconcile.saved_plan import plan_key, read_saved

    told = []
    for run in runs:
        if run.output:
            saved = read_saved(run.output, plan_key(os.environ), name=f"the plan of {run.environment}").saved
            text = plan_text(saved.plan, PlanFormat.TEXT, title="", details=details, refused=saved.refused)
            told.append(_headed(run.environment, text))
    emit("\n".join(told))


def _headed(environment: str, text: str) -> str:
    return f"== {environment} ==\n\n{text}"


def _document(runs: Sequence[Run]) -> str:
    environments = {
        run.environment: {"exit_code": run.code, "plan": json.loads(run.output) if run.output else None} for run in runs
    }
    return json.dumps({"format": FORMAT, "environments": environments}, ensure_ascii=False, indent=2)


def _tell_bad(runs: Sequence[Run]) -> None:
    if bad := [run.environment for run in runs if not run.well]:
        say(f"nothing was written anywhere: put {', '.join(bad)} right first", "red")
