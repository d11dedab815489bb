"""Pictures of any graph: well-formed, complete, inside their frame, and harmless whatever names hold."""

from __future__ import annotations

import random
import re
from collections import Counter
from decimal import Decimal
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cfaig.definition.load import load_project
from cfaig.definition.model import Chain, Flow, If, Limit, Model, RawElements, Split
from cfaig.errors import CfaigError
from cfaig.json_types import JsonObject
from cfaig.pictures.downwards import draw_downwards
from cfaig.pictures.draw import WIDE, draw
from cfaig.pictures.drawing import Drawing, DrawnBox
from cfaig.pictures.formats import PictureFormat, format_of
from cfaig.pictures.picture import Picture, picture_of
from cfaig.pictures.render import chosen_graphs, render
from cfaig.pictures.rightwards import draw_rightwards
from cfaig.project import Project
from cfaig.state.compile import compile_account
from cfaig.state.routes import compile_flow
from tests.engine_fixtures import ROOT
from tests.provider.graphs import chain
from tests.strategies import flows, graphs

SVG = "{http://www.w3.org/2000/svg}"
HOSTILE = "<script>\"&'`]]>--> $$x$$ #quot; \\N \x1b[2J 模型 \ud800"
any_graph = st.one_of(
    graphs(("openai", "anthropic")), flows(("openai", "anthropic")).map(lambda flow: compile_flow(flow, str).elements)
)


def with_mistakes() -> list[dict[str, Any]]:
    """A loop, an output that leads nowhere, an unknown type, shares of the same size, a hostile name."""
    broken = chain("gpt-4o", HOSTILE, "o3")
    broken[1]["outputs"]["success"]["elementId"] = "m2"
    broken[2]["outputs"]["fallback"]["elementId"] = "gone"
    broken[3]["outputs"]["fallback"]["elementId"] = "m0"
    odd: dict[str, Any] = {
        "id": "odd",
        "type": "rate_limit",
        "properties": None,
        "outputs": {"x": {"elementId": "odd"}},
    }
    return [*broken, odd, {"id": 'a"b', "type": "percentage", "outputs": {"50%": {"elementId": "m0"}, "50.0%": {}}}]


def big_flow(seed: int, depth: int = 3) -> Flow:
    """A flow with many branches."""
    rand = random.Random(seed)  # noqa: S311 (no secret)

    def below(levels: int) -> Flow:
        if not levels:
            names = rand.choices(["gpt-4o", "claude-sonnet-5", "@cf/meta/llama-3.1-8b-instruct"], k=rand.randint(1, 3))
            return Chain(tuple(Model(rand.choice(["openai", "anthropic"]), name, 20_000, 1) for name in names))
        kind = rand.choice(["if", "limit", "split"])
        if kind == "if":
            return If({"metadata.plan": {"$eq": "paid"}}, below(levels - 1), below(levels - 1))
        if kind == "limit":
            return Limit("metadata.user_id", Decimal(100), "count", 3600, below(levels - 1), below(levels - 1))
        return Split(tuple((Decimal(share), below(levels - 1)) for share in (60, 30, 10)))

    return below(depth)


def parsed(svg: str) -> ET.Element:
    return ET.fromstring(svg)  # noqa: S314 (our own)


def overlap(first: DrawnBox, second: DrawnBox) -> bool:
    return (
        first.x < second.x + second.width - 0.1
        and second.x < first.x + first.width - 0.1
        and first.y < second.y + second.height - 0.1
        and second.y < first.y + first.height - 0.1
    )


def check_drawing(picture: Picture, drawing: Drawing) -> None:
    assert Counter(drawn.box.id for drawn in drawing.boxes) == Counter(box.id for box in picture.boxes)
    assert Counter(drawn.arrow for drawn in drawing.arrows) == Counter(picture.arrows)
    for index, drawn in enumerate(drawing.boxes):
        assert -0.1 <= drawn.x <= drawn.x + drawn.width <= drawing.width + 0.1
        assert -0.1 <= drawn.y <= drawn.y + drawn.height <= drawing.height + 0.1
        assert not any(overlap(drawn, other) for other in drawing.boxes[:index])


@given(any_graph)
def test_both_drawings_hold_everything_and_nothing_overlaps(elements: tuple[JsonObject, ...]) -> None:
    picture = picture_of("support/chat", elements)
    check_drawing(picture, draw_downwards(picture))
    check_drawing(picture, draw_rightwards(picture))


@given(any_graph)
def test_the_svg_names_every_output_and_is_the_same_again(elements: tuple[JsonObject, ...]) -> None:
    text = render({"support/chat": elements}, PictureFormat.SVG)
    assert text == render({"support/chat": elements}, PictureFormat.SVG)
    root = parsed(text)
    labels = Counter(label.text for label in root.iter(f"{SVG}text") if label.get("class") == "label")
    outputs = Counter(name for element in elements for name in element["outputs"])  # type: ignore[union-attr]
    assert labels == Counter({name: count for name, count in outputs.items() if name != "next"})
    assert len(root.findall(f".//{SVG}path[@data-from]")) == outputs.total()


@pytest.mark.parametrize("picture_format", list(PictureFormat))
def test_graphs_with_mistakes_and_hostile_names_are_drawn(picture_format: PictureFormat) -> None:
    text = render({'support/<b>"chat"': with_mistakes()}, picture_format)
    text.replace("\ud800", "").encode()
    assert "\x1b" not in text
    assert "\ud800" not in text
    assert "gone" in text
    if picture_format is PictureFormat.SVG:
        root = parsed(text)
        assert not list(root.iter(f"{SVG}script"))
        assert "<script>" in "".join(root.itertext())
        assert 'class="arrow fallback loop"' in text
    else:
        assert "script" in text


def test_mermaid_spells_out_what_it_could_take_for_more_than_letters() -> None:
    text = render({"support/chat": with_mistakes()}, PictureFormat.MERMAID)
    for label in re.findall(r'"([^"]*)"', text):
        assert not set(label.replace("<br>", "")) & set("<>`$&'\\[](){}|")
    assert "#60;script#62;#34;#38;" in text
    assert text.count('"') % 2 == 0


def test_dot_quotes_what_is_no_letter() -> None:
    text = render({"support/chat": with_mistakes()}, PictureFormat.DOT)
    assert '<script>\\"&' in text
    assert "\\\\N" in text
    assert text.count("{") == text.count("}")


def test_forty_elements_are_drawn_to_the_right_and_stay_readable() -> None:
    sizes = {len(elements): elements for seed in range(300) if (elements := compile_flow(big_flow(seed), str).elements)}
    drawing = draw(picture_of("support/big", sizes[40]))
    assert drawing.width < 3 * WIDE
    assert drawing.width / drawing.height < 3
    elements = compile_flow(Chain(tuple(Model("openai", f"m{index}") for index in range(38))), str).elements
    assert len(elements) == 40
    assert draw(picture_of("support/long", elements)).width < WIDE / 3


def test_the_examples_fit_a_page_and_two_routes_stand_one_below_the_other() -> None:
    account = compile_account(load_project(Project(ROOT), "local").gateways)
    for address, elements in chosen_graphs(account, None).items():
        assert draw(picture_of(address, elements)).width <= WIDE
    both = chosen_graphs(account, "support")
    assert list(both) == ["support/chat", "support/summary"]
    root = parsed(render(both, PictureFormat.SVG))
    assert [text.text for text in root.iter(f"{SVG}text") if text.get("class") == "title"] == list(both)
    assert render(both, PictureFormat.MERMAID).count("subgraph") == 2
    assert render(both, PictureFormat.DOT).count("subgraph") == 2
    assert render(both, PictureFormat.TEXT).startswith("support/chat\n  openai/gpt-4o (timeout 20s, 1 retry)\n  then ")


def test_the_picture_in_the_documentation_is_that_of_the_example() -> None:
    account = compile_account(load_project(Project(ROOT), "local").gateways)
    drawn = render(chosen_graphs(account, "tiered-assistant/assist"), PictureFormat.SVG)
    assert (ROOT / "docs/pictures/route-assist.svg").read_text(encoding="utf-8") == drawn, (
        "cfaig routes graph tiered-assistant/assist -o docs/pictures/route-assist.svg"
    )


def test_what_is_not_there_is_told_with_what_is() -> None:
    account = compile_account(load_project(Project(ROOT), "local").gateways)
    with pytest.raises(CfaigError) as caught:
        chosen_graphs(account, "support/chatt")
    assert "did you mean support/chat?" in str(caught.value.hint)


def test_the_name_of_a_file_says_the_format() -> None:
    assert format_of(Path("a.SVG")) is PictureFormat.SVG
    assert format_of(Path("a.mmd")) is PictureFormat.MERMAID
    with pytest.raises(CfaigError, match="says no format"):
        format_of(Path("a.png"))


def test_raw_elements_are_drawn_as_they_are() -> None:
    raw = compile_flow(RawElements(tuple(chain("gpt-4o", "o3"))), str).elements
    kinds = Counter(box.kind.value for box in picture_of("support/chat", raw).boxes)
    assert kinds == {"start": 1, "model": 2, "answered": 2, "unanswered": 1}
