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
from dosje.values.stand_ins import ONE, TWO
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


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # Places in the author's order, and no range that the author did not write.
        ("[@tirana, 61; @tirana, 97; @tirana, 99; @tirana, 100]", "Tirana, pages 61, 97, 99, 100."),
        ("[@tirana, 97; @tirana, 61–63]", "Tirana, pages 97, 61–63."),
        ("[@tirana, 3; @tirana, 3]", "Tirana, 3."),
        ("[@kapo; @kapo]", "Letter of Kapo."),
        # The source stands where it is named first.
        ("[@tirana, 3; @kapo; @tirana, 5]", "Tirana, pages 3, 5; letter of Kapo."),
        ("[see also @tirana, 3; @tirana, 5]", "See also Tirana, pages 3, 5."),
        # What stands around a cite belongs to it alone, and a place of another kind has its own label.
        ("[@tirana, 3, on the vote; @tirana, 5]", "Tirana, 3, on the vote; again, 5."),
        ("[@tirana, 3; but see @tirana, 5]", "Tirana, 3; but see again, 5."),
        ("[@tirana, 3; but see @kapo; @tirana, 5]", "Tirana, 3; but see letter of Kapo; once more, 5."),
        ("[@tirana, 3; @tirana, n. 5]", "Tirana, 3; again, n. 5."),
        ("[@tirana; @tirana, 3]", "“Who came?”; again, 3."),
    ],
)
def test_a_source_is_named_once_in_a_note_with_all_its_places(text: str, expected: str) -> None:
    forms = FORMS | {
        Form("tirana", "first", "page", True): (Run(f"Tirana, pages {ONE}–{TWO}"),),
        Form("tirana", "ibid-with-locator", "page"): (Run(f"again, {ONE}"),),
        Form("tirana", "ibid-with-locator", "note"): (Run(f"again, n. {ONE}"),),
        Form("tirana", "subsequent", "page"): (Run(f"once more, {ONE}"),),
    }
    note, _ = joined(text)
    assert printed(note, Wording(STYLE, forms, False)) == expected  # type: ignore[arg-type]


def test_ibid_behind_a_note_with_two_places_of_a_source_says_its_place() -> None:
    *notes, _ = joined("[@tirana, 3; @tirana, 5]", "[@tirana, 3]", "[@tirana, 3, 5]", "[@tirana, 3; @tirana, 5]")
    positions = [cite.position for note in notes for part in note.parts for cite in part.cites]  # type: ignore[union-attr]
    assert positions == ["first", "ibid-with-locator", "ibid-with-locator", "ibid"]


def test_a_joined_cite_knows_the_cites_of_its_author() -> None:
    note, _ = joined("[@tirana, 3; @kapo; @tirana, 5]")
    cites = [[c.locator and c.locator.value for c in cite.cites] for part in note.parts for cite in part.cites]  # type: ignore[union-attr]
    assert cites == [["3", "5"], [None]]
