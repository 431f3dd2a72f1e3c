"""Each language says all that English says, in its own words and with its own grammar."""

from __future__ import annotations

import re
import subprocess
import sys
from importlib.resources import files
from pathlib import Path

import pytest
import yaml
from babel import Locale

from dosje.phrases.phrase_files import phrase_languages, read_about, read_phrases
from dosje.phrases.phrases import Forms
from dosje.phrases.plurals import PLURAL_RULES

CASES = Path(__file__).parent / "same_as_english.yml"
OTHERS = [name for name in phrase_languages() if name != "en"]
ENGLISH = read_phrases("en-GB").forms
# A file may say these otherwise than English does: a date in a case, and a century by its number.
_FREE = {"date_genitive": "date", "century": "year", "century_roman": "year"}
_BY_DATE = {"date.from", "date.until", "date.about"}
_EXACTNESS = {"day", "month", "season", "year", "decade", "century", "interval", "other"}


def forms_of(language: str) -> dict[str, Forms]:
    text = (files("dosje.phrases") / f"{language}.yml").read_text(encoding="utf-8")
    found: dict[str, Forms] = yaml.load(text, yaml.BaseLoader)
    return {key: form for key, form in found.items() if key != "about"}


def texts_of(form: Forms) -> list[str]:
    return [form] if isinstance(form, str) else list(form.values())


def places_in(text: str) -> set[str]:
    return {_FREE.get(name, name) for name in re.findall(r"\{([a-z_]+)\}", text)}


def test_there_are_eight_languages_and_none_has_been_read_over_yet() -> None:
    assert phrase_languages() == ("de", "en", "es", "fr", "it", "ru", "sq", "zh")
    assert {name: read_about(name).read_over for name in phrase_languages()} == dict.fromkeys(phrase_languages(), ())
    assert [read_about(name).language for name in phrase_languages()] == [
        "de",
        "en",
        "es",
        "fr",
        "it",
        "ru",
        "sq",
        "zh-Hans",
    ]


@pytest.mark.parametrize("language", OTHERS)
def test_a_language_has_every_key_in_the_order_of_english(language: str) -> None:
    assert list(forms_of(language)) == list(ENGLISH)
    assert read_phrases(language).borrowed == frozenset()


@pytest.mark.parametrize("language", OTHERS)
def test_a_phrase_has_the_places_that_it_has_in_english(language: str) -> None:
    wrong = []
    for key, form in forms_of(language).items():
        wanted = set.union(*(places_in(text) for text in texts_of(ENGLISH[key])))
        for name, text in form.items() if not isinstance(form, str) else [("other", form)]:
            lacking, new = wanted - places_in(text), places_in(text) - wanted
            # A form for a single number need not say it.
            if new or lacking - ({"n"} if name in ("zero", "one", "two") else set()):
                wrong.append((key, text))
    assert wrong == []


@pytest.mark.parametrize("language", OTHERS)
def test_a_phrase_has_the_plural_forms_that_its_language_asks_for(language: str) -> None:
    rule = Locale.parse(read_about(language).language, sep="-").plural_form
    asked = {rule(number) for number in range(10_000)} | {"other"}
    wrong = []
    for key, form in forms_of(language).items():
        if isinstance(form, str):
            # A language that has one form for all numbers needs no map.
            is_right = isinstance(ENGLISH[key], str) or asked == {"other"}
        elif key.startswith("date."):
            is_right = form.keys() == {"nominative", "genitive"} or (
                key in _BY_DATE and "other" in form and form.keys() <= _EXACTNESS
            )
        else:
            is_right = asked <= form.keys() <= asked | {"many"}
        if not is_right:
            wrong.append((key, form))
    assert wrong == []


@pytest.mark.parametrize("language", OTHERS)
def test_no_phrase_is_the_english_one_but_for_words_that_both_languages_have(language: str) -> None:
    listed = yaml.safe_load(CASES.read_text(encoding="utf-8"))
    same = [
        key
        for key, form in forms_of(language).items()
        if form == ENGLISH[key] and any(re.search(r"[^\W\d_]{2}", re.sub(r"\{\w+\}", "", t)) for t in texts_of(form))
    ]
    assert same == [key for key in ENGLISH if key in {*listed["every"], *listed.get(language, ())}]


@pytest.mark.parametrize("language", sorted(PLURAL_RULES))
def test_a_plural_rule_of_ours_is_that_of_cldr(language: str) -> None:
    numbers = [*range(1200), *range(999_990, 1_000_012), 2_000_000]
    cldr = Locale.parse(language).plural_form
    assert [PLURAL_RULES[language](number) for number in numbers] == [cldr(number) for number in numbers]


def test_each_language_of_ours_has_a_plural_rule_that_needs_no_babel() -> None:
    assert sorted(PLURAL_RULES) == list(phrase_languages())


def test_an_answer_of_the_lookup_needs_no_babel_in_any_of_them() -> None:
    said = (
        "[read_phrases(name)('lookup.reason.equal', first='a', n=n) for name in phrase_languages() for n in (1, 3, 5)]"
    )
    code = (
        "import sys, dosje.cli, dosje.lookup.answers\n"
        "from dosje.phrases.phrase_files import phrase_languages, read_phrases\n"
        f"{said}\nprint('babel' in sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout == "False\n"
