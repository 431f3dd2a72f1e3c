"""Books: what an author writes comes out as itself, in the order of the book, with the notes of the site."""

from __future__ import annotations

import base64
import hashlib
import io
import json
import re
import subprocess
import sys
import tempfile
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pikepdf
import pypdfium2
import pytest
import typst
from click.testing import CliRunner
from hypothesis import HealthCheck, Phase, given
from hypothesis import settings as profile
from hypothesis import strategies as st

from conftest import Edition, set_book
from dosje.books import volumes
from dosje.books.book import Book, BookMaker
from dosje.books.epub import write_epub
from dosje.books.pdf import SettingError
from dosje.books.typst import record_at, write_book
from dosje.books.typst_text import quote
from dosje.books.volumes import make_pdfs
from dosje.checking.edition import Checked, check_edition
from dosje.cli import main
from dosje.markup.markdown_tree import clean
from dosje.markup.tree import Foot, Heading, Listing, Paragraph, Positions, inlines_of, text_of
from dosje.site.page_files import build_pages
from dosje.values.page_id import PageId
from dosje.values.typography import curl
from invented import BOOK, QUARREL

pytestmark = pytest.mark.whole


def check(root: Path) -> Checked:
    checked = check_edition(root)
    assert not checked.has_errors, checked.findings
    return checked


def book_of(root: Path, cut: PageId | None = None) -> Book:
    checked = check(root)
    assert checked.linked and checked.style
    return BookMaker(checked.linked, checked.style).make(cut)


def set_bytes(book: Book) -> bytes:
    return set_book(book).data


def pdfium_text(path: Path, page: int) -> str:
    """Return the text of a page, the first being 1, the last -1."""
    document = pypdfium2.PdfDocument(path)
    return str(document[page - 1 if page > 0 else len(document) + page].get_textpage().get_text_range())


def entries(book: Book) -> Iterator[tuple[str, str]]:
    for part in book.parts:
        for entry in part.entries:
            yield part.title, entry.page.key


def notes(book: Book) -> list[tuple[str, int, str]]:
    return [(page.key, note.number, text_of(note.content)) for (page, _), note in book.notes.items()]


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("small")
    for name, text in {"mkdocs.yml": "site_name: A small edition\n", **BOOK}.items():
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text(text, encoding="utf-8")
    return root


def test_a_book_has_chapters_then_meetings_persons_files_with_their_items_and_works(small: Path) -> None:
    assert list(entries(book_of(small))) == [
        ("The story", "story"),
        ("Meetings", "quarrel"),
        ("Persons", "kapo"),
        ("Archival sources", "state"),
        ("Archival sources", "box"),
        ("Archival sources", "letter"),
        ("Literature", "luthi"),
    ]


def test_notes_are_placed_in_the_order_of_the_book_and_no_ibid_leads_out_of_its_record(small: Path) -> None:
    assert notes(book_of(small)) == [
        ("story", 1, "Hysni Kapo to Enver Hoxha, 24 June 1960, SA, F. 1, D. 2, fl. 3."),
        ("quarrel", 1, "Kapo to Enver Hoxha, 24 June 1960, fl. 3."),
        ("quarrel", 2, "Ibid."),
        ("quarrel", 3, "Ibid."),
        ("quarrel", 4, "Lorenz Lüthi, The Split (2008), 12."),
        ("quarrel", 5, "Kapo to Enver Hoxha, 24 June 1960, fl. 3."),
        ("kapo", 1, "Lüthi, The Split, 3."),
    ]


def test_a_style_that_prints_the_number_of_the_first_note_begins_anew_in_each_chapter(edition: Edition) -> None:
    config = "site_name: A\nextra: {dosje: {citation_style: oscola}}\n"
    found = [text for key, _, text in notes(book_of(edition({**BOOK, "mkdocs.yml": config}))) if key == "quarrel"]
    assert not found[0].startswith("Kapo (n")


def test_a_booklet_of_a_meeting_has_its_persons_and_sources(small: Path) -> None:
    book = book_of(small, PageId("meeting", "quarrel"))
    assert [key for _, key in entries(book)] == ["quarrel", "kapo", "box", "letter", "luthi"]
    assert book.title == "A quarrel"


def test_a_booklet_of_an_essay_has_the_sources_that_it_cites(small: Path) -> None:
    assert [key for _, key in entries(book_of(small, PageId("essay", "story")))] == ["story", "box", "letter"]


def test_a_rule_between_paragraphs_is_set(edition: Edition) -> None:
    book = book_of(edition({**BOOK, "content/essays/story.md": "---\ntitle: S\n---\nBefore.\n\n* * *\n\nBehind.\n"}))
    assert set_bytes(book).startswith(b"%PDF")


def test_the_same_book_is_the_same_bytes(small: Path) -> None:
    assert set_bytes(book_of(small)) == set_bytes(book_of(small))


def test_a_pdf_has_language_title_bookmarks_tags_and_its_fonts(small: Path) -> None:
    with pikepdf.open(io.BytesIO(set_bytes(book_of(small)))) as pdf:
        assert str(pdf.Root.Lang) == "en-GB"
        assert pdf.Root.MarkInfo.Marked
        assert pdf.open_metadata()["dc:title"] == "A small edition"
        metadata = pdf.open_metadata()
        assert (metadata["pdfaid:part"], metadata["pdfuaid:part"]) == ("2", "1")
        with pdf.open_outline() as outline:
            titles = [item.title for item in outline.root]
    assert titles[0:3] == ["The story", "Meetings", "Persons"]


@pytest.mark.parametrize("paper", ["a4", "us-letter"])
def test_the_paper_is_that_of_the_settings(edition: Edition, paper: str) -> None:
    root = edition({**BOOK, "mkdocs.yml": f"site_name: A\nextra: {{dosje: {{paper: {paper}}}}}\n"})
    with pikepdf.open(io.BytesIO(set_bytes(book_of(root)))) as pdf:
        box = pdf.pages[0].mediabox
        assert round(float(box[2])) == {"a4": 595, "us-letter": 612}[paper]


def test_a_sign_that_no_font_has_is_an_error_that_names_it_and_the_record(edition: Edition) -> None:
    person = "name: {family: Kapo, given: Hysni, native: 𒀀}\n"
    root = edition({**BOOK, "content/persons/kapo.yml": person})
    with pytest.raises(SettingError) as raised:
        set_bytes(book_of(root))
    assert str(raised.value) == "person/kapo: no font has the sign 𒀀 (U+12000)"


@pytest.mark.parametrize(
    ("title", "said"),
    [
        ("One 𒀀", "essay/e: no font has the sign 𒀀 (U+12000)"),
        ("One \ue000", 'essay/e: PDF/A-2a error: the PDF contains the codepoint `"\\u{e000}"`'),
    ],
)
def test_a_sign_in_a_title_that_stands_in_front_of_all_records_is_found_too(
    edition: Edition, title: str, said: str
) -> None:
    root = edition({**BOOK, "content/essays/e.md": f"---\ntitle: {title}\n---\nOne [@letter].\n"})
    with pytest.raises(SettingError) as raised:
        set_bytes(book_of(root))
    assert str(raised.value) == said


# Signs with a meaning in Typst, Markdown, XML or YAML, and the forms of calls that would run.
_SIGNS = st.sampled_from(
    [
        *"#$*_`@<>=-+/\\\"'~^&|{}[]():;,.!?%\t§–—…“”’é毛Ж",
        "#let x = 1",
        '#eval("1")',
        "\\u{41}",
        "${x}",
        "]#[",
        "//",
        "/*",
        "*/",
        "https://a.b",
        "<b>",
        "&amp;",
        "{{",
        "}}",
        '")',
        '#import "x"',
        "@key",
        "<label>",
        "---",
        "$ x $",
    ]
)


@given(st.lists(_SIGNS | st.text(st.characters(max_codepoint=0x2FF, exclude_categories=["Cc", "Cs"]))).map("".join))
@profile(max_examples=300)
def test_a_string_of_typst_is_the_text_itself(text: str) -> None:
    assert json.loads(typst.eval(b"", quote(text))) == clean(text)


@given(st.lists(_SIGNS, min_size=1, max_size=12).map("".join))
@profile(max_examples=10, phases=[Phase.explicit, Phase.generate], suppress_health_check=list(HealthCheck))
def test_whatever_stands_in_a_record_compiles_and_comes_out_as_itself(text: str) -> None:
    title = "x " + re.sub(r"\s+", " ", text).strip() + " y"
    with _book_with_title(title) as book:
        data = set_bytes(book)
    with pikepdf.open(io.BytesIO(data)) as pdf:
        assert pdf.open_metadata()["dc:title"] == curl(clean(title))


@contextmanager
def _book_with_title(title: str) -> Iterator[Book]:
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        record = QUARREL.replace("title: A quarrel", f"title: {json.dumps(title)}")
        files = {**BOOK, "content/meetings/quarrel.yml": record, "mkdocs.yml": "site_name: A\n"}
        for name, content in files.items():
            (root / name).parent.mkdir(parents=True, exist_ok=True)
            (root / name).write_text(content, encoding="utf-8")
        yield book_of(root, PageId("meeting", "quarrel"))


@pytest.mark.parametrize(
    ("markdown", "blocks"),
    [
        ("A *b* **c** `d`", ["A b c d"]),
        ("One.\n\nTwo \\* \\@x.", ["One.", "Two * @x."]),
        ("Is 1 < 2 & 3 &amp; <b>?", ["Is 1 < 2 & 3 & <b>?"]),
        ("> Said.\n\n- a\n- b", ["Said.", "a", "b"]),
        ('It\'s "so".', ["It’s “so”."]),
    ],
)
def test_markdown_is_read_as_the_site_reads_it(edition: Edition, markdown: str, blocks: list[str]) -> None:
    book = book_of(edition({**BOOK, "content/essays/story.md": f"---\ntitle: S\n---\n{markdown}\n"}))
    assert [text_of(line) for line in inlines_of(book.parts[0].entries[0].blocks)] == blocks


def test_headings_of_a_text_skip_no_level_and_code_stays_as_it_is(edition: Edition) -> None:
    text = "---\ntitle: S\n---\n## A\n\n#### B\n\n```\n#x  [@y]\n```\n"
    blocks = book_of(edition({**BOOK, "content/essays/story.md": text})).parts[0].entries[0].blocks
    assert [block.level for block in blocks if isinstance(block, Heading)] == [1, 2]
    assert [block.text for block in blocks if isinstance(block, Listing)] == ["#x  [@y]"]


def test_a_note_stands_behind_the_full_stop(small: Path) -> None:
    (story,) = book_of(small).parts[0].entries
    paragraph = [block for block in story.blocks if isinstance(block, Paragraph)][-1]
    assert [type(inline).__name__ for inline in paragraph.content][-2:] == ["Run", "Foot"]
    assert isinstance(paragraph.content[-1], Foot)


def test_a_dispute_is_a_table_of_what_is_said(small: Path) -> None:
    (meeting,) = book_of(small).parts[1].entries
    (said,) = [block for block in meeting.blocks if isinstance(block, Positions)]
    assert [text_of(claim) for claim in said.claims] == ["The 24th", "The 25th"]
    typst = write_book(book_of(small))
    assert '("a", { "The 24th"; ' in typst and '("b", { "The 25th"; ' in typst


def test_the_record_of_a_line_is_known() -> None:
    assert record_at('x\nentry("r:person/a", 2)\np("")\nentry("r:person/b", 2)', 3) == "person/a"


def test_pdf_says_which_booklets_there_are(small: Path) -> None:
    result = CliRunner().invoke(main, ["pdf", "quarrl", "--project", str(small)])
    assert result.exit_code == 2
    assert 'no booklet can be made of "quarrl": did you mean "quarrel"?' in result.stderr


def test_pdf_sets_a_booklet_once_and_build_puts_it_on_the_site(small: Path) -> None:
    def run(*arguments: str) -> subprocess.CompletedProcess[str]:
        command = [sys.executable, "-m", "dosje.cli", *arguments, "--project", str(small)]
        return subprocess.run(command, capture_output=True, text=True, check=False)

    done = run("pdf", "quarrel")
    assert done.returncode == 0, done.stderr
    assert done.stdout == f"{small}/.build/downloads/booklets/quarrel.pdf\n"
    assert "1 booklet is as it was" in run("pdf", "quarrel").stderr
    built = run("build")
    assert built.returncode == 0, built.stderr
    assert (small / "site/downloads/booklets/quarrel.pdf").read_bytes() == Path(done.stdout.strip()).read_bytes()
    data = json.loads((small / "site/downloads/edition.json").read_text(encoding="utf-8"))
    assert [meeting["key"] for meeting in data["meetings"]] == ["quarrel"]
    assert hashlib.sha256((small / "site/downloads/edition.json").read_bytes()).hexdigest() in (
        small / "site/downloads/index.html"
    ).read_text(encoding="utf-8")
    assert 'href="../../downloads/booklets/quarrel.pdf"' in (small / "site/meetings/quarrel/index.html").read_text()


def test_a_page_says_where_it_stands_in_the_book(edition: Edition) -> None:
    root = edition(BOOK)
    checked = check(root)
    made = list(make_pdfs(checked, (), False, lambda text: None))
    assert [path.name for path in made] == ["edition.pdf"]
    build_pages(checked, lambda text: None)
    page = (root / ".build/pages/persons/kapo.md").read_text()
    found = re.search(r'this is on <a href="\.\./downloads/edition\.pdf#page=(\d+)">p\. (\d+)</a> of the book', page)
    assert found
    with pikepdf.open(made[0]) as pdf:
        text = pdfium_text(made[0], int(found[1]))
        assert pdf.pages[int(found[1]) - 1].label == found[2]
    assert "Kapo" in text


def test_volumes_refer_to_pages_of_one_another(edition: Edition, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(volumes, "VOLUME_SIZE", 1.2)
    root = edition(BOOK)
    told: list[str] = []
    made = list(make_pdfs(check(root), (), True, told.append))
    assert [path.name for path in made] == ["edition-1.pdf", "edition-2.pdf", "edition-3.pdf"]
    assert "edition-1.pdf is as it was" not in told
    index = pdfium_text(made[0], -1) + pdfium_text(made[0], -2)
    assert re.search(r"Kapo, Hysni, (vol\. 2, )?\d", index.replace("\r\n", " ")), index
    told.clear()
    list(make_pdfs(check(root), (), True, told.append))
    assert told == [f"edition-{number}.pdf is as it was" for number in (1, 2, 3)]


# One white pixel.
PIXEL = base64.b64decode("iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAAAAAA6fptVAAAACklEQVR4nGP4DwABAQEAsTj2FAAAAABJRU5ErkJggg==")
PICTURES: dict[str, str | bytes] = {
    "content/assets/plan of it.png": PIXEL,
    "content/assets/plan.png": PIXEL,
    "content/essays/story.md": (
        "---\ntitle: The story\n---\nThey met [@letter, fl. 3].\n\n![The plan](assets/plan.png)\n\n"
        'Beside ![another](../assets/plan.png "Plan") it [@letter, fl. 3].\n\n'
        "- ![third](<assets/plan of it.png>) [@luthi, 3]\n"
    ),
}


def test_a_picture_stands_on_the_page_in_the_book_and_in_the_e_book_with_its_words(edition: Edition) -> None:
    root = edition({**BOOK, **PICTURES, "mkdocs.yml": "site_name: A\ndocs_dir: .build/pages\nsite_url: https://a.b\n"})
    book = book_of(root)
    with pikepdf.open(io.BytesIO(set_bytes(book))) as pdf:
        spoken = {str(o.get("/Alt")) for o in pdf.objects if isinstance(o, pikepdf.Dictionary) and "/Alt" in o}
        images = [o for o in pdf.objects if isinstance(o, pikepdf.Stream) and o.get("/Subtype") == "/Image"]
    assert {"The plan", "another", "third"} <= spoken
    assert images
    with zipfile.ZipFile(io.BytesIO(write_epub(book))) as archive:
        page = archive.read("EPUB/essay-story.xhtml").decode()
        found = re.findall(r'<img src="([^"]*)" alt="([^"]*)"/>', page)
        assert [alternative for _, alternative in found] == ["The plan", "another", "third"]
        assert archive.read(f"EPUB/{found[0][0]}") == PIXEL
    build_pages(check(root), lambda line: None)
    page = (root / ".build" / "pages" / "essays" / "story.md").read_text(encoding="utf-8")
    assert re.findall(r'<img alt=".*?" src="(.*?)"/>', page) == [
        "../assets/plan.png", "../assets/plan.png", "../assets/plan%20of%20it.png",
    ]  # fmt: skip


def test_a_picture_that_cannot_be_read_is_an_error_that_says_so(edition: Edition) -> None:
    root = edition({**BOOK, **PICTURES, "content/assets/plan.png": PIXEL[:40]})
    with pytest.raises(SettingError, match="essay/story: "):
        set_bytes(book_of(root))


def test_a_picture_that_changed_makes_another_document(edition: Edition) -> None:
    before = write_book(book_of(edition({**BOOK, **PICTURES})))
    assert write_book(book_of(edition({**BOOK, **PICTURES, "content/assets/plan.png": PIXEL + b"\n"}))) != before
    assert write_book(book_of(edition({**BOOK, **PICTURES}))) == before


def test_all_booklets_are_made_and_those_of_records_that_are_gone_removed(edition: Edition) -> None:
    root = edition(BOOK)
    told: list[str] = []
    made = list(make_pdfs(check(root), ("all",), False, told.append))
    assert [path.relative_to(root).as_posix() for path in made] == [
        ".build/downloads/booklets/story.pdf", ".build/downloads/booklets/quarrel.pdf",
    ]  # fmt: skip
    (root / "content/essays/story.md").unlink()
    told.clear()
    made = list(make_pdfs(check(root), ("all",), False, told.append))
    assert told == ["1 booklet is as it was", "removed story.pdf, of which there is nothing any more"]
    assert sorted(path.name for path in (root / ".build/downloads/booklets").iterdir()) == [
        "quarrel.digest", "quarrel.pdf", "quarrel.places.json",
    ]  # fmt: skip


def test_volumes_are_gone_when_the_edition_is_one_book_again(edition: Edition) -> None:
    checked = check(edition(BOOK))
    list(make_pdfs(checked, (), True, lambda text: None))
    told: list[str] = []
    assert [path.name for path in make_pdfs(checked, (), False, told.append)] == ["edition.pdf"]
    assert [text for text in told if text.startswith("removed")] == [
        f"removed edition-{number}.pdf, of which there is nothing any more" for number in (1, 2)
    ]


# The beginning of a picture of 50 by 50 dots.
PNG = bytes.fromhex("89504e470d0a1a0a0000000d4948445200000032000000320802000000915d1fe6000000ff49444154789c")


@pytest.mark.parametrize("size", [36, len(PNG)])
def test_a_picture_that_is_cut_off_is_named_where_the_book_cannot_show_it(edition: Edition, size: int) -> None:
    root = edition({
        "mkdocs.yml": "site_name: A\n",
        "content/essays/e.md": "---\ntitle: E\n---\n![A map](assets/map.png)\n",
        "content/assets/map.png": PNG[:size],
    })  # fmt: skip
    result = CliRunner().invoke(main, ["pdf", "--project", str(root)])
    assert result.exit_code == 1
    assert "essay/e: content/assets/map.png: failed to decode image" in result.stderr.splitlines()[-1]


def test_pages_stand_before_the_essays_and_those_with_an_order_at_the_end(edition: Edition) -> None:
    prose = {
        "pages/about": "title: About", "pages/b": "title: Imprint\norder: 1", "pages/a": "title: Contact\norder: 2",
        "essays/one": "title: One\norder: 3",
    }  # fmt: skip
    files = {f"content/{name}.md": f"---\n{front}\n---\nText.\n" for name, front in prose.items()}
    book = book_of(edition(files | {"content/persons/a.yml": "name: {family: A}\n"}))
    assert [part.title for part in book.parts] == ["About", "One", "Persons", "Imprint", "Contact"]
