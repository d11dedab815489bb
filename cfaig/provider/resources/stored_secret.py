"""Secrets in a Secrets Store: put, find, remove. A stored value can never be read back."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final
from urllib.parse import quote

from cfaig.live.api import ApiError
from cfaig.provider.resources.access import Access

SCOPE: Final = "ai_gateway"
ACTIVE_TRIES: Final = 30


class StoredSecrets:
    """The secrets that AI Gateway may use."""

    def __init__(self, access: Access) -> None:
        self._access = access

    def put(self, account: str, store: str, name: str, value: str) -> Mapping[str, Any]:
        """Store a value under a name, new or in place of the old one, and wait until it is active (some seconds).

        A secret that stays pending is given back as it is: who needs it tries again.
        """
        path = _path(account, store)
        existing, body = self.find(account, store, name), [{"name": name, "value": value, "scopes": [SCOPE]}]
        secret, existed = (
            (existing, True)
            if existing
            else self._access.make(
                lambda: _first(self._access.api.result("POST", path, body=body)),
                lambda: self.find(account, store, name),
            )
        )
        if existed:
            scopes = sorted({*(secret.get("scopes") or ()), SCOPE})
            self._access.api.request("PATCH", f"{path}/{secret['id']}", body={"value": value, "scopes": scopes})
        return self._active(f"{path}/{secret['id']}", secret)

    def find(self, account: str, store: str, name: str) -> Mapping[str, Any] | None:
        """The secret of that name, None when there is none or its store is gone."""
        try:
            listed = self._access.api.pages(_path(account, store), per_page=100)
            return next((secret for secret in listed if secret["name"] == name), None)
        except ApiError as error:
            if error.gone:
                return None
            raise

    def remove(self, account: str, store: str, name: str) -> None:
        """Remove a secret; one that is gone already is no error."""
        secret = self.find(account, store, name)
        if secret is None:
            return
        try:
            self._access.api.request("DELETE", f"{_path(account, store)}/{secret['id']}")
        except ApiError as error:
            if not error.gone:
                raise

    def _active(self, path: str, secret: Mapping[str, Any]) -> Mapping[str, Any]:
        for attempt in range(ACTIVE_TRIES):
            if secret.get("status") != "pending":
                break
            self._access.pause(min(0.1 * 1.5**attempt, 3.0))
            secret = self._access.api.result("GET", path)
        return secret


def _path(account: str, store: str) -> str:
    return f"/accounts/{quote(account, safe='')}/secrets_store/stores/{quote(store, safe='')}/secrets"


def _first(answer: Any) -> Mapping[str, Any]:
    """Secrets are created as a list; one was asked for."""
    first: Mapping[str, Any] = answer[0] if isinstance(answer, list) else answer
    return first
