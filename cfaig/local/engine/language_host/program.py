"""Running a Pulumi program in this process."""

from __future__ import annotations

import asyncio
import logging
import os
import runpy
import sys
import traceback
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pulumi
from pulumi.runtime import Settings, configure, run_in_stack
from pulumi.runtime.config import set_all_config
from pulumi.runtime.proto import language_pb2

from cfaig.errors import CfaigError

# A bail tells the engine that the error has been shown already.
SHOWN = language_pb2.RunResponse(bail=True)


def run_program(request: language_pb2.RunRequest, engine_address: str) -> language_pb2.RunResponse:
    """Run the program that `request` names; errors go to the engine's log."""
    os.chdir(request.pwd)
    program = Path(request.pwd, request.info.entry_point or request.program).resolve()
    main = program / "__main__.py" if program.is_dir() else program
    sys.argv = [str(main), *request.args]
    if str(main.parent) not in sys.path:
        sys.path.insert(0, str(main.parent))
    set_all_config(dict(request.config), list(request.configSecretKeys))
    configure(
        Settings(
            project=request.project,
            stack=request.stack,
            monitor=request.monitor_address,
            engine=engine_address,
            parallel=request.parallel,
            dry_run=request.dryRun,
            organization=request.organization or "organization",
            root_directory=request.info.root_directory,
        )
    )
    if not main.is_file():
        pulumi.log.error(f"there is no program: {main} does not exist")
        return SHOWN
    try:
        return _run(lambda: _execute(main), request.parallel, main)
    finally:
        sys.stdout.flush()
        sys.stderr.flush()


def _execute(main: Path) -> None:
    """Run the file as `__main__`; ending early with success is a success."""
    try:
        runpy.run_path(str(main), run_name="__main__")
    except SystemExit as end:
        if end.code not in (None, 0):
            raise pulumi.RunError(f"the program ended with exit code {end.code}") from end


def _run(program: Callable[[], None], parallel: int, main: Path) -> language_pb2.RunResponse:
    # Pulumi abandons futures when a program fails; asyncio's complaints about that are not the user's concern.
    logging.getLogger("asyncio").setLevel(logging.CRITICAL)
    loop = asyncio.new_event_loop()
    asyncio.set_event_loop(loop)
    # Four calls to the engine for each operation that it runs at a time, as under the official host.
    executor = ThreadPoolExecutor(max(parallel, 1) * 4)
    loop.set_default_executor(executor)
    try:
        loop.run_until_complete(run_in_stack(program))
    except CfaigError as error:
        pulumi.log.error(error.message + (f"\n{error.hint}" if error.hint else ""))
        return SHOWN
    except pulumi.RunError as error:
        pulumi.log.error(str(error))
        return SHOWN
    except Exception as error:  # noqa: BLE001 whatever a program raises is shown
        pulumi.log.error("Program failed with an unhandled exception:\n" + _traceback(error, main))
        return SHOWN
    finally:
        executor.shutdown(wait=True)
        loop.close()
    return language_pb2.RunResponse()


def _traceback(error: Exception, main: Path) -> str:
    """The traceback from the program's own first line on."""
    frames = traceback.extract_tb(error.__traceback__)
    first = next((index for index, frame in enumerate(frames) if frame.filename == str(main)), 0)
    return "".join(traceback.format_exception(error, limit=first - len(frames)))
