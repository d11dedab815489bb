"""`cfaig simulate`: where a request to a route would go, and what would come back. Offline."""

from __future__ import annotations

import json
from collections.abc import Sequence
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from cfaig.cli.console import emit_to, is_file, say
from cfaig.cli.options import DEFAULT_ENVIRONMENT, OFFLINE, Environment
from cfaig.errors import CfaigError

if TYPE_CHECKING:
    from cfaig.scenarios.model import Request
    from cfaig.scenarios.simulate import Simulation


class SimulationFormat(StrEnum):
    """How a simulation is written."""

    TEXT = "text"
    SVG = "svg"
    MERMAID = "mermaid"
    DOT = "dot"
    JSON = "json"


def register(app: typer.Typer) -> None:
    """Put the commands of this module under `app`."""
    app.command(rich_help_panel=OFFLINE)(simulate)


def simulate(
    route: Annotated[str, typer.Argument(metavar="ROUTE", help="The route: chat, or support/chat.")],
    gateway: Annotated[str | None, typer.Option("--gateway", metavar="ID", help="The gateway that has it.")] = None,
    environment: Environment = DEFAULT_ENVIRONMENT,
    metadata: Annotated[
        list[str] | None,
        typer.Option("--metadata", "-m", metavar="NAME=VALUE", help="An entry of cf-aig-metadata; can be repeated."),
    ] = None,
    header: Annotated[
        list[str] | None, typer.Option("--header", "-H", metavar="NAME=VALUE", help="A header; can be repeated.")
    ] = None,
    down: Annotated[
        list[str] | None,
        typer.Option(
            "--down",
            metavar="PROVIDER[/MODEL][:STATUS]",
            help="It fails with this status (500), hangs (:hang) or takes no connection (:refuse); can be repeated.",
        ),
    ] = None,
    slow: Annotated[
        list[str] | None,
        typer.Option(
            "--slow", metavar="PROVIDER[/MODEL]=TIME", help="Its first byte takes this long; can be repeated."
        ),
    ] = None,
    times: Annotated[int, typer.Option("--times", min=1, max=100_000, help="Send it so often.")] = 1,
    seed: Annotated[int, typer.Option("--seed", min=0, help="Which random numbers the splits draw.")] = 0,
    stream: Annotated[bool, typer.Option("--stream", help="Ask for the answer in pieces.")] = False,
    output_format: Annotated[
        SimulationFormat | None,
        typer.Option("--format", "-f", help="How to write it. Default: as FILE ends, else text."),
    ] = None,
    output: Annotated[
        Path | None, typer.Option("--output", "-o", metavar="FILE", help="Write it to this file; - is stdout.")
    ] = None,
) -> None:
    """Tell where a request to a route would go, with providers up, down or slow: in one line, and as a picture."""
    from cfaig.project import find_project
    from cfaig.scenarios.simulate import down_rule, find_route, slow_rule
    from cfaig.scenarios.simulate import simulate as run
    from cfaig.scenarios.simulation_text import simulation_line
    from cfaig.scenarios.stage import open_stages

    chosen = output_format or (_format_of(output) if is_file(output) else SimulationFormat.TEXT)
    stage = open_stages(find_project(), [environment])[environment]
    owner, name = find_route(stage, route, gateway)
    rules = [*(down_rule(told, stage) for told in down or ()), *(slow_rule(told, stage) for told in slow or ())]
    simulation = run(stage, owner, _request(name, metadata or (), header or (), times, stream=stream), rules, seed)
    if emit_to(output, _written(simulation, chosen)):
        say(simulation_line(simulation))
        say(f"wrote {output}")


def _request(route: str, metadata: Sequence[str], header: Sequence[str], times: int, *, stream: bool) -> Request:
    from cfaig.scenarios.model import Request
    from cfaig.scenarios.simulate import metadata_value

    headers: dict[str, str] = {}
    if metadata:
        entries = (_pair(told, "--metadata", "plan=free") for told in metadata)
        headers["cf-aig-metadata"] = json.dumps({name: metadata_value(value) for name, value in entries})
    headers |= {
        name.lower(): value for name, value in (_pair(told, "--header", "cf-aig-skip-cache=true") for told in header)
    }
    return Request(route=route, headers=headers, times=times, stream=stream)


def _pair(told: str, option: str, example: str) -> tuple[str, str]:
    name, found, value = told.partition("=")
    if not found or not name.strip():
        raise CfaigError(f"{option} {told} is no name with a value", f"write it as {option} {example}")
    return name.strip(), value


def _format_of(path: Path) -> SimulationFormat:
    from cfaig.pictures.formats import format_of

    return SimulationFormat.JSON if path.suffix.lower() == ".json" else SimulationFormat(format_of(path).value)


def _written(simulation: Simulation, chosen: SimulationFormat) -> str:
    from cfaig.pictures.formats import PictureFormat
    from cfaig.pictures.render import render
    from cfaig.scenarios.simulate import document
    from cfaig.scenarios.simulation_text import simulation_text

    if chosen is SimulationFormat.TEXT:
        return simulation_text(simulation)
    if chosen is SimulationFormat.JSON:
        return json.dumps(document(simulation), indent=2, ensure_ascii=False)
    return render({simulation.address: simulation.elements}, PictureFormat(chosen.value), simulation.taken)
