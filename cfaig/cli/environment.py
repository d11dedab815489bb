"""Commands against an environment: plan, apply, destroy."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, Annotated

import typer

from cfaig.cli import saved
from cfaig.cli.console import ask, say, show_diagnostics
from cfaig.cli.everywhere import DEFAULT_JOBS, All, Jobs, Question, apply_everywhere, plan_everywhere
from cfaig.cli.options import DEFAULT_ENVIRONMENT, ONLINE, AsJson, Environment, Excludes, PlanFormat, Targets, Yes
from cfaig.cli.showing import show_plan
from cfaig.errors import EXIT_CHANGES, EXIT_OK, EXIT_UNSAFE

if TYPE_CHECKING:
    from cfaig.deploy.planning import Planned
    from cfaig.deploy.session import Session
    from cfaig.reconcile.select import Selectors

Allow = Annotated[
    list[str] | None,
    typer.Option("--allow", metavar="CHANGE", help="Permit a change that a safety limit refuses; can be repeated."),
]
Adopt = Annotated[
    list[str] | None,
    typer.Option("--adopt", metavar="GATEWAY", help="Take over a gateway that exists already; can be repeated."),
]


def register(app: typer.Typer) -> None:
    """Put the commands of this module under `app`."""
    for command in (plan, apply, destroy):
        app.command(rich_help_panel=ONLINE)(command)


def plan(
    context: typer.Context,
    environment: Environment = DEFAULT_ENVIRONMENT,
    everywhere: All = False,
    jobs: Jobs = DEFAULT_JOBS,
    plan_format: Annotated[PlanFormat, typer.Option("--format", "-f", help="How to write it.")] = PlanFormat.TEXT,
    as_json: AsJson = False,
    details: Annotated[bool, typer.Option("--details", help="Name every field that differs, too.")] = False,
    allow: Allow = None,
    adopt: Adopt = None,
    target: Targets = None,
    exclude: Excludes = None,
    output: saved.Output = None,
    expires: saved.Expires = saved.DEFAULT_EXPIRES,
    policies: Annotated[
        bool, typer.Option("--policies", help="Ask the policies, too, which takes Pulumi and what apply needs.")
    ] = False,
    need_secrets: Annotated[
        bool, typer.Option("--need-secrets", help="Fail where a secret is not there, as apply does.")
    ] = False,
) -> int:
    """Show what apply would do: the definitions against the live account.

    Exit code 2 when there are changes, 3 when a safety limit refuses one, 4 when a policy does. Needs no provider key:
    a secret that is not there counts as unchanged.
    """
    chosen = PlanFormat.JSON if as_json else plan_format
    permitted, selectors = _allowed(allow, adopt), _selectors(target, exclude)
    if everywhere:
        return plan_everywhere(context, jobs, chosen, Question(permitted, selectors, need_secrets, _judge))
    lives = saved.lifetime(expires)
    session = _session(environment)
    planned = _plan_one(session, permitted, selectors, need_secrets=need_secrets or policies)
    if output != saved.STDIO:
        show_plan(planned.plan, chosen, environment=environment, details=details, refused=planned.refused)
    if output is not None:
        saved.write_plan(session, planned, output, lives)
    if policies and not planned.refused and not planned.settled:
        _ask_policies(session, planned)
    return _judge(planned, partial(say, style="red"))


def _judge(planned: Planned, warn: Callable[[str], None]) -> int:
    """The exit code of a plan; warns of one that will not be applied."""
    if planned.refused:
        warn("a safety limit refuses this plan: allow the change, or cfaig apply will not carry it out")
        return EXIT_UNSAFE
    return EXIT_OK if planned.plan.empty else EXIT_CHANGES


def _plan_one(session: Session, allow: tuple[str, ...], selectors: Selectors, *, need_secrets: bool = True) -> Planned:
    """Plan, and tell what is questionable about the definitions."""
    from cfaig.deploy.planning import plan_environment

    planned = plan_environment(session, allow, selectors, need_secrets=need_secrets)
    _show_warnings(planned)
    return planned


def _ask_policies(session: Session, planned: Planned) -> None:
    from cfaig.cli import applying

    applying.check(session, planned)


def apply(
    context: typer.Context,
    plan_file: saved.PlanFile = None,
    environment: Environment = DEFAULT_ENVIRONMENT,
    everywhere: All = False,
    jobs: Jobs = DEFAULT_JOBS,
    yes: Yes = False,
    details: Annotated[bool, typer.Option("--details", help="Name every field that differs, too.")] = False,
    allow: Allow = None,
    adopt: Adopt = None,
    target: Targets = None,
    exclude: Excludes = None,
) -> int:
    """Show the plan, check safety limits and policies, ask, and carry it out through Pulumi.

    With a saved plan just that one is carried out, without asking again, or refused when anything has changed. With
    --all, nothing is written before every environment has a plan that is not refused.
    """
    if everywhere:
        question = Question(_allowed(allow, adopt), _selectors(target, exclude), True, _judge)
        return apply_everywhere(context, jobs, question, yes=yes)
    from cfaig.cli import applying
    from cfaig.reconcile.safety import require_allowed

    if plan_file is None:
        session = _session(environment)
        planned = _plan_one(session, _allowed(allow, adopt), _selectors(target, exclude))
    else:
        session, planned = saved.plan_again(plan_file, context, _session)
        _show_warnings(planned)
    place = session.target.environment
    show_plan(planned.plan, PlanFormat.TEXT, environment=place, details=details, refused=())
    require_allowed(planned.refused)
    if not planned.settled:
        steps = applying.check(session, planned)
        ask(yes or plan_file is not None, f"Apply this to {_place(session)}?")
        applying.carry_out(session, planned, steps)
    applying.show_what_exists(session, planned.desired)
    return EXIT_OK


def destroy(
    environment: Environment = DEFAULT_ENVIRONMENT,
    yes: Yes = False,
    allow: Allow = None,
) -> int:
    """Delete everything that the environment's stack holds: show it, check the safety limits, and ask.

    Each gateway and route has to be allowed by name, and none may be protected (exit code 3); only `local` is free.
    """
    from cfaig.cli import applying
    from cfaig.deploy.planning import plan_destruction
    from cfaig.reconcile.safety import require_allowed

    session = _session(environment)
    planned = plan_destruction(session, tuple(allow or ()))
    show_plan(planned.plan, PlanFormat.TEXT, environment=environment, details=False, refused=())
    require_allowed(planned.refused)
    ask(yes, f"Delete all this from {_place(session)}?")
    applying.tear_down(session, planned)
    return EXIT_OK


def _session(environment: str) -> Session:
    from cfaig.deploy.session import open_session
    from cfaig.local.engine.progress import told_on
    from cfaig.project import find_project

    return open_session(find_project(), environment, told_on(), say)


def _allowed(allow: list[str] | None, adopt: list[str] | None) -> tuple[str, ...]:
    return (*(allow or ()), *(f"adopt:gateway/{gateway}" for gateway in adopt or ()))


def _selectors(target: list[str] | None, exclude: list[str] | None) -> Selectors:
    from cfaig.reconcile.select import Selectors

    return Selectors(tuple(target or ()), tuple(exclude or ()))


def _show_warnings(planned: Planned) -> None:
    if planned.diagnostics:
        show_diagnostics(planned.diagnostics)


def _place(session: Session) -> str:
    if session.server:
        return "the local Cloudflare"
    return f"account {session.target.account} (environment {session.target.environment})"
