"""The words within a cite that its record does not have stay in the note."""

from __future__ import annotations

import pytest
from manuscripts import read

from dosje.edition.links import LinkedCorpus
from foreign import link_edition

LETTER = "Henry Dove to Ann Pike, 4 March 1962, TNA, FO 371/15, fol. 4"


@pytest.fixture(scope="module")
def foreign(tmp_path_factory: pytest.TempPathFactory) -> LinkedCorpus:
    return link_edition(tmp_path_factory.mktemp("foreign"))


@pytest.mark.parametrize(
    ("note", "printed"),
    [
        (f"{LETTER}.", "[@first-letter, fl. 4]"),
        (f"{LETTER}. Nobody saw the fire.", "[@first-letter, fl. 4]. Nobody saw the fire."),
        (f"{LETTER} (a copy in another hand).", "[@first-letter, fl. 4 (a copy in another hand)]"),
        (
            "Henry Dove to Ann Pike, 4 March 1962, sealed twice with wax, TNA, FO 371/15, fol. 4.",
            "[@first-letter, fl. 4, sealed twice with wax].",
        ),
        (f"‘They had no bread’, he wrote: {LETTER}.", "‘They had no bread’, he wrote: [@first-letter, fl. 4]."),
        (f"On this see the long discussion in {LETTER}.", "On this see the long discussion in [@first-letter, fl. 4]."),
        (f"I owe this to a friend. {LETTER}.", "I owe this to a friend. [@first-letter, fl. 4]."),
    ],
)
def test_words_around_and_within_a_cite_are_printed(foreign: LinkedCorpus, note: str, printed: str) -> None:
    assert read(foreign, note).printed[1].rstrip(".") == printed.rstrip(".")


def test_a_sentence_is_no_cite(foreign: LinkedCorpus) -> None:
    found = read(foreign, f"I owe this to a friend. {LETTER}. Nobody saw the fire.")
    assert [decision.key for decision in found.decisions] == ["first-letter"]


def test_a_note_in_which_nothing_was_read_is_left_whole(foreign: LinkedCorpus) -> None:
    (decision,) = read(foreign, "Nobody knows why.").decisions
    assert (decision.outcome, decision.text) == ("left", "Nobody knows why")
