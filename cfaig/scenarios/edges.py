"""The edges of scenarios: the real Workers on real workerd, in front of the scenario's gateway."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from cfaig.edge import COMPATIBILITY_DATE, MODULE_NAME, worker_module
from cfaig.json_types import Json, JsonObject
from cfaig.scenarios.calls import ACCOUNT, TOKEN
from cfaig.state.edge_bindings import GATEWAY_TOKEN, rule_bindings
from cfaig.state.model import EdgeState
from cfaig.workerd.config import Service, Setup

if TYPE_CHECKING:
    from cfaig.scenarios.bridge import Bridge

# Who calls an edge that knows its clients by Cloudflare Access only: nobody can sign in within a scenario.
VISITOR: Final = "scenario"
RULES_HEADER: Final = "cfaig-edge-rules"
WAITED_HEADER: Final = "cfaig-edge-waited-ms"

_GATEWAY: Final = "gateway"
_STAGE: Final = "stage.js"


@dataclass(frozen=True, slots=True)
class EdgeDoor:
    """The way in through one edge; `clients` are those who have tokens, `explains` whether clients are told rules."""

    bridge: Bridge
    port: int
    clients: tuple[str, ...]
    explains: bool

    def token(self, client: str | None) -> str:
        """A valid token: that of a client, or of the first one; the gateway's where the edge asks nobody."""
        return token_of(client or self.clients[0]) if self.clients else TOKEN


class Edges:
    """All edges that scenarios go through, on one workerd."""

    def __init__(self, workerd: Path, wanted: Mapping[tuple[str, str], EdgeState]) -> None:
        """Start them; `wanted` is by environment and gateway.

        Raises WorkerdError when they do not start.
        """
        # Servers and processes take 0.05 s to import, and most scenarios need none.
        from cfaig.scenarios.bridge import Bridge
        from cfaig.workerd.process import start_workerd

        self._wanted = wanted
        self._bridge = Bridge()
        services = tuple(_service(place, edge) for place, edge in wanted.items())
        setup = Setup(services, {_GATEWAY: self._bridge.address}, {one.name: one.name for one in services})
        try:
            self._running = start_workerd(workerd, setup)
        except BaseException:
            self._bridge.close()
            raise

    def door(self, environment: str, gateway: str) -> EdgeDoor:
        """The way in through the edge of a gateway."""
        edge = self._wanted[environment, gateway]
        port = self._running.ports[_name((environment, gateway))]
        return EdgeDoor(self._bridge, port, clients_of(edge), bool(edge.rules.get("explain")))

    def close(self) -> None:
        """End them."""
        self._running.end()
        self._bridge.close()


def clients_of(edge: EdgeState) -> tuple[str, ...]:
    """The names of the clients that an edge knows by their tokens."""
    auth: Any = edge.rules.get("auth") or {}
    return tuple(one["name"] for one in auth.get("bearer", ())) or ((VISITOR,) if "access" in auth else ())


def rule_names(edge: EdgeState) -> tuple[str, ...]:
    """What the Worker calls its rules: their names, or their numbers."""
    rules: Any = edge.rules["rules"]
    return tuple(rule.get("name", f"rule {number}") for number, rule in enumerate(rules, 1))


def token_of(client: str) -> str:
    """What stands for the token of a client, which no definition has."""
    return f"a-valid-token-of-{client}"


def _name(place: tuple[str, str]) -> str:
    return "/".join(place)


def _service(place: tuple[str, str], edge: EdgeState) -> Service:
    url = f"https://gateway.ai.cloudflare.com/v1/{ACCOUNT}/{place[1]}"
    secrets = {name: TOKEN if name == GATEWAY_TOKEN else f"stand-in-{name.lower()}" for name in edge.secrets}
    return Service(
        _name(place),
        {_STAGE: _stage_module(), MODULE_NAME: worker_module()},
        _GATEWAY,
        COMPATIBILITY_DATE,
        json=rule_bindings(_played(edge), url),
        texts=secrets,
    )


def _played(edge: EdgeState) -> JsonObject:
    """The rules with tokens that scenarios have, and with word of which ones matched."""
    auth: Any = edge.rules.get("auth")
    if not auth:
        return {**edge.rules, "explain": True}
    bearer: list[Json] = [
        {"name": name, "sha256": hashlib.sha256(token_of(name).encode()).hexdigest()} for name in clients_of(edge)
    ]
    kept = {name: value for name, value in auth.items() if name == "open"}
    return {**edge.rules, "explain": True, "auth": kept | ({"bearer": bearer} if bearer else {})}


@cache
def _stage_module() -> str:
    return files("cfaig.scenarios").joinpath(_STAGE).read_text("utf-8")
