"""The archives of tests/cases/archives.yml: their documents are found by all of their reference, and by parts of it."""

from __future__ import annotations

import json
import re
from functools import cache
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory
from typing import Any

import pytest

from conftest import load_cases
from printed import PrintedEdition, found_in, print_edition

pytestmark = pytest.mark.whole

CASES: list[dict[str, Any]] = load_cases("archives.yml")
NAMES = [case["name"] for case in CASES]
_SUBSETS = 30


@cache
def edition_of(name: str) -> PrintedEdition:
    """Return the edition of a case: its archive and its units, and a page that cites them."""
    case = CASES[NAMES.index(name)]
    text = "\n\n".join(f"Text [{note}]." for note in case["notes"])
    files = {
        f"content/sources/{key}.yml": json.dumps({"type": "file", "seen": "original", **unit}, default=str)
        for key, unit in case["sources"].items()
    }
    files |= {
        "mkdocs.yml": f"site_name: A\nextra: {{dosje: {{{case.get('settings', '')}}}}}\n",
        "content/places.yml": "college-park: {name: 'College Park, MD'}\n",
        "content/archives.yml": json.dumps({"archive": case["archive"]}),
        "content/essays/e.md": f"---\ntitle: E\n---\n{text}\n",
    }
    with TemporaryDirectory() as folder:
        for path, content in files.items():
            (Path(folder) / path).parent.mkdir(parents=True, exist_ok=True)
            (Path(folder) / path).write_text(content, encoding="utf-8")
        return print_edition(Path(folder))


@pytest.mark.parametrize("name", NAMES)
def test_the_reference_that_the_site_prints_is_found_and_exact(name: str) -> None:
    edition = edition_of(name)
    faults = []
    for key, reference in edition.references.items():
        found = found_in(edition.ask(reference))
        if key not in found or (found[key] != "exact" and edition.is_alone(key, reference)):
            faults.append(f"{key}: {reference!r}: {found}")
    assert faults == []


@pytest.mark.parametrize("name", NAMES)
def test_a_first_note_names_its_source_surely(name: str) -> None:
    edition = edition_of(name)
    faults = []
    for key, words in edition.full.items():
        found = found_in(edition.ask(words))
        if key not in found or (found[key] != "exact" and edition.is_alone(key, words)):
            faults.append(f"{key}: {words!r}: {found}")
    assert faults == []


def parts_of(edition: PrintedEdition, key: str) -> list[str]:
    """Return what the first note of a source says, part by part: title, date, archive, units, leaves."""
    return [part.strip(" .") for part in re.split(r"[,;] |\. ", edition.full[key]) if part.strip(" .")]


def ask_for_parts(name: str, seed: str, count: int, *, is_mixed: bool) -> tuple[list[str], int]:
    """Return what is answered wrongly to `count` parts of each reference, and how often the source itself is named.

    `is_mixed`: some parts stand in another order, or in small letters.
    """
    edition = edition_of(name)
    faults = []
    named = 0
    for key in edition.full:
        rng = Random(f"{name}/{key}{seed}")
        parts = parts_of(edition, key)
        above = {key, *(unit.key for unit in edition.linked.chain(edition.linked.corpus.sources[key]))}
        inside = {part.key for part in edition.linked.parts_of_unit(key)}
        # In another order a number of the file may be read as a leaf, which a document of the file has.
        meant = above | inside if is_mixed else above
        for _ in range(count):
            kept = sorted(rng.sample(range(len(parts)), rng.randint(1, len(parts))))
            if is_mixed and rng.random() < 0.3:
                rng.shuffle(kept)
            text = ", ".join(parts[at] for at in kept)
            text = text.lower() if is_mixed and rng.random() < 0.2 else text
            found = found_in(edition.ask(text))
            wrong = {other for other, confidence in found.items() if confidence == "exact" and other not in above}
            named += key in found
            if not wrong <= inside or (found and not meant & set(found)):
                faults.append(f"{key}: {text!r}: {found}")
    return faults, named


@pytest.mark.parametrize("name", NAMES)
def test_part_of_what_a_reference_says_never_means_another_document_for_sure(name: str) -> None:
    faults, named = ask_for_parts(name, "", _SUBSETS, is_mixed=False)
    assert faults == []
    assert named > 0.2 * _SUBSETS * len(edition_of(name).full)  # it is no test of finding nothing


@pytest.mark.long
@pytest.mark.parametrize("seed", ["/1", "/2", "/3"])
@pytest.mark.parametrize("name", NAMES)
def test_part_of_a_reference_in_any_order_never_means_another_document_for_sure(name: str, seed: str) -> None:
    assert ask_for_parts(name, seed, 3 * _SUBSETS, is_mixed=True)[0] == []


TNA = NAMES[0]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Memorandum on Albania, 4 March 1961", {"memo": "exact"}),
        ("Memorandum on Albania, 4 March 1961, TNA", {"memo": "exact"}),
        ("Memorandum on Albania, 4 March 1961, TNA, FO 371/160022, f. 12", {"memo": "exact"}),
        # A place that the edition does not know makes it less sure.
        ("Memorandum on Albania, 4 March 1961, TNA, PREM 11, f. 12", {"memo": "likely"}),
        ("Memorandum on Albania, 4 March 1961, NARA, RG 59, Lot 70 D 199", {"memo": "possible"}),
        ("Memorandum on Albania, 4 March 1961, RGANI, f. 89, d. 12", {"memo": "possible"}),
        ("NARA, RG 59, Lot 70 D 199, box 1", {}),
        ("RGANI, f. 89, d. 12", {}),
    ],
)
def test_a_place_that_is_added_never_hides_a_document(text: str, found: dict[str, str]) -> None:
    answer = found_in(edition_of(TNA).ask(text))
    assert {key: answer[key] for key in answer if key == "memo" or answer[key] == "exact"} == found
