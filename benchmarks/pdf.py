"""Makes editions of growing size as books and prints what it costs: `pdf.py N [N ...]`. A table, never a test.

For each N an edition is made in a temporary folder, and of it the PDF (in volumes) and the e-book, each by the
command line in a process of its own. What is measured, and how, is said in `build.py`. "MB" is the largest
process: the one that set the largest volume.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

from build import DOSJE, MAKE_EDITION, BuildError, Cost, measure

HEAD = "| records | files | pdf, cpu s | wall s | MB | epub, cpu s | MB |"


def measure_books(size: int, seed: int, folder: Path, timeout: float) -> tuple[int, Cost, Cost]:
    """Return the number of PDF files that an edition of `size` records takes, and what PDF and e-book cost."""
    edition = folder / f"edition-{size}"
    measure([*MAKE_EDITION, str(size), str(edition), "--seed", str(seed)], folder, timeout)
    # Once before, so that the words of sources are kept for both.
    epub = [*DOSJE, "epub", "--project", str(edition)]
    measure(epub, edition, timeout)
    pdf = measure([*DOSJE, "pdf", "--volume", "--project", str(edition)], edition, timeout)
    files = len(list((edition / ".build" / "downloads").glob("*.pdf")))
    return files, pdf, measure(epub, edition, timeout)


def main(arguments: Sequence[str]) -> int:
    """Print the table; return 1 if a book could not be made."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("sizes", metavar="N", type=int, nargs="+", help="how many records")
    parser.add_argument("--seed", type=int, default=1960)
    parser.add_argument("--timeout", type=float, default=1800, help="seconds for one command")
    options = parser.parse_args(arguments)
    print(HEAD)
    print("|--:" * 7 + "|")
    with tempfile.TemporaryDirectory() as folder:
        for size in options.sizes:
            try:
                files, pdf, epub = measure_books(size, options.seed, Path(folder), options.timeout)
            except BuildError as error:
                print(error, file=sys.stderr)
                return 1
            costs = f"{pdf.cpu:.1f} | {pdf.wall:.1f} | {pdf.megabytes:,.0f} | {epub.cpu:.1f} | {epub.megabytes:,.0f}"
            print(f"| {size:,} | {files} | {costs} |", flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
