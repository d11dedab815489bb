"""The JSON Schema against the model that it describes, and against its own promises to editors."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import MISSING, fields
from pathlib import Path
from typing import Any

import jsonschema
import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from cfaig.definition import model, model_edge
from cfaig.definition.catalog import GUARDRAIL_CATEGORIES
from cfaig.definition.schema import DURATION_KEYWORD, Part, duration_problem, followed, schema, schema_text
from cfaig.definition.violations import FALSE_SCHEMA, violations

ROOT = Path(__file__).parents[2]
DEFS: dict[str, Any] = schema()["$defs"]
RULE: dict[str, Any] = DEFS["edge_rule"]["properties"]


MAPS = {"properties", "$defs", "patternProperties", "dependentSchemas"}


PARTS: tuple[Part, ...] = ("definition", "defaults", "complete")


def parts(part: Any, path: str = "#", *, is_map: bool = False) -> Iterator[tuple[str, dict[str, Any]]]:
    """All schemas in the schema; a map of names to schemas is none itself."""
    if isinstance(part, dict):
        if not is_map:
            yield path, part
        for key, value in part.items():
            if is_map or key not in {"examples", "enum", "const", "default"}:
                yield from parts(value, f"{path}/{key}", is_map=not is_map and key in MAPS)
    elif isinstance(part, list):
        for index, value in enumerate(part):
            yield from parts(value, f"{path}/{index}")


def described() -> Iterator[tuple[str, dict[str, Any]]]:
    """All parts that people meet in an editor."""
    for path, part in parts(schema()):
        if not path.startswith(("#/$defs/complete", "#/$defs/complete_flow")):
            yield path, part


def test_it_is_a_valid_schema_and_the_one_in_the_repository() -> None:
    jsonschema.Draft202012Validator.check_schema(schema())
    assert schema_text() == (ROOT / "schemas" / "gateway.schema.json").read_text()


def test_the_schema_for_defaults_leads_to_the_right_part() -> None:
    document = json.loads((ROOT / "schemas" / "defaults.schema.json").read_text())
    assert document["$ref"] == "gateway.schema.json#/$defs/defaults"
    assert "gateway" not in DEFS["defaults"]["properties"]


def test_every_mapping_knows_its_keys() -> None:
    loose = [
        path
        for path, part in described()
        if ("properties" in part or part.get("type") in ("object", ["object", "null"]))
        and "additionalProperties" not in part
        and not path.endswith("/if")
        and "/dependentSchemas/" not in path
    ]
    # An element is closed by its type; the API's own conditions are open on purpose.
    assert sorted(loose) == [
        "#/$defs/element",
        "#/$defs/element_conditional/properties/properties/properties/conditions",
    ]


def test_every_key_has_a_title_and_a_description() -> None:
    mute = [
        f"{path}/{name}"
        for path, part in described()
        for name, value in part.get("properties", {}).items()
        if path.rsplit("/", 1)[-1] not in {"if", "outputs"}
        and isinstance(value, dict)
        and not {"title", "description"} <= set(followed(value))
        and "condition_value" not in path
        and not name.startswith("$")
    ]
    assert mute == []


def test_no_bare_alternatives() -> None:
    """Errors inside oneOf or anyOf cannot be told apart; both are only for asking, inside `if`."""
    used = [path for path, part in parts(schema()) if {"oneOf", "anyOf"} & set(part)]
    assert all("/if" in path for path in used)


def test_a_reference_stands_alone() -> None:
    """What is written next to a reference would be overlooked: references are followed before validating."""
    assert [path for path, part in parts(schema()) if "$ref" in part and len(part) > 1] == []


@settings(deadline=None)
@given(st.sampled_from(["everything", "yaml_ways", "design"]), st.data())
def test_our_keywords_refuse_what_those_of_the_library_refuse(name: str, data: st.DataObject) -> None:
    """Every part of the schema, with one value of a definition replaced."""
    document = yaml.safe_load((Path(__file__).parent / "positive" / f"{name}.yaml").read_text())
    holder: Any = document
    while True:
        key = data.draw(st.sampled_from(list(holder) if isinstance(holder, dict) else list(range(len(holder)))))
        if not isinstance(holder[key], dict | list) or not holder[key] or data.draw(st.integers(0, 3)) == 0:
            break
        holder = holder[key]
    holder[key] = data.draw(st.sampled_from([None, True, 0, -1, 1.5, 2.0, "", "x", "a b", [], {}, [1, 1], {"x": 1}]))
    for part in PARTS:
        whole = schema() if part == "definition" else {**DEFS[part], "$defs": DEFS}
        theirs = {
            (tuple(error.absolute_path), "propertyNames" if "propertyNames" in error.schema_path else error.validator)
            for error in jsonschema.Draft202012Validator(whole).iter_errors(document)
        }
        ours = {
            (one.path, None if one.keyword == FALSE_SCHEMA else one.keyword)
            for one in violations(document, part)
            if one.keyword != DURATION_KEYWORD
        }
        assert ours == theirs


def test_the_end_of_a_pattern_is_the_end_of_the_text() -> None:
    """Python's `$` would let a line break pass, unlike that of the validators in editors."""
    (refused,) = violations({"gateway": "support\n"}, "definition")
    assert (refused.path, refused.keyword) == (("gateway",), "pattern")
    (refused,) = violations({"gateway": "support", "providers": {"lab\n": {}, "lab": {}}}, "definition")
    assert (refused.keyword, refused.names) == ("propertyNames", ("lab\n",))


def test_examples_are_valid() -> None:
    seen = 0
    for path, part in described():
        if "examples" in part and isinstance(part["examples"], list):
            validator = jsonschema.Draft202012Validator({**part, "$defs": DEFS})
            for example in part["examples"]:
                assert [error.message for error in validator.iter_errors(example)] == [], path
                seen += 1
    assert seen > 60


@pytest.mark.parametrize("name", ["everything", "yaml_ways", "design"])
def test_other_validators_agree(name: str) -> None:
    """Editors use other implementations of JSON Schema, and YAML readers that know nothing of our merging."""
    data = yaml.safe_load((Path(__file__).parent / "positive" / f"{name}.yaml").read_text())
    assert list(jsonschema.Draft202012Validator(schema()).iter_errors(json.loads(json.dumps(data)))) == []


def test_definitions_defaults_and_overlays_have_the_same_settings() -> None:
    own = {"gateway", "only", "version", "environments", "limits", "safety"}
    places = (schema(), DEFS["defaults"], DEFS["overlay"], DEFS["defaults_overlay"])
    settings = [set(place["properties"]) - own for place in places]
    assert all(each == settings[0] for each in settings)


RENAMED = {
    "Gateway": {"id": "gateway", "provider_keys": "providers", "custom_providers": "providers"},
    "Retries": {"delay_ms": "delay"},
    "Route": {"flow": "elements"},
    "WorstCase": {"latency_ms": "latency"},
    "Logging": {"logpush_public_key": "logpush"},
    "Rule": {"goes_on": "continue", "timeout_ms": "timeout"},
    "Queue": {"wait_ms": "wait"},
}


@pytest.mark.parametrize(
    ("kind", "keys", "extra"),
    [
        (model.Gateway, set(schema()["properties"]), {"version", "only", "environments"}),
        (model.Cache, set(DEFS["cache"]["properties"]), set()),
        (model.RateLimit, set(DEFS["rate_limit"]["properties"]), set()),
        (model.Retries, set(DEFS["retries"]["properties"]), {"delay_ms"}),
        (model.Logging, set(DEFS["logging"]["properties"]), set()),
        (model.SpendLimits, set(DEFS["spend_limits"]["properties"]), set()),
        (model.SpendRule, {"id", *DEFS["spend_rule"]["properties"]}, set()),
        (model.Guardrails, set(DEFS["guardrails"]["properties"]), set()),
        (model.Dlp, set(DEFS["dlp"]["properties"]), set()),
        (
            model.DlpPolicy,
            {"id", *DEFS["dlp"]["properties"]["policies"]["additionalProperties"]["properties"]},
            set(),
        ),
        (model.OtelExporter, set(DEFS["otel"]["items"]["properties"]), set()),
        (model.Stripe, set(DEFS["stripe"]["properties"]), set()),
        (model.WorstCase, set(DEFS["worst_case"]["properties"]), set()),
        (model.Route, {"name", *DEFS["route_object"]["properties"]}, set(DEFS["flow_object"]["properties"])),
        (model.Safety, set(DEFS["safety"]["properties"]), set()),
        (model.CustomProvider, {"slug", *DEFS["provider"]["properties"]}, {"key", "keys", "rate_limit"}),
        (model.ProviderKey, {"provider", "alias", *DEFS["aliased_key"]["properties"]}, set()),
        (model_edge.Edge, set(DEFS["edge"]["properties"]), set()),
        (model_edge.Auth, set(DEFS["edge_auth"]["properties"]), set()),
        (model_edge.Access, set(DEFS["edge_auth"]["properties"]["access"]["properties"]), set()),
        (model_edge.Cors, set(DEFS["edge_cors"]["properties"]), set()),
        (model_edge.EdgeKey, {"provider", *DEFS["edge_key"]["then"]["properties"]}, set()),
        (model_edge.Match, set(DEFS["edge_match"]["properties"]), set()),
        (model_edge.Rule, set(RULE), set()),
        (model_edge.RuleCache, {"off", *RULE["cache"]["else"]["properties"]}, set()),
        (model.Retries, set(RULE["retries"]["properties"]), set()),
        (model_edge.Rewrite, set(RULE["rewrite"]["properties"]), set()),
        (model_edge.Reject, set(RULE["reject"]["properties"]), set()),
        (model_edge.Queue, set(RULE["queue"]["properties"]), set()),
    ],
)
def test_schema_and_model_have_the_same_fields(kind: Any, keys: set[str], extra: set[str]) -> None:
    names = {RENAMED.get(kind.__name__, {}).get(item.name, item.name) for item in fields(kind)}
    assert names == keys - extra


def test_guardrail_categories() -> None:
    assert set(DEFS["guard_side"]["properties"]) == set(GUARDRAIL_CATEGORIES)


def test_defaults_told_are_the_defaults_taken() -> None:
    for name, kind in {"cache": model.Cache, "logging": model.Logging, "rate_limit": model.RateLimit}.items():
        for item in fields(kind):
            told = DEFS[name]["properties"].get(item.name, {})
            if "default" in told and item.default is not MISSING:
                assert told["default"] == item.default
    for item in fields(model.Gateway):
        if "default" in DEFS.get(item.name, {}):
            assert DEFS[item.name]["default"] == item.default


@pytest.mark.parametrize(
    ("value", "rule", "problem"),
    [
        ("1h", {"unit": "s"}, None),
        ("1500ms", {"unit": "s"}, "must be a whole number of seconds"),
        (1.5, {"unit": "s"}, "must be a whole number of seconds"),
        (1.5, {"unit": "ms"}, None),
        ("0.5ms", {"unit": "ms"}, "must be a whole number of milliseconds"),
        (0, {"unit": "s", "minimum": 60, "maximum": 2_592_000, "or": 0}, None),
        ("0s", {"unit": "s", "minimum": 60, "maximum": 2_592_000, "or": 0}, None),
        ("59s", {"unit": "s", "minimum": 60, "maximum": 2_592_000, "or": 0}, "must be 0, or between 1m and 30d"),
        ("31d", {"unit": "s", "minimum": 60, "maximum": 2_592_000, "or": 0}, "must be 0, or between 1m and 30d"),
        ("60s", {"unit": "ms", "minimum": 0, "maximum": 60_000}, None),
        ("61s", {"unit": "ms", "minimum": 0, "maximum": 60_000}, "must be between 0 and 1m"),
        (-1, {"unit": "s", "minimum": 0}, "must be at least 0"),
        ("soon", {"unit": "s"}, None),
        (True, {"unit": "s", "minimum": 5}, None),
    ],
)
def test_duration_bounds(value: object, rule: dict[str, Any], problem: str | None) -> None:
    assert duration_problem(value, rule) == problem
