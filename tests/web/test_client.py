"""The library for browsers: its own tests against a local Cloudflare and an edge on workerd, its types, its size."""

from __future__ import annotations

import json
import re
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from cfaig.client import gateway_headers
from tests.local.running import RunningCloudflare
from tests.npm import registries_in
from tests.test_client import OPTIONS
from tests.web.running import EDGE_TOKEN, FOLDER, edge_of, run_node

ROOT = FOLDER.parents[1]
MOST_BYTES = 15_000
SIZE = "import('./build.js').then(async ({library}) => console.log(Buffer.byteLength(await library())))"
HEADERS = """
import { gatewayHeaders } from "cfaig-client";
import { readFileSync } from "node:fs";
console.log(JSON.stringify(JSON.parse(readFileSync(process.argv[1])).map(gatewayHeaders)));
"""
JSON_HEADERS = ("cf-aig-metadata", "cf-aig-custom-cost")


def test_against_the_local_cloudflare(node: str, cloudflare: RunningCloudflare) -> None:
    tests = sorted(str(path.relative_to(FOLDER)) for path in FOLDER.glob("test/*.test.js"))
    command = (node, "--test", "--test-concurrency=1", "--test-reporter=spec", *tests)
    done = run_node(*command, CFAIG_LOCAL=cloudflare.root, CFAIG_EDGE=edge_of(cloudflare))
    assert done.returncode == 0, done.stdout.partition("failing tests:")[2] or done.stdout + done.stderr


@pytest.mark.parametrize("project", ["tsconfig.json", "test/tsconfig.json", "example/tsconfig.json"])
def test_types(node: str, project: str) -> None:
    done = run_node(node, "node_modules/typescript/bin/tsc", "--project", project)
    assert done.returncode == 0, done.stdout


def written(options: Any) -> Any:
    """The same options as JSON has them."""
    delay = options.get("retry_delay")
    return options | ({"retry_delay": f"{delay // timedelta(milliseconds=1)}ms"} if delay else {})


def told(headers: dict[str, str]) -> dict[str, Any]:
    """What they mean: JavaScript has no whole numbers beyond 2^53, and spells others in its own way."""
    return {
        name: json.loads(value, parse_int=float) if name in JSON_HEADERS else value for name, value in headers.items()
    }


# Each example starts Node, so those of a failure are not looked through for the smallest one.
@settings(max_examples=4, deadline=None, phases=[Phase.explicit, Phase.reuse, Phase.generate])
@given(st.lists(OPTIONS, min_size=40, max_size=40))
def test_options_mean_the_same_as_in_python(node: str, tmp_path_factory: pytest.TempPathFactory, many: Any) -> None:
    asked = tmp_path_factory.mktemp("options") / "options.json"
    asked.write_text(json.dumps([written(options) for options in many]))
    done = run_node(node, "--input-type=module", "--eval", HEADERS, str(asked))
    assert done.returncode == 0, done.stderr
    for options, headers in zip(many, json.loads(done.stdout), strict=True):
        assert told(headers) == told(gateway_headers(**options))


@pytest.mark.parametrize(
    ("page", "said"),
    [
        (
            "docs/web-client.md",
            ["[openai gpt-4o] Where is my parcel?", "AbortError", "gateway 400", "connecting", "HIT"],
        ),
        ("clients/web/README.md", ["[openai gpt-4o] Hello openai"]),
    ],
)
def test_the_documentation(node: str, cloudflare: RunningCloudflare, page: str, said: list[str]) -> None:
    """All of a page is one program; addresses and tokens are those that are there."""
    cloudflare.control("DELETE", "upstreams")
    blocks = re.findall(r"^```js\n(.*?)^```$", (ROOT / page).read_text(), re.DOTALL | re.MULTILINE)
    program = "\n".join(blocks)
    for told, here in (
        ("http://127.0.0.1:8790", cloudflare.root),
        ('"support"', '"web"'),
        ("https://ai.example.com", edge_of(cloudflare)),
        ("a-token-of-your-edge", EDGE_TOKEN),
    ):
        program = program.replace(told, here)
    done = run_node(node, "--experimental-websocket", "--input-type=module", "--eval", program)
    assert done.returncode == 0, f"{program}\n{done.stderr}"
    for text in said:
        assert text in done.stdout


def test_it_is_small(node: str) -> None:
    done = run_node(node, "--input-type=module", "--eval", SIZE)
    assert int(done.stdout) < MOST_BYTES, done.stderr


def test_the_package_has_what_it_promises(node: str, tmp_path: Path) -> None:
    """As `npm pack` would make it, with the types that its users see."""
    made = tmp_path / "types"
    compiler = (node, "node_modules/typescript/bin/tsc", "--project", "tsconfig.types.json")
    done = run_node(*compiler, "--outDir", str(made))
    assert done.returncode == 0, done.stdout
    package = json.loads((FOLDER / "package.json").read_text())
    assert "dependencies" not in package
    entry = package["exports"]["."]
    assert (FOLDER / entry["default"]).is_file()
    types = (made / Path(entry["types"]).relative_to("types")).read_text()
    for name in ("Gateway", "GatewaySocket", "RateLimitError", "HeaderOptions"):
        assert name in types
    assert (FOLDER / "LICENSE").read_bytes() == (ROOT / "LICENSE").read_bytes()


def test_the_lock_names_no_registry() -> None:
    assert registries_in(FOLDER / "package-lock.json") == []
