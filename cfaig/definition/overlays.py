"""One definition in one environment: defaults, definition and environment merged, checked whole, and resolved."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Final

from cfaig.definition.diagnostics import Diagnostic, KeyPath, Severity
from cfaig.definition.document import Document, strip_environment
from cfaig.definition.environments import named_environments
from cfaig.definition.merge import merge_patch
from cfaig.definition.model import Gateway, Safety
from cfaig.definition.nodes import Node, find, key_position, plain
from cfaig.definition.problems import Findings, find_problems
from cfaig.definition.resolve import resolve
from cfaig.definition.spelling import did_you_mean
from cfaig.definition.structure import structure_problems, warnings
from cfaig.definition.variables import may_name_environment, substitute
from cfaig.project import LOCAL_ENVIRONMENT

_NOT_MERGED: Final = frozenset({"environments", "limits", "only", "safety", "version"})


@dataclass(frozen=True, slots=True)
class Result:
    """What came of one definition; no gateway when it has mistakes or is not in the environment.

    `tree` is the merged definition, None when there is none.
    """

    document: Document
    tree: Node | None = None
    gateway: Gateway | None = None
    diagnostics: tuple[Diagnostic, ...] = ()


def build(document: Document, defaults: Document | None, values: Mapping[str, str]) -> Result:
    """Resolve `document` for the environment and account in `values` (see variables.VARIABLES)."""
    environment = values["environment"]
    if not _is_mapping(document.node) or (document.only is not None and environment not in document.only):
        return Result(document)
    tree = _merge(document, defaults, environment)
    if "${" in document.text or (defaults is not None and "${" in defaults.text):
        tree = substitute(tree, values)
    data = plain(tree)
    parts = [document] if defaults is None else [defaults, document]
    found = _problems(data, tree, parts, environment)
    if found or any(_has_errors(part) for part in parts):
        return Result(document, tree, None, tuple(found))
    return Result(document, tree, resolve(data), tuple(warnings(tree)))


def resolve_safety(defaults: Document, values: Mapping[str, str]) -> Safety:
    """What `_defaults.yaml`, which has no mistakes, says of safety in the environment and account in `values`."""
    merged = Node({}, defaults.shown, (0, 0), (0, 0), {})
    for path in (("safety",), ("environments", values["environment"], "safety")):
        layer = None if defaults.node is None else find(defaults.node, path)
        if layer is not None:
            merged = merge_patch(merged, layer)
    said = plain(substitute(merged, values)) or {}
    return Safety(tuple(said.get("allow", ())), tuple(said.get("refuse", ())), said.get("max_deletes"))


def is_changed_in(environment: str, document: Document, defaults: Document | None) -> bool:
    """Whether anything makes `document` another one in `environment` than in environments that nobody names."""
    for part in (document, defaults):
        if part is not None and (may_name_environment(part.text) or environment in named_environments(part.data)):
            return True
    return isinstance(document.data, Mapping) and "only" in document.data


def unknown_environment_warnings(document: Document, stacks: Sequence[str]) -> Iterator[Diagnostic]:
    """A warning for every environment that a file names and no stack file makes: likely a misspelling."""
    if not _is_mapping(document.node) or document.node is None:
        return
    for path, name in _named_environments(document.data):
        if name not in {*stacks, LOCAL_ENVIRONMENT}:
            node = find(document.node, path)
            position = key_position(document.node, path) or (node or document.node).position()
            hint = f"{did_you_mean(name, stacks)}there are {', '.join(stacks)}"
            message = f"no stack has the environment {name}: there is no Pulumi.{name}.yaml"
            yield Diagnostic("AIG042", message, position, path, hint, Severity.WARNING)


def _named_environments(data: Mapping[str, Any]) -> Iterator[tuple[KeyPath, str]]:
    overlays, only = data.get("environments"), data.get("only")
    if isinstance(overlays, Mapping):
        yield from ((("environments", name), name) for name in overlays)
    if isinstance(only, list):
        yield from ((("only", index), name) for index, name in enumerate(only) if isinstance(name, str))


def _is_mapping(node: Node | None) -> bool:
    return node is not None and isinstance(node.value, dict)


def _merge(document: Document, defaults: Document | None, environment: str) -> Node:
    """Defaults, definition, the defaults' overlay, the definition's overlay: the later wins."""
    layers = [part.node for part in (defaults, document) if part is not None and part.node is not None]
    layers = [layer for layer in layers if isinstance(layer.value, dict)]
    overlays = [find(layer, ("environments", environment)) for layer in layers]
    merged: Node | None = None
    for layer in [*layers, *(overlay for overlay in overlays if overlay is not None)]:
        if isinstance(layer.value, dict):
            merged = merge_patch(merged, _own_settings(layer))
    # The whole is where the definition is, not where its last overlay is.
    return replace(layers[-1], value={} if merged is None else merged.value, keys=merged.keys if merged else {})


def _own_settings(layer: Node) -> Node:
    settings = {key: value for key, value in layer.value.items() if key not in _NOT_MERGED}
    return replace(layer, value=settings)


def _problems(data: Any, tree: Node, parts: Sequence[Document], environment: str) -> list[Diagnostic]:
    findings = Findings()
    known: set[KeyPath] = set()
    for part in parts:
        for path, guesses in part.findings.guesses.items():
            findings.guesses.setdefault(strip_environment(path, environment), set()).update(guesses)
        known |= {strip_environment(diagnostic.path, environment) for diagnostic in part.diagnostics}
    find_problems(data, tree, "complete", findings)
    doubles = any(diagnostic.code == "AIG008" for part in parts for diagnostic in part.diagnostics)
    # After a key that is there twice, sums over keys mean nothing.
    found = findings.diagnostics + ([] if doubles else structure_problems(tree))
    return [diagnostic for diagnostic in found if diagnostic.path not in known]


def _has_errors(document: Document) -> bool:
    return any(diagnostic.severity is Severity.ERROR for diagnostic in document.diagnostics)
