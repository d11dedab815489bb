"""Analytics over GraphQL, counted from real traffic."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from cfaig.local.options import Options, RateLimit
from tests.local.gateway.calls import Gateway
from tests.local.gateway.test_logs import traffic
from tests.local.running import RunningCloudflare, running_cloudflare

__all__ = ["traffic"]


def ask(cloudflare: RunningCloudflare, query: str, variables: object = None, token: str | None = None) -> Any:
    headers = {"Authorization": f"Bearer {token or cloudflare.read_token}"}
    body = {"query": query, "variables": variables}
    answer = cloudflare.client.post(f"{cloudflare.url}/graphql", json=body, headers=headers)
    assert answer.status_code == 200, answer.text
    return answer.json()


def account(cloudflare: RunningCloudflare, inner: str) -> str:
    return f'query {{ viewer {{ accounts(filter: {{accountTag: "{cloudflare.account}"}}) {{ {inner} }} }} }}'


def groups(gateway: Gateway, inner: str, variables: object = None) -> Any:
    told = ask(gateway.cloudflare, account(gateway.cloudflare, inner), variables)
    assert told["errors"] is None
    (found,) = told["data"]["viewer"]["accounts"]
    return found


def test_sums_by_provider(traffic: Gateway) -> None:
    found = groups(
        traffic,
        """aiGatewayRequestsAdaptiveGroups(limit: 10, orderBy: [count_DESC]) {
             count
             sum { cachedRequests erroredRequests cachedTokensIn uncachedTokensIn uncachedTokensOut cost }
             dimensions { provider }
           }""",
    )["aiGatewayRequestsAdaptiveGroups"]
    assert [(group["dimensions"]["provider"], group["count"]) for group in found] == [("openai", 3), ("anthropic", 1)]
    logs = [log for log in traffic.logs() if log["provider"] == "openai"]
    assert found[0]["sum"] == {
        "cachedRequests": 1,
        "erroredRequests": 1,
        "cachedTokensIn": 0,
        "uncachedTokensIn": sum(log["tokens_in"] for log in logs),
        "uncachedTokensOut": sum(log["tokens_out"] for log in logs),
        "cost": pytest.approx(sum(log["cost"] for log in logs)),
    }


def test_the_documentations_query_with_undeclared_variables_and_aliases(traffic: Gateway) -> None:
    found = groups(
        traffic,
        """requests: aiGatewayRequestsAdaptiveGroups(
             limit: $limit, filter: {datetimeHour_geq: $start, datetimeHour_leq: $end}, orderBy: [datetimeMinute_ASC]
           ) { count, dimensions { model, provider, gateway, ts: datetimeMinute } }""",
        {"limit": 1000, "start": "2020-01-01T00:00:00Z", "end": "2100-01-01T00:00:00Z"},
    )["requests"]
    assert sum(group["count"] for group in found) == 4
    assert {group["dimensions"]["gateway"] for group in found} == {"g"}
    assert all(group["dimensions"]["ts"].endswith(":00Z") for group in found)


@pytest.mark.parametrize(
    ("inner", "count"),
    [
        ("aiGatewayErrorsAdaptiveGroups(limit: 1) { count }", 1),
        ("aiGatewayCacheAdaptiveGroups(limit: 1) { count }", 1),
        ("aiGatewaySizeAdaptiveGroups(limit: 1) { max { rows } }", 4),
        ('aiGatewayRequestsAdaptiveGroups(limit: 1, filter: {model_like: "claude%"}) { count }', 1),
        ('aiGatewayRequestsAdaptiveGroups(limit: 1, filter: {model_in: ["gpt-4o-mini"], error: 0}) { count }', 2),
        ("aiGatewayRequestsAdaptiveGroups(limit: 1, filter: {statusCode_gt: 499}) { count }", 1),
        (
            'aiGatewayRequestsAdaptiveGroups(limit: 1, filter: {OR: [{provider: "anthropic"}, {cached: 1}]}) { count }',
            2,
        ),
        ('aiGatewayRequestsAdaptiveGroups(limit: 1, filter: {gateway_neq: "g"}) { count }', None),
    ],
)
def test_filters_and_the_other_datasets(traffic: Gateway, inner: str, count: int | None) -> None:
    (found,) = groups(traffic, inner).values()
    counts = [group["count"] if "count" in group else group["max"]["rows"] for group in found]
    assert counts == ([] if count is None else [count])


def test_every_dimension(traffic: Gateway) -> None:
    names = "date datetime datetimeMinute datetimeFiveMinutes datetimeFifteenMinutes datetimeHour error rateLimited"
    more = "cached statusCode wholesale userAgent metadataRaw"
    inner = "aiGatewayRequestsAdaptiveGroups(limit: 9) { dimensions { ...all } } } } }"
    query = account(traffic.cloudflare, inner).removesuffix(" } } }")
    told = ask(traffic.cloudflare, f"{query} fragment all on Dimensions {{ {names} {more} }}")
    assert told["errors"] is None, told
    (found,) = told["data"]["viewer"]["accounts"]
    first = found["aiGatewayRequestsAdaptiveGroups"][0]["dimensions"]
    assert set(first) == {*names.split(), *more.split()}
    assert first["datetimeHour"].endswith(":00:00Z")
    assert int(first["datetimeFiveMinutes"][14:16]) % 5 == 0


@pytest.mark.parametrize(
    "query",
    [
        "{",
        "query {",
        "mutation { viewer { accounts { accountTag } } }",
        "{ viewer }",
        "{ viewer { accounts { accountTag } } }",
        '{ viewer { accounts(filter: {accountTag: "other"}) { accountTag } } }',
        "{ viewer { zones { x } } }",
        "{ ...lost }",
        "{ ...a } fragment a on Query { ...a }",
        "query a { viewer { accounts { accountTag } } } query b { viewer { accounts { accountTag } } }",
        17,
    ],
)
def test_queries_that_make_no_sense(cloudflare: RunningCloudflare, query: Any) -> None:
    told = ask(cloudflare, query)
    assert told["data"] is None
    assert told["errors"][0]["message"]


@pytest.mark.parametrize(
    "arguments",
    [
        "",
        "(limit: 0)",
        "(limit: 10001)",
        '(limit: 1, filter: {colour: "red"})',
        "(limit: 1, filter: {model: 3})",
        '(limit: 1, filter: {statusCode: "200"})',
        '(limit: 1, filter: {model_almost: "x"})',
        "(limit: 1, filter: 3)",
        "(limit: 1, orderBy: [colour_ASC])",
    ],
)
def test_arguments_that_make_no_sense(cloudflare: RunningCloudflare, arguments: str) -> None:
    told = ask(cloudflare, account(cloudflare, f"aiGatewayRequestsAdaptiveGroups{arguments} {{ count }}"))
    assert told["errors"][0]["message"]


def test_graphql_has_its_own_budget(tmp_path: Path) -> None:
    with running_cloudflare(tmp_path, Options(rate_limit=RateLimit(2, 300))) as cloudflare:
        for _ in range(320):
            ask(cloudflare, account(cloudflare, "accountTag"))
        headers = {"Authorization": f"Bearer {cloudflare.read_token}"}
        assert cloudflare.client.post(f"{cloudflare.url}/graphql", json={}, headers=headers).status_code == 429
        assert cloudflare.call("GET", "/ai-gateway/gateways", token=cloudflare.read_token).status_code == 200


def test_analytics_want_a_token(cloudflare: RunningCloudflare) -> None:
    for token, status in (("wrong", 401), (cloudflare.run_token, 403)):
        headers = {"Authorization": f"Bearer {token}"}
        assert cloudflare.client.post(f"{cloudflare.url}/graphql", json={}, headers=headers).status_code == status
