"""The order of a drawing: arrows go down, nothing is forgotten, and trees have no crossings."""

from __future__ import annotations

from itertools import pairwise

from hypothesis import given, settings
from hypothesis import strategies as st

from cfaig.pictures.layers import arrange, crossings
from cfaig.pictures.places import Size, place

NAMES = [f"n{index}" for index in range(12)]
links = st.lists(st.tuples(st.sampled_from(NAMES), st.sampled_from(NAMES)), max_size=25)
parents = st.lists(st.integers(0, 100), min_size=1, max_size=39)


def as_tree(numbers: list[int]) -> list[tuple[str, str]]:
    """Links from the first name to all others: number `i` hangs below one of those before it."""
    return [(f"t{number % (index + 1)}", f"t{index + 1}") for index, number in enumerate(numbers)]


@settings(deadline=None)
@given(links)
def test_every_name_has_one_layer_and_arrows_go_down(given_links: list[tuple[str, str]]) -> None:
    arranged = arrange(NAMES, given_links)
    level = {name: index for index, layer in enumerate(arranged.layers) for name in layer}
    assert sorted(level) == sorted([*NAMES, *arranged.stand_ins])
    assert sum(map(len, arranged.layers)) == len(level)
    for link, chain in zip(given_links, arranged.chains, strict=True):
        assert {chain[0], chain[-1]} == set(link)
        if link[0] != link[1]:
            assert all(level[lower] == level[upper] + 1 for upper, lower in pairwise(chain))


@settings(deadline=None)
@given(parents)
def test_trees_have_no_crossings(numbers: list[int]) -> None:
    tree = as_tree(numbers)
    arranged = arrange([f"t{index}" for index in range(len(numbers) + 1)], tree)
    assert arranged.chains == tuple(tree)
    assert crossings(arranged.layers, tree) == 0


def test_crossings_are_undone() -> None:
    crossed = [
        ("start", "a"),
        ("start", "b"),
        ("start", "c"),
        ("a", "z"),
        ("b", "y"),
        ("c", "x"),
        ("z", "end"),
        ("x", "end"),
    ]
    steps = [("a", "z"), ("b", "y"), ("c", "x")]
    assert crossings([("a", "b", "c"), ("x", "y", "z")], steps) == 3
    names = ["start", "a", "b", "c", "x", "y", "z", "end"]
    assert crossings(arrange(names, crossed).layers, crossed) == 0


@settings(deadline=None)
@given(links, st.lists(st.integers(1, 300), min_size=len(NAMES), max_size=len(NAMES)))
def test_no_two_boxes_of_a_layer_overlap(given_links: list[tuple[str, str]], widths: list[int]) -> None:
    arranged = arrange(NAMES, given_links)
    sizes = {name: Size(width, 40, width / 3) for name, width in zip(NAMES, widths, strict=True)}
    sizes |= dict.fromkeys(arranged.stand_ins, Size(2, 0, 1))
    places = place(arranged, sizes, 10, 50)
    for layer in arranged.layers:
        for left, right in pairwise(layer):
            end = places.across[left] - sizes[left].centre + sizes[left].across
            assert end + 10 <= places.across[right] - sizes[right].centre + 1e-6
    assert min(places.across[name] - sizes[name].centre for name in places.across) >= -1e-6


def test_chains_are_straight_and_branches_stand_in_the_middle() -> None:
    names = ["start", "if", "a", "b", "a2", "b2"]
    arranged = arrange(names, [("start", "if"), ("if", "a"), ("if", "b"), ("a", "a2"), ("b", "b2")])
    sizes = {name: Size(width, 40, width / 2) for name, width in zip(names, (80, 80, 100, 60, 300, 120), strict=True)}
    lines = place(arranged, sizes, 20, 50).across
    assert round(lines["a"], 3) == round(lines["a2"], 3)
    assert round(lines["b"], 3) == round(lines["b2"], 3)
    assert round(lines["start"], 3) == round(lines["if"], 3) == round((lines["a"] + lines["b"]) / 2, 3)


def test_a_loop_is_turned_around_and_the_rest_stays() -> None:
    arranged = arrange(["start", "a", "b"], [("start", "a"), ("a", "b"), ("b", "a")])
    assert arranged.layers == (("start",), ("a",), ("b",))
    assert arranged.chains == (("start", "a"), ("a", "b"), ("a", "b"))
