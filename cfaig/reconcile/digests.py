"""Digests of values: the same text for the same value, and no way back from it."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from functools import cache
from typing import Final

from cfaig.json_types import Json

_DIGITS: Final = 32
# What trying out one guess at a secret costs: about 20 ms.
_SECRET_ROUNDS: Final = 50_000


def canonical(value: Json) -> bytes:
    """`value` as JSON in its one canonical spelling, whatever the order of its keys."""
    return json.dumps(value, ensure_ascii=True, allow_nan=False, sort_keys=True, separators=(",", ":")).encode()


@dataclass(frozen=True, slots=True)
class Digests:
    """Makes digests with a salt, so that those of two plans say nothing about one another."""

    salt: str

    def of(self, value: Json) -> str:
        """The digest of a value that is no secret: 128 bits of SHA-256 in hex digits."""
        return hashlib.sha256(self.salt.encode() + canonical(value)).hexdigest()[:_DIGITS]

    def of_secret(self, secret: Json) -> str:
        """The digest of a secret: slow (PBKDF2), so that guessing a weak one from it is slow too."""
        return _slow(self.salt, canonical(secret))


@cache
def _slow(salt: str, secret: bytes) -> str:
    return hashlib.pbkdf2_hmac("sha256", secret, salt.encode(), _SECRET_ROUNDS).hex()[:_DIGITS]
