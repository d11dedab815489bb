"""`ProviderKey`: a provider's key (BYOK) in the Secrets Store, and the gateway's config that uses it.

Cloudflare finds the secret by its name, `<gateway>_<provider>_<alias>`; a config cannot be changed, only made and
removed. Source: facts/ai-gateway.md 4.6.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final
from urllib.parse import quote

from cfaig.live.api import ApiError
from cfaig.live.wire import truth
from cfaig.provider.difference import Change, Difference
from cfaig.provider.fields import Failure, Field
from cfaig.provider.kind import Found, Kind, Made
from cfaig.provider.resources.access import ACCOUNT, GATEWAY, Access, gateway_path, path_part, split_id
from cfaig.provider.resources.fingerprint import fingerprint, is_of
from cfaig.provider.resources.stored_secret import StoredSecrets
from cfaig.provider.values import UNKNOWN, Properties, Unknown

ID_SHAPE: Final = "<account>/<gateway>/<provider>:<alias> (or the config's id)"
CONFIG_TRIES: Final = 10
_IN_CONFIG: Final = ("default", "rateLimit", "rateLimitPeriod")


def _positive(value: int) -> str | None:
    return None if value > 0 else "must be more than 0"


def _key_problem(key: str) -> str | None:
    return None if key else "must not be empty"


class ProviderKey(Kind):
    """A key. Its resource id is made of provider and alias, because a new limit means a config with a new id."""

    token = "cfaig:index:ProviderKey"  # noqa: S105 (a type token)
    description = "The key of a model provider, kept in the Secrets Store and used by a gateway (BYOK)."
    inputs = (
        ACCOUNT,
        GATEWAY,
        Field("storeId", "string", "The gateway's Secrets Store.", required=True, replaces=True, problem=path_part),
        Field("provider", "string", "The provider's slug.", required=True, replaces=True, problem=path_part),
        Field(
            "alias", "string", "Its name among the provider's keys.", required=True, replaces=True, problem=path_part
        ),
        Field("default", "boolean", "Whether requests that name no alias use it.", default=False),
        Field("key", "string", "The key itself.", required=True, secret=True, problem=_key_problem),
        Field("rateLimit", "integer", "Requests that may use it per rateLimitPeriod.", problem=_positive),
        Field("rateLimitPeriod", "integer", "Seconds.", problem=_positive),
    )
    outputs = (
        Field("configId", "string", "The gateway's provider config; a new limit makes a new one."),
        Field("secretId", "string", "The secret that holds the key."),
        Field("secretName", "string", "That secret's name."),
        Field("keyFingerprint", "string", "Salt and hash of the key: tells whether it changed, not what it is."),
    )

    def __init__(self, access: Access) -> None:
        self._access = access
        self._secrets = StoredSecrets(access)

    def check(self, news: Properties, olds: Properties) -> tuple[Properties, list[Failure]]:
        """Fields, and that a limit has its period."""
        inputs, failures = super().check(news, olds)
        if "rateLimitPeriod" in inputs and "rateLimit" not in inputs:
            failures.append(Failure("rateLimitPeriod", "means nothing without rateLimit"))
        return inputs, failures

    def diff(self, identity: str, old_inputs: Properties, old_outputs: Properties, news: Properties) -> Difference:
        """By field. In another store the same config must go first, because a gateway has one per provider and alias.

        A key that Cloudflare lost is in the state without fingerprint.
        """
        found = super().diff(identity, old_inputs, old_outputs, news)
        lost = {} if old_outputs.get("keyFingerprint") or "key" in found.changes else {"key": Change.UPDATE}
        same_place = not found.replaces & {"accountId", "gatewayId", "provider", "alias"}
        return Difference({**found.changes, **lost}, found.replaces, bool(found.replaces) and same_place)

    def plan_update(self, old_outputs: Properties, inputs: Properties) -> Properties:
        """A new limit makes a new config, a new key a new fingerprint."""
        planned = super().plan_update(old_outputs, inputs)
        if any(old_outputs.get(name) != inputs.get(name) for name in _IN_CONFIG):
            planned["configId"] = UNKNOWN
        key = inputs["key"]
        if isinstance(key, Unknown) or not is_of(old_outputs.get("keyFingerprint"), key):
            planned["keyFingerprint"] = UNKNOWN
        return planned

    def create(self, inputs: Properties) -> Made:
        """Store the secret, wait until it is active, make the config."""
        secret = self._secrets.put(inputs["accountId"], inputs["storeId"], _secret_name(inputs), inputs["key"])
        config = self._put_config(inputs, secret["id"])
        identity = f"{inputs['accountId']}/{inputs['gatewayId']}/{inputs['provider']}:{inputs['alias']}"
        return Made(identity, _outputs(inputs, config, secret, fingerprint(inputs["key"])))

    def read(self, identity: str, inputs: Properties, outputs: Properties) -> Found | None:
        """The config as it is now; a key whose config or secret is gone has lost its fingerprint."""
        account, gateway, key = split_id(identity, ID_SHAPE)
        config = self._find(account, gateway, key)
        if config is None:
            return self._without_config(identity, inputs, outputs)
        store = inputs.get("storeId") or self._store_of(account, gateway)
        found: Properties = {
            "accountId": account,
            "gatewayId": gateway,
            "storeId": store,
            "provider": config["provider_slug"],
            "alias": config["alias"],
            "default": truth(config.get("default_config")),
        }
        if config.get("rate_limit"):
            found["rateLimit"] = config["rate_limit"]
            if "rateLimitPeriod" in inputs or not inputs:
                found["rateLimitPeriod"] = config.get("rate_limit_period")
        secret = self._secrets.find(account, store, _secret_name(found)) if store else None
        if inputs.get("key"):
            found["key"] = inputs["key"]
        known = outputs.get("keyFingerprint") if secret else None
        identity = f"{account}/{gateway}/{config['provider_slug']}:{config['alias']}"
        return Found(identity, found, _outputs(found, config, secret or {}, known or ""))

    def _without_config(self, identity: str, inputs: Properties, outputs: Properties) -> Found | None:
        """What is left when only the secret is still there: a removal was cut off, or somebody removed the config.

        It stays in the state, so that the secret is removed, too, or gets its config back.
        """
        store, name = outputs.get("storeId") or inputs.get("storeId"), outputs.get("secretName")
        if not (store and name and self._secrets.find(outputs["accountId"], store, name)):
            return None
        return Found(identity, inputs, outputs | {"configId": "", "keyFingerprint": ""})

    def update(self, identity: str, old_inputs: Properties, old_outputs: Properties, inputs: Properties) -> Properties:  # noqa: ARG002
        """A new key is a new value of the secret, without a gap; another limit or default is another config."""
        secret: Mapping[str, Any] = {"id": old_outputs.get("secretId")}
        known = old_outputs.get("keyFingerprint")
        if not is_of(known, inputs["key"]) or not secret["id"]:
            secret = self._secrets.put(inputs["accountId"], inputs["storeId"], _secret_name(inputs), inputs["key"])
            known = fingerprint(inputs["key"])
        return _outputs(inputs, self._put_config(inputs, secret["id"]), secret, known)

    def delete(self, identity: str, inputs: Properties, outputs: Properties) -> None:
        """The config, then its secret; what is gone already is fine."""
        account, gateway, key = split_id(identity, ID_SHAPE)
        config = self._find(account, gateway, key)
        if config is not None:
            self._remove_config(account, gateway, config["id"])
        store = outputs.get("storeId") or inputs.get("storeId")
        if store and outputs.get("secretName"):
            self._secrets.remove(account, store, outputs["secretName"])

    def _find(self, account: str, gateway: str, key: str) -> Mapping[str, Any] | None:
        try:
            for config in self._access.api.pages(_path(account, gateway)):
                if key in {config["id"], f"{config['provider_slug']}:{config['alias']}"}:
                    return config
        except ApiError as error:
            if not error.gone:
                raise
        return None

    def _put_config(self, inputs: Properties, secret: str) -> Mapping[str, Any]:
        """The config with these settings: the one that is there, or a new one right after the old one is removed."""
        account, gateway = inputs["accountId"], inputs["gatewayId"]
        existing = self._find(account, gateway, f"{inputs['provider']}:{inputs['alias']}")
        if existing is not None:
            if _as_asked(existing, inputs) and existing.get("secret_id") in {None, secret}:
                return existing
            self._remove_config(account, gateway, existing["id"])
        for attempt in range(1, CONFIG_TRIES + 1):
            try:
                return self._post_config(inputs, secret)
            except ApiError as error:
                # A fresh secret is not visible everywhere at once.
                if "secret was not found" not in error.text.lower() or attempt == CONFIG_TRIES:
                    raise
                self._access.pause(min(0.2 * 1.6**attempt, 5.0))
        raise AssertionError("unreachable")

    def _post_config(self, inputs: Properties, secret: str) -> Mapping[str, Any]:
        account, gateway = inputs["accountId"], inputs["gatewayId"]
        body = {
            "provider_slug": inputs["provider"],
            "alias": inputs["alias"],
            "default_config": inputs["default"],
            "secret_id": secret,
            "rate_limit": inputs.get("rateLimit"),
            "rate_limit_period": inputs.get("rateLimitPeriod"),
        }
        told = {name: value for name, value in body.items() if value is not None}
        config: tuple[Mapping[str, Any], bool] = self._access.make(
            lambda: self._access.api.result("POST", _path(account, gateway), body=told),
            lambda: self._find(account, gateway, f"{inputs['provider']}:{inputs['alias']}"),
        )
        return config[0]

    def _remove_config(self, account: str, gateway: str, config: str) -> None:
        try:
            self._access.api.request("DELETE", f"{_path(account, gateway)}/{quote(config, safe='')}")
        except ApiError as error:
            if not error.gone:
                raise

    def _store_of(self, account: str, gateway: str) -> str | None:
        return self._access.api.result("GET", gateway_path(account, gateway)).get("store_id") or None


def _path(account: str, gateway: str) -> str:
    return f"{gateway_path(account, gateway)}/provider_configs"


def _secret_name(inputs: Properties) -> str:
    return f"{inputs['gatewayId']}_{inputs['provider']}_{inputs['alias']}"


def _as_asked(config: Mapping[str, Any], inputs: Properties) -> bool:
    period = inputs.get("rateLimitPeriod")
    return (
        truth(config.get("default_config")) == inputs["default"]
        and (config.get("rate_limit") or None) == inputs.get("rateLimit")
        and (period is None or config.get("rate_limit_period") == period)
    )


def _outputs(inputs: Properties, config: Mapping[str, Any], secret: Mapping[str, Any], known: str | None) -> Properties:
    return inputs | {
        "configId": config["id"],
        "secretId": secret.get("id"),
        "secretName": _secret_name(inputs),
        "keyFingerprint": known,
    }
