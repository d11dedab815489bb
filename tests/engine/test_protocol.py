"""The language host as a process, spoken to without an engine."""

from __future__ import annotations

import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass

import grpc
import pytest
from google.protobuf import empty_pb2
from hypothesis import given
from hypothesis import strategies as st
from pulumi.runtime.proto import language_pb2, language_pb2_grpc

from cfaig.local.engine.language_host.short_answers import field


@dataclass
class Host:
    process: subprocess.Popen[str]
    stub: language_pb2_grpc.LanguageRuntimeStub


@pytest.fixture
def host() -> Iterator[Host]:
    command = [sys.executable, "-P", "-u", "-m", "cfaig.local.engine.language_host", "127.0.0.1:1"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        port = int(process.stdout.readline())
        with grpc.insecure_channel(f"127.0.0.1:{port}") as channel:
            yield Host(process, language_pb2_grpc.LanguageRuntimeStub(channel))
        process.kill()


def test_short_answers(host: Host) -> None:
    about = host.stub.About(language_pb2.AboutRequest())
    assert about.executable == sys.executable
    assert about.version == ".".join(map(str, sys.version_info[:3]))
    assert host.stub.GetPluginInfo(empty_pb2.Empty()).version == ""
    host.stub.Handshake(language_pb2.LanguageHandshakeRequest(engine_address="127.0.0.1:1"))
    assert not host.stub.RuntimeOptionsPrompts(language_pb2.RuntimeOptionsRequest()).prompts


def test_required_plugins_are_those_of_the_installed_sdks(host: Host) -> None:
    packages = host.stub.GetRequiredPackages(language_pb2.GetRequiredPackagesRequest()).packages
    assert [(package.name, package.kind, package.version) for package in packages] == [
        ("cloudflare", "resource", "6.23.1")
    ]
    plugins = host.stub.GetRequiredPlugins(language_pb2.GetRequiredPluginsRequest()).plugins
    assert [(plugin.name, plugin.version) for plugin in plugins] == [("cloudflare", "6.23.1")]


def test_import_is_told_where_its_code_is(host: Host) -> None:
    answer = host.stub.GenerateProgram(language_pb2.GenerateProgramRequest())
    (code,) = answer.source.values()
    compile(code, "__main__.py", "exec")
    assert b"gateways/" in code


def test_dependencies(host: Host) -> None:
    def names(*, transitive: bool) -> set[str]:
        request = language_pb2.GetProgramDependenciesRequest(transitiveDependencies=transitive)
        return {dependency.name for dependency in host.stub.GetProgramDependencies(request).dependencies}

    assert "cfaig" in names(transitive=False)
    assert "grpcio" not in names(transitive=False)
    assert "grpcio" in names(transitive=True)


def test_unknown_call_is_refused(host: Host) -> None:
    with pytest.raises(grpc.RpcError) as raised:
        host.stub.Pack(language_pb2.PackRequest())
    assert raised.value.code() == grpc.StatusCode.UNIMPLEMENTED


@pytest.mark.parametrize("asked", [signal.SIGINT, signal.SIGTERM])
def test_signal_ends_it_at_once_and_quietly(host: Host, asked: signal.Signals) -> None:
    began = time.monotonic()
    host.process.send_signal(asked)
    stdout, stderr = host.process.communicate(timeout=5)
    assert time.monotonic() - began < 2.0
    assert (stdout, stderr) == ("", "")


@given(text=st.text(max_size=300))
def test_text_field_is_what_protobuf_writes(text: str) -> None:
    assert language_pb2.AboutResponse.FromString(field(2, text)) == language_pb2.AboutResponse(version=text)
