"""Checks of a gateway's settings against each other."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from cfaig.checks.finding import Finding, Subject, warning

# Cloudflare makes a gateway of this id by itself. Source: facts/ai-gateway.md 6.1.
SELF_MADE_ID: Final = "default"


def setting_findings(subject: Subject) -> Iterator[Finding]:
    """Everything about the settings of a gateway."""
    gateway = subject.gateway
    if gateway.routes and not gateway.authentication:
        message = "dynamic routes need authentication, and it is off"
        yield warning("AIG130", message, ("authentication",), "write authentication: true")
    if gateway.logging.classification and not gateway.logging.collect:
        message = "logs that are not collected cannot be classified"
        hint = "collect them, or write classification: false; Cloudflare switches it off and every plan would show it"
        yield Finding("AIG131", message, ("logging", "classification"), hint)
    if gateway.id == SELF_MADE_ID:
        message = "Cloudflare makes the gateway `default` by itself, and makes it again after it is deleted"
        hint = "the first deployment has to adopt it; another id avoids this"
        yield warning("AIG132", message, ("gateway",), hint)
