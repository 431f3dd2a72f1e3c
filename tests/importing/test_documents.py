"""A file of a word processor becomes chapters in Markdown, and notes."""

from __future__ import annotations

from pathlib import Path

import pytest

from dosje.citing.pandoc import run_pandoc
from dosje.importing.documents import read_manuscript
from dosje.importing.manuscript import Chapter, ManuscriptNote, mark_note
from dosje.system.children import Limits

TEXT = """\
---
title: The soup
author: [Mole, Owl]
---

# The dinner

Fox invited *Stork*.[^1] Nothing was said of plates [sic].[^2]

## The second

> No soup.

- one
- two

# What Owl says

Bills are long.

[^1]: See Owl, *Bills*, 11; Mole, 4.
[^2]: Ibid.
"""


def make(folder: Path, ending: str, text: str = TEXT) -> Path:
    """Write a manuscript with pandoc, as `soup.docx` or another kind."""
    path = folder / f"soup.{ending}"
    run_pandoc(["--from=markdown", "--standalone", f"--output={path}"], text, "en", Limits())
    return path


@pytest.mark.parametrize("ending", ["docx", "md"])
def test_a_manuscript_becomes_chapters_and_notes(tmp_path: Path, ending: str) -> None:
    read = read_manuscript(make(tmp_path, ending))
    assert read.chapters == (
        Chapter(
            "the-dinner",
            "The dinner",
            f"Fox invited *Stork*{mark_note(1)}. Nothing was said of plates \\[sic\\]{mark_note(2)}.\n\n"
            "## The second\n\n> No soup.\n\n- one\n- two",
        ),
        Chapter("what-owl-says", "What Owl says", "Bills are long."),
    )
    assert read.notes == (
        ManuscriptNote(1, "1", "footnote", "See Owl, Bills, 11; Mole, 4.", "See Owl, *Bills*, 11; Mole, 4.", "note 1"),
        ManuscriptNote(2, "2", "footnote", "Ibid.", "Ibid.", "note 2"),
    )
    assert (read.title, read.authors) == ("The soup", ("Mole", "Owl"))
