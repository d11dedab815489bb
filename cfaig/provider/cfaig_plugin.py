"""The plugin `cfaig`: its kinds and its configuration."""

from __future__ import annotations

from cfaig import __version__
from cfaig.provider.plugin import Plugin
from cfaig.provider.resources.access import CONFIG, Access
from cfaig.provider.resources.custom_domain import CustomDomain
from cfaig.provider.resources.custom_provider import CustomProvider
from cfaig.provider.resources.provider_key import ProviderKey
from cfaig.provider.resources.route import Route
from cfaig.provider.resources.secrets_store import SecretsStore


def plugin(access: Access) -> Plugin:
    """The plugin, for the account behind `access`."""
    return Plugin(
        name="cfaig",
        version=__version__,
        description="For Cloudflare AI Gateway, what the official plugin lacks: routes without gaps, keys, providers.",
        kinds=[SecretsStore(access), CustomProvider(access), Route(access), ProviderKey(access), CustomDomain(access)],
        config=CONFIG,
        configure=access.configure,
        cancel=access.cancel,
    )
