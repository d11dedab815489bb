"""Pulumi's side of an environment: where its state is kept, whether it can be read, and what is left in it."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final
from urllib.parse import urlsplit

import yaml

from cfaig.deploy.session import Session
from cfaig.deploy.stack_state import StackState
from cfaig.health.finding import Area, Finding
from cfaig.local.engine.find import find_engine
from cfaig.project import LOCAL_ENVIRONMENT, Project

AREA: Final = Area("Pulumi")
CLOUD: Final = frozenset({"http", "https"})
PASSPHRASES: Final = ("PULUMI_CONFIG_PASSPHRASE", "PULUMI_CONFIG_PASSPHRASE_FILE")


@dataclass(frozen=True, slots=True)
class Stack:
    """The stack of an environment. `backend` has no password in it, and is None where nobody has logged in.

    `state` is None where it could not be read, and `engine` tells whether there is one to ask. `passphrase` tells
    whether one is given; `sealed_by` is the secrets provider that the stack file names.
    """

    environment: str
    backend: str | None
    engine: bool
    state: StackState | None
    passphrase: bool
    sealed_by: str | None

    @property
    def needs_passphrase(self) -> bool:
        """Whether the user has to give a passphrase: everywhere but in Pulumi Cloud, if nothing else is named."""
        if self.environment == LOCAL_ENVIRONMENT:
            return False
        if self.sealed_by is not None:
            return self.sealed_by == "passphrase"
        return self.backend is not None and urlsplit(self.backend).scheme not in CLOUD


def look_at_stack(project: Project, session: Session, environ: Mapping[str, str]) -> Stack:
    """Read the stack, without getting an engine for that.

    Raises CfaigError when its file is damaged.
    """
    environment, backend = session.target.environment, session.backend or _login(environ)
    readable = (backend or "").startswith("file:") or find_engine() is not None
    return Stack(
        environment=environment,
        backend=_without_password(backend),
        engine=find_engine() is not None,
        state=session.stack_state() if backend and readable else None,
        passphrase=any(name in environ for name in PASSPHRASES),
        sealed_by=_secrets_provider(project.stack_file(environment)),
    )


def _login(environ: Mapping[str, str]) -> str | None:
    """Where `pulumi login` has led, from the engine's own file; a token alone means Pulumi Cloud."""
    home = Path(environ.get("PULUMI_HOME") or "~/.pulumi").expanduser()
    try:
        told = json.loads((home / "credentials.json").read_text(encoding="utf-8"))
    except (OSError, ValueError):
        told = {}
    current = told.get("current") if isinstance(told, dict) else None
    if isinstance(current, str) and current:
        return current
    return "https://api.pulumi.com" if environ.get("PULUMI_ACCESS_TOKEN") else None


def _without_password(backend: str | None) -> str | None:
    if backend is None:
        return None
    before, at, after = backend.rpartition("@")
    return f"{before.partition('://')[0]}://…@{after}" if at and "://" in before else backend


def _secrets_provider(path: Path) -> str | None:
    try:
        document = yaml.safe_load(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, yaml.YAMLError):
        return None
    named = document.get("secretsprovider") if isinstance(document, dict) else None
    return str(named).partition(":")[0] if named else None


def check_stack(stack: Stack) -> Iterator[Finding]:
    """Whether Pulumi can work on the stack."""
    if stack.backend is None:
        fix = "pulumi login (Pulumi Cloud, a bucket, --local), or name the place: export PULUMI_BACKEND_URL=…"
        yield AREA.problem("login", "nobody is logged in: there is no place for the state", fix)
        return
    yield AREA.ok("login", f"the state is in {stack.backend}")
    if stack.needs_passphrase and not stack.passphrase:
        fix = f"export {PASSPHRASES[0]}=… (or {PASSPHRASES[1]}), as it was when the stack was made"
        yield AREA.problem("passphrase", "none is given, and the stack's secrets are sealed with one", fix)
    yield from _check_state(stack)


def _check_state(stack: Stack) -> Iterator[Finding]:
    subject = f"stack {stack.environment}"
    if stack.state is None:
        if not stack.engine:
            yield AREA.warning(
                subject, "not looked at: only the engine can read it, and there is none yet", "cfaig engine"
            )
        else:
            yield AREA.problem(subject, "cannot be read", f"pulumi stack export --stack {stack.environment} tells why")
    elif not stack.state.exists:
        yield AREA.ok(subject, "not made yet: the first apply makes it")
    elif stack.state.pending:
        count = len(stack.state.pending)
        told = f"{count} operation{'s were' if count > 1 else ' was'} cut off when a run was killed"
        yield AREA.warning(subject, told, f"cfaig apply -e {stack.environment} adopts what was half made")
    else:
        yield AREA.ok(subject, f"{len(stack.state.resources)} resources")
