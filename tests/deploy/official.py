"""The input types of the pinned `pulumi-cloudflare` package, as plain trees of names."""

from __future__ import annotations

import inspect
import warnings
from collections.abc import Mapping, Sequence
from functools import cache
from typing import Any, TypeAlias, get_args, get_origin

from pulumi import _types

# A type's name, or the fields of an object with whether they are required; lists and maps wrap what they hold.
Tree: TypeAlias = "str | list[Tree] | dict[str, tuple[bool, Tree]] | tuple[str, Tree]"

_PLAIN = {Any: "any", str: "string", bool: "boolean", int: "integer", float: "number"}


def official_gateway() -> dict[str, tuple[bool, Any]]:
    """The inputs of the official AiGateway."""
    return official_inputs("AiGateway")


@cache
def official_inputs(resource: str) -> dict[str, tuple[bool, Any]]:
    """The inputs of an official resource (importing the package takes seconds)."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        import pulumi_cloudflare
    tree = _tree(getattr(pulumi_cloudflare, f"{resource}Args"))
    assert isinstance(tree, dict)
    return tree


def _tree(of: Any) -> Any:
    if of in _PLAIN:
        return _PLAIN[of]
    if get_origin(of) is not None and issubclass(get_origin(of), Sequence):
        return [_tree(_inner(get_args(of)[0]))]
    if get_origin(of) is not None and issubclass(get_origin(of), Mapping):
        return ("map", _tree(_inner(get_args(of)[1])))
    parameters = inspect.signature(of.__init__).parameters
    names = _types.input_type_py_to_pulumi_names(of)
    required = {names[name] for name, given in parameters.items() if name in names and given.default is given.empty}
    return {name: (name in required, _tree(kind)) for name, kind in _types.input_type_types(of).items()}


def _inner(item: Any) -> Any:
    """`pulumi.Input[X]` is a union of X and promises of it."""
    return get_args(item)[0] if get_args(item) else item
