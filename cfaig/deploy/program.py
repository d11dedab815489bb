"""The Pulumi program: declares as resources what the definitions ask for in the stack's environment.

`__main__.py` in the project's root runs it; the stack's name is the environment.
"""

from __future__ import annotations

import os
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

import pulumi

from cfaig import __version__
from cfaig.checks import check_gateways
from cfaig.definition.catalog import CUSTOM_PREFIX
from cfaig.definition.diagnostics import DefinitionError, Severity
from cfaig.definition.load import Loaded, load_project
from cfaig.definition.render import render_text
from cfaig.deploy.addresses import gateway_url
from cfaig.deploy.names import to_inputs
from cfaig.deploy.resources import (
    AiGateway,
    CustomDomain,
    CustomProvider,
    Gateway,
    ProviderKey,
    Route,
    SecretsStore,
    without_debug_calls,
    without_stack_traces,
)
from cfaig.deploy.secret_inputs import seal_headers, seal_settings
from cfaig.deploy.stack_config import from_program
from cfaig.errors import CfaigError
from cfaig.json_types import Json
from cfaig.project import LOCAL_ENVIRONMENT, Project, find_project
from cfaig.secrets import Resolver
from cfaig.secrets.dotenv import with_dotenv
from cfaig.state.compile import compile_account
from cfaig.state.model import AccountState, CustomProviderState, GatewayState, ProviderKeyState, RouteState

CONNECTION_SETTINGS: Final = ("apiToken", "apiKey", "email", "baseUrl")


@dataclass(frozen=True, slots=True)
class Deployment:
    """What all resources of one run share; `local_api` is the address of the local Cloudflare's API, if it is that."""

    account: str
    local_api: str | None
    resolver: Resolver
    provider: pulumi.ProviderResource | None
    definitions: Mapping[str, str]
    stores: Mapping[str, SecretsStore]
    custom_providers: Mapping[str, CustomProvider]

    def own(self, **options: Any) -> pulumi.ResourceOptions:
        """Options of a resource of our own plugin."""
        return pulumi.ResourceOptions(provider=self.provider, **options)


def run() -> None:
    """Declare everything.

    Raises pulumi.RunError, which Pulumi shows without a traceback, when the definitions or the settings are wrong.
    """
    try:
        _declare()
    except DefinitionError as error:
        raise pulumi.RunError(f"{error.message}\n{render_text(error.diagnostics)}") from error
    except CfaigError as error:
        raise pulumi.RunError(error.message + (f"\n{error.hint}" if error.hint else "")) from error


def _declare() -> None:
    environment, account, project = pulumi.get_stack(), _account(), find_project()
    local_api = _local_api() if environment == LOCAL_ENVIRONMENT else None
    # Only for references: the plugins do not see what is in .env, and must not be told to go elsewhere by half of it.
    environ = with_dotenv(project.root, os.environ)
    loaded = _load(project, environment, account, environ)
    state, files = compile_account(loaded.gateways), _unusual_files(loaded, project)
    del loaded  # what is declared takes its place in memory
    resolver = Resolver(environ, stand_ins=environment == LOCAL_ENVIRONMENT, stack_config=from_program)
    without_debug_calls()
    with without_stack_traces():
        provider = _own_provider()
        options = pulumi.ResourceOptions(provider=provider)
        deployment = Deployment(
            account,
            local_api,
            resolver,
            provider,
            files,
            _declare_stores(state, account, options),
            {item.slug: _declare_custom_provider(item, account, resolver, options) for item in state.custom_providers},
        )
        outputs = {gateway.id: _declare_gateway(gateway, deployment) for gateway in state.gateways}
    pulumi.export("gateways", outputs)


def _account() -> str:
    account = pulumi.Config("cfaig").get("account") or os.environ.get("CLOUDFLARE_ACCOUNT_ID")
    if not account:
        stack = pulumi.get_stack()
        raise CfaigError(
            f"no Cloudflare account for the environment {stack}",
            f"pulumi config set cfaig:account ACCOUNT_ID --stack {stack}, or set CLOUDFLARE_ACCOUNT_ID",
        )
    return account


def _local_api() -> str:
    """The address of the local Cloudflare; without it, the plugins would go to the real one."""
    address = pulumi.Config("cloudflare").get("baseUrl") or os.environ.get("CLOUDFLARE_BASE_URL")
    if not address:
        raise CfaigError(
            "the environment local needs the address of the local Cloudflare, and CLOUDFLARE_BASE_URL is not set",
            'start it and set the variables: cfaig local up; eval "$(cfaig env)"',
        )
    return address


def _load(project: Project, environment: str, account: str, environ: Mapping[str, str]) -> Loaded:
    """The definitions, without mistakes; warnings are shown."""
    loaded = load_project(project, environment, account=account)
    found = check_gateways(loaded, environ=environ, environment=environment)
    if any(diagnostic.severity is Severity.ERROR for diagnostic in found):
        raise DefinitionError(found)
    if told := (*loaded.diagnostics, *found):
        pulumi.log.warn(render_text(told))
    return loaded


def _unusual_files(loaded: Loaded, project: Project) -> dict[str, str]:
    """The files of the gateways whose definitions are not in `gateways/<id>.yaml`."""
    files = {gateway: source.file.as_posix() for gateway, source in loaded.sources.items()}
    folder = project.gateways.relative_to(project.root) if project.gateways.is_relative_to(project.root) else None
    return {gateway: file for gateway, file in files.items() if folder is None or file != f"{folder}/{gateway}.yaml"}


def _declare_stores(state: AccountState, account: str, options: pulumi.ResourceOptions) -> dict[str, SecretsStore]:
    names = sorted({gateway.store for gateway in state.gateways if gateway.store})
    return {name: SecretsStore(name, account_id=account, store_name=name, opts=options) for name in names}


def _own_provider() -> pulumi.ProviderResource | None:
    """Our plugin with the settings that the stack has for the official one; none when both use the environment."""
    config = pulumi.Config("cloudflare")
    given: dict[str, Any] = {}
    for name in CONNECTION_SETTINGS:
        if (value := config.get_secret(name)) is not None:
            given[name] = value
    if not given:
        return None
    return pulumi.ProviderResource("cfaig", "cfaig", given, pulumi.ResourceOptions(version=__version__))


def _declare_custom_provider(
    provider: CustomProviderState, account: str, resolver: Resolver, options: pulumi.ResourceOptions
) -> CustomProvider:
    settings: dict[str, Any] = {_camel(name): value for name, value in provider.settings.items() if value is not None}
    headers = provider.settings.get("headers")
    if isinstance(headers, Mapping) and headers:
        settings["headers"] = seal_headers(headers, resolver, f"the custom provider {provider.slug}")
    else:
        settings.pop("headers", None)
    return CustomProvider(provider.slug, account_id=account, slug=provider.slug, settings=settings, opts=options)


def _camel(name: str) -> str:
    return re.sub("_([a-z])", lambda match: match[1].upper(), name)


def _declare_gateway(state: GatewayState, deployment: Deployment) -> dict[str, Json]:
    """Declare one gateway with all that hangs on it, and tell how it is called."""
    management = state.management
    component = Gateway(
        state.id,
        description=management.description,
        labels=management.labels,
        definition=deployment.definitions.get(state.id),
    )
    gateway = _declare_settings(state, deployment, component)
    for route in state.routes:
        _declare_route(route, state, deployment, component, gateway)
    for key in state.provider_keys:
        _declare_key(key, state, deployment, component, gateway)
    for hostname in state.domains:
        CustomDomain(
            f"{state.id}/{hostname}",
            account_id=deployment.account,
            gateway_id=state.id,
            hostname=hostname,
            opts=deployment.own(parent=component, depends_on=[gateway], replace_with=[gateway], aliases=_aliases()),
        )
    url = gateway_url(deployment.account, state.id, deployment.local_api)
    if state.edge is not None:
        options = pulumi.ResourceOptions(
            parent=component, depends_on=[gateway], aliases=_aliases(), protect=management.protect
        )
        from cfaig.deploy.edges import declare_edge

        declare_edge(state.edge, state.id, url, deployment.account, deployment.resolver, options)
    routes = {route.name: f"dynamic/{route.name}" for route in state.routes}
    outputs: dict[str, Json] = {"url": url, "compatUrl": f"{url}/compat", "routes": routes}
    component.register_outputs(outputs)
    return outputs


def _aliases(renamed_from: str | None = None) -> list[str | pulumi.Alias]:
    """Names under which the stack may know a resource: a plain `pulumi import` puts it under no parent."""
    aliases: list[str | pulumi.Alias] = [pulumi.Alias(parent=pulumi.ROOT_STACK_RESOURCE)]
    return [*aliases, pulumi.Alias(name=renamed_from)] if renamed_from else aliases


def _declare_settings(state: GatewayState, deployment: Deployment, component: Gateway) -> AiGateway:
    inputs, secret = seal_settings(to_inputs(state.settings), deployment.resolver, state.id)
    if state.store is not None:
        inputs["storeId"] = deployment.stores[state.store].store_id
    return AiGateway(
        state.id,
        account_id=deployment.account,
        gateway_id=state.id,
        settings=inputs,
        opts=pulumi.ResourceOptions(
            parent=component,
            aliases=_aliases(),
            protect=state.management.protect,
            additional_secret_outputs=secret,
            delete_before_replace=True,  # its id is taken as long as it is there
        ),
    )


def _declare_route(
    route: RouteState, state: GatewayState, deployment: Deployment, component: Gateway, gateway: AiGateway
) -> None:
    used = [element.get("properties") for element in route.elements]
    providers = {str(properties.get("provider")) for properties in used if isinstance(properties, Mapping)}
    Route(
        f"{state.id}/{route.name}",
        account_id=deployment.account,
        gateway_id=state.id,
        route_name=route.name,
        elements=route.elements,
        opts=deployment.own(
            parent=component,
            depends_on=[gateway, *_used_custom_providers(sorted(providers), deployment)],
            replace_with=[gateway],
            aliases=_aliases(f"{state.id}/{route.renamed_from}" if route.renamed_from else None),
            protect=state.management.protect,
        ),
    )


def _declare_key(
    key: ProviderKeyState, state: GatewayState, deployment: Deployment, component: Gateway, gateway: AiGateway
) -> None:
    store = str(state.settings["store_id"]) if state.store is None else deployment.stores[state.store].store_id
    used_by = f"the key {key.provider}:{key.alias} of gateway {state.id}"
    ProviderKey(
        f"{state.id}/{key.provider}:{key.alias}",
        account_id=deployment.account,
        gateway_id=state.id,
        store_id=store,
        provider=key.provider,
        alias=key.alias,
        default=key.default,
        key=pulumi.Output.secret(deployment.resolver.value(key.key, used_by)),
        rate_limit=key.rate_limit,
        rate_limit_period=key.rate_limit_period,
        opts=deployment.own(
            parent=component,
            depends_on=[gateway, *_used_custom_providers([key.provider], deployment)],
            replace_with=[gateway],
            aliases=_aliases(),
        ),
    )


def _used_custom_providers(slugs: Sequence[str], deployment: Deployment) -> list[pulumi.Resource]:
    """The custom providers behind wire slugs, which have to be there before what uses them."""
    known = deployment.custom_providers
    names = [slug.removeprefix(CUSTOM_PREFIX) for slug in slugs if slug.startswith(CUSTOM_PREFIX)]
    return [known[name] for name in names if name in known]
