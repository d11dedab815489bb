"""Which environments there are."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from cfaig.definition.spelling import did_you_mean
from cfaig.errors import CfaigError
from cfaig.project import LOCAL_ENVIRONMENT, Project


def known_environments(project: Project, definitions: Iterable[Any] = ()) -> tuple[str, ...]:
    """The environments that a command may name, in order.

    They are `local`, those with a stack file, and those that raw `definitions` (parsed YAML of any shape) name under
    `environments:` or `only:`.
    """
    named = {name for definition in definitions for name in named_environments(definition)}
    return tuple(sorted({LOCAL_ENVIRONMENT, *project.stacks(), *named}))


def named_environments(definition: Any) -> tuple[str, ...]:
    """The environments that one raw definition names."""
    if not isinstance(definition, Mapping):
        return ()
    overlays, only = definition.get("environments"), definition.get("only")
    names = list(overlays) if isinstance(overlays, Mapping) else []
    if isinstance(only, list):
        names.extend(name for name in only if isinstance(name, str))
    return tuple(names)


def check_environment(name: str, known: tuple[str, ...]) -> None:
    """Raise CfaigError when `name` is no known environment, with the nearest one and the list."""
    if name not in known:
        hint = f"{did_you_mean(name, known)}there are {', '.join(known)}"
        raise CfaigError(f"there is no environment {name}", f"{hint}; a new one begins with a file Pulumi.{name}.yaml")
