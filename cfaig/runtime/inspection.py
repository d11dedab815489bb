"""Guardrails and DLP (facts/ai-gateway.md 4.3, 4.4): the place for a classifier; none is shipped.

Cloudflare's guardrails are models on Workers AI, its DLP profiles belong to Cloudflare One: neither can be imitated
on a laptop. Who has a classifier gives it to the runtime; without one, the trace says that nothing was inspected.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Final, Protocol

from cfaig.json_types import Json, JsonObject
from cfaig.runtime.errors import Code, Fault
from cfaig.runtime.model import Door

NOTHING_INSPECTED: Final = (
    "guardrails and DLP are configured, but no classifier comes with cfaig: nothing was inspected, nothing is blocked"
)


class Side(StrEnum):
    """What is looked at."""

    REQUEST = "request"
    RESPONSE = "response"


class Control(StrEnum):
    """Which of the gateway's controls has found something."""

    GUARDRAIL = "guardrail"
    DLP = "dlp"


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a classifier has found. `findings` is what the header `cf-aig-dlp` tells of DLP."""

    control: Control
    blocked: bool
    message: str
    findings: JsonObject | None = None


class Inspector(Protocol):
    """A classifier for prompts and answers."""

    async def inspect(self, side: Side, settings: JsonObject, body: bytes) -> Verdict | None:
        """Look at a body with the gateway's `guardrails` and `dlp` in mind; None when there is nothing to tell.

        Raises Fault (see `inspection_failed`) when it cannot look and something might have to be blocked.
        """
        ...


class BlockedFault(Fault):
    """A prompt or an answer that is blocked; no fallback can help."""


def blocked(verdict: Verdict, side: Side, door: Door) -> BlockedFault:
    """The refusal."""
    response = side is Side.RESPONSE
    if verdict.control is Control.DLP:
        code = Code.DLP_RESPONSE_BLOCKED if response else Code.DLP_REQUEST_BLOCKED
        return BlockedFault(code, 400, verdict.message)
    code = Code.RESPONSE_BLOCKED if response else Code.PROMPT_BLOCKED
    return BlockedFault(code, 422 if door is Door.REST else 424, verdict.message)


def inspection_failed(why: str) -> Fault:
    """The classifier could not be reached."""
    return BlockedFault(Code.INSPECTION_FAILED, 503, "Guardrail service failure", why)


def is_inspected(settings: JsonObject) -> bool:
    """Whether the gateway asks for inspection."""
    dlp: Json = settings.get("dlp")
    return bool(settings.get("guardrails")) or (isinstance(dlp, Mapping) and bool(dlp.get("enabled")))
