"""Makes the offline editions of a checked edition and keeps them in .build/downloads."""

from __future__ import annotations

import hashlib
import multiprocessing
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Executor, ProcessPoolExecutor
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from tempfile import TemporaryDirectory

from .book import Book, cuts_of, make_book, volumes_of
from .build import Checked
from .downloads import PLACES, downloads_dir
from .epub import write_epub
from .findings import did_you_mean
from .link import LinkedCorpus, PageId
from .pagination import Place, Places, fill, from_json, guess_places, to_json
from .pdf import ROUNDS, SetBook, set_document, stamp_of
from .press import Press
from .typeset import write_book
from .write import write_file

# Typst needs 3 MB of memory a page, and a record more than a page: 2.5 GB for a volume, 4 GB at most for one book.
VOLUME_SIZE = 650
LARGEST = 1100
ALL = "all"


class UnknownBookError(ValueError):
    """No booklet can be made of this key; the message says of which one can."""


@dataclass(frozen=True)
class _Volume:
    """A book that is being set: its document, with all references to pages still open, is kept on disk."""

    key: str
    document: Path
    root: Path
    stamp: datetime
    notes: int


def make_pdfs(checked: Checked, keys: Sequence[str], in_volumes: bool, tell: Callable[[str], None]) -> Iterator[Path]:
    """Yield the path of each PDF that is made. Raises UnknownBookError, SettingError, PandocError."""
    linked, press = _press_of(checked)
    folder = downloads_dir(linked.corpus.settings)
    # Not fork: a child would begin with all that this process holds; and its memory is freed only with it.
    context = multiprocessing.get_context("spawn")
    with (
        TemporaryDirectory() as documents,
        ProcessPoolExecutor(1, mp_context=context, max_tasks_per_child=1 if not keys else None) as pool,
    ):
        if not keys:
            yield from _set_books(_volumes(linked, press, in_volumes), folder, Path(documents), pool, tell)
        for book in _booklets(linked, press, keys):
            yield from _set_books([book], folder, Path(documents), pool, tell)


def _set_books(
    books: Iterable[Book], folder: Path, documents: Path, pool: Executor, tell: Callable[[str], None]
) -> Iterator[Path]:
    """Set the volumes of one work, until none refers to a page on which a thing no longer stands.

    `folder`: where the PDF files are kept; `documents`: where what they are set from may lie until this is done.
    """
    folder.mkdir(parents=True, exist_ok=True)
    volumes: dict[int, _Volume] = {}
    for book in books:
        document = documents / f"{book.key}.typ"
        document.write_text(write_book(book), encoding="utf-8")
        volumes[book.number] = _Volume(book.key, document, book.settings.root, stamp_of(book), len(book.notes))
    places: dict[int, Places] = {}
    digests: dict[int, str] = {}
    for number, volume in volumes.items():
        kept = _read_places(folder, volume.key)
        places[number] = kept or guess_places(volume.document.read_text(encoding="utf-8"), number)
        digests[number] = _digest_of(folder, volume.key) if kept else ""
    made: dict[int, SetBook] = {}
    for attempt in range(1, ROUNDS + 1):
        is_settled = True
        for number, volume in volumes.items():
            text = volume.document.read_text(encoding="utf-8")
            digest = hashlib.sha256(fill(text, places, number).encode()).hexdigest()
            if digest == digests[number]:
                continue
            is_last = attempt == ROUNDS
            task = pool.submit(set_document, text, places, volume.root, volume.stamp, number, is_last=is_last)
            done = task.result()
            places[number], is_settled = done.places, False
            if done.data:
                made[number], digests[number] = done, digest
                _keep(folder, volume.key, done, digest)
                tell(f"set {volume.key}.pdf: {volume.notes} notes, {done.pages} pages, {_megabytes(len(done.data))}")
            else:
                tell(f"paged {volume.key}.pdf")
        if is_settled:
            break
    for number, volume in volumes.items():
        if number not in made:
            tell(f"{volume.key}.pdf is as it was")
        for page in made[number].strayed if number in made else ():
            tell(f"  on page {page} of {volume.key}.pdf a note is called that begins on another")
        yield folder / f"{volume.key}.pdf"


def make_epub(checked: Checked, tell: Callable[[str], None]) -> Path:
    """Return the path of the e-book. Raises PandocError."""
    linked, press = _press_of(checked)
    book = make_book(linked, press)
    path = downloads_dir(linked.corpus.settings) / f"{book.key}.epub"
    # Of the book as it was set last; of one in volumes no e-book has the pages.
    data = write_epub(book, _read_places(path.parent, book.key))
    write_file(path, data)
    tell(f"made {path.name}: {len(book.notes)} notes, {_megabytes(len(data))}")
    return path


def _press_of(checked: Checked) -> tuple[LinkedCorpus, Press]:
    if checked.linked is None or checked.style is None or checked.has_errors:
        raise ValueError("of an edition with errors no book is made")
    return checked.linked, Press(checked.linked, checked.style)


def _volumes(linked: LinkedCorpus, press: Press, in_volumes: bool) -> Iterator[Book]:
    """Yield the whole edition as a book, or as several where it is too large for one."""
    in_volumes |= sum(1 for _ in linked.corpus.records()) + len(linked.corpus.works) > LARGEST
    volumes = volumes_of(linked, press, VOLUME_SIZE) if in_volumes else [frozenset[PageId]()]
    for number, pages in enumerate(volumes, start=1):
        yield make_book(linked, press, volume=pages, number=number if len(volumes) > 1 else 0)


def _booklets(linked: LinkedCorpus, press: Press, keys: Sequence[str]) -> Iterator[Book]:
    cuts = {page.key: page for page in cuts_of(linked)}
    for key in cuts if ALL in keys else keys:
        if key not in cuts:
            hint = did_you_mean(key, set(cuts)) or "a booklet is made of an essay or a meeting"
            raise UnknownBookError(f'no booklet can be made of "{key}": {hint}')
        yield make_book(linked, press, cuts[key])


def _digest_of(folder: Path, key: str) -> str:
    """Return the digest of the document that a kept PDF was set from, "" if there is none."""
    mark = folder / f"{key}.digest"
    return mark.read_text() if mark.is_file() and (folder / f"{key}.pdf").is_file() else ""


def _read_places(folder: Path, key: str) -> dict[str, list[Place]]:
    path = folder / f"{key}{PLACES}"
    if not path.is_file() or not _digest_of(folder, key):
        return {}
    return from_json(path.read_text("utf-8"))


def _keep(folder: Path, key: str, book: SetBook, digest: str) -> None:
    write_file(folder / f"{key}.pdf", book.data)
    write_file(folder / f"{key}{PLACES}", to_json(book.places).encode())
    write_file(folder / f"{key}.digest", digest.encode())


def _megabytes(size: int) -> str:
    return f"{size / 1_000_000:.1f} MB"
