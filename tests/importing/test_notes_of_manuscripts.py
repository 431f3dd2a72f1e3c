"""What becomes of the notes of a manuscript."""

from __future__ import annotations

import pytest
from manuscripts import link_edition, read

from dosje.edition.links import LinkedCorpus


@pytest.fixture(scope="module")
def foreign(tmp_path_factory: pytest.TempPathFactory) -> LinkedCorpus:
    return link_edition(tmp_path_factory.mktemp("foreign"))


def printed(linked: LinkedCorpus, *notes: str) -> list[str]:
    found = read(linked, *notes)
    return [found.printed[n] for n in range(1, len(notes) + 1)]


def test_a_plain_note_becomes_a_citation(foreign: LinkedCorpus) -> None:
    notes = [
        "Dove to Pike, 4 March 1962, TNA, FO 371/15, fol. 3.",
        "Ibid., fol. 4.",
        "Holm, *The Coast at War*, 50–52.",
    ]
    assert printed(foreign, *notes) == ["[@first-letter, fl. 3]", "[@first-letter, fl. 4]", "[@holm-coast, 50–52]"]


def test_words_around_a_cite_are_kept_in_the_citation(foreign: LinkedCorpus) -> None:
    note = "See also Dove, *The Cold Sea* (Oslo: Fjord, 1998), 40, on this point; Pike, “Herring and Diplomacy”, 45."
    assert printed(foreign, note) == ["[See also @dove-sea, 40, on this point; @pike-fish, 45]"]


def test_prose_stays_with_its_emphasis_and_its_cites_become_citations(foreign: LinkedCorpus) -> None:
    note = "He was *never* asked about any of the nets; see Dove, *The Cold Sea*, 40, and he did not mind it at all."
    found = read(foreign, note)
    assert (
        found.printed[1]
        == "He was *never* asked about any of the nets; see [@dove-sea, 40], and he did not mind it at all."
    )
    assert found.is_prose == {1}


def test_a_cite_that_may_mean_several_documents_stays_in_words(foreign: LinkedCorpus) -> None:
    note = "Dove to Pike, 4 March 1962."
    found = read(foreign, note)
    assert [(one.outcome, one.key, one.candidates) for one in found.decisions] == [
        ("unsure", "", ("first-letter", "second-letter"))
    ]
    assert found.printed[1] == note


def test_a_note_that_sends_to_another_links_to_it(foreign: LinkedCorpus) -> None:
    found = read(foreign, "Dove, *The Cold Sea*, 40.", "See n. 1 above.")
    assert found.printed[2] == "See [n. 1 above](note:a/n1)."
    assert found.is_prose == {1, 2}
