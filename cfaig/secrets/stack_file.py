"""What an environment's stack file says of its configuration: which names there are, and which are sealed."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import yaml

from cfaig.project import Project


def written_config(project: Project, environment: str) -> Mapping[str, bool] | None:
    """The names in the configuration of the environment's stack, each with whether its value is sealed.

    Names of the project's own come with and without its name before them. None where the file does not tell all: it
    is no YAML, or imports environments of Pulumi ESC.
    """
    own, stack = _document(project.root / "Pulumi.yaml"), _document(project.stack_file(environment))
    if own is None or stack is None or "environment" in stack:
        return None
    prefix = f"{own.get('name')}:"
    names: dict[str, bool] = {}
    for config in (own.get("config"), stack.get("config")):
        for name, value in (config if isinstance(config, dict) else {}).items():
            sealed = isinstance(value, dict) and "secure" in value
            names |= {str(name): sealed, str(name).removeprefix(prefix): sealed}
    return names


def _document(path: Path) -> dict[str, Any] | None:
    try:
        document = yaml.load(path.read_text("utf-8"), yaml.CSafeLoader) if path.is_file() else {}
    except (OSError, UnicodeDecodeError, yaml.YAMLError):
        return None
    return document if isinstance(document, dict) else {}
