"""What is uploaded as a Worker: a form with the part `metadata` (JSON) and the modules that it names.

Source: what the official plugin sends (facts/official-plugin.md, "Worker and secrets resources").
"""

from __future__ import annotations

import email.policy
import json
from collections.abc import Sequence
from dataclasses import dataclass
from email.message import EmailMessage
from email.parser import BytesParser
from typing import Any, Final

from cfaig.local.answers import failure
from cfaig.local.shapes import Fields, Items, Path, Problems, Shape, Text
from cfaig.strict_json import strict_json

# Cloudflare's code for an upload that it cannot make a Worker of.
INVALID_UPLOAD: Final = 10021
# https://developers.cloudflare.com/workers/platform/limits/: variables and bindings of the paid plan.
MAX_BINDING: Final = 5 * 1024
MAX_BINDINGS: Final = 128

_NAME: Final = Text(low=1, high=255, pattern=r"[A-Za-z_$][A-Za-z0-9_$]*")
_TYPES: Final = ("json", "plain_text", "secret_text", "secrets_store_secret")


class _Json(Shape):
    """Any value, but not more than a binding can hold."""

    def clean(self, value: Any, path: Path, problems: Problems) -> Any:
        """The value as it is."""
        size = len(json.dumps(value, separators=(",", ":"), ensure_ascii=False).encode())
        if size > MAX_BINDING:
            problems.add(path, f"Binding exceeds the limit of 5 KB: {size} bytes")
        return value

    def schema(self) -> dict[str, Any]:
        """Anything."""
        return {}


_OTHER_FIELDS: Final[dict[str, dict[str, Shape]]] = {
    "json": {"json": _Json()},
    "plain_text": {"text": Text(high=MAX_BINDING)},
    "secret_text": {"text": Text(low=1, high=MAX_BINDING)},
    "secrets_store_secret": {"store_id": Text(low=1), "secret_name": Text(low=1)},
}
_ANY_BINDING: Final = Fields({"name": _NAME, "type": Text(low=1)})
_METADATA: Final = Fields(
    {
        "main_module": Text(low=1, high=255),
        "compatibility_date": Text(pattern=r"\d{4}-\d{2}-\d{2}"),
        "compatibility_flags": Items(Text(low=1), default=list),
    },
    optional=frozenset({"compatibility_date"}),
)


@dataclass(frozen=True, slots=True)
class Upload:
    """A Worker of one module, and what it is run with."""

    main_module: str
    code: str
    compatibility_date: str
    compatibility_flags: Sequence[str]
    bindings: Sequence[dict[str, Any]]


def read_upload(content_type: str, body: bytes) -> Upload:
    """The Worker in a request.

    Raises ApiFailure 400/10021 with the first problem.
    """
    parts = _parts(content_type, body)
    try:
        metadata = strict_json(parts["metadata"])
        json.dumps(metadata, ensure_ascii=False).encode()
    except (KeyError, ValueError, RecursionError):
        raise _refused("the part `metadata` is missing, or no JSON") from None
    told = _cleaned(_METADATA, metadata)
    name = str(told["main_module"])
    if name not in parts:
        raise _refused(f"No such module: {name}")
    try:
        code = parts[name].decode()
    except UnicodeDecodeError:
        raise _refused(f"the module {name} is no text") from None
    bindings = _bindings(metadata.get("bindings"))
    return Upload(name, code, str(told.get("compatibility_date", "")), told["compatibility_flags"], bindings)


def _parts(content_type: str, body: bytes) -> dict[str, bytes]:
    """The parts of a form by their names."""
    if not content_type.lower().startswith("multipart/form-data") or not content_type.isascii():
        raise _refused("the body must be multipart/form-data")
    parser = BytesParser(EmailMessage, policy=email.policy.HTTP)
    try:
        form = parser.parsebytes(f"Content-Type: {content_type}\r\n\r\n".encode() + body)
        found = [(part.get_param("name", header="content-disposition"), part) for part in form.iter_parts()]
        contents = {str(name): part.get_payload(decode=True) for name, part in found if name is not None}
    except (ValueError, LookupError, AttributeError, TypeError):
        raise _refused("the body is not a form that can be read") from None
    return {name: content for name, content in contents.items() if isinstance(content, bytes)}


def _bindings(listed: Any) -> list[dict[str, Any]]:
    if listed is None:
        return []
    if not isinstance(listed, list) or len(listed) > MAX_BINDINGS:
        raise _refused(f"bindings: a list of at most {MAX_BINDINGS}")
    bindings = [_binding(each) for each in listed]
    names = [binding["name"] for binding in bindings]
    if doubled := {name for name in names if names.count(name) > 1}:
        raise _refused(f"Binding name '{min(doubled)}' already in use")
    return bindings


def _binding(value: Any) -> dict[str, Any]:
    plain = _cleaned(_ANY_BINDING, value)
    others = _OTHER_FIELDS.get(plain["type"])
    if others is None:
        raise _refused(f"bindings of the type {plain['type']} are not known here: {', '.join(_TYPES)}")
    cleaned: dict[str, Any] = _cleaned(Fields({"name": _NAME, "type": Text(), **others}), value)
    return cleaned


def _cleaned(shape: Shape, value: Any) -> Any:
    problems = Problems()
    cleaned = shape.clean(value, (), problems)
    if problems.found:
        path, message = problems.found[0]
        raise _refused(f"{'.'.join(str(part) for part in path)}: {message}")
    return cleaned


def _refused(message: str) -> Exception:
    return failure(400, INVALID_UPLOAD, message)
