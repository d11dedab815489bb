"""Reports: for people, as JSON, as JUnit XML; and the coverage of routes."""

from __future__ import annotations

import json
import xml.etree.ElementTree as ET

import jsonschema
import pytest

from cfaig.scenarios.report_json import report_json
from cfaig.scenarios.report_junit import report_junit
from cfaig.scenarios.report_text import coverage_text, failures_text, file_line, file_lines, summary_text
from cfaig.scenarios.run import Result
from cfaig.scenarios.session import Session
from tests.engine_fixtures import ROOT
from tests.scenarios.conftest import Stageful

SCENARIOS = """\
gateway: shop
scenarios:
  - name: OpenAI answers
    steps:
      - request: {route: chat}
        expect: {status: 200}
  - name: "OpenAI is down <&> \\u0007"
    upstreams: [{provider: openai, status: 500, delay: 1s}]
    steps:
      - request: {route: chat}
        expect: {status: 200}
      - name: again
        request: {route: chat, messages: "Question {n}", times: 3}
        expect: {status: 200, provider: openai}
      - request: {route: chat}
  - name: elsewhere
    only: [prod]
    steps:
      - request: {route: chat}
"""


@pytest.fixture
def session(shop: Stageful) -> Session:
    shop.write(SCENARIOS)
    return shop.open()


@pytest.fixture
def results(session: Session) -> list[Result]:
    return list(session.results())


def test_a_failure_tells_where_what_and_how(results: list[Result]) -> None:
    assert file_line(results, 30) == "scenarios/shop.yaml (local)     .Fs"
    assert file_lines(results).splitlines() == [
        "scenarios/shop.yaml (local)",
        "  passed   OpenAI answers (1 request, 0 s)",
        "  FAILED   OpenAI is down <&> \\x07 (4 requests, 8 s)",
        "  skipped  elsewhere (only in prod)",
    ]
    told = "expected provider: openai; happened provider: lab (in 3 of 3 requests, first in number 1)"
    assert failures_text(results).splitlines() == [
        f"scenarios/shop.yaml:14:41: error AIG210: OpenAI is down <&> � › step 2 (again): {told}",
        "   14 |         expect: {status: 200, provider: openai}",
        "      |                                         ^^^^^^",
        "      dynamic/chat → lab/llama3 (step 1) after openai/gpt-4o failed with 500 (2 attempts); 200, 2 s, $0",
        "         0.000 s  limit rate_limit: passes (1 of 50 used, window 60 s)",
        "         0.000 s  cache: MISS",
        "         0.000 s  openai/gpt-4o failed with 500 after 1 s",
        "         1.000 s  openai/gpt-4o failed with 500 after 1 s",
        "         2.000 s  cache: MISS",
        "         2.000 s  limit key:lab/default: passes (1 of 5 used, window 60 s)",
        "         2.000 s  lab/llama3 answers 200 after 0 s",
        "         2.000 s  the client has 200, 2 s, $0",
        "      1 step was not run",
    ]
    assert summary_text(results) == "1 passed, 1 failed, 1 skipped; 5 requests in 8 s of virtual time"


def test_json_holds_to_its_schema_and_is_the_same_each_time(session: Session, results: list[Result]) -> None:
    schema = json.loads((ROOT / "schemas/test-report.schema.json").read_text())
    jsonschema.Draft202012Validator.check_schema(schema)
    text = report_json(results, session.coverage(results))
    jsonschema.validate(json.loads(text), schema)
    again = list(session.results())
    assert report_json(again, session.coverage(again)) == text
    document = json.loads(report_json(results, None))
    jsonschema.validate(document, schema)
    assert document["summary"] == {"passed": 1, "failed": 1, "skipped": 1, "requests": 5, "elapsed": 8.0}
    [failure] = document["scenarios"][1]["failures"]
    assert (failure["step"], failure["line"], failure["requests"], failure["first_request"]) == (2, 14, 3, 1)
    assert failure["story"][0].startswith("dynamic/chat → lab/llama3")


def test_junit_is_xml_that_ci_systems_read(results: list[Result]) -> None:
    root = ET.fromstring(report_junit(results))  # noqa: S314 (our own)
    assert (root.tag, root.get("tests"), root.get("failures"), root.get("skipped")) == ("testsuites", "3", "1", "1")
    [suite] = root
    assert (suite.tag, suite.get("name"), suite.get("errors")) == ("testsuite", "scenarios/shop.yaml (local)", "0")
    passed, failed, skipped = suite
    assert passed.attrib.keys() == {"name", "classname", "file", "line", "time"}
    assert passed.get("classname") == "scenarios.shop.local"
    assert failed.get("name") == "OpenAI is down <&> �"
    [failure] = failed
    assert failure.get("message") == "expected provider: openai; happened provider: lab"
    assert "scenarios/shop.yaml:14:41" in str(failure.text)
    assert [child.tag for child in skipped] == ["skipped"]
    assert all(float(str(case.get("time"))) >= 0 for case in suite)


def test_coverage_counts_branches_and_tells_what_is_missing(session: Session, results: list[Result]) -> None:
    coverage = session.coverage(results)
    chat, tiered = coverage.routes
    assert (chat.route, chat.taken, len(chat.branches)) == ("chat", 3, 4)
    assert [branch.words for branch in chat.missed] == ["lab/llama3 failed"]
    assert (tiered.taken, len(tiered.branches)) == (0, 12)
    assert (coverage.taken, coverage.branches, round(coverage.percent, 2)) == (3, 16, 18.75)
    lines = coverage_text(coverage).splitlines()
    assert lines[1] == "  shop/chat (local)      3 of 4     75 %"
    assert lines[2] == "    not reached: lab/llama3 failed  gateways/shop.yaml:11:9"
    assert "    not reached: limit else  gateways/shop.yaml:14:5" in lines
    assert "    not reached: split 25%  gateways/shop.yaml:20:9" in lines
    assert lines[-1] == "  total: 3 of 16 branches, 18.8 %"


def test_coverage_of_raw_elements_and_of_environments_that_differ(shop: Stageful) -> None:
    (shop.root / "gateways/shop.yaml").write_text(
        "gateway: shop\nroutes:\n  raw:\n    elements:\n"
        "      - {id: s, type: start, outputs: {next: {elementId: m}}}\n"
        "      - {id: m, type: model, properties: {provider: openai, model: a, timeout: 0, retries: 0},\n"
        "         outputs: {success: {elementId: e}, fallback: {elementId: e}}}\n"
        "      - {id: e, type: end, outputs: {}}\n"
        "environments:\n  prod:\n    routes: {raw: {elements: null, chain: [{provider: openai, model: b}]}}\n"
    )
    step = "    steps:\n      - {request: {route: raw}, expect: {status: 200}}\n"
    shop.write(f"gateway: shop\nscenarios:\n  - name: one\n{step}", "here")
    shop.write(f"gateway: shop\nenvironment: prod\nscenarios:\n  - name: one\n{step}", "there")
    session = shop.open()
    found = session.coverage(list(session.results())).routes
    assert [(route.environments, [branch.words for branch in route.missed]) for route in found] == [
        (("local",), ["openai/a failed"]),
        (("prod",), ["openai/b failed"]),
    ]
