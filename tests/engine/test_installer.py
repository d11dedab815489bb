"""The official installer: what happens when the network does not serve it, and when it does."""

from __future__ import annotations

import shutil
import socket
import ssl
import subprocess
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from cfaig.local.engine.cache import EngineCache
from cfaig.local.engine.find import ensure_engine
from cfaig.local.engine.installer import install_engine
from cfaig.local.engine.model import EngineError, Step
from tests.engine.processes import runs, wait_until

# What get.pulumi.com serves, cut down to what matters here: it takes the same options and fills the same folder.
INSTALLER = """#!/bin/sh
while [ $# -gt 0 ]; do
  case $1 in --install-root) root=$2; shift ;; --version) version=$2; shift ;; esac
  shift
done
mkdir -p "$root/bin"
for name in pulumi pulumi-language-python; do
  printf '#!/bin/sh\\necho v%s\\n' "$version" > "$root/bin/$name"; chmod +x "$root/bin/$name"
done
"""


def left_over(cache: EngineCache) -> list[str]:
    return sorted(path.name for path in cache.version_folder.iterdir() if path.name != "lock")


def quiet(_step: Step) -> None:
    pass


def test_refused_connection_is_told_at_once(bare: EngineCache) -> None:
    began = time.monotonic()
    with pytest.raises(EngineError, match="cannot be reached: Connection refused"):
        install_engine(bare, quiet)
    assert time.monotonic() - began < 15.0
    assert left_over(bare) == []


@pytest.fixture
def silent_proxy(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """A network that takes connections and never answers."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        for name in ("https_proxy", "HTTPS_PROXY"):
            monkeypatch.setenv(name, f"http://127.0.0.1:{server.getsockname()[1]}")
        yield


@pytest.mark.usefixtures("silent_proxy")
def test_silent_network_is_given_up(bare: EngineCache) -> None:
    began = time.monotonic()
    with pytest.raises(EngineError):
        install_engine(bare, quiet, stall_seconds=1.0)
    assert time.monotonic() - began < 15.0
    assert left_over(bare) == []


@pytest.fixture
def serving_network(bare: EngineCache, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[list[str]]:
    """A proxy behind which every host serves the text in the yielded list, over TLS."""
    openssl = shutil.which("openssl")
    if openssl is None:
        pytest.skip("needs openssl")
    key, certificate = tmp_path / "key.pem", tmp_path / "certificate.pem"
    make = (
        f"req -x509 -newkey rsa:2048 -nodes -days 2 -subj /CN=x -addext subjectAltName=DNS:get.pulumi.com -keyout {key}"
    )
    subprocess.run([openssl, *make.split(), "-out", certificate], check=True, capture_output=True)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate, key)
    served: list[str] = []
    with socket.create_server(("127.0.0.1", 0)) as server:
        for name in ("https_proxy", "HTTPS_PROXY"):
            monkeypatch.setenv(name, f"http://127.0.0.1:{server.getsockname()[1]}")
        monkeypatch.setenv("SSL_CERT_FILE", str(certificate))
        threading.Thread(target=_serve, args=(server, context, served), daemon=True).start()
        yield served
    assert bare.root.exists()


def _serve(server: socket.socket, context: ssl.SSLContext, served: list[str]) -> None:
    """One connection: CONNECT, then TLS, then one answer."""
    connection, _ = server.accept()
    with connection:
        _head(connection)
        connection.sendall(b"HTTP/1.1 200 Connection established\r\n\r\n")
        with context.wrap_socket(connection, server_side=True) as secure:
            _head(secure)
            body = served[0].encode()
            secure.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: %d\r\nConnection: close\r\n\r\n%s" % (len(body), body))


def _head(connection: socket.socket) -> bytes:
    read = b""
    while not read.endswith(b"\r\n\r\n"):
        read += connection.recv(1)
    return read


def test_served_installer_is_used(
    bare: EngineCache, serving_network: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    serving_network.append(INSTALLER)
    monkeypatch.setenv("CFAIG_ENGINE", "installer")
    engine = ensure_engine(quiet)
    assert (engine.source, engine.stand_ins) == ("installer", ())
    assert engine.pulumi == bare.installed / "bin" / "pulumi"
    assert left_over(bare) == ["installed"]
    assert ensure_engine(quiet) == engine


@pytest.mark.parametrize(
    ("script", "reason"),
    [
        ("#!/bin/sh\nexit 1\n", "returned non-zero exit status 1"),
        ("<html>Sign in to the network</html>", "does not work here"),
        (INSTALLER.replace("echo v%s", "echo v3.1.0%.0s"), "3.1.0"),
    ],
)
def test_installer_that_fails_leaves_nothing(
    bare: EngineCache, serving_network: list[str], script: str, reason: str
) -> None:
    serving_network.append(script)
    with pytest.raises(EngineError, match=reason):
        install_engine(bare, quiet)
    assert left_over(bare) == []


def test_installer_that_hangs_is_given_up(bare: EngineCache, serving_network: list[str], tmp_path: Path) -> None:
    serving_network.append(f"#!/bin/sh\necho $$ > {tmp_path}/pid\nsleep 60\n")
    with pytest.raises(EngineError, match="nothing arrived for 2 s"):
        install_engine(bare, quiet, stall_seconds=2.0)
    assert left_over(bare) == []
    hanging = int((tmp_path / "pid").read_text())
    wait_until(lambda: not runs(hanging))
