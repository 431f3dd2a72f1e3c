"""Makes the offline editions of a checked edition and keeps them in .build/downloads."""

from __future__ import annotations

import hashlib
import multiprocessing
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from pathlib import Path

from .book import Book, cuts_of, make_book, volumes_of
from .build import Checked
from .epub import write_epub
from .findings import did_you_mean
from .pdf import set_source, stamp_of
from .press import Press
from .settings import Settings
from .typeset import write_book

# Typst needs about 2 MB of memory a page, and some pages a record.
VOLUME_SIZE = 1000
ALL = "all"


class UnknownBookError(ValueError):
    """No booklet can be made of this key; the message says of which one can."""


@dataclass(frozen=True)
class Download:
    """A file that is kept: its name, what it is, its size in bytes and its checksum."""

    name: str
    title: str
    size: int
    sha256: str


def downloads_dir(settings: Settings) -> Path:
    """Return the folder in which offline editions are kept from one build of the site to the next."""
    return settings.root / ".build" / "downloads"


def make_pdfs(checked: Checked, keys: Sequence[str], in_volumes: bool, tell: Callable[[str], None]) -> Iterator[Path]:
    """Yield the path of each PDF that is made. Raises UnknownBookError, SettingError, PandocError."""
    linked, press = _press_of(checked)
    folder = downloads_dir(linked.corpus.settings)
    # Not fork: a child would begin with all that this process holds; and its memory is freed only with it.
    context = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(1, mp_context=context, max_tasks_per_child=1 if not keys else None) as pool:
        for book in _books(checked, press, keys, in_volumes):
            source, settings = write_book(book), book.settings
            name = f"{book.key}.pdf"
            if _is_unchanged(folder / name, source):
                tell(f"{name} is as it was")
            else:
                made = pool.submit(set_source, source, settings.root, stamp_of(book)).result()
                _write(folder / name, made.data, source)
                tell(f"set {name}: {len(book.notes)} notes, {made.pages} pages, {_megabytes(len(made.data))}")
                for page in made.strayed:
                    tell(f"  on page {page} a note is called that begins on the next")
            yield folder / name


def make_epub(checked: Checked, tell: Callable[[str], None]) -> Path:
    """Return the path of the e-book. Raises PandocError."""
    linked, press = _press_of(checked)
    book = make_book(linked, press)
    path = downloads_dir(linked.corpus.settings) / f"{book.key}.epub"
    data = write_epub(book)
    _write(path, data)
    tell(f"made {path.name}: {len(book.notes)} notes, {_megabytes(len(data))}")
    return path


def list_downloads(settings: Settings) -> list[Download]:
    """Return the offline editions that were made, the whole ones first."""
    folder = downloads_dir(settings)
    found = sorted(folder.glob("*.*")) if folder.is_dir() else []
    kept = [path for path in found if path.suffix in (".pdf", ".epub", ".zip")]
    downloads = []
    for path in sorted(kept, key=lambda path: (not path.stem.startswith("edition"), path.name)):
        data = path.read_bytes()
        downloads.append(Download(path.name, path.stem, len(data), hashlib.sha256(data).hexdigest()))
    return downloads


def _press_of(checked: Checked) -> tuple:  # type: ignore[type-arg]
    if checked.linked is None or checked.style is None or checked.has_errors:
        raise ValueError("of an edition with errors no book is made")
    return checked.linked, Press(checked.linked, checked.style)


def _books(checked: Checked, press: Press, keys: Sequence[str], in_volumes: bool) -> Iterator[Book]:
    linked = checked.linked
    assert linked is not None
    cuts = {page.key: page for page in cuts_of(linked)}
    if in_volumes:
        volumes = volumes_of(linked, press, VOLUME_SIZE)
        for number, pages in enumerate(volumes, start=1):
            yield make_book(linked, press, volume=pages, number=number if len(volumes) > 1 else 0)
    elif not keys:
        yield make_book(linked, press)
    for key in cuts if ALL in keys else keys:
        if key not in cuts:
            hint = did_you_mean(key, set(cuts)) or "a booklet is made of an essay or a meeting"
            raise UnknownBookError(f'no booklet can be made of "{key}": {hint}')
        yield make_book(linked, press, cuts[key])


def _is_unchanged(path: Path, source: str) -> bool:
    mark = path.with_suffix(".digest")
    return path.is_file() and mark.is_file() and mark.read_text() == hashlib.sha256(source.encode()).hexdigest()


def _write(path: Path, data: bytes, source: str = "") -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    part = path.with_suffix(".part")
    part.write_bytes(data)
    part.replace(path)
    if source:
        path.with_suffix(".digest").write_text(hashlib.sha256(source.encode()).hexdigest())


def _megabytes(size: int) -> str:
    return f"{size / 1_000_000:.1f} MB"
