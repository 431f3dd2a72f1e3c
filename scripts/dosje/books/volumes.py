"""Makes the offline editions of a checked edition and keeps them in .build/downloads."""

from __future__ import annotations

import hashlib
import os
from collections import deque
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from concurrent.futures import Future
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from datetime import datetime
from math import ceil
from pathlib import Path
from tempfile import TemporaryDirectory

from ..checking.edition import Checked
from ..edition.links import LinkedCorpus
from ..edition.pagination import (
    PrintedPlace,
    PrintedPlaces,
    fill_references,
    guess_places,
    places_from_json,
    places_to_json,
)
from ..edition.printed import BOOKLETS, PLACES, downloads_dir
from ..phrases.phrase_files import OwnForms, read_phrases
from ..system.children import Limits, Workers
from ..system.writing import write_file
from ..values.findings import did_you_mean
from ..values.page_id import PageId
from ..views.view import EBOOK
from .book import Book, BookMaker, cuts_of
from .epub import write_epub
from .pdf import ROUNDS, Job, SetBook, set_book, stamp_of
from .typst import write_book

# In pages. Typst needs 2.4 MB of memory for each, and a quarter more to set them again.
VOLUME_SIZE = 750
_MEMORY = 2_500_000_000
ALL = "all"


class UnknownBookError(ValueError):
    """No booklet can be made about this key. The message names the keys for which one can be made."""


@dataclass(frozen=True)
class _Volume:
    """A book that is being set. Its document is kept on disk, because there may be many."""

    key: str
    document: Path
    root: Path
    stamp: datetime
    locale: str
    notes: int
    own_phrases: OwnForms

    def job(self, number: int) -> Job:
        return Job(
            self.key,
            self.document.read_text(encoding="utf-8"),
            self.root,
            self.stamp,
            self.locale,
            number,
            self.own_phrases,
        )


def make_pdfs(checked: Checked, keys: Sequence[str], in_volumes: bool, tell: Callable[[str], None]) -> Iterator[Path]:
    """Yield the path of each PDF that is made. Raises UnknownBookError, SettingError, PandocError, ChildError."""
    linked, maker = _maker_of(checked)
    settings = linked.corpus.settings
    folder = downloads_dir(settings)
    work = settings.root / ".build" / "work"
    work.mkdir(parents=True, exist_ok=True)
    try:
        if keys:
            pages = _find_cuts(linked, keys)
            yield from _set_booklets((maker.make(page) for page in pages), folder / BOOKLETS, settings.limits, tell)
            if ALL in keys:
                _remove_others(folder / BOOKLETS, {page.key for page in pages}, tell)
        else:
            with TemporaryDirectory(dir=work) as documents:
                volumes = _volumes(maker, in_volumes)
                made = list(_set_volumes(volumes, folder, Path(documents), settings.limits, tell))
            yield from made
            _remove_others(folder, {path.stem for path in made}, tell)
    finally:
        for path in work.glob("*.typ"):
            path.unlink(missing_ok=True)  # what a process left that had to be ended


def _set_booklets(books: Iterable[Book], folder: Path, limits: Limits, tell: Callable[[str], None]) -> Iterator[Path]:
    """Set booklets side by side. None refers to another."""
    workers, unchanged = os.cpu_count() or 1, 0
    waiting: deque[tuple[Job, int, Future[SetBook]]] = deque()

    def keep_first() -> Path:
        job, notes, task = waiting.popleft()
        done = task.result()
        _keep(
            folder,
            job.key,
            done,
            _digest(fill_references(job.document, {0: done.places}, read_phrases(job.locale, job.own_phrases))),
        )
        _tell_of(job.key, notes, done, tell)
        return folder / f"{job.key}.pdf"

    # A new process starts now and then, because a process keeps all that it has set in memory.
    with Workers(workers, limits, turns=20) as pool:
        for book in books:
            document = write_book(book)
            kept = _read_places(folder, book.key)
            if kept and _digest(fill_references(document, {0: kept}, book.settings.phrases)) == _digest_of(
                folder, book.key
            ):
                unchanged += 1
                yield folder / f"{book.key}.pdf"
                continue
            job = Job(
                book.key,
                document,
                book.settings.root,
                stamp_of(book),
                book.settings.locale,
                0,
                book.settings.own_phrases,
            )
            waiting.append(
                (job, len(book.notes), pool.submit(_what(job), set_book, job, {0: kept or guess_places(document)}))
            )
            # As many jobs as keep all processes busy, and no more, because each holds its book.
            if len(waiting) > 2 * workers:
                yield keep_first()
        while waiting:
            yield keep_first()
    if unchanged:
        tell(f"{unchanged} {'booklets are as they were' if unchanged > 1 else 'booklet is as it was'}")


def _set_volumes(
    books: Iterable[Book], folder: Path, documents: Path, limits: Limits, tell: Callable[[str], None]
) -> Iterator[Path]:
    """Set the volumes of one work, until all their references name the right pages.

    `folder`: where the PDF files are kept. `documents`: where their Typst documents may lie until this is done.
    """
    volumes: dict[int, _Volume] = {}
    places: dict[int, PrintedPlaces] = {}
    digests: dict[int, str] = {}
    for book in books:
        number, text, document = book.number, write_book(book), documents / f"{book.key}.typ"
        document.write_text(text, encoding="utf-8", newline="\n")
        volumes[number] = _Volume(
            book.key,
            document,
            book.settings.root,
            stamp_of(book),
            book.settings.locale,
            len(book.notes),
            book.settings.own_phrases,
        )
        kept = _read_places(folder, book.key)
        places[number] = kept or guess_places(text, number)
        digests[number] = _digest_of(folder, book.key) if kept else ""

    def digest_of(number: int) -> str:
        job = volumes[number].job(number)
        return _digest(fill_references(job.document, places, read_phrases(job.locale, job.own_phrases), number))

    made: set[int] = set()
    with _workers(len(volumes), limits) as pools:

        def set_side_by_side(numbers: Sequence[int], *, makes_pdf: bool) -> Iterator[tuple[int, SetBook]]:
            tasks: dict[int, Future[SetBook]] = {}
            for number in numbers:
                pool = pools[number % len(pools)]  # the same process each time, because it may know the volume
                job = volumes[number].job(number)
                tasks[number] = pool.submit(_what(job), set_book, job, dict(places), makes_pdf=makes_pdf)
            for number, task in tasks.items():
                done = task.result()
                places[number] = done.places
                yield number, done

        unknown = [number for number in volumes if not digests[number]] if len(volumes) > 1 else []
        for few in _lots(unknown, len(pools)):
            for number, _ in set_side_by_side(few, makes_pdf=False):
                tell(f"paged {volumes[number].key}.pdf")
        for _ in range(ROUNDS):
            is_settled = True
            # The last volume comes first: its lists name pages of all others, and the others name few of its pages.
            for few in _lots(sorted(volumes, reverse=True), len(pools)):
                stale = [number for number in few if digest_of(number) != digests[number]]
                is_settled = is_settled and not stale
                for number, done in set_side_by_side(stale, makes_pdf=True):
                    made.add(number)
                    digests[number] = digest_of(number)
                    _keep(folder, volumes[number].key, done, digests[number])
                    _tell_of(volumes[number].key, volumes[number].notes, done, tell)
            if is_settled:
                break
    for number, volume in volumes.items():
        if number not in made:
            tell(f"{volume.key}.pdf is as it was")
        yield folder / f"{volume.key}.pdf"


def _lots(numbers: Sequence[int], size: int) -> Iterator[Sequence[int]]:
    return (numbers[start : start + size] for start in range(0, len(numbers), size))


@contextmanager
def _workers(volumes: int, limits: Limits) -> Iterator[list[Workers]]:
    """Yield processes, each for one volume after another, as many as there is memory for.

    If there are few volumes, each keeps its process, which recognises most of it when it is set again. If there are
    many, each gets a new process, because memory is freed only when a process ends.
    """
    count = max(min(volumes, os.cpu_count() or 1, _memory() // _MEMORY), 1)
    turns = 0 if volumes <= count else 1
    with ExitStack() as stack:
        yield [stack.enter_context(Workers(1, limits, turns)) for _ in range(count)]


def _what(job: Job) -> str:
    return f"Typst, for {job.key}.pdf"


def _memory() -> int:
    """Return how much memory is available, in bytes."""
    import psutil

    return int(psutil.virtual_memory().available)


def make_epub(checked: Checked, tell: Callable[[str], None]) -> Path:
    """Return the path of the e-book. Raises PandocError."""
    linked, maker = _maker_of(checked)
    book = maker.make(face=EBOOK)
    path = downloads_dir(linked.corpus.settings) / f"{book.key}.epub"
    # The pages of the book as it was set last. An e-book of several volumes has no list of pages.
    data = write_epub(book, _read_places(path.parent, book.key))
    write_file(path, data)
    tell(f"made {path.name}: {len(book.notes)} notes, {_megabytes(len(data))}")
    return path


def _maker_of(checked: Checked) -> tuple[LinkedCorpus, BookMaker]:
    if checked.linked is None or checked.style is None or checked.has_errors:
        raise ValueError("of an edition with errors no book is made")
    return checked.linked, BookMaker(checked.linked, checked.style)


def _volumes(maker: BookMaker, in_volumes: bool) -> Iterator[Book]:
    """Yield the whole edition as one book, or as several of like size if it is too large for one."""
    count = max(ceil(maker.size / VOLUME_SIZE), 2 if in_volumes else 1)
    if count < 2:
        yield maker.make()
        return
    for number, pages in enumerate(maker.volumes(count), start=1):
        yield maker.make(volume=pages, number=number)


def _find_cuts(linked: LinkedCorpus, keys: Sequence[str]) -> list[PageId]:
    cuts = {page.key: page for page in cuts_of(linked)}
    for key in keys:
        if key not in cuts and key != ALL:
            hint = did_you_mean(key, set(cuts)) or "a booklet is made of an essay or a meeting"
            raise UnknownBookError(f'no booklet can be made of "{key}": {hint}')
    return list(cuts.values()) if ALL in keys else [cuts[key] for key in keys]


def _remove_others(folder: Path, keys: Collection[str], tell: Callable[[str], None]) -> None:
    """Remove the books of records and of volumes that no longer exist."""
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
    return mark.read_text("ascii") if mark.is_file() and (folder / f"{key}.pdf").is_file() else ""


def _read_places(folder: Path, key: str) -> dict[str, list[PrintedPlace]]:
    path = folder / f"{key}{PLACES}"
    if not path.is_file() or not _digest_of(folder, key):
        return {}
    return places_from_json(path.read_text("utf-8"))


def _keep(folder: Path, key: str, book: SetBook, digest: str) -> None:
    write_file(folder / f"{key}.pdf", book.data)
    write_file(folder / f"{key}{PLACES}", places_to_json(book.places).encode())
    write_file(folder / f"{key}.digest", digest.encode())


def _megabytes(size: int) -> str:
    return f"{size / 1_000_000:.1f} MB"
