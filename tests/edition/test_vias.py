"""Through which works a source is known: the place that goes with the leaf of a cite."""

from __future__ import annotations

import pytest

from conftest import Edition
from dosje.edition.links import link_corpus
from dosje.reading.record_files import read_corpus
from dosje.reading.settings_file import read_settings
from dosje.values.citations import parse_citation
from dosje.values.locators import format_locator
from dosje.values.page_id import PageId

FILES = {
    "mkdocs.yml": "site_name: A\n",
    "bibliography/a.bib": (
        "@book{marku, title = {M}}\n@book{luthi, title = {L}}\n"
        "@misc{work, title = {W}, seen = {via}, via = {[@marku, 5]}}\n"
        "@misc{leaves, title = {X}, seen = {via}, via = {167–168: [@marku, n. 26]; rest: [@marku, n. 17]; "
        "171: [@marku, n. 36; @marku, n. 49]}}\n"
    ),
    "content/sources/whole.yml": "{type: letter, title: A, seen: via, via: '[@marku, n. 50]'}\n",
    "content/sources/several.yml": "{type: letter, title: B, seen: via, via: '[@marku, n. 50; @marku, n. 51]'}\n",
    "content/sources/parted.yml": """
        type: minutes
        title: C
        seen: via
        via:
          fl. 1: "[@marku, n. 43]"
          fl. 83–86, 90: "[@marku, n. 46]"
          fl. 1–85: "[@marku, n. 48]"
          fl. 73: "[@marku, n. 51; @luthi, 170]"
    """,
    "content/sources/rest.yml": (
        "{type: letter, title: D, seen: via, via: {fl. 3: '[@marku, n. 1]', rest: '[@luthi, 9]'}}\n"
    ),
    "content/sources/seen.yml": "{type: letter, title: E, seen: scan}\n",
}


def fitting(edition: Edition, text: str) -> list[str]:
    settings, _ = read_settings(edition(FILES))
    assert settings
    corpus, _ = read_corpus(settings)
    (cite,) = parse_citation(f"[@{text}]").cites
    found = link_corpus(corpus).vias.fitting(cite)
    return [f"{one.key} {format_locator(one.locator) if one.locator else ''}".strip() for one in found]


@pytest.mark.parametrize(
    ("cite", "expected"),
    [
        ("whole", ["marku n. 50"]),
        ("whole, fl. 3", ["marku n. 50"]),
        ("several, fl. 3", ["marku n. 50", "marku n. 51"]),
        # These very leaves, else the fewest around them, else all that share one.
        ("parted, fl. 1", ["marku n. 43"]),
        ("parted, fl. 73", ["marku n. 51", "luthi 170"]),
        ("parted, fl. 1, 73", ["marku n. 43", "marku n. 51", "luthi 170"]),
        ("parted, fl. 2", ["marku n. 48"]),
        ("parted, fl. 84", ["marku n. 46"]),
        ("parted, fl. 90", ["marku n. 46"]),
        ("parted, fl. 1–85", ["marku n. 48"]),
        ("parted, fl. 86–100", ["marku n. 46"]),
        ("parted", ["marku n. 43", "marku n. 46", "marku n. 48", "marku n. 51", "luthi 170"]),
        # No place goes with this leaf, and none is guessed.
        ("parted, fl. 200", []),
        ("rest, fl. 3", ["marku n. 1"]),
        ("rest, fl. 4", ["luthi 9"]),
        ("rest, n. 7", ["luthi 9"]),
        # Without a leaf what holds for the rest, if anything is said to.
        ("rest", ["luthi 9"]),
        ("work", ["marku 5"]),
        # A .bib entry says it by leaf in one text; the ends of ranges may be short.
        ("leaves, 167–68", ["marku n. 26"]),
        ("leaves, 171", ["marku n. 36", "marku n. 49"]),
        ("leaves, 12", ["marku n. 17"]),
        ("leaves", ["marku n. 17"]),
        ("seen, fl. 3", []),
        ("marku, 3", []),
    ],
)
def test_a_cite_is_known_through_the_place_that_goes_with_its_leaf(
    cite: str, expected: list[str], edition: Edition
) -> None:
    assert fitting(edition, cite) == expected


def test_what_is_said_by_leaf_calls_one_note_that_is_named_as_one_of_the_whole(edition: Edition) -> None:
    settings, _ = read_settings(edition(FILES))
    assert settings
    linked = link_corpus(read_corpus(settings)[0])
    labels = {
        key: [call.label for call in linked.calls_by_page[PageId("source", key)]] for key in ("parted", "several")
    }
    assert labels == {
        "parted": ["marku-note-43--marku-note-46--marku-note-48--etc_via"],
        "several": ["marku-note-50--marku-note-51_via"],
    }
