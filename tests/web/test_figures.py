"""The drawn pages of a small edition: disputes, chronology, and that every address in them leads somewhere."""

from __future__ import annotations

import re
import shutil
from pathlib import Path, PurePosixPath

import pytest

from conftest import CONFIG, MINI, Edition
from dosje.checking.edition import check_edition
from dosje.edition.disputes import by_chapter, gather_disputes
from dosje.edition.pages import address
from rendering import render


@pytest.fixture(scope="module")
def pages(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    return render(Path(shutil.copytree(MINI, tmp_path_factory.mktemp("figures") / "edition")))


@pytest.mark.parametrize(
    ("path", "from_path", "expected"),
    [
        ("persons/a.md", "persons/b.md", "../../persons/a/"),
        ("persons/a.md", "attendance/index.md", "../persons/a/"),
        ("persons/a.md", "index.md", "persons/a/"),
        ("chronology/index.md", "persons/a.md", "../../chronology/"),
        ("index.md", "persons/a.md", "../../"),
        ("index.md", "index.md", "./"),
        ("about.md", "index.md", "about/"),
        ("index.md", "about.md", "../"),
    ],
)
def test_an_address_leads_from_page_to_page_on_the_finished_site(path: str, from_path: str, expected: str) -> None:
    assert address(path, from_path) == expected


def test_every_address_in_raw_html_leads_to_a_page(pages: dict[str, str]) -> None:
    checked = 0
    for path, page in pages.items():
        site = PurePosixPath("/") / path.removesuffix("index.md").removesuffix(".md")
        for href in re.findall(r'<a [^>]*href="(?!data:|https:)([^"?#]+)', page):
            parts: list[str] = []
            # The path of a file counts from that of the page, an address of the site from the page's own.
            own = PurePosixPath("/", path).parent if PurePosixPath(href).suffix else site
            for part in (own / href).parts[1:]:
                parts = parts[:-1] if part == ".." else [*parts, part]
            name = "/".join(parts)
            assert name in pages or f"{name}.md" in pages or f"{name}/index.md" in pages or not name, f"{path}: {href}"
            checked += 1
    assert checked > 30


def test_the_chronology_can_be_narrowed_by_person_organisation_kind_and_place(pages: dict[str, str]) -> None:
    rows = re.findall(r"<li( data-[^>]+)>", pages["chronology/index.md"])
    assert rows == [
        ' data-kind="event event-diplomatic" data-person="" data-organisation=""'
        ' data-place="bucharest" data-key="letter-arrives"',
        ' data-kind="meeting meeting-multilateral" data-person="enver-hoxha hysni-kapo"'
        ' data-organisation="pla pla-politburo" data-place="bucharest" data-key="bucharest-1960"',
    ]
    assert '<form class="dosje-filter" hidden>' in pages["chronology/index.md"]


def test_a_dispute_stands_under_the_chapter_in_which_most_links_lead_to_its_record(edition: Edition) -> None:
    dispute = "disputes:\n  - question: Q?\n    positions:\n" + '      - {claim: A., cite: "[@s]"}\n' * 2
    event = f"title: E\nkind: party\ndate: 1960\n{dispute}"
    files = {
        "content/essays/a.md": "---\ntitle: A\norder: 1\n---\n[One](event:e), [two](event:other) [@s].\n",
        "content/essays/b.md": "---\ntitle: B\norder: 2\n---\n[One](event:e) [@s].\n",
        "content/events/e.yml": event,
        "content/events/other.yml": event,
        "content/events/nowhere.yml": event,
        "content/sources/s.yml": f"type: report\ntitle: S\nseen: original\n{dispute}",
    }
    linked = check_edition(edition(files)).linked
    assert linked is not None
    found = by_chapter(linked, gather_disputes(linked))
    assert {chapter: [one.record.key for one in placed] for chapter, placed in found.items()} == {
        "a": ["other"],
        "b": ["e"],
        "": ["nowhere"],
        "sources": ["s"],
    }
    assert list(found) == ["a", "b", "", "sources"]


def test_the_page_of_disputes_has_each_position_with_its_sources_and_note(pages: dict[str, str]) -> None:
    page = pages["disputes/index.md"]
    assert "2 questions on which" in page
    assert re.search(
        r'<li>On <em>24</em> June\. <span [^>]*><a href="\.\./sources/kapo-letter\.md">.+</a>, fl\. 40 ', page
    )
    assert re.search(r'\(<a href="\.\./meetings/bucharest-1960\.md#fnref:[\w-]+">note \d+</a>\)</span>', page)


def test_an_edition_without_records_draws_nothing(edition: Edition) -> None:
    pages = render(edition({}))
    assert not [path for path, page in pages.items() if "<svg" in page]


def test_lists_without_records_draw_nothing_and_say_so(edition: Edition) -> None:
    nav = "nav: [index.md, attendance/index.md, disputes/index.md]\n"
    pages = render(edition({"mkdocs.yml": f"{CONFIG}{nav}"}))
    assert not [path for path, page in pages.items() if "<svg" in page]
    assert "Nothing yet" in pages["attendance/index.md"] and "None yet" in pages["disputes/index.md"]
