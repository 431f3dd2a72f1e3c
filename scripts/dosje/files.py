"""Reads the text of a file. What cannot be read is a finding, not an exception."""

from __future__ import annotations

from pathlib import Path

from .findings import Finding, Span


def read_text(path: Path, root: Path) -> tuple[str | None, list[Finding]]:
    """Return the text of the file with lines that end in "\\n", or None and the finding that says why not.

    Lines and columns stay what an editor's program shows: a byte order mark and the "\\r" of
    Windows count as no column there.
    """
    raw = path.read_bytes()
    try:
        return raw.decode("utf-8-sig").replace("\r\n", "\n"), []
    except UnicodeDecodeError as error:
        before = raw[: error.start]
        last_line = before[before.rfind(b"\n") + 1 :]
        span = Span(
            path.relative_to(root).as_posix(),
            before.count(b"\n") + 1,
            len(last_line.decode("utf-8-sig", "replace")) + 1,
        )
        hint = "save it again with the encoding UTF-8"
        return None, [Finding(span, "not-utf8", "the file is not UTF-8 text", hint)]
