"""Checks that secrets are where their references point; no value is read into a message."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path

from cfaig.checks.finding import Finding, Subject
from cfaig.definition.diagnostics import KeyPath
from cfaig.secrets import ENV_SCHEME, FILE_SCHEME


def secret_findings(subject: Subject) -> Iterator[Finding]:
    """A finding for each reference that leads nowhere; none where secrets are not looked for."""
    if subject.environ is None:
        return
    for path, text in _references(subject):
        if text.startswith(ENV_SCHEME):
            yield from _variable(path, text.removeprefix(ENV_SCHEME), subject.environ)
        elif text.startswith(FILE_SCHEME):
            file = Path(text.removeprefix(FILE_SCHEME)).expanduser()
            if not file.is_file():
                yield Finding("AIG141", f"the secret file {file} is not there", path, "write it first")


def _variable(path: KeyPath, name: str, environ: Mapping[str, str]) -> Iterator[Finding]:
    if not environ.get(name):
        state = "is empty" if name in environ else "is not set"
        yield Finding("AIG140", f"the environment variable {name} {state}", path, f"set it first: export {name}=…")


def _references(subject: Subject) -> Iterator[tuple[KeyPath, str]]:
    """Every value that may be a reference, and where it was written."""
    gateway = subject.gateway
    for key in gateway.provider_keys:
        alone: KeyPath = ("providers", key.provider, "key")
        aliased: KeyPath = ("providers", key.provider, "keys", key.alias)
        yield (alone if alone in subject.source.positions else aliased), key.key
    for custom in gateway.custom_providers:
        for header, value in custom.headers.items():
            yield ("providers", custom.slug, "headers", header), value
    for index, exporter in enumerate(gateway.otel):
        yield ("otel", index, "authorization"), exporter.authorization or ""
        for header, value in exporter.headers.items():
            yield ("otel", index, "headers", header), value
    if gateway.stripe is not None:
        yield ("stripe", "authorization"), gateway.stripe.authorization
