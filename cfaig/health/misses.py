"""Why a cache hardly answers, from a gateway's newest requests (facts/ai-gateway.md 3). Pure; tells no values.

An answer comes from the cache for a request that is the same to the byte: provider, endpoint, model, provider key and
body, within the TTL. So what varies between requests that are nearly the same, and how far apart the same ones come,
says what is wrong.
"""

from __future__ import annotations

import json
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from itertools import pairwise
from statistics import median
from typing import Final

from cfaig.health.finding import Area, Finding
from cfaig.health.traffic import LOW_HITS, Request, Traffic
from cfaig.json_types import Json
from cfaig.observe.amounts import share
from cfaig.reconcile.amounts import seconds

AREA: Final = Area("cache")
STREAM: Final = "text/event-stream"
CACHEABLE: Final = ("application/json", "text/", "image/")
# So many fields may differ in requests that count as nearly the same.
FEW_FIELDS: Final = 2
# From this share of the misses on, something is told as a reason.
MATTERS: Final = 0.2
_VOLATILE: Final = re.compile(r"[0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}|\d+")

Leaves = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Kind:
    """What has to be the same in any case, so that two requests can share an answer."""

    provider: str
    model: str
    path: str


def check_cache(traffic: Traffic) -> Iterator[Finding]:
    """Whether the cache answers, and why it does not."""
    subject, ttl = traffic.gateway.id, _ttl(traffic)
    if not ttl:
        yield AREA.ok(subject, "caching is off; only requests with the header cf-aig-cache-key are cached")
        return
    if not traffic.requests:
        yield AREA.ok(subject, "no logs to look at")
        return
    misses = [request for request in traffic.requests if not request.cached]
    told = f"the cache answers {share(1 - len(misses) / len(traffic.requests))} of the newest {len(traffic.requests)}"
    reasons = tuple(_reasons(subject, traffic.requests, misses, ttl))
    low = 1 - len(misses) / len(traffic.requests) < LOW_HITS
    if not low:
        yield AREA.ok(subject, told)
    elif reasons:
        yield AREA.warning(subject, f"{told}; what stands in the way:")
    else:
        yield AREA.ok(subject, f"{told}: no two of them are the same, so a cache cannot help")
    yield from reasons


def _ttl(traffic: Traffic) -> float:
    value = traffic.gateway.settings.get("cache_ttl")
    return float(value) if isinstance(value, (int, float)) else 0.0


def _reasons(subject: str, every: Sequence[Request], misses: Sequence[Request], ttl: float) -> Iterator[Finding]:
    yield from _not_cacheable(subject, misses)
    kept = [request for request in misses if request.success and not _is_stream(request) and request.body is not None]
    yield from _unlike(subject, kept, len(misses))
    yield from _repeats(subject, every, ttl)
    if misses and not any(request.body is not None for request in misses):
        told = "the bodies of requests are not in the logs, so it cannot be told what varies"
        yield AREA.warning(subject, told, "let them be logged for a while: cf-aig-collect-log-payload")


def _is_stream(request: Request) -> bool:
    return request.answer_type.startswith(STREAM)


def _not_cacheable(subject: str, misses: Sequence[Request]) -> Iterator[Finding]:
    streams = sum(request.success and _is_stream(request) for request in misses)
    failed = sum(not request.success for request in misses)
    other = sum(
        request.success and bool(request.answer_type) and not request.answer_type.startswith(CACHEABLE)
        for request in misses
    )
    if _matters(streams, misses):
        told = f"{streams} of {len(misses)} misses are streams, which are not cached"
        yield AREA.warning(subject, told, "ask without `stream: true` where nobody watches the answer come")
    if _matters(failed, misses):
        told = f"{failed} of {len(misses)} misses have failed, and errors are not cached"
        yield AREA.warning(subject, told, f"cfaig logs {subject} --failed")
    if _matters(other, misses):
        told = f"{other} of {len(misses)} misses were answered with neither text nor images, which is not cached"
        yield AREA.warning(subject, told)


def _matters(count: int, misses: Sequence[Request]) -> bool:
    return count > 0 and count >= MATTERS * len(misses)


def _unlike(subject: str, requests: Sequence[Request], misses: int) -> Iterator[Finding]:
    """What varies between requests that are nearly the same."""
    fields: Counter[tuple[str, bool]] = Counter()
    for group in _by_kind(requests).values():
        leaves = [_leaves(request.body) for request in group]
        for own in leaves:
            fields.update(_nearest(own, leaves))
    for (field, numbers), count in sorted(fields.items(), key=lambda found: (-found[1], found[0])):
        if count < MATTERS * misses:
            continue
        what = f"only in numbers or ids inside `{field}`" if numbers else f"in `{field}`"
        told = f"{count} of {misses} misses are nearly the same as another request and differ {what}"
        fix = (
            "take out of the text what changes each time (time, ids)"
            if numbers
            else "leave it out (cf-aig-metadata can carry it)"
        )
        key = "name what counts in a rule of the edge, cache: {key: [model, messages]}, or send cf-aig-cache-key"
        yield AREA.warning(subject, told, f"{fix}; or {key}")


def _by_kind(requests: Iterable[Request]) -> Mapping[Kind, list[Request]]:
    found: defaultdict[Kind, list[Request]] = defaultdict(list)
    for request in requests:
        found[Kind(request.provider, request.model, request.path)].append(request)
    return found


def _leaves(body: Json, path: str = "") -> dict[str, str]:
    """The values of a body by their paths: `messages[0].content`."""
    if isinstance(body, Mapping):
        return {
            name: value
            for key, item in body.items()
            for name, value in _leaves(item, f"{path}.{key}" if path else str(key)).items()
        }
    if isinstance(body, list):
        return {
            name: value for index, item in enumerate(body) for name, value in _leaves(item, f"{path}[{index}]").items()
        }
    return {path: json.dumps(body)}


def _nearest(own: Leaves, others: Sequence[Leaves]) -> tuple[tuple[str, bool], ...]:
    """The fields in which the request differs from the one that is most like it, if these are few.

    The flag tells a text in which only numbers and ids differ. A text that differs otherwise is another question.
    """
    best: tuple[tuple[str, bool], ...] = ()
    for other in others:
        if other is own:
            continue
        differing = [name for name in own.keys() | other.keys() if own.get(name) != other.get(name)]
        if not differing or len(differing) > FEW_FIELDS or (best and len(differing) >= len(best)):
            continue
        questions = [name for name in differing if _is_question(name)]
        if all(_alike(own.get(name), other.get(name)) for name in questions):
            best = tuple((name, name in questions) for name in sorted(differing))
    return best


def _alike(one: str | None, other: str | None) -> bool:
    """Whether two texts are the same but for numbers and ids in them, and more than these."""
    if one is None or other is None:
        return False
    masked = _VOLATILE.sub("#", one)
    return masked == _VOLATILE.sub("#", other) and re.search(r"[^\W\d_]{3}", masked) is not None


def _is_question(name: str) -> bool:
    """Whether a field holds what is asked: its difference makes another request, not a nearly equal one."""
    last = re.sub(r"\[\d+\]", "", name.rpartition(".")[2])
    return last in {"content", "text", "prompt", "input", "question", "query", "contents", "parts", "model"}


def _repeats(subject: str, every: Sequence[Request], ttl: float) -> Iterator[Finding]:
    """Whether equal requests come within the TTL, and are answered from the cache then."""
    late: list[float] = []
    missed = 0
    known = [request for request in every if request.success and request.body is not None and not _is_stream(request)]
    for group in _equal(known).values():
        for before, after in pairwise(sorted(group, key=lambda request: request.at)):
            apart = (after.at - before.at) / timedelta(seconds=1)
            if after.cached:
                continue
            if apart > ttl:
                late.append(apart)
            else:
                missed += 1
    if late:
        told = f"equal requests come again after {seconds(round(median(late)))} (median), and the TTL is {seconds(ttl)}"
        yield AREA.warning(subject, f"{len(late)} times: {told}", "a longer cache: {ttl: …}, up to 30d")
    if missed:
        told = f"{missed} equal requests came within the TTL of {seconds(ttl)}, and still were no hits"
        own = (
            ""
            if all(request.byok for request in known)
            else " a provider key of their own (a part of the cache's key),"
        )
        fix = (
            f"do clients send cf-aig-skip-cache, cf-aig-cache-ttl or cf-aig-cache-key,{own} or all at the same moment?"
        )
        yield AREA.warning(subject, told, fix)


def _equal(requests: Iterable[Request]) -> Mapping[tuple[Kind, str], list[Request]]:
    found: defaultdict[tuple[Kind, str], list[Request]] = defaultdict(list)
    for request in requests:
        kind = Kind(request.provider, request.model, request.path)
        found[kind, json.dumps(request.body, ensure_ascii=True)].append(request)
    return found
