"""Whatever comes in, an answer goes out."""

from __future__ import annotations

import json

from hypothesis import given, settings
from hypothesis import strategies as st

from cfaig.json_types import JsonObject
from cfaig.runtime.model import Call, Door
from cfaig.state.model import RouteState
from tests.runtime.test_settings import NAMES
from tests.runtime.world import ACCOUNT, TOKEN, World, gateway, read, run
from tests.strategies import graphs

PATHS = st.one_of(
    st.sampled_from(["", "compat/chat/completions", "openai/v1/chat/completions", "workers-ai/@cf/x", "aws-bedrock/x"]),
    st.sampled_from(["azure-openai/a/b/c", "google-ai-studio/v1beta/models/g:generateContent", "run", "v1/responses"]),
    st.text(max_size=30),
)
JSON = st.recursive(
    st.one_of(st.none(), st.booleans(), st.integers(), st.floats(), st.text(max_size=8)),
    lambda inner: st.one_of(st.lists(inner, max_size=3), st.dictionaries(st.text(max_size=8), inner, max_size=3)),
    max_leaves=6,
)
MODELS = st.sampled_from(["dynamic/r", "openai/gpt-4o", "@cf/x", "gpt-4o", "xai/grok", "/", "custom-x/y", ""])
CHATS = st.fixed_dictionaries(
    {"model": st.one_of(MODELS, JSON)}, optional={"messages": JSON, "input": JSON, "stream": st.booleans()}
)
ITEMS = st.fixed_dictionaries(
    {"provider": st.one_of(st.sampled_from(["openai", "compat"]), JSON), "endpoint": st.one_of(PATHS, JSON)},
    optional={"query": st.one_of(CHATS, JSON), "headers": JSON, "config": JSON},
)
WRITTEN = st.one_of(CHATS, st.lists(ITEMS, max_size=3), JSON).map(lambda value: json.dumps(value).encode())
BODIES = st.one_of(st.binary(max_size=30), WRITTEN)
HEADERS = st.dictionaries(
    st.sampled_from([*NAMES, "authorization", "cf-aig-gateway-id", "x-api-key"]),
    st.one_of(st.text(max_size=12), st.sampled_from(["g", f"Bearer {TOKEN}", "60", "3", "true", '{"a": 1}'])),
    max_size=5,
)
CALLS = st.builds(
    Call,
    st.just(ACCOUNT),
    st.sampled_from(["g", "default", "none", ""]),
    PATHS,
    BODIES,
    HEADERS,
    st.sampled_from(["POST", "GET"]),
    st.sampled_from(["", "a=b", "key=k"]),
    st.sampled_from(Door),
)


@settings(max_examples=150)
@given(st.lists(CALLS, max_size=4), graphs())
def test_whatever_comes_in_an_answer_goes_out(calls: list[Call], elements: tuple[JsonObject, ...]) -> None:
    async def scene(world: World) -> None:
        for call in calls:
            answer = await world.runtime.answer(call)
            body = await read(answer)
            assert 200 <= answer.status < 600
            assert answer.headers.get("content-type")
            if answer.headers["content-type"].startswith("application/json"):
                json.loads(body)

    run(scene, gateway(routes=[RouteState("r", elements)], cache_ttl=60))
