"""The rules of a live Worker in the one way in which cfaig writes them: somebody else may have written them."""

from __future__ import annotations

import json
from functools import cache
from typing import Any, Final

from cfaig.definition.schema import published_schema
from cfaig.json_types import JsonObject
from cfaig.state.compile_edge import compile_edge
from cfaig.state.decompile_edge import decompile_edge
from cfaig.state.model import EdgeState

_SCHEMA: Final = "edge-rules"
_ANY_GATEWAY: Final = {"url": "https://gateway.example.com"}


def canonical_rules(rules: JsonObject) -> JsonObject | None:
    """The same rules as `compile_edge` writes them; None for what the Worker itself would refuse."""
    if not _validator().is_valid({**rules, "gateway": _ANY_GATEWAY}):
        return None
    written = compile_edge(decompile_edge(EdgeState("", "", rules), "", str), "", str).rules
    # The names of the bindings are a matter of the Worker.
    return {**written, "keys": rules["keys"]} if rules.get("keys") else written


@cache
def _validator() -> Any:
    from jsonschema import Draft202012Validator

    return Draft202012Validator(json.loads(published_schema(_SCHEMA)))
