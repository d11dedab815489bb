"""What a drawing is made of: boxes with their lines of text, arrows as paths, labels. Pixels throughout."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final, TypeAlias

from cfaig.pictures.picture import Arrow, Box, BoxKind

LINE: Final = 17.0
SIDE: Final = 14.0
ABOVE: Final = 9.0
RING: Final = 18.0
STUB: Final = 74.0
NAME_SIZE: Final = 13.0
SMALL_SIZE: Final = 11.5
_LETTERS: Final = 34
_LINES: Final = 4
_LEAST_WIDTH: Final = 64.0
_BOLD: Final = 1.13
_BEND: Final = 0.65
_NARROW: Final = frozenset("iljt.,:;'|!()[]{} fr/")
_WIDE: Final = frozenset("mwMW@%—→")

Point: TypeAlias = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Text:
    """One line of text in a box; `strong` for what it is called, in larger letters."""

    words: str
    strong: bool = False


@dataclass(frozen=True, slots=True)
class DrawnBox:
    """A box, by its upper left corner."""

    box: Box
    x: float
    y: float
    width: float
    height: float
    texts: tuple[Text, ...] = ()


@dataclass(frozen=True, slots=True)
class DrawnArrow:
    """An arrow as a path of SVG, and the middle of its label; `backwards` for one that closes a loop."""

    arrow: Arrow
    path: str
    label: Point
    backwards: bool = False


@dataclass(frozen=True, slots=True)
class Drawing:
    """A picture with coordinates that begin at 0."""

    title: str
    boxes: tuple[DrawnBox, ...]
    arrows: tuple[DrawnArrow, ...]
    width: float
    height: float


def text_width(text: str, size: float) -> float:
    """About how wide a text gets in a sans-serif font; rather too much than too little."""
    return sum(_letter_width(char) for char in text) * size


def _letter_width(char: str) -> float:
    if char in _NARROW:
        return 0.37
    if char in _WIDE:
        return 0.95
    if ord(char) > 0x2E7F:  # East Asian writing, emoji
        return 1.1
    return 0.72 if char.isupper() else 0.61


def texts_of(box: Box) -> tuple[Text, ...]:
    """The lines that are written in a box; none in an end."""
    return () if box.kind.end else tuple(_texts(box))


def _texts(box: Box) -> Iterator[Text]:
    yield from (Text(line) for line in _wrapped(box.heading))
    yield from (Text(line, strong=True) for line in _wrapped(box.name))
    # What a condition asks is what it is called.
    strong = box.kind is BoxKind.CONDITIONAL
    yield from (Text(line, strong=strong) for line in _wrapped(box.details))


def _wrapped(text: str) -> list[str]:
    return textwrap.wrap(text, _LETTERS, max_lines=_LINES, placeholder=" …")


def box_width(texts: Sequence[Text]) -> float:
    """The width of a box around its texts."""
    widths = (text_width(text.words, NAME_SIZE * _BOLD if text.strong else SMALL_SIZE) for text in texts)
    return float(round(max(max(widths, default=0) + 2 * SIDE, _LEAST_WIDTH)))


def box_height(texts: Sequence[Text]) -> float:
    """The height of a box around its texts."""
    return len(texts) * LINE + 2 * ABOVE


def curve_down(points: Sequence[Point]) -> str:
    """A path through the points that leaves and arrives straight down."""
    (x, y), *rest = points
    parts = [f"M{x:.1f},{y:.1f}"]
    for to_x, to_y in rest:
        bend = (to_y - y) * _BEND
        curve = f"C{x:.1f},{y + bend:.1f} {to_x:.1f},{to_y - bend:.1f} {to_x:.1f},{to_y:.1f}"
        parts.append(f"L{to_x:.1f},{to_y:.1f}" if abs(to_x - x) < 1 else curve)
        x, y = to_x, to_y
    return " ".join(parts)


def curve_right(points: Sequence[Point]) -> str:
    """A path through the points that leaves and arrives straight to the right."""
    (x, y), *rest = points
    parts = [f"M{x:.1f},{y:.1f}"]
    for to_x, to_y in rest:
        bend = (to_x - x) * _BEND
        curve = f"C{x + bend:.1f},{y:.1f} {to_x - bend:.1f},{to_y:.1f} {to_x:.1f},{to_y:.1f}"
        parts.append(f"L{to_x:.1f},{to_y:.1f}" if abs(to_y - y) < 1 else curve)
        x, y = to_x, to_y
    return " ".join(parts)
