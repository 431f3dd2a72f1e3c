"""RIS: sources as EndNote, Citavi and Zotero import them.

A document with a recipient is PCOMM, and the recipient is A2. Every other archival unit is MANSCPT, because Zotero
turns GEN into a journal article. The archive is DB, and its place DP. The whole reference stands in AV ("location in
archives") and in AN: one for programs that follow the specification, the other for Zotero.
Source: RIS format specifications, Thomson ResearchSoft 2011; Zotero's RIS.js.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from ..phrases.date_words import words_of_date
from ..phrases.phrases import Phrases
from ..values.dates import DateError, parse_edtf
from .items import Item, edtf_of, kind_of, language_of, one_piece, plain_text, titles_of

_TYPES = {
    "personal_communication": "PCOMM", "manuscript": "MANSCPT", "document": "MANSCPT", "collection": "MANSCPT",
    "article-journal": "JOUR", "article-magazine": "MGZN", "article-newspaper": "NEWS", "book": "BOOK",
    "chapter": "CHAP", "paper-conference": "CPAPER", "thesis": "THES", "report": "RPRT", "webpage": "ELEC",
    "post-weblog": "BLOG", "entry-encyclopedia": "ENCYC", "entry-dictionary": "DICT", "map": "MAP",
    "motion_picture": "MPCT", "patent": "PAT", "bill": "BILL", "legislation": "STAT", "legal_case": "CASE",
}  # fmt: skip


def format_ris(items: Iterable[Item], phrases: Phrases) -> str:
    """Return the text of an RIS file: two letters, two spaces, hyphen, space, and lines that end in CR and LF."""
    lines = (f"{tag}  - {_one_line(value)}" for item in items for tag, value in ris_lines(item, phrases))
    return "".join(f"{line}\r\n" for line in lines)


def ris_lines(item: Item, phrases: Phrases) -> Iterator[tuple[str, str]]:
    """Yield tags and values of one source, from TY to ER."""
    kind = _kind_of_entry(item)
    custom = item.get("custom", {})
    yield "TY", kind
    yield "ID", str(item["id"])
    yield from _names(item, kind)
    own, described = titles_of(item)
    yield "TI", own
    if described:
        yield "TT", described
    yield from _date(item, phrases)
    yield from _present(item, (("container-title", "T2"), ("collection-title", "T2" if kind == "BOOK" else "T3")))
    yield from _kind(item, custom, phrases)
    yield from _present(item, (("volume", "VL"), ("issue", "IS"), ("number", "IS"), ("edition", "ET")))
    first, _, last = re.sub("[–—]", "-", str(item.get("page", ""))).partition("-")
    if first:
        yield "SP", first
    if last:
        yield "EP", last
    yield from _present(item, (("publisher", "PB"), ("publisher-place", "CY"), ("ISBN", "SN"), ("ISSN", "SN")))
    if language := language_of(item):
        yield "LA", language
    yield from _present(item, (("DOI", "DO"), ("URL", "UR"), ("archive", "DB")))
    if item.get("archive-place"):
        yield "DP", f"{item['archive']}, {item['archive-place']}"
    yield from _present(item, (("archive_location", "AV"), ("archive_location", "AN")))
    if not custom.get("type"):
        yield from _present(item, (("status", "N1"),))
    yield from _present(item, (("note", "N1"), ("abstract", "AB"), ("keyword", "KW")))
    yield from _present(custom, (("page", "N1"),))
    if item.get("version"):
        yield "N1", phrases("ris.version", version=item["version"])
    if custom.get("date") and not re.fullmatch(r"[\d-]+", custom["date"]):
        yield "N1", phrases("ris.edtf", date=custom["date"])
    yield "ER", ""


def _kind_of_entry(item: Item) -> str:
    if item.get("recipient"):
        return "PCOMM"
    return _TYPES.get(str(item["type"]), "MANSCPT" if item.get("custom", {}).get("type") else "GEN")


def _kind(item: Item, custom: Mapping[str, str], phrases: Phrases) -> Iterator[tuple[str, str]]:
    if custom.get("type"):
        yield "M3", kind_of(item, phrases)
    else:
        yield from _present(item, (("genre", "M3"),))


def _names(item: Item, kind: str) -> Iterator[tuple[str, str]]:
    # A2 is the editor of the series for a book, and the editor for everything else.
    tags = {"author": "AU", "recipient": "A2", "editor": "A3" if kind == "BOOK" else "A2", "translator": "A4"}
    for role, tag in tags.items():
        for name in item.get(role, ()):
            yield tag, inverted_name(name)


def inverted_name(name: Mapping[str, str]) -> str:
    """Return a name as in an index, "Kapo, Hysni". A plain name has no comma, which would split it."""
    if name.get("literal"):
        return one_piece(name["literal"])
    family = " ".join(filter(None, (name.get("non-dropping-particle"), name.get("family"))))
    given = " ".join(filter(None, (name.get("given"), name.get("dropping-particle"))))
    return ", ".join(part for part in (family, given, name.get("suffix", "")) if part)


def _date(item: Item, phrases: Phrases) -> Iterator[tuple[str, str]]:
    """Yield the year, and the date as YYYY/MM/DD/words. The words say a date that is no single day."""
    issued = item.get("issued")
    if not issued:
        return
    parts = [f"{part:0{2 if index else 4}}" for index, part in enumerate((issued.get("date-parts") or [[]])[0])]
    if not parts:
        # A season, "2011-23", and a date with an open end, "../1850", have a year too.
        parts = re.findall(r"(?<!\d)\d{4}(?!\d)", item.get("custom", {}).get("date", ""))[:1]
    year, month, day = (*parts, "", "", "")[:3]
    if year.startswith("-"):
        yield "DA", f"///{edtf_of(item)}"  # there is no year before Christ
        return
    if year:
        yield "PY", year
    yield "DA", f"{year}/{month}/{day}/{_words_of_date(item, phrases).replace('/', '-')}"


def _words_of_date(item: Item, phrases: Phrases) -> str:
    issued = item["issued"]
    edtf = item.get("custom", {}).get("date", "")
    if "literal" in issued:
        return str(issued["literal"])
    if edtf and not re.fullmatch(r"[\d-]+", edtf):
        try:
            return words_of_date(parse_edtf(edtf), phrases)
        except DateError:
            return str(edtf)
    if len(issued.get("date-parts", ())) > 1:
        return phrases("ris.to", date="-".join(f"{part:02}" for part in issued["date-parts"][1]))
    return phrases("ris.about") if issued.get("circa") else ""


def _present(item: Mapping[str, Any], tags: Iterable[tuple[str, str]]) -> Iterator[tuple[str, str]]:
    return ((tag, str(item[name])) for name, tag in tags if item.get(name))


def _one_line(value: str) -> str:
    return " ".join(plain_text(value).split())
