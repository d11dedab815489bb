"""The runtime against the straight-line model: 10,000 random sequences of requests and failures, in virtual time.

Compared are every event in its order and at its time (providers asked, waits, cache, limits, elements of routes), the
status, the gateway's code, the headers, and the log with its cost.
"""

from __future__ import annotations

import json
import random
from collections.abc import AsyncIterator, Callable, Coroutine
from typing import Any

import pytest

from cfaig.runtime.clock import Clock
from cfaig.runtime.model import Answer, Call, Door, EventKind, UpstreamAnswer, UpstreamError, UpstreamRequest
from cfaig.state.model import ProviderKeyState, RouteState
from tests.runtime.straight_line import StraightLine
from tests.runtime.world import ACCOUNT, SEED, START, TOKEN, World, custom, element, gateway, model, read, route, run

SEEDS = 50
SEQUENCES = 200
COMPARED = {EventKind.LIMIT, EventKind.CACHE, EventKind.ATTEMPT, EventKind.WAIT, EventKind.ELEMENT}
MODELS = (
    "openai/gpt-a",
    "openai/gpt-b",
    "anthropic/claude-a",
    "workers-ai/@cf/meta/llama",
    "custom-lab/small",
)
# Numbers of seconds are sums of powers of two, and so are prices: nothing is rounded on either side.
DELAYS = (0.0, 0.0, 0.0, 0.25, 1.0, 5.0, 100.0)
TIMEOUTS = ("500", "2000", "30000")
STEPS = (0.0, 0.0, 0.125, 1.0, 4.5, 20.0, 60.0, 60.0, 130.25, 400.0)
SHARES = ({"50%": 0, "50.0%": 1}, {"90%": 0, "10%": 1}, {"20%": 0, "30%": 1, "50%": 2}, {"100%": 0})
CONDITIONS: tuple[Any, ...] = (
    {"metadata.plan": "paid"},
    {"metadata.plan": ["paid", "trial"]},
    {"metadata.plan": {"$ne": "paid"}},
    {"metadata.seats": {"$in": [1, 2]}, "metadata.plan": {"$eq": "paid"}},
    {"$or": [{"metadata.plan": "trial"}, {"$and": [{"metadata.beta": True}, {"metadata.seats": 1}]}]},
)
METADATA: tuple[Any, ...] = (
    {"plan": "paid", "seats": 1},
    {"plan": "paid", "seats": True},
    {"plan": "trial", "user": "ann"},
    {"user": "bob", "seats": 1, "beta": True},
    {"seats": True, "user": "ann", "cf.user_id": "x"},
    {"a": 1, "b": 2, "c": 3, "d": 4, "user": "ann", "plan": "paid"},
    {"plan": "paid", "user": None},
    {"plan": "paid", "user": {"id": 1}},
)


class Planned:
    """Providers that do what the plan says for the first, second, third … request for a model."""

    def __init__(self, clock: Clock, plan: dict[str, list[dict[str, Any]]]) -> None:
        self._clock = clock
        self._plan = plan
        self._seen: dict[str, int] = {}

    async def send(self, request: UpstreamRequest) -> UpstreamAnswer:
        name = f"{request.slug}/{request.model}"
        behaviours = self._plan[name]
        count = self._seen.get(name, 0)
        self._seen[name] = count + 1
        behaviour = behaviours[count % len(behaviours)]
        await self._clock.sleep(behaviour["delay"])
        if behaviour["kind"] == "refuse":
            raise UpstreamError("connection refused")
        if behaviour["kind"] == "status":
            body = json.dumps({"error": {"message": "no"}}).encode()
            return UpstreamAnswer(behaviour["status"], {"content-type": "application/json"}, _chunks(body))
        tokens_in, tokens_out = behaviour["tokens"]
        body = json.dumps({"usage": {"prompt_tokens": tokens_in, "completion_tokens": tokens_out}}).encode()
        kind = "audio/mpeg" if behaviour["type"] == "audio" else "application/json"
        if behaviour["type"] == "garbled" and not json.loads(request.body).get("stream"):
            body = b'{"usage": '
        if json.loads(request.body).get("stream"):
            kind, body = "text/event-stream", b"data: {}\n\n|data: " + body + b"\n\n"
        return UpstreamAnswer(200, {"content-type": kind}, _chunks(body, cut=behaviour["kind"] == "cut"))


async def _chunks(body: bytes, *, cut: bool = False) -> AsyncIterator[bytes]:
    for chunk in body.split(b"|"):
        yield chunk
        if cut:
            raise UpstreamError("broken off")


def _behaviour(draw: random.Random) -> dict[str, Any]:
    kind = draw.choice(["ok", "ok", "ok", "status", "refuse", "cut"])
    tokens = (draw.choice([0, 1, 8, 64]), draw.choice([0, 2, 16]))
    media = "json" if kind == "cut" or draw.random() < 0.85 else draw.choice(["audio", "garbled"])
    status = draw.choice([400, 401, 429, 500, 503])
    return {"kind": kind, "delay": draw.choice(DELAYS), "status": status, "tokens": tokens, "type": media}


def _settings(draw: random.Random) -> dict[str, Any]:
    rules = []
    for index in range(draw.choice([0, 0, 1, 2])):
        rule: dict[str, Any] = {"id": f"r{index}", "limit": draw.choice([0, 0.5, 2, 8]), "limitType": "cost"}
        rule |= {"window": draw.choice([10, 60, 3600]), "technique": draw.choice(["fixed", "sliding"]), "enabled": True}
        if draw.random() < 0.3:
            rule["provider"] = {"mode": "filter", "values": ["openai", "custom-lab"]}
        if draw.random() < 0.2:
            rule["model"] = {"mode": "filter", "values": ["gpt-a", "claude-a"]}
        if draw.random() < 0.5:
            metadata = [{"user": {"mode": "partition"}}, {"plan": {"mode": "filter", "values": ["paid"]}}]
            rule["metadata"] = draw.choice(metadata)
        rules.append(rule)
    return {
        "authentication": draw.random() < 0.5,
        "byok_only": draw.random() < 0.15,
        "cache_ttl": draw.choice([0, 60, 200]),
        "collect_logs": draw.random() < 0.9,
        "rate_limiting_limit": draw.choice([0, 2, 3]),
        "rate_limiting_interval": draw.choice([0, 7, 60]),
        "rate_limiting_technique": draw.choice(["fixed", "sliding"]),
        "retry_max_attempts": draw.choice([None, None, 2, 3]),
        "retry_delay": draw.choice([None, 0, 250, 1000]),
        "retry_backoff": draw.choice([None, "constant", "linear", "exponential"]),
        "spend_limits": {"enabled": draw.random() < 0.9, "rules": rules},
    }


def _elements(draw: random.Random) -> list[dict[str, Any]]:
    """Up to six elements that lead to later ones only."""
    ids = [f"e{index}" for index in range(draw.randint(1, 6))]
    elements = []
    for index, id_ in enumerate(ids):
        later = [*ids[index + 1 : index + 4], "end"]
        kind = draw.choice(["model", "model", "model", "conditional", "percentage", "rate"])
        if kind == "model":
            name = draw.choice([*MODELS, "custom-off/small", "nobody/x"])
            elements.append(model(id_, name, later[0], draw.choice([0, 500, 2000]), draw.choice([0, 0, 1, 2])))
        elif kind == "conditional":
            outputs = {"true": draw.choice(later), "false": draw.choice(later)}
            elements.append(element(id_, kind, outputs, conditions=draw.choice(CONDITIONS)))
        elif kind == "percentage":
            outputs = {share: draw.choice(later) for share in draw.choice(SHARES)}
            elements.append(element(id_, kind, outputs))
        else:
            of = {"key": "metadata.user", "limitType": draw.choice(["count", "cost"]), "window": draw.choice([10, 60])}
            outputs = {"success": draw.choice(later), "fallback": draw.choice(later)}
            elements.append(element(id_, kind, outputs, **of, limit=draw.choice([1, 2])))
    return elements


def _world(draw: random.Random) -> dict[str, Any]:
    stored = [slug for slug in ("openai", "anthropic", "custom-lab") if draw.random() < 0.6]
    keys: list[tuple[str, str, int | None, int | None]] = [(slug, "default", None, None) for slug in stored]
    if draw.random() < 0.4:
        keys.append(("openai", "second", draw.choice([None, 1]), None))
    if draw.random() < 0.3:
        keys = [(slug, alias, 2, draw.choice([10, 60])) for slug, alias, _, _ in keys]
    prices = {name: (draw.choice([0, 1, 2]) / 64, draw.choice([0, 4]) / 64) for name in MODELS if draw.random() < 0.8}
    return {
        "settings": _settings(draw),
        "routes": {name: list(route(name, *_elements(draw)).elements) for name in ("r0", "r1")},
        "keys": keys,
        "customs": {"lab": True, "off": False},
        "prices": prices,
        "credits": draw.random() < 0.7,
        "plan": {name: [_behaviour(draw) for _ in range(draw.randint(1, 4))] for name in MODELS},
        "seed": SEED,
    }


HEADERS: dict[str, tuple[str, ...]] = {
    "cf-aig-cache-ttl": ("0", "60", "120", "30", "soon"),
    "cf-aig-cache-key": ("k1", "k2"),
    "cf-aig-skip-cache": ("true", "false"),
    "cf-aig-max-attempts": ("1", "2", "5", "9"),
    "cf-aig-retry-delay": ("0", "500", "4000", "60001"),
    "cf-aig-backoff": ("constant", "linear", "exponential"),
    "cf-aig-request-timeout": TIMEOUTS,
    "cf-aig-metadata": tuple(json.dumps(one) for one in METADATA),
    "cf-aig-custom-cost": (json.dumps({"per_token_in": 0.25, "per_token_out": 0.5}),),
    "cf-aig-collect-log": ("true", "false"),
    "cf-aig-byok-alias": ("second", "third"),
    "cf-aig-no-wholesale": ("true",),
}


def _headers(draw: random.Random, chance: float) -> dict[str, str]:
    headers = {name: draw.choice(values) for name, values in HEADERS.items() if draw.random() < chance}
    if draw.random() < chance * 2:
        headers["authorization"] = draw.choice(["Bearer sk-a", "Bearer sk-b", f"Bearer {TOKEN}"])
    return headers


def _native(draw: random.Random) -> tuple[str, str, str]:
    return draw.choice(
        [
            ("openai", "chat/completions", "gpt-a"),
            ("openai", "chat/completions", "gpt-b"),
            ("custom-lab", "v1/x", "small"),
        ]
    )


def _request(draw: random.Random) -> dict[str, Any]:
    headers = _headers(draw, 0.12)
    if draw.random() < 0.85:
        headers["cf-aig-authorization"] = f"Bearer {TOKEN if draw.random() < 0.95 else 'wrong'}"
    if draw.random() < 0.5:
        headers["cf-aig-metadata"] = json.dumps(draw.choice(METADATA))
    kind = draw.choice(["native", "compat", "dynamic", "dynamic", "dynamic", "universal", "rest"])
    if kind == "universal":
        body: Any = [_universal_item(draw) for _ in range(draw.randint(1, 3))]
        return {"door": "gateway", "path": "", "headers": headers, "body": body}
    if kind == "rest":
        name = draw.choice(["@cf/meta/llama", "dynamic/r0", "dynamic/r1"])
        headers |= {"cf-aig-gateway-id": "g", "authorization": f"Bearer {TOKEN if draw.random() < 0.95 else 'wrong'}"}
        return {"door": "rest", "path": "v1/chat/completions", "headers": headers, "body": _body(draw, name)}
    if kind == "native":
        slug, endpoint, name = _native(draw)
        return {"door": "gateway", "path": f"{slug}/{endpoint}", "headers": headers, "body": _body(draw, name)}
    name = (
        draw.choice(MODELS)
        if kind == "compat"
        else draw.choice(["dynamic/r0", "dynamic/r1", "dynamic/r1", "dynamic/no"])
    )
    if kind == "dynamic" and name == "dynamic/no" and draw.random() < 0.7:
        name = "dynamic/r0"
    return {"door": "gateway", "path": "compat/chat/completions", "headers": headers, "body": _body(draw, name)}


def _body(draw: random.Random, name: str) -> dict[str, Any]:
    body: dict[str, Any] = {"model": name, "messages": [{"role": "user", "content": draw.choice(["a", "b"])}]}
    return {**body, "stream": True} if draw.random() < 0.15 else body


def _universal_item(draw: random.Random) -> dict[str, Any]:
    config: dict[str, Any] = {}
    if draw.random() < 0.4:
        config = {"maxAttempts": draw.choice([1, 2, 3]), "requestTimeout": int(draw.choice(TIMEOUTS))}
    if draw.random() < 0.2:
        config |= {"retryDelay": draw.choice([250, 1000]), "backoff": "linear"}
    common: dict[str, Any] = {"headers": _headers(draw, 0.08), "config": config}
    if draw.random() < 0.6:
        slug, endpoint, name = _native(draw)
        return {**common, "provider": slug, "endpoint": endpoint, "query": _body(draw, name)}
    name = draw.choice([*MODELS, "dynamic/r0"])
    return {**common, "provider": "compat", "endpoint": "chat/completions", "query": _body(draw, name)}


async def _seen(world: World, answer: Answer, logs_before: int) -> dict[str, Any]:
    """What the runtime did, in the model's words."""
    try:
        body = await read(answer)
    except UpstreamError:
        body = b""
    written = world.logs[logs_before:]
    refused = "cf-aig-step" not in answer.headers
    error = json.loads(body) if refused else {}
    assert ("cf-aig-log-id" in answer.headers) == bool(written)
    return {
        "status": answer.status,
        "code": (error.get("error") or error["errors"])[0]["code"] if refused else None,
        "events": [(e.kind.value, e.name, e.outcome, e.at) for e in answer.trace.events if e.kind in COMPARED],
        "log": [
            {
                "provider": log.provider,
                "model": log.model,
                "status": log.status_code,
                "cost": log.cost,
                "tokens": (log.usage.tokens_in, log.usage.tokens_out),
                "cached": log.cached,
                "step": log.step,
                "duration": log.duration,
                "metadata": log.metadata,
            }
            for log in written
        ],
        "cache": answer.headers.get("cf-aig-cache-status"),
        "step": answer.headers.get("cf-aig-step"),
    }


def _call(request: dict[str, Any]) -> Call:
    body = json.dumps(request["body"], separators=(",", ":")).encode()
    return Call(ACCOUNT, "g", request["path"], body, request["headers"], door=Door(request["door"]))


def _play(plan: dict[str, Any], scene: Callable[[World], Coroutine[Any, Any, None]]) -> None:
    keys = [
        ProviderKeyState(slug, alias, alias == "default", limit, period) for slug, alias, limit, period in plan["keys"]
    ]
    routes = [RouteState(name, tuple(elements)) for name, elements in plan["routes"].items()]
    million = {name: {"input": each[0] * 1e6, "output": each[1] * 1e6} for name, each in plan["prices"].items()}
    run(
        scene,
        gateway(routes=routes, keys=keys, **plan["settings"]),
        customs=[custom("lab"), custom("off", enable=False)],
        prices=million,
        credits_left=plan["credits"],
        upstream=lambda clock: Planned(clock, plan["plan"]),
    )


def _sequence(number: int) -> None:
    draw = random.Random(number)  # noqa: S311
    plan = _world(draw)
    requests = [(draw.choice(STEPS), _request(draw)) for _ in range(draw.randint(3, 8))]
    straight = StraightLine(plan, START)

    async def scene(world: World) -> None:
        for pause, request in requests:
            await world.clock.sleep(pause)
            straight.now += pause
            expected, logs = straight.request(request), len(world.logs)
            found = await _seen(world, await world.runtime.answer(_call(request)), logs)
            assert found == expected, f"sequence {number}: {request}\nin {plan}"
            assert world.clock.now() == straight.now

    _play(plan, scene)


@pytest.mark.parametrize("seed", range(SEEDS))
def test_runtime_and_straight_line_model_agree(seed: int) -> None:
    for sequence in range(seed * SEQUENCES, (seed + 1) * SEQUENCES):
        _sequence(sequence)
