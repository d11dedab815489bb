"""LiteLLM's `config.yaml`: groups of deployments, and which group comes after which.

Sources: https://docs.litellm.ai/docs/proxy/config_settings, https://docs.litellm.ai/docs/proxy/reliability,
https://docs.litellm.ai/docs/routing, https://docs.litellm.ai/docs/proxy/provider_budget_routing.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from cfaig.convert.draft import Draft, money
from cfaig.convert.flows import MAX_SHARES, balanced, in_order
from cfaig.convert.source import Fate, Part, Saying, Source
from cfaig.convert.vendors import slug_of, slug_of_model
from cfaig.definition.model import Chain, Flow, Model, ProviderKey, RateLimit, SpendRule

_MARKS: Final = frozenset({"model_list", "litellm_settings", "router_settings"})
_PERIOD: Final = re.compile(r"(\d+)(s|m|h|d|mo)")
_SECONDS: Final = {"s": 1, "m": 60, "h": 3600, "d": 86_400, "mo": 30 * 86_400}
_CHAT: Final = frozenset({"chat", "completion", "responses"})
_TIMEOUT: Final[Saying] = (
    Fate.CHANGED,
    "a time for the whole call",
    "at Cloudflare it is the time to the first byte of the answer",
)
_REPORTED: Final[Saying] = (
    Fate.DROPPED,
    "where calls are reported to",
    "the gateway logs every call; `otel:` sends spans elsewhere",
)
_LEFT_ALONE: Final[Saying] = (
    Fate.DROPPED,
    "when a failing deployment is left alone for a while",
    "Cloudflare tries each model every time",
)
_GOES_ON: Final[Saying] = (Fate.DROPPED, "other models for one kind of error", "a chain goes on at every error")
_PLUMBING: Final[Saying] = (Fate.UNNEEDED, "how LiteLLM itself runs", "delete it")
_PARAMETER: Final[Saying] = (
    Fate.DROPPED,
    "a parameter that is put into each request",
    "let clients send it themselves",
)
_RESOURCE: Final[Saying] = (
    Fate.DROPPED,
    "which resource of the provider",
    "at Cloudflare this is in the path or headers of a request",
)
_PRICE: Final[Saying] = (
    Fate.DROPPED,
    "what a token costs",
    "clients can say it with cf-aig-custom-cost; Cloudflare knows list prices",
)
_TOKENS: Final[Saying] = (
    Fate.DROPPED,
    "at most so many tokens a minute",
    "Cloudflare counts requests and dollars: `limit:` in a route",
)
_SETTINGS: Final[Mapping[str, Saying]] = {
    **dict.fromkeys(("timeout", "request_timeout"), _TIMEOUT),
    **dict.fromkeys(("success_callback", "failure_callback", "callbacks", "service_callbacks"), _REPORTED),
    **dict.fromkeys(("allowed_fails", "allowed_fails_policy", "cooldown_time", "disable_cooldowns"), _LEFT_ALONE),
    **dict.fromkeys(("content_policy_fallbacks", "context_window_fallbacks"), _GOES_ON),
    **dict.fromkeys(
        ("set_verbose", "debug_level", "json_logs", "store_model_in_db", "ignore_invalid_deployments", "redis_host"),
        _PLUMBING,
    ),
    **dict.fromkeys(
        ("redis_port", "redis_password", "redis_url", "database_url", "background_health_checks"), _PLUMBING
    ),
    "drop_params": _PARAMETER,
    "guardrails": (
        Fate.DROPPED,
        "checks of requests and answers",
        "`guardrails:` and `dlp:` have Cloudflare's own checks",
    ),
    "retry_after": (Fate.DROPPED, "how long to wait before trying again", "`retries: {delay: …}` of the gateway"),
    "retry_policy": (Fate.DROPPED, "retries by the kind of error", "`retries:` of a model counts for every error"),
    "routing_strategy_args": (Fate.DROPPED, "how the strategy works", "Cloudflare splits by fixed shares"),
    "stream_timeout": (Fate.DROPPED, "another timeout for streams", "Cloudflare's is to the first byte, for all"),
    "num_retries": (
        Fate.CHANGED,
        "how often a call is tried again, at any deployment of the group",
        "each model of a route is tried again so often before the next",
    ),
    "master_key": (
        Fate.SECRET,
        "the key that clients need",
        "clients need a Cloudflare token now (`authentication: true`)",
    ),
}
_PARAMETERS: Final[Mapping[str, Saying]] = {
    **dict.fromkeys(("timeout", "request_timeout"), _TIMEOUT),
    **dict.fromkeys(("temperature", "max_tokens", "top_p", "seed", "stop", "extra_headers", "drop_params"), _PARAMETER),
    **dict.fromkeys(("api_version", "organization", "region_name", "aws_region_name"), _RESOURCE),
    **dict.fromkeys(("vertex_project", "vertex_location", "aws_access_key_id", "aws_secret_access_key"), _RESOURCE),
    **dict.fromkeys(("input_cost_per_token", "output_cost_per_token"), _PRICE),
    "stream_timeout": _SETTINGS["stream_timeout"],
    "tpm": _TOKENS,
}
_INFORMATION: Final[Mapping[str, Saying]] = dict.fromkeys(("input_cost_per_token", "output_cost_per_token"), _PRICE)


@dataclass(frozen=True, slots=True)
class _Deployment:
    part: Part
    provider: str
    model: str
    key: ProviderKey | None


def is_litellm(data: dict[str, Any]) -> bool:
    """Whether a configuration looks like this format."""
    return bool(_MARKS & data.keys())


def convert_litellm(source: Source, draft: Draft) -> None:
    """Fill `draft` with what the source says."""
    _Reader(source.root, draft).read()


class _Reader:
    """Goes through the sections; `router_settings` wins over `litellm_settings`."""

    def __init__(self, root: Part, draft: Draft) -> None:
        self._root = root
        self._draft = draft
        self._sections = [part for name in ("router_settings", "litellm_settings") if (part := root.at(name))]
        self._retries = self._number("num_retries")
        self._timeout = self._number("timeout", "request_timeout")

    def read(self) -> None:
        """All of it."""
        groups = self._groups()
        flows = {name: self._group(name, deployments) for name, deployments in groups.items()}
        after = self._fallbacks(groups)
        whole = {
            name: in_order([flow, *(_chained(self._models(groups[other])) for other in after(name))])
            for name, flow in flows.items()
        }
        for name, flow in whole.items():
            self._draft.route(name, flow, groups[name][0].part)
        self._aliases(whole)
        self._rates([one for deployments in groups.values() for one in deployments])
        self._strategy(groups)
        self._cache()
        self._budgets()
        self._others()

    def _number(self, *names: str) -> float | None:
        found = [value for section in self._sections for name in names if (value := section.number(name)) is not None]
        for section in self._sections:
            for name in names:
                part = section.at(name)
                if part is not None and len(found) > 1 and part.node.value != found[0]:
                    part.drop("a value that another section says otherwise", f"{found[0]:g} is in force")
        return found[0] if found else None

    def _groups(self) -> dict[str, list[_Deployment]]:
        groups: dict[str, list[_Deployment]] = {}
        for part in self._root.items("model_list"):
            name = part.text("model_name") or "unnamed"
            deployment = self._deployment(part)
            if deployment is not None:
                groups.setdefault(name, []).append(deployment)
        return groups

    def _deployment(self, part: Part) -> _Deployment | None:
        parameters = part.at("litellm_params")
        named = parameters.text("model") if parameters is not None else None
        mode = part.text("model_info", "mode") or "chat"
        if parameters is None or named is None:
            part.drop("a deployment without a model", "name its model under litellm_params")
            return None
        if "*" in named or mode not in _CHAT:
            part.drop(
                f"the models {named}" if "*" in named else f"a model for {mode}",
                "routes are for chat completions with one model; call the provider's own endpoint at the gateway",
            )
            return None
        provider, model = self._provider(parameters, named)
        secret = parameters.at("api_key")
        key = self._draft.key(provider, secret) if secret is not None else None
        _tell_deployment(part, parameters)
        return _Deployment(part, provider, model, key)

    def _provider(self, parameters: Part, named: str) -> tuple[str, str]:
        where = parameters.at("model") or parameters
        prefix, _, rest = named.partition("/")
        given = parameters.text("custom_llm_provider")
        if given is None and rest and (slug_of(prefix) or not slug_of_model(named)):
            given, named = prefix, rest
        if given is None:
            given = slug_of_model(named)
        if given is None:
            where.change("a model whose provider is not named", "taken for OpenAI's")
            given = "openai"
        return self._draft.provider(given, where, parameters.at("api_base") or parameters.at("base_url")), named

    def _group(self, name: str, deployments: Sequence[_Deployment]) -> Flow:
        """The deployments of a group: in their `order` if they have one, else by their shares."""
        models = self._models(deployments)
        if len(deployments) == 1:
            return _chained(models)
        orders = [one.part.number("litellm_params", "order") for one in deployments]
        if all(order is not None for order in orders):
            ranked = sorted(range(len(models)), key=lambda at: orders[at] or 0)
            return _chained([models[at] for at in ranked])
        weights = _weights(deployments)
        for one in deployments[MAX_SHARES:]:
            one.part.drop(f"one more deployment of {name}", f"Cloudflare splits into {MAX_SHARES} shares at most")
        shares: list[tuple[float, Flow]] = []
        for one, weight, model in zip(deployments[:MAX_SHARES], weights, models, strict=False):
            if weight:
                shares.append((weight, Chain((model,))))
            else:
                one.part.drop("a deployment that gets no requests (its share is 0)", "nothing to do")
        return balanced(shares)

    def _models(self, deployments: Sequence[_Deployment]) -> list[Model]:
        models: list[Model] = []
        for one in deployments:
            retries = _first(one.part, "litellm_params", "num_retries", "max_retries")
            timeout = _first(one.part, "litellm_params", "timeout", "request_timeout")
            retries = self._retries if retries is None else retries
            timeout = self._timeout if timeout is None else timeout
            models.append(Model(one.provider, one.model, round((timeout or 0) * 1000), round(retries or 0)))
        return models

    def _fallbacks(self, groups: Mapping[str, Sequence[_Deployment]]) -> Callable[[str], list[str]]:
        """Tells which groups come after a group; `*` and `default_fallbacks` are for those of which nothing is said."""
        table: dict[str, list[str]] = {}
        for section in self._sections:
            listed = section.items("default_fallbacks")
            for name, parts in [("*", listed)] if listed else []:
                table.setdefault(name, _present(parts, groups))
            for entry in section.items("fallbacks"):
                for key in entry.names():
                    table.setdefault(str(key), _present(entry.items(str(key)), groups))
        return lambda name: [other for other in table.get(name, table.get("*", [])) if other != name]

    def _rates(self, deployments: Sequence[_Deployment]) -> None:
        """Requests per minute of a deployment are a limit of its key, if nothing else uses this key."""
        for one in deployments:
            part = one.part.at("litellm_params", "rpm") or one.part.at("rpm")
            requests = part.number() if part is not None else None
            if part is None or requests is None:
                continue
            meaning = f"at most {requests:g} requests a minute"
            if one.key is not None and sum(other.key == one.key for other in deployments) == 1:
                self._draft.limit_key(one.key, RateLimit(round(requests), 60))
                part.change(meaning, f"it is a limit of the key of {one.provider} now, whatever model it is used for")
            else:
                part.drop(meaning, "a key has one limit for all of its models: set `rate_limit:` under `providers:`")

    def _aliases(self, flows: Mapping[str, Flow]) -> None:
        aliases = self._root.at("router_settings", "model_group_alias")
        for key in aliases.names() if aliases is not None else ():
            part = aliases.at(key) if aliases is not None else None
            if part is None:
                continue
            group = (part.text("model") if part.is_mapping else part.text()) or ""
            if group in flows:
                self._draft.route(str(key), flows[group], part)
            else:
                part.drop(f"another name for {group}, which is not there", "nothing to do")

    def _strategy(self, groups: Mapping[str, Sequence[_Deployment]]) -> None:
        part = self._root.at("router_settings", "routing_strategy")
        strategy = part.text() if part is not None else None
        several = [name for name, deployments in groups.items() if len(deployments) > 1]
        if part is not None and strategy == "simple-shuffle":
            part.unneeded("requests are shared out by weight", "Cloudflare does the same")
        elif part is not None and several:
            part.drop(f"requests are shared out by {strategy}", f"{', '.join(several)}: fixed shares now; weigh them")
        elif part is not None:
            part.unneeded(f"requests are shared out by {strategy}", "no group has more than one deployment")

    def _cache(self) -> None:
        settings = self._root.at("litellm_settings")
        switch = settings.at("cache") if settings is not None else None
        parameters = settings.at("cache_params") if settings is not None else None
        enabled = switch.flag() if switch is not None else False
        ttl = parameters.at("ttl") if parameters is not None else None
        mode = parameters.at("mode") if parameters is not None else None
        if mode is not None and mode.text() == "default_off":
            mode.drop("requests are kept only if they ask for it", "the gateway's cache is off: set `cache: {ttl: …}`")
            enabled = False
        seconds = ttl.number() if ttl is not None else None
        if enabled and switch is not None and settings is not None:
            if seconds is None:
                switch.change("answers are kept as long as there is room", "they are kept for 1 hour")
            self._draft.cache(3600 if seconds is None else seconds, ttl or switch)
        elif ttl is not None:
            ttl.drop("how long answers are kept, if they are", "the gateway's cache is off: set `cache: {ttl: …}`")
        kind = parameters.at("type") if parameters is not None else None
        if kind is not None and "semantic" in str(kind.node.value):
            kind.drop("answers to similar requests are taken, too", "Cloudflare keeps the answers to equal requests")
        for part in parameters.parts() if parameters is not None else ():
            if part not in (ttl, mode) and (part != kind or "semantic" not in str(kind.node.value)):
                part.unneeded("where and how LiteLLM keeps answers", "delete it: Cloudflare has a cache of its own")

    def _budgets(self) -> None:
        budgets = self._root.at("router_settings", "provider_budget_config")
        for key in budgets.names() if budgets is not None else ():
            part = budgets.at(key) if budgets is not None else None
            provider = slug_of(str(key))
            if part is not None and provider is None:
                part.drop(f"a budget for {key}", "Cloudflare has no such provider; `spend_limits:` may name its models")
            elif part is not None and provider is not None:
                _budget(self._draft, part, SpendRule(f"{provider}-budget", money(0), 0, providers=(provider,)))
        for one in self._root.items("model_list"):
            parameters = one.at("litellm_params")
            if parameters is not None and "max_budget" in parameters:
                model = (parameters.text("model") or "").rpartition("/")[2]
                _budget(self._draft, parameters, SpendRule(f"{model}-budget", money(0), 0, models=(model,)))
        settings = self._root.at("litellm_settings")
        if settings is not None and "max_budget" in settings:
            _budget(self._draft, settings, SpendRule("all", money(0), 0))

    def _others(self) -> None:
        variables = self._root.at("environment_variables")
        if variables is not None:
            variables.drop("environment variables, some of them secret", "set those that you need, or put them in .env")
        for name in ("router_settings", "litellm_settings", "general_settings"):
            if (section := self._root.at(name)) is not None:
                section.tell(_SETTINGS)


def _tell_deployment(part: Part, parameters: Part) -> None:
    part.tell({"tpm": _TOKENS})
    parameters.tell(_PARAMETERS)
    if (information := part.at("model_info")) is not None:
        about: Saying = (Fate.UNNEEDED, "what LiteLLM tells about a model", "nothing to do")
        information.tell(_INFORMATION, about, besides={"mode"})


def _present(parts: Sequence[Part], groups: Mapping[str, Sequence[_Deployment]]) -> list[str]:
    """The groups that a list of fallbacks names."""
    names: list[str] = []
    for part in parts:
        name = (part.text("model") if part.is_mapping else part.text()) or ""
        if name not in groups:
            part.drop(f"the group {name}, which is not there", "add it to model_list, or leave it out")
            continue
        names.append(name)
        if len(groups[name]) > 1:
            part.change("a group of several deployments", "as a fallback they are tried one after another")
    return names


def _weights(deployments: Sequence[_Deployment]) -> list[float]:
    """Shares by the first of weight, rpm and tpm that is given for all, as LiteLLM's simple-shuffle draws."""
    for name in ("weight", "rpm", "tpm"):
        parts = [one.part.at("litellm_params", name) or one.part.at(name) for one in deployments]
        if all(part is not None for part in parts):
            numbers = [float(part.number() or 0) for part in parts if part is not None]
            if sum(numbers[:MAX_SHARES]):
                return numbers
    return [1.0] * len(deployments)


def _chained(models: Sequence[Model]) -> Flow:
    return Chain(tuple(models))


def _first(part: Part, section: str, *names: str) -> float | None:
    return next((value for name in names if (value := part.number(section, name)) is not None), None)


def _budget(draft: Draft, part: Part, rule: SpendRule) -> None:
    """A budget in dollars for some time."""
    amount = part.at("max_budget") or part.at("budget_limit")
    period = part.at("budget_duration") or part.at("time_period")
    dollars = amount.number() if amount is not None else None
    match = _PERIOD.fullmatch(period.text() or "") if period is not None else None
    if dollars is None or match is None:
        (period or part).drop("a budget without an amount or a time", "add a rule to `spend_limits:`")
        return
    if match[2] == "mo" and period is not None:
        period.change("a budget for a calendar month", "Cloudflare counts in days: 30 for each month")
    draft.spend(
        SpendRule(
            rule.id,
            money(dollars),
            int(match[1]) * _SECONDS[match[2]],
            "fixed",
            models=rule.models,
            providers=rule.providers,
        )
    )
