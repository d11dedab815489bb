"""The way to Vault when it fails: nothing set, nobody there, wrong certificates, hiccups. No Vault is needed."""

from __future__ import annotations

import shutil
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from cfaig.errors import CfaigError
from cfaig.local.listen import bind
from cfaig.secrets import Resolver
from tests.secrets.door import Answers, Door, open_door

MOUNT = {"data": {"path": "kv/", "type": "kv", "options": {"version": "2"}}}
ANSWERS: Answers = {
    "GET /v1/sys/internal/ui/mounts/kv/ai": (200, MOUNT),
    "GET /v1/kv/data/ai": (200, {"data": {"data": {"openai": "sk-planted"}, "metadata": {"version": 1}}}),
}
REFERENCE = "vault://kv/ai#openai"


def failure(environ: dict[str, str]) -> CfaigError:
    with pytest.raises(CfaigError) as caught:
        Resolver(environ).value(REFERENCE)
    assert "planted" not in f"{caught.value.message} {caught.value.hint}"
    return caught.value


def test_no_address() -> None:
    assert failure({}).message == "VAULT_ADDR is not set"
    assert failure({"VAULT_ADDR": "vault.example.com:8200"}).message == "VAULT_ADDR is no http:// or https:// address"


def test_no_login(tmp_path: Path) -> None:
    error = failure({"VAULT_ADDR": "http://127.0.0.1:9", "HOME": str(tmp_path)})
    assert error.message == "no login for Vault"
    assert "VAULT_ROLE_ID and VAULT_SECRET_ID; VAULT_K8S_ROLE" in str(error.hint)
    no_pod = {"VAULT_K8S_ROLE": "cfaig", "VAULT_K8S_TOKEN_FILE": str(tmp_path / "none")}
    assert "token cannot be read" in failure({"VAULT_ADDR": "http://127.0.0.1:9", **no_pod}).message


def test_nobody_there() -> None:
    with bind(0) as free:
        address = f"http://127.0.0.1:{free.getsockname()[1]}"
    found = Resolver({"VAULT_ADDR": address, "VAULT_TOKEN": "planted"})
    start = time.monotonic()
    for path in ("a", "b", "c"):
        with pytest.raises(CfaigError, match=f"^no answer from Vault at {address}: Connection refused$"):
            found.value(f"vault://kv/{path}#openai")
    assert time.monotonic() - start < 3  # the tries of one, not of three


def test_something_else_there() -> None:
    with open_door(Door(answers={"GET /v1/sys/internal/ui/mounts/kv/ai": (200, "<html>Welcome</html>")})) as door:
        error = failure({"VAULT_ADDR": door.url, "VAULT_TOKEN": "planted"})
    assert error.message == f"what answers at {door.url} is no Vault"


def test_a_hiccup_is_tried_again() -> None:
    with open_door(Door(answers=ANSWERS, broken=2)) as door:
        environ = {"VAULT_ADDR": door.url + "/", "VAULT_TOKEN": "planted"}
        assert Resolver(environ).value(REFERENCE) == "sk-planted"
        assert len(door.asked) == 4
        door.broken = 100
        assert "Vault failed at looking for the engine of kv/ai: internal error" in failure(environ).message


def test_the_token_of_this_process_is_not_taken(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("VAULT_TOKEN", "planted-of-the-process")
    with open_door(Door(answers=ANSWERS)) as door:
        Resolver({"VAULT_ADDR": door.url, "VAULT_TOKEN": "given"}).value(REFERENCE)
    assert {asked.headers["X-Vault-Token"] for asked in door.asked} == {"given"}


LOGIN = {"VAULT_ROLE_ID": "role", "VAULT_SECRET_ID": "planted"}
AT_LOGIN = "POST /v1/auth/approle/login"


@pytest.mark.parametrize(
    ("login", "asked"), [({"VAULT_TOKEN": "planted"}, "GET /v1/sys/internal/ui/mounts/kv/ai"), (LOGIN, AT_LOGIN)]
)
@pytest.mark.parametrize("status", [302, 307])
@pytest.mark.parametrize(
    "to", ["http://localhost:{port}/v1", "//localhost:{port}/", "http://127.0.0.1:{port}", "http://["]
)
def test_a_redirect_elsewhere_gets_no_token(login: dict[str, str], asked: str, status: int, to: str) -> None:
    with open_door(Door()) as thief:
        target = to.format(port=thief.url.rpartition(":")[2])
        with open_door(Door(answers={asked: (status, target)})) as door:
            error = failure({"VAULT_ADDR": door.url, **login})
        assert not thief.asked
    assert error.message.startswith(f"what answers at {door.url} redirects to ")
    assert "VAULT_ADDR" in str(error.hint)


def test_a_redirect_within_vault_is_followed() -> None:
    moved = {"GET /v1/kv/data/ai": (307, "/v1/kv/moved")}
    there = {"GET /v1/kv/moved": ANSWERS["GET /v1/kv/data/ai"]}
    with open_door(Door(answers=ANSWERS | moved | there)) as door:
        assert Resolver({"VAULT_ADDR": door.url, "VAULT_TOKEN": "planted"}).value(REFERENCE) == "sk-planted"


@pytest.fixture(scope="module")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """A certificate for loopback that nobody but its owner has signed, and its key."""
    if shutil.which("openssl") is None:
        pytest.skip("no openssl to make a certificate with")
    folder = tmp_path_factory.mktemp("tls")
    made, key = folder / "certificate.pem", folder / "key.pem"
    command = ["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes"]
    names = ["-subj", "/CN=vault", "-addext", "subjectAltName=IP:127.0.0.1", "-days", "2"]
    files = ["-keyout", str(key), "-out", str(made)]
    subprocess.run([*command, *names, *files], check=True, capture_output=True)
    return made, key


@pytest.fixture
def secure(certificate: tuple[Path, Path]) -> Iterator[Door]:
    with open_door(Door(answers=ANSWERS), certificate) as door:
        yield door


def test_a_certificate_that_nobody_knows(secure: Door, certificate: tuple[Path, Path], tmp_path: Path) -> None:
    environ = {"VAULT_ADDR": secure.url, "VAULT_TOKEN": "planted"}
    error = failure(environ)
    assert error.message == f"the certificate of Vault at {secure.url} was not accepted: self-signed certificate"
    assert "VAULT_CACERT" in str(error.hint)
    assert Resolver(environ | {"VAULT_CACERT": str(certificate[0])}).value(REFERENCE) == "sk-planted"
    assert "are not there" in failure(environ | {"VAULT_CACERT": str(tmp_path / "none.pem")}).message
    assert Resolver(environ | {"VAULT_SKIP_VERIFY": "true"}).value(REFERENCE) == "sk-planted"


def test_a_redirect_from_https_to_http_gets_no_token(certificate: tuple[Path, Path]) -> None:
    with open_door(Door(answers=ANSWERS)) as bare:
        moved: Answers = {"GET /v1/sys/internal/ui/mounts/kv/ai": (307, f"{bare.url}/v1/sys/internal/ui/mounts/kv/ai")}
        with open_door(Door(answers=moved), certificate) as door:
            environ = {"VAULT_ADDR": door.url, "VAULT_TOKEN": "planted", "VAULT_CACERT": str(certificate[0])}
            error = failure(environ)
        assert not bare.asked
    assert error.message.endswith(f"redirects to {bare.url}, which must not get the token")


def test_a_redirect_from_http_to_https_is_followed(secure: Door, certificate: tuple[Path, Path]) -> None:
    moved: Answers = {what: (301, secure.url + what.removeprefix("GET ")) for what in ANSWERS}
    with open_door(Door(answers=moved)) as door:
        environ = {"VAULT_ADDR": door.url, "VAULT_TOKEN": "planted", "VAULT_CACERT": str(certificate[0])}
        assert Resolver(environ).value(REFERENCE) == "sk-planted"
