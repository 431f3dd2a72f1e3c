"""The macros of a style: how many elements pandoc comes by is counted to the last one, and half a style is none."""

from __future__ import annotations

from xml.parsers.expat import ExpatError

import pytest

from dosje.citing.style_macros import MOST_ELEMENTS, MacroError, check_macros


def style(count: int, macro: str = ' name="a"') -> str:
    """Return a style whose one macro has `count` elements, itself among them."""
    return f"<style>\n <macro{macro}>{'<text/>' * (count - 1)}</macro></style>"


def test_as_many_elements_as_pandoc_is_asked_for_are_no_error_and_one_more_is() -> None:
    check_macros(style(MOST_ELEMENTS))
    with pytest.raises(
        MacroError, match=r'^the macro "a" of the style calls others so often that it has more than 41,430 '
    ):
        check_macros(style(MOST_ELEMENTS + 1))


def test_an_error_says_where_the_macro_begins() -> None:
    with pytest.raises(MacroError, match=r'^the macro "a" of the style calls itself: a → a$') as caught:
        check_macros('<style>\n <macro name="a"><text macro="a"/></macro></style>')
    assert (caught.value.line, caught.value.column) == (2, 2)


def test_of_a_choice_only_the_longest_branch_counts() -> None:
    half = "<text/>" * (MOST_ELEMENTS // 2)
    check_macros(f'<style><macro name="a"><choose><if>{half}</if><else>{half}</else></choose></macro></style>')
    with pytest.raises(MacroError):
        check_macros(f'<style><macro name="a"><if>{half}</if><else>{half}</else></macro></style>')


def test_a_macro_without_a_name_counts_for_the_style() -> None:
    with pytest.raises(MacroError, match=r"^the macros of the style call others so often"):
        check_macros(style(MOST_ELEMENTS, ""))


def test_a_style_that_ends_in_its_middle_is_no_xml() -> None:
    with pytest.raises(ExpatError):
        check_macros('<style><macro name="a"/>')
