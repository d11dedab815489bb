"""From an account to pictures of some of its routes."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import Final

from cfaig.definition.spelling import did_you_mean
from cfaig.errors import CfaigError
from cfaig.pictures.dot import render_dot
from cfaig.pictures.formats import PictureFormat
from cfaig.pictures.mermaid import render_mermaid
from cfaig.pictures.picture import Output, picture_of
from cfaig.pictures.svg import render_svg
from cfaig.printable import printable
from cfaig.reconcile.route_words import Elements, graph_lines
from cfaig.state.model import AccountState

_RENDERERS: Final = {
    PictureFormat.SVG: render_svg,
    PictureFormat.MERMAID: render_mermaid,
    PictureFormat.DOT: render_dot,
}


def chosen_graphs(account: AccountState, wanted: str | None) -> dict[str, Elements]:
    """Graphs by address: that of `support/chat`, all of `support`, or all there are.

    Raises CfaigError when there are none.
    """
    graphs: dict[str, Elements] = {
        f"{gateway.id}/{route.name}": route.elements for gateway in account.gateways for route in gateway.routes
    }
    if wanted is None and graphs:
        return dict(graphs)
    chosen = {address: graph for address, graph in graphs.items() if wanted in (address, address.partition("/")[0])}
    if not chosen:
        known = ", ".join(graphs) or "none"
        guess = did_you_mean(wanted, tuple(graphs)) if wanted else ""
        message = f"no definition has the route {wanted}" if wanted else "no definition has a route"
        raise CfaigError(message, f"{guess}there are: {known}")
    return chosen


def render(graphs: Mapping[str, Elements], picture_format: PictureFormat, taken: Collection[Output] = ()) -> str:
    """Graphs by address, at least one, in the format, ending with a newline; the same graphs give the same bytes.

    `taken` are the outputs that requests took: pictures bring them out, text does not.
    """
    if picture_format is PictureFormat.TEXT:
        return "\n\n".join("\n".join(_text(address, graph)) for address, graph in graphs.items()) + "\n"
    pictures = [picture_of(address, graph, taken) for address, graph in graphs.items()]
    return _RENDERERS[picture_format](pictures)


def _text(address: str, elements: Elements) -> Sequence[str]:
    return (printable(address), *(f"  {printable(line)}" for line in graph_lines(elements)))
