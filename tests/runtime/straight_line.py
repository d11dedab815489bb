"""The rules of the runtime once more, as straight as they can be written; nothing of cfaig.runtime is used.

Nothing is kept but the history of what happened: every limit, cost and cached answer is worked out from the whole of it
at each request. Written from facts/ai-gateway.md 2-6 and docs/fidelity.md.
"""

from __future__ import annotations

import json
import random
from fractions import Fraction
from typing import Any

from tests.runtime.straight_reading import cache, first, items, metadata, named, retries, true, truth

TOKEN = "gateway-token"
CHAT_PROVIDERS = {"openai", "anthropic", "groq", "workers-ai"}


class No(Exception):  # noqa: N818
    """The gateway refuses."""

    def __init__(self, code: int, status: int) -> None:
        super().__init__(code)
        self.code, self.status = code, status


class StraightLine:
    """One gateway, called again and again. `now` is its time."""

    def __init__(self, world: dict[str, Any], start: float) -> None:
        self.world, self.now = world, start
        self.settings: dict[str, Any] = world["settings"]
        self.passed: list[tuple[str, float]] = []  # what was let through a limit on calls
        self.paid: list[tuple[float, dict[str, Any]]] = []  # when, and what was bought
        self.kept: list[dict[str, Any]] = []  # answers in the cache
        self.sent: list[tuple[str, str]] = []  # every request to a provider
        self.draw = random.Random(world["seed"])  # noqa: S311
        self.events: list[tuple[str, str, str, float]] = []
        self.brought = True  # whether Authorization is the provider's

    def request(self, request: dict[str, Any]) -> dict[str, Any]:
        """What happens to a request, and what the client and the log get."""
        self.events = []
        started = self.now
        try:
            self.brought = self.authenticate(request)
        except No as no:
            return {"status": no.status, "code": no.code, "events": [], "log": [], "cache": None, "step": None}
        result: dict[str, Any] = {}
        try:
            self.limit_gateway()
            for step, item in enumerate(items(request)):
                result = self.item(item, step)
                if result["status"] < 400:
                    break
        except No as no:
            levels = [request["headers"]]
            provider, model = named(request)
            result = {"status": no.status, "code": no.code, "provider": provider, "model": model, "levels": levels}
        return self.answer(result, started)

    def answer(self, result: dict[str, Any], started: float) -> dict[str, Any]:
        collect = first(result["levels"], "cf-aig-collect-log", truth)
        cost, tokens = 0.0, (0, 0)
        if result["status"] < 400 and not result.get("hit"):
            tokens = result["tokens"]
            cost = self.cost(result)
            if cost:
                self.paid.append((self.now, {**result, "cost": cost}))
        log = []
        if self.settings["collect_logs"] if collect is None else collect:
            entry = {
                "provider": result["provider"],
                "model": result["model"],
                "status": result["status"],
                "cost": cost,
                "tokens": tokens,
                "cached": bool(result.get("hit")),
                "step": result.get("step", 0),
                "duration": round((self.now - started) * 1000),
                "metadata": metadata(result["levels"]),
            }
            log.append(entry)
        return {
            "status": result["status"],
            "code": result.get("code"),
            "events": self.events,
            "log": log,
            "cache": result.get("cache"),
            "step": None if result.get("code") else str(result["step"]),
        }

    def authenticate(self, request: dict[str, Any]) -> bool:
        """Let in or refuse; whether Authorization is left for the provider."""
        headers = request["headers"]
        bearer = headers.get("authorization") == f"Bearer {TOKEN}"
        if request["door"] == "rest":
            if not bearer:
                raise No(10000, 401)
            return False
        own = headers.get("cf-aig-authorization")
        by_authorization = own is None and request["path"].startswith("compat/") and bearer
        if self.settings["authentication"] and own != f"Bearer {TOKEN}" and not by_authorization:
            raise No(2009, 401)
        return not (by_authorization and self.settings["authentication"])

    def limit_gateway(self) -> None:
        limit, window = self.settings["rate_limiting_limit"], self.settings["rate_limiting_interval"]
        if limit and window:
            sliding = self.settings["rate_limiting_technique"] == "sliding"
            allowed = self.count("gateway", window, sliding) + 1 <= limit
            self.tell("limit", "gateway", "allowed" if allowed else "blocked")
            if not allowed:
                raise No(2003, 429)
            self.passed.append(("gateway", self.now))

    def item(self, item: dict[str, Any], step: int) -> dict[str, Any]:
        levels = item["levels"]
        if item["route"] is not None:
            elements = self.world["routes"].get(item["route"])
            if elements is None:
                raise No(2008, 400)
            whole = {"provider": "unknown", "model": f"dynamic/{item['route']}", "levels": levels, "step": step}
            try:
                return self.route(elements, item, whole)
            except No as no:
                return {**whole, "status": no.status, "code": no.code}
        self.check_provider(item["provider"])
        about = {"provider": item["provider"], "model": item["model"], "levels": levels, "step": step}
        try:
            return {**about, **self.provider(item, retries(self.settings, levels))}
        except No as no:
            return {**about, "status": no.status, "code": no.code}

    def check_provider(self, slug: str) -> None:
        if slug not in CHAT_PROVIDERS and not self.world["customs"].get(slug.removeprefix("custom-")):
            raise No(2008, 400)

    def route(self, elements: list[dict[str, Any]], item: dict[str, Any], whole: dict[str, Any]) -> dict[str, Any]:
        by_id = {element["id"]: element for element in elements}
        told, at, tried, costs = metadata(item["levels"]), elements[0], 0, []
        last: dict[str, Any] = {**whole, "status": 400, "code": 2005}
        while at["type"] != "end":
            kind, properties, output = at["type"], at.get("properties", {}), "next"
            if kind == "conditional":
                output = "true" if true(properties["conditions"], told) else "false"
            elif kind == "percentage":
                output = self.share(at)
            elif kind == "rate":
                owner = told.get(properties["key"].removeprefix("metadata."))
                name = f"rate {item['route']} {at['id']} {json.dumps(owner)}"
                by_cost = properties["limitType"] == "cost"
                window, limit = properties["window"], properties["limit"]
                room = self.spent(name, window) < limit if by_cost else self.count(name, window) + 1 <= limit
                output = "success" if room else "fallback"
                if output == "fallback":
                    last = {**whole, "status": 429, "code": 2003}
                elif by_cost:
                    costs.append(name)
                else:
                    self.passed.append((name, self.now))
            elif kind == "model":
                result = self.element(at, {**whole, "step": whole["step"] + tried}, item)
                if result["status"] < 400:
                    self.tell("element", at["id"], "success")
                    return {**result, "costs": costs}
                output, tried, last = "fallback", tried + 1, {**result, **whole}
            self.tell("element", at["id"], output)
            at = by_id[at["outputs"][output]["elementId"]]
        return last

    def element(self, at: dict[str, Any], about: dict[str, Any], item: dict[str, Any]) -> dict[str, Any]:
        properties = at["properties"]
        about = {**about, "provider": properties["provider"], "model": properties["model"]}
        policy = retries(self.settings, item["levels"])
        policy["attempts"] = min(5, properties["retries"] + 1)
        if properties["timeout"]:
            policy |= {"timeout": properties["timeout"] / 1000, "always": True}
        try:
            self.check_provider(about["provider"])
            wanted = {**item, "provider": about["provider"], "model": about["model"], "native": False}
            return {**about, **self.provider(wanted, policy)}
        except No as no:
            return {**about, "status": no.status, "code": no.code}

    def share(self, at: dict[str, Any]) -> str:
        drawn, reached = self.draw.random() * 100, 0.0
        for name in at["outputs"]:
            reached += float(name[:-1])
            if drawn < reached:
                break
        return str(name)

    def provider(self, item: dict[str, Any], policy: dict[str, Any]) -> dict[str, Any]:
        slug, model, levels = item["provider"], item["model"], item["levels"]
        name, told = f"{slug}/{model}", metadata(levels)
        own, stored = self.credential(item)
        if own == TOKEN:
            self.tell("attempt", name, "401")
            return {"status": 401, "cache": None}
        ttl, key = cache(self.settings, levels)
        status = None if ttl is None else "MISS"
        place = key if key is not None else json.dumps([slug, item["endpoint"], model, own, item["body"]])
        place = f"{'client' if key is not None else 'default'} {place}"
        if ttl is not None:
            fitting = [one for one in self.kept if one["place"] == place and one["from"] <= self.now]
            if fitting and self.now < fitting[-1]["until"]:
                self.tell("cache", name, "HIT")
                return {"status": fitting[-1]["status"], "cache": "HIT", "hit": True}
        self.tell("cache", name, status or "OFF")
        self.check_spend(slug, model, told)
        if stored is not None and stored[2]:
            self.limit_credential(f"key:{slug}/{stored[1]}", stored[2], stored[3] or 60)
        if stored is None and own is None and slug != "workers-ai" and not slug.startswith("custom-"):
            self.limit_credential("unified-billing", 200, 60)
        good = self.attempts(name, slug, model, policy, bool(item["body"].get("stream")))
        if good["status"] < 400 and good["type"] == "garbled" and item["route"] is not None:
            raise No(2002, 400)
        if ttl is not None and good["status"] < 400 and good["type"] in ("json", "garbled"):
            kept = {"place": place, "from": self.now, "until": self.now + ttl, "status": good["status"]}
            self.kept.append(kept)
        return {**good, "cache": status}

    def limit_credential(self, name: str, limit: int, window: int) -> None:
        allowed = self.count(name, window) + 1 <= limit
        self.tell("limit", name, "allowed" if allowed else "blocked")
        if not allowed:
            raise No(2003, 429)
        self.passed.append((name, self.now))

    def credential(self, item: dict[str, Any]) -> tuple[Any, Any]:
        """The request's key, if it brings one, and the stored one that is used otherwise."""
        slug, headers = item["provider"], item["headers"]
        own = headers.get("authorization") if self.brought else None
        if own is not None:
            return (TOKEN if own == f"Bearer {TOKEN}" else own), None
        alias = first(item["levels"], "cf-aig-byok-alias", str) if item["native"] else None
        stored = [key for key in self.world["keys"] if key[:2] == (slug, alias or "default")]
        if stored:
            return None, stored[0]
        if alias:
            raise No(2040, 400)
        if slug == "workers-ai":
            return None, None
        if self.settings["byok_only"]:
            raise No(2001, 400)
        if not slug.startswith("custom-"):
            if first(item["levels"], "cf-aig-no-wholesale", truth):
                raise No(2001, 400)
            if not self.world["credits"]:
                raise No(2021, 402)
        return None, None

    def check_spend(self, slug: str, model: str, told: dict[str, Any]) -> None:
        limits = self.settings["spend_limits"]
        for rule in limits["rules"] if limits["enabled"] else []:
            part = self.part(rule, slug, model, told)
            if part is None:
                continue
            spent = self.spent_under(rule, part)
            self.tell("limit", f"spend:{rule['id']}", "allowed" if spent < rule["limit"] else "blocked")
            if spent >= rule["limit"]:
                raise No(2045, 429)

    def part(self, rule: dict[str, Any], slug: str, model: str, told: dict[str, Any]) -> list[Any] | None:
        """Whose spending counts together; None where the rule is not about this."""
        for dimension, value in (("provider", slug), ("model", model)):
            if dimension in rule and value not in rule[dimension]["values"]:
                return None
        part = []
        for name, mode in rule.get("metadata", {}).items():
            if mode["mode"] == "partition":
                part.append(told.get(name))
            elif name not in told or str(told[name]) not in mode["values"]:
                return None
        return part

    def spent_under(self, rule: dict[str, Any], part: list[Any]) -> Fraction:
        times = []
        for at, bought in self.paid:
            theirs = self.part(rule, bought["provider"], bought["model"], metadata(bought["levels"]))
            if theirs == part:
                times.append((at, bought["cost"]))
        return used(times, rule["window"], self.now, rule["technique"] == "sliding")

    def spent(self, name: str, window: int) -> Fraction:
        return used([(at, b["cost"]) for at, b in self.paid if name in b.get("costs", ())], window, self.now, False)

    def count(self, name: str, window: int, sliding: bool = False) -> Fraction:
        return used([(at, 1) for who, at in self.passed if who == name], window, self.now, sliding)

    def attempts(self, name: str, slug: str, model: str, policy: dict[str, Any], stream: bool) -> dict[str, Any]:
        result: dict[str, Any] = {}
        for attempt in range(1, policy["attempts"] + 1):
            if attempt > 1:
                factor = {"constant": 1, "linear": attempt - 1, "exponential": 2 ** (attempt - 2)}[policy["backoff"]]
                if policy["delay"]:
                    self.tell("wait", name, "retry")
                    self.now += policy["delay"] * factor
            behaviours = self.world["plan"][name]
            behaviour = behaviours[self.sent.count((slug, model)) % len(behaviours)]
            self.sent.append((slug, model))
            final = attempt == policy["attempts"] > 1 and not policy["always"]
            result = self.attempt(name, behaviour, None if final else policy["timeout"], stream)
            if result["status"] < 400 and not result.get("code"):
                return result
        if result.get("code"):
            raise No(2005, 400)
        return result

    def attempt(self, name: str, behaviour: dict[str, Any], timeout: float | None, stream: bool) -> dict[str, Any]:
        started = self.now
        if timeout is not None and behaviour["delay"] > timeout:
            self.now += timeout
            self.tell("attempt", name, "timeout", started)
            return {"status": 400, "code": 2005}
        self.now += behaviour["delay"]
        kind = behaviour["kind"]
        if kind == "refuse" or (kind == "cut" and not stream):
            self.tell("attempt", name, "error", started)
            return {"status": 400, "code": 2005}
        status = behaviour["status"] if kind == "status" else 200
        self.tell("attempt", name, str(status), started)
        answer_type = "stream" if stream else behaviour["type"]
        # A stream that is cut has not come to where the tokens are told.
        untold = kind == "cut" or answer_type == "garbled"
        return {"status": status, "type": answer_type, "tokens": (0, 0) if untold else behaviour["tokens"]}

    def cost(self, result: dict[str, Any]) -> float:
        told = first(result["levels"], "cf-aig-custom-cost", json.loads)
        tokens_in, tokens_out = result["tokens"]
        if told is not None:
            return float(tokens_in * told["per_token_in"] + tokens_out * told["per_token_out"])
        price = self.world["prices"].get(f"{result['provider']}/{result['model']}", (0, 0))
        return float(tokens_in * price[0] + tokens_out * price[1])

    def tell(self, kind: str, name: str, outcome: str, at: float | None = None) -> None:
        self.events.append((kind, name, outcome, self.now if at is None else at))


def used(times: list[tuple[float, float]], window: int, now: float, sliding: bool) -> Fraction:
    """What counts in a window: all in this one, and with `sliding` the share of the one before that still covers."""
    this = now // window
    of_this = sum((Fraction(amount) for at, amount in times if at // window == this), Fraction(0))
    before = sum((Fraction(amount) for at, amount in times if at // window == this - 1), Fraction(0))
    return of_this + before * (window - Fraction(now) % window) / window if sliding else of_this
