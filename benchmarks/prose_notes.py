"""Measures notes in an author's own words: sentences of ours before and behind the cites of an edition."""

from __future__ import annotations

import tempfile
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from dosje.checking.edition import Checked
from dosje.importing.documents import read_manuscript
from dosje.importing.notes import read_notes
from dosje.values.citations import Cite
from dosje.values.locators import format_locator
from house_styles import HouseManuscript, HouseNote, print_house, words_in, write_docx
from import_scores import is_same_place

# Name, what stands before a cite and what behind it. The words are ours and say nothing.
FRAMES = (
    ("see", "See ", "."),
    ("sentence before", "It is said to have been burnt; see ", "."),
    ("sentence behind", "", ". Nobody saw the fire."),
    ("both", "It is said to have been burnt; see ", ". Nobody saw the fire."),
    ("clause behind", "", ", which calls it a lie."),
    ("brackets behind", "", " (a copy in another hand)."),
    ("emphasis", "", "; emphasis added."),
    ("for another view", "For another view, see ", "; nothing else is known of it."),
    ("on this", "On this see the long discussion in ", "."),
    ("but compare", "But compare ", ", where the opposite is said."),
    ("thanks", "I owe this to a friend. The text is in ", "."),
    ("quotation", "‘They had no bread’, he wrote: ", "."),
    ("German", "Anders dagegen ", "; dort heißt es das Gegenteil."),
    ("French", "Sur ce point, voir ", ", qui dit le contraire."),
    ("bracketed", "(", ".)"),
)
_COLUMNS = ("notes", "sure", "drafted", "left", "wrong", "places", "place", "words", "lost")


def count_prose(truth: Checked, most: int) -> Iterator[tuple[str, Counter[str], list[str]]]:
    """Yield for each frame what became of notes with it, and the faults in a line each. `most`: notes of a frame."""
    cites = _full_cites(truth, most)
    linked = truth.linked
    assert linked is not None
    for name, before, behind in FRAMES:
        total, faults = Counter[str](), []
        notes = [
            HouseNote(number, f"{before}{words}{behind}", ((cite, words),))
            for number, (cite, words) in enumerate(cites, start=1)
        ]
        made = HouseManuscript.of_notes("prose", notes)
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder, "prose.docx")
            write_docx(made, path)
            read = read_notes(linked, read_manuscript(path), {}, "original")
        for note in notes:
            ((cite, _),) = note.cites
            decisions = [one for one in read.decisions if one.note == note.number]
            right = next((one for one in decisions if one.outcome == "found" and one.key == cite.key), None)
            printed = read.printed.get(note.number, "")
            own = Counter(words_in(f"{before} {behind}"))
            lost = own - Counter(words_in(printed.replace("_", " ")))
            wrong = sum(one.outcome == "found" and one.key != cite.key for one in decisions)
            is_place_lost = bool(
                right and cite.locator and not is_same_place(format_locator(cite.locator), right.locator)
            )
            total.update(
                notes=1, sure=bool(right), wrong=wrong, words=own.total(), lost=lost.total(),
                drafted=sum(one.outcome == "drafted" for one in decisions),
                left=sum(one.outcome == "left" for one in decisions),
                places=bool(right and cite.locator), place=bool(right and cite.locator) and not is_place_lost,
            )  # fmt: skip
            if lost or wrong or is_place_lost or not right:
                kind = "lost" if lost else "wrong" if wrong else "place" if is_place_lost else "left"
                why = "; ".join(f"{one.outcome} {one.key} {one.text!r}" for one in decisions)
                faults.append(f"prose {kind}: {name}: {note.text} -> {printed} ({why})")
        yield name, total, faults


def measure_prose(truth: Checked, most: int, show: str) -> tuple[tuple[str, ...], list[tuple[str, Counter[str]]]]:
    """Return the columns and rows of a table, and print the faults that are asked for."""
    rows = []
    for name, total, faults in count_prose(truth, most):
        rows.append((name, total))
        for fault in faults:
            if show and fault.startswith(show):
                print(f"  {fault}")
    return _COLUMNS, rows


def _full_cites(truth: Checked, most: int) -> list[tuple[Cite, str]]:
    """Return the cites that name each source for the first time, as a house prints them in full."""
    found: dict[str, tuple[Cite, str]] = {}
    for manuscript in print_house(truth, "MHRA"):
        for note in manuscript.notes:
            for cite, words in note.cites:
                if "bid" not in words:
                    found.setdefault(cite.key, (cite, words))
    every = max(1, len(found) // most)
    return list(found.values())[::every][:most]
