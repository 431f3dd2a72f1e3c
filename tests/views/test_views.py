"""The view of a record as a whole value."""

from __future__ import annotations

from conftest import Edition
from dosje.checking.edition import check_edition
from dosje.edition.titles import Title
from dosje.markup.tree import Foot, Items, PageNumber, Paragraph, Reference, Room
from dosje.values.page_id import PageId
from dosje.values.words import Run
from dosje.views.view import ON_PAGES, Fact, Section, View
from dosje.views.view_maker import ViewMaker


def test_a_place_is_told_by_facts_its_text_and_what_happened_there(edition: Edition) -> None:
    root = edition(
        {
            "content/places.yml": "tirana: {name: Tirana, variants: [Tiranë], description: 'The capital [@s, 3].'}\n",
            "content/sources/s.yml": "type: letter\ntitle: S\nseen: original\n",
            "content/events/e.yml": "title: An arrival\nkind: party\ndate: 1960-11-04\nplace: tirana\n",
        }
    )
    linked = check_edition(root).linked
    assert linked is not None
    place, event = PageId("place", "tirana"), PageId("event", "e")
    arrival = (Reference((Run("An arrival"),), event), Run(", 4 November 1960"), PageNumber(event))
    assert ViewMaker(linked, {}).view(place) == View(
        place,
        Title("Tirana"),
        facts=(Fact("also-written", "Also written", (Run("Tiranë"),)),),
        sections=(
            Section("description", "", (Paragraph((Run("The capital."), Foot("s-page-3_the-capital"))),)),
            Section("events-here", "Events here", (Items(((Paragraph(arrival),),)),)),
            Section("cite-this-page", "Cite this page", (Room("cite"),), ON_PAGES),
        ),
    )
