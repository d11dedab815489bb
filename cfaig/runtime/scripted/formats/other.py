"""What has no format of its own here: lists of models, and a plain JSON answer for everything else."""

from __future__ import annotations

from typing import Final

from cfaig.json_types import Json
from cfaig.runtime.providers.prices import Prices
from cfaig.runtime.scripted.formats.errors import anthropic_error, google_error, openai_error, other_error
from cfaig.runtime.scripted.formats.format import Format
from cfaig.runtime.scripted.reply import Reply


def _priced(slug: str) -> list[str]:
    """Models of a provider: those that have a price."""
    return sorted(name.removeprefix(f"{slug}/") for name in Prices().table if name.startswith(f"{slug}/"))


def _openai_models(reply: Reply) -> Json:
    models: list[Json] = [
        {"id": model, "object": "model", "created": reply.created, "owned_by": reply.slug}
        for model in _priced(reply.slug)
    ]
    return {"object": "list", "data": models}


def _anthropic_models(reply: Reply) -> Json:
    models: list[Json] = [
        {"type": "model", "id": model, "display_name": model, "created_at": "2025-01-01T00:00:00Z"}
        for model in _priced(reply.slug)
    ]
    ids = _priced(reply.slug)
    return {
        "data": models,
        "has_more": False,
        "first_id": ids[0] if ids else None,
        "last_id": ids[-1] if ids else None,
    }


def _google_models(reply: Reply) -> Json:
    return {"models": [{"name": f"models/{model}", "displayName": model} for model in _priced(reply.slug)]}


def _plain(reply: Reply) -> Json:
    """Tokens only when the script tells them: not every provider counts some."""
    answer: dict[str, Json] = {
        "provider": reply.slug,
        "model": reply.model,
        "path": reply.asked.path,
        "text": reply.text,
    }
    if reply.told.tokens_in is not None or reply.told.tokens_out is not None:
        answer["usage"] = {"input_tokens": reply.usage.tokens_in, "output_tokens": reply.usage.tokens_out}
    return answer


OPENAI_MODELS: Final = Format(_openai_models, openai_error)
ANTHROPIC_MODELS: Final = Format(_anthropic_models, anthropic_error)
GOOGLE_MODELS: Final = Format(_google_models, google_error)
OTHER: Final = Format(_plain, other_error)
