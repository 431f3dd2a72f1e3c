"""Rendered pages: those of a small edition byte for byte, and that no text of an author is ever run."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest

from conftest import MINI, TESTS, Edition
from dosje.checking.edition import check_edition
from dosje.edition.links import link_corpus
from dosje.system.writing import write_file
from dosje.web.page_maker import PageMaker
from rendering import read_tree, render

GOLDEN = TESTS / "golden"


def pages_of(files: dict[str, str]) -> list[tuple[str, str]]:
    """Return what of the files is a page, not data beside it."""
    return [(path, text) for path, text in files.items() if path.endswith(".md")]


@pytest.fixture(scope="module")
def pages(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    return render(Path(shutil.copytree(MINI, tmp_path_factory.mktemp("mini") / "edition")))


def test_the_pages_of_a_small_edition_are_the_golden_ones(
    pages: dict[str, str], request: pytest.FixtureRequest
) -> None:
    if request.config.getoption("--update-golden"):
        shutil.rmtree(GOLDEN)
        for path, text in pages.items():
            write_file(GOLDEN / path, text.encode())
    golden = read_tree(GOLDEN)
    assert sorted(pages) == sorted(golden)
    for path, text in golden.items():
        assert pages[path] == text, f"{path}: read the change, then accept it with pytest --update-golden"


def test_the_same_edition_is_rendered_to_the_same_bytes(pages: dict[str, str], tmp_path: Path) -> None:
    assert render(Path(shutil.copytree(MINI, tmp_path / "edition"))) == pages


def test_every_note_is_called_and_defined_in_the_order_of_its_first_call(pages: dict[str, str]) -> None:
    for path, page in pages_of(pages):
        calls = re.findall(r'<sup id="fnref\d*:([^"]+)"><a class="footnote-ref" href="#fn:\1">(\d+)</a></sup>', page)
        assert [label for label, _ in dict(calls).items()] == re.findall(r'<li id="fn:([^"]+)">', page), path
        assert list(dict.fromkeys(int(number) for _, number in calls)) == [*range(1, len(dict(calls)) + 1)], path


def test_no_heading_stands_without_text_below_it(pages: dict[str, str]) -> None:
    for path, page in pages_of(pages):
        body = page.split("---\n", 2)[2]
        headings = re.findall(r"^(#+) .*\n\s*(?=^(#+) |\Z)", body, re.MULTILINE)
        assert [pair for pair in headings if len(pair[1]) <= len(pair[0]) and pair[0] != "#"] == [], path


def test_every_link_leads_to_a_page_and_every_note_that_is_named_is_there(pages: dict[str, str]) -> None:
    for path, page in pages_of(pages):
        links = re.findall(r"\]\((?!https?:)([^)#?]*)(?:\?[^)#]*)?#?([^)]*)\)", page)
        links += re.findall(r'<a [^>]*?href="(?!https?:|data:)([^"#?]*)(?:\?[^"#]*)?#?([^"]*)"', page)
        for target, fragment in links:
            if target.endswith("/"):  # the address of a finished site
                continue
            parts = (path.rsplit("/", 1)[0] + "/" if "/" in path else "") + target if target else path
            found = re.sub(r"[^/]+/\.\./", "", parts)
            assert found in pages, f"{path}: {target}"
            is_note = fragment.startswith("fn")  # headings get their addresses from MkDocs
            assert not is_note or f' id="{fragment}"' in pages[found], f"{path}: {target}#{fragment}"


IBID_STYLE = "chicago-notes-bibliography-subsequent-ibid"


def notes(edition: Edition, body: str, style: str = IBID_STYLE, **sources: str) -> list[str]:
    """Return the notes of an essay without links and without their cards, emphasis as in Markdown."""
    files = {f"content/sources/{key}.yml": text for key, text in sources.items()}
    config = f"site_name: A\nextra: {{dosje: {{citation_style: {style}}}}}\n"
    page = render(edition({"mkdocs.yml": config, "content/essays/e.md": f"---\ntitle: E\n---\n{body}\n", **files}))
    found = re.findall(r'^<p>(.*?)(?: <span.*)?&#160;<a class="footnote-backref"', page["essays/e.md"], re.MULTILINE)
    return [re.sub(r"</?a[^>]*>", "", re.sub(r"</?em>", "*", note)) for note in found]


A = "type: report\ntitle: A report\nauthor: Hysni Kapo\nseen: original\n"
B = "type: speech\ntitle: What is to be done?\ndate: 1960\nseen: original\n"


def test_a_note_ends_with_one_full_stop(edition: Edition) -> None:
    body = "One [@a]. Two [@a]. Three [@b, on this.] Four [@b]. Five [see @b, fl. 2, (thus)]."
    assert notes(edition, body, a=A, b=B) == [
        "Hysni Kapo, A report, n.d.",
        "Ibid.",
        "What is to be done?, 1960, on this.",
        "Ibid.",
        "See ibid., fl. 2, (thus).",
    ]


def test_a_full_stop_in_a_hand_written_note_is_not_doubled(edition: Edition) -> None:
    body = "One[^x]. Two[^y].\n\n[^x]: Thus [@a]. But see [@a].\n\n[^y]: Nobody asked [@b, 3]?"
    assert notes(edition, body, a=A, b=B) == [
        "Thus Hysni Kapo, A report, n.d. But see ibid.",
        "Nobody asked What is to be done?, 1960, 3?",
    ]


def test_a_suffix_that_ends_a_sentence_ends_a_hand_written_note(edition: Edition) -> None:
    body = "One[^x].\n\n[^x]: Thus [@a, with errors.]. But see [@a, fl. 3, with errors.]."
    assert notes(edition, body, a=A) == [
        "Thus Hysni Kapo, A report, n.d., with errors. But see ibid., fl. 3, with errors."
    ]


def test_a_source_that_the_style_has_no_words_for_is_named_with_and_without_a_locator(edition: Edition) -> None:
    body = "One [@a]. Two [@b, fl. 3]. Three [@b, fl. 4]. Four [@b]."
    minutes = "type: minutes\ntitle: {}\ndate: 1960-06-06\nseen: original\n"
    found = notes(edition, body, "oscola", a=minutes.format("Minutes"), b=minutes.format("Records"))
    assert found == ["Minutes, 6 June 1960.", "Records, 6 June 1960, fl 3.", "Ibid 4.", "Records (n 2)."]


def test_a_note_begins_with_a_capital_and_a_source_within_it_does_not(edition: Edition) -> None:
    body = "One [see @a]. Two [*cf.* @a; see also @a]. Three[^x].\n\n[^x]: [@a] and [@a, fl. 3]."
    assert notes(edition, body, a=A) == [
        "See Hysni Kapo, A report, n.d.",
        "*Cf.* ibid.; see also ibid.",
        "Hysni Kapo, A report and ibid., fl. 3.",
    ]


def test_a_source_that_the_style_leaves_out_of_a_bibliography_is_still_named_on_its_page(edition: Edition) -> None:
    bib = "@unpublished{thesis, author = {Doe, Jane}, title = {What Kapo Knew}, date = {1999}}\n"
    pages = render(edition({"bibliography/a.bib": bib}))
    assert (
        '<a href="thesis.md">Jane Doe, ‘What Kapo Knew’, unpublished manuscript, 1999</a>' in pages["sources/index.md"]
    )
    assert ">Jane Doe, ‘What Kapo Knew’, unpublished manuscript, 1999</p>" in pages["sources/thesis.md"]


def test_a_reference_without_date_ends_with_one_full_stop(edition: Edition) -> None:
    pages = render(edition({"content/sources/a.yml": A}))
    assert '<p class="dosje-reference">Hysni Kapo, A report, n.d.</p>' in pages["sources/a.md"]


def test_a_template_of_the_edition_takes_the_place_of_ours(edition: Edition) -> None:
    pages = render(edition({"templates/home.md.j2": "# {{ desk.settings.site_name }} & <b>\n"}))
    assert pages["index.md"].split("---\n")[2] == "\n# A small edition & <b>\n"


DRAWING = '<svg xmlns="http://www.w3.org/2000/svg"/>'


def test_assets_stand_beside_the_pages_and_hidden_files_do_not(edition: Edition) -> None:
    root = edition({"content/assets/a/map.svg": DRAWING, "content/assets/.DS_Store": "x"})
    assert render(root)["assets/a/map.svg"] == DRAWING
    assert not (root / ".build" / "pages" / "assets" / ".DS_Store").exists()


def test_a_page_made_alone_is_the_page_made_with_all_others(pages: dict[str, str], tmp_path: Path) -> None:
    checked = check_edition(Path(shutil.copytree(MINI, tmp_path / "edition")))
    assert checked.corpus and checked.style
    linked = link_corpus(checked.corpus)
    for path, text in pages.items():
        if path.endswith(".md"):
            assert PageMaker(linked, checked.style).make_pages([path])[0] == {path: text}


def test_the_numbers_of_notes_on_other_pages_need_no_other_page(pages: dict[str, str], tmp_path: Path) -> None:
    checked = check_edition(Path(shutil.copytree(MINI, tmp_path / "edition")))
    assert checked.corpus and checked.style
    linked = link_corpus(checked.corpus)
    for path in PageMaker(linked, checked.style).paths:
        maker = PageMaker(linked, checked.style)
        assert maker.make_pages([path])[0] == {path: pages[path]}
        assert list(maker._drafts) == [path]


def test_a_leaf_cited_of_a_document_whose_extent_is_not_known_names_the_document(edition: Edition) -> None:
    item = "type: letter\nlevel: item\ntitle: Notes of a speech\npart_of: file\nseen: original\n"
    files = {
        "content/archives.yml": "arch: {name: An archive}\n",
        "content/sources/file.yml": "type: file\nlevel: file\ntitle: A\nrepository: arch\nfile: 1\nseen: original\n",
        "content/sources/speech.yml": item,
        "content/sources/told.yml": f"{item}folios: 60–61\n",
        "content/essays/x.md": "---\ntitle: X\n---\nSaid [@speech, fl. 51], [@told, fl. 60] and [@file, fl. 70].\n",
    }
    page = render(edition(files))["sources/file.md"]
    rows = re.findall(r"<tr><td>fl. (\d+)</td><td>(.*?)</td><td>(\d*)</td></tr>", page)
    assert [row for row in rows if row[2]] == [
        ("51", '<a href="speech.md">Notes of a speech</a> <em>(how far it goes is not known)</em>', "1"),
        ("60", '<a href="told.md">Notes of a speech</a>', "1"),
        ("70", "<em>not described</em>", "1"),
    ]
