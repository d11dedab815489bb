"""What an apply has done so far, told from the engine's events."""

from __future__ import annotations

import re
import threading
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from pulumi.automation.events import EngineEvent

from cfaig.deploy.types import Type
from cfaig.live.pacing import WAITING
from cfaig.reconcile.change import ResourceKey

KINDS: Final[Mapping[str, str]] = {
    Type.GATEWAY: "gateway",
    Type.ROUTE: "route",
    Type.PROVIDER_KEY: "provider key",
    Type.CUSTOM_PROVIDER: "custom provider",
    Type.DOMAIN: "custom domain",
    Type.STORE: "secrets store",
    Type.WORKER: "edge",
    Type.WORKER_DOMAIN: "host name of the edge",
}
# The engine's steps that change something, in the words of a sentence: (while it goes on, when it is done).
VERBS: Final[Mapping[str, tuple[str, str]]] = {
    "create": ("creating", "created"),
    "update": ("changing", "changed"),
    "delete": ("deleting", "deleted"),
    "replace": ("replacing", "replaced"),
    "create-replacement": ("creating a replacement of", "created a replacement of"),
    "delete-replaced": ("deleting the replaced", "deleted the replaced"),
    "import": ("adopting", "adopted"),
}

# What is in the stack for its own sake.
_UNTOLD: Final = frozenset({Type.COMPONENT, Type.BEGUN})

# The operations of which a replacement is made up.
REPLACING: Final = frozenset({"replace", "create-replacement", "delete-replaced"})


@dataclass(frozen=True, slots=True)
class Step:
    """One change of one resource."""

    urn: str
    operation: str

    @property
    def type(self) -> str:
        """The resource's type."""
        return self.urn.split("::")[2].rsplit("$", 1)[-1]

    @property
    def name(self) -> str:
        """The resource's logical name."""
        return self.urn.rsplit("::", 1)[-1]

    @property
    def subject(self) -> str:
        """Which resource, in our words: `route support/chat`."""
        return f"{KINDS.get(self.type, self.type)} {self.name}"

    @property
    def replaced(self) -> ResourceKey | None:
        """The gateway or route that is deleted and made anew; None for any other step."""
        if self.operation not in REPLACING:
            return None
        if self.type == Type.GATEWAY:
            return ResourceKey.of_gateway(self.name)
        return ResourceKey.of_route(*self.name.split("/", 1)) if self.type == Type.ROUTE else None

    def told(self, *, done: bool) -> str:
        """The step as a phrase."""
        return f"{VERBS[self.operation][done]} {self.subject}"


@dataclass(frozen=True, slots=True)
class PolicyFinding:
    """What a policy says about a resource."""

    policy: str
    message: str
    mandatory: bool


@dataclass(slots=True)
class Progress:
    """Collects the engine's events; `on_step` is called as steps begin, end and fail (`None`, `True`, `False`).

    `tell` gets what a plugin says while it waits for calls to be allowed again; `beside` is what else was written to
    stderr that belongs to no resource, such as the policy pack's.
    """

    on_step: Callable[[Step, bool | None], None] = lambda _step, _done: None
    tell: Callable[[str], None] = lambda _text: None
    started: dict[str, Step] = field(default_factory=dict)
    done: list[Step] = field(default_factory=list)
    failed: list[Step] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)
    findings: list[PolicyFinding] = field(default_factory=list)
    beside: list[str] = field(default_factory=list)
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def __call__(self, event: EngineEvent) -> None:
        """Take one event."""
        with self._lock:
            if event.resource_pre_event:
                self._step(event.resource_pre_event.metadata, None)
            elif event.res_outputs_event:
                self._step(event.res_outputs_event.metadata, True)
            elif event.res_op_failed_event:
                self._step(event.res_op_failed_event.metadata, False)
            elif event.diagnostic_event:
                self._diagnostic(event.diagnostic_event)
            elif event.policy_event:
                self._finding(event.policy_event)

    def _step(self, metadata: Any, outcome: bool | None) -> None:
        operation = str(getattr(metadata.op, "value", metadata.op))
        if operation not in VERBS or metadata.type in _UNTOLD or metadata.type.startswith("pulumi:"):
            return
        step = Step(metadata.urn, operation)
        if outcome is None:
            self.started[metadata.urn] = step
        else:
            (self.done if outcome else self.failed).append(step)
        self.on_step(step, outcome)

    def _diagnostic(self, event: Any) -> None:
        if event.severity == "info#err" and event.message.startswith(WAITING):
            self.tell(event.message.strip())
        elif event.severity == "info#err" and not event.urn:
            self.beside.append(_plainly(event.message))
        elif event.severity == "error" and not event.ephemeral:
            text = _plainly(event.message)
            if text and not text.startswith("update failed"):
                where = f"{Step(event.urn, 'update').subject}: " if event.urn and "::" in event.urn else ""
                self.errors.append(where + text)

    def _finding(self, event: Any) -> None:
        self.findings.append(
            PolicyFinding(event.policy_name, event.message.strip(), event.enforcement_level == "mandatory")
        )


def _plainly(message: str) -> str:
    """An error as the plugin told it, without the list that the engine makes even of one."""
    lines = [line for line in message.strip().splitlines() if line.strip()]
    if lines and re.fullmatch(r"\d+ errors? occurred:", lines[0]):
        lines = [line.strip().removeprefix("* ") for line in lines[1:]]
    return "\n".join(lines)
