"""The local Cloudflare as these tests use it, and a client for the plugin's protocol."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import grpc
from google.protobuf import empty_pb2
from pulumi.runtime.proto import provider_pb2, provider_pb2_grpc, status_pb2

from cfaig.provider.cfaig_plugin import plugin
from cfaig.provider.resources.access import Access
from cfaig.provider.server import start
from cfaig.provider.values import Properties, from_struct, to_struct
from tests.local.running import RunningCloudflare

GATEWAY = {
    "cache_invalidate_on_update": True,
    "cache_ttl": 0,
    "collect_logs": True,
    "rate_limiting_interval": 0,
    "rate_limiting_limit": 0,
}
A_ROUTE = "/ai-gateway/gateways/support/routes"


@dataclass(frozen=True)
class Cloud:
    """The local Cloudflare; paths are those below the account."""

    running: RunningCloudflare

    @property
    def environ(self) -> dict[str, str]:
        return self.running.environ

    def call(self, method: str, path: str, body: object = None) -> Any:
        answer = self.running.call(method, path, body)
        assert answer.is_success, answer.text
        told = answer.json()
        return told.get("result", told)

    def fault(self, path: str, **how: Any) -> None:
        self.running.fault(path, **how)

    def faults_met(self) -> int:
        """How many requests have met a fault so far."""
        return sum(fault["seen"] for fault in self.running.control("GET", "faults"))

    def requests(self, *methods: str) -> list[str]:
        """What was asked since the last time, as `METHOD path`; all but reading when no methods are given."""
        wanted = methods or ("POST", "PUT", "PATCH", "DELETE")
        asked = [f"{method} {path}" for method, path, _ in self.running.requests() if method in wanted]
        self.running.clear_requests()
        return asked

    def make_gateway(self, identity: str = "support", **settings: Any) -> None:
        self.call("POST", "/ai-gateway/gateways", GATEWAY | {"id": identity} | settings)

    def deployed(self, route: str, gateway: str = "support") -> Any:
        return self.call("GET", f"/ai-gateway/gateways/{gateway}/routes/{route}")["version"]["data"]

    def versions(self, route: str, gateway: str = "support") -> list[Any]:
        path = f"/ai-gateway/gateways/{gateway}/routes/{route}/versions"
        return list(self.call("GET", path)["data"]["versions"])


class FailedPartlyError(Exception):
    """The plugin told that a resource is there, but not as asked."""

    def __init__(self, told: provider_pb2.ErrorResourceInitFailed) -> None:
        super().__init__(list(told.reasons))
        self.id = told.id
        self.reasons = list(told.reasons)
        self.inputs = from_struct(told.inputs)
        self.outputs = from_struct(told.properties)


class PluginClient:
    """Speaks the engine's side of the protocol, in Python values."""

    def __init__(self, channel: grpc.Channel) -> None:
        self.stub = provider_pb2_grpc.ResourceProviderStub(channel)

    def configure(self, **config: Any) -> None:
        self.stub.Configure(provider_pb2.ConfigureRequest(args=to_struct(config)))

    def check(
        self, token: str, news: Properties, olds: Properties | None = None
    ) -> tuple[Properties, list[tuple[str, str]]]:
        request = provider_pb2.CheckRequest(type=token, news=to_struct(news), olds=to_struct(olds or {}))
        answer = self.stub.Check(request)
        return from_struct(answer.inputs), [(entry.property, entry.reason) for entry in answer.failures]

    def diff(
        self, token: str, old: Properties, new: Properties, state: Properties | None = None
    ) -> provider_pb2.DiffResponse:
        olds = old if state is None else state
        request = provider_pb2.DiffRequest(type=token, id="x", old_inputs=to_struct(old), news=to_struct(new))
        request.olds.CopyFrom(to_struct(olds))
        answer: provider_pb2.DiffResponse = self.stub.Diff(request)
        return answer

    def create(self, token: str, inputs: Properties, *, preview: bool = False) -> tuple[str, Properties]:
        request = provider_pb2.CreateRequest(type=token, properties=to_struct(inputs), preview=preview)
        with _partial_failures():
            answer = self.stub.Create(request)
        return answer.id, from_struct(answer.properties)

    def read(
        self, token: str, identity: str, inputs: Properties | None = None, outputs: Properties | None = None
    ) -> tuple[str, Properties, Properties]:
        """Id ("" when gone), inputs and outputs."""
        request = provider_pb2.ReadRequest(type=token, id=identity)
        request.inputs.CopyFrom(to_struct(inputs or {}))
        request.properties.CopyFrom(to_struct(outputs or {}))
        answer = self.stub.Read(request)
        return answer.id, from_struct(answer.inputs), from_struct(answer.properties)

    def update(
        self,
        token: str,
        identity: str,
        old: Properties,
        state: Properties,
        new: Properties,
        *,
        preview: bool = False,
    ) -> Properties:
        request = provider_pb2.UpdateRequest(
            type=token,
            id=identity,
            old_inputs=to_struct(old),
            olds=to_struct(state),
            news=to_struct(new),
            preview=preview,
        )
        with _partial_failures():
            answer = self.stub.Update(request)
        return from_struct(answer.properties)

    def delete(self, token: str, identity: str, inputs: Properties, outputs: Properties) -> None:
        self.stub.Delete(
            provider_pb2.DeleteRequest(
                type=token, id=identity, old_inputs=to_struct(inputs), properties=to_struct(outputs)
            )
        )

    def cancel(self) -> None:
        self.stub.Cancel(empty_pb2.Empty())


@contextmanager
def _partial_failures() -> Iterator[None]:
    try:
        yield
    except grpc.RpcError as error:
        details = [entry.value for entry in error.trailing_metadata() or () if entry.key == "grpc-status-details-bin"]
        if not details:
            raise
        status = status_pb2.Status.FromString(bytes(details[0]))
        told = provider_pb2.ErrorResourceInitFailed()
        assert status.details[0].Unpack(told)
        raise FailedPartlyError(told) from error


@contextmanager
def serve_plugin(environ: Mapping[str, str]) -> Iterator[PluginClient]:
    access = Access(environ)
    server, port = start(plugin(access))
    with grpc.insecure_channel(f"127.0.0.1:{port}") as channel:
        yield PluginClient(channel)
    server.stop(0).wait()
    access.close()
