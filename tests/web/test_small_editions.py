"""The smallest editions: no page without anything on it, no link to one, and a word where there is nothing at all."""

from __future__ import annotations

import re

import pytest

from conftest import CONFIG, Edition
from rendering import render

MEETING = {"content/meetings/first-1960.yml": "title: First session\nkind: bilateral\ndate: 1960-06-22\n"}
PERSONS = {"content/persons/a.yml": "name: {family: A}\n", "content/persons/b.yml": "name: {family: B}\n"}
WORKS = {"bibliography/a.bib": "@book{doe-1999, author = {Doe, Jane}, title = {Minutes}, date = {1999}}\n"}
PLACES = {"content/places.yml": "a-town: {name: A town}\n"}


def lists_in(pages: dict[str, str]) -> list[str]:
    """Return the lists that an edition has, by the names of their folders."""
    return [path.removesuffix("/index.md") for path in pages if path.endswith("/index.md")]


@pytest.mark.parametrize(
    ("files", "lists"),
    [
        ({}, ["search"]),
        (WORKS, ["lookup", "search", "sources"]),
        (PERSONS, ["persons", "search"]),
        (MEETING, ["attendance", "chronology", "meetings", "search"]),
        (PLACES, ["places", "search"]),
    ],
)
def test_an_edition_has_the_lists_that_have_something_in_them(
    files: dict[str, str], lists: list[str], edition: Edition
) -> None:
    assert lists_in(render(edition(files))) == lists


@pytest.mark.parametrize(
    ("files", "links"),
    [
        ({}, []),
        (WORKS, ["sources"]),
        (PERSONS, ["persons"]),
        (MEETING, ["chronology", "meetings"]),
        (PLACES, ["places"]),
        (MEETING | PERSONS, ["chronology", "meetings", "persons"]),
    ],
)
def test_the_home_page_leads_to_lists_that_are_there(files: dict[str, str], links: list[str], edition: Edition) -> None:
    home = render(edition(files))["index.md"]
    assert re.findall(r'href="(\w+)/index\.md"', home) == links
    assert ("This edition has no records yet." in home) == (links == [])


def test_every_page_is_in_a_list_even_where_there_is_one_alone(edition: Edition) -> None:
    page = render(edition({}))["search/index.md"]
    # The page of what is not there leads to this heading.
    assert '<li><a href="../index.md">Home</a></li>' in page.split("{#every-page-in-a-list}", 1)[-1]


def test_one_meeting_is_one_meeting(edition: Edition) -> None:
    home = render(edition(MEETING))["index.md"]
    assert "Chronology: one meeting or event</a>" in home


@pytest.mark.parametrize(
    "files",
    [
        {"mkdocs.yml": f"{CONFIG}nav:\n  - index.md\n  - More: [events/index.md]\n"},
        {"mkdocs.yml": f"INHERIT: base.yml\n{CONFIG}", "base.yml": "nav: [Events: events/index.md]\n"},
        {"addresses.txt": "events/ | Events\n"},
        {"content/pages/about.md": "---\ntitle: About\n---\n\nSee the [events](../events/).\n"},
    ],
)
def test_an_empty_list_stays_where_the_edition_leads_to_it(files: dict[str, str], edition: Edition) -> None:
    assert lists_in(render(edition(files))) == ["events", "search"]


def test_a_list_that_is_said_to_be_gone_is_gone(edition: Edition) -> None:
    pages = render(edition({"addresses.txt": "events/ gone 2026 | Events\n"}))
    assert "No events yet" not in pages.get("events/index.md", "")


def test_a_template_of_the_editions_own_names_a_list_that_is_not_there_without_a_link(edition: Edition) -> None:
    template = '# A\n\n<p>{{ context.linking.index("events", "Events") }}</p>\n'
    assert "<p>Events</p>" in render(edition({"templates/home.md.j2": template}))["index.md"]
