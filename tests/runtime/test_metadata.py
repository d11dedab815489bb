"""Metadata that counts, and conditions on it."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cfaig.definition.conditions import shorten
from cfaig.runtime.conditions import ConditionError, holds
from cfaig.runtime.metadata import metadata_value, parse_metadata
from tests.runtime.straight_reading import true
from tests.strategies import conditions

VALUES = st.one_of(st.sampled_from(["paid", "free", "eu"]), st.integers(0, 9), st.booleans())


def test_the_first_five_entries_stay_and_reserved_ones_go() -> None:
    told = '{"a": 1, "b": "x", "cf.user_id": "u", "d": true, "e": 1.5, "f": 6}'
    metadata, notes = parse_metadata(told)
    assert metadata == {"a": 1, "b": "x", "d": True, "e": 1.5}
    assert notes == [
        "cf-aig-metadata: f dropped: more than 5 entries",
        "cf-aig-metadata: cf.user_id dropped: cf. is reserved",
    ]


@pytest.mark.parametrize(
    "told", ['{"a": 1, "b": null}', '{"a": 1, "b": {}}', '{"a": [1]}', "[1]", '"x"', "{", '{"a": NaN}', "[" * 100_000]
)
def test_one_bad_value_discards_all(told: str) -> None:
    metadata, notes = parse_metadata(told)
    assert metadata == {}
    assert len(notes) == 1


def test_a_long_value_is_kept() -> None:
    assert parse_metadata('{"a": "%s"}' % ("x" * 600))[0] == {"a": "x" * 600}


def test_only_paths_into_metadata_are_known() -> None:
    assert metadata_value("metadata.plan", {"plan": "paid"}) == "paid"
    assert metadata_value("metadata.a.b", {"a.b": 1}) == 1
    for path in ("body.user", "headers.x-user", "plan", "metadata", "metadata."):
        with pytest.raises(LookupError):
            metadata_value(path, {"plan": "paid"})


@given(conditions(), st.dictionaries(st.sampled_from(["plan", "user_id", "region"]), VALUES))
def test_conditions_hold_as_the_straight_line_model_says(wanted: Any, metadata: dict[str, Any]) -> None:
    assert holds(wanted, metadata) == true(wanted, metadata)
    assert holds(shorten(wanted), metadata) == true(wanted, metadata)


@pytest.mark.parametrize(
    ("condition", "metadata", "expected"),
    [
        ({"metadata.n": 1}, {"n": True}, False),
        ({"metadata.n": 1}, {"n": "1"}, False),
        ({"metadata.n": 1}, {"n": 1.0}, True),
        ({"metadata.n": {"$ne": 1}}, {}, True),
        ({"metadata.n": {"$eq": None}}, {}, True),
        ({"metadata.n": {"$ne": 1, "$in": [2, 3]}}, {"n": 2}, True),
        ({}, {}, True),
    ],
)
def test_values_are_equal_only_within_a_type(condition: Any, metadata: dict[str, Any], expected: bool) -> None:
    assert holds(condition, metadata) is expected


@pytest.mark.parametrize(
    ("condition", "why"),
    [
        ({"metadata.n": {"$gt": 1}}, "$gt is not among the documented operators"),
        ({"metadata.n": 1, "$nor": [{"metadata.n": 1}]}, "$nor is not among the documented operators"),
        ({"$and": {"metadata.n": 1}}, "$and takes a list"),
        ({"$or": []}, "$or takes a list"),
        ({"metadata.n": {"$in": 1}}, "$in takes a list"),
        ({"body.user": "x"}, "only metadata.<key> is known"),
        ({"metadata.n": {}}, "metadata.n is compared with nothing"),
        ("metadata.n", "a condition is an object"),
        ({"metadata.other": "no", "metadata.n": {"$gt": 1}}, "$gt is not among"),
    ],
)
def test_what_cannot_be_evaluated_is_refused(condition: Any, why: str) -> None:
    with pytest.raises(ConditionError) as caught:
        holds(condition, {"n": 1})
    assert why in str(caught.value)
