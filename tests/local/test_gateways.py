from __future__ import annotations

from typing import Any

import pytest

from cfaig.local.options import Options
from tests.local.bodies import CHAIN, gateway_body
from tests.local.running import RunningCloudflare, running_cloudflare

GATEWAYS = "/ai-gateway/gateways"

EVERYTHING: dict[str, Any] = {
    "authentication": True,
    "byok_only": True,
    "cache_invalidate_on_update": True,
    "cache_ttl": 3600,
    "collect_logs": True,
    "dlp": {
        "enabled": True,
        "policies": [{"id": "p", "action": "FLAG", "check": ["REQUEST"], "enabled": True, "profiles": ["x"]}],
    },
    "guardrails": {"prompt": {"S1": "BLOCK", "P1": "FLAG"}, "response": {}},
    "log_classification": True,
    "log_management": 10_000,
    "log_management_strategy": "STOP_INSERTING",
    "logpush": True,
    "logpush_public_key": "k" * 16,
    "otel": [{"url": "https://otel.example.com", "headers": {"x": "y"}, "content_type": "protobuf"}],
    "rate_limiting_interval": 60,
    "rate_limiting_limit": 100,
    "rate_limiting_technique": "sliding",
    "retry_backoff": "exponential",
    "retry_delay": 60_000,
    "retry_max_attempts": 5,
    "spend_limits": {
        "enabled": True,
        "rules": [
            {
                "id": "r1",
                "enabled": False,
                "limit": 5.5,
                "limitType": "cost",
                "window": 3600,
                "technique": "fixed",
                "metadata": {"team": {"mode": "partition"}, "plan": {"mode": "filter", "values": ["free"]}},
                "model": {"mode": "filter", "values": ["gpt-4o"]},
            }
        ],
    },
    "store_id": None,
    "stripe": {"authorization": "secret", "usage_events": [{"payload": "{}"}]},
    "workers_ai_billing_mode": "unified",
    "zdr": True,
}


def errors_of(cloudflare: RunningCloudflare, method: str, path: str, body: object) -> list[tuple[str, str]]:
    answer = cloudflare.call(method, path, body)
    assert answer.status_code == 400
    told = answer.json()
    assert told["success"] is False
    assert {error["code"] for error in told["errors"]} == {7001}
    return [(".".join(map(str, error["path"])), error["message"]) for error in told["errors"]]


def test_left_out_fields_get_the_servers_defaults(cloudflare: RunningCloudflare) -> None:
    created = cloudflare.result("POST", GATEWAYS, gateway_body("a"))
    assert {name: value for name, value in created.items() if not name.endswith("_at")} == {
        "id": "a",
        "authentication": False,
        "byok_only": False,
        "cache_invalidate_on_update": False,
        "cache_ttl": 0,
        "collect_logs": True,
        "dlp": {"enabled": False, "policies": []},
        "internal": False,
        "is_default": False,
        "log_classification": False,
        "log_management": 10_000_000,
        "log_management_strategy": "DELETE_OLDEST",
        "logpush": False,
        "logpush_public_key": None,
        "otel": [],
        "rate_limiting_interval": 0,
        "rate_limiting_limit": 0,
        "rate_limiting_technique": "fixed",
        "retry_backoff": None,
        "retry_delay": None,
        "retry_max_attempts": None,
        "spend_limits": {"enabled": False, "rules": []},
        "store_id": None,
        "wholesale": True,
        "workers_ai_billing_mode": "postpaid",
        "zdr": False,
    }
    assert cloudflare.result("GET", f"{GATEWAYS}/a") == created


def test_every_field_comes_back_as_it_was_sent(cloudflare: RunningCloudflare) -> None:
    cloudflare.result("POST", GATEWAYS, gateway_body("a", **EVERYTHING))
    shown = cloudflare.result("GET", f"{GATEWAYS}/a")
    assert {name: shown[name] for name in EVERYTHING} == EVERYTHING


def test_a_get_can_be_replayed_as_a_put(cloudflare: RunningCloudflare) -> None:
    cloudflare.result("POST", GATEWAYS, gateway_body("a", **EVERYTHING))
    before = cloudflare.result("GET", f"{GATEWAYS}/a")
    after = cloudflare.result("PUT", f"{GATEWAYS}/a", before)
    assert after | {"modified_at": ""} == before | {"modified_at": ""}


def test_put_resets_what_it_leaves_out(cloudflare: RunningCloudflare) -> None:
    plain = cloudflare.result("POST", GATEWAYS, gateway_body("plain"))
    cloudflare.result("POST", GATEWAYS, gateway_body("a", **EVERYTHING))
    after = cloudflare.result("PUT", f"{GATEWAYS}/a", gateway_body())
    ignored = {"id": "", "created_at": "", "modified_at": ""}
    assert after | ignored == plain | ignored


def test_null_is_taken_where_the_api_takes_it(cloudflare: RunningCloudflare) -> None:
    nullable = [
        "guardrails",
        "log_management",
        "log_management_strategy",
        "logpush_public_key",
        "otel",
        "rate_limiting_technique",
        "retry_backoff",
        "retry_delay",
        "retry_max_attempts",
        "spend_limits",
        "store_id",
        "stripe",
    ]
    created = cloudflare.result("POST", GATEWAYS, gateway_body("a", cache_ttl=None, **dict.fromkeys(nullable)))
    assert created["cache_ttl"] == 0
    assert created["log_management"] == 10_000_000
    assert created["otel"] == []
    limits = {"rate_limiting_interval": None, "rate_limiting_limit": None}
    created = cloudflare.result("PUT", f"{GATEWAYS}/a", gateway_body(**limits))
    assert created["rate_limiting_interval"] is None


@pytest.mark.parametrize(
    "name",
    [
        "authentication",
        "byok_only",
        "collect_logs",
        "dlp",
        "log_classification",
        "logpush",
        "workers_ai_billing_mode",
        "zdr",
    ],
)
def test_null_is_refused_elsewhere(cloudflare: RunningCloudflare, name: str) -> None:
    [(path, message)] = errors_of(cloudflare, "POST", GATEWAYS, gateway_body("a", **{name: None}))
    assert path == f"body.{name}"
    assert message.endswith("received null")


@pytest.mark.parametrize(
    ("settings", "path", "message"),
    [
        ({"id": "A"}, "id", "Invalid"),
        ({"id": "a--b"}, "id", "Invalid"),
        ({"id": "a-"}, "id", "Invalid"),
        ({"id": "a.b"}, "id", "Invalid"),
        ({"id": "a\n"}, "id", "Invalid"),
        ({"id": ""}, "id", "String must contain at least 1 character(s)"),
        ({"id": "a" * 65}, "id", "String must contain at most 64 character(s)"),
        ({"cache_ttl": -1}, "cache_ttl", "Number must be greater than or equal to 0"),
        ({"cache_ttl": "1h"}, "cache_ttl", "Expected number, received string"),
        ({"cache_ttl": 1.5}, "cache_ttl", "Expected integer, received float"),
        ({"cache_ttl": True}, "cache_ttl", "Expected number, received boolean"),
        ({"log_management": 9_999}, "log_management", "Number must be greater than or equal to 10000"),
        ({"log_management": 10_000_001}, "log_management", "Number must be less than or equal to 10000000"),
        ({"retry_delay": 60_001}, "retry_delay", "Number must be less than or equal to 60000"),
        ({"retry_max_attempts": 0}, "retry_max_attempts", "Number must be greater than or equal to 1"),
        ({"retry_max_attempts": 6}, "retry_max_attempts", "Number must be less than or equal to 5"),
        ({"logpush_public_key": "short"}, "logpush_public_key", "String must contain at least 16 character(s)"),
        (
            {"rate_limiting_technique": "SLIDING"},
            "rate_limiting_technique",
            "Invalid enum value. Expected 'fixed' | 'sliding', received 'SLIDING'",
        ),
        ({"guardrails": {"prompt": {}}}, "guardrails.response", "Required"),
        (
            {"guardrails": {"prompt": {"S1": "IGNORE"}, "response": {}}},
            "guardrails.prompt.S1",
            "Invalid enum value. Expected 'FLAG' | 'BLOCK', received 'IGNORE'",
        ),
        ({"dlp": {"enabled": True}}, "dlp.action", "Required"),
        (
            {
                "spend_limits": {
                    "rules": [{"limit": 1, "limitType": "cost", "window": 1, "metadata": {"a": {"mode": []}}}]
                }
            },
            "spend_limits.rules.0.metadata.a",
            "Invalid discriminator value. Expected 'partition' | 'filter'",
        ),
        ({"otel": [{"url": "https://a.example"}]}, "otel.0.headers", "Required"),
        ({"spend_limits": {"rules": [{"limitType": "cost", "window": 1}]}}, "spend_limits.rules.0.limit", "Required"),
        ({"store_id": "0" * 32}, "store_id", "Secrets store not found"),
    ],
)
def test_bounds(cloudflare: RunningCloudflare, settings: dict[str, Any], path: str, message: str) -> None:
    assert (f"body.{path}", message) in errors_of(cloudflare, "POST", GATEWAYS, gateway_body("a") | settings)


def test_all_problems_are_told_at_once(cloudflare: RunningCloudflare) -> None:
    assert errors_of(cloudflare, "POST", GATEWAYS, {"id": "a"}) == [
        ("body.cache_invalidate_on_update", "Required"),
        ("body.cache_ttl", "Expected number, received nan"),
        ("body.collect_logs", "Required"),
        ("body.rate_limiting_interval", "Expected number, received nan"),
        ("body.rate_limiting_limit", "Expected number, received nan"),
    ]


def test_unknown_fields_are_dropped_without_a_word(cloudflare: RunningCloudflare) -> None:
    created = cloudflare.result("POST", GATEWAYS, gateway_body("a", byokOnly=True, account_id="x"))
    assert not {"byokOnly", "account_id"} & set(created)


def test_a_spend_rule_is_filled_in(cloudflare: RunningCloudflare) -> None:
    rule = {"limit": 5, "limitType": "cost", "window": 60}
    created = cloudflare.result(
        "POST", GATEWAYS, gateway_body("a", spend_limits={"enabled": True, "rules": [rule] * 2})
    )
    first, second = created["spend_limits"]["rules"]
    assert first["id"] != second["id"]
    assert first == rule | {"id": first["id"], "enabled": True, "technique": "sliding", "metadata": {}}


def test_classification_goes_off_with_the_logs(cloudflare: RunningCloudflare) -> None:
    body = gateway_body("a", collect_logs=False, log_classification=True)
    assert cloudflare.result("POST", GATEWAYS, body)["log_classification"] is False


def test_a_taken_id_is_a_conflict(cloudflare: RunningCloudflare) -> None:
    cloudflare.result("POST", GATEWAYS, gateway_body("a"))
    answer = cloudflare.call("POST", GATEWAYS, gateway_body("a"))
    assert answer.status_code == 409
    [error] = answer.json()["errors"]
    assert error["code"] == 7001
    assert "already exists" in error["message"]


def test_pages_and_search(cloudflare: RunningCloudflare) -> None:
    for number in range(7):
        cloudflare.result("POST", GATEWAYS, gateway_body(f"g{number}"))
    answer = cloudflare.call("GET", f"{GATEWAYS}?page=2&per_page=3").json()
    assert [gateway["id"] for gateway in answer["result"]] == ["g3", "g4", "g5"]
    assert answer["result_info"] == {"count": 3, "page": 2, "per_page": 3, "total_count": 7}
    assert cloudflare.result("GET", f"{GATEWAYS}?page=4&per_page=3") == []
    assert [gateway["id"] for gateway in cloudflare.result("GET", f"{GATEWAYS}?search=6")] == ["g6"]


@pytest.mark.parametrize("query", ["per_page=101", "per_page=0", "page=0", "page=-1", "page=x", "per_page=", "page=٣"])
def test_a_wrong_page_is_refused(cloudflare: RunningCloudflare, query: str) -> None:
    answer = cloudflare.call("GET", f"{GATEWAYS}?{query}")
    assert (answer.status_code, answer.json()["errors"][0]["code"]) == (400, 7001)


@pytest.mark.parametrize("method", ["GET", "PUT", "DELETE"])
def test_no_such_gateway(cloudflare: RunningCloudflare, method: str) -> None:
    answer = cloudflare.call(method, f"{GATEWAYS}/nothing", gateway_body() if method == "PUT" else None)
    assert (answer.status_code, answer.json()["errors"][0]["code"]) == (404, 7002)


def test_delete_tells_what_it_has_deleted_and_takes_routes_along(cloudflare: RunningCloudflare) -> None:
    created = cloudflare.result("POST", GATEWAYS, gateway_body("a"))
    route = cloudflare.result("POST", f"{GATEWAYS}/a/routes", {"name": "chat", "elements": CHAIN})
    assert cloudflare.result("DELETE", f"{GATEWAYS}/a") == created
    cloudflare.result("POST", GATEWAYS, gateway_body("a"))
    assert cloudflare.call("GET", f"{GATEWAYS}/a/routes/{route['id']}").status_code == 404


def test_urls(cloudflare: RunningCloudflare) -> None:
    cloudflare.result("POST", GATEWAYS, gateway_body("a"))
    base = f"{cloudflare.root}/v1/{cloudflare.account}/a"
    assert cloudflare.result("GET", f"{GATEWAYS}/a/url/openai") == f"{base}/openai"
    assert cloudflare.result("GET", f"{GATEWAYS}/a/url/universal") == base


def test_the_account_has_a_limit(cloudflare: RunningCloudflare) -> None:
    for number in range(20):
        cloudflare.result("POST", GATEWAYS, gateway_body(f"g{number}"))
    answer = cloudflare.call("POST", GATEWAYS, gateway_body("g20"))
    assert answer.status_code == 400
    assert "limit of 20" in answer.json()["errors"][0]["message"]


@pytest.mark.parametrize(
    "body", ["", "{", "[]", "null", '"x"', '{"id": NaN}', '{"id": 1e999}', '{"id": "\\ud800"}', "[" * 100_000, "\xff"]
)
def test_what_is_no_json_object_is_refused(cloudflare: RunningCloudflare, body: str) -> None:
    url = f"{cloudflare.url}/accounts/{cloudflare.account}{GATEWAYS}"
    headers = {"Authorization": f"Bearer {cloudflare.token}"}
    answer = cloudflare.client.post(url, content=body.encode("latin-1"), headers=headers)
    assert (answer.status_code, answer.json()["errors"][0]["code"]) == (400, 7001)


def test_a_smaller_plan_has_a_smaller_limit(tmp_path_factory: pytest.TempPathFactory) -> None:
    with running_cloudflare(tmp_path_factory.mktemp("free"), Options(gateway_limit=1)) as cloudflare:
        cloudflare.result("POST", GATEWAYS, gateway_body("a"))
        assert cloudflare.call("POST", GATEWAYS, gateway_body("b")).status_code == 400
