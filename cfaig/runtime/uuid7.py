"""UUIDs of version 7: their order is that of their times (RFC 9562, 5.7)."""

from __future__ import annotations

import random
import uuid


def uuid7(at: float, source: random.Random) -> str:
    """A new one for Unix time `at`; log ids are of this kind (facts/ai-gateway.md 4.11)."""
    bits = (int(at * 1000) & (1 << 48) - 1) << 80 | 0x7 << 76 | source.getrandbits(12) << 64
    return str(uuid.UUID(int=bits | 0b10 << 62 | source.getrandbits(62)))
