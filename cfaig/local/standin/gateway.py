"""The resource type `cloudflare:index/aiGateway:AiGateway`, as the official plugin has it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final

from cfaig.errors import CfaigError
from cfaig.local.standin import behaviour
from cfaig.local.standin.attributes import INPUTS, OUTPUTS, Attribute
from cfaig.local.standin.client import Client, RequestError
from cfaig.local.standin.validation import problems
from cfaig.provider.difference import Difference
from cfaig.provider.fields import Failure, Field, FieldType
from cfaig.provider.kind import Found, Kind, Made
from cfaig.provider.values import Properties, Unknown

NOT_FOUND_WARNING: Final = (
    "Resource not found: The resource was not found on the server and will be removed from state."
)
_FIELD_TYPES: Final[dict[str, FieldType]] = {
    "string": "string",
    "integer": "integer",
    "number": "number",
    "boolean": "boolean",
    "array": "array",
    "object": "object",
    "map": "object",
}


def _field(attribute: Attribute) -> Field:
    return Field(
        attribute.name,
        _FIELD_TYPES[attribute.type],
        f"The API's `{attribute.wire}`.",
        required=attribute.required,
        replaces=attribute.replaces,
    )


class AiGateway(Kind):
    """One gateway. `warn` tells the user something that is no failure."""

    token = "cloudflare:index/aiGateway:AiGateway"  # noqa: S105 (the name of a type)
    description = "An AI Gateway."
    inputs = tuple(_field(attribute) for attribute in INPUTS)
    outputs = tuple(_field(attribute) for attribute in OUTPUTS)

    def __init__(self, client: Client, warn: Callable[[str], None]) -> None:
        self._client = client
        self._warn = warn

    def check(self, news: Properties, olds: Properties) -> tuple[Properties, list[Failure]]:  # noqa: ARG002
        """Drop unknown inputs, refuse wrong values. Places are told by the gateway's id, which names our resources."""
        inputs = behaviour.known_inputs(news)
        name = inputs.get("aiGatewayId", "")
        place = "" if isinstance(name, Unknown) else str(name)
        return inputs, [Failure("", reason) for reason in problems(inputs, place)]

    def diff(self, identity: str, old_inputs: Properties, old_outputs: Properties, news: Properties) -> Difference:  # noqa: ARG002
        """Compare with the state, not with the inputs that made it."""
        return behaviour.difference(old_inputs, old_outputs, news)

    def plan_create(self, inputs: Properties) -> Properties:
        """The outputs as far as they are known before."""
        return behaviour.planned_outputs(inputs, {})

    def plan_update(self, old_outputs: Properties, inputs: Properties) -> Properties:
        """The outputs as far as they are known before."""
        return behaviour.planned_outputs(inputs, old_outputs)

    def create(self, inputs: Properties) -> Made:
        """POST; never adopts a gateway that exists, but tries for minutes."""
        planned = behaviour.planned_state(inputs)
        answer = self._client.gateway("POST", inputs["accountId"], body=behaviour.request_body(planned))
        return Made(inputs["aiGatewayId"], behaviour.state_after(planned, answer))

    def read(self, identity: str, inputs: Properties, outputs: Properties) -> Found | None:
        """GET; an import (no outputs yet) names the gateway `<account_id>/<gateway_id>`."""
        importing = not outputs
        account, gateway = _import_id(identity) if importing else (str(outputs["accountId"]), identity)
        answer = self._get(account, gateway)
        if answer is None:
            if not importing:
                self._warn(NOT_FOUND_WARNING)
            return None
        state = behaviour.state_of(answer, account)
        now = behaviour.imported_inputs(state) if importing else behaviour.refreshed_inputs(inputs, state)
        return Found(gateway, now, state)

    def _get(self, account: str, gateway: str) -> Any:
        try:
            return self._client.gateway("GET", account, gateway)
        except RequestError as failure:
            if failure.status == 404:
                return None
            raise

    def update(self, identity: str, old_inputs: Properties, old_outputs: Properties, inputs: Properties) -> Properties:  # noqa: ARG002
        """PUT."""
        planned = behaviour.planned_state(inputs)
        body = behaviour.request_body(planned, old_outputs)
        answer = self._client.gateway("PUT", inputs["accountId"], identity, body)
        return behaviour.state_after(planned, answer)

    def delete(self, identity: str, inputs: Properties, outputs: Properties) -> None:  # noqa: ARG002
        """DELETE; a gateway that is gone already is an error."""
        self._client.gateway("DELETE", outputs["accountId"], identity)


def _import_id(identity: str) -> tuple[str, str]:
    account, slash, gateway = identity.partition("/")
    if not (account and slash and gateway) or "/" in gateway:
        raise CfaigError(f'invalid ID: expected urlencoded segments "<account_id>/<gateway_id>", got "{identity}"')
    return account, gateway
