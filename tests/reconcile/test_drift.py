"""Drift: live against applied, told apart from edits, with authors; pure."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from cfaig.definition.explicit import merged
from cfaig.definition.model import Cache, Gateway, OtelExporter, ProviderKey, RateLimit, Route
from cfaig.live.audit_log import AuditEntry
from cfaig.reconcile.accept import accepted
from cfaig.reconcile.authors import with_authors
from cfaig.reconcile.change import Action, ResourceKey
from cfaig.reconcile.drift import SEALED, find_drift
from cfaig.reconcile.render_drift import render_json, render_markdown, render_text
from cfaig.state.compile import compile_account
from cfaig.state.model import AccountState
from tests.reconcile.accounts import CLAUDE, GPT, MINI, chain, chat, gateway, live

HOUR, TWO, THREE = Cache(3600), Cache(7200), Cache(10_800)
SUPPORT = ResourceKey.of_gateway("support")


def with_ids(account: AccountState) -> AccountState:
    """Routes known by ids, as in a stack and in an account."""
    return replace(
        account,
        gateways=tuple(
            replace(one, routes=tuple(replace(route, id=f"id-{index}") for index, route in enumerate(one.routes)))
            for one in account.gateways
        ),
    )


@pytest.mark.parametrize(
    ("applied", "now", "desired", "drifted", "agreed", "pending"),
    [
        (HOUR, HOUR, HOUR, False, False, False),
        (HOUR, TWO, HOUR, True, False, False),
        (HOUR, HOUR, TWO, False, False, True),
        (HOUR, TWO, TWO, False, True, False),
        (HOUR, TWO, THREE, True, False, False),
    ],
)
def test_three_states_tell_what_is_drift(
    applied: Cache, now: Cache, desired: Cache, drifted: bool, agreed: bool, pending: bool
) -> None:
    before, after = (live(gateway(cache=cache)) for cache in (applied, now))
    found = find_drift(before, after, compile_account([gateway(cache=desired)]))
    assert (not found.empty, SUPPORT in found.agreed, SUPPORT in found.pending) == (drifted, agreed, pending)
    if desired is THREE:
        assert found.drifted[0].edited[0].new == 10_800
        assert "the definitions have meanwhile" in render_text(found)


def test_an_edit_beside_the_drift_is_not_told_as_drift() -> None:
    old = live(gateway(cache=HOUR, rate_limit=RateLimit(10, 60)))
    now = live(gateway(cache=TWO, rate_limit=RateLimit(10, 60)))
    found = find_drift(old, now, compile_account([gateway(cache=HOUR, rate_limit=RateLimit(20, 60))]))
    assert found.pending == (SUPPORT,)
    told = render_text(found)
    assert "cache: ttl 1h → 2h" in told
    assert "rate limit" not in told


def test_parts_that_came_went_or_were_renamed() -> None:
    old = with_ids(live(gateway(chat(), Route("old", chain(MINI)), domains=("ai.example.com",))))
    renamed = replace(chat(), name="zz")
    now = with_ids(live(gateway(Route("old", chain(CLAUDE)), renamed)))
    # In the order of names `chat` was the first route; now it is the last.
    (one,) = now.gateways
    first, second = one.routes
    now = replace(now, gateways=(replace(one, routes=(replace(first, id="id-1"), replace(second, id="id-0"))),))
    found = find_drift(old, now, None)
    assert {(item.change.key.name, item.change.action) for item in found.drifted} == {
        ("old", Action.UPDATE),
        ("zz", Action.RENAME),
        ("ai.example.com", Action.DELETE),
    }


def test_a_gateway_that_is_gone_is_told_once_and_foreign_ones_not_at_all() -> None:
    old = live(gateway(chat()))
    found = find_drift(old, live(Gateway("other")), None)
    assert [(item.change.key, item.change.action) for item in found.drifted] == [(SUPPORT, Action.DELETE)]


def test_sealed_values_count_as_unchanged_and_that_is_said() -> None:
    exporter = OtelExporter("https://o.example.com", {"x-team": "env://TEAM"})
    now = live(gateway(otel=(exporter,)))
    (one,) = now.gateways
    sealed: list[dict[str, Any]] = [{"url": exporter.url, "headers": {"x-team": SEALED}, "content_type": "json"}]
    old = replace(now, gateways=(replace(one, settings={**one.settings, "otel": sealed}),))
    found = find_drift(old, now, compile_account([gateway(otel=(exporter,))]))
    assert found.empty
    assert "sealed" in found.notes[0]
    changed = replace(now, gateways=(replace(one, settings={**one.settings, "otel": []}),))
    assert "local-stand-in" not in render_text(find_drift(old, changed, None))


def entry(method: str, path: str, who: str, minute: int) -> AuditEntry:
    when = f"2026-11-22T10:{minute:02}:00Z"
    return AuditEntry(when, who, "dash", method, path, "", "", "")


def test_the_newest_change_that_fits_tells_who_it_was() -> None:
    base = "/ai-gateway/gateways/support"
    entries = [
        entry("PUT", "/ai-gateway/gateways/other", "nobody", 9),
        entry("PUT", base, "ann", 8),
        entry("POST", f"{base}/routes/id-0/deployments", "bob", 7),
        entry("PUT", base, "too-old", 1),
    ]
    old = with_ids(live(gateway(chat(), cache=HOUR)))
    now = with_ids(live(gateway(chat(chain(GPT)), cache=TWO)))
    drift = find_drift(old, now, None)
    applied = dict.fromkeys((item.change.key for item in drift.drifted), datetime(2026, 11, 22, 10, 5, tzinfo=UTC))
    ids = {ResourceKey.of_route("support", "chat"): "id-0"}
    told = [item.author for item in with_authors(drift, entries, ids, applied).drifted]
    assert [(author.who, author.how) for author in told if author] == [("ann", "dashboard"), ("bob", "dashboard")]
    late = dict.fromkeys(applied, datetime(2026, 11, 22, 11, 0, tzinfo=UTC))
    assert [item.author for item in with_authors(drift, entries, ids, late).drifted] == [None, None]


def test_the_json_is_as_its_schema_says() -> None:
    schema = json.loads((Path(__file__).parents[2] / "schemas/drift.schema.json").read_text())
    old = with_ids(live(gateway(chat(), cache=HOUR)))
    now = with_ids(live(gateway(Route("talk", chain(GPT)), cache=TWO)))
    for desired in (None, compile_account([gateway(cache=THREE)])):
        document = json.loads(render_json(find_drift(old, now, desired), "dev"))
        jsonschema.validate(document, schema)
        assert document["drift"]


def test_the_markdown_names_harmlessly_and_is_never_too_long() -> None:
    old = with_ids(live(gateway(chat(), cache=HOUR)))
    now = with_ids(live(gateway(chat(chain(GPT)), Route("talk @all ``` <b>", chain(GPT)), cache=TWO)))
    drift = find_drift(old, now, compile_account([gateway(cache=HOUR)]))
    told = render_markdown(drift, title="Drift of dev")
    assert told.startswith("## Drift of dev\n\n**Drift: 3 resources changed outside cfaig.**\n\n````diff\n")
    assert "\n! gateway support\n      cache: ttl 1h → 2h\n!   route chat\n" in told
    assert "\n+   route talk @all ``` <b> made outside cfaig\n" in told
    assert told.count("````") == 2
    short = render_markdown(drift, limit=600)
    assert len(short) <= 600
    assert "1 more gateway" in short
    empty = find_drift(old, old, compile_account([gateway(chat(), cache=TWO)]))
    assert render_markdown(empty).endswith("no drift (cfaig plan):\n\n- `gateway/support`\n")


def test_only_what_drifted_is_accepted() -> None:
    said = {"gateway": "support", "cache": {"ttl": "1h", "invalidate_on_update": True}, "retries": {"attempts": 2}}
    as_live = {"gateway": "support", "cache": {"ttl": "2h"}, "providers": {"openai": {"key": "env://K"}}}
    key = ProviderKey("openai", "env://K")
    drift = find_drift(
        live(gateway(cache=HOUR, provider_keys=(key,))),
        live(gateway(cache=TWO, provider_keys=(replace(key, rate_limit=RateLimit(5, 60)),))),
        None,
    )
    assert accepted(drift, "support", said, as_live) == merged(
        said, {"cache": {"ttl": "2h"}, "providers": {"openai": {"key": "env://K"}}}
    )
