"""A plan for each environment, all in this process: files are read once, and connections to the API kept."""

from __future__ import annotations

import io
import os
import traceback
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from cfaig.cli.console import hint_lines
from cfaig.cli.fleet import Tell
from cfaig.definition.diagnostics import DefinitionError
from cfaig.definition.render import render_text
from cfaig.deploy.planning import Planned, plan_environment
from cfaig.deploy.session import Session, open_session
from cfaig.deploy.shared import Shared
from cfaig.errors import EXIT_ERROR, CfaigError
from cfaig.local.engine.progress import told_on
from cfaig.project import Project

if TYPE_CHECKING:
    from cfaig.cli.everywhere import Question


@dataclass(slots=True)
class Plans:
    """What is asked of each plan, and how it is written.

    A plan changes nothing: one that runs when a person stops it is left alone, and ends with the process.
    """

    project: Project
    question: Question
    write: Callable[[Session, Planned], str]
    leaves: bool = True
    _shared: Shared = field(default_factory=Shared)
    _stopping: bool = False

    def work(self, environment: str, tell: Tell) -> tuple[int | None, str]:
        """Plan one environment; what is wrong there is told, and does not keep others from being planned."""
        if self._stopping:
            return None, ""
        try:
            return self._plan(environment, tell)
        except CfaigError as error:
            if os.environ.get("CFAIG_DEBUG"):
                _tell_all(traceback.format_exc(), tell)
                return EXIT_ERROR, ""
            if isinstance(error, DefinitionError):
                _tell_all(render_text(error.diagnostics), tell)
            _tell_all(f"error: {error.message}", tell)
            for line in hint_lines(error):
                tell(line)
            return error.exit_code, ""
        except Exception:  # noqa: BLE001 a fault of ours is told as in a process of its own
            _tell_all(traceback.format_exc(), tell)
            return EXIT_ERROR, ""

    def stop(self) -> None:
        """Start nothing more."""
        self._stopping = True

    def _plan(self, environment: str, tell: Tell) -> tuple[int, str]:
        session = open_session(self.project, environment, told_on(_Lines(tell)), tell, self._shared)
        asked = self.question
        planned = plan_environment(session, asked.allow, asked.selectors, need_secrets=asked.need_secrets)
        if planned.diagnostics:
            _tell_all(render_text(planned.diagnostics), tell)
        text = self.write(session, planned)
        return asked.judge(planned, tell), text


def _tell_all(text: str, tell: Tell) -> None:
    for line in text.splitlines():
        tell(line)


class _Lines(io.StringIO):
    """A stream whose lines are told."""

    def __init__(self, tell: Tell) -> None:
        super().__init__()
        self._tell = tell

    def write(self, text: str, /) -> int:
        _tell_all(text, self._tell)
        return len(text)
