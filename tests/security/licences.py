"""`python -m tests.security.licences`: the packages that cfaig runs with and the licences of each, as a table.

From the lock of what is needed at run time and the metadata of what is installed.
"""

from __future__ import annotations

import importlib.metadata
import re
import sys
from collections.abc import Iterator
from dataclasses import dataclass

from packaging.requirements import Requirement

from tests.engine_fixtures import ROOT

LOCK = ROOT / "requirements.lock"
_PINNED = re.compile(r"^([A-Za-z0-9][\w.-]*)==(\S+?)(?: ; (.*?))?(?: \\)?$")
_CLASSIFIER = "License :: OSI Approved :: "


@dataclass(frozen=True)
class Package:
    """One package of the lock; `licence` is what its metadata says, and empty for what is not installed here."""

    name: str
    version: str
    licence: str


def locked() -> Iterator[Package]:
    """The packages that this machine needs, in the order of the lock."""
    for line in LOCK.read_text().splitlines():
        if match := _PINNED.match(line):
            requirement = Requirement(line.removesuffix(" \\"))
            if requirement.marker is None or requirement.marker.evaluate():
                yield Package(match[1], match[2], licence_of(match[1]))


def licence_of(name: str) -> str:
    """The licence as the package tells it: an SPDX expression, or else its classifiers, or else a short text."""
    try:
        metadata = importlib.metadata.metadata(name)
    except importlib.metadata.PackageNotFoundError:
        return ""
    for expression in metadata.get_all("License-Expression") or ():
        return str(expression)
    told = [str(each) for each in metadata.get_all("Classifier") or ()]
    classified = [each.removeprefix(_CLASSIFIER) for each in told if each.startswith(_CLASSIFIER)]
    texts = [str(each).strip().split("\n")[0] for each in metadata.get_all("License") or ()]
    return ", ".join(classified or texts)


def main() -> int:
    packages = list(locked())
    print("| package | version | licence |\n| --- | --- | --- |")
    for package in packages:
        print(f"| {package.name} | {package.version} | {package.licence or 'not told'} |")
    print(f"\n{len(packages)} packages")
    return 0


if __name__ == "__main__":
    sys.exit(main())
