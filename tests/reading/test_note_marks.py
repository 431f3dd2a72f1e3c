"""What may stand in braces behind a citation or the call of a note."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dosje.reading.note_marks import NO_MARKS, NoteMarks, NoteMarksError, format_marks, parse_marks
from dosje.reading.text_parsing import parse_text
from dosje.reading.texts import Cited, Markdown, NoteCall

ALL_MARKS = st.builds(NoteMarks, st.integers(0, 999_999), st.sampled_from(["", "paragraph"]))


@given(ALL_MARKS)
def test_marks_are_read_as_they_were_written(marks: NoteMarks) -> None:
    assert not format_marks(marks) or parse_marks(format_marks(marks)) == marks
    assert parse_text(f"Said [@a, fl. 3]{format_marks(marks)}.").blocks[0].citations[0].marks == marks


def test_braces_behind_a_citation_or_a_call_are_no_text() -> None:
    text = parse_text("A [@a]{note=12 covers=paragraph}. B.[^n3]{covers=paragraph}\n\n[^n3]: See [@b]{note=4}.\n")
    assert text.problems == ()
    pieces = [piece for block in text.blocks for piece in block.pieces]
    assert [piece.marks for piece in pieces if isinstance(piece, Cited | NoteCall)] == [
        NoteMarks(12, "paragraph"), NoteMarks(0, "paragraph"), NoteMarks(4),
    ]  # fmt: skip
    assert [piece.text for piece in pieces if isinstance(piece, Markdown)] == ["A ", ". B.", "See ", "."]


@pytest.mark.parametrize("source", ["[@a] {note=1}", "[@a]{plate 4}", "[@a]{}", "{note=1}", "`[@a]{note=1}`"])
def test_other_braces_are_the_authors_text(source: str) -> None:
    text = parse_text(source)
    assert text.problems == ()
    assert all(cited.marks == NO_MARKS for block in text.blocks for cited in block.citations)
    assert "{" in "".join(piece.text for block in text.blocks for piece in block.pieces if isinstance(piece, Markdown))


def test_in_a_text_written_for_mkdocs_alone_braces_stay() -> None:
    pieces = parse_text("A [@a]{note=12}.", is_free=True).blocks[0].pieces
    assert isinstance(pieces[-1], Markdown)
    assert pieces[-1].text == "{note=12}."


@pytest.mark.parametrize(
    ("braces", "said"),
    [
        ("{covers=page}", '"covers=page" behind a citation is not read'),
        ("{note=0}", '"note=0" behind a citation is not read'),
        ("{note=12 sure}", '"sure" behind a citation is not read'),
    ],
)
def test_what_no_citation_can_have_is_a_finding_at_its_place(braces: str, said: str) -> None:
    with pytest.raises(NoteMarksError, match=said):
        parse_marks(braces)
    text = parse_text(f"A [@a]{braces}.")
    assert [(one.offset, one.code, one.message) for one in text.problems] == [(6, "bad-citation", said)]
    assert text.blocks[0].citations[0].marks == NO_MARKS
