"""A file of a word processor becomes chapters in Markdown, and notes."""

from __future__ import annotations

from pathlib import Path

import pytest

from dosje.importing.documents import read_manuscript
from dosje.importing.manuscript import Chapter, Manuscript, ManuscriptNote, mark_note
from dosje.values.findings import format_findings
from word_files import make_file

TEXT = """\
---
title: The soup
author: [Mole, Owl]
abstract: |
  How it was served.
---

# The dinner

Fox invited *Stork*.[^1] Nothing was said of plates [sic].[^2]

## The second

> No soup.

1. one
2. two

# What Owl says

Bills are long. So Owl says.[^3]

[^1]: See Owl, *Bills*, 11; Mole, 4.
[^2]: Ibid.
[^3]: Owl, see n. 1.
"""


def read(folder: Path, text: str, ending: str = "md") -> Manuscript:
    return read_manuscript(make_file(folder, ending, text))


def shown(manuscript: Manuscript) -> str:
    """Return the text of all chapters, with the numbers of notes in angles."""
    text = "\n\n".join(chapter.markdown for chapter in manuscript.chapters)
    return text.replace(mark_note(0)[0], "<").replace(mark_note(0)[-1], ">")


@pytest.mark.parametrize("ending", ["docx", "odt", "html", "md", "tex"])
def test_a_manuscript_becomes_chapters_and_notes(tmp_path: Path, ending: str) -> None:
    found = read(tmp_path, TEXT, ending)
    # Pandoc writes no abstract into .odt, and loose lists into TeX.
    summary = "" if ending == "odt" else "How it was served."
    between = "\n\n" if ending == "tex" else "\n"
    assert found.chapters == (
        Chapter(
            "the-dinner",
            "The dinner",
            f"Fox invited *Stork*{mark_note(1)}. Nothing was said of plates \\[sic\\]{mark_note(2)}.\n\n"
            f"## The second\n\n> No soup.\n\n1.  one{between}2.  two",
            summary,
        ),
        Chapter("what-owl-says", "What Owl says", f"Bills are long. So Owl says{mark_note(3)}."),
    )
    assert found.notes == (
        ManuscriptNote(1, "1", "footnote", "See Owl, Bills, 11; Mole, 4.", "See Owl, *Bills*, 11; Mole, 4.", "note 1"),
        ManuscriptNote(2, "2", "footnote", "Ibid.", "Ibid.", "note 2"),
        ManuscriptNote(3, "3", "footnote", "Owl, see n. 1.", "Owl, see n. 1.", "note 3", covers="paragraph"),
    )
    assert (found.title, found.authors, found.findings) == ("The soup", ("Mole", "Owl"), ())


def test_the_notes_of_a_title_and_its_author_stand_in_the_first_paragraph(tmp_path: Path) -> None:
    text = "---\ntitle: The soup[^t]\nauthor: Mole[^a]\n---\n\n"
    text += "Fox invited Stork. It was cold.\n\n[^t]: Thanks.\n[^a]: Of A.\n"
    found = read(tmp_path, text)
    assert (found.title, found.authors, shown(found)) == (
        "The soup",
        ("Mole",),
        "Fox invited Stork. It was cold<1><2>.",
    )
    assert [note.text for note in found.notes] == ["Thanks.", "Of A."]


def test_a_text_without_headings_is_one_chapter(tmp_path: Path) -> None:
    assert read(tmp_path, "Fox invited Stork.\n").chapters == (Chapter("soup", "soup", "Fox invited Stork."),)


def test_what_stands_before_the_first_heading_is_a_chapter_by_the_title(tmp_path: Path) -> None:
    found = read(tmp_path, "% The soup\n\nOnce.\n\n# The soup\n\nTwice.\n\n# 汤\n\nThree times.\n")
    assert [(chapter.key, chapter.title) for chapter in found.chapters] == [
        ("the-soup", "The soup"),
        ("the-soup-2", "The soup"),
        ("chapter-3", "汤"),
    ]


def test_a_table_of_contents_that_a_program_made_is_left_out(tmp_path: Path) -> None:
    text = '::: {custom-style="TOC 1"}\nOne 1\n:::\n\n# One\n\nFox.\n'
    assert shown(read(tmp_path, text, "docx")) == "Fox."


def test_numbers_set_high_are_signs_of_their_own_and_letters_stay(tmp_path: Path) -> None:
    assert shown(read(tmp_path, "12 km^2^, the 1^er^ H~2~O\n", "docx")) == "12 km², the 1er H₂O"


def test_numbers_of_lists_that_markdown_has_not_stand_as_words(tmp_path: Path) -> None:
    text = "(a) one\n(b) two\n\nBetween.\n\n3. three\n4. four\n\nCCC.\n"
    assert shown(read(tmp_path, text)) == "- (a) one\n- (b) two\n\nBetween.\n\n- 3\\. three\n- 4\\. four\n\n- CCC."


def test_a_picture_has_the_words_of_its_caption_or_else_its_name(tmp_path: Path) -> None:
    (tmp_path / "a.png").write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(40))
    captioned = '![](a.png)\n\n::: {custom-style="caption"}\nA plate\n:::\n'
    found = read(tmp_path, f"{captioned}\nBoth ![](a.png) and ![a bill](a.png).\n")
    assert shown(found) == (
        "![A plate](assets/soup-1.png)\n\nA plate\n\n"
        "Both ![soup-1](assets/soup-1.png) and ![a bill](assets/soup-1.png)."
    )
    assert [finding.message for finding in found.findings] == [
        "the picture soup-1 has no words for those who cannot see it: write them in the essay"
    ]


def test_a_nested_table_becomes_one_line_and_a_finding_says_so(tmp_path: Path) -> None:
    page = "<table><tr><td>a</td><td><table><tr><td>b</td><td>c</td></tr></table><p>d</p></td></tr></table>"
    path = tmp_path / "soup.html"
    path.write_text(page)
    found = read_manuscript(path)
    assert "| a | b c d |" in shown(found)
    assert [finding.code for finding in found.findings] == ["manuscript-form"]


def test_the_lists_of_a_manuscript_are_read_and_become_no_essay(tmp_path: Path) -> None:
    text = (
        "# Abkürzungen\n\nAM: Archiv der Wiese\n\nFBI  Fox Bureau of Invitations\n\n# Soup\n\nFox.\n\n"
        "# Quellen- und Literaturverzeichnis\n\n## Ungedruckte Quellen\n\nThe Meadow (TMA), F. 1\n\n"
        "## Literatur\n\n- Owl. *Bills*. 1950.\n- Mole. Soup. 1962.\n"
    )
    found = read(tmp_path, text, "docx")
    assert shown(found) == "Fox."
    assert found.abbreviations == {
        "AM": "Archiv der Wiese",
        "FBI": "Fox Bureau of Invitations",
        "TMA": "The Meadow",
    }
    assert (found.works, found.archives) == (
        ("Owl. Bills. 1950.", "Mole. Soup. 1962."),
        ("The Meadow (TMA), F. 1",),
    )
    assert [finding.code for finding in found.findings] == ["manuscript-list"] * 2


def test_a_chapter_on_the_sources_that_calls_notes_stays_an_essay(tmp_path: Path) -> None:
    found = read(tmp_path, "# Sources\n\nThey are few.[^1]\n\n[^1]: Owl.\n")
    assert (shown(found), found.works, found.findings) == ("They are few<1>.", (), ())


def test_citations_of_author_and_date_are_read_like_notes(tmp_path: Path) -> None:
    text = "Fox came (Owl 1950, 11; Mole 1962).[^1] Owl (1950: 12) saw it in (Moscow 1960).\n\n[^1]: So.\n"
    found = read(tmp_path, text)
    assert shown(found) == "Fox came <2><1>. Owl <3> saw it in (Moscow 1960)."
    assert [(note.number, note.kind, note.mark, note.text, note.place, note.written) for note in found.notes] == [
        (2, "text", "", "Owl 1950, 11; Mole 1962", "paragraph 1", "(Owl 1950, 11; Mole 1962)"),
        (1, "footnote", "1", "So.", "note 1", ""),
        (3, "text", "", "Owl 1950: 12", "paragraph 1", "(1950: 12)"),
    ]


def test_a_citation_in_markdown_is_exact_by_its_key(tmp_path: Path) -> None:
    found = read(tmp_path, "Fox [see @owl, fl. 3; -@mole].\n")
    cites = found.notes[0].field_cites
    assert [(cite.item, cite.label, cite.locator, cite.prefix, cite.hides_author) for cite in cites] == [
        ({"id": "owl"}, "folio", "3", "see", False),
        ({"id": "mole"}, "", "", "", True),
    ]


def test_a_file_of_tex_that_is_in_pieces_is_told(tmp_path: Path) -> None:
    path = tmp_path / "soup.tex"
    path.write_text("\\section{Soup}\nFox. \\input{rest}\n")
    assert format_findings(read_manuscript(path).findings) == (
        "soup.tex:1:1: manuscript-left-out: what \\input{rest} names is not read: put all into one file"
    )
