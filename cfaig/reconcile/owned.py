"""What the stack owns: the only resources that a plan may change or delete without asking for adoption."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field

from cfaig.reconcile.change import ResourceKey

FINGERPRINT_DIGITS = 16


@dataclass(frozen=True, slots=True)
class Owned:
    """The resources in the stack's state.

    `key_fingerprints` tells which key was written last for each provider key (see `key_matches`); `protected` are the
    resources that the stack refuses to delete. With `known` false the state could not be read: what is live and
    desired counts as owned, and nothing is deleted. `unknown_keys` are provider keys of which nobody knows what was
    written: they were imported. `unfinished` were being made when a run was killed: if they are live, they are the
    stack's, although it does not hold them yet.
    """

    resources: frozenset[ResourceKey] = frozenset()
    key_fingerprints: Mapping[ResourceKey, str] = field(default_factory=dict)
    protected: frozenset[ResourceKey] = frozenset()
    known: bool = True
    unknown_keys: frozenset[ResourceKey] = frozenset()
    unfinished: frozenset[ResourceKey] = frozenset()

    def owns(self, key: ResourceKey) -> bool:
        """Whether a live and desired resource is the stack's own."""
        return not self.known or key in self.resources or key in self.unfinished


def key_matches(fingerprint: str, key: str) -> bool:
    """Whether `fingerprint`, a text `<salt>:<hex digits>`, was made from the provider key `key`."""
    salt, _, digits = fingerprint.partition(":")
    return hashlib.sha256((salt + key).encode()).hexdigest()[:FINGERPRINT_DIGITS] == digits
