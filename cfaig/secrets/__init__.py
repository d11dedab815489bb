"""Secret references: what definitions say in place of a secret, and how its value is found when it is needed.

| reference | where the value is |
| --- | --- |
| `env://NAME` | an environment variable, or the project's `.env` |
| `file://PATH` | a file; a newline at its end does not count |
| `vault://MOUNT/PATH#FIELD` | HashiCorp Vault (or OpenBao), KV version 1 or 2 |
| `pulumi://NAME` | the stack's configuration: `pulumi config set --secret NAME` |

A value is never part of an error, a log line or a repr. What needs a library or a network is loaded when the first
reference of its kind is resolved.
"""

from __future__ import annotations

from cfaig.secrets.reference import (
    ENV_SCHEME,
    FILE_SCHEME,
    FORMS,
    PULUMI_SCHEME,
    SCHEMES,
    STAND_IN_PREFIX,
    VAULT_SCHEME,
    is_reference,
    is_well_formed,
    stand_in,
)
from cfaig.secrets.resolver import Resolver, StackConfig, resolve

__all__ = [
    "ENV_SCHEME",
    "FILE_SCHEME",
    "FORMS",
    "PULUMI_SCHEME",
    "SCHEMES",
    "STAND_IN_PREFIX",
    "VAULT_SCHEME",
    "Resolver",
    "StackConfig",
    "is_reference",
    "is_well_formed",
    "resolve",
    "stand_in",
]
