"""The protocol for any kind: secrets, errors, the schema, the process."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import grpc
import pytest
from pulumi.runtime.proto import provider_pb2

import cfaig
from cfaig.errors import CfaigError
from cfaig.provider.fields import Field
from cfaig.provider.kind import Found, HalfMadeError, Kind, Made
from cfaig.provider.plugin import Plugin
from cfaig.provider.server import start
from cfaig.provider.servicer import _without_secrets
from cfaig.provider.values import UNKNOWN, Properties, Secret, from_struct, to_struct
from tests.provider.cloud import FailedPartlyError, PluginClient

TOKEN = "demo:index:Thing"


class Thing(Kind):
    """Does what its input `do` says."""

    token = TOKEN
    inputs = (
        Field("do", "string", "What to do.", default="nothing"),
        Field("key", "string", "A key.", secret=True),
        Field("list", "array", "Anything.", replaces=True),
    )
    outputs = (Field("token", "string", "Made by the service.", secret=True),)

    def create(self, inputs: Properties) -> Made:
        made = Made("1", inputs | {"token": "t"})
        match inputs["do"]:
            case "break":
                raise RuntimeError(f"leaks {inputs['key']}")
            case "fail":
                raise CfaigError(f"refused {inputs['key']}", "try another")
            case "half":
                raise HalfMadeError(made, [f"not all of {inputs['key']}"])
        return made

    def read(self, identity: str, inputs: Properties, outputs: Properties) -> Found | None:
        return Found(identity, inputs, outputs)


@pytest.fixture
def thing() -> Iterator[PluginClient]:
    config = [Field("apiToken", "string", "A token.", secret=True)]
    server, port = start(Plugin("demo", "1.2.3", "A demo.", [Thing()], config, lambda _config: None, lambda: None))
    with grpc.insecure_channel(f"127.0.0.1:{port}") as channel:
        yield PluginClient(channel)
    server.stop(0).wait()


def test_secrets_stay_secret_in_checks_outputs_and_reads(thing: PluginClient) -> None:
    given = {"key": "open", "list": [{"a": Secret("deep")}, 1]}
    inputs, _ = thing.check(TOKEN, given)
    assert inputs == {"do": "nothing", "key": Secret("open"), "list": [{"a": Secret("deep")}, 1]}
    _, outputs = thing.create(TOKEN, inputs)
    assert outputs["key"] == Secret("open")
    assert outputs["token"] == Secret("t")
    assert outputs["list"] == Secret([{"a": "deep"}, 1])
    _, found, state = thing.read(TOKEN, "1", inputs, outputs)
    assert found["list"] == Secret([{"a": "deep"}, 1])
    assert state["list"] == outputs["list"]


def test_a_preview_leaves_outputs_open(thing: PluginClient) -> None:
    outputs = thing.create(TOKEN, {"do": UNKNOWN, "key": Secret(UNKNOWN)}, preview=True)[1]
    assert outputs == {"do": UNKNOWN, "key": Secret(UNKNOWN), "token": Secret(UNKNOWN)}


def test_errors_are_plain_and_hold_no_secret(thing: PluginClient) -> None:
    with pytest.raises(grpc.RpcError) as failed:
        thing.create(TOKEN, {"do": "fail", "key": Secret("hush")})
    assert failed.value.details() == "refused (hidden) (try another)"
    with pytest.raises(grpc.RpcError) as broken:
        thing.create(TOKEN, {"do": "break", "key": Secret("hush")})
    assert str(broken.value.details()).startswith("a bug in cfaig: RuntimeError at tests.provider.test_servicer:")


@pytest.mark.parametrize(
    ("said", "told"),
    [
        ('headers {"x-lab": "sk-hush"} refused', "headers (hidden) refused"),
        ("value sk-hush refused", "value (hidden) refused"),
        (json.dumps({"message": 'not "sk"-\\ü'}), '{"message": "not (hidden)"}'),
        (json.dumps({"message": 'not "sk"-\\ü'}, ensure_ascii=False), '{"message": "not (hidden)"}'),
        ("on or off", "on or off"),
    ],
)
def test_what_an_api_repeats_is_hidden_in_any_spelling(said: str, told: str) -> None:
    given = {"headers": Secret('{"x-lab": "sk-hush"}'), "deep": [Secret({"key": '"sk"-\\ü'})], "more": Secret('["on"]')}
    assert _without_secrets(said, given) == told


def test_half_made_keeps_id_and_outputs(thing: PluginClient) -> None:
    with pytest.raises(FailedPartlyError) as caught:
        thing.create(TOKEN, {"do": "half", "key": Secret("hush")})
    assert caught.value.id == "1"
    assert caught.value.reasons == ["not all of (hidden)"]
    assert caught.value.inputs == {"do": "half", "key": Secret("hush")}
    assert caught.value.outputs == {"do": "half", "key": Secret("hush"), "token": Secret("t")}


def test_replacement_by_field(thing: PluginClient) -> None:
    answer = thing.diff(TOKEN, {"list": [1]}, {"list": [2], "do": "x"})
    assert list(answer.replaces) == ["list"]
    kind = provider_pb2.PropertyDiff.Kind
    assert {path: kind.Name(entry.kind) for path, entry in answer.detailedDiff.items()} == {
        "list[0]": "UPDATE_REPLACE",
        "do": "ADD",
    }


def test_what_there_is_not_is_told(thing: PluginClient) -> None:
    with pytest.raises(grpc.RpcError, match=r"has no resource demo:index:Other \(it has demo:index:Thing\)"):
        thing.check("demo:index:Other", {})
    with pytest.raises(grpc.RpcError) as caught:
        thing.stub.Invoke(provider_pb2.InvokeRequest(tok="demo:index:f"))
    assert caught.value.code() == grpc.StatusCode.UNIMPLEMENTED


def test_old_engines_name_the_type_in_the_urn_only(thing: PluginClient) -> None:
    urn = f"urn:pulumi:dev::proj::parent$${TOKEN}::name".replace("$$", "$")
    assert not thing.stub.Check(provider_pb2.CheckRequest(urn=urn, news=to_struct({}))).failures


def test_provider_configuration(thing: PluginClient) -> None:
    assert thing.stub.Handshake(provider_pb2.ProviderHandshakeRequest()).accept_secrets
    configured = thing.stub.Configure(provider_pb2.ConfigureRequest(args=to_struct({"apiToken": "x"})))
    assert configured.acceptSecrets
    assert configured.supportsPreview
    checked = thing.stub.CheckConfig(provider_pb2.CheckRequest(news=to_struct({"apiToken": "x", "account": "y"})))
    assert from_struct(checked.inputs) == {"apiToken": Secret("x"), "account": "y"}
    request = provider_pb2.DiffRequest(old_inputs=to_struct({"version": "1"}), news=to_struct({"version": "2"}))
    answer = thing.stub.DiffConfig(request)
    assert list(answer.diffs) == ["version"]
    assert not answer.replaces


def test_the_schema_tells_what_import_needs(plugin: PluginClient) -> None:
    schema = json.loads(plugin.stub.GetSchema(provider_pb2.GetSchemaRequest()).schema)
    assert (schema["name"], schema["version"]) == ("cfaig", cfaig.__version__)
    assert sorted(token.rsplit(":", 1)[1] for token in schema["resources"]) == [
        "CustomDomain",
        "CustomProvider",
        "ProviderKey",
        "Route",
        "SecretsStore",
    ]
    key = schema["resources"]["cfaig:index:ProviderKey"]
    assert key["inputProperties"]["key"]["secret"]
    assert key["inputProperties"]["alias"]["replaceOnChanges"]
    assert "key" in key["requiredInputs"]
    assert "configId" in key["properties"]
    assert schema["provider"]["inputProperties"]["apiToken"]["secret"]


def started(*command: str, **more: Any) -> subprocess.Popen[str]:
    process = subprocess.Popen([*command], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, **more)
    assert process.stdout
    assert process.stdout.readline().strip().isdigit()
    return process


@pytest.mark.parametrize("how", [signal.SIGINT, signal.SIGTERM])
def test_the_process_ends_at_once(how: signal.Signals) -> None:
    process = started(str(Path(sys.prefix) / "bin" / "pulumi-resource-cfaig"), "127.0.0.1:1")
    began = time.monotonic()
    process.send_signal(how)
    out, err = process.communicate(timeout=10)
    assert time.monotonic() - began < 2
    assert (out, err, process.returncode) == ("", "", 0)


def test_the_process_does_not_outlive_its_engine() -> None:
    program = (
        "import subprocess, sys; p = subprocess.Popen([sys.executable, '-m', 'cfaig.provider'], stdout=subprocess.PIPE)"
        "; p.stdout.readline(); print(p.pid, flush=True); sys.stdin.read()"
    )
    engine = started(sys.executable, "-c", program, stdin=subprocess.PIPE)
    engine.stdout.close() if engine.stdout else None
    children = Path(f"/proc/{engine.pid}/task/{engine.pid}/children").read_text().split()
    engine.kill()
    engine.communicate()
    deadline = time.monotonic() + 20
    while any(Path(f"/proc/{child}").exists() for child in children):
        assert time.monotonic() < deadline
        time.sleep(0.05)


def test_the_process_starts_without_what_it_does_not_need() -> None:
    program = (
        "import sys\n"
        "from cfaig.provider.protos import without_sdk; without_sdk()\n"
        "import cfaig.provider.cfaig_plugin, cfaig.provider.server, cfaig.provider.resources.access\n"
        "print(*sorted(m for m in ('httpx', 'pulumi.resource', 'fastapi', 'yaml', 'cloudflare') if m in sys.modules))"
    )
    environ = {name: value for name, value in os.environ.items() if not name.startswith("COV")}
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True, env=environ)
    assert done.stdout.strip() == ""
