"""Finds and reads the files of an edition. What cannot be read is a finding, not an exception.

Nothing else looks for files in content/ or bibliography/, so these rules hold for every record, text and picture.
Everything that is read lies in the edition's folder, also after links are followed: the site must show nothing else.
"""

from __future__ import annotations

import errno
import os
import re
import stat
from collections.abc import Collection
from dataclasses import dataclass
from pathlib import Path

from ..values.findings import Finding, Span

# Ten times a long chapter or a meeting of 5,000 participants. Each field of a record is kept in memory with its place,
# so a file costs a hundred times its size.
MAX_TEXT = 4_000_000
# 20,000 works with abstracts, as Zotero writes them.
MAX_BIB = 32_000_000
# Linux allows any bytes in a name. Bytes that are not UTF-8 appear as surrogates.
_UNSHOWN = re.compile("[\x00-\x1f\x7f-\x9f\ud800-\udfff\u2028\u2029\u202a-\u202e\u2066-\u2069]")
# Folders that the program makes. They may hold anything.
_MADE = "site"
# The longest path on most systems, in bytes. A single name must be shorter.
_LONGEST, _LONGEST_NAME = 4000, 255
_COPY = "copy it into the edition"
_KINDS = (
    (stat.S_ISFIFO, "a pipe"), (stat.S_ISSOCK, "a socket"), (stat.S_ISCHR, "a device"), (stat.S_ISBLK, "a device"),
)  # fmt: skip


@dataclass(frozen=True)
class FoundFiles:
    """The regular files below a folder, sorted by path, and findings on everything else among them."""

    files: tuple[Path, ...]
    findings: tuple[Finding, ...]


def find_files(folder: Path, root: Path, read: Collection[str] = (), *, with_hidden: bool = False) -> FoundFiles:
    """Return the files of the edition in `root` that lie in `folder`, at any depth.

    Each is a regular file of the edition, or a link to one (`way_out`). Hidden files, and files in hidden folders
    (".git"), are left out unless `with_hidden`. No file is opened, so a pipe cannot stop us. No exception is raised.
    These are findings: a pipe, a socket, a device, a folder that cannot be listed, a file in the place of `folder`, and
    a link to a folder, to nothing, or out of the edition.
    `read`: the endings of files that are read here. A folder with such an ending is a finding too, and is not entered.
    A missing `folder` has no files.
    """
    files: list[Path] = []
    findings: list[Finding] = []
    if folder.exists() and not folder.is_dir():
        findings.append(_finding(folder, root, "is a file, and a folder is read here", "move it to another place"))
    elif folder.is_dir() and (problem := way_out(folder, root)):
        findings.append(_outside(folder, root, problem))
    folders = [folder] if folder.is_dir() and not findings else []
    while folders:
        current = folders.pop()
        try:
            with os.scandir(current) as entries:
                below = [entry for entry in entries if with_hidden or not entry.name.startswith(".")]
        except OSError as error:
            findings.append(_finding(current, root, f"cannot be listed: {error.strerror}", "look at its rights"))
            continue
        for entry in below:
            path = Path(entry.path)
            is_folder, problem = _look_at(entry, path.suffix if path.suffix in read else "")
            if problem:
                findings.append(_finding(path, root, problem, "take it out of the edition, or give it another name"))
            elif entry.is_symlink() and (problem := way_out(path, root)):
                findings.append(_outside(path, root, problem))
            elif is_folder and entry.is_symlink():
                findings.append(_finding(path, root, "is a link to a folder, which is not followed", _COPY))
            elif is_folder:
                folders.append(path)
            else:
                files.append(path)
    return FoundFiles(tuple(sorted(files)), tuple(sorted(findings)))


def way_out(path: Path, root: Path) -> str:
    """Return why a path leads out of the edition in `root` once all links are followed, "" if it does not.

    It may lead to another place in the edition, but not to hidden folders (".git", ".build") or to the site (site/).
    """
    lengths = [len(part.encode("utf-8", "surrogateescape")) for part in (str(path), *path.parts)]
    if _UNSHOWN.search(str(path)) or lengths[0] > _LONGEST or max(lengths[1:]) > _LONGEST_NAME:
        return "is no name that a file can have"
    top = Path(os.path.realpath(root))
    real = Path(os.path.realpath(path))
    if real == Path(os.path.normpath(top / os.path.relpath(path, root))):
        return "" if real.is_relative_to(top) else "leads out of the edition"
    if not real.is_relative_to(top) or real == top:
        return "leads out of the edition"
    parts = real.relative_to(top).parts
    is_kept = parts[0] == _MADE or any(part.startswith(".") for part in parts)
    return "leads to what is hidden, or made by the program" if is_kept else ""


def _outside(path: Path, root: Path, problem: str) -> Finding:
    name = name_of(path, root)
    return Finding(Span(name, 1, 1), "outside-edition", f'"{name.rpartition("/")[2]}" {problem}', _COPY)


def _look_at(entry: os.DirEntry[str], ending: str) -> tuple[bool, str]:
    """Return whether this is a folder, and why it cannot be read, or ""."""
    if _UNSHOWN.search(entry.name):
        return False, "has signs in its name that cannot be shown"
    try:
        mode = entry.stat().st_mode
    except OSError as error:
        if error.errno == errno.ELOOP:
            return False, "is a link that leads back to itself"
        return False, "is a link to nothing" if entry.is_symlink() else f"cannot be read: {error.strerror}"
    if stat.S_ISDIR(mode):
        return True, f"is a folder, and its name is that of a file ({ending})" if ending else ""
    return False, "" if stat.S_ISREG(mode) else _say_kind(mode)


def _say_kind(mode: int) -> str:
    return f"is {next((name for is_kind, name in _KINDS if is_kind(mode)), 'no file')}, which is never opened"


def name_of(path: Path, root: Path) -> str:
    """Return the path of a file as findings show it: from the edition's folder on, with "/", and printable."""
    name = path.relative_to(root).as_posix()
    return _UNSHOWN.sub(lambda sign: ascii(sign[0])[1:-1], name)


def _finding(path: Path, root: Path, problem: str, hint: str) -> Finding:
    name = name_of(path, root)
    return Finding(Span(name, 1, 1), "file-kind", f'"{name.rpartition("/")[2]}" {problem}', hint)


def read_text(path: Path, root: Path, limit: int = MAX_TEXT) -> tuple[str | None, list[Finding]]:
    """Return the text of the file with lines that end in "\\n", or None and the finding that says why not.

    Lines and columns are those that an editor's program shows: there a byte order mark and the "\\r" of Windows are no
    columns. A file of more than `limit` bytes is not read.
    """
    name = name_of(path, root)
    try:
        raw = read_bytes(path, limit)
    except OSError as error:
        message = f"the file cannot be read: {error.strerror or error}"
        return None, [Finding(Span(name, 1, 1), "file-kind", message, "look at its rights, and whether it is a file")]
    if len(raw) > limit:
        message = f"the file has more than {limit // 1_000_000} million bytes"
        return None, [Finding(Span(name, 1, 1), "too-large", message, "divide it into several files")]
    try:
        return raw.decode("utf-8-sig").replace("\r\n", "\n"), []
    except UnicodeDecodeError as error:
        before = raw[: error.start]
        last_line = before[before.rfind(b"\n") + 1 :]
        span = Span(name, before.count(b"\n") + 1, len(last_line.decode("utf-8-sig", "replace")) + 1)
        hint = "save it again with the encoding UTF-8"
        return None, [Finding(span, "not-utf8", "the file is not UTF-8 text", hint)]


def read_bytes(path: Path, limit: int) -> bytes:
    """Return at most one byte more than `limit`. Raises OSError, also for what is not a regular file."""
    # Since the folder was listed, a pipe may have taken the place of the file. We would wait for its writer for ever.
    flags = os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)
    with open(os.open(path, flags), "rb") as opened:
        mode = os.fstat(opened.fileno()).st_mode
        if not stat.S_ISREG(mode):
            raise OSError(f"it {_say_kind(mode)}")
        return opened.read(limit + 1)


def encode_like(path: Path, text: str) -> bytes:
    """Return the bytes of a text that `read_text` read from a file, and that was changed: mark and ends of lines stay.

    Of a file that is not there, nothing is to be kept.
    """
    raw = path.read_bytes() if path.is_file() else b""
    mark = raw[:3] if raw.startswith(b"\xef\xbb\xbf") else b""
    return mark + (text.replace("\n", "\r\n") if b"\r\n" in raw else text).encode()
