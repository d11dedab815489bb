"""Every row of facts/official-plugin.md about AiGateway, against a server that records what it is asked."""

from __future__ import annotations

import json
import time
from collections.abc import Callable
from typing import Any

import pytest

from cfaig.errors import CfaigError
from cfaig.local.standin.client import DELAYS, Client, RequestError
from cfaig.local.standin.gateway import AiGateway
from cfaig.provider.values import UNKNOWN
from tests.standin.conftest import Api
from tests.standin.samples import COMPLETE, FILLED, REQUIRED, RULE

Connect = Callable[[dict[str, str]], Client]
BASE = "/accounts/acc/ai-gateway/gateways"


def test_create_posts_the_given_inputs_in_the_words_of_the_api(plugin: AiGateway, api: Api) -> None:
    api.result(FILLED)
    inputs = {
        **REQUIRED,
        "retryDelay": 500,
        "otels": [{"url": "https://o.example", "headers": {"X-Key": "k"}, "contentType": "json"}],
        "guardrails": {"prompt": {"s1": "BLOCK", "p1": "FLAG"}, "response": {}},
        "dlp": {
            "enabled": True,
            "policies": [{"id": "p", "action": "BLOCK", "checks": ["REQUEST"], "enabled": True, "profiles": []}],
        },
        "stripe": {"authorization": "a", "usageEvents": [{"payload": "{}"}]},
        "spendLimits": {
            "enabled": True,
            "rules": [{**RULE, "id": "r", "aiGatewayProvider": {"mode": "filter", "values": ["openai"]}}],
        },
    }
    made = plugin.create(inputs)
    asked = api.asked[0]
    assert (asked.method, asked.path, made.id) == ("POST", BASE, "g")
    assert asked.body == {
        "id": "g",
        "cache_invalidate_on_update": False,
        "cache_ttl": 0,
        "collect_logs": True,
        "rate_limiting_interval": 0,
        "rate_limiting_limit": 0,
        "retry_delay": 500,
        "otel": [{"url": "https://o.example", "headers": {"X-Key": "k"}, "content_type": "json"}],
        "guardrails": {"prompt": {"S1": "BLOCK", "P1": "FLAG"}, "response": {}},
        "dlp": {
            "enabled": True,
            "policies": [{"id": "p", "action": "BLOCK", "check": ["REQUEST"], "enabled": True, "profiles": []}],
        },
        "stripe": {"authorization": "a", "usage_events": [{"payload": "{}"}]},
        "spend_limits": {
            "enabled": True,
            "rules": [
                {
                    **RULE,
                    "id": "r",
                    "enabled": True,
                    "technique": "sliding",
                    "provider": {"mode": "filter", "values": ["openai"]},
                }
            ],
        },
        "workers_ai_billing_mode": "postpaid",
    }
    assert list(json.loads(asked.text)) == sorted(asked.body)
    assert asked.headers["authorization"] == "Bearer token"


def test_outputs_are_the_inputs_and_what_only_the_server_knows(plugin: AiGateway, api: Api) -> None:
    api.result(FILLED)
    assert plugin.create(REQUIRED).outputs == {
        **REQUIRED,
        "workersAiBillingMode": "postpaid",
        "otels": [],
        "spendLimits": {"enabled": False, "rules": []},
        "createdAt": FILLED["created_at"],
        "modifiedAt": FILLED["modified_at"],
        "isDefault": False,
    }


def test_two_rules_without_ids_get_the_same_one(plugin: AiGateway, api: Api) -> None:
    api.result(FILLED)
    plugin.create({**REQUIRED, "spendLimits": {"enabled": True, "rules": [RULE, RULE]}})
    ids = [rule["id"] for rule in api.asked[0].body["spend_limits"]["rules"]]
    assert ids == ["6fb25042", "6fb25042"]


def test_update_sends_null_for_what_is_no_longer_given_but_not_for_computed_fields(plugin: AiGateway, api: Api) -> None:
    api.result(FILLED)
    guarded = {"guardrails": {"prompt": {"s1": "BLOCK"}, "response": {}}}
    outputs = {**COMPLETE, **guarded}
    now = {name: value for name, value in COMPLETE.items() if name not in ("dlp", "otels", "spendLimits")}
    plugin.update("g", outputs, outputs, now)
    asked = api.asked[0]
    assert (asked.method, asked.path) == ("PUT", f"{BASE}/g")
    assert asked.body["id"] == "g"
    assert asked.body["guardrails"] is None
    assert asked.body["dlp"] is None
    assert "otel" not in asked.body
    assert "spend_limits" not in asked.body
    assert asked.body["authentication"] is True


def test_an_unset_category_inside_guardrails_is_sent_as_null(plugin: AiGateway, api: Api) -> None:
    api.result(FILLED)
    old = {**COMPLETE, "guardrails": {"prompt": {"s1": "BLOCK", "s2": "FLAG"}, "response": {}}}
    plugin.update("g", old, old, {**COMPLETE, "guardrails": {"prompt": {"s1": "BLOCK"}, "response": {}}})
    assert api.asked[0].body["guardrails"] == {"prompt": {"S1": "BLOCK", "S2": None}, "response": {}}


@pytest.mark.parametrize("name", ["aiGatewayId", "accountId"])
def test_another_id_or_account_is_a_replacement_that_creates_first(plugin: AiGateway, name: str) -> None:
    difference = plugin.diff("g", COMPLETE, COMPLETE, {**COMPLETE, name: "other"})
    assert difference.replaces == {name}
    assert not difference.delete_before_replace


def test_read_drops_what_is_gone_with_a_warning(plugin: AiGateway, api: Api, warnings_told: list[str]) -> None:
    api.answer(404, {"success": False, "errors": [{"code": 7002, "message": "not found"}]})
    assert plugin.read("g", COMPLETE, COMPLETE) is None
    assert "The resource was not found on the server and will be removed from state" in warnings_told[0]


def test_nothing_changes_when_every_optional_field_is_given(plugin: AiGateway, api: Api) -> None:
    api.result(
        {
            **FILLED,
            "authentication": True,
            "dlp": {"enabled": False, "policies": []},
            "byok_only": False,
            "log_classification": False,
            "log_management": 100_000,
        }
    )
    made = plugin.create(COMPLETE)
    assert not plugin.diff("g", COMPLETE, made.outputs, COMPLETE)
    found = plugin.read("g", COMPLETE, made.outputs)
    assert found is not None
    assert found.inputs == COMPLETE
    assert not plugin.diff("g", found.inputs, found.outputs, COMPLETE)


def test_fields_left_out_make_an_update_without_a_difference_after_every_refresh(plugin: AiGateway, api: Api) -> None:
    api.result(FILLED)
    made = plugin.create(REQUIRED)
    assert not plugin.diff("g", REQUIRED, made.outputs, REQUIRED)
    for _ in range(2):
        found = plugin.read("g", REQUIRED, made.outputs)
        assert found is not None
        assert found.inputs == REQUIRED
        difference = plugin.diff("g", found.inputs, found.outputs, REQUIRED)
        assert difference
        assert not difference.changes
        made.outputs.update(plugin.update("g", found.inputs, found.outputs, REQUIRED))
        nulls = {name for name, value in api.asked[-1].body.items() if value is None}
        assert nulls == {
            "authentication",
            "log_management",
            "log_management_strategy",
            "logpush",
            "rate_limiting_technique",
            "zdr",
        }


def test_a_change_behind_its_back_is_shown_field_by_field(plugin: AiGateway, api: Api) -> None:
    api.result({**FILLED, "authentication": True, "cache_ttl": 60})
    state = {**COMPLETE, "cacheTtl": 300}
    found = plugin.read("g", state, state)
    assert found is not None
    assert found.inputs["cacheTtl"] == 60
    assert "cacheTtl" in plugin.diff("g", found.inputs, found.outputs, state).changes


def test_import_takes_both_ids_and_leaves_out_defaults(plugin: AiGateway, api: Api) -> None:
    api.result({**FILLED, "retry_delay": 500})
    found = plugin.read("acc/g", {}, {})
    assert found is not None
    assert (api.asked[0].path, found.id) == (f"{BASE}/g", "g")
    assert found.inputs == {
        **REQUIRED,
        "logManagement": 10_000_000,
        "logManagementStrategy": "DELETE_OLDEST",
        "rateLimitingTechnique": "fixed",
        "retryDelay": 500,
    }


@pytest.mark.parametrize("identity", ["g", "acc/", "/g", "acc/g/x"])
def test_import_refuses_other_ids(plugin: AiGateway, identity: str) -> None:
    with pytest.raises(CfaigError, match="expected urlencoded segments"):
        plugin.read(identity, {}, {})


def test_import_of_what_is_not_there(plugin: AiGateway, api: Api, warnings_told: list[str]) -> None:
    api.answer(404, {"success": False})
    assert plugin.read("acc/g", {}, {}) is None
    assert warnings_told == []


def test_delete_of_what_is_gone_is_an_error(plugin: AiGateway, api: Api) -> None:
    api.answer(404, {"success": False, "errors": [{"code": 7002, "message": "not found"}]})
    with pytest.raises(RequestError, match=f'DELETE "{api.url}{BASE}/g": 404 Not Found') as caught:
        plugin.delete("g", COMPLETE, COMPLETE)
    assert caught.value.message.endswith(": failed to make http request")


def test_create_of_an_existing_id_is_tried_again_and_again_and_fails(plugin: AiGateway, api: Api) -> None:
    api.answer(409, {"success": False, "errors": [{"code": 7001, "message": "already exists"}]})
    started = time.monotonic()
    with pytest.raises(RequestError, match=r"409 Conflict .*already exists.*: failed to make http request"):
        plugin.create(COMPLETE)
    assert len(api.asked) == 11
    assert time.monotonic() - started >= 0.2


def test_the_real_delays_add_up_to_the_observed_time() -> None:
    assert sum(DELAYS) == 183
    assert len(DELAYS) == 10


def test_it_gets_over_429_and_500(plugin: AiGateway, api: Api) -> None:
    for status in (429, 429, 500):
        api.answer(status, {})
    api.result(FILLED)
    assert plugin.create(COMPLETE).id == "g"
    assert len(api.asked) == 4


def test_it_waits_as_long_as_it_is_told(plugin: AiGateway, api: Api) -> None:
    api.answer(429, {}, {"Retry-After": "1"})
    api.result(FILLED)
    started = time.monotonic()
    plugin.create(COMPLETE)
    assert time.monotonic() - started >= 1


def test_a_400_is_not_tried_again(plugin: AiGateway, api: Api) -> None:
    api.answer(400, {"success": False, "errors": [{"code": 7001, "message": "Required"}]})
    with pytest.raises(RequestError, match=f'POST "{api.url}{BASE}": 400 Bad Request'):
        plugin.create(COMPLETE)
    assert len(api.asked) == 1


def test_cancel_ends_the_waiting(api: Api, connect: Connect) -> None:
    patient = connect({"CLOUDFLARE_BASE_URL": api.url})
    api.answer(409, {})
    patient.cancel()
    with pytest.raises(RequestError):
        AiGateway(patient, print).create(COMPLETE)
    assert len(api.asked) == 1


def test_no_answer_at_all(connect: Connect) -> None:
    client = connect({"CLOUDFLARE_BASE_URL": "http://127.0.0.1:9", "CFAIG_STANDIN_RETRY_SECONDS": "0.05"})
    with pytest.raises(RequestError, match=r'POST "http://127.0.0.1:9/accounts/acc/.*": ConnectError'):
        AiGateway(client, print).create(COMPLETE)


def test_provider_settings_come_before_the_environment(api: Api, connect: Connect) -> None:
    client = connect({"CLOUDFLARE_BASE_URL": "http://127.0.0.1:9", "CLOUDFLARE_API_TOKEN": "environment"})
    client.configure({"baseUrl": api.url + "/", "apiToken": "configured"})
    api.result(FILLED)
    AiGateway(client, print).create(COMPLETE)
    assert api.asked[0].headers["authorization"] == "Bearer configured"


def test_a_global_key_with_its_address(api: Api, connect: Connect) -> None:
    client = connect({"CLOUDFLARE_BASE_URL": api.url, "CLOUDFLARE_API_KEY": "key", "CLOUDFLARE_EMAIL": "a@b.example"})
    api.result(FILLED)
    AiGateway(client, print).create(COMPLETE)
    headers = api.asked[0].headers
    assert (headers["x-auth-key"], headers["x-auth-email"]) == ("key", "a@b.example")
    assert "authorization" not in headers


def reasons(plugin: AiGateway, inputs: dict[str, Any]) -> list[str]:
    return [failure.reason for failure in plugin.check(inputs, {})[1]]


@pytest.mark.parametrize(
    ("change", "told"),
    [
        (
            {"retryDelay": 60_001},
            "Attribute retry_delay value must be between 0 and 60000, got: 60001. Examine values at 'g.retryDelay'.",
        ),
        ({"cacheTtl": -1}, "must be at least 0, got: -1. Examine values at 'g.cacheTtl'."),
        ({"retryMaxAttempts": 6}, "between 1 and 5, got: 6."),
        ({"logManagement": 9_999}, "between 10000 and 10000000, got: 9999."),
        ({"workersAiBillingMode": "free"}, 'must be one of: ["postpaid" "unified"], got: "free".'),
        ({"guardrails": {"prompt": {"s1": "WARN"}, "response": {}}}, "Examine values at 'g.guardrails.prompt.s1'."),
        ({"spendLimits": {"rules": [{**RULE, "window": -1}]}}, "Examine values at 'g.spendLimits.rules[0].window'."),
        ({"otels": [{"url": "https://o.example"}]}, 'The argument "headers" is required'),
        ({"cacheTtl": "1h"}, "must be a number. Examine values at 'g.cacheTtl'."),
    ],
)
def test_wrong_values_are_refused_at_preview(plugin: AiGateway, change: dict[str, Any], told: str) -> None:
    (reason,) = reasons(plugin, {**COMPLETE, **change})
    assert told in reason


@pytest.mark.parametrize(
    "change",
    [
        {"retryDelay": 60_000},
        {"workersAiBillingMode": "unified"},
        {"byokOnly": True},
        {"logClassification": True},
        {"storeId": UNKNOWN},
        {"otels": UNKNOWN},
    ],
)
def test_what_6_23_1_accepts(plugin: AiGateway, change: dict[str, Any]) -> None:
    assert reasons(plugin, {**COMPLETE, **change}) == []


def test_unknown_inputs_are_dropped_without_a_word(plugin: AiGateway) -> None:
    inputs, failures = plugin.check({**COMPLETE, "semanticCache": True}, {})
    assert inputs == COMPLETE
    assert failures == []


def test_previews_know_all_but_what_the_server_makes(plugin: AiGateway) -> None:
    planned = plugin.plan_create({**COMPLETE, "storeId": UNKNOWN})
    assert {name for name, value in planned.items() if value is UNKNOWN} == {
        "createdAt",
        "isDefault",
        "modifiedAt",
        "storeId",
    }
    state = {**COMPLETE, "createdAt": "then", "modifiedAt": "then", "isDefault": False}
    planned = plugin.plan_update(state, {**COMPLETE, "cacheTtl": 60})
    assert {name for name, value in planned.items() if value is UNKNOWN} == {"modifiedAt"}
