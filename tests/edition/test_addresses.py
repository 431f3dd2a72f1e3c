"""Addresses that were published: each is in place, or something answers to it, or it is said to be gone or lost."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Mapping
from pathlib import Path

import pytest

from conftest import PROJECT, Edition
from dosje.edition.ledger import HEADER, PublishedPage, add_published, order_anchors, pages_of_edition
from dosje.edition.links import LinkedCorpus, link_corpus
from dosje.edition.pages import address, address_of, site_address
from dosje.reading.ledger import parse_ledger
from dosje.reading.record_files import read_corpus
from dosje.reading.settings_file import read_settings
from dosje.values.findings import format_findings
from dosje.values.page_id import PageId

SOURCE = "type: report\ntitle: A report\nseen: original\n"


def link(edition: Edition, files: Mapping[str, str]) -> LinkedCorpus:
    """Return an edition that has these files, and none of what it had before."""
    for folder in ("content", "bibliography"):
        shutil.rmtree(edition({}) / folder, ignore_errors=True)
    settings, findings = read_settings(edition(files))
    assert settings
    corpus, found = read_corpus(settings)
    assert format_findings(findings + found) == ""
    return link_corpus(corpus)


def essay(body: str, **fields: str) -> str:
    front = "".join(f"{name}: {value}\n" for name, value in {"title": "An essay", **fields}.items())
    return f"---\n{front}---\n{body}\n"


def publish(linked: LinkedCorpus, text: str = "") -> str:
    return add_published(text, pages_of_edition(linked, lambda page: page.key.upper()))


def ways(linked: LinkedCorpus) -> dict[str, tuple[str, str]]:
    """Return how each address of the ledger resolves, those in place left out."""
    found = {r.entry.address: (r.way, r.address) for r in linked.addresses.resolved}
    return {address: end for address, end in found.items() if end[0] != "in place"}


def test_what_is_published_is_entered_in_the_order_of_the_page(edition: Edition) -> None:
    files = {"content/essays/e.md": essay("Two [@b, 7]. One [@a]."), "content/sources/a.yml": SOURCE}
    text = publish(link(edition, {**files, "content/sources/b.yml": SOURCE}))
    assert [
        line for line in text.removeprefix(HEADER).splitlines() if "/index" not in line and line.count("/") == 2
    ] == [
        "essays/e/ | E",
        "essays/e/#fn:b-page-7_two",
        "essays/e/#fn:a_one",
        "sources/a/ | A",
        "sources/b/ | B",
    ]


def test_what_was_published_is_in_place(edition: Edition) -> None:
    files = {"content/essays/e.md": essay("One [@a]."), "content/sources/a.yml": SOURCE}
    text = publish(link(edition, files))
    linked = link(edition, {**files, "addresses.txt": text})
    assert ways(linked) == {}
    assert publish(linked, text) == text


def test_a_note_answers_to_its_old_address_after_each_of_many_edits(edition: Edition) -> None:
    files = {"content/sources/a.yml": SOURCE, "content/sources/b.yml": SOURCE, "addresses.txt": ""}
    for words in ("One", "One more", "One more time", "Once more"):
        body = f"{words} [@a]. Two [@b, 3]. Again, {words} [@a]."
        linked = link(edition, {**files, "content/essays/e.md": essay(body)})
        assert "lost" not in {way for way, _ in ways(linked).values()}
        files["addresses.txt"] = publish(linked, files["addresses.txt"])
    assert linked.addresses.aliases_of("essays/e/") == {
        "a_one": "a_once-more.2",
        "a_again-one": "a_once-more",
        "a_one-more.2": "a_once-more.2",
        "a_one-more": "a_once-more",
        "a_more-time.2": "a_once-more.2",
        "a_more-time": "a_once-more",
    }


def test_a_record_that_is_renamed_twice_keeps_all_its_addresses(edition: Edition) -> None:
    cited = {"content/sources/a.yml": SOURCE}
    text = publish(link(edition, {**cited, "content/essays/one.md": essay("One [@a].")}))
    second = {**cited, "content/essays/two.md": essay("One [@a].", formerly="[one]"), "addresses.txt": text}
    linked = link(edition, second)
    assert ways(linked) == {
        "essays/one/": ("formerly", "essays/two/"),
        "essays/one/#fn:a_one": ("formerly", "essays/two/#fn:a_one"),
    }
    text = publish(linked, text)
    third = {"content/essays/three.md": essay("And one [@a].", formerly="[one, two]"), "addresses.txt": text}
    linked = link(edition, {**cited, **third})
    assert ways(linked) == {
        "essays/one/": ("formerly", "essays/three/"),
        "essays/one/#fn:a_one": ("alias", "essays/three/#fn:a_and-one"),
        "essays/two/": ("formerly", "essays/three/"),
        "essays/two/#fn:a_one": ("alias", "essays/three/#fn:a_and-one"),
    }


def test_a_source_that_is_renamed_changes_no_address_where_it_is_cited(edition: Edition) -> None:
    text = publish(link(edition, {"content/essays/e.md": essay("One [@a]."), "content/sources/a.yml": SOURCE}))
    files = {"content/essays/e.md": essay("One [@b]."), "content/sources/b.yml": f"{SOURCE}formerly: [a]\n"}
    assert ways(link(edition, {**files, "addresses.txt": text})) == {"sources/a/": ("formerly", "sources/b/")}


def test_a_work_that_is_renamed_changes_no_address_either(edition: Edition) -> None:
    work = "@book{%s, title = {A book}, date = {1960}%s}\n"
    files = {"content/essays/e.md": essay("One [@old, 7]."), "bibliography/works.bib": work % ("old", "")}
    text = publish(link(edition, files))
    bib = work % ("new", ", formerly = {old}")
    renamed = {"bibliography/works.bib": bib, "content/essays/e.md": essay("One [@new, 7].")}
    assert ways(link(edition, {**renamed, "addresses.txt": text})) == {"sources/old/": ("formerly", "sources/new/")}


@pytest.mark.parametrize(
    ("line", "way"),
    [
        ("essays/e/#fn:b_other", ("lost", "")),
        ("essays/e/#fn:b_other gone 2026-11-30", ("gone", "")),
        ("essays/e/#fn:b_other -> #fn:a_one", ("alias", "essays/e/#fn:a_one")),
        ("essays/e/#fn:b_other -> essays/f/#fn:a_two", ("moved", "essays/f/#fn:a_two")),
        ("essays/e/#fn:b_other -> #fn:b_nowhere", ("lost", "")),
        ("essays/e/#fn:b_other -> #fn:b_other", ("lost", "")),
        ("essays/g/ | G", ("lost", "")),
        ("essays/g/ gone 2026 -> essays/f/ | G", ("gone", "")),
        ("essays/g/ -> essays/f/", ("moved", "essays/f/")),
        ("essays/g/ -> essays/h/", ("lost", "")),
        ("sources/a/3/", ("formerly", "sources/a/")),
        ("sources/z/3/", ("lost", "")),
    ],
)
def test_an_editor_says_where_an_address_leads(edition: Edition, line: str, way: tuple[str, str]) -> None:
    files = {
        "content/essays/e.md": essay("One [@a]."),
        "content/essays/f.md": essay("Two [@a]."),
        "addresses.txt": line,
    }
    assert ways(link(edition, {**files, "content/sources/a.yml": SOURCE})) == {line.split(maxsplit=1)[0]: way}


def test_notes_of_a_page_that_moved_are_found_on_the_page_it_leads_to(edition: Edition) -> None:
    files = {"content/essays/f.md": essay("Two more [@a]."), "content/sources/a.yml": SOURCE}
    lines = "essays/e/ -> essays/f/\nessays/e/#fn:a_two\n"
    assert ways(link(edition, {**files, "addresses.txt": lines})) == {
        "essays/e/": ("moved", "essays/f/"),
        "essays/e/#fn:a_two": ("alias", "essays/f/#fn:a_two-more"),
    }


def test_the_notes_of_a_page_are_entered_in_the_order_of_its_record(edition: Edition) -> None:
    files = {"content/essays/e.md": essay("One [@a]. Two [@a]. Three [@a]."), "content/sources/a.yml": SOURCE}
    shown = PublishedPage("essays/e/", "E", ("fn:a_three", "fn:a_other", "fn:a_one", "fn:a_two"))
    (page,) = order_anchors([shown], link(edition, files))
    assert page.anchors == ("fn:a_one", "fn:a_two", "fn:a_three", "fn:a_other")


def test_a_heading_answers_to_the_words_that_it_had_before(edition: Edition) -> None:
    def write(*titles: str) -> str:
        return essay("\n\n".join(f"## {title}\n\nText [@a]." for title in titles))

    files = {"content/sources/a.yml": SOURCE, "addresses.txt": ""}
    for titles in (("One", "Two"), ("One", "Second"), ("One", "The second")):
        linked = link(edition, {**files, "content/essays/e.md": write(*titles)})
        files["addresses.txt"] = publish(linked, files["addresses.txt"])
    assert {old: end for old, end in ways(linked).items() if "#fn:" not in old} == {
        "essays/e/#two": ("alias", "essays/e/#the-second"),
        "essays/e/#second": ("alias", "essays/e/#the-second"),
    }
    linked = link(edition, {**files, "content/essays/e.md": write("One")})
    assert ways(linked)["essays/e/#two"] == ("lost", "")
    files["addresses.txt"] += "essays/e/#the-second -> #one\n"
    linked = link(edition, {**files, "content/essays/e.md": write("One")})
    assert ways(linked)["essays/e/#two"] == ("alias", "essays/e/#one")


def test_nothing_is_taken_out_of_a_ledger_and_comments_stay_where_they_were() -> None:
    text = "# Mine\n\n# of z\nz/ | Z\nz/#fn:old\nz/#fn:two\n# of a\na/ gone 2026 | A\nnot an address\n"
    added = add_published(text, [PublishedPage("z/", "New", ("fn:one", "fn:two", "fn:three"), {"fn:old": "fn:one"})])
    assert added == (
        "# Mine\n# of a\na/ gone 2026 | A\nnot an address\n"
        "# of z\nz/ | New\nz/#fn:one\nz/#fn:old -> #fn:one\nz/#fn:two\nz/#fn:three\n"
    )


def test_a_key_that_ends_in_index_is_no_index() -> None:
    assert site_address("sources/price-index.md") == "sources/price-index/"
    assert site_address("sources/index.md") == "sources/"
    assert site_address("index.md") == "./"
    assert address("sources/price-index.md", "essays/e.md") == "../../sources/price-index/"
    assert address("index.md", "essays/e.md") == "../../"
    assert address_of("https://example.org", "sources/price-index.md") == "https://example.org/sources/price-index/"


def test_a_link_to_a_note_by_its_old_label_still_finds_it(edition: Edition) -> None:
    files = {
        "content/essays/e.md": essay("One more [@a]. See [there](note:a_one)."),
        "content/essays/f.md": essay("See [there](note:e/a_one), and [nowhere](note:e/a_two)."),
        "content/sources/a.yml": SOURCE,
    }
    e, f = PageId("essay", "e"), PageId("essay", "f")
    assert link(edition, files).note_index.find_call(e, "a_one") is None
    index = link(edition, {**files, "addresses.txt": "essays/e/#fn:a_one\n"}).note_index
    found = index.find_call(e, "a_one")
    assert found is not None
    assert (found.label, index.find_call(f, "e/a_one"), index.find_call(f, "e/a_two")) == ("a_one-more", found, None)


def test_two_branches_that_published_are_joined_without_a_conflict(tmp_path: Path) -> None:
    def git(*arguments: str) -> None:
        names = ["-c", "user.name=An Editor", "-c", "user.email=a@example.org"]
        subprocess.run(["git", *names, *arguments], cwd=tmp_path, check=True, capture_output=True)

    def enter(*pages: PublishedPage) -> None:
        ledger = tmp_path / "addresses.txt"
        before = ledger.read_text(encoding="utf-8") if ledger.exists() else ""
        ledger.write_text(add_published(before, pages), encoding="utf-8")
        git("add", ".")
        git("commit", "--quiet", "-m", "Publish")

    git("init", "--quiet", "--initial-branch=main")
    (tmp_path / ".gitattributes").write_bytes((PROJECT / ".gitattributes").read_bytes())
    enter(PublishedPage("a/", "A", ("fn:one",)))
    git("switch", "--quiet", "-c", "other")
    enter(PublishedPage("a/", "A", ("fn:one", "fn:two")), PublishedPage("b/", "B", ()))
    git("switch", "--quiet", "main")
    enter(PublishedPage("a/", "New", ("fn:uno", "fn:three"), {"fn:one": "fn:uno"}))
    git("merge", "--quiet", "other")
    entries, findings = parse_ledger((tmp_path / "addresses.txt").read_text(encoding="utf-8"))
    assert findings == []
    assert {entry.address: entry.target for entry in entries} == {
        "a/": "", "a/#fn:one": "a/#fn:uno", "a/#fn:two": "", "a/#fn:uno": "", "a/#fn:three": "", "b/": "",
    }  # fmt: skip
