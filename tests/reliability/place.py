"""Where a cell runs: a local Cloudflare, a project and a stack, put back to how a phase found them."""

from __future__ import annotations

import json
import os
import re
import shutil
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from tests.local.running import RunningCloudflare, running_cloudflare
from tests.reliability.story import Phase

ROOT: Final = Path(__file__).parents[2]
SECONDS: Final = 300.0
STACK: Final = Path("state/.pulumi/stacks/cfaig/dev.json")
# What the stand-in of the official plugin waits in all when a call keeps failing; three minutes in real life.
STANDIN_SECONDS: Final = "4"
_IDS: Final = re.compile(r"[0-9a-f]{8}-[0-9a-f-]{27}|[0-9a-f]{32}")
# What has to be the same in the end, without ids and times.
_CONTENT: Final = {
    "gateways": "SELECT id, settings FROM gateways",
    "routes": "SELECT gateway, name FROM routes",
    "versions": "SELECT r.name, v.elements, v.is_valid FROM versions v JOIN routes r ON v.route = r.id",
    "deployed": (
        "SELECT r.name, v.elements FROM routes r JOIN deployments d ON d.route = r.id JOIN versions v"
        " ON v.id = d.version WHERE d.number = (SELECT max(number) FROM deployments WHERE route = r.id)"
    ),
    "provider_configs": "SELECT gateway, provider, alias, is_default, rate_limit, rate_limit_period"
    " FROM provider_configs",
    "custom_providers": "SELECT slug, settings FROM custom_providers",
    "custom_domains": "SELECT gateway, hostname FROM custom_domains",
    "stores": "SELECT name FROM stores",
    "workers": "SELECT name, main_module, compatibility_date, bindings FROM workers",
    "worker_domains": "SELECT hostname, service FROM worker_domains",
    "secrets": "SELECT name, value, scopes FROM secrets",
}

Content = dict[str, list[str]]


@dataclass(frozen=True, slots=True)
class Ran:
    """A command that came to its end."""

    code: int
    stdout: str
    stderr: str


@dataclass(frozen=True, slots=True)
class Place:
    """A folder with a project, and the local Cloudflare that its environment `dev` is in."""

    folder: Path
    cloudflare: RunningCloudflare

    def enter(self, phase: Phase) -> None:
        """Let the definitions be those of the phase."""
        (self.folder / "gateways" / "support.yaml").write_text(phase.definition)

    def environ(self, phase: Phase) -> dict[str, str]:
        """The variables for commands of the phase."""
        kept = {name: value for name, value in os.environ.items() if not name.startswith(("CLOUDFLARE_", "PULUMI_"))}
        return kept | self.cloudflare.environ | {
            "CFAIG_STANDIN_RETRY_SECONDS": STANDIN_SECONDS,
            "CFAIG_ENVIRONMENT": "dev",
            "CLOUDFLARE_ACCOUNT_ID": self.cloudflare.account,
            "NO_COLOR": "1",
            "OPENAI_API_KEY": phase.key,
            "PULUMI_BACKEND_URL": (self.folder / "state").as_uri(),
            "PULUMI_CONFIG_PASSPHRASE": "matrix",
            "PULUMI_SKIP_UPDATE_CHECK": "true",
            "PYTHONPATH": str(ROOT),
        }  # fmt: skip

    def run(self, phase: Phase, *arguments: str) -> Ran:
        """Run `cfaig` to its end."""
        with self.running(phase, *arguments) as process:
            stdout, stderr = process.communicate(timeout=SECONDS)
            return Ran(process.returncode, stdout, stderr)

    @contextmanager
    def running(self, phase: Phase, *arguments: str) -> Iterator[subprocess.Popen[str]]:
        """`cfaig` in a session of its own, nothing of which is left when the block ends."""
        with subprocess.Popen(
            [sys.executable, "-m", "cfaig", *arguments],
            cwd=self.folder,
            env=self.environ(phase),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            start_new_session=True,
        ) as process:
            try:
                yield process
            finally:
                kill(processes_of(process.pid))

    def content(self) -> Content:
        """What the account holds, in order, without ids and times; and what the stack holds."""
        with sqlite3.connect(self.folder / "cloudflare.db", timeout=10) as database:
            found = {
                name: sorted(_IDS.sub("ID", str(row)) for row in database.execute(query))
                for name, query in _CONTENT.items()
            }
        return found | self._stack()

    def _stack(self) -> Content:
        written: dict[str, Any] = json.loads((self.folder / STACK).read_text())
        latest = written["checkpoint"].get("latest") or {}
        resources = latest.get("resources") or ()
        return {
            "stack": sorted(each["urn"] for each in resources if not each["type"].startswith("pulumi:")),
            "condemned": [each["urn"] for each in resources if each.get("delete")],
            "pending": [str(each["type"]) for each in latest.get("pending_operations") or ()],
        }


def processes_of(session: int) -> Iterator[int]:
    """The ids of the processes of a session."""
    for folder in Path("/proc").iterdir():
        if folder.name.isdigit():
            with suppress(OSError):
                fields = (folder / "stat").read_text().rsplit(")", 1)[1].split()
                if int(fields[3]) == session and fields[0] != "Z":
                    yield int(folder.name)


def kill(pids: Iterable[int]) -> None:
    """End processes at once, without asking them."""
    for pid in pids:
        # The death of one ends others: a plugin goes when its engine does.
        with suppress(ProcessLookupError):
            os.kill(pid, signal.SIGKILL)


def kill_all(session: int) -> None:
    """End all of a session, also what is being started just now."""
    deadline = time.monotonic() + SECONDS
    while pids := list(processes_of(session)):
        assert time.monotonic() < deadline, f"processes {pids} cannot be killed"
        kill(pids)
        time.sleep(0.01)


@contextmanager
def place(folder: Path, snapshot: Path | None) -> Iterator[Place]:
    """A place in a folder, as the snapshot has it: empty where there is none."""
    (folder / "gateways").mkdir(parents=True)
    (folder / "state").mkdir()
    for name in ("Pulumi.yaml", "__main__.py", *(path.name for path in ROOT.glob("Pulumi.*.yaml"))):
        shutil.copy(ROOT / name, folder / name)
    (folder / ".venv").symlink_to(sys.prefix)
    if snapshot is not None:
        shutil.copy(snapshot / "cloudflare.db", folder / "cloudflare.db")
        shutil.copytree(snapshot / "state", folder / "state", dirs_exist_ok=True)
    with running_cloudflare(folder) as running:
        yield Place(folder, running)


def keep(made: Place, snapshot: Path) -> None:
    """Copy account and stack as they are now."""
    snapshot.mkdir(parents=True)
    source, target = sqlite3.connect(made.folder / "cloudflare.db"), sqlite3.connect(snapshot / "cloudflare.db")
    source.backup(target)
    source.close()
    target.close()
    shutil.copytree(made.folder / "state", snapshot / "state")
