"""The search: what is found, narrowed down and shown, from the web, below a path, and from disk."""

from __future__ import annotations

import gzip
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import cbor2
import pytest
from playwright.sync_api import Browser

from conftest import Edition, serve
from dosje.checking.edition import check_edition
from dosje.edition.links import LinkedCorpus
from dosje.edition.name_forms import fold, spellings_of
from dosje.reading.settings import Settings
from dosje.site.pagefind import SearchError, index_site, sort_filters, write_twins
from dosje.web.facets import facets_of_record
from waiting import wait_for_answer

# Pages with so many values of one facet that no two indexes have them in the same order by chance.
_FACETS = {
    f"{n}.html": f'<html><body data-pagefind-body data-pagefind-filter="year:{1900 + n % 30}">Word {n}</body></html>'
    for n in range(60)
}
PERSONS = {
    "content/persons/enver-hoxha.yml": (
        "name: {family: Hoxha, given: Enver, native: Энвер Ходжа}\nvariants: [Hodja, Enver Hodscha]\n"
    ),
    "content/persons/mao.yml": "name: {family: Mao, given: Zedong, family_first: true}\nvariants: [Mao Tse-tung]\n",
}


def link(root: Path) -> LinkedCorpus:
    linked = check_edition(root).linked
    assert linked is not None
    return linked


def test_letters_without_diacritics_case_and_signs_are_the_same_words() -> None:
    assert [fold(text) for text in ("Moghioroș", "MOGHIOROS", "Çu En-lai", "Łódź", "Ходжа")] == [
        "moghioros", "moghioros", "cu en lai", "lodz", "ходжа",
    ]  # fmt: skip


def test_a_spelling_leads_to_the_name_that_the_edition_uses(edition: Edition) -> None:
    assert spellings_of(link(edition(PERSONS))) == {
        "enver hodscha": ["Enver Hoxha"],
        "hodja": ["Hoxha"],
        "hodscha": ["Hoxha"],
        "mao tse tung": ["Mao Zedong"],
        "tse": ["Mao"],
        "tung": ["Mao"],
        "ходжа": ["Hoxha"],
        "энвер": ["Enver"],
        "энвер ходжа": ["Enver Hoxha"],
    }


def test_facets_name_type_persons_places_with_their_countries_years_and_archive(edition: Edition) -> None:
    files = {
        "content/places.yml": "albania: {name: Albania}\ntirana: {name: Tirana, part_of: albania}\n",
        "content/archives.yml": "aqsh: {name: Arkivi, abbreviation: AQSH}\n",
        "content/sources/fonds.yml": (
            "type: fonds\nlevel: fonds\ntitle: F\nrepository: aqsh\nreference: F. 1\nseen: original\n"
        ),
        "content/sources/letter.yml": (
            "type: letter\ntitle: L\npart_of: fonds\nauthor: enver-hoxha\nplace: tirana\n"
            "date: 1960-12/1961-01\nseen: original\n"
        ),
    }
    linked = link(edition(PERSONS | files))
    assert facets_of_record(linked, linked.corpus.sources["letter"]) == {
        "type": ("source",),
        "sort": ("letters",),
        "person": ("Enver Hoxha",),
        "place": ("Albania", "Tirana"),
        "archive": ("AQSH",),
        "year": ("1960", "1961"),
    }


def test_each_file_of_the_index_has_a_twin_that_hands_over_its_bytes(tmp_path: Path) -> None:
    (tmp_path / "a.pf_meta").write_bytes(b"\x00\xff")
    write_twins(tmp_path)
    write_twins(tmp_path)
    assert {path.name: path.read_bytes() for path in tmp_path.iterdir()} == {
        "a.pf_meta": b"\x00\xff",
        "a.pf_meta.js": b'dosjeHand("a.pf_meta","AP8=")\n',
    }


WRITTEN = "He said x < y and 2 > 1 & so on; unobtainium <b>bold</b> &lt;i&gt; &amp;amp; <mark> at last"


@pytest.fixture(scope="module")
def said_address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """An edition of one person, in whose name, heading and life stand signs of HTML."""
    root = tmp_path_factory.mktemp("said")
    in_markdown = WRITTEN.replace("&", "&amp;")
    files = {
        "mkdocs.yml": "site_name: A small edition\n",
        "content/persons/one.yml": f"name: {{family: 'Unobtainium <b> & &lt;'}}\nbiography: '{in_markdown}.'\n",
    }
    for name, text in files.items():
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text(text, encoding="utf-8")
    done = subprocess.run(
        [sys.executable, "-m", "dosje.cli", "build", "--project", str(root)],
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    with serve(root / "site") as address:
        yield address


@pytest.mark.browser
def test_a_result_shows_signs_of_html_as_they_were_written(browser: Browser, said_address: str) -> None:
    page = browser.new_page()
    page.goto(f"{said_address}search/?q=unobtainium")
    wait_for_answer(page, "1 page")
    result = page.locator("#dosje-results > li")
    assert result.locator("a.dosje-title").inner_text() == "Unobtainium <b> & &lt;"
    assert f"{WRITTEN}." in result.locator("p").inner_text()
    assert result.locator("mark").all_inner_texts() == ["unobtainium"]
    assert result.locator("p b, p i").count() == 0
    page.close()


def write_pages(root: Path, names: list[str]) -> Settings:
    for name in names:
        (root / "site" / name).parent.mkdir(parents=True, exist_ok=True)
        (root / "site" / name).write_text(_FACETS[name], encoding="utf-8")
    return Settings(root, "Edition", "")


def test_the_same_pages_have_the_same_index(tmp_path: Path) -> None:
    for name, order in (("one", list(_FACETS)), ("two", list(_FACETS)[::-1])):
        assert index_site(write_pages(tmp_path / name, order)) == len(_FACETS)
    one, two = ({path.name: path.read_bytes() for path in (tmp_path / name).rglob("*.pf_*")} for name in ("one", "two"))
    assert one == two


def test_an_index_of_an_unknown_form_is_left_as_it_is(tmp_path: Path) -> None:
    index_site(write_pages(tmp_path, list(_FACETS)))
    found = tmp_path / "site" / "pagefind"
    (path,) = (found / "filter").glob("*.pf_filter")
    # Two names more than we know of, as a later version may have.
    path.write_bytes(gzip.compress(b"pagefind_dcd" + cbor2.dumps(["year", [], [], []])))
    before = {path.name: path.read_bytes() for path in found.rglob("*") if path.is_file()}
    sort_filters(found)
    assert {path.name: path.read_bytes() for path in found.rglob("*") if path.is_file()} == before


def test_an_edition_without_a_page_has_an_index_that_finds_nothing(tmp_path: Path) -> None:
    (tmp_path / "site").mkdir()
    assert index_site(Settings(tmp_path, "Edition", "")) == 0


def test_an_index_that_cannot_be_written_is_an_error(tmp_path: Path) -> None:
    settings = write_pages(tmp_path, list(_FACETS))
    (tmp_path / "site" / "pagefind").write_text("no folder")
    with pytest.raises(SearchError):
        index_site(settings)
