"""Coordinates for a layered drawing: boxes near the middle of their neighbours, none on top of another."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

from cfaig.pictures.layers import Layers, neighbours

ROUNDS: Final = 24


@dataclass(frozen=True, slots=True)
class Size:
    """What a box takes: `across` along its layer, `along` from layer to layer, in pixels.

    `centre` is where, across, its arrows come in; the middle unless something hangs on one side of it.
    """

    across: float
    along: float
    centre: float


@dataclass(frozen=True, slots=True)
class Places:
    """For each name its arrow line (`across`) and where its layer begins (`along`), and the size of the whole."""

    across: Mapping[str, float]
    along: Mapping[str, float]
    across_size: float
    along_size: float


def place(layers: Layers, sizes: Mapping[str, Size], gap_across: float, gap_along: float) -> Places:
    """Coordinates that begin at 0."""
    across = _across(layers, sizes, gap_across)
    along: dict[str, float] = {}
    begin = 0.0
    for layer in layers.layers:
        along |= dict.fromkeys(layer, begin)
        begin += max((sizes[name].along for name in layer), default=0) + gap_along
    first = min((across[name] - sizes[name].centre for name in across), default=0)
    last = max((across[name] - sizes[name].centre + sizes[name].across for name in across), default=0)
    moved = {name: line - first for name, line in across.items()}
    return Places(moved, along, last - first, max(begin - gap_along, 0))


def _across(layers: Layers, sizes: Mapping[str, Size], gap: float) -> dict[str, float]:
    """Moves each layer below the one above it and above the one below it, by turns.

    The way up comes last, and so chains are straight, and what branches stands over the middle of its branches.
    """
    above, below = neighbours(step for chain in layers.chains for step in pairwise(chain))
    lines: dict[str, float] = {}
    for layer in layers.layers:
        lines |= _packed(layer, dict.fromkeys(layer, (0.0, 1.0)), sizes, gap)
    for number in range(ROUNDS):
        down = number % 2 == 0
        for layer in layers.layers if down else layers.layers[::-1]:
            wanted: dict[str, tuple[float, float]] = {}
            for name in layer:
                near = (above if down else below).get(name, ())
                line = sum(lines[other] for other in near) / len(near) if near else lines[name]
                wanted[name] = line, _weight(name, layers, alone=not near)
            lines |= _packed(layer, wanted, sizes, gap)
    return lines


def _weight(name: str, layers: Layers, *, alone: bool) -> float:
    """How much a name insists on its place: long arrows on being straight, the end of a branch on nothing."""
    if name in layers.stand_ins:
        return 4.0
    return 0.05 if alone else 1.0


def _packed(
    layer: Sequence[str], wanted: Mapping[str, tuple[float, float]], sizes: Mapping[str, Size], gap: float
) -> dict[str, float]:
    """The places next to those wanted (by weighted least squares) that keep the order and the gaps.

    Pool adjacent violators: names that want to be too near one another move as one block.
    """
    offsets = [0.0]
    for left, right in pairwise(layer):
        near = sizes[left].across - sizes[left].centre + sizes[right].centre
        offsets.append(offsets[-1] + near + gap)
    blocks: list[tuple[float, float, int]] = []
    for name, offset in zip(layer, offsets, strict=True):
        line, weight = wanted[name]
        blocks.append((line - offset, weight, 1))
        while len(blocks) > 1 and blocks[-2][0] >= blocks[-1][0]:
            (first, heavy, count), (second, light, more) = blocks[-2], blocks[-1]
            mean = (first * heavy + second * light) / (heavy + light)
            blocks[-2:] = [(mean, heavy + light, count + more)]
    moved = [value for value, _, count in blocks for _ in range(count)]
    return {name: value + offset for name, value, offset in zip(layer, moved, offsets, strict=True)}
