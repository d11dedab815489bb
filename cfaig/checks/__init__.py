"""Semantic checks of resolved gateways: what no schema can see, each with the place where it was written."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import TypeAlias

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

__all__ = ["Known", "check_gateways"]


Known: TypeAlias = dict[str, tuple[Subject, tuple[Finding, ...]]]
"""Findings of gateways, by id, with what they were found in."""


def check_gateways(
    loaded: Loaded,
    *,
    environ: Mapping[str, str] | None,
    environment: str,
    known: Known | None = None,
    stack_config: Mapping[str, bool] | None = None,
) -> tuple[Diagnostic, ...]:
    """Everything that is wrong with, or surprising about, the gateways of one environment.

    Secrets are looked for in `environ` (and in files), and in `stack_config` (the names there, and whether each is
    sealed); with None they are taken to be there. The environment `local` needs neither secrets nor Cloudflare's
    limits on accounts. `known` is filled; with it, the next environment need not look again at
    gateways that are the same there.
    """
    known = {} if known is None else known
    local = environment == LOCAL_ENVIRONMENT
    gateways = loaded.gateways
    slugs = frozenset(custom.slug for gateway in gateways for custom in gateway.custom_providers)
    unknown = Source(Path("gateways"))
    places = (None, None) if local else (environ, stack_config)
    subjects = {
        gateway.id: Subject(gateway, loaded.sources.get(gateway.id, unknown), slugs, *places) for gateway in gateways
    }
    found = [(id_, finding) for id_, subject in subjects.items() for finding in _known_findings(subject, known)]
    found += shared_findings(gateways)
    if any(gateway.edge for gateway in gateways):
        # Here, because most gateways have none, and a preview need not wait for it.
        from cfaig.checks.edge import shared_edge_findings

        found += shared_edge_findings(gateways)
    found += () if local else limit_findings(gateways, loaded.limits)
    told = (to_diagnostic(finding, subjects[id_].source) for id_, finding in found)
    return tuple(sorted(told, key=lambda one: (one.position, one.code, one.message)))


def _known_findings(subject: Subject, known: Known) -> tuple[Finding, ...]:
    before, findings = known.get(subject.gateway.id, (None, ()))
    if before is None or not _is_same(before, subject):
        findings = tuple(_findings(subject))
        known[subject.gateway.id] = subject, findings
    return findings


def _is_same(one: Subject, other: Subject) -> bool:
    # Loading gives the very same gateway for an environment that changes nothing; comparing it would take long.
    same = one.gateway is other.gateway and one.environ is other.environ and one.stack_config is other.stack_config
    return same and one.custom_slugs == other.custom_slugs


def _findings(subject: Subject) -> Iterator[Finding]:
    routes = placed_routes(subject)
    yield from route_findings(subject, routes)
    yield from provider_findings(subject, routes)
    yield from setting_findings(subject)
    if subject.gateway.edge is not None:
        from cfaig.checks.edge import edge_findings

        yield from edge_findings(subject.gateway, subject.gateway.edge)
    yield from secret_findings(subject)
