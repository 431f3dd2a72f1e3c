"""A list names a draft with the words that mark it; its CSV has the name alone, and a field."""

from __future__ import annotations

from conftest import Edition
from dosje.checking.edition import check_edition
from dosje.web.page_maker import PageMaker
from dosje.web.tables import make_table, to_csv

FILES = {
    "mkdocs.yml": "site_name: A\n",
    "content/persons/a.yml": "name: {family: Fox, given: Anna}\ndraft: true\n",
    "content/persons/b.yml": "name: {family: Owl}\n",
    "bibliography/w.bib": "@book{w, title = {Bills}, author = {Owl}, date = {1950}, draft = {true}}\n",
    "content/essays/e.md": "---\ntitle: E\n---\n[A](person:a), [B](person:b) [@w].\n",
}


def test_a_draft_is_marked_on_the_page_of_a_list_and_by_a_field_in_its_csv(edition: Edition) -> None:
    checked = check_edition(edition(FILES))
    assert checked.linked and checked.style
    linked, title_of = checked.linked, PageMaker(checked.linked, checked.style).title_of
    persons, sources = (make_table(linked, title_of, name) for name in ("persons", "sources"))
    assert [cells[0].text for _, cells in persons.rows] == ["Fox, Anna [unchecked]", "Owl"]
    assert sources.rows[0][1][0].text.endswith("Bills [unchecked]")
    whole = to_csv(make_table(linked, title_of, "persons", is_whole=True), linked.phrases).splitlines()
    assert [(row.split(",")[0], row.split(",")[-1]) for row in whole] == [("Key", "Draft"), ("a", "true"), ("b", "")]
    assert whole[1].startswith('a,"Fox, Anna",')
