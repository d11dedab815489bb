"""Readers of JSON: saved plans, the state of stacks, and what the API tells of an account."""

from __future__ import annotations

import hashlib
import json
import tempfile
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from functools import cache
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any, ClassVar
from urllib.parse import urlsplit

from hypothesis import strategies as st

from cfaig.definition.load import load_text
from cfaig.deploy.checkpoint import read_checkpoint
from cfaig.deploy.importing import Place, plan_import
from cfaig.deploy.sealing import MARK, SECRET
from cfaig.deploy.stack_state import TYPES, labels_in, owned_resources
from cfaig.deploy.types import Type
from cfaig.errors import CfaigError
from cfaig.live.api import CloudflareApi, Credentials
from cfaig.live.read import read_live
from cfaig.local.options import ACCOUNT
from cfaig.project import Project
from cfaig.reconcile.basis import change_digests
from cfaig.reconcile.change import Action, Change, Kind, Plan, ResourceKey
from cfaig.reconcile.digests import canonical
from cfaig.reconcile.owned import Owned
from cfaig.reconcile.plan import make_plan
from cfaig.reconcile.read_json import plan_of
from cfaig.reconcile.render_html import render_html
from cfaig.reconcile.render_json import render_json
from cfaig.reconcile.render_markdown import render_markdown
from cfaig.reconcile.render_text import render_text
from cfaig.reconcile.saved_plan import read_saved, write_saved
from cfaig.state.compile import compile_account
from cfaig.state.model import DEFAULT_STORE, AccountState
from tests.fuzz.damage import damaged_json, damaged_text
from tests.fuzz.model import ROOT, Target
from tests.live.writing import write_account
from tests.local.running import running_cloudflare
from tests.reconcile.accounts import STAND_INS, chat, gateway
from tests.reconcile.test_saved_plan import ONE, saved_from, world

PROJECT = Project(ROOT)
STACK = "urn:pulumi:dev::cfaig::"
# The bound of the log store, the store of gateways that have keys, the name of a custom provider.
FILLED_IN = {
    (Kind.GATEWAY, "log_management"),
    (Kind.GATEWAY, "log_management_strategy"),
    (Kind.GATEWAY, "store"),
    (Kind.PROVIDER_KEY, "store"),
    (Kind.CUSTOM_PROVIDER, "name"),
}
SEALED = {MARK: SECRET, "ciphertext": "v1:abc:def"}


def check_rendering(plan: Plan) -> None:
    """Whatever is in a plan can be shown, and steers neither a terminal nor a page."""
    text = render_text(plan, details=True)
    assert all(char == "\n" or char.isprintable() for char in text)
    assert "\x1b" not in render_markdown(plan, details=True)
    assert "<script" not in render_html(plan, details=True)
    json.loads(render_json(plan))


def check_saved_plan(document: Any) -> None:
    """It is refused with a reason, or read, and then it can be shown. With a good seal, so that the reader goes on."""
    if isinstance(document, dict):
        with suppress(Exception):
            document["digests"]["changes"] = change_digests(plan_of(document["plan"]), document["salt"])
        content = canonical({name: value for name, value in document.items() if name != "seal"})
        document["seal"] = {"method": "sha256", "digest": hashlib.sha256(content).hexdigest()}
    try:
        opened = read_saved(json.dumps(document), None, name="plan.json")
    except CfaigError:
        return
    check_rendering(opened.saved.plan)
    assert write_saved(opened.saved, None)


def check_saved_text(text: str) -> None:
    """Nothing but the error that says it is no plan."""
    with suppress(CfaigError):
        read_saved(text.encode("utf-8", "surrogatepass"), None, name="plan.json")


def resource(type_: str, urn: str, **inputs: Any) -> dict[str, Any]:
    outputs = {**inputs, "keyFingerprint": "salt:0123456789abcdef"}
    return {"urn": f"{STACK}{type_}::{urn}", "type": type_, "id": urn, "inputs": inputs, "outputs": outputs}


def checkpoint() -> dict[str, Any]:
    """A stack with one of everything, something protected, something half made."""
    everything: dict[str, Any] = {
        "aiGatewayId": "g",
        "gatewayId": "g",
        "name": "n",
        "provider": "openai",
        "alias": "default",
    }
    everything |= {"slug": "lab", "hostname": "ai.example.com", "elements": [{"id": "a", "type": "start"}]}
    made = [resource(type_, f"g/{kind}", **everything, secret=SEALED) for kind, type_ in TYPES.items()]
    made += [resource(Type.COMPONENT, "g", labels={"team": "a"}), resource("pulumi:pulumi:Stack", "cfaig-dev")]
    pending = [{"resource": resource(Type.ROUTE, "g/half", **everything), "type": "creating"}]
    latest = {"manifest": {}, "resources": [*made, {**made[0], "protect": True}], "pending_operations": pending}
    return {"version": 3, "checkpoint": {"stack": "organization/cfaig/dev", "latest": latest}}


def check_state(document: Any) -> None:
    """The state is read, or there is an error that names the file; then the plan can be told what is ours."""
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        (root / "Pulumi.yaml").write_text("name: cfaig\n")
        (root / ".pulumi/stacks/cfaig").mkdir(parents=True)
        text = document if isinstance(document, str) else json.dumps(document)
        (root / ".pulumi/stacks/cfaig/dev.json").write_bytes(text.encode("utf-8", "surrogatepass"))
        try:
            state = read_checkpoint(Project(root), "dev", root.as_uri())
        except CfaigError:
            return
    assert state is not None
    labels_in(state)
    make_plan(wanted(), AccountState(), owned_resources(state), resolver=STAND_INS)


@cache
def wanted() -> AccountState:
    """A gateway with every setting there is."""
    text = (ROOT / "tests/definition/positive/everything.yaml").read_text()
    return compile_account(load_text(text, "dev").gateways)


@cache
def account_answers() -> dict[str, Any]:
    """What the API answers to each path, for an account that holds what is wanted."""
    desired = wanted()
    with tempfile.TemporaryDirectory() as folder, running_cloudflare(Path(folder)) as running:
        write_account(running, desired, STAND_INS)
        running.clear_requests()
        with running.api() as api:
            read_live(api, ACCOUNT)
        paths = sorted({path.partition("?")[0] for _, path, _ in running.requests("GET")})
        return {path: running.call("GET", path).json() for path in paths}


class Hostile(BaseHTTPRequestHandler):
    """Answers what it was told to, to anybody who asks."""

    protocol_version = "HTTP/1.1"
    wbufsize = -1  # headers and body at once: or else each answer waits 40 ms for the client's acknowledgement
    answers: ClassVar[Mapping[str, Any]] = {}

    def do_GET(self) -> None:
        path = urlsplit(self.path).path.removeprefix(f"/client/v4/accounts/{ACCOUNT}")
        found = self.answers.get(path)
        body = json.dumps(found).encode() if found is not None else b'{"success": false, "errors": [{"code": 7003}]}'
        self.send_response(200 if found is not None else 404)
        self.send_header("content-length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 (its name)
        """Say nothing."""


@contextmanager
def hostile_api(answers: Mapping[str, Any]) -> Iterator[CloudflareApi]:
    """A client of a server that gives these answers."""
    server = hostile_server()
    Hostile.answers = answers
    credentials = Credentials(f"http://127.0.0.1:{server.server_address[1]}/client/v4", api_token="t")
    with CloudflareApi(credentials, sleep=lambda _: None) as api:
        yield api


@cache
def hostile_server() -> ThreadingHTTPServer:
    server = ThreadingHTTPServer(("127.0.0.1", 0), Hostile)
    server.daemon_threads = True
    threading.Thread(target=server.serve_forever, daemon=True).start()
    return server


def check_account(answers: Mapping[str, Any]) -> None:
    """An account is read, planned, shown and imported, or there is an error that says why not.

    What an import writes asks for what is live; only what a definition always has, and the account lacks, is a change.
    """
    with hostile_api(answers) as api:
        try:
            live = read_live(api, ACCOUNT)
        except CfaigError:
            return
    try:
        check_rendering(
            make_plan(wanted(), live.state, Owned(known=False), resolver=STAND_INS, stores_known=live.stores_known)
        )
    except CfaigError:
        return
    with tempfile.TemporaryDirectory() as folder:
        place = Place(PROJECT, "dev", ACCOUNT, Path(folder))
        try:
            found = plan_import(place, live, (), force=False)
        except CfaigError:
            return
        check_rendering(found.plan)
        assert all(map(fills_in, found.plan.changes)), render_text(found.plan, details=True)
        assert all(file.path.parent == place.folder for file in found.files)


def fills_in(change: Change) -> bool:
    """Whether a change only puts values where there are none, and where definitions always have one."""
    if change.action is Action.CREATE:
        return change.key == ResourceKey.of_store(DEFAULT_STORE)
    return change.action is Action.UPDATE and all(
        field.old is None and (change.key.kind, *field.path) in FILLED_IN for field in change.fields
    )


@st.composite
def damaged_answers(draw: st.DrawFn) -> dict[str, Any]:
    """The answers of the API, one or two of them damaged."""
    answers = dict(account_answers())
    for path in draw(st.lists(st.sampled_from(sorted(answers)), min_size=1, max_size=2)):
        answers[path] = draw(damaged_json([answers[path]]))
    return answers


def saved_text() -> str:
    return write_saved(saved_from(world(ONE, gateway(chat())).seen()), None)


TARGETS = {
    "saved-plan": Target(damaged_json([json.loads(saved_text())]), check_saved_plan),
    "saved-plan-text": Target(damaged_text([saved_text()]), check_saved_text),
    "state": Target(damaged_json([checkpoint()]) | damaged_text([json.dumps(checkpoint(), indent=1)]), check_state),
    "account": Target(damaged_answers(), check_account),
}
