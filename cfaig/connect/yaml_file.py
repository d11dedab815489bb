"""YAML files of other programs: what people wrote, comments included, stays."""

from __future__ import annotations

import io
from collections.abc import MutableMapping
from typing import TYPE_CHECKING, Any

from cfaig.errors import CfaigError

if TYPE_CHECKING:
    from ruamel.yaml import YAML

_NEVER_WRAP = 1_000_000


def load(text: str, name: str) -> MutableMapping[str, Any]:
    """The document, ready to be changed and dumped again.

    Raises CfaigError for what is no mapping in YAML.
    """
    from ruamel.yaml.error import YAMLError

    try:
        document = _yaml(text).load(text)
    except YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        place = f"{name}:{mark.line + 1}:{mark.column + 1}" if mark is not None else name
        problem = getattr(error, "problem", None) or "it cannot be read"
        raise CfaigError(f"{place}: this is no YAML: {problem}", "mend the file first") from None
    if document is None:
        document = _yaml("").load("{}")
        document.fa.set_block_style()
    if not isinstance(document, MutableMapping):
        raise CfaigError(f"{name} is not a mapping", "name a configuration file of LiteLLM")
    return document


def dump(document: Any, like: str = "") -> str:
    """The document as text, laid out as the file `like` was."""
    stream = io.StringIO()
    _yaml(like).dump(document, stream)
    return stream.getvalue()


def _yaml(like: str) -> YAML:
    from ruamel.yaml import YAML

    yaml = YAML()
    yaml.preserve_quotes = True
    yaml.width = _NEVER_WRAP
    # Lists under a key are either indented or not; one way for the whole file.
    flat = any(
        before.rstrip().endswith(":") and after.startswith("- ") and not before.startswith((" ", "#"))
        for before, after in zip(like.splitlines(), like.splitlines()[1:], strict=False)
    )
    if flat:
        yaml.indent(mapping=2, sequence=2, offset=0)
    else:
        yaml.indent(mapping=2, sequence=4, offset=2)
    return yaml
