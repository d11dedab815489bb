"""Text from strangers, made fit to be shown."""

from __future__ import annotations


def printable(text: str) -> str:
    """`text` without control characters: a name in an account, or what a client sent, must not move the cursor."""
    return "".join(char if char.isprintable() else f"\\x{ord(char):02x}" for char in text)
