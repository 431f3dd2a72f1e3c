"""Links that lead nowhere are found in all pages before MkDocs runs, with the place where an author wrote them."""

from __future__ import annotations

import pytest

from conftest import Edition
from dosje.checking.edition import check_edition
from dosje.site.page_files import build_pages
from dosje.values.findings import FindingError

TEXT = "---\ntitle: E\n---\n\n## The break\n\nOne {}.\n"


AT_EDITION = "site_name: A\nsite_url: https://example.org/edition/\ndocs_dir: .build/pages\n"


def find(edition: Edition, link: str, **files: str) -> str:
    """Return what a build says of an essay with a link."""
    root = edition({"content/essays/e.md": TEXT.format(link), "content/essays/other.md": TEXT.format("two"), **files})
    with pytest.raises(FindingError) as raised:
        build_pages(check_edition(root), lambda _: None)
    assert not (root / ".build" / "pages").exists()
    return str(raised.value)


def test_a_link_to_no_page_is_found_where_it_was_written(edition: Edition) -> None:
    assert find(edition, "[two](othre.md)").splitlines() == [
        "content/essays/e.md:7:11: dead-link: the page essays/e.md has a link that leads nowhere: othre.md",
        '  hint: did you mean "essays/other.md"?',
    ]


def test_a_link_to_no_heading_of_a_page_is_found(edition: Edition) -> None:
    said = find(edition, "[two](other.md#the-brake) and [three](#the-brake)")
    assert "content/essays/e.md:7:11: dead-link:" in said and "content/essays/e.md:7:43: dead-link:" in said


@pytest.mark.parametrize(
    "link", ["other.md#note", "../essays/", "/essays/other.md", "../../secret.txt", "../nothing.pdf"]
)
def test_whatever_is_not_there_is_found(edition: Edition, link: str) -> None:
    assert f"leads nowhere: {link}" in find(edition, f"[two]({link})")


@pytest.mark.parametrize(
    "link", ["/essays/other/", "/edition/essays/other.md", "/edition/nothing/", "/edition/essays/other/#nothing", "/"]
)
def test_a_link_from_the_root_of_the_host_leads_into_the_site_or_nowhere(edition: Edition, link: str) -> None:
    assert f"leads nowhere: {link}" in find(edition, f"[two]({link})", **{"mkdocs.yml": AT_EDITION})


def test_where_the_site_will_stand_is_not_known_a_link_from_the_root_is_left_alone(edition: Edition) -> None:
    said = find(edition, "[a](/essays/other/), [b](/elsewhere/#x), [c](/) and [d](d.md)")
    assert "leads nowhere: d.md" in said and said.count("dead-link") == 1


def test_all_dead_links_are_told_at_once(edition: Edition) -> None:
    assert find(edition, "[a](a.md), [b](b.md) and [c](c.md)").count("dead-link") == 3


def test_a_dead_link_of_a_template_is_told_with_its_page(edition: Edition) -> None:
    said = find(edition, "one", **{"templates/home.md.j2": '# A\n\n<p><a href="nowhere.md">B</a></p>\n'})
    assert said.startswith("index.md:1:1: dead-link: the page index.md has a link that leads nowhere: nowhere.md")


CHRONOLOGY = {
    "templates/chronology.md.j2": "# A\n",
    "content/events/v.yml": "title: V\nkind: diplomatic\ndate: 1960-05-01\naccount: One.\n",
}


def test_a_page_of_an_own_template_may_lack_what_our_pages_lead_to(edition: Edition) -> None:
    root = edition({"content/essays/e.md": TEXT.format("one"), **CHRONOLOGY})
    build_pages(check_edition(root), lambda _: None)
    page = (root / ".build" / "pages" / "index.md").read_text(encoding="utf-8")
    assert "chronology/index.md#1960" in page


def test_what_an_author_leads_to_on_a_page_of_an_own_template_is_there(edition: Edition) -> None:
    said = find(edition, "[y](../chronology/index.md#1960)", **CHRONOLOGY)
    assert said.count("dead-link") == 1 and said.startswith("content/essays/e.md:7:9: dead-link:")


def test_links_that_lead_somewhere_are_not_found(edition: Edition) -> None:
    links = (
        "other.md", "other.md#the-break", "#the-break", "../index.md", "index.md", "../search/index.md?q=a",
        "../other/", "../../persons/", "https://example.org/", "mailto:a@example.org", "../assets/a%20b.csv",
        "other.md#cite-this-page", "#top", "../../sitemap.xml", "../../SHA256SUMS",
        "/edition/essays/other/#the-break", "/edition", "/edition/", "/edition/assets/a%20b.csv", "/edition/404.html",
    )  # fmt: skip
    body = ", ".join(f"[a]({link})" for link in links)
    files = {"content/essays/e.md": TEXT.format(body), "content/essays/other.md": TEXT.format("two")}
    root = edition(
        {
            **files,
            "mkdocs.yml": AT_EDITION,
            "content/assets/a b.csv": "a,b\n",
            "templates/home.md.j2": '# A\n\n<p><a href="./">B</a></p>\n',
        }
    )
    checked = check_edition(root)
    assert not checked.has_errors, checked.findings
    build_pages(checked, lambda _: None)
    page = (root / ".build" / "pages" / "essays" / "e.md").read_text(encoding="utf-8")
    assert '<a href="other.md#the-break">' in page
