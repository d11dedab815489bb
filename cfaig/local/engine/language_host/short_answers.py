"""Answers that are short enough to write without the SDK's generated classes."""

from __future__ import annotations

import platform
import sys
from collections.abc import Callable
from typing import Final

from cfaig.local.engine.language_host.packages import required_plugins

LENGTH_DELIMITED: Final = 2  # protobuf's wire type of strings and messages


def field(number: int, content: str | bytes) -> bytes:
    """A protobuf field that is a string or a message: its tag, its length as a varint, its bytes."""
    data = content.encode() if isinstance(content, str) else content
    length = len(data)
    size = bytearray()
    while length > 0x7F:
        size.append(length & 0x7F | 0x80)
        length >>= 7
    size.append(length)
    return bytes([number << 3 | LENGTH_DELIMITED]) + bytes(size) + data


def about() -> bytes:
    """`AboutResponse`: 1 executable, 2 version."""
    return field(1, sys.executable) + field(2, platform.python_version())


def required_packages() -> bytes:
    """`GetRequiredPackagesResponse`: 1 packages, each with 1 name, 2 kind, 3 version, 4 server."""
    return b"".join(
        field(
            1,
            field(1, plugin.name) + field(2, "resource") + field(3, plugin.version) + field(4, plugin.server),
        )
        for plugin in required_plugins()
    )


def nothing() -> bytes:
    """An empty message: every field has its default."""
    return b""


SHORT_ANSWERS: Final[dict[str, Callable[[], bytes]]] = {
    "About": about,
    "Cancel": nothing,
    "GetPluginInfo": nothing,
    "GetRequiredPackages": required_packages,
    "Handshake": nothing,
    "RuntimeOptionsPrompts": nothing,
    "Template": nothing,
}
