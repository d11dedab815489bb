"""What the official plugin makes of inputs, states and answers: pure functions over the table of attributes.

Words as in Terraform, on which the official plugin is built: the *state* is what was last known of the resource, the
*planned* state what the inputs ask for.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from cfaig.local.standin.attributes import INPUTS, OUTPUTS, Attribute
from cfaig.provider.difference import Change, Difference, compare
from cfaig.provider.values import UNKNOWN, Properties, Unknown

REPLACING = tuple(attribute.name for attribute in INPUTS if attribute.replaces)


@dataclass(frozen=True, slots=True)
class UnseenDifference(Difference):
    """An update that no input explains: fields left out of the program, which the server has filled in."""

    def __bool__(self) -> bool:
        return True


def known_inputs(news: Mapping[str, Any]) -> Properties:
    """The inputs that the plugin knows; others are dropped without a word, as the official one does."""
    names = {attribute.name for attribute in INPUTS}
    return {name: value for name, value in news.items() if name in names and value is not None}


def planned_state(inputs: Mapping[str, Any]) -> Properties:
    """The inputs with the plugin's own defaults filled in."""
    return _with_defaults(inputs, INPUTS)


def _with_defaults(values: Mapping[str, Any], attributes: Sequence[Attribute]) -> Properties:
    filled: Properties = {}
    for attribute in attributes:
        value = values.get(attribute.name)
        if value is None:
            value = attribute.default
        if value is not None:
            filled[attribute.name] = _converted(value, attribute, _with_defaults)
    return filled


def _converted(value: Any, attribute: Attribute, convert: Any) -> Any:
    """Apply `convert(object, attributes)` to the objects that an attribute holds."""
    if not attribute.inner or isinstance(value, Unknown):
        return value
    if attribute.type == "object" and isinstance(value, Mapping):
        return convert(value, attribute.inner)
    if attribute.type == "array" and isinstance(value, Sequence):
        return [convert(item, attribute.inner) for item in value]
    if attribute.type == "map" and isinstance(value, Mapping):
        return {key: convert(item, attribute.inner) for key, item in value.items()}
    return value


def difference(old_inputs: Mapping[str, Any], state: Mapping[str, Any], inputs: Mapping[str, Any]) -> Difference:
    """What the planned state changes in the last known one; replaced resources are created first.

    What is neither given now nor was before, but is in the state, makes an update that shows nothing.
    """
    planned = planned_state(inputs)
    told = {attribute.name for attribute in INPUTS if attribute.name in inputs or attribute.name in old_inputs}
    seen = compare(
        {name: value for name, value in state.items() if name in told},
        {name: value for name, value in planned.items() if name in told},
        replaces=REPLACING,
    )
    cleared = {path for path, change in seen.changes.items() if change is Change.DELETE and path in _computed()}
    if cleared:  # left out of the program, but the server's to fill in: what is there stays
        kept = {path: change for path, change in seen.changes.items() if path not in cleared}
        seen = Difference(kept, seen.replaces, seen.delete_before_replace)
    unseen = [
        attribute.name
        for attribute in INPUTS
        if attribute.name not in told and not attribute.computed and state.get(attribute.name) != attribute.default
    ]
    return UnseenDifference() if unseen and not seen else seen


def _computed() -> frozenset[str]:
    return frozenset(attribute.name for attribute in INPUTS if attribute.computed)


def request_body(planned: Mapping[str, Any], state: Mapping[str, Any] | None = None) -> Properties:
    """The body of a create, or with the last `state` of an update: then null for what is no longer set.

    Computed fields that are not given are left out in both.
    """
    body = _wire_object(planned, INPUTS, state or {})
    body.pop("account_id", None)
    return body


def _wire_object(planned: Mapping[str, Any], attributes: Sequence[Attribute], state: Mapping[str, Any]) -> Properties:
    body: Properties = {}
    for attribute in attributes:
        value, before = planned.get(attribute.name), state.get(attribute.name)
        if value is None:
            if before is not None and not attribute.computed:
                body[attribute.wire] = None
        elif attribute.type == "object" and isinstance(before, Mapping):
            body[attribute.wire] = _wire_object(value, attribute.inner, before)
        else:
            body[attribute.wire] = _converted(value, attribute, lambda item, inner: _wire_object(item, inner, {}))
    return body


def state_of(answer: Mapping[str, Any], account: str) -> Properties:
    """The state that a gateway of the API makes: every field that the plugin knows and that is not null."""
    return {"accountId": account, **_from_wire(answer, (*INPUTS, *OUTPUTS))}


def _from_wire(values: Mapping[str, Any], attributes: Sequence[Attribute]) -> Properties:
    return {
        attribute.name: _converted(values[attribute.wire], attribute, _from_wire)
        for attribute in attributes
        if values.get(attribute.wire) is not None
    }


def state_after(planned: Mapping[str, Any], answer: Mapping[str, Any]) -> Properties:
    """The state after a create or an update: what was planned, and only the computed fields from the answer."""
    computed = _from_wire(answer, [attribute for attribute in (*INPUTS, *OUTPUTS) if attribute.computed])
    empty: Properties = {"otels": [], "spendLimits": {"enabled": False, "rules": []}}
    return {**empty, **computed, **planned}


def imported_inputs(state: Mapping[str, Any]) -> Properties:
    """The inputs after an import: the state without optional fields that are zero or equal the default."""
    return _without_defaults(state, INPUTS)


def _without_defaults(values: Mapping[str, Any], attributes: Sequence[Attribute]) -> Properties:
    inputs: Properties = {}
    for attribute in attributes:
        if attribute.name not in values:
            continue
        value = _converted(values[attribute.name], attribute, _without_defaults)
        default = not value if attribute.default is None else value == attribute.default
        if attribute.required or not default:
            inputs[attribute.name] = value
    return inputs


def refreshed_inputs(old: Any, new: Any) -> Any:
    """The inputs after a refresh: those that were given, with the values of the new state."""
    if isinstance(old, Mapping) and isinstance(new, Mapping):
        return {name: refreshed_inputs(value, new[name]) for name, value in old.items() if name in new}
    if isinstance(old, Sequence) and isinstance(new, Sequence) and not isinstance(old, str):
        return [refreshed_inputs(old[index], item) if index < len(old) else item for index, item in enumerate(new)]
    return new


def planned_outputs(inputs: Mapping[str, Any], state: Mapping[str, Any]) -> Properties:
    """The state as far as a preview knows it; `state` is empty before a create."""
    planned = planned_state(inputs)
    for attribute in (*INPUTS, *OUTPUTS):
        if attribute.computed and attribute.name not in planned:
            changes = attribute.name == "modifiedAt"
            planned[attribute.name] = UNKNOWN if changes else state.get(attribute.name, UNKNOWN)
    return planned
