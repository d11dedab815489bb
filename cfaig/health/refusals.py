"""Who answers with 429: the gateway, a provider key's limit, a spend limit, Unified Billing or the provider. Pure.

The codes are those of facts/ai-gateway.md 6.8; a provider's own refusal comes through as the provider wrote it.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterator
from typing import Final

from cfaig.health.finding import Area, Finding
from cfaig.health.traffic import Refused, Traffic
from cfaig.reconcile.setting_words import requests

AREA: Final = Area("limits")
RATE_LIMITED: Final = 2003
SPEND: Final = frozenset({2041, 2045})
# What Unified Billing allows each gateway (facts/ai-gateway.md 1.9).
UNIFIED: Final = "Unified Billing's own limit of 200 requests per 1m"
_RULE: Final = re.compile(r"rule '([^']*)'")


def check_limits(traffic: Traffic) -> Iterator[Finding]:
    """How many requests met a limit in the last hour, and whose limits the newest ones of the last day were."""
    subject = traffic.gateway.id
    if not traffic.limited:
        yield AREA.ok(subject, "no request met a limit in the last hour")
        return
    causes = Counter(_cause(one, traffic) for one in traffic.refused)
    told = f"{traffic.limited:,} requests were answered with 429 in the last hour"
    if not causes:
        yield AREA.warning(subject, f"{told}; they are not in the logs", "are logs on? (logging: {collect: true})")
        return
    yield AREA.warning(subject, f"{told}; of the newest {len(traffic.refused)}:")
    for (cause, fix), count in sorted(causes.items(), key=lambda found: (-found[1], found[0])):
        yield AREA.warning(subject, f"{count} met {cause}", fix)


def _cause(refused: Refused, traffic: Traffic) -> tuple[str, str]:
    """Whose limit it was, and what to do about it."""
    if refused.answer is None:
        fix = "let bodies be logged for a while: cf-aig-collect-log-payload"
        return f"a limit that the log does not tell ({_model(refused)})", fix
    code, message = _gateway_error(refused.answer)
    if code in SPEND:
        rule = _RULE.search(message)
        name = f"the spend limit {rule[1]}" if rule else "a spend limit"
        return name, "raise it in spend_limits:, or let a route fall back to a cheaper model"
    if code == RATE_LIMITED:
        return _own_limit(refused, traffic)
    if code is not None:
        return f"a refusal of the gateway with code {code}", "cfaig logs shows the answer"
    fix = "raise it there, spread the load over more keys or providers, or let a route fall back to another model"
    return f"the own limit of the provider {_model(refused)}", fix


def _model(refused: Refused) -> str:
    return f"{refused.provider}/{refused.model}" if refused.model else refused.provider


def _own_limit(refused: Refused, traffic: Traffic) -> tuple[str, str]:
    """Cloudflare has one code for the limits of gateways and of keys: what is configured tells them apart."""
    settings = traffic.gateway.settings
    limit, interval = settings.get("rate_limiting_limit"), settings.get("rate_limiting_interval")
    possible = [f"the gateway's rate limit of {requests(limit, interval)}"] if limit and interval else []
    for key in traffic.gateway.provider_keys:
        if key.provider == refused.provider and key.rate_limit:
            told = requests(key.rate_limit, key.rate_limit_period)
            possible.append(f"the limit of the key {key.provider}/{key.alias} of {told}")
    if refused.unified or not possible:
        possible = [UNIFIED] if refused.unified else ["a rate limit that no definition has"]
    return " or ".join(possible), "raise it, spread the requests in time, or find out who sends them: cfaig analytics"


def _gateway_error(answer: str) -> tuple[int | None, str]:
    """Code and message where the gateway itself has refused; no code for what a provider wrote."""
    try:
        body = json.loads(answer)
    except (ValueError, RecursionError):
        return None, ""
    errors = body.get("error") if isinstance(body, dict) else None
    first = errors[0] if isinstance(errors, list) and errors and isinstance(errors[0], dict) else {}
    code = first.get("code")
    return (code, str(first.get("message") or "")) if isinstance(code, int) else (None, "")
