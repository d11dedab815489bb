"""A real Vault for the tests: where the program is, and how to build and start it.

The official program will do, or one of Vault's own parts (`vault_build/main.go`), which
`python -m tests.secrets.vault_server` builds from Go modules into the cache. How long that takes is in
docs/secrets.md; no test does it by itself.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import httpx

from cfaig.local.listen import bind

VERSION: Final = "1.21.4"
SDK_VERSION: Final = "v0.21.0"
ROOT_TOKEN: Final = "root-of-a-test"
BUILD: Final = Path(__file__).with_name("vault_build")
NO_VAULT: Final = (
    "no Vault: put `vault` on PATH, or name it with CFAIG_TEST_VAULT, or build it (minutes) with "
    "`python -m tests.secrets.vault_server`"
)


@dataclass(frozen=True, slots=True)
class Program:
    """A Vault server's program: the official one, or ours."""

    path: Path
    official: bool

    def command(self, address: str) -> list[str]:
        """The line that serves at an address in memory, unsealed, with a known root token."""
        if not self.official:
            return [str(self.path), "-address", address, "-root-token", ROOT_TOKEN]
        options = [f"-dev-root-token-id={ROOT_TOKEN}", "-dev-no-store-token", f"-dev-listen-address={address}"]
        return [str(self.path), "server", "-dev", *options]


def find_vault() -> Program | None:
    """The program, if it is on this machine."""
    named = os.environ.get("CFAIG_TEST_VAULT") or shutil.which("vault")
    if named:
        return Program(Path(named), official=True)
    return Program(_built(), official=False) if _built().is_file() else None


def _built() -> Path:
    cache = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache")
    return cache / "cfaig-tests" / f"vault-{VERSION}" / "vault"


def build() -> Path:
    """Build the program from Go modules; needs Go and a module proxy."""
    target = _built()
    work = target.parent / "build"
    shutil.copytree(BUILD, work, dirs_exist_ok=True)
    _prepare_sdk(work / "sdk")
    flags = f"-s -w -X github.com/hashicorp/vault/version.fullVersion={VERSION}"
    command = ["go", "build", "-mod=mod", "-ldflags", flags, "-o", str(target), "."]
    subprocess.run(command, cwd=work, check=True)
    return target


def _prepare_sdk(folder: Path) -> None:
    """Vault's repository builds with the sdk in its own tree, which is not served; the served one differs in a line."""
    command = ["go", "mod", "download", "-json", f"github.com/hashicorp/vault/sdk@{SDK_VERSION}"]
    told = subprocess.run(command, cwd=folder.parent, check=True, capture_output=True, text=True).stdout
    shutil.rmtree(folder, ignore_errors=True)
    # Without the modes: the module cache is read-only.
    shutil.copytree(json.loads(told)["Dir"], folder, copy_function=shutil.copyfile)
    backend = folder / "framework" / "backend.go"
    text = backend.read_text("utf-8")
    served = "ActivationFunc func(context.Context, *logical.Request, string) error"
    assert served in text
    backend.write_text(text.replace(served, served.replace(", string)", ")")), "utf-8")


@dataclass(frozen=True, slots=True)
class Vault:
    """A server that answers."""

    url: str
    client: httpx.Client

    def call(self, method: str, path: str, body: Mapping[str, Any] | None = None) -> Any:
        """One request with the root token; what it answers."""
        answer = self.client.request(method, f"{self.url}/v1/{path}", json=body)
        assert answer.is_success, f"{method} {path}: {answer.status_code} {answer.text}"
        return answer.json() if answer.content else None


@contextmanager
def running_vault(program: Program, folder: Path) -> Iterator[Vault]:
    """Serve until the block ends."""
    with bind(0) as free:
        address = f"127.0.0.1:{free.getsockname()[1]}"
    environ = {"PATH": os.environ["PATH"], "HOME": str(folder)}
    with (folder / "vault.log").open("w") as log:
        process = subprocess.Popen(program.command(address), env=environ, stdout=log, stderr=log)
    try:
        with httpx.Client(headers={"X-Vault-Token": ROOT_TOKEN}, timeout=10, trust_env=False) as client:
            vault = Vault(f"http://{address}", client)
            _wait(vault, process, folder / "vault.log")
            yield vault
    finally:
        process.terminate()
        process.wait(20)


def _wait(vault: Vault, process: subprocess.Popen[bytes], log: Path) -> None:
    end = time.monotonic() + 60
    while time.monotonic() < end and process.poll() is None:
        try:
            if vault.client.get(f"{vault.url}/v1/sys/health").status_code == 200:
                return
        except httpx.TransportError:
            pass
        time.sleep(0.05)
    raise AssertionError(f"Vault did not start:\n{log.read_text()}")


if __name__ == "__main__":
    sys.stdout.write(f"{build()}\n")
