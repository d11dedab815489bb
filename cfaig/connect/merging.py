"""Settings brought into a document with as little change as can be; what is not ours stays."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, MutableMapping, MutableSequence, Sequence
from typing import Any, Final

from cfaig.connect.model import AUTHORIZATION, LOCAL_KEY, PLACEHOLDER, Tree, Value
from cfaig.connect.programs import plain
from cfaig.local.options import RUN_TOKEN

Render = Callable[[Value], str | None]

# What cfaig itself wrote where a secret belongs: not worth keeping.
OURS: Final = re.compile(rf"{re.escape(RUN_TOKEN)}|{LOCAL_KEY}|{PLACEHOLDER}|<[A-Z][A-Z0-9_]*>")
_HEADER_LINES: Final = "_CUSTOM_HEADERS"
# What tells the entries of a list apart: LiteLLM's models.
_NAME: Final = "model_name"


def bring(node: MutableMapping[str, Any], tree: Mapping[str, Tree], render: Render, *, fills: bool) -> None:
    """Make `node` say what `tree` does.

    `fills`: values that are variables cannot be written as such, so what a person has put in their place stays.
    """
    for name, wanted in tree.items():
        have = node.get(name)
        if isinstance(wanted, Mapping) and isinstance(have, MutableMapping):
            bring(have, wanted, render, fills=fills)
            if not have:
                del node[name]
        elif _is_list(wanted) and isinstance(have, MutableSequence):
            _bring_items(have, wanted, render, fills=fills)
        else:
            _put(node, name, _text(name, have, wanted, render, fills=fills))


def _put(node: MutableMapping[str, Any], name: str, value: Any) -> None:
    if value in (None, {}):
        node.pop(name, None)
    elif name not in node or node[name] != value:
        node[name] = value


def _bring_items(have: MutableSequence[Any], wanted: Any, render: Render, *, fills: bool) -> None:
    for item in wanted:
        same = [one for one in have if isinstance(one, MutableMapping) and one.get(_NAME) == item[_NAME]]
        for one in same:
            bring(one, item, render, fills=fills)
        if not same:
            have.append(plain(item, render))


def _text(name: str, have: Any, wanted: Tree, render: Render, *, fills: bool) -> Any:
    """What shall be there: None for nothing."""
    told = have if isinstance(have, str) else ""
    if isinstance(wanted, Value) and wanted.variable == name:
        return None if OURS.search(told) else have  # it is read from the environment anyway
    if wanted is None and not name.endswith(_HEADER_LINES):
        return None
    if not isinstance(wanted, Value | None):
        return plain(wanted, render)
    text = None if wanted is None else render(wanted)
    own = _own_lines(told) if name.endswith(_HEADER_LINES) else ""
    if wanted is not None and wanted.variable is not None and fills and told != own and not OURS.search(told):
        return have
    return "\n".join(filter(None, (own, text))) or None


def _own_lines(told: str) -> str:
    """The headers in a variable for them that are none of ours."""
    return "\n".join(line for line in told.split("\n") if not line.lower().startswith(f"{AUTHORIZATION}:")).strip()


def _is_list(value: object) -> bool:
    return isinstance(value, Sequence) and not isinstance(value, str)
