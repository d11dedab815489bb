"""Semantic checks of resolved gateways: what no schema can see, each with the place where it was written."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path

from cfaig.checks.account import limit_findings, shared_findings
from cfaig.checks.finding import Finding, Subject, to_diagnostic
from cfaig.checks.placed import placed_routes
from cfaig.checks.providers import provider_findings
from cfaig.checks.routes import route_findings
from cfaig.checks.secrets import secret_findings
from cfaig.checks.settings import setting_findings
from cfaig.definition.diagnostics import Diagnostic, Source
from cfaig.definition.load import Loaded
from cfaig.project import LOCAL_ENVIRONMENT

__all__ = ["check_gateways"]


def check_gateways(loaded: Loaded, *, environ: Mapping[str, str] | None, environment: str) -> tuple[Diagnostic, ...]:
    """Everything that is wrong with, or surprising about, the gateways of one environment.

    Secrets are looked for in `environ`; with None they are taken to be there. The environment `local` needs neither
    secrets nor Cloudflare's limits on accounts.
    """
    local = environment == LOCAL_ENVIRONMENT
    gateways = loaded.gateways
    slugs = frozenset(custom.slug for gateway in gateways for custom in gateway.custom_providers)
    unknown = Source(Path("gateways"))
    subjects = {
        gateway.id: Subject(gateway, loaded.sources.get(gateway.id, unknown), slugs, None if local else environ)
        for gateway in gateways
    }
    found = [(id_, finding) for id_, subject in subjects.items() for finding in _findings(subject)]
    found += shared_findings(gateways)
    found += () if local else limit_findings(gateways)
    told = (to_diagnostic(finding, subjects[id_].source) for id_, finding in found)
    return tuple(sorted(told, key=lambda one: (one.position, one.code, one.message)))


def _findings(subject: Subject) -> Iterator[Finding]:
    routes = placed_routes(subject)
    yield from route_findings(subject, routes)
    yield from provider_findings(subject, routes)
    yield from setting_findings(subject)
    yield from secret_findings(subject)
