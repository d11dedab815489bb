"""`SecretsStore`: the account's store for provider keys, found by its name or made."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final
from urllib.parse import quote

from cfaig.errors import CfaigError
from cfaig.live.api import ApiError
from cfaig.provider.fields import Field
from cfaig.provider.kind import Found, Kind, Made
from cfaig.provider.resources.access import ACCOUNT, Access, split_id
from cfaig.provider.values import Properties

ID_SHAPE: Final = "<account>/<store id or name>"


class SecretsStore(Kind):
    """A Secrets Store. Cloudflare allows one per account, so one that is there is used, and then never removed."""

    token = "cfaig:index:SecretsStore"  # noqa: S105 (a type token)
    description = "The account's Secrets Store: found by name or made; removed only when cfaig made it and it is empty."
    inputs = (ACCOUNT, Field("name", "string", "Its name.", required=True, replaces=True))
    outputs = (
        Field("storeId", "string", "Its id."),
        Field("adopted", "boolean", "Whether it was there before; such a store is never removed."),
    )
    delete_before_replace = True  # the account has room for one

    def __init__(self, access: Access) -> None:
        self._access = access

    def create(self, inputs: Properties) -> Made:
        """Find it by name, or POST."""
        account, name = inputs["accountId"], inputs["name"]
        stores = self._stores(account)
        existing = _matching(stores, "name", name)
        store, adopted = (existing, True) if existing else self._make(account, name, stores)
        return Made(f"{account}/{store['id']}", inputs | {"storeId": store["id"], "adopted": adopted})

    def read(self, identity: str, inputs: Properties, outputs: Properties) -> Found | None:
        """Its name as it is now; an imported store counts as adopted."""
        account, key = split_id(identity, ID_SHAPE)
        stores = self._stores(account)
        store = _matching(stores, "id", key) or (None if inputs else _matching(stores, "name", key))
        if store is None:
            return None
        found = {"accountId": account, "name": store["name"]}
        adopted = outputs.get("adopted", True)
        return Found(f"{account}/{store['id']}", found, found | {"storeId": store["id"], "adopted": adopted})

    def delete(self, identity: str, inputs: Properties, outputs: Properties) -> None:  # noqa: ARG002
        """Remove it when it is ours and empty (Cloudflare answers 409 when it is not), else leave it."""
        if outputs.get("adopted", True):
            return
        account, key = split_id(identity, ID_SHAPE)
        try:
            self._access.api.request("DELETE", f"{_path(account)}/{quote(key, safe='')}")
        except ApiError as error:
            if not (error.gone or error.status == 409):
                raise

    def _make(self, account: str, name: str, stores: list[dict[str, Any]]) -> tuple[Mapping[str, Any], bool]:
        try:
            return self._access.make(
                lambda: self._access.api.result("POST", _path(account), body={"name": name}),
                lambda: _matching(self._stores(account), "name", name),
            )
        except ApiError as error:
            raise _refused(error, name, stores) from error

    def _stores(self, account: str) -> list[dict[str, Any]]:
        return list(self._access.api.pages(_path(account)))


def _path(account: str) -> str:
    return f"/accounts/{quote(account, safe='')}/secrets_store/stores"


def _matching(stores: list[dict[str, Any]], name: str, value: str) -> Mapping[str, Any] | None:
    return next((store for store in stores if store[name] == value), None)


def _refused(error: ApiError, name: str, stores: list[dict[str, Any]]) -> CfaigError:
    if not stores or error.status in {401, 403, 429}:
        return error
    others = ", ".join(sorted(f"“{store['name']}”" for store in stores))
    return CfaigError(
        f"Cloudflare refuses a second Secrets Store “{name}”: {error.text}",
        f"the account has {others}; name it under store: in the definition",
    )
