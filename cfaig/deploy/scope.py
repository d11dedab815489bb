"""What the engine may touch, as URNs: a plan's restriction in the engine's own terms (`--target`, `--exclude`)."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from typing import Final

from cfaig.deploy.adopt import logical_name
from cfaig.deploy.engine import Engine
from cfaig.deploy.stack_state import TYPES, StackState, resource_key
from cfaig.deploy.types import Type
from cfaig.errors import CfaigError
from cfaig.reconcile.change import Kind, Plan, ResourceKey
from cfaig.reconcile.select import Account

# What fits on a command line is about 2 MB on Linux, the environment included.
LONGEST: Final = 1_500_000


@dataclass(frozen=True, slots=True)
class Scope:
    """URNs, or patterns of them, that the engine is to touch alone or to leave alone; both None for everything."""

    targets: list[str] | None = None
    excludes: list[str] | None = None


WHOLE: Final = Scope()


@dataclass(frozen=True, slots=True)
class Urns:
    """The names that the engine has for resources of the stack `stack` of the project `project`."""

    project: str
    stack: str
    state: StackState

    def of(self, keys: Collection[ResourceKey]) -> Iterator[str]:
        """The URNs of `keys`, as the stack has them and as the program will."""
        known = {resource.urn for resource in self.state.resources}
        yield from (resource.urn for resource in self.state.resources if resource_key(resource) in keys)
        for key in keys:
            inside = f"{Type.COMPONENT}$" if key.gateway else ""
            yield self._pattern(f"{inside}{TYPES[key.kind]}::{logical_name(key)}", known)

    def of_hosts(self, hostnames: Iterable[str]) -> Iterator[str]:
        """The URNs of the host names of edges, as the program will have them."""
        known = {resource.urn for resource in self.state.resources}
        for hostname in hostnames:
            yield self._pattern(f"{Type.COMPONENT}${Type.WORKER_DOMAIN}::{hostname}", known)

    def of_components(self, gateways: Iterable[str]) -> Iterator[str]:
        """The URNs of the components of `gateways`."""
        known = {resource.urn for resource in self.state.resources}
        for gateway in gateways:
            yield self._pattern(f"{Type.COMPONENT}::{gateway}", known)

    def _pattern(self, tail: str, known: Collection[str]) -> str:
        """The URN; a pattern that only it matches where the stack does not have it.

        The engine refuses whole URNs that are not in the stack, even those that the program is about to create.
        """
        urn = f"urn:pulumi:{self.stack}::{self.project}::{tail}"
        return urn if urn in known else f"u*{urn.removeprefix('u')}"


def scope_for(engine: Engine, plan: Plan, account: Account, state: StackState) -> Scope:
    """What the engine may touch for `plan`; raises CfaigError as `scope_of` does."""
    if plan.restriction is None:
        return WHOLE
    urns = Urns(engine.workspace.project_settings().name, engine.environment, state)
    return scope_of(account, plan.restriction.keys, urns, targets=bool(plan.restriction.targets))


def scope_of(account: Account, chosen: frozenset[ResourceKey], urns: Urns, *, targets: bool) -> Scope:
    """The scope in which the engine touches `chosen` and nothing else that cfaig speaks of.

    With `targets` it is told what to touch, unless something else is to be deleted: the engine refuses to change what
    a resource that is to go depends on unless that goes too. Otherwise it is told what to leave alone.

    Raises CfaigError when that is more than fits on a command line.
    """
    left = account.known - chosen
    gateways = {key.gateway for key in chosen if key.gateway}
    if targets and not any(account.goes(key) for key in left):
        return Scope(targets=_sorted((*_urns_of(chosen, account, urns), *urns.of_components(gateways))))
    others = {key.gateway for key in left if key.gateway} - gateways
    excludes = _sorted((*_urns_of(left, account, urns), *urns.of_components(others)))
    if sum(map(len, excludes)) > LONGEST:
        raise CfaigError(
            f"{len(left):,} resources are too many to leave out at once",
            "let what is to be deleted be deleted first, or choose less with --exclude",
        )
    return Scope(excludes=excludes)


def _urns_of(keys: Collection[ResourceKey], account: Account, urns: Urns) -> Iterator[str]:
    """The URNs of `keys`, with their former names, and of the host names of edges among them."""
    yield from urns.of(_with_former(keys, account))
    wanted = (account.wanted[key] for key in keys if key.kind is Kind.EDGE and key in account.wanted)
    yield from urns.of_hosts(str(edge["hostname"]) for edge in wanted if edge.get("hostname"))


def _with_former(keys: Iterable[ResourceKey], account: Account) -> frozenset[ResourceKey]:
    chosen = set(keys)
    return frozenset(chosen | {account.former[key] for key in chosen if key in account.former})


def _sorted(urns: Iterable[str]) -> list[str]:
    return sorted(set(urns))
