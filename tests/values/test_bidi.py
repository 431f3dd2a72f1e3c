"""Fields from right to left keep their places in a citation."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dosje.markup.html import HtmlWriter
from dosje.values.bidi import ISOLATE, ISOLATE_END, is_right_to_left, isolate_words
from dosje.values.stand_ins import PAGE_ADDRESS, STAND_INS
from dosje.values.words import Run, plain

HTML = HtmlWriter(str)


@pytest.mark.parametrize(
    ("words", "shown"),
    [
        (
            (Run("יעקב כהן, "), Run("תולדות, העיר", ("em",)), Run(" (תל אביב: עם עובד, 1990), 5")),
            "<bdi>יעקב כהן</bdi>, <em><bdi>תולדות, העיר</bdi></em> (<bdi>תל אביב</bdi>: <bdi>עם עובד</bdi>, 1990), 5",
        ),
        ((Run("י. כהן. עיר"),), "<bdi>י. כהן</bdi>. <bdi>עיר</bdi>"),
        ((Run("Cohen, History, 5"),), "Cohen, History, 5"),
    ],
)
def test_each_field_is_isolated(words: tuple[Run, ...], shown: str) -> None:
    assert HTML.runs(isolate_words(words, "en-GB")) == shown


def test_in_an_edition_from_right_to_left_the_others_are() -> None:
    words = isolate_words((Run("كوهين، Cohen, Jacob, 5"),), "ar")
    assert HTML.runs(words) == "كوهين، <bdi>Cohen</bdi>, <bdi>Jacob</bdi>, 5"


def test_an_address_is_one_field() -> None:
    words = isolate_words((Run(f"כהן, Rome, https://example.org/{PAGE_ADDRESS}/a:b, 5."),), "he")
    assert HTML.runs(words) == f"כהן, <bdi>Rome</bdi>, <bdi>https://example.org/{PAGE_ADDRESS}/a:b</bdi>, 5."


def test_a_sign_that_stands_for_something_is_no_letter() -> None:
    words = (Run("א" + "".join(sorted(STAND_INS))),)
    assert plain(isolate_words(words, "en")).startswith(f"{ISOLATE}א{ISOLATE_END}")


@given(st.text("אبa1 ,.(“”)", max_size=20))
def test_nothing_but_isolates_is_added(text: str) -> None:
    said = plain(isolate_words((Run(text),), "de"))
    assert said.replace(ISOLATE, "").replace(ISOLATE_END, "") == text


def test_languages_have_a_direction() -> None:
    rtl = ["ar", "he", "fa", "ur", "az-Arab", "ckb-IQ"]
    assert [name for name in [*rtl, "de", "zh-Hans", "ar-Latn", "und", ""] if is_right_to_left(name)] == rtl
