"""Archival ibid: a table of notes as they are written and as they are printed, and the ways to the full note."""

from __future__ import annotations

import re
from typing import Any

import pytest

from conftest import Edition, load_cases
from dosje.checking.edition import check_edition
from dosje.values.findings import format_findings
from dosje.web.page_maker import PageMaker
from rendering import notes_of, plain_notes_of

pytestmark = pytest.mark.whole

CASES: list[dict[str, Any]] = load_cases("ibid.yml")
SOURCES = {
    "fonds": "{type: fonds, level: fonds, title: Fonds, reference: F. 14, repository: aqsh}",
    "ou": "{type: series, level: series, title: OU, reference: 'F. 14/AP, OU', part_of: fonds}",
    "mpkk": "{type: series, level: series, title: MPKK, reference: F. 14/AP-MPKK, part_of: fonds}",
    "file-5": "{type: file, level: file, title: File five, year: 1960, file: 5, part_of: ou}",
    "file-6": "{type: file, level: file, title: File six, year: 1960, file: 6, part_of: ou}",
    "file-61": "{type: file, level: file, title: File of 1961, year: 1961, file: 6, part_of: ou}",
    "file-4": "{type: file, level: file, title: File four, year: 1960, file: 4, part_of: mpkk}",
    "kapo": "{type: letter, title: K, author: hysni, recipient: enver, date: 1960-06-24, part_of: file-5}",
    "hoxha": "{type: letter, title: H, author: enver, recipient: hysni, date: 1960-06-25, part_of: file-5}",
    "plenum": "{type: minutes, title: Records of the plenum, date: 1960-12-19, part_of: file-6}",
    "congress": "{type: minutes, title: Records of the congress, date: 1961-02-20, part_of: file-61}",
    "talks": "{type: minutes, title: Records of the talks, date: 1960-09-22, part_of: file-4}",
}
FILES = {f"content/sources/{key}.yml": f"{text[:-1]}, seen: scan}}" for key, text in SOURCES.items()} | {
    "content/persons/hysni.yml": "name: {family: Kapo, given: Hysni}\n",
    "content/persons/enver.yml": "name: {family: Hoxha, given: Enver}\n",
    "content/places.yml": "tirana: {name: Tirana}\n",
    "content/archives.yml": "aqsh: {name: Archive, abbreviation: AQSH, place: tirana, "
    "labels: {year: V., file: D., folio: fl.}}\n",
    "bibliography/a.bib": "@book{book, author = {Lüthi, Lorenz}, title = {The Split}, "
    "publisher = {Princeton University Press}, date = {2008}, langid = {english}}\n",
}


def render(edition: Edition, notes: list[str], settings: str = "") -> str:
    """Return the page of an essay with these notes."""
    text = "\n\n".join(f"Text [{note}]." if note.startswith(("@", "see")) else note for note in notes)
    files = {
        "mkdocs.yml": f"site_name: A\nextra: {{dosje: {{{settings}}}}}\n",
        "content/essays/e.md": f"---\ntitle: E\n---\n{text}\n",
    }
    checked = check_edition(edition(FILES | files))
    assert checked.linked and checked.style, format_findings(checked.findings)
    return PageMaker(checked.linked, checked.style).make_pages(["essays/e.md"])[0]["essays/e.md"]


@pytest.mark.parametrize("case", CASES, ids=[case["name"] for case in CASES])
def test_the_notes_are_those_of_the_table(case: dict[str, Any], edition: Edition) -> None:
    assert plain_notes_of(render(edition, case["notes"])) == case["printed"]


def test_without_archival_ibid_the_style_alone_decides(edition: Edition) -> None:
    page = render(edition, ["@kapo, fl. 40", "@kapo, fl. 41"], "archival_ibid: false")
    assert plain_notes_of(page)[1] == "Kapo to Hoxha, 24 June 1960, fl. 41."


def test_the_language_of_the_edition_has_its_own_word(edition: Edition) -> None:
    page = render(edition, ["@kapo, fl. 40", "@kapo, fl. 41"], "locale: de-DE")
    assert plain_notes_of(page)[1] == "Ebd., fl. 41."


def test_each_shortened_note_leads_to_the_note_with_the_full_reference(edition: Edition) -> None:
    notes = ["@kapo, fl. 40", "@hoxha, fl. 44", "@file-6, fl. 3", "@book, 3", "@hoxha, fl. 45; @book, 4"]
    ways = [
        re.findall(r'<a href="#fn:([^"]*)" title="Note (\d+) has the full reference">n\. \2</a>', line)
        for line in notes_of(render(edition, notes)).values()
    ]
    kapo, hoxha, book = ("kapo-folio-40_text", "1"), ("hoxha-folio-44_text", "2"), ("book-page-3_text", "4")
    assert ways == [[], [kapo], [kapo], [], [hoxha, book]]


def test_a_card_shows_the_full_reference_of_every_shortened_note(edition: Edition) -> None:
    lines = list(notes_of(render(edition, ["@kapo, fl. 40", "@file-6, fl. 3"])).values())
    full = lines[1].split('<span class="dosje-full" hidden>')[1]
    assert re.sub(r"<[^>]*>", "", full) == "File six, AQSH, Tirana, F. 14/AP, OU, V. 1960, D. 6, fl. 3."


def test_a_note_elsewhere_is_named_by_its_number(edition: Edition) -> None:
    edition({"content/essays/f.md": "---\ntitle: F\n---\nOne [@book, 3]. Two.[^why]\n\n[^why]: For this [@book, 5].\n"})
    notes = ["See [the other essay](note:f/why), here [](note:book-page-9).", "@book, 9"]
    notes.append("And.[^own]\n\n[^own]: As in [it](note:f/book-page-3).")
    page = render(edition, notes)
    there, here = '<a href="f.md#fn:note-why">the other essay, n. 2</a>', '<a href="#fn:book-page-9_text">n. 1</a>'
    assert f"See {there}, here {here}." in page
    assert notes_of(page)["note-own"] == 'As in <a href="f.md#fn:book-page-3_one">it, n. 1</a>.'


@pytest.mark.parametrize("style", ["chicago-notes-bibliography", "mhra-notes", "turabian-notes-bibliography", "oscola"])
def test_in_every_style_offered_ibid_is_followed_by_the_leaf_alone(style: str, edition: Edition) -> None:
    page = render(edition, ["@kapo, fl. 40", "@kapo, fl. 41", "@file-6, fl. 3"], f"citation_style: {style}")
    assert [note.rstrip(".") for note in plain_notes_of(page)[1:]] == ["Ibid., fl. 41", "Ibid., D. 6, fl. 3"]
