"""Everything that cfaig runs with may be used with it."""

from __future__ import annotations

import re

from tests.security.licences import locked

# Permissive ones, and MPL-2.0, which asks for its own files only.
FINE = re.compile(r"MIT|BSD|Apache|ISC|PSF|MPL", re.IGNORECASE)


def test_every_licence_is_known_and_fine() -> None:
    packages = list(locked())
    assert len(packages) > 40
    assert [package for package in packages if not FINE.search(package.licence)] == []
