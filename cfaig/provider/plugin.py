"""A provider plugin as a table: its name, its kinds, its configuration."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from cfaig.provider.fields import Field
from cfaig.provider.kind import Kind


@dataclass(frozen=True, slots=True)
class Plugin:
    """What a plugin offers.

    `configure` gets the provider's configuration (values as the engine has them; unknown ones are left out); it should
    be lazy, because a preview may not need it. `cancel` asks running calls to end soon.
    """

    name: str
    version: str
    description: str
    kinds: Sequence[Kind]
    config: Sequence[Field]
    configure: Callable[[Mapping[str, Any]], None]
    cancel: Callable[[], None]

    def schema(self) -> str:
        """The package schema, JSON. Source: Pulumi's metaschema (`pulumi.json`)."""
        settings = {entry.name: entry.schema() for entry in self.config}
        document = {
            "name": self.name,
            "version": self.version,
            "description": self.description,
            "config": {"variables": settings},
            "provider": {"inputProperties": settings},
            "resources": {kind.token: kind.schema() for kind in self.kinds},
        }
        return json.dumps(document, sort_keys=True)
