"""The process of the local Cloudflare: `python -m cfaig.local.server --data FOLDER`."""

from __future__ import annotations

import argparse
import logging
import logging.handlers
import os
import signal
import socket
import sys
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from types import FrameType
from typing import Final

import uvicorn
from fastapi import FastAPI

from cfaig.errors import CfaigError
from cfaig.local.app import create_app
from cfaig.local.clock import now
from cfaig.local.files import Files, take_lock
from cfaig.local.listen import bind_exactly, bind_first_free
from cfaig.local.options import DEFAULT_PORT, HOST, Options, RateLimit
from cfaig.local.storage import Storage

EXIT_ERROR: Final = 1
EXIT_TAKEN: Final = 3
LOG_BYTES: Final = 2_000_000
SHUTDOWN_SECONDS: Final = 2
# Longer than clients keep a connection that they may use again: who closes first must be the one that knows of no call.
KEEP_ALIVE_SECONDS: Final = 120


def base_url(port: int) -> str:
    """Where the API of a local Cloudflare is."""
    return f"http://{HOST}:{port}/client/v4"


def parse_arguments(arguments: Sequence[str]) -> tuple[Path, int | None, Options]:
    """The data folder, the port that is wanted, and how to behave."""
    parser = argparse.ArgumentParser(prog="python -m cfaig.local.server", description=__doc__)
    parser.add_argument("--data", type=Path, required=True, help="folder of the database and the log")
    parser.add_argument("--port", type=int, help=f"exactly this port (default: {DEFAULT_PORT}, or a free one)")
    parser.add_argument("--account", action="append", default=[], metavar="ID", help="a further account")
    parser.add_argument("--gateway-limit", type=int, default=Options().gateway_limit, help="gateways per account")
    parser.add_argument("--latency", type=float, default=0.0, help="seconds to wait before every answer")
    parser.add_argument("--secret-delay", type=float, default=0.0, help="seconds that a new secret stays pending")
    parser.add_argument("--default-store", action="store_true", help="begin with the store default_secrets_store")
    parser.add_argument("--rate-limit", type=int, metavar="CALLS", help="calls per token and window (Cloudflare: 1200)")
    parser.add_argument("--rate-window", type=float, default=RateLimit().window, help="seconds of a window")
    parser.add_argument("--seed", type=int, help="fixes the draws of percentage splits")
    given = parser.parse_args(arguments)
    options = Options(
        further_accounts=tuple(given.account),
        gateway_limit=given.gateway_limit,
        latency=given.latency,
        secret_delay=given.secret_delay,
        default_store=given.default_store,
        seed=given.seed,
    )
    if given.rate_limit is not None:
        options = replace(options, rate_limit=RateLimit(given.rate_limit, given.rate_window))
    return given.data, given.port, options


def _tellable(record: logging.LogRecord) -> bool:
    """Whether uvicorn's line belongs into the log.

    WebSockets' do not: their addresses hold keys of providers. Nor do its complaints about answers that break off, or
    handshakes that are refused, on purpose.
    """
    return "WebSocket %s" not in str(record.msg) and "without completing" not in str(record.msg)


def _log_to(path: Path) -> None:
    handler = logging.handlers.RotatingFileHandler(path, maxBytes=LOG_BYTES, backupCount=1, encoding="utf-8")
    handler.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(message)s"))
    logging.basicConfig(level=logging.INFO, handlers=[handler])
    logging.getLogger("uvicorn.error").addFilter(_tellable)
    # They tell each request with its whole address, where providers' keys may be.
    for name in ("httpx", "websockets"):
        logging.getLogger(name).setLevel(logging.WARNING)


def _listen(files: Files, port: int | None) -> socket.socket:
    if port is not None:
        return bind_exactly(port)
    remembered = files.remembered_port()
    return bind_first_free([remembered or DEFAULT_PORT, DEFAULT_PORT])


def serve(files: Files, port: int | None, options: Options) -> None:
    """Serve until a signal ends it.

    Raises CfaigError when the port or the database cannot be had.
    """
    storage = Storage(files.database)
    files.database.chmod(0o600)
    listening = _listen(files, port)
    _log_to(files.log)
    taken = int(listening.getsockname()[1])
    app = create_app(options, storage, taken)
    record = {"pid": os.getpid(), "port": taken, "url": base_url(taken), "account": options.account, "started": now()}
    files.write_record(record)
    try:
        uvicorn.Server(server_config(app)).run(sockets=[listening])
    finally:
        files.record.unlink(missing_ok=True)
        storage.close()


def server_config(app: FastAPI) -> uvicorn.Config:
    """How the app is served."""
    return uvicorn.Config(
        app,
        log_config=None,
        access_log=False,
        lifespan="on",
        ws="websockets-sansio",
        timeout_keep_alive=KEEP_ALIVE_SECONDS,
        timeout_graceful_shutdown=SHUTDOWN_SECONDS,
    )


def _leave(number: int, frame: FrameType | None) -> None:  # noqa: ARG001 (the signature of signal handlers)
    # uvicorn raises the signal again when it has shut down; with the default action the clean-up would not run.
    sys.exit(0)


def main(arguments: Sequence[str] | None = None) -> int:
    """Serve one data folder; 3 when another process already does."""
    data, port, options = parse_arguments(sys.argv[1:] if arguments is None else arguments)
    files = Files(data)
    try:
        files.make_folder()
        if take_lock(files.server_lock) is None:
            sys.stderr.write(f"another local Cloudflare serves {data}\n")
            return EXIT_TAKEN
        signal.signal(signal.SIGTERM, _leave)
        serve(files, port, options)
    except CfaigError as error:
        sys.stderr.write(f"{error.message}\n{error.hint or ''}\n")
        return EXIT_ERROR
    except KeyboardInterrupt:
        return 0
    return 0


if __name__ == "__main__":
    sys.exit(main())
