"""Reading HashiCorp Vault's KV engine, version 1 or 2, through hvac; each path is read once."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final

from cfaig.errors import CfaigError
from cfaig.secrets.reference import VaultPlace
from cfaig.secrets.vault_client import VaultUnreachableError, connected, told

if TYPE_CHECKING:
    import hvac

KV_TYPES: Final = frozenset({"kv", "generic"})


@dataclass(frozen=True, slots=True)
class _Mount:
    """A KV engine: where it is, without a slash at the end, and which version."""

    path: str
    version: int


@dataclass(slots=True)
class VaultReader:
    """The Vault that the variables VAULT_* name; nothing is asked before the first value."""

    environ: Mapping[str, str] = field(repr=False)
    _client: hvac.Client | CfaigError | None = field(default=None, repr=False)
    _read: dict[str, Mapping[str, Any] | CfaigError] = field(default_factory=dict, repr=False)

    def value(self, place: VaultPlace) -> str:
        """The text of one field.

        Raises CfaigError when Vault cannot be reached or refuses, or the secret has no such text.
        """
        if place.path not in self._read:
            try:
                self._read[place.path] = self._secret(place.path)
            except CfaigError as error:
                self._read[place.path] = error
                if isinstance(error, VaultUnreachableError):
                    self._client = error
        secret = self._read[place.path]
        if isinstance(secret, CfaigError):
            raise secret
        return _field_of(secret, place)

    def _secret(self, path: str) -> Mapping[str, Any]:
        client = self._connected()
        mount = told(client, f"looking for the engine of {path}", lambda: _mount_of(client, path))
        inside = path.removeprefix(mount.path).strip("/")
        if not inside:
            raise CfaigError(f"vault://{path} names an engine and no secret in it", "write vault://MOUNT/PATH#FIELD")
        api = f"{mount.path}/data/{inside}" if mount.version == 2 else f"{mount.path}/{inside}"
        policy = f'a policy must allow it: path "{api}" {{ capabilities = ["read"] }}'
        secret = told(client, f"reading {path}", _reading(client, mount, inside), denied=policy)
        if secret is None:
            raise CfaigError(f"Vault has nothing at {path}", _absent_hint(mount, inside))
        return secret

    def _connected(self) -> hvac.Client:
        """The client, logged in; a login that failed is not tried again."""
        if self._client is None:
            try:
                self._client = connected(self.environ)
            except CfaigError as error:
                self._client = error
        if isinstance(self._client, CfaigError):
            raise self._client
        return self._client


def _mount_of(client: hvac.Client, path: str) -> _Mount:
    """Ask which engine serves `path`; any token may that can do something below it."""
    answer: Any = client.adapter.get(f"/v1/sys/internal/ui/mounts/{path}")
    found = answer["data"]
    mount = str(found["path"]).strip("/")
    if found["type"] not in KV_TYPES:
        raise CfaigError(
            f"{mount} in Vault is an engine of the type {found['type']}; only KV engines are read",
            "keep the secret in a KV engine: vault secrets enable -version=2 kv",
        )
    return _Mount(mount, 2 if (found.get("options") or {}).get("version") == "2" else 1)


def _reading(client: hvac.Client, mount: _Mount, inside: str) -> Callable[[], Mapping[str, Any] | None]:
    """What reads a secret's fields; it gives None where there is nothing."""
    from hvac.exceptions import InvalidPath

    def read() -> Mapping[str, Any] | None:
        kv = client.secrets.kv
        try:
            if mount.version == 1:
                answer: Any = kv.v1.read_secret(inside, mount_point=mount.path)
                return dict(answer["data"])
            answer = kv.v2.read_secret_version(inside, mount_point=mount.path, raise_on_deleted_version=True)
        except InvalidPath as error:
            if (deleted := _deleted_version(error)) is not None:
                raise CfaigError(
                    f"version {deleted} of {mount.path}/{inside} was deleted in Vault",
                    f"vault kv undelete -mount={mount.path} -versions={deleted} {inside}, or write it again",
                ) from None
            return None
        return dict(answer["data"]["data"])

    return read


def _deleted_version(error: Exception) -> int | None:
    """Which version was asked for and is deleted; Vault answers 404 to that too, but with metadata."""
    told_json: Any = getattr(error, "json", None)
    metadata = ((told_json or {}).get("data") or {}).get("metadata") if isinstance(told_json, dict) else None
    return int(metadata["version"]) if metadata else None


def _absent_hint(mount: _Mount, inside: str) -> str:
    if mount.version == 2 and inside.startswith(("data/", "metadata/")):
        return f"leave out “{inside.partition('/')[0]}/”: vault://{mount.path}/{inside.partition('/')[2]}#FIELD"
    return f"what there is: vault kv list {mount.path}/{inside.rpartition('/')[0]}".rstrip("/")


def _field_of(secret: Mapping[str, Any], place: VaultPlace) -> str:
    value = secret.get(place.field)
    if value is None:
        fields = ", ".join(sorted(secret)) or "none"
        raise CfaigError(f"{place.path} in Vault has no field {place.field}", f"its fields: {fields}")
    if not isinstance(value, str):
        raise CfaigError(f"the field {place.field} of {place.path} in Vault is no text", "keep it as a JSON string")
    if not value:
        raise CfaigError(f"the field {place.field} of {place.path} in Vault is empty")
    return value
