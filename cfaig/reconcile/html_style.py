"""How a plan looks as a page: light and dark as the reader's device has it, from a phone to a wide screen."""

from typing import Final

STYLE: Final = """
:root{color-scheme:light dark;--paper:#fbfbfd;--card:#f1f1f5;--line:#dcdce3;--ink:#1b1b1f;--faint:#60606b;
--create:#17733b;--change:#8a5a00;--delete:#b3202c;--create-bg:#e3f5e9;--change-bg:#fdf1d7;--delete-bg:#fde7e8}
@media(prefers-color-scheme:dark){:root{--paper:#141417;--card:#1f1f24;--line:#34343c;--ink:#e9e9ee;--faint:#a2a2ad;
--create:#5bd68a;--change:#e9b44c;--delete:#ff7b81;--create-bg:#12301f;--change-bg:#33270d;--delete-bg:#3b1518}}
*{box-sizing:border-box}
body{margin:0;background:var(--paper);color:var(--ink);font:16px/1.5 system-ui,-apple-system,"Segoe UI",sans-serif}
main{max-width:60rem;margin:0 auto;padding:1.5rem 1rem 3rem}
h1{font-size:1.6rem;line-height:1.2;margin:0 0 .75rem}
ul{list-style:none;margin:0;padding:0}
code,.words,td{font-family:ui-monospace,SFMono-Regular,Menlo,Consolas,monospace;font-size:.86rem}
.totals{display:flex;flex-wrap:wrap;gap:.5rem;margin:.75rem 0}
.total{border-radius:999px;padding:.15rem .8rem;background:var(--card);color:var(--faint);white-space:nowrap}
.create.total{background:var(--create-bg);color:var(--create)}
.change.total,.adopt.total{background:var(--change-bg);color:var(--change)}
.delete.total{background:var(--delete-bg);color:var(--delete);font-weight:600}
.cost,.faint{color:var(--faint)}
.box,.card{border:1px solid var(--line);border-radius:.6rem;background:var(--card);padding:.7rem .9rem;margin:.7rem 0}
.box p{margin:0 0 .35rem}
.box li{margin:.25rem 0;overflow-wrap:anywhere}
.refused{border-color:var(--delete);background:var(--delete-bg)}
.warning{border-color:var(--change);background:var(--change-bg)}
.card{padding:0;overflow:hidden}
.card>h2{font-size:1rem;margin:0;padding:.6rem .9rem;border-bottom:1px solid var(--line);overflow-wrap:anywhere}
.entry{padding:.6rem .9rem;border-left:4px solid var(--faint)}
.entry.part{padding-left:2rem}
.entry+.entry{border-top:1px solid var(--line)}
.entry.create{border-left-color:var(--create)}
.entry.change,.entry.adopt{border-left-color:var(--change)}
.entry.delete{border-left-color:var(--delete)}
.entry h3{font-size:1rem;font-weight:600;margin:0;overflow-wrap:anywhere}
.badge{display:inline-block;font-size:.75rem;font-weight:600;border-radius:.3rem;padding:.05rem .4rem}
.badge{margin-right:.45rem}
.create .badge{background:var(--create-bg);color:var(--create)}
.change .badge,.adopt .badge{background:var(--change-bg);color:var(--change)}
.delete .badge{background:var(--delete-bg);color:var(--delete)}
.words{margin-top:.3rem}
.words li{white-space:pre-wrap;overflow-wrap:anywhere;padding-left:1.2rem;text-indent:-1.2rem}
details{margin-top:.4rem}
summary{color:var(--faint);cursor:pointer;font-size:.86rem}
.table{overflow-x:auto}
table{border-collapse:collapse;margin-top:.4rem;width:100%}
td,th{border-top:1px solid var(--line);padding:.25rem .6rem .25rem 0;text-align:left;vertical-align:top}
th{color:var(--faint);font-size:.8rem;font-weight:500}
td{overflow-wrap:anywhere;min-width:5rem}
@media(max-width:30rem){main{padding:1rem .75rem 2rem}h1{font-size:1.35rem}.entry.part{padding-left:1.3rem}
table,tbody,tr,td{display:block}thead{display:none}tr{border-top:1px solid var(--line);padding:.3rem 0}
td{border:0;padding:.05rem 0}td::before{content:attr(data-name) " ";color:var(--faint)}}
@media print{.card,.box{break-inside:avoid}}
""".strip()
