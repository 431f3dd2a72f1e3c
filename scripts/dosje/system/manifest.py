"""The manifest of a site: the SHA-256 of each of its files, in the form of coreutils (`sha256sum -c SHA256SUMS`).

It is written last, so a folder that agrees with it is complete. It also shows that the folder is ours.
"""

from __future__ import annotations

import hashlib
import os
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from .renaming import replace_file

NAME = "SHA256SUMS"
# Without it, GitHub Pages would run Jekyll, which leaves out files whose names begin with an underscore.
NO_JEKYLL = ".nojekyll"
# coreutils takes it for a comment.
_KEPT = "# Kept from the version before, for pages that were opened then:"
_LINE = re.compile(r"(\\?)([0-9a-f]{64}) [ *](.+)")
_ESCAPES = {"\\": "\\\\", "\n": "\\n", "\r": "\\r"}
_ESCAPED = {escaped: sign for sign, escaped in _ESCAPES.items()}


class ManifestError(ValueError):
    """A line of a manifest cannot be read, or a folder can have no manifest. The message says why."""


@dataclass(frozen=True)
class Manifest:
    """SHA-256 by path, and the paths of the files that belong to the version before."""

    sums: Mapping[str, str]
    kept: frozenset[str] = frozenset()

    @property
    def own(self) -> dict[str, str]:
        """The files of this version."""
        return {path: digest for path, digest in self.sums.items() if path not in self.kept}


@dataclass(frozen=True)
class Difference:
    """How a folder differs from its manifest: paths."""

    missing: tuple[str, ...]
    changed: tuple[str, ...]
    added: tuple[str, ...]

    def __bool__(self) -> bool:
        return bool(self.missing or self.changed or self.added)

    def lines(self) -> Iterator[str]:
        """Yield one line for each file."""
        for what, paths in (("missing", self.missing), ("changed", self.changed), ("added", self.added)):
            for path in paths:
                shown = "".join(sign if sign.isprintable() else sign.encode("unicode_escape").decode() for sign in path)
                yield f"{what}: {shown}"


def format_manifest(manifest: Manifest) -> str:
    """Return the manifest's text, sorted by path."""
    kept = {path: manifest.sums[path] for path in manifest.kept}
    lines = [*_lines(manifest.own), *([_KEPT, *_lines(kept)] if kept else [])]
    return "".join(f"{line}\n" for line in lines)


def _lines(sums: Mapping[str, str]) -> Iterator[str]:
    for path in sorted(sums):
        written = "".join(_ESCAPES.get(sign, sign) for sign in path)
        yield f"{'' if written == path else chr(92)}{sums[path]}  {written}"


def parse_manifest(text: str) -> Manifest:
    """Return what a manifest's text says. Raises ManifestError."""
    sums: dict[str, str] = {}
    kept = set()
    is_kept = False
    for number, line in enumerate(text.split("\n"), start=1):
        is_kept = is_kept or line == _KEPT
        if not line or line.startswith("#"):
            continue
        match = _LINE.fullmatch(line)
        if not match:
            raise ManifestError(f"{NAME}, line {number}, is not a SHA-256, two spaces and a path")
        path = re.sub(r"\\[\\nr]", lambda found: _ESCAPED[found[0]], match[3]) if match[1] else match[3]
        sums[path] = match[2]
        if is_kept:
            kept.add(path)
    return Manifest(sums, frozenset(kept))


def read_manifest(folder: Path) -> Manifest | None:
    """Return the manifest of a folder, None if it has none. Raises ManifestError, OSError."""
    path = folder / NAME
    if path.is_symlink() or not path.is_file():
        return None
    return parse_manifest(path.read_bytes().decode("utf-8", "surrogateescape"))


def write_manifest(folder: Path, manifest: Manifest) -> None:
    """Write the manifest of a folder in one step."""
    part = folder / f".{NAME}.part"
    part.write_bytes(format_manifest(manifest).encode("utf-8", "surrogateescape"))
    replace_file(part, folder / NAME)


def list_files(folder: Path) -> Iterator[tuple[str, os.DirEntry[str]]]:
    """Yield everything in a folder but folders and the manifest, by path. No link is followed."""
    folders = [("", str(folder))]
    while folders:
        prefix, name = folders.pop()
        with os.scandir(name) as entries:
            for entry in entries:
                path = f"{prefix}{entry.name}"
                if entry.is_dir(follow_symlinks=False):
                    folders.append((f"{path}/", entry.path))
                elif path != NAME:
                    yield path, entry


def hash_file(path: str | Path) -> str:
    """Return the SHA-256 of a file, in hexadecimal digits."""
    with open(path, "rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def hash_tree(folder: Path) -> dict[str, str]:
    """Return the SHA-256 of everything in a folder; "" for what is not a file: links, pipes, devices."""
    return {
        path: hash_file(entry.path) if entry.is_file(follow_symlinks=False) else ""
        for path, entry in list_files(folder)
    }


def make_manifest(folder: Path) -> Manifest:
    """Return the manifest that a folder should have. Raises ManifestError if it holds a link, pipe or device."""
    sums = hash_tree(folder)
    for path, digest in sums.items():
        if not digest:
            raise ManifestError(f"{path} is a link, pipe or device, and a site holds only files")
    return Manifest(sums)


def compare(wanted: Mapping[str, str], found: Mapping[str, str]) -> Difference:
    """Return the differences between the files found and a manifest."""
    return Difference(
        tuple(sorted(wanted.keys() - found.keys())),
        tuple(sorted(path for path in wanted.keys() & found.keys() if wanted[path] != found[path])),
        tuple(sorted(found.keys() - wanted.keys())),
    )


def verify_copy(folder: Path, site: Manifest | None = None) -> tuple[Difference, int]:
    """Return how a folder differs from its manifest, and how many files it should hold.

    `site`: the site that it should be a copy of. Without it, the folder's own manifest counts. Raises ManifestError,
    OSError.
    """
    said = read_manifest(folder) or Manifest({})
    wanted = dict(said.sums)
    if site is not None:
        # Publishing adds this to a site.
        beside = {path: digest for path, digest in said.sums.items() if path in said.kept or path == NO_JEKYLL}
        wanted = {**beside, **site.own}
    return compare(wanted, hash_tree(folder)), len(wanted)


def verify_site(folder: Path, site: Path | None) -> tuple[Difference, int]:
    """Return how a copy of a site differs from its manifest, and how many files it should hold.

    `site`: the site that it should be a copy of, if that is asked. Raises ManifestError, also where one has none.
    """
    for place in (folder, site) if site else (folder,):
        if read_manifest(place) is None:
            raise ManifestError(f"there is no {NAME} in {place}, so nothing says what should be there")
    return verify_copy(folder, read_manifest(site) if site else None)
