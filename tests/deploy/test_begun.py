"""The note of a large update, and when an update is large."""

from __future__ import annotations

import pytest

from cfaig.deploy.begun import MANY, is_large, noted_resource
from cfaig.deploy.stack_state import NOTED, owned_resources, parse_deployment
from cfaig.deploy.types import Type
from cfaig.reconcile.change import Kind, ResourceKey

STACK = "urn:pulumi:dev::cfaig"
KEYS = (
    ResourceKey.of_gateway("support"),
    ResourceKey.of_route("support", "chat"),
    ResourceKey.of_provider_key("support", "openai", "default:eu"),
    ResourceKey.of_domain("support", "ai.example.com"),
    ResourceKey.of_edge("support", "support-edge"),
    ResourceKey.of_custom_provider("lab"),
    ResourceKey.of_store("cfaig"),
)


def test_what_is_noted_is_read_as_being_made() -> None:
    assert {key.kind for key in KEYS} == set(Kind)
    listed = [noted_resource(key, STACK) for key in KEYS]
    note = {"urn": f"{STACK}::{Type.BEGUN}::begun", "type": Type.BEGUN, "inputs": {NOTED: listed}}
    state = parse_deployment({"resources": [note]})
    assert not state.resources
    assert owned_resources(state).unfinished == frozenset(KEYS)


@pytest.mark.parametrize("backend", ["file:///srv/pulumi", "s3://bucket?region=auto", "gs://bucket", "azblob://box"])
def test_a_backend_of_files_is_written_once(backend: str) -> None:
    assert is_large(MANY, backend)
    assert not is_large(MANY - 1, backend)


@pytest.mark.parametrize("backend", [None, "https://api.pulumi.com"])
def test_pulumi_cloud_is_left_to_its_journal(backend: str | None) -> None:
    assert not is_large(10 * MANY, backend)
