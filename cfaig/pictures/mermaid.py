"""Pictures of routes as a Mermaid flowchart, which GitHub and GitLab draw inside Markdown."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from cfaig.pictures.picture import Box, BoxKind, Picture

_SHAPES: Final = {
    BoxKind.START: ("([", "])"),
    BoxKind.CONDITIONAL: ("{{", "}}"),
    BoxKind.PERCENTAGE: ("{{", "}}"),
    BoxKind.RATE: ("{{", "}}"),
    BoxKind.ANSWERED: ("(((", ")))"),
    BoxKind.UNANSWERED: ("(((", ")))"),
}
_CLASSES: Final = (
    "classDef answered fill:#15803d,stroke:#15803d,color:#ffffff",
    "classDef unanswered fill:#c81e1e,stroke:#c81e1e,color:#ffffff",
    "classDef missing stroke:#c81e1e,stroke-dasharray:4 3",
)


_ASIDE: Final = "classDef aside opacity:0.35"
_TAKEN: Final = "stroke-width:4px"
_PASSED_BY: Final = "opacity:0.35"


def render_mermaid(pictures: Sequence[Picture]) -> str:
    """One flowchart with a subgraph for each picture, ending with a newline."""
    lines = ["flowchart TD"]
    for number, picture in enumerate(pictures):
        inner = list(_picture(picture, number))
        if len(pictures) > 1:
            lines += [f"  subgraph r{number}[{_quoted(picture.title)}]", *(f"  {line}" for line in inner), "  end"]
        else:
            lines += inner
    tail = (*_CLASSES, *_told_of(pictures))
    return "\n".join((*lines, *(f"  {line}" for line in tail))) + "\n"


def _told_of(pictures: Sequence[Picture]) -> Iterator[str]:
    """What brings out the way of a request; Mermaid counts links through the whole chart."""
    if not any(picture.tells for picture in pictures):
        return
    yield _ASIDE
    asides = [
        _name(number, index)
        for number, picture in enumerate(pictures)
        for index, box in enumerate(picture.boxes)
        if box.aside
    ]
    if asides:
        yield f"class {','.join(asides)} aside"
    arrows = [arrow for picture in pictures for arrow in picture.arrows]
    for style, taken in ((_TAKEN, True), (_PASSED_BY, False)):
        if numbers := [str(index) for index, arrow in enumerate(arrows) if arrow.taken is taken]:
            yield f"linkStyle {','.join(numbers)} {style}"


def _name(picture: int, box: int) -> str:
    return f"r{picture}n{box}"


def _picture(picture: Picture, number: int) -> Iterator[str]:
    names = {box.id: _name(number, index) for index, box in enumerate(picture.boxes)}
    for box in picture.boxes:
        before, after = _SHAPES.get(box.kind, ("[", "]"))
        marked = f":::{box.kind}" if box.kind.end or box.kind is BoxKind.MISSING else ""
        yield f"  {names[box.id]}{before}{_quoted(_told(box))}{after}{marked}"
    for arrow in picture.arrows:
        line = "-.->" if arrow.label == "fallback" else "-->"
        label = "" if arrow.label == "next" else f"|{_quoted(arrow.label)}|"
        yield f"  {names[arrow.source]} {line}{label} {names[arrow.target]}"


def _told(box: Box) -> str:
    return "end" if box.kind.end else "\n".join(box.lines)


def _quoted(text: str) -> str:
    """A label: everything that Mermaid or HTML could take for more than a letter is spelled as its number."""
    safe = "".join(
        char if char.isalnum() or char in " -_./:,%@" or ord(char) > 127 else f"#{ord(char)};" for char in text
    )
    return '"' + safe.replace("#10;", "<br>") + '"'
