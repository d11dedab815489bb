"""Finding a port to listen on."""

from __future__ import annotations

import errno
import socket
from collections.abc import Iterable

from cfaig.errors import CfaigError
from cfaig.local.options import HOST


def bind(port: int) -> socket.socket:
    """A listening loopback socket; port 0 takes a free one. Raises OSError when the port is taken."""
    # With the protocol named, asyncio turns Nagle's algorithm off; without it every answer takes 40 ms longer.
    bound = socket.socket(socket.AF_INET, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    try:
        bound.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        bound.bind((HOST, port))
        # Only listening tells whether the port is really free: two sockets can be bound to it with SO_REUSEADDR.
        bound.listen(128)
    except OSError:
        bound.close()
        raise
    return bound


def bind_first_free(wanted: Iterable[int]) -> socket.socket:
    """A socket on the first of these ports that is free, or else on any free port."""
    for port in wanted:
        try:
            return bind(port)
        except OSError as error:
            if error.errno not in {errno.EADDRINUSE, errno.EACCES}:
                raise
    return bind(0)


def bind_exactly(port: int) -> socket.socket:
    """A socket on this port; raises CfaigError when something else has it."""
    try:
        return bind(port)
    except OSError as error:
        raise CfaigError(
            f"port {port} cannot be used: {error.strerror}", "name another port, or none: a free one is found"
        ) from error
