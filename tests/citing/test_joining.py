"""The cites of a note put together: what the author wrote around them, and no full stop twice."""

from __future__ import annotations

import pytest

from dosje.citing.forms import Form
from dosje.citing.joining import JoinedCite, full_notes_of, join_in_full, join_note
from dosje.citing.notes import Note, Wording, place_notes
from dosje.citing.styles import Style
from dosje.edition.calls import Call
from dosje.reading.text_parsing import parse_text
from dosje.reading.texts import Markdown
from dosje.values.page_id import PageId
from dosje.values.stand_ins import ONE
from dosje.values.words import Run, plain

PAGE = PageId("essay", "e")
STYLE = Style("a-style", "<style/>", "", "; ", ".", True, "", "fl.", "0")
FORMS = {
    Form("kapo", "first"): (Run("letter of "), Run("Kapo", ("em",))),
    Form("kapo", "ibid"): (Run("ibid."),),
    Form("kapo", "subsequent"): (Run("Kapo"),),
    Form("tirana", "first"): (Run("“Who came?”"),),
    Form("tirana", "first", "page"): (Run(f"Tirana, {ONE}"),),
}


def joined(*texts: str, style: Style = STYLE, in_quotes: bool = False) -> list[Note | Wording]:
    calls = []
    for text in texts:
        blocks = parse_text(text).blocks
        pieces = blocks[0].pieces[:1] if len(blocks) == 1 else (*blocks[0].pieces[:1], *blocks[1].pieces)
        calls.append(Call(PAGE, ("body",), text, pieces, ""))
    return [*place_notes(calls), Wording(style, FORMS, in_quotes)]


def printed(note: Note, wording: Wording) -> str:
    parts = join_note(note, wording)
    assert all(isinstance(part, JoinedCite | Run | Markdown) for part in parts)
    return "".join(plain(part.words) if isinstance(part, JoinedCite) else part.text for part in parts)  # type: ignore[union-attr]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("[@kapo]", "Letter of Kapo."),
        ("[see also @kapo, on the vote; @tirana, 3]", "See also letter of Kapo, on the vote; Tirana, 3."),
        ("[@kapo, but not all of it.]", "Letter of Kapo, but not all of it."),
        ("[@kapo, “and not all.”]", "Letter of Kapo, “and not all.”"),
        ("[@tirana, 3 ff.]", "Tirana, 3 ff."),
        ("[@tirana]", "“Who came?”"),
        ("Said.[^a]\n\n[^a]: So says [@kapo]. Others differ.", "So says letter of Kapo. Others differ."),
        ("Said.[^a]\n\n[^a]: Asked in [@tirana]. No answer.", "Asked in “Who came?” No answer."),
    ],
)
def test_a_note_is_put_together_with_what_its_author_wrote(text: str, expected: str) -> None:
    note, wording = joined(text)
    assert printed(note, wording) == expected  # type: ignore[arg-type]


def test_a_sign_of_the_style_does_not_double_the_full_stop_of_an_author() -> None:
    style = Style("a-style", "<style/>", "", ". ", ".", True, "", "fl.", "0")
    note, wording = joined("[@kapo, all of it.; @tirana, 3]", style=style)
    assert printed(note, wording) == "Letter of Kapo, all of it. Tirana, 3."  # type: ignore[arg-type]


def test_a_sign_goes_into_the_quotation_marks_where_the_language_has_it_so() -> None:
    note, wording = joined("[@kapo; @tirana]", in_quotes=True)
    assert printed(note, wording) == "Letter of Kapo; “Who came?”"  # type: ignore[arg-type]


def test_cites_of_one_form_share_their_words_and_differ_in_their_values() -> None:
    *notes, wording = joined("[@kapo; @tirana, 3]", "[@kapo; @tirana, 5]")
    forms = {**FORMS, Form("tirana", "subsequent", "page"): (Run(f"Tirana again, {ONE}"),)}
    wording = Wording(STYLE, forms, False)
    cites = [part for note in notes for part in join_note(note, wording) if isinstance(part, JoinedCite)]  # type: ignore[arg-type]
    assert [plain(cite.words) for cite in cites] == ["Letter of Kapo", "Tirana, 3", "Kapo", "Tirana again, 5"]
    assert [cite.values for cite in cites] == [(), ((ONE, "3"),), (), ((ONE, "5"),)]


def test_a_note_that_shortens_has_its_cites_in_full_and_names_the_notes_that_have_them() -> None:
    first, second, wording = joined("[@kapo]", "[@kapo; @tirana, 3]")
    assert isinstance(first, Note) and isinstance(second, Note) and isinstance(wording, Wording)
    assert join_in_full(first, wording) == []
    full = join_in_full(second, wording)
    assert "".join(plain(p.words) if isinstance(p, JoinedCite) else p.text for p in full) == "Letter of Kapo."  # type: ignore[union-attr]
    assert full_notes_of(second) == {1: "[@kapo]"}
    assert full_notes_of(first) == {}
