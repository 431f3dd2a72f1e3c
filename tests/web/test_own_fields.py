"""The fields of an edition's own, and the numbers of documents, in lists, CSV, facets, JSON and on pages."""

from __future__ import annotations

import re

import pytest

from conftest import Edition
from dosje.books.book import BookMaker
from dosje.checking.edition import check_edition
from dosje.edition.links import LinkedCorpus
from dosje.edition.orders import by_number
from dosje.views.view_maker import ViewMaker
from dosje.web.facets import facets_of_record
from dosje.web.tables import make_table, to_csv
from rendering import render

LABEL = "<b>A & B</b> {n} *x* [@y] |"
FILES = {
    "content/vocabulary.yml": f"""
        meeting_kinds: {{tea: "{LABEL}"}}
        fields:
          meeting:
            agenda: {{label: Agenda, holds: prose}}
            chair: {{label: In the chair, holds: key, of: person, facet: true}}
            opened: {{label: Opened, holds: date, facet: true}}
            items: {{label: Items, holds: list}}
    """.replace("\n        ", "\n"),
    "content/persons/ann.yml": "name: {family: Smith, given: Ann}\n",
    "content/persons/bob.yml": "name: {family: Jones, given: Bob}\n",
    "content/meetings/tea.yml": (
        "title: A tea\nkind: tea\ndate: 1960-06-24T19:15\n"
        "participants: [{name: The Secretary, cite: '[@s10]'}, {person: bob, cite: '[@s2]'}]\n"
        "fields:\n  agenda: Of [Bob](person:bob) [@s1].\n  chair: ann\n  opened: 1960-06/1961\n  items: [tea, cake]\n"
    ),
    **{
        f"content/sources/s{number}.yml": f"type: minutes\ntitle: S\nnumber: {number}\nseen: original\n"
        for number in ("10", "2", "10a", "1")
    },
}


@pytest.fixture
def linked(edition: Edition) -> LinkedCorpus:
    checked = check_edition(edition(FILES))
    assert checked.linked is not None, checked.findings
    return checked.linked


def test_a_table_on_a_page_has_the_facets_and_the_csv_has_all(linked: LinkedCorpus) -> None:
    page = make_table(linked, lambda page: page.key, "meetings")
    assert [column.label for column in page.columns][-2:] == ["In the chair", "Opened"]
    whole = to_csv(make_table(linked, lambda page: page.key, "meetings", is_whole=True), linked.phrases)
    head, row = whole.splitlines()
    assert head.endswith("Agenda,In the chair,Opened,Items")
    assert row.endswith("Of Bob.,ann,1960-06/1961,tea; cake")


def test_documents_are_listed_by_their_numbers(linked: LinkedCorpus) -> None:
    assert [unit.key for unit in by_number(linked.corpus.sources.values())] == ["s1", "s2", "s10", "s10a"]
    rows = make_table(linked, lambda page: page.key, "sources").rows
    assert [(key, cells[0].text) for key, cells in rows] == [("s1", "1"), ("s2", "2"), ("s10", "10"), ("s10a", "10a")]


def test_lists_by_archive_and_books_follow_the_numbers_and_then_the_leaves(edition: Edition) -> None:
    units = {"file": "type: file\nlevel: file\ntitle: F\nrepository: a\nfile: 1\nseen: original\n"}
    numbers = {"one": ("2", 9), "two": ("10", 1), "three": ("", 5), "four": ("", 3), "five": ("1", 7)}
    for key, (number, leaf) in numbers.items():
        said = f"number: {number}\n" if number else ""
        units[key] = f"type: letter\ntitle: {key}\npart_of: file\nfolios: {leaf}\n{said}seen: original\n"
    root = edition(
        {"content/archives.yml": "a: {name: A}\n"} | {f"content/sources/{key}.yml": t for key, t in units.items()}
    )
    checked = check_edition(root)
    assert checked.linked is not None
    assert checked.style is not None
    wanted = ["file", "five", "one", "two", "four", "three"]
    listed = render(root)["sources/index.md"].partition('<div class="dosje-shelf">')[2].partition("</div>")[0]
    assert re.findall(r">([^<>]*)<a href=\"([a-z]+)[./]", listed) == [
        ("", "file"), ("1 ", "five"), ("2 ", "one"), ("10 ", "two"), ("", "four"), ("", "three"),
    ]  # fmt: skip
    book = BookMaker(checked.linked, checked.style).make()
    assert [entry.page.key for part in book.parts for entry in part.entries if entry.page.kind == "source"] == wanted


def test_a_search_is_narrowed_by_the_facets_alone(linked: LinkedCorpus) -> None:
    found = facets_of_record(linked, linked.corpus.meetings["tea"])
    own = {name: values for name, values in found.items() if name.startswith("own-")}
    assert own == {"own-chair": ("Ann Smith",), "own-opened": ("1960", "1961")}
    assert linked.phrases("search.facet-own-chair") == "In the chair"


def test_a_search_is_narrowed_by_kinds_of_meetings_and_the_plurals_of_types_of_sources(edition: Edition) -> None:
    linked = check_edition(
        edition({
            "content/vocabulary.yml": "source_types: {menu: {label: menu, plural: menus of dinners}}\n",
            "content/events/e.yml": "title: E\nkind: press\ndate: 1960\naccount: E [@m].\n",
            "content/meetings/t.yml": "title: T\nkind: talks\ndate: 1960\nsummary: T [@m].\n",
            "content/sources/m.yml": "type: menu\ntitle: M\nseen: original\n",
        })
    ).linked  # fmt: skip
    assert linked is not None
    corpus = linked.corpus
    records = (corpus.sources["m"], corpus.meetings["t"], corpus.by_kind["event"]["e"])
    assert [facets_of_record(linked, one)["sort"] for one in records] == [("menus of dinners",), ("talks",), ("press",)]


def test_a_citation_in_a_field_is_a_note_a_link_a_mention_and_a_key_is_said_on_its_page(linked: LinkedCorpus) -> None:
    page = linked.corpus.meetings["tea"].page
    assert {cite.key for call in linked.calls_by_page[page] for cite in call.cites} == {"s1", "s2", "s10"}
    assert [mention.page for mention in linked.mentions[linked.corpus.persons["bob"].page]] == [page]
    view = ViewMaker(linked, {}).view(linked.corpus.persons["ann"].page)
    assert "In the chair" in [section.title for section in view.sections]


def test_a_label_is_only_text(edition: Edition) -> None:
    text = render(edition(FILES))["meetings/tea.md"].split("---\n", 2)[2]
    assert "&#60;b&#62;A &#38; B&#60;/b&#62; &#123;n&#125; &#42;x&#42; &#91;&#64;y&#93; &#124;" in text
    assert "<b>" not in text
    assert "The Secretary" in text
