"""The resource types that the program declares and the stack remembers."""

from __future__ import annotations

from enum import StrEnum


class Type(StrEnum):
    """The resource types of our program."""

    GATEWAY = "cloudflare:index/aiGateway:AiGateway"
    ROUTE = "cfaig:index:Route"
    PROVIDER_KEY = "cfaig:index:ProviderKey"
    CUSTOM_PROVIDER = "cfaig:index:CustomProvider"
    DOMAIN = "cfaig:index:CustomDomain"
    STORE = "cfaig:index:SecretsStore"
    COMPONENT = "cfaig:index:Gateway"
