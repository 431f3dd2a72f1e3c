"""What terms are called: by the edition, then by the phrases of its language, then in English of earlier versions."""

from __future__ import annotations

import pytest

from dosje.phrases.phrase_files import read_phrases
from dosje.phrases.phrases import Borrowed, Spoken
from dosje.reading.vocabulary import DEFAULTS, EARLIER, LISTS
from dosje.reading.vocabulary_file import read_vocabulary

OWN = """
meeting_kinds: {plenum: Plenum des ZK}
source_types:
  radiogram: {label: Funkspruch, plural: Funksprüche}
  telegram: Drahtbericht
"""


@pytest.mark.parametrize("locale", ["de", "fr", "sq", "it", "es", "ru", "zh"])
def test_a_term_of_ours_is_said_in_the_language_of_the_edition(locale: str) -> None:
    phrases = read_phrases(locale)
    worded = DEFAULTS.word(phrases)
    assert {key: form for key, form in worded.forms.items() if key in phrases.forms} == phrases.forms
    keys = ["source.type.telegram", "source.types.telegram", "meeting.kind.congress", "event.kind.military"]
    assert [type(piece) for key in keys for piece in worded.pieces(key)] == [Spoken] * 4


def test_an_edition_says_a_term_otherwise_and_a_term_of_earlier_versions_in_its_language() -> None:
    vocabulary, findings = read_vocabulary(OWN, "content/vocabulary.yml")
    assert findings == ()
    german = vocabulary.word(read_phrases("de"))
    keys = ["meeting.kind.plenum", "source.type.radiogram", "source.types.radiogram", "source.type.telegram"]
    assert [german(key) for key in keys] == ["Plenum des ZK", "Funkspruch", "Funksprüche", "Drahtbericht"]
    assert {type(piece) for key in keys for piece in german.pieces(key)} == {Spoken}


def test_a_term_of_earlier_versions_that_nobody_says_is_borrowed_from_english() -> None:
    german, english = DEFAULTS.word(read_phrases("de")), DEFAULTS.word(read_phrases("en-GB"))
    assert german.pieces("source.type.radiogram") == english.pieces("source.type.radiogram") == ["radiogram"]
    assert type(german.pieces("source.type.radiogram")[0]) is Borrowed
    assert type(english.pieces("source.type.radiogram")[0]) is Spoken
    assert german.borrowed == {
        "meeting.kind.plenum", "meeting.kind.politburo", "event.kind.ideological", "source.type.radiogram",
        "source.types.radiogram", "source.type.information", "source.types.information",
    }  # fmt: skip
    assert english.borrowed == frozenset()


def test_a_phrase_wins_over_the_word_of_an_earlier_version() -> None:
    phrases = read_phrases("de", (("de", (("source.type.radiogram", "Funkspruch"),)),))
    worded = DEFAULTS.word(phrases)
    assert worded.pieces("source.type.radiogram") == ["Funkspruch"]
    assert "source.type.radiogram" not in worded.borrowed


def test_no_list_has_a_term_of_ours_and_of_an_earlier_version_alike() -> None:
    assert [key for name in LISTS for key in EARLIER.get(name, {}) if key in DEFAULTS.terms[name]] == []
