"""BibTeX: entries for styles older than biblatex. They are made from the biblatex entries.

What BibTeX has no field for goes into fields that every style prints (`note`, `howpublished`). It also stays in its
own field, because BibTeX ignores unknown fields. Source: BibTeXing, Oren Patashnik 1988.
"""

from __future__ import annotations

import re

from ..phrases.date_words import words_of_date
from ..phrases.phrases import Phrases
from ..values.dates import DateError, parse_edtf
from .biblatex import BibEntry, escape_tex
from .csl_json import MONTHS

_TYPES = {
    "letter": "misc", "unpublished": "misc", "online": "misc", "electronic": "misc", "www": "misc",
    "collection": "book", "mvbook": "book", "mvcollection": "book", "reference": "book", "mvreference": "book",
    "inreference": "incollection", "suppcollection": "incollection", "bookinbook": "inbook", "suppbook": "inbook",
    "mvproceedings": "proceedings", "report": "techreport", "thesis": "phdthesis", "periodical": "misc",
    "suppperiodical": "article", "review": "article", "dataset": "misc", "software": "misc", "patent": "misc",
}  # fmt: skip
_NAMES = {"journaltitle": "journal", "location": "address", "annotation": "annote"}
_ADDED = ("titleaddon", "booktitleaddon", "maintitleaddon", "pubstate", "version", "addendum")
_MASTERS = re.compile("master|mathesis", re.IGNORECASE)


def lower_entry(entry: BibEntry, phrases: Phrases) -> BibEntry:
    """Return a biblatex entry as BibTeX. Nothing is left out."""
    fields = dict(entry.fields)
    kind = _TYPES.get(entry.entry_type, entry.entry_type)
    if entry.entry_type in ("thesis", "mastersthesis") and _MASTERS.search(fields.get("type", "")):
        kind = "mastersthesis"
    for name in ("title", "booktitle", "journaltitle"):
        _join_titles(fields, name)
    if fields.get("version"):
        fields["version"] = phrases("imprint.version", version=fields["version"])
    notes = [fields.pop("note", ""), *(fields.pop(name, "") for name in _ADDED)]
    if kind == "misc" and "organization" in fields:
        fields.setdefault("howpublished", fields.pop("organization"))
    if kind in ("phdthesis", "mastersthesis"):
        fields["school"] = fields.pop("institution", "")
    lowered = {_NAMES.get(name, name): value for name, value in fields.items() if value}
    lowered |= _lower_date(lowered.pop("date", ""), phrases)
    note = ". ".join(_unbraced(part) for part in notes if part)
    return BibEntry(kind, entry.key, lowered | ({"note": note} if note else {}))


def _join_titles(fields: dict[str, str], name: str) -> None:
    """Join title, subtitle and the title of the multi-volume work into the one field that BibTeX has."""
    stem = name.removesuffix("title")
    parts = [fields.pop(f"{stem}subtitle", "")]
    if name in fields:
        parts.insert(0, fields[name])
    is_volume = name == ("booktitle" if "booktitle" in fields else "title")
    if is_volume and fields.get("maintitle"):
        parts = [fields.pop("maintitle"), fields.pop("mainsubtitle", ""), *parts]
    joined = ": ".join(part for part in parts if part)
    if joined:
        fields[name] = joined


def _lower_date(text: str, phrases: Phrases) -> dict[str, str]:
    """Return year, month and day. Any other date is printed in words, and kept as EDTF."""
    if not text:
        return {}
    try:
        date = parse_edtf(text)
    except DateError:
        return {"year": text}
    moment = date.start
    is_plain = moment is not None and re.fullmatch(r"[\d-]+", text)
    if moment is None or not is_plain or (moment.month or 0) > 12:
        return {"year": escape_tex(words_of_date(date, phrases)), "date": text}
    fields = {"year": moment.year}
    if moment.month:
        fields["month"] = MONTHS[moment.month - 1]
    if moment.day:
        fields["day"] = str(moment.day)
    return fields


def _unbraced(text: str) -> str:
    return text[1:-1] if re.fullmatch(r"\{[^{}]*\}", text) else text
