"""A local Cloudflare in a thread of the test process, on a free port: quick to start and to clear."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx
import uvicorn

from cfaig.live.api import CloudflareApi, Credentials
from cfaig.local.app import create_app
from cfaig.local.listen import bind
from cfaig.local.options import ACCOUNT, READ_TOKEN, RUN_TOKEN, TOKEN, Options
from cfaig.local.server import server_config
from cfaig.local.storage import Storage
from tests.local.ports import quiet_port


@dataclass(frozen=True, slots=True)
class RunningCloudflare:
    """A local Cloudflare that answers. `url` is the base of the API, `root` the address of the server."""

    root: str
    client: httpx.Client
    token: str = TOKEN
    read_token: str = READ_TOKEN
    run_token: str = RUN_TOKEN
    account: str = ACCOUNT

    @property
    def url(self) -> str:
        return f"{self.root}/client/v4"

    @property
    def environ(self) -> dict[str, str]:
        """What the official tools read."""
        return {"CLOUDFLARE_BASE_URL": self.url, "CLOUDFLARE_API_TOKEN": self.token}

    def api(self) -> CloudflareApi:
        """A client with the token that may write."""
        return CloudflareApi(Credentials(self.url, api_token=self.token))

    def call(self, method: str, path: str, body: object = None, *, token: str | None = None) -> httpx.Response:
        """One request; `path` is below the account."""
        url = f"{self.url}/accounts/{self.account}{path}"
        headers = {"Authorization": f"Bearer {token or self.token}"}
        return self.client.request(method, url, json=body, headers=headers)

    def result(self, method: str, path: str, body: object = None) -> Any:
        """The result of a request that has to succeed."""
        answer = self.call(method, path, body)
        assert answer.status_code == 200, answer.text
        return answer.json()["result"]

    def reset(self) -> None:
        """Forget all objects, requests and faults."""
        self.control("POST", "reset")

    def fault(self, path: str, **fault: Any) -> None:
        """Order a fault for requests whose path matches; see `cfaig.local.journal.Fault`."""
        self.control("POST", "faults", {"path": path} | fault)

    def faults(self) -> list[dict[str, Any]]:
        """The faults in force; `seen` counts the requests that matched."""
        faults: list[dict[str, Any]] = self.control("GET", "faults")
        return faults

    def clear_faults(self) -> None:
        """No more faults."""
        self.control("DELETE", "faults")

    def requests(self, method: str | None = None) -> list[tuple[str, str, int]]:
        """Method, path (below the account) and status of the requests since the last reset, oldest first."""
        entries = self.control("GET", "requests")
        prefix = f"/client/v4/accounts/{self.account}"
        told = [(entry["method"], entry["path"].removeprefix(prefix), entry["status"]) for entry in entries]
        return [each for each in told if method is None or each[0] == method]

    def clear_requests(self) -> None:
        """Begin the list of requests anew."""
        self.control("DELETE", "requests")

    def control(self, method: str, path: str, body: object = None) -> Any:
        """Order something that only the local Cloudflare knows, below `/__local/`."""
        headers = {"Authorization": f"Bearer {self.token}"}
        answer = self.client.request(method, f"{self.root}/__local/{path}", json=body, headers=headers)
        answer.raise_for_status()
        return answer.json()["result"]


@contextmanager
def running_cloudflare(
    folder: Path, options: Options | None = None, *, edges: bool = False
) -> Iterator[RunningCloudflare]:
    """Serve until the block ends; the database is `cloudflare.db` in the folder. `edges`: Workers are run, too."""
    storage = Storage(folder / "cloudflare.db")
    listening = bind(quiet_port())
    port = int(listening.getsockname()[1])
    app = create_app(options or Options(), storage, port if edges else None)
    server = uvicorn.Server(server_config(app))
    thread = threading.Thread(target=server.run, kwargs={"sockets": [listening]}, name="local cloudflare", daemon=True)
    thread.start()
    while not server.started:
        assert thread.is_alive()
        time.sleep(0.002)
    with httpx.Client(timeout=10) as client:
        yield RunningCloudflare(f"http://127.0.0.1:{port}", client)
    server.should_exit = True
    thread.join(10)
    listening.close()
    storage.close()
