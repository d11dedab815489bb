"""Large updates: the state is written once, at their end, and what they set out to make is noted in the stack before.

A backend of files or objects gets the whole state at every step, so the time of an update grows with the square of its
size. The engine can leave out all writes but the last, but then forgets what it has made when it is killed. The note is
a resource of the stack that the program does not declare. It stays behind when a run is killed, and `stack_state` reads
it like the engine's own list of what was under way.
"""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass
from typing import Any, Final
from urllib.parse import urlsplit

from cfaig.deploy.adopt import logical_name
from cfaig.deploy.checkpoint import project_name
from cfaig.deploy.engine import Engine, Stored
from cfaig.deploy.stack_state import NOTED, TYPES, owned_resources, parse_deployment
from cfaig.deploy.types import Type
from cfaig.reconcile.change import Kind, ResourceKey

# From here on, writing once saves more time than the note takes.
MANY: Final = 100
_WHOLE_STATES: Final = frozenset({"file", "s3", "gs", "azblob"})
_ONE_WRITE: Final = {"PULUMI_EXPERIMENTAL": "true", "PULUMI_SKIP_CHECKPOINTS": "true"}


@dataclass(frozen=True, slots=True)
class Begun:
    """What an update sets out to make: what is `new`, and what an earlier run has `left` that was killed."""

    new: frozenset[ResourceKey]
    left: frozenset[ResourceKey]


def is_large(steps: int, backend: str | None) -> bool:
    """Whether an update of so many steps had better be written once; Pulumi Cloud keeps a journal of small entries."""
    return steps >= MANY and urlsplit(backend or "").scheme in _WHOLE_STATES


def write_once(engine: Engine, act: Callable[[], object]) -> None:
    """Do `act`, with the engine writing the stack at its end only.

    For updates and deletions nothing has to be noted: a refresh sees how far they got.
    """
    with engine.command.with_environment(_ONE_WRITE):
        act()


def noting(engine: Engine, begun: Begun, act: Callable[[], object]) -> None:
    """`write_once`, with a note in the stack, which stays whole if the engine ends without a write.

    Raises CommandError as `act` does, and when another run holds the stack.
    """
    before, _ = engine.rewrite(lambda stored: _noting(engine, stored, begun.new | begun.left))
    try:
        write_once(engine, act)
    finally:
        engine.rewrite(lambda stored: _concluded(engine, stored, begun, before=_last_write(before)))


def _concluded(engine: Engine, stored: Stored, begun: Begun, before: str) -> Stored | None:
    """What the engine has written is known; what an earlier run left, and this one has not come to, stays noted."""
    if _last_write(stored) == before:
        return None
    others = _without_note(stored)
    owned = owned_resources(parse_deployment({**stored, "resources": others}))
    left = (begun.left | owned.unfinished) - owned.resources
    return _noting(engine, stored, left) if left or len(others) < len(stored.get("resources") or ()) else None


def _noting(engine: Engine, stored: Stored, noted: Collection[ResourceKey]) -> Stored:
    return {**stored, "resources": [*_without_note(stored), *([_note(engine, noted)] if noted else [])]}


def _without_note(stored: Stored) -> list[Any]:
    return [resource for resource in stored.get("resources") or () if resource["type"] != Type.BEGUN]


def _last_write(stored: Stored) -> str:
    """When the engine wrote the stack last; an import does not count."""
    return str((stored.get("manifest") or {}).get("time", ""))


def _note(engine: Engine, creating: Collection[ResourceKey]) -> dict[str, Any]:
    stack = f"urn:pulumi:{engine.environment}::{project_name(engine.project)}"
    listed = [noted_resource(key, stack) for key in sorted(creating, key=lambda key: key.address)]
    return {"urn": f"{stack}::{Type.BEGUN}::begun", "type": Type.BEGUN, "custom": False, "inputs": {NOTED: listed}}


def noted_resource(key: ResourceKey, stack: str) -> dict[str, Any]:
    """What `stack_state.resource_key` needs to tell `key`; `stack` is the beginning of the URNs."""
    type_ = TYPES[key.kind]
    found: dict[str, Any] = {"urn": f"{stack}::{type_}::{logical_name(key)}", "type": type_, "inputs": _naming(key)}
    if key.kind is Kind.EDGE:
        found["parent"] = f"{stack}::{Type.COMPONENT}::{key.gateway}"
    return found


def _naming(key: ResourceKey) -> dict[str, str]:
    match key.kind:
        case Kind.GATEWAY:
            return {"aiGatewayId": key.name}
        case Kind.ROUTE:
            return {"gatewayId": key.gateway, "name": key.name}
        case Kind.PROVIDER_KEY:
            provider, _, alias = key.name.partition(":")
            return {"gatewayId": key.gateway, "provider": provider, "alias": alias}
        case Kind.DOMAIN:
            return {"gatewayId": key.gateway, "hostname": key.name}
        case Kind.CUSTOM_PROVIDER:
            return {"slug": key.name}
        case Kind.EDGE:
            return {"scriptName": key.name}
        case Kind.STORE:
            return {"name": key.name}
