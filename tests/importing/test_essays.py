"""Essays of a manuscript: notes as citations where they are plain, as footnotes in their author's words where not."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from click.testing import CliRunner, Result

from conftest import Edition
from dosje.checking.edition import check_edition
from dosje.cli import main
from dosje.importing.decisions import ReadNotes
from dosje.importing.essays import make_essays, with_free_keys
from dosje.importing.manuscript import Chapter, Manuscript, ManuscriptNote, mark_note

FILES = {
    "bibliography/works.bib": "@book{owl1950,\n  author = {Owl, Anna},\n"
    "  title = {On Soup Plates},\n  date = {1950},\n}\n",
    "content/essays/dinner.md": "---\ntitle: Another dinner\n---\n\nText [@owl1950, 3].\n",
}


def note(number: int, words: str, kind: str = "footnote") -> ManuscriptNote:
    return ManuscriptNote(number, str(number), kind, words, words, f"note {number}")  # type: ignore[arg-type]


def test_a_plain_note_is_a_citation_where_it_stood_and_prose_a_footnote() -> None:
    text = f"One{mark_note(1)}. Two{mark_note(2)} {mark_note(3)}. Three{mark_note(4)}."
    notes = (note(1, "Owl 3"), note(2, "See\n\nhere."), note(3, "(Owl 4)", "text"), note(4, "Not read."))
    read = ReadNotes((), {1: "[@owl1950, 3]", 2: "See\n\nhere.", 3: "(Owl 4)"}, frozenset({2, 3}))
    manuscript = Manuscript("a.docx", chapters=(Chapter("one", "One", text, "Short."),), notes=notes)
    (essay,) = make_essays(manuscript, read)
    assert essay.fields == {"title": "One", "summary": "Short.", "draft": True}
    assert essay.body == (
        "One [@owl1950, 3]{note=1}. Two[^n2] (Owl 4). Three[^n4].\n\n[^n2]: See\n\n    here.\n\n[^n4]: Not read.\n"
    )


def test_a_cite_in_the_text_that_stays_in_words_keeps_its_parentheses() -> None:
    text = f"A {mark_note(1)}, Owl {mark_note(2)}, B {mark_note(3)}."
    one, two, three = (note(number, "Owl 1950, 3", "text") for number in (1, 2, 3))
    notes = (
        replace(one, written="(Owl 1950, 3)"),
        replace(two, written="(1950, 3)"),
        replace(three, written="(see Owl 1950, 3)"),
    )
    read = ReadNotes((), {1: "Owl 1950, 3", 2: "Owl 1950, 3", 3: "[@owl1950, 3] or so"}, frozenset({1, 2, 3}))
    (essay,) = make_essays(Manuscript("a.docx", chapters=(Chapter("one", "One", text),), notes=notes), read)
    assert essay.body == "A (Owl 1950, 3), Owl (1950, 3), B (see [@owl1950, 3] or so).\n"


def test_several_chapters_stand_in_their_order() -> None:
    chapters = (Chapter("one", "One", "A."), Chapter("two", "Two", "B."))
    manuscript = Manuscript("a.docx", authors=("Ann Author", "Bob"), chapters=chapters)
    essays = make_essays(manuscript, ReadNotes((), {}, frozenset()))
    assert [essay.fields["author"] for essay in essays] == [["Ann Author", "Bob"]] * 2
    assert [(essay.page.key, essay.fields["order"], essay.place) for essay in essays] == [
        ("one", 1, "a.docx, chapter 1"), ("two", 2, "a.docx, chapter 2"),
    ]  # fmt: skip


def test_a_chapter_whose_key_something_else_has_gets_another(edition: Edition) -> None:
    corpus = check_edition(edition(FILES)).corpus
    assert corpus
    chapters = (Chapter("dinner", "Dinner", ""), Chapter("dinner", "Another dinner", ""), Chapter("index", "I", ""))
    keys = [one.key for one in with_free_keys(corpus, Manuscript("My File.docx", chapters=chapters)).chapters]
    assert keys == ["my-file-dinner", "dinner", "my-file-index"]


def run(root: Path, *arguments: str) -> Result:
    return CliRunner().invoke(main, ["import", *arguments, "--project", str(root)])


MANUSCRIPT = """\
---
title: Plates
---

# Dinner

Fox invited Stork.[^1] He was *late*.[^2]

[^1]: Anna Owl, *On Soup Plates* (1950), p. 12.
[^2]: Nobody knows why.
"""


def test_a_manuscript_becomes_essays_and_a_second_time_all_is_the_same(edition: Edition) -> None:
    root = edition({**FILES, "m.md": MANUSCRIPT})
    shown = run(root, str(root / "m.md"))
    assert (shown.exit_code, list((root / "content" / "essays").iterdir())) == (0, [root / "content/essays/dinner.md"])
    written = run(root, "--write", str(root / "m.md"))
    assert (written.exit_code, written.stdout) == (0, shown.stdout)
    assert (root / "content" / "essays" / "m-dinner.md").read_text(encoding="utf-8") == (
        "---\ntitle: Dinner\ndraft: true\n---\n\n"
        "Fox invited Stork [@owl1950, 12]{note=1}. He was *late*[^n2].\n\n[^n2]: Nobody knows why.\n"
    )
    assert not check_edition(root).has_errors
    again = run(root, "--write", str(root / "m.md"))
    assert [line.split()[:3] for line in again.stdout.splitlines()] == [
        ["same", "essay", "m-dinner"],
        ["not", "understood", "note"],
        ["same", "worklist", "imports/m.yml"],
    ]
    assert again.stderr.splitlines()[-1].endswith(": nothing to write")
