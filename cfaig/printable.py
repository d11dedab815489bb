"""Text from strangers, made fit to be shown."""

from __future__ import annotations

from collections.abc import Sequence


def printable(text: str) -> str:
    """`text` without control characters: a name in an account, or what a client sent, must not move the cursor."""
    return "".join(char if char.isprintable() else f"\\x{ord(char):02x}" for char in text)


def first_few(told: Sequence[str], most: int) -> str:
    """A list for a sentence, of which not more than `most` are told by name."""
    return ", ".join(told[:most]) + (f" and {len(told) - most} more" if len(told) > most else "")
