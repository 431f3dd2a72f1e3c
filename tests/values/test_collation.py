"""The order of letters: each alphabet has its own, and foreign letters stand beside the plain ones."""

from __future__ import annotations

import pytest

from dosje.values.collation import order_of
from dosje.values.languages import BABEL_BY_CODE, CODE_BY_BABEL

ALPHABETS = {
    "sq": "a b c ç d dh e ë f g gj h i j k l ll m n nj o p q r rr s sh t th u v x xh y z zh",
    "bs": "a b c č ć d dž đ e f g h i j k l lj m n nj o p r s š t u v z ž",
    "hr": "a b c č ć d dž đ e f g h i j k l lj m n nj o p r s š t u v z ž",
    "cs": "a b c č d e f g h ch i j k l m n o p q r ř s š t u v w x y z ž",
    "da": "a b c x y z æ ø å",
    "no": "a z æ ø å",
    "nb": "a z æ ø å",
    "nn": "a z æ ø å",
    "es": "a m n ñ o z",
    "et": "r s š z ž t u v õ ä ö ü w x y",
    "fi": "a x y z å ä ö",
    "sv": "a x y z å ä ö",
    "hu": "a b c cs d dz dzs e f g gy h k l ly m n ny o ö p s sz t ty u ü v z zs",
    "lt": "b c č d r s š t z ž",
    "lv": "b c č d f g ģ h k ķ l ļ m n ņ o s š t z ž",
    "pl": "a ą b c ć d e ę f l ł m n ń o ó p s ś t z ź ż",
    "ro": "a ă â b i î j s ș t ț u",
    "sk": "a ä b c č d g h ch i n o ô p s š z ž",
    "sl": "b c č d r s š t z ž",
    "tr": "b c ç d f g ğ h ı i j o ö p s ş t u ü v",
    "en": "a b c d e f g h i j k l m n o p q r s t u v w x y z",
}


def order_backwards(texts: list[str], locale: str) -> list[str]:
    """Return texts in order; they are given from the last to the first, because what is equal stays as it was."""
    backwards = list(reversed(texts))
    return sorted(backwards, key=order_of(locale))


@pytest.mark.parametrize("language", ALPHABETS)
def test_an_alphabet_is_in_the_order_of_its_language(language: str) -> None:
    letters = ALPHABETS[language].split()
    for locale in (language, f"{language}-XX", f"{language.upper()}_XX"):
        assert order_backwards(letters, locale) == letters
    words = [f"{letter}m" for letter in letters]
    assert order_backwards(words, language) == words


@pytest.mark.parametrize(
    ("locale", "names"),
    [
        ("en", ["Łem", "Lóm", "Lum"]),
        ("de", ["Aa", "Äb", "Ac", "Straße", "Strassf"]),
        ("en", ["Ab", "Ad", "Æc", "Af"]),
        ("en", ["Øa", "Ob", "Œa", "Of"]),
        ("en", ["Đa", "Db", "Ðc"]),
        ("en", ["A", "A b", "A1", "A2", "A9", "Aa"]),
        ("en", ["Z", "Ж", "平"]),
        ("en", ["O'Brien", "Obrine"]),
        ("tr", ["Isa", "İsa"]),
        ("en", ["Tg", "Þg", "Ti"]),
        # By pinyin: a, bei, chen, deng, li, liu, mao, mo, peng, zhou; a rare sign (qu) behind the usual ones.
        (
            "zh-CN",
            [
                "Hoxha",
                "阿尔巴尼亚",
                "北京",
                "陈云",
                "邓小平",
                "李先念",
                "刘少奇",
                "毛泽东",
                "莫斯科",
                "彭真",
                "周恩来",
                "瞿秋白",
            ],
        ),
        ("zh", ["陈云", "邓小平"]),
        ("zh-Hans-HK", ["陈云", "邓小平"]),
        # By strokes: 1, 2, 4, 8, 14.
        ("zh-TW", ["Hoxha", "一", "丁一", "毛澤東", "周恩來", "鄧小平"]),
        ("zh-Hant", ["一", "毛澤東", "周恩來"]),
    ],
)
def test_names_are_sorted_as_readers_look_for_them(locale: str, names: list[str]) -> None:
    assert order_backwards(names, locale) == names


def test_what_differs_in_capitals_or_marks_alone_has_one_place_and_a_fixed_order() -> None:
    order = order_of("en")
    assert order("Élan") == order("élan")
    assert order("Élan")[0] == order("elan")[0] != order("elam")[0]
    assert sorted(["É", "e", "é", "E"], key=order) == ["e", "E", "É", "é"]


def test_each_language_of_tex_has_one_code() -> None:
    assert {code: CODE_BY_BABEL[name] for code, name in BABEL_BY_CODE.items()} == {code: code for code in BABEL_BY_CODE}
    assert " ".join(BABEL_BY_CODE) == (
        "ar bg bs cs da de el en es et fi fr he hr hu it ja ko la lt lv mk mn nl no pl pt ro ru sk sl sq sr sv tr uk "
        "vi zh"
    )
    assert all(name.islower() and name.isalpha() for name in CODE_BY_BABEL)
    assert [BABEL_BY_CODE[code] for code in ("pt", "sq", "zh")] == ["portuguese", "albanian", "chinese"]
