"""One log as the API gives it, read where its spelling varies. Source: facts/ai-gateway.md 7."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import datetime
from typing import Any, Final

from cfaig.errors import CfaigError
from cfaig.live.wire import decoded_json, truth
from cfaig.observe.window import in_utc

Log = Mapping[str, Any]

ROUTE_PREFIX: Final = "dynamic/"
_ROUTE_IN_BODY: Final = re.compile(r'"model"\s*:\s*"dynamic/([^"\\]+)"')


def moment_of(log: Log) -> datetime:
    """When the call came in, in UTC.

    Raises CfaigError for a log whose time cannot be read.
    """
    try:
        return in_utc(datetime.fromisoformat(str(log["created_at"])))
    except (KeyError, ValueError) as error:
        raise CfaigError(f"Cloudflare gave a log without a time that can be read: {log.get('id')}") from error


def metadata_of(log: Log) -> Mapping[str, Any]:
    """What the client told about the call; the API gives it as an object or as a JSON text."""
    found = decoded_json(log.get("metadata"))
    return found if isinstance(found, Mapping) else {}


def number_of(log: Log, name: str) -> float:
    """A number of the log; what is not told is 0."""
    value = log.get(name)
    return value if isinstance(value, (int, float)) and not isinstance(value, bool) else 0


def flag_of(log: Log, name: str) -> bool:
    """A switch of the log."""
    return truth(log.get(name))


def route_told(log: Log) -> str | None:
    """The route that the log itself names: only a call for which every model failed has it as its model."""
    model = str(log.get("model") or "")
    return model.removeprefix(ROUTE_PREFIX) if model.startswith(ROUTE_PREFIX) else None


def may_be_of_route(log: Log) -> bool:
    """Whether the call could have asked for a route: not when its path is a provider's own."""
    return not str(log.get("path") or "").lstrip("/").startswith(f"{log.get('provider')}/")


def route_in_body(head: str) -> str | None:
    """The route that a request's body asks for."""
    found = _ROUTE_IN_BODY.search(head)
    return found[1] if found else None
