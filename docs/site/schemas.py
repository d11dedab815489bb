"""The pages of the formats, from their JSON Schemas: a section for each mapping, a row for each key."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Final

import yaml

from cfaig.definition.schema import published_schema
from docs.site.markdown import cell, plain, table

_PAGES: Final = {
    "gateway": "Gateway definitions",
    "scenario": "Scenarios",
    "edge-rules": "Rules of the edge",
    "plan": "Plan as JSON",
    "saved-plan": "Saved plan",
    "diff": "Diff as JSON",
    "drift": "Drift as JSON",
    "test-report": "Report of scenarios as JSON",
}
_WRITTEN: Final = frozenset({"gateway", "scenario", "edge-rules"})
"""What people write: examples are shown as YAML."""
_SHORT_PATTERN: Final = 60
_TYPES: Final = {"object": "mapping", "array": "list", "string": "text", "integer": "whole number"}


def schema_pages() -> dict[str, str]:
    """Text of each page by its name."""
    return {f"{name}.md": _page(name, title) for name, title in _PAGES.items()}


def _page(name: str, title: str) -> str:
    whole = _schema(name)
    page = _Page(whole, name in _WRITTEN)
    blocks = [
        f"# {title}",
        whole.get("description", ""),
        f"Made from the schema `{name}`, which `cfaig schema {name}` prints.",
        *page.section(whole),
    ]
    for part in page.parts():
        blocks += [f"## {page.headline(part)} {{#{_anchor(part)}}}", *page.section(whole["$defs"][part])]
    return "\n\n".join(block for block in blocks if block) + "\n"


@dataclass(slots=True)
class _Page:
    """One schema on its way to a page; `wanted` are its parts in the order in which they are first mentioned."""

    whole: Mapping[str, Any]
    is_written: bool
    wanted: list[str] = field(default_factory=list)

    def parts(self) -> Iterator[str]:
        """The parts that have sections of their own; telling about one may add others."""
        done = 0
        while done < len(self.wanted):
            yield self.wanted[done]
            done += 1

    def headline(self, part: str) -> str:
        titles = [found.get("title") for found in self.whole["$defs"].values()]
        title = self.whole["$defs"][part].get("title")
        return str(title if title and titles.count(title) == 1 else part.replace("_", " ").capitalize())

    def section(self, node: Mapping[str, Any]) -> list[str]:
        """What there is to tell about a node: text, keys, example."""
        description = "" if node is self.whole else plain(node.get("description", ""))
        words = "" if node is self.whole else f"Form: {self.form(node)}."
        return [description, words, *self.tables(node, ""), self.example(node)]

    def tables(self, node: Mapping[str, Any], path: str) -> list[str]:
        """The table of a mapping's keys, and those of mappings inside it."""
        blocks: list[str] = []
        for mapping in _mappings(node):
            rows = list(self.rows(mapping))
            if not rows:
                continue
            caption = [f"**`{path}`**"] if path else []
            blocks += [*caption, table("key", "form", "what it means", rows=rows)]
            for name, inner in mapping.get("properties", {}).items():
                if isinstance(inner, Mapping) and "$ref" not in inner:
                    blocks += self.tables(inner, f"{path}.{name}" if path else name)
        return blocks

    def rows(self, mapping: Mapping[str, Any]) -> Iterator[list[str]]:
        required = mapping.get("required", ())
        for name, inner in mapping.get("properties", {}).items():
            if isinstance(inner, Mapping):
                must = " (must be there)" if name in required else ""
                yield self.row(f"`{name}`{must}", inner)
        for pattern, inner in mapping.get("patternProperties", {}).items():
            yield self.row(f"names like `{pattern}`", inner)
        others = mapping.get("additionalProperties")
        if isinstance(others, Mapping):
            yield self.row("names of your own", others)

    def row(self, name: str, node: Mapping[str, Any]) -> list[str]:
        followed = self.followed(node)
        description = node.get("description") or followed.get("description", "")
        default = node.get("default", followed.get("default"))
        more = "" if default is None else f" Default: `{_literal(default)}`."
        return [cell(name), cell(self.form(node)), cell(description + more)]

    def followed(self, node: Mapping[str, Any]) -> Mapping[str, Any]:
        while "$ref" in node:
            node = _schema(_other(node)) if _is_other(node) else self.whole["$defs"][_part(node)]
        return node

    def form(self, node: Mapping[str, Any]) -> str:
        """What may be written there, in a few words; a link where there is a section about it."""
        if "$ref" in node:
            if _is_other(node):
                name = _other(node)
                return f"[{_PAGES[name]}]({name}.md)"
            part = _part(node)
            if not _has_keys(self.whole["$defs"][part]):
                return self.form(self.whole["$defs"][part])
            if part not in self.wanted:
                self.wanted.append(part)
            return f"[{self.headline(part)}](#{_anchor(part)})"
        return " or ".join(dict.fromkeys(self.forms(node))) or "anything"

    def forms(self, node: Mapping[str, Any]) -> Iterator[str]:
        if "x-expected" in node:
            yield str(node["x-expected"])
        elif "const" in node:
            yield f"`{_literal(node['const'])}`"
        elif "enum" in node:
            yield ", ".join(f"`{_literal(value)}`" for value in node["enum"] if value is not None)
        elif "x-duration" in node:
            yield "duration" + _bounds(node["x-duration"])
        elif "type" in node:
            types = node["type"] if isinstance(node["type"], list) else [node["type"]]
            yield from (self.typed(kind, node) for kind in types if kind != "null")
        else:
            for inner in (*node.get("anyOf", ()), node.get("then"), node.get("else")):
                if isinstance(inner, Mapping) and (found := self.form(inner)) != "anything":
                    yield found

    def typed(self, kind: str, node: Mapping[str, Any]) -> str:
        if kind == "array" and isinstance(node.get("items"), Mapping):
            return f"list of {self.form(node['items'])}"
        if kind == "object" and isinstance(node.get("additionalProperties"), Mapping):
            return f"mapping of {self.form(node['additionalProperties'])}"
        pattern = node.get("pattern", "") if kind == "string" else ""
        like = f" like `{pattern}`" if pattern and len(pattern) <= _SHORT_PATTERN else ""
        return _TYPES.get(kind, kind) + _bounds(node if kind in ("integer", "number") else {}) + like

    def example(self, node: Mapping[str, Any]) -> str:
        examples = node.get("examples", ())
        if not examples or not _has_keys(node):
            return ""
        if self.is_written:
            text = yaml.safe_dump(examples[0], sort_keys=False, allow_unicode=True, width=100).rstrip()
            return f"```yaml\n{text}\n```"
        return f"```json\n{json.dumps(examples[0], indent=2, ensure_ascii=False)}\n```"


def _schema(name: str) -> Mapping[str, Any]:
    parsed: Mapping[str, Any] = json.loads(published_schema(name))
    return parsed


def _is_other(node: Mapping[str, Any]) -> bool:
    """Whether a reference leads to another schema."""
    return not node["$ref"].startswith("#")


def _other(node: Mapping[str, Any]) -> str:
    """The name of the schema that a reference leads to: `plan` for `urn:cfaig:schema:plan:1`."""
    return str(node["$ref"]).split(":")[-2]


def _part(node: Mapping[str, Any]) -> str:
    return str(node["$ref"]).rsplit("/", 1)[1]


def _mappings(node: Mapping[str, Any]) -> Iterator[Mapping[str, Any]]:
    """The mappings that a node can be: itself, what it chooses between, and the items of a list."""
    if any(node.get(key) for key in ("properties", "patternProperties")) or isinstance(
        node.get("additionalProperties"), Mapping
    ):
        yield node
    for inner in (node.get("then"), node.get("else"), *node.get("anyOf", ()), node.get("items")):
        if isinstance(inner, Mapping) and "$ref" not in inner and (inner.get("type") or inner.get("if")):
            yield from _mappings(inner)


def _has_keys(node: Mapping[str, Any]) -> bool:
    return next(_mappings(node), None) is not None or any(key in node for key in ("then", "else", "anyOf"))


def _bounds(node: Mapping[str, Any]) -> str:
    unit = node.get("unit", "")
    low, high = node.get("minimum"), node.get("maximum")
    also = f", or {node['or']}" if "or" in node else ""
    if low is None and high is None:
        return ""
    least = f"{low} {unit}".strip()
    if high is None:
        return f" from {least}{also}"
    return (
        f" of at most {high} {unit}".rstrip() + also
        if low is None
        else f" from {least} to {high} {unit}".rstrip() + also
    )


def _literal(value: object) -> str:
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)


def _anchor(part: str) -> str:
    return part.replace("_", "-").lower()
