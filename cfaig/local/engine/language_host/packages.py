"""Which resource plugins a program can need: those of the Pulumi SDKs installed next to it."""

from __future__ import annotations

import json
import sys
from dataclasses import dataclass
from functools import cache
from pathlib import Path


@dataclass(frozen=True, slots=True)
class RequiredPlugin:
    """A resource plugin; `server` is where it is downloaded from when that is not Pulumi's own place."""

    name: str
    version: str
    server: str


@cache
def required_plugins() -> tuple[RequiredPlugin, ...]:
    """What the `pulumi-plugin.json` files of the installed packages ask for, by name.

    A package's own file wins over one further down the import path, as with any import.
    """
    found: dict[str, RequiredPlugin] = {}
    for folder in map(Path, sys.path):
        for file in sorted(folder.glob("*/pulumi-plugin.json")):
            plugin = _read(file)
            if plugin is not None:
                found.setdefault(plugin.name, plugin)
    return tuple(found[name] for name in sorted(found))


def _read(file: Path) -> RequiredPlugin | None:
    asked = json.loads(file.read_text())
    if not asked.get("resource"):
        return None
    name = asked.get("name") or file.parent.name.removeprefix("pulumi_").replace("_", "-")
    return RequiredPlugin(name, asked.get("version", ""), asked.get("server", ""))
