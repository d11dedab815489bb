"""The bodies of failures, provider by provider."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from cfaig.json_types import Json

# Source: https://platform.openai.com/docs/guides/error-codes
_OPENAI: Final[Mapping[int, tuple[str, str | None]]] = {
    400: ("invalid_request_error", None),
    401: ("invalid_request_error", "invalid_api_key"),
    403: ("invalid_request_error", "unsupported_country_region_territory"),
    404: ("invalid_request_error", "model_not_found"),
    429: ("requests", "rate_limit_exceeded"),
}
# Source: https://docs.anthropic.com/en/api/errors
_ANTHROPIC: Final[Mapping[int, str]] = {
    400: "invalid_request_error",
    401: "authentication_error",
    402: "billing_error",
    403: "permission_error",
    404: "not_found_error",
    413: "request_too_large",
    429: "rate_limit_error",
    504: "timeout_error",
    529: "overloaded_error",
}
# Source: https://ai.google.dev/gemini-api/docs/troubleshooting
_GOOGLE: Final[Mapping[int, str]] = {
    400: "INVALID_ARGUMENT",
    401: "UNAUTHENTICATED",
    403: "PERMISSION_DENIED",
    404: "NOT_FOUND",
    429: "RESOURCE_EXHAUSTED",
    500: "INTERNAL",
    503: "UNAVAILABLE",
    504: "DEADLINE_EXCEEDED",
}
# Source: https://developers.cloudflare.com/workers-ai/platform/errors/
_WORKERS_AI: Final[Mapping[int, int]] = {400: 5004, 401: 10000, 403: 10000, 404: 5007, 408: 3007, 413: 3006, 429: 3040}


def openai_error(status: int, message: str, slug: str) -> Json:
    """OpenAI's, and that of those who speak it; two of them have a shape of their own."""
    kind, code = _OPENAI.get(status, ("server_error" if status >= 500 else "invalid_request_error", None))
    if slug == "openrouter":
        return {"error": {"message": message, "code": status}}
    if slug == "mistral":
        return {"object": "error", "message": message, "type": kind, "param": None, "code": code}
    return {"error": {"message": message, "type": kind, "param": None, "code": code}}


def anthropic_error(status: int, message: str, _slug: str) -> Json:
    """Anthropic's."""
    kind = _ANTHROPIC.get(status, "api_error" if status >= 500 else "invalid_request_error")
    return {"type": "error", "error": {"type": kind, "message": message}, "request_id": "req_scripted"}


def google_error(status: int, message: str, _slug: str) -> Json:
    """Google's."""
    return {"error": {"code": status, "message": message, "status": _GOOGLE.get(status, "UNKNOWN")}}


def workers_ai_error(status: int, message: str, _slug: str) -> Json:
    """Workers AI's."""
    return {
        "result": None,
        "success": False,
        "errors": [{"code": _WORKERS_AI.get(status, 3043), "message": f"AiError: {message}"}],
        "messages": [],
    }


def other_error(status: int, message: str, slug: str) -> Json:
    """That of providers whose native answers have no format here."""
    match slug:
        case "aws-bedrock" | "cohere":
            return {"message": message}
        case "deepgram":
            return {"err_code": str(status), "err_msg": message, "request_id": "scripted"}
        case "elevenlabs":
            return {"detail": {"status": str(status), "message": message}}
        case "huggingface":
            return {"error": message}
        case "replicate":
            return {"title": message, "detail": message, "status": status}
        case "google-vertex-ai":
            return google_error(status, message, slug)
        case "anthropic":
            return anthropic_error(status, message, slug)
        case _:
            return openai_error(status, message, slug)
