"""Changing a few values of a definition's text, and leaving the rest as people wrote it, comments included."""

from __future__ import annotations

import io
from collections.abc import Mapping, MutableMapping
from typing import TYPE_CHECKING, Any

from cfaig.definition.explicit import same
from cfaig.definition.write import to_yaml
from cfaig.errors import CfaigError

if TYPE_CHECKING:
    from ruamel.yaml import YAML

_NEVER_WRAP = 1_000_000


def with_overlay(text: str, environment: str, wanted: Mapping[str, Any], touched: frozenset[str]) -> str:
    """`text` with the top-level keys `touched` of the overlay for `environment` as in `wanted`.

    A key that is not in `wanted` leaves the overlay; values that are right already keep their form and their comments.
    Raises CfaigError when the text is no mapping in YAML.
    """
    yaml = _yaml()
    document: Any = yaml.load(text)
    if not isinstance(document, MutableMapping):
        raise CfaigError("the definition is not a mapping", "cfaig validate tells what is wrong with it")
    environments = _mapping_in(document, "environments")
    fresh = environment not in environments
    overlay = _mapping_in(environments, environment)
    for name in sorted(touched):
        _bring(overlay, name, wanted)
    large = any(len(to_yaml({name: wanted[name]}).splitlines()) > 1 for name in touched if name in wanted)
    if large and _may_unfold(environments, environment, overlay):
        overlay.fa.set_block_style()
    elif fresh:
        overlay.fa.set_flow_style()
    if not overlay:
        del environments[environment]
    if not environments:
        del document["environments"]
    stream = io.StringIO()
    yaml.dump(document, stream)
    return stream.getvalue()


def _may_unfold(environments: Any, environment: str, overlay: Any) -> bool:
    """Whether the overlay can go over several lines without a comment getting lost in it.

    The parser takes all comment lines behind a mapping on one line for that mapping's own.
    """
    behind = environments.ca.items.get(environment)
    texts = [token.value for token in behind or () if hasattr(token, "value")]
    return not overlay.ca.items and all(text.strip().count("\n") == 0 for text in texts)


def _yaml() -> YAML:
    """A reader and writer that keeps comments, quotes and line lengths."""
    from ruamel.yaml import YAML

    yaml = YAML()
    yaml.preserve_quotes = True
    yaml.width = _NEVER_WRAP
    yaml.indent(mapping=2, sequence=4, offset=2)
    yaml.representer.add_representer(type(None), lambda out, _: out.represent_scalar("tag:yaml.org,2002:null", "null"))
    return yaml


def _mapping_in(parent: Any, name: str) -> Any:
    """The mapping at `name`; made where there is none."""
    if not isinstance(parent.get(name), Mapping):
        parent[name] = _written({})
    return parent[name]


def _bring(node: Any, name: str, wanted: Mapping[str, Any]) -> None:
    """Make `node[name]` what `wanted` has there, with as little change as can be."""
    if name not in wanted:
        node.pop(name, None)
        return
    value, have = wanted[name], node.get(name)
    if isinstance(value, Mapping) and isinstance(have, Mapping) and have:
        for inner in [*have, *(key for key in value if key not in have)]:
            _bring(have, inner, value)
    elif name not in node or not same(have, value):
        node[name] = _written(value)


def _written(value: Any) -> Any:
    """The value in the form in which new definitions have it, as a part of a document."""
    return _yaml().load(to_yaml({"value": value}))["value"]
