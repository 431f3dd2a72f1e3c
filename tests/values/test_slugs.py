"""The letters of addresses. These pairs are frozen: a pair may be added, none may ever change.

An address that was published is for ever. Whoever wants to spell a letter better does so in `values.spelling`.
"""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dosje.values import spelling
from dosje.values.slugs import slug

FROZEN = {
    "They wrote": "they-wrote",
    "in Tirana.": "in-tirana",
    "Hoxha’s “letter” – 24 June": "hoxha-s-letter-24-june",
    "kapo folio 9–20": "kapo-folio-9-20",
    "Smith_2010 page xi": "smith-2010-page-xi",
    "*Zëri* i Popullit": "zeri-i-popullit",
    "Mëhilli Lüthi Łódź Đorđe Ðþ ıİ": "mehilli-luthi-lodz-dorde-dth-ii",
    "Straße Æsop œuvre Øre ø æ Œ": "strasse-aesop-oeuvre-ore-o-ae-oe",
    "Ħal Ŋ Ŧ Əliyev": "hal-ng-t-eliyev",
    "абвгдежзиклмнопрстуфхцчшщъыьэюя": "abvgdezhziklmnoprstufkhtschshshchyeyuya",
    "йёў ЙЁЎ ХРУЩЕВ Жуков": "ieu-ieu-khrushchev-zhukov",
    "іїєґ јљњћђџ ѕѣ": "iiieg-jljnjcdjdz-dzie",
    "αβγδεζηθικλμνξοπρσςτυφχψω Ά": "avgdezithiklmnxoprsstyfchpso-a",
    "აბგდევზთიკლმნოპჟრსტუფქღყშჩცძწჭხჯჰ": "abgdevztiklmnopzhrstupkghqshchtsdztschkhjh",
    "աբգդեզէըթժիլխծկհձղճմյնշոչպջռսվտրցւփքօֆ և": "abgdezeytzhilkhtskhdzghchmynshochpjrsvtrtsvpkof-ev",
    "ﬁ Ⅳ ² é e\u0301 ａ": "fi-iv-2-e-e-a",
    "a\u00adb c\u00a0d e\tf": "ab-c-d-e-f",
    "邓小平": "",
    "القاهرة": "",
    "—": "",
    "": "",
}


@pytest.mark.parametrize(("text", "address"), FROZEN.items())
def test_a_text_in_an_address_stays_what_it_is_for_ever(text: str, address: str) -> None:
    assert slug(text) == address


@given(st.text())
def test_an_address_has_small_letters_digits_and_single_hyphens_between_them(text: str) -> None:
    found = slug(text)
    assert all(part.isascii() and part.isalnum() and part == part.lower() for part in found.split("-")) or not found
    assert slug(found) == found


def test_a_better_spelling_for_the_search_changes_no_address(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(spelling, "_SIGNS", {**spelling._SIGNS, "ж": "j", "ü": "ue"})
    assert spelling.words_of("ж ü") == ["j", "ue"]
    assert slug("ж ü") == "zh-u"
