"""Imports go down the layers only, and what works offline loads nothing that needs Pulumi or a network."""

from __future__ import annotations

import ast
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
PACKAGE = ROOT / "cfaig"

# From the bottom to the top; what stands in one line is one layer. docs/architecture.md tells why.
LAYERS = (
    (
        "cfaig",
        "cfaig.errors",
        "cfaig.html_page",
        "cfaig.json_types",
        "cfaig.loopback",
        "cfaig.printable",
        "cfaig.strict_json",
        "cfaig.unneeded",
        "cfaig.whole_files",
    ),
    ("cfaig.project", "cfaig.secrets", "cfaig.edge"),
    ("cfaig.definition",),
    ("cfaig.client", "cfaig.workerd"),
    ("cfaig.formatting",),
    ("cfaig.convert",),
    ("cfaig.state",),
    ("cfaig.runtime",),
    ("cfaig.checks",),
    ("cfaig.live",),
    ("cfaig.observe",),
    ("cfaig.reconcile",),
    ("cfaig.revisions",),
    ("cfaig.pictures",),
    ("cfaig.scenarios",),
    ("cfaig.explaining",),
    ("cfaig.provider",),
    ("cfaig.local",),
    ("cfaig.deploy", "cfaig.pipelines"),
    ("cfaig.health",),
    ("cfaig.scaffold", "cfaig.connect"),
    ("cfaig.cli",),
    ("cfaig.__main__",),
)
OFFLINE = (
    "definition",
    "formatting",
    "convert",
    "state",
    "checks",
    "reconcile",
    "pictures",
    "runtime",
    "scenarios",
    "workerd",
)
OFFLINE_COMMANDS = (
    "--help",
    "--version",
    "validate",
    "validate --help",
    "fmt --check",
    "convert tests/convert/samples/litellm.yaml",
    "schema",
    "schema scenario",
    "test",
    "simulate support/chat --down openai",
    "explain AIG001",
    "show --help",
    "connect openai --gateway support",
    "connect litellm --route support/chat -e prod --json",
    "routes graph -f svg",
    "routes worst",
    "environments",
    "completion bash",
)
HEAVY = (
    "cloudflare",
    "fastapi",
    "grpc",
    "httpx",
    "hvac",
    "pulumi",
    "pulumi_cloudflare",
    "pulumi_policy",
    "requests",
    "uvicorn",
)


def modules(folder: Path) -> Iterator[tuple[str, Path]]:
    for file in sorted(folder.rglob("*.py")):
        parts = file.relative_to(ROOT).with_suffix("").parts
        yield ".".join(parts[:-1] if parts[-1] == "__init__" else parts), file


MODULES = dict(modules(PACKAGE))


def imported(file: Path) -> Iterator[tuple[str, int]]:
    """The modules that a file imports, also inside functions, with the lines."""
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from ((alias.name, node.lineno) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert not node.level, f"{file.relative_to(ROOT)}:{node.lineno}: write the import absolutely"
            for alias in node.names:
                submodule = f"{node.module}.{alias.name}"
                yield (submodule if submodule in MODULES else str(node.module)), node.lineno


def layer(module: str) -> int:
    """The layer of a module: that of the longest name in LAYERS that it belongs to."""
    known = {name: index for index, names in enumerate(LAYERS) for name in names}
    parts = module.split(".")
    for length in range(len(parts), 0, -1):
        if (name := ".".join(parts[:length])) in known and (length > 1 or len(parts) == 1):
            return known[name]
    raise AssertionError(f"{module} has no layer: add it to LAYERS")


def upward(module: str, file: Path) -> list[str]:
    return [
        f"{file.relative_to(ROOT)}:{line}: {module} must not import {target}, which is above it"
        for target, line in imported(file)
        if target.split(".")[0] == "cfaig" and layer(target) > layer(module)
    ]


def test_imports_go_down_only() -> None:
    assert [problem for module, file in MODULES.items() for problem in upward(module, file)] == []


def test_the_policy_pack_needs_nothing_of_cfaig() -> None:
    needing = [
        f"{file.relative_to(ROOT)}:{line}: {target}"
        for _, file in modules(ROOT / "policies")
        for target, line in imported(file)
        if target.split(".")[0] == "cfaig"
    ]
    assert needing == []


def loaded_by(code: str) -> list[str]:
    """The heavy packages that are there after the code has run in a process of its own."""
    report = f"import sys; print(*sorted(set({HEAVY!r}) & set(sys.modules)), file=sys.stderr)"
    command = [sys.executable, "-c", f"{code}\n{report}"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return done.stderr.splitlines()[-1].split()


@pytest.mark.parametrize("package", OFFLINE)
def test_offline_packages_load_nothing_heavy(package: str) -> None:
    names = [name for name in MODULES if name == f"cfaig.{package}" or name.startswith(f"cfaig.{package}.")]
    assert names
    assert loaded_by("import " + ", ".join(names)) == []


@pytest.mark.parametrize("command", OFFLINE_COMMANDS)
def test_offline_commands_load_nothing_heavy(command: str) -> None:
    run = f"""
import sys
from cfaig.cli.main import main
sys.argv = ["cfaig", *{command.split()!r}]
try:
    main()
except SystemExit:
    pass
"""
    assert loaded_by(run) == []
