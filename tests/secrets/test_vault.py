"""`vault://` references against a real Vault that the tests start, and against its recorded answers."""

from __future__ import annotations

from pathlib import Path

import pytest

from cfaig.errors import CfaigError
from cfaig.secrets import Resolver
from tests.secrets.door import Door
from tests.secrets.filled_vault import READER, ROLE_ID, SECRET_ID, STRANGER
from tests.secrets.kubernetes import service_account_token

AI = "GET /v1/kv/data/ai"


def resolver(vault: Door, **more: str) -> Resolver:
    return Resolver({"VAULT_ADDR": vault.url, **(more or {"VAULT_TOKEN": READER})})


def failure(found: Resolver, reference: str) -> CfaigError:
    with pytest.raises(CfaigError) as caught:
        found.value(reference, "gateway x")
    assert "planted" not in f"{caught.value.message} {caught.value.hint}"
    assert "(for gateway x)" in caught.value.message
    return caught.value


def test_version_two(vault: Door) -> None:
    found = resolver(vault)
    assert found.value("vault://kv/ai#openai") == "sk-openai-planted"
    assert found.value("vault://kv/ai#odd-field.name") == "sk-odd-planted"
    assert vault.whats() == ["GET /v1/sys/internal/ui/mounts/kv/ai", AI]
    assert "planted" not in repr(found)


def test_version_one(vault: Door) -> None:
    assert resolver(vault).value("vault://old/ai#openai") == "sk-old-planted"


def test_a_mount_with_a_slash_in_it(vault: Door) -> None:
    assert resolver(vault).value("vault://team/kv/prod/ai#openai") == "sk-team-planted"


def test_nothing_there(vault: Door) -> None:
    error = failure(resolver(vault), "vault://kv/none#openai")
    assert error.message.startswith("Vault has nothing at kv/none")
    assert error.hint == "what there is: vault kv list kv"
    assert failure(resolver(vault), "vault://old/none#openai").message.startswith("Vault has nothing at old/none")


def test_the_path_of_the_api_instead_of_the_secrets(vault: Door) -> None:
    assert failure(resolver(vault), "vault://kv/data/ai#openai").hint == "leave out “data/”: vault://kv/ai#FIELD"


def test_fields_that_cannot_be_used(vault: Door) -> None:
    found = resolver(vault)
    absent = failure(found, "vault://kv/ai#opnai")
    assert "kv/ai in Vault has no field opnai" in absent.message
    assert absent.hint == "its fields: empty, nested, number, odd-field.name, openai"
    assert "is no text" in failure(found, "vault://kv/ai#number").message
    assert "is no text" in failure(found, "vault://kv/ai#nested").message
    assert "is empty" in failure(found, "vault://kv/ai#empty").message
    assert vault.whats().count(AI) == 1


def test_a_deleted_version(vault: Door) -> None:
    error = failure(resolver(vault), "vault://kv/gone#openai")
    assert "version 2 of kv/gone was deleted" in error.message
    assert "vault kv undelete -mount=kv -versions=2 gone" in str(error.hint)


def test_a_token_that_may_not_read_this(vault: Door) -> None:
    error = failure(resolver(vault), "vault://kv/other#openai")
    assert "Vault refused reading kv/other: permission denied" in error.message
    assert error.hint == 'a policy must allow it: path "kv/data/other" { capabilities = ["read"] }'


def test_a_token_that_may_nothing(vault: Door) -> None:
    error = failure(resolver(vault, VAULT_TOKEN=STRANGER), "vault://kv/ai#openai")
    assert "Vault refused looking for the engine of kv/ai: preflight capability check returned 403" in error.message


def test_a_token_that_is_none(vault: Door) -> None:
    error = failure(resolver(vault, VAULT_TOKEN="token-planted"), "vault://kv/ai#openai")
    assert "Vault refused" in error.message
    assert "invalid token" in error.message


def test_an_engine_that_keeps_no_secrets_of_ours(vault: Door) -> None:
    error = failure(resolver(vault), "vault://cubbyhole/ai#openai")
    assert "cubbyhole in Vault is an engine of the type cubbyhole" in error.message


def test_login_with_app_role(vault: Door) -> None:
    found = resolver(vault, VAULT_ROLE_ID=ROLE_ID, VAULT_SECRET_ID=SECRET_ID)
    assert found.value("vault://kv/ai#openai") == "sk-openai-planted"
    assert found.value("vault://old/ai#openai") == "sk-old-planted"
    assert vault.whats().count("POST /v1/auth/approle/login") == 1


def test_a_wrong_app_role_is_tried_once(vault: Door) -> None:
    found = resolver(vault, VAULT_ROLE_ID=ROLE_ID, VAULT_SECRET_ID="planted")
    error = failure(found, "vault://kv/ai#openai")
    assert "Vault refused logging in with AppRole at approle: invalid role or secret ID" in error.message
    assert "VAULT_SECRET_ID" in str(error.hint)
    failure(found, "vault://old/ai#openai")
    assert len(vault.asked) == 1


def test_login_with_kubernetes(vault: Door, tmp_path: Path) -> None:
    file = tmp_path / "token"
    file.write_text(service_account_token() + "\n")
    found = resolver(vault, VAULT_K8S_ROLE="cfaig", VAULT_K8S_TOKEN_FILE=str(file))
    assert found.value("vault://kv/ai#openai") == "sk-openai-planted"


def test_a_kubernetes_role_for_somebody_else(vault: Door, tmp_path: Path) -> None:
    file = tmp_path / "token"
    file.write_text(service_account_token())
    error = failure(resolver(vault, VAULT_K8S_ROLE="other", VAULT_K8S_TOKEN_FILE=str(file)), "vault://kv/ai#openai")
    assert "Vault refused logging in as Kubernetes role other at kubernetes: " in error.message
    assert "service account name not authorized" in error.message


def test_the_token_that_vault_login_kept(vault: Door, tmp_path: Path) -> None:
    (tmp_path / ".vault-token").write_text(READER)
    assert resolver(vault, HOME=str(tmp_path)).value("vault://kv/ai#openai") == "sk-openai-planted"


def test_the_namespace_goes_along(vault: Door) -> None:
    found = resolver(vault, VAULT_TOKEN=READER, VAULT_NAMESPACE="")
    found.value("vault://kv/ai#openai")
    assert all("X-Vault-Namespace" not in asked.headers for asked in vault.asked)
    vault.asked.clear()
    resolver_of_a_team = resolver(vault, VAULT_TOKEN=READER, VAULT_NAMESPACE="team-a")
    vault.upstream = None  # namespaces are a part of Vault Enterprise: only what is sent can be looked at
    resolver_of_a_team.value("vault://kv/ai#openai")
    assert {asked.headers["X-Vault-Namespace"] for asked in vault.asked} == {"team-a"}


def test_sealed(vault: Door, request: pytest.FixtureRequest, tmp_path: Path) -> None:
    if vault.upstream is not None:
        _seal(vault, request, tmp_path)
    error = failure(resolver(vault), "vault://kv/ai#openai")
    assert error.message.startswith("Vault is sealed")
    assert error.hint == "somebody with its keys has to open it: vault operator unseal"


def _seal(vault: Door, request: pytest.FixtureRequest, folder: Path) -> None:
    """Put a Vault of its own behind the door, and seal it."""
    from tests.secrets.vault_server import find_vault, running_vault

    program = find_vault()
    assert program is not None
    running = running_vault(program, folder)
    server = running.__enter__()
    request.addfinalizer(lambda: running.__exit__(None, None, None))
    server.call("PUT", "sys/seal")
    vault.upstream = server.url
