"""Reads works from RIS, as Zotero, EndNote, Mendeley and databases export it: bibliography/*.ris.

A record is turned into an object of CSL-JSON. The tags are read here, and not by a library, because a finding needs
the line. Sources: RIS format specifications, Thomson ResearchSoft 2011; Zotero's RIS.js; what `exporting.ris` writes.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from typing import Any

from ..values.characters import drop_signs, find_signs
from ..values.findings import Finding, Span
from .bibliography import BibFile
from .csl_items import CslItem, make_file
from .work_dates import is_about, read_date

_TAG = re.compile(r"([A-Z][A-Z0-9])  ?- ?(.*)")
_TYPES = {
    "JOUR": "article-journal", "EJOUR": "article-journal", "ABST": "article-journal", "INPR": "article-journal",
    "MGZN": "article-magazine", "NEWS": "article-newspaper", "BOOK": "book", "EBOOK": "book", "EDBOOK": "book",
    "CLSWK": "book", "ANCIENT": "book", "SER": "book", "CHAP": "chapter", "ECHAP": "chapter", "PAMP": "pamphlet",
    "CONF": "paper-conference", "CPAPER": "paper-conference", "THES": "thesis", "RPRT": "report", "GOVDOC": "report",
    "ELEC": "webpage", "WEB": "webpage", "BLOG": "post-weblog", "ENCYC": "entry-encyclopedia",
    "DICT": "entry-dictionary", "MANSCPT": "manuscript", "UNPB": "manuscript", "UNPD": "manuscript",
    "PCOMM": "personal_communication", "MAP": "map", "MPCT": "motion_picture", "VIDEO": "motion_picture",
    "SOUND": "song", "MUSIC": "song", "ART": "graphic", "STAT": "legislation", "BILL": "bill", "CASE": "legal_case",
    "HEAR": "hearing", "PAT": "patent", "DATA": "dataset", "COMP": "software", "SLIDE": "speech", "STAND": "standard",
}  # fmt: skip
# What lies in an archive. There DB is the archive; elsewhere it is the database from which the record comes.
_ARCHIVAL = ("manuscript", "personal_communication")
_WHOLES = ("book", "motion_picture", "report", "thesis", "map", "webpage", "pamphlet")  # their T2 is a series
_ONE = {
    "VL": "volume", "ET": "edition", "PB": "publisher", "ST": "title-short", "LA": "language", "DO": "DOI",
    "NV": "number-of-volumes", "SE": "section",
}  # fmt: skip


def read_ris(text: str, path: str) -> tuple[BibFile, list[Finding]]:
    """Return the works of an RIS file in order, and what could not be read. Notes (N1) are their keeper's own."""
    findings = list(find_signs(text, path))
    placed = []
    for line, tags in _records(drop_signs(text, " ")):
        span = Span(path, line, 1)
        if not tags.get("TY"):
            hint = "a record begins with TY  - and ends with ER  -"
            findings.append(Finding(span, "bib-syntax", "a record without its type (TY)", hint))
            continue
        placed.append((_item_of(tags), span))
    if not placed and text.strip() and not findings:
        message = "this is no RIS: no record begins with TY  -"
        findings.append(Finding(Span(path, 1, 1), "bib-syntax", message, "in Zotero: Export, format RIS"))
    return make_file(path, placed, findings)


def _records(text: str) -> Iterator[tuple[int, dict[str, list[str]]]]:
    """Yield each record: its first line, and its values by tag. A line without a tag continues the one before."""
    tags: dict[str, list[str]] = defaultdict(list)
    first, last = 0, ""
    for number, line in enumerate(text.split("\n"), 1):
        match = _TAG.fullmatch(line.strip("\r"))
        if match is None:
            if last and line.strip():
                tags[last][-1] += f" {line.strip()}"
            continue
        if (match[1] == "ER" or match[1] == "TY") and tags:
            yield first, dict(tags)
            tags, last = defaultdict(list), ""
        if match[1] == "ER":
            continue
        first = number if not tags else first
        last = match[1]
        tags[last].append(match[2].strip())
    if tags:
        yield first, dict(tags)


def _item_of(tags: Mapping[str, list[str]]) -> CslItem:
    kind = _TYPES.get(tags["TY"][0].upper(), "document")
    item: CslItem = {"type": kind, "id": _first(tags, "ID")}
    item |= {name: value for tag, name in _ONE.items() if (value := _first(tags, tag))}
    item |= _titles_of(tags, kind) | _names_of(tags, kind) | _dates_of(tags) | _place_of(tags, kind)
    if number := _first(tags, "IS", "M1"):
        item["number" if kind in ("report", "patent", "bill", "legislation", "standard") else "issue"] = number
    pages = [page for page in (_first(tags, "SP"), _first(tags, "EP")) if page]
    item |= {"page": "-".join(pages)} if pages else {}
    if number := _first(tags, "SN"):
        is_serial = re.fullmatch(r"[0-9]{4}-?[0-9]{3}[0-9Xx]", number.split()[0])
        item["ISSN" if is_serial else "ISBN"] = number
    if address := next((one for tag in ("UR", "L2", "LK") for one in tags.get(tag, ()) if one), ""):
        item["URL"] = address
    if genre := _first(tags, "M3"):
        item |= {"DOI": genre} if genre.startswith("10.") and "DOI" not in item else {"genre": genre}
    if words := _first(tags, "AB", "N2"):
        item["abstract"] = words
    if words := ", ".join(tags.get("KW", ())):
        item["keyword"] = words
    if remarks := [one for one in tags.get("N1", ()) if one]:
        item["note"] = "\n".join(f"annotation: {' '.join(one.split())}" for one in remarks)
    return item


def _titles_of(tags: Mapping[str, list[str]], kind: str) -> CslItem:
    whole = _first(tags, "T2", "JF", "JO", "J2", "JA", *(() if kind == "book" else ("BT",)))
    found = {"title": _first(tags, "TI", "T1", "CT", "BT"), "collection-title": _first(tags, "T3")}
    found["collection-title" if kind in _WHOLES else "container-title"] = whole
    found["collection-title"] = found["collection-title"] or _first(tags, "T3")
    return {name: value for name, value in found.items() if value}


def _names_of(tags: Mapping[str, list[str]], kind: str) -> CslItem:
    is_collected = tags["TY"][0].upper() == "EDBOOK"
    second = {"personal_communication": "recipient", "book": "collection-editor"}.get(kind, "editor")
    roles = {
        "AU": "editor" if is_collected else "author", "A1": "editor" if is_collected else "author", "A2": second,
        "ED": "editor", "A3": "editor" if kind == "book" else "collection-editor", "A4": "translator",
    }  # fmt: skip
    found: dict[str, list[dict[str, str]]] = {}
    for tag, role in roles.items():
        found.setdefault(role, []).extend(_name(one) for one in tags.get(tag, ()) if one.strip(" ,"))
    return {role: people for role, people in found.items() if people}


def _name(text: str) -> dict[str, str]:
    """Return a name as CSL has it: "Kapo, Hysni", "King, Martin, Jr."; one without a comma is a name in one piece."""
    parts = [part.strip() for part in text.split(",")]
    if len(parts) == 1 or not parts[1]:
        return {"literal": parts[0]}
    return {"family": parts[0], "given": parts[1], **({"suffix": parts[2]} if len(parts) > 2 and parts[2] else {})}


def _dates_of(tags: Mapping[str, list[str]]) -> CslItem:
    ours = next((match[1] for one in tags.get("N1", ()) if (match := re.search(r"\(EDTF\): (\S+)", one))), "")
    texts = [text for tag in ("DA", "PY", "Y1") for one in tags.get(tag, ()) if (text := _date(one))]
    said = next((text for text in texts if read_date(text).year), texts[0] if texts else "")
    found: CslItem = {"issued": {"literal": said}} if said else {}
    if ours and said:
        found["custom"] = {"date": ours}
    if seen := _date(_first(tags, "Y2")):
        found["accessed"] = {"literal": seen}
    return found


def _date(text: str) -> str:
    """Return a date of RIS, YYYY/MM/DD/words, as EDTF; or its words, with the year if they lack it."""
    # Our own export says so of an approximate date: "1960///about 1960".
    about = re.fullmatch(r"([0-9]{4}/.*/)(\w{2,})(?: [0-9]{4})?", text)
    if about and is_about(about[2]):
        return f"{_date(about[1])}~"
    year, month, day, words = (*(part.strip() for part in text.split("/", 3)), "", "", "", "")[:4]
    if words and not re.fullmatch(r"[0-9:. ]+", words):
        return words if read_date(words).year or not year else f"{words} {year}"
    if not re.fullmatch(r"[0-9]{4}", year) or not re.fullmatch(r"[0-9]{0,2}", month):
        return text.strip(" /")
    numbers = [number for number in (month, day) if re.fullmatch(r"0?[1-9]|[12][0-9]|3[01]", number)]
    return "-".join([year, *(number.zfill(2) for number in numbers)])


def _place_of(tags: Mapping[str, list[str]], kind: str) -> CslItem:
    town, archive = _first(tags, "CY", "PP"), _first(tags, "DB")
    if kind not in _ARCHIVAL:
        return {"publisher-place": town} if town else {}
    found = {"archive": archive, "archive_location": _first(tags, "AV", "AN", "CN"), "publisher-place": town}
    if archive and (place := _first(tags, "DP")).startswith(f"{archive}, "):
        found["archive-place"] = place.removeprefix(f"{archive}, ")
    return {name: value for name, value in found.items() if value}


def _first(tags: Mapping[str, list[str]], *names: str) -> Any:
    return next((one for name in names for one in tags.get(name, ()) if one), "")
