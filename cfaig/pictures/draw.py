"""Which way a picture is drawn."""

from __future__ import annotations

from typing import Final

from cfaig.pictures.downwards import draw_downwards
from cfaig.pictures.drawing import Drawing
from cfaig.pictures.picture import Picture
from cfaig.pictures.rightwards import draw_rightwards

# About what a page shows without scrolling sideways or getting too small to read.
WIDE: Final = 1300.0


def draw(picture: Picture) -> Drawing:
    """From top to bottom, unless that gets wide and from left to right gets less so."""
    down = draw_downwards(picture)
    if down.width <= WIDE:
        return down
    right = draw_rightwards(picture)
    return right if right.width < down.width else down
