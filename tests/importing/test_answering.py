"""Answers of an editor reach the essays that an earlier import wrote; the next import asks nothing again."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner

from conftest import Edition
from dosje.checking.edition import check_edition
from dosje.cli.verbs import main
from dosje.importing.answering import put_answers
from dosje.importing.decisions import ReadNotes
from dosje.importing.manuscript import Manuscript, ManuscriptNote

NOTES = tuple(ManuscriptNote(n, str(n), "footnote", "", f"words {n}", f"note {n}") for n in (1, 2, 12))
BOOK = Manuscript("m.docx", notes=NOTES)
CITED = ReadNotes((), {1: "[@a, 1]", 2: "[@b]", 12: "[@c]"}, frozenset())
WORDS = ReadNotes((), {1: "Words of A.", 2: "See\n\n> a quotation", 12: "[@c]"}, frozenset({1, 2}))
IN_WORDS = """\
One[^n1]. Two[^n2] and on. Twelve [@c]{note=12}.

[^n1]: Words of A.

[^n2]: See

    > a quotation
"""
IN_CITES = "One [@a, 1]{note=1}. Two [@b]{note=2} and on. Twelve [@c]{note=12}.\n"


def test_a_note_in_words_becomes_a_citation_and_its_footnote_goes() -> None:
    assert put_answers(IN_WORDS, BOOK, WORDS, CITED) == (IN_CITES, (1, 2))


def test_a_citation_becomes_the_authors_words_again() -> None:
    assert put_answers(IN_CITES, BOOK, CITED, WORDS) == (IN_WORDS, (1, 2))


def test_all_that_an_editor_changed_stays() -> None:
    mine = IN_WORDS.replace("One[", "One, at first[").replace("Words of A.", "Words of A, I think.")
    assert put_answers(mine, BOOK, WORDS, CITED) == (
        "One, at first[^n1]. Two [@b]{note=2} and on. Twelve [@c]{note=12}.\n\n[^n1]: Words of A, I think.\n", (2,)
    )  # fmt: skip
    assert put_answers(IN_WORDS, BOOK, WORDS, WORDS) == (IN_WORDS, ())


FILES = {
    "bibliography/a.bib": "@book{owl1950, author={Owl, Anna}, title={On Soup Plates}, date={1950}}\n"
    "@book{mole1962, author={Mole, Max}, title={Deep Dishes}, date={1962}}\n",
    "content/essays/x.md": "---\ntitle: X\n---\nSaid [@owl1950; @mole1962].\n",
    "my-book.md": """\
---
title: Plates
---

# Plates

Fox invited Stork.[^1] He was *late*. Nobody minded.[^2] So it was.[^3]

[^1]: Anna Owl, *On Soup Plates* (1950), p. 12.
[^2]: The Meadow Songs, part two, 14.
[^3]: The Meadow Songs, part two, 14.
""",
}


@pytest.fixture
def run(edition: Edition) -> Callable[[str], tuple[Path, list[str]]]:
    root = edition(FILES)

    def run(answer: str) -> tuple[Path, list[str]]:
        worklist = root / "imports" / "my-book.yml"
        if answer:
            text = worklist.read_text("utf-8")
            worklist.write_text(text.replace("  answer:\n  key:\n", answer, 1), "utf-8")
        made = CliRunner().invoke(main, ["import", "--write", str(root / "my-book.md"), "--project", str(root)])
        assert made.exit_code == 0, made.output
        return root, made.stdout.splitlines()

    return run


def codes(root: Path) -> list[str]:
    return [one.code for one in check_edition(root).findings if one.code != "unused-record"]


def test_one_answer_settles_all_notes_of_a_source_and_is_not_asked_again(
    run: Callable[[str], tuple[Path, list[str]]],
) -> None:
    root, _ = run("")
    essay = root / "content" / "essays" / "plates.md"
    assert "Meadow Songs" in essay.read_text("utf-8")
    assert codes(root) == ["draft-record", "open-note"]
    _, rows = run("  answer: other\n  key: mole1962  # the songs are in Mole\n")
    assert [row.split()[0] for row in rows] == ["new", "new"]
    assert "answers put in: notes 2, 3" in rows[0]
    text = essay.read_text("utf-8")
    assert "Meadow Songs" not in text
    assert text.count("@mole1962") == 2
    assert codes(root) == ["draft-record"]
    _, rows = run("")
    assert [row.split()[:2] for row in rows] == [["same", "essay"], ["same", "worklist"]]
    assert "key: mole1962  # the songs are in Mole\n" in (root / "imports" / "my-book.yml").read_text("utf-8")


def test_a_note_that_is_taken_out_of_an_essay_is_lost_until_somebody_says_that_it_is_meant(
    run: Callable[[str], tuple[Path, list[str]]],
) -> None:
    run("")
    root, _ = run("  answer: leave\n  key:\n")
    essay = root / "content" / "essays" / "plates.md"
    essay.write_text(essay.read_text("utf-8").replace("{note=1}", ""), "utf-8")
    assert "lost-note" in codes(root)
    worklist = root / "imports" / "my-book.yml"
    worklist.write_text(worklist.read_text("utf-8").replace("essays:", "left_out: [1]\nessays:"), "utf-8")
    assert "lost-note" not in codes(root)
