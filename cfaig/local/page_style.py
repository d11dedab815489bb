"""The look of the page: one column, readable on a phone, light or dark as the reader has it."""

from __future__ import annotations

from typing import Final

STYLE: Final = """
:root { color-scheme: light dark; --ink: #1b1b1f; --soft: #60606b; --line: #dcdce3; --paper: #fbfbfd; --box: #f1f1f5;
  --accent: #b34a00; --bad: #b3261e }
@media (prefers-color-scheme: dark) {
  :root { --ink: #e9e9ee; --soft: #a2a2ad; --line: #34343c; --paper: #141417; --box: #1f1f24; --accent: #ff9e5e;
    --bad: #ff8a80 } }
* { box-sizing: border-box }
body { margin: 0; background: var(--paper); color: var(--ink);
  font: 1rem/1.55 system-ui, -apple-system, "Segoe UI", Roboto, "Helvetica Neue", sans-serif }
main { max-width: 46rem; margin: 0 auto; padding: 2rem 1.25rem 4rem }
header { margin-bottom: 2.5rem }
h1 { font-size: 1.75rem; line-height: 1.2; margin: 0 0 .25rem; letter-spacing: -.015em }
header p, small, .none { color: var(--soft) }
a { color: var(--accent) }
section { border-top: 1px solid var(--line); padding: 1.5rem 0 .75rem }
h2 { font-size: 1.25rem; margin: 0 0 .75rem }
h3 { font-size: 1rem; font-weight: 600; margin: 1.25rem 0 .5rem }
small { font-size: .85rem; font-weight: 400; margin-left: .35rem }
dl { display: grid; grid-template-columns: max-content 1fr; gap: .3rem 1.25rem; margin: 0 0 .75rem }
dt { color: var(--soft) }
dd { margin: 0; overflow-wrap: anywhere }
code, pre { font: .9em/1.5 ui-monospace, SFMono-Regular, Menlo, Consolas, "DejaVu Sans Mono", monospace }
h3 code { color: var(--accent) }
p code, header code { overflow-wrap: anywhere }
pre { background: var(--box); border-radius: .4rem; padding: .75rem 1rem; margin: 0 0 1rem; overflow-x: auto }
.wide { overflow-x: auto; margin: 0 0 1rem }
table { border-collapse: collapse; width: 100%; font-size: .85rem; font-variant-numeric: tabular-nums }
th { text-align: left; font-weight: 400; color: var(--soft); white-space: nowrap }
th, td { padding: .3rem .9rem .3rem 0; border-bottom: 1px solid var(--line); vertical-align: top }
th.number, td.number { text-align: right; white-space: nowrap }
th:last-child, td:last-child { padding-right: 0 }
.bad { color: var(--bad); font-weight: 600 }
ol { list-style: none; margin: 0 0 1rem; padding: .75rem 1rem; background: var(--box); border-radius: .4rem }
li { padding-left: calc(1.5rem * var(--depth) + 1rem); text-indent: -1rem; overflow-wrap: anywhere }
@media (max-width: 34rem) { dl { grid-template-columns: 1fr; gap: 0 } dd { margin-bottom: .5rem }
  pre { white-space: pre-wrap; overflow-wrap: anywhere } li { padding-left: calc(.9rem * var(--depth) + 1rem) } }
"""
