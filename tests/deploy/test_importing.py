"""Import without the engine: what an account holds becomes definitions that load, validate, and change nothing."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from cfaig.definition.diagnostics import DefinitionError
from cfaig.definition.model import Gateway
from cfaig.deploy.importing import Import, Place, plan_import, write_files
from cfaig.errors import CfaigError
from cfaig.live.read import read_live
from cfaig.project import Project
from cfaig.reconcile.render_text import render_text
from cfaig.secrets import Resolver
from cfaig.state.compile import compile_account
from tests.live.writing import write_account
from tests.local.bodies import gateway_body
from tests.local.running import RunningCloudflare
from tests.strategies import gateways

SECRETS = Resolver({}, stand_ins=True)
DEFAULTS = """\
authentication: true
cache: {ttl: 5m, invalidate_on_update: true}
retries: {attempts: 3, delay: 500ms, backoff: exponential}
rate_limit: {requests: 9, per: 1m, technique: sliding}
logging: {collect: true, keep: 100000, logpush: {enabled: true}}
guardrails: {prompt: {hate: block}}
otel: [{url: https://otel.example.com/v1}]
labels: {team: all}
environments:
  dev: {labels: {stage: dev}, logging: {keep: 10000}, retries: {attempts: 2}}
  prod: {protect: true}
"""


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Project:
    root = tmp_path_factory.mktemp("project")
    (root / "gateways").mkdir()
    (root / "Pulumi.yaml").write_text("name: cfaig\n")
    (root / "Pulumi.dev.yaml").write_text("{}\n")
    (root / "gateways/_defaults.yaml").write_text(DEFAULTS)
    return Project(root)


def imported(
    running: RunningCloudflare, project: Project, *wanted: str, folder: Path | None = None, force: bool = False
) -> Import:
    place = Place(project, "dev", running.account, folder or project.gateways)
    with running.api() as api:
        return plan_import(place, read_live(api, running.account), wanted, force=force)


def fill(running: RunningCloudflare, listed: list[Gateway]) -> None:
    running.reset()
    owners = {custom.slug: custom for gateway in listed for custom in gateway.custom_providers}
    hosts: set[str] = set()
    agreed: list[Gateway] = []
    for gateway in listed:
        domains = tuple(host for host in gateway.domains if host not in hosts)
        hosts |= set(domains)
        customs = tuple(owners[custom.slug] for custom in gateway.custom_providers)
        # An account has one store, and its id is Cloudflare's to give.
        store = "main" if gateway.store or gateway.provider_keys else None
        # `byok_only` without a key for each provider of a route is refused by the checks.
        changed = replace(gateway, custom_providers=customs, domains=domains, store=store, byok_only=False)
        agreed.append(changed)
    write_account(running, compile_account(agreed), SECRETS)


def assert_comes_back(running: RunningCloudflare, project: Project, listed: list[Gateway]) -> None:
    fill(running, listed)
    found = imported(running, project)
    assert sorted(file.gateway for file in found.files) == sorted(gateway.id for gateway in listed)
    assert found.plan.empty, render_text(found.plan, details=True) + found.files[0].text
    # Cloudflare gives no provider key back; whoever imports sets the variables before the next apply.
    assert all("is not set (for provider_key/" in warning for warning in found.plan.warnings), found.plan.warnings
    assert "local-stand-in" not in "".join(file.text for file in found.files)


@given(gateways())
@settings(max_examples=200, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_what_is_dumped_validates_and_plans_nothing(
    local_cloudflare: RunningCloudflare, project: Project, gateway: Gateway
) -> None:
    assert_comes_back(local_cloudflare, project, [gateway])


@given(st.lists(gateways(), min_size=2, max_size=3, unique_by=lambda gateway: gateway.id))
@settings(max_examples=8, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_so_does_an_account_of_several(
    local_cloudflare: RunningCloudflare, project: Project, listed: list[Gateway]
) -> None:
    assert_comes_back(local_cloudflare, project, listed)


def by_hand(running: RunningCloudflare, *names: str, **settings: object) -> None:
    for name in names:
        running.result("POST", "/ai-gateway/gateways", gateway_body(name, **settings))


@pytest.fixture
def account(local_cloudflare: RunningCloudflare) -> RunningCloudflare:
    local_cloudflare.reset()
    return local_cloudflare


def test_nothing_is_overwritten_without_being_told_to(
    account: RunningCloudflare, project: Project, tmp_path: Path
) -> None:
    by_hand(account, "one", "two")
    write_files(imported(account, project, folder=tmp_path / "new").files)
    (tmp_path / "new/one.yaml").write_text("mine\n")
    with pytest.raises(CfaigError, match=r"one\.yaml.*two\.yaml; nothing was written"):
        imported(account, project, folder=tmp_path / "new")
    assert (tmp_path / "new/one.yaml").read_text() == "mine\n"
    found = imported(account, project, "one", folder=tmp_path / "new", force=True)
    assert [(file.gateway, file.overwrites) for file in found.files] == [("one", True)]


def test_a_gateway_that_is_not_there_is_told_with_the_nearest(account: RunningCloudflare, project: Project) -> None:
    by_hand(account, "support")
    with pytest.raises(CfaigError, match="no gateway suport") as caught:
        imported(account, project, "suport")
    assert "support" in (caught.value.hint or "")


def test_gateways_with_a_definition_are_left_alone(account: RunningCloudflare, project: Project) -> None:
    by_hand(account, "one", "two")
    file = project.gateways / "another-name.yaml"
    file.write_text("gateway: one\n")
    try:
        found = imported(account, project)
        assert [each.gateway for each in found.files] == ["two"]
        assert found.skipped == {"one": file}
    finally:
        file.unlink()


def test_an_account_that_definitions_refuse_is_told_and_nothing_is_written(
    account: RunningCloudflare, project: Project
) -> None:
    by_hand(account, "short", cache_ttl=5)
    with pytest.raises(DefinitionError) as caught:
        imported(account, project)
    assert any("cache.ttl" in diagnostic.message for diagnostic in caught.value.diagnostics)
    assert "put it right in Cloudflare first" in (caught.value.hint or "")


def test_a_gateway_called_like_the_file_of_defaults(account: RunningCloudflare, project: Project) -> None:
    by_hand(account, "_defaults")
    assert [file.path.name for file in imported(account, project).files] == ["_defaults.gateway.yaml"]
