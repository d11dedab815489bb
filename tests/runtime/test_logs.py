"""Which calls are logged, and with what."""

from __future__ import annotations

import json
import random
import uuid

import pytest

from cfaig.runtime.uuid7 import uuid7
from tests.runtime.world import SIGNED, START, TOKEN, World, chat, gateway, run


@pytest.mark.parametrize(
    ("collect_logs", "header", "logged"),
    [(True, None, True), (False, None, False), (True, "false", False), (False, "true", True)],
)
def test_a_header_overrides_the_gateway_both_ways(collect_logs: bool, header: str | None, logged: bool) -> None:
    async def scene(world: World) -> None:
        answer = await world.chat("openai/gpt-4o", {"cf-aig-collect-log": header} if header else {})
        assert ("cf-aig-log-id" in answer.headers) is logged

    assert bool(run(scene, gateway(collect_logs=collect_logs)).logs) is logged


def test_without_payload_the_row_stays() -> None:
    async def scene(world: World) -> None:
        await world.chat("openai/gpt-4o", {"cf-aig-collect-log-payload": "false"})
        off = {"cf-aig-collect-log-payload": "true", "cf-aig-collect-log": "false"}
        await world.chat("openai/gpt-4o", off)
        await world.chat("openai/gpt-4o", {"cf-aig-collect-log-payload": "false"}, stream=True)

    (log,) = run(scene, gateway()).logs
    assert (log.request_body, log.response_body) == (None, None)
    assert (log.request_headers, log.response_headers) == ({}, {})
    assert log.usage.tokens_out > 0


def test_a_log_above_10_mb_is_not_stored() -> None:
    async def scene(world: World) -> None:
        large = "x" * 10 * 1024 * 1024
        await world.chat("openai/gpt-4o", user=large)
        await world.chat("openai/gpt-4o", {"cf-aig-collect-log-payload": "false"}, user=large)

    assert len(run(scene, gateway()).logs) == 1


def test_a_log_tells_what_happened_and_no_credential() -> None:
    async def scene(world: World) -> None:
        headers = {
            **SIGNED,
            "authorization": "Bearer sk-own",
            "x-api-key": "sk-other",
            "user-agent": "tests/1",
            "cf-aig-metadata": json.dumps({"user": "ann"}),
        }
        await world.chat("openai/gpt-4o", headers)
        await world.chat("openai/gpt-4o", {"authorization": f"Bearer {TOKEN}"})

    log, stored = run(scene, gateway(authentication=True, keys=["openai"])).logs
    assert (log.path, log.status_code, log.success, log.created_at) == ("compat/chat/completions", 200, True, START)
    assert (log.provider, log.model, log.user_agent, log.metadata) == ("openai", "gpt-4o", "tests/1", {"user": "ann"})
    assert (log.authentication, log.byok, stored.byok) == (True, False, True)
    assert (log.request_content_type, log.response_content_type) == ("application/json", "application/json")
    assert log.request_body == chat("openai/gpt-4o")
    for shown in (repr(log), repr(stored)):
        assert not any(secret in shown for secret in ("sk-own", "sk-other", TOKEN, "stored-openai"))


def test_ids_are_in_the_order_of_their_times() -> None:
    source = random.Random(1)  # noqa: S311
    ids = [uuid7(START + second / 1000, source) for second in range(1000)]
    assert ids == sorted(ids)
    assert {uuid.UUID(id_).version for id_ in ids} == {7}
    assert {uuid.UUID(id_).variant for id_ in ids} == {uuid.RFC_4122}
