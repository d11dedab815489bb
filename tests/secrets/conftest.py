"""Vault, twice: a real server where there is one, and what such a server has answered to the same tests."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.secrets.door import Door, open_door
from tests.secrets.filled_vault import fill
from tests.secrets.kubernetes import cluster
from tests.secrets.vault_server import NO_VAULT, Vault, find_vault, running_vault

# Answers of Vault 1.21.4 by test; written anew by a run with CFAIG_RECORD_VAULT=1 and a real Vault.
RECORDED = Path(__file__).with_name("vault_answers.json")


@pytest.fixture(scope="session")
def real_vault(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Vault]:
    """A server that the tests start; skips where there is no program for it."""
    program = find_vault()
    if program is None:
        pytest.skip(NO_VAULT)
    with open_door(cluster()) as kubernetes, running_vault(program, tmp_path_factory.mktemp("vault")) as vault:
        fill(vault, kubernetes.url)
        yield vault


@pytest.fixture(params=["recorded", "real"])
def vault(request: pytest.FixtureRequest) -> Iterator[Door]:
    """The way to Vault."""
    name = request.node.originalname
    if request.param == "recorded":
        answers = {what: (status, document) for what, (status, document) in _recorded().get(name, {}).items()}
        with open_door(Door(answers=answers)) as door:
            yield door
        return
    server: Vault = request.getfixturevalue("real_vault")
    with open_door(Door(upstream=server.url)) as door:
        yield door
    if os.environ.get("CFAIG_RECORD_VAULT"):
        kept = _recorded() | {name: dict(sorted(door.answers.items()))}
        RECORDED.write_text(json.dumps(kept, indent=1, sort_keys=True) + "\n")


def _recorded() -> dict[str, dict[str, tuple[int, Any]]]:
    recorded: dict[str, dict[str, tuple[int, Any]]] = json.loads(RECORDED.read_text()) if RECORDED.is_file() else {}
    return recorded
