"""A single log: finding it, what was asked and answered, and what somebody thinks of it."""

from __future__ import annotations

from typing import Final
from urllib.parse import quote

from cfaig.errors import CfaigError
from cfaig.live.api import ApiError
from cfaig.observe.gateways import path_of
from cfaig.observe.log import Log
from cfaig.observe.log_filter import LogFilter
from cfaig.observe.permissions import EDIT_LOGS, READ_LOGS, needs
from cfaig.observe.read_logs import LogReader

SHORTEST_END: Final = 4


def find_log(reader: LogReader, identity: str) -> Log:
    """The log with this id, or the one whose id ends so (an ellipsis before it counts for nothing).

    Raises CfaigError where there is none, or several.
    """
    end = identity.lstrip("…").strip()
    try:
        return reader.detail(end)
    except CfaigError as error:
        if len(end) < SHORTEST_END or isinstance(error, ApiError):
            raise
        fitting = _ending_with(reader, end)
        if not fitting:
            raise
    if len(fitting) > 1:
        raise CfaigError(
            f"{len(fitting)} logs have an id that ends with {end}", f"give all of it: {', '.join(fitting)}"
        )
    return reader.detail(fitting[0])


def _ending_with(reader: LogReader, end: str) -> list[str]:
    wanted = LogFilter(id_end=end)
    return [str(log["id"]) for log in reader.page(wanted, 1, "desc").logs if wanted.matches(log)]


def body_of(reader: LogReader, log: Log, name: str) -> str | None:
    """The whole `request` or `response` of a log as a text; None where it was not kept.

    What the log's own answer has of it is enough when it is all.
    """
    if log.get(f"{name}_head_complete") and log.get(f"{name}_head") is not None:
        return str(log[f"{name}_head"])
    path = f"{path_of(reader.account, reader.gateway)}/logs/{quote(str(log['id']), safe='')}/{name}"
    with needs(READ_LOGS, "read logs"):
        try:
            return str(reader.api.request("GET", path, raw=True))
        except ApiError as error:
            if not error.gone:
                raise
            return None


def send_feedback(reader: LogReader, log: Log, good: bool | None, score: float | None) -> None:
    """Put thumbs up or down, or a score, on a log; what is None stays as it is."""
    body: dict[str, object] = {}
    if good is not None:
        body["feedback"] = 1 if good else -1
    if score is not None:
        body["score"] = score
    path = f"{path_of(reader.account, reader.gateway)}/logs/{quote(str(log['id']), safe='')}"
    with needs(EDIT_LOGS, "give feedback"):
        reader.api.request("PATCH", path, body=body)
