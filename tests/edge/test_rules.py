"""The format of rules: schema, documentation and the Worker's own validator say the same."""

from __future__ import annotations

import copy
import json
import random
import re
import subprocess
from pathlib import Path
from typing import Any

from jsonschema import Draft202012Validator

from tests.npm import installed_node

ROOT = Path(__file__).parents[2]
SCHEMA = json.loads((ROOT / "schemas" / "edge-rules.schema.json").read_text())
DOCS = (ROOT / "docs" / "edge.md").read_text()
SOURCES = ROOT / "edge" / "src"
VALIDATE = """
import { readFileSync } from "node:fs";
import { Validator } from "@cfworker/json-schema";
const [schema, all] = JSON.parse(readFileSync(0, "utf8"));
const validator = new Validator(schema, "2020-12", false);
console.log(JSON.stringify(all.map((rules) => validator.validate(rules).valid)));
"""
OTHERS: tuple[Any, ...] = (None, True, 0, -1, 61, 1.5, "", "x", "/x", "$client", "*", [], {}, ["x"], {"x": 1})


def documented() -> list[Any]:
    """The sets of rules that the documentation shows."""
    return [json.loads(block) for block in re.findall(r"```json\n(.*?)```", DOCS, re.DOTALL)]


def everything() -> Any:
    """A set of rules with every setting there is."""
    rule = {
        "name": "all",
        "continue": True,
        "match": {
            "path": ["/a/*", "/**"],
            "method": "POST",
            "provider": "openai",
            "model": "gpt-*",
            "client": ["ci"],
            "headers": {"x-team": ["a", "b"]},
            "metadata": {"plan": {"$ne": "free", "$exists": True}},
            "body": {"messages.-1.role": "user", "/a~1b/0": {"$gt": 1, "$glob": "x*"}},
        },
        "then": {
            "cache": {"ttl": 60, "key": ["model", "$client", "$header.x-team", "$metadata.plan"]},
            "timeout_ms": 1,
            "retries": {"attempts": 5, "delay_ms": 0, "backoff": "linear"},
            "custom_cost": {"per_token_in": 0.5},
            "metadata": {"a": 1, "b": "x", "c": True},
            "log": "metadata",
            "byok_alias": "eu",
            "zdr": True,
            "no_wholesale": False,
            "rewrite": {"provider": "custom-x", "model": "@cf/a/b"},
            "reject": {"status": 429, "message": "no", "code": 1},
            "queue": {"wait_ms": 1, "attempts": 1, "waiting": 1},
            "headers": {"cf-aig-event-id": "x y"},
        },
    }
    return {
        "version": 1,
        "gateway": {"url": "http://127.0.0.1:8787/v1/a/b"},
        "auth": {"bearer": [{"name": "ci", "sha256": "0" * 64}], "access": {"team": "t", "aud": ["a"]}},
        "cors": {"origins": ["*", "http://localhost:3000"], "headers": ["x-a"], "max_age": 0},
        "deny_headers": ["cf-aig-*"],
        "keys": {"openai": {"binding": "KEY_A", "header": "x-api-key", "scheme": ""}},
        "explain": True,
        "rules": [rule, {"then": {"cache": {"off": True}}}],
    }


def changed(rules: Any, chance: random.Random) -> Any:
    """The same with one or two places changed."""
    copied = copy.deepcopy(rules)
    for _ in range(chance.randint(1, 2)):
        place = copied
        while True:
            names: list[Any] = list(place) if isinstance(place, dict) else list(range(len(place)))
            name = chance.choice(names)
            inner = place[name]
            if not isinstance(inner, dict | list) or not inner or chance.random() < 0.15:
                break
            place = inner
        if chance.random() < 0.6:
            del place[name]
        elif isinstance(place, dict) and chance.random() < 0.2:
            place[chance.choice(["x", "off", "ttl", "$eq", "cf.x", "authorization"])] = place.pop(name)
        else:
            place[name] = chance.choice(OTHERS)
    return copied


def test_the_schema_is_one() -> None:
    Draft202012Validator.check_schema(SCHEMA)


def test_examples_fit() -> None:
    assert documented()
    for rules in [*documented(), everything()]:
        assert [error.message for error in Draft202012Validator(SCHEMA).iter_errors(rules)] == []


def test_the_worker_judges_as_the_schema_says() -> None:
    node = installed_node(ROOT / "edge")
    chance = random.Random(6)  # noqa: S311  (no secret)
    all_rules = [everything(), *(changed(everything(), chance) for _ in range(600))]
    expected = [Draft202012Validator(SCHEMA).is_valid(rules) for rules in all_rules]
    command = [node, "--input-type=module", "--eval", VALIDATE]
    text = json.dumps([SCHEMA, all_rules])
    done = subprocess.run(
        command, cwd=ROOT / "edge", input=text, capture_output=True, text=True, timeout=60, check=True
    )
    told = json.loads(done.stdout)
    assert [rules for rules, one, other in zip(all_rules, expected, told, strict=True) if one != other] == []
    assert 50 < sum(expected) < 500, "too few good or bad ones to mean anything"


def test_every_code_is_documented() -> None:
    codes = set(re.findall(r": (6\d{3}),", (SOURCES / "faults.js").read_text()))
    assert codes == set(re.findall(r"^\| (6\d{3}) \|", DOCS, re.MULTILINE))


def test_every_setting_is_documented() -> None:
    definitions = SCHEMA["$defs"]
    for name in [*definitions["match"]["properties"], *definitions["then"]["properties"], *SCHEMA["properties"]]:
        assert f"`{name}" in DOCS or f'"{name}"' in DOCS, name
