"""The line of time: which days a date names, and that it is drawn as wide as it is vague."""

from __future__ import annotations

import re
from datetime import date
from itertools import pairwise
from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dosje.drawing.timeline import NARROW, WIDE, Mark, Measures, busy_years, draw_strip, draw_timeline, spread
from dosje.phrases.phrase_files import read_phrases
from dosje.values.dates import parse_edtf
from dosje.values.extent import Extent, extent_of
from english import ENGLISH

JUNE_5 = date(1960, 6, 5)


def mark(text: str, kind: str = "meeting", label: str = "") -> Mark:
    return Mark(parse_edtf(text), label, label or text, f"../{kind}s/a/", kind, "a")


def draw(*texts: str) -> str:
    return draw_timeline([mark(text) for text in texts], "All of it", ENGLISH)


def bars(svg: str, name: str) -> list[tuple[float, float]]:
    """Return left and width of the bars of a class."""
    found = re.findall(rf'<rect class="{name}" x="([-\d.]+)" y="[-\d.]+" width="([\d.]+)"', svg)
    return [(float(x), float(width)) for x, width in found]


@pytest.mark.parametrize(
    ("dates", "years"),
    [
        ("1958 1960 1960-06 1960-06-24/1960-06-26 1961", (1960, 1961)),
        ("1956 1960-06-24 1961-02", (1960, 1961)),
        ("1956 1957 1960 1961", (1956, 1960)),
        ("1950/1962 1960-06/1961-02", None),
        ("", None),
    ],
)
def test_the_busy_years_are_the_fewest_in_which_two_thirds_of_the_dates_lie(
    dates: str, years: tuple[int, int] | None
) -> None:
    assert busy_years([mark(text) for text in dates.split()]) == years


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("1960-06-24", Extent(date(1960, 6, 24), date(1960, 6, 24), (date(1960, 6, 24), date(1960, 6, 24)))),
        ("1960-06", Extent(date(1960, 6, 1), date(1960, 6, 30), None)),
        ("1960-06-24/1960-06-26", Extent(date(1960, 6, 24), date(1960, 6, 26), (date(1960, 6, 24), date(1960, 6, 26)))),
        ("1948/1960", Extent(date(1948, 1, 1), date(1960, 12, 31), (date(1948, 12, 31), date(1960, 1, 1)))),
        ("1960-06/1960-06", Extent(date(1960, 6, 1), date(1960, 6, 30), None)),
        ("1960-06-05/..", Extent(JUNE_5, JUNE_5, (JUNE_5, JUNE_5), goes_on=True)),
        ("../1948", Extent(date(1948, 1, 1), date(1948, 12, 31), None, goes_back=True)),
        ("1960-11~", Extent(date(1960, 11, 1), date(1960, 11, 30), None, is_approximate=True)),
        ("1960?", Extent(date(1960, 1, 1), date(1960, 12, 31), None, is_uncertain=True)),
    ],
)  # fmt: skip
def test_a_date_names_the_days_that_it_can_mean_and_those_that_it_surely_does(text: str, expected: Extent) -> None:
    assert extent_of(parse_edtf(text)) == expected


@given(st.lists(st.tuples(st.floats(0, 700), st.floats(0.1, 90)).map(lambda pair: (pair[0], sum(pair))), max_size=40))
def test_no_two_marks_of_a_lane_meet(spans: list[tuple[float, float]]) -> None:
    lanes = spread(spans)
    for lane in set(lanes):
        inside = sorted(span for span, own in zip(spans, lanes, strict=True) if own == lane)
        assert all(one[1] <= other[0] for one, other in pairwise(inside))


def test_a_day_is_a_dot_and_a_month_an_open_bar_as_wide_as_the_month() -> None:
    svg = draw("1960-06-24", "1960-06")
    assert svg.count("<circle") == 1
    ((left, width),) = bars(svg, "dosje-mark-within")
    assert width == pytest.approx((WIDE.width - WIDE.gutter - 12) * 30 / 366, abs=0.1)
    assert left == pytest.approx(WIDE.gutter + (WIDE.width - WIDE.gutter - 12) * 152 / 366, abs=0.1)
    assert bars(svg, "dosje-mark-core") == []


def test_an_interval_is_filled_where_it_surely_was_and_open_where_it_may_have_been() -> None:
    svg = draw("1960-06/1960-09")
    ((_, whole),), ((_, core),) = bars(svg, "dosje-mark-within"), bars(svg, "dosje-mark-core")
    assert whole == pytest.approx(708 * 122 / 366, abs=0.1)
    assert core == pytest.approx(708 * 64 / 366, abs=0.1)


def test_doubt_is_shown_without_colour() -> None:
    assert "dosje-mark-about" in draw("1960-11~") and ">?</text>" not in draw("1960-11~")
    assert ">?</text>" in draw("1960-11-02?")
    assert "dosje-mark-arrow" in draw("1960-11-02/..") and "dosje-mark-arrow" not in draw("1960-11-02")


def test_each_kind_has_its_shape() -> None:
    shapes = [draw_timeline([mark("1960-06-24", kind)], "", ENGLISH) for kind in ("meeting", "event", "document")]
    assert ["<circle" in svg for svg in shapes] == [True, False, False]
    assert len({re.sub(r"dosje-mark-(meeting|event|document)|\.\./\w+", "", svg) for svg in shapes}) == 3


def test_years_without_a_date_are_left_out_and_the_gap_is_drawn() -> None:
    svg = draw("1948", "1960", "1961")
    assert re.findall(r'dosje-time-year"[^>]*>(\d+)', svg) == ["1948", "1960", "1961"]
    assert svg.count("dosje-time-gap") == 1


def test_what_spans_years_stands_above_with_its_name() -> None:
    svg = draw_timeline([mark("1958/1962", label="Great Leap Forward"), mark("1950/1979")], "", ENGLISH)
    assert "dosje-time-year" not in svg
    assert ">Great Leap Forward</text>" in svg


@pytest.mark.parametrize("measures", [WIDE, NARROW], ids=["wide", "narrow"])
def test_a_drawing_is_well_formed_and_every_mark_is_a_link_with_a_name(measures: Measures) -> None:
    texts = ["1960-06-24", "../1948", "1948/1960", "1960-22", "195X", "1956~/1961", "1960-12-31?", "9999"]
    hostile = '<script>"&\x02call x\x03'
    svg = draw_timeline([mark(text, label=f"{text}: {hostile}") for text in texts], hostile, ENGLISH, measures)
    root = ElementTree.fromstring(svg)
    links = [link for link in root.iter("a") if link.get("data-key")]
    assert [link[0].tag for link in links] == ["title"] * len(texts)
    assert all('<script>"&' in (link[0].text or "") for link in links)
    assert "\x02" not in svg


def test_a_strip_shows_where_in_its_year_a_date_lies() -> None:
    for text in ("1960-06-24", "1948/1960", "../1960-11-12", "1960/..", "1957/1960?"):
        ElementTree.fromstring(draw_strip(parse_edtf(text), "event"))
    assert draw_strip(parse_edtf("1960-06-24"), "event") != draw_strip(parse_edtf("1960-06"), "event")


def test_the_name_of_the_axis_says_that_it_is_english_where_the_language_has_no_word() -> None:
    swedish = draw_timeline([mark("1958/1961")], "Allt", read_phrases("sv"))
    assert re.search(r'<text class="dosje-time-axis" x="0" y="12" lang="en">\w+</text>', swedish)
    assert 'lang="en"' not in draw("1958/1961")
