"""Answers of `dosje cite`, without the command: the index of a small edition is read, and what it says is worded."""

from __future__ import annotations

import json
import os
import re
from dataclasses import replace
from typing import Any

import pytest

from dosje.checking.edition import check_edition
from dosje.exporting.source_descriptions import SourceDescriptions
from dosje.lookup.answers import (
    Index,
    IndexMissingError,
    answer_as_json,
    answer_as_text,
    cite_notes,
    find_folio,
    format_entries,
    is_stale,
    open_index,
)
from dosje.lookup.index import make_index
from dosje.lookup.matches import with_place
from dosje.lookup.replies import (
    CitationReply,
    CitedPlace,
    CitingNote,
    NearSource,
    NoteReply,
    PartRead,
    SourceMatch,
    reply_of,
)
from dosje.phrases.phrase_files import read_phrases
from dosje.reading.settings import Settings
from dosje.values.findings import format_findings
from english import ENGLISH
from small_archive import FILES

LETTER = "AQSH, F. 14, V. 1960, D. 5, fl. 3"
MORE = {
    "content/sources/file-6.yml": (
        "{type: file, level: file, title: File six, year: 1960, file: 6, part_of: fonds, seen: original}\n"
    ),
    "content/sources/minutes-1960.yml": (
        "{type: minutes, title: Minutes, folios: 1–9, part_of: file-6, date: 1960-09, seen: original}\n"
    ),
    "content/essays/later.md": (
        "---\ntitle: Later\nsummary: S.\n---\n"
        "One [@minutes-1960, fl. 2]. Two [@minutes-1960, fl. 3]. Three [@minutes-1960].\n"
    ),
}


@pytest.fixture(scope="module")
def settings(tmp_path_factory: pytest.TempPathFactory) -> Settings:
    """The settings of the small edition, with an index as a build leaves it."""
    root = tmp_path_factory.mktemp("answers")
    for name, text in (FILES | MORE).items():
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text(text, encoding="utf-8")
    checked = check_edition(root)
    assert checked.linked, format_findings(checked.findings)
    calls = [(call.page, call.label) for own in checked.linked.calls_by_page.values() for call in own]
    numbers = {call: at for at, call in enumerate(calls, start=1)}
    described = SourceDescriptions({}, {"letter": "Kapo to Hoxha, in full."}, numbers)
    for path, text in make_index(checked.linked, described).items():
        (root / "site" / path).parent.mkdir(parents=True, exist_ok=True)
        (root / "site" / path).write_text(text, encoding="utf-8")
    for name, text in (("bibtex.bib", "@misc{letter}\n"), ("ris", "TY  - é\r\n"), ("csl.json", '[{"id": "letter"}]')):
        (root / "site/sources").mkdir(exist_ok=True)
        (root / f"site/sources/letter.{name}").write_bytes(text.encode())
    return checked.linked.corpus.settings


@pytest.fixture
def index(settings: Settings) -> Index:
    return open_index(settings)


def ask(index: Index, *notes: str) -> list[Any]:
    return list(cite_notes(notes, index))


def test_an_answer_for_people_has_words_address_reason_and_four_statements_those_of_the_leaf_first(
    index: Index,
) -> None:
    (answer,) = ask(index, LETTER)
    assert answer_as_text(answer, index).splitlines() == [
        "“AQSH, F. 14, V. 1960, D. 5, fl. 3”   [fl. 3]",
        "  exact: Kapo to Hoxha, in full, fl. 3.",
        "    letter · https://example.org/e/sources/letter/",
        "    why: file 5 of this series, 1960; folio 3 lies within its leaves, 3–5, 9",
        "    - The quarrel, note 15 (3): It began.",
        "    - Meeting in Bucharest, note 5 (3): That from 24 June.",
        "    - Hysni Kapo, note 11 (3): Member",
        "    - Hysni Kapo, note 10 (3): Secretary",
        "    - and 6 more",
    ]


def test_a_source_whose_words_nobody_made_is_named_by_its_title_and_a_cite_of_all_has_no_place(index: Index) -> None:
    (answer,) = ask(index, "@minutes-1960")
    assert answer_as_text(answer, index).splitlines() == [
        "“@minutes-1960”",
        "  exact: Minutes",
        "    minutes-1960 · https://example.org/e/sources/minutes-1960/",
        "    why: this is its key",
        "    - Later, note 12 (2): One.",
        "    - Later, note 13 (3): Two.",
        "    - Later, note 14: Three.",
    ]


def test_nothing_found_is_said_with_what_was_looked_for_and_the_nearest(index: Index) -> None:
    (answer,) = ask(index, "AQSH, F. 14, V. 1959, D. 5")
    assert answer_as_text(answer, index).splitlines() == [
        "“AQSH, F. 14, V. 1959, D. 5”",
        "  nothing found; looked for: no file 5 of 1959 is known in F. 14",
        "    nearest: File five (file), the nearest file that is known",
    ]
    assert json.loads(answer_as_json(answer))["citations"] == [
        {
            "text": "AQSH, F. 14, V. 1959, D. 5",
            "locator": None,
            "read": {
                "archive": {"value": "AQSH", "span": [0, 4]},
                "fonds": {"value": "14", "span": [6, 11]},
                "year": {"value": "1959", "span": [13, 20]},
                "file": {"value": "5", "span": [22, 26]},
            },
            "matches": [],
            "nothing": {
                "looked_for": "no file 5 of 1959 is known in F. 14",
                "nearest": [
                    {
                        "key": "file",
                        "title": "File five",
                        "why": "the nearest file that is known",
                        "url": "https://example.org/e/sources/file/",
                    }
                ],
            },
        }
    ]


def test_what_cites_nothing_is_said_to(index: Index) -> None:
    assert answer_as_text(ask(index, "")[0], index) == "nothing is cited in “”"
    assert answer_as_text(ask(index, "1234")[0], index) == "“1234”   [p. 1234]\n  nothing found"


def test_json_has_every_statement_and_of_each_what_the_manual_names(index: Index) -> None:
    (answer,) = ask(index, "@minutes-1960, fl. 3")
    cited = [
        {
            "page": "Later",
            "note": note,
            "statement": statement,
            "url": f"https://example.org/e/essays/later/#fnref:{label}",
        }
        for note, statement, label in (
            (13, "Two.", "minutes-1960-folio-3_two"),
            (12, "One.", "minutes-1960-folio-2_one"),
            (14, "Three.", "minutes-1960_three"),
        )
    ]
    url = "https://example.org/e/sources/minutes-1960/"
    match = {
        "key": "minutes-1960",
        "confidence": "exact",
        "why": "this is its key",
        "known_through": "",
        "url": url,
        "cited_in": cited,
    }
    citation = {
        "text": "@minutes-1960, fl. 3",
        "locator": {"label": "folio", "value": "3"},
        "read": {"leaf": {"value": "3", "span": [15, 20]}},
        "matches": [match],
    }
    assert json.loads(answer_as_json(answer)) == {"query": "@minutes-1960, fl. 3", "citations": [citation]}


def test_a_leaf_has_its_file_and_its_documents_with_what_cites_the_leaf_or_the_whole(index: Index) -> None:
    answer = find_folio(" file-6 : 3 ", index)
    (citation,) = answer["citations"]
    assert citation["locator"] == {"label": "folio", "value": "3"}
    assert [(match["key"], match["why"]) for match in citation["matches"]] == [
        ("file-6", "this is its key"),
        ("minutes-1960", "a document of this file; folio 3 lies within its leaves, 1–9"),
    ]
    statements = [[cited["statement"] for cited in match["cited_in"]] for match in citation["matches"]]
    assert statements == [[], ["Two.", "Three."]]


def test_an_ibid_looks_back_to_the_note_before(index: Index) -> None:
    answers = ask(index, LETTER, "Ibid., fl. 5", "Ibid.")
    assert [answer["citations"][0]["matches"][0]["key"] for answer in answers] == ["letter"] * 3
    assert [answer["citations"][0]["locator"]["value"] for answer in answers] == ["3", "5", "5"]


def test_only_the_shards_that_are_wanted_are_read(index: Index) -> None:
    assert list(index.shards) == ["core"]
    ask(index, LETTER)
    assert sorted(index.shards) == ["cards-0", "core", "files-0", "rows-0", "words-0"]


def test_the_entry_of_each_first_match_is_given_once(index: Index) -> None:
    answers = ask(index, LETTER, "asdf", LETTER)
    assert format_entries(answers, "bibtex", index) == "@misc{letter}\n"
    assert format_entries(answers, "ris", index) == "TY  - é\r\n"
    assert format_entries(answers, "csl-json", index) == '[\n  {\n    "id": "letter"\n  }\n]\n'
    assert format_entries([], "csl-json", index) == "[]\n"


def test_an_entry_that_the_build_did_not_make_is_named(index: Index) -> None:
    with pytest.raises(IndexMissingError, match=r"^the last build made no ris of file-6; dosje build makes it$"):
        format_entries(ask(index, "@file-6"), "ris", index)


def test_without_an_index_the_remedy_is_said(settings: Settings) -> None:
    with pytest.raises(IndexMissingError, match=r"^there is no index yet; dosje build makes it$"):
        open_index(replace(settings, site_dir="elsewhere"))
    old = settings.root / "old" / "lookup" / "v1" / "core.js"
    old.parent.mkdir(parents=True, exist_ok=True)
    old.write_text("", encoding="utf-8")
    with pytest.raises(IndexMissingError, match=r"^the index was made by another version of dosje; dosje build makes"):
        open_index(replace(settings, site_dir="old"))


def test_an_index_is_stale_once_a_record_is_younger_than_the_build(settings: Settings, index: Index) -> None:
    core = index.site / "lookup/v4/core.js"
    stamp = settings.root / ".build/built"
    records = [path for path in settings.root.rglob("*") if path.is_file() and "site" not in path.parts]
    for path in records:
        os.utime(path, (1000, 1000))
    for path, seconds in ((settings.root / "content/sources/.hidden", 9000), (core, 2000)):
        path.touch()
        os.utime(path, (seconds, seconds))
    assert not is_stale(settings, index)
    for name in ("content/sources/letter.yml", "bibliography/a.bib", "mkdocs.yml"):
        os.utime(settings.root / name, (3000, 3000))
        assert is_stale(settings, index), name
        os.utime(settings.root / name, (1000, 1000))
    os.utime(settings.root / "mkdocs.yml", (3000, 3000))
    stamp.parent.mkdir(exist_ok=True)
    stamp.touch()
    os.utime(stamp, (4000, 4000))
    assert not is_stale(settings, index)
    stamp.unlink()


def test_for_programs_an_answer_is_a_value_with_the_same_fields(index: Index) -> None:
    found, nothing = map(reply_of, ask(index, "@minutes-1960, fl. 3", "AQSH, F. 14, V. 1959, D. 5"))
    cited = [
        CitingNote("Later", note, statement, f"https://example.org/e/essays/later/#fnref:{label}")
        for note, statement, label in (
            (13, "Two.", "minutes-1960-folio-3_two"),
            (12, "One.", "minutes-1960-folio-2_one"),
            (14, "Three.", "minutes-1960_three"),
        )
    ]
    url = "https://example.org/e/sources/"
    match = SourceMatch("minutes-1960", "Minutes", "exact", "this is its key", f"{url}minutes-1960/", tuple(cited))
    place = CitedPlace("folio", "3")
    assert found == NoteReply(
        "@minutes-1960, fl. 3",
        (CitationReply("@minutes-1960, fl. 3", place, (match,), "", (), (PartRead("leaf", "3", 15, 20),)),),
    )
    near = NearSource("file", "File five", "the nearest file that is known", f"{url}file/")
    reason = "no file 5 of 1959 is known in F. 14"
    query = "AQSH, F. 14, V. 1959, D. 5"
    read = (
        PartRead("archive", "AQSH", 0, 4),
        PartRead("fonds", "14", 6, 11),
        PartRead("year", "1959", 13, 20),
        PartRead("file", "5", 22, 26),
    )
    assert nothing == NoteReply(query, (CitationReply(query, None, (), reason, (near,), read),))


def test_the_words_to_copy_have_the_leaf_that_was_asked_for(index: Index) -> None:
    (answer,) = ask(index, LETTER)
    assert answer["citations"][0]["matches"][0]["words"] == "Kapo to Hoxha, in full, fl. 3."


def test_the_leaf_that_was_asked_for_takes_the_place_of_the_documents_own() -> None:
    row: Any = {"level": "item", "leaf_label": "fl.", "leaf_words": "fl. 3–5, 9"}
    words = "Kapo to Hoxha, AQSH, D. 5, fl. 3–5, 9, cited in Lüthi, 4."
    assert with_place(words, row, "folio", "4", ENGLISH) == "Kapo to Hoxha, AQSH, D. 5, fl. 4, cited in Lüthi, 4."
    assert with_place(words, row, "", "", ENGLISH) == words
    work: Any = {"level": "work", "leaf_label": "", "leaf_words": ""}
    assert with_place("Lüthi, The Split (2008).", work, "page", "40", ENGLISH) == "Lüthi, The Split (2008), 40."
    assert with_place("Lüthi, The Split (2008).", work, "note", "7", ENGLISH) == "Lüthi, The Split (2008), n. 7."


@pytest.mark.parametrize(
    ("note", "said"),
    [
        (
            "RGANI, f. 3, op. 12, d. 4, l. 9",
            {"archive": "RGANI", "fonds": "3", "series": "op. 12", "file": "4", "leaf": "9"},
        ),
        (
            "Kapo an Hoxha, 24. Juni 1960, AQSH, F. 14, OU, V. 1960, D. 12, fl. 40 (letter)",
            {
                "author": "Kapo",
                "recipient": "Hoxha",
                "date": "1960-06-24",
                "archive": "AQSH",
                "fonds": "14",
                "series": "OU",
                "year": "1960",
                "file": "12",
                "leaf": "40",
                "type": "letter",
            },
        ),
        ("Élise Dove, “The Cold Sea,” Journal 4 (1998): 5.", {"author": "Élise Dove", "title": "The Cold Sea"}),
        ("See Dove, The Cold Sea: A History (Oslo, 1998), 5", {"author": "Dove", "title": "The Cold Sea: A History"}),
        ("Minutes, 3–5 May 1960", {"type": "record", "date": "1960-05-03/1960-05-05"}),
        ("1234", {}),
    ],
)
def test_what_is_not_found_is_said_in_parts_with_their_places(note: str, said: dict[str, str], index: Index) -> None:
    (answer,) = ask(index, note)
    (citation,) = answer["citations"]
    assert {name: part["value"] for name, part in citation["read"].items()} == said
    for name, part in citation["read"].items():
        start, end = part["span"]
        assert name in ("date", "type") or part["value"] in note[start:end]


def test_the_second_file_of_a_footnote_has_its_own_parts(index: Index) -> None:
    (answer,) = ask(index, "AQSH, F. 14, V. 1960, D. 5, fl. 3 and D. 7, fl. 2")
    first, second = (citation["read"] for citation in answer["citations"])
    assert (first["file"]["value"], second["file"]["value"]) == ("5", "7")
    assert second == {"file": {"value": "7", "span": [38, 42]}, "leaf": {"value": "2", "span": [44, 49]}}


def test_a_document_on_that_leaf_that_others_wrote_is_not_exact(index: Index) -> None:
    (answer,) = ask(index, "Enver Hoxha to Hysni Kapo, AQSH, F. 14, V. 1960, D. 5, fl. 3–5")
    found = [(match["confidence"], match["key"]) for match in answer["citations"][0]["matches"]]
    assert ("exact", "letter") not in found


@pytest.mark.parametrize(
    ("locale", "expected"),
    [
        (
            "fr-FR",
            [
                "« AQSH, F. 14, V. 1960, D. 5, fl. 3 »   [fl. 3]",
                "  exact : Kapo to Hoxha, in full, fl. 3.",
                "    letter · https://example.org/e/sources/letter/",
                "    pourquoi : dossier 5 de cette série, 1960\xa0; le feuillet 3 est compris dans les siens, 3–5, 9",
                "    - The quarrel, note 15 (3) : It began.",
            ],
        ),
        (
            "zh-CN",
            [
                "“AQSH, F. 14, V. 1960, D. 5, fl. 3”   [fl. 3]",
                "  确定：Kapo to Hoxha, in full, fl. 3.",
                "    letter · https://example.org/e/sources/letter/",
                "    理由：此系列的1960年案卷 5；第 3 页在其页码 3–5, 9 之内",
                "    - The quarrel，注 15（3）：It began.",
            ],
        ),
    ],
)
def test_an_answer_is_in_the_language_of_the_edition(locale: str, expected: list[str], index: Index) -> None:
    other = replace(index, phrases=read_phrases(locale))
    (answer,) = ask(other, LETTER)
    assert answer_as_text(answer, other).splitlines()[:5] == expected
    nothing = answer_as_text(ask(other, "AQSH, F. 14, V. 1959, D. 5")[0], other)
    assert not re.search("nothing|found|nearest|looked|known", nothing), nothing
