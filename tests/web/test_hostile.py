"""Text of a record is text everywhere: an edition made from the schemas, opened page by page in a browser.

Its twin has the same fields with harmless words. So each element and attribute that the twin lacks is an attack's, and
whatever text a reader, a program or a book is given ends with the mark that was written behind it.
"""

from __future__ import annotations

import csv
import dataclasses
import io
import json
import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote
from xml.etree import ElementTree

import pytest
from playwright.sync_api import Browser, BrowserContext

from conftest import serve
from dosje.checking.edition import check_edition
from dosje.edition.history import Change
from dosje.edition.titles import title_of
from dosje.reading.kinds import kinds_kept_in
from dosje.reading.settings import Settings
from dosje.values.page_id import PageId
from dosje.web.feed import make_feed
from hostile import (
    EVERY,
    FIXED_SETTINGS,
    NOT_USED,
    SLOTS,
    TEXT_SETTINGS,
    VARIANTS,
    Built,
    build_hostile,
    fields_of_records,
    squeeze,
)
from waiting import wait_for_page
from watching import FOREIGN, watch

pytestmark = pytest.mark.browser
ATOM = "{http://www.w3.org/2005/Atom}"
# For the search and the lookup alone, for books, or what styles and themes have no place for.
NOT_ON_PAGES = {"bib.addendum", "bib.keywords", "bib.note", "settings.site_author"} | NOT_USED
# Counts of each element with the names of its attributes, as a browser reads the page, without running it.
READ = """async addresses => Promise.all(addresses.map(async address => {
  const page = new DOMParser().parseFromString(await (await fetch(address)).text(), "text/html")
  const shape = {}
  for (const one of page.querySelectorAll("*")) {
    const name = one.localName + "[" + [...one.attributes].map(a => a.name).sort().join() + "]"
    shape[name] = (shape[name] || 0) + 1
  }
  for (const script of page.querySelectorAll("script")) script.remove()
  const told = [...page.querySelectorAll("meta[content], [data-value]")].map(m => m.content || m.dataset.value)
  return [shape, page.documentElement.textContent, told.join(" ")]
}))"""


@pytest.fixture(scope="module")
def site(built_hostile: Built) -> Iterator[str]:
    with serve(built_hostile.root / "site") as address:
        yield address


@pytest.fixture(scope="module")
def twin_site(built_hostile: Built) -> Iterator[str]:
    with serve(built_hostile.twin_root / "site") as address:
        yield address


@pytest.fixture
def context(browser: Browser) -> Iterator[BrowserContext]:
    context = browser.new_context()
    yield context
    context.close()


def read(context: BrowserContext, address: str, pages: list[str]) -> dict[str, tuple[dict[str, int], str, str]]:
    page = context.new_page()
    page.goto(f"{address}feed.none")
    found = page.evaluate(READ, [address + name for name in pages])
    page.close()
    return dict(zip(pages, map(tuple, found), strict=True))


def test_each_text_field_of_the_schemas_is_attacked_by_each_payload(built_hostile: Built) -> None:
    assert len(EVERY) <= VARIANTS * SLOTS and len(built_hostile.pages) <= 200
    assert built_hostile.made.products > 10_000
    fields = fields_of_records()
    assert {"person.name.family", "meeting.participants.role", "source.witnesses.pages", "essay.summary"} <= set(fields)
    assert {"archive.abbreviations.meaning", "settings.site_name", "bib.title", "bib.publisher"} <= set(fields)


def test_each_setting_is_said_to_be_text_or_not() -> None:
    settings = {one.name for one in dataclasses.fields(Settings) if one.type in ("str", "tuple[str, ...]")}
    assert settings - FIXED_SETTINGS - set(TEXT_SETTINGS) == set(), "say in tests/hostile.py whether these are text"


def more_than_twins(context: BrowserContext, pages: list[str], site: str, twin_site: str) -> dict[str, Counter[str]]:
    """Return by page the elements and attributes that its twin has not, or less often."""
    found, twins = read(context, site, pages), read(context, twin_site, pages)
    more = {name: Counter(found[name][0]) - Counter(twins[name][0]) for name in pages}
    return {name: shape for name, shape in more.items() if shape}


def test_no_page_has_an_element_or_attribute_that_its_twin_lacks(
    context: BrowserContext, built_hostile: Built, site: str, twin_site: str
) -> None:
    found, twins = read(context, site, built_hostile.pages), read(context, twin_site, built_hostile.pages)
    more = {name: Counter(found[name][0]) - Counter(twins[name][0]) for name in found}
    # Which unit of a file is the first, and has none before it, is decided by its words. All together are as many.
    beside = {"li[]", "a[href]"}
    assert {name: shape for name, shape in more.items() if not name.startswith("sources/") and shape} == {}
    assert {name: shape for name, shape in more.items() if set(shape) - beside} == {}
    shapes = [Counter(shape) for shape, *_ in found.values()]
    assert sum(shapes, Counter[str]()) - sum((Counter(one[0]) for one in twins.values()), Counter[str]()) == Counter()


@pytest.mark.long
def test_each_payload_alone_in_each_field_is_text(context: BrowserContext, tmp_path: Path) -> None:
    build_hostile(tmp_path, variants=len(EVERY), slots=1)
    built, shapes, twins = Built(tmp_path, variants=len(EVERY), slots=1), Counter[str](), Counter[str]()
    with serve(built.root / "site") as site, serve(built.twin_root / "site") as twin_site:
        for at in range(0, len(built.pages), 50):
            pages = built.pages[at : at + 50]
            for name, (shape, text, told) in read(context, site, pages).items():
                shapes.update(shape)
                for part, is_rich in ((text, False), (told, True)):
                    assert built.fields_in(part, is_rich=is_rich)[1] == {}, name
            for shape, *_ in read(context, twin_site, pages).values():
                twins.update(shape)
    # All together: which unit of a file is the first, and has none before it, is decided by its words.
    assert shapes - twins == Counter()


def test_whatever_is_shown_of_a_text_is_all_of_it_as_it_was_written(
    context: BrowserContext, built_hostile: Built, site: str
) -> None:
    shown: set[str] = set()
    for name, (_, text, told) in read(context, site, built_hostile.pages).items():
        for part, is_rich in ((text, False), (told, True)):
            found, torn = built_hostile.fields_in(part, is_rich=is_rich)
            assert torn == {}, name
            shown |= found
    assert {where for where, _ in built_hostile.made.texts.values()} - shown == NOT_ON_PAGES


def test_no_page_does_what_a_text_says(context: BrowserContext, built_hostile: Built, site: str) -> None:
    page = context.new_page()
    seen = watch(page)
    for name in built_hostile.pages:
        if re.search(r"(^|/)old-", name):
            continue  # it leads on at once, and has no script
        page.goto(site + name, wait_until="load")
        foreign, _ = page.evaluate(FOREIGN)
        assert foreign == [], name
    assert seen == []


ASKED = ("<img src=x onerror=alert(1)>", "Kapo to Hoxha, <script>alert(1)</script>, fl. 3", "javascript:alert(1)",
         "P //evil.invalid/x file:///etc/passwd to P, 1960", "{{ 7*7 }} (a+)+$ [z-a]", "Тирана 1960")  # fmt: skip


def test_answers_of_search_and_lookup_note_cards_and_drawer_are_text(
    context: BrowserContext, built_hostile: Built, site: str
) -> None:
    page = context.new_page()
    seen = watch(page)
    names = [built_hostile.made.texts[mark][1] for mark, (where, _) in built_hostile.made.texts.items()
             if where in ("source.title", "bib.title")]  # fmt: skip
    page.goto(f"{site}lookup/index.html")
    page.locator("#dosje-query").wait_for()
    for asked in (*ASKED, *names[:6]):
        page.locator("#dosje-query").fill(asked)
        page.locator("#dosje-query").press("Enter")
        page.wait_for_timeout(80)
        assert page.evaluate(FOREIGN)[0] == [], asked
    for asked in (*ASKED, "onerror alert", "person"):
        page.goto(f"{site}search/index.html?q={quote(asked)}")
        wait_for_page(page, "document.querySelector('#dosje-said').textContent.trim() != ''")
        assert page.evaluate(FOREIGN)[0] == [], asked
    page.locator("#dosje-results li").first.wait_for()
    assert page.evaluate(NOT_WRITTEN) == []
    page.set_viewport_size({"width": 390, "height": 800})
    page.goto(f"{site}meetings/meeting-1/index.html")
    page.locator("a.footnote-ref").first.click()
    page.keyboard.press("Escape")
    page.get_by_label("Ways through the edition").click()
    assert page.evaluate(FOREIGN)[0] == []
    assert seen == []


# Words in the sentences of results that their pages have not, without the stops that the search sets.
NOT_WRITTEN = """async () => (await Promise.all([...document.querySelectorAll("#dosje-results li")].map(async one => {
  one.querySelector(".dosje-there")?.remove()
  const answer = await fetch(one.querySelector("a.dosje-title").href)
  const text = new DOMParser().parseFromString(await answer.text(), "text/html").documentElement.textContent
  const words = one.querySelector("p").textContent.split(/\\s+/).map(word => word.replace(/[.\u2026]+$/, ""))
  return words.filter(word => !text.includes(word))
}))).flat()"""


def test_the_feed_parses_and_says_what_was_written(built_hostile: Built) -> None:
    linked = check_edition(built_hostile.root).linked
    assert linked is not None
    records = [record for kind in kinds_kept_in("files") for record in linked.corpus.by_kind[kind.name].values()]
    subjects = [EVERY[index % len(EVERY)] for index in range(len(records))]
    changes = [
        Change(record.located.path, "2026-02-03T10:00:00Z", str(index), subject, "changed")
        for index, (record, subject) in enumerate(zip(records, subjects, strict=True))
    ]

    def name(page: PageId) -> str:
        record = linked.record(page)
        return title_of(record) if record else ""

    entries = ElementTree.fromstring(make_feed(linked, name, changes)).findall(f"{ATOM}entry")
    assert len(entries) == min(len(records), 100) > 15
    for entry, record, subject in zip(entries, records, subjects, strict=False):
        assert squeeze(entry.findtext(f"{ATOM}title", "")) == squeeze(f"{title_of(record)}: changed")
        said = entry.findtext(f"{ATOM}summary", "")
        assert said == "".join(sign for sign in subject if sign >= " ")
        assert [one.tag.removeprefix(ATOM) for one in entry] == ["id", "title", "updated", "link", "summary"]


def test_what_pages_say_to_machines_parses_and_says_what_was_written(built_hostile: Built) -> None:
    site = built_hostile.root / "site"
    said = []
    for name in built_hostile.pages:
        for found in re.findall(
            r'<script type="application/ld\+json">(.*?)</script>', (site / name).read_text("utf-8"), re.S
        ):
            said.append(json.loads(found))
    names = {squeeze(node["name"]) for node in said}
    texts = built_hostile.made.texts
    wanted = {
        where: text for where, text in texts.values() if where in ("place.name", "organisation.name", "archive.name")
    }
    assert {squeeze(text) for text in wanted.values()} <= names
    assert len(said) > 90 and all(node["@context"] == "https://schema.org" for node in said)
    addresses = [one.text or "" for one in ElementTree.parse(site / "sitemap.xml").iter() if one.tag.endswith("loc")]
    assert len(addresses) > 90 and all(re.fullmatch(r"https://example\.org/[\w/-]*", one) for one in addresses)


def test_lists_as_csv_hold_what_was_written_and_no_formula(built_hostile: Built) -> None:
    seen = set()
    for path in sorted((built_hostile.root / "site").rglob("*.csv")):
        rows = list(csv.reader(io.StringIO(path.read_text("utf-8-sig"), newline=""), strict=True))
        assert len({len(row) for row in rows}) == 1, path.name
        for cell in (cell for row in rows for cell in row):
            assert not re.match(r"[=+\-@\t\r]", cell), cell
            found = re.search(r"F\d+x\Z", cell)
            if found and found[0] in built_hostile.made.texts:
                where, text = built_hostile.made.texts[found[0]]
                seen.add(where)
                assert squeeze(cell.removeprefix("'")).endswith(squeeze(text)), where
    assert {"person.name.given", "meeting.title", "place.name", "organisation.abbreviation", "source.title"} <= seen
