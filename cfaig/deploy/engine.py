"""Running the Pulumi engine for one environment, through the Automation API."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from types import FrameType
from typing import IO, Any, TypeAlias

from pulumi.automation import (
    CommandError,
    CommandResult,
    Deployment,
    LocalWorkspace,
    PulumiCommand,
    Stack,
)
from pulumi.automation.errors import StackAlreadyExistsError, create_command_error
from semver import VersionInfo

from cfaig.local.engine.model import Engine as FoundEngine
from cfaig.project import Project

# A deployment as `pulumi stack export` gives it.
Stored: TypeAlias = Mapping[str, Any]


class InterruptibleCommand(PulumiCommand):
    """A Pulumi command that ends in order: Ctrl-C and SIGTERM reach the engine once, and are waited for.

    The one of the Automation API leaves the engine running when Python is interrupted.
    """

    def __init__(self, executable: Path, version: str) -> None:
        # The version was checked when the engine was found; the constructor of the class above would ask once more.
        self.command = str(executable)
        self.version = VersionInfo.parse(version)
        self._process: subprocess.Popen[str] | None = None
        self._more_environment: Mapping[str, str] = {}
        self.interrupted = False

    @contextmanager
    def with_environment(self, more: Mapping[str, str]) -> Iterator[None]:
        """While inside, commands run with these variables too."""
        self._more_environment = more
        try:
            yield
        finally:
            self._more_environment = {}

    def run(
        self,
        args: list[str],
        cwd: str,
        additional_env: Mapping[str, str],
        on_output: Callable[[str], Any] | None = None,
        on_error: Callable[[str], Any] | None = None,
    ) -> CommandResult:
        """Run one command to its end.

        Raises CommandError when it fails.
        """
        environ = {**os.environ, **additional_env, **self._more_environment, "PULUMI_AUTOMATION_API": "true"}
        with subprocess.Popen(
            [self.command, "--non-interactive", *args],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            cwd=cwd,
            env=environ,
            encoding="utf-8",
            process_group=0,
        ) as process:
            self._process = process
            output: list[str] = []
            errors: list[str] = []
            readers = [
                threading.Thread(target=_collect, args=(process.stdout, on_output, output)),
                threading.Thread(target=_collect, args=(process.stderr, on_error, errors)),
            ]
            for reader in readers:
                reader.start()
            for reader in readers:
                reader.join()
            code = process.wait()
            self._process = None
        result = CommandResult(stdout="\n".join(output), stderr="\n".join(errors), code=code)
        if code:
            raise create_command_error(result)
        return result

    def interrupt(self, *_: int | FrameType | None) -> None:
        """Ask the engine to finish what is under way and stop; a second time ends it at once."""
        process = self._process
        if process is None:
            raise KeyboardInterrupt
        process.send_signal(signal.SIGTERM if self.interrupted else signal.SIGINT)
        self.interrupted = True


def _collect(stream: IO[str] | None, callback: Callable[[str], Any] | None, lines: list[str]) -> None:
    for line in stream or ():
        lines.append(line.rstrip())
        if callback:
            callback(lines[-1])


def said(error: CommandError, lines: int = 12) -> str:
    """What the engine said when it failed, without the frame that the Automation API puts around it."""
    output, _, errors = str(error).partition("\n stdout: ")[2].partition("\n stderr: ")
    told = [line for line in (errors.strip() or output).splitlines() if line.strip()]
    return "\n".join(told[-lines:]).removeprefix("error: ")


@dataclass(frozen=True, slots=True)
class Exported:
    """What a stack holds; `deployment` is None where there is no such stack."""

    deployment: Mapping[str, Any] | None


class Engine:
    """The engine and the stack of one environment."""

    def __init__(self, project: Project, environment: str, found: FoundEngine, environ: Mapping[str, str]) -> None:
        self.project = project
        self.environment = environment
        self.environ = dict(environ)
        self.command = InterruptibleCommand(found.pulumi, found.version)

    @cached_property
    def workspace(self) -> LocalWorkspace:
        """The project's folder as the Automation API sees it."""
        return LocalWorkspace(work_dir=str(self.project.root), pulumi_command=self.command, env_vars=self.environ)

    @cached_property
    def stack(self) -> Stack:
        """The stack; made where there is none."""
        try:
            return Stack.create_or_select(self.environment, self.workspace)
        except StackAlreadyExistsError:
            # Another run has made it between our two calls.
            return Stack.select(self.environment, self.workspace)

    def select(self, *, create: bool) -> bool:
        """Make the stack the one that plain `pulumi` commands use; whether it is there."""
        arguments = ["stack", "select", self.environment, *(["--create"] if create else [])]
        try:
            self.command.run(arguments, str(self.project.root), self.environ)
        except CommandError:
            return False
        return True

    def rewrite(self, edit: Callable[[Stored], Stored | None]) -> tuple[Stored, Stored | None]:
        """Put in the place of the stack's deployment what `edit` makes of it, unless that is None; gives both.

        Raises CommandError while another run holds the stack.
        """
        exported = self.stack.export_stack()
        before = dict(exported.deployment or {})
        after = edit(before)
        if after is not None:
            self.stack.import_stack(Deployment(version=exported.version, deployment=dict(after)))
        return before, after

    @contextmanager
    def signals(self) -> Iterator[None]:
        """While inside, Ctrl-C and SIGTERM stop the engine in order instead of leaving it alone."""
        before = {number: signal.signal(number, self.command.interrupt) for number in (signal.SIGINT, signal.SIGTERM)}
        try:
            yield
        finally:
            for number, handler in before.items():
                signal.signal(number, handler)

    def export(self) -> Exported | None:
        """The stack's deployment, secrets sealed; None where the backend does not tell (no login, say)."""
        try:
            result = self.command.run(
                ["stack", "export", "--stack", self.environment], str(self.project.root), self.environ
            )
        except CommandError as error:
            return Exported(None) if "no stack named" in str(error) else None
        return Exported(json.loads(result.stdout).get("deployment") or {})
