"""The stand-in as a process: `pulumi-resource-cloudflare ENGINE_ADDRESS`."""

from __future__ import annotations

import sys
from collections.abc import Callable

from cfaig.provider.protos import without_sdk

VERSION = "6.23.1"


def main() -> None:
    """Serve until the engine ends; does not return."""
    without_sdk()
    from cfaig.local.standin.client import Client
    from cfaig.local.standin.gateway import AiGateway
    from cfaig.local.standin.workers import WorkersCustomDomain, WorkersScript
    from cfaig.provider.fields import Field
    from cfaig.provider.plugin import Plugin
    from cfaig.provider.server import serve

    client, warn = Client(), _warner(sys.argv[1] if len(sys.argv) > 1 else None)
    plugin = Plugin(
        name="cloudflare",
        version=VERSION,
        description="cfaig's stand-in of the official cloudflare plugin, used only where that one is absent.",
        kinds=[AiGateway(client, warn), WorkersScript(client, warn), WorkersCustomDomain(client, warn)],
        config=[
            Field("apiToken", "string", "The API token.", secret=True),
            Field("apiKey", "string", "The global API key.", secret=True),
            Field("email", "string", "The e-mail address of the global API key."),
            Field("baseUrl", "string", "The address of the API."),
        ],
        configure=client.configure,
        cancel=client.cancel,
    )
    serve(plugin)


def _warner(engine: str | None) -> Callable[[str], None]:
    """Tell the engine, so that the user sees a warning."""

    def warn(message: str) -> None:
        import grpc
        from pulumi.runtime.proto import engine_pb2, engine_pb2_grpc

        if engine is not None:
            with grpc.insecure_channel(engine) as channel:
                request = engine_pb2.LogRequest(severity=engine_pb2.WARNING, message=message)
                engine_pb2_grpc.EngineStub(channel).Log(request)

    return warn


if __name__ == "__main__":
    main()
