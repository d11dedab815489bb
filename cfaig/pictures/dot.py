"""Pictures of routes in DOT, the language of Graphviz."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from cfaig.pictures.picture import Box, BoxKind, Picture

_LOOKS: Final = {
    BoxKind.START: 'shape=box style="rounded,bold"',
    BoxKind.CONDITIONAL: "shape=hexagon",
    BoxKind.PERCENTAGE: "shape=hexagon",
    BoxKind.RATE: "shape=hexagon",
    BoxKind.ANSWERED: 'shape=doublecircle width=0.2 style=filled fillcolor="#15803d" color="#15803d"',
    BoxKind.UNANSWERED: 'shape=doublecircle width=0.2 style=filled fillcolor="#c81e1e" color="#c81e1e"',
    BoxKind.MISSING: 'style=dashed color="#c81e1e"',
}
_ASIDE: Final = 'color="#c8c8d2" fontcolor="#9a9aa6"'


def render_dot(pictures: Sequence[Picture]) -> str:
    """One graph with a cluster for each picture, ending with a newline."""
    lines = [
        "digraph routes {",
        "  rankdir=TB",
        '  node [shape=box style=rounded fontname="Helvetica" fontsize=11]',
        '  edge [fontname="Helvetica" fontsize=10]',
    ]
    for number, picture in enumerate(pictures):
        lines.append(f"  subgraph cluster_{number} {{")
        lines.append(f"    label={_quoted(picture.title)}")
        lines += [f"    {line}" for line in _picture(picture, f"r{number}n")]
        lines.append("  }")
    return "\n".join((*lines, "}")) + "\n"


def _picture(picture: Picture, prefix: str) -> Iterator[str]:
    names = {box.id: f"{prefix}{index}" for index, box in enumerate(picture.boxes)}
    for box in picture.boxes:
        yield f"{names[box.id]} [{' '.join(part for part in (_label(box), _looks(box)) if part)}]"
    for arrow in picture.arrows:
        style = " style=dashed" if arrow.label == "fallback" else ""
        if picture.tells:
            style += " penwidth=3" if arrow.taken else f" {_ASIDE}"
        label = "" if arrow.label == "next" else arrow.label
        yield f"{names[arrow.source]} -> {names[arrow.target]} [label={_quoted(label)}{style}]"


def _looks(box: Box) -> str:
    if box.aside and box.kind.end:
        return f'shape=doublecircle width=0.2 style=filled fillcolor="#ececf1" {_ASIDE}'
    return f"{_LOOKS.get(box.kind, '')} {_ASIDE if box.aside else ''}".strip()


def _label(box: Box) -> str:
    return f'label="" tooltip={_quoted(box.heading)}' if box.kind.end else f"label={_quoted(*box.lines)}"


def _quoted(*lines: str) -> str:
    escaped = (line.replace("\\", "\\\\").replace('"', '\\"') for line in lines)
    return '"' + "\\n".join(escaped) + '"'
