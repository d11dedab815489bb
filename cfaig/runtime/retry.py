"""When a provider is asked again, and how long that waits (facts/ai-gateway.md 5.1, 5.3)."""

from __future__ import annotations

from cfaig.runtime.settings import RetryPolicy


def pause(policy: RetryPolicy, retry: int) -> float:
    """Seconds before the retry with this number (the first is 1)."""
    if policy.backoff == "linear":
        return policy.delay * retry
    if policy.backoff == "exponential":
        return float(policy.delay * 2 ** (retry - 1))
    return policy.delay


def first_byte_limit(policy: RetryPolicy, attempt: int) -> float | None:
    """How many seconds the attempt with this number (the first is 1) may take to its first byte; None is no limit.

    The last one of several waits as long as it takes, Cloudflare says: it comes back with what the provider has.
    """
    last_of_several = attempt == policy.attempts > 1
    return None if last_of_several and not policy.always_timed else policy.timeout


def is_error(status: int) -> bool:
    """Whether an answer counts as failed: it is tried again, or the next provider is."""
    return status >= 400
