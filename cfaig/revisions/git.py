"""Reading the files of a project as they were at a Git ref, from Git's objects alone.

Only `git` itself is asked, and only for what it has: no checkout, no index, no fetch, no hook, no filter.
"""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

from cfaig.definition.spelling import did_you_mean
from cfaig.errors import CfaigError
from cfaig.project import Project

GATEWAYS: Final = "gateways"
_SUFFIXES: Final = (".yaml", ".yml")
_FOLDER: Final = b"tree"


@dataclass(frozen=True, slots=True)
class Commit:
    """A commit, by the name that a person gave it and by its hash."""

    ref: str
    hash: str


class Snapshot(Project):
    """A project in a folder of its own; CFAIG_GATEWAYS, which names a folder of the work tree, says nothing here."""

    @property
    def gateways(self) -> Path:
        """The folder of the definitions."""
        return self.root / GATEWAYS


class Repository:
    """The Git repository that a project is in."""

    def __init__(self, project: Project) -> None:
        """Raises CfaigError when there is no git, or the project is in no repository."""
        if shutil.which("git") is None:
            raise CfaigError("git is not there", "install it, or put it on PATH")
        self._project = project
        if self._git("rev-parse", "--is-inside-work-tree", check=False).strip() != b"true":
            raise CfaigError(f"{project.root} is in no Git repository", "there is nothing to compare with")

    def commit(self, ref: str) -> Commit:
        """The commit that `ref` (a branch, a tag, a hash, `HEAD~3`) means.

        Raises CfaigError when there is none.
        """
        asked = ("rev-parse", "--verify", "--quiet", "--end-of-options", f"{ref}^{{commit}}")
        if found := self._git(*asked, check=False).decode().strip():
            return Commit(ref, found)
        refs = self._git("for-each-ref", "--format=%(refname:short)").decode("utf-8", "replace").split()
        elsewhere = next((name for name in refs if name.endswith(f"/{ref}")), None)
        guess = f"did you mean {elsewhere}? " if elsewhere else did_you_mean(ref, refs)
        raise CfaigError(f"there is no commit {ref} here", f"{guess}in a shallow clone, fetch it first: git fetch")

    @contextmanager
    def snapshot(self, commit: Commit) -> Iterator[Project]:
        """The project's definitions and stack files at `commit`, in a temporary folder."""
        with TemporaryDirectory(prefix="cfaig-") as folder:
            root = Path(folder)
            (root / GATEWAYS).mkdir()
            places = dict(self._places(commit))
            contents = self._contents(commit, list(places.values()))
            for target, content in zip(places, contents, strict=True):
                (root / target).write_bytes(content)
            yield Snapshot(root)

    def _places(self, commit: Commit) -> Iterator[tuple[str, str]]:
        """What to write in the snapshot, and where it is in the commit's tree."""
        for path in self._listed(commit, "."):
            name = path.rpartition("/")[2]
            if name.startswith("Pulumi.") and name.endswith(_SUFFIXES):
                yield name, path
        for path in self._listed(commit, self._gateways):
            name = path.rpartition("/")[2]
            if name.endswith(_SUFFIXES) and not name.startswith("."):
                yield f"{GATEWAYS}/{name}", path

    @property
    def _gateways(self) -> str:
        return os.path.relpath(self._project.gateways.resolve(), self._project.root.resolve())

    def _listed(self, commit: Commit, folder: str) -> list[str]:
        """The files in a folder (relative to the project), by their paths from the top of the repository."""
        arguments = ("ls-tree", "-z", "--full-name", commit.hash, "--", f"{folder}/")
        entries = [entry.partition(b"\t") for entry in self._git(*arguments).split(b"\0") if entry]
        return [os.fsdecode(path) for told, _, path in entries if told.split()[1] != _FOLDER]

    def _contents(self, commit: Commit, paths: Sequence[str]) -> list[bytes]:
        """The files' contents; links inside the tree are followed.

        Raises CfaigError for a file that is not there: a link that leads nowhere, or an object that was not fetched.
        """
        if odd := next((path for path in paths if "\n" in path), None):
            # In the dialogue with Git it would be two files, and what is told of one would be taken for another.
            raise CfaigError(f"{commit.ref}: a file has a line break in its name: {odd!r}", "rename it")
        asked = b"".join(os.fsencode(f"{commit.hash}:{path}\n") for path in paths)
        told = self._git("cat-file", "--batch", "--follow-symlinks", stdin=asked)
        contents: list[bytes] = []
        for path in paths:
            header, _, told = told.partition(b"\n")
            parts = header.split()
            if len(parts) != 3 or parts[1] != b"blob":
                raise CfaigError(f"{commit.ref}:{path} cannot be read", "is it a link to nowhere, or not fetched?")
            size = int(parts[2])
            contents.append(told[:size])
            told = told[size + 1 :]
        return contents

    def _git(self, *arguments: str, stdin: bytes = b"", check: bool = True) -> bytes:
        command = ["git", "--no-optional-locks", "-C", str(self._project.root), *arguments]
        environ = {**os.environ, "LC_ALL": "C", "GIT_TERMINAL_PROMPT": "0", "GIT_NO_LAZY_FETCH": "1"}
        done = subprocess.run(command, input=stdin, capture_output=True, env=environ, check=False)
        if check and done.returncode:
            raise CfaigError(f"git: {done.stderr.decode('utf-8', 'replace').strip()}")
        return done.stdout
