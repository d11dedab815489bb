"""When a saved plan is too old, too new, or made with other tools."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from cfaig import __version__
from cfaig.deploy.saving import require_in_time
from cfaig.reconcile.basis import Basis
from cfaig.reconcile.change import Plan
from cfaig.reconcile.saved_plan import SavedPlan, StalePlanError

NOW = datetime(2026, 11, 22, 10, tzinfo=UTC)


def saved(**more: Any) -> SavedPlan:
    values: dict[str, Any] = {
        "environment": "dev",
        "account": "a" * 32,
        "created": NOW,
        "expires": NOW + timedelta(hours=24),
        "tool": __version__,
        "engine": None,
        "salt": "0" * 32,
        "allow": (),
        "refused": (),
        "plan": Plan(),
        "basis": Basis(),
    }
    return SavedPlan(**values | more)


def test_in_time() -> None:
    require_in_time(saved(), NOW)
    require_in_time(saved(), NOW + timedelta(hours=24) - timedelta(seconds=1))
    require_in_time(saved(), NOW - timedelta(minutes=5))


@pytest.mark.parametrize(
    ("change", "now", "told"),
    [
        ({}, NOW + timedelta(hours=24), "it expired at 2026-11-23 10:00:00 UTC"),
        ({}, NOW - timedelta(minutes=6), "is a clock wrong?"),
        ({"tool": "0.0.9"}, NOW, f"it was made with cfaig 0.0.9, and this is {__version__}"),
    ],
)
def test_not_any_more(change: dict[str, Any], now: datetime, told: str) -> None:
    with pytest.raises(StalePlanError) as raised:
        require_in_time(saved(**change), now)
    assert told in raised.value.message
    assert "nothing was written" in raised.value.message
    assert raised.value.exit_code == 1
    assert "cfaig plan -e dev -o" in str(raised.value.hint)


def test_all_reasons_at_once() -> None:
    with pytest.raises(StalePlanError) as raised:
        require_in_time(saved(tool="0.0.9"), NOW + timedelta(days=2))
    assert len(raised.value.message.splitlines()) == 3
