"""From a tree to text: two spaces a level, dashes under their key, and what fits on one line stays there."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from cfaig.definition.write import is_plain
from cfaig.definition.yaml_scalars import BOOLEAN, NULL, tag_of
from cfaig.formatting.tree import BLANK, Alias, Collection, Entry, Node, Scalar, Text, comments_of

WIDTH: Final = 120
_STEP: Final = 2
_BLOCKS: Final = ("|", ">")


def emit(text: Text) -> str:
    """The whole file."""
    root = text.root
    lines = list(text.header)
    if isinstance(root, Collection) and root.entries:
        # A definition on one line helps nobody.
        lines += [root.prefix] if root.prefix else []
        lines += _block(root, 0)
    else:
        lines += _entry(Entry(None, root), 0, "")
    first = next((at for at, line in enumerate(lines) if line != BLANK), 0)
    return "".join(f"{line}\n" for line in lines[first:])


def _block(node: Collection, indent: int) -> list[str]:
    """The lines of a collection that goes over several lines."""
    lines: list[str] = []
    for entry in node.entries:
        lines += _entry(entry, indent, f"{_key(entry.key)}:" if entry.key is not None else "-")
    return lines + [_indented(line, indent) for line in node.foot]


def _entry(entry: Entry, indent: int, label: str) -> list[str]:
    """The lines of an entry; what cannot stay behind its first line goes above it, or below its last."""
    value, before = entry.value, list(entry.before)
    behind = [line for line in (entry.head, entry.after) if line]
    if isinstance(value, Collection) and not value.entries:
        before += filter(None, value.foot)
        value = replace(value, foot=())
    inline = _inline(value, indent + len(label))
    if isinstance(value, Collection) and inline is None:
        if label == "-" and not behind and not value.prefix:
            first = value.entries[0]
            before += filter(None, first.before)
            value = replace(value, entries=(replace(first, before=()), *value.entries[1:]))
            start, *lines = _block(value, indent + _STEP)
            lines.insert(0, _indented(label + start[indent + 1 :], indent))
        else:
            value = replace(value, foot=(*value.foot, *behind[1:]))
            lines = [_joined(indent, label, value.prefix, *behind[:1]), *_block(value, indent + _STEP)]
    else:
        before += behind[:-1]
        lines = _leaf(value, inline, indent, label, behind[-1:])
    return [_indented(line, indent) for line in before] + lines


def _leaf(value: Node, inline: str | None, indent: int, label: str, behind: list[str]) -> list[str]:
    """The lines of what has no block of its own below its key."""
    if inline is not None or not isinstance(value, Scalar):
        return [_joined(indent, label, inline or "", *behind)]
    if value.style in _BLOCKS:
        first, *others = _block_scalar(value, indent)
        return [_joined(indent, label, value.prefix, first, *behind), *others]
    first, *others = value.lines
    *others, last = [_indented(line, indent + (_STEP if label else 0)) for line in others]
    return [_joined(indent, label, value.prefix, first), *others, " ".join([last, *behind])]


def _inline(value: Node, before: int) -> str | None:
    """The value on one line, if it can be and, behind `before` characters, is not too long."""
    text = _one_line(value, flow=False)
    if text is None or not isinstance(value, Collection) or not value.entries:
        return text
    return text if before + 1 + len(text) <= WIDTH else None


def _one_line(node: Node, *, flow: bool) -> str | None:
    """The node on one line; None where it needs several."""
    if isinstance(node, Alias):
        return f"*{node.name}"
    if isinstance(node, Scalar):
        several = node.style in _BLOCKS or len(node.lines) > 1
        return None if several else _spaced(node.prefix, _scalar(node, flow=flow))
    if (node.entries and not node.flow) or any(True for _ in comments_of(node)):
        return None
    parts: list[str] = []
    for entry in node.entries:
        value = _one_line(entry.value, flow=True)
        if value is None:
            return None
        parts.append(value if entry.key is None else f"{_key(entry.key, flow=True)}: {value}")
    inside = ", ".join(parts)
    return _spaced(node.prefix, f"{{{inside}}}" if node.is_mapping else f"[{inside}]")


def _key(key: Scalar | Alias, *, flow: bool = False) -> str:
    if isinstance(key, Alias):
        return f"*{key.name} "
    if key.style in _BLOCKS or len(key.lines) > 1:
        key = Scalar(_quoted(key.value), key.value, '"', key.prefix)
    return _spaced(key.prefix, key.text if key.style is None else _scalar(key, flow=flow))


def _scalar(scalar: Scalar, *, flow: bool) -> str:
    """A scalar of one line: quoted only if it has to be, with double quotes if nothing in it speaks against them."""
    if "!" in scalar.prefix:
        return scalar.text
    if scalar.style is None:
        return _plain(scalar.text, flow=flow)
    if is_plain(scalar.value, flow=flow):
        return scalar.value
    if scalar.style == "'" and scalar.value.isprintable() and not set('"\\') & set(scalar.value):
        return f'"{scalar.value}"'
    return scalar.text


def _plain(text: str, *, flow: bool) -> str:
    tag = tag_of(text)
    if tag == BOOLEAN:
        return text.lower()
    if tag == NULL:
        return "null" if text or flow else ""
    return text


def _block_scalar(scalar: Scalar, indent: int) -> list[str]:
    """The header of `|` or `>`, and the lines, moved to where they belong."""
    header, *lines = scalar.text.split("\n")
    mark = header.split("#")[0].strip()
    # What says its indentation in numbers is written anew, from what it means.
    if scalar.style == "|" or any(char.isdigit() for char in mark):
        return _literal(scalar.value, indent)
    while lines and not lines[-1].strip(" ") and ("+" not in mark or len(lines) == 1):
        lines.pop()
    lines = lines[:-1] if "+" in mark else lines
    margin = next((len(line) - len(line.lstrip(" ")) for line in lines if line.strip(" ")), 0)
    return [mark, *(_indented(line[margin:], indent + _STEP) for line in lines)]


def _literal(value: str, indent: int) -> list[str]:
    content = value.rstrip("\n")
    breaks = len(value) - len(content)
    lines = content.split("\n") if content else []
    first = next((line for line in lines if line), "")
    chomping = "-" if breaks == 0 else "" if breaks == 1 and content else "+"
    mark = "|" + (str(_STEP) if first.startswith(" ") else "") + chomping
    if chomping == "+":
        lines += [""] * (breaks - 1 if content else breaks)
    return [mark, *(_indented(line, indent + _STEP) for line in lines)]


def _quoted(text: str) -> str:
    escaped = text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n").replace("\t", "\\t")
    return f'"{escaped}"'


def _spaced(*parts: str) -> str:
    return " ".join(part for part in parts if part)


def _joined(indent: int, *parts: str) -> str:
    return " " * indent + _spaced(*parts)


def _indented(line: str, indent: int) -> str:
    return " " * indent + line if line else line
