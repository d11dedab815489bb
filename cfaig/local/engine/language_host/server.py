"""Serving the protocol, with as little work as possible before the first answer.

`pulumi up` and `pulumi preview` start two language hosts: one runs the program, the other only answers `About`.
Loading the SDK takes 0.2 s, so the short answers are given without it. The one that runs the program is asked first
what it requires; the SDK is loaded while the engine works on that answer.
"""

from __future__ import annotations

import os
import queue
import signal
import sys
import threading
import time
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import suppress
from typing import TYPE_CHECKING

import grpc

from cfaig.local.engine.language_host.short_answers import SHORT_ANSWERS

if TYPE_CHECKING:
    from pulumi.runtime.proto import language_pb2

THREADS = 16
PARENT_CHECK_SECONDS = 1.0
MAX_MESSAGE_BYTES = 400 * 1024 * 1024  # what the engine allows
SERVICE = "pulumirpc.LanguageRuntime"


class MainThread:
    """Programs run in the main thread, as under the official host: some libraries insist on it."""

    def __init__(self) -> None:
        self._jobs: queue.SimpleQueue[Callable[[], None]] = queue.SimpleQueue()

    def call(self, work: Callable[[], language_pb2.RunResponse]) -> language_pb2.RunResponse:
        """Have the main thread do `work`, and wait for its result."""
        done: Future[language_pb2.RunResponse] = Future()

        def job() -> None:
            try:
                done.set_result(work())
            except BaseException as error:  # noqa: BLE001 the caller gets it, whatever it is
                done.set_exception(error)

        self._jobs.put(job)
        return done.result()

    def prepare(self, work: Callable[[], object]) -> None:
        """Have the main thread do `work` ahead of time; where it fails, the call that needs it will say so."""

        def job() -> None:
            with suppress(Exception):
                work()

        self._jobs.put(job)

    def run(self) -> None:
        """Do what is asked, for ever."""
        while True:
            self._jobs.get()()


class Handlers(grpc.GenericRpcHandler):
    """Answers the short calls itself; loads the SDK with the first other one."""

    def __init__(self, engine_address: str, main_thread: MainThread) -> None:
        self._engine_address = engine_address
        self._main_thread = main_thread
        self._lock = threading.Lock()
        self._full: grpc.GenericRpcHandler | None = None

    def service(self, details: grpc.HandlerCallDetails) -> grpc.RpcMethodHandler[bytes, bytes] | None:
        """The handler of one call."""
        service, _, method = details.method.lstrip("/").partition("/")
        if service != SERVICE:
            return None
        if method in SHORT_ANSWERS:
            answer = SHORT_ANSWERS[method]
            if method == "GetRequiredPackages":
                self._main_thread.prepare(self._loaded)
            return grpc.unary_unary_rpc_method_handler(lambda _request, _context: answer())
        return self._loaded().service(details)

    def _loaded(self) -> grpc.GenericRpcHandler:
        with self._lock:
            if self._full is None:
                from cfaig.local.engine.language_host.service import handlers

                self._full = handlers(self._engine_address, self._main_thread.call)
            return self._full


def serve() -> None:
    """Serve on a free port of the loopback interface until a signal comes or the engine is gone."""
    engine_address = sys.argv[-1]
    main_thread = MainThread()
    limits = [
        ("grpc.max_receive_message_length", MAX_MESSAGE_BYTES),
        ("grpc.max_send_message_length", MAX_MESSAGE_BYTES),
    ]
    server = grpc.server(ThreadPoolExecutor(THREADS), options=limits)
    server.add_generic_rpc_handlers((Handlers(engine_address, main_thread),))
    port = server.add_insecure_port("127.0.0.1:0")
    server.start()
    threading.Thread(target=_end_with_engine, args=(os.getppid(),), daemon=True).start()
    print(port, flush=True)
    main_thread.run()


def _end_with_engine(engine: int) -> None:
    """An engine that was killed cannot end its plugins; the program must not go on without it."""
    while os.getppid() == engine:
        time.sleep(PARENT_CHECK_SECONDS)
    if os.getpgrp() == os.getpid():
        os.killpg(os.getpgrp(), signal.SIGTERM)
    os._exit(1)
