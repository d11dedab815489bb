"""An account for the runtime, straight from the desired state."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from cfaig.errors import CfaigError
from cfaig.runtime.model import LogEntry
from cfaig.scenarios.calls import TOKEN
from cfaig.state.model import AccountState, CustomProviderState, GatewayState


class DesiredConfiguration:
    """What definitions ask for, as if it were deployed; every stored key is there, as a stand-in."""

    def __init__(self, account: AccountState) -> None:
        self._gateways: Mapping[str, GatewayState] = MappingProxyType({one.id: one for one in account.gateways})
        self._custom = {one.slug: one for one in account.custom_providers}

    def gateway(self, account: str, gateway: str) -> GatewayState | None:  # noqa: ARG002 (there is one account)
        """A gateway, or None."""
        return self._gateways.get(gateway)

    def make_default(self, account: str) -> GatewayState:
        """Nothing is made in a scenario: its gateway is in a definition.

        Raises CfaigError.
        """
        raise CfaigError(f"no definition has the gateway default of the account {account}", "write a definition of it")

    def custom_provider(self, account: str, slug: str) -> CustomProviderState | None:  # noqa: ARG002
        """A custom provider by its slug without `custom-`."""
        return self._custom.get(slug)

    def provider_key(self, account: str, gateway: str, slug: str, alias: str) -> str | None:  # noqa: ARG002
        """A stand-in for the stored key of a provider, or None where there is none."""
        found = self._gateways.get(gateway)
        keys = found.provider_keys if found else ()
        return f"stand-in-{slug}-{alias}" if any((key.provider, key.alias) == (slug, alias) for key in keys) else None

    def authorized(self, token: str) -> bool:
        """Whether it is the token that scenarios send."""
        return token == TOKEN


class CollectedLogs:
    """Keeps the logs of one call."""

    def __init__(self) -> None:
        self.entries: list[LogEntry] = []

    def add(self, entry: LogEntry) -> None:
        """Keep one."""
        self.entries.append(entry)

    def take(self) -> LogEntry | None:
        """The last one since this was asked before."""
        last = self.entries[-1] if self.entries else None
        self.entries.clear()
        return last
