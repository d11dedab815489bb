"""What an environment needs to work: on this machine, and in the account. Looks only."""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass
from pathlib import Path

from cfaig import __version__
from cfaig.checks.loading import load_checked
from cfaig.checks.secrets import references_of
from cfaig.deploy.session import Session
from cfaig.deploy.target import Target, account_of, remote_target
from cfaig.errors import CfaigError
from cfaig.live.api import ApiError, CloudflareApi, Credentials
from cfaig.local.engine.find import BOTH_WAYS, find_engine
from cfaig.local.process import status
from cfaig.project import LOCAL_ENVIRONMENT, Project
from cfaig.secrets import PULUMI_SCHEME, VAULT_SCHEME, Resolver


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that was looked at; `fix` says what to do when it is not in order."""

    subject: str
    ok: bool
    told: str
    fix: str | None = None

    def document(self) -> dict[str, object]:
        """The finding for machines."""
        return asdict(self)


def examine(project: Project, environment: str) -> tuple[Finding, ...]:
    """Look at everything, also after something is found missing."""
    return (
        *_machine(project),
        _definitions(project, environment),
        *(_local(project) if environment == LOCAL_ENVIRONMENT else _account(project, environment)),
    )


def _machine(project: Project) -> Iterator[Finding]:
    yield Finding("cfaig", True, f"{__version__} on Python {sys.version.split()[0]}")
    engine = find_engine()
    if engine is not None:
        stand_ins = f", with stand-ins for {', '.join(engine.stand_ins)}" if engine.stand_ins else ""
        yield Finding("Pulumi", True, f"{engine.version} at {engine.pulumi} ({engine.source}){stand_ins}")
    elif go := shutil.which("go"):
        yield Finding("Pulumi", True, f"not here yet: the first apply gets it (installer, or a build with {go})")
    else:
        yield Finding("Pulumi", False, "not here, and no Go to build it", BOTH_WAYS)
    plugin = Path(sys.executable).with_name("pulumi-resource-cfaig")
    told = str(plugin) if plugin.is_file() else f"{plugin} is missing"
    yield Finding("plugin cfaig", plugin.is_file(), told, None if plugin.is_file() else "install again: make setup")
    yield _plugin_path(project, plugin)


def _plugin_path(project: Project, plugin: Path) -> Finding:
    expected = project.root / ".venv" / "bin" / plugin.name
    if expected.is_file():
        return Finding("Pulumi.yaml", True, "finds the plugin in .venv/bin")
    return Finding(
        "Pulumi.yaml",
        False,
        "names .venv/bin for the plugin, and it is not there",
        f"install cfaig into {project.root / '.venv'}, or write `path: {plugin.parent}` in Pulumi.yaml",
    )


def _definitions(project: Project, environment: str) -> Finding:
    def look() -> str:
        loaded = load_checked(project, environment, account=account_of(project, environment), environ=os.environ)
        return f"{len(loaded.gateways)} gateways, valid"

    return _tried("definitions", look, f"cfaig validate -e {environment}")


def _local(project: Project) -> Iterator[Finding]:
    found = status(project)
    if found.server is None:
        yield Finding("local Cloudflare", True, "does not run; the next plan or apply starts it")
    elif not found.answers:
        yield Finding("local Cloudflare", False, f"runs, but does not answer (log: {found.log})", "cfaig local down")
    else:
        target = Target(
            LOCAL_ENVIRONMENT, found.server.account, Credentials(found.server.url, api_token=found.server.token)
        )
        yield Finding("local Cloudflare", True, f"answers at {found.server.page}")
        yield from _permissions(target)


def _account(project: Project, environment: str) -> Iterator[Finding]:
    try:
        target = remote_target(project, environment)
    except CfaigError as error:
        yield Finding("account", False, error.message, error.hint)
        return
    yield Finding("account", True, f"{target.account} at {target.credentials.base_url}")
    yield from _permissions(target)
    yield _stack(project, target)
    yield from _secrets(project, target)


def _permissions(target: Target) -> Iterator[Finding]:
    looks = (
        ("AI Gateway", "ai-gateway/gateways", "AI Gateway: Edit"),
        ("Secrets Store", "secrets_store/stores", "Secrets Store: Edit"),
    )
    with CloudflareApi(target.credentials) as api:
        for subject, path, permission in looks:

            def look(path: str = path) -> str:
                found = api.request("GET", f"/accounts/{target.account}/{path}", params={"per_page": 5})
                return f"may be read ({len(found['result'])} shown on the first page)"

            yield _tried(subject, look, f"give the token the permission “{permission}”")


def _stack(project: Project, target: Target) -> Finding:
    def look() -> str:
        state = Session(project, target, None, lambda _: None).stack_state()
        if state is None:
            raise CfaigError("cannot be read", "pulumi login, or export PULUMI_BACKEND_URL=…")
        return f"{len(state.resources)} resources, {len(state.pending)} cut off" if state.exists else "not made yet"

    return _tried(f"stack {target.environment}", look, None)


def _secrets(project: Project, target: Target) -> Iterator[Finding]:
    """Secrets that only a network tells about; the others are a part of checking the definitions."""
    try:
        loaded = load_checked(project, target.environment, account=target.account, environ=os.environ)
    except CfaigError:
        return  # told already
    resolver = Session(project, target, None, lambda _: None).resolver
    for scheme in (VAULT_SCHEME, PULUMI_SCHEME) if find_engine() else (VAULT_SCHEME,):
        references = references_of(loaded.gateways, scheme)
        missing = tuple(_missing(references, resolver))
        yield from missing
        if references and not missing:
            yield Finding(f"{scheme} secrets", True, f"{len(references)} can be read")


def _missing(references: tuple[str, ...], resolver: Resolver) -> Iterator[Finding]:
    for reference in references:
        try:
            resolver.value(reference)
        except CfaigError as error:
            yield Finding(reference, False, error.message, error.hint)


def _tried(subject: str, look: Callable[[], str], fix: str | None) -> Finding:
    try:
        return Finding(subject, True, look())
    except ApiError as error:
        return Finding(subject, False, error.message, fix if error.status in {401, 403} else error.hint)
    except CfaigError as error:
        return Finding(subject, False, error.message, fix or error.hint)
