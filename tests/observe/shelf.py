"""Cloudflare's list of logs in memory, with its pages of moments, for what no real one does in a second."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any, cast

from cfaig.live.api import CloudflareApi
from cfaig.observe.read_logs import LogReader

BEGIN = datetime(2026, 11, 22, tzinfo=UTC)


def log(number: int, milliseconds: int, **more: Any) -> dict[str, Any]:
    """A log that began so many milliseconds after BEGIN."""
    moment = (BEGIN + timedelta(milliseconds=milliseconds)).isoformat(timespec="milliseconds").replace("+00:00", "Z")
    usual = {"model": "gpt-4o", "provider": "openai", "success": True, "cached": False, "status_code": 200}
    numbers = {"tokens_in": 1, "tokens_out": 2, "cost": 0.5, "duration": 7, "step": 0}
    return {"id": f"log-{number:04}", "created_at": moment, "metadata": {}, **usual, **numbers, **more}


def _moment(text: str) -> datetime:
    return datetime.fromisoformat(text)


@dataclass
class Shelf:
    """Answers `GET …/logs` in order of time; `between` happens after each answer."""

    logs: list[dict[str, Any]]
    between: Callable[[Shelf], None] = lambda _: None
    calls: int = 0
    asked: list[Mapping[str, Any]] = field(default_factory=list)

    def request(self, method: str, path: str, *, params: Mapping[str, Any]) -> dict[str, Any]:
        assert (method, path.rpartition("/")[2]) == ("GET", "logs")
        self.calls += 1
        self.asked.append(params)
        found = [each for each in self.logs if _fits(each, json.loads(params.get("filters", "[]")))]
        found.sort(key=lambda each: _moment(each["created_at"]), reverse=params["order_by_direction"] == "desc")
        start = (params["page"] - 1) * params["per_page"]
        page = found[start : start + params["per_page"]]
        self.between(self)
        return {"result": page, "result_info": {"per_page": params["per_page"], "total_count": len(found)}}

    def reader(self) -> LogReader:
        return LogReader(cast("CloudflareApi", self), "account", "g")


def _fits(log: Mapping[str, Any], filters: list[dict[str, Any]]) -> bool:
    for each in filters:
        if each["key"] != "created_at":
            continue
        moment, bound = _moment(log["created_at"]), _moment(each["value"][0])
        if not (moment > bound if each["operator"] == "gt" else moment < bound):
            return False
    return True
