"""The account: credentials, what they may do, and how many calls are left."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from cfaig.health.asking import Answer, Caller
from cfaig.health.finding import Area, Finding
from cfaig.health.token import Token

CREDENTIALS: Final = Area("credentials")
PERMISSIONS: Final = Area("permissions")
TOKEN_DAYS: Final = 14
PER_PAGE: Final = 50
# With fewer calls left than this part of all, a plan of some size has to wait.
FEW_CALLS: Final = 0.1
_TOKENS_PAGE: Final = "dash.cloudflare.com → Manage account → Account API tokens (or My profile → API tokens)"
_QUERY: Final = "query($account: string) { viewer { accounts(filter: {accountTag: $account}) { accountTag } } }"


@dataclass(frozen=True, slots=True)
class Permission:
    """A right on a product. `groups` are Cloudflare's names of the permission groups that give it, any of them.

    `use` says what cfaig needs it for. `vital`: nothing works without it; else a part of cfaig does not.
    """

    product: str
    right: str
    groups: frozenset[str]
    use: str
    vital: bool = True

    @property
    def name(self) -> str:
        """As the dashboard shows it."""
        return f"{self.product}: {self.right}"


@dataclass(frozen=True, slots=True)
class Probe:
    """How to find out whether a product may be read, and what writing to it takes (None: cfaig never writes)."""

    read: Permission
    ask: Callable[[Caller, str], Answer]
    write: Permission | None = None


def _reading(path: str, **params: str) -> Callable[[Caller, str], Answer]:
    return lambda caller, account: caller.api(f"/accounts/{account}/{path}", params=params)


def _analytics(caller: Caller, account: str) -> Answer:
    return caller.api("/graphql", body={"query": _QUERY, "variables": {"account": account}})


def _both(product: str) -> frozenset[str]:
    return frozenset({f"{product} Write", f"{product} Edit"})


def _reader(product: str) -> frozenset[str]:
    return _both(product) | {f"{product} Read"}


def probes(*, keys: bool, edges: bool, now: datetime) -> tuple[Probe, ...]:
    """What the environment needs: `keys` are stored in Secrets Stores, `edges` are Workers."""
    found = [
        Probe(
            Permission("AI Gateway", "Read", _reader("AI Gateway"), "plan, drift, status, logs"),
            _reading("ai-gateway/gateways", per_page=str(PER_PAGE)),
            Permission("AI Gateway", "Edit", _both("AI Gateway"), "apply"),
        ),
        Probe(
            Permission("Secrets Store", "Read", _reader("Secrets Store"), "which store a gateway uses", vital=keys),
            _reading("secrets_store/stores", per_page="5"),
            Permission("Secrets Store", "Edit", _both("Secrets Store"), "apply of provider keys") if keys else None,
        ),
        Probe(
            Permission("Account Analytics", "Read", frozenset({"Account Analytics Read"}), "status, analytics", False),
            _analytics,
        ),
        Probe(
            Permission(
                "Account Settings", "Read", _reader("Account Settings"), "who changed what, in cfaig drift", False
            ),
            _reading(
                "logs/audit",
                since=_moment(now - timedelta(hours=1)),
                before=_moment(now),
                direction="desc",
                limit="1",
            ),
        ),
    ]
    if edges:
        workers = Probe(
            Permission("Workers Scripts", "Read", _reader("Workers Scripts"), "plan of the edge"),
            _reading("workers/scripts"),
            Permission("Workers Scripts", "Edit", _both("Workers Scripts"), "apply of the edge"),
        )
        found.insert(2, workers)
    return tuple(found)


def _moment(moment: datetime) -> str:
    return moment.isoformat(timespec="seconds").replace("+00:00", "Z")


def check_token(token: Token, source: str, now: datetime) -> Iterator[Finding]:
    """Whether the API takes the credentials, and for how long."""
    replace = f"make another one and set {source}: {_TOKENS_PAGE}"
    if token.valid:
        yield from _ends(token, source, now)
    elif token.state:
        yield CREDENTIALS.problem("token", f"{source} holds a token that is {token.state}", replace)
    elif token.answer.status in {400, 401, 403}:
        told = f"{source} holds a {token.kind.split()[-1]} that the API does not know ({token.answer.why})"
        yield CREDENTIALS.problem("token", told, f"is it whole, and without quotes or spaces? Or {replace}")
    else:
        told = f"{source} could not be verified: {token.answer.why}"
        yield CREDENTIALS.problem("token", told, "see network, below")


def _ends(token: Token, source: str, now: datetime) -> Iterator[Finding]:
    told = f"{source} ({token.kind}), valid"
    if token.kind == "global key":
        fix = "a token with only the rights that are needed does less harm when it leaks: CLOUDFLARE_API_TOKEN"
        yield CREDENTIALS.warning("token", f"{told}; it may do everything in all your accounts", fix)
    elif token.expires is None:
        yield CREDENTIALS.ok("token", f"{told} without end")
    elif (days := (token.expires - now).days) < TOKEN_DAYS:
        ends = f"{told} until {token.expires:%Y-%m-%d}, {days} days from now"
        yield CREDENTIALS.warning("token", ends, "roll it, and set the new one wherever it is used (CI, too)")
    else:
        yield CREDENTIALS.ok("token", f"{told} until {token.expires:%Y-%m-%d}")
    if token.not_before is not None and token.not_before > now:
        yield CREDENTIALS.problem("token", f"not valid before {token.not_before:%Y-%m-%d %H:%M} UTC", "wait until then")


def check_permission(probe: Probe, token: Token, answer: Answer) -> Iterator[Finding]:
    """Whether one product may be read, and written as far as the token's policies tell."""
    read = probe.read
    if answer.status in {401, 403} or (answer.status == 200 and "authorized" in answer.why):
        told = f"missing; needed for {read.use}"
        fix = f"give the token the permission “{(probe.write or read).name}”: {_TOKENS_PAGE}"
        yield (PERMISSIONS.problem if read.vital else PERMISSIONS.warning)(read.name, told, fix)
        return
    if answer.status == 404 and answer.code in {None, 7000, 7003}:
        told = f"the address is not known there ({answer.why})"
        yield PERMISSIONS.problem(read.name, told, "is CLOUDFLARE_BASE_URL right? Leave it out for Cloudflare")
        return
    if not answer.good:
        level = PERMISSIONS.problem if read.vital else PERMISSIONS.warning
        yield level(read.name, f"could not be looked at: {answer.why}", "try again")
        return
    if probe.write is None:
        yield PERMISSIONS.ok(read.name, "given")
    elif token.groups is None:
        told = f"may be read; whether {probe.write.right} is given shows only when something is written"
        yield PERMISSIONS.ok(probe.write.name, told)
    elif token.groups & probe.write.groups:
        yield PERMISSIONS.ok(probe.write.name, "given")
    else:
        fix = f"give the token the permission “{probe.write.name}”; for plans alone {read.right} will do"
        yield PERMISSIONS.warning(probe.write.name, f"{read.right} alone is given; needed for {probe.write.use}", fix)


def check_calls(left: tuple[int, int] | None) -> Iterator[Finding]:
    """How many calls of the API are left, by our own count and by what its answers have told."""
    if left is None:
        yield CREDENTIALS.ok("calls", "no limit is told")
        return
    remaining, quota = left
    told = f"{remaining:,} of {quota:,} calls in 5 minutes are left"
    if remaining < quota * FEW_CALLS:
        fix = "wait some minutes; what else uses this token (CI, scripts)? Give each a token of its own"
        yield CREDENTIALS.warning("calls", told, fix)
    else:
        yield CREDENTIALS.ok("calls", told)


def gateways_in(answer: Answer) -> frozenset[str] | None:
    """The gateways of the account, from the answer to the first probe; None where it does not tell all of them."""
    listed = answer.result if answer.good and isinstance(answer.result, list) else None
    if listed is None or len(listed) >= PER_PAGE:
        return None
    return frozenset(str(body.get("id")) for body in listed if isinstance(body, dict))
