"""What the schema cannot say of scenarios: about a file by itself, and about a file against the definitions."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence

from cfaig.definition.catalog import PROVIDER_SLUGS
from cfaig.definition.diagnostics import Diagnostic, KeyPath
from cfaig.definition.spelling import nearest
from cfaig.errors import CfaigError
from cfaig.json_types import JsonObject
from cfaig.runtime.scripted.script import Script
from cfaig.scenarios.edges import clients_of, rule_names
from cfaig.scenarios.expectations import AT_EDGE, COUNTED
from cfaig.scenarios.model import Scenario, Step, Suite
from cfaig.scenarios.outcome import NONE
from cfaig.scenarios.ways import Ways, plain_provider
from cfaig.state.model import EdgeState


def suite_problems(suite: Suite) -> Iterator[Diagnostic]:
    """What is wrong with a suite, whatever the definitions are."""
    yield from _rule_problems(suite, suite.upstreams, ())
    first: dict[str, int] = {}
    for scenario in suite.scenarios:
        place = suite.position((*scenario.path, "name"))
        if scenario.name in first:
            message = f"there is a scenario “{scenario.name}” already, in line {first[scenario.name]}"
            yield _problem(suite, "AIG203", message, (*scenario.path, "name"), "give one of them another name")
        first.setdefault(scenario.name, place.line)
        yield from _rule_problems(suite, scenario.upstreams, scenario.path)
        yield from _time_problems(suite, scenario)
        for step in scenario.steps:
            yield from _rule_problems(suite, step.upstreams or (), step.path)
            yield from _count_problems(suite, step)


def _rule_problems(suite: Suite, rules: Sequence[JsonObject], path: KeyPath) -> Iterator[Diagnostic]:
    for index, rule in enumerate(rules):
        try:
            Script.from_data([rule])
        except CfaigError as error:
            message = error.message.replace("upstreams[0]", "the rule", 1)
            yield _problem(suite, "AIG207", message, (*path, "upstreams", index), error.hint or "change one of the two")


def _time_problems(suite: Suite, scenario: Scenario) -> Iterator[Diagnostic]:
    now = 0.0
    for step in scenario.steps:
        if step.at is not None and step.at < now:
            message = f"time goes backwards: an earlier step is at {now:g} s already"
            yield _problem(suite, "AIG204", message, (*step.path, "at"), "put the steps in the order of time")
        now = max(now, step.at if step.at is not None else now + step.after)


def _count_problems(suite: Suite, step: Step) -> Iterator[Diagnostic]:
    for name in COUNTED:
        counts = step.expect.get(name)
        if not isinstance(counts, Mapping):
            continue
        path = (*step.path, "expect", name)
        if step.request.times == 1:
            yield _problem(
                suite,
                "AIG205",
                f"`{name}` counts, and there is one request",
                path,
                f"write {name}: {next(iter(counts))}, or add times: 100 to the request",
            )
            continue
        numbers = [count for count in counts.values() if isinstance(count, int)]
        if len(numbers) == len(counts) and sum(numbers) != step.request.times:
            message = f"the counts of `{name}` add up to {sum(numbers):,}; there are {step.request.times:,} requests"
            yield _problem(suite, "AIG205", message, path, "say of every request what becomes of it")


def definition_problems(
    suite: Suite, routes: Mapping[str, Ways] | None, gateways: Collection[str], custom: Collection[str]
) -> Iterator[Diagnostic]:
    """What a suite says that the definitions do not have.

    `routes` are those of its gateway by name, None when there is no such gateway among `gateways`; `custom` are the
    account's custom providers.
    """
    if routes is None:
        yield _unknown(suite, "AIG200", f"there is no gateway {suite.gateway}", ("gateway",), suite.gateway, gateways)
        return
    providers = {*PROVIDER_SLUGS, *custom}
    for model in suite.prices:
        if (provider := plain_provider(model.partition("/")[0])) not in providers:
            yield _unknown(suite, "AIG202", f"there is no provider {provider}", ("prices", model), provider, providers)
    for scenario in suite.scenarios:
        for step in scenario.steps:
            request = step.request
            if request.route is not None and request.route not in routes:
                path = (*step.path, "request", "route")
                message = f"the gateway {suite.gateway} has no route {request.route}"
                yield _unknown(suite, "AIG201", message, path, request.route, routes)
            elif request.route is not None:
                yield from _way_problems(suite, step, routes[request.route])
            if request.provider is not None and plain_provider(request.provider) not in providers:
                path = (*step.path, "request", "provider")
                message = f"there is no provider {request.provider}"
                yield _unknown(suite, "AIG202", message, path, request.provider, providers)
            yield from _provider_problems(suite, step, providers)


def edge_problems(suite: Suite, edge: EdgeState | None) -> Iterator[Diagnostic]:
    """What a suite says of the edge that is not so; `edge` is that of its gateway."""
    for scenario in suite.scenarios:
        if scenario.edge and edge is None:
            message = f"the gateway {suite.gateway} has no edge in this environment"
            hint = "leave `via: edge` out, or give the gateway an edge"
            place = (*scenario.path, "via")
            yield _problem(suite, "AIG209", message, place, hint)
            continue
        for step in scenario.steps:
            if edge is None or not scenario.edge:
                yield from _edgeless_problems(suite, step)
            else:
                yield from _edge_name_problems(suite, step, edge)


def _edgeless_problems(suite: Suite, step: Step) -> Iterator[Diagnostic]:
    said = [("expect", name) for name in AT_EDGE if name in step.expect]
    said += [("request", "client")] if step.request.client is not None else []
    for place in said:
        message = f"`{place[1]}` is about an edge, and this scenario goes to the gateway itself"
        yield _problem(suite, "AIG209", message, (*step.path, *place), "let the scenario go through it: via: edge")


def _edge_name_problems(suite: Suite, step: Step, edge: EdgeState) -> Iterator[Diagnostic]:
    rules, clients = rule_names(edge), clients_of(edge)
    expected = step.expect.get("rules")
    for index, name in enumerate(expected if isinstance(expected, Sequence) else ()):
        if name not in rules:
            path = (*step.path, "expect", "rules", index)
            yield _unknown(suite, "AIG209", f"the edge has no rule “{name}”", path, str(name), rules)
    client = step.request.client
    if client is not None and client not in clients:
        path = (*step.path, "request", "client")
        yield _unknown(suite, "AIG209", f"the edge knows no client {client}", path, client, clients)


def environment_problem(suite: Suite, path: KeyPath, name: str, known: Collection[str]) -> Diagnostic:
    """The diagnostic for an environment that there is not."""
    return _unknown(suite, "AIG208", f"there is no environment {name}", path, name, known)


def _provider_problems(suite: Suite, step: Step, providers: Collection[str]) -> Iterator[Diagnostic]:
    expected = step.expect.get("provider")
    names = [expected] if isinstance(expected, str) else list(expected) if isinstance(expected, Mapping) else []
    for name in names:
        if plain_provider(name) not in providers and name != NONE:
            path = (*step.path, "expect", "provider")
            yield _unknown(suite, "AIG202", f"there is no provider {name}", path, name, providers)


def _way_problems(suite: Suite, step: Step, ways: Ways) -> Iterator[Diagnostic]:
    for name, known in (("path", ways.words), ("tried", ways.models)):
        parts = step.expect.get(name, ())
        for index, part in enumerate(parts if isinstance(parts, Sequence) else ()):
            if part not in known:
                message = f"the route {step.request.route} has no “{part}”"
                yield _unknown(suite, "AIG206", message, (*step.path, "expect", name, index), str(part), known)


def _unknown(suite: Suite, code: str, message: str, path: KeyPath, word: str, known: Collection[str]) -> Diagnostic:
    guess = nearest(word, known)
    listed = f"there are {', '.join(sorted(known))}" if known else "there are none"
    return _problem(suite, code, message, path, f"did you mean {guess}? {listed}" if guess else listed)


def _problem(suite: Suite, code: str, message: str, path: KeyPath, hint: str) -> Diagnostic:
    place = suite.position(path)
    return Diagnostic(code, message, place, path, hint, source_line=suite.source.line_at(place))
