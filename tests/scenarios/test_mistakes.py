"""Every mistake in a scenario file, with its place and its way out."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

import cfaig.scenarios
from cfaig.definition.diagnostics import DefinitionError
from cfaig.errors import CfaigError
from cfaig.scaffold import write_project
from cfaig.scenarios.codes import EXPLANATIONS, GATEWAY
from tests.scenarios.conftest import HEAD, Stageful

STEP = "      - request: {route: chat}\n        expect: {status: 200}\n"
ONE = f"{HEAD}  - name: one\n    steps:\n{STEP}"
BACKWARDS = f"{HEAD}  - name: one\n    steps:\n" + "".join(
    f"      - at: {moment}\n        request: {{route: chat}}\n" for moment in ("1h", "30m")
)

# The text, the code, the line and column, a part of the message, a part of the hint.
MISTAKES = (
    ("", "AIG004", 1, 1, "the file is empty", "gateway:"),
    ("gateway: shop\n", "AIG023", 1, 1, "`scenarios` is missing", None),
    ("gateway: shop\nscenarios: []\n", "AIG022", 2, 1, "`scenarios` must not be empty", None),
    (ONE.replace("route", "rout"), "AIG012", 5, 19, "unknown key `rout`", "did you mean `route`?"),
    (ONE.replace("{route: chat}", "{messages: Hi}"), "AIG023", 5, 9, "`route`, `provider` or `path` is missing", None),
    (ONE.replace("{route: chat}", "{provider: openai}"), "AIG027", 5, 19, "`provider` needs `model`", "add `model`"),
    (ONE.replace("route: chat", "route: chat, path: x"), "AIG026", 5, 32, "exclude each other", "keep one"),
    (ONE.replace("200", "600"), "AIG022", 6, 26, "between 100 and 599, not `600`", None),
    (ONE.replace("200", "soon"), "AIG020", 6, 26, "must be a whole number, not a text", None),
    (ONE.replace("status: 200", "elapsed: soon"), "AIG025", 6, 27, "is not a duration", "30s, 500ms"),
    (ONE.replace("status: 200", "cache: hit"), "AIG021", 6, 25, "must be `HIT`, `MISS` or `none`", None),
    (ONE.replace("status: 200", "cost: {less: 1}"), "AIG012", 6, 25, "unknown key `less`", "below, at_most"),
    (ONE.replace("{status: 200}", "{}"), "AIG022", 6, 9, "must not be empty", None),
    (ONE.replace("chat}", "chat, times: 0}"), "AIG022", 5, 39, "between 1 and 100000", None),
    (ONE.replace("gateway: shop", "gateway: shpo"), "AIG200", 1, 10, "no gateway shpo", "did you mean shop?"),
    (ONE.replace("chat", "chatt"), "AIG201", 5, 26, "no route chatt", "did you mean chat?"),
    (
        ONE.replace("route: chat", "provider: opnai, model: x"),
        "AIG202",
        5,
        29,
        "no provider opnai",
        "did you mean openai",
    ),
    (ONE.replace("status: 200", "provider: labb"), "AIG202", 6, 28, "no provider labb", "did you mean lab?"),
    (f"{ONE}  - name: one\n    steps:\n{STEP}", "AIG203", 7, 11, "“one” already, in line 3", "another name"),
    (
        BACKWARDS,
        "AIG204",
        7,
        13,
        "time goes backwards: an earlier step is at 3600 s",
        "in the order of time",
    ),
    (ONE.replace("200", "{200: 5}"), "AIG205", 6, 18, "`status` counts, and there is one request", "times: 100"),
    (
        ONE.replace("chat}", "chat, times: 9}").replace("200", "{200: 5, 429: 5}"),
        "AIG205",
        6,
        18,
        "add up to 10; there are 9 requests",
        "every request",
    ),
    (
        ONE.replace("status: 200", "tried: [openai/gpt-4]"),
        "AIG206",
        6,
        26,
        "the route chat has no “openai/gpt-4”",
        "did you mean openai/gpt-4o? there are lab/llama3, openai/gpt-4o",
    ),
    (ONE.replace("status: 200", "path: [if then]"), "AIG206", 6, 25, "has no “if then”", "openai/gpt-4o failed"),
    (
        ONE.replace("    steps", "    upstreams: [{hang: true, text: Hi}]\n    steps"),
        "AIG207",
        4,
        17,
        "the rule says both hang and text",
        "one of them",
    ),
    (f"prices: {{opnai/x: {{input: 1}}}}\n{ONE}", "AIG202", 1, 10, "no provider opnai", "did you mean openai?"),
    (f"environment: production\n{ONE}", "AIG208", 1, 14, "no environment production", "there are local, prod"),
    (ONE.replace("    steps", "    only: [local, prood]\n    steps"), "AIG208", 4, 19, "prood", "did you mean prod?"),
    (
        ONE.replace("    steps", "    upstreams: [{provider: openai, statsu: 500}]\n    steps"),
        "AIG012",
        4,
        36,
        "unknown key `statsu`",
        "did you mean `status`?",
    ),
)


@pytest.mark.parametrize(("text", "code", "line", "column", "message", "hint"), MISTAKES)
def test_a_mistake(
    shop: Stageful, text: str, code: str, line: int, column: int, message: str, hint: str | None
) -> None:
    [found] = shop.mistakes(text)
    assert (found.code, found.position.line, found.position.column) == (code, line, column), found
    assert found.position.file == Path("scenarios/shop.yaml")
    assert message in found.message
    assert hint is None or hint in (found.hint or "")
    if text:
        assert found.source_line == text.splitlines()[line - 1]


def test_all_mistakes_of_all_files_are_told_at_once(shop: Stageful) -> None:
    shop.write(ONE.replace("200", "20").replace("route", "rout"), "another")
    found = shop.mistakes(ONE.replace("chat", "7"))
    assert [(one.position.file.name, one.code) for one in found] == [
        ("another.yaml", "AIG012"),
        ("another.yaml", "AIG022"),
        ("shop.yaml", "AIG020"),
    ]


def test_mistakes_in_definitions_are_told_too(shop: Stageful) -> None:
    shop.write(ONE)
    (shop.root / "gateways/shop.yaml").write_text("gateway: shop\ncach: {}\n")
    with pytest.raises(DefinitionError) as caught:
        shop.open()
    assert caught.value.diagnostics[0].position.file == Path("gateways/shop.yaml")


def test_there_must_be_something_to_run(shop: Stageful) -> None:
    with pytest.raises(CfaigError, match="no scenarios in scenarios/"):
        shop.open()
    shop.write(ONE)
    with pytest.raises(CfaigError, match="no scenario has “two” in its name"):
        shop.open(word="two")
    with pytest.raises(CfaigError, match="there is no environment staging"):
        shop.open(environment="staging")
    with pytest.raises(DefinitionError) as caught:
        shop.open(files=(Path("elsewhere.yaml"),))
    assert caught.value.diagnostics[0].message == "there is no such file"


@pytest.mark.parametrize("code", EXPLANATIONS)
def test_the_examples_of_explanations(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, code: str) -> None:
    write_project(tmp_path, GATEWAY)
    monkeypatch.chdir(tmp_path)
    project = Stageful(tmp_path)
    explanation = EXPLANATIONS[code]
    if explanation.bad:
        assert {found.code for found in project.mistakes(explanation.bad, files=(project.write(explanation.bad),))} == {
            code
        }
    project.write(explanation.good)
    project.open(files=(tmp_path / "scenarios/shop.yaml",))


def test_every_code_in_use_is_explained() -> None:
    (folder,) = cfaig.scenarios.__path__
    used = {code for path in Path(folder).glob("*.py") for code in re.findall(r'"(AIG\d{3})"', path.read_text())}
    assert used == set(EXPLANATIONS)
