"""Measures the import of manuscripts: `importing.py [--every 1] [--show KIND] [--kept-back]`. Tables, never a test.

From this checkout's edition manuscripts are made (house_styles.py): its essays with notes as five houses print them,
written as .docx by pandoc. They are imported (a) into the edition itself, (b) into one that has half of its sources,
(c) into an empty one; (d) footnotes in other hands (tests/cases/foreign_footnotes.yml) into an empty one; and
(e) cites with sentences before and behind them into the edition.

Of each cite of a source that the edition has: "sure" is the right record, taken; "worklist" the right one among those
that are offered; "left" neither; "wrong" another record, taken, whatever was meant. "place" is a leaf or page as it
stood, of "places". Of what is drafted: the fields that the note says and the draft has; "twice" are further drafts of
a source, "merged" drafts that stand for two. "lost" are words of text and notes that are nowhere any more.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

PROJECT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(PROJECT / "scripts"))

from dosje.checking.edition import Checked, check_edition  # noqa: E402
from dosje.edition.links import LinkedCorpus  # noqa: E402
from dosje.importing.decisions import ReadNotes  # noqa: E402
from dosje.importing.documents import read_manuscript  # noqa: E402
from dosje.importing.manuscript import Manuscript  # noqa: E402
from dosje.importing.notes import read_notes  # noqa: E402
from foreign_scores import measure_foreign  # noqa: E402
from halving import is_in_half, part_edition  # noqa: E402
from house_styles import HOUSES, HouseManuscript, print_house, write_docx  # noqa: E402
from import_scores import count_cites, count_drafts, count_lost  # noqa: E402
from prose_notes import measure_prose  # noqa: E402

# The editions into which manuscripts are imported, and which sources these have; None for all.
_INTO: dict[str, tuple[str, Callable[[str], bool] | None]] = {
    "a": ("(a) into the edition", None),
    "b": ("(b) into half of it", is_in_half),
    "c": ("(c) into an empty one", lambda key: False),
}
_CITES = ("cites", "sure", "worklist", "left", "wrong", "places", "place", "words", "lost")
_DRAFTS = ("units", "units right", "unit cites", "works", "works right", "work cites", "twice", "merged")


def import_manuscript(house: HouseManuscript, linked: LinkedCorpus, folder: Path) -> tuple[Manuscript, ReadNotes]:
    """Return a manuscript as it comes out of a file of Word, and its notes as they are read in an edition."""
    path = folder / f"{house.name}.docx"
    write_docx(house, path)
    manuscript = read_manuscript(path)
    return manuscript, read_notes(linked, manuscript, {}, "original")


class Measuring:
    """Measures manuscripts of an edition. `show`: faults that begin so are printed."""

    def __init__(self, truth: Checked, every: int, show: str) -> None:
        self._truth = truth
        self._every = every
        self._show = show

    def rows(self, linked: LinkedCorpus, houses: Iterable[str] = HOUSES) -> Iterator[tuple[str, Counter[str]]]:
        """Yield for each house what became of its manuscripts in an edition."""
        for house in houses:
            total = Counter[str]()
            with tempfile.TemporaryDirectory() as name:
                for made in print_house(self._truth, house, self._every):
                    for fault in self._measure(made, linked, Path(name), total):
                        if self._show and fault.startswith(self._show):
                            print(f"  {house}: {fault}")
            yield house, total

    def _measure(self, made: HouseManuscript, linked: LinkedCorpus, folder: Path, total: Counter[str]) -> Iterator[str]:
        manuscript, read = import_manuscript(made, linked, folder)
        yield from count_cites(made, read, linked, total)
        yield from count_lost(made, manuscript, read, total)
        yield from count_drafts(made, read, self._truth, linked, total)


def print_table(title: str, columns: tuple[str, ...], rows: list[tuple[str, Counter[str]]]) -> None:
    """Print a table of counts, with a line of their sums."""
    whole = sum((counts for _, counts in rows), Counter[str]())
    print(f"\n{title}\n{'':20}" + "".join(f"{column:>12}" for column in columns))
    for name, counts in [*rows, ("all", whole)]:
        print(f"{name:20}" + "".join(f"{counts[column]:>12}" for column in columns))


def print_fields(rows: list[tuple[str, Counter[str]]]) -> None:
    """Print how many fields that notes say the drafts have."""
    whole = sum((counts for _, counts in rows), Counter[str]())
    for name in sorted(one.removesuffix(" said") for one in whole if one.endswith(" said")):
        said, right = whole[f"{name} said"], whole[name]
        print(f"    {name:20}{right:>8} of {said:>6}  {right / said:6.1%}")


def main() -> None:
    """Print the tables."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--every", type=int, default=1, help="one essay in so many")
    parser.add_argument("--show", default="", help="print the faults that begin so: wrong, left, lost, unit year, …")
    parser.add_argument("--into", default="abcde", help="which of the measurements: a to e")
    parser.add_argument("--kept-back", action="store_true", help="the half of the foreign footnotes that is kept back")
    asked = parser.parse_args()
    truth = check_edition(PROJECT)
    assert truth.linked is not None
    measuring = Measuring(truth, asked.every, asked.show)
    with tempfile.TemporaryDirectory() as folder:
        for letter, (title, is_kept) in _INTO.items():
            if letter in asked.into:
                own = Path(folder, letter)
                own.mkdir()
                linked = part_edition(PROJECT, own, is_kept) if is_kept else truth.linked
                rows = list(measuring.rows(linked))
                print_table(title, _CITES, rows)
                if is_kept:
                    print_table(f"{title}: drafts", _DRAFTS, rows)
                    print_fields(rows)
    if "d" in asked.into:
        measure_foreign(PROJECT, is_kept_back=asked.kept_back, show=asked.show)
    if "e" in asked.into:
        print_table("(e) cites between sentences", *measure_prose(truth, 60 // asked.every, asked.show))


if __name__ == "__main__":
    main()
