"""A resource as the policies see it: plain JSON, in which no secret value and no unknown value is left."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

AI_GATEWAY: Final = "cloudflare:index/aiGateway:AiGateway"
ROUTE: Final = "cfaig:index:Route"
PROVIDER_KEY: Final = "cfaig:index:ProviderKey"
CUSTOM_PROVIDER: Final = "cfaig:index:CustomProvider"
COMPONENT: Final = "cfaig:index:Gateway"

# What stands in the place of a value that is marked secret, and of one that a preview cannot know yet.
SECRET: Final = "[secret]"  # noqa: S105
UNKNOWN: Final = "[unknown]"

# How the engine sends them. Source: pulumi/pulumi, sdk/go/common/resource/{properties,plugin/rpc}.go.
_SIGNATURE: Final = "4dabf18193072939515e22adb298388d"
_SECRET_SIGNATURE: Final = "1b47061264138c4ac30d75fd1eb44270"  # noqa: S105
_UNKNOWNS: Final = frozenset(
    {
        "1c4a061d-8072-4f0a-a4cb-0ff528b18fe7",
        "3eeb2bf0-c639-47a8-9e75-3b44932eb421",
        "04da6b54-80e4-46f7-96ec-b56ff0331ba9",
        "6a19a0b0-7e62-4c92-b797-7f8e31da9cc2",
        "030794c1-ac77-496b-92df-f27374a8bd58",
        "e48ece36-62e2-4504-bad9-02848725956a",
        "dd056dcd-154b-4c76-9bd3-c8f88648b5ff",
    }
)


@dataclass(frozen=True, slots=True)
class Resource:
    """One resource with the inputs that its program gives it.

    `component` holds the inputs of the gateway component around it: `labels`, and `definition`, the path of its YAML
    file.
    """

    kind: str
    name: str
    inputs: Mapping[str, object]
    component: Mapping[str, object] = field(default_factory=dict)

    @property
    def gateway(self) -> str:
        """The id of the gateway that it belongs to: what hangs on a gateway is named `<gateway>/<name>`."""
        return self.name.split("/", 1)[0]

    @property
    def own_name(self) -> str:
        """Its name within the gateway."""
        return self.name.split("/", 1)[-1]

    @property
    def definition(self) -> str:
        """The YAML file to change."""
        return known_text(self.component.get("definition")) or f"gateways/{self.gateway}.yaml"


def known_text(value: object) -> str | None:
    """The text, or `None` when it is no text, secret or not known yet."""
    return value if isinstance(value, str) and value not in (SECRET, UNKNOWN) else None


def masked(value: object) -> object:
    """A value of the engine's wire format, with `SECRET` and `UNKNOWN` in the places of such values."""
    if isinstance(value, str):
        return UNKNOWN if value in _UNKNOWNS else value
    if isinstance(value, Mapping):
        if value.get(_SIGNATURE) == _SECRET_SIGNATURE:
            return SECRET
        return {key: masked(item) for key, item in value.items()}
    if isinstance(value, Sequence):
        return [masked(item) for item in value]
    return value
