"""What `dosje publish` enters in the ledger: what stands in the site that it publishes."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import pytest

from conftest import Edition
from dosje.checking.drafts import DraftsError
from dosje.edition.ledger import HEADER, PublishedPage
from dosje.reading.ledger import LEDGER_NAME
from dosje.reading.settings import Settings
from dosje.reading.settings_file import read_settings
from dosje.site.published import LedgerError, read_published
from dosje.stages import Listeners, publish_edition
from dosje.system.manifest import make_manifest, write_manifest

ESSAY = """<!doctype html><html><body><p id="frame"></p><article class="md-content__inner">
<h1 id="e">An <em>essay</em> &amp; more<a class="headerlink" href="#e">&para;</a></h1>
<p class="dosje-alias" id="old"></p>
<h2 id="new">New</h2>
<p>One.<span class="dosje-alias" id="fnref:a_old"></span><sup id="fnref:a_one"></sup></p>
<div class="footnote"><ol>
<li id="fn:a_one"><p><span class="dosje-alias" id="fn:a_old"></span><span class="dosje-alias" id="fn:a_&lt;"></span>A
<li id="fn:b_two"><p>B</p></li>
</ol></div></article></body></html>"""
SITE = {
    "index.html": "<article><h1>Home</h1></article>",
    "essays/e/index.html": ESSAY,
    "essays/before/index.html": '<body><p>It has moved: <a id="moved" href="../e/">E</a></p></body>',
    "persons/x/index.html": '<article><h1>X</h1><p class="dosje-gone">It is gone.</p></article>',
    "downloads/index.html": "<article><h1>Downloads</h1></article>",
    "other/index.html": "<body><h1>Of another theme</h1></body>",
    "404.html": "<article><h1>Not here</h1></article>",
}  # fmt: skip
# That nobody is told of drafts does not make them fit for readers.
MUTED = "site_name: A\nextra: {dosje: {severity: {draft-record: 'off'}}}\n"
ENTERED = """\
./ | Home
essays/e/ | An essay & more
essays/e/#fn:a_one
essays/e/#fn:b_two
essays/e/#fn:a_old -> #fn:a_one
essays/e/#fn:a_< -> #fn:a_one
other/ | Of another theme
"""


def built(edition: Edition, files: Mapping[str, str]) -> Settings:
    root = edition({**files, **{f"site/{path}": text for path, text in SITE.items()}})
    write_manifest(root / "site", make_manifest(root / "site"))
    settings, _ = read_settings(root)
    assert settings is not None
    return settings


def test_the_pages_of_a_site_are_read_with_their_titles_notes_and_aliases(edition: Edition) -> None:
    settings = built(edition, {})
    aliases = {"old": "new", "fn:a_old": "fn:a_one", "fn:a_<": "fn:a_one"}
    assert list(read_published(settings.root / "site")) == [
        PublishedPage("essays/e/", "An essay & more", ("new", "fn:a_one", "fn:b_two"), aliases),
        PublishedPage("./", "Home", ()),
        PublishedPage("other/", "Of another theme", ()),
    ]  # fmt: skip


def test_publishing_enters_what_is_published_and_says_so_once(edition: Edition, tmp_path: Path) -> None:
    settings = built(edition, {})
    told: list[str] = []
    for _ in range(2):
        publish_edition(settings, str(tmp_path / "public"), "origin", Listeners(tell=told.append))
        assert (settings.root / LEDGER_NAME).read_text(encoding="utf-8") == HEADER + ENTERED
    assert [line for line in told if LEDGER_NAME in line] == [
        "entered 7 addresses in addresses.txt; commit it: what was published is for ever"
    ]


def test_a_ledger_that_cannot_be_read_stops_it_before_anything_is_published(edition: Edition, tmp_path: Path) -> None:
    conflict = "<<<<<<< HEAD\nessays/a/\n=======\nessays/b/\n>>>>>>> b\n"
    settings = built(edition, {LEDGER_NAME: conflict})
    with pytest.raises(LedgerError, match=r"addresses\.txt:1:1: bad-address"):
        publish_edition(settings, str(tmp_path / "public"), "origin", Listeners())
    assert not (tmp_path / "public").exists()
    assert (settings.root / LEDGER_NAME).read_text(encoding="utf-8") == conflict


def test_what_was_entered_before_stays_if_nothing_can_be_published(edition: Edition, tmp_path: Path) -> None:
    settings = built(edition, {LEDGER_NAME: "essays/a/\n"})
    (tmp_path / "public").write_text("a file", encoding="utf-8")
    with pytest.raises((OSError, RuntimeError)):
        publish_edition(settings, str(tmp_path / "public"), "origin", Listeners())
    assert (settings.root / LEDGER_NAME).read_text(encoding="utf-8") == "essays/a/\n"


def test_publishing_keeps_the_ends_of_lines_of_the_ledger(edition: Edition, tmp_path: Path) -> None:
    settings = built(edition, {})
    (settings.root / LEDGER_NAME).write_bytes(b"# Mine\r\n./ | Home\r\n")
    publish_edition(settings, str(tmp_path / "public"), "origin", Listeners())
    expected = "# Mine\n" + ENTERED
    assert (settings.root / LEDGER_NAME).read_bytes() == expected.replace("\n", "\r\n").encode()


def test_a_ledger_that_is_a_link_stays_one(edition: Edition, tmp_path: Path) -> None:
    settings = built(edition, {})
    (settings.root / "content").mkdir(exist_ok=True)
    (settings.root / "content" / "ledger.txt").write_text("# Mine\n./ | Home\n", encoding="utf-8")
    (settings.root / LEDGER_NAME).unlink(missing_ok=True)
    (settings.root / LEDGER_NAME).symlink_to("content/ledger.txt")
    publish_edition(settings, str(tmp_path / "public"), "origin", Listeners())
    assert (settings.root / LEDGER_NAME).is_symlink()
    assert (settings.root / "content" / "ledger.txt").read_text(encoding="utf-8") == "# Mine\n" + ENTERED


def test_an_edition_with_drafts_is_published_only_on_purpose(edition: Edition, tmp_path: Path) -> None:
    files = {"content/persons/a.yml": "name: {family: A}\ndraft: true\n", "mkdocs.yml": MUTED}
    settings, target = built(edition, files), tmp_path / "public"
    with pytest.raises(DraftsError, match="the edition has a draft, person a: check what was imported"):
        publish_edition(settings, str(target), "origin", Listeners())
    assert not target.exists() and not (settings.root / LEDGER_NAME).exists()
    publish_edition(settings, str(target), "origin", Listeners(), allows_drafts=True)
    assert (target / "essays" / "e" / "index.html").is_file()
