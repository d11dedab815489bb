"""What the Vault of the tests holds, and who may read it. Everything is made up, and none of it opens anything."""

from __future__ import annotations

from typing import Final

from tests.secrets.vault_server import Vault

READER: Final = "token-that-reads"
STRANGER: Final = "token-that-may-nothing"
ROLE_ID: Final = "role-of-a-test"
SECRET_ID: Final = "secret-of-a-test"
POLICY: Final = """
path "kv/data/ai" { capabilities = ["read"] }
path "kv/data/gone" { capabilities = ["read"] }
path "kv/data/none" { capabilities = ["read"] }
path "kv/data/data/ai" { capabilities = ["read"] }
path "old/ai" { capabilities = ["read"] }
path "old/none" { capabilities = ["read"] }
path "team/kv/data/prod/ai" { capabilities = ["read"] }
"""
SECRETS: Final = {
    "openai": "sk-openai-planted",
    "odd-field.name": "sk-odd-planted",
    "number": 42,
    "empty": "",
    "nested": {"key": "sk-nested-planted"},
}


def fill(vault: Vault, cluster_url: str) -> None:
    """Engines, secrets, a policy, tokens and logins."""
    for mount, version in (("kv", "2"), ("old", "1"), ("team/kv", "2")):
        vault.call("POST", f"sys/mounts/{mount}", {"type": "kv", "options": {"version": version}})
    _write(vault, "kv", "ai", SECRETS)
    _write(vault, "kv", "gone", {"openai": "sk-gone-planted"})
    _write(vault, "kv", "gone", {"openai": "sk-gone-planted"})
    vault.call("DELETE", "kv/data/gone")
    _write(vault, "team/kv", "prod/ai", {"openai": "sk-team-planted"})
    vault.call("PUT", "old/ai", {"openai": "sk-old-planted"})
    vault.call("PUT", "sys/policies/acl/reads-ai", {"policy": POLICY})
    vault.call("POST", "auth/token/create", {"id": READER, "policies": ["reads-ai"]})
    vault.call("POST", "auth/token/create", {"id": STRANGER, "policies": ["default"]})
    _logins(vault, cluster_url)


def _write(vault: Vault, mount: str, path: str, secret: dict[str, object] | dict[str, str]) -> None:
    # An engine of version 2 answers 400 for a moment while it comes up.
    for _ in range(100):
        answer = vault.client.post(f"{vault.url}/v1/{mount}/data/{path}", json={"data": secret})
        if answer.status_code != 400:
            break
    assert answer.is_success, answer.text


def _logins(vault: Vault, cluster_url: str) -> None:
    vault.call("POST", "sys/auth/approle", {"type": "approle"})
    vault.call("POST", "auth/approle/role/cfaig", {"token_policies": "reads-ai", "token_ttl": "5m"})
    vault.call("POST", "auth/approle/role/cfaig/role-id", {"role_id": ROLE_ID})
    vault.call("POST", "auth/approle/role/cfaig/custom-secret-id", {"secret_id": SECRET_ID})
    vault.call("POST", "sys/auth/kubernetes", {"type": "kubernetes"})
    config = {"kubernetes_host": cluster_url, "token_reviewer_jwt": "reviewer", "disable_local_ca_jwt": True}
    vault.call("POST", "auth/kubernetes/config", config)
    role = {
        "bound_service_account_names": "cfaig",
        "bound_service_account_namespaces": "ai",
        "token_policies": "reads-ai",
        "audience": "",
    }
    vault.call("POST", "auth/kubernetes/role/cfaig", role)
    vault.call("POST", "auth/kubernetes/role/other", {**role, "bound_service_account_names": "other"})
