"""`cfaig convert`: configurations of other gateways as definitions."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from cfaig.cli.console import emit, say, show_diagnostics
from cfaig.cli.options import OFFLINE, AsJson
from cfaig.convert.formats import NAMES, Format
from cfaig.errors import EXIT_ERROR, EXIT_OK, CfaigError

if TYPE_CHECKING:
    from cfaig.convert.convert import Conversion
    from cfaig.definition.diagnostics import Diagnostic

STDIN = Path("-")


def register(app: typer.Typer) -> None:
    """Put the commands of this module under `app`."""
    app.command(rich_help_panel=OFFLINE)(convert)


def convert(
    file: Annotated[Path, typer.Argument(help="The configuration, YAML or JSON; - is standard input.")],
    from_: Annotated[
        Format | None, typer.Option("--from", help="What it is a configuration of. Default: what it looks like.")
    ] = None,
    gateway: Annotated[
        str | None, typer.Option("--gateway", metavar="ID", help="The id of the gateway. Default: the file's name.")
    ] = None,
    output: Annotated[Path | None, typer.Option("--output", "-o", help="Write the definition to this file.")] = None,
    write: Annotated[bool, typer.Option("--write", help="Write the definition to gateways/ID.yaml.")] = False,
    force: Annotated[bool, typer.Option("--force", help="Overwrite a file that exists.")] = False,
    strict: Annotated[bool, typer.Option("--strict", help="Exit code 1 if something is not carried over.")] = False,
    as_json: AsJson = False,
) -> int:
    """Turn a configuration of LiteLLM, Portkey, Kong (decK) or an older tool into a definition; tell what is lost."""
    from cfaig.convert.convert import convert as converted
    from cfaig.project import find_project

    _check(gateway, output, write=write)
    shown = Path("<stdin>") if file == STDIN else file
    default = "converted" if file == STDIN else None
    found = converted(_read(file), shown, gateway or default, from_)
    place = find_project().gateways / f"{found.gateway.id}.yaml" if write else output
    diagnostics = _diagnostics(found)
    if place is not None:
        _write(place, found.text, force=force)
    if as_json:
        emit(_document(found, shown, place, diagnostics))
    elif place is None:
        emit(found.text)
    if not as_json:
        _tell(found, shown, place, diagnostics)
    failed = any(diagnostic.severity == "error" for diagnostic in diagnostics)
    return EXIT_ERROR if failed or (strict and not found.lossless) else EXIT_OK


def _check(gateway: str | None, output: Path | None, *, write: bool) -> None:
    from cfaig.scaffold import GATEWAY_ID

    if gateway is not None and (len(gateway) > 64 or not GATEWAY_ID.fullmatch(gateway)):
        raise CfaigError(f"{gateway!r} is no gateway id", "use up to 64 of a-z, 0-9, _ and single - between them")
    if output is not None and write:
        raise CfaigError("--output and --write both say where the definition goes", "keep one of them")


def _read(file: Path) -> bytes:
    if file == STDIN:
        return sys.stdin.buffer.read()
    try:
        return file.read_bytes()
    except OSError as error:
        raise CfaigError(f"{file} cannot be read: {error.strerror}") from error


def _write(place: Path, text: str, *, force: bool) -> None:
    from cfaig.whole_files import write_output

    try:
        place.parent.mkdir(parents=True, exist_ok=True)
        if force:
            write_output(place, text)
        else:
            with place.open("x", encoding="utf-8") as stream:
                stream.write(text)
    except FileExistsError:
        raise CfaigError(f"there is already {place}; nothing was written", "overwrite it with --force") from None
    except OSError as error:
        raise CfaigError(f"{place} cannot be written: {error.strerror}") from error


def _diagnostics(found: Conversion) -> tuple[Diagnostic, ...]:
    """What `cfaig validate` would say of the definition alone."""
    from cfaig.checks import check_gateways
    from cfaig.definition.diagnostics import DefinitionError
    from cfaig.definition.load import load_text
    from cfaig.project import LOCAL_ENVIRONMENT

    try:
        loaded = load_text(found.text, LOCAL_ENVIRONMENT, name=Path(f"{found.gateway.id}.yaml"))
    except DefinitionError as error:
        return error.diagnostics
    return (*loaded.diagnostics, *check_gateways(loaded, environ=None, environment=LOCAL_ENVIRONMENT))


def _tell(found: Conversion, shown: Path, place: Path | None, diagnostics: tuple[Diagnostic, ...]) -> None:
    from cfaig.convert.report import counted, report_lines
    from cfaig.convert.source import Fate

    styles = {Fate.DROPPED: "red", Fate.CHANGED: "yellow", Fate.SECRET: "yellow", Fate.UNNEEDED: "dim"}
    for fate, text in report_lines(found.notes):
        head, *others = text.splitlines()
        say(head, styles[fate])
        for line in others:
            say(line, "dim" if fate is Fate.UNNEEDED else None)
    if diagnostics:
        show_diagnostics(diagnostics)
    told = counted(found.notes) or "everything is carried over"
    say(f"{shown} ({NAMES[found.format]}): {told}", "green" if found.lossless else "yellow")
    if place is not None:
        say(f"wrote {place}; check it with: cfaig validate {place}")


def _document(found: Conversion, shown: Path, place: Path | None, diagnostics: tuple[Diagnostic, ...]) -> str:
    from cfaig.convert.report import notes_document
    from cfaig.definition.render import render_json

    document = {
        "format": 1,
        "source": shown.as_posix(),
        "from": found.format.value,
        "gateway": found.gateway.id,
        "definition": found.text,
        "written": None if place is None else str(place),
        "lossless": found.lossless,
        "notes": notes_document(found.notes),
        "diagnostics": json.loads(render_json(diagnostics)),
    }
    return json.dumps(document, indent=2, ensure_ascii=False)
