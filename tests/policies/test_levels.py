from __future__ import annotations

from pathlib import Path

import pytest

from policies.levels import LevelsError, load_levels
from policies.rules import RULES

SHIPPED = Path(__file__).parents[2] / "policies" / "levels.yaml"
STACKS = ("dev", "local", "prod", "staging")


def written(tmp_path: Path, text: str) -> Path:
    file = tmp_path / "levels.yaml"
    file.write_text(text, encoding="utf-8")
    return file


def problems(tmp_path: Path, text: str) -> tuple[str, ...]:
    with pytest.raises(LevelsError) as caught:
        load_levels(written(tmp_path, text), RULES, STACKS)
    return caught.value.problems


def test_the_file_of_this_project_is_as_the_docs_say() -> None:
    levels = load_levels(SHIPPED, RULES, STACKS)
    assert {name: setting.level for name, setting in levels.of("prod").items()} == {
        "authentication": "mandatory",
        "logging": "mandatory",
        "limit": "mandatory",
        "cache-ttl": "mandatory",
        "fallback": "mandatory",
        "zero-data-retention": "mandatory",
        "names": "mandatory",
        "clear-text": "mandatory",
    }
    assert levels.of("dev")["authentication"].level == "advisory"
    assert levels.of("dev")["cache-ttl"].config == {"max": "30d"}


def test_an_environment_changes_only_what_it_says(tmp_path: Path) -> None:
    text = "default: {names: {level: mandatory, pattern: 'a+'}}\nenvironments: {dev: {names: {pattern: 'b+'}}}\n"
    levels = load_levels(written(tmp_path, text), RULES, STACKS)
    assert (levels.of("dev")["names"].level, levels.of("dev")["names"].config) == ("mandatory", {"pattern": "b+"})
    assert levels.of("prod")["names"].config == {"pattern": "a+"}
    assert levels.of(None)["names"] == levels.of("another")["names"] == levels.of("prod")["names"]


@pytest.mark.parametrize("text", ["", "default:\n", "environments:\n  prod:\n"])
def test_what_is_not_said_is_advisory(tmp_path: Path, text: str) -> None:
    levels = load_levels(written(tmp_path, text), RULES, STACKS)
    assert {setting.level for setting in levels.of("prod").values()} == {"advisory"}


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("defaults: {}\n", "levels.yaml:1:1: unknown section 'defaults'; did you mean 'default'?"),
        ("\ndefault: {authentcation: advisory}\n", "levels.yaml:2:11: unknown policy 'authentcation'; did you mean"),
        ("default: {logging: on}\n", "levels.yaml:1:20: unknown level 'on' (known: advisory, mandatory, disabled)"),
        ("default: {names: {levl: advisory}}\n", "unknown value of policy names 'levl'; did you mean 'level'?"),
        (
            "environments: {prd: {}}\n",
            "levels.yaml:1:16: unknown environment 'prd'; did you mean 'prod'? (known: dev, local, prod, staging)",
        ),
        ("default: {cache-ttl: {max: soon}}\n", "max: 'soon' is no duration"),
        ("default: {cache-ttl: {max: true}}\n", "max: 'True' is no duration"),
        ("default: {names: {pattern: '('}}\n", "pattern: '(' is no regular expression"),
        ("default: {fallback: {paths: some}}\n", "paths: 'some' is neither 'every' nor 'any'"),
        ("default: [1]\n", "write a mapping here"),
        ("just text\n", "write a mapping here"),
        ("default: {logging: advisory, logging: disabled}\n", "policy 'logging' is there twice"),
        ("default: {\n", "levels.yaml:2:1: is no YAML: expected the node content"),
        ("? [1]\n: {}\n", "unknown section"),
    ],
)
def test_a_mistake_is_told(tmp_path: Path, text: str, told: str) -> None:
    [problem] = problems(tmp_path, text)
    assert told in problem


def test_all_mistakes_are_told_at_once(tmp_path: Path) -> None:
    found = problems(tmp_path, "default:\n  logging: of\n  names: {pattern: '['}\nenvironments:\n  prd: {}\n")
    assert [problem.split(":")[1] for problem in found] == ["2", "3", "5"]


def test_a_missing_or_binary_file_is_told(tmp_path: Path) -> None:
    with pytest.raises(LevelsError, match="cannot be read"):
        load_levels(tmp_path / "levels.yaml", RULES)
    (tmp_path / "levels.yaml").write_bytes(b"\xff\xfe\x00\x80")
    with pytest.raises(LevelsError, match="is no YAML"):
        load_levels(tmp_path / "levels.yaml", RULES)


def test_without_stack_files_every_environment_is_known(tmp_path: Path) -> None:
    levels = load_levels(written(tmp_path, "environments: {anything: {logging: disabled}}\n"), RULES)
    assert levels.of("anything")["logging"].level == "disabled"
