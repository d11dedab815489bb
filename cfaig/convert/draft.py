"""A definition in the making: providers, keys, routes and settings, as a source tells of them one by one."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal
from typing import Final
from urllib.parse import urlsplit

from cfaig.convert.source import Part
from cfaig.convert.vendors import (
    address_of,
    as_slug,
    as_variable,
    slug_of,
    slug_of_host,
    usual_model,
    usual_variable,
)
from cfaig.definition.catalog import PROVIDER_SLUGS
from cfaig.definition.model import (
    Cache,
    CustomProvider,
    Flow,
    Gateway,
    ProviderKey,
    RateLimit,
    Route,
    SpendLimits,
    SpendRule,
)
from cfaig.definition.model_edge import Edge, Rule
from cfaig.definition.resolve import DEFAULT_ALIAS
from cfaig.secrets import ENV_SCHEME

MAX_ID: Final = 64
MIN_TTL: Final = 60
MAX_TTL: Final = 30 * 24 * 3600

_VARIABLE_FORMS: Final = (
    re.compile(r"os\.environ/([A-Za-z0-9_]+)"),  # LiteLLM
    re.compile(r"""\$\{\{\s*env\s+["']([A-Za-z0-9_]+)["']\s*\}\}"""),  # decK
    re.compile(r"\{vault://env/([A-Za-z0-9_-]+)\}"),  # Kong's vault of environment variables
    re.compile(r"\$\{?([A-Za-z_][A-Za-z0-9_]*)\}?"),
    re.compile(r"\{\{\s*([A-Za-z_][A-Za-z0-9_]*)\s*\}\}"),
    re.compile(r"env(?:://|\.)([A-Za-z0-9_]+)"),
)
_BEARER: Final = re.compile(r"(?i)bearer\s+")
_VERSION: Final = re.compile(r"/v\d+[a-z]*/?\Z")


class Draft:
    """What will be a `Gateway`."""

    def __init__(self, gateway: str, *, fixed: bool) -> None:
        self._gateway = Gateway(gateway)
        self._fixed = fixed
        self._customs: dict[str, CustomProvider] = {}
        self._keys: dict[tuple[str, str], ProviderKey] = {}
        self._routes: dict[str, Flow] = {}
        self._rules: dict[str, SpendRule] = {}
        self._edge_rules: list[Rule] = []

    def gateway(self) -> Gateway:
        """The gateway, in the order in which definitions are written."""
        return replace(
            self._gateway,
            custom_providers=tuple(self._customs[slug] for slug in sorted(self._customs)),
            provider_keys=tuple(self._keys[key] for key in sorted(self._keys)),
            routes=tuple(Route(name, flow) for name, flow in self._routes.items()),
            spend_limits=SpendLimits(bool(self._rules), tuple(self._rules.values())),
            edge=Edge(self._hostname, tuple(self._edge_rules)) if self._edge_rules else None,
        )

    @property
    def _hostname(self) -> str:
        return f"{self._gateway.id.replace('_', '-')}.invalid"

    def rename(self, gateway: str) -> None:
        """Take the id that the source names, unless a person has named one."""
        if not self._fixed:
            self._gateway = replace(self._gateway, id=gateway[:MAX_ID].strip("-"))

    def cache(self, seconds: float, part: Part) -> None:
        """Keep answers for `seconds`; what Cloudflare does not do is told at `part`."""
        self._gateway = replace(self._gateway, cache=Cache(self.lifetime(seconds, part)))

    def lifetime(self, seconds: float, part: Part) -> int:
        """The lifetime of answers that is nearest to `seconds`; what Cloudflare does not do is told at `part`."""
        ttl = round(seconds)
        if ttl != seconds or (ttl and not MIN_TTL <= ttl <= MAX_TTL):
            ttl = min(max(ttl, MIN_TTL), MAX_TTL)
            part.change(f"answers are kept for {seconds:g} s", f"Cloudflare keeps them 60 s to 30 days: {ttl} s now")
        return ttl

    def edge(self, rules: Sequence[Rule], part: Part) -> None:
        """Let a Worker in front of the gateway follow `rules`; that it needs a host name is told at `part`."""
        self._edge_rules.extend(rules)
        part.change(
            "rules for single paths, or for fields of a request",
            f"a Worker in front of the gateway follows them: put its host name in place of {self._hostname}",
        )

    def route(self, name: str, flow: Flow, part: Part) -> str:
        """Add a route; gives the name that it has got."""
        clean = re.sub(r"[\s/]+", "-", name).strip("-") or "route"
        free, number = clean, 2
        while free in self._routes:
            free, number = f"{clean}-{number}", number + 1
        if free != name:
            part.change("a name that no route can have, or that two would have", f"the route is called {free}")
        self._routes[free] = flow
        return free

    def spend(self, rule: SpendRule) -> None:
        """Add a budget; a second one of the same name gets a number."""
        name, number = as_slug(rule.id), 2
        while name in self._rules:
            name, number = f"{as_slug(rule.id)}-{number}", number + 1
        self._rules[name] = replace(rule, id=name)

    def provider(self, name: str, part: Part, url: Part | None = None) -> str:
        """The name that a definition uses for the provider `name`, which `part` names, at the address in `url`."""
        address = url.text() if url is not None else None
        host = urlsplit(address or "").hostname or ""
        slug = slug_of(name)
        if url is None or not address:
            return slug or self._unknown(name, part)
        at_home = slug_of_host(host)
        if at_home is not None:
            if at_home != slug:
                part.change(f"{name} at the address of {at_home}", f"it is Cloudflare's provider {at_home} now")
            url.unneeded("the provider's public address", "Cloudflare knows it")
            return at_home
        if slug == "azure-openai" or (slug or "").startswith(("aws-", "google-vertex")):
            url.drop(
                "where the resource is (its name, deployment or region)",
                "at Cloudflare this is in the path of a request to the provider; try out whether a route reaches it",
            )
            return slug or name
        return self._custom(name, address, url)

    def _unknown(self, name: str, part: Part) -> str:
        address = address_of(name)
        slug = as_slug(name)
        if address is None:
            address = f"https://{slug}.invalid"
            part.change(
                f"the provider {name}, which Cloudflare does not have by itself",
                f"it is a provider of your own now: put its address in place of {address}",
            )
        return self._described(slug, address)

    def _custom(self, name: str, address: str, part: Part) -> str:
        parts = urlsplit(address if "://" in address else f"https://{address}")
        root = _VERSION.sub("", f"https://{parts.netloc.rpartition('@')[2]}{parts.path}").rstrip("/")
        root = re.sub(r"\s", "", re.sub(r"/chat/completions\Z", "", root).rstrip("/"))
        root = _VERSION.sub("", root)
        if not parts.netloc:
            root = f"https://{as_slug(name)}.invalid"
        if root != address:
            why = "Cloudflare calls providers by https only, at an address that it can reach" * (parts.scheme == "http")
            path = "requests bring their own path, such as /v1/chat/completions"
            part.change("the address of a provider of your own", f"it is {root} now: {why or path}")
        slug = as_slug(name)
        if slug in PROVIDER_SLUGS:
            slug = f"{slug}-{as_slug((parts.hostname or 'own').split('.')[0])}"
        return self._described(slug, root)

    def _described(self, slug: str, address: str) -> str:
        free, number = slug, 2
        while free in self._customs and self._customs[free].base_url != address:
            free, number = f"{slug}-{number}", number + 1
        self._customs[free] = CustomProvider(free, address, free)
        return free

    def model(self, provider: str, named: str | None, part: Part) -> str:
        """The model's name; where there is none, a usual one, told at `part`."""
        if named:
            return named
        usual = usual_model(provider)
        part.change("no model is named: it comes with each request", f"the route takes {usual}; name the one you want")
        return usual

    def key(self, provider: str, part: Part, fallback: str | None = None) -> ProviderKey:
        """The provider's key at `part`, as a reference; one in clear text becomes the variable `fallback`."""
        return self.key_in(provider, self._variable(part, fallback or usual_variable(provider)), part)

    def key_in(self, provider: str, variable: str, part: Part) -> ProviderKey:
        """The provider's key in an environment variable; routes take the first one that is given for a provider."""
        reference = ENV_SCHEME + variable
        mine = [key for key in self._keys.values() if key.provider == provider]
        for key in mine:
            if key.key == reference:
                return key
        alias = as_slug(variable) if mine else DEFAULT_ALIAS
        if mine:
            part.change(
                f"one more key of {provider}",
                f"it has the alias {alias}, which requests choose with cf-aig-byok-alias; routes take the first key",
            )
        key = ProviderKey(provider, reference, alias, default=not mine)
        self._keys[provider, alias] = key
        return key

    def limit_key(self, key: ProviderKey, limit: RateLimit) -> None:
        """Let `key` be used only so often."""
        self._keys[key.provider, key.alias] = replace(key, rate_limit=limit)

    def _variable(self, part: Part, fallback: str) -> str:
        text = _BEARER.sub("", (part.text() or "").strip(), count=1)
        for form in _VARIABLE_FORMS:
            if match := form.fullmatch(text):
                name = match[1]
                return as_variable(name) if "-" in name else name
        if text.startswith(("{vault://", "vault://")):
            meaning = "a secret that another system's vault holds"
            advice = f"set {fallback}, or write vault://MOUNT/PATH#FIELD in place of env://{fallback}"
        else:
            meaning = "a secret in clear text, which was not copied"
            advice = f"set {fallback} to a new key, and call this one in: it has been in a file"
        part.secret(meaning, advice)
        return fallback


def money(value: float) -> Decimal:
    """Dollars, as they were written."""
    return Decimal(str(value))
