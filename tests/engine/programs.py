"""Small shell programs that stand for other people's: `pulumi`, `go`, `python`."""

from __future__ import annotations

from pathlib import Path

GO = """\
case $1 in
  env) echo '{"GOVERSION": "%(version)s", "GOTOOLCHAIN": "%(toolchain)s", "GOMODCACHE": "%(cache)s", "GOCACHE": "%(cache)s"}' ;;
  list) echo "go: downloading example.org/one v1.0.0"; echo fmt; echo example.org/one; echo main ;;
  build)
    echo built >> "%(cache)s/builds"
    while [ $# -gt 1 ]; do [ "$1" = -o ] && result=$2; shift; done
    echo fmt; echo main
    %(build)s
    printf '#!/bin/sh\\necho v3.250.0\\n' > "$result"; chmod +x "$result" ;;
esac
"""  # noqa: E501


def program(folder: Path, name: str, text: str) -> Path:
    """An executable shell script in `folder`."""
    folder.mkdir(parents=True, exist_ok=True)
    place = folder / name
    place.write_text(f"#!/bin/sh\n{text}\n")
    place.chmod(0o755)
    return place


def pulumi(folder: Path, version: str, *, language_host: bool = True) -> Path:
    """A `pulumi` that tells its version, with or without a language host next to it."""
    if language_host:
        program(folder, "pulumi-language-python", "exit 1")
    return program(folder, "pulumi", f"echo {version}")


def go(folder: Path, *, version: str = "go1.26.0", toolchain: str = "auto", build: str = "") -> Path:
    """A `go` that "builds" a pulumi; `build` are commands to run before it is written, such as a failure."""
    cache = folder / "go-cache"
    cache.mkdir(parents=True, exist_ok=True)
    return program(
        folder, "go", GO % {"version": version, "toolchain": toolchain, "cache": cache, "build": build or ":"}
    )
