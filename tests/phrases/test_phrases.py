"""A phrase: its values, its plural forms, and that nothing in it reaches into a value."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dosje.phrases.date_words import words_of_date
from dosje.phrases.phrase_files import read_phrases
from dosje.phrases.phrases import Borrowed, Phrases, Slot, parse_phrase
from dosje.phrases.script import with_phrases
from dosje.values.dates import parse_edtf

PHRASES = Phrases(
    "en-GB",
    {
        "copy.button": "Copy",
        "person.of": "{name} of {place}",
        "meetings.count": {"one": "{n} meeting", "other": "{n} meetings"},
    },
)


def test_a_phrase_is_asked_for_by_key_and_its_values_by_name() -> None:
    assert PHRASES("copy.button") == "Copy"
    assert PHRASES("person.of", name="Kapo", place="Tirana") == "Kapo of Tirana"


@pytest.mark.parametrize(("locale", "said"), [("en-GB", "0 many, 1 one, 2 many"), ("fr", "0 one, 1 one, 2 many")])
def test_a_number_chooses_the_plural_form_as_cldr_says_for_the_language(locale: str, said: str) -> None:
    phrases = Phrases(locale, {"a.count": {"one": "{n} one", "other": "{n} many"}})
    assert ", ".join(phrases("a.count", n=n) for n in (0, 1, 2)) == said


def test_a_form_that_is_not_given_is_the_other_one() -> None:
    assert Phrases("ru", {"a.count": {"other": "{n} of"}})("a.count", n=2) == "2 of"


def test_a_key_or_value_that_is_not_there_is_a_fault_at_once() -> None:
    for key, values in (("copy.nothing", {}), ("person.of", {"name": "Kapo"}), ("meetings.count", {})):
        with pytest.raises(KeyError):
            PHRASES(key, **values)


@given(st.text(), st.text())
def test_a_value_stays_what_it_is_whatever_stands_in_it(name: str, place: str) -> None:
    assert PHRASES("person.of", name=name, place=place) == f"{name} of {place}"


@pytest.mark.parametrize("text", ["{name.__class__}", "{name[0]}", "{0}", "{}", "{", "a } b", "{Name}", "{name!r}"])
def test_a_phrase_reaches_into_no_value(text: str) -> None:
    with pytest.raises(ValueError, match="a place for a value is written"):
        parse_phrase(text)


def test_a_phrase_can_be_put_together_by_another_than_text() -> None:
    assert parse_phrase("{a_b}, on {n} pages") == (Slot("a_b"), ", on ", Slot("n"), " pages")
    value = object()
    assert PHRASES.pieces("person.of", name=value, place="Tirana") == [value, " of ", "Tirana"]


@pytest.mark.parametrize(
    ("locale", "said"),
    [
        ("en-GB", ["", "a", "a and b", "a, b and c", "a, b, c and d"]),
        ("en-US", ["", "a", "a and b", "a, b, and c", "a, b, c, and d"]),
    ],
)
def test_a_list_is_said_as_the_language_says_it(locale: str, said: list[str]) -> None:
    assert [Phrases(locale, {}).listed("abcd"[:size]) for size in range(5)] == said


def test_digits_are_grouped_as_the_language_groups_them() -> None:
    assert [Phrases(locale, {}).number(12345) for locale in ("en-GB", "de")] == ["12,345", "12.345"]


@pytest.mark.parametrize("locale", ["en-GB", "en_GB", "en", "en-XX", "sv", "zz-ZZ", "zh-TW", "not a language", ""])
def test_any_locale_has_phrases_and_their_grammar(locale: str) -> None:
    phrases = read_phrases(locale)
    assert phrases("copy.button") == "Copy"
    assert phrases.babel.language == "en"


@pytest.mark.parametrize(("locale", "said"), [("de", "Kopieren"), ("de-AT", "Kopieren"), ("zh-Hans-SG", "复制")])
def test_a_locale_is_said_in_its_language(locale: str, said: str) -> None:
    assert read_phrases(locale)("copy.button") == said
    assert read_phrases(locale).borrowed == frozenset()


def test_an_edition_says_single_phrases_otherwise_and_what_nobody_says_is_borrowed() -> None:
    own = (("de-AT", (("copy.button", "Abschreiben"),)), ("sv", (("date.until", "till {date}"),)))
    assert read_phrases("de-AT", own)("copy.button") == "Abschreiben"
    assert read_phrases("de", own)("copy.button") == "Kopieren"
    swedish = read_phrases("sv-SE", own)
    assert swedish("copy.button") == "Copy"
    assert swedish.borrowed == read_phrases("en").forms.keys() - {"date.until"}
    assert [type(piece) for piece in swedish.pieces("copy.button")] == [Borrowed]
    assert words_of_date(parse_edtf("../1960-06-24"), swedish) == "till 24 juni 1960"


def test_a_script_carries_the_phrases_that_it_asks_for_at_its_head() -> None:
    script = 'show(dosjePhrase("copy.button"), dosjePhrase(\n"meetings.count", { n: 2 }));\n'
    head, *rest = with_phrases(script, PHRASES).splitlines(keepends=True)
    said = json.loads(head[head.rindex("...{") + 3 : head.rindex("}")])
    assert said == {"copy.button": "Copy", "meetings.count": {"one": "{n} meeting", "other": "{n} meetings"}}
    assert 'locale:"en-GB"' in head
    assert "".join(rest).endswith(script)
    assert with_phrases("show(1);", PHRASES) == "show(1);"


def test_a_script_says_which_of_its_phrases_are_borrowed() -> None:
    borrowed = Phrases("sv", {"a.lent": "Read", "a.own": "Av"}, frozenset(["a.lent", "a.other"]))
    head = with_phrases('dosjePhrase("a.lent"); dosjePhrase("a.own");', borrowed).partition("\n")[0]
    assert 'borrowed:[...(self.dosjePhrases?.borrowed??[]),...["a.lent"]],' in head
    assert "borrowed" not in with_phrases('dosjePhrase("copy.button");', PHRASES).partition("\n")[0]
