"""Saved plans: the file that plan writes and apply reads, and the command that shows one."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Final

import typer

from cfaig.cli.console import emit, say
from cfaig.cli.options import OFFLINE, AsJson, PlanFormat
from cfaig.cli.showing import show_plan
from cfaig.errors import EXIT_OK, CfaigError

if TYPE_CHECKING:
    from cfaig.deploy.planning import Planned
    from cfaig.deploy.session import Session
    from cfaig.reconcile.saved_plan import Opened, SavedPlan

STDIO: Final = Path("-")
SHORTEST_LIFE: Final = timedelta(minutes=1)
LONGEST_LIFE: Final = timedelta(days=30)

Output = Annotated[
    Path | None,
    typer.Option("--output", "-o", metavar="FILE", help="Save the plan for `cfaig apply FILE`; - is standard output."),
]
Expires = Annotated[
    str, typer.Option("--expires", metavar="DURATION", help="How long a saved plan can be applied: 1m to 30d.")
]
DEFAULT_EXPIRES: Final = "24h"
PlanFile = Annotated[
    Path | None,
    typer.Argument(metavar="[PLAN]", help="A plan saved with plan -o; - is standard input.", show_default=False),
]


def register(app: typer.Typer) -> None:
    """Put the commands of this module under `app`."""
    app.command(rich_help_panel=OFFLINE)(show)


def show(
    plan: Annotated[Path, typer.Argument(metavar="PLAN", help="A saved plan; - is standard input.")],
    plan_format: Annotated[PlanFormat, typer.Option("--format", "-f", help="How to write it.")] = PlanFormat.TEXT,
    as_json: AsJson = False,
    details: Annotated[bool, typer.Option("--details", help="Name every field that differs, too.")] = False,
) -> int:
    """Show a saved plan: what it would do, for what, until when. Whether it still holds, apply finds out."""
    opened = _open(plan, must_check=False)
    saved = opened.saved
    for line in _about(opened, datetime.now(UTC)):
        say(line)
    chosen = PlanFormat.JSON if as_json else plan_format
    show_plan(saved.plan, chosen, environment=saved.environment, details=details, refused=saved.refused)
    return EXIT_OK


def lifetime(text: str) -> timedelta:
    """How long a plan holds that is made with `--expires text`.

    Raises CfaigError when that is no duration, or too short or too long.
    """
    from cfaig.definition.durations import milliseconds

    try:
        length = timedelta(milliseconds=float(milliseconds(text)))
    except (ValueError, OverflowError):
        raise CfaigError(f"--expires {text} is no duration", "write 30m, 24h or 7d") from None
    if not SHORTEST_LIFE <= length <= LONGEST_LIFE:
        raise CfaigError(f"--expires {text} must be between 1m and 30d")
    return length


def write_plan(session: Session, planned: Planned, output: Path, lives: timedelta) -> None:
    """Save the plan, for nobody else to read.

    Raises CfaigError when it cannot be saved.
    """
    from cfaig.whole_files import write_output

    text, expires = saved_text(session, planned, lives)
    if output == STDIO:
        emit(text)
        return
    try:
        write_output(output, text, 0o600)
    except OSError as error:
        raise CfaigError(f"{output} cannot be written: {error.strerror}") from error
    say(f"saved until {_moment(expires)}: cfaig apply {output}")


def saved_text(session: Session, planned: Planned, lives: timedelta) -> tuple[str, datetime]:
    """The plan as it is saved, and until when it holds.

    Raises CfaigError when it cannot be saved.
    """
    from cfaig.deploy.saving import save_plan
    from cfaig.reconcile.saved_plan import plan_key, write_saved

    saved = save_plan(session, planned, datetime.now(UTC), lives)
    return write_saved(saved, plan_key(os.environ)), saved.expires


def plan_again(path: Path, context: typer.Context, open_session: Callable[[str], Session]) -> tuple[Session, Planned]:
    """Plan as the saved plan at `path` was planned, and find that nothing has changed; the session to apply it in.

    Raises CfaigError when it cannot be read or an option contradicts it, and StalePlanError when it must not be
    applied any more.
    """
    from cfaig.deploy.planning import plan_environment
    from cfaig.deploy.saving import require_in_time, require_same_place, require_unchanged

    opened = _open(path, must_check=True)
    saved, now = opened.saved, datetime.now(UTC)
    for line in _about(opened, now):
        say(line)
    _require_no_other_options(saved, context)
    require_in_time(saved, now)
    session = open_session(saved.environment)
    require_same_place(saved, session)
    planned = plan_environment(session, saved.allow, saved.selectors)
    require_unchanged(saved, session, planned)
    return session, planned


def _require_no_other_options(saved: SavedPlan, context: typer.Context) -> None:
    given = context.params["environment"]
    chosen = context.get_parameter_source("environment")
    if given != saved.environment and chosen is not None and chosen.name != "DEFAULT":
        raise CfaigError(
            f"the saved plan is for environment {saved.environment}, not for {given}",
            "leave -e and CFAIG_ENVIRONMENT out: the plan names its environment",
        )
    for name in ("allow", "adopt", "target", "exclude"):
        if context.params.get(name):
            raise CfaigError(f"--{name} does not go with a saved plan", "give it to cfaig plan -o, and review that")


def _open(path: Path, *, must_check: bool) -> Opened:
    from cfaig.reconcile.saved_plan import plan_key, read_saved

    name = "standard input" if path == STDIO else str(path)
    try:
        text = sys.stdin.buffer.read() if path == STDIO else path.read_bytes()
    except FileNotFoundError:
        hint = "save one: cfaig plan -o plan.json; an environment is named with -e"
        raise CfaigError(f"there is no saved plan {path}", hint) from None
    except OSError as error:
        raise CfaigError(f"{path} cannot be read: {error.strerror}") from error
    return read_saved(text, plan_key(os.environ), name=name, must_check=must_check)


def _about(opened: Opened, now: datetime) -> tuple[str, ...]:
    """What a saved plan is, line by line."""
    saved = opened.saved
    tools = f"cfaig {saved.tool}" + (f", Pulumi {saved.engine}" if saved.engine else "")
    ends = "expired" if now >= saved.expires else "holds until"
    seal = "not checked: CFAIG_PLAN_KEY is not set" if not opened.checked else "intact"
    return (
        f"saved plan for environment {saved.environment}, account {saved.account}",
        f"  made {_moment(saved.created)} with {tools}; {ends} {_moment(saved.expires)}",
        f"  seal: {opened.sealed}, {seal}",
        *(f"  allowed when it was made: {name}" for name in saved.allow),
    )


def _moment(moment: datetime) -> str:
    return f"{moment:%Y-%m-%d %H:%M:%S} UTC"
