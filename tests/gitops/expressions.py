"""GitHub's expressions, as far as the workflows use them: `${{ a.b == 'c' && !cancelled() }}`."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from typing import Any, Final

EXPRESSION: Final = re.compile(r"\$\{\{(.*?)\}\}", re.DOTALL)
TOKEN: Final = re.compile(r"\s*('[^']*'|&&|\|\||==|!=|[!()]|[A-Za-z_][\w.-]*)")


class Evaluator:
    """Evaluates over contexts, which are nested mappings; what is not there is empty."""

    def __init__(self, contexts: Mapping[str, Any]) -> None:
        self.contexts = contexts
        self.tokens: list[str] = []

    def value(self, expression: str) -> Any:
        expression = expression.strip()
        self.tokens = TOKEN.findall(expression)
        assert "".join(self.tokens) == re.sub(r"\s+(?=(?:[^']*'[^']*')*[^']*$)", "", expression), expression
        found = self._either()
        assert not self.tokens, expression
        return found

    def text(self, template: str) -> str:
        return EXPRESSION.sub(lambda match: self._shown(self.value(match[1])), template)

    def whole(self, template: Any) -> Any:
        """A value that may be one expression and then keeps its type."""
        if isinstance(template, str) and (match := EXPRESSION.fullmatch(template.strip())):
            return self.value(match[1])
        return template

    def condition(self, text: str | None) -> bool:
        """An `if:`, which needs no braces."""
        if text is None:
            return True
        match = EXPRESSION.fullmatch(text.strip())
        return bool(self.value(match[1] if match else text))

    @staticmethod
    def _shown(value: Any) -> str:
        return "" if value is None else str(value)

    def _either(self) -> Any:
        found = self._both()
        while self.tokens[:1] == ["||"]:
            self.tokens.pop(0)
            other = self._both()
            found = found or other
        return found

    def _both(self) -> Any:
        found = self._compared()
        while self.tokens[:1] == ["&&"]:
            self.tokens.pop(0)
            other = self._compared()
            found = found and other
        return found

    def _compared(self) -> Any:
        found = self._one()
        while self.tokens[:1] in (["=="], ["!="]):
            equal = self.tokens.pop(0) == "=="
            found = (found == self._one()) is equal
        return found

    def _one(self) -> Any:
        token = self.tokens.pop(0)
        if token == "!":
            return not self._one()
        if token.startswith("'"):
            return token[1:-1]
        if self.tokens[:1] == ["("]:
            return self._call(token)
        found: Any = self.contexts
        for part in token.split("."):
            found = found.get(part) if isinstance(found, Mapping) else None
        return found

    def _call(self, name: str) -> Any:
        self.tokens.pop(0)
        arguments = [] if self.tokens[0] == ")" else [self._either()]
        assert self.tokens.pop(0) == ")"
        match name:
            case "fromJSON":
                return json.loads(arguments[0])
            case "cancelled":
                return False
        raise AssertionError(f"{name} is not known here")
