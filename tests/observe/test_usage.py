"""Counting: time in steps without gaps, sums that add up, and how it is shown."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from html.parser import HTMLParser
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cfaig.errors import CfaigError
from cfaig.observe import amounts
from cfaig.observe.columns import Column, cut, table
from cfaig.observe.plots import Layer, scale_for, stacked_bars
from cfaig.observe.read_usage import summed
from cfaig.observe.sparkline import BARS, NOTHING, added_up, sparkline
from cfaig.observe.usage import Field, Grouping, Totals, Usage
from cfaig.observe.usage_html import usage_html
from cfaig.observe.usage_query import DAY, FIVE_MINUTES, HOUR, LONGEST, Counted, Part, Step, parts, query_text, step_for
from cfaig.observe.usage_text import nothing_text, top_groups, usage_text
from cfaig.observe.window import Window
from cfaig.printable import printable

NOW = datetime(2026, 11, 22, 12, 34, 56, tzinfo=UTC)
STEPS = st.sampled_from([FIVE_MINUTES, HOUR, DAY])
LENGTHS = st.timedeltas(timedelta(minutes=1), timedelta(days=60))
NASTY = "<script>alert(1)</script>\x1b[2J&\"'"


@settings(deadline=None)
@given(LENGTHS)
def test_steps_cover_the_window_without_gaps(length: timedelta) -> None:
    window, step = Window.last(NOW, length), step_for(length)
    moments = step.moments(window)
    assert moments[0] <= window.since < moments[0] + step.length
    assert moments[-1] < window.until <= moments[-1] + step.length
    assert all(after - before == step.length for before, after in pairwise(moments))
    assert len(moments) <= 193


@settings(max_examples=15, deadline=None)
@given(LENGTHS, STEPS)
def test_parts_and_their_halves_have_each_step_once(length: timedelta, step: Step) -> None:
    moments = step.moments(Window.last(NOW, length))

    def steps(part: Part) -> list[datetime]:
        halves = part.halves()
        assert part.last - part.first < LONGEST
        return [part.first] if halves is None else [moment for half in halves for moment in steps(half)]

    assert [moment for part in parts(moments, step) for moment in steps(part)] == list(moments)


COUNTED = st.lists(
    st.builds(
        Counted,
        st.integers(0, 47).map(lambda hours: datetime(2026, 11, 20, 13, tzinfo=UTC) + timedelta(hours=hours)),
        st.sampled_from(["a", "b", "c", NASTY]),
        st.builds(Totals, *[st.integers(0, 9)] * 5, st.integers(0, 99).map(float)),
    ),
    max_size=12,
)


def usage_of(found: list[Counted]) -> Usage:
    window = Window(datetime(2026, 11, 20, 13, tzinfo=UTC), NOW)
    return summed(found, window, Grouping(Field.MODEL), (), HOUR, "a test", ["a note"])


@given(COUNTED)
def test_sums_add_up(found: list[Counted]) -> None:
    usage = usage_of(found)
    total = sum((each.totals for each in found), Totals())
    assert usage.total == total
    assert sum((group.totals for group in usage.groups), Totals()) == total
    assert sum(usage.series, Totals()) == total
    for most in (1, 2, 9):
        shown = top_groups(usage, most)
        assert len(shown) <= most
        assert sum((group.totals for group in shown), Totals()) == total
    for place, _ in enumerate(usage.moments):
        assert sum((group.series[place] for group in usage.groups), Totals()) == usage.series[place]


def test_rates() -> None:
    assert (Totals().error_rate, Totals().hit_rate) == (None, None)
    assert Totals(requests=8, errors=2, cached=4).error_rate == 0.25
    assert Totals(requests=8, errors=2, cached=4).hit_rate == 0.5


def test_groupings() -> None:
    assert Grouping.parse("metadata.user.name") == Grouping(Field.METADATA, "user.name")
    with pytest.raises(CfaigError) as told:
        Grouping.parse("provder")
    assert "did you mean provider?" in (told.value.hint or "")


def test_what_is_asked_cannot_leave_its_quotes() -> None:
    part = next(parts([NOW], HOUR))
    text = query_text('a"}) { x } #', part, Grouping(Field.MODEL), ['g"]\n}'])
    assert 'accountTag: "a\\"}) { x } #"' in text
    assert 'gateway_in: ["g\\"]\\n}"]' in text


@given(st.lists(st.floats(0, 1e12), max_size=60), st.one_of(st.none(), st.integers(1, 40)))
def test_sparklines(values: list[float], width: int | None) -> None:
    drawn = sparkline(values, width)
    assert len(drawn) <= (width or len(values))
    assert set(drawn) <= {*BARS, NOTHING}
    shown = values if width is None else added_up(values, width)
    if any(shown):
        assert drawn[shown.index(max(shown))] == BARS[-1]
    for (one, bar), (other, its) in zip(
        zip(shown, drawn, strict=True), zip(shown[1:], drawn[1:], strict=False), strict=False
    ):
        assert (one <= 0) == (bar == NOTHING)
        assert one >= other or (NOTHING + BARS).index(bar) <= (NOTHING + BARS).index(its)


@given(st.floats(1e-9, 1e15), st.booleans())
def test_scales_are_round_and_large_enough(most: float, whole: bool) -> None:
    scale = scale_for(most, whole=whole)
    assert not whole or scale.step >= 1
    assert scale.top >= most * (1 - 1e-6)
    assert 1 <= round(scale.top / scale.step) <= 5
    assert f"{scale.step:e}"[0] in "125"
    assert all(8 <= scale.y(value) <= 176.0001 for value in (0, scale.top))


@pytest.mark.parametrize(
    ("shown", "text"),
    [
        (amounts.count(999), "999"),
        (amounts.count(12_345), "12.3k"),
        (amounts.count(999_960), "1.0M"),
        (amounts.dollars(0.00123), "$0.0012"),
        (amounts.dollars(0.0000038), "$0.0000038"),
        (amounts.dollars(0.5), "$0.50"),
        (amounts.dollars(1234.5), "$1,234.50"),
        (amounts.dollars(0), "$0"),
        (amounts.share(None), "–"),
        (amounts.share(0.0001), "<0.1 %"),
        (amounts.share(0.25), "25.0 %"),
        (amounts.took(12), "12 ms"),
        (amounts.took(2449), "2.4 s"),
        (amounts.took(185_000), "3 m 05 s"),
    ],
)
def test_amounts(shown: str, text: str) -> None:
    assert shown == text


@given(st.lists(st.tuples(st.text(max_size=9).map(printable), st.text(max_size=9).map(printable)), max_size=5))
def test_tables_stand_in_columns(rows: list[tuple[str, str]]) -> None:
    lines = table((Column("name"), Column("n", right=True)), rows)
    assert len(lines) == len(rows) + 1
    assert all("\n" not in line and line == line.rstrip() for line in lines)
    assert all(cut(line, 5) == line[:4] + "…" for line in lines if len(line) > 5)


def test_text_says_what_was_counted() -> None:
    at = datetime(2026, 11, 21, 13, tzinfo=UTC)
    usage = usage_of([Counted(at, "gpt-4o", Totals(4, 1, 2, 1500, 20, 0.5)), Counted(at, NASTY, Totals(1))])
    text = usage_text(usage)
    assert re.search(r"^total\s+5\s+20\.0 %\s+40\.0 %\s+1\.5k\s+20\s+\$0\.50\s+·+█·+$", text, re.MULTILINE)
    assert "\x1b" not in text
    assert usage_text(usage_of([])) == ""
    assert "no requests of any gateway in dev between 2026-11-20 13:00 UTC" in nothing_text(usage_of([]), "dev")


class Page(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.outside: list[str] = []
        self.seen: set[str] = set()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.seen.add(tag)
        self.outside += [
            f"{name}={value}" for name, value in attrs if name in {"src", "href", "style"} or name[:2] == "on"
        ]
        if tag != "meta":
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag


def test_the_page_is_whole_quiet_and_escaped() -> None:
    at = datetime(2026, 11, 21, 13, tzinfo=UTC)
    page = usage_html(usage_of([Counted(at, NASTY, Totals(3, 1, 1, 5, 6, 0.1))]), NASTY)
    parser = Page()
    parser.feed(page)
    assert parser.open == []
    assert parser.outside == []
    assert "script" not in parser.seen
    assert page.count("<figure>") == 6
    assert "default-src 'none'" in page
    assert "\x1b" not in page
    assert page == usage_html(usage_of([Counted(at, NASTY, Totals(3, 1, 1, 5, 6, 0.1))]), NASTY)
    assert "<figure>" not in usage_html(usage_of([]), "dev")


def test_bars_are_as_high_as_their_numbers() -> None:
    moments = [NOW, NOW + timedelta(hours=1)]
    drawn = stacked_bars("t", moments, [Layer("a", "c0", [2, 4]), Layer("b", "c1", [2, 0])], amounts.count)
    heights = [
        float(found)
        for found in re.findall(r'class="c[01]" x="[\d.]+" y="[\d.]+" width="[\d.]+" height="([\d.]+)"', drawn)
    ]
    assert heights == pytest.approx([84, 84, 168], abs=0.2)
    assert "<title>2026-11-22 12:34 UTC a: 2, b: 2</title>" in drawn
