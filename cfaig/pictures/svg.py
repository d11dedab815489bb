"""Pictures of routes as one SVG: light or dark as the reader has it, every text escaped, nothing loaded."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final
from xml.sax.saxutils import escape, quoteattr

from cfaig.pictures.draw import draw
from cfaig.pictures.drawing import ABOVE, LINE, NAME_SIZE, RING, SMALL_SIZE, DrawnArrow, DrawnBox, text_width
from cfaig.pictures.picture import END_ANSWERED, END_UNANSWERED, BoxKind, Picture

MARGIN: Final = 24.0
TITLE: Final = 34.0
BETWEEN: Final = 44.0
LEGEND: Final = 40.0
_BAR: Final = 4
_LEAST_WIDTH: Final = 480.0
_ENDS: Final = ((BoxKind.ANSWERED, END_ANSWERED), (BoxKind.UNANSWERED, END_UNANSWERED))
_STYLE: Final = """
.cfaig-routes { --paper: #ffffff; --ink: #1b1b1f; --soft: #5a5a66; --line: #7d7d8a; --box: #f5f5f9; --edge: #c8c8d2;
  --model: #2563eb; --conditional: #7c3aed; --percentage: #0d9488; --rate: #b45309; --start: #1b1b1f;
  --answered: #15803d; --unanswered: #c81e1e;
  font-family: system-ui, -apple-system, "Segoe UI", Roboto, "Helvetica Neue", "DejaVu Sans", sans-serif }
@media (prefers-color-scheme: dark) {
  .cfaig-routes { --paper: #141417; --ink: #ececf1; --soft: #a9a9b6; --line: #8b8b99; --box: #202027; --edge: #45454f;
    --model: #7aa7ff; --conditional: #b794ff; --percentage: #3fcfbf; --rate: #f0a94c; --start: #ececf1;
    --answered: #4ade80; --unanswered: #ff7b7b } }
.cfaig-routes .paper { fill: var(--paper) }
.cfaig-routes text { fill: var(--ink) }
.cfaig-routes .title { font-size: 16px; font-weight: 650 }
.cfaig-routes .soft { fill: var(--soft) }
.cfaig-routes .box { fill: var(--box); stroke: var(--edge) }
.cfaig-routes .arrow { fill: none; stroke: var(--line); stroke-width: 1.4 }
.cfaig-routes .fallback { stroke-dasharray: 5 4 }
.cfaig-routes .loop { stroke: var(--unanswered); stroke-width: 2 }
.cfaig-routes .head { fill: var(--line) }
.cfaig-routes .label { fill: var(--soft); text-anchor: middle; paint-order: stroke; stroke: var(--paper);
  stroke-width: 5px; stroke-linejoin: round }
.cfaig-routes .ring { fill: var(--paper); stroke-width: 2 }
.cfaig-routes .missing .box, .cfaig-routes .unknown .box { stroke: var(--unanswered); stroke-dasharray: 4 3 }
"""
# Only where a picture tells of a request, so that all others stay as they are.
_TOLD: Final = """.cfaig-routes .aside { opacity: .35 }
.cfaig-routes .taken { stroke: var(--ink); stroke-width: 2.2 }
"""
_TONES: Final = (BoxKind.START, BoxKind.CONDITIONAL, BoxKind.PERCENTAGE, BoxKind.RATE, BoxKind.MODEL)


def render_svg(pictures: Sequence[Picture]) -> str:
    """The pictures one under the other, ending with a newline."""
    drawings = [draw(picture) for picture in pictures]
    inner = max(_LEAST_WIDTH, *(max(drawing.width, text_width(drawing.title, 16)) for drawing in drawings))
    width = round(inner + 2 * MARGIN)
    parts: list[str] = []
    top = MARGIN
    for drawing in drawings:
        parts.append(f'<g transform="translate({MARGIN},{top + TITLE:.1f})">')
        parts.append(f'<text class="title" x="0" y="-18">{escape(drawing.title)}</text>')
        tells = any(arrow.arrow.taken for arrow in drawing.arrows)
        parts += [*(_arrow(arrow, tells=tells) for arrow in drawing.arrows), *(_box(box) for box in drawing.boxes)]
        parts += [_label(arrow, tells=tells) for arrow in drawing.arrows if arrow.arrow.label != "next"]
        parts.append("</g>")
        top += TITLE + drawing.height + BETWEEN
    kinds = {box.kind for picture in pictures for box in picture.boxes}
    parts += _legend(kinds, top - BETWEEN + 26)
    height = round(top - BETWEEN + LEGEND + MARGIN / 2)
    return _document(pictures, width, height, parts)


def _document(pictures: Sequence[Picture], width: int, height: int, parts: Sequence[str]) -> str:
    names = ", ".join(picture.title for picture in pictures)
    tones = "".join(f".cfaig-routes .{kind} .bar {{ fill: var(--{kind}) }}\n" for kind in _TONES)
    rings = "".join(
        f".cfaig-routes .{kind} .ring {{ stroke: var(--{kind}) }}\n"
        f".cfaig-routes .{kind} .dot {{ fill: var(--{kind}) }}\n"
        for kind, _ in _ENDS
    )
    told = _TOLD if any(picture.tells for picture in pictures) else ""
    head = (
        '<defs><marker id="cfaig-head" viewBox="0 0 10 10" refX="9" refY="5" markerWidth="7" markerHeight="7" '
        'orient="auto-start-reverse"><path class="head" d="M0,0 L10,5 L0,10 z"/></marker></defs>'
    )
    size = f'viewBox="0 0 {width} {height}" width="{width}" height="{height}"'
    sizes = f".cfaig-routes text {{ font-size: {SMALL_SIZE}px }}\n"
    sizes += f".cfaig-routes .name {{ font-size: {NAME_SIZE}px; font-weight: 600 }}\n"
    return "\n".join(
        (
            f'<svg xmlns="http://www.w3.org/2000/svg" class="cfaig-routes" {size} role="img">',
            f"<title>{escape(f'Routes: {names}' if len(pictures) > 1 else f'Route {names}')}</title>",
            f"<style>{_STYLE}{sizes}{tones}{rings}{told}</style>",
            head,
            f'<rect class="paper" width="{width}" height="{height}"/>',
            *parts,
            "</svg>\n",
        )
    )


def _box(drawn: DrawnBox) -> str:
    box = drawn.box
    told = escape(" · ".join(box.lines))
    kind = f"{box.kind} aside" if box.aside else box.kind
    opening = f'<g class="{kind}" data-id={quoteattr(box.id)}><title>{told}</title>'
    if box.kind.end:
        return f"{opening}{_ring(drawn.x, drawn.y)}</g>"
    shape = f'x="{drawn.x:.1f}" y="{drawn.y:.1f}" height="{drawn.height:.1f}"'
    return "".join(
        (
            opening,
            f'<rect class="box" {shape} width="{drawn.width:.1f}" rx="7"/>',
            f'<rect class="bar" {shape} width="{_BAR}" rx="2"/>' if box.kind in _TONES else "",
            *_texts(drawn),
            "</g>",
        )
    )


def _texts(drawn: DrawnBox) -> Iterator[str]:
    x = drawn.x + _BAR + 10
    for index, text in enumerate(drawn.texts):
        y = drawn.y + ABOVE + LINE * index + 12.5
        yield f'<text class="{"name" if text.strong else "soft"}" x="{x:.1f}" y="{y:.1f}">{escape(text.words)}</text>'


def _ring(x: float, y: float) -> str:
    centre = f'cx="{x + RING / 2:.1f}" cy="{y + RING / 2:.1f}"'
    return f'<circle class="ring" {centre} r="{RING / 2 - 1:g}"/><circle class="dot" {centre} r="{RING / 4:g}"/>'


def _arrow(drawn: DrawnArrow, *, tells: bool) -> str:
    arrow = drawn.arrow
    classes = "arrow" + (" fallback" if arrow.label == "fallback" else "") + (" loop" if drawn.backwards else "")
    if tells:
        classes += " taken" if arrow.taken else " aside"
    end = "start" if drawn.backwards else "end"
    return (
        f'<path class="{classes}" data-from={quoteattr(arrow.source)} data-to={quoteattr(arrow.target)} '
        f'd="{drawn.path}" marker-{end}="url(#cfaig-head)"/>'
    )


def _label(drawn: DrawnArrow, *, tells: bool) -> str:
    x, y = drawn.label
    classes = "label aside" if tells and not drawn.arrow.taken else "label"
    return f'<text class="{classes}" x="{x:.1f}" y="{y:.1f}">{escape(drawn.arrow.label)}</text>'


def _legend(kinds: set[BoxKind], y: float) -> Iterator[str]:
    x = MARGIN
    for kind, told in _ENDS:
        if kind in kinds:
            yield f'<g class="{kind}">{_ring(x, y - RING / 2)}</g>'
            yield f'<text class="soft" x="{x + RING + 6:.1f}" y="{y + 4:.1f}">{escape(told)}</text>'
            x += RING + text_width(told, SMALL_SIZE) + 28
