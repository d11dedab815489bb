"""What the runtime knows of the account: read once, and again when something has changed."""

from __future__ import annotations

import json
import time
from collections.abc import Iterator, Sequence
from typing import Any

import pytest

from cfaig.local.gateway.configuration import StoredConfiguration
from cfaig.local.options import RUN_TOKEN, TOKEN, Options
from cfaig.local.storage import Storage
from cfaig.state.settings import DEFAULT_SETTINGS


class CountingStorage(Storage):
    queries = 0

    def rows(self, sql: str, *values: Any) -> Sequence[Any]:
        self.queries += 1
        return super().rows(sql, *values)


@pytest.fixture
def storage() -> Iterator[CountingStorage]:
    storage = CountingStorage(":memory:")
    with storage.transaction() as db:
        settings = json.dumps({"cache_ttl": 60, "store_id": "s"})
        db.execute("INSERT INTO gateways VALUES ('a', 'g', ?, '', '')", (settings,))
        db.execute("INSERT INTO stores VALUES ('a', 's', 'default', '', '')")
    yield storage
    storage.close()


def add_secret(storage: Storage, name: str, scopes: str, created: str = "2026-01-01T00:00:00.000Z") -> None:
    values = (name, name, f"value of {name}", json.dumps([scopes]), created)
    with storage.transaction() as db:
        db.execute("INSERT INTO secrets VALUES ('s', ?, ?, ?, ?, NULL, ?, '')", values)


def test_a_call_costs_no_query_while_nothing_changes(storage: CountingStorage) -> None:
    configuration = StoredConfiguration(storage, Options())
    for _ in range(3):
        found = configuration.gateway("a", "g")
        assert found is not None
        assert found.settings.keys() == DEFAULT_SETTINGS.keys()
        assert configuration.gateway("a", "nobody") is None
        assert configuration.custom_provider("a", "lab") is None
        assert configuration.provider_key("a", "g", "openai", "default") is None
    asked = storage.queries
    with storage.transaction(configures=False):
        pass
    assert configuration.gateway("a", "g") == found
    assert storage.queries == asked
    with storage.transaction() as db:
        db.execute("UPDATE gateways SET settings = '{\"cache_ttl\": 90}'")
    changed = configuration.gateway("a", "g")
    assert changed is not None
    assert changed.settings["cache_ttl"] == 90


def test_a_change_that_failed_changes_nothing(storage: CountingStorage) -> None:
    before = storage.revision
    with pytest.raises(RuntimeError), storage.transaction():
        raise RuntimeError
    assert storage.revision == before


def test_a_key_is_found_by_the_name_of_its_secret(storage: CountingStorage) -> None:
    add_secret(storage, "g_openai_default", "ai_gateway")
    add_secret(storage, "g_openai_other", "workers")
    configuration = StoredConfiguration(storage, Options())
    assert configuration.provider_key("a", "g", "openai", "default") == "value of g_openai_default"
    assert configuration.provider_key("a", "g", "openai", "other") is None
    assert configuration.provider_key("a", "x", "openai", "default") is None


def test_a_new_secret_is_pending_for_a_while(storage: CountingStorage) -> None:
    configuration = StoredConfiguration(storage, Options(secret_delay=3600))
    add_secret(storage, "g_openai_default", "ai_gateway", time.strftime("%Y-%m-%dT%H:%M:%S.000Z", time.gmtime()))
    add_secret(storage, "g_openai_old", "ai_gateway")
    assert configuration.provider_key("a", "g", "openai", "default") is None
    assert configuration.provider_key("a", "g", "openai", "old") is not None


def test_tokens() -> None:
    storage = Storage(":memory:")
    configuration = StoredConfiguration(storage, Options())
    storage.close()
    assert [configuration.authorized(token) for token in (RUN_TOKEN, TOKEN, "", "x")] == [True, True, False, False]
