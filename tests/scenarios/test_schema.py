"""The schema of scenarios: valid, told in words, and the same for its library as for us."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import jsonschema
import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from cfaig.definition.violations import violations
from cfaig.scenarios.schema import linked_schema, schema_text
from tests.definition.test_schema import parts
from tests.engine_fixtures import ROOT

SCHEMA: dict[str, Any] = json.loads(schema_text())
FILES = sorted((ROOT / "scenarios").glob("*.yaml"))


class NumberKeys(yaml.SafeLoader):
    """Reads `{200: 5}` with a text for a key, as JSON would have it."""


def _mapping(loader: yaml.SafeLoader, node: yaml.MappingNode) -> dict[str, Any]:
    return {str(loader.construct_object(key)): loader.construct_object(value, deep=True) for key, value in node.value}


NumberKeys.add_constructor("tag:yaml.org,2002:map", _mapping)


def load(path: Path) -> Any:
    return yaml.load(path.read_text(), NumberKeys)  # noqa: S506 (a safe loader)


def test_it_is_a_valid_schema_and_the_one_in_the_repository() -> None:
    jsonschema.Draft202012Validator.check_schema(SCHEMA)
    assert schema_text() == (ROOT / "schemas/scenario.schema.json").read_text()


def test_every_key_has_a_title_and_a_description() -> None:
    mute = [
        f"{path}/{name}"
        for path, part in parts(SCHEMA)
        for name, value in part.get("properties", {}).items()
        if isinstance(value, dict) and "$ref" not in value and not {"title", "description"} <= value.keys()
    ]
    assert mute == []


def test_references_stand_alone_and_alternatives_only_ask() -> None:
    for path, part in parts(SCHEMA):
        assert "$ref" not in part or len(part) == 1, path
        assert not {"oneOf", "anyOf"} & part.keys() or "/if" in path, path


def test_every_mapping_knows_its_keys() -> None:
    loose = [path for path, part in parts(SCHEMA) if "properties" in part and "additionalProperties" not in part]
    assert [path for path in loose if "dependentSchemas" not in path] == []


def test_the_examples_in_it_are_right() -> None:
    """Also those of parts of it: what an editor shows has to be good."""
    for path, part in parts(SCHEMA):
        validator = jsonschema.Draft202012Validator({**part, "$defs": SCHEMA["$defs"]})
        for example in part.get("examples", ()):
            assert not list(validator.iter_errors(example)), (path, example)


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_the_scenarios_of_the_examples_fit(path: Path) -> None:
    assert not list(jsonschema.Draft202012Validator(SCHEMA).iter_errors(load(path)))
    assert path.read_text().startswith("# yaml-language-server: $schema=../schemas/scenario.schema.json\n")


@settings(deadline=None, max_examples=50)
@given(st.sampled_from(FILES), st.data())
def test_our_keywords_refuse_what_those_of_the_library_refuse(path: Path, data: st.DataObject) -> None:
    """The linked schema, with one value replaced. Only durations are ours alone."""
    document = load(path)
    holder: Any = document
    while True:
        key = data.draw(st.sampled_from(list(holder) if isinstance(holder, dict) else list(range(len(holder)))))
        if not isinstance(holder[key], dict | list) or not holder[key] or data.draw(st.integers(0, 3)) == 0:
            break
        holder = holder[key]
    holder[key] = data.draw(st.sampled_from([None, True, 0, -1, 1.5, "", "x", "5s", [], {}, [1, 1], {"x": 1}]))
    theirs = {tuple(error.absolute_path) for error in jsonschema.Draft202012Validator(SCHEMA).iter_errors(document)}
    ours = {one.path for one in violations(document, linked_schema()) if one.keyword != "x-duration"}
    assert ours == theirs
