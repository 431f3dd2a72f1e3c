"""Lists of findings as they are told: chosen, folded, counted, weighed by an edition, and what is new in them."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from dosje.values.finding_lists import (
    Chosen,
    count_codes,
    find_new,
    fold_findings,
    tell_findings,
    tell_github,
)
from dosje.values.findings import WARNINGS, Finding, Span
from dosje.values.severities import NEVER_OFF, weigh_findings

ERROR = Finding(Span("a.yml", 1, 1), "bad-date", "no date")
UNUSED = [Finding(Span("b.yml", line, 1), "unused-record", f"nothing names {line}") for line in range(1, 12)]


def test_more_than_ten_of_a_code_are_told_as_three_and_a_count() -> None:
    assert tell_findings([ERROR, *UNUSED]) == (
        "a.yml:1:1: bad-date: no date\n"
        "b.yml:1:1: unused-record: nothing names 1\n"
        "b.yml:2:1: unused-record: nothing names 2\n"
        "b.yml:3:1: unused-record: nothing names 3\n"
        "and 8 more of unused-record: dosje check --only unused-record shows all"
    )
    assert len(tell_findings(UNUSED[:10]).splitlines()) == 10
    assert len(tell_findings(UNUSED, {"unused-record"}).splitlines()) == 11
    assert tell_findings([]) == tell_github([]) == ""


def test_github_is_told_the_count_in_a_command_of_its_own() -> None:
    assert tell_github(UNUSED).splitlines()[2:] == [
        "::warning file=b.yml,line=3,col=1,title=unused-record::nothing names 3",
        "::notice title=unused-record::and 8 more of unused-record: dosje check --only unused-record shows all",
    ]


def test_codes_are_counted_the_most_frequent_first() -> None:
    assert count_codes([ERROR, *UNUSED]) == "unused-record 11, bad-date 1"
    assert count_codes([ERROR, UNUSED[0]]) == "bad-date 1, unused-record 1"
    assert count_codes([]) == ""


def test_only_and_ignored_codes_choose() -> None:
    found = [ERROR, UNUSED[0]]
    assert Chosen().choose(found) == (ERROR, UNUSED[0])
    assert Chosen(only=frozenset({"bad-date"})).choose(found) == (ERROR,)
    assert Chosen(ignored=frozenset({"bad-date"})).choose(found) == (UNUSED[0],)


def test_a_warning_may_be_raised_or_hidden_and_an_error_stays() -> None:
    raised = Finding(Span("b.yml", 1, 1), "unused-record", "nothing names 1", is_raised=True)
    assert weigh_findings([ERROR, UNUSED[0]], {"unused-record": "error", "bad-date": "off"}) == [ERROR, raised]
    assert (raised.is_error, UNUSED[0].is_error) == (True, False)
    assert weigh_findings([ERROR, UNUSED[0]], {"unused-record": "off"}) == [ERROR]
    assert weigh_findings([UNUSED[0]], {"unused-record": "warning"}) == weigh_findings([UNUSED[0]], {}) == [UNUSED[0]]
    assert WARNINGS >= NEVER_OFF


def test_what_is_new_is_told_once_and_a_line_that_moves_is_not_new() -> None:
    new, known = find_new([ERROR, UNUSED[0]], {}, is_complete=True)
    assert new == (ERROR, UNUSED[0])
    moved = Finding(Span("a.yml", 9, 1), "bad-date", "no date")
    assert find_new([moved, UNUSED[0], UNUSED[1]], known, is_complete=True)[0] == (UNUSED[1],)
    # The same once more in the same file is new.
    assert find_new([ERROR, moved], known, is_complete=True)[0] == (moved,)


def test_what_was_mended_and_comes_again_is_new() -> None:
    known = find_new([ERROR], {}, is_complete=True)[1]
    mended = find_new([], known, is_complete=True)[1]
    assert find_new([ERROR], mended, is_complete=True)[0] == (ERROR,)


def test_what_an_error_hides_is_not_new_when_the_error_is_mended() -> None:
    known = find_new(UNUSED, {}, is_complete=True)[1]
    broken = find_new([ERROR], known, is_complete=False)
    assert broken[0] == (ERROR,)
    assert find_new(UNUSED, broken[1], is_complete=True)[0] == ()


@given(st.lists(st.sampled_from(["bad-date", "unused-record", "typed-ibid"]), max_size=60))
def test_folding_loses_none(codes: list[str]) -> None:
    found = [Finding(Span("a.yml", line, 1), code, "x") for line, code in enumerate(codes, 1)]
    shown, more = fold_findings(found)
    assert len(shown) + sum(more.values()) == len(found)
    assert [one for one in found if one in shown] == list(shown)
    assert {one.code for one in shown} == set(codes)
