"""The same definition, written as people might: other forms, quotes, layout and comments at every place."""

from __future__ import annotations

import json
import random
from collections.abc import Iterator
from typing import Any

LONG = "a comment that is long enough to reach beyond the place where lines are broken, if comments were counted at all"


class Scribe:
    """Writes data as YAML in whatever way chance says; `comments` counts those that it wrote."""

    def __init__(self, seed: int) -> None:
        self._chance = random.Random(seed)  # noqa: S311 (no secret)
        self.comments: list[str] = []

    def text(self, data: dict[str, Any]) -> str:
        head = "# yaml-language-server: $schema=x\n" if self._maybe(3) else ""
        if head:
            self.comments.append(head.strip())
        return head + "\n".join([*self._mapping(self._shuffled(data), 0), *self._above(0)]) + "\n"

    def _maybe(self, one_in: int) -> bool:
        return self._chance.randrange(one_in) == 0

    def _shuffled(self, data: dict[str, Any]) -> dict[str, Any]:
        names = list(data)
        self._chance.shuffle(names)
        return {name: data[name] for name in names}

    def _comment(self) -> str:
        text = f"# {len(self.comments)} {self._chance.choice(['why', '- x: {', LONG, 'a # b', '“é”'])}"
        self.comments.append(text)
        return text

    def _above(self, indent: int) -> Iterator[str]:
        while self._maybe(4):
            yield "" if self._maybe(2) else " " * indent + self._comment()

    def _behind(self) -> str:
        return self._chance.choice([" ", "   "]) + self._comment() if self._maybe(5) else ""

    def _mapping(self, data: dict[str, Any], indent: int) -> Iterator[str]:
        for name, value in data.items():
            yield from self._above(indent)
            yield from self._value(f"{' ' * indent}{self._scalar(name)}:", value, indent)

    def _list(self, data: list[Any], indent: int) -> Iterator[str]:
        for value in data:
            yield from self._above(indent)
            if isinstance(value, dict) and value and self._maybe(2):
                inner = list(self._mapping(value, indent + 2))
                first = next((at for at, line in enumerate(inner) if line.strip() and not line.strip().startswith("#")))
                inner[first] = f"{' ' * indent}- {inner[first][indent + 2 :]}"
                yield from inner
            else:
                yield from self._value(" " * indent + "-", value, indent)

    def _value(self, start: str, value: Any, indent: int) -> Iterator[str]:
        step = self._chance.choice([2, 4])
        if isinstance(value, dict | list) and value and self._maybe(2):
            if self._maybe(3):
                yield from self._open_flow(start, value, indent)
                return
            yield start + self._behind()
            if isinstance(value, dict):
                yield from self._mapping(value, indent + step)
            else:
                is_item = start.endswith("-")
                yield from self._list(value, indent + (step if is_item else self._chance.choice([0, step])))
        elif isinstance(value, str) and self._is_text(value) and self._maybe(3):
            yield f"{start} {'|' if value.endswith(chr(10)) else '|-'}{self._behind()}"
            yield from (" " * (indent + step) + line if line else "" for line in value.rstrip("\n").split("\n"))
        else:
            yield f"{start} {self._flow(value)}{self._behind()}"

    def _is_text(self, value: str) -> bool:
        return bool(value.strip()) and value.isascii() and not value[0].isspace() and not value.endswith("\n\n")

    def _open_flow(self, start: str, value: Any, indent: int) -> Iterator[str]:
        opening, closing = ("{", "}") if isinstance(value, dict) else ("[", "]")
        yield f"{start} {opening}{self._behind()}"
        parts = value.items() if isinstance(value, dict) else ((None, part) for part in value)
        for name, part in parts:
            yield from self._above(indent + 2)
            key = "" if name is None else f"{self._scalar(name)}: "
            yield f"{' ' * (indent + 3)}{key}{self._flow(part)},{self._behind()}"
        yield f"{' ' * (indent + 1)}{closing}{self._behind()}"

    def _flow(self, value: Any) -> str:
        space = self._chance.choice(["", " "])
        if isinstance(value, dict):
            parts = (f"{self._scalar(name)}: {self._flow(part)}" for name, part in value.items())
            return f"{{{space}{self._chance.choice([', ', ' , ']).join(parts)}{space}}}"
        if isinstance(value, list):
            return f"[{space}{', '.join(map(self._flow, value))}{space}]"
        return self._scalar(value)

    def _scalar(self, value: Any) -> str:
        if not isinstance(value, str):
            return json.dumps(value)
        if not self._maybe(3) and _is_simple(value):
            return str(value)
        if "'" not in value and value.isprintable() and value.isascii() and self._maybe(2):
            return f"'{value}'"
        return _double_quoted(value)


def _is_simple(value: str) -> bool:
    words = {"true", "false", "null", "yes", "no", "on", "off", "y", "n"}
    return value.isascii() and value.isidentifier() and value.lower() not in words


def _double_quoted(value: str) -> str:
    plain = value.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n").replace("\t", "\\t")
    return '"' + "".join(char if char.isprintable() else f"\\U{ord(char):08x}" for char in plain) + '"'
