"""A drawing from top to bottom: best for chains, which read like a list. An answer stands beside its model."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import Final

from cfaig.pictures.drawing import (
    RING,
    SMALL_SIZE,
    STUB,
    Drawing,
    DrawnArrow,
    DrawnBox,
    box_height,
    box_width,
    curve_down,
    text_width,
    texts_of,
)
from cfaig.pictures.layers import Layers, arrange
from cfaig.pictures.picture import Arrow, Box, BoxKind, Picture
from cfaig.pictures.places import Places, Size, place

GAP_ACROSS: Final = 30.0
GAP_ALONG: Final = 62.0
STAND_IN: Final = 24.0
_BESIDE_LABEL: Final = 16.0
_NEAR_SOURCE: Final = 17.0
_NEAR_TARGET: Final = 17.0


def draw_downwards(picture: Picture) -> Drawing:
    """Lay the picture out in rows."""
    answers = {box.id: box for box in picture.boxes if box.kind is BoxKind.ANSWERED}
    boxes = [box for box in picture.boxes if box.id not in answers]
    arrows = [arrow for arrow in picture.arrows if arrow.target not in answers]
    layers = arrange([box.id for box in boxes], [(arrow.source, arrow.target) for arrow in arrows])
    with_answer = {arrow.source for arrow in picture.arrows if arrow.target in answers}
    widths = {box.id: _width(box, [arrow for arrow in arrows if arrow.source == box.id]) for box in boxes}
    sizes = {box.id: _size(box, widths[box.id], answered=box.id in with_answer) for box in boxes}
    sizes |= dict.fromkeys(layers.stand_ins, Size(STAND_IN, 0, STAND_IN / 2))
    places = place(layers, sizes, GAP_ACROSS, GAP_ALONG)
    drawn = {box.id: _drawn(box, places, widths[box.id], sizes[box.id].along) for box in boxes}
    curves = _curves(arrows, layers, places, sizes, drawn)
    stubs = [arrow for arrow in picture.arrows if arrow.target in answers]
    rings = (_ring(answers[arrow.target], drawn[arrow.source]) for arrow in stubs)
    return Drawing(
        picture.title,
        (*drawn.values(), *rings),
        (*curves, *(_stub(arrow, drawn[arrow.source]) for arrow in stubs)),
        places.across_size,
        places.along_size,
    )


def _width(box: Box, outputs: Sequence[Arrow]) -> float:
    if box.kind.end:
        return RING
    labels = [text_width(arrow.label, SMALL_SIZE) + _BESIDE_LABEL for arrow in outputs]
    return max(box_width(texts_of(box)), sum(labels) if len(labels) > 1 else 0)


def _size(box: Box, width: float, *, answered: bool) -> Size:
    height = RING if box.kind.end else box_height(texts_of(box))
    return Size(width + (STUB + RING if answered else 0), height, width / 2)


def _drawn(box: Box, places: Places, width: float, height: float) -> DrawnBox:
    return DrawnBox(box, places.across[box.id] - width / 2, places.along[box.id], width, height, texts_of(box))


def _curves(
    arrows: Sequence[Arrow], layers: Layers, places: Places, sizes: Mapping[str, Size], drawn: Mapping[str, DrawnBox]
) -> Iterator[DrawnArrow]:
    depths = {name: max(sizes[other].along for other in layer) for layer in layers.layers for name in layer}
    arriving = Counter(chain[1] for chain in layers.chains)
    ports = layers.ports(places.across)
    for number, (arrow, chain) in enumerate(zip(arrows, layers.chains, strict=True)):
        box = drawn[chain[0]]
        points = [(box.x + box.width * ports[number], box.y + box.height)]
        for name in chain[1:-1]:
            x, y = places.across[name], places.along[name]
            points += [(x, y), (x, y + depths[name])]
        points.append((places.across[chain[-1]], places.along[chain[-1]]))
        # Where arrows come apart their labels do too; where several meet, they are still apart at their beginning.
        x, y = points[1] if arriving[chain[1]] == 1 else points[0]
        label = (x, y - _NEAR_TARGET if arriving[chain[1]] == 1 else y + _NEAR_SOURCE)
        yield DrawnArrow(arrow, curve_down(points), label, backwards=chain[0] != arrow.source)


def _ring(box: Box, source: DrawnBox) -> DrawnBox:
    return DrawnBox(box, source.x + source.width + STUB, source.y + (source.height - RING) / 2, RING, RING)


def _stub(arrow: Arrow, source: DrawnBox) -> DrawnArrow:
    x, y = source.x + source.width, source.y + source.height / 2
    return DrawnArrow(arrow, f"M{x:.1f},{y:.1f} H{x + STUB:.1f}", (x + STUB / 2 - 4, y - 5))
