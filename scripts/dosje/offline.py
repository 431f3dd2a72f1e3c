"""Makes the offline editions of a checked edition and keeps them in .build/downloads."""

from __future__ import annotations

import hashlib
import multiprocessing
import os
from collections import deque
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from concurrent.futures import Executor, Future, ProcessPoolExecutor
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from tempfile import TemporaryDirectory

from .book import Book, BookMaker, cuts_of
from .build import Checked
from .downloads import BOOKLETS, PLACES, downloads_dir
from .epub import write_epub
from .findings import did_you_mean
from .link import LinkedCorpus, PageId
from .pagination import Place, Places, fill, from_json, guess_places, to_json
from .pdf import ROUNDS, SetBook, set_document, settle, stamp_of
from .press import Press
from .typeset import write_book
from .write import write_file

# Typst needs 3 MB of memory a page, and a record more than a page: 2.5 GB for a volume, 4 GB at most for one book.
VOLUME_SIZE = 650
LARGEST = 1100
ALL = "all"
# Not fork: a child would begin with all that this process holds; and its memory is freed only with it.
_SPAWN = multiprocessing.get_context("spawn")


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
    folder, maker = downloads_dir(linked.corpus.settings), BookMaker(linked, press)
    if keys:
        pages = _find_cuts(linked, keys)
        yield from _set_booklets((maker.make(page) for page in pages), folder / BOOKLETS, tell)
        if ALL in keys:
            _remove_others(folder / BOOKLETS, {page.key for page in pages}, tell)
    else:
        books = _volumes(linked, maker, in_volumes)
        with TemporaryDirectory() as documents, ProcessPoolExecutor(1, _SPAWN, max_tasks_per_child=1) as pool:
            made = list(_set_books(books, folder, Path(documents), pool, tell))
        yield from made
        _remove_others(folder, {path.stem for path in made}, tell)


def _set_booklets(books: Iterable[Book], folder: Path, tell: Callable[[str], None]) -> Iterator[Path]:
    """Set booklets, which refer to no other, side by side."""
    folder.mkdir(parents=True, exist_ok=True)
    workers, unchanged = os.cpu_count() or 1, 0
    waiting: deque[tuple[Book, str, Future[SetBook]]] = deque()

    def keep_first() -> Path:
        book, document, task = waiting.popleft()
        done = task.result()
        _keep(folder, book.key, done, _digest(fill(document, {0: done.places})))
        _tell_of(book.key, len(book.notes), done, tell)
        return folder / f"{book.key}.pdf"

    with ProcessPoolExecutor(workers, _SPAWN) as pool:
        for book in books:
            document = write_book(book)
            kept = _read_places(folder, book.key)
            if kept and _digest(fill(document, {0: kept})) == _digest_of(folder, book.key):
                unchanged += 1
                yield folder / f"{book.key}.pdf"
                continue
            places = kept or guess_places(document)
            waiting.append((book, document, pool.submit(settle, document, places, book.settings.root, stamp_of(book))))
            # Enough for all to be busy, and no more, as each holds its book.
            if len(waiting) > 2 * workers:
                yield keep_first()
        while waiting:
            yield keep_first()
    if unchanged:
        tell(f"{unchanged} {'booklets are as they were' if unchanged > 1 else 'booklet is as it was'}")


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
            digest = _digest(fill(text, places, number))
            if digest == digests[number]:
                continue
            is_last = attempt == ROUNDS
            task = pool.submit(set_document, text, places, volume.root, volume.stamp, number, is_last=is_last)
            done = task.result()
            places[number], is_settled = done.places, False
            if done.data:
                made[number], digests[number] = done, digest
                _keep(folder, volume.key, done, digest)
                _tell_of(volume.key, volume.notes, done, tell)
            else:
                tell(f"paged {volume.key}.pdf")
        if is_settled:
            break
    for number, volume in volumes.items():
        if number not in made:
            tell(f"{volume.key}.pdf is as it was")
        yield folder / f"{volume.key}.pdf"


def make_epub(checked: Checked, tell: Callable[[str], None]) -> Path:
    """Return the path of the e-book. Raises PandocError."""
    linked, press = _press_of(checked)
    book = BookMaker(linked, press).make()
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


def _volumes(linked: LinkedCorpus, maker: BookMaker, in_volumes: bool) -> Iterator[Book]:
    """Yield the whole edition as a book, or as several where it is too large for one."""
    in_volumes |= sum(1 for _ in linked.corpus.records()) + len(linked.corpus.works) > LARGEST
    volumes = maker.volumes(VOLUME_SIZE) if in_volumes else [frozenset[PageId]()]
    for number, pages in enumerate(volumes, start=1):
        yield maker.make(volume=pages, number=number if len(volumes) > 1 else 0)


def _find_cuts(linked: LinkedCorpus, keys: Sequence[str]) -> list[PageId]:
    cuts = {page.key: page for page in cuts_of(linked)}
    for key in keys:
        if key not in cuts and key != ALL:
            hint = did_you_mean(key, set(cuts)) or "a booklet is made of an essay or a meeting"
            raise UnknownBookError(f'no booklet can be made of "{key}": {hint}')
    return list(cuts.values()) if ALL in keys else [cuts[key] for key in keys]


def _remove_others(folder: Path, keys: Collection[str], tell: Callable[[str], None]) -> None:
    """Remove the books of records, and of volumes, that there are no longer."""
    for path in sorted(folder.glob("*.pdf")):
        if path.stem not in keys:
            for suffix in (".pdf", PLACES, ".digest"):
                path.with_suffix(suffix).unlink(missing_ok=True)
            tell(f"removed {path.name}, of which there is nothing any more")


def _tell_of(key: str, notes: int, made: SetBook, tell: Callable[[str], None]) -> None:
    tell(f"set {key}.pdf: {notes} notes, {made.pages} pages, {_megabytes(len(made.data))}")
    for page in made.strayed:
        tell(f"  on page {page} of {key}.pdf a note is called that begins on another")


def _digest(document: str) -> str:
    return hashlib.sha256(document.encode()).hexdigest()


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
