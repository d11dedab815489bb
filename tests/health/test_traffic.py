"""Why a cache does not answer, and whose limit it was: from requests, without a network."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from datetime import UTC, datetime, timedelta
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from cfaig.health.finding import Finding, Level
from cfaig.health.misses import check_cache
from cfaig.health.refusals import check_limits
from cfaig.health.traffic import Refused, Request, Traffic, misses_much
from cfaig.json_types import Json
from cfaig.observe.usage import Totals
from cfaig.state.model import GatewayState, ProviderKeyState
from cfaig.state.settings import DEFAULT_SETTINGS

BEGIN = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)


def gateway(keys: Iterable[ProviderKeyState] = (), **settings: Any) -> GatewayState:
    return GatewayState("support", {**DEFAULT_SETTINGS, "cache_ttl": 300, **settings}, provider_keys=tuple(keys))


def request(body: Json, at: float = 0, *, cached: bool = False, **more: Any) -> Request:
    told: dict[str, Any] = {"success": True, "byok": True, "answer_type": "application/json", **more}
    return Request(
        BEGIN + timedelta(seconds=at), "openai", "gpt-4o", "openai/chat/completions", cached, body=body, **told
    )


def chat(text: str, **more: Any) -> Mapping[str, Any]:
    return {"model": "gpt-4o", "messages": [{"role": "user", "content": text}], **more}


def told(*requests: Request, **settings: Any) -> list[Finding]:
    return list(check_cache(Traffic(gateway(**settings), Totals(), 0, requests)))


def words(findings: Iterable[Finding]) -> str:
    return "\n".join(f"{finding.told}" for finding in findings)


def test_a_cache_that_is_off_is_no_problem() -> None:
    (found,) = told(request(chat("a")), cache_ttl=0)
    assert (found.level, "caching is off" in found.told) == (Level.OK, True)


def test_a_cache_that_answers_is_well() -> None:
    (found,) = told(request(chat("a")), request(chat("a"), 10, cached=True))
    assert (found.level, found.told) == (Level.OK, "the cache answers 50.0 % of the newest 2")


def test_questions_that_are_all_different_cannot_be_cached() -> None:
    (found,) = told(request(chat("Where is my parcel?")), request(chat("What is the weather like?"), 10))
    assert found.level is Level.OK
    assert "no two of them are the same" in found.told


def test_a_field_that_varies_between_equal_questions_is_named() -> None:
    found = told(*(request(chat("Where is it?", user=f"user-{number}"), number) for number in range(10)))
    assert [one.level for one in found] == [Level.WARNING, Level.WARNING]
    assert "10 of 10 misses are nearly the same as another request and differ in `user`" in found[1].told
    assert "cache: {key: [model, messages]}" in (found[1].fix or "")


def test_a_time_inside_the_text_is_told_apart_from_another_question() -> None:
    found = told(*(request(chat(f"It is 2026-11-22 12:00:{number:02}. Where is it?"), number) for number in range(5)))
    assert "only in numbers or ids inside `messages[0].content`" in words(found)
    ids = ("8f14e45f-ceea-467f-a0e6-2d1f1f1e0e1a", "c9f0f895-fb98-4b91-8f0e-6a1b2c3d4e5f")
    found = told(*(request(chat(f"Request {name}: where is it?")) for name in ids))
    assert "only in numbers or ids inside" in words(found)


def test_no_value_of_a_request_is_told() -> None:
    secret = "alice@example.com"
    found = told(*(request(chat("Where is it?", user=f"{secret}{number}")) for number in range(4)))
    assert secret not in str(found)


def test_equal_requests_that_come_after_the_ttl() -> None:
    found = told(*(request(chat("Where is it?"), 720 * number) for number in range(4)))
    assert "3 times: equal requests come again after 12m (median), and the TTL is 5m" in words(found)


def test_equal_requests_within_the_ttl_that_were_no_hits() -> None:
    found = told(*(request(chat("Where is it?"), 10 * number) for number in range(3)))
    assert "2 equal requests came within the TTL of 5m, and still were no hits" in words(found)
    assert "cf-aig-skip-cache" in str(found)


def test_streams_and_errors_are_not_cached() -> None:
    found = told(
        *(request(chat(f"Question {'x' * number}"), answer_type="text/event-stream") for number in range(4)),
        *(request(chat("?"), success=False) for _ in range(2)),
    )
    assert "4 of 6 misses are streams" in words(found)
    assert "2 of 6 misses have failed" in words(found)
    speech = told(*(request(chat("Say it"), 400 * number, answer_type="audio/mpeg") for number in range(3)))
    assert "3 of 3 misses were answered with neither text nor images" in words(speech)


def test_bodies_that_are_not_kept_are_told() -> None:
    assert "not in the logs" in words(told(request(None), request(None)))


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=8,
)


@given(st.lists(st.tuples(JSON, st.integers(0, 2000), st.booleans(), st.booleans()), max_size=8), st.integers(0, 1000))
def test_every_traffic_has_a_story(rows: list[tuple[Json, int, bool, bool]], ttl: int) -> None:
    found = told(*(request(body, at, cached=hit, success=good) for body, at, hit, good in rows), cache_ttl=ttl)
    assert found
    reasons = [one for one in found if one.level is not Level.OK]
    assert not reasons or any(not hit for _, _, hit, _ in rows)


def test_which_gateways_are_looked_into() -> None:
    low, well, few = Totals(100, 0, 2), Totals(100, 0, 50), Totals(5, 0, 0)
    assert [misses_much(Traffic(gateway(), day, 0)) for day in (low, well, few)] == [True, False, False]
    assert not misses_much(Traffic(gateway(cache_ttl=0), low, 0))


def limits(*refused: Refused, count: int = 7, keys: Iterable[ProviderKeyState] = (), **settings: Any) -> str:
    found = check_limits(Traffic(gateway(keys, **settings), Totals(), count, (), refused))
    return words(found)


def own(code: int, message: str = "Rate limited") -> str:
    return json.dumps({"success": False, "error": [{"code": code, "message": message}], "httpCode": 429})


LIMIT: dict[str, Any] = {"rate_limiting_limit": 100, "rate_limiting_interval": 60}
KEY = ProviderKeyState("openai", "default", default=True, rate_limit=10, rate_limit_period=60)


def test_without_a_429_there_is_nothing_to_tell() -> None:
    (found,) = check_limits(Traffic(gateway(), Totals(), 0))
    assert found.level is Level.OK


def test_whose_limit_it_was() -> None:
    refused = Refused("openai", "gpt-4o", unified=False, answer=own(2003))
    assert "1 met the gateway's rate limit of 100 requests per 1m" in limits(refused, **LIMIT)
    assert "1 met the limit of the key openai/default of 10 requests per 1m" in limits(refused, keys=[KEY])
    both = limits(refused, keys=[KEY], **LIMIT)
    assert "the gateway's rate limit of 100 requests per 1m or the limit of the key openai/default" in both
    assert "Unified Billing's own limit" in limits(Refused("openai", "gpt-4o", unified=True, answer=own(2003)), **LIMIT)
    assert "a rate limit that no definition has" in limits(refused)


def test_spend_limits_providers_and_what_the_log_does_not_tell() -> None:
    message = "Spend limit exceeded: rule 'whole-day' (cost limit 5 per 86400s, sliding) for openai gpt-4o"
    openai = json.dumps({"error": {"message": "Rate limit reached for gpt-4o", "code": "rate_limit_exceeded"}})
    answers = (own(2045, message), openai, openai, None, "<html>", own(2099))
    told = limits(*(Refused("openai", "gpt-4o", unified=False, answer=answer) for answer in answers))
    assert "7 requests were answered with 429 in the last hour; of the newest 6:" in told
    assert "1 met the spend limit whole-day" in told
    assert "3 met the own limit of the provider openai/gpt-4o" in told  # a proxy's page is no refusal of the gateway
    assert "1 met a limit that the log does not tell (openai/gpt-4o)" in told
    assert "1 met a refusal of the gateway with code 2099" in told
    assert "they are not in the logs" in limits()
