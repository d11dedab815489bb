"""The deployable Worker on real workerd, with bindings as Cloudflare would have them."""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from importlib.resources import files
from pathlib import Path

from tests.npm import installed_node

EDGE = Path(__file__).parents[2] / "edge"
SECONDS = 60


def workerd() -> Path:
    """The binary; skips the test where there is no Node."""
    node = installed_node(EDGE)
    told = subprocess.run(
        (node, "-p", "const w = require('workerd'); w.default ?? w"),
        cwd=EDGE,
        capture_output=True,
        text=True,
        check=True,
    )
    return Path(told.stdout.strip())


@contextmanager
def serving(folder: Path, texts: Mapping[str, str], secrets: Mapping[str, str]) -> Iterator[str]:
    """The address of the Worker with these JSON bindings (texts of JSON) and secrets; it may call this machine."""
    worker = files("cfaig.edge").joinpath("worker.js").read_text("utf-8")
    (folder / "worker.js").write_text(worker)
    (folder / "config.capnp").write_text(_config(texts, secrets))
    read, write = os.pipe()
    with (folder / "talk.txt").open("wb") as talk:
        process = subprocess.Popen(
            (workerd(), "serve", f"--control-fd={write}", folder / "config.capnp"),
            pass_fds=(write,),
            stdout=talk,
            stderr=talk,
        )
    os.close(write)
    late = threading.Timer(SECONDS, process.kill)
    late.start()
    try:
        with open(read, encoding="utf-8") as control:  # noqa: PTH123 (a file descriptor)
            line = next((line for line in control if '"listen"' in line), None)
            assert line is not None, (folder / "talk.txt").read_text()
            late.cancel()
            yield f"http://127.0.0.1:{json.loads(line)['port']}"
    finally:
        late.cancel()
        process.send_signal(signal.SIGKILL)
        process.wait()
        shutil.rmtree(folder)


def _config(texts: Mapping[str, str], secrets: Mapping[str, str]) -> str:
    date = json.loads((EDGE / "package.json").read_text())["config"]["compatibility_date"]
    bindings = [f"(name = {_quoted(name)}, json = {_quoted(text)})" for name, text in texts.items()]
    bindings += [f"(name = {_quoted(name)}, text = {_quoted(text)})" for name, text in secrets.items()]
    return f"""using Workerd = import "/workerd/workerd.capnp";
const config :Workerd.Config = (
  services = [
    (name = "edge", worker = .edge),
    (name = "net", network = (allow = ["private", "public"])),
  ],
  sockets = [(name = "http", address = "127.0.0.1:0", http = (), service = "edge")],
);
const edge :Workerd.Worker = (
  modules = [(name = "worker.js", esModule = embed "worker.js")],
  compatibilityDate = "{date}",
  bindings = [{", ".join(bindings)}],
  globalOutbound = "net",
);
"""


def _quoted(text: str) -> str:
    """In Cap'n Proto's configuration language; what both sides put here has no control characters."""
    return json.dumps(text, ensure_ascii=False)
