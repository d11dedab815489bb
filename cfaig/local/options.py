"""What a local Cloudflare can be told at its start."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Final

ACCOUNT: Final = "10ca10ca10ca10ca10ca10ca10ca10ca"
TOKEN: Final = "local-token"  # noqa: S105 (public by design: opens nothing but the local stand-in)
READ_TOKEN: Final = "local-read-token"  # noqa: S105 (public by design)
RUN_TOKEN: Final = "local-run-token"  # noqa: S105 (public by design)
HOST: Final = "127.0.0.1"
DEFAULT_PORT: Final = 8790


@dataclass(frozen=True, slots=True)
class RateLimit:
    """At most `calls` calls per token in `window` seconds; the next one blocks all for another `window` seconds."""

    calls: int = 1200
    window: float = 300.0


@dataclass(frozen=True, slots=True)
class Options:
    """How one local Cloudflare behaves.

    `account` is the one that the page shows; the tokens open `further_accounts`, too, each with its own gateways.

    `run_tokens` may call models and nothing else, as tokens with AI Gateway: Run; `tokens` may do everything.
    `latency` and `secret_delay` (how long a new secret stays `pending`) are seconds. `default_store` gives the account
    its Secrets Store from the start, as real accounts have once somebody opened that page; without it the first
    user has to make it. `seed` fixes the draws of percentage splits.
    """

    account: str = ACCOUNT
    further_accounts: tuple[str, ...] = ()
    tokens: frozenset[str] = field(default=frozenset({TOKEN}), repr=False)
    read_tokens: frozenset[str] = field(default=frozenset({READ_TOKEN}), repr=False)
    run_tokens: frozenset[str] = field(default=frozenset({RUN_TOKEN}), repr=False)
    gateway_limit: int = 20
    secret_delay: float = 0.0
    default_store: bool = False
    latency: float = 0.0
    rate_limit: RateLimit | None = None
    seed: int | None = None

    @property
    def accounts(self) -> tuple[str, ...]:
        """All accounts."""
        return (self.account, *self.further_accounts)
