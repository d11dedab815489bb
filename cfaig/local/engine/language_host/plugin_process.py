"""Running a policy pack, or another plugin written in Python, as a process of its own."""

from __future__ import annotations

import queue
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import IO, cast

import grpc
from pulumi.runtime.proto import language_pb2

CHUNK_BYTES = 64 * 1024


def run_plugin(
    request: language_pb2.RunPluginRequest, context: grpc.ServicerContext
) -> Iterator[language_pb2.RunPluginResponse]:
    """Start the plugin, hand on what it writes, and at last its exit code; it ends when the engine gives up the call.

    An analyzer is a policy pack: the SDK's `pulumi.policy` runs its folder.
    """
    folder = request.info.program_directory or request.program
    interpreter = python_of(folder, dict(request.info.options.items()).get("virtualenv", ""))
    if request.kind == "analyzer":
        command = [interpreter, "-u", "-m", "pulumi.policy", *request.args, folder]
    else:
        command = [interpreter, "-u", folder, *request.args]
    with subprocess.Popen(
        command,
        cwd=request.pwd or None,
        env=dict(entry.split("=", 1) for entry in request.env if "=" in entry),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    ) as process:
        context.add_callback(process.terminate)
        yield from _output(process)
        yield language_pb2.RunPluginResponse(exitcode=process.wait())


def python_of(folder: str, virtualenv: object) -> str:
    """The interpreter of the plugin's own virtual environment; ours when it has none."""
    own = Path(folder, str(virtualenv), "bin", "python") if virtualenv else None
    return str(own) if own is not None and own.is_file() else sys.executable


def _output(process: subprocess.Popen[bytes]) -> Iterator[language_pb2.RunPluginResponse]:
    """What the process writes, as it comes, until it has closed both streams."""
    written: queue.SimpleQueue[language_pb2.RunPluginResponse | None] = queue.SimpleQueue()

    def follow(stream: IO[bytes], name: str) -> None:
        while data := stream.read1(CHUNK_BYTES):  # type: ignore[attr-defined] # a buffered reader
            written.put(
                language_pb2.RunPluginResponse(stdout=data)
                if name == "stdout"
                else language_pb2.RunPluginResponse(stderr=data)
            )
        written.put(None)

    streams = {"stdout": cast("IO[bytes]", process.stdout), "stderr": cast("IO[bytes]", process.stderr)}
    for name, stream in streams.items():
        threading.Thread(target=follow, args=(stream, name), daemon=True).start()
    open_streams = len(streams)
    while open_streams:
        message = written.get()
        if message is None:
            open_streams -= 1
        else:
            yield message
