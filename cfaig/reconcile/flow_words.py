"""Routes in words: what a flow does, and how two flows differ."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from difflib import SequenceMatcher
from typing import Any, Final, TypeAlias

from cfaig.definition.catalog import CUSTOM_PREFIX
from cfaig.definition.model import Chain, Flow, If, Limit, Model, Split
from cfaig.json_types import Json
from cfaig.reconcile.amounts import any_value, dollars, milliseconds, seconds

Where: TypeAlias = tuple[str, ...]

INDENT: Final = "  "
AFTER_CHAIN: Final = "when all fail"
NOTHING: Final = "the request ends"
_ENDS: Final = Chain(())
_OPERATORS: Final[Mapping[str, str]] = {
    "$eq": "is",
    "$ne": "is not",
    "$gt": ">",
    "$gte": "≥",
    "$lt": "<",
    "$lte": "≤",
    "$in": "is one of",
    "$nin": "is none of",
}


def flow_tree(flow: Flow) -> Iterator[str]:
    """What the flow does, a line for each model and each branch, indented."""
    if isinstance(flow, Chain):
        if not flow.models and flow.then is None:
            yield NOTHING
        for number, model in enumerate(flow.models):
            yield ("then " if number else "") + _model(model)
        if flow.then:
            yield f"{AFTER_CHAIN}:"
            yield from _indented(flow.then)
        return
    for label, branch in _branches(flow):
        yield f"{label}:"
        yield from _indented(branch)


def flow_line(flow: Flow, known: Flow | None = None, known_as: str = "") -> str:
    """What the flow does, in one line; a branch that does what `known` does is told by `known_as` alone."""
    if flow == known:
        return known_as
    if isinstance(flow, Chain):
        models = ", then ".join(_model(model) for model in flow.models) or NOTHING
        return f"{models}, {AFTER_CHAIN}: {flow_line(flow.then, known, known_as)}" if flow.then else models
    return "; ".join(f"{label}: {flow_line(branch, known, known_as)}" for label, branch in _branches(flow))


def flow_changes(old: Flow, new: Flow, where: Where = ()) -> Iterator[str]:
    """How `new` differs from `old`, branch by branch; `where` is the way to them."""
    if old == new:
        return
    if isinstance(old, Chain) and isinstance(new, Chain):
        yield from _chain_changes(old, new, where)
    elif isinstance(old, If) and isinstance(new, If):
        if old.conditions != new.conditions:
            yield _at(where, f"if {condition(old.conditions)} → if {condition(new.conditions)}")
        yield from flow_changes(old.then, new.then, (*where, "then"))
        yield from flow_changes(old.otherwise, new.otherwise, (*where, "else"))
    elif isinstance(old, Limit) and isinstance(new, Limit):
        yield from _limit_changes(old, new, where)
        yield from flow_changes(old.then, new.then, (*where, "within the limit"))
        over = [flow.otherwise or _ENDS for flow in (old, new)]
        yield from flow_changes(over[0], over[1], (*where, "over the limit"))
    elif isinstance(old, Split) and isinstance(new, Split):
        yield from _split_changes(old, new, where)
    elif old == _ENDS:
        yield _at(where, f"{flow_line(new)} (new)")
    elif new == _ENDS:
        yield _at(where, f"{flow_line(old)} (removed)")
    else:
        yield from (_at(where, line) for line in _replaced(old, new))


def _replaced(old: Flow, new: Flow) -> Iterator[str]:
    """Two flows of different forms: often one is the other with something around it."""
    was, now = flow_line(old), flow_line(new)
    if (wrapped := flow_line(new, old, "as before")) != now:
        yield f"now {wrapped}"
    elif (unwrapped := flow_line(old, new, "as now")) != was:
        yield f"was {unwrapped}"
    else:
        yield f"was {was}"
        yield f"now {now}"


def condition(value: Json) -> str:
    """A condition in words: `metadata.plan is paid and metadata.region is one of eu, us`."""
    if not isinstance(value, Mapping):
        return any_value(value)
    return " and ".join(_clause(name, wanted) for name, wanted in value.items()) or "always"


def model_name(model: Model) -> str:
    """The model with its provider, as a definition names them."""
    return f"{model.provider.removeprefix(CUSTOM_PREFIX)}/{model.model}"


def _clause(name: str, wanted: Json) -> str:
    if name in ("$and", "$or") and isinstance(wanted, Sequence) and not isinstance(wanted, str):
        return "(" + f" {name[1:]} ".join(condition(part) for part in wanted) + ")"
    if name == "$not":
        return f"not ({condition(wanted)})"
    if isinstance(wanted, Mapping):
        return " and ".join(_comparison(name, operator, operand) for operator, operand in wanted.items())
    return f"{name} is {any_value(wanted)}"


def _comparison(name: str, operator: str, operand: Json) -> str:
    if operator == "$exists":
        return f"{name} is {'given' if operand else 'missing'}"
    many = isinstance(operand, Sequence) and not isinstance(operand, str)
    told = ", ".join(any_value(item) for item in operand) if many else any_value(operand)  # type: ignore[union-attr]
    return f"{name} {_OPERATORS.get(operator, operator)} {told}"


def _branches(flow: If | Limit | Split) -> list[tuple[str, Flow]]:
    if isinstance(flow, If):
        return [(f"if {condition(flow.conditions)}", flow.then), ("else", flow.otherwise)]
    if isinstance(flow, Limit):
        return [(f"up to {_limit(flow)}", flow.then), ("over the limit", flow.otherwise or _ENDS)]
    return [(_percent(share), branch) for share, branch in flow.shares]


def _limit(flow: Limit) -> str:
    return f"{_allowance(flow)} for each {flow.key}"


def _allowance(flow: Limit) -> str:
    amount = dollars(flow.amount) if flow.kind == "cost" else f"{flow.amount.normalize():f} requests"
    return f"{amount} per {seconds(flow.per)}"


def _limit_changes(old: Limit, new: Limit, where: Where) -> Iterator[str]:
    if _allowance(old) != _allowance(new):
        yield _at(where, f"limit {_allowance(old)} → {_allowance(new)}")
    if old.key != new.key:
        yield _at(where, f"limit for each {old.key} → for each {new.key}")


def _percent(share: Decimal) -> str:
    return f"{share.normalize():f}%"


def _model(model: Model) -> str:
    details = ", ".join(_model_details(model))
    return model_name(model) + (f" ({details})" if details else "")


def _model_details(model: Model) -> Iterator[str]:
    if model.timeout_ms:
        yield f"timeout {milliseconds(model.timeout_ms)}"
    if model.retries:
        yield f"{model.retries} {'retry' if model.retries == 1 else 'retries'}"


def _indented(flow: Flow) -> Iterator[str]:
    return (INDENT + line for line in flow_tree(flow))


def _at(where: Where, text: str) -> str:
    return f"{' › '.join(where)}: {text}" if where else text


def _chain_changes(old: Chain, new: Chain, where: Where) -> Iterator[str]:
    before, after = [model_name(model) for model in old.models], [model_name(model) for model in new.models]
    steps = SequenceMatcher(None, before, after, autojunk=False).get_opcodes()
    removed = [name for tag, i, j, _, _ in steps if tag in ("delete", "replace") for name in before[i:j]]
    inserted = [name for tag, _, _, i, j in steps if tag in ("insert", "replace") for name in after[i:j]]
    moved = {name for name in removed if removed.count(name) == inserted.count(name) == 1}
    for tag, i, j, k, m in steps:
        if tag == "equal":
            for first, second in zip(old.models[i:j], new.models[k:m], strict=True):
                yield from (_at(where, line) for line in _model_changes(first, second))
            continue
        gone = [name for name in before[i:j] if name not in moved]
        come = [model for model in new.models[k:m] if model_name(model) not in moved]
        if len(gone) == len(come) == 1 and (j - i, m - k) == (1, 1):
            yield _at(where, f"{gone[0]} replaced by {_model(come[0])}")
            continue
        if gone:
            yield _at(where, f"{', '.join(gone)} removed")
        yield from (_at(where, line) for line in _insertions(old, new, range(k, m), moved))
    then = [chain.then or _ENDS for chain in (old, new)]
    yield from flow_changes(then[0], then[1], (*where, AFTER_CHAIN))


def _insertions(old: Chain, new: Chain, places: range, moved: set[str]) -> Iterator[str]:
    for place in places:
        model = new.models[place]
        behind = f"after {model_name(new.models[place - 1])}" if place else None
        if model_name(model) not in moved:
            yield f"{_model(model)} added {behind or 'in the first place'}"
            continue
        yield f"{model_name(model)} moved {behind or 'to the first place'}"
        former = next(one for one in old.models if model_name(one) == model_name(model))
        yield from _model_changes(former, model)


def _model_changes(old: Model, new: Model) -> Iterator[str]:
    if old.timeout_ms != new.timeout_ms:
        yield f"{model_name(new)} timeout {_timeout(old.timeout_ms)} → {_timeout(new.timeout_ms)}"
    if old.retries != new.retries:
        yield f"{model_name(new)} retries {old.retries} → {new.retries}"


def _timeout(value: int) -> str:
    return milliseconds(value) if value else "none"


def _split_changes(old: Split, new: Split, where: Where) -> Iterator[str]:
    pairs, removed, added = _matched_shares(old.shares, new.shares)
    for (before, old_flow), (after, new_flow) in pairs:
        if before != after:
            yield _at(where, f"{_percent(before)} → {_percent(after)}: {flow_line(new_flow)}")
        yield from flow_changes(old_flow, new_flow, (*where, _percent(after)))
    for share, flow in removed:
        yield _at(where, f"{_percent(share)} removed: {flow_line(flow)}")
    for share, flow in added:
        yield _at(where, f"{_percent(share)} added: {flow_line(flow)}")


def _matched_shares(old: Sequence[Any], new: Sequence[Any]) -> tuple[list[tuple[Any, Any]], list[Any], list[Any]]:
    """Shares that belong together: first those with the same flow, then those with the same size."""
    pairs, rest_old, rest_new = [], list(old), list(new)
    for same in (1, 0):
        for share in tuple(rest_new):
            partner = next((other for other in rest_old if other[same] == share[same]), None)
            if partner is not None:
                pairs.append((partner, share))
                rest_old.remove(partner)
                rest_new.remove(share)
    return sorted(pairs, key=lambda pair: new.index(pair[1])), rest_old, rest_new
