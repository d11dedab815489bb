"""The account behind the resources: one client, made when it is first needed."""

from __future__ import annotations

import os
import threading
from collections.abc import Callable, Mapping
from typing import Any, Final, TypeVar
from urllib.parse import quote

from cfaig.errors import CfaigError
from cfaig.live.api import ApiError, CloudflareApi, Credentials
from cfaig.provider.fields import Field

ATTEMPTS: Final = 4
_T = TypeVar("_T")

CONFIG: Final = (
    Field("apiToken", "string", "A token of Cloudflare; else CLOUDFLARE_API_TOKEN.", secret=True),
    Field("apiKey", "string", "A global key, with email; else CLOUDFLARE_API_KEY.", secret=True),
    Field("email", "string", "The e-mail address that belongs to apiKey; else CLOUDFLARE_EMAIL."),
    Field("baseUrl", "string", "Address of the API; else CLOUDFLARE_BASE_URL, else Cloudflare's own."),
)


class Access:
    """Gives resources the API, and pauses that a cancellation ends."""

    def __init__(self, environ: Mapping[str, str] | None = None) -> None:
        self._environ = os.environ if environ is None else environ
        self._config: Mapping[str, Any] = {}
        self._api: CloudflareApi | None = None
        self._lock = threading.Lock()
        self._cancelled = threading.Event()

    def configure(self, config: Mapping[str, Any]) -> None:
        """Take the provider's configuration; nothing is checked before the first call."""
        self.close()
        with self._lock:
            self._config = config

    def close(self) -> None:
        """Give the connections back."""
        with self._lock:
            if self._api is not None:
                self._api.close()
            self._api = None

    def cancel(self) -> None:
        """End all pauses, now and later, with an error."""
        self._cancelled.set()

    def pause(self, seconds: float) -> None:
        """Wait. Raises CfaigError when the run is cancelled."""
        if self._cancelled.wait(seconds):
            raise CfaigError("cancelled", "run it again to go on where it stopped")

    @property
    def api(self) -> CloudflareApi:
        """The client.

        Raises CfaigError when there are no credentials.
        """
        with self._lock:
            if self._api is None:
                self._api = CloudflareApi(_credentials(self._config, self._environ), sleep=self.pause)
            return self._api

    def make(self, post: Callable[[], _T], look: Callable[[], _T | None]) -> tuple[_T, bool]:
        """Create something exactly once: what there is now, and whether it was there before.

        When the name is taken, or no clear answer came, `look` finds what is there. Raises the ApiError of the last
        try when there is nothing.
        """
        for attempt in range(1, ATTEMPTS + 1):
            try:
                return post(), False
            except ApiError as error:
                if not (error.exists_already or error.maybe_done):
                    raise
                found = look()
                if found is not None:
                    return found, True
                if error.exists_already or attempt == ATTEMPTS:
                    raise
                self.api.wait(error, attempt)
        raise AssertionError("unreachable")


def _credentials(config: Mapping[str, Any], environ: Mapping[str, str]) -> Credentials:
    chosen = dict(environ)
    if config.get("apiToken") or config.get("apiKey"):
        chosen.pop("CLOUDFLARE_API_TOKEN", None)
    names = {
        "apiToken": "CLOUDFLARE_API_TOKEN",
        "apiKey": "CLOUDFLARE_API_KEY",
        "email": "CLOUDFLARE_EMAIL",
        "baseUrl": "CLOUDFLARE_BASE_URL",
    }
    chosen |= {variable: str(config[name]) for name, variable in names.items() if config.get(name)}
    return Credentials.from_environment(chosen)


def gateway_path(account: str, gateway: str) -> str:
    """The path of a gateway, below which its parts are."""
    return f"/accounts/{quote(account, safe='')}/ai-gateway/gateways/{quote(gateway, safe='')}"


def split_id(identity: str, shape: str) -> list[str]:
    """The parts of a Pulumi id such as `<account>/<gateway>/<route>`; the last may hold slashes itself.

    Raises CfaigError when parts are missing.
    """
    wanted = shape.count("/")
    parts = identity.split("/", wanted)
    if len(parts) != wanted + 1 or not all(parts):
        raise CfaigError(f"“{identity}” is no id of this resource", f"an id looks like {shape}")
    return parts


def path_part(value: str) -> str | None:
    """What is wrong with a value that becomes a part of an id."""
    return None if value and "/" not in value else "must not be empty or hold a slash"


ACCOUNT: Final = Field("accountId", "string", "The account.", required=True, replaces=True, problem=path_part)
GATEWAY: Final = Field(
    "gatewayId", "string", "The gateway it belongs to.", required=True, replaces=True, problem=path_part
)
