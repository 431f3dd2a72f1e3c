"""The navigation of an edition that names none has what is there, and nothing else."""

from __future__ import annotations

import shutil
from pathlib import Path

from conftest import MINI, Edition
from dosje.checking.edition import check_edition
from dosje.web.navigation import make_nav


def nav_of(root: Path) -> object:
    linked = check_edition(root).linked
    assert linked is not None
    return make_nav(linked)


def test_an_empty_edition_leads_home_alone(edition: Edition) -> None:
    assert nav_of(edition({})) == [{"Home": "index.md"}]


def test_a_home_page_of_the_editions_own_stands_in_it_once(edition: Edition) -> None:
    root = edition({"content/pages/index.md": "---\ntitle: Welcome\n---\n\nRead.\n"})
    assert nav_of(root) == [{"Home": "index.md"}]


def test_a_list_is_named_once_it_has_something(edition: Edition) -> None:
    root = edition(
        {
            "content/persons/a.yml": "name: {family: A}\n",
            "bibliography/a.bib": "@book{a-1, title = {A}, date = {1999}}",
            "content/essays/z.md": "---\ntitle: First\norder: 1\n---\n\nA [@a-1].\n",
            "content/essays/a.md": "---\ntitle: Last\norder: 2\n---\n\nB [@a-1].\n",
            "content/pages/about.md": "---\ntitle: About\n---\n\nC [@a-1].\n",
        }
    )
    assert nav_of(root) == [
        {"Home": "index.md"},
        {"The story": ["essays/index.md", "essays/z.md", "essays/a.md"]},
        "persons/index.md",
        "lookup/index.md",
        "sources/index.md",
        "about.md",
    ]


def test_many_pages_of_prose_make_a_section_in_their_order(edition: Edition) -> None:
    order = {"imprint": 3, "contact": 1, "access": 2}
    files = {f"content/pages/{k}.md": f"---\ntitle: {k}\norder: {n}\n---\n\nRead.\n" for k, n in order.items()}
    assert nav_of(edition(files)) == [{"Home": "index.md"}, {"About": ["contact.md", "access.md", "imprint.md"]}]


def test_lists_of_one_matter_make_a_section(tmp_path: Path) -> None:
    assert nav_of(Path(shutil.copytree(MINI, tmp_path / "edition"))) == [
        {"Home": "index.md"},
        {"The story": ["essays/index.md", "essays/bucharest.md"]},
        "chronology/index.md",
        "disputes/index.md",
        {"Meetings": ["meetings/index.md", "events/index.md", "attendance/index.md"]},
        "persons/index.md",
        "lookup/index.md",
        {"Sources": ["sources/index.md", "archives/index.md"]},
        "places/index.md",
        "organisations/index.md",
        "about.md",
    ]


def test_a_site_for_mkdocs_alone_keeps_its_own(edition: Edition) -> None:
    assert nav_of(edition({"mkdocs.yml": "site_name: A\n", "docs/index.md": "# A\n"})) == []
