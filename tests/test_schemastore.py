"""The entries for SchemaStore's catalog, as far as they can be right before they are submitted."""

from __future__ import annotations

import json
from fnmatch import fnmatch
from typing import Any
from urllib.parse import urlsplit

import pytest

from tests.engine_fixtures import ROOT

ENTRIES: list[dict[str, Any]] = json.loads((ROOT / "schemas/schemastore.json").read_text())


def test_the_guide_shows_the_entries() -> None:
    assert f"```json\n{(ROOT / 'schemas/schemastore.json').read_text()}```" in (ROOT / "docs/editors.md").read_text()


@pytest.mark.parametrize("entry", ENTRIES, ids=lambda entry: entry["name"])
def test_an_entry_is_as_the_catalog_wants_it(entry: dict[str, Any]) -> None:
    assert list(entry) == ["name", "description", "fileMatch", "url"]
    # SchemaStore refuses names with “schema” in them, and descriptions that are none.
    assert "schema" not in entry["name"].lower()
    assert entry["description"][0].isupper()
    assert not entry["description"].endswith(".")
    url = urlsplit(entry["url"])
    assert url.scheme == "https"
    owner, repository, branch, *path = url.path.strip("/").split("/")
    assert (owner, repository, branch) == ("OWNER", "cfaig", "main")
    found = json.loads((ROOT / "/".join(path)).read_text())
    assert found["$schema"].startswith("https://json-schema.org/")
    assert found["$id"].startswith("urn:cfaig:schema:")  # where it is served from may change, its id does not


def test_files_have_one_entry_and_other_projects_none() -> None:
    def matching(path: str) -> list[str]:
        return [entry["name"] for entry in ENTRIES if any(fnmatch(path, pattern) for pattern in entry["fileMatch"])]

    assert matching("x/gateways/support.gateway.yaml") == ["cfaig gateway"]
    assert matching("x/scenarios/support.scenario.yml") == ["cfaig scenario"]
    assert matching("x/gateways/support.yaml") == matching("x/gateway.yaml") == []
