"""Two sources whose short notes would be the same are told apart, or a finding says that they are not."""

from __future__ import annotations

import pytest

from conftest import Edition
from dosje.checking.edition import check_edition
from dosje.reading.settings import DEFAULT_STYLE
from dosje.values.findings import format_findings
from dosje.web.page_maker import PageMaker
from rendering import plain_notes_of

BIB = """
@book{smith, author = {Smith, John}, title = {Memoirs}, date = {2000}, langid = {english}}
@book{ann, author = {Smith, Ann}, title = {Memoirs}, date = {2001}, langid = {english}}
@book{one, author = {Lane, Mary}, title = {A life: the first part}, date = {1990}, langid = {english}}
@book{two, author = {Lane, Mary}, title = {A life: the second part}, date = {1990}, langid = {english}}
@book{edited, editor = {Moor, Peter}, title = {Letters}, date = {1950}, langid = {english}}
@book{other, editor = {Moor, Paul}, title = {Letters}, date = {1951}, langid = {english}}
"""
UNITS = {
    "content/places.yml": "tirana: {name: Tirana}\n",
    "content/archives.yml": "aqsh: {name: Archive, abbreviation: AQSH, place: tirana}\n",
    "content/sources/noon.yml": "{type: letter, title: Noon, author: H Kapo, recipient: E Hoxha, date: 1960-06-24, "
    'repository: aqsh, reference: "F. 14, D. 5", folios: 3, seen: scan}\n',
    "content/sources/night.yml": "{type: letter, title: Night, author: H Kapo, recipient: E Hoxha, date: 1960-06-24, "
    'repository: aqsh, reference: "F. 14, D. 6", folios: 3–4, seen: scan}\n',
    "content/sources/june.yml": "{type: minutes, title: Minutes of the Politburo, date: 1960-06-06, "
    'repository: aqsh, reference: "F. 15, D. 7", seen: scan}\n',
    "content/sources/july.yml": "{type: minutes, title: Minutes of the Politburo, date: 1960-07-12, "
    'repository: aqsh, reference: "F. 15, D. 8", seen: scan}\n',
}


def notes(edition: Edition, style: str, *cites: str) -> list[str]:
    """Return the notes of a page with these citations."""
    text = "\n\n".join(f"T {cite}." for cite in cites)
    files = {
        "mkdocs.yml": f"site_name: A\nextra: {{dosje: {{citation_style: {style}}}}}\n",
        "bibliography/a.bib": BIB,
        "content/essays/e.md": f"---\ntitle: E\n---\n{text}\n",
    }
    checked = check_edition(edition(files | UNITS))
    assert checked.linked and checked.style, format_findings(checked.findings)
    assert "same-short-form" not in {finding.code for finding in checked.findings}
    pages, _ = PageMaker(checked.linked, checked.style).make_pages(["essays/e.md"])
    return plain_notes_of(pages["essays/e.md"])


@pytest.mark.parametrize(
    ("cites", "shorts"),
    [
        # CMOS 18, 13.36: given names; for editors too.
        (("@smith, 1", "@ann, 2", "@smith, 3", "@ann, 4"), ["John Smith, Memoirs, 3.", "Ann Smith, Memoirs, 4."]),
        (("@edited", "@other", "@edited, 3", "@other, 4"), ["Peter Moor, Letters, 3.", "Paul Moor, Letters, 4."]),
        # More of the title.
        (("@one", "@two", "@one, 3", "@two"), ["Lane, A Life: The First Part, 3.", "Lane, A Life: The Second Part."]),
        # Who is cited once has no short note, but could be meant by one.
        (("@smith", "@ann", "@smith, 3"), ["John Smith, Memoirs, 3."]),
        # One alone needs nothing.
        (("@smith", "@one", "@smith, 3"), ["Smith, Memoirs, 3."]),
        # Documents: the day, then where they lie.
        (("@june", "@july", "@june, fl. 2"), ["Minutes of the Politburo, 6 June 1960, fl. 2."]),
        (
            ("@noon", "@night", "@noon, fl. 3", "@night"),
            [
                "H Kapo to E Hoxha, 24 June 1960, F. 14, D. 5, fl. 3.",
                "H Kapo to E Hoxha, 24 June 1960, F. 14, D. 6, fl. 3–4.",
            ],
        ),
    ],
)
def test_what_is_alike_in_short_gets_what_tells_it_apart(
    cites: tuple[str, ...], shorts: list[str], edition: Edition
) -> None:
    found = notes(edition, DEFAULT_STYLE, *(f"[{cite}]" for cite in cites))
    assert found[-len(shorts) :] == shorts


def test_works_of_one_author_in_one_note_are_told_apart_where_a_style_gives_its_number(edition: Edition) -> None:
    together = notes(edition, "oscola", "[@one; @two]", "[@smith]", "[@one, 3]", "[@two, 4]")
    assert together[2:] == ["Lane, A life: The first part (n 1) 3.", "Lane, A life: The second part (n 1) 4."]
    assert notes(edition, "oscola", "[@one]", "[@two]", "[@one, 3]", "[@two, 4]")[2:] == [
        "Lane (n 1) 3.",
        "Lane (n 2) 4.",
    ]


def test_a_style_that_adds_letters_to_years_has_them_in_every_note_of_the_page(edition: Edition) -> None:
    found = notes(
        edition, "american-school-of-classical-studies-at-athens", "[@two, 1]", "[@smith]", "[@one, 2]", "[@two, 3]"
    )
    assert found == ["Lane 1990a, p. 1", "Smith 2000", "Lane 1990b, p. 2", "Lane 1990a, p. 3"]
