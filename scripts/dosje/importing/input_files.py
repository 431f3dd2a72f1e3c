"""Reads files that are imported, from wherever they lie. What cannot be read is said at its place."""

from __future__ import annotations

from pathlib import Path

from ..reading.files import MAX_BIB, read_bytes
from .incoming import NotUnderstood

# Marks at the beginning of a text: Excel's "Unicode text" is UTF-16.
_MARKS = ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"))


def read_input(
    path: Path, encoding: str = "", hint: str = "save it again with the encoding UTF-8"
) -> tuple[str | None, tuple[NotUnderstood, ...]]:
    r"""Return the text of a file with lines that end in "\n", or None and what is wrong with it. Raises OSError.

    `encoding`: its name, "cp1252"; "" for what its first bytes say, else UTF-8.
    """
    raw = read_bytes(path, MAX_BIB)
    if len(raw) > MAX_BIB:
        why = f"the file has more than {MAX_BIB // 1_000_000} million bytes (divide it into several files)"
        return None, (NotUnderstood(f"{path.name}:1:1", "", why),)
    marked = next((name for mark, name in _MARKS if raw.startswith(mark)), "")
    try:
        text = raw.decode(marked or encoding or "utf-8")
    except LookupError:
        return None, (NotUnderstood(f"{path.name}:1:1", "", f'no encoding is called "{encoding}" (utf-8, cp1252)'),)
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        why = f"the file is not {(marked or encoding or 'UTF-8').upper()} text ({hint})"
        return None, (NotUnderstood(f"{path.name}:{line}:1", "", why),)
    return text.replace("\r\n", "\n").replace("\r", "\n"), ()
