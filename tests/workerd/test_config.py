"""What is written into a configuration comes out of workerd as it was."""

from __future__ import annotations

import json
import urllib.request
from typing import Any

import pytest

from cfaig.workerd.config import Service, Setup
from cfaig.workerd.find import ensure_workerd
from cfaig.workerd.process import WorkerdError, start_workerd

ECHO = """// "grüß dich" \\\\ \\"
export default { async fetch(request, env) {
  return Response.json([env.TOLD, env.TEXT, await env.STORED.get(), await (await env.OTHER.fetch(request)).text()]);
} }
"""
NASTY = 'a "quoted" \\ text\nwith \t lines, \x01 controls \x7f, ünïcödé 🙂 and )]; endings'


def service(name: str, code: str, **more: Any) -> Service:
    return Service(name, {"worker.js": code}, "outside", "2026-07-01", **more)


def test_every_text_gets_through() -> None:
    told = json.dumps({"nasty": NASTY, "n": [1, None]}, ensure_ascii=False)
    first = service(
        "first",
        ECHO,
        json={"TOLD": told},
        texts={"TEXT": NASTY},
        stored={"STORED": NASTY},
        services={"OTHER": "second"},
    )
    second = service("second", 'export default { fetch: () => new Response("second") }')
    setup = Setup((first, second), {"outside": "127.0.0.1:9"}, {"one": "first", "two": "second"})
    running = start_workerd(ensure_workerd(print), setup)
    try:
        answers = [urllib.request.urlopen(f"http://127.0.0.1:{running.ports[name]}/").read() for name in ("one", "two")]
    finally:
        running.end()
    assert json.loads(answers[0]) == [json.loads(told), NASTY, NASTY, "second"]
    assert answers[1] == b"second"


def test_what_is_wrong_with_a_worker_is_told() -> None:
    setup = Setup((service("broken", "nonsense("),), {"outside": "127.0.0.1:9"}, {"one": "broken"})
    with pytest.raises(WorkerdError, match="SyntaxError"):
        start_workerd(ensure_workerd(print), setup)
