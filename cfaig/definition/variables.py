"""Variables in texts: `${environment}` and `${account}`; `$${` stands for a plain `${`."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from typing import Final

from cfaig.definition.diagnostics import Diagnostic
from cfaig.definition.nodes import Node, scalars
from cfaig.definition.spelling import did_you_mean

VARIABLES: Final = ("account", "environment")
_VARIABLE: Final = re.compile(r"(\$\$\{)|\$\{([^}]*)\}")


def unknown_variables(node: Node) -> list[Diagnostic]:
    """A diagnostic for every variable that does not exist."""
    found: list[Diagnostic] = []
    for path, scalar in scalars(node):
        if not isinstance(scalar.value, str) or "${" not in scalar.value:
            continue
        for escaped, name in _VARIABLE.findall(scalar.value):
            if not escaped and name not in VARIABLES:
                guess = did_you_mean(name, VARIABLES)
                hint = f"{guess}there are ${{environment}} and ${{account}}; write $${{{name}}} for the text itself"
                message = f"unknown variable ${{{name}}}"
                found.append(Diagnostic("AIG040", message, scalar.position(), path, hint=hint))
    return found


def may_name_environment(text: str) -> bool:
    """Whether `${environment}` may be in the text of a file; an escape in quotes could hide it."""
    return "${" in text and ("${environment}" in text or "\\" in text)


def substitute(node: Node, values: Mapping[str, str]) -> Node:
    """`node` with all variables replaced; one that has no value stays as it is written."""
    value = node.value
    if isinstance(value, dict):
        return replace(node, value={key: substitute(part, values) for key, part in value.items()})
    if isinstance(value, list):
        return replace(node, value=[substitute(part, values) for part in value])
    if isinstance(value, str) and "${" in value:
        return replace(node, value=_VARIABLE.sub(lambda match: _value_of(match, values), value))
    return node


def escape(text: str) -> str:
    """`text` written so that `substitute` gives it back."""
    return text.replace("${", "$${")


def _value_of(match: re.Match[str], values: Mapping[str, str]) -> str:
    return "${" if match[1] else values.get(match[2], match[0])
