"""A note says through which work a source is known that nobody has seen, once, where the edition wants it."""

from __future__ import annotations

import pytest

from conftest import Edition
from dosje.checking.edition import check_edition
from dosje.values.findings import format_findings
from dosje.web.page_maker import PageMaker
from rendering import notes_of, plain_notes_of

FILES = {
    "content/archives.yml": "aqsh: {name: Archive, abbreviation: AQSH, labels: {file: D., folio: fl.}}\n",
    "content/persons/hysni.yml": "name: {family: Kapo, given: Hysni}\n",
    "content/persons/enver.yml": "name: {family: Hoxha, given: Enver}\n",
    "content/sources/file.yml": "{type: file, level: file, title: F, file: 1, repository: aqsh, seen: scan}\n",
    "content/sources/kapo.yml": (
        "{type: letter, title: K, author: hysni, recipient: enver, date: 1960-06-24, part_of: file, seen: via, "
        "via: {fl. 40: '[@marku, n. 50]', fl. 41–44: '[@marku, n. 54]'}}\n"
    ),
    "content/sources/hoxha.yml": (
        "{type: letter, title: H, author: enver, recipient: hysni, date: 1960-06-25, part_of: file, seen: via, "
        "via: '[@marku, n. 55]'}\n"
    ),
    "content/sources/scan.yml": "{type: minutes, title: Minutes, date: 1961, part_of: file, seen: scan}\n",
    "bibliography/a.bib": (
        "@book{marku, author = {Marku, Ylber}, title = {Crisis}, publisher = {P}, date = {2019}, langid = {english}}\n"
        "@book{luthi, author = {Lüthi, Lorenz}, title = {Split}, publisher = {P}, date = {2008}, langid = {english}}\n"
    ),
}
KAPO, HOXHA = (
    "Hysni Kapo to Enver Hoxha, 24 June 1960, AQSH, D. 1",
    "Enver Hoxha to Hysni Kapo, 25 June 1960, AQSH, D. 1",
)
MARKU = "Ylber Marku, Crisis (P, 2019)"
IBID = "chicago-notes-bibliography-subsequent-ibid"


def print_notes(edition: Edition, notes: list[str], settings: str = "via_in_notes: true") -> str:
    """Return the page of an essay with these notes."""
    text = "\n\n".join(note if note.startswith("Text") else f"Text [{note}]." for note in notes)
    files = {
        "mkdocs.yml": f"site_name: A\nextra: {{dosje: {{{settings}}}}}\n",
        "content/essays/e.md": f"---\ntitle: E\n---\n{text}\n",
    }
    checked = check_edition(edition(FILES | files))
    assert checked.linked and checked.style, format_findings(checked.findings)
    return PageMaker(checked.linked, checked.style).make_pages(["essays/e.md"])[0]["essays/e.md"]


@pytest.mark.parametrize(
    ("notes", "expected"),
    [
        (["@kapo, fl. 40"], [f"{KAPO}, fl. 40, cited in {MARKU}, n. 50."]),
        (["@kapo, fl. 40; @kapo, fl. 42"], [f"{KAPO}, fl. 40, 42, cited in {MARKU}, nn. 50, 54."]),
        # Once in a note, behind the last that it stands for.
        (
            ["@kapo, fl. 40; @hoxha; @luthi, 3"],
            [
                f"{KAPO}, fl. 40; Enver Hoxha to Hysni Kapo, 25 June 1960, ibid.; cited in {MARKU}, nn. 50, 55; "
                "Lorenz Lüthi, Split (P, 2008), 3."
            ],
        ),
        # Not where the work stands in the note anyway, nor for what was seen.
        (["@kapo, fl. 40; @marku, n. 50"], [f"{KAPO}, fl. 40; {MARKU}, n. 50."]),
        (["@scan, fl. 2"], ["Minutes, 1961, AQSH, D. 1, fl. 2."]),
        # What its author wrote comes first, and a sentence of his ends.
        (["@kapo, fl. 40, on the vote"], [f"{KAPO}, fl. 40, on the vote, cited in {MARKU}, n. 50."]),
        (["@kapo, fl. 40, with errors."], [f"{KAPO}, fl. 40, with errors. Cited in {MARKU}, n. 50."]),
        # The work is in full where it stands first, then short.
        (
            ["@kapo, fl. 40", "@marku, n. 3", "@hoxha"],
            [
                f"{KAPO}, fl. 40, cited in {MARKU}, n. 50.",
                "Marku, Crisis, n. 3.",
                f"{HOXHA}, cited in Marku, Crisis, n. 55.",
            ],
        ),
        # An editor says it of one note, and says that it quotes.
        (["@kapo, fl. 40; via @luthi, 3"], [f"{KAPO}, fl. 40, cited in Lorenz Lüthi, Split (P, 2008), 3."]),
        (["@kapo, fl. 40; quoted via @luthi, 3"], [f"{KAPO}, fl. 40, quoted in Lorenz Lüthi, Split (P, 2008), 3."]),
        (
            ["@kapo, fl. 40; quoted via @luthi, 3; @marku, n. 5"],
            [f"{KAPO}, fl. 40, quoted in Lorenz Lüthi, Split (P, 2008), 3; {MARKU}, n. 5."],
        ),
        # Of a leaf with which no place goes, nothing is said.
        (["@kapo, fl. 99"], [f"{KAPO}, fl. 99."]),
        # Said for a cite alone.
        (
            ["@scan, fl. 2; via @luthi, 170"],
            ["Minutes, 1961, AQSH, D. 1, fl. 2, cited in Lorenz Lüthi, Split (P, 2008), 170."],
        ),
        (
            ["Text[^n].\n\n[^n]: So he says [@kapo, fl. 40]. Others differ."],
            [f"So he says {KAPO}, fl. 40, cited in {MARKU}, n. 50. Others differ."],
        ),
    ],
)
def test_a_note_says_through_which_work_a_source_is_known(
    notes: list[str], expected: list[str], edition: Edition
) -> None:
    assert plain_notes_of(print_notes(edition, notes)) == expected


def test_ibid_alone_stands_for_a_note_that_has_said_it_and_another_leaf_says_it_anew(edition: Edition) -> None:
    notes = ["@kapo, fl. 40", "@kapo, fl. 40", "@kapo, fl. 41"]
    assert plain_notes_of(print_notes(edition, notes, f"via_in_notes: true, citation_style: {IBID}")) == [
        f"Hysni Kapo to Enver Hoxha, 24 June 1960, D. 1, fl. 40, AQSH, cited in {MARKU}, n. 50.",
        "Ibid.",
        "Ibid., fl. 41, cited in Marku, Crisis, n. 54.",
    ]
    # A style without the word names the source again.
    assert plain_notes_of(print_notes(edition, notes[:2], "via_in_notes: true, archival_ibid: false"))[1] == (
        "Kapo to Hoxha, 24 June 1960, fl. 40, cited in Marku, Crisis, n. 50."
    )


def test_the_words_are_the_language_s_and_an_edition_without_the_setting_says_nothing(edition: Edition) -> None:
    assert (
        "zitiert nach Ylber Marku"
        in plain_notes_of(print_notes(edition, ["@hoxha"], "via_in_notes: true, locale: de-DE"))[0]
    )
    assert plain_notes_of(print_notes(edition, ["@hoxha"], "")) == [f"{HOXHA}."]


def test_a_note_that_shortens_the_work_leads_to_the_note_that_has_it_in_full(edition: Edition) -> None:
    first, second = notes_of(print_notes(edition, ["@kapo, fl. 40", "@scan; @hoxha"])).values()
    assert "dosje-first" not in first
    assert 'href="#fn:kapo-folio-40_text"' in second
    assert '<span class="dosje-full" hidden>' in second and MARKU.split(",", maxsplit=1)[0] in second
