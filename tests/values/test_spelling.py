"""Spelling: words that mean the same are the same word, and a slip is near, whatever the language or the script."""

from __future__ import annotations

import pytest

from dosje.values.spelling import bare_address, find_words, is_near, sound_of, spell, words_of


@pytest.mark.parametrize(
    ("text", "spelled"),
    [
        ("Mëhilli Lüthi Łódź Đorđe Ðþ ıİ", "Mehilli Luthi Lodz Dorde Dth iI"),
        ("Straße Æsop œuvre Øre ø æ Œ", "Strasse Aesop oeuvre Ore o ae Oe"),
        ("– — ‐ ‑ − ‒ ―", "- - - - - - -"),
        ("’ ‘ ´ ` ʼ ʹ ‹ ›", "' ' ' ' ' ' ' '"),
        ("“ ” „ « »", '" " " " "'),
        ("a\u00a0b\tc\nd\re_f*g\u00adh", "a b c d e fgh"),
        ("абвгдежзиклмнопрстуфхцчшщъыьэюяй", "abvgdezhziklmnoprstufkhtschshshchyeyuyai"),
        ("ХРУЩЕВ Жуков", "KHRUSHCHEV ZHukov"),
        ("іїєґјљњћђџ", "iiiegjljnjcdjdz"),
        ("ﬁ Ⅳ ² é e\u0301", "fi IV 2 e e"),
        ("ג״מ, תִּיק 5־6", 'g"m, tyq 5-6'),
        ("دوق، ملف ٥", "dwq, mlf 5"),
        ("Φάκελος", "Fakelos"),
        ("邓小平", "邓小平"),
        ("", ""),
    ],
)  # fmt: skip
def test_a_text_is_spelled_in_plain_letters(text: str, spelled: str) -> None:
    assert spell(text)[0] == spelled


def test_each_letter_knows_where_it_stood_and_the_end_too() -> None:
    assert spell("aßж*b") == ("asszhb", [0, 1, 1, 2, 2, 4, 5])


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("The Letters of the Party's Congress", ["letter", "party", "congress"]),
        ("Mao's O'Donnell d'Albanie", ["mao", "odonnell", "dalbanie"]),
        ("Records, minutes, protocol, protokoll, procesverbal, stenogram, transcripts, notes", ["record"] * 8),
        ("letter message telegram radiogram cable brief lettre leter telegramm", ["letter"] * 9),
        ("talk conversation meeting discussion negotiation gespraech bisedim takim encounter", ["talk"] * 9),
        ("report raport bericht rapport information", ["report"] * 5),
        ("speech address remarks fjalim rede", ["speech"] * 5),
        ("class campus crisis bus gas 1960s", ["class", "campus", "crisis", "bus", "gas", "1960s"]),
        ("1st 22nd 3rd 20th 4", ["1", "22", "3", "20", "4"]),
        ("twenty-first, Thirty second; twenty tenth plenum", ["21", "32", "20", "10", "plenum"]),
        ("twenty plenum first", ["20", "plenum", "1"]),
        ("twenty twentieth", ["20", "20"]),
        ("I II III IV VI VII VIII IX XI XII", ["2", "3", "4", "6", "7", "8", "9", "11", "12"]),
        ("XIII XIV XV XVI XVII XVIII XIX XX", ["13", "14", "15", "16", "17", "18", "19", "20"]),
        ("XXI XXII XXIII XXIV XXV", ["21", "22", "23", "24", "25"]),
        ("邓小平 2", ["邓", "小", "平", "2"]),
        ("und der die das ed hg vol nr esp a", []),
        ("", []),
    ],
)
def test_words_of_one_meaning_are_one_word_and_those_without_weight_none(text: str, words: list[str]) -> None:
    assert words_of(text) == words


def test_the_first_twenty_ordinals_are_numbers() -> None:
    said = (
        "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth fourteenth "
        "fifteenth sixteenth seventeenth eighteenth nineteenth twentieth"
    )
    assert words_of(said) == [str(number) for number in range(1, 21)]


def test_each_word_has_its_place_and_a_joined_number_that_of_both() -> None:
    assert find_words("the twenty first plenum") == [("21", 4, 16), ("plenum", 17, 23)]
    assert find_words("Letters, of X's") == [("letter", 0, 7), ("x", 12, 15)]


@pytest.mark.parametrize(
    "address",
    ["https://doi.org/10.1/A", "http://dx.doi.org/10.1/a", "10.1/a.", "https://www.doi.org/10.1/a/", "doi.org/10.1/a"],
)
def test_an_address_is_the_same_however_it_is_printed(address: str) -> None:
    assert bare_address(address) == "10.1/a"


def test_letters_that_sound_alike_stand_together() -> None:
    sounds = {letter: sound_of(letter + "x") for letter in "abcdefghijklmnopqrstuvwxyz0"}
    together: dict[str, str] = {}
    for letter, sound in sounds.items():
        together[sound] = together.get(sound, "") + letter
    assert sorted(together.values()) == sorted(
        ["aeiouy", "b", "chkqx", "d", "fvw", "gj", "l", "m", "n", "p", "r", "sz", "t", "0"]
    )
    assert all(sound in letters for sound, letters in together.items())


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("kapo", "kapa"), ("split", "spilt"), ("hoxha", "hoxa"), ("hoxha", "hoxhen"), ("hoxha", "hoxhave"),
        ("luthi", "luthy"), ("griffith", "griffth"), ("khrushchev", "kruschev"), ("mehilli", "mehili"),
        ("abcdefg", "abcdfge"), ("abcdefg", "axcdxfg"), ("abcde", "xbcde"), ("same", "same"), ("abcd", "abdc"),
        ("radchenko", "rodchenka"), ("abcdefgh", "abdcefhg"),
    ],
)  # fmt: skip
def test_a_slip_is_near(one: str, other: str) -> None:
    assert is_near(one, other)
    assert is_near(other, one)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("abc", "abd"), ("kapo", "mao"), ("1960", "1961"), ("1960x", "1961x"), ("kapo", "kipu"), ("abcde", "axcxe"),
        ("abcde", "xbcdx"), ("abcdefg", "axcxexg"), ("abcdefg", "abcdefghij"), ("hoxha", "hoxhaxyz"),
        ("abcd", "abcdef"), ("abcdef", "badcef"), ("abcdefgh", "badcfegh"), ("albania", "romania"), ("abcd", "efgh"),
        ("stalin", "station"),
    ],
)  # fmt: skip
def test_another_word_is_not_near(one: str, other: str) -> None:
    assert not is_near(one, other)
    assert not is_near(other, one)
