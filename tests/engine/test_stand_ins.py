"""The launchers of the stand-ins: which Python they take, and that they do not get in anyone's way."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

from cfaig.local.engine.cache import EngineCache
from cfaig.local.engine.stand_ins import install_stand_ins
from tests.engine import programs


@pytest.fixture
def launcher(bare: EngineCache) -> Path:
    (bare.built / "bin").mkdir(parents=True)
    install_stand_ins(bare)
    return bare.built / "bin" / "pulumi-language-python"


def python(folder: Path, name: str) -> Path:
    """A virtual environment whose Python says its name and its arguments."""
    return programs.program(folder / "bin", "python", f'echo {name} "$@"')


def launch(launcher: Path, folder: Path, **environ: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [launcher, "127.0.0.1:1"],
        cwd=folder,
        env={"PATH": "/usr/bin:/bin", **environ},
        capture_output=True,
        text=True,
        check=False,
    )


ARGUMENTS = "-P -u -m cfaig.local.engine.language_host 127.0.0.1:1\n"


@pytest.mark.parametrize(
    "option",
    [
        "    virtualenv: env",
        "    virtualenv: 'env' # ours",
        '    virtualenv: "env"',
        "    virtualenv: {root}/env",
        "    toolchain: pip\n    virtualenv: env\nplugins: {{}}",
    ],
)
def test_virtualenv_of_the_project_comes_first(launcher: Path, tmp_path: Path, option: str) -> None:
    root = tmp_path / "a project"
    python(root / "env", "own")
    other = python(tmp_path / "other", "other")
    text = f"name: x\nruntime:\n  name: python\n  options:\n{option}".format(root="{root}")
    if "{root}" in text:
        root = tmp_path / "project"  # the launcher reads words, so no blank in an absolute path
        python(root / "env", "own")
        text = text.replace("{root}", str(root))
    (root / "infra").mkdir()
    (root / "Pulumi.yaml").write_text(text)
    for folder in (root, root / "infra"):
        assert launch(launcher, folder, CFAIG_PYTHON=str(other)).stdout == f"own {ARGUMENTS}"


def test_python_that_prepared_the_engine_comes_next(launcher: Path, tmp_path: Path) -> None:
    ours, active = python(tmp_path / "ours", "ours"), python(tmp_path / "active", "active")
    (tmp_path / "Pulumi.yaml").write_text("name: x\nruntime:\n  name: python\n  options:\n    virtualenv: missing\n")
    both = {"CFAIG_PYTHON": str(ours), "VIRTUAL_ENV": str(active.parent.parent)}
    assert launch(launcher, tmp_path, **both).stdout == f"ours {ARGUMENTS}"
    del both["CFAIG_PYTHON"]
    assert launch(launcher, tmp_path, **both).stdout == f"active {ARGUMENTS}"


def test_no_python_is_told(launcher: Path, tmp_path: Path) -> None:
    done = launch(launcher, tmp_path)
    assert done.returncode == 1
    assert "found no Python with cfaig" in done.stderr


def test_launchers_are_written_once(bare: EngineCache, launcher: Path) -> None:
    before = launcher.stat()
    assert install_stand_ins(bare) == ("pulumi-language-python", "pulumi-resource-cloudflare")
    assert launcher.stat().st_ino == before.st_ino
    launcher.write_text("older")
    install_stand_ins(bare)
    assert "cfaig" in launcher.read_text()
    assert launcher.stat().st_mode & 0o111
    assert [path.name for path in launcher.parent.iterdir()] == [launcher.name]


def test_official_cloudflare_plugin_stays(bare: EngineCache, launcher: Path) -> None:
    assert launcher.exists()
    (plugin,) = bare.home.glob("plugins/resource-cloudflare-v*/pulumi-resource-cloudflare")
    plugin.write_bytes(b"\x7fELF official")
    assert install_stand_ins(bare) == ("pulumi-language-python",)
    assert plugin.read_bytes() == b"\x7fELF official"
