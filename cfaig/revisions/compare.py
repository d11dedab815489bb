"""What changes between the definitions of two places, environment by environment, as plans."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

from cfaig.checks import check_gateways
from cfaig.definition.diagnostics import DefinitionError, Diagnostic, Severity
from cfaig.definition.document import read_document
from cfaig.definition.environments import check_environment, known_environments
from cfaig.definition.files import DEFAULTS_STEM, definition_files
from cfaig.definition.load import Loaded, load_environments
from cfaig.json_types import Json
from cfaig.project import Project
from cfaig.reconcile.amounts import any_value
from cfaig.reconcile.change import Plan, ResourceKey
from cfaig.reconcile.documents import documents, key_references
from cfaig.reconcile.owned import FINGERPRINT_DIGITS, Owned
from cfaig.reconcile.plan import make_plan
from cfaig.reconcile.safety import Refusal, definition_allows, refusals
from cfaig.secrets import Resolver
from cfaig.state.compile import compile_account
from cfaig.state.edge_bindings import secret_fingerprint
from cfaig.state.model import AccountState, GatewayState, Management


@dataclass(frozen=True, slots=True)
class Side:
    """One of the two places.

    `name` is what people call it, `prefix` stands before the paths of its files. Only a `checked` side has to pass all
    checks: what is compared with may be from before a check was invented.
    """

    name: str
    project: Project
    prefix: str = ""
    checked: bool = True


@dataclass(frozen=True, slots=True)
class Difference:
    """What changes in `environments`, all in the same way; `refused` is what the safety limits would say to it."""

    environments: tuple[str, ...]
    plan: Plan
    refused: tuple[Refusal, ...]

    @property
    def empty(self) -> bool:
        """Whether the definitions ask for the same."""
        return self.plan.empty and not self.plan.notes


class _References(Resolver):
    """Takes a reference for its value: two definitions differ when they refer to different secrets."""

    def value(self, reference: str, used_by: str | None = None) -> str:  # noqa: ARG002
        """The reference."""
        return reference


_REFERENCES: Final = _References({})


def compare_sides(old: Side, new: Side, environment: str | None) -> tuple[Difference, ...]:
    """What changes from `old` to `new` in `environment`, or in each that one of them knows.

    Raises DefinitionError when definitions on one side are wrong, and CfaigError for an unknown environment.
    """
    known = {side.name: _environments(side) for side in (old, new)}
    together = tuple(sorted({name for names in known.values() for name in names}))
    if environment is not None:
        check_environment(environment, together)
    wanted = together if environment is None else (environment,)
    before, after = (dict(_states(side, [name for name in wanted if name in known[side.name]])) for side in (old, new))
    found = []
    for name in wanted:
        missing = [f"{side.name} does not know the environment" for side in (old, new) if name not in known[side.name]]
        found.append(_difference(name, before.get(name), after.get(name), missing))
    return tuple(_folded(found))


def _environments(side: Side) -> tuple[str, ...]:
    files = definition_files(side.project.gateways)
    read = (read_document(path, path, "defaults" if path.stem == DEFAULTS_STEM else "definition") for path in files)
    return known_environments(side.project, (document.data for document in read))


def _states(side: Side, environments: Sequence[str]) -> Iterator[tuple[str, Loaded]]:
    for name, outcome in zip(environments, load_environments(side.project, environments), strict=True):
        if isinstance(outcome, DefinitionError):
            raise _at(side, outcome.diagnostics)
        if side.checked:
            found = check_gateways(outcome, environ=None, environment=name)
            if any(diagnostic.severity is Severity.ERROR for diagnostic in found):
                raise _at(side, found)
        yield name, outcome


def _at(side: Side, diagnostics: Iterable[Diagnostic]) -> DefinitionError:
    """The mistakes as an error that says at which ref they are; files as Git calls them: `main:gateways/a.yaml`."""
    places = ((one, replace(one.position, file=Path(f"{side.prefix}{one.position.file}"))) for one in diagnostics)
    error = DefinitionError(tuple(replace(one, position=position) for one, position in places))
    error.message += f" at {side.name}"
    return error


def _difference(environment: str, old: Loaded | None, new: Loaded | None, missing: Sequence[str]) -> Difference:
    before, after = (compile_account(side.gateways) if side else AccountState() for side in (old, new))
    plan = make_plan(after, _with_fingerprints(before), _owned(before), resolver=_REFERENCES)
    plan = replace(plan, notes=(*missing, *plan.notes, *_management_notes(before, after)))
    refused = refusals(plan, (), definition_allows(after), new.safety if new else None)
    return Difference((environment,), plan, refused)


def _owned(state: AccountState) -> Owned:
    """A stack that holds all that the earlier definitions ask for."""
    _, found = documents(state, state, stores_known=True)
    protected = {gateway.id for gateway in state.gateways if gateway.management.protect}
    return Owned(
        resources=frozenset(found),
        key_fingerprints={key: _fingerprint(reference) for key, reference in key_references(state).items()},
        protected=frozenset(ResourceKey.of_gateway(gateway) for gateway in protected),
    )


def _with_fingerprints(state: AccountState) -> AccountState:
    """`state` as if its edges were live: their secrets are known by their references."""

    def live(gateway: GatewayState) -> GatewayState:
        edge = gateway.edge
        if edge is None:
            return gateway
        fingerprints = {
            name: secret_fingerprint(reference, f"{gateway.id}/{edge.worker}/{name}")
            for name, reference in edge.references.items()
        }
        return replace(gateway, edge=replace(edge, fingerprints=fingerprints))

    return replace(state, gateways=tuple(live(gateway) for gateway in state.gateways))


def _fingerprint(text: str) -> str:
    return f":{hashlib.sha256(text.encode()).hexdigest()[:FINGERPRINT_DIGITS]}"


def _management_notes(before: AccountState, after: AccountState) -> Iterator[str]:
    """What changes about gateways on both sides that Cloudflare has no place for."""
    old = {gateway.id: gateway.management for gateway in before.gateways}
    for gateway in after.gateways:
        if gateway.id in old:
            yield from _management(ResourceKey.of_gateway(gateway.id), old[gateway.id], gateway.management)


def _management(key: ResourceKey, old: Management, new: Management) -> Iterator[str]:
    sides = [_told(side) for side in (old, new)]
    changed = [f"{name} {sides[0][name]} → {sides[1][name]}" for name in sides[0] if sides[0][name] != sides[1][name]]
    if changed:
        yield f"{key.address}: {'; '.join(changed)}"


def _told(management: Management) -> Mapping[str, str]:
    labels: Json = {name: str(value) for name, value in sorted(management.labels.items())}
    return {
        "description": any_value(management.description),
        "labels": any_value(labels or None),
        "protect": "on" if management.protect else "off",
        "allow": ", ".join(management.allow) or "none",
    }


def _folded(differences: Iterable[Difference]) -> Iterator[Difference]:
    """Environments in which the same changes, told once."""
    folded: dict[str, Difference] = {}
    for difference in differences:
        same = repr((difference.plan, difference.refused))
        known = folded.get(same)
        folded[same] = (
            replace(known, environments=known.environments + difference.environments) if known else difference
        )
    yield from folded.values()
