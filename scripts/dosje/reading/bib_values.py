"""Values of entries as reference managers and people write them: addresses, and which fields are private."""

from __future__ import annotations

import re
from functools import cache
from typing import Any

from pylatexenc import latex2text

# A host, perhaps with a port, and what follows it: "www.jstor.org/stable/1". A name with a comma or space is none.
_HOST = re.compile(r"(?:[\w-]+\.)+[^\W\d_]{2,}(?::\d+)?(?:[/?#]\S*)?", re.ASCII)
_WRAPPED = re.compile(r"\\url\s*\{(.*)\}|<(?:URL:)?(.*)>|\{(.*)\}")
# What TeX asks for before these signs stands in addresses that programs write for BibTeX.
_ESCAPED = re.compile(r"\{?\\([_%&#~$])(?:\{\})?\}?")
_DOI = re.compile(r"(?:(?:https?://)?(?:dx\.|www\.)?doi\.org/|doi:?\s*)(?=10\.)", re.IGNORECASE)
# Fields in which programs and people keep what is theirs: paths of their disk, their remarks. They are never published.
_PRIVATE = frozenset({
    "file", "pdf", "local-url", "owner", "username", "timestamp", "creationdate", "modificationdate", "date-added",
    "date-modified", "groups", "__markedentry", "mendeley-groups", "mendeley-tags", "annote", "annotation", "comment",
    "ids", "rating", "read", "readstatus", "priority", "qualityassured", "ranking", "relevance", "printed", "search",
})  # fmt: skip


def is_private(name: str) -> bool:
    """Say whether a field of an entry, by its name in lower case, is its keeper's own."""
    return name in _PRIVATE or name.startswith(("bdsk-", "comment-", "review-"))


def web_address(text: str) -> str:
    """Return an address with its scheme: "www.jstor.org/stable/1" -> "https://www.jstor.org/stable/1".

    What is no address stays as it is.
    """
    address = _unwrap(text)
    if address.startswith("//"):
        return f"https:{address}"
    if re.match(r"doi:\s*10\.", address, re.IGNORECASE):
        return f"https://doi.org/{bare_doi(address)}"
    return f"https://{address}" if _HOST.fullmatch(address) else address


def decode_cyrillic(text: str) -> str:
    r"""Return TeX with Cyrillic letters as letters: "\\textcyrillic{\\CYRA}", "{\\cyrchar\\CYRA}" -> "{А}".

    Old exports write them so. Pandoc does not know them, and leaves out a name that is written so.
    """
    if "cyr" not in text:
        return text
    text = re.sub(r"\\textcyrillic\s*(?=\{)|\\cyrchar(?![a-zA-Z])\s*", "", text)
    return re.sub(r"\\((?:CYR|cyr)[A-Za-z]+)(?:\{\}|[ \t]+)?", lambda match: _letter(match[1]), text)


@cache
def _letter(name: str) -> str:
    reader: Any = latex2text
    found = str(reader.LatexNodes2Text().latex_to_text(f"\\{name}"))
    return found if len(found) == 1 else f"\\{name}"


def is_web_address(text: str) -> bool:
    """Say whether a reader's browser can go there."""
    return re.match(r"https?://", text) is not None


def bare_doi(text: str) -> str:
    """Return a DOI without what may stand before it: "https://doi.org/10.1000/1", "doi:10.1000/1" -> "10.1000/1"."""
    return _DOI.sub("", _unwrap(text), count=1)


def _unwrap(text: str) -> str:
    text = text.strip()
    while match := _WRAPPED.fullmatch(text):
        text = next(part for part in match.groups() if part is not None).strip()
    return _ESCAPED.sub(r"\1", text)
