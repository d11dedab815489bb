"""What workerd is to run, in the words of its own configuration.

Source: https://github.com/cloudflare/workerd, src/workerd/server/workerd.capnp.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Final

_STORED_MODULE: Final = "cfaig:stored"
# What a Worker sees of an entry of a Secrets Store is an object with one method.
_STORED_CODE: Final = "export default ({ value }) => ({ get: async () => value });"


@dataclass(frozen=True, slots=True)
class Service:
    """A Worker and its bindings. The first of `modules` is the main one.

    `json` has texts of JSON; `texts` variables and secrets; `stored` entries of a Secrets Store; `services` other
    services by name. All that it sends goes to `outbound`, which is the name of a server outside.
    """

    name: str
    modules: Mapping[str, str] = field(repr=False)
    outbound: str
    compatibility_date: str
    compatibility_flags: tuple[str, ...] = ()
    json: Mapping[str, str] = field(default_factory=dict)
    texts: Mapping[str, str] = field(default_factory=dict, repr=False)
    stored: Mapping[str, str] = field(default_factory=dict, repr=False)
    services: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Setup:
    """Everything that one workerd runs.

    `outside` are servers by their names, as host:port; `sockets` what they listen for, socket by socket: a service.
    """

    services: tuple[Service, ...]
    outside: Mapping[str, str]
    sockets: Mapping[str, str]

    @property
    def text(self) -> str:
        """The configuration file. It has the secrets in it."""
        services = [*map(_service, self.services), *(_outside(*pair) for pair in self.outside.items())]
        sockets = (
            f'(name = {_quoted(name)}, address = "127.0.0.1:0", http = (), service = {_quoted(service)})'
            for name, service in self.sockets.items()
        )
        secret = f"(name = {_quoted(_STORED_MODULE)}, internal = true, esModule = {_quoted(_STORED_CODE)})"
        return (
            'using Workerd = import "/workerd/workerd.capnp";\n'
            "const config :Workerd.Config = (\n"
            f"  services = {_listed(services)},\n"
            f"  sockets = {_listed(sockets)},\n"
            f"  extensions = [(modules = [{secret}])],\n"
            ");\n"
        )


def _outside(name: str, address: str) -> str:
    return f"(name = {_quoted(name)}, external = (address = {_quoted(address)}, http = ()))"


def _service(service: Service) -> str:
    modules = (f"(name = {_quoted(name)}, esModule = {_quoted(code)})" for name, code in service.modules.items())
    flags = f", compatibilityFlags = {_listed(map(_quoted, service.compatibility_flags))}"
    return (
        f"(name = {_quoted(service.name)}, worker = (modules = {_listed(modules)}, "
        f"compatibilityDate = {_quoted(service.compatibility_date)}{flags if service.compatibility_flags else ''}, "
        f"bindings = {_listed(_bindings(service))}, globalOutbound = {_quoted(service.outbound)}))"
    )


def _bindings(service: Service) -> Iterator[str]:
    for kind, values in (("json", service.json), ("text", service.texts), ("service", service.services)):
        yield from (f"(name = {_quoted(name)}, {kind} = {_quoted(value)})" for name, value in values.items())
    for name, value in service.stored.items():
        inner = f'innerBindings = [(name = "value", text = {_quoted(value)})]'
        yield f"(name = {_quoted(name)}, wrapped = (moduleName = {_quoted(_STORED_MODULE)}, {inner}))"


def _listed(parts: Iterable[str]) -> str:
    return f"[{', '.join(parts)}]"


def _quoted(text: str) -> str:
    """A text in Cap'n Proto's configuration language."""
    escaped = text.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{"".join(_visible(char) for char in escaped)}"'


def _visible(char: str) -> str:
    return f"\\x{ord(char):02x}" if char < " " or char == "\x7f" else char
