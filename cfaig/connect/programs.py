"""Settings of programs that have files for them, and of curl."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from cfaig.connect.connection import compat
from cfaig.connect.literals import litellm, python, shell, text
from cfaig.connect.model import AUTHORIZATION, BEARER, Settings, Tree, Value, Wanted, Written
from cfaig.connect.sdks import PROMPT, claude_code_variables

if TYPE_CHECKING:
    from cfaig.json_types import Json

# LiteLLM cannot put a variable behind `Bearer `, so the whole value of the header is in a variable of its own.
LITELLM_AUTHORIZATION = "CF_AIG_AUTHORIZATION"


def curl(wanted: Wanted) -> Written:
    """A first call with curl."""
    connection = compat(wanted, omits=True)
    headers = {"Content-Type": Value("application/json"), **connection.headers}
    if connection.key is not None:
        headers["Authorization"] = Value(connection.key.text, connection.key.variable, BEARER)
    body = {"model": connection.model, "messages": [{"role": "user", "content": PROMPT}]}
    arguments = [
        shell(Value(f"{connection.base_url}/chat/completions")),
        *(f"--header {shell(_after(f'{name}: ', value))}" for name, value in headers.items()),
        f"--data {shell(Value(json.dumps(body)))}",
    ]
    return Written(" \\\n  ".join(("curl --silent --show-error --fail-with-body", *arguments)), connection)


def claude_code(wanted: Wanted) -> Settings:
    """The `env` of Claude Code's settings.json."""
    found = claude_code_variables(wanted)
    return Settings({"env": found.tree}, found.connection)


def cline(wanted: Wanted) -> Settings:
    """Cline's provider “OpenAI Compatible”, as its state has it; the key is among its secrets.

    Source: https://github.com/cline/cline, src/shared/storage/state-keys.ts
    """
    connection = compat(wanted)
    tree: dict[str, Tree] = {
        "planModeApiProvider": "openai",
        "actModeApiProvider": "openai",
        "openAiBaseUrl": connection.base_url,
        "openAiApiKey": connection.key,
        "planModeOpenAiModelId": connection.model,
        "actModeOpenAiModelId": connection.model,
        "openAiHeaders": {AUTHORIZATION: connection.headers.get(AUTHORIZATION)},
    }
    return Settings(tree, connection)


def litellm_config(wanted: Wanted) -> Settings:
    """An entry of `model_list` in the configuration of LiteLLM's proxy."""
    connection = compat(wanted)
    if any(value.variable for value in connection.headers.values()):
        note = f"{LITELLM_AUTHORIZATION} is `Bearer ` with the token behind it: LiteLLM cannot put the two together"
        headers = {name: Value(variable=LITELLM_AUTHORIZATION) for name in connection.headers}
        connection = replace(connection, headers=headers, notes=(*connection.notes, note))
    called = wanted.route or connection.model
    parameters: dict[str, Tree] = {
        "model": f"openai/{connection.model}",
        "api_base": connection.base_url,
        "api_key": connection.key,
        "extra_headers": {AUTHORIZATION: connection.headers.get(AUTHORIZATION)},
    }
    model: dict[str, Tree] = {"model_name": f"{wanted.gateway.id}/{called}", "litellm_params": parameters}
    return Settings({"model_list": [model]}, connection)


def litellm_python(wanted: Wanted) -> Written:
    """A first call with LiteLLM as a library."""
    connection = compat(wanted)
    headers = [f"{text(name)}: {python(value)}" for name, value in connection.headers.items()]
    lines = [
        *(["import os", ""] if connection.variables else []),
        "import litellm",
        "",
        "answer = litellm.completion(",
        f"    model={text(f'openai/{connection.model}')},",
        f"    api_base={text(connection.base_url)},",
        *([f"    api_key={python(connection.key)},"] if connection.key is not None else []),
        *([f"    extra_headers={{{', '.join(headers)}}},"] if headers else []),
        f'    messages=[{{"role": "user", "content": {text(PROMPT)}}}],',
        ")",
        "print(answer.choices[0].message.content)",
    ]
    return Written("\n".join(lines), connection)


def as_json(
    settings: Callable[[Wanted], Settings], render: Callable[[Value], str | None]
) -> Callable[[Wanted], Written]:
    """Settings as a JSON document."""

    def write(wanted: Wanted) -> Written:
        found = settings(wanted)
        return Written(json.dumps(plain(found.tree, render), indent=2, ensure_ascii=False), found.connection)

    return write


def as_yaml(wanted: Wanted) -> Written:
    """LiteLLM's configuration as YAML."""
    from cfaig.connect.yaml_file import dump

    found = litellm_config(wanted)
    return Written(dump(plain(found.tree, litellm)).rstrip(), found.connection)


def plain(tree: Tree, render: Callable[[Value], str | None]) -> Json:
    """Settings as a new document: without what must not, or cannot, be there."""
    if isinstance(tree, Value):
        return render(tree)
    if isinstance(tree, Mapping):
        written = {name: plain(value, render) for name, value in tree.items()}
        return {name: value for name, value in written.items() if value not in (None, {})}
    if isinstance(tree, Sequence) and not isinstance(tree, str):
        return [plain(item, render) for item in tree]
    return tree


def _after(before: str, value: Value) -> Value:
    return Value(value.text, value.variable, before + value.before)
