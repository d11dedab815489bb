"""Everything that `cfaig doctor` looks at: facts are gathered at once, then checked one by one. Changes nothing."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Final

from cfaig.checks.loading import load_checked
from cfaig.checks.secrets import references_of
from cfaig.definition.model import Gateway
from cfaig.definition.spelling import did_you_mean
from cfaig.deploy.target import account_of
from cfaig.errors import CfaigError
from cfaig.health import machine
from cfaig.health.at_once import AtOnce, Failed
from cfaig.health.finding import Area, Finding, checked
from cfaig.health.online import Online
from cfaig.health.place import Place, Stopped, check_place, find_place
from cfaig.local.engine.find import find_engine
from cfaig.project import Project
from cfaig.secrets import PULUMI_SCHEME, VAULT_SCHEME, Resolver

DEFINITIONS: Final = Area("definitions")
SECRETS: Final = Area("secrets")


def examine(project: Project, environment: str, *, gateway: str | None, seconds: float) -> tuple[Finding, ...]:
    """Look at everything, also after something is found missing; for `seconds` at most.

    With `gateway` its traffic is looked at in any case, and no other's. Raises CfaigError when there is none of that
    name in the definitions.
    """
    at_once = AtOnce(seconds)
    engine = at_once.start(machine.look_at_engine)
    tools = at_once.start(machine.look_at_edge_tools)
    defined, place = _definitions(project, environment), _place(project, environment)
    if gateway is not None and defined.gateways:
        _require(gateway, defined.gateways)
    secrets = at_once.start(lambda: _missing(defined, place, project)) if isinstance(place, Place) else None
    online = Online(project, place, defined.gateways, gateway, at_once) if isinstance(place, Place) else None
    edges = tuple(each.id for each in defined.gateways if each.edge is not None)
    findings = (
        *check_definitions(defined, environment),
        *machine.check_files(machine.look_at_files(project, environment)),
        *machine.check_versions(machine.look_at_versions()),
        *checked(machine.AREA, "Pulumi", engine, machine.check_engine),
        *checked(machine.AREA, "workerd", tools, lambda found: machine.check_edge_tools(found, edges)),
        *check_place(place),
        *(checked(SECRETS, "secrets", secrets, check_secrets) if secrets else ()),
        *(online.findings(datetime.now(UTC)) if online else ()),
    )
    if online:
        online.close()
    return findings


@dataclass(frozen=True, slots=True)
class Defined:
    """What the definitions say: their gateways, as far as they can be read, and what is wrong with them."""

    gateways: tuple[Gateway, ...]
    warnings: int = 0
    failed: Failed | None = None


def _definitions(project: Project, environment: str) -> Defined:
    account = account_of(project, environment)
    try:
        loaded = load_checked(project, environment, account=account, environ=os.environ)
    except CfaigError as error:
        failed = Failed(error.message, error.hint)
    else:
        return Defined(loaded.gateways, len(loaded.diagnostics))
    try:  # where only secrets are missing, there is much more to look at
        return Defined(load_checked(project, environment, account=account, environ=None).gateways, failed=failed)
    except CfaigError:
        return Defined((), failed=failed)


def check_definitions(defined: Defined, environment: str) -> Iterator[Finding]:
    """Whether the definitions are valid."""
    fix = f"cfaig validate -e {environment} names them"
    gateways = _count(len(defined.gateways), "gateway")
    if defined.failed:
        yield DEFINITIONS.problem("definitions", defined.failed.why, fix)
    elif defined.warnings:
        yield DEFINITIONS.warning("definitions", f"{gateways}, {_count(defined.warnings, 'warning')}", fix)
    else:
        yield DEFINITIONS.ok("definitions", f"{gateways}, valid")


def _count(number: int, what: str) -> str:
    return f"{number} {what}{'' if number == 1 else 's'}"


def _place(project: Project, environment: str) -> Place | Stopped | Failed:
    try:
        return find_place(project, environment)
    except CfaigError as error:
        return Failed(error.message, error.hint)


def _require(gateway: str, gateways: Iterable[Gateway]) -> None:
    known = [each.id for each in gateways]
    if gateway not in known:
        hint = f"{did_you_mean(gateway, known)}there are: {', '.join(known) or 'none'}"
        raise CfaigError(f"the definitions have no gateway {gateway}", hint)


@dataclass(frozen=True, slots=True)
class Secrets:
    """References to secrets that only a network, or the engine, can tell about: how many, and those that fail."""

    asked: int
    missing: tuple[tuple[str, Failed], ...]


def _missing(defined: Defined, place: Place, project: Project) -> Secrets:
    if place.target.local:
        return Secrets(0, ())
    resolver = place.session(project).resolver
    schemes = (VAULT_SCHEME, PULUMI_SCHEME) if find_engine() else (VAULT_SCHEME,)
    references = [reference for scheme in schemes for reference in references_of(defined.gateways, scheme)]
    return Secrets(len(references), tuple(_unreadable(references, resolver)))


def _unreadable(references: Iterable[str], resolver: Resolver) -> Iterator[tuple[str, Failed]]:
    for reference in references:
        try:
            resolver.value(reference)
        except CfaigError as error:
            yield reference, Failed(error.message, error.hint)


def check_secrets(secrets: Secrets) -> Iterator[Finding]:
    """Whether Vault and the stack's configuration give the secrets; the others are a part of the definitions."""
    for reference, failed in secrets.missing:
        yield SECRETS.problem(reference, failed.why, failed.hint)
    if secrets.asked and not secrets.missing:
        yield SECRETS.ok("secrets", f"{_count(secrets.asked, 'reference')} to Vault or the stack can be read")
