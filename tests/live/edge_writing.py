"""Put the Worker of an edge, and its host name, into an account by plain API calls."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from typing import Any

from cfaig.edge import module_digest
from cfaig.secrets import Resolver
from cfaig.state.edge_bindings import edge_bindings, secret_fingerprint
from cfaig.state.model import EdgeState
from tests.local.running import RunningCloudflare


def gateway_url(running: RunningCloudflare, gateway: str) -> str:
    """The address of a gateway, as edges have it."""
    return f"https://gateway.ai.cloudflare.com/v1/{running.account}/{gateway}"


def write_edge(running: RunningCloudflare, edge: EdgeState, gateway: str, resolver: Resolver) -> None:
    """Everything about an edge."""
    secrets = {name: resolver.value(reference, "a test") for name, reference in edge.references.items()}
    fingerprints = {
        name: secret_fingerprint(value, f"{gateway}/{edge.worker}/{name}") for name, value in secrets.items()
    }
    texts = edge_bindings(edge.rules, gateway_url(running, gateway), module_digest(), fingerprints)
    write_worker(running, edge.worker, {name: json.loads(text) for name, text in texts.items()}, secrets)
    if edge.hostname:
        running.result("PUT", "/workers/domains", {"hostname": edge.hostname, "service": edge.worker})


def write_worker(
    running: RunningCloudflare, name: str, values: Mapping[str, Any], secrets: Mapping[str, str] | Iterable[str] = ()
) -> None:
    """A Worker with JSON values and secrets as its bindings."""
    texts = dict(secrets) if isinstance(secrets, Mapping) else dict.fromkeys(secrets, "secret")
    bindings = [{"name": name, "type": "json", "json": value} for name, value in values.items()]
    bindings += [{"name": name, "type": "secret_text", "text": text} for name, text in texts.items()]
    metadata = {"main_module": "worker.js", "compatibility_date": "2026-07-01", "bindings": bindings}
    files = {
        "metadata": (None, json.dumps(metadata), "application/json"),
        "worker.js": ("worker.js", "export default {}", "application/javascript+module"),
    }
    url = f"{running.url}/accounts/{running.account}/workers/scripts/{name}"
    answer = running.client.put(url, files=files, headers={"Authorization": f"Bearer {running.token}"})
    assert answer.status_code == 200, answer.text
