"""Checks that secrets are where their references point; no value is read into a message, and no network asked."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from cfaig.checks.finding import Finding, Subject, warning
from cfaig.definition.diagnostics import KeyPath
from cfaig.definition.model import Gateway
from cfaig.secrets import ENV_SCHEME, FILE_SCHEME, PULUMI_SCHEME


def secret_findings(subject: Subject) -> Iterator[Finding]:
    """A finding for each reference that leads nowhere, as far as secrets are looked for (see `Subject`)."""
    if subject.environ is None and subject.stack_config is None:
        return
    for keys, text in _references(subject.gateway):
        path = next((each for each in keys if each in subject.source.positions), keys[-1])
        if text.startswith(ENV_SCHEME) and subject.environ is not None:
            yield from _variable(path, text.removeprefix(ENV_SCHEME), subject.environ)
        elif text.startswith(FILE_SCHEME) and subject.environ is not None:
            file = Path(text.removeprefix(FILE_SCHEME)).expanduser()
            if not file.is_file():
                yield Finding("AIG141", f"the secret file {file} is not there", path, "write it first")
        elif text.startswith(PULUMI_SCHEME) and subject.stack_config is not None:
            yield from _configured(path, text.removeprefix(PULUMI_SCHEME), subject.stack_config)


def references_of(gateways: Iterable[Gateway], scheme: str) -> tuple[str, ...]:
    """The references of one scheme, each once."""
    return tuple(sorted({text for gateway in gateways for _, text in _references(gateway) if text.startswith(scheme)}))


def _variable(path: KeyPath, name: str, environ: Mapping[str, str]) -> Iterator[Finding]:
    if not environ.get(name):
        state = "is empty" if name in environ else "is not set"
        yield Finding("AIG140", f"the environment variable {name} {state}", path, f"set it first: export {name}=…")


def _configured(path: KeyPath, name: str, config: Mapping[str, bool]) -> Iterator[Finding]:
    if name not in config:
        message = f"the configuration of the environment's stack has no {name}"
        yield Finding("AIG142", message, path, f"pulumi config set --secret {name} --stack ENVIRONMENT")
    elif not config[name]:
        message = f"{name} stands in clear text in the configuration of the environment's stack"
        yield warning(
            "AIG143", message, path, f"pulumi config set --secret {name} --stack ENVIRONMENT, with a new value"
        )


def _references(gateway: Gateway) -> Iterator[tuple[tuple[KeyPath, ...], str]]:
    """Every value that may be a reference, and the places where it may have been written."""
    for key in gateway.provider_keys:
        alone: KeyPath = ("providers", key.provider, "key")
        aliased: KeyPath = ("providers", key.provider, "keys", key.alias)
        yield (alone, aliased), key.key
    for custom in gateway.custom_providers:
        for header, value in custom.headers.items():
            yield (("providers", custom.slug, "headers", header),), value
    for index, exporter in enumerate(gateway.otel):
        yield (("otel", index, "authorization"),), exporter.authorization or ""
        for header, value in exporter.headers.items():
            yield (("otel", index, "headers", header),), value
    if gateway.edge is not None:
        yield (("edge", "gateway_token"),), gateway.edge.gateway_token or ""
        for each in gateway.edge.keys:
            path: KeyPath = ("edge", "keys", each.provider)
            yield ((*path, "key"), path), each.key
    if gateway.stripe is not None:
        yield (("stripe", "authorization"),), gateway.stripe.authorization
