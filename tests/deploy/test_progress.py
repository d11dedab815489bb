"""What the engine's events say to people."""

from __future__ import annotations

import pytest
from pulumi.automation.events import DiagnosticEvent, EngineEvent

from cfaig.deploy.progress import Progress

URN = "urn:pulumi:dev::cfaig::cfaig:index:Gateway$cfaig:index:Route::support/chat"


def told(message: str, severity: str) -> EngineEvent:
    event = DiagnosticEvent(urn=URN, prefix="", message=message, color="never", severity=severity)
    return EngineEvent(sequence=1, timestamp=1, diagnostic_event=event)


@pytest.mark.parametrize(
    ("message", "error"),
    [
        ("HTTP 403: no\n", "HTTP 403: no"),
        (
            "1 error occurred:\n\t* its new graph is not live yet: HTTP 500\n\n",
            "its new graph is not live yet: HTTP 500",
        ),
        ("2 errors occurred:\n\t* one\n\t* two\n", "one\ntwo"),
    ],
)
def test_errors_come_with_the_resource_and_without_frames(message: str, error: str) -> None:
    progress = Progress()
    progress(told(message, "error"))
    assert progress.errors == [f"route support/chat: {error}"]


def test_a_plugin_that_waits_is_heard() -> None:
    heard: list[str] = []
    progress = Progress(tell=heard.append)
    progress(told("waiting 43 s: 1,180 of 1,200 calls are used\n", "info#err"))
    progress(told("something else", "info#err"))
    assert heard == ["waiting 43 s: 1,180 of 1,200 calls are used"]
    assert progress.errors == []
