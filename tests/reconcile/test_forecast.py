"""The forecast of calls: what each step costs, and how long all of it takes."""

from __future__ import annotations

import pytest

from cfaig.reconcile.calls import CallForecast
from cfaig.reconcile.change import Action, Change, FieldChange, Plan, ResourceKey
from cfaig.reconcile.forecast import Extent, forecast

GATEWAY = ResourceKey.of_gateway("g")
ROUTE = ResourceKey.of_route("g", "r")
KEY = ResourceKey.of_provider_key("g", "openai", "default")
STORE = ResourceKey.of_store("s")
DIFFERS = (FieldChange(("elements",), 1, 2),)


def _write(change: Change, keys: int = 1) -> int:
    return forecast(Plan((change,)), Extent(frozenset(), frozenset(), {"g": keys}), read=0).write


@pytest.mark.parametrize(
    ("change", "calls"),
    [
        (Change(Action.CREATE, GATEWAY), 1),
        (Change(Action.UPDATE, GATEWAY, fields=DIFFERS), 1),
        (Change(Action.ADOPT, GATEWAY), 1),
        (Change(Action.CREATE, ROUTE), 1),
        (Change(Action.UPDATE, ROUTE, fields=DIFFERS), 5),
        (Change(Action.RENAME, ROUTE), 2),
        (Change(Action.RENAME, ROUTE, fields=DIFFERS), 6),
        (Change(Action.DELETE, ROUTE), 1),
        (Change(Action.CREATE, KEY), 5),
        (Change(Action.UPDATE, KEY, fields=(FieldChange(("key",), "", "", secret=True),)), 3),
        (Change(Action.UPDATE, KEY, fields=(FieldChange(("rate_limit",), 1, 2),)), 3),
        (Change(Action.DELETE, KEY), 4),
        (Change(Action.CREATE, STORE), 2),
    ],
)
def test_what_one_change_costs(change: Change, calls: int) -> None:
    assert _write(change) == calls


def test_everything_in_the_stack_is_looked_at_twice() -> None:
    stack = frozenset({GATEWAY, ROUTE, KEY, STORE})
    told = forecast(Plan(), Extent(stack, stack, {"g": 1}), read=7)
    assert (told.read, told.refresh, told.write, told.calls) == (7, 10, 0, 17)
    new_to_the_stack = forecast(Plan(), Extent(stack - {STORE}, stack, {"g": 1}), read=7)
    assert (new_to_the_stack.refresh, new_to_the_stack.write) == (8, 1)


def test_long_lists_take_more_calls() -> None:
    assert _write(Change(Action.DELETE, KEY), keys=50) == 4
    assert _write(Change(Action.DELETE, KEY), keys=400) == 5 + 1 + 3 + 1


@pytest.mark.parametrize(("calls", "seconds"), [(10, 5), (1200, 50), (1201, 300), (2400, 300), (6000, 1200)])
def test_time_goes_by_the_limit_of_cloudflare(calls: int, seconds: int) -> None:
    assert CallForecast(calls, 0, 0).seconds == seconds
