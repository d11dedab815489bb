"""From a reference to its value: each secret is looked up once in a run."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TypeAlias

from cfaig.errors import CfaigError
from cfaig.secrets.reference import (
    ENV_SCHEME,
    FILE_SCHEME,
    FORMS,
    PULUMI_SCHEME,
    VAULT_SCHEME,
    is_reference,
    is_well_formed,
    stand_in,
    vault_place,
)
from cfaig.secrets.vault import VaultReader

StackConfig: TypeAlias = Callable[[str], str]
"""Gives the value of a name in the stack's configuration; raises CfaigError when there is none."""


def resolve(reference: str, environ: Mapping[str, str], *, used_by: str | None = None) -> str:
    """The secret that `reference` points to, for one use; `used_by` says in an error what needs it.

    Raises CfaigError when it is not there, is empty, or `reference` is none.
    """
    return Resolver(environ).value(reference, used_by)


@dataclass(frozen=True, slots=True)
class Resolver:
    """Gives values for references: the real ones, or stand-ins where nothing secret may be stored.

    `stack_config` answers `pulumi://` references; it is not called before the first of them. What was found, or was
    not, is kept: Vault and the engine are asked once for each secret.
    """

    environ: Mapping[str, str] = field(repr=False)
    stand_ins: bool = False
    stack_config: StackConfig | None = field(default=None, repr=False)
    _vault: VaultReader = field(init=False, repr=False, compare=False)
    _found: dict[str, str | CfaigError] = field(default_factory=dict, init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "_vault", VaultReader(self.environ))

    def value(self, reference: str, used_by: str | None = None) -> str:
        """The value for `reference`, needed by `used_by`.

        Raises CfaigError as `resolve` does, also with stand-ins when `reference` is clear text.
        """
        if self.stand_ins and is_reference(reference):
            return stand_in(reference)
        if reference not in self._found:
            try:
                self._found[reference] = self._look_up(reference)
            except CfaigError as error:
                self._found[reference] = error
        found = self._found[reference]
        if isinstance(found, CfaigError):
            raise CfaigError(found.message + (f" (for {used_by})" if used_by else ""), found.hint) from found
        return found

    def without(self, references: Iterable[str]) -> Resolver:
        """The same, but for `references`, which it does not find."""
        other = replace(self)
        missing = {reference: CfaigError(f"{reference} is not looked up here") for reference in references}
        other._found.update(self._found | missing)  # noqa: SLF001 (one of our own)
        return other

    def _look_up(self, reference: str) -> str:
        if not is_reference(reference):
            raise CfaigError("a secret is given in clear text", f"write a reference in its place: {FORMS}")
        if not is_well_formed(reference):
            raise CfaigError(f"{reference} is not a reference that can be read", f"write {FORMS}")
        if reference.startswith(ENV_SCHEME):
            return _from_environment(reference.removeprefix(ENV_SCHEME), self.environ)
        if reference.startswith(FILE_SCHEME):
            return _from_file(Path(reference.removeprefix(FILE_SCHEME)))
        if reference.startswith(VAULT_SCHEME):
            return self._vault.value(vault_place(reference))
        return self._from_stack(reference.removeprefix(PULUMI_SCHEME))

    def _from_stack(self, name: str) -> str:
        if self.stack_config is None:
            raise CfaigError(f"pulumi://{name} can only be read where the stack is known")
        value = self.stack_config(name)
        if not value:
            raise CfaigError(f"{name} in the stack's configuration is empty", f"pulumi config set --secret {name}")
        return value


def _from_environment(name: str, environ: Mapping[str, str]) -> str:
    value = environ.get(name, "")
    if not value:
        state = "is empty" if name in environ else "is not set"
        raise CfaigError(f"the environment variable {name} {state}", f"set it first: export {name}=…")
    return value


def _from_file(path: Path) -> str:
    try:
        value = path.expanduser().read_text("utf-8").removesuffix("\n").removesuffix("\r")
    except OSError as error:
        raise CfaigError(f"cannot read the secret file {path}: {error.strerror}") from None
    except UnicodeDecodeError:
        raise CfaigError(f"the secret file {path} is not UTF-8 text") from None
    if not value:
        raise CfaigError(f"the secret file {path} is empty")
    return value
