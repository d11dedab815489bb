"""Starting, stopping and clearing the local Cloudflare of a project; each can be repeated and raced without harm."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from cfaig.errors import CfaigError
from cfaig.live.connections import Connections, NoReplyError
from cfaig.local.edge.model import Edge, read_edges
from cfaig.local.files import Files, is_locked, locked
from cfaig.local.options import TOKEN
from cfaig.project import Project
from cfaig.strict_json import strict_json

START_SECONDS: Final = 20.0
STOP_SECONDS: Final = 3.0
ASK_SECONDS: Final = 2.0
EDGE_SECONDS: Final = 60.0
LOG_TAIL: Final = 12

# Servers that this process has started: they live on without it, but while it lives it has to collect them.
_CHILDREN: Final[dict[int, subprocess.Popen[bytes]]] = {}


@dataclass(frozen=True, slots=True)
class LocalServer:
    """A local Cloudflare that answers. `url` is the base of the API, `page` the address for a browser.

    `fresh` tells that this call has started it.
    """

    url: str
    pid: int
    account: str
    port: int
    started: str
    token: str = TOKEN
    fresh: bool = False

    @property
    def page(self) -> str:
        """The address of the page that shows what exists."""
        return self.url.removesuffix("client/v4")

    @property
    def gateways(self) -> str:
        """What comes before the id of a gateway in the address of a call."""
        return f"{self.page}v1/{self.account}/"


@dataclass(frozen=True, slots=True)
class LocalStatus:
    """Whether a local Cloudflare runs, and what is left of one. `answers` is false when it runs but hangs."""

    server: LocalServer | None
    answers: bool
    folder: Path
    log: Path
    has_data: bool


def files_of(project: Project) -> Files:
    """The files of the project's local Cloudflare."""
    return Files(project.work / "local")


def start(project: Project, *, port: int | None = None, arguments: Sequence[str] = ()) -> LocalServer:
    """Start the project's local Cloudflare, or find it running; returns when it answers.

    `arguments` are further ones of `python -m cfaig.local.server`; they count only when it is not running yet.
    Raises CfaigError when it does not come up, with the end of its log.
    """
    files = files_of(project)
    files.make_folder()
    with locked(files.start_lock, START_SECONDS + STOP_SECONDS):
        if is_locked(files.server_lock) and (server := _running(files, port)) is not None:
            return server
        files.record.unlink(missing_ok=True)
        wanted = ["--data", str(files.folder.resolve()), *arguments]
        process = _spawn(files, wanted if port is None else [*wanted, "--port", str(port)])
        return _wait_until_it_answers(files, process)


def _spawn(files: Files, arguments: Sequence[str]) -> subprocess.Popen[bytes]:
    with files.log.open("ab") as log:
        process = subprocess.Popen(
            [sys.executable, "-m", "cfaig.local.server", *arguments],
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=log,
            start_new_session=True,
            env=_environment(),
        )
    _CHILDREN[process.pid] = process
    return process


def _environment() -> dict[str, str]:
    """The environment without credentials, which the server must not even see; with the place of this package."""
    kept = {name: value for name, value in os.environ.items() if not _is_secret(name)}
    roots = [str(Path(__file__).parents[2]), *filter(None, [os.environ.get("PYTHONPATH")])]
    return kept | {"PYTHONPATH": os.pathsep.join(roots)}


def _is_secret(name: str) -> bool:
    return any(word in name.upper() for word in ("TOKEN", "KEY", "SECRET", "PASSWORD", "PASSPHRASE"))


def _running(files: Files, port: int | None) -> LocalServer | None:
    """The server that has the lock; None when it was about to end."""
    deadline = time.monotonic() + START_SECONDS
    while time.monotonic() < deadline:
        if not is_locked(files.server_lock):
            return None
        server = _recorded(files, fresh=False)
        if server is not None and _answers(server):
            if port is not None and server.port != port:
                raise CfaigError(
                    f"the local Cloudflare already runs on port {server.port}", "stop it first: cfaig local down"
                )
            return server
        time.sleep(0.05)
    raise CfaigError("the local Cloudflare runs but does not answer", "end it and start again: cfaig local down")


def _wait_until_it_answers(files: Files, process: subprocess.Popen[bytes]) -> LocalServer:
    deadline = time.monotonic() + START_SECONDS
    while time.monotonic() < deadline:
        if process.poll() is not None:
            raise CfaigError(f"the local Cloudflare did not start\n{_log_tail(files)}".rstrip(), f"log: {files.log}")
        server = _recorded(files, fresh=True)
        if server is not None and _answers(server):
            return server
        time.sleep(0.02)
    process.kill()
    process.wait()
    raise CfaigError("the local Cloudflare did not answer in time", f"log: {files.log}")


def _log_tail(files: Files) -> str:
    try:
        return "\n".join(files.log.read_text(errors="replace").splitlines()[-LOG_TAIL:])
    except OSError:
        return ""


def _recorded(files: Files, *, fresh: bool) -> LocalServer | None:
    record: dict[str, Any] | None = files.read_record()
    if record is None:
        return None
    try:
        return LocalServer(
            url=str(record["url"]),
            pid=int(record["pid"]),
            account=str(record["account"]),
            port=int(record["port"]),
            started=str(record["started"]),
            fresh=fresh,
        )
    except (KeyError, TypeError, ValueError):
        return None


def _answers(server: LocalServer) -> bool:
    return _ask(server, "GET", "status") is not None


def _cleared(server: LocalServer) -> bool:
    return _ask(server, "POST", "reset") is not None


def _ask(
    server: LocalServer,
    method: str,
    what: str,
    body: Mapping[str, Any] | None = None,
    seconds: float = ASK_SECONDS,
) -> dict[str, Any] | None:
    """What the server says to an order, or None when it did not carry it out."""
    headers = {"Authorization": f"Bearer {server.token}"}
    try:
        with closing(Connections(server.page, seconds)) as connections:
            reply = connections.call(method, f"{server.page}__local/{what}", headers, body)
        told = strict_json(reply.content) if reply.good else None
    except (NoReplyError, ValueError):
        return None
    return told if isinstance(told, dict) else None


def real_upstreams(server: LocalServer) -> dict[str, str]:
    """Which providers are real there: addresses by slug, see `cfaig.local.gateway.addresses`."""
    told = _ask(server, "GET", "upstreams/real") or {}
    return dict(told.get("result") or {})


def choose_upstreams(server: LocalServer, addresses: Mapping[str, str]) -> None:
    """Choose which providers are real.

    Raises CfaigError when the server does not take it.
    """
    if _ask(server, "PUT", "upstreams/real", addresses) is None:
        raise CfaigError("the local Cloudflare did not take the upstreams", "start it again: cfaig local down")


def edges(server: LocalServer) -> tuple[Edge, ...]:
    """The Workers there, and where they answer."""
    return read_edges((_ask(server, "GET", "edges") or {}).get("result") or ())


def start_edges(server: LocalServer) -> tuple[Edge, ...]:
    """As `edges`, after those have been started that did not run yet."""
    return read_edges((_ask(server, "POST", "edges", seconds=EDGE_SECONDS) or {}).get("result") or ())


def status(project: Project) -> LocalStatus:
    """What is there, without changing anything."""
    files = files_of(project)
    server = _recorded(files, fresh=False) if is_locked(files.server_lock) else None
    answers = server is not None and _answers(server)
    return LocalStatus(server, answers, files.folder, files.log, files.database.exists())


def stop(project: Project) -> bool:
    """End the project's local Cloudflare, by force if it hangs; whether there was one. Its data stays.

    Raises CfaigError when it cannot be ended.
    """
    files = files_of(project)
    if not files.folder.exists():
        return False
    with locked(files.start_lock, START_SECONDS + STOP_SECONDS):
        return _stop(files)


def _stop(files: Files) -> bool:
    if not is_locked(files.server_lock):
        files.record.unlink(missing_ok=True)
        return False
    server = _recorded(files, fresh=False)
    if server is None:
        raise CfaigError(
            "the local Cloudflare runs, but its server.json is gone",
            f"end the process that holds {files.server_lock} by hand",
        )
    for number in (signal.SIGTERM, signal.SIGKILL):
        _signal(server.pid, number)
        if _ends(files):
            files.record.unlink(missing_ok=True)
            return True
    raise CfaigError(f"the local Cloudflare (process {server.pid}) cannot be ended", "end it by hand")


def _signal(pid: int, number: signal.Signals) -> None:
    try:
        os.kill(pid, number)
    except ProcessLookupError:
        return
    except PermissionError as error:
        raise CfaigError(
            f"the local Cloudflare (process {pid}) belongs to somebody else", "end it as its owner"
        ) from error


def _ends(files: Files) -> bool:
    deadline = time.monotonic() + STOP_SECONDS
    while time.monotonic() < deadline:
        for pid in [pid for pid, child in _CHILDREN.items() if child.poll() is not None]:
            del _CHILDREN[pid]
        if not is_locked(files.server_lock):
            return True
        time.sleep(0.02)
    return False


def reset(project: Project) -> LocalServer | None:
    """Delete everything that the local Cloudflare holds, whether it runs or not; one that runs goes on running.

    Raises CfaigError when it hangs and cannot be ended.
    """
    files = files_of(project)
    if not files.folder.exists():
        return None
    with locked(files.start_lock, START_SECONDS + STOP_SECONDS):
        server = _recorded(files, fresh=False) if is_locked(files.server_lock) else None
        if server is not None and _cleared(server):
            return server
        ran = _stop(files)
        for name in ("cloudflare.db", "cloudflare.db-wal", "cloudflare.db-shm"):
            (files.folder / name).unlink(missing_ok=True)
    return start(project) if ran else None
