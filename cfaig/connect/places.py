"""Where the gateways of an environment are: the local Cloudflare, a real account, or an edge in front of it."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from cfaig.client import CLOUDFLARE
from cfaig.client import Gateway as Address
from cfaig.connect.model import Place, Value
from cfaig.definition.model import Gateway
from cfaig.errors import CfaigError
from cfaig.local.options import ACCOUNT, DEFAULT_PORT, HOST, RUN_TOKEN
from cfaig.local.process import edges, files_of, status
from cfaig.project import LOCAL_ENVIRONMENT, Project

TOKEN_VARIABLE: Final = "CF_AIG_TOKEN"  # noqa: S105 (a name)
EDGE_TOKEN_VARIABLE: Final = "EDGE_TOKEN"  # noqa: S105 (a name)
ACCOUNT_PLACEHOLDER: Final = "<account>"


def place_of(project: Project, environment: str, gateway: Gateway, account: str | None, *, edge: bool) -> Place:
    """Where clients reach a gateway.

    Raises CfaigError when `edge` is wanted and there is none.
    """
    if edge:
        return _edge(project, environment, gateway, account)
    return _gateway(project, environment, gateway, account)


def _gateway(project: Project, environment: str, gateway: Gateway, account: str | None) -> Place:
    if environment == LOCAL_ENVIRONMENT:
        return _local(project, gateway)
    token = f"{TOKEN_VARIABLE} is a Cloudflare token of yours with the permission AI Gateway: Run"
    notes = (token,) if gateway.authentication else ()
    if account is None:
        hint = f"put your account's id in place of {ACCOUNT_PLACEHOLDER}, or set CLOUDFLARE_ACCOUNT_ID"
        notes = (f"the account is not known: {hint}", *notes)
    known = account or ACCOUNT_PLACEHOLDER
    return Place(Address(known, gateway.id, CLOUDFLARE).root, known, Value(variable=TOKEN_VARIABLE), notes=notes)


def _local(project: Project, gateway: Gateway) -> Place:
    notes: tuple[str, ...] = ()
    server = status(project).server
    if server is not None:
        base, account = f"{server.page}v1", server.account
    else:
        port = files_of(project).remembered_port() or DEFAULT_PORT
        base, account = f"http://{HOST}:{port}/v1", ACCOUNT
        notes = ("the local Cloudflare does not run: cfaig apply starts it and makes the gateway there",)
    return Place(Address(account, gateway.id, base).root, account, Value(RUN_TOKEN), local=True, notes=notes)


def _edge(project: Project, environment: str, gateway: Gateway, account: str | None) -> Place:
    edge = gateway.edge
    if edge is None:
        raise CfaigError(
            f"the gateway {gateway.id} has no edge in {environment}",
            "leave --edge out, or give it one: edge: {hostname: ai.example.com, rules: [...]}",
        )
    root = _local_edge(project, gateway) if environment == LOCAL_ENVIRONMENT else f"https://{edge.hostname}"
    if not (edge.auth or edge.gateway_token or edge.keys):
        # It hands on what clients bring, so they bring what the gateway wants.
        return replace(_gateway(project, environment, gateway, account), root=root)
    note = f"{EDGE_TOKEN_VARIABLE} is the token that the edge knows its client by"
    return Place(root, "", Value(variable=EDGE_TOKEN_VARIABLE), edge=True, notes=(note,))


def _local_edge(project: Project, gateway: Gateway) -> str:
    """Where the local Cloudflare runs the edge of a gateway.

    Raises CfaigError when it does not: its port is known when it runs.
    """
    server = status(project).server
    found = next((edge for edge in edges(server) if edge.gateway == gateway.id), None) if server else None
    if found is not None and found.url:
        return found.url
    reason = found.problem if found is not None else "cfaig apply starts it"
    raise CfaigError(f"the edge of {gateway.id} does not run on this machine", reason)
