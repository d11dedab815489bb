"""What headers, items of the universal endpoint and the gateway say together."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from cfaig.runtime.retry import first_byte_limit, pause
from cfaig.runtime.settings import BACKOFFS, MAX_TTL, CachePolicy, RetryPolicy, config_level, request_settings
from cfaig.state.settings import canonical_settings

NAMES = (
    "cf-aig-backoff",
    "cf-aig-byok-alias",
    "cf-aig-cache-key",
    "cf-aig-cache-ttl",
    "cf-aig-collect-log",
    "cf-aig-collect-log-payload",
    "cf-aig-custom-cost",
    "cf-aig-event-id",
    "cf-aig-max-attempts",
    "cf-aig-metadata",
    "cf-aig-no-wholesale",
    "cf-aig-request-timeout",
    "cf-aig-retry-delay",
    "cf-aig-skip-cache",
    "cf-cache-ttl",
    "cf-skip-cache",
)
OFF = canonical_settings({})
CACHED = canonical_settings({"cache_ttl": 3600, "retry_max_attempts": 2, "retry_delay": 250, "retry_backoff": "linear"})


def test_a_request_wins_over_the_gateway() -> None:
    headers = {"cf-aig-cache-ttl": "120", "cf-aig-max-attempts": "4", "cf-aig-collect-log": "false"}
    settings = request_settings(CACHED, [headers])
    assert settings.cache == CachePolicy(120)
    assert settings.retry == RetryPolicy(4, 0.25, "linear", None)
    assert not settings.collect_log
    assert request_settings(CACHED, [{}]).collect_log


def test_an_item_wins_over_the_request_and_its_config_over_its_headers() -> None:
    config = config_level({"maxAttempts": 1, "requestTimeout": 500, "retryDelay": 0, "backoff": "exponential"})
    item = {"cf-aig-max-attempts": "2", "cf-aig-cache-ttl": "90"}
    request = {"cf-aig-max-attempts": "3", "cf-aig-cache-ttl": "600", "cf-aig-event-id": "e1"}
    settings = request_settings(CACHED, [config, item, request])
    assert settings.retry == RetryPolicy(1, 0.0, "exponential", 0.5)
    assert settings.cache == CachePolicy(90)
    assert settings.event_id == "e1"


def test_a_ttl_alone_does_not_turn_the_cache_on() -> None:
    settings = request_settings(OFF, [{"cf-aig-cache-ttl": "120"}])
    assert settings.cache is None
    assert settings.notes == ("cf-aig-cache-ttl has no effect: the gateway's cache is off, and no key turns it on",)


def test_a_key_turns_the_cache_on_for_five_minutes() -> None:
    assert request_settings(OFF, [{"cf-aig-cache-key": "k"}]).cache == CachePolicy(300, "k")
    assert request_settings(CACHED, [{"cf-aig-cache-key": "k"}]).cache == CachePolicy(3600, "k")
    assert request_settings(OFF, [{"cf-aig-cache-key": "k", "cf-aig-cache-ttl": "60"}]).cache == CachePolicy(60, "k")


def test_skipping_and_a_ttl_of_0_turn_the_cache_off() -> None:
    assert request_settings(CACHED, [{"cf-aig-skip-cache": "true", "cf-aig-cache-key": "k"}]).cache is None
    assert request_settings(CACHED, [{"cf-aig-cache-ttl": "0"}]).cache is None
    assert request_settings(CACHED, [{"cf-aig-skip-cache": "false"}]).cache == CachePolicy(3600)


def test_deprecated_names_still_work() -> None:
    assert request_settings(CACHED, [{"cf-cache-ttl": "120"}]).cache == CachePolicy(120)
    assert request_settings(CACHED, [{"cf-cache-ttl": "120", "cf-aig-cache-ttl": "180"}]).cache == CachePolicy(180)
    assert request_settings(CACHED, [{"cf-skip-cache": "true"}]).cache is None


def test_a_bad_value_is_ignored_at_its_level_and_noted() -> None:
    item = {"cf-aig-max-attempts": "9", "cf-aig-cache-ttl": "59", "cf-aig-backoff": "fibonacci"}
    settings = request_settings(CACHED, [item, {"cf-aig-max-attempts": "3", "cf-aig-skip-cache": "yes"}])
    assert settings.retry == RetryPolicy(3, 0.25, "linear", None)
    assert settings.cache == CachePolicy(3600)
    assert sorted(note.partition(" ignored")[0] for note in settings.notes) == [
        "cf-aig-backoff: 'fibonacci'",
        "cf-aig-cache-ttl: '59'",
        "cf-aig-max-attempts: '9'",
        "cf-aig-skip-cache: 'yes'",
    ]


@given(st.lists(st.dictionaries(st.sampled_from(NAMES), st.one_of(st.text(), st.integers().map(str))), max_size=3))
def test_no_header_can_break_out_of_the_bounds(levels: list[dict[str, str]]) -> None:
    settings = request_settings(CACHED, levels)
    assert settings.cache is None or 60 <= settings.cache.ttl <= MAX_TTL
    assert 1 <= settings.retry.attempts <= 5
    assert 0 <= settings.retry.delay <= 60
    assert settings.retry.timeout is None or settings.retry.timeout > 0
    assert settings.retry.backoff in BACKOFFS
    assert len(settings.metadata) <= 5


def test_the_three_backoffs() -> None:
    pauses = {kind: [pause(RetryPolicy(5, 0.5, kind), retry) for retry in range(1, 5)] for kind in BACKOFFS}
    assert pauses == {
        "constant": [0.5, 0.5, 0.5, 0.5],
        "linear": [0.5, 1.0, 1.5, 2.0],
        "exponential": [0.5, 1.0, 2.0, 4.0],
    }


def test_the_last_of_several_attempts_has_no_timeout() -> None:
    policy = RetryPolicy(3, timeout=2.0)
    assert [first_byte_limit(policy, attempt) for attempt in (1, 2, 3)] == [2.0, 2.0, None]
    assert first_byte_limit(RetryPolicy(1, timeout=2.0), 1) == 2.0


def test_an_element_has_its_own_timeout_at_each_attempt() -> None:
    settings = request_settings(CACHED, [{"cf-aig-request-timeout": "9000", "cf-aig-max-attempts": "5"}])
    own = settings.for_element(timeout=1.5, attempts=3)
    assert [first_byte_limit(own, attempt) for attempt in (1, 2, 3)] == [1.5, 1.5, 1.5]
    assert (own.attempts, own.delay, own.backoff) == (3, 0.25, "linear")
    assert settings.for_element(timeout=None, attempts=1).timeout == 9.0
    assert settings.for_element(timeout=None, attempts=9).attempts == 5
