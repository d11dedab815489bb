"""How the gateway itself refuses: codes, HTTP statuses and bodies (facts/ai-gateway.md 6.8)."""

from __future__ import annotations

import json
from enum import IntEnum

from cfaig.json_types import Json


class Code(IntEnum):
    """Codes of the data plane that occur here, as Cloudflare numbers them."""

    NOT_CONFIGURED = 2001
    BAD_OUTPUT = 2002
    RATE_LIMITED = 2003
    NO_ANSWER = 2005
    INVALID_PROVIDER = 2008
    UNAUTHORIZED = 2009
    PROMPT_BLOCKED = 2016
    RESPONSE_BLOCKED = 2017
    BAD_FORMAT = 2019
    NO_CREDITS = 2021
    DLP_REQUEST_BLOCKED = 2029
    DLP_RESPONSE_BLOCKED = 2030
    UNKNOWN_ALIAS = 2040
    SPEND_LIMIT = 2045
    INVALID_INPUT = 7003
    INSPECTION_FAILED = 7013
    AUTHENTICATION = 10000


class Fault(Exception):  # noqa: N818  (a refusal that works as meant, no error)
    """The gateway's own no to a call, or to one provider in a chain.

    `message` is Cloudflare's where one is known; `description` tells a developer what to do.
    """

    def __init__(self, code: Code, status: int, message: str, description: str = "") -> None:
        super().__init__(message)
        self.code = code
        self.status = status
        self.message = message
        self.description = description

    def told(self) -> dict[str, Json]:
        """What a trace says of it."""
        return {"status": self.status, "message": self.message, "description": self.description}


def fault_body(fault: Fault) -> bytes:
    """The JSON that a client gets; the key is `error`, not `errors`, but for api.cloudflare.com's own refusals."""
    entry = {"code": int(fault.code), "message": fault.message}
    if fault.code is Code.AUTHENTICATION:
        return _json({"success": False, "errors": [entry], "messages": [], "result": None})
    return _json(
        {
            "success": False,
            "result": [],
            "messages": [],
            "error": [entry],
            "name": "AiGatewayError",
            "httpCode": fault.status,
            "internalCode": int(fault.code),
            "message": fault.message,
            "description": fault.description or fault.message,
        }
    )


def invalid_provider(slug: str, why: str = "") -> Fault:
    """No such provider, or none that can be used."""
    return Fault(Code.INVALID_PROVIDER, 400, "Invalid provider", why or f"there is no provider {slug}")


def model_not_found(model: str, why: str = "") -> Fault:
    """No such model, or no such route."""
    return Fault(Code.INVALID_PROVIDER, 400, "Model not found", why or f"there is no model {model}")


def bad_format(why: str) -> Fault:
    """The body is no chat completion."""
    return Fault(Code.BAD_FORMAT, 400, "Chat completion bad format", why)


def invalid_input(why: str) -> Fault:
    """The request, or the route, cannot be carried out."""
    return Fault(Code.INVALID_INPUT, 400, "User Input Error", why)


def no_answer(why: str) -> Fault:
    """No provider gave a first byte."""
    return Fault(Code.NO_ANSWER, 400, "Failed to get response from provider", why)


def bad_output(why: str) -> Fault:
    """A model of a route has not answered with JSON; its HTTP status at Cloudflare is not known."""
    return Fault(Code.BAD_OUTPUT, 400, "Failed to parse model output", why)


def rate_limited(why: str) -> Fault:
    """Over a limit on requests; no Retry-After comes with it (facts/ai-gateway.md 4.1)."""
    return Fault(Code.RATE_LIMITED, 429, "Rate limited", why)


def _json(body: object) -> bytes:
    return json.dumps(body, separators=(",", ":"), ensure_ascii=False).encode()
