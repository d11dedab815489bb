"""Kong's decK files: the AI plugins of services, routes and consumers.

Sources: https://developer.konghq.com/plugins/ai-proxy-advanced/, https://developer.konghq.com/plugins/ai-proxy/,
https://developer.konghq.com/plugins/ai-rate-limiting-advanced/, https://developer.konghq.com/plugins/ai-semantic-cache/
and https://developer.konghq.com/ai-gateway/load-balancing/.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from cfaig.convert.draft import Draft, money
from cfaig.convert.flows import MAX_SHARES, balanced, in_order
from cfaig.convert.source import Fate, Part, Saying, Source
from cfaig.convert.vendors import slug_of
from cfaig.definition.durations import duration_text
from cfaig.definition.model import Chain, Flow, Model, SpendRule, Technique

_MARKS: Final = frozenset({"_format_version", "_konnect", "_workspace", "_info"})
_CHAT: Final = frozenset({"llm/v1/chat", "llm/v1/completions", "llm/v1/responses", "preserve"})
_WEIGHT: Final = 100
_RETRIES: Final = 5
_TTL: Final = 300
_SHARED: Final = frozenset({"round-robin", "priority"})
_PLUGINS: Final[Mapping[str, tuple[str, str]]] = {
    "acl": ("who may call", "Cloudflare Access in front of a custom domain tells callers apart"),
    "ai-azure-content-safety": ("checks of requests and answers", "`guardrails:` has Cloudflare's own checks"),
    "ai-prompt-decorator": ("messages that are put around each prompt", "let clients send them"),
    "ai-prompt-guard": (
        "prompts that are refused by a pattern",
        "`guardrails:` and `dlp:` have Cloudflare's own checks",
    ),
    "ai-prompt-template": ("prompts from templates", "let clients fill them in"),
    "ai-semantic-prompt-guard": ("prompts that are refused by meaning", "`guardrails:` has Cloudflare's own checks"),
    "cors": ("which web pages may call", "serve pages through a Worker of your own in front of the gateway"),
    "rate-limiting": ("a limit of requests for each caller", "`limit: {key: metadata.user_id, …}` in a route"),
    "rate-limiting-advanced": ("a limit of requests for each caller", "`limit: {key: metadata.user_id, …}` in a route"),
}
_IN_PATH: Final[Saying] = (
    Fate.DROPPED,
    "which resource of the provider",
    "at Cloudflare this is in the path of a request",
)
_OWN_FORM: Final[Saying] = (Fate.UNNEEDED, "the provider's own form of requests", "clients bring it along")
_PARAMETER: Final[Saying] = (
    Fate.DROPPED,
    "a parameter that is put into each request",
    "let clients send it themselves",
)
_LOGS: Final[Saying] = (
    Fate.DROPPED,
    "what goes into Kong's logs",
    "the gateway logs requests and answers; cf-aig-collect-log-payload: false leaves them out",
)
_NO_OTHER_WAY: Final[Saying] = (
    Fate.DROPPED,
    "another way to show who you are to the provider",
    "at Cloudflare a provider has one key",
)
_LEFT_ALONE: Final[Saying] = (
    Fate.DROPPED,
    "a failing target is left alone for a while",
    "Cloudflare tries each model every time",
)
_AUTH: Final[Mapping[str, Saying]] = dict.fromkeys(
    ("header_name", "param_name", "param_location"),
    (Fate.UNNEEDED, "where the key goes in a request", "Cloudflare knows it"),
)
_OPTIONS: Final[Mapping[str, Saying]] = {
    **dict.fromkeys(("azure_instance", "azure_api_version", "azure_deployment_id", "bedrock", "gemini"), _IN_PATH),
    **dict.fromkeys(("upstream_path", "llama2_format", "mistral_format", "anthropic_version"), _OWN_FORM),
}
_BALANCER: Final[Mapping[str, Saying]] = {
    **dict.fromkeys(("max_fails", "fail_timeout"), _LEFT_ALONE),
    "retries": (
        Fate.CHANGED,
        "how many other targets are tried",
        "each target is followed by so many others, once each",
    ),
    "read_timeout": (
        Fate.CHANGED,
        "a time between two reads",
        "at Cloudflare it is the time to the first byte of the answer",
    ),
    "failover_criteria": (
        Fate.DROPPED,
        "go on only at these errors",
        "Cloudflare goes on at every error and timeout",
    ),
}
_ABOUT_PLUGIN: Final[Mapping[str, Saying]] = {
    **dict.fromkeys(
        ("id", "tags", "protocols", "created_at", "updated_at"),
        (Fate.UNNEEDED, "about the plugin itself", "nothing to do"),
    ),
    **dict.fromkeys(
        ("service", "route", "consumer", "consumer_group"),
        (Fate.DROPPED, "what the plugin is for", "here it is for the whole gateway"),
    ),
}
_FOUND_BY: Final[Saying] = (
    Fate.UNNEEDED,
    "how Kong finds the plugin",
    "callers use the gateway at Cloudflare, with model dynamic/NAME",
)
_CALLER: Final[Saying] = (
    Fate.DROPPED,
    "somebody who may call, or their keys",
    "callers need a Cloudflare token; keys are not copied",
)
_LOGGING: Final = ("file-log", "http-log", "tcp-log", "datadog", "prometheus", "opentelemetry", "zipkin")
_CALLERS: Final = ("key-auth", "basic-auth", "jwt", "oauth2", "openid-connect", "hmac-auth")


@dataclass(frozen=True, slots=True)
class _Place:
    """A plugin, and what the thing that it hangs on is called."""

    plugin: Part
    name: str


def is_deck(data: dict[str, Any]) -> bool:
    """Whether a configuration looks like this format."""
    services = data.get("services")
    return bool(_MARKS & data.keys()) or (isinstance(services, list) and "strategy" not in data)


def convert_deck(source: Source, draft: Draft) -> None:
    """Fill `draft` with what the source says."""
    root = source.root
    for name in ("_format_version", "_konnect", "_workspace", "_info", "_transform"):
        if (part := root.at(name)) is not None:
            part.unneeded("about the file itself, or about Kong")
    for place in _plugins(root, "chat"):
        _plugin(place, draft)
    _tell_entities(root)


def _plugins(part: Part, name: str) -> Iterator[_Place]:
    """All plugins in `part`, which is called `name`."""
    for plugin in part.items("plugins"):
        yield _Place(plugin, name)
    for kind in ("services", "routes", "consumers", "consumer_groups"):
        for inner in part.items(kind):
            named = inner.at("name") or inner.at("username")
            yield from _plugins(inner, str(named.node.value) if named is not None else name)


def _plugin(place: _Place, draft: Draft) -> None:
    plugin = place.plugin
    kind = plugin.text("name") or ""
    if plugin.flag("enabled") is False:
        plugin.drop(f"the plugin {kind}, which is switched off", "nothing to do")
        return
    convert = _CONVERTERS.get(kind)
    if convert is not None:
        convert(place, draft)
        plugin.tell(_ABOUT_PLUGIN)
    elif kind in _CALLERS:
        plugin.read()
        plugin.change("callers have to show who they are", "callers need a Cloudflare token (`authentication: true`)")
    elif kind in _LOGGING:
        plugin.drop("where calls are reported to", "the gateway logs every call; `otel:` sends spans elsewhere")
    else:
        plugin.drop(*_PLUGINS.get(kind, (f"the plugin {kind or 'without a name'}", "see whether you still need it")))


def _proxy(place: _Place, draft: Draft) -> None:
    """`ai-proxy`: one model."""
    plugin = place.plugin
    config = plugin.at("config")
    name = plugin.text("instance_name") or place.name
    target = _target(config, draft, 0) if config is not None else None
    if config is None or target is None:
        return
    draft.route(name, Chain((target,)), plugin)


def _advanced(place: _Place, draft: Draft) -> None:
    """`ai-proxy-advanced`: several targets behind a balancer; those with an alias of their own are a route each."""
    plugin = place.plugin
    config = plugin.at("config")
    name = plugin.text("instance_name") or place.name
    if config is None:
        return
    timeout = config.number("balancer", "read_timeout")
    found = [(part, model) for part in config.items("targets") if (model := _target(part, draft, round(timeout or 0)))]
    algorithm = config.text("balancer", "algorithm") or "round-robin"
    retries = config.number("balancer", "retries")
    _tell_balancer(config, algorithm, len(found))
    groups: dict[str, list[tuple[Part, Model]]] = {}
    for part, model in found:
        groups.setdefault(part.text("model_alias") or name, []).append((part, model))
    for route, members in groups.items():
        draft.route(route, _flow(members, algorithm, _RETRIES if retries is None else round(retries)), plugin)


def _flow(members: Sequence[tuple[Part, Model]], algorithm: str, retries: int) -> Flow:
    weighted = [(part.number("weight") if "weight" in part else _WEIGHT, model) for part, model in members]
    if algorithm == "priority":
        ranked = sorted(weighted, key=lambda pair: -(pair[0] or 0))
        return Chain(tuple(model for _, model in ranked[: retries + 1]))
    shares: list[tuple[float, Flow]] = []
    for (part, _), (weight, model) in zip(members, weighted, strict=True):
        if len(shares) == MAX_SHARES:
            part.drop("one more target", f"Cloudflare splits into {MAX_SHARES} shares at most")
            continue
        if not weight:
            part.drop("a target that gets no requests (its weight is 0)", "nothing to do")
            continue
        others = [other for _, other in weighted if other != model][:retries]
        shares.append((weight, Chain((model, *others))))
    return balanced(shares) if shares else in_order([])


def _target(part: Part, draft: Draft, timeout_ms: int) -> Model | None:
    """One model with its provider, key and address."""
    kind = part.text("route_type")
    if kind is not None and kind not in _CHAT:
        part.drop(
            f"a target for {kind}", "routes are for chat completions; call the provider's endpoint at the gateway"
        )
        return None
    named = part.text("model", "provider") or "openai"
    where = part.at("model", "provider") or part
    provider = draft.provider(named, where, part.at("model", "options", "upstream_url"))
    secret = part.at("auth", "header_value") or part.at("auth", "param_value")
    if secret is not None:
        draft.key(provider, secret)
    model = draft.model(provider, part.text("model", "name"), where)
    _tell_target(part)
    return Model(provider, model, timeout_ms)


def _tell_target(part: Part) -> None:
    part.tell({"description": (Fate.UNNEEDED, "what the semantic balancer compares prompts with", "nothing to do")})
    for keys, sayings, others, besides in (
        (("auth",), _AUTH, _NO_OTHER_WAY, ("header_value", "param_value")),
        (("model", "options"), _OPTIONS, _PARAMETER, ("upstream_url",)),
        (("logging",), {}, _LOGS, ()),
    ):
        if (inner := part.at(*keys)) is not None:
            inner.tell(sayings, others, besides)


def _tell_balancer(config: Part, algorithm: str, targets: int) -> None:
    part = config.at("balancer", "algorithm")
    if part is not None and algorithm not in _SHARED and targets > 1:
        part.drop(
            f"requests are shared out by {algorithm}", "Cloudflare splits by fixed shares: those of the weights now"
        )
    if (balancer := config.at("balancer")) is not None:
        balancer.tell(_BALANCER, (Fate.UNNEEDED, "how Kong's balancer works", "nothing to do"), ("algorithm",))


def _rate_limit(place: _Place, draft: Draft) -> None:
    """`ai-rate-limiting-advanced`: dollars can be carried over, tokens cannot."""
    config = place.plugin.at("config")
    if config is None:
        return
    counted = config.text("tokens_count_strategy") or "total_tokens"
    fixed = config.text("window_type") == "fixed"
    if (kind := config.at("window_type")) is not None and kind.text() not in {"fixed", "sliding"}:
        kind.change("a sort of window that cfaig does not know", "it is sliding now")
    for part in config.items("llm_providers"):
        named = part.text("name") or ""
        limits, windows = part.items("limit"), part.items("window_size")
        if counted != "cost" or slug_of(named) is None or len(limits) != len(windows):
            part.drop(
                f"a limit of {counted} for {named or 'a provider'}",
                "Cloudflare counts requests and dollars: `spend_limits:`, or `limit:` in a route",
            )
            continue
        for limit, window in zip(limits, windows, strict=True):
            amount, seconds = limit.number(), window.number()
            if amount is not None and seconds:
                provider = slug_of(named) or named
                name = f"{provider}-{duration_text(round(seconds))}"
                technique: Technique = "fixed" if fixed else "sliding"
                draft.spend(SpendRule(name, money(amount), round(seconds), technique, providers=(provider,)))
    if (policies := config.at("policies")) is not None:
        policies.drop(
            "limits by policy", "Cloudflare counts requests and dollars: `spend_limits:`, or `limit:` in a route"
        )
    config.tell(
        {
            "identifier": (
                Fate.DROPPED,
                "whom a limit is for",
                "`metadata: {user_id: each}` in a spend rule is a budget for each caller",
            )
        },
        (Fate.UNNEEDED, "how Kong counts, and what it answers", "nothing to do"),
        ("llm_providers", "tokens_count_strategy", "window_type", "policies"),
    )


def _cache(place: _Place, draft: Draft) -> None:
    """`ai-semantic-cache`, `proxy-cache` and `proxy-cache-advanced`."""
    config = place.plugin.at("config")
    ttl = config.at("cache_ttl") if config is not None else None
    seconds = ttl.number() if ttl is not None else None
    draft.cache(_TTL if seconds is None else seconds, ttl or place.plugin)
    if "semantic" in (place.plugin.text("name") or ""):
        name = place.plugin.at("name") or place.plugin
        name.change("answers to similar requests are taken, too", "Cloudflare keeps the answers to equal requests")
    for inner in config.parts() if config is not None else ():
        if inner.path[-1] != "cache_ttl":
            inner.unneeded("where and how Kong keeps answers", "delete it: Cloudflare has a cache of its own")


_CONVERTERS: Final[Mapping[str, Callable[[_Place, Draft], None]]] = {
    "ai-proxy": _proxy,
    "ai-proxy-advanced": _advanced,
    "ai-rate-limiting-advanced": _rate_limit,
    "ai-semantic-cache": _cache,
    "proxy-cache": _cache,
    "proxy-cache-advanced": _cache,
}


def _tell_entities(part: Part) -> None:
    """What is not a plugin."""
    for kind, saying in (
        ("services", _FOUND_BY),
        ("routes", _FOUND_BY),
        ("consumers", _CALLER),
        ("consumer_groups", _CALLER),
    ):
        for entity in part.items(kind):
            entity.tell({}, saying, ("plugins", "routes"))
            _tell_entities(entity)
