"""`cfaig test`: the scenarios of a project. Offline."""

from __future__ import annotations

from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from cfaig.cli.console import emit, say
from cfaig.cli.options import OFFLINE, AsJson
from cfaig.errors import EXIT_ERROR, EXIT_OK, CfaigError

if TYPE_CHECKING:
    from cfaig.scenarios.coverage import Coverage
    from cfaig.scenarios.run import Result
    from cfaig.scenarios.session import Wanted


def register(app: typer.Typer) -> None:
    """Put the commands of this module under `app`."""
    app.command("test", rich_help_panel=OFFLINE)(run_scenarios)


def run_scenarios(
    files: Annotated[
        list[Path] | None, typer.Argument(help="Files or folders of scenarios. Default: all of scenarios/.")
    ] = None,
    word: Annotated[
        str | None, typer.Option("-k", metavar="WORD", help="Only scenarios with this in their names, or their file's.")
    ] = None,
    environment: Annotated[
        str | None,
        typer.Option(
            "--environment",
            "-e",
            envvar="CFAIG_ENVIRONMENT",
            help="Run in this environment; files for another one are skipped. Default: what each file says, or local.",
        ),
    ] = None,
    as_json: AsJson = False,
    junit: Annotated[Path | None, typer.Option("--junit", metavar="FILE", help="Write JUnit XML, too.")] = None,
    watch: Annotated[bool, typer.Option("--watch", help="Run again when a definition or scenario changes.")] = False,
    coverage: Annotated[
        bool, typer.Option("--coverage", help="Tell which branches of routes no scenario reached.")
    ] = False,
    min_coverage: Annotated[
        float | None,
        typer.Option("--min-coverage", min=0, max=100, metavar="PERCENT", help="Fail below this; tells coverage, too."),
    ] = None,
    skip_edge: Annotated[
        bool, typer.Option("--skip-edge", help="Leave out what goes through an edge: it needs workerd.")
    ] = False,
    first_only: Annotated[bool, typer.Option("-x", "--exit-first", help="Stop at the first that fails.")] = False,
    verbose: Annotated[bool, typer.Option("--verbose", "-v", help="A line for each scenario.")] = False,
) -> int:
    """Run the scenarios: what the definitions make of requests, against what is expected. Exit code 1 if not."""
    from cfaig.scenarios.session import Wanted

    wanted = Wanted(tuple(files or ()), word, environment, first_only, not skip_edge)
    show = _Show(as_json, junit, coverage or min_coverage is not None, min_coverage or 0.0, verbose)
    if not watch:
        return show.run(wanted)
    if as_json:
        raise CfaigError("--watch and --json exclude each other", "keep one of them")
    return _watch(wanted, show)


class _Show:
    """Runs what is wanted and shows it as the options say."""

    def __init__(self, as_json: bool, junit: Path | None, coverage: bool, min_coverage: float, verbose: bool) -> None:
        self._as_json, self._junit, self._verbose = as_json, junit, verbose
        self._coverage, self._min_coverage = coverage, min_coverage

    def run(self, wanted: Wanted) -> int:
        """One run; gives its exit code."""
        from cfaig.scenarios.report_json import report_json
        from cfaig.scenarios.report_junit import report_junit
        from cfaig.scenarios.report_text import coverage_text, failures_text, summary_text
        from cfaig.scenarios.run import State
        from cfaig.scenarios.session import open_session

        session = open_session(wanted, say)
        results: list[Result] = []
        for _, group in groupby(session.results(), key=lambda result: (result.suite.file, result.environment)):
            inside = list(group)
            results += inside
            if not self._as_json:
                self._tell_file(inside, session.width)
        coverage = session.coverage(results) if self._coverage else None
        if self._junit is not None:
            _write(self._junit, report_junit(results))
        if self._as_json:
            emit(report_json(results, coverage))
        else:
            if failed := failures_text(results):
                emit(f"\n{failed}")
            if coverage is not None:
                emit(f"\n{coverage_text(coverage)}")
        bad = any(result.state is State.FAILED for result in results)
        say(summary_text(results), "bold red" if bad else "green")
        return EXIT_ERROR if self._is_low(coverage) or bad else EXIT_OK

    def _tell_file(self, results: list[Result], width: int) -> None:
        from cfaig.scenarios.report_text import file_line, file_lines

        emit(file_lines(results) if self._verbose else file_line(results, width))

    def _is_low(self, coverage: Coverage | None) -> bool:
        low = coverage is not None and coverage.percent < self._min_coverage
        if low and coverage is not None:
            say(f"coverage is {coverage.percent:.1f} %, which is below {self._min_coverage:g} %", "bold red")
        return low


def _write(path: Path, text: str) -> None:
    from cfaig.whole_files import write_output

    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        write_output(path, text)
    except OSError as error:
        raise CfaigError(f"cannot write {path}: {error.strerror}") from error


def _watch(wanted: Wanted, show: _Show) -> int:
    """Run, and again at each change, until Ctrl-C."""
    from cfaig.cli.console import report
    from cfaig.project import find_project
    from cfaig.scenarios.watch import changes

    project = find_project()
    for _ in changes(project, wanted.files):
        try:
            show.run(wanted)
        except CfaigError as error:
            report(error)
        say("watching for changes; Ctrl-C ends", "dim")
    return EXIT_OK
