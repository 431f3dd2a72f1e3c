"""The words within a cite that its record does not have stay in the note."""

from __future__ import annotations

import pytest
from manuscripts import read

from dosje.edition.links import LinkedCorpus
from dosje.importing.decisions import CiteDecision
from dosje.importing.kept_words import WordKeeper
from dosje.importing.manuscript import FieldCite, Manuscript, ManuscriptNote
from dosje.importing.memory_index import make_memory_index
from dosje.importing.notes import read_notes
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


def test_all_words_of_a_reference_manager_s_cite_are_of_its_work(foreign: LinkedCorpus) -> None:
    cite = FieldCite({"id": "dove-sea"}, "page", "4", start=0, end=11)
    note = ManuscriptNote(1, "1", "footnote", "12, p. iv—4.", "12, p. iv—4.", "note 1", (cite,))
    found = read_notes(foreign, Manuscript("a.docx", notes=(note,)), {}, "unknown")
    assert found.printed[1] == "[@dove-sea, 4]"


def test_what_has_no_word_in_it_is_left_as_it_is(foreign: LinkedCorpus) -> None:
    keeper = WordKeeper(make_memory_index(foreign))
    decision = CiteDecision(1, 0, 1, "—", "found", "dove-sea", "dove-sea")
    assert keeper.keep(decision, "—") == decision
