"""Templates that an edition has of its own: those of older versions go on working."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest

import dosje
from conftest import MINI
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


@pytest.mark.whole
def test_templates_that_an_edition_took_from_an_older_version_make_the_same_pages(tmp_path: Path) -> None:
    root = Path(shutil.copytree(MINI, tmp_path / "edition"))
    pages = render(root)
    (root / "templates").mkdir()
    for path in TEMPLATES.glob("*.j2"):
        old = path.read_text(encoding="utf-8")
        for now, before in RENAMED.items():
            old = old.replace(now, before)
        old = re.sub(PART, "desk.", old)
        for now, before in MOVED.items():
            old = old.replace(f"linked.{now}(", f"linked.{before}(")
        old = re.sub(r"(?<![\w.])model\b", "m", re.sub(r"\bcontext\b", "desk", old))
        (root / "templates" / path.name).write_text(old, encoding="utf-8")
    assert "desk.prose(" in (root / "templates" / "person.md.j2").read_text(encoding="utf-8")
    assert render(root) == pages
