"""Answers in the shapes of the v4 API: the envelope, pages, errors.

Source: facts/ai-gateway.md 1.6 and 1.7. What the product leaves out of the envelope (lists of routes, versions and
deployments) is built where it is answered.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Final

from fastapi import Request
from fastapi.responses import JSONResponse

from cfaig.local.shapes import Path, Problems, Shape
from cfaig.strict_json import strict_json

VALIDATION: Final = 7001
GATEWAY_NOT_FOUND: Final = 7002
NO_ROUTE: Final = 7003
ROUTE_NOT_FOUND: Final = 7005
AUTHENTICATION: Final = 10000


class ApiFailure(Exception):  # noqa: N818 (an answer of the API, not an error of this program)
    """An answer that is no success."""

    def __init__(self, status: int, *errors: Mapping[str, Any], headers: Mapping[str, str] | None = None) -> None:
        super().__init__(status)
        self.status = status
        self.errors = errors
        self.headers = dict(headers or {})

    def response(self) -> JSONResponse:
        """The answer, enveloped."""
        body = {"success": False, "errors": list(self.errors), "messages": [], "result": None}
        return JSONResponse(body, self.status, self.headers)


def failure(status: int, code: int, message: str, path: Path | None = None) -> ApiFailure:
    """One error as the API tells it."""
    error: dict[str, Any] = {"code": code, "message": message}
    if path is not None:
        error["path"] = list(path)
    return ApiFailure(status, error)


def already_exists(what: str) -> ApiFailure:
    """The answer to a name that is taken (facts 1.7, official-plugin.md: 409 with code 7001)."""
    return failure(409, VALIDATION, f"{what} already exists")


def invalid(problems: Problems) -> ApiFailure:
    """All problems of one request, in one answer."""
    return ApiFailure(
        400, *({"code": VALIDATION, "message": text, "path": list(path)} for path, text in problems.found)
    )


def success(result: Any, status: int = 200, **more: Any) -> JSONResponse:
    """The envelope around a result."""
    return JSONResponse({"success": True, "errors": [], "messages": [], "result": result} | more, status)


def page_of(items: Sequence[Any], page: int, per_page: int) -> Sequence[Any]:
    """The items of one page; pages count from 1."""
    return items[(page - 1) * per_page : page * per_page]


def success_page(items: Sequence[Any], page: int, per_page: int) -> JSONResponse:
    """One page of a list, with its place in the whole."""
    shown = page_of(items, page, per_page)
    info = {"count": len(shown), "page": page, "per_page": per_page, "total_count": len(items)}
    return success(list(shown), result_info=info)


def bare_page(name: str, items: Sequence[Any], page: int, per_page: int, order_by: str) -> JSONResponse:
    """One page in the way of routes, versions and deployments: `data` instead of `result`, and no total."""
    place = {"order_by": order_by, "order_by_direction": "desc", "page": page, "per_page": per_page}
    return JSONResponse({"success": True, "data": {name: list(page_of(items, page, per_page))} | place})


async def read_body(request: Request, shape: Shape) -> Any:
    """The JSON body, checked and cleaned; as in the real API before anything is looked up.

    Raises ApiFailure 400/7001 with every problem.
    """
    raw = await request.body()
    try:
        value = strict_json(raw)
        if b"\\ud" in raw.lower():
            json.dumps(value, ensure_ascii=False).encode()
    except (ValueError, RecursionError):
        raise failure(400, VALIDATION, "Malformed JSON in request body", ("body",)) from None
    problems = Problems()
    cleaned = shape.clean(value, ("body",), problems)
    if problems.found:
        raise invalid(problems)
    return cleaned


def read_page(request: Request, most: int = 100) -> tuple[int, int]:
    """The query parameters `page` (from 1) and `per_page` (1 to `most`, default 20).

    Raises ApiFailure 400/7001 for anything else.
    """
    problems = Problems()
    page = _whole(request, "page", 1, None, problems)
    per_page = _whole(request, "per_page", 20, most, problems)
    if problems.found:
        raise invalid(problems)
    return page, per_page


def _whole(request: Request, name: str, default: int, most: int | None, problems: Problems) -> int:
    text = request.query_params.get(name)
    if text is None:
        return default
    if not (text.isascii() and text.isdigit() and len(text) < 10):
        problems.add(("query", name), "Expected number, received nan")
        return default
    number = int(text)
    if number < 1:
        problems.add(("query", name), "Number must be greater than or equal to 1")
    if most is not None and number > most:
        problems.add(("query", name), f"Number must be less than or equal to {most}")
    return number


def read_flag(request: Request, name: str) -> bool | None:
    """A query parameter that is true or false, or `None` when it is not there."""
    text = request.query_params.get(name)
    if text is None:
        return None
    if text not in {"true", "false"}:
        raise failure(400, VALIDATION, "Expected boolean, received string", ("query", name))
    return text == "true"


def body_docs(shape: Shape) -> dict[str, Any]:
    """The part of the OpenAPI document that tells about a body."""
    return {"requestBody": {"required": True, "content": {"application/json": {"schema": shape.schema()}}}}


def page_docs(most: int = 100, others: Iterable[str] = ()) -> dict[str, Any]:
    """The part of the OpenAPI document that tells about the query of a list."""
    numbers = {
        "page": {"type": "integer", "minimum": 1},
        "per_page": {"type": "integer", "minimum": 1, "maximum": most},
    }
    schemas: dict[str, dict[str, Any]] = numbers | {name: {"type": "string"} for name in others}
    return {"parameters": [{"name": n, "in": "query", "required": False, "schema": s} for n, s in schemas.items()]}
