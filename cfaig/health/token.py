"""The credentials of an environment: are they valid, until when, and what may they do.

A token belongs to a user or to an account, and each kind has its own place to verify it: a token of an account is
refused at the user's (cloudflare-docs issue 29486). Policies are told only to tokens that may read tokens.
Source: the SDK's `TokenVerifyResponse`, `Token` and `TokenPolicy`.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from cfaig.health.asking import Answer, Caller
from cfaig.live.api import Credentials

ACTIVE: Final = "active"
_ACCOUNTS: Final = "com.cloudflare.api.account."


@dataclass(frozen=True, slots=True)
class Token:
    """What the API says of the credentials; `kind` is `user token`, `account token` or `global key`.

    `state` is `active`, `disabled` or `expired`; None where they are not valid at all, or nobody answered. `groups`
    are the permission groups for the account, None where the API does not tell them.
    """

    kind: str
    answer: Answer
    state: str | None = None
    expires: datetime | None = None
    not_before: datetime | None = None
    groups: frozenset[str] | None = None

    @property
    def valid(self) -> bool:
        """Whether the API takes it."""
        return self.state == ACTIVE


def look_at_token(caller: Caller, account: str, *, policies: bool = True) -> Token:
    """Verify the credentials, and read what they may do if they may know it (`policies`)."""
    if caller.credentials.api_token is None:
        answer = caller.api("/user")
        return Token("global key", answer, ACTIVE if answer.good else None)
    kind, place = "user token", "/user/tokens"
    answer = caller.api(f"{place}/verify")
    if answer.status in {400, 401, 403}:
        other = caller.api(f"/accounts/{account}/tokens/verify")
        if other.good:
            kind, place, answer = "account token", f"/accounts/{account}/tokens", other
    told = answer.result if answer.good and isinstance(answer.result, dict) else {}
    state = str(told["status"]) if told.get("status") else None
    groups = None
    if policies and state == ACTIVE and told.get("id"):
        groups = groups_of(caller.api(f"{place}/{told['id']}"), account)
    return Token(kind, answer, state, _moment(told.get("expires_on")), _moment(told.get("not_before")), groups)


def groups_of(answer: Answer, account: str) -> frozenset[str] | None:
    """The names of the permission groups that a token has for the account; None where that was not told."""
    policies = answer.result.get("policies") if answer.good and isinstance(answer.result, dict) else None
    if not isinstance(policies, list):
        return None
    allowed: set[str] = set()
    denied: set[str] = set()
    for policy in policies:
        if isinstance(policy, dict) and _covers(policy.get("resources"), account):
            names = _names(policy.get("permission_groups") or ())
            (denied if policy.get("effect") == "deny" else allowed).update(names)
    return frozenset(allowed - denied)


def _covers(resources: Any, account: str) -> bool:
    return isinstance(resources, Mapping) and any(
        name in {f"{_ACCOUNTS}{account}", f"{_ACCOUNTS}*"} for name in resources
    )


def _names(groups: Iterable[Any]) -> set[str]:
    return {str(group["name"]) for group in groups if isinstance(group, dict) and group.get("name")}


def _moment(text: object) -> datetime | None:
    try:
        found = datetime.fromisoformat(str(text)) if text else None
    except ValueError:
        return None
    return found if found is None or found.tzinfo else None


def source_of(credentials: Credentials, own_token: str | None) -> str:
    """Where the credentials come from, for people: the variable, or the setting that refers to it."""
    if own_token:
        return own_token
    return "CLOUDFLARE_API_TOKEN" if credentials.api_token else "CLOUDFLARE_API_KEY and CLOUDFLARE_EMAIL"
