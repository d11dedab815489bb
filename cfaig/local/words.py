"""What the page says about a gateway: its settings and its routes in plain words."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final

_UNITS: Final = ((86_400, "d"), (3_600, "h"), (60, "min"), (1, "s"))


def duration(seconds: float) -> str:
    """Seconds in the largest unit that keeps them whole: `90 s`, `1 h`."""
    for size, unit in _UNITS:
        if seconds and seconds % size == 0:
            return f"{seconds // size:g} {unit}"
    return f"{seconds:g} s"


def period(seconds: float) -> str:
    """Seconds as what follows "per": `hour`, `90 s`."""
    return {86_400: "day", 3_600: "hour", 60: "minute", 1: "second"}.get(int(seconds)) or duration(seconds)


def settings_in_words(settings: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """Pairs of a topic and what is set, the ones that matter first; topics that are off and rarely on are left out."""
    yield "Authentication", "on" if settings["authentication"] else "off: anybody may call"
    yield "Cache", duration(settings["cache_ttl"]) if settings["cache_ttl"] else "off"
    yield "Rate limit", _rate_limit(settings)
    yield "Logs", _logs(settings)
    if settings["retry_max_attempts"]:
        delay, backoff = settings["retry_delay"] or 0, settings["retry_backoff"] or "constant"
        yield "Retries", f"{settings['retry_max_attempts']} attempts, {delay:,} ms apart, {backoff}"
    rules = settings["spend_limits"]["rules"]
    if settings["spend_limits"]["enabled"] and rules:
        yield "Spend limits", ", ".join(f"${rule['limit']:g} per {period(rule['window'])}" for rule in rules)
    if guardrails := settings.get("guardrails"):
        yield "Guardrails", ", ".join(f"{side}: {' '.join(guardrails[side]) or 'none'}" for side in guardrails)
    if settings.get("dlp", {}).get("enabled"):
        yield "Data loss prevention", "on"
    if settings["otel"]:
        yield "OpenTelemetry", ", ".join(exporter["url"] for exporter in settings["otel"])
    flags = {"byok_only": "own provider keys only", "zdr": "zero data retention", "logpush": "Logpush"}
    if on := [words for name, words in flags.items() if settings[name]]:
        yield "Also", ", ".join(on)


def _rate_limit(settings: Mapping[str, Any]) -> str:
    limit, interval = settings["rate_limiting_limit"], settings["rate_limiting_interval"]
    if not limit or not interval:
        return "off"
    return f"{limit:,} requests per {period(interval)}, {settings['rate_limiting_technique']}"


def _logs(settings: Mapping[str, Any]) -> str:
    if not settings["collect_logs"]:
        return "off"
    full = {"DELETE_OLDEST": "then the oldest go", "STOP_INSERTING": "then no more"}
    return f"up to {settings['log_management']:,}, {full[settings['log_management_strategy']]}"


def route_in_words(elements: Sequence[Mapping[str, Any]]) -> list[tuple[int, str]]:
    """The graph as lines, each with its depth, walked from the start; an element that comes again is only named."""
    by_id = {element["id"]: element for element in elements}
    lines: list[tuple[int, str]] = []
    told: set[str] = set()
    pending = [(elements[0]["id"], 0, "")] if elements else []
    while pending:
        identity, depth, lead = pending.pop()
        element = by_id.get(identity)
        if element is None or element["type"] == "end":
            if lead.endswith(": "):
                lines.append((depth, f"{lead}end"))
            continue
        if element["type"] != "start":
            again = "as above: " if identity in told else ""
            lines.append((depth, f"{lead}{again}{_element_in_words(element)}"))
        if identity not in told:
            pending.extend(reversed(_ways(element, depth)))
        told.add(identity)
    return lines


def _ways(element: Mapping[str, Any], depth: int) -> list[tuple[str, int, str]]:
    """Where a request can go from here; what a model has answered goes to the caller."""
    outputs = {name: output["elementId"] for name, output in element["outputs"].items()}
    if element["type"] == "start":
        return [(outputs["next"], depth, "")]
    if element["type"] == "model":
        return [(outputs["fallback"], depth, "else ")]
    names = {"true": "if so", "false": "otherwise", "success": "within", "fallback": "beyond"}
    return [(target, depth + 1, f"{names.get(name, name)}: ") for name, target in outputs.items()]


def _element_in_words(element: Mapping[str, Any]) -> str:
    properties = element.get("properties", {})
    match element["type"]:
        case "model":
            timeout = f"{duration(properties['timeout'] / 1000)} timeout" if properties["timeout"] else "no timeout"
            retries = f", retries: {properties['retries']:g}" if properties["retries"] else ""
            return f"{properties['provider']} {properties['model']} ({timeout}{retries})"
        case "rate":
            limit = f"{properties['limit']:,}"
            amount = f"${limit}" if properties["limitType"] == "cost" else f"{limit} requests"
            return f"at most {amount} per {period(properties['window'])} for each {properties['key']}"
        case "conditional":
            return f"when {json.dumps(properties.get('conditions'), ensure_ascii=False)}"
        case _:
            return "split by share"
