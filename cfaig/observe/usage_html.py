"""Usage as one page of HTML: plots and a table; nothing is loaded from elsewhere, nothing runs, texts are escaped."""

from __future__ import annotations

import math
from collections.abc import Iterator
from html import escape
from typing import Final

from cfaig.html_page import html_page
from cfaig.observe.amounts import count, dollars, share
from cfaig.observe.plots import Layer, lines, spark, stacked_bars
from cfaig.observe.usage import Group, Totals, Usage
from cfaig.observe.usage_text import amounts_of, by_words, heading, nothing_text, top_groups
from cfaig.printable import printable

SHOWN_LAYERS: Final = 6
SHOWN_ROWS: Final = 200

STYLE: Final = """
:root{color-scheme:light dark;--paper:#fbfbfd;--card:#f1f1f5;--line:#dcdce3;--ink:#1b1b1f;--faint:#60606b;
--ok:#3b7dd8;--hit:#2f9e63;--bad:#c8323f;--c0:#3b7dd8;--c1:#e08a1e;--c2:#2f9e63;--c3:#8e5bd0;--c4:#c8475b;--c5:#8a8a95}
@media(prefers-color-scheme:dark){:root{--paper:#141417;--card:#1f1f24;--line:#34343c;--ink:#e9e9ee;--faint:#a2a2ad;
--ok:#6aa5f5;--hit:#58c88c;--bad:#f0717c;--c0:#6aa5f5;--c1:#f0ac55;--c2:#58c88c;--c3:#b48bef;--c4:#f0838f;--c5:#8f8f9b}}
*{box-sizing:border-box}
body{margin:0;background:var(--paper);color:var(--ink);font:16px/1.5 system-ui,-apple-system,"Segoe UI",sans-serif}
main{max-width:88rem;margin:0 auto;padding:1.5rem 1rem 3rem}
h1{font-size:1.6rem;line-height:1.2;margin:0 0 .25rem}
p{margin:.25rem 0}
.faint,.notes{color:var(--faint);font-size:.9rem}
ul{list-style:none;margin:0;padding:0}
.totals{display:grid;grid-template-columns:repeat(auto-fit,minmax(8.5rem,1fr));gap:.7rem;margin:1rem 0}
.totals li,figure,.table{border:1px solid var(--line);border-radius:.6rem;background:var(--card)}
.totals li{padding:.6rem .9rem;color:var(--faint);font-size:.85rem}
.totals strong{display:block;color:var(--ink);font-size:1.45rem;line-height:1.25;font-weight:600}
.plots{display:grid;grid-template-columns:repeat(auto-fit,minmax(min(100%,30rem),1fr));gap:.7rem}
figure{margin:0;padding:.7rem .9rem;min-width:0}
figcaption{font-weight:600;margin-bottom:.3rem}
.plot{width:100%;height:auto;display:block}
.grid{stroke:var(--line)}
.tick{fill:var(--faint);font-size:11px}
.legend{display:flex;flex-wrap:wrap;gap:.1rem 1rem;font-size:.85rem;color:var(--faint);overflow-wrap:anywhere}
.legend svg{margin-right:.4rem}
.ok{fill:var(--ok)}.hit{fill:var(--hit)}.bad{fill:var(--bad)}
.c0{fill:var(--c0)}.c1{fill:var(--c1)}.c2{fill:var(--c2)}.c3{fill:var(--c3)}.c4{fill:var(--c4)}.c5{fill:var(--c5)}
.line{fill:none;stroke-width:2;stroke-linejoin:round}
.line.hit{stroke:var(--hit)}.line.bad{stroke:var(--bad)}
.spark rect{fill:var(--ok)}
.table{overflow-x:auto;margin:1rem 0;padding:.2rem .9rem .5rem}
table{border-collapse:collapse;width:100%;font-variant-numeric:tabular-nums}
th{color:var(--faint);font-size:.82rem;font-weight:500}
td,th{border-bottom:1px solid var(--line);padding:.35rem .8rem .35rem 0;text-align:right;white-space:nowrap}
tbody th{color:var(--ink);font-size:.95rem;font-weight:400;overflow-wrap:anywhere;white-space:normal;min-width:8rem}
th:first-child,td:last-child,th:last-child{text-align:left}
tbody tr:last-child>*{border-bottom:0}
tbody tr.all>*{font-weight:600}
@media print{figure,.table{break-inside:avoid}}
""".strip()


def usage_html(usage: Usage, environment: str) -> str:
    """The page, ending with a newline; the same usage gives the same bytes."""
    title = f"Analytics of {environment}"
    if usage.total.requests:
        plots = f'<div class="plots">{"".join(_plots(usage))}</div>'
        body = [*_totals(usage.total), plots, *_table(usage)]
    else:
        body = [f"<p>{_text(nothing_text(usage, environment))}</p>"]
    notes = "".join(f"<li>{_text(note)}</li>" for note in by_words(usage))
    head = [f"<h1>{_text(title)}</h1>", f'<p class="faint">{_text(heading(usage))}</p>']
    return html_page(printable(title), [*head, *body, f'<ul class="notes">{notes}</ul>'], STYLE)


def _totals(total: Totals) -> Iterator[str]:
    told = (
        (f"{total.requests:,}", "requests"),
        (share(total.error_rate), f"failed ({total.errors:,})"),
        (share(total.hit_rate), f"from the cache ({total.cached:,})"),
        (count(total.tokens_in), "tokens in"),
        (count(total.tokens_out), "tokens out"),
        (dollars(total.cost), "cost"),
    )
    cards = "".join(f"<li><strong>{_text(value)}</strong>{_text(name)}</li>" for value, name in told)
    yield f'<ul class="totals">{cards}</ul>'


def _plots(usage: Usage) -> Iterator[str]:
    moments, series = usage.moments, usage.series
    outcomes = (
        Layer("answered by a provider", "ok", [max(each.requests - each.cached - each.errors, 0) for each in series]),
        Layer("from the cache", "hit", [each.cached for each in series]),
        Layer("failed", "bad", [each.errors for each in series]),
    )
    yield stacked_bars("Requests", moments, outcomes, count)
    yield stacked_bars(f"Cost by {usage.by}", moments, _layers(usage, "cost"), dollars)
    yield lines(
        "Shares of requests",
        moments,
        (
            Layer("from the cache", "hit", [_or_nan(each.hit_rate) for each in series]),
            Layer("failed", "bad", [_or_nan(each.error_rate) for each in series]),
        ),
        lambda part: f"{part * 100:.0f} %",
    )
    tokens = (
        Layer("tokens in", "c0", [each.tokens_in for each in series]),
        Layer("tokens out", "c1", [each.tokens_out for each in series]),
    )
    yield stacked_bars("Tokens", moments, tokens, count)
    yield stacked_bars(f"Requests by {usage.by}", moments, _layers(usage, "requests"), count)
    yield stacked_bars(f"Failed requests by {usage.by}", moments, _layers(usage, "errors"), count)


def _layers(usage: Usage, name: str) -> list[Layer]:
    groups = top_groups(usage, SHOWN_LAYERS)
    return [
        Layer(printable(group.name), f"c{place}", [getattr(each, name) for each in group.series])
        for place, group in enumerate(groups)
    ]


def _table(usage: Usage) -> Iterator[str]:
    names = (str(usage.by), "requests", "failed", "cached", "tokens in", "tokens out", "cost", "requests over time")
    head = "".join(f'<th scope="col">{_text(name)}</th>' for name in names)
    rows = [_row(Group("total", usage.total, usage.series), "all")]
    rows += [_row(group, "") for group in top_groups(usage, SHOWN_ROWS)]
    yield f'<div class="table"><table><thead><tr>{head}</tr></thead><tbody>{"".join(rows)}</tbody></table></div>'


def _row(group: Group, kind: str) -> str:
    told = "".join(f"<td>{_text(cell)}</td>" for cell in amounts_of(group.totals))
    picture = spark([each.requests for each in group.series])
    return f'<tr class="{kind}"><th scope="row">{_text(group.name)}</th>{told}<td>{picture}</td></tr>'


def _or_nan(part: float | None) -> float:
    return math.nan if part is None else part


def _text(text: str) -> str:
    return escape(printable(text))
