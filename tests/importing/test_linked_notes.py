"""Notes that are only links in HTML are notes."""

from __future__ import annotations

from pathlib import Path

import pytest

from dosje.importing.documents import read_manuscript
from dosje.importing.manuscript import Manuscript


def read(folder: Path, page: str) -> Manuscript:
    path = folder / "soup.html"
    path.write_text(f'<meta charset="utf-8">{page}', encoding="utf-8")
    return read_manuscript(path)


def shown(manuscript: Manuscript) -> str:
    text = "\n\n".join(chapter.markdown for chapter in manuscript.chapters)
    return text.replace("\ufde6", "<").replace("\ufde7", ">")


WORD = (
    '<p>Fox came.<a style="mso-footnote-id:ftn1" href="#_ftn1" name="_ftnref1"><sup>[1]</sup></a></p><hr>'
    '<div><div id=ftn1><p><a href="#_ftnref1" name="_ftn1"><sup>[1]</sup></a> Owl, <i>Bills</i>, 11.</p></div></div>'
)
WRITER = (
    '<p>Fox came.<a class="sdfootnoteanc" name="sdfootnote1anc" href="#sdfootnote1sym"><sup>1</sup></a></p>'
    '<div id="sdfootnote1"><p><a class="sdfootnotesym" name="sdfootnote1sym" href="#sdfootnote1anc">1</a>'
    " Owl, <i>Bills</i>, 11.</p></div>"
)
LIST = (
    '<p>Fox came.<sup id="fnref1"><a href="#fn1">1</a></sup></p>'
    '<ol><li id="fn1">Owl, <i>Bills</i>, 11. <a href="#fnref1">↩</a></li></ol>'
)
PARAGRAPH = '<p>Fox came.<a id="r1" href="#n1">1</a></p><p><a id="n1" href="#r1">1.</a> Owl, <i>Bills</i>, 11.</p>'


@pytest.mark.parametrize("page", [WORD, WRITER, LIST, PARAGRAPH])
def test_a_sign_that_leads_to_a_paragraph_which_leads_back_calls_a_note(tmp_path: Path, page: str) -> None:
    found = read(tmp_path, page)
    assert shown(found).removesuffix("\n\n---") == "Fox came<1>."
    assert [note.markdown for note in found.notes] == ["Owl, *Bills*, 11."]


def test_a_link_to_another_chapter_is_no_note(tmp_path: Path) -> None:
    page = '<p id="a">See <a href="#b">2</a>.</p><p id="b">Fox came.</p><p>See <a href="#b">chapter two</a>.</p>'
    found = read(tmp_path, page)
    assert (shown(found), found.notes) == ("See 2.\n\nFox came.\n\nSee chapter two.", ())


def test_what_stands_beside_notes_stays(tmp_path: Path) -> None:
    page = f"<div>{LIST}<p>After.</p></div><ul><li>A <a href='#x'>1</a></li></ul>"
    assert shown(read(tmp_path, page)) == "Fox came<1>.\n\nAfter.\n\n- A 1"
