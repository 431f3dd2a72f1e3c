"""Names of languages, in the language of the edition."""

from __future__ import annotations

import pytest

from dosje.phrases.phrase_files import read_phrases
from dosje.phrases.place_words import say_language


@pytest.mark.parametrize(
    ("code", "in_french", "in_english"),
    [
        ("de", "allemand", "German"),
        ("zh-Hant", "chinois (traditionnel)", "Chinese (Traditional)"),
        ("de-AT", "allemand (Autriche)", "German (Austria)"),
        ("und", "langue indéterminée", "Unknown language"),
        ("x-ours", "x-ours", "x-ours"),
        (None, "", ""),
    ],
)
def test_a_reader_sees_the_name_of_a_language_and_not_its_code(
    code: str | None, in_french: str, in_english: str
) -> None:
    said = [say_language(code, read_phrases(locale)) for locale in ("fr-FR", "en-GB")]
    assert said == [in_french, in_english]


def test_a_value_is_introduced_as_the_language_sets_its_colon() -> None:
    said = [read_phrases(locale)("value.labelled", label="A") for locale in ("en-GB", "fr-FR", "zh")]
    assert said == ["A: ", "A\u00a0: ", "A："]
