"""The search: what is found, narrowed down and shown, from the web, below a path, and from disk."""

from __future__ import annotations

import gzip
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import cbor2
import pytest
from playwright.sync_api import Browser, Page

from conftest import Edition, serve
from dosje.checking.edition import check_edition
from dosje.edition.links import LinkedCorpus
from dosje.edition.name_forms import fold, spellings_of
from dosje.reading.settings import Settings
from dosje.site.pagefind import SearchError, index_site, sort_filters, write_twins
from dosje.web.facets import facets_of_record

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
        "type": ("Archival source",),
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


@pytest.fixture(scope="module")
def address(built: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The site below a path, as a project's GitHub Pages have it."""
    folder = tmp_path_factory.mktemp("host")
    (folder / "edition").symlink_to(built / "site", target_is_directory=True)
    with serve(folder) as root:
        yield f"{root}edition/"


def _wait(page: Page, words: str) -> str:
    page.locator("#dosje-said").filter(has_text=words).wait_for()
    return page.locator("#dosje-said").inner_text()


pytest_browser = pytest.mark.browser


@pytest_browser
def test_the_box_in_the_header_leads_to_the_search_and_a_result_to_its_place(browser: Browser, address: str) -> None:
    page = browser.new_page()
    errors: list[str] = []
    page.on("pageerror", lambda error: errors.append(str(error)))
    page.goto(f"{address}meetings/bucharest-1960/")
    page.locator(".dosje-box input").fill("Venizelos minority")
    page.keyboard.press("Enter")
    page.wait_for_url("**/edition/search/index.html?q=Venizelos+minority")
    _wait(page, "pages for “Venizelos minority”")
    result = page.locator("#dosje-results > li").filter(has_text="Khrushchev receives Sophokles Venizelos").first
    assert "Meeting, about June 1960" in result.inner_text()
    assert result.locator("mark").count()
    result.locator("a.dosje-title").click()
    page.wait_for_url("**/edition/meetings/khrushchev-venizelos-1960-06/")
    assert errors == []
    page.close()


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


@pytest_browser
def test_a_result_shows_signs_of_html_as_they_were_written(browser: Browser, said_address: str) -> None:
    page = browser.new_page()
    page.goto(f"{said_address}search/?q=unobtainium")
    _wait(page, "1 page")
    result = page.locator("#dosje-results > li")
    assert result.locator("a.dosje-title").inner_text() == "Unobtainium <b> & &lt;"
    assert f"{WRITTEN}." in result.locator("p").inner_text()
    assert result.locator("mark").all_inner_texts() == ["unobtainium"]
    assert result.locator("p b, p i").count() == 0
    page.close()


@pytest_browser
@pytest.mark.parametrize("spelling", ["Hodja", "Ходжа", "ходжа"])
def test_a_name_is_found_by_each_of_its_spellings(browser: Browser, address: str, spelling: str) -> None:
    page = browser.new_page()
    page.goto(f"{address}search/?q={spelling}")
    assert _wait(page, "pages for").endswith("here also written “Hoxha”")
    assert page.locator("#dosje-results a.dosje-title").first.inner_text() == "Enver Hoxha"
    page.close()


@pytest_browser
def test_the_bearer_of_a_name_stands_before_those_that_have_it_in_their_titles(browser: Browser, address: str) -> None:
    page = browser.new_page()
    first = {}
    for query in ("Khrushchev", "moscow", "Kapo", "PLA", "Khrushchev’s visit", "Moghioros"):
        page.goto(f"{address}search/?q={query}")
        _wait(page, " for “")
        first[query] = page.locator("#dosje-results a.dosje-title").first.inner_text()
    assert first == {
        "Khrushchev": "Nikita Khrushchev",
        "moscow": "Moscow",
        "Kapo": "Hysni Kapo",
        "PLA": "Party of Labour of Albania",
        "Khrushchev’s visit": "Khrushchev’s visit to Albania",
        "Moghioros": "Alexandru Moghioroş",
    }
    page.goto(f"{address}search/?q=Khrushchev&type=Meeting")
    _wait(page, " for “")
    assert "Nikita Khrushchev" not in page.locator("#dosje-results a.dosje-title").all_inner_texts()
    page.close()


@pytest_browser
def test_facets_narrow_down_and_the_address_keeps_them(browser: Browser, address: str) -> None:
    page = browser.new_page()
    page.goto(f"{address}search/?q=Moghioros")
    before = int(_wait(page, "pages for").split()[0])
    box = page.get_by_role("checkbox", name="Meeting")
    count = int(box.locator("xpath=..").locator(".dosje-count").inner_text())
    box.check()
    page.wait_for_url("**&type=Meeting")
    _wait(page, f"{count} page")
    assert 0 < count < before
    assert page.locator("#dosje-results small").all_inner_texts() == [
        text for text in page.locator("#dosje-results small").all_inner_texts() if text.startswith("Meeting")
    ]
    page.reload()
    _wait(page, f"{count} page")
    page.go_back()
    _wait(page, f"{before} pages")
    page.close()


@pytest_browser
def test_without_javascript_the_search_says_so_and_links_the_lists(browser: Browser, address: str) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{address}search/?q=Hoxha")
    assert page.get_by_text("This search needs JavaScript").is_visible()
    assert not page.locator("#dosje-search").is_visible()
    page.locator("article").get_by_role("link", name="Persons").click()
    assert page.locator("article").get_by_role("link", name="Hoxha, Enver").is_visible()
    context.close()


@pytest_browser
def test_a_list_is_sorted_filtered_and_taken_along(browser: Browser, address: str) -> None:
    page = browser.new_page()
    page.goto(f"{address}persons/")
    for _ in range(2):
        page.get_by_role("button", name="Meetings").click()
    first = page.locator("tbody tr").first
    assert first.inner_text().startswith("Hoxha, Enver")
    assert page.locator("th[aria-sort=descending]").inner_text().strip() == "Meetings"
    page.get_by_label("Only with").fill("kapo hysni")
    assert page.locator("tbody tr:visible").count() == 1
    with page.expect_download() as download:
        page.get_by_role("button", name="CSV of what is shown").click()
    text = Path(download.value.path()).read_bytes().decode("utf-8")
    assert text.startswith('\ufeffName,Offices,Meetings,Wrote,Received,Named on\r\n"Kapo, Hysni",')
    assert text.count("\r\n") == 2
    page.close()


@pytest_browser
def test_a_page_that_is_not_there_offers_the_search(built: Path) -> None:
    text = (built / "site" / "404.html").read_text(encoding="utf-8")
    assert "This page is not here" in text
    assert 'action="/search/index.html"' in text


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
