"""The scenarios of the examples in gateways/: they pass, in every environment, and leave no branch out."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from cfaig.scaffold import write_project
from cfaig.scenarios.load import load_suite
from cfaig.scenarios.model import Suite
from cfaig.scenarios.report_text import failures_text
from cfaig.scenarios.run import State
from cfaig.scenarios.session import Wanted, open_session
from tests.engine_fixtures import ROOT


@pytest.mark.parametrize("environment", [None, "dev", "prod"])
def test_they_pass_and_cover_everything(monkeypatch: pytest.MonkeyPatch, environment: str | None) -> None:
    monkeypatch.chdir(ROOT)
    session = open_session(Wanted(environment=environment))
    results = list(session.results())
    assert failures_text(results) == ""
    coverage = session.coverage(results)
    assert [branch for route in coverage.routes for branch in route.missed] == []
    assert coverage.percent == 100
    if environment is None:
        assert {result.state for result in results} == {State.PASSED}
        assert {result.environment for result in results} == {"local", "prod"}


def test_what_init_writes_passes_and_covers_everything(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write_project(tmp_path, "first")
    monkeypatch.chdir(tmp_path)
    session = open_session(Wanted())
    results = list(session.results())
    assert [result.state for result in results] == [State.PASSED] * 4
    assert session.coverage(results).percent == 100


def test_the_guide_is_true(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Its files run on the examples; its pieces are what the schema takes."""
    first, *pieces, edge = re.findall(r"```yaml\n(.*?)```", (ROOT / "docs/scenarios.md").read_text(), re.DOTALL)
    (tmp_path / "Pulumi.yaml").touch()
    (tmp_path / "gateways").symlink_to(ROOT / "gateways")
    (tmp_path / "scenarios").mkdir()
    (tmp_path / "scenarios/support.yaml").write_text(first)
    (tmp_path / "scenarios/coding.yaml").write_text(edge)
    monkeypatch.chdir(tmp_path)
    assert failures_text(open_session(Wanted()).results()) == ""
    upstreams, steps = (re.sub("^", "    ", piece, flags=re.MULTILINE) for piece in pieces)
    head = "gateway: support\nscenarios:\n  - name: a\n"
    for text in (f"{head}{upstreams}\n    steps: [{{request: {{route: chat}}}}]\n", f"{head}    steps:\n{steps}"):
        assert isinstance(load_suite(text, Path("guide.yaml")), Suite)
