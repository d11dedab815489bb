"""From a gateway's definition to a connection: address, key, headers and model.

Sources: https://developers.cloudflare.com/ai-gateway/configuration/authentication/ and
https://developers.cloudflare.com/ai-gateway/configuration/bring-your-own-keys/ (a provider's key in the request wins
over the stored one, so a client must not send any), .../features/dynamic-routing/usage/ (routes are called at
`/compat`, with the token as the API key).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Final

from cfaig.connect.model import AUTHORIZATION, BEARER, LOCAL_KEY, PLACEHOLDER, Connection, Value, Wanted
from cfaig.definition.catalog import CUSTOM_PREFIX, PROVIDER_SLUGS
from cfaig.definition.usual_models import USUAL_MODELS
from cfaig.errors import CfaigError

ROUTE_PREFIX: Final = "dynamic/"
UNIFIED: Final = "/compat"
OPENAI: Final = "openai"
OPENROUTER: Final = "openrouter"
WORKERS_AI: Final = "workers-ai"


def native(wanted: Wanted, slug: str, path: str = "", *, omits: bool = True, own_key: bool = False) -> Connection:
    """The connection to a provider's own API; `path` is what its clients have at the end of their base address.

    `omits`: the client can leave its own key out. `own_key`: it needs a real one, whatever the gateway holds.
    """
    model = _own_model(wanted, slug)
    key, headers, notes = _credentials(
        wanted, slug, held=holds_key(wanted, slug) and not own_key, compat=False, omits=omits
    )
    return Connection(f"{wanted.place.root}/{slug}{path}", model, key, headers, notes)


def compat(wanted: Wanted, slug: str | None = None, *, omits: bool = False) -> Connection:
    """The connection to the OpenAI-compatible endpoint: to the route, or else to a model of the provider `slug`.

    Without a slug the model tells the provider, or the gateway's definition does.
    """
    if wanted.route is not None:
        model, owner = f"{ROUTE_PREFIX}{wanted.route}", None
    else:
        owner, model = _unified_model(wanted, slug)
    key, headers, notes = _credentials(wanted, owner, held=holds_key(wanted, owner), compat=True, omits=omits)
    return Connection(f"{wanted.place.root}{UNIFIED}", model, key, headers, notes)


def holds_key(wanted: Wanted, slug: str | None) -> bool:
    """Whether a provider can be asked without a key of the client's: the gateway has it, or none is needed."""
    if slug is None or slug == WORKERS_AI or wanted.place.edge:
        return True
    stored = any(key.provider == slug and key.alias == "default" for key in wanted.state.provider_keys)
    return stored or slug.startswith(CUSTOM_PREFIX)


def custom_slug(wanted: Wanted, word: str) -> str:
    """The wire slug of the gateway's own provider whose name has `word` in it, or of its only one.

    Raises CfaigError where there is none, or more than one.
    """
    own = [provider.slug for provider in wanted.gateway.custom_providers]
    named = [slug for slug in own if word in slug.lower()]
    for found in (named, own):
        if len(found) == 1:
            return CUSTOM_PREFIX + found[0]
    gateway = wanted.gateway.id
    if named:
        raise CfaigError(
            f"{gateway} has {len(named)} providers of that name: {', '.join(named)}",
            f"ask for a model of one of them: cfaig connect curl --gateway {gateway} --model custom-{named[0]}/MODEL",
        )
    raise CfaigError(
        f"the gateway {gateway} has no provider {word}",
        f"define it: providers: {{{word}: {{base_url: https://{word}.example.com}}}} (Cloudflare takes "
        "https only, so a tunnel or a proxy has to be in front of it)",
    )


def models(wanted: Wanted) -> Iterator[tuple[str, str]]:
    """Wire slug and model of everything that the gateway's routes ask, in their order."""
    for route in wanted.state.routes:
        for element in route.elements:
            properties = element.get("properties")
            if element.get("type") == "model" and isinstance(properties, Mapping):
                yield str(properties.get("provider")), str(properties.get("model"))


def model_of(wanted: Wanted, slug: str) -> str:
    """The model of a provider that the gateway's routes ask first, or else a usual one; raises CfaigError."""
    found = next((model for provider, model in models(wanted) if provider == slug), USUAL_MODELS.get(slug))
    if found is None:
        raise CfaigError(f"no route of {wanted.gateway.id} tells a model of {slug}", "name one: --model MODEL")
    return found


def key_variable(slug: str) -> str:
    """The environment variable that usually holds a provider's key: OPENAI_API_KEY."""
    return f"{slug.removeprefix(CUSTOM_PREFIX).upper().replace('-', '_')}_API_KEY"


def _unified_model(wanted: Wanted, slug: str | None) -> tuple[str, str]:
    """The provider and the model as the endpoint wants it: `openai/gpt-4o`."""
    if wanted.model is not None:
        provider, _, rest = wanted.model.partition("/")
        known = provider in PROVIDER_SLUGS or provider.startswith(CUSTOM_PREFIX)
        if rest and known and slug is None:
            return provider, wanted.model
    owner = slug or _main_provider(wanted)
    return owner, f"{owner}/{_own_model(wanted, owner)}"


def _own_model(wanted: Wanted, slug: str) -> str:
    """The model as its provider calls it, also where it was named as the unified endpoint wants it."""
    if wanted.model is None:
        return model_of(wanted, slug)
    # OpenRouter's own names begin with a provider, and some with openrouter/.
    return wanted.model if slug == OPENROUTER else wanted.model.removeprefix(f"{slug}/")


def _main_provider(wanted: Wanted) -> str:
    asked = [slug for slug, _ in models(wanted)]
    stored = [key.provider for key in wanted.state.provider_keys]
    if OPENAI in (*asked, *stored):
        return OPENAI
    return next(iter([*asked, *stored]), OPENAI)


def _credentials(
    wanted: Wanted, slug: str | None, *, held: bool, compat: bool, omits: bool
) -> tuple[Value | None, Mapping[str, Value], tuple[str, ...]]:
    place = wanted.place
    if place.edge:
        return place.token, {}, ()
    authenticated = wanted.gateway.authentication
    header = {AUTHORIZATION: _bearer(place.token)} if authenticated else {}
    if slug is not None and not held:
        if place.local:
            return Value(LOCAL_KEY), header, ()
        name = key_variable(slug)
        return (
            Value(variable=name),
            header,
            (f"{name} is your own key of {slug}; it is sent, and used before any that the gateway holds",),
        )
    if omits:
        return None, header, ()
    if authenticated:
        # Claude Code: Cloudflare documents the token in both places; at /compat one is enough.
        return place.token, {} if compat else header, ()
    note = (
        f"{wanted.gateway.id} has no authentication: the key {PLACEHOLDER}, which this client cannot leave out, goes "
        "to the provider in place of the stored one. Cloudflare wants authentication: true for stored keys"
    )
    return Value(PLACEHOLDER), {}, (note,)


def _bearer(token: Value) -> Value:
    return Value(token.text, token.variable, BEARER)
