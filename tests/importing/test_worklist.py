"""The worklist of a manuscript: grouped by source, and what its editor wrote into it is kept."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from dosje.importing.decisions import CiteDecision, ReadNotes, WorklistAnswer
from dosje.importing.manuscript import Manuscript, ManuscriptNote
from dosje.importing.worklist import make_worklist, merge_worklist, path_of_worklist, read_answers
from dosje.reading.bibliography import read_bib
from dosje.reading.corpus import Corpus
from dosje.reading.settings import Settings
from dosje.reading.worklist_records import WorklistFile
from dosje.reading.worklists import understand_worklist

NAME = "imports/my-book.yml"
BOOK = Manuscript(
    "/home/x/My Book.docx",
    notes=tuple(ManuscriptNote(n, str(n), "footnote", "", "", f"note {n}") for n in range(1, 5)),
)
FOUND = CiteDecision(1, 0, 9, "Owl, 3", "found", "owl", "owl-1950", "p. 3", why="the same words")
UNSURE = CiteDecision(
    2, 0, 9, "Mole:  1962", "unsure", "mole 1962", candidates=("mole-1962", "mole-a"), why="two: which"
)
LEFT = CiteDecision(3, 0, 9, 'The "long" story', "left", "the long story")
DECISIONS = (FOUND, UNSURE, LEFT, replace(UNSURE, note=4))
FIRST = """\
manuscript: "My Book.docx"
notes: 4
essays: [my-book]
sources:
- source: "mole 1962"
  text: "Mole: 1962"
  notes: [2, 4]
  became: unsure
  why: "two: which"
  candidates: [mole-1962, mole-a]
  answer:
  key:

- source: "the long story"
  text: "The \\"long\\" story"
  notes: [3]
  became: left
  answer:
  key:

- source: owl
  text: "Owl, 3"
  notes: [1]
  became: found
  record: owl-1950
  why: "the same words"
  answer:
  key:
"""


def read(text: str) -> WorklistFile:
    found, findings = understand_worklist(NAME, text)
    assert findings == []
    assert found is not None
    return found


def write(before: WorklistFile | None, *decisions: CiteDecision) -> str:
    made = make_worklist(BOOK, ReadNotes(decisions, {}, frozenset()), ["my-book"], before)
    text = merge_worklist(before, made)
    assert read(text).model == made
    return text


def corpus_with(file: WorklistFile) -> Corpus:
    mole = "@book{mole-today, title = {Dish}, formerly = {mole-a}}"
    bib, _ = read_bib(mole, "a.bib")
    return Corpus(Settings(Path(), "Edition", ""), {"source": {}}, (bib,), worklists=(file,))


def test_what_is_open_stands_first_then_what_most_notes_name() -> None:
    text = write(None, *DECISIONS)
    comments = "".join(f"{line}\n" for line in text.splitlines() if line.startswith("#"))
    assert text == comments + FIRST
    assert path_of_worklist(BOOK.path) == NAME


def test_a_second_import_of_the_same_notes_changes_no_byte() -> None:
    text = write(None, *DECISIONS)
    assert write(read(text), *DECISIONS) == text


def test_answers_remarks_and_comments_are_kept_where_the_import_says_something_new() -> None:
    answered = FIRST.replace("  candidates: [mole-1962, mole-a]\n  answer:\n  key:", (
        "  candidates: [mole-1962, mole-a]\n  # see the letter of May\n  answer:   take  # sure\n  key: mole-a\n"
        "  remark: >\n    asked the\n    archive"
    )).replace('- source: "the long', '# my own comment\n- source: "the long')  # fmt: skip
    answered += "left_out: [3]  # a joke\n"
    taken = replace(UNSURE, outcome="found", key="mole-a", candidates=(), why="as the worklist says")
    text = write(read(answered), FOUND, taken, replace(taken, note=3))
    entries = {one.source: one for one in read(text).model.sources}
    assert entries["mole 1962"].notes == (2, 3)
    assert (entries["mole 1962"].answer, entries["mole 1962"].key) == ("take", "mole-a")
    assert "  # see the letter of May\n  answer:   take  # sure\n  key: mole-a\n  remark: >\n    asked the\n" in text
    assert text.endswith("left_out: [3]  # a joke\n")
    assert "the long story" not in entries  # nothing was answered, and no note says it any more
    assert write(read(text), FOUND, taken, replace(taken, note=3)) == text


def test_an_answer_to_what_no_note_says_any_more_is_kept() -> None:
    answered = FIRST.replace(
        'story"\n  notes: [3]\n  became: left\n  answer:', 'story"\n  notes: [3]\n  became: left\n  answer: leave'
    )
    text = write(read(answered), FOUND)
    assert [(one.source, one.notes, one.answer) for one in read(text).model.sources] == [
        ("the long story", (), "leave"), ("owl", (1,), None),
    ]  # fmt: skip
    assert write(read(text), FOUND) == text


@pytest.mark.parametrize(
    ("written", "answer"),
    [
        ("answer: take\n  key: mole-a", WorklistAnswer("take", "mole-today")),
        ("answer: other\n  key: crow", WorklistAnswer("other", "crow")),
        ("answer: correct\n  key: new-one", WorklistAnswer("correct", "new-one")),
        ("answer: leave\n  key:", WorklistAnswer("leave", "")),
    ],
)
def test_an_answer_is_found_by_its_source(written: str, answer: WorklistAnswer) -> None:
    text = FIRST.replace("mole-a]\n  answer:\n  key:", f"mole-a]\n  {written}")
    assert read_answers(corpus_with(read(text)), BOOK.path) == {"mole 1962": answer}


def test_to_take_what_was_proposed_needs_no_key() -> None:
    text = FIRST.replace('words"\n  answer:', 'words"\n  answer: take')
    assert read_answers(corpus_with(read(text)), BOOK.path) == {"owl": WorklistAnswer("take", "owl-1950")}
    assert read_answers(corpus_with(read(text)), "other.docx") == {}


def test_a_file_in_imports_that_names_no_manuscript_is_no_worklist() -> None:
    assert understand_worklist("imports/columns.yml", "title: A\n") == (None, [])
