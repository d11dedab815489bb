"""The programs that `cfaig connect` knows: what each is told, in which form, and in which file of its own."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from cfaig.connect import programs, sdks
from cfaig.connect.connection import OPENAI, OPENROUTER
from cfaig.connect.literals import by_hand, dotenv, litellm, unless_secret
from cfaig.connect.model import Client, ConfigFile, FileKind, Format, Part
from cfaig.definition.spelling import did_you_mean
from cfaig.errors import CfaigError

_DOTENV: Final = ".env"


def _openai_like(name: str, title: str, slug_of: sdks.SlugOf) -> Client:
    variables = sdks.openai_variables(slug_of)
    parts = (
        Part(Format.SHELL, "Environment variables, for OpenAI's SDKs", sdks.exports(variables)),
        Part(Format.PYTHON, "Python: pip install openai", sdks.openai_python(slug_of)),
    )
    return Client(name, title, parts, file=ConfigFile(FileKind.DOTENV, _DOTENV, variables, dotenv))


_ALL: Final = (
    _openai_like("openai", "OpenAI's SDKs", sdks.fixed(OPENAI)),
    Client(
        "anthropic",
        "Anthropic's SDKs",
        (
            Part(Format.SHELL, "Environment variables, for Anthropic's SDKs", sdks.exports(sdks.anthropic_variables)),
            Part(Format.PYTHON, "Python: pip install anthropic", sdks.anthropic_python),
        ),
        routes=False,
        file=ConfigFile(FileKind.DOTENV, _DOTENV, sdks.anthropic_variables, dotenv),
    ),
    _openai_like("openrouter", "OpenRouter through OpenAI's SDKs", sdks.fixed(OPENROUTER)),
    _openai_like("ollama", "an Ollama of one's own behind the gateway, through OpenAI's SDKs", sdks.ollama),
    Client(
        "cline",
        "Cline",
        (Part(Format.JSON, "Cline, provider “OpenAI Compatible”", programs.as_json(programs.cline, by_hand)),),
        file=ConfigFile(FileKind.JSON, "~/.cline/data/globalState.json", programs.cline, by_hand),
    ),
    Client(
        "litellm",
        "LiteLLM",
        (
            Part(Format.YAML, "config.yaml of LiteLLM's proxy", programs.as_yaml),
            Part(Format.PYTHON, "Python: pip install litellm", programs.litellm_python),
        ),
        file=ConfigFile(FileKind.YAML, "config.yaml", programs.litellm_config, litellm),
    ),
    Client(
        "vercel-ai",
        "the Vercel AI SDK",
        (
            Part(
                Format.JAVASCRIPT,
                "JavaScript: npm install ai ai-gateway-provider",
                sdks.vercel,
            ),
        ),
    ),
    Client(
        "claude-code",
        "Claude Code",
        (
            Part(Format.SHELL, "Environment variables, for Claude Code", sdks.exports(sdks.claude_code_variables)),
            Part(
                Format.JSON,
                "~/.claude/settings.json: without secrets, which come from the environment",
                programs.as_json(programs.claude_code, unless_secret),
            ),
        ),
        routes=False,
        file=ConfigFile(FileKind.JSON, "~/.claude/settings.json", programs.claude_code, unless_secret),
    ),
    Client("curl", "curl", (Part(Format.SHELL, "curl", programs.curl),)),
)
CLIENTS: Final[Mapping[str, Client]] = MappingProxyType({client.name: client for client in _ALL})


def find_client(name: str) -> Client:
    """The client of that name; raises CfaigError with the nearest one."""
    if name not in CLIENTS:
        raise CfaigError(f"there is no client {name}", f"{did_you_mean(name, CLIENTS)}there are {', '.join(CLIENTS)}")
    return CLIENTS[name]
