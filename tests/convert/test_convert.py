"""Nothing in a source gets lost without a word, nothing secret gets out, and what comes out is a valid definition."""

from __future__ import annotations

import copy
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from cfaig.checks import check_gateways
from cfaig.convert.convert import Conversion, convert
from cfaig.convert.report import notes_document, report_lines
from cfaig.definition.diagnostics import Severity
from cfaig.definition.load import load_text
from cfaig.errors import CfaigError
from cfaig.formatting.formatting import format_text
from cfaig.state.compile import compile_gateway

SAMPLES = sorted(Path(__file__).parent.joinpath("samples").iterdir())
NAME = Path("source.json")
FORMATS = {"kong": "deck", "litellm": "litellm", "portkey": "portkey", "rules": "rules"}


def data_of(sample: Path) -> dict[str, Any]:
    found: dict[str, Any] = yaml.safe_load(sample.read_text())
    return found


def converted(data: Any) -> Conversion:
    # One value to a line, so that a longer value moves no other.
    return convert(json.dumps(data, indent=1).encode(), NAME)


def leaves(value: Any, path: tuple[str | int, ...] = ()) -> Iterator[tuple[str | int, ...]]:
    if isinstance(value, dict | list) and value:
        for key, part in value.items() if isinstance(value, dict) else enumerate(value):
            yield from leaves(part, (*path, key))
    else:
        yield path


def mappings(value: Any, path: tuple[str | int, ...] = ()) -> Iterator[tuple[str | int, ...]]:
    if isinstance(value, dict):
        yield path
    if isinstance(value, dict | list):
        for key, part in value.items() if isinstance(value, dict) else enumerate(value):
            yield from mappings(part, (*path, key))


def get(data: Any, path: tuple[str | int, ...]) -> Any:
    for key in path:
        data = data[key]
    return data


def changed(data: Any, path: tuple[str | int, ...], value: Any) -> Any:
    whole = copy.deepcopy(data)
    get(whole, path[:-1])[path[-1]] = value
    return whole


def others(value: Any) -> list[Any]:
    if isinstance(value, bool):
        return [not value]
    return [value * 2 + 7, 0] if isinstance(value, int | float) else [f"{value}-x7", f"x7-{value}"]


def told(found: Conversion) -> list[tuple[object, ...]]:
    return [(note.fate, note.path, note.meaning, note.advice) for note in found.notes]


def is_covered(found: Conversion, path: tuple[str | int, ...]) -> bool:
    return any(path[: len(note.path)] == note.path for note in found.notes)


def check_valid(found: Conversion) -> None:
    loaded = load_text(found.text, "local")
    problems = [*loaded.diagnostics, *check_gateways(loaded, environ=None, environment="local")]
    assert [one for one in problems if one.severity is Severity.ERROR] == []
    (gateway,) = loaded.gateways
    assert compile_gateway(gateway) == compile_gateway(found.gateway)
    assert format_text(found.text, NAME, "definition") == found.text


@pytest.mark.parametrize("sample", SAMPLES, ids=lambda sample: sample.name)
def test_samples_are_recognised_and_give_valid_definitions(sample: Path) -> None:
    found = convert(sample.read_bytes(), sample)
    assert found.format == FORMATS[sample.stem.split("-")[0]]
    check_valid(found)
    assert convert(sample.read_bytes(), sample, wanted=found.format) == found


@pytest.mark.parametrize("sample", SAMPLES, ids=lambda sample: sample.name)
def test_each_value_makes_a_difference_or_is_told_about(sample: Path) -> None:
    data = data_of(sample)
    found = converted(data)
    silent = []
    for path in leaves(data):
        again = [converted(changed(data, path, value)) for value in others(get(data, path))]
        same = all(one.text == found.text and told(one) == told(found) for one in again)
        if same and not is_covered(found, path):
            silent.append(path)
    assert silent == []


values = st.recursive(
    st.none() | st.booleans() | st.integers(-5, 10**6) | st.text(max_size=12),
    lambda inner: st.lists(inner, max_size=2) | st.dictionaries(st.text("abc_.", min_size=1), inner, max_size=2),
    max_leaves=4,
)
names = st.from_regex(r"[a-z]{1,8}_[a-z0-9_]{1,8}", fullmatch=True).map(lambda name: f"x_{name}")


@settings(max_examples=40, deadline=None)
@given(st.sampled_from(SAMPLES), st.data(), names, values)
def test_what_nobody_knows_is_told_about(sample: Path, chosen: st.DataObject, name: str, value: Any) -> None:
    data = data_of(sample)
    place = chosen.draw(st.sampled_from(list(mappings(data))))
    more = changed(data, (*place, name), value)
    found = converted(more)
    for leaf in leaves(value):
        assert is_covered(found, (*place, name, *leaf))
    assert not found.lossless or is_covered(converted(data), (*place, name))


@settings(max_examples=100, deadline=None)
@given(st.sampled_from(SAMPLES), st.data(), values)
def test_any_damage_gives_a_valid_definition_or_a_word(sample: Path, chosen: st.DataObject, value: Any) -> None:
    data = data_of(sample)
    path = chosen.draw(st.sampled_from([*leaves(data), *(place for place in mappings(data) if place)]))
    try:
        found = converted(changed(data, path, value))
    except CfaigError:
        return  # told as a mistake of the source
    check_valid(found)


@pytest.mark.parametrize("sample", SAMPLES, ids=lambda sample: sample.name)
def test_no_secret_gets_out(sample: Path) -> None:
    found = convert(sample.read_bytes(), sample)
    said = found.text + json.dumps(notes_document(found.notes)) + "".join(text for _, text in report_lines(found.notes))
    planted = [leaf for path in leaves(data_of(sample)) if "planted" in (leaf := str(get(data_of(sample), path)))]
    assert [secret for secret in planted if secret in said] == []
    assert "planted" not in said
