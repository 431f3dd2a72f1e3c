"""Makes the offline editions of a checked edition and keeps them in .build/downloads."""

from __future__ import annotations

import hashlib
import multiprocessing
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

from .book import Book, cuts_of, make_book, volumes_of
from .build import Checked
from .downloads import downloads_dir
from .epub import write_epub
from .findings import did_you_mean
from .link import LinkedCorpus
from .pdf import set_source, stamp_of
from .press import Press
from .typeset import write_book

# Typst needs about 2 MB of memory a page, and some pages a record.
VOLUME_SIZE = 1000
ALL = "all"


class UnknownBookError(ValueError):
    """No booklet can be made of this key; the message says of which one can."""


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
                    tell(f"  on page {page} a note is called that begins on another")
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


def _press_of(checked: Checked) -> tuple[LinkedCorpus, Press]:
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
