"""What there is to tell a client: where a gateway is, with what to come in, and which model to ask."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import TypeAlias

from cfaig.definition.model import Gateway
from cfaig.state.model import GatewayState

AUTHORIZATION = "cf-aig-authorization"
BEARER = "Bearer "

# Where a client insists on a key of its own, although the gateway has one.
PLACEHOLDER = "stored-in-the-gateway"
# For the scripted providers of the local Cloudflare, which look at no key.
LOCAL_KEY = "any-key-will-do"


@dataclass(frozen=True, slots=True)
class Value:
    """A value of a setting: a text, or for secrets the name of the environment variable that holds it.

    `before` comes before it (`Bearer `).
    """

    text: str = ""
    variable: str | None = None
    before: str = ""


@dataclass(frozen=True, slots=True)
class Place:
    """Where the gateways of an environment are. `notes` is what people have to know besides.

    `root` is the address of the gateway; `token` lets clients in. At an edge the Worker asks for its own token, where
    the client's key would be, and has everything else itself.
    """

    root: str
    account: str
    token: Value
    local: bool = False
    edge: bool = False
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Wanted:
    """What somebody wants to call: a gateway, and a route or a model of it (None: whatever fits the client)."""

    gateway: Gateway
    state: GatewayState = field(repr=False)
    environment: str
    place: Place
    route: str | None = None
    model: str | None = None


@dataclass(frozen=True, slots=True)
class Connection:
    """How to call it: `key` is the client's own API key, None where it must send none; `headers` come besides."""

    base_url: str
    model: str
    key: Value | None
    headers: Mapping[str, Value] = field(default_factory=dict)
    notes: tuple[str, ...] = ()

    @property
    def variables(self) -> tuple[str, ...]:
        """The environment variables that have to be there."""
        used = [value.variable for value in (self.key, *self.headers.values()) if value is not None]
        return tuple(dict.fromkeys(name for name in used if name is not None))


class Format(StrEnum):
    """In what form settings are written."""

    SHELL = "shell"
    PYTHON = "python"
    JAVASCRIPT = "javascript"
    JSON = "json"
    YAML = "yaml"


class FileKind(StrEnum):
    """Files that `--write` can edit."""

    DOTENV = ".env"
    JSON = "JSON"
    YAML = "YAML"


# A setting's value as a part of a document; None is what must not be there.
Tree: TypeAlias = "Value | str | Sequence[Tree] | Mapping[str, Tree] | None"


@dataclass(frozen=True, slots=True)
class Settings:
    """Settings as data, and the connection that they describe."""

    tree: Mapping[str, Tree]
    connection: Connection


@dataclass(frozen=True, slots=True)
class Written:
    """Settings, written out, and the connection that they describe."""

    text: str
    connection: Connection


@dataclass(frozen=True, slots=True)
class Part:
    """One form of a client's settings; `title` says what it is."""

    format: Format
    title: str
    write: Callable[[Wanted], Written]


@dataclass(frozen=True, slots=True)
class ConfigFile:
    """A file of a client's own. `render` writes a value in it, None where it can only be in the environment."""

    kind: FileKind
    usual: str
    settings: Callable[[Wanted], Settings]
    render: Callable[[Value], str | None]


@dataclass(frozen=True, slots=True)
class Client:
    """A program that calls gateways.

    `routes`: whether it can call dynamic routes, which speak OpenAI's chat completions only. `file` is what `--write`
    can edit.
    """

    name: str
    title: str
    parts: tuple[Part, ...]
    routes: bool = True
    file: ConfigFile | None = None
