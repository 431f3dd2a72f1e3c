"""The head of each page, and what can be taken along from it: read from the pages of a small edition as built."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import sys
from html.parser import HTMLParser
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, unquote

import pytest

from conftest import MINI
from dosje.exporting.biblatex import escape_tex
from ris_reader import read_ris

pytestmark = pytest.mark.whole  # they read a site

ADDRESS = "https://example.org/edition/"
AUTHORS = [("DC.creator", "Doe, Jane"), ("DC.creator", "The Editors,")]


class Page(HTMLParser):
    """The tags of a page's head, the spans for reference managers, links for download, and the citation."""

    def __init__(self, html: str) -> None:
        super().__init__(convert_charrefs=True)
        self.tags: list[tuple[str, str]] = []
        self.spans: list[dict[str, str]] = []
        self.downloads: dict[str, str] = {}
        self.citation = ""
        self._is_cited = False
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = {name: value or "" for name, value in attrs}
        if tag == "meta" and "name" in values:
            self.tags.append((values["name"], values["content"]))
        if values.get("class") == "Z3988":
            self.spans.append(dict(parse_qsl(values["title"], strict_parsing=True)))
        if "download" in values:
            self.downloads[values["download"]] = values["href"]
        if tag == "p":
            self._is_cited = values.get("class") == "dosje-cite"

    def handle_endtag(self, tag: str) -> None:
        self._is_cited = self._is_cited and tag != "p"

    def handle_data(self, data: str) -> None:
        self.citation += data if self._is_cited else ""

    @property
    def described(self) -> list[tuple[str, str]]:
        return [(name, content) for name, content in self.tags if re.match(r"DC|z:|bib:", name)]


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = Path(shutil.copytree(MINI, tmp_path_factory.mktemp("mini") / "edition"))
    config = (root / "mkdocs.yml").read_text()
    (root / "mkdocs.yml").write_text(f"site_author: Somebody Else\n{config}")
    (root / "bibliography" / "more.bib").write_text(
        '@article{doe-1999, author = {Doe, Jane and {A "B" <C>}}, title = {One & Two}, journaltitle = {Journal},'
        " volume = {3}, number = {4}, pages = {5--6}, date = {1999-05}}\n"
        "@incollection{roe-2000, editor = {Roe, R.}, title = {Part}, booktitle = {Whole}, date = {2000}}\n"
        "@thesis{poe-2001, author = {Poe, P.}, title = {Thesis}, institution = {Tirana}, date = {2001}}\n"
    )
    command = [sys.executable, "-m", "dosje.cli", "build", "--project", str(root)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return root / "site"


def read(site: Path, path: str) -> Page:
    return Page((site / path / "index.html").read_text(encoding="utf-8"))


def test_a_letter_is_described_as_a_letter(site: Path) -> None:
    assert read(site, "sources/kapo-letter").described == [
        ("z:itemType", "letter"),
        ("DC.title", "Bisedë me Andropovin"),
        ("DCTERMS.alternative", "Kapo on his talk with Andropov"),
        ("DC.creator", "Kapo, Hysni"),
        ("z:recipients", "Hoxha, Enver"),
        ("z:recipients", "The Central Committee,"),
        ("DC.date", "1960-06-24"),
        ("DC.type", "letter"),
        ("z:archive", "AQSH"),
        ("z:archiveLocation", "F. 14/AP, V. 1960, D. 1, fl. 40–41"),
        ("DC.language", "sq"),
        ("DCTERMS.abstract", "Written at night."),
        ("DC.identifier", f"{ADDRESS}sources/kapo-letter/"),
    ]


def test_a_file_has_the_year_by_which_it_is_filed(site: Path) -> None:
    assert read(site, "sources/file-1").described == [
        ("z:itemType", "document"),
        ("DC.title", "Messages between Hoxha and Kapo"),
        ("DC.date", "1960"),
        ("DC.type", "file"),
        ("z:archive", "AQSH"),
        ("z:archiveLocation", "F. 14/AP, V. 1960, D. 1, fl. 1–50"),
        ("DC.language", "und"),
        ("DCTERMS.abstract", "Not paginated by its authors."),
        ("DC.identifier", f"{ADDRESS}sources/file-1/"),
    ]


def test_a_book_is_described_in_the_head_and_by_no_span_that_would_take_its_place(site: Path) -> None:
    page = read(site, "sources/luthi-2008")
    assert page.described == [
        ("z:itemType", "book"),
        ("DC.title", "The Sino-Soviet Split: Cold War in the Communist World"),
        ("DC.creator", "Lüthi, Lorenz"),
        ("DC.date", "2008"),
        ("DC.publisher", "Princeton University Press"),
        ("z:place", "Princeton"),
        ("DC.language", "en-US"),
        ("DCTERMS.abstract", " "),
        ("DC.identifier", "DOI 10.1515/9781400837625"),
    ]
    assert page.spans == []


BOOK = {
    "ctx_ver": "Z39.88-2004", "rft_val_fmt": "info:ofi/fmt:kev:mtx:book", "rft.genre": "book",
    "rft.btitle": "The Sino-Soviet Split: Cold War in the Communist World", "rft.place": "Princeton",
    "rft.pub": "Princeton University Press", "rft.date": "2008", "rft.aulast": "Lüthi", "rft.aufirst": "Lorenz",
    "rft.au": "Lüthi, Lorenz", "rft.language": "en-US", "rft_id": "info:doi/10.1515/9781400837625",
}  # fmt: skip


def test_a_list_of_sources_offers_them_as_spans_and_a_file_what_lies_in_it(site: Path) -> None:
    file, telegram, letter, article, book, thesis, part = read(site, "sources").spans
    assert read(site, "sources/file-1").spans == [file, telegram, letter]
    assert letter == {
        "ctx_ver": "Z39.88-2004", "rft_val_fmt": "info:ofi/fmt:kev:mtx:dc", "rft.type": "letter",
        "rft.title": "Bisedë me Andropovin",
        "rft.description": "AQSH, Tirana, F. 14/AP, V. 1960, D. 1, fl. 40–41", "rft.date": "1960-06-24",
        "rft.aulast": "Kapo", "rft.aufirst": "Hysni", "rft.au": "Kapo, Hysni",
        "rft.contributor": "The Central Committee,", "rft.language": "sq", "rft_id": f"{ADDRESS}sources/kapo-letter/",
    }  # fmt: skip
    assert book == BOOK
    assert article == {
        "ctx_ver": "Z39.88-2004", "rft_val_fmt": "info:ofi/fmt:kev:mtx:journal", "rft.genre": "article",
        "rft.atitle": "One & Two", "rft.jtitle": "Journal", "rft.volume": "3", "rft.issue": "4",
        "rft.date": "1999-05", "rft.pages": "5-6", "rft.spage": "5", "rft.epage": "6", "rft.aulast": "Doe",
        "rft.aufirst": "Jane", "rft.au": 'A "B" <C>,',
    }  # fmt: skip
    assert (part["rft.genre"], part["rft.atitle"], part["rft.btitle"]) == ("bookitem", "Part", "Whole")
    assert (thesis["rft_val_fmt"], thesis["rft.inst"]) == ("info:ofi/fmt:kev:mtx:dissertation", "Tirana")


@pytest.mark.parametrize(
    ("path", "title"),
    [
        ("", "A small edition"),
        ("meetings", "Meetings"),
        ("meetings/bucharest-1960", "Meeting of the parties | Bucharest"),
        ("persons/hysni-kapo", "Hysni Kapo"),
        ("essays/bucharest", "Two nights in Bucharest"),
        ("about", "About"),
    ],
)
def test_a_page_of_the_edition_is_by_its_authors(path: str, title: str, site: Path) -> None:
    assert read(site, path).described == [
        ("z:itemType", "webpage"),
        ("DC.title", title),
        *AUTHORS,
        ("DC.date", "2026-11-22"),
        ("z:websiteTitle", "A small edition"),
        ("z:extra", "Version: 1.2"),
        ("DC.language", "en-GB"),
        ("DC.identifier", f"{ADDRESS}{path}/" if path else ADDRESS),
    ]


def pages_of(site: Path) -> dict[str, Page]:
    return {
        path.relative_to(site).as_posix(): Page(path.read_text(encoding="utf-8"))
        for path in sorted(site.rglob("index.html"))
    }


def test_no_page_has_an_author_tag_that_hides_the_document_s_or_a_highwire_tag(site: Path) -> None:
    for path, page in pages_of(site).items():
        assert [name for name, _ in page.tags if name == "author" or name.startswith("citation_")] == [], path
        assert [name for name, _ in page.tags].count("DC.date") == 1, path


def test_every_page_is_cited_with_its_title_and_address(site: Path) -> None:
    for path, page in pages_of(site).items():
        folder = path.removesuffix("index.html")
        assert (
            page.citation.endswith(f"version 1.2, A small edition, 22 November 2026, {ADDRESS}{folder}.") or not folder
        )
        assert page.citation.startswith("Jane Doe and The Editors, ‘"), path
        assert not re.search(r"4444|4545|invalid", page.citation), path
    assert pages_of(site)["index.html"].citation == (
        f"Jane Doe and The Editors, ‘A small edition’, version 1.2, 22 November 2026, {ADDRESS}."
    )


def test_every_page_offers_its_own_entry_in_three_formats(site: Path) -> None:
    for path, page in pages_of(site).items():
        folder = path.removesuffix("/index.html") if "/" in path else ""
        files = {name.partition(".")[2]: unquote(url.partition(",")[2]) for name, url in page.downloads.items()}
        assert sorted(files) == ["bibtex.bib", "csl.json", "ris"], path
        (entry,) = read_ris(files["ris"]).values()
        (item,) = json.loads(files["csl.json"])
        address = f"{ADDRESS}{folder}/" if folder else ADDRESS
        assert (entry["TY"], entry["AU"], entry["UR"]) == (["ELEC"], ["Doe, Jane", "The Editors"], [address]), path
        assert (item["URL"], item["title"]) == (address, entry["TI"][0]), path
        assert f"  title = {{{{{escape_tex(entry['TI'][0])}}}}},\n" in files["bibtex.bib"], path
        assert f"  url = {{{address}}},\n" in files["bibtex.bib"], path


def test_the_entry_of_a_page_is_what_reference_managers_read(site: Path) -> None:
    page = read(site, "meetings/bucharest-1960")
    files = {name: unquote(url.partition(",")[2]) for name, url in page.downloads.items()}
    item: dict[str, Any] = {
        "URL": f"{ADDRESS}meetings/bucharest-1960/",
        "author": [{"family": "Doe", "given": "Jane"}, {"literal": "The Editors"}],
        "container-title": "A small edition",
        "id": "page-meetings-bucharest-1960",
        "issued": {"date-parts": [[2026, 11, 22]]},
        "language": "en-GB",
        "title": "Meeting of the parties | Bucharest",
        "type": "webpage",
        "version": "1.2",
    }
    assert json.loads(files["page-meetings-bucharest-1960.csl.json"]) == [item]


def test_a_source_is_offered_in_four_files_and_all_sources_in_four_more(site: Path) -> None:
    html = (site / "sources/kapo-letter/index.html").read_text(encoding="utf-8")
    for ending in ("bibtex.bib", "biblatex.bib", "ris", "csl.json"):
        assert f'href="../kapo-letter.{ending}"' in html
        assert (site / f"sources/kapo-letter.{ending}").is_file()
        assert f'href="../downloads/sources.{ending}"' in (site / "sources/index.html").read_text(encoding="utf-8")
        assert (site / f"downloads/sources.{ending}").is_file()
