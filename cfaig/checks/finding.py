"""What a check looks at, and what it says before its place in the file is looked up."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from cfaig.definition.diagnostics import Diagnostic, KeyPath, Severity, Source
from cfaig.definition.model import Gateway


@dataclass(frozen=True, slots=True)
class Subject:
    """One gateway, with what the checks need to know around it.

    `custom_slugs` are the custom providers of all definitions; `environ` is None where secrets of this
    machine (variables, files) are not looked for.
    `stack_config` has the names in the configuration of the environment's stack, and whether each is sealed; None where
    that is not known.
    """

    gateway: Gateway
    source: Source
    custom_slugs: frozenset[str] = frozenset()
    environ: Mapping[str, str] | None = field(default=None, repr=False)
    stack_config: Mapping[str, bool] | None = None


@dataclass(frozen=True, slots=True)
class Finding:
    """One problem, at a path of the definition."""

    code: str
    message: str
    path: KeyPath
    hint: str | None = None
    severity: Severity = Severity.ERROR


def warning(code: str, message: str, path: KeyPath, hint: str | None = None) -> Finding:
    """A problem that stops nothing."""
    return Finding(code, message, path, hint, Severity.WARNING)


def to_diagnostic(finding: Finding, source: Source) -> Diagnostic:
    """The finding with its place in the file."""
    place = source.position(finding.path)
    return Diagnostic(
        finding.code,
        finding.message,
        place,
        finding.path,
        finding.hint,
        finding.severity,
        source.line_at(place),
    )
