"""Saved plans: what was planned, from what, until when it holds, and a seal over all of it.

`schemas/saved-plan.schema.json` describes the file. It has no secret: digests stand in their place.
"""

from __future__ import annotations

import hashlib
import hmac
import json
from collections.abc import Mapping
from dataclasses import dataclass, fields
from datetime import UTC, datetime, timedelta
from functools import cache
from importlib import resources
from typing import Any, Final

from cfaig.errors import CfaigError
from cfaig.reconcile.basis import Basis, change_digests
from cfaig.reconcile.change import Plan
from cfaig.reconcile.digests import canonical
from cfaig.reconcile.read_json import plan_of
from cfaig.reconcile.render_json import plan_document
from cfaig.reconcile.safety import Refusal
from cfaig.reconcile.select import Selectors
from cfaig.strict_json import strict_json

FORMAT: Final = 1
KEY_VARIABLE: Final = "CFAIG_PLAN_KEY"
SHORTEST_KEY: Final = 16
DIGEST: Final = "sha256"
KEYED: Final = "hmac-sha256"
# Clocks of two machines may differ by this much.
CLOCK_TOLERANCE: Final = timedelta(minutes=5)
_TIME: Final = "%Y-%m-%dT%H:%M:%SZ"
_SCHEMAS: Final = ("saved-plan.schema.json", "plan.schema.json")


class StalePlanError(CfaigError):
    """A saved plan that must not be applied: what it was made from is not what is there."""


@dataclass(frozen=True, slots=True)
class SavedPlan:
    """A plan to be applied later.

    `tool` and `engine` are the versions of cfaig and of Pulumi (None where no engine was there); times are UTC, in
    whole seconds; `salt` is that of the digests in `basis`; `allow` are the names that were allowed for it; `refused`
    is what the safety limits refused nevertheless.
    """

    environment: str
    account: str
    created: datetime
    expires: datetime
    tool: str
    engine: str | None
    salt: str
    allow: tuple[str, ...]
    refused: tuple[Refusal, ...]
    plan: Plan
    basis: Basis

    @property
    def unread_secrets(self) -> frozenset[str]:
        """The secret references that had no value where the plan was made."""
        return frozenset(reference for reference, digest in self.basis.secrets.items() if not digest)

    @property
    def selectors(self) -> Selectors:
        """What the plan was restricted to."""
        restriction = self.plan.restriction
        return Selectors(restriction.targets, restriction.excludes) if restriction else Selectors()


@dataclass(frozen=True, slots=True)
class Opened:
    """A saved plan that was read; `sealed` tells how it is sealed, `checked` whether the seal could be checked."""

    saved: SavedPlan
    sealed: str
    checked: bool


def plan_key(environ: Mapping[str, str]) -> bytes | None:
    """The key that seals plans, if there is one.

    Raises CfaigError when it is empty or short: a key that can be guessed is none.
    """
    if (key := environ.get(KEY_VARIABLE)) is None:
        return None
    if len(key) < SHORTEST_KEY:
        state = "is empty" if not key else f"is shorter than {SHORTEST_KEY} characters"
        raise CfaigError(f"{KEY_VARIABLE} {state}", "make one (openssl rand -hex 32), or leave the variable out")
    return key.encode()


def write_saved(saved: SavedPlan, key: bytes | None) -> str:
    """The file: a JSON text that ends with a newline, sealed with `key` or, without one, by a plain digest."""
    document = _document(saved)
    document["seal"] = {"method": KEYED if key else DIGEST, "digest": _seal(document, key)}
    return json.dumps(document, ensure_ascii=False, indent=2) + "\n"


def read_saved(text: str | bytes, key: bytes | None, *, name: str, must_check: bool = True) -> Opened:
    """The plan in the file `name`.

    Raises CfaigError when it is no saved plan, is of a format that this version does not know, or was changed. With
    `must_check` false a plan that was sealed with a key may be read without it.
    """
    document = _parsed(text, name)
    seal = document["seal"]
    checked = _check_seal(document, seal, key, name, must_check=must_check)
    saved = _saved(document)
    if change_digests(saved.plan, saved.salt) != saved.basis.changes:
        raise _tampered(name)
    return Opened(saved, seal["method"], checked)


def _check_seal(
    document: Mapping[str, Any], seal: Mapping[str, str], key: bytes | None, name: str, *, must_check: bool
) -> bool:
    if seal["method"] == KEYED and key is None:
        if must_check:
            hint = f"set it to the key that the plan was made with: export {KEY_VARIABLE}=…"
            raise StalePlanError(f"{name} is sealed with a key, and {KEY_VARIABLE} is not set", hint)
        return False
    if seal["method"] == DIGEST and key is not None and must_check:
        hint = f"make the plan again with {KEY_VARIABLE} set"
        raise StalePlanError(f"{name} is not sealed with a key, and {KEY_VARIABLE} asks for that", hint)
    sealed = _seal(document, key if seal["method"] == KEYED else None)
    if not hmac.compare_digest(sealed, seal["digest"]):
        raise _tampered(name)
    return True


def _tampered(name: str) -> StalePlanError:
    return StalePlanError(
        f"{name} was changed after it was made, or {KEY_VARIABLE} is another one",
        "make the plan again: cfaig plan -o …",
    )


def _seal(document: Mapping[str, Any], key: bytes | None) -> str:
    content = canonical({name: value for name, value in document.items() if name != "seal"})
    return hmac.new(key, content, hashlib.sha256).hexdigest() if key else hashlib.sha256(content).hexdigest()


def _document(saved: SavedPlan) -> dict[str, Any]:
    return {
        "format": FORMAT,
        "tool": {"cfaig": saved.tool, "pulumi": saved.engine},
        "environment": saved.environment,
        "account": saved.account,
        "created": saved.created.strftime(_TIME),
        "expires": saved.expires.strftime(_TIME),
        "allow": list(saved.allow),
        "refused": [
            {"name": one.name, "reason": one.reason, "can_be_allowed": one.can_be_allowed} for one in saved.refused
        ],
        "plan": plan_document(saved.plan),
        "salt": saved.salt,
        "digests": {part.name: getattr(saved.basis, part.name) for part in fields(Basis)},
    }


def _saved(document: Mapping[str, Any]) -> SavedPlan:
    return SavedPlan(
        environment=document["environment"],
        account=document["account"],
        created=_time(document["created"]),
        expires=_time(document["expires"]),
        tool=document["tool"]["cfaig"],
        engine=document["tool"]["pulumi"],
        salt=document["salt"],
        allow=tuple(document["allow"]),
        refused=tuple(Refusal(**refusal) for refusal in document["refused"]),
        plan=plan_of(document["plan"]),
        basis=Basis(**document["digests"]),
    )


def _time(text: str) -> datetime:
    return datetime.strptime(text, _TIME).replace(tzinfo=UTC)


def _parsed(text: str | bytes, name: str) -> dict[str, Any]:
    """The document, valid by its schema."""
    try:
        document = strict_json(text)
    except ValueError as error:
        raise CfaigError(f"{name} is no saved plan: it is not JSON", "make one: cfaig plan -o plan.json") from error
    if not isinstance(document, dict) or "seal" not in document:
        known = isinstance(document, dict) and "changes" in document
        hint = "that is what plan --json prints; save one: cfaig plan -o plan.json" if known else None
        raise CfaigError(f"{name} is no saved plan", hint or "make one: cfaig plan -o plan.json")
    if document.get("format") != FORMAT:
        message = f"{name} has format {document.get('format')!r}; this version of cfaig knows {FORMAT}"
        raise StalePlanError(message, "apply it with the version of cfaig that made it, or plan again")
    if (problem := _problem(document)) is not None:
        raise StalePlanError(f"{name} is no saved plan: {problem}", "make the plan again: cfaig plan -o …")
    return document


def _problem(document: Mapping[str, Any]) -> str | None:
    """What is wrong with the document by its schema, at the first place."""
    error = next(iter(_validator().iter_errors(document)), None)
    return None if error is None else f"{error.json_path} is wrong"


@cache
def _validator() -> Any:
    from jsonschema import Draft202012Validator
    from referencing import Registry, Resource

    folder = resources.files("cfaig").joinpath("schemas")
    own, plan = (json.loads(folder.joinpath(name).read_text("utf-8")) for name in _SCHEMAS)
    registry: Registry[Any] = Registry().with_resource(_SCHEMAS[1], Resource.from_contents(plan))
    return Draft202012Validator(own, registry=registry)
