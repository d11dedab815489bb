"""Plots as SVG inside a page: stacked bars over time, lines for shares. Colours are classes of the page's style."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from html import escape
from typing import Final

WIDTH: Final = 640
HEIGHT: Final = 200
_LEFT, _RIGHT, _TOP, _BOTTOM = 56, 8, 8, 24
_INNER_WIDTH: Final = WIDTH - _LEFT - _RIGHT
_INNER_HEIGHT: Final = HEIGHT - _TOP - _BOTTOM
_LABELS: Final = 8
_TICKS: Final = 4


@dataclass(frozen=True, slots=True)
class Layer:
    """Numbers over time, all at least zero: a name for the legend, and the class of the colour."""

    name: str
    colour: str
    values: Sequence[float]


@dataclass(frozen=True, slots=True)
class Scale:
    """The vertical axis: from 0 to `top`, with a tick at each `step`."""

    top: float
    step: float

    def y(self, value: float) -> float:
        """The place of a value."""
        return _TOP + _INNER_HEIGHT * (1 - value / self.top)

    def ticks(self) -> Iterator[float]:
        """The values with a line."""
        yield from (number * self.step for number in range(round(self.top / self.step) + 1))


def scale_for(most: float, *, whole: bool = False) -> Scale:
    """Round numbers up to at least `most`: steps of 1, 2 or 5 times a power of ten; no parts of 1 if `whole`."""
    if most <= 0 or not math.isfinite(most):
        return Scale(1, 1)
    raw = max(most / _TICKS, 1.0 if whole else 0.0)
    power = 10.0 ** math.floor(math.log10(raw))
    step = next(factor * power for factor in (1, 2, 5, 10) if factor * power >= raw * (1 - 1e-9))
    return Scale(max(math.ceil(most / step - 1e-9), 1) * step, step)


def stacked_bars(
    title: str, moments: Sequence[datetime], layers: Sequence[Layer], written: Callable[[float], str]
) -> str:
    """A bar for every moment, in which the layers stand on each other; the numbers are told on hovering."""
    sums = [sum(layer.values[place] for layer in layers) for place in range(len(moments))]
    scale = scale_for(max(sums, default=0), whole=all(isinstance(value, int) for value in sums))
    slot = _INNER_WIDTH / max(len(moments), 1)
    parts = [*_axes(moments, scale, written)]
    for place, moment in enumerate(moments):
        if not sums[place]:
            continue
        told = [f"{layer.name}: {written(layer.values[place])}" for layer in layers if layer.values[place]]
        bars = "".join(_bars(layers, place, scale, slot))
        parts.append(f"<g><title>{escape(_moment(moment))} {escape(', '.join(told))}</title>{bars}</g>")
    return _figure(title, parts, layers)


def lines(title: str, moments: Sequence[datetime], layers: Sequence[Layer], written: Callable[[float], str]) -> str:
    """A line for every layer, whose numbers are shares of 1; a NaN, where there is no share, leaves a gap."""
    scale = Scale(1, 0.25)
    slot = _INNER_WIDTH / max(len(moments), 1)
    parts = [*_axes(moments, scale, written)]
    for layer in layers:
        points = [(_LEFT + (place + 0.5) * slot, value) for place, value in enumerate(layer.values)]
        path = _path(points, scale)
        parts.append(f'<path class="line {layer.colour}" d="{path}"/>')
        parts += [
            f'<circle class="{layer.colour}" cx="{x:.1f}" cy="{scale.y(value):.1f}" r="2.5">'
            f"<title>{escape(_moment(moment))} {escape(layer.name)}: {escape(written(value))}</title></circle>"
            for moment, (x, value) in zip(moments, points, strict=True)
            if not math.isnan(value)
        ]
    return _figure(title, parts, layers)


def spark(values: Sequence[float], width: int = 140, height: int = 24) -> str:
    """A small picture of numbers for a cell of a table."""
    most = max(values, default=0)
    slot = width / max(len(values), 1)
    bars = "".join(
        f'<rect x="{place * slot:.1f}" y="{height - height * value / most:.1f}" width="{max(slot - 1, 0.5):.1f}"'
        f' height="{height * value / most:.1f}"/>'
        for place, value in enumerate(values)
        if value > 0
    )
    size = f'viewBox="0 0 {width} {height}" width="{width}" height="{height}"'
    return f'<svg class="spark" {size} aria-hidden="true">{bars}</svg>'


def _bars(layers: Sequence[Layer], place: int, scale: Scale, slot: float) -> Iterator[str]:
    x, floor = _LEFT + place * slot, 0.0
    for layer in layers:
        value = layer.values[place]
        if value:
            top, bottom = scale.y(floor + value), scale.y(floor)
            yield (
                f'<rect class="{layer.colour}" x="{x + slot * 0.1:.1f}" y="{top:.1f}"'
                f' width="{slot * 0.8:.1f}" height="{max(bottom - top, 0.5):.1f}"/>'
            )
            floor += value


def _path(points: Sequence[tuple[float, float]], scale: Scale) -> str:
    drawn, pen = [], "M"
    for x, value in points:
        if math.isnan(value):
            pen = "M"
            continue
        drawn.append(f"{pen}{x:.1f} {scale.y(value):.1f}")
        pen = "L"
    return "".join(drawn)


def _axes(moments: Sequence[datetime], scale: Scale, written: Callable[[float], str]) -> Iterator[str]:
    for value in scale.ticks():
        y = scale.y(value)
        yield f'<line class="grid" x1="{_LEFT}" x2="{WIDTH - _RIGHT}" y1="{y:.1f}" y2="{y:.1f}"/>'
        yield f'<text class="tick" x="{_LEFT - 6}" y="{y + 4:.1f}" text-anchor="end">{escape(written(value))}</text>'
    slot = _INNER_WIDTH / max(len(moments), 1)
    for place, told in _labels(moments):
        x = max(_LEFT + (place + 0.5) * slot, _LEFT + 14)
        yield f'<text class="tick" x="{x:.1f}" y="{HEIGHT - 6}" text-anchor="middle">{told}</text>'


def _labels(moments: Sequence[datetime]) -> Iterator[tuple[int, str]]:
    """Which moments are named on the axis: days where there are some, else times of day."""
    days = [place for place, moment in enumerate(moments) if not moment.hour and not moment.minute]
    pattern, named = ("%d %b", days) if len(days) > 1 else ("%H:%M", list(range(len(moments))))
    every = max(math.ceil(len(named) / _LABELS), 1)
    yield from ((place, f"{moments[place]:{pattern}}") for place in named[::every])


def _moment(moment: datetime) -> str:
    return f"{moment:%Y-%m-%d %H:%M} UTC"


def _figure(title: str, parts: Sequence[str], layers: Sequence[Layer]) -> str:
    legend = "".join(
        f'<li><svg width="10" height="10" aria-hidden="true"><rect class="{layer.colour}" width="10" height="10"/>'
        f"</svg>{escape(layer.name)}</li>"
        for layer in layers
    )
    return (
        f"<figure><figcaption>{escape(title)}</figcaption>"
        f'<svg class="plot" viewBox="0 0 {WIDTH} {HEIGHT}" role="img" aria-label="{escape(title)}">'
        f'{"".join(parts)}</svg><ul class="legend">{legend}</ul></figure>'
    )
