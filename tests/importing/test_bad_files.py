"""What is wrong with the file of a manuscript is said in words that help; what can be kept is kept."""

from __future__ import annotations

import base64
import io
import struct
import zipfile
import zlib
from pathlib import Path

import pytest

from dosje.importing.documents import read_manuscript
from dosje.importing.manuscript_files import open_manuscript
from dosje.importing.manuscript_pictures import size_of_picture
from dosje.values.errors import OperationError
from word_files import change_parts, make_file

SOUP = "Fox invited Stork.[^1]\n\n[^1]: Owl, 11.\n"


def png(width: int, height: int) -> bytes:
    """Return a picture of one colour, packed well."""
    row = b"\0" + b"\0" * (width // 8 + 1)
    data = zlib.compress(row * height, 9)
    chunks = [(b"IHDR", struct.pack(">IIBBBBB", width, height, 1, 0, 0, 0, 0)), (b"IDAT", data), (b"IEND", b"")]
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body)) for name, body in chunks
    )


def zip_of(**parts: bytes) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, raw in parts.items():
            packed.writestr(name, raw)
    return made.getvalue()


@pytest.mark.parametrize(
    ("name", "raw", "why"),
    [
        ("a.docx", b"", "a.docx is empty"),
        ("a.md", b" \n", "a.md is empty"),
        ("a.docx", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 500 + "EncryptedPackage".encode("utf-16-le"),
         "a.docx is protected by a password: open it, save it without one, and import that"),
        ("a.doc", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 500,
         "a.doc is a file of an old Word: open it, and save it as .docx"),
        ("a.docx", b"%PDF-1.7",
         "a.docx is a PDF, in which no notes can be told from the text: import what it was made from"),
        ("a.docx", b"PK\x03\x04 and then nothing",
         "a.docx is broken, perhaps because it was not copied whole: open it in the word processor, and save it anew"),
        ("a.docx", b"Fox invited Stork.", "a.docx is no .docx file, whatever its name says"),
        ("a.docx", zip_of(a=b"x"), "a.docx is a zip, and no file of a word processor"),
        ("a.docx", zip_of(**{"[Content_Types].xml": b"<a>spreadsheetml</a>"}),
         "a.docx is a table of Excel, and no manuscript"),
        ("a.docx", zip_of(**{"word/document.xml": b'<!DOCTYPE a [<!ENTITY b "c">]>'}),
         "a.docx has a definition of its own in word/document.xml, which is not read"),
        ("a.odt", zip_of(**{"mimetype": b"x", "META-INF/manifest.xml": b"<manifest:encryption-data/>"}),
         "a.odt is protected by a password: open it, save it without one, and import that"),
        ("a.docx", zip_of(**{"word/document.xml": bytes(101_000_000)}),
         "a.docx unpacks to more than a manuscript has, and was not opened"),
        ("a.rtf", b"Fox", "a.rtf is no RTF, whatever its name says"),
        ("a.md", b"Fox\0\x01\xff", "a.md is no text, whatever its name says"),
        ("a.md", "Füchse".encode("latin-1"), "a.md is not UTF-8 text: save it again with the encoding UTF-8"),
        ("a.xyz", b"Fox", "a.xyz is no manuscript that can be read; one is .docx, .odt, .rtf, .html, .htm, .xhtml, "
         ".md, .markdown, .txt, .tex"),
    ],
)  # fmt: skip
def test_a_bad_file_is_refused_with_words_that_help(tmp_path: Path, name: str, raw: bytes, why: str) -> None:
    path = tmp_path / name
    path.write_bytes(raw)
    with pytest.raises(OperationError) as caught:
        read_manuscript(path)
    assert str(caught.value) == why
    assert list(tmp_path.iterdir()) == [path]


def test_a_file_that_is_not_there_is_told(tmp_path: Path) -> None:
    with pytest.raises(OperationError, match=r"a\.docx cannot be read: No such file or directory"):
        read_manuscript(tmp_path / "a.docx")


def test_a_word_file_that_was_cut_off_is_refused(tmp_path: Path) -> None:
    path = make_file(tmp_path, "docx", SOUP)
    path.write_bytes(path.read_bytes()[:-200])
    with pytest.raises(OperationError, match="is broken, perhaps because it was not copied whole"):
        read_manuscript(path)


def test_a_word_file_whose_text_is_no_xml_is_refused_with_what_pandoc_says(tmp_path: Path) -> None:
    path = change_parts(make_file(tmp_path, "docx", SOUP), {"word/document.xml": lambda text: text[:-60]})
    with pytest.raises(OperationError, match=r"^soup\.docx cannot be read: "):
        read_manuscript(path)


@pytest.mark.parametrize(("kind", "name"), [("odt", "soup.docx"), ("docx", "soup.md"), ("html", "soup.docx")])
def test_the_bytes_say_what_a_file_is_and_not_its_name(tmp_path: Path, kind: str, name: str) -> None:
    path = make_file(tmp_path, kind, SOUP).rename(tmp_path / name)
    found = read_manuscript(path)
    assert [note.text for note in found.notes] == ["Owl, 11."]
    assert [finding.message for finding in found.findings] == [
        f"the file is read as {kind}, which its name does not say"
    ]


@pytest.mark.parametrize(
    ("name", "text", "encoding"),
    [
        ("a.html", '<meta charset="windows-1252"><p>Füchse – „Störche“</p>', "cp1252"),
        ("a.tex", "\\usepackage[latin1]{inputenc}\\begin{document}Füchse – „Störche“\\end{document}", "cp1252"),
        ("a.md", "Füchse – „Störche“", "utf-16"),
        ("a.md", "Füchse – „Störche“", "utf-8-sig"),
    ],
)
def test_a_text_that_says_its_encoding_is_read_by_it(tmp_path: Path, name: str, text: str, encoding: str) -> None:
    path = tmp_path / name
    path.write_bytes(text.encode(encoding))
    assert read_manuscript(path).chapters[0].markdown == "Füchse – „Störche“"


def test_a_picture_with_too_many_points_is_left_out_and_its_words_stay(tmp_path: Path) -> None:
    (tmp_path / "big.png").write_bytes(png(60_000, 2_501))
    (tmp_path / "good.png").write_bytes(png(3, 3))
    path = tmp_path / "soup.md"
    path.write_text("Fox ![a plate](big.png) and ![a bill](good.png).\n")
    found = read_manuscript(path)
    assert found.chapters[0].markdown == "Fox a plate and ![a bill](assets/soup-1.png)."
    assert found.pictures == {"assets/soup-1.png": png(3, 3)}
    assert [finding.message for finding in found.findings] == [
        "paragraph 1: a picture is left out: it has 60000 × 2501 points, more than 150 million"
    ]


@pytest.mark.parametrize(
    ("address", "why"),
    [
        ("https://fox.al/a.png", "it lies on the web (https://fox.al/a.png)"),
        ("../a.png", "../a.png does not lie beside the manuscript"),
        ("b.svg", "the drawing has an element <script>"),
        ("c.emf", "files that end in .emf are not published from content/assets/"),
        ("d.png", "what it holds is not what .png files hold"),
    ],
)
def test_a_picture_that_may_not_be_published_is_left_out(tmp_path: Path, address: str, why: str) -> None:
    folder = tmp_path / "text"
    folder.mkdir()
    (tmp_path / "a.png").write_bytes(png(3, 3))
    (folder / "b.svg").write_text('<svg xmlns="http://www.w3.org/2000/svg"><script>1</script></svg>')
    (folder / "c.emf").write_bytes(b"\x01\0\0\0")
    (folder / "d.png").write_bytes(b"Fox")
    path = folder / "soup.md"
    path.write_text(f"Fox ![a plate]({address}).\n")
    found = read_manuscript(path)
    assert (found.pictures, found.chapters[0].markdown) == ({}, "Fox a plate.")
    [finding] = found.findings
    assert finding.message.startswith("paragraph 1: a picture is left out: ")
    assert why in finding.message


def test_a_picture_within_html_is_taken_out_of_it(tmp_path: Path) -> None:
    path = tmp_path / "soup.html"
    data = base64.b64encode(png(3, 3)).decode()
    path.write_text(f'<p>Fox <img alt="a plate" src="data:image/png;base64,{data}"></p>')
    found = read_manuscript(path)
    assert (found.chapters[0].markdown, list(found.pictures.values())) == (
        "Fox ![a plate](assets/soup-1.png)",
        [png(3, 3)],
    )


def test_the_size_of_a_picture_is_what_it_says() -> None:
    jpeg = b"\xff\xd8\xff\xe0\0\x04ab\xff\xc0\0\x11\x08\0\x03\0\x05" + b"\0" * 20
    sizes = [size_of_picture(raw) for raw in (png(7, 3), b"GIF89a\x07\0\x03\0", jpeg, b"\xff\xd8\xff", b"RIFF")]
    assert sizes == [(7, 3), (7, 3), (5, 3), (0, 0), (0, 0)]


def test_the_parts_of_a_word_file_are_kept_once(tmp_path: Path) -> None:
    file = open_manuscript(make_file(tmp_path, "docx", SOUP))
    assert (file.kind, file.is_misnamed, "word/document.xml" in file.parts) == ("docx", False, True)


def test_html_that_is_nested_without_end_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "soup.html"
    path.write_text("<blockquote>" * 3000 + "Fox")
    with pytest.raises(OperationError, match=r"^soup\.html has elements that lie more than 150 deep in one another$"):
        read_manuscript(path)


def test_a_word_file_that_is_nested_without_end_is_refused(tmp_path: Path) -> None:
    table, end = "<w:tbl><w:tr><w:tc>", "<w:p/></w:tc></w:tr></w:tbl>"

    def nest(text: str) -> str:
        at = text.index("<w:body>") + len("<w:body>")
        return text[:at] + table * 400 + end * 400 + text[at:]

    path = change_parts(make_file(tmp_path, "docx", SOUP), {"word/document.xml": nest})
    with pytest.raises(OperationError, match="that lie hundreds deep in one another"):
        read_manuscript(path)
