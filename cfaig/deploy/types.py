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
    WORKER = "cloudflare:index/workersScript:WorkersScript"
    WORKER_DOMAIN = "cloudflare:index/workersCustomDomain:WorkersCustomDomain"
    COMPONENT = "cfaig:index:Gateway"
    BEGUN = "cfaig:index:Begun"
