"""A plugin as a process: it prints its port, serves, and ends at once when it is asked to."""

from __future__ import annotations

import os
import signal
import sys
import threading
from concurrent.futures import ThreadPoolExecutor
from types import FrameType

import grpc
from pulumi.runtime.proto import provider_pb2_grpc

from cfaig.provider.plugin import Plugin
from cfaig.provider.servicer import ProviderServicer

# The engine runs up to 16 operations per CPU at once; most of ours wait for the network.
THREADS = 32
PARENT_CHECK_SECONDS = 1.0
MAX_MESSAGE_BYTES = 400 * 1024 * 1024  # what the engine allows


def start(plugin: Plugin) -> tuple[grpc.Server, int]:
    """Serve on a free port of the loopback interface."""
    limits = [
        ("grpc.max_receive_message_length", MAX_MESSAGE_BYTES),
        ("grpc.max_send_message_length", MAX_MESSAGE_BYTES),
    ]
    server = grpc.server(ThreadPoolExecutor(THREADS), options=limits)
    provider_pb2_grpc.add_ResourceProviderServicer_to_server(ProviderServicer(plugin), server)
    port = server.add_insecure_port("127.0.0.1:0")
    server.start()
    return server, port


def serve(plugin: Plugin) -> None:
    """Serve until a signal comes or the engine is gone; does not return.

    The engine ends a plugin with SIGINT and waits five seconds for it, so it ends at once. A plugin whose engine was
    killed must not go on writing: a new run would meet it.
    """
    asked_to_end = threading.Event()

    def end(_signal: int, _frame: FrameType | None) -> None:
        asked_to_end.set()

    signal.signal(signal.SIGINT, end)
    signal.signal(signal.SIGTERM, end)
    engine = os.getppid()
    _server, port = start(plugin)
    print(port, flush=True)
    while not asked_to_end.wait(PARENT_CHECK_SECONDS) and os.getppid() == engine:
        pass
    sys.stdout.flush()
    os._exit(0)
