"""Portkey's configs: targets under a strategy, which may be strategies again; keys in snake_case or camelCase.

Sources: https://portkey.ai/docs/product/ai-gateway/configs; src/types/requestBody.ts and
src/services/conditionalRouter.ts of https://github.com/Portkey-AI/gateway.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Final

from cfaig.convert.draft import Draft
from cfaig.convert.flows import MAX_SHARES, balanced, in_order
from cfaig.convert.source import Fate, Part, Saying, Source
from cfaig.convert.vendors import as_variable, slug_of_model, slug_within
from cfaig.definition.conditions import normalize
from cfaig.definition.model import Chain, Flow, If, Model
from cfaig.definition.nodes import plain

ROUTE: Final = "chat"
_MARKS: Final = frozenset(
    {"targets", "strategy", "virtual_key", "virtualKey", "override_params", "overrideParams", "provider"}
)
_OPERATORS: Final = frozenset({"$eq", "$ne", "$in"})
_CATALOG: Final = re.compile(r"@([^/]+)(?:/(.+))?")
_CLOUDS: Final = ("azure", "aws", "vertex", "resource", "deployment", "api_version", "workers_ai", "amzn")
_GUARDS: Final = ("guardrail", "hooks")


@dataclass(frozen=True, slots=True)
class _Inherited:
    """What a target has from the strategies around it."""

    retries: int = 0
    timeout_ms: int = 0
    model: str | None = None
    provider: Part | None = None
    key: Part | None = None
    virtual_key: Part | None = None
    url: Part | None = None


def is_portkey(data: dict[str, Any]) -> bool:
    """Whether a configuration looks like this format."""
    return bool(_MARKS & data.keys()) and not {"rules", "providers", "model_list"} & data.keys()


def convert_portkey(source: Source, draft: Draft) -> None:
    """Fill `draft` with what the source says."""
    reader = _Reader(draft)
    draft.route(ROUTE, reader.flow(source.root, _Inherited()), source.root)
    reader.settle_cache()


class _Reader:
    """Walks down the targets; cache settings are gathered on the way, for a gateway has only one."""

    def __init__(self, draft: Draft) -> None:
        self._draft = draft
        self._caches: list[tuple[Part, float]] = []

    def flow(self, part: Part, above: _Inherited) -> Flow:
        """What a target does with a request."""
        inherited = self._settings(part, above)
        targets = part.items("targets")
        flow = self._strategy(part, targets, inherited) if targets else self._leaf(part, inherited)
        _tell_others(part)
        return flow

    def settle_cache(self) -> None:
        """One setting for all, if all targets that have one agree."""
        ages = {age for _, age in self._caches}
        for number, (part, age) in enumerate(self._caches):
            if len(ages) > 1:
                part.drop(
                    "how long the answers of this target are kept", "a gateway has one cache; set `cache:` by hand"
                )
            elif number == 0 and age:
                self._draft.cache(age, part)

    def _strategy(self, part: Part, targets: Sequence[Part], inherited: _Inherited) -> Flow:
        mode_part = _at(part, "strategy", "mode")
        mode = mode_part.text() if mode_part is not None else "single"
        if (codes := _at(part, "strategy", "on_status_codes")) is not None:
            codes.drop("fall back at these status codes only", "Cloudflare falls back at every error and timeout")
        if (sticky := _at(part, "strategy", "sticky")) is not None:
            sticky.drop("the same caller gets the same target", "Cloudflare draws anew for each request")
        if mode == "conditional":
            return self._conditional(part, targets, inherited)
        for name in [found for target in targets if (found := target.at("name")) is not None]:
            name.unneeded("a name that only conditions refer to")
        if mode == "fallback":
            for target in targets:
                _unused_weight(target)
            return in_order([self.flow(target, inherited) for target in targets])
        if mode == "loadbalance":
            return self._balanced(targets, inherited)
        if mode != "single" and mode_part is not None:
            mode_part.drop(f"the strategy {mode}, which cfaig does not know", "only the first target was taken")
        for target in targets[1:]:
            target.drop("a target that is never used", "nothing to do, unless another strategy was meant")
        _unused_weight(targets[0])
        return self.flow(targets[0], inherited)

    def _balanced(self, targets: Sequence[Part], inherited: _Inherited) -> Flow:
        weighted: list[tuple[float, Flow]] = []
        for target in targets:
            weight = target.number("weight") if "weight" in target else 1
            if not weight:
                target.drop("a target that gets no requests (its weight is 0)", "nothing to do")
            elif len(weighted) == MAX_SHARES:
                target.drop("one more share", f"Cloudflare splits into {MAX_SHARES} at most: the others share its part")
            else:
                weighted.append((weight, self.flow(target, inherited)))
        return balanced(weighted) if weighted else Chain(())

    def _conditional(self, part: Part, targets: Sequence[Part], inherited: _Inherited) -> Flow:
        named = {target.text("name") or "": target for target in targets}
        flows = {name: self.flow(target, inherited) for name, target in named.items()}
        for target in targets:
            _unused_weight(target)
        default = _at(part, "strategy", "default")
        used = {default.text() if default is not None else None}
        result = flows.get(next(iter(used)) or "", Chain(()))
        conditions = _at(part, "strategy", "conditions")
        for condition in reversed(tuple(conditions.parts()) if conditions is not None else ()):
            name, query = condition.text("then") or "", condition.at("query")
            if query is None or name not in flows or not _is_known(plain(query.node)):
                condition.drop(
                    f"requests for which this holds go to {name or 'a target'}",
                    "Cloudflare knows conditions on metadata, with $eq, $ne, $in, $and, $or; say it in these",
                )
                continue
            query.read()
            used.add(name)
            result = If(normalize(plain(query.node)), flows[name], result)
        for name, target in named.items():
            if name not in used:
                target.drop("a target that no condition leads to", "nothing to do, if its condition is not missed")
        return result

    def _leaf(self, part: Part, settings: _Inherited) -> Flow:
        provider, model = self._provider(part, settings)
        if settings.key is not None:
            self._draft.key(provider, settings.key)
        elif settings.virtual_key is not None:
            self._virtual_key(provider, settings.virtual_key)
        named = self._draft.model(provider, model, part)
        return Chain((Model(provider, named, settings.timeout_ms, settings.retries),))

    def _provider(self, part: Part, settings: _Inherited) -> tuple[str, str | None]:
        """The provider's name in the definition, and the model."""
        model = settings.model
        named = settings.provider.text() if settings.provider is not None else None
        in_model = _CATALOG.fullmatch(model or "")
        in_provider = _CATALOG.fullmatch(named or "")
        if in_model is not None:
            model = in_model[2]
        slug = (in_model or in_provider or [None, None])[1] or named
        if slug is None and settings.virtual_key is not None:
            slug = str(settings.virtual_key.node.value)
        where = settings.provider or settings.virtual_key or part
        if named is not None and in_provider is None and in_model is None:
            return self._draft.provider(named, where, settings.url), model
        found = slug_within(slug or "") or slug_of_model(model or "")
        if found is None or slug is None or not slug_within(slug):
            guess = found or "openai"
            where.change(f"a provider that only Portkey knows, as {slug or 'nothing'}", f"taken for {guess}")
            found = guess
        elif in_model is not None or in_provider is not None:
            self._virtual_key(found, where, slug)
        return self._draft.provider(found, where, settings.url), model

    def _virtual_key(self, provider: str, part: Part, name: str | None = None) -> None:
        variable = as_variable(f"{name or part.node.value} key")
        self._draft.key_in(provider, variable, part)
        part.change("a key that Portkey keeps", f"set {variable} to the provider's own key before the first apply")

    def _settings(self, part: Part, above: _Inherited) -> _Inherited:
        found = above
        if (retries := _at(part, "retry", "attempts")) is not None:
            found = replace(found, retries=round(retries.number() or 0))
        if (timeout := _at(part, "request_timeout")) is not None:
            found = replace(found, timeout_ms=round(timeout.number() or 0))
        if (model := _at(part, "override_params", "model")) is not None:
            found = replace(found, model=model.text())
        if (provider := part.at("provider")) is not None:
            found = replace(found, provider=provider, key=None, virtual_key=None, url=None)
        if (key := _at(part, "api_key")) is not None:
            found = replace(found, key=key)
        if (virtual := _at(part, "virtual_key")) is not None:
            found = replace(found, virtual_key=virtual)
        if (url := _at(part, "custom_host")) is not None:
            found = replace(found, url=url)
        self._cache(_at(part, "cache"))
        return found

    def _cache(self, part: Part | None) -> None:
        if part is None:
            return
        mode = part.at("mode") if part.is_mapping else part
        age = _at(part, "max_age") if part.is_mapping else None
        if mode is not None and mode.text() == "semantic":
            mode.change("answers to similar requests are taken, too", "Cloudflare keeps the answers to equal requests")
        seconds = age.number() if age is not None else None
        if seconds is None:
            # https://portkey.ai/docs/product/ai-gateway/cache-simple-and-semantic
            seconds = 7 * 24 * 3600
            part.change("answers are kept for Portkey's usual time", "they are kept for 7 days; set `cache: {ttl: …}`")
        self._caches.append((age or part, seconds))


_GUARDED: Final[Saying] = (
    Fate.DROPPED,
    "checks of requests and answers",
    "`guardrails:` and `dlp:` have Cloudflare's own checks",
)
_IN_PATH: Final[Saying] = (
    Fate.DROPPED,
    "how to reach a cloud's own service",
    "at Cloudflare this is in the path and headers of requests",
)
_PARAMETER: Final[Saying] = (
    Fate.DROPPED,
    "a parameter that is put into each request",
    "let clients send it themselves",
)
_OTHERS: Final[Mapping[str, Saying]] = {
    "forward_headers": (
        Fate.DROPPED,
        "headers that reach the provider",
        "Cloudflare passes on what the provider's API knows",
    ),
    "metadata": (Fate.DROPPED, "metadata of each request", "let clients send it in the header cf-aig-metadata"),
}


def _tell_others(part: Part) -> None:
    """What Portkey has and Cloudflare has not, or elsewhere."""
    for inner in part.parts():
        name = _snake(str(inner.path[-1]))
        if name == "retry":
            _tell_retry(inner)
        elif name == "override_params":
            inner.tell({}, _PARAMETER, ("model",))
        elif any(guard in name for guard in _GUARDS):
            inner.tell_whole(_GUARDED)
        elif name.startswith(_CLOUDS):
            inner.tell_whole(_IN_PATH)
        elif name in _OTHERS:
            inner.tell_whole(_OTHERS[name])


def _tell_retry(part: Part) -> None:
    for key in part.names():
        inner = part.at(key)
        if inner is not None and _snake(str(key)) == "on_status_codes":
            inner.drop("try again at these status codes only", "Cloudflare tries again at every error")
        elif inner is not None and _snake(str(key)).startswith("use_retry_after_header"):
            inner.drop("wait as long as the provider asks for", "Cloudflare waits as `retries:` of the gateway says")


def _is_known(query: Any) -> bool:
    """Whether Cloudflare is known to understand a condition."""
    if not isinstance(query, Mapping) or not query:
        return False
    for name, wanted in query.items():
        if name in {"$and", "$or"}:
            if not isinstance(wanted, list) or not wanted or not all(map(_is_known, wanted)):
                return False
        elif not name.startswith("metadata.") or not _is_comparison(wanted):
            return False
    return True


def _is_comparison(wanted: Any) -> bool:
    if not isinstance(wanted, Mapping):
        return wanted is not None and not isinstance(wanted, list)
    return bool(wanted) and all(_is_operator(name, value) for name, value in wanted.items())


def _is_operator(name: str, value: Any) -> bool:
    values = value if name == "$in" else [value]
    plain_values = isinstance(values, list) and not any(isinstance(one, Mapping | list | None) for one in values)
    return name in _OPERATORS and plain_values


def _unused_weight(target: Part) -> None:
    if (weight := target.at("weight")) is not None:
        weight.unneeded("a weight where nothing is shared out")


def _at(part: Part, *names: str) -> Part | None:
    """The part under `names`, each in snake_case or camelCase."""
    found: Part | None = part
    for name in names:
        if found is None:
            return None
        found = found.at(name) or found.at(_camel(name))
    return found


def _camel(name: str) -> str:
    first, *others = name.split("_")
    return first + "".join(word.capitalize() for word in others)


def _snake(name: str) -> str:
    return re.sub(r"(?<=[a-z0-9])([A-Z])", lambda match: f"_{match[1]}", name).lower()
