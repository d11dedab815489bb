"""Definitions for what an account holds: read, written in the short forms, checked against the account itself."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, Final

from cfaig.checks import check_gateways
from cfaig.definition.diagnostics import DefinitionError, Severity, Source
from cfaig.definition.document import read_document
from cfaig.definition.explicit import over_defaults
from cfaig.definition.files import DEFAULTS_STEM, definition_files
from cfaig.definition.load import Loaded, load_project, load_text
from cfaig.definition.model import Gateway
from cfaig.definition.spelling import did_you_mean
from cfaig.definition.write import SCHEMA_LINE, to_yaml, written_gateway
from cfaig.deploy.importing_edges import edge_secrets, with_edges_to_import
from cfaig.errors import CfaigError
from cfaig.formatting.formatting import format_text
from cfaig.live.read import LiveRead
from cfaig.live.wire import understood
from cfaig.project import LOCAL_ENVIRONMENT, Project
from cfaig.reconcile.change import Plan
from cfaig.reconcile.owned import Owned
from cfaig.reconcile.plan import make_plan
from cfaig.secrets import ENV_SCHEME, Resolver
from cfaig.state.compile import compile_account
from cfaig.state.decompile import decompile_account, used_custom_providers
from cfaig.state.live_secrets import FoundSecret, take_secrets_out
from cfaig.state.model import AccountState, GatewayState
from cfaig.whole_files import write_whole


@dataclass(frozen=True, slots=True)
class DefinitionFile:
    """The definition of one gateway and where it goes; `overwrites` says that there is a file already."""

    gateway: str
    path: Path
    text: str
    overwrites: bool = False


@dataclass(frozen=True, slots=True)
class Variable:
    """An environment variable that the definitions refer to, and what needs it."""

    name: str
    used_by: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Import:
    """What an import would write.

    `state` is what the new definitions ask for; `plan` is what they would change in the account: nothing, if all went
    well. `skipped` are gateways that have a definition already, with its file; `notes` tell what was left alone.
    """

    files: tuple[DefinitionFile, ...]
    state: AccountState
    plan: Plan
    variables: tuple[Variable, ...]
    skipped: Mapping[str, Path] = field(default_factory=dict)
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Place:
    """Where definitions go: a project, an environment of it with its account, and the folder."""

    project: Project
    environment: str
    account: str
    folder: Path

    @property
    def in_project(self) -> bool:
        """Whether the project itself reads the folder."""
        return self.folder.resolve() == self.project.gateways.resolve()


_NOTHING: Final = Loaded(())
_REFUSED: Final = (
    "that is how the account is, and nothing was written: put it right in Cloudflare first, "
    "or choose others with --gateway"
)


def plan_import(place: Place, live: LiveRead, wanted: Collection[str], *, force: bool) -> Import:
    """The definitions for the gateways `wanted` (empty: all that have none), checked against the account.

    Raises CfaigError for a gateway that is not there and for files that are in the way (all of them at once), and
    DefinitionError when the account holds what definitions cannot say.
    """
    present = _existing(place)
    ids = _chosen(live.state, wanted)
    files = {gateway.id: present.sources[gateway.id].file for gateway in present.gateways if gateway.id in ids}
    skipped = {} if wanted or force else files
    ids = [gateway for gateway in ids if gateway not in skipped]
    paths = {gateway: _path(place, gateway, files.get(gateway)) for gateway in ids}
    if in_the_way := [] if force else [path for path in paths.values() if path.exists()]:
        told = ", ".join(str(path) for path in in_the_way)
        raise CfaigError(f"there is already {told}; nothing was written", "overwrite with --force, or use --output")
    others = [gateway for gateway in present.gateways if gateway.id not in ids]
    with understood():
        cut_out, notes = with_edges_to_import(_cut_out(live.state, ids, others))
        account, secrets = take_secrets_out(cut_out, stand_ins=place.environment == LOCAL_ENVIRONMENT)
        gateways = decompile_account(account)
    written = tuple(
        DefinitionFile(gateway.id, paths[gateway.id], _text(gateway, place), paths[gateway.id].exists())
        for gateway in gateways
    )
    state, plan = _checked(place, written, replace(present, gateways=tuple(others)), live, secrets)
    return Import(written, state, plan, _variables(gateways, secrets), skipped, (*live.warnings, *notes))


def write_files(files: Iterable[DefinitionFile]) -> None:
    """Write them; a missing folder is made.

    Raises CfaigError when one cannot be written.
    """
    for file in files:
        try:
            file.path.parent.mkdir(parents=True, exist_ok=True)
            write_whole(file.path, file.text)
        except OSError as error:
            raise CfaigError(f"{file.path} cannot be written: {error.strerror}") from error


def _existing(place: Place) -> Loaded:
    """The project's own definitions, in whose company the new ones will be."""
    if not (place.in_project and place.folder.is_dir() and definition_files(place.folder)):
        return _NOTHING
    loaded = load_project(place.project, place.environment, account=place.account)
    root = place.project.root
    sources = {name: replace(source, file=root / source.file) for name, source in loaded.sources.items()}
    return replace(loaded, sources=sources)


def _chosen(live: AccountState, wanted: Collection[str]) -> list[str]:
    ids = [gateway.id for gateway in live.gateways]
    if missing := [gateway for gateway in dict.fromkeys(wanted) if gateway not in ids]:
        hint = f"{did_you_mean(missing[0], ids)}there are {', '.join(ids)}" if ids else "the account has no gateway"
        raise CfaigError(f"the account has no gateway {', '.join(missing)}", hint)
    return [gateway for gateway in ids if not wanted or gateway in wanted]


def _path(place: Place, gateway: str, existing: Path | None) -> Path:
    # An id can be `_defaults`, but no id has a dot.
    name = f"{gateway}.gateway.yaml" if gateway == DEFAULTS_STEM else f"{gateway}.yaml"
    return existing or place.folder / name


def _cut_out(live: AccountState, ids: Sequence[str], others: Sequence[Gateway]) -> AccountState:
    """The gateways of `ids`, their stores by name, with the custom providers that nobody else describes.

    Custom providers that no gateway uses come along when the whole account is imported.
    """
    gateways = tuple(gateway for gateway in with_named_stores(live).gateways if gateway.id in ids)
    described = {custom.slug for other in others for custom in other.custom_providers}
    used = {slug for gateway in gateways for slug in used_custom_providers(gateway)}
    whole = len(gateways) == len(live.gateways)
    customs = [
        provider
        for provider in live.custom_providers
        if provider.slug not in described and (whole or provider.slug in used)
    ]
    return AccountState(gateways, tuple(customs), live.stores)


def with_named_stores(live: AccountState) -> AccountState:
    """`live` with the names of the gateways' Secrets Stores where it has their ids, as far as they are known."""
    names = {identity: name for name, identity in live.stores.items()}

    def named(gateway: GatewayState) -> GatewayState:
        name = names.get(str(gateway.settings["store_id"]))
        if name is None:
            return gateway
        return replace(gateway, store=name, settings={**gateway.settings, "store_id": None})

    return replace(live, gateways=tuple(named(gateway) for gateway in live.gateways))


def _text(gateway: Gateway, place: Place) -> str:
    said = over_defaults(written_gateway(gateway), _defaults(place), place.environment)
    return format_text(SCHEMA_LINE + to_yaml(said), place.folder / f"{gateway.id}.yaml", "definition")


def _defaults(place: Place) -> Mapping[str, Any]:
    """What `_defaults.yaml` of the project says, as it is written; nothing where the definitions go elsewhere."""
    if not place.in_project or not place.folder.is_dir():
        return {}
    for path in definition_files(place.folder):
        if path.stem == DEFAULTS_STEM:
            data = read_document(path, path, "defaults").data
            return data if isinstance(data, Mapping) else {}
    return {}


def _checked(
    place: Place, files: Sequence[DefinitionFile], others: Loaded, live: LiveRead, secrets: Sequence[FoundSecret]
) -> tuple[AccountState, Plan]:
    """Load the new texts as the project would, and compare them with the account that they came from."""
    try:
        gateways, together = _loaded(place, files, others)
    except DefinitionError as error:
        error.hint = _REFUSED
        raise
    desired = compile_account(together.gateways)
    ids = {gateway.id for gateway in gateways}
    cut = replace(live.state, gateways=tuple(gateway for gateway in live.state.gateways if gateway.id in ids))
    imported = replace(
        desired,
        gateways=tuple(gateway for gateway in desired.gateways if gateway.id in ids),
        custom_providers=compile_account(gateways).custom_providers,
    )
    resolver = Resolver({secret.variable: secret.value for secret in secrets})
    plan = make_plan(imported, cut, Owned(known=False), resolver=resolver, stores_known=live.stores_known)
    return imported, plan


def _loaded(place: Place, files: Sequence[DefinitionFile], others: Loaded) -> tuple[list[Gateway], Loaded]:
    gateways: list[Gateway] = []
    sources: dict[str, Source] = dict(others.sources)
    project = place.project if place.in_project else None
    for file in files:
        shown = _shown(file.path, place.project)
        loaded = load_text(file.text, place.environment, name=shown, account=place.account, project=project)
        gateways += loaded.gateways
        sources |= loaded.sources
    together = Loaded((*others.gateways, *gateways), sources=sources, limits=others.limits)
    found = check_gateways(together, environ=None, environment=place.environment)
    if any(diagnostic.severity is Severity.ERROR for diagnostic in found):
        raise DefinitionError(found)
    return gateways, together


def _shown(path: Path, project: Project) -> Path:
    return path.relative_to(project.root) if path.is_relative_to(project.root) else path


def _variables(gateways: Iterable[Gateway], secrets: Iterable[FoundSecret]) -> tuple[Variable, ...]:
    used: dict[str, list[str]] = {}
    for gateway in gateways:
        for key in gateway.provider_keys:
            alias = "" if key.alias == "default" else f":{key.alias}"
            name = key.key.removeprefix(ENV_SCHEME)
            used.setdefault(name, []).append(f"key {key.provider}{alias} of gateway {gateway.id}")
        for reference, what in edge_secrets(gateway):
            used.setdefault(reference.removeprefix(ENV_SCHEME), []).append(what)
    for secret in secrets:
        used.setdefault(secret.variable, []).append(secret.used_by)
    return tuple(Variable(name, tuple(used[name])) for name in sorted(used))
