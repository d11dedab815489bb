"""Guardrails and DLP: nothing is inspected without a classifier, and one can be given."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import Any

import pytest

from cfaig.json_types import JsonObject
from cfaig.runtime.inspection import NOTHING_INSPECTED, Control, Side, Verdict, inspection_failed
from tests.runtime.world import World, chat, code, events, gateway, model, route, run

GUARDED: dict[str, Any] = {"guardrails": {"prompt": {"S1": "BLOCK"}, "response": {"S10": "BLOCK"}}}
CHAIN = route("chat", model("a", "openai/gpt-4o", "b"), model("b", "groq/llama"))


@dataclass
class Classifier:
    """Finds words."""

    words: dict[str, Verdict]
    seen: list[Side] = field(default_factory=list)

    async def inspect(self, side: Side, settings: JsonObject, body: bytes) -> Verdict | None:
        assert settings["guardrails"]
        self.seen.append(side)
        if b"unreachable" in body:
            raise inspection_failed("the classifier does not answer")
        return next((verdict for word, verdict in self.words.items() if word.encode() in body), None)


def blocked(control: Control) -> Verdict:
    return Verdict(control, True, "blocked")


def test_without_a_classifier_nothing_is_inspected_and_the_trace_says_so() -> None:
    async def scene(world: World) -> None:
        answer = await world.chat("openai/gpt-4o")
        assert answer.status == 200
        assert events(answer.trace, "note") == [("inspection", NOTHING_INSPECTED)]

    run(scene, gateway("g", **GUARDED))


@pytest.mark.parametrize(
    ("control", "prompt", "expected"),
    [
        (Control.GUARDRAIL, "bad", (424, 2016)),
        (Control.DLP, "bad", (400, 2029)),
        (Control.GUARDRAIL, "fine", (424, 2017)),
        (Control.DLP, "fine", (400, 2030)),
    ],
)
def test_a_classifier_can_block_either_side_and_no_fallback_helps(
    control: Control, prompt: str, expected: tuple[int, int]
) -> None:
    classifier = Classifier({"bad": blocked(control), "terrible": blocked(control)})

    async def scene(world: World) -> None:
        for name in ("openai/gpt-4o", "dynamic/chat"):
            body = json.dumps({"model": name, "messages": [{"role": "user", "content": prompt}]}).encode()
            answer = await world.call("compat/chat/completions", body)
            assert (answer.status, code(answer)) == expected

    world = run(scene, gateway("g", [CHAIN], **GUARDED), inspector=classifier, script=[{"text": "terrible"}])
    assert {request.slug for request in world.upstream.requests} == (set() if prompt == "bad" else {"openai"})


def test_the_rest_api_says_422() -> None:
    async def scene(world: World) -> None:
        answer = await world.rest("v1/chat/completions", chat("openai/gpt-4o", user="bad"), {"cf-aig-gateway-id": "g"})
        assert (answer.status, code(answer)) == (422, 2016)

    classifier = Classifier({"bad": blocked(Control.GUARDRAIL)})
    run(scene, gateway("g", **GUARDED), inspector=classifier)


def test_a_classifier_that_fails_is_told() -> None:
    async def scene(world: World) -> None:
        answer = await world.chat("openai/gpt-4o", user="unreachable")
        assert (answer.status, code(answer)) == (503, 7013)

    run(scene, gateway("g", **GUARDED), inspector=Classifier({}))


def test_findings_that_only_flag_are_told_in_a_header() -> None:
    findings: dict[str, Any] = {"findings": [{"check": "REQUEST"}], "action": "FLAG"}

    async def scene(world: World) -> None:
        answer = await world.chat("openai/gpt-4o", user="card")
        assert (answer.status, json.loads(answer.headers["cf-aig-dlp"])) == (200, findings)

    classifier = Classifier({"card": Verdict(Control.DLP, False, "flagged", findings)})
    run(scene, gateway("g", **GUARDED), inspector=classifier)
    assert classifier.seen == [Side.REQUEST, Side.RESPONSE]
