"""The forms of secret references; nothing here looks a secret up."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path
from typing import Final

ENV_SCHEME: Final = "env://"
FILE_SCHEME: Final = "file://"
VAULT_SCHEME: Final = "vault://"
PULUMI_SCHEME: Final = "pulumi://"
SCHEMES: Final = (ENV_SCHEME, FILE_SCHEME, VAULT_SCHEME, PULUMI_SCHEME)
FORMS: Final = "env://NAME, file://PATH, vault://MOUNT/PATH#FIELD or pulumi://NAME"
STAND_IN_PREFIX: Final = "local-stand-in-"

_VARIABLE: Final = r"\$\{(?:environment|account)\}"
_CONFIG_NAME: Final = rf"(?:[A-Za-z0-9_.-]|{_VARIABLE})+"
# Variables may still stand in it. schemas/gateway.schema.json says the same; a test holds the two against each other.
PATTERN: Final = (
    rf"^(?:env://(?:[A-Za-z0-9_]|{_VARIABLE})+|file://.+"
    rf"|vault://(?:[^/#?\s]+/)+[^/#?\s]+#[^#\s]+|pulumi://(?:{_CONFIG_NAME}:)?{_CONFIG_NAME})$"
)
_FORM: Final = re.compile(PATTERN)


@dataclass(frozen=True, slots=True)
class VaultPlace:
    """Where Vault has a secret: `path` begins with the mount, of which only Vault knows how long it is."""

    path: str
    field: str


def is_reference(text: str) -> bool:
    """Whether `text` points to a secret and is not a value itself."""
    return text.startswith(SCHEMES)


def is_well_formed(reference: str) -> bool:
    """Whether `reference` has the form that its scheme asks for."""
    return _FORM.fullmatch(reference) is not None


def stand_in(reference: str) -> str:
    """The value that takes a secret's place in the environment `local`: tells which secret, and is none."""
    name = reference.partition("://")[2]
    return STAND_IN_PREFIX + (Path(name).name if reference.startswith(FILE_SCHEME) else name)


def vault_place(reference: str) -> VaultPlace:
    """What a well-formed `vault://` reference points to."""
    path, _, field = reference.removeprefix(VAULT_SCHEME).partition("#")
    return VaultPlace(path, field)
