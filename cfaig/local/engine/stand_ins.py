"""Launchers of our programs that stand in for official ones, where the built engine looks for those.

An engine built from Go modules has neither Pulumi's Python language host nor the Cloudflare plugin: both are not
served as modules.
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import Final

from cfaig.local.engine.cache import EngineCache
from cfaig.whole_files import write_whole

LANGUAGE_HOST: Final = "pulumi-language-python"
CLOUDFLARE_PLUGIN: Final = "pulumi-resource-cloudflare"

# The cache is shared by projects, so a launcher finds the Python of the project in which the engine started it: the
# `virtualenv` of its Pulumi.yaml, else the Python that prepared the engine, else the active virtual environment.
_LAUNCHER = """\
#!/bin/sh
# cfaig's stand-in for Pulumi's {name}.
folder=$PWD
virtualenv=
while [ -n "$folder" ] && [ ! -f "$folder/Pulumi.yaml" ]; do folder=${{folder%/*}}; done
if [ -n "$folder" ]; then
  while read -r key value _ || [ -n "$key" ]; do
    [ "$key" = virtualenv: ] && virtualenv=$value
  done < "$folder/Pulumi.yaml"
  virtualenv=${{virtualenv#[\\"\\']}}
  virtualenv=${{virtualenv%[\\"\\']}}
  case $virtualenv in
    '' | /*) ;;
    *) virtualenv=$folder/$virtualenv ;;
  esac
fi
for python in "${{virtualenv:+$virtualenv/bin/python}}" "$CFAIG_PYTHON" "${{VIRTUAL_ENV:+$VIRTUAL_ENV/bin/python}}"; do
  [ -x "$python" ] && exec "$python" -P -u -m {module} "$@"
done
echo "{name}: found no Python with cfaig: make the project's virtual environment (make up), or activate one" >&2
exit 1
"""


def install_stand_ins(cache: EngineCache) -> tuple[str, ...]:
    """Put the launchers in their places, and return the names of those that will be used.

    An official Cloudflare plugin that is already there stays.
    """
    from importlib.metadata import version  # 0.01 s, for which a plan, that needs no engine, does not wait

    _write_launcher(cache.built / "bin" / LANGUAGE_HOST, "cfaig.local.engine.language_host")
    plugin = cache.home / "plugins" / f"resource-cloudflare-v{version('pulumi-cloudflare')}" / CLOUDFLARE_PLUGIN
    if plugin.exists() and not _is_ours(plugin):
        return (LANGUAGE_HOST,)
    _write_launcher(plugin, "cfaig.local.standin")
    return (LANGUAGE_HOST, CLOUDFLARE_PLUGIN)


def _is_ours(launcher: Path) -> bool:
    with launcher.open("rb") as file:
        return b"# cfaig's stand-in" in file.read(200)


def _write_launcher(place: Path, module: str) -> None:
    """Write the launcher unless it is there already, whole at any moment: an engine may be starting it."""
    text = _LAUNCHER.format(name=place.name, module=module)
    if place.is_file() and place.read_text() == text and os.access(place, os.X_OK):
        return
    place.parent.mkdir(parents=True, exist_ok=True)
    write_whole(place, text, 0o755)
