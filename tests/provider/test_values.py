from __future__ import annotations

from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from cfaig.provider.difference import compare
from cfaig.provider.values import UNKNOWN, Secret, conceal, from_struct, has_unknown, reveal, secret_names, to_struct

LEAVES = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(-(2**53), 2**53),
    st.floats(allow_nan=False, allow_infinity=False),
    st.text(),
    st.just(UNKNOWN),
)
VALUES = st.recursive(
    LEAVES,
    lambda inner: st.one_of(st.lists(inner), st.dictionaries(st.text(), inner), st.builds(Secret, inner)),
    max_leaves=20,
)
PROPERTIES = st.dictionaries(st.text(), VALUES, max_size=5)


@given(PROPERTIES)
def test_what_is_sent_comes_back(properties: dict[str, Any]) -> None:
    assert from_struct(to_struct(properties)) == properties


def test_whole_numbers_come_back_as_int() -> None:
    back = from_struct(to_struct({"a": 1.0, "b": 1.5, "c": True}))
    assert back == {"a": 1, "b": 1.5, "c": True}
    assert [type(value) for value in back.values()] == [int, float, bool]


@given(PROPERTIES)
def test_secrets_do_not_show_in_reprs(properties: dict[str, Any]) -> None:
    assert "hush" not in repr(conceal({**properties, "key": "hush"}, ["key"]))


def test_secrets_and_unknowns_are_found_at_any_depth() -> None:
    properties = {"a": [{"b": Secret({"c": UNKNOWN})}], "d": 1}
    assert secret_names(properties) == {"a"}
    assert has_unknown(properties)
    assert reveal(properties) == {"a": [{"b": {"c": UNKNOWN}}], "d": 1}


PLAIN = st.dictionaries(
    st.text(),
    st.recursive(
        st.one_of(st.booleans(), st.integers(), st.text()),
        lambda inner: st.one_of(st.lists(inner), st.dictionaries(st.text(), inner)),
        max_leaves=10,
    ),
    max_size=5,
)


@given(PLAIN)
def test_nothing_differs_from_itself(properties: dict[str, Any]) -> None:
    assert not compare(properties, properties)


@given(PLAIN, PLAIN)
def test_different_properties_differ(old: dict[str, Any], new: dict[str, Any]) -> None:
    assert bool(compare(old, new)) == (repr(sorted_deep(old)) != repr(sorted_deep(new)))


def sorted_deep(value: Any) -> Any:
    if isinstance(value, dict):
        return {name: sorted_deep(value[name]) for name in sorted(value)}
    return [sorted_deep(item) for item in value] if isinstance(value, list) else value


def test_paths_are_pulumis() -> None:
    old = {"a": {"b c": 1, "d": [1, {"e": 2}]}, "gone": 1, "null": None}
    new = {"a": {"b c": 2, "d": [1, {"e": 3}, 4]}, "new": UNKNOWN}
    told = {path: change.value for path, change in compare(old, new).changes.items()}
    assert told == {
        'a["b c"]': "UPDATE",
        "a.d[1].e": "UPDATE",
        "a.d[2]": "ADD",
        "gone": "DELETE",
        "new": "ADD",
    }
