"""Whether gateways answer at their own address: one harmless request that no provider gets to see."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from cfaig.health.asking import Answer, Caller
from cfaig.health.finding import Area, Finding

AREA: Final = Area("gateways")
# There is no GET at this address: the gateway itself says so, without asking a provider.
HARMLESS: Final = "compat/chat/completions"
NOT_CONFIGURED: Final = 2001
UNAUTHORIZED: Final = 2009
TOKEN_VARIABLE: Final = "CF_AIG_TOKEN"  # noqa: S105 (a name)


@dataclass(frozen=True, slots=True)
class Door:
    """How a gateway answered; `token` tells whether one was sent, `edge` that it is the address of an edge."""

    name: str
    address: str
    answer: Answer
    token: bool = False
    edge: bool = False


def look_at_gateway(caller: Caller, name: str, address: str, token: str | None) -> Door:
    """Knock at a gateway; neither this nor the answer goes into its logs."""
    headers = {"cf-aig-collect-log": "false"} | ({"cf-aig-authorization": f"Bearer {token}"} if token else {})
    return Door(name, address, caller.host(f"{address}/{HARMLESS}", headers), token=bool(token))


def look_at_edge(caller: Caller, name: str, hostname: str) -> Door:
    """Knock at an edge, without any of its tokens."""
    return Door(name, hostname, caller.host(f"https://{hostname}/", {}), edge=True)


def check_door(door: Door, deployed: frozenset[str] | None) -> Iterator[Finding]:
    """Whether it answers; `deployed` are the gateways that the account has, None where that is not known."""
    subject = f"edge of {door.name}" if door.edge else door.name
    answer = door.answer
    if not door.edge and deployed is not None and door.name not in deployed:
        yield AREA.ok(subject, "defined, and not in the account yet: cfaig apply makes it")
    elif not answer.status:
        fix = "does its host name lead to Cloudflare? (custom domain of the Worker)" if door.edge else "see network"
        yield AREA.problem(subject, f"{door.address} does not answer: {answer.failure}", fix)
    elif answer.status >= 500:
        yield AREA.problem(subject, f"{door.address} answers {answer.why}", "try again; www.cloudflarestatus.com")
    elif door.edge:
        yield AREA.ok(subject, f"answers at {door.address} in {answer.seconds * 1000:.0f} ms")
    elif answer.code == NOT_CONFIGURED:
        yield AREA.problem(subject, f"its host does not know it ({answer.why})", "cfaig plan: is it in the account?")
    elif answer.code == UNAUTHORIZED and door.token:
        fix = f"{TOKEN_VARIABLE} needs a token with the permission AI Gateway: Run, of the gateway's account"
        yield AREA.warning(subject, f"answers, and does not take the token in {TOKEN_VARIABLE}", fix)
    elif answer.code == UNAUTHORIZED:
        yield AREA.ok(subject, f"answers in {answer.seconds * 1000:.0f} ms, and asks clients for a token")
    else:
        yield AREA.ok(subject, f"answers in {answer.seconds * 1000:.0f} ms")
