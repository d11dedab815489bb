"""Whatever is sent, the API answers in its own shape and never breaks."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
import schemathesis
from hypothesis import HealthCheck, Phase, settings

from cfaig.local.app import create_app
from cfaig.local.options import TOKEN, Options
from cfaig.local.storage import Storage

_STORAGE = Storage(":memory:")
_APP = create_app(Options(gateway_limit=3, default_store=True), _STORAGE)
schema = schemathesis.openapi.from_asgi("/openapi.json", _APP, headers={"Host": "localhost"})


@pytest.fixture(scope="module", autouse=True)
def _close_the_storage() -> Iterator[None]:
    yield
    _STORAGE.close()


@schema.include(path_regex="^/client").parametrize()
@settings(max_examples=8, deadline=None, phases=[Phase.generate], suppress_health_check=list(HealthCheck))
def test_no_call_breaks_the_server(case: Any) -> None:
    if "account" in case.path_parameters:
        case.path_parameters["account"] = Options().account
    answer = case.call(headers={"Authorization": f"Bearer {TOKEN}", "Host": "localhost"})
    assert answer.status_code < 500
    assert isinstance(answer.json()["success"], bool)
