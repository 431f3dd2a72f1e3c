"""Styles: each that is offered, one of the edition's own and one that only points to another build an edition."""

from __future__ import annotations

import pytest

from conftest import Edition
from dosje.checking.edition import check_edition
from dosje.citing.styles import _read_style
from dosje.reading.settings import DEFAULT_STYLE
from dosje.site.page_files import build_pages
from dosje.values.findings import format_findings
from rendering import plain_notes_of

pytestmark = pytest.mark.whole

FILES = {
    "content/places.yml": "tirana: {name: Tirana}\n",
    "content/archives.yml": "aqsh: {name: Archive, abbreviation: AQSH, place: tirana}\n",
    "content/sources/letter.yml": "{type: letter, title: L, author: Hysni Kapo, recipient: Enver Hoxha, "
    "date: 1960-06-24, repository: aqsh, reference: F. 14/AP, seen: original}\n",
    "content/sources/minutes.yml": "{type: minutes, title: Minutes, date: 1960-06-06, repository: aqsh, "
    "reference: F. 15/AP, seen: original}\n",
    "content/essays/e.md": "---\ntitle: E\n---\nOne [@letter, fl. 3]. Two [@split, 171]. Three [@letter, fl. 4]. "
    "Four [@minutes, fl. 2].\n",
    "bibliography/a.bib": "@book{split, author = {Lüthi, Lorenz}, title = {The Split}, publisher = {PUP}, "
    "date = {2008}, langid = {english}}\n",
}
OFFERED = (
    DEFAULT_STYLE,
    "chicago-notes-bibliography",
    "chicago-notes-bibliography-subsequent-ibid",
    "mhra-notes",
    "turabian-notes-bibliography",
    "oscola",
)


def notes(edition: Edition, config: str, **files: str) -> list[str]:
    """Return the notes of the small edition, which is built with this citation style."""
    root = edition(FILES | {"mkdocs.yml": f"site_name: A\n{config}\n", **files})
    checked = check_edition(root)
    assert not checked.has_errors, format_findings(checked.findings)
    build_pages(checked, lambda _: None)
    page = (root / ".build" / "pages" / "essays" / "e.md").read_text(encoding="utf-8")
    return plain_notes_of(page)


@pytest.mark.parametrize("style", [*OFFERED, "history-australia"])
def test_an_offered_style_and_one_that_points_to_another_name_every_source(style: str, edition: Edition) -> None:
    first, second, third, fourth = notes(edition, f"extra: {{dosje: {{citation_style: {style}}}}}")
    assert ("Kapo" in first, "Split" in second, "Kapo" in third, "Minutes" in fourth) == (True, True, True, True)
    assert third != first
    assert [note for note in (first, second, third, fourth) if not note.endswith(".")] == []


@pytest.mark.parametrize(
    "config",
    [
        "extra: {dosje: {citation_style: bibliography/own.csl}}",
        "plugins: {bibtex: {bib_dir: bibliography, csl_file: bibliography/own.csl}}",
    ],
)
def test_a_style_of_the_edition_lies_beside_its_bibliography(config: str, edition: Edition) -> None:
    own = _read_style(DEFAULT_STYLE, edition({}))
    named = f"extra: {{dosje: {{citation_style: {DEFAULT_STYLE}}}}}"
    assert notes(edition, config, **{"bibliography/own.csl": own}) == notes(edition, named)


@pytest.mark.parametrize(
    ("locale", "expected"),
    [
        ("fr-FR", ["à partir du 24 juin 1960", "années 1960", "été 1960", "24–26 juin 1960 (fin incertaine)"]),
        ("de-DE", ["ab dem 24. Juni 1960", "1960er Jahre", "Sommer 1960", "24.–26. Juni 1960 (Ende unsicher)"]),
    ],
)
def test_dates_that_csl_cannot_count_are_in_the_language_of_the_edition(
    locale: str, expected: list[str], edition: Edition
) -> None:
    dates = ("1960-06-24/..", "196X", "1960-22", "1960-06-24/1960-06-26?")
    files = {
        f"content/sources/s{at}.yml": f"{{type: report, title: Rapport, date: '{date}', repository: aqsh, "
        "reference: F. 1, seen: scan}\n"
        for at, date in enumerate(dates)
    }
    text = "---\ntitle: E\n---\n" + " ".join(f"T [@s{at}, fl. 1]." for at in range(len(dates))) + "\n"
    found = notes(edition, f"extra: {{dosje: {{locale: {locale}}}}}", **files, **{"content/essays/e.md": text})
    assert [date for date, note in zip(expected, found, strict=True) if date not in note.replace("\u00a0", " ")] == []


def test_elements_that_a_style_names_in_a_comment_are_none(edition: Edition) -> None:
    own = _read_style(DEFAULT_STYLE, edition({}))
    remark = "<!-- <citation> <layout suffix='!'> and <bibliography> --><citation"
    config = "extra: {dosje: {citation_style: bibliography/own.csl}}"
    told = own.replace("<citation", remark, 1).replace("</citation>", "</citation><!-- <bibliography> -->", 1)
    assert told.count("<!--") >= own.count("<!--") + 2
    found = notes(edition, config, **{"bibliography/own.csl": told})
    assert found == notes(edition, config, **{"bibliography/own.csl": own})


def test_a_style_that_cites_in_the_text_is_a_finding_that_says_so(edition: Edition) -> None:
    checked = check_edition(edition(FILES | {"mkdocs.yml": "site_name: A\nextra: {dosje: {citation_style: apa}}\n"}))
    assert format_findings(checked.findings) == (
        'mkdocs.yml:1:1: settings: "apa" is an in-text style; an edition needs a note style (class="note")\n'
        "  hint: name a CSL note style under extra: dosje: citation_style:"
    )
