"""A salted hash of a key: enough to tell whether a key is the one that was stored, not enough to guess it."""

from __future__ import annotations

import hashlib
import secrets


def fingerprint(key: str, salt: str | None = None) -> str:
    """`<salt>:<16 hex digits of SHA-256 of salt and key>`; a new salt each time when none is given."""
    chosen = secrets.token_hex(8) if salt is None else salt
    return f"{chosen}:{hashlib.sha256((chosen + key).encode()).hexdigest()[:16]}"


def is_of(known: str | None, key: str) -> bool:
    """Whether a fingerprint is that of this key."""
    return bool(known) and fingerprint(key, str(known).partition(":")[0]) == known
