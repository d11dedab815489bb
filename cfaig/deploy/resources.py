"""Thin, typed Pulumi resources: the official ones that we use, those of our own plugin, one component per gateway.

`import pulumi_cloudflare` takes 1.3–4 s because it loads every resource of Cloudflare; a resource of the same type
declared here costs nothing and is the same thing to the engine. Only the plugin's version is read from that package.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import Any, Final, cast

import pulumi

from cfaig import __version__
from cfaig.deploy.types import Type
from cfaig.errors import CfaigError
from cfaig.json_types import JsonObject

OFFICIAL_PACKAGE: Final = "pulumi_cloudflare"


@cache
def official_plugin_version() -> str:
    """The version of the cloudflare plugin that the installed `pulumi-cloudflare` package asks for.

    Raises CfaigError when the package is not installed.
    """
    found = find_spec(OFFICIAL_PACKAGE)
    if found is None or not found.submodule_search_locations:
        raise CfaigError("the package pulumi-cloudflare is not installed", "install the project again: make setup")
    told = json.loads((Path(found.submodule_search_locations[0]) / "pulumi-plugin.json").read_text("utf-8"))
    return str(told["version"])


@contextmanager
def without_stack_traces() -> Iterator[None]:
    """Keep the SDK from recording the Python stack with every resource.

    The traces would more than double the state, which is written anew at every step of an update, put the machine's
    paths into it, and differ from machine to machine. The SDK takes them with `traceback.extract_stack`, which keeps to
    `sys.tracebacklimit`.
    """
    before = getattr(sys, "tracebacklimit", None)
    sys.tracebacklimit = 1
    try:
        yield
    finally:
        if before is None:
            del sys.tracebacklimit
        else:
            sys.tracebacklimit = before


def without_debug_calls() -> None:
    """Keep the SDK from telling the engine four lines for each resource that the engine drops without `--debug`.

    Each is a call that the program waits for: a third of the time of a program with many gateways.
    """

    def unsaid(*_: object, **__: object) -> None:
        pass

    pulumi.log.debug = unsaid


def _options(opts: pulumi.ResourceOptions | None, **more: Any) -> pulumi.ResourceOptions:
    """Options of a resource of our own plugin."""
    return pulumi.ResourceOptions.merge(pulumi.ResourceOptions(version=__version__, **more), opts)


def _official(opts: pulumi.ResourceOptions | None, **more: Any) -> pulumi.ResourceOptions:
    """Options of a resource of the official plugin."""
    return pulumi.ResourceOptions.merge(pulumi.ResourceOptions(version=official_plugin_version(), **more), opts)


class Thin(pulumi.CustomResource):
    """A resource of which the program reads at most the outputs in `read`.

    The SDK makes an output of every input that it finds while the object is made, of five futures and a task each:
    half the memory of a program with many gateways. It reads the inputs themselves later, when the resource's turn
    comes, and so gets them here after the object is made.
    """

    def __init__(
        self,
        type_: Type,
        name: str,
        inputs: Mapping[str, pulumi.Input[Any]],
        opts: pulumi.ResourceOptions,
        read: Sequence[str] = (),
    ) -> None:
        props: dict[str, pulumi.Input[Any] | None] = dict.fromkeys(read)
        super().__init__(type_, name, props, opts)
        props.update(inputs)


class AiGateway(Thin):
    """The official gateway resource; `settings` are its other inputs, as `names.to_inputs` gives them."""

    def __init__(
        self,
        name: str,
        *,
        account_id: str,
        gateway_id: str,
        settings: Mapping[str, pulumi.Input[Any]],
        opts: pulumi.ResourceOptions | None = None,
    ) -> None:
        inputs = {"accountId": account_id, "aiGatewayId": gateway_id, **settings}
        super().__init__(Type.GATEWAY, name, inputs, _official(opts))


class WorkersScript(Thin):
    """The official Worker, of one module. `bindings` are whole objects as the plugin wants them.

    What Cloudflare fills in itself (usage model, placement, limits, observability, …) is not given, and stays as it is.
    """

    def __init__(
        self,
        name: str,
        *,
        account_id: str,
        script_name: str,
        content: str,
        main_module: str,
        compatibility_date: str,
        bindings: Sequence[Mapping[str, pulumi.Input[Any]]],
        opts: pulumi.ResourceOptions | None = None,
    ) -> None:
        inputs = {
            "accountId": account_id,
            "scriptName": script_name,
            "content": content,
            "mainModule": main_module,
            "compatibilityDate": compatibility_date,
            "bindings": list(bindings),
        }
        # The secrets among the inputs are marked one by one; whether the plugin does so in what it gives back is open.
        secret = _official(opts, additional_secret_outputs=["bindings"])
        super().__init__(Type.WORKER, name, inputs, secret)


class WorkersCustomDomain(Thin):
    """The official host name of a Worker; Cloudflare looks for the zone where none is given."""

    def __init__(
        self,
        name: str,
        *,
        account_id: str,
        hostname: str,
        service: str,
        zone_id: str | None = None,
        opts: pulumi.ResourceOptions | None = None,
    ) -> None:
        inputs = {"accountId": account_id, "hostname": hostname, "service": service, "zoneId": zone_id}
        super().__init__(Type.WORKER_DOMAIN, name, inputs, _official(opts))


class Route(Thin):
    """A dynamic route whose graph changes in place: a new version, then its deployment."""

    def __init__(
        self,
        name: str,
        *,
        account_id: str,
        gateway_id: str,
        route_name: str,
        elements: Sequence[JsonObject],
        opts: pulumi.ResourceOptions | None = None,
    ) -> None:
        inputs = {"accountId": account_id, "gatewayId": gateway_id, "name": route_name, "elements": list(elements)}
        super().__init__(Type.ROUTE, name, inputs, _options(opts))


class SecretsStore(Thin):
    """The account's Secrets Store of that name, made when there is none and never taken away while in use."""

    def __init__(
        self, name: str, *, account_id: str, store_name: str, opts: pulumi.ResourceOptions | None = None
    ) -> None:
        inputs = {"accountId": account_id, "name": store_name}
        super().__init__(Type.STORE, name, inputs, _options(opts), read=["storeId"])

    @property
    def store_id(self) -> pulumi.Output[str]:
        """The store's id, 32 hex digits."""
        return cast("pulumi.Output[str]", pulumi.get(self, "storeId"))


class ProviderKey(Thin):
    """A provider's key: a secret in the store, and the gateway's provider config that uses it.

    `provider` is the wire slug; `rate_limit` counts requests in `rate_limit_period` seconds.
    """

    def __init__(
        self,
        name: str,
        *,
        account_id: str,
        gateway_id: str,
        store_id: pulumi.Input[str],
        provider: str,
        alias: str,
        default: bool,
        key: pulumi.Input[str],
        rate_limit: int | None = None,
        rate_limit_period: int | None = None,
        opts: pulumi.ResourceOptions | None = None,
    ) -> None:
        inputs = {
            "accountId": account_id,
            "gatewayId": gateway_id,
            "storeId": store_id,
            "provider": provider,
            "alias": alias,
            "default": default,
            "key": key,
            "rateLimit": rate_limit,
            "rateLimitPeriod": rate_limit_period,
        }
        super().__init__(Type.PROVIDER_KEY, name, inputs, _options(opts, additional_secret_outputs=["key"]))


class CustomProvider(Thin):
    """A custom provider of the account; `settings` are its other inputs."""

    def __init__(
        self,
        name: str,
        *,
        account_id: str,
        slug: str,
        settings: Mapping[str, pulumi.Input[Any]],
        opts: pulumi.ResourceOptions | None = None,
    ) -> None:
        inputs = {"accountId": account_id, "slug": slug, **settings}
        super().__init__(Type.CUSTOM_PROVIDER, name, inputs, _options(opts, additional_secret_outputs=["headers"]))


class CustomDomain(Thin):
    """A hostname of one's own in front of a gateway; its DNS record is made elsewhere."""

    def __init__(
        self,
        name: str,
        *,
        account_id: str,
        gateway_id: str,
        hostname: str,
        opts: pulumi.ResourceOptions | None = None,
    ) -> None:
        inputs = {"accountId": account_id, "gatewayId": gateway_id, "hostname": hostname}
        super().__init__(Type.DOMAIN, name, inputs, _options(opts))


class Gateway(pulumi.ComponentResource):
    """What one definition asks for, as one node of the tree that `pulumi up` shows.

    Its inputs carry what Cloudflare has no place for, so that policies can see it. Only what the definition says is
    given: the component of an imported gateway has no inputs in the state, and is not to come back as a change.
    `definition` is the path of the YAML file where its name does not follow from the gateway's id.
    """

    def __init__(
        self,
        name: str,
        *,
        description: str | None = None,
        labels: Mapping[str, str] | None = None,
        definition: str | None = None,
        opts: pulumi.ResourceOptions | None = None,
    ) -> None:
        said = {"description": description, "labels": dict(labels or {}) or None, "definition": definition}
        super().__init__(Type.COMPONENT, name, {key: value for key, value in said.items() if value is not None}, opts)
