"""A drawing from left to right: best for flows with many branches. Every end stands right behind its source."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Final

from cfaig.pictures.drawing import (
    RING,
    STUB,
    Drawing,
    DrawnArrow,
    DrawnBox,
    Point,
    box_height,
    box_width,
    curve_right,
    texts_of,
)
from cfaig.pictures.layers import Layers, arrange
from cfaig.pictures.picture import Arrow, Box, BoxKind, Picture
from cfaig.pictures.places import Places, Size, place

GAP_ACROSS: Final = 22.0
GAP_ALONG: Final = 64.0
RUN: Final = STUB + RING
_PORT: Final = 22.0
_LABEL_MIDDLE: Final = 34.0
_LABEL_RISE: Final = 5.0


def draw_rightwards(picture: Picture) -> Drawing:
    """Lay the picture out in columns."""
    ends = {box.id: box for box in picture.boxes if box.kind.end}
    boxes = [box for box in picture.boxes if box.id not in ends]
    arrows = [arrow for arrow in picture.arrows if arrow.target not in ends]
    layers = arrange([box.id for box in boxes], [(arrow.source, arrow.target) for arrow in arrows])
    sizes = {box.id: _size(box, sum(arrow.source == box.id for arrow in picture.arrows)) for box in boxes}
    sizes |= dict.fromkeys(layers.stand_ins, Size(2, 0, 1))
    places = place(layers, sizes, GAP_ACROSS, GAP_ALONG)
    drawn = {box.id: _drawn(box, places, sizes[box.id]) for box in boxes}
    ports = _ports(picture, ends, layers, arrows, places, drawn)
    rings = [
        DrawnBox(ends[arrow.target], x + STUB, y - RING / 2, RING, RING)
        for arrow in picture.arrows
        if arrow.target in ends
        for x, y in (ports[arrow],)
    ]
    stubs = [_stub(arrow, ports[arrow]) for arrow in picture.arrows if arrow.target in ends]
    curves = _curves(arrows, layers, places, sizes, ports)
    return Drawing(picture.title, (*drawn.values(), *rings), (*curves, *stubs), places.along_size, places.across_size)


def _size(box: Box, outputs: int) -> Size:
    texts = texts_of(box)
    height = max(box_height(texts), (outputs + 1) * _PORT if outputs > 1 else 0)
    return Size(height, box_width(texts) + (RUN if outputs else 0), height / 2)


def _drawn(box: Box, places: Places, size: Size) -> DrawnBox:
    texts = texts_of(box)
    across = places.across[box.id] - size.centre
    return DrawnBox(box, places.along[box.id], across, box_width(texts), size.across, texts)


def _ports(
    picture: Picture,
    ends: Mapping[str, Box],
    layers: Layers,
    arrows: Sequence[Arrow],
    places: Places,
    drawn: Mapping[str, DrawnBox],
) -> dict[Arrow, Point]:
    """Where each arrow leaves its box: answers on top, no answer at the bottom, the others as their targets stand."""
    order = {BoxKind.ANSWERED: float("-inf"), BoxKind.UNANSWERED: float("inf")}
    towards = {arrow: places.across[chain[1]] for arrow, chain in zip(arrows, layers.chains, strict=True)}
    towards |= {arrow: order[ends[arrow.target].kind] for arrow in picture.arrows if arrow.target in ends}
    ports: dict[Arrow, Point] = {}
    for identity, box in drawn.items():
        leaving = sorted((arrow for arrow in picture.arrows if arrow.source == identity), key=towards.__getitem__)
        for index, arrow in enumerate(leaving):
            ports[arrow] = (box.x + box.width, box.y + box.height * (index + 1) / (len(leaving) + 1))
    return ports


def _curves(
    arrows: Sequence[Arrow],
    layers: Layers,
    places: Places,
    sizes: Mapping[str, Size],
    ports: Mapping[Arrow, Point],
) -> Iterator[DrawnArrow]:
    depths = {name: max(sizes[other].along for other in layer) for layer in layers.layers for name in layer}
    for arrow, chain in zip(arrows, layers.chains, strict=True):
        backwards = chain[0] != arrow.source
        x, y = ports[arrow]
        if backwards:  # drawn from the box that the loop comes back to
            x, y = places.along[chain[0]] + sizes[chain[0]].along - RUN, places.across[chain[0]]
        points = [(x, y), (x + RUN, y)]
        for name in chain[1:-1]:
            along, across = places.along[name], places.across[name]
            points += [(along, across), (along + depths[name], across)]
        points.append((places.along[chain[-1]], places.across[chain[-1]]))
        yield DrawnArrow(arrow, curve_right(points), (x + _LABEL_MIDDLE, y - _LABEL_RISE), backwards)


def _stub(arrow: Arrow, port: Point) -> DrawnArrow:
    x, y = port
    return DrawnArrow(arrow, f"M{x:.1f},{y:.1f} H{x + STUB:.1f}", (x + _LABEL_MIDDLE, y - _LABEL_RISE))
