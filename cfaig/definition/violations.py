"""What the schema refuses in a document, in a form that knows nothing of the library that validates."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final

from cfaig.definition.diagnostics import KeyPath
from cfaig.definition.schema import Part, Rule

FALSE_SCHEMA: Final = "falseSchema"
"""The keyword of a violation of the schema `false`, which has none."""


@dataclass(frozen=True, slots=True)
class Violation:
    """One refusal: `keyword` of `rule`, which is a part of the schema, refuses `value`, which is at `path`.

    `names` are the keys of `value` that are refused, or that it lacks; `schema_path` leads to the keyword, as if there
    were no references.
    """

    keyword: str
    value: Any
    path: KeyPath
    rule: Any
    schema_path: KeyPath
    names: tuple[str, ...] = ()


def violations(document: object, part: Part | Rule) -> list[Violation]:
    """Everything in `document` that the schema refuses."""
    # Importing jsonschema takes longer than most commands that never validate.
    from cfaig.definition.keywords import NamesError, validator_of

    found: list[Violation] = []
    for error in validator_of(part).iter_errors(document):
        names = error.names if isinstance(error, NamesError) else ()
        keyword = FALSE_SCHEMA if error.validator is None else str(error.validator)
        path, schema_path = tuple(error.path), tuple(error.schema_path)
        found.append(Violation(keyword, error.instance, path, error.schema, schema_path, names))
    return found
