"""What people type, as print has it in each language."""

from __future__ import annotations

import pytest

from dosje.markup.markdown_tree import parse_markdown
from dosje.markup.prose import join_lines
from dosje.values.page_id import PageId
from dosje.values.typography import curl, marks_of
from dosje.values.words import Run

TYPED = "\"So\" said he, 'one' and (\"it's 'so'\"), the dogs' own."


@pytest.mark.parametrize(
    ("locale", "printed"),
    [
        ("en-GB", "“So” said he, ‘one’ and (“it’s ‘so’”), the dogs’ own."),
        ("sq", "“So” said he, ‘one’ and (“it’s ‘so’”), the dogs’ own."),
        ("de", "„So“ said he, ‚one‘ and („it’s ‚so‘“), the dogs’ own."),
        ("de-CH", "«So» said he, ‹one› and («it’s ‹so›»), the dogs’ own."),
        ("fr", "«\u00a0So\u00a0» said he, “one” and («\u00a0it’s “so”\u00a0»), the dogs’ own."),
        ("it", "«So» said he, “one” and («it’s “so”»), the dogs’ own."),
        ("ru-RU", "«So» said he, „one“ and («it’s „so“»), the dogs’ own."),
    ],
)
def test_straight_quotes_become_the_marks_of_the_language_in_texts_as_in_titles(locale: str, printed: str) -> None:
    marks = marks_of(locale)
    assert curl(TYPED, marks) == printed
    line = join_lines(parse_markdown(TYPED, [], PageId("essay", "e"), marks))
    assert "".join(run.text for run in line if isinstance(run, Run)) == printed


@pytest.mark.parametrize(
    ("locale", "typed", "printed"),
    [
        ("fr", 'l\'"Humanité" du soir', "l’«\u00a0Humanité\u00a0» du soir"),
        ("fr", "Qui a écrit ? Lui ; elle", "Qui a écrit\u00a0? Lui\u00a0; elle"),
        ("zh", '他说"好的"。"不"', "他说“好的”。“不”"),
        ("ja", '彼は"はい"と', "彼は「はい」と"),
        ("de", "„schon“ “anders” gesetzt", "„schon“ “anders” gesetzt"),
    ],
)
def test_elided_words_words_without_spaces_and_marks_that_stand_already(locale: str, typed: str, printed: str) -> None:
    assert curl(typed, marks_of(locale)) == printed


def test_chinese_quotes_in_a_text_go_by_turns() -> None:
    line = join_lines(parse_markdown('他说"好的"。"不"', [], PageId("essay", "e"), marks_of("zh")))
    assert "".join(run.text for run in line if isinstance(run, Run)) == "他说“好的”。“不”"


def test_the_end_of_a_line_is_no_space_between_signs_of_chinese() -> None:
    typed = "第一次\n晚餐，\nFox 来\n了 A\nB"
    for marks, printed in (
        (marks_of("zh"), "第一次晚餐，Fox 来了 A B"),
        (marks_of("de"), "第一次 晚餐， Fox 来 了 A B"),
    ):
        line = join_lines(parse_markdown(typed, [], PageId("essay", "e"), marks))
        assert "".join(run.text for run in line if isinstance(run, Run)) == printed
    # YAML has folded the line of a title.
    assert curl("第一次 晚餐", marks_of("zh-Hans")) == "第一次晚餐"
