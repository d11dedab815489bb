"""Which model a request is for."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from typing import Final
from urllib.parse import parse_qs, unquote

# Where providers have the model in the path of a request; the first group is its name.
_IN_PATHS: Final[Mapping[str, re.Pattern[str]]] = {
    "aws-bedrock": re.compile(r"(?:^|/)model/([^/]+)/"),
    "azure-openai": re.compile(r"^[^/]+/([^/]+)(?:/|$)"),
    "baseten": re.compile(r"^model/([^/]+)"),
    "fal": re.compile(r"^(.+?)/?$"),
    "google-ai-studio": re.compile(r"(?:^|/)models/([^/:]+)"),
    "google-vertex-ai": re.compile(r"/models/([^/:]+)"),
    "huggingface": re.compile(r"^([^/]+(?:/[^/]+)?)"),
    "replicate": re.compile(r"(?:^|/)models/([^/]+/[^/]+)/predictions"),
    "workers-ai": re.compile(r"^(?:run/)?(@[a-z]+/.+?)/?$"),
}
_FORM_FIELD: Final = re.compile(rb'name="model"\r?\n\r?\n([^\r\n]{1,200})\r?\n')
_MEMBERS: Final = ("model", "model_id", "modelId")


def model_of(slug: str, path: str, body: bytes, query: str = "") -> str | None:
    """The model that a native request names, in its path, body (JSON or form) or query; None when it names none.

    `path` is what follows the slug.
    """
    path = unquote(path.lstrip("/"))
    pattern = _IN_PATHS.get(slug)
    if pattern is not None and (found := pattern.search(path)):
        return found[1]
    return _in_body(body) or _in_query(query)


def _in_body(body: bytes) -> str | None:
    start = body[:1024].lstrip()
    if start.startswith(b"{"):
        try:
            value = json.loads(body)
        except (ValueError, RecursionError):
            return None
        return next((value[name] for name in _MEMBERS if isinstance(value.get(name), str)), None)
    field = _FORM_FIELD.search(body) if start.startswith(b"--") else None
    return field[1].decode("utf-8", "replace") if field else None


def _in_query(query: str) -> str | None:
    return next(iter(parse_qs(query).get("model", ())), None)
