"""What a Word file or one of LibreOffice says beside its text: signs of notes, changes, comments, field codes."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from html import escape
from pathlib import Path

import pytest

from dosje.importing.documents import read_manuscript
from dosje.importing.field_codes import clean_item
from dosje.importing.file_facts import write_count
from dosje.importing.manuscript import FieldCite, Manuscript, ManuscriptComment
from word_files import change_parts, make_file

TEXT = "AAA.[^1]\n\nBBB.[^2]\n\nCCC.[^3]\n\n[^1]: One.\n[^2]: Two.\n[^3]: Three.\n"
_TYPES = "application/vnd.openxmlformats-officedocument.wordprocessingml"
_RELATION = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


def change(folder: Path, text: str = TEXT, **parts: Callable[[str], str]) -> Path:
    """Make a Word file, and change its parts: document, footnotes, settings …"""
    path = make_file(folder, "docx", text)
    return change_parts(path, {f"word/{name}.xml": done for name, done in parts.items()})


def shown(manuscript: Manuscript) -> str:
    text = "\n\n".join(chapter.markdown for chapter in manuscript.chapters)
    return text.replace("\ufde6", "<").replace("\ufde7", ">")


def signs(manuscript: Manuscript) -> list[tuple[int, str, str, str]]:
    return [(note.number, note.kind, note.mark, note.place) for note in manuscript.notes]


def with_endnote(path: Path) -> Path:
    """Make the second footnote an endnote."""

    def move(text: str) -> str:
        start = text.index('<w:footnote w:id="', text.index("One."))
        note = text[start : text.index("</w:footnote>", start) + len("</w:footnote>")]
        moved.append(note.replace("footnote", "endnote"))
        return text.replace(note, "")

    def call(text: str) -> str:
        at = text.index("footnoteReference", text.index("BBB"))
        return text[:at] + text[at:].replace("footnoteReference", "endnoteReference", 1)

    moved: list[str] = []
    path = change_parts(path, {"word/footnotes.xml": move})
    head = '<w:endnotes xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main">'
    relation = f'<Relationship Id="rEnd" Type="{_RELATION}/endnotes" Target="endnotes.xml"/></Relationships>'
    override = f'<Override PartName="/word/endnotes.xml" ContentType="{_TYPES}.endnotes+xml"/></Types>'
    return change_parts(
        path,
        {
            "word/document.xml": call,
            "word/endnotes.xml": lambda _: f"{head}{moved[0]}</w:endnotes>",
            "word/_rels/document.xml.rels": lambda text: text.replace("</Relationships>", relation),
            "[Content_Types].xml": lambda text: text.replace("</Types>", override),
        },
    )


def test_endnotes_are_told_from_footnotes_and_counted_as_word_counts_them(tmp_path: Path) -> None:
    found = read_manuscript(with_endnote(make_file(tmp_path, "docx", TEXT)))
    assert signs(found) == [
        (1, "footnote", "1", "note 1"),
        (3, "endnote", "i", "endnote i"),
        (2, "footnote", "2", "note 2"),
    ]
    assert [note.text for note in found.notes] == ["One.", "Two.", "Three."]


def test_a_sign_that_the_author_typed_is_no_word_of_the_text(tmp_path: Path) -> None:
    def type_sign(text: str) -> str:
        at = text.index("<w:footnoteReference", text.index("AAA"))
        end = text.index("/>", at) + 2
        called = text[at:end].replace("<w:footnoteReference", '<w:footnoteReference w:customMarkFollows="1"')
        return f"{text[:at]}{called}<w:t>*</w:t>{text[end:]}"

    found = read_manuscript(change(tmp_path, document=type_sign))
    assert shown(found) == "AAA<3>.\n\nBBB<1>.\n\nCCC<2>."
    assert signs(found)[0] == (3, "footnote", "*", "note *")


@pytest.mark.parametrize(
    ("settings", "marks"),
    [
        ('<w:numFmt w:val="lowerLetter"/>', ["a", "b", "c"]),
        ('<w:numFmt w:val="chicago"/>', ["*", "†", "‡"]),
        ('<w:numStart w:val="12"/>', ["12", "13", "14"]),
    ],
)
def test_notes_have_the_signs_that_the_settings_say(tmp_path: Path, settings: str, marks: list[str]) -> None:
    said = f"<w:footnotePr>{settings}</w:footnotePr></w:settings>"

    def set_form(text: str) -> str:
        start, end = text.find("<w:footnotePr>"), text.find("</w:footnotePr>")
        text = text[:start] + text[end + len("</w:footnotePr>") :] if start >= 0 else text
        return text.replace("</w:settings>", said)

    assert [note.mark for note in read_manuscript(change(tmp_path, settings=set_form)).notes] == marks


def test_numbers_are_written_as_word_processors_do() -> None:
    assert [write_count(at, "lowerRoman") for at in (4, 9, 40, 1999)] == ["iv", "ix", "xl", "mcmxcix"]
    assert [write_count(at, "upperLetter") for at in (1, 26, 27)] == ["A", "Z", "AA"]
    assert [write_count(at, "chicago") for at in (4, 5)] == ["§", "**"]


def test_tracked_changes_are_accepted_also_where_a_note_is_taken_out(tmp_path: Path) -> None:
    def track(text: str) -> str:
        at = text.index("<w:r>", text.index("BBB."))
        end = text.index("</w:r>", at) + len("</w:r>")
        assert "footnoteReference" in text[at:end]
        out = f'<w:del w:id="7" w:author="A" w:date="2026-01-01T00:00:00Z">{text[at:end]}</w:del>'
        new = '<w:ins w:id="8" w:author="A"><w:r><w:t xml:space="preserve"> New.</w:t></w:r></w:ins>'
        old = '<w:del w:id="9" w:author="A"><w:r><w:delText> Old.</w:delText></w:r></w:del>'
        return text[:at] + out + new + old + text[end:]

    found = read_manuscript(change(tmp_path, document=track))
    assert shown(found) == "AAA<1>.\n\nBBB. New.\n\nCCC<2>."
    assert signs(found) == [(1, "footnote", "1", "note 1"), (2, "footnote", "2", "note 2")]


def test_comments_are_read_only_where_they_are_asked_for(tmp_path: Path) -> None:
    start = '{.comment-start id="0" author="Referee 2" date="2026-03-01T10:00:00Z"}'
    text = f'AAA [Who says so?]{start}BBB[]{{.comment-end id="0"}}.\n'
    path = make_file(tmp_path, "docx", text)
    assert shown(read_manuscript(path)) == shown(read_manuscript(path, with_comments=True)) == "AAA BBB."
    silent = read_manuscript(path)
    assert silent.comments == ()
    assert [finding.message for finding in silent.findings] == ["comments in the margin are left out: 1"]
    assert "Referee" not in repr(silent)
    asked = read_manuscript(path, with_comments=True)
    assert asked.comments == (ManuscriptComment("Referee 2", "2026-03-01", "Who says so?", "BBB", "paragraph 1"),)
    assert asked.findings == ()


BILLS = {"type": "book", "title": "Bills", "author": [{"family": "Owl"}], "issued": {"date-parts": [[1950]]}}
SOUP = {"type": "article-journal", "title": "Soup", "author": [{"family": "Mole"}]}


def field_code(*items: Mapping[str, object], words: str) -> str:
    """Return the field code of a citation as Zotero and Mendeley write it, around its words."""
    code = escape(json.dumps({"citationID": "x", "citationItems": items}))
    return (
        '<w:r><w:fldChar w:fldCharType="begin"/></w:r>'
        f'<w:r><w:instrText xml:space="preserve"> ADDIN ZOTERO_ITEM CSL_CITATION {code} </w:instrText></w:r>'
        '<w:r><w:fldChar w:fldCharType="separate"/></w:r>'
        f'<w:r><w:t xml:space="preserve">{words}</w:t></w:r><w:r><w:fldChar w:fldCharType="end"/></w:r>'
    )


def put_before(words: str, code: str) -> Callable[[str], str]:
    """Return what puts a field code before the run of some words."""

    def put(text: str) -> str:
        at = text.rindex("<w:r>", 0, text.index(words))
        return text[:at] + code + text[at:]

    return put


def test_the_field_codes_of_reference_managers_are_exact(tmp_path: Path) -> None:
    first = {
        "id": 1,
        "uris": ["http://zotero.org/a"],
        "itemData": {"id": 1, **BILLS},
        "locator": "11",
        "prefix": "see ",
    }
    second = {"id": 2, "itemData": {"id": 2, **SOUP}, "locator": "4", "label": "folio", "suffix": ", on soup"}
    third = {**second, "suppress-author": True}
    path = change(
        tmp_path,
        footnotes=put_before("One.", field_code(first, second, words="see Owl, 11; Mole, fol. 4 ")),
        document=put_before("CCC.", field_code(third, words="(Soup) ")),
    )
    found = read_manuscript(path)
    assert shown(found) == "AAA<1>.\n\nBBB<2>.\n\n<4> CCC<3>."
    owl = FieldCite({**BILLS, "id": "http://zotero.org/a"}, "page", "11", "see", "", False, 0, 25)
    mole = FieldCite({**SOUP, "id": "2"}, "folio", "4", "", "on soup", False, 0, 25)
    assert found.notes[0].field_cites == (owl, mole)
    assert found.notes[0].text[:25] == "see Owl, 11; Mole, fol. 4"
    assert (found.notes[2].text, found.notes[2].written) == ("Soup", "(Soup)")
    assert found.notes[2].field_cites[0].hides_author


def test_two_works_that_mendeley_gave_one_number_stay_two(tmp_path: Path) -> None:
    one = {"id": "ITEM-1", "itemData": {"id": "ITEM-1", **BILLS}, "uris": ["http://mendeley.com/1"]}
    two = {"id": "ITEM-1", "itemData": {"id": "ITEM-1", **SOUP}, "uris": ["http://mendeley.com/2"]}
    put_one, put_two = put_before("One.", field_code(one, words="a ")), put_before("Two.", field_code(two, words="b "))
    found = read_manuscript(change(tmp_path, footnotes=lambda text: put_two(put_one(text))))
    assert [cite.item["title"] for note in found.notes for cite in note.field_cites] == ["Bills", "Soup"]


def test_the_bibliography_that_a_reference_manager_made_is_read(tmp_path: Path) -> None:
    def make(text: str) -> str:
        code = field_code(words="Owl. Bills. 1950.").replace("ZOTERO_ITEM CSL_CITATION", "ZOTERO_BIBL")
        return put_before("Mole.", code)(text)

    found = read_manuscript(
        change(tmp_path, "# Soup\n\nAAA.[^1]\n\n# Bibliography\n\nMole.\n\n[^1]: One.\n", document=make)
    )
    assert found.works == ("Owl. Bills. 1950.Mole.",)


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ({"issued": {"date-parts": [["1950", 3, "2"]]}}, {"issued": {"date-parts": [[1950, 3, 2]]}}),
        ({"issued": {"date-parts": [["c. 1950"]], "literal": "c. 1950"}}, {"issued": {"literal": "c. 1950"}}),
        ({"issued": {"raw": "1950-03"}}, {"issued": {"date-parts": [[1950, 3]]}}),
        ({"issued": {"date-parts": [[]]}, "editor": [], "x": None, "y": {"z": [1]}, "note": "mine"}, {}),
        ({"author": [{"family": "Owl", "given": None}], "volume": 3}, {"author": [{"family": "Owl"}], "volume": 3}),
        ({"type": "book"}, {"type": "book"}),
    ],
)
def test_an_item_of_a_field_code_becomes_what_csl_has(written: dict[str, object], expected: dict[str, object]) -> None:
    assert clean_item(written) == {"type": "document", **expected}


def test_a_field_code_that_is_no_json_leaves_its_words(tmp_path: Path) -> None:
    broken = field_code(words="Owl, 11").replace("citationItems", "citationItems}{")
    found = read_manuscript(change(tmp_path, footnotes=put_before("One.", broken)))
    assert (found.notes[0].text, found.notes[0].field_cites) == ("Owl, 11One.", ())


def test_the_signs_of_notes_in_odt_are_those_that_it_shows(tmp_path: Path) -> None:
    def sign(text: str) -> str:
        head, _, rest = text.partition('text:note-class="footnote"')
        return (
            head
            + 'text:note-class="endnote"'
            + rest.replace(
                "<text:note-citation>1</text:note-citation>", "<text:note-citation>i</text:note-citation>", 1
            )
        )

    found = read_manuscript(change_parts(make_file(tmp_path, "odt", TEXT), {"content.xml": sign}))
    assert [(note.kind, note.mark) for note in found.notes] == [
        ("endnote", "i"),
        ("footnote", "2"),
        ("footnote", "3"),
    ]


def test_comments_and_equations_of_odt_are_told(tmp_path: Path) -> None:
    said = "<dc:creator>R</dc:creator><dc:date>2026-03-01T1</dc:date><text:p>Who?</text:p>"
    said = f"<office:annotation>{said}</office:annotation>"
    path = make_file(tmp_path, "odt", "AAA.\n\nBBB $x^2$.\n")
    path = change_parts(path, {"content.xml": lambda text: text.replace("AAA", f"AAA{said}", 1)})
    found = read_manuscript(path, with_comments=True)
    assert found.comments == (ManuscriptComment("R", "2026-03-01", "Who?", "", "paragraph 1"),)
    assert [finding.message for finding in found.findings] == ["paragraph 2: an equation is left out"]
    assert shown(found).startswith("AAA.")


def test_the_citations_of_zotero_in_odt_are_exact(tmp_path: Path) -> None:
    item = {"id": 1, "uris": ["http://zotero.org/a"], "itemData": BILLS, "locator": "11"}
    name = escape("ZOTERO_ITEM CSL_CITATION " + json.dumps({"citationItems": [item]}) + " RNDx1")

    def mark(text: str) -> str:
        start, end = (f'<text:reference-mark-{one} text:name="{name}"/>' for one in ("start", "end"))
        return text.replace("Owl, 11", f"{start}Owl, 11{end}", 1)

    path = make_file(tmp_path, "odt", "AAA.[^1]\n\n[^1]: See Owl, 11, on this.\n")
    found = read_manuscript(change_parts(path, {"content.xml": mark}))
    assert found.notes[0].text == "See Owl, 11, on this."
    assert found.notes[0].field_cites == (
        FieldCite({**BILLS, "id": "http://zotero.org/a"}, "page", "11", "", "", False, 4, 11),
    )


def test_a_list_in_a_note_of_odt_keeps_its_words(tmp_path: Path) -> None:
    found = read_manuscript(
        make_file(tmp_path, "odt", "AAA.[^1]\n\n[^1]: One *two* m^2^.\n\n    - three\n    - four\n")
    )
    assert [note.markdown for note in found.notes] == ["One *two* m².\n\nthree\n\nfour"]


RTF = rb"""{\rtf1\ansi\ansicpg1252\uc1 Fox \u8220?quoted\u8221? caf\'e9 \u269?aj
{\super\chftn{\*\footnote\pard\plain{\super\chftn} See {\i Bills}, 11.}} and more.\par}"""


def test_the_notes_of_rtf_are_read_also_where_old_programs_may_leave_them_out(tmp_path: Path) -> None:
    path = tmp_path / "soup.rtf"
    path.write_bytes(RTF)
    found = read_manuscript(path)
    assert shown(found) == "Fox “quoted” café čaj<1> and more."
    assert [note.markdown for note in found.notes] == ["See *Bills*, 11."]
