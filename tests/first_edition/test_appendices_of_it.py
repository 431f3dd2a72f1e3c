"""The lists and drawings at the end of the first edition's book: all is drawn, and fits on a page."""

from __future__ import annotations

from xml.etree import ElementTree

import pytest

from conftest import PROJECT
from dosje.books.appendices import Appendix, make_appendices
from dosje.drawing.svg import height_of
from dosje.edition.links import LinkedCorpus
from dosje.markup.tree import Table
from drawn import all_pages, drawings, link, links

pytestmark = pytest.mark.whole


@pytest.fixture(scope="module")
def linked() -> LinkedCorpus:
    return link(PROJECT)


@pytest.fixture(scope="module")
def appendices(linked: LinkedCorpus) -> dict[str, Appendix]:
    found = make_appendices(linked, all_pages(linked), is_whole=True)
    return {appendix.title: appendix for appendix in found}


def test_the_chronology_draws_every_date_of_its_list_once(
    linked: LinkedCorpus, appendices: dict[str, Appendix]
) -> None:
    table = next(block for block in appendices["Chronology"].blocks if isinstance(block, Table))
    drawn = [href for drawing in drawings(appendices["Chronology"]) for href in links(drawing)]
    by_kind = linked.corpus.by_kind
    dated = [f"{kind}/{key}" for kind in ("event", "meeting") for key in by_kind[kind]]
    assert sorted(drawn) == sorted(dated)
    assert len(table.rows) == len(drawn) > 80


def test_the_table_of_signs_has_every_presence_once(linked: LinkedCorpus, appendices: dict[str, Appendix]) -> None:
    signs = [
        element.get("class")
        for drawing in drawings(appendices["Who was in the room"])
        for element in ElementTree.fromstring(drawing.svg).iter()
        if str(element.get("class")).startswith("dosje-sign")
    ]
    meetings = (record.model for record in linked.corpus.meetings.values())
    parts = [part for meeting in meetings for part in meeting.participants]
    assert len(signs) == sum(1 for part in parts if part.person) > 80


def test_the_map_names_its_places_in_words_too(appendices: dict[str, Appendix]) -> None:
    first, *_ = drawings(appendices["Map"])
    assert "Bucharest" in first.alternative
    assert "Natural Earth" in drawings(appendices["Map"])[-1].caption


def test_every_drawing_is_well_formed_fits_on_a_page_and_leads_to_records(
    linked: LinkedCorpus, appendices: dict[str, Appendix]
) -> None:
    known = {f"{page.kind}/{page.key}" for page in all_pages(linked)}
    for appendix in appendices.values():
        for drawing in drawings(appendix):
            assert height_of(drawing.svg) <= 760
            assert set(links(drawing)) <= known
            assert drawing.alternative
            assert "\n" not in drawing.svg
