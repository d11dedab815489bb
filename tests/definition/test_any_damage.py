"""Whatever is done to a definition, it loads, or its mistakes are told: never another exception."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import yaml
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from cfaig.definition.diagnostics import DefinitionError, Diagnostic
from cfaig.definition.files import split_lines
from cfaig.definition.load import load_text
from cfaig.definition.render import render_json, render_text

EVERYTHING: dict[str, Any] = yaml.safe_load((Path(__file__).parent / "positive" / "everything.yaml").read_text())
ODD: st.SearchStrategy[Any] = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(-5, 10**9),
    st.floats(allow_nan=False, allow_infinity=False),
    st.sampled_from(["", "x", "1h", "env://A", "${environment}", "${x", "each", "\n", "é\u2028"]),
    st.sampled_from([[], {}, [[]], [{}], [None], {"a": None}, {"chain": []}, {"": ""}, ["x", "x"]]),
)


def places(data: Any, path: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    found = [path] if path else []
    items = data.items() if isinstance(data, dict) else enumerate(data) if isinstance(data, list) else ()
    for key, value in items:
        found += places(value, (*path, key))
    return found


PLACES = places(EVERYTHING)


@st.composite
def damaged(draw: st.DrawFn) -> dict[str, Any]:
    data: dict[str, Any] = json.loads(json.dumps(EVERYTHING))
    for path in draw(st.lists(st.sampled_from(PLACES), min_size=1, max_size=4)):
        holder: Any = data
        for key in path[:-1]:
            holder = holder[key] if isinstance(holder, dict | list) and path_exists(holder, key) else None
        if isinstance(holder, dict) and path[-1] in holder:
            action = draw(st.sampled_from(["replace", "remove", "rename"]))
            value = holder.pop(path[-1])
            if action != "remove":
                name = path[-1] if action == "replace" else draw(st.sampled_from(["", "zdr", "else", f"{path[-1]}x"]))
                holder[name] = draw(ODD) if action == "replace" else value
        elif isinstance(holder, list) and path_exists(holder, path[-1]):
            holder[path[-1]] = draw(ODD)
    return data


def path_exists(holder: Any, key: Any) -> bool:
    return key in holder if isinstance(holder, dict) else isinstance(key, int) and key < len(holder)


def mistakes(text: str | bytes) -> tuple[Diagnostic, ...]:
    try:
        return load_text(text, "dev").diagnostics
    except DefinitionError as error:
        return error.diagnostics


@settings(max_examples=100, deadline=None, suppress_health_check=list(HealthCheck))
@given(damaged())
def test_damaged_definitions(data: dict[str, Any]) -> None:
    text = yaml.safe_dump(data, allow_unicode=True)
    found = mistakes(text)
    assert bool(found) == bool(render_text(found))
    assert len(json.loads(render_json(found))) == len(found)
    lines = len(split_lines(text))
    assert all(1 <= diagnostic.position.line <= lines for diagnostic in found)


@settings(max_examples=150, deadline=None)
@given(st.text(st.sampled_from("abe :-\n\t[]{},'\"&*!|>#%@`~?<=0.${}é\u2028\x00\x85"), max_size=60))
def test_any_text(text: str) -> None:
    assert mistakes(text), "nothing that short and without a gateway key is a definition"


@settings(max_examples=50, deadline=None)
@given(st.binary(max_size=60))
def test_any_bytes(data: bytes) -> None:
    assert mistakes(data)
