"""The order of a layered drawing: which box goes into which layer, and who stands beside whom.

Sugiyama's method: longest-path layering, stand-ins where an arrow crosses a layer, and crossings reduced by sorting
each layer by the mean place of its neighbours, down and up, until it does not get better.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final, TypeAlias

SWEEPS: Final = 12

Link: TypeAlias = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Layers:
    """Names in layers, in order; `chains` maps the number of each link to the names it passes, both ends included.

    A link that goes back (a loop) is turned around in its chain.
    """

    layers: tuple[tuple[str, ...], ...]
    chains: tuple[tuple[str, ...], ...]
    stand_ins: frozenset[str]

    def ports(self, lines: Mapping[str, float]) -> dict[int, float]:
        """Where each link leaves its box, as a share of the box, in the order of where it goes; by its number."""
        leaving: dict[str, list[tuple[float, int]]] = {}
        for number, chain in enumerate(self.chains):
            leaving.setdefault(chain[0], []).append((lines[chain[1]], number))
        return {
            number: (index + 1) / (len(links) + 1)
            for links in leaving.values()
            for index, (_, number) in enumerate(sorted(links))
        }


def arrange(names: Sequence[str], links: Sequence[Link]) -> Layers:
    """Put `names` into layers; the first name is the start, and links keep the order in which they are given."""
    forward = _without_loops(names, links)
    depth = _depths(names, forward)
    chains: list[tuple[str, ...]] = []
    stand_ins: dict[str, int] = {}
    for number, (source, target) in enumerate(forward):
        passed = [f"\0{number}:{layer}" for layer in range(depth[source] + 1, depth[target])]
        stand_ins |= {name: depth[source] + 1 + index for index, name in enumerate(passed)}
        chains.append((source, *passed, target))
    places = depth | stand_ins
    layers: list[list[str]] = [[] for _ in range(max(places.values(), default=0) + 1)]
    steps = [step for chain in chains for step in pairwise(chain)]
    for name in _first_order(names, steps):
        layers[places[name]].append(name)
    return Layers(_fewer_crossings(layers, steps), tuple(chains), frozenset(stand_ins))


def neighbours(steps: Iterable[Link]) -> tuple[Mapping[str, list[str]], Mapping[str, list[str]]]:
    """Who is above, and who is below each name."""
    above: dict[str, list[str]] = {}
    below: dict[str, list[str]] = {}
    for upper, lower in steps:
        below.setdefault(upper, []).append(lower)
        above.setdefault(lower, []).append(upper)
    return above, below


def crossings(layers: Sequence[Sequence[str]], steps: Iterable[Link]) -> int:
    """How often two links between neighbouring layers cross."""
    place = {name: index for layer in layers for index, name in enumerate(layer)}
    level = {name: index for index, layer in enumerate(layers) for name in layer}
    between: dict[int, list[tuple[int, int]]] = {}
    for upper, lower in steps:
        between.setdefault(level[upper], []).append((place[upper], place[lower]))
    return sum(
        (first[0] - second[0]) * (first[1] - second[1]) < 0
        for pairs in between.values()
        for index, first in enumerate(pairs)
        for second in pairs[:index]
    )


def _without_loops(names: Sequence[str], links: Sequence[Link]) -> list[Link]:
    """The links with those turned around that close a loop on a walk from the start."""
    following: dict[str, list[int]] = {}
    for number, (source, _) in enumerate(links):
        following.setdefault(source, []).append(number)
    state: dict[str, bool] = {}
    turned: set[int] = set()
    for root in names:
        stack = [] if root in state else [(root, iter(following.get(root, ())))]
        state.setdefault(root, True)
        while stack:
            name, rest = stack[-1]
            number = next(rest, -1)
            if number < 0:
                state[name] = False
                stack.pop()
                continue
            target = links[number][1]
            if state.get(target):
                turned.add(number)
            elif target not in state:
                state[target] = True
                stack.append((target, iter(following.get(target, ()))))
    return [(b, a) if number in turned else (a, b) for number, (a, b) in enumerate(links)]


def _depths(names: Sequence[str], links: Sequence[Link]) -> dict[str, int]:
    """The length of the longest way to each name."""
    above, below = neighbours(link for link in links if link[0] != link[1])
    open_ = {name: len(above.get(name, ())) for name in names}
    depth = dict.fromkeys(names, 0)
    ready = [name for name in names if not open_[name]]
    for name in ready:
        for lower in below.get(name, ()):
            depth[lower] = max(depth[lower], depth[name] + 1)
            open_[lower] -= 1
            if not open_[lower]:
                ready.append(lower)
    return depth


def _first_order(names: Sequence[str], steps: Sequence[Link]) -> list[str]:
    """Names and stand-ins in the order of a walk from the start, which draws a tree without a crossing."""
    _, below = neighbours(steps)
    order: dict[str, None] = {}
    for root in names:
        stack = [root]
        while stack:
            name = stack.pop()
            if name not in order:
                order[name] = None
                stack.extend(reversed(below.get(name, ())))
    return list(order)


def _fewer_crossings(layers: list[list[str]], steps: Sequence[Link]) -> tuple[tuple[str, ...], ...]:
    above, below = neighbours(steps)
    best, fewest = [list(layer) for layer in layers], crossings(layers, steps)
    for sweep in range(SWEEPS):
        if not fewest:
            break
        down = sweep % 2 == 0
        order = range(1, len(layers)) if down else range(len(layers) - 2, -1, -1)
        for index in order:
            fixed = layers[index - 1 if down else index + 1]
            _sort_by_neighbours(layers[index], fixed, above if down else below)
        count = crossings(layers, steps)
        if count < fewest:
            best, fewest = [list(layer) for layer in layers], count
    return tuple(tuple(layer) for layer in best)


def _sort_by_neighbours(layer: list[str], fixed: Sequence[str], linked: Mapping[str, list[str]]) -> None:
    place = {name: index for index, name in enumerate(fixed)}
    wanted: dict[str, float] = {}
    for index, name in enumerate(layer):
        near = [place[other] for other in linked.get(name, ()) if other in place]
        # Without neighbours it stays where it is, as a share of the layer's length.
        wanted[name] = sum(near) / len(near) if near else index * len(fixed) / max(len(layer), 1)
    layer.sort(key=wanted.__getitem__)
