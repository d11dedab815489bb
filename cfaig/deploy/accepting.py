"""`cfaig drift --adopt`: the live values written back into the definitions that did not know them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from cfaig.definition.diagnostics import DefinitionError
from cfaig.definition.document import read_document
from cfaig.definition.edit import with_overlay
from cfaig.definition.explicit import OFF, patch
from cfaig.definition.files import DEFAULTS_STEM, definition_files
from cfaig.definition.layers import below_overlay, in_force
from cfaig.definition.load import Loaded, load_project
from cfaig.definition.write import written_gateway
from cfaig.deploy.applied import applied_account
from cfaig.deploy.drifting import Detected
from cfaig.deploy.importing import with_named_stores
from cfaig.errors import CfaigError
from cfaig.live.wire import understood
from cfaig.project import LOCAL_ENVIRONMENT, Project
from cfaig.reconcile.accept import accepted, unacceptable
from cfaig.reconcile.change import Action, ResourceKey
from cfaig.reconcile.drift import Drift, find_drift
from cfaig.state.compile import compile_account
from cfaig.state.decompile import decompile_gateway
from cfaig.state.live_secrets import FoundSecret, take_secrets_out
from cfaig.state.model import AccountState, GatewayState
from cfaig.whole_files import write_output


@dataclass(frozen=True, slots=True)
class Accepted:
    """What was written, and what is left: `added` is live and has still to be taken into the stack.

    `rest` is the drift that no definition can say; `desired` what the definitions ask for now.
    """

    files: tuple[Path, ...]
    added: tuple[ResourceKey, ...]
    rest: Drift
    secrets: tuple[FoundSecret, ...]
    desired: AccountState


def accept(project: Project, environment: str, account: str, found: Detected) -> Accepted:
    """Write what drifted into the overlays that the definitions have for `environment`.

    No other environment changes, and nothing that did not drift. Raises CfaigError, with the files as they were, when
    the definitions do not say afterwards what is live; and DefinitionError when they have mistakes already.
    """
    loaded = found.loaded or load_project(project, environment, account=account)
    drift, desired = found.drift, compile_account(loaded.gateways)
    with understood():
        live, secrets = take_secrets_out(
            with_named_stores(found.live.state), stand_ins=environment == LOCAL_ENVIRONMENT, like=desired
        )
        texts = {
            path: text
            for path, text in _texts(project, environment, drift, _with_known_keys(live, desired), loaded).items()
            if text != path.read_text(encoding="utf-8")
        }
    before = {path: path.read_bytes() for path in texts}
    try:
        for path, text in texts.items():
            write_output(path, text)
        now, rest = _check(project, environment, account, found)
    except BaseException:
        for path, content in before.items():
            path.write_bytes(content)
        raise
    added = tuple(item.change.key for item in drift.drifted if item.change.action is Action.CREATE)
    written = "".join(texts.values())
    named = tuple(secret for secret in secrets if f"env://{secret.variable}" in written)
    return Accepted(tuple(texts), added, rest, named, now)


def _texts(project: Project, environment: str, drift: Drift, live: AccountState, loaded: Loaded) -> dict[Path, str]:
    defaults = _defaults(project)
    states = {gateway.id: gateway for gateway in live.gateways}
    customs = {provider.slug: provider for provider in live.custom_providers}
    texts: dict[Path, str] = {}
    for gateway in loaded.gateways:
        if gateway.id not in states:
            continue
        path = project.root / loaded.sources[gateway.id].file
        data = read_document(path, path, "definition").data
        slugs = frozenset(custom.slug for custom in gateway.custom_providers)
        as_live = written_gateway(
            decompile_gateway(states[gateway.id], [customs[slug] for slug in sorted(slugs) if slug in customs])
        )
        said = in_force(defaults, data, environment)
        wanted = accepted(drift, gateway.id, said, as_live, slugs)
        touched = frozenset(patch(said, wanted))
        if touched:
            needed = patch(below_overlay(defaults, data, environment), wanted, OFF)
            texts[path] = with_overlay(path.read_text(encoding="utf-8"), environment, needed, touched)
    return texts


def _defaults(project: Project) -> Mapping[str, Any]:
    for path in definition_files(project.gateways):
        if path.stem == DEFAULTS_STEM:
            data = read_document(path, path, "defaults").data
            return data if isinstance(data, Mapping) else {}
    return {}


def _with_known_keys(live: AccountState, desired: AccountState) -> AccountState:
    """`live` with the references that the definitions have for the keys of providers, and for secrets of edges."""
    references = {
        (gateway.id, key.provider, key.alias): key.key for gateway in desired.gateways for key in gateway.provider_keys
    }
    edges = {gateway.id: gateway.edge.references for gateway in desired.gateways if gateway.edge is not None}

    def known(gateway: GatewayState) -> GatewayState:
        keys = tuple(
            replace(key, key=references.get((gateway.id, key.provider, key.alias), "")) for key in gateway.provider_keys
        )
        edge = gateway.edge and replace(gateway.edge, references=edges.get(gateway.id, {}))
        return replace(gateway, provider_keys=keys, edge=edge)

    return replace(live, gateways=tuple(known(gateway) for gateway in live.gateways))


def _check(project: Project, environment: str, account: str, found: Detected) -> tuple[AccountState, Drift]:
    """What the definitions ask for now, and the drift that no definition can say; nothing else may be left."""
    try:
        desired = compile_account(load_project(project, environment, account=account).gateways)
    except DefinitionError as error:
        error.hint = "the account holds what definitions refuse; they are as they were"
        raise
    live = found.live
    rest = find_drift(applied_account(found.stack), live.state, desired, stores_known=live.stores_known)
    known = {*unacceptable(found.drift), *found.drift.pending}
    if left := [
        key.address for key in (*(item.change.key for item in rest.drifted), *rest.pending) if key not in known
    ]:
        raise CfaigError(
            f"the definitions could not be brought to say what is live: {', '.join(left)}; they are as they were",
            "edit them by hand: cfaig drift --json has the live values",
        )
    return desired, rest
