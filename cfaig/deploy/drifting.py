"""The drift of one environment: stack, live account, definitions and audit log brought together."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from typing import Final

from cfaig.definition.diagnostics import DefinitionError
from cfaig.definition.load import Loaded, load_project
from cfaig.deploy.applied import applied_account
from cfaig.deploy.expecting import expected_edges
from cfaig.deploy.session import Session, require_state
from cfaig.deploy.stack_state import StackState, resource_key
from cfaig.live.api import ApiError, CloudflareApi
from cfaig.live.audit_log import KEPT, read_audit_log, refused
from cfaig.live.expected import EVERYTHING
from cfaig.live.read import LiveRead, read_live
from cfaig.reconcile.authors import moment_of, with_authors
from cfaig.reconcile.change import ResourceKey
from cfaig.reconcile.drift import NEVER_APPLIED, Drift, find_drift
from cfaig.state.compile import compile_account
from cfaig.state.model import AccountState

CLOCKS_DIFFER: Final = timedelta(minutes=1)
NO_AUDIT_LOG: Final = (
    "who did it is not known: the token may not read the audit log (it lacks “Account Settings: Read”)"
)


@dataclass(frozen=True, slots=True)
class Detected:
    """The drift and what it was made from; `loaded` is None when the definitions have mistakes."""

    drift: Drift
    stack: StackState
    live: LiveRead
    loaded: Loaded | None

    @property
    def desired(self) -> AccountState | None:
        """What the definitions ask for."""
        return None if self.loaded is None else compile_account(self.loaded.gateways)


def detect(session: Session) -> Detected:
    """Compare the account with what was applied last. Needs no secret: sealed values are not compared.

    Raises CfaigError when the stack cannot be read, and ApiError when the account cannot.
    """
    stack, target = require_state(session), session.target
    applied = applied_account(stack)
    warnings: list[str] = []
    loaded: Loaded | None = None
    try:
        loaded = load_project(session.project, target.environment, account=target.account)
    except DefinitionError as error:
        warnings.append(f"{error.message}: what waits for its apply cannot be told apart (cfaig validate shows them)")
    with session.api() as api:
        looked_for = replace(EVERYTHING, edges=expected_edges(None, stack), find_edges=True)
        live = read_live(api, target.account, only={one.id for one in applied.gateways}, expected=looked_for)
        desired = None if loaded is None else compile_account(loaded.gateways)
        drift = find_drift(applied, live.state, desired, stores_known=live.stores_known)
        if not drift.empty:
            drift = _with_authors(drift, stack, live.state, api, target.account)
    notes = drift.notes if applied.gateways or applied.custom_providers else (NEVER_APPLIED,)
    complete = replace(drift, notes=notes, warnings=(*live.warnings, *warnings, *drift.warnings))
    return Detected(complete, stack, live, loaded)


def _with_authors(drift: Drift, stack: StackState, live: AccountState, api: CloudflareApi, account: str) -> Drift:
    applied_at: dict[ResourceKey, datetime] = {}
    for key, moment in _times(stack):  # an edge has two resources
        applied_at[key] = max(moment, applied_at.get(key, moment))
    for item in drift.drifted:
        # What was made or renamed by hand came after all that was applied to its gateway.
        beside = [moment for key, moment in _times(stack) if key.gateway == item.change.key.gateway]
        if beside:
            applied_at.setdefault(item.change.key, max(beside))
    known = [applied_at[item.change.key] for item in drift.drifted if item.change.key in applied_at]
    now = datetime.now(UTC)
    try:
        entries = read_audit_log(api, account, min(known, default=now - KEPT), now + CLOCKS_DIFFER)
    except ApiError as error:
        if refused(error):
            return replace(drift, notes=(*drift.notes, NO_AUDIT_LOG))
        raise
    return with_authors(drift, entries, dict(_ids(applied_account(stack))) | dict(_ids(live)), applied_at)


def _times(stack: StackState) -> Iterator[tuple[ResourceKey, datetime]]:
    for resource in stack.resources:
        key, moment = resource_key(resource), moment_of(resource.modified)
        if key is not None and moment is not None:
            yield key, moment


def _ids(state: AccountState) -> Iterator[tuple[ResourceKey, str]]:
    for gateway in state.gateways:
        yield from ((ResourceKey.of_route(gateway.id, route.name), route.id or "") for route in gateway.routes)
        yield from (
            (ResourceKey.of_edge(gateway.id, edge.worker), edge.domain_id) for edge in gateway.edges if edge.domain_id
        )
    for custom in state.custom_providers:
        yield ResourceKey.of_custom_provider(custom.slug), custom.id or ""
