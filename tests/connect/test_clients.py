"""Everything that `cfaig connect` prints is used, just as printed, by the program that it is for."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Mapping
from typing import Any

import httpx
import pytest
import yaml

from tests.connect.conftest import Connected
from tests.sdks.test_node import FOLDER, node  # noqa: F401 (a fixture)

OPENAI = "[openai gpt-4o-mini] Say hello."
CLAUDE = "[anthropic claude-sonnet-5] Say hello."
OPENROUTER = "[openrouter openai/gpt-4o-mini] Say hello."
OLLAMA = "[custom-ollama-lab llama3.3] Say hello."
SHOP = ("--gateway", "shop")
OPEN = ("--gateway", "open")
CHAT = ("--route", "shop/chat")
MESSAGES = [{"role": "user", "content": "Say hello."}]
ENVIRONMENT_CALL = """
from openai import OpenAI
import sys
answer = OpenAI(max_retries=0).chat.completions.create(
    model=sys.argv[1], messages=[{"role": "user", "content": "Say hello."}]
)
print(answer.choices[0].message.content)
"""
ANTHROPIC_CALL = """
import sys
from anthropic import Anthropic
message = Anthropic(max_retries=0).messages.create(
    model=sys.argv[1], max_tokens=100, messages=[{"role": "user", "content": "Say hello."}]
)
print(message.content[0].text)
"""


def run(command: list[str], **more: Any) -> str:
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("OPENAI_", "ANTHROPIC_"))}
    # LiteLLM fetches a list of prices from the network otherwise.
    environ = kept | {"NO_PROXY": "127.0.0.1", "LITELLM_LOCAL_MODEL_COST_MAP": "True", **more.pop("env", {})}
    done = subprocess.run(command, env=environ, capture_output=True, text=True, timeout=240, check=False, **more)
    assert done.returncode == 0, f"{done.stdout}\n{done.stderr}"
    return str(done.stdout).strip()


def python(code: str) -> str:
    return run([sys.executable, "-c", code]).splitlines()[-1]


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("openai", *SHOP), OPENAI),
        (("openai", *SHOP, "--model", "gpt-4.1"), "[openai gpt-4.1] Say hello."),
        (("anthropic", *SHOP), CLAUDE),
        (("openrouter", *SHOP), OPENROUTER),
        (("ollama", *SHOP), OLLAMA),
        (("litellm", *CHAT), OPENAI),
    ],
)
def test_python(connected: Connected, arguments: tuple[str, ...], said: str) -> None:
    assert python(connected.text(*arguments, form="python")) == said


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("openai", *SHOP), OPENAI),
        (("openai", *OPEN), OPENAI),
        (("anthropic", *SHOP), CLAUDE),
        (("anthropic", *OPEN), CLAUDE),
    ],
)
def test_environment_variables(connected: Connected, arguments: tuple[str, ...], said: str) -> None:
    part = connected.parts(*arguments)["shell"]
    call = ENVIRONMENT_CALL if "OPENAI" in part["text"] else ANTHROPIC_CALL
    script = f'{part["text"]}\nexec "$PYTHON" -c "$CALL" "$MODEL"'
    told = {"PYTHON": sys.executable, "CALL": call, "MODEL": part["model"]}
    assert run(["bash", "-c", script], env=told) == said


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (CHAT, OPENAI),
        (SHOP, OPENAI),
        (OPEN, OPENAI),
        ((*SHOP, "--model", "anthropic/claude-sonnet-5"), CLAUDE),
        ((*SHOP, "--model", "custom-ollama-lab/llama3.3"), OLLAMA),
    ],
)
def test_curl(connected: Connected, arguments: tuple[str, ...], said: str) -> None:
    answer = json.loads(run(["bash", "-c", connected.text("curl", *arguments)]))
    assert answer["choices"][0]["message"]["content"] == said


@pytest.mark.parametrize(("arguments", "said"), [(CHAT, OPENAI), (OPEN, OPENAI)])
def test_the_vercel_ai_sdk(connected: Connected, node: str, arguments: tuple[str, ...], said: str) -> None:  # noqa: F811
    code = connected.text("vercel-ai", *arguments)
    command = [node, "--input-type=module", "--eval", code]
    assert run(command, cwd=FOLDER, env={"AI_SDK_LOG_WARNINGS": "false"}).splitlines()[-1] == said


@pytest.mark.parametrize(("arguments", "said"), [(CHAT, OPENAI), (SHOP, OPENAI), (OPEN, OPENAI)])
def test_cline(connected: Connected, arguments: tuple[str, ...], said: str) -> None:
    """The request that Cline's OpenAI handler makes of its settings."""
    settings = json.loads(connected.text("cline", *arguments))
    assert settings["planModeApiProvider"] == settings["actModeApiProvider"] == "openai"
    headers = {"Authorization": f"Bearer {settings['openAiApiKey']}", **settings.get("openAiHeaders", {})}
    body = {"model": settings["actModeOpenAiModelId"], "messages": MESSAGES}
    assert called(f"{settings['openAiBaseUrl']}/chat/completions", headers, body) == said


@pytest.mark.parametrize("arguments", [SHOP, OPEN])
def test_claude_code(connected: Connected, arguments: tuple[str, ...]) -> None:
    """The request that Claude Code makes of its variables; the two forms say the same."""
    variables = json.loads(connected.text("claude-code", *arguments, form="json"))["env"]
    shown = run(["bash", "-c", f"{connected.text('claude-code', *arguments, form='shell')}\nenv"])
    assert {f"{name}={value}" for name, value in variables.items()} <= set(shown.splitlines())
    lines = variables.get("ANTHROPIC_CUSTOM_HEADERS", "").splitlines()
    headers = {"x-api-key": variables["ANTHROPIC_API_KEY"], "anthropic-version": "2023-06-01"}
    body = {"model": "claude-sonnet-5", "max_tokens": 100, "messages": MESSAGES}
    url = f"{variables['ANTHROPIC_BASE_URL']}/v1/messages"
    answer = httpx.post(url, headers=headers | dict(line.split(": ", 1) for line in lines), json=body, timeout=30)
    assert answer.status_code == 200, answer.text
    assert answer.json()["content"][0]["text"] == CLAUDE


@pytest.mark.parametrize("arguments", [CHAT, OPEN])
def test_the_configuration_of_litellm(connected: Connected, arguments: tuple[str, ...]) -> None:
    """What LiteLLM's OpenAI-compatible provider sends for an entry; test_python asks LiteLLM itself."""
    [entry] = yaml.safe_load(connected.text("litellm", *arguments, form="yaml"))["model_list"]
    parameters = entry["litellm_params"]
    assert parameters["model"].startswith("openai/")
    headers = {"Authorization": f"Bearer {parameters['api_key']}", **parameters.get("extra_headers", {})}
    body = {"model": parameters["model"].removeprefix("openai/"), "messages": MESSAGES}
    assert called(f"{parameters['api_base']}/chat/completions", headers, body) == OPENAI


def test_the_gateway_uses_the_stored_key_or_the_clients_own(connected: Connected) -> None:
    for client in ("openai", "anthropic"):
        python(connected.text(client, *SHOP, form="python"))
        [log, *_] = connected.gateway().logs()
        assert (log["provider"], log["byok"]) == (client, True)
    python(connected.text("openai", *OPEN, form="python"))
    [log, *_] = connected.gateway("open").logs()
    assert not log["byok"]


def called(url: str, headers: Mapping[str, str], body: object) -> str:
    answer = httpx.post(url, headers=dict(headers), json=body, timeout=30)
    assert answer.status_code == 200, answer.text
    return str(answer.json()["choices"][0]["message"]["content"])
