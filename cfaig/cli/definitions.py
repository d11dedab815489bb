"""Offline commands: about the definitions alone, without account, network or Pulumi."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from cfaig.cli.console import emit, emit_to, say, show_diagnostics
from cfaig.cli.options import OFFLINE, AsJson
from cfaig.errors import EXIT_ERROR, EXIT_OK

if TYPE_CHECKING:
    from cfaig.definition.diagnostics import Diagnostic


def register(app: typer.Typer) -> None:
    """Put the commands of this module under `app`."""
    for command in (validate, explain, schema, init):
        app.command(rich_help_panel=OFFLINE)(command)


def validate(
    files: Annotated[
        list[Path] | None, typer.Argument(help="Definitions to check; - is standard input. Default: all of gateways/.")
    ] = None,
    environment: Annotated[
        str | None,
        typer.Option(
            "--environment", "-e", envvar="CFAIG_ENVIRONMENT", help="Only this environment, and its secrets too."
        ),
    ] = None,
    as_json: AsJson = False,
    strict: Annotated[bool, typer.Option("--strict", help="Count warnings as errors.")] = False,
) -> int:
    """Check definitions, in every environment: each mistake with its place, and how to put it right."""
    from cfaig.checks.loading import validate_all
    from cfaig.definition.diagnostics import Severity
    from cfaig.definition.render import render_json

    checked = validate_all(tuple(files or ()), environment, os.environ)
    failing = [d for d in checked.diagnostics if strict or d.severity is Severity.ERROR]
    if as_json:
        emit(render_json(checked.diagnostics))
    else:
        _tell(checked.diagnostics)
        gateways = ", ".join(checked.gateways)
        if not failing:
            say(f"valid: {gateways or 'no gateway'} in {', '.join(checked.environments)}", "green")
        if checked.unasked and not failing:
            say(f"only the form was checked, Vault was not asked: {', '.join(checked.unasked)}", "dim")
    return EXIT_ERROR if failing else EXIT_OK


def _tell(diagnostics: tuple[Diagnostic, ...]) -> None:
    from cfaig.definition.diagnostics import Severity

    if not diagnostics:
        return
    show_diagnostics(diagnostics)
    errors = sum(diagnostic.severity is Severity.ERROR for diagnostic in diagnostics)
    warnings = len(diagnostics) - errors
    counts = [f"{n} {word}{'' if n == 1 else 's'}" for n, word in ((errors, "error"), (warnings, "warning")) if n]
    say(", ".join(counts), "bold red" if errors else "yellow")


def explain(
    code: Annotated[str | None, typer.Argument(help="A code such as AIG012; without one, all are listed.")] = None,
) -> None:
    """Tell what a diagnostic's code means, with a wrong and a right example."""
    from cfaig.explaining import explanation_text, list_text

    emit(list_text() if code is None else explanation_text(code))


def schema(
    name: Annotated[
        str, typer.Argument(help="gateway for definitions, scenario for scenarios, or another one: list tells them.")
    ] = "gateway",
    output: Annotated[Path | None, typer.Option("--output", "-o", help="Write it to this file.")] = None,
) -> None:
    """Print a JSON Schema, for editors and other tools: of definitions, scenarios, or what commands write as JSON."""
    from cfaig.definition.schema import published_schema, published_schemas

    text = "\n".join(published_schemas()) if name == "list" else published_schema(name)
    if emit_to(output, text):
        say(f"wrote {output}")


def init(
    folder: Annotated[Path, typer.Argument(help="The folder of the new project.")] = Path(),
    gateway: Annotated[str, typer.Option("--gateway", help="Id of the first gateway.")] = "my-gateway",
    ci: Annotated[
        Literal["github", "gitlab"] | None, typer.Option("--ci", help="Write the pipelines for this CI system, too.")
    ] = None,
    policies: Annotated[
        bool, typer.Option("--policies", help="Write the policy pack into a project that is there already.")
    ] = False,
    as_json: AsJson = False,
) -> None:
    """Begin a project: a first definition, the Pulumi project, its stacks and policies. Files that exist are kept."""
    from cfaig.scaffold import write_project

    written = write_project(folder, gateway, ci, policies=policies)
    if as_json:
        emit(json.dumps(dict(written), indent=2))
        return
    for name, state in written:
        say(f"{state:8} {name}", "dim" if state == "kept" else None)
    if ci is not None:
        say(f"next: what to set up in {ci} is in docs/gitops.md; pin cfaig in requirements.txt")
    else:
        say(f"next: look at gateways/{gateway}.yaml, then: cfaig apply")
