"""Where workerd comes from: PATH, the cache, npm; and what people are told when it comes from nowhere."""

from __future__ import annotations

import json
import shutil
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from cfaig.edge import COMPATIBILITY_DATE
from cfaig.errors import CfaigError
from cfaig.workerd import find
from tests.npm import registries_in

LISTS = Path(find.__file__).parent / "npm"
# Installs what a test has put beside it, as npm would; writes down that it was called.
NPM = f"""#!{sys.executable}
import json, os, pathlib, sys
here = pathlib.Path(__file__).parent
(here / "calls").open("a").write(" ".join(sys.argv[1:]) + chr(10))
if (here / "fails").exists():
    sys.exit((here / "fails").read_text())
for package in json.loads(pathlib.Path("package.json").read_text())["optionalDependencies"]:
    program = pathlib.Path("node_modules", package, "bin", "workerd")
    program.parent.mkdir(parents=True)
    program.write_text("#!/bin/sh" + chr(10) + "echo workerd 2026-10-23" + chr(10))
    program.chmod(0o755)
"""


@pytest.fixture
def machine(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A machine with nothing but `programs/` on PATH."""
    programs = tmp_path / "programs"
    programs.mkdir()
    monkeypatch.setenv("PATH", str(programs))
    monkeypatch.setenv("CFAIG_CACHE", str(tmp_path / "cache"))
    return programs


def program(folder: Path, name: str, text: str) -> Path:
    path = folder / name
    path.write_text(text)
    path.chmod(0o755)
    return path


def test_one_on_path_is_taken_if_it_is_new_enough(machine: Path) -> None:
    assert find.find_workerd() is None
    old = program(machine, "workerd", "#!/bin/sh\necho workerd 2026-06-30\n")
    assert find.find_workerd() is None
    old.unlink()
    find.version_of.cache_clear()
    assert program(machine, "workerd", f"#!/bin/sh\necho workerd {find.OLDEST}\n") == find.ensure_workerd(pytest.fail)


def test_npm_gets_it_once_also_for_many_at_once(machine: Path) -> None:
    program(machine, "npm", NPM)
    said: list[str] = []
    with ThreadPoolExecutor(8) as pool:
        found = set(pool.map(lambda _: find.ensure_workerd(said.append), range(8)))
    assert found == {find.find_workerd()}
    assert (machine / "calls").read_text().splitlines() == ["ci --ignore-scripts --no-audit --no-fund --loglevel=error"]
    assert "40 MB" in said[0]
    assert sorted(path.name for path in (machine.parent / "cache/cfaig/workerd").iterdir()) == ["1.20261023.1", "lock"]


def test_what_does_not_work_is_told(machine: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(CfaigError, match="no workerd here, and no npm") as caught:
        find.ensure_workerd(print)
    assert "cfaig local workerd" in str(caught.value.hint)
    program(machine, "npm", NPM)
    (machine / "fails").write_text("npm error code EINTEGRITY")
    with pytest.raises(CfaigError, match="npm could not get workerd: npm error code EINTEGRITY"):
        find.ensure_workerd(print)
    assert [path.name for path in (machine.parent / "cache/cfaig/workerd").iterdir()] == ["lock"]
    shutil.rmtree(machine.parent / "cache")
    (machine.parent / "cache").touch()
    with pytest.raises(CfaigError, match="cannot be written"):
        find.ensure_workerd(print)
    monkeypatch.setattr(sys, "platform", "sunos5")
    with pytest.raises(CfaigError, match="not made for this machine"):
        find.ensure_workerd(print)


def test_the_lock_file_names_no_registry_and_has_a_hash_for_each() -> None:
    assert registries_in(LISTS / "package-lock.json") == []
    packages = json.loads((LISTS / "package-lock.json").read_text())["packages"]
    wanted = json.loads((LISTS / "package.json").read_text())["optionalDependencies"]
    assert {f"node_modules/{name}" for name in wanted} | {""} == set(packages)
    assert all(packages[f"node_modules/{name}"]["integrity"].startswith("sha512-") for name in wanted)


def test_it_knows_the_day_of_the_worker() -> None:
    assert find.OLDEST == COMPATIBILITY_DATE
