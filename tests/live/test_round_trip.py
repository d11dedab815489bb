"""The two-run rule on the local Cloudflare: what was written is read back as no difference at all."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from hypothesis import HealthCheck, given, settings

from cfaig.definition.model import Gateway
from cfaig.live.read import read_account
from cfaig.reconcile.outline import NO_CHANGES
from cfaig.reconcile.owned import Owned
from cfaig.reconcile.plan import make_plan
from cfaig.reconcile.render_text import render_text
from cfaig.secrets import Resolver
from cfaig.state.compile import compile_account
from cfaig.state.decompile import decompile_account
from tests.live.writing import write_account
from tests.strategies import gateways

if TYPE_CHECKING:
    from tests.local.running import RunningCloudflare

STATE_UNREAD = Owned(known=False)
STAND_INS = Resolver({}, stand_ins=True)


@given(gateway=gateways())
@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_written_read_planned_and_dumped_again(local_cloudflare: RunningCloudflare, gateway: Gateway) -> None:
    local_cloudflare.reset()
    # A store's id is Cloudflare's to give: a definition that knows one is about a store that exists.
    if gateway.store and len(gateway.store) == 32:
        store = local_cloudflare.result("POST", "/secrets_store/stores", {"name": "main"})
        gateway = replace(gateway, store=str(store["id"]))
    desired = compile_account([gateway])
    write_account(local_cloudflare, desired, STAND_INS)
    with local_cloudflare.api() as api:
        live = read_account(api, local_cloudflare.account)

    plan = make_plan(desired, live, STATE_UNREAD, resolver=STAND_INS)
    assert plan.empty, render_text(plan, details=True)
    assert not plan.warnings
    assert render_text(replace(plan, notes=())) == f"{NO_CHANGES}\n"

    dumped = compile_account(decompile_account(live))
    assert make_plan(dumped, live, STATE_UNREAD, resolver=STAND_INS).empty
