"""Keeps the answers of pandoc. Each is found by a digest of the question."""

from __future__ import annotations

import hashlib
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path


def digest_of(*parts: str) -> str:
    """Return the digest of a question, given in its parts."""
    return hashlib.sha256("\x00".join(parts).encode()).hexdigest()


@contextmanager
def open_answers(cache_dir: Path) -> Iterator[sqlite3.Connection]:
    """Yield the store of answers. Raises OSError, with its path, where it cannot be read or written."""
    path = cache_dir / "pandoc.sqlite"
    cache_dir.mkdir(parents=True, exist_ok=True)
    try:
        with closing(sqlite3.connect(path, timeout=60)) as store:
            store.execute(
                "CREATE TABLE IF NOT EXISTS kept (digest TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID"
            )
            yield store
    except sqlite3.Error as error:
        # An OperationalError comes from the system. Any other error says that the file is not a database.
        remedy = "" if isinstance(error, sqlite3.OperationalError) else "; remove it, and it is made anew"
        raise OSError(None, f"{error}{remedy}", str(path)) from error


def fetch_answers(store: sqlite3.Connection, digests: list[str]) -> dict[str, str]:
    """Return those of the answers that are kept, by digest."""
    kept: dict[str, str] = {}
    for start in range(0, len(digests), 500):
        part = digests[start : start + 500]
        marks = ",".join("?" * len(part))
        kept.update(store.execute(f"SELECT digest, value FROM kept WHERE digest IN ({marks})", part).fetchall())
    return kept
