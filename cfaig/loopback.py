"""What this machine calls itself."""

from __future__ import annotations

from typing import Final

LOOPBACK: Final = frozenset({"127.0.0.1", "::1", "localhost"})
"""Hosts of addresses that no proxy can reach, and where http:// shows nothing to anybody."""
