"""What a definition says by itself, and what it says in one environment: data without places, variables as written."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from cfaig.definition.explicit import Data, merged, without

ABOUT_THE_FILE: Final = ("environments", "limits", "only", "safety", "version")


def below_overlay(defaults: Data, definition: Data, environment: str) -> dict[str, Any]:
    """What is in force in `environment` without the definition's own overlay for it."""
    own = merged(without(defaults, ABOUT_THE_FILE), without(definition, ABOUT_THE_FILE))
    below: dict[str, Any] = merged(own, without(_overlay(defaults, environment), ABOUT_THE_FILE))
    return below


def in_force(defaults: Data, definition: Data, environment: str) -> dict[str, Any]:
    """What is in force in `environment`."""
    complete: dict[str, Any] = merged(
        below_overlay(defaults, definition, environment), _overlay(definition, environment)
    )
    return complete


def _overlay(data: Data, environment: str) -> Data:
    overlays = data.get("environments")
    overlay = overlays.get(environment) if isinstance(overlays, Mapping) else None
    return overlay if isinstance(overlay, Mapping) else {}
