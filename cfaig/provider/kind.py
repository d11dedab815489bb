"""What a resource type has to tell and to do; `servicer` speaks the protocol for it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from cfaig.errors import CfaigError
from cfaig.provider.difference import Difference, compare
from cfaig.provider.fields import Failure, Field, check_fields, unknown_outputs
from cfaig.provider.values import Properties, reveal


@dataclass(frozen=True, slots=True)
class Made:
    """A created resource: its Pulumi id and its outputs."""

    id: str
    outputs: Properties = field(repr=False)


@dataclass(frozen=True, slots=True)
class Found:
    """A resource as it is now: id (an import may have named it otherwise), inputs that would make it so, outputs."""

    id: str
    inputs: Properties = field(repr=False)
    outputs: Properties = field(repr=False)


class HalfMadeError(CfaigError):
    """The resource exists, but not wholly as asked.

    The engine keeps id and outputs in its state, shows the reasons and fails. The next run updates the resource again
    (after a failed update the state still has the old inputs).
    """

    def __init__(self, made: Made, reasons: Sequence[str]) -> None:
        super().__init__("; ".join(reasons))
        self.made = made
        self.reasons = tuple(reasons)


class Kind:
    """A resource type. Subclasses set the class variables and implement create, read, update and delete.

    All properties that methods get are plain values without secret wrappings (the servicer takes them off and puts
    them back: outputs named like a secret input, and fields marked secret); in plans they may hold `UNKNOWN`.
    Errors are raised as CfaigError (shown with its hint), HalfMadeError, or become "a bug" to the user.
    """

    token: str = ""
    description: str = ""
    inputs: Sequence[Field] = ()
    outputs: Sequence[Field] = ()  # what the service adds; the inputs are outputs, too
    updated_outputs: Sequence[str] = ()  # those that an update may change
    delete_before_replace: bool = False

    def check(self, news: Properties, olds: Properties) -> tuple[Properties, list[Failure]]:  # noqa: ARG002
        """Normalise new inputs, and tell every problem. `olds` are the inputs in state, empty for a new resource."""
        return check_fields(self.inputs, news)

    def diff(self, identity: str, old_inputs: Properties, old_outputs: Properties, news: Properties) -> Difference:  # noqa: ARG002
        """What an update has to change."""
        replaces = [entry.name for entry in self.inputs if entry.replaces]
        return compare(old_inputs, news, replaces=replaces, delete_before_replace=self.delete_before_replace)

    def plan_create(self, inputs: Properties) -> Properties:
        """The outputs as far as they are known before the resource is made."""
        return inputs | unknown_outputs([entry.name for entry in self.outputs])

    def plan_update(self, old_outputs: Properties, inputs: Properties) -> Properties:
        """The outputs as far as they are known before the update."""
        kept = {entry.name: old_outputs[entry.name] for entry in self.outputs if entry.name in old_outputs}
        return inputs | kept | unknown_outputs(self.updated_outputs)

    def create(self, inputs: Properties) -> Made:
        """Make the resource. After an interrupted earlier try it must find what is there, not make a second one."""
        raise NotImplementedError

    def read(self, identity: str, inputs: Properties, outputs: Properties) -> Found | None:
        """The resource as it is now, None when it is gone. Inputs and outputs are empty at an import."""
        raise NotImplementedError

    def update(self, identity: str, old_inputs: Properties, old_outputs: Properties, inputs: Properties) -> Properties:
        """Change the resource in place; the new outputs."""
        raise NotImplementedError

    def delete(self, identity: str, inputs: Properties, outputs: Properties) -> None:
        """Remove the resource; one that is gone already is no error."""
        raise NotImplementedError

    def secrets(self) -> frozenset[str]:
        """The properties to hide in answers: those marked secret."""
        return frozenset(entry.name for entry in (*self.inputs, *self.outputs) if entry.secret)

    def schema(self) -> dict[str, Any]:
        """The resource in Pulumi's package schema."""
        every = (*self.inputs, *self.outputs)
        return {
            "description": self.description,
            "properties": {entry.name: entry.schema() for entry in every},
            "required": sorted(entry.name for entry in every if entry.required),
            "inputProperties": {entry.name: entry.schema() for entry in self.inputs},
            "requiredInputs": sorted(entry.name for entry in self.inputs if entry.required),
        }


def plain(properties: Mapping[str, Any]) -> Properties:
    """Properties without secret wrappings, as methods of a Kind get them."""
    return {name: reveal(value) for name, value in properties.items()}
