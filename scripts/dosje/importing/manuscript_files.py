"""Looks into the file of a manuscript before any program reads it: what kind it is, and whether it is whole and safe.

The bytes decide, not the name. A file of a word processor is a zip: it is unpacked once, within bounds, so that a file
that is broken, or swells when it is opened, is refused with words that help.
"""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from ..reading.files import read_bytes
from ..values.errors import OperationError

# A thesis of 1,000 pages with scans in it; what it may unpack to; and the text of one part of it.
_MOST = 200_000_000
_MOST_UNPACKED = 600_000_000
_MOST_OF_A_PART = 100_000_000
_MOST_PARTS = 20_000
_KINDS_BY_ENDING = {
    ".docx": "docx", ".odt": "odt", ".rtf": "rtf", ".html": "html", ".htm": "html", ".xhtml": "html",
    ".md": "markdown", ".markdown": "markdown", ".txt": "markdown", ".tex": "latex",
}  # fmt: skip
DOCUMENT_ENDINGS = tuple(_KINDS_BY_ENDING)
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_PASSWORD = "is protected by a password: open it, save it without one, and import that"
_BROKEN = "is broken, perhaps because it was not copied whole: open it in the word processor, and save it anew"
_SWELLS = "unpacks to more than a manuscript has, and was not opened"
_HTML = re.compile(
    rb"\s*(?:<\?xml[^>]*>\s*)?(?:<!--.*?-->\s*)*<(?:!doctype html|html|head|body)\b", re.IGNORECASE | re.DOTALL
)
_NESTED = re.compile(
    rb"<(/?)(?:div|span|blockquote|ul|ol|dl|table|section|article|em|strong|i|b|font|sup|sub)\b", re.IGNORECASE
)
_DEEPEST = 150
_CHARSET = re.compile(rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?([\w-]+)", re.IGNORECASE)
_INPUTENC = re.compile(rb"\\usepackage\[([\w-]+)\]\{inputenc\}")
_ENCODINGS = {"latin1": "cp1252", "ansinew": "cp1252", "iso-8859-1": "cp1252", "applemac": "mac-roman"}
_UNICODE = ((b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"))


@dataclass(frozen=True)
class ManuscriptFile:
    """A file that can be read. `kind`: as pandoc names it: "docx", "odt", "rtf", "html", "markdown" or "latex".

    `raw`: its bytes, those of a text in UTF-8. `parts`: of a zip, its XML by name. `is_misnamed`: its name says another
    kind.
    """

    path: Path
    kind: str
    raw: bytes
    parts: Mapping[str, bytes] = field(default_factory=dict)
    is_misnamed: bool = False


def open_manuscript(path: Path) -> ManuscriptFile:
    """Return a file of a manuscript. Raises OperationError, which says what is wrong with it and what can be done."""
    said = _KINDS_BY_ENDING.get(path.suffix.lower(), "")
    try:
        raw = read_bytes(path, _MOST)
    except OSError as error:
        raise OperationError(f"{path.name} cannot be read: {error.strerror or error}") from error
    if len(raw) > _MOST:
        raise _refuse(path, f"has more than {_MOST // 1_000_000} million bytes: take the pictures out of it")
    if not raw.strip():
        raise _refuse(path, "is empty")
    if raw.startswith(_OLE):
        is_locked = "EncryptedPackage".encode("utf-16-le") in raw
        raise _refuse(path, _PASSWORD if is_locked else "is a file of an old Word: open it, and save it as .docx")
    if raw.startswith(b"%PDF-"):
        raise _refuse(path, "is a PDF, in which no notes can be told from the text: import what it was made from")
    if raw.startswith(b"{\\rtf"):
        return ManuscriptFile(path, "rtf", raw, is_misnamed=said != "rtf")
    is_html = said == "html" or bool(_HTML.match(raw))
    if raw.startswith(b"PK\x03\x04") or (said in ("docx", "odt") and not is_html):
        return _open_zip(path, raw, said)
    if not said and not is_html:
        raise _refuse(path, f"is no manuscript that can be read; one is {', '.join(DOCUMENT_ENDINGS)}")
    if said == "rtf" and not is_html:
        raise _refuse(path, "is no RTF, whatever its name says")
    kind = "html" if is_html else said
    if is_html and _depth_of(raw) > _DEEPEST:
        raise _refuse(path, f"has elements that lie more than {_DEEPEST} deep in one another")
    return ManuscriptFile(path, kind, _decode(path, raw, kind).encode(), is_misnamed=kind != said)


def _depth_of(raw: bytes) -> int:
    """Return how deep the elements of HTML lie in one another. Pandoc takes hours for some thousands."""
    depth = deepest = 0
    for match in _NESTED.finditer(raw):
        depth = max(0, depth - 1) if match[1] else depth + 1
        deepest = max(deepest, depth)
    return deepest


def _refuse(path: Path, why: str) -> OperationError:
    return OperationError(f"{path.name} {why}")


def _decode(path: Path, raw: bytes, kind: str) -> str:
    """Return the text of a file. It is UTF-8, unless it says something else itself."""
    named = {"html": _CHARSET, "latex": _INPUTENC}.get(kind)
    found = named.search(raw[:10_000]) if named else None
    said = found[1].decode().lower() if found else "utf-8"
    encoding = next((name for sign, name in _UNICODE if raw.startswith(sign)), "")
    for name in (encoding, "utf-8-sig", _ENCODINGS.get(said, said)):
        try:
            text = raw.decode(name) if name else None
        except (LookupError, UnicodeDecodeError):
            continue
        if text is not None and "\0" not in text:
            return text.replace("\r\n", "\n").replace("\r", "\n")
    if b"\0" in raw:
        raise _refuse(path, "is no text, whatever its name says")
    raise _refuse(path, "is not UTF-8 text: save it again with the encoding UTF-8")


def _open_zip(path: Path, raw: bytes, said: str) -> ManuscriptFile:
    try:
        with zipfile.ZipFile(io.BytesIO(raw)) as packed:
            parts = _unpack(path, packed)
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, ValueError, OSError) as error:
        is_zip = raw.startswith(b"PK")
        raise _refuse(path, _BROKEN if is_zip else f"is no .{said} file, whatever its name says") from error
    kind = _kind_of_zip(path, parts)
    return ManuscriptFile(path, kind, raw, parts, is_misnamed=kind != said)


def _unpack(path: Path, packed: zipfile.ZipFile) -> dict[str, bytes]:
    """Return the XML of a zip by name. All of it is unpacked once, so that what is broken is known, and what swells."""
    entries = packed.infolist()
    if any(entry.flag_bits & 1 for entry in entries):
        raise _refuse(path, _PASSWORD)
    if len(entries) > _MOST_PARTS:
        raise _refuse(path, _SWELLS)
    parts: dict[str, bytes] = {}
    left = _MOST_UNPACKED
    for entry in entries:
        is_text = entry.filename.endswith((".xml", ".rels")) or entry.filename == "mimetype"
        most = min(left, _MOST_OF_A_PART) if is_text else left
        with packed.open(entry) as opened:
            kept = []
            while block := opened.read(1 << 20):
                most -= len(block)
                left -= len(block)
                if most < 0:
                    raise _refuse(path, _SWELLS)
                kept += [block] if is_text else []
        if is_text:
            parts[entry.filename] = b"".join(kept)
            # No word processor writes one. It could name other files, or texts that grow.
            if b"<!DOCTYPE" in parts[entry.filename] or b"<!ENTITY" in parts[entry.filename]:
                raise _refuse(path, f"has a definition of its own in {entry.filename}, which is not read")
    return parts


def _kind_of_zip(path: Path, parts: Mapping[str, bytes]) -> str:
    mimetype = parts.get("mimetype", b"").strip()
    if b"encryption-data" in parts.get("META-INF/manifest.xml", b""):
        raise _refuse(path, _PASSWORD)
    if mimetype.startswith(b"application/vnd.oasis.opendocument.text") and "content.xml" in parts:
        return "odt"
    if b"wordprocessingml" in parts.get("[Content_Types].xml", b""):
        return "docx"
    if b"spreadsheetml" in parts.get("[Content_Types].xml", b""):
        raise _refuse(path, "is a table of Excel, and no manuscript")
    raise _refuse(path, "is a zip, and no file of a word processor")
