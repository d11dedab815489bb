"""The calls of the language protocol that need the SDK."""

# ruff: noqa: ARG002, N802 the protocol names the methods and gives them what not all need

from __future__ import annotations

import importlib.metadata
import re
from collections.abc import Callable, Iterator

import grpc
from pulumi.runtime.proto import LanguageRuntimeServicer, language_pb2, language_pb2_grpc, plugin_pb2

from cfaig.local.engine.language_host.packages import required_plugins
from cfaig.local.engine.language_host.plugin_process import run_plugin
from cfaig.local.engine.language_host.program import run_program

IMPORTED_CODE = b"""# Nothing to copy: the definitions in gateways/ are the code. Write there what has been imported;
# `cfaig plan` shows what still differs.
"""


class LanguageHost(LanguageRuntimeServicer):
    """Runs Python programs and policy packs for the engine at `engine_address`.

    `in_main_thread` runs a function in the main thread and returns its result.
    """

    def __init__(
        self,
        engine_address: str,
        in_main_thread: Callable[[Callable[[], language_pb2.RunResponse]], language_pb2.RunResponse],
    ) -> None:
        self._engine_address = engine_address
        self._in_main_thread = in_main_thread

    def GetRequiredPlugins(
        self, request: language_pb2.GetRequiredPluginsRequest, context: grpc.ServicerContext
    ) -> language_pb2.GetRequiredPluginsResponse:
        """What GetRequiredPackages answers, as older engines ask for it."""
        plugins = [
            plugin_pb2.PluginDependency(name=plugin.name, kind="resource", version=plugin.version, server=plugin.server)
            for plugin in required_plugins()
        ]
        return language_pb2.GetRequiredPluginsResponse(plugins=plugins)

    def Run(self, request: language_pb2.RunRequest, context: grpc.ServicerContext) -> language_pb2.RunResponse:
        """Run the program to its end."""
        return self._in_main_thread(lambda: run_program(request, self._engine_address))

    def RunPlugin(
        self, request: language_pb2.RunPluginRequest, context: grpc.ServicerContext
    ) -> Iterator[language_pb2.RunPluginResponse]:
        """Run a policy pack, or another plugin written in Python."""
        return run_plugin(request, context)

    def GetProgramDependencies(
        self, request: language_pb2.GetProgramDependenciesRequest, context: grpc.ServicerContext
    ) -> language_pb2.GetProgramDependenciesResponse:
        """The Python packages that are installed here; without the transitive ones, those that no other one needs."""
        installed = {_normal(found.name): found for found in importlib.metadata.distributions()}
        needed = {
            _normal(re.split(r"[^\w.-]", requirement, maxsplit=1)[0])
            for found in installed.values()
            for requirement in found.requires or ()
        }
        names = sorted(set(installed) if request.transitiveDependencies else set(installed) - needed)
        return language_pb2.GetProgramDependenciesResponse(
            dependencies=[
                language_pb2.DependencyInfo(name=installed[name].name, version=installed[name].version)
                for name in names
            ]
        )

    def InstallDependencies(
        self, request: language_pb2.InstallDependenciesRequest, context: grpc.ServicerContext
    ) -> Iterator[language_pb2.InstallDependenciesResponse]:
        """Installs nothing: what this runs in has been installed with cfaig."""
        yield language_pb2.InstallDependenciesResponse(
            stdout=b"cfaig's stand-in language host installs nothing: install Python packages with pip\n"
        )

    def GenerateProgram(
        self, request: language_pb2.GenerateProgramRequest, context: grpc.ServicerContext
    ) -> language_pb2.GenerateProgramResponse:
        """What `pulumi import` offers to copy: a remark, for resources here come from definitions."""
        return language_pb2.GenerateProgramResponse(source={"__main__.py": IMPORTED_CODE})


def _normal(name: str) -> str:
    """A package's name as PEP 503 compares it."""
    return re.sub(r"[-_.]+", "-", name).lower()


class _Collector:
    """Takes the handlers that generated code means to give to a server."""

    def __init__(self) -> None:
        self.handlers: list[grpc.GenericRpcHandler] = []

    def add_generic_rpc_handlers(self, handlers: tuple[grpc.GenericRpcHandler, ...]) -> None:
        self.handlers.extend(handlers)

    def add_registered_method_handlers(self, *_: object) -> None:
        """Not needed: the generic handler knows the same methods."""


def handlers(
    engine_address: str,
    in_main_thread: Callable[[Callable[[], language_pb2.RunResponse]], language_pb2.RunResponse],
) -> grpc.GenericRpcHandler:
    """What answers each call of the protocol."""
    collector = _Collector()
    host = LanguageHost(engine_address, in_main_thread)
    language_pb2_grpc.add_LanguageRuntimeServicer_to_server(host, collector)  # type: ignore[arg-type]
    return collector.handlers[0]
