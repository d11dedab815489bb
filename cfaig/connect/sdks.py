"""Settings of SDKs: environment variables, and a first call in their language."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import TypeAlias

from cfaig.connect.connection import OPENAI, UNIFIED, compat, custom_slug, holds_key, native
from cfaig.connect.literals import javascript, python, shell, text
from cfaig.connect.model import BEARER, PLACEHOLDER, Connection, Settings, Tree, Value, Wanted, Written
from cfaig.definition.catalog import CUSTOM_PREFIX

PROMPT = "Say hello."

# From what is wanted to the slug of the provider whose API a client speaks.
SlugOf: TypeAlias = Callable[[Wanted], str]


def openai_variables(slug_of: SlugOf) -> Callable[[Wanted], Settings]:
    """The environment variables of OpenAI's SDKs, for the OpenAI-compatible API of a provider."""

    def settings(wanted: Wanted) -> Settings:
        connection = _openai_connection(wanted, slug_of(wanted), omits=False)
        return Settings(_variables("OPENAI", connection), connection)

    return settings


def _openai_connection(wanted: Wanted, slug: str, *, omits: bool) -> Connection:
    """The unified endpoint where the gateway holds the key: the SDKs always send one, which may be the token there."""
    unified = wanted.route is not None or (holds_key(wanted, slug) and not wanted.place.edge)
    if not unified:
        return native(wanted, slug, _path(slug), omits=omits)
    connection = compat(wanted, slug, omits=omits)
    note = f"{UNIFIED} takes chat completions only, and the model is called {connection.model} there"
    return replace(connection, notes=(*connection.notes, note))


def anthropic_variables(wanted: Wanted) -> Settings:
    """The environment variables of Anthropic's SDKs, which then always send a key of their own.

    Newer ones send it as `Authorization`, where a gateway's token would go on to Anthropic and be refused.
    """
    connection = native(wanted, "anthropic", omits=False, own_key=True)
    return Settings(_variables("ANTHROPIC", connection), connection)


def claude_code_variables(wanted: Wanted) -> Settings:
    """The environment variables of Claude Code, which chooses its models itself unless one is named.

    Its key goes into `x-api-key`, where the gateway's token does no harm.
    Source: https://developers.cloudflare.com/ai-gateway/integrations/coding-agents/claude-code/
    """
    connection = native(wanted, "anthropic", omits=False)
    variables = _variables("ANTHROPIC", connection)
    if wanted.model is not None:
        variables["ANTHROPIC_MODEL"] = Value(connection.model)
    return Settings(variables, connection)


def exports(settings: Callable[[Wanted], Settings]) -> Callable[[Wanted], Written]:
    """Environment variables as commands of a shell."""

    def write(wanted: Wanted) -> Written:
        found = settings(wanted)
        values = [(name, value) for name, value in found.tree.items() if isinstance(value, Value)]
        lines = [f"export {name}={shell(value)}" for name, value in values if value.variable != name]
        return Written("\n".join(lines), found.connection)

    return write


def _variables(prefix: str, connection: Connection) -> dict[str, Tree]:
    variables: dict[str, Tree] = {f"{prefix}_BASE_URL": Value(connection.base_url)}
    if connection.key is not None:
        variables[f"{prefix}_API_KEY"] = connection.key
    variables[f"{prefix}_CUSTOM_HEADERS"] = None
    for name, value in connection.headers.items():
        variables[f"{prefix}_CUSTOM_HEADERS"] = Value(value.text, value.variable, f"{name}: {value.before}")
    return variables


def openai_python(slug_of: SlugOf) -> Callable[[Wanted], Written]:
    """A first call with OpenAI's SDK for Python."""

    def write(wanted: Wanted) -> Written:
        connection = _openai_connection(wanted, slug_of(wanted), omits=not wanted.gateway.authentication)
        # This SDK leaves its key out of single calls only.
        leave_out = ['    extra_headers={"Authorization": Omit()},'] if connection.key is None else []
        call = [
            "answer = client.chat.completions.create(",
            f"    model={text(connection.model)},",
            f'    messages=[{{"role": "user", "content": {text(PROMPT)}}}],',
            *leave_out,
            ")",
            "print(answer.choices[0].message.content)",
        ]
        return Written(_program(connection, "openai", "OpenAI", connection.headers, call), connection)

    return write


def anthropic_python(wanted: Wanted) -> Written:
    """A first call with Anthropic's SDK for Python."""
    connection = native(wanted, "anthropic")
    headers: Mapping[str, Value | None] = connection.headers
    if connection.key is None:
        # Where the key goes differs from one version of the SDK to another.
        headers = {**headers, "Authorization": None, "X-Api-Key": None}
    call = [
        "message = client.messages.create(",
        f"    model={text(connection.model)},",
        "    max_tokens=1024,",
        f'    messages=[{{"role": "user", "content": {text(PROMPT)}}}],',
        ")",
        "print(message.content[0].text)",
    ]
    return Written(_program(connection, "anthropic", "Anthropic", headers, call), connection)


def _program(
    connection: Connection, module: str, name: str, headers: Mapping[str, Value | None], call: Sequence[str]
) -> str:
    """The client with its settings, then `call`; a header that is None is left out."""
    told = [f"{text(header)}: {'Omit()' if value is None else python(value)}" for header, value in headers.items()]
    lines = [
        *(["import os", ""] if connection.variables else []),
        f"from {module} import {name}{', Omit' if connection.key is None else ''}",
        "",
        f"client = {name}(",
        f"    base_url={text(connection.base_url)},",
        f"    api_key={python(connection.key or Value(PLACEHOLDER))},",
        *([f"    default_headers={{{', '.join(told)}}},"] if told else []),
        ")",
        *call,
    ]
    return "\n".join(lines)


def vercel(wanted: Wanted) -> Written:
    """A first call with the Vercel AI SDK and Cloudflare's ai-gateway-provider."""
    connection = compat(wanted, omits=True)
    place = wanted.place
    token = next(iter(connection.headers.values()), None)
    if place.local or place.edge:
        opened = _as_binding(place.root, connection.key if place.edge else token)
    else:
        account, gateway = text(place.account), text(wanted.gateway.id)
        opened = [
            "const gateway = createAiGateway({",
            f"  accountId: {account},",
            f"  gateway: {gateway},",
            *([f"  apiKey: {javascript(Value(token.text, token.variable))},"] if token is not None else []),
            "});",
        ]
    own = connection.key if not place.edge else None
    options = f"{{ apiKey: {javascript(own)} }}" if own is not None else ""
    lines = [
        'import { createAiGateway } from "ai-gateway-provider";',
        'import { createUnified } from "ai-gateway-provider/providers/unified";',
        'import { generateText } from "ai";',
        "",
        *opened,
        f"const unified = createUnified({options});",
        f"const model = gateway(unified({text(connection.model)}));",
        f"const {{ text }} = await generateText({{ model, prompt: {text(PROMPT)} }});",
        "console.log(text);",
    ]
    return Written("\n".join(lines), connection)


def _as_binding(root: str, token: Value | None) -> list[str]:
    """The package sends to Cloudflare's own host only; of a binding it expects that it does the sending."""
    bearer = javascript(Value(token.text, token.variable, BEARER)) if token is not None else None
    authorization = f', "cf-aig-authorization": {bearer}' if bearer else ""
    return [
        "// The package knows Cloudflare's own address only; for any other one it is told how to send.",
        "const binding = {",
        "  run: (body, { signal } = {}) =>",
        f"    fetch({text(root)}, {{",
        '      method: "POST",',
        f'      headers: {{ "content-type": "application/json"{authorization} }},',
        "      body: JSON.stringify(body),",
        "      signal,",
        "    }),",
        "};",
        "const gateway = createAiGateway({ binding });",
    ]


def fixed(slug: str) -> SlugOf:
    """A provider that is the same for every gateway."""
    return lambda _: slug


def ollama(wanted: Wanted) -> str:
    """The gateway's own provider that is an Ollama; for a route any provider will do."""
    return OPENAI if wanted.route is not None else custom_slug(wanted, "ollama")


def _path(slug: str) -> str:
    """Cloudflare adds `/v1` for providers that it knows; a provider of one's own is asked just as the client says."""
    return "/v1" if slug.startswith(CUSTOM_PREFIX) else ""
