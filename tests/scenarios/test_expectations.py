"""Each thing that can be expected, met and not met, on the real runtime."""

from __future__ import annotations

import pytest

from tests.scenarios.conftest import HEAD, Stageful

DOWN = "[{provider: openai, status: 500}]"
CHAT = "{route: chat}"
TOKENS = "[{tokens: {in: 1000, out: 100, cache_read: 10, reasoning: 5}}]"

# Request, upstreams, what is met, what is not, and what is then said to have happened.
EXPECTATIONS = (
    (CHAT, "[]", "{status: 200}", "{status: 201}", "status: 200"),
    (CHAT, "[]", "{status: [200, 429]}", "{status: [201, 429]}", "status: 200"),
    (CHAT, DOWN, "{provider: lab, model: llama3}", "{provider: openai}", "provider: lab"),
    (CHAT, DOWN, "{provider: custom-lab}", "{model: gpt-4o}", "model: llama3"),
    (CHAT, DOWN, "{step: 1}", "{step: 0}", "step: 1"),
    (CHAT, DOWN, "{attempts: 3}", "{attempts: {below: 3}}", "attempts: 3"),
    (CHAT, DOWN, "{attempts: {above: 2, at_most: 3}}", "{attempts: {at_least: 4}}", "attempts: 3"),
    (CHAT, DOWN, "{tried: [openai/gpt-4o, lab/llama3]}", "{tried: [lab/llama3]}", "tried: [openai/gpt-4o, lab/llama3]"),
    (CHAT, DOWN, "{path: [openai/gpt-4o, lab/llama3 answered]}", "{path: [openai/gpt-4o answered]}", "gpt-4o failed"),
    (CHAT, "[{delay: 4s}]", "{elapsed: 4s}", "{elapsed: {below: 4s}}", "elapsed: 4 s"),
    (CHAT, "[{hang: true}]", "{elapsed: {above: 30s}}", "{status: 200}", "status: 400"),
    ("{route: chat, attempts: 2, retry_delay: 3s}", DOWN, "{waited: 3s}", "{waited: 0}", "waited: 3 s"),
    (CHAT, "[]", "{error: none}", "{error: 2003}", "error: none"),
    ("{route: chat, token: none}", "[]", "{status: 401, error: 2009, step: none}", "{error: none}", "error: 2009"),
    ("{route: chat, token: wrong}", "[]", "{provider: none, model: none}", "{provider: openai}", "provider: none"),
    (CHAT, "[]", "{cache: MISS}", "{cache: HIT}", "cache: MISS"),
    ("{route: chat, skip_cache: true}", "[]", "{cache: none}", "{cache: MISS}", "cache: none"),
    (CHAT, TOKENS, "{cost: 0.0035}", "{cost: 0}", "cost: 0.0034"),
    (CHAT, "[{text: Good day}]", "{text: Good day}", "{text: [Good, evening]}", "Good day"),
    ("{route: chat, stream: true}", "[{text: Good day to you}]", "{text: Good day to you}", "{text: Bye}", "data:"),
    (
        CHAT,
        "[]",
        "{headers: {cf-aig-step: '0', x-none: none}}",
        "{headers: {CF-AIG-Provider: x}}",
        "CF-AIG-Provider: openai",
    ),
    (CHAT, "[]", "{log: {status_code: 200, success: true, cached: false}}", "{log: {cached: true}}", "cached: false"),
    (CHAT, TOKENS, "{log: {tokens_in: 1000, tokens_out: {below: 101}}}", "{log: {reasoning: 0}}", "reasoning: 5"),
    (CHAT, "[{delay: 1s}]", "{log: {provider: openai, duration: 1s}}", "{log: {duration: 0}}", "duration: 1.0"),
    (CHAT, TOKENS, "{log: {cost: {above: 0.003}}}", "{log: {cost: 1}}", "cost: 0.0034"),
    ("{route: chat, metadata: {a: 1}}", "[]", "{log: {metadata: {a: 1}}}", "{log: {metadata: {}}}", "metadata: {a: 1}"),
    ("{route: chat, collect_log: false}", "[]", "{log: none}", "{log: {success: true}}", "log: none"),
    (CHAT, "[]", "{log: {bodies: true}}", "{log: none}", "log: there is one"),
    ("{route: chat, collect_log_payload: false}", "[]", "{log: {bodies: false}}", "{log: {bodies: true}}", "false"),
    (
        "{provider: openai, model: x, event_id: mine}",
        "[]",
        "{log: {event_id: mine}}",
        "{log: {event_id: x}}",
        "event_id: mine",
    ),
    ("{route: chat, custom_cost: {per_token_in: 0.5}}", TOKENS, "{cost: 500}", "{cost: 5}", "cost: 500"),
    (
        "{provider: openai, model: gpt-4o}",
        "[]",
        "{status: 200, log: {route: null}}",
        "{provider: lab}",
        "provider: openai",
    ),
    ("{provider: lab, model: llama3}", "[]", "{provider: lab, model: llama3}", "{model: x}", "model: llama3"),
    ("{provider: anthropic, model: claude-sonnet-5}", "[]", "{text: Hello}", "{step: 1}", "step: 0"),
    ("{provider: google-ai-studio, model: gemini-2.5-flash, stream: true}", "[]", "{text: Hello}", "{status: 1}", None),
    ("{provider: workers-ai, model: '@cf/meta/llama-3.1-8b-instruct'}", "[]", "{status: 200}", "{cost: 9}", "cost: "),
    ("{path: openai/models, method: GET}", "[]", "{status: 200, text: gpt}", "{text: claude}", "the body is"),
    ("{path: openai/chat/completions, body: '{'}", "[]", "{provider: openai}", "{attempts: 0}", "attempts: 1"),
    ("{route: chat, body: {model: dynamic/nothing}}", "[]", "{status: 400}", "{status: 200}", "status: 400"),
    ("{route: chat, headers: {cf-aig-authorization: null}}", "[]", "{status: 401}", "{status: 200}", "status: 401"),
    (
        "{route: chat, messages: 'Question {n}', times: 60}",
        "[]",
        "{status: {200: 50, 429: 10}, limit: {none: 50, rate_limit: 10}}",
        "{error: {none: 60}}",
        "error: {none: 50 (83.3%), 2003: 10 (16.7%)}",
    ),
    (
        "{route: tiered, messages: 'Question {n}', times: 400, every: 2s}",
        "[]",
        "{provider: {openai: 75%, google-ai-studio: 25%}}",
        "{provider: {openai: 50%}, tolerance: 20%}",
        "provider: {openai: ",
    ),
    (
        "{route: tiered, metadata: {plan: paid, user: me}, times: 3, skip_cache: true}",
        "[]",
        "{status: {200: 2, 429: 1}, limit: {none: 2, then-limit: 1}}",
        "{path: [if then, limit then, anthropic/claude-sonnet-5]}",
        "path: [if then, limit else]",
    ),
    (
        "{route: chat, messages: 'Question {n}', attempts: 1, times: 7}",
        DOWN,
        "{limit: {none: 5, 'key:lab/default': 2}}",
        "{limit: none}",
        "limit: key:lab/default",
    ),
)


@pytest.mark.parametrize(("request_", "upstreams", "met", "unmet", "happened"), EXPECTATIONS)
def test_what_can_be_expected(
    shop: Stageful, request_: str, upstreams: str, met: str, unmet: str, happened: str | None
) -> None:
    assert shop.step(request_, met, upstreams) == ()
    if happened is not None:
        failures = shop.step(request_, unmet, upstreams)
        assert failures
        assert happened in failures[0].happened


def test_time_passes_at_once_and_steps_follow_each_other(shop: Stageful) -> None:
    [result] = shop.run(
        f"{HEAD}  - name: a day\n    upstreams: [{{delay: 2s}}]\n    steps:\n"
        "      - {request: {route: chat}, expect: {cache: MISS, elapsed: 2s}}\n"
        "      - {at: 4m, request: {route: chat}, expect: {cache: HIT, elapsed: 0}}\n"
        "      - {after: 61s, request: {route: chat}, expect: {cache: HIT}}\n"
        "      - {after: 1s, request: {route: chat}, expect: {cache: MISS}}\n"
        "      - {at: 1d, request: {route: chat, times: 3, every: 10m}, expect: {cache: {MISS: 3}}}\n"
    )
    assert result.failures == ()
    assert result.requests == 7
    assert result.elapsed == 86_400 + 2 * 600 + 2


def test_providers_change_their_ways_between_steps(shop: Stageful) -> None:
    [result] = shop.run(
        "gateway: shop\nupstreams: [{provider: lab, status: 500}]\nscenarios:\n"
        "  - name: an outage\n    upstreams: [{provider: openai, status: 503}]\n    steps:\n"
        "      - {request: {route: chat}, expect: {status: 500}}\n"
        "      - {upstreams: [], request: {route: chat}, expect: {provider: openai}}\n"
        "      - {upstreams: [{provider: openai, refuse: true}], request: {route: chat, messages: x},"
        " expect: {status: 500}}\n"
    )
    assert result.failures == ()


def test_a_stream_that_breaks_off_is_told(shop: Stageful) -> None:
    [failure] = shop.step("{route: chat, stream: true}", "{status: 200}", "[{cut_after: 2}]")
    assert "the answer broke off" in failure.happened


def test_the_first_step_that_fails_ends_a_scenario_and_no_other(shop: Stageful) -> None:
    two = "      - {request: {route: chat}, expect: {status: 500}}\n      - {request: {route: chat}}\n"
    first, second = shop.run(
        f"{HEAD}  - name: one\n    steps:\n{two}  - name: two\n    steps:\n      - {{request: {{route: chat}}}}\n"
    )
    assert (first.step, first.requests, len(first.failures)) == (0, 1, 1)
    assert second.failures == ()


def test_scenarios_do_not_see_each_other_and_repeat_themselves(shop: Stageful) -> None:
    text = f"{HEAD}" + "".join(
        f"  - name: number {number}\n    seed: 7\n    steps:\n"
        "      - {request: {route: tiered, messages: 'Question {n}', times: 40}, expect: {provider: {openai: 100%}}}\n"
        for number in range(3)
    )
    happened = {result.failures[0].happened for result in shop.run(text)}
    assert len(happened) == 1
    other = shop.run(text.replace("seed: 7", "seed: 8"))[0].failures[0].happened
    assert other not in happened


def test_prices_of_ones_own(shop: Stageful) -> None:
    [result] = shop.run(
        "gateway: shop\nprices: {lab/llama3: {input: 2, output: 3}, openai/gpt-4o: {input: 1}}\n"
        "upstreams: [{tokens: {in: 1000000, out: 1000000}}]\nscenarios:\n  - name: one\n    steps:\n"
        "      - {request: {route: chat}, expect: {cost: 1}}\n"
        "      - {request: {provider: lab, model: llama3}, expect: {cost: 5}}\n"
    )
    assert result.failures == ()
