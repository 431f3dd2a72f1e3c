"""What becomes of the notes of a manuscript."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from manuscripts import files_of, manuscript_of, read

from dosje.edition.links import LinkedCorpus
from dosje.importing.decisions import WorklistAnswer
from dosje.importing.manuscript import FieldCite, ManuscriptNote
from dosje.importing.notes import read_notes
from dosje.importing.printing import keeps_words
from dosje.values.page_id import PageId
from foreign import FILES, link_edition


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


def test_what_the_edition_lacks_is_drafted_once_and_shared(foreign: LinkedCorpus) -> None:
    found = read(
        foreign,
        "Kapo to Hoxha, 24 June 1960, Arkivi Qendror i Shtetit (AQSH), Tirana, F. 14/AP, V. 1960, D. 3, fl. 40.",
        "Ibid., fl. 41.",
        "Hysni Kapo to Hoxha, 25 June 1960, AQSH, F. 14/AP, V. 1960, D. 3, fl. 44–45; "
        "Kapo to Hoxha, 24 June 1960, fl. 42.",
    )
    assert found.printed == {
        1: "[@kapo-hoxha-1960-06-24, fl. 40]",
        2: "[@kapo-hoxha-1960-06-24, fl. 41]",
        3: "[@kapo-hoxha-1960-06-25, fl. 44–45; @kapo-hoxha-1960-06-24, fl. 42]",
    }
    drafts = {f"{one.page.kind}:{one.page.key}": dict(one.fields) for one in found.records}
    end = {"seen": "unknown", "draft": True}
    letter = {"type": "letter", "author": "kapo", "recipient": "hoxha", "part_of": "aqsh-14-ap-1960-3", **end}
    assert drafts == {
        "archive:aqsh": {
            "name": "Arkivi Qendror i Shtetit",
            "abbreviation": "AQSH",
            "labels": {"year": "V.", "file": "D.", "folio": "fl."},
            "draft": True,
        },
        "source:aqsh-14-ap": {
            "type": "fonds",
            "level": "fonds",
            "title": "F. 14/AP",
            "repository": "aqsh",
            "reference": "F. 14/AP",
            "variants": ["14/AP"],
            **end,
        },
        "source:aqsh-14-ap-1960-3": {
            "type": "file",
            "level": "file",
            "title": "D. 3",
            "part_of": "aqsh-14-ap",
            "year": "1960",
            "file": "3",
            **end,
        },
        "person:kapo": {"name": {"family": "Kapo", "given": "Hysni"}, "draft": True},
        "person:hoxha": {"name": {"family": "Hoxha"}, "draft": True},
        "source:kapo-hoxha-1960-06-24": {
            **letter,
            "title": "Kapo to Hoxha",
            "date": "1960-06-24",
            "folios": "40, 41, 42",
        },
        "source:kapo-hoxha-1960-06-25": {
            **letter,
            "title": "Hysni Kapo to Hoxha",
            "date": "1960-06-25",
            "folios": "44–45",
        },
    }


def test_units_and_persons_of_the_edition_are_used(foreign: LinkedCorpus) -> None:
    found = read(foreign, "Henry Dove to Kapo, 3 May 1963, TNA, FO 371/15, fol. 77.")
    (person, letter) = found.records
    assert person.page == PageId("person", "kapo")
    assert letter.fields["part_of"] == "fo-371-15"
    assert letter.fields["author"] == "henry-dove"


def test_a_short_form_leads_to_a_drafted_work(foreign: LinkedCorpus) -> None:
    notes = [
        "Mark Kramer, “The Fish Crisis,” *Journal of Cod Studies* 1, no. 3 (1999): 3–55, 12.",
        "Kramer, “Fish Crisis,” 14; *ibid.*, 15.",
        "Jürgen Zarusky, *Die Stalin-Note* (München: Oldenbourg, 2002), 34.",
        "Zarusky, *Stalin-Note*, 36.",
    ]
    found = read(foreign, *notes)
    assert list(found.printed.values()) == [
        "[@kramer-1999, 12]",
        "[@kramer-1999, 14; @kramer-1999, 15]",
        "[@zarusky-2002, 34]",
        "[@zarusky-2002, 36]",
    ]
    assert [work.key for work in found.works] == ["kramer-1999", "zarusky-2002"]


def test_works_and_archives_at_the_end_are_read_first(foreign: LinkedCorpus) -> None:
    found = read(
        foreign,
        "Mëhilli, *From Stalin to Mao*, 40.",
        "AQP, F. 3, D. 7, fl. 1.",
        works=("Mëhilli, Elidor. *From Stalin to Mao*. Ithaca: Cornell University Press, 2017.",),
        abbreviations={"AQP": "Arkivi Qendror i Partisë"},
    )
    assert list(found.printed.values()) == ["[@mehilli-2017, 40]", "[@aqp-3-7, fl. 1]"]
    assert found.works[0].item["publisher"] == "Cornell University Press"
    assert found.records[0].fields["name"] == "Arkivi Qendror i Partisë"


def test_prose_before_a_cite_is_never_taken_for_a_part_of_it(foreign: LinkedCorpus) -> None:
    notes = [
        "On this see the long story, and Dove, *The Cold Sea*, 40.",
        "His own view is in Pike, “Herring and Diplomacy”, 45.",
    ]
    assert printed(foreign, *notes) == [
        "On this see the long story, and [@dove-sea, 40].",
        "His own view is in [@pike-fish, 45].",
    ]


def test_an_answer_of_the_worklist_is_followed(foreign: LinkedCorpus) -> None:
    manuscript = manuscript_of("Dove to Pike, 4 March 1962.", "Holm, *The Coast at War*, 50.")
    open_ = read_notes(foreign, manuscript, {}, "unknown").decisions[0]
    answers = {open_.source: WorklistAnswer("take", "second-letter"), "holm-coast": WorklistAnswer("leave")}
    found = read_notes(foreign, manuscript, answers, "unknown")
    assert found.printed == {1: "[@second-letter]", 2: "Holm, *The Coast at War*, 50."}


def test_field_codes_win(foreign: LinkedCorpus) -> None:
    text = "See Dove, The Cold Sea, 40."
    item = {"type": "book", "title": "The Warm Sea", "author": [{"family": "Dove"}], "issued": {"date-parts": [[2001]]}}
    cite = FieldCite(item, "page", "40", "See", "", start=0, end=len(text) - 1)
    note = ManuscriptNote(1, "1", "footnote", text, text, "note 1", (cite,))
    manuscript = replace(manuscript_of("x"), notes=(note,))
    found = read_notes(foreign, manuscript, {}, "unknown")
    assert (found.printed[1], [work.key for work in found.works]) == ("[See @dove-2001, 40]", ["dove-2001"])


_FRAGMENTS = (
    "Dove to Pike, 4 March 1962, TNA, FO 371/15, fol. 3",
    "see also Holm, *The Coast at War*, 50",
    "he said *never* so in his own words",
    "AQSH, F. 14/AP, V. 1960, D. 3, fl. 40 (emphasis added)",
    "Ibid., fol. 4",
    "on this see n. 1 above",
    "Pike’s view [sic!] is in “Herring & Diplomacy”, 45",
    "Mark Kramer, “The Fish Crisis,” *Journal of Cod Studies* 1, no. 3 (1999): 3–55",
    "Anhang 5 <b>und</b> @mehr",
)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(notes=st.lists(st.lists(st.sampled_from(_FRAGMENTS), min_size=1, max_size=3), min_size=1, max_size=3))
def test_no_word_of_a_note_is_lost(foreign: LinkedCorpus, notes: list[list[str]]) -> None:
    manuscript = manuscript_of(*("; ".join(parts) + "." for parts in notes))
    found = read_notes(foreign, manuscript, {}, "unknown")
    for note in manuscript.notes:
        taken = [one for one in found.decisions if one.note == note.number and one.key]
        assert keeps_words(note.text, taken, found.printed[note.number])
        assert all(note.text[one.start : one.end] == one.text for one in taken)


def test_a_second_run_over_the_edition_with_the_drafts_finds_them_all(tmp_path: Path) -> None:
    notes = [
        "Kapo to Hoxha, 24 June 1960, Arkivi Qendror i Shtetit (AQSH), F. 14/AP, V. 1960, D. 3, fl. 40.",
        "Ibid., fl. 41.",
        "Minutes of the Politburo, 3 May 1961, RGANI, f. 3, op. 14, d. 231, l. 5.",
        "BArch, DY 30/3497, Bl. 12–15.",
        "Mark Kramer, “The Fish Crisis,” *Journal of Cod Studies* 1, no. 3 (1999): 3–55, 12.",
        "Kramer, “Fish Crisis,” 14.",
    ]
    before = link_edition(tmp_path)
    manuscript = manuscript_of(*notes)
    first = read_notes(before, manuscript, {}, "unknown")
    after = link_edition(tmp_path, files_of(first))
    second = read_notes(after, manuscript, {}, "unknown")
    assert second.printed == first.printed
    assert [(one.outcome, one.key) for one in second.decisions] == [("found", one.key) for one in first.decisions]
    assert (second.records, second.works) == ((), ())


def test_a_short_form_with_the_number_of_a_note_means_the_work_of_that_note(foreign: LinkedCorpus) -> None:
    notes = [
        "Henry Dove, *The Cold Sea* (2nd edn, Fjord 1998) 40.",
        "Pike (n 7) 3; cited in Dove (n 1) n 12.",
        "Dove (Anm. 1), S. 13.",
    ]
    assert printed(foreign, *notes) == [
        "[@dove-sea, 40]",
        "Pike (n 7) 3; cited in [@dove-sea, n. 12].",
        "[@dove-sea, 13]",
    ]


def test_an_ibid_behind_cited_in_means_the_source_and_not_the_work_that_cites_it(foreign: LinkedCorpus) -> None:
    notes = [
        "Dove to Pike, 4 March 1962, TNA, FO 371/15, fol. 3, cited in Holm, *The Coast at War*, 50.",
        "Ibid., fol. 4.",
    ]
    assert printed(foreign, *notes)[1] == "[@first-letter, fl. 4]"


def test_what_stands_between_a_file_and_its_leaf_describes_the_document(foreign: LinkedCorpus) -> None:
    found = read(foreign, "TNA, FO 371/16, Moscow to Foreign Office, tel. no. 112, 20 January 1961, fol. 12.")
    (letter,) = (dict(one.fields) for one in found.records if one.fields.get("type") == "letter")
    assert (letter["title"], letter["author"], letter["recipient"], letter["date"]) == (
        "Moscow to Foreign Office, tel. no. 112",
        "Moscow",
        "foreign-office",
        "1961-01-20",
    )


def test_a_document_beside_another_is_filed_with_it(foreign: LinkedCorpus) -> None:
    found = read(
        foreign,
        "Kapo to Hoxha, 24 June 1960, AQSH, F. 14/AP, V. 1960, D. 3, fl. 40; "
        "Nesti Nase, Report on the talks, November 1960, ibid., D. 4, fl. 13–16.",
    )
    assert found.printed[1] == "[@kapo-hoxha-1960-06-24, fl. 40; @nase-1960-11, fl. 13–16]"
    report = next(dict(one.fields) for one in found.records if one.page.key == "nase-1960-11")
    assert report["part_of"] == "aqsh-14-ap-1960-4"


def test_a_leaf_outside_a_letter_makes_it_unsure(foreign: LinkedCorpus) -> None:
    found = read(foreign, "Minutes of the harbour board, 8 July 1963, fol. 40.")
    assert [(one.outcome, one.key, one.candidates) for one in found.decisions] == [("unsure", "", ("harbour-minutes",))]


def test_author_and_year_mean_the_only_such_work_that_the_manuscript_cites(foreign: LinkedCorpus) -> None:
    full = "William E. Griffith, *Albania and the Rift* (Cambridge: MIT Press, 1963), 40."
    found = read(
        foreign, full, "Griffith 1963, 44.", "Griffith (1963, 44).", "Griffith 1963a, 44.", "Griffith 1964, 44."
    )
    assert [found.printed[n] for n in range(2, 6)] == [
        "[@griffith-1963, 44]",
        "[@griffith-1963, 44]",
        "Griffith 1963a, 44.",
        "Griffith 1964, 44.",
    ]


def test_author_and_year_of_what_the_manuscript_does_not_cite_are_not_sure(foreign: LinkedCorpus) -> None:
    assert [one.outcome for one in read(foreign, "Pike 1971, 44.").decisions] == ["unsure"]


def test_a_cite_with_the_title_of_a_file_means_the_file_and_no_document_in_it(tmp_path: Path) -> None:
    path = "content/sources/fo-371-15.yml"
    linked = link_edition(tmp_path, {**FILES, path: FILES[path].replace("Norway", "'File 15 of 1962: herring'")})
    assert printed(linked, "File 15 of 1962: herring, TNA, FO 371/15, fol. 4.") == ["[@fo-371-15, fl. 4]"]


def test_a_bundle_is_not_sure_where_a_letter_in_it_has_the_very_leaf(tmp_path: Path) -> None:
    letter = (
        "{type: letter, title: On the quay, author: henry-dove, recipient: ann-pike, date: 1961-05-06, folios: 25, "
        "part_of: fo-371-15, level: item, seen: scan}\n"
    )
    linked = link_edition(tmp_path, {**FILES, "content/sources/quay.yml": letter})
    note = "Henry Dove to Ann Pike, letters, 1961, TNA, FO 371/15, fol. "
    assert [one.key for one in read(linked, f"{note}25.", f"{note}26.").decisions] == ["", "bundle"]
