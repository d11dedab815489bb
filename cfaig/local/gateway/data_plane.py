"""The data plane of the local Cloudflare: one runtime, what it needs, and the doors to it."""

from __future__ import annotations

from dataclasses import replace

from starlette.responses import Response
from starlette.types import Receive, Scope, Send

from cfaig.json_types import Json
from cfaig.local.gateway.configuration import StoredConfiguration
from cfaig.local.gateway.handshake import chosen_protocol, refuse, request_headers
from cfaig.local.gateway.http import answer_http, read_call
from cfaig.local.gateway.realtime import ProviderRefusedError, bridge, open_realtime, target_with_key
from cfaig.local.gateway.universal import UniversalConnection
from cfaig.local.gateway.upstreams import ChosenUpstream, RealUpstream
from cfaig.local.log_store import LogStore
from cfaig.local.options import Options
from cfaig.local.storage import Storage
from cfaig.runtime.access import enter
from cfaig.runtime.clock import Clock
from cfaig.runtime.errors import Code, Fault, fault_body
from cfaig.runtime.model import Call, Door
from cfaig.runtime.runtime import Runtime
from cfaig.runtime.scripted.script import Script
from cfaig.runtime.scripted.upstream import ScriptedUpstream


class DataPlane:
    """An ASGI application for `/v1/…` and `/client/v4/accounts/<account>/ai/…`; who may come near is the door's job."""

    def __init__(self, storage: Storage, options: Options, logs: LogStore) -> None:
        self.clock = Clock()
        self.configuration = StoredConfiguration(storage, options)
        self._scripted = ScriptedUpstream(self.clock)
        self._real = RealUpstream()
        self.upstream = ChosenUpstream(storage, self._scripted, self._real)
        self.rules: Json = []
        self._accounts = options.accounts
        self._logs = logs
        self.runtime = Runtime(self.configuration, self.upstream, self.clock, logs, seed=options.seed)

    def forget(self) -> None:
        """Empty caches, counters, logs on their way and the script."""
        self.runtime.forget()
        self._logs.forget()
        self.follow([])

    def follow(self, rules: Json) -> None:
        """Let the scripted providers follow other rules; their counts start anew.

        Raises CfaigError when they are none.
        """
        self._scripted.follow(Script.from_data(rules))
        self.rules = rules

    async def close(self) -> None:
        """End all connections to providers, and write what is left to write."""
        await self._real.close()
        self._logs.flush()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Carry a call out, or hold a connection."""
        call = read_call(scope)
        if scope["type"] == "websocket":
            await self._connect(replace(call, headers=request_headers(scope)), scope, receive, send)
        elif call.account not in self._accounts:
            fault = _not_ours(call.door)
            await Response(fault_body(fault), fault.status, media_type="application/json")(scope, receive, send)
        else:
            await answer_http(self.runtime, call, scope, receive, send)

    async def _connect(self, call: Call, scope: Scope, receive: Receive, send: Send) -> None:
        await receive()
        try:
            if call.account not in self._accounts or call.door is Door.REST:
                raise _not_ours(call.door)
            enter(call, self.configuration)
            if not call.path:
                await _accept(scope, send, chosen_protocol(scope["subprotocols"]))
                await UniversalConnection(self.runtime, call, send).serve(receive)
                return
            target, headers = target_with_key(self.configuration, call)
            socket = await open_realtime(target, headers, scope["subprotocols"], self.upstream.addresses)
        except Fault as fault:
            await refuse(send, fault.status, "application/json", fault_body(fault))
        except ProviderRefusedError as error:
            await refuse(send, error.status, error.content_type, error.body)
        else:
            offered = scope["subprotocols"]
            await _accept(scope, send, socket.subprotocol or chosen_protocol(offered))
            await bridge(socket, receive, send)


def _not_ours(door: Door) -> Fault:
    """The refusal of another account: the same as that of a bad token (facts/ai-gateway.md 4.5)."""
    if door is Door.REST:
        return Fault(Code.AUTHENTICATION, 401, "Authentication error")
    return Fault(Code.UNAUTHORIZED, 401, "Unauthorized", "the local Cloudflare does not know this account")


async def _accept(scope: Scope, send: Send, subprotocol: str | None) -> None:
    chosen = subprotocol if subprotocol in scope["subprotocols"] else None
    await send({"type": "websocket.accept", "subprotocol": chosen})
