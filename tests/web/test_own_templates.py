"""Templates that an edition has of its own: those of older versions go on working."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest

import dosje
from conftest import MINI
from dosje.checking.edition import check_edition
from dosje.web.page_maker import PageMaker
from rendering import render

TEMPLATES = Path(dosje.__file__).parent / "web" / "templates"
# What the templates of the first versions asked the one object `desk` for.
NAMES = """
calls chapters coins concordance concordance_of delegates document doi downloads evidence field_note
file_neighbours first_source head heading imprint in_front_matter in_own_language index leaves line link
linked linked_words links lists locator lookup_examples mentions namings neighbouring_chapters note_link
offline_editions original_title page page_citation page_offers parts parts_played path person persons present
prose reference rows settings sheets shelf source_offers span_of table times_cited times_cited_work title
titles trail unit_tree way_to_sheet words works works_cited
"""
LINKED = ["corpus", "chain", "holding", "meetings_of", "neighbours", "sources_of_meeting"]
MOVED = {
    "holdings.holding_of": "holding", "meeting_links.neighbours": "neighbours",
    "meeting_links.of_person": "meetings_of", "meeting_links.sources_of": "sources_of_meeting",
}  # fmt: skip
RENAMED = {
    "context.source_lists": "context.shelf", "backlinks.pages(": "backlinks.sheets(", "way_to_page": "way_to_sheet",
    "page_entries": "page_offers", "source_entries": "source_offers", "figures.overview": "figures.gathered",
}  # fmt: skip
PART = r"\bcontext\.(?:linking|sources|texts|records|backlinks|exports|listing)\."


@pytest.mark.whole
def test_a_template_may_ask_desk_for_all_that_it_had_before_it_was_parted(tmp_path: Path) -> None:
    root = Path(shutil.copytree(MINI, tmp_path / "edition"))
    names = [*NAMES.split(), *(f"linked.{name}" for name in LINKED)]
    lines = "".join(f"- {name}: {{{{ desk.{name} is defined }}}}\n" for name in names)
    (root / "templates").mkdir()
    (root / "templates" / "home.md.j2").write_text(lines, encoding="utf-8")
    text = render(root)["index.md"].split("---\n")[2]
    assert text.split("\n")[1:-1] == [f"- {name}: True" for name in names]


def name_as_before(template: str) -> str:
    """Return a template with the names that it had in the first versions, when all was asked of `desk`."""
    for now, before in RENAMED.items():
        template = template.replace(now, before)
    template = re.sub(PART, "desk.", template)
    for now, before in MOVED.items():
        template = template.replace(f"linked.{now}(", f"linked.{before}(")
    return re.sub(r"(?<![\w.])model\b", "m", re.sub(r"\bcontext\b", "desk", template))


@pytest.mark.whole
def test_templates_that_an_edition_took_from_an_older_version_make_the_same_pages(tmp_path: Path) -> None:
    root = Path(shutil.copytree(MINI, tmp_path / "edition"))
    pages = render(root)
    (root / "templates").mkdir()
    for path in TEMPLATES.glob("*.j2"):
        old = name_as_before(path.read_text(encoding="utf-8"))
        (root / "templates" / path.name).write_text(old, encoding="utf-8")
    assert "desk.view" in (root / "templates" / "_record.md.j2").read_text(encoding="utf-8")
    assert render(root) == pages


def outline_of(page: str) -> tuple[list[str], list[str], list[str]]:
    """Return a page's headings, the calls of its notes with their numbers, and the list of its notes."""
    calls = re.findall(r'<sup id="fnref\d*:([^"]+)"><a class="footnote-ref" href="#fn:\1">(\d+)</a></sup>', page)
    notes = re.findall(r'<li id="fn:([^"]+)">', page)
    return re.findall(r"^##+ .*", page, re.MULTILINE), [f"{number} {label}" for label, number in calls], notes


@pytest.mark.whole
@pytest.mark.parametrize("is_whole", [True, False], ids=["all templates", "without the parts that they share"])
@pytest.mark.parametrize("is_first", [True, False], ids=["desk", "context"])
def test_templates_from_before_there_were_views_call_the_same_notes_below_the_same_headings(
    is_first: bool, is_whole: bool, tmp_path: Path
) -> None:
    root = Path(shutil.copytree(MINI, tmp_path / "edition"))
    pages = render(root)
    (root / "templates").mkdir()
    # Who took the parts that all pages share from a version that had only `desk` had to take all templates.
    shared = TEMPLATES.glob("*.j2") if is_first and is_whole else ()
    for path in (*shared, *(Path(__file__).parent / "old_templates").glob("*.j2")):
        old = path.read_text(encoding="utf-8")
        if is_whole or path.name != "_parts.md.j2":
            (root / "templates" / path.name).write_text(name_as_before(old) if is_first else old, encoding="utf-8")
    before = render(root)
    assert {path: outline_of(text) for path, text in before.items()} == {
        path: outline_of(text) for path, text in pages.items()
    }
    checked = check_edition(root)
    assert checked.linked and checked.style
    maker = PageMaker(checked.linked, checked.style)
    maker.make_pages(maker.paths)
    assert maker.findings == []


OWN = """
{% import "_parts.md.j2" as parts %}
{% set view = context.view %}
{{ parts.head(context, view.title.text, view.summary) }}
{{ context.html.heading(view.heading, 1) }}

{{ context.html.blocks(view.facts_block) }}
{% for section in view.sections if section.key != "mentioned-elsewhere" %}
{% if section.title %}

{{ context.html.heading(section.title, 2, section.key) }}
{% endif %}

{{ context.html.blocks(section.blocks) }}
{% endfor %}
"""


@pytest.mark.whole
def test_a_template_of_an_edition_prints_the_sections_of_a_view_in_a_loop(tmp_path: Path) -> None:
    root = Path(shutil.copytree(MINI, tmp_path / "edition"))
    pages = render(root)
    (root / "templates").mkdir()
    (root / "templates" / "meeting.md.j2").write_text(OWN, encoding="utf-8")
    path = "meetings/bucharest-1960.md"
    headings, calls, notes = outline_of(pages[path])
    assert outline_of(render(root)[path]) == ([h for h in headings if h != "## Mentioned elsewhere"], calls, notes)


def test_parts_of_an_edition_take_from_ours_what_they_lack(tmp_path: Path) -> None:
    root = Path(shutil.copytree(MINI, tmp_path / "edition"))
    (root / "templates").mkdir()
    (root / "templates" / "_parts.md.j2").write_text(
        "{% macro cite_page(context, title) %}<p>Cite us: {{ title }}</p>{% endmacro %}\n", encoding="utf-8"
    )
    (root / "templates" / "search.md.j2").write_text(
        '{% import "program/_parts.md.j2" as ours %}{% import "_parts.md.j2" as parts %}\n'
        '{{ parts.heading(context, "lists.name.search", "search", 1) }}\n\n{{ parts.cite_page(context, "Here") }}\n\n'
        '{{ ours.strong("lists.name.search") }}\n',
        encoding="utf-8",
    )
    pages = render(root)
    text = pages["search/index.md"]
    assert "# Search" in text and "<p>Cite us: Here</p>" in text and "<strong>Search</strong>" in text
    assert "<p>Cite us: Lookup</p>" in pages["lookup/index.md"]


@pytest.mark.parametrize("template", ["# A\n", '# A\n\n{{ desk.prose("biography") }}\n'])
def test_links_to_notes_that_a_template_leaves_out_lead_to_these_notes(tmp_path: Path, template: str) -> None:
    root = Path(shutil.copytree(MINI, tmp_path / "edition"))
    (root / "templates").mkdir()
    (root / "templates" / "person.md.j2").write_text(template, encoding="utf-8")
    pages = render(root)
    way = "persons/hysni-kapo.md#fnref:luthi-2008-page-3_pla-politburo"
    assert f'<a href="../{way}">note 1</a>' in pages["sources/luthi-2008.md"]
    note = '<li id="fn:luthi-2008-page-3_pla-politburo">\n<p><span class="dosje-alias" id="fnref:'
    assert note in pages["persons/hysni-kapo.md"]
