"""Reads works from CSL-JSON, as Zotero and other programs export it: bibliography/*.json.

An item is an object of CSL-JSON; pandoc reads it, as it reads a .bib file. What we ask of a work ourselves stands in
`Work.fields`, under the names of biblatex. Source: CSL 1.0.2, csl-data.json.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from ..values.characters import drop_signs, find_signs
from ..values.findings import Finding, Span
from ..values.slugs import slug
from .bib_values import bare_doi, web_address
from .bibliography import BibFile, Work
from .work_dates import read_date

CslItem = dict[str, Any]
_TYPES = {
    "article-journal": "article", "article-magazine": "article", "article-newspaper": "article", "article": "article",
    "review": "article", "review-book": "article", "book": "book", "chapter": "incollection", "thesis": "thesis",
    "paper-conference": "inproceedings", "report": "report", "webpage": "online", "post-weblog": "online",
    "entry-encyclopedia": "inreference", "entry-dictionary": "inreference", "manuscript": "unpublished",
    "personal_communication": "letter", "periodical": "periodical", "collection": "misc",
}  # fmt: skip
# The names of biblatex for the variables of CSL that we ask for.
_FIELDS = {
    "title": "title", "title-short": "shorttitle", "volume": "volume", "issue": "number", "number": "number",
    "page": "pages", "edition": "edition", "publisher": "publisher", "publisher-place": "location",
    "collection-title": "series", "DOI": "doi", "URL": "url", "ISBN": "isbn", "ISSN": "issn", "abstract": "abstract",
    "keyword": "keywords", "language": "langid", "note": "note",
}  # fmt: skip
_DATES = (("issued", "date"), ("accessed", "urldate"), ("original-date", "origdate"), ("event-date", "eventdate"))
_NAMES = ("author", "editor", "translator", "recipient", "collection-editor", "container-author", "director")
_NAMES_OF_CSL = frozenset({
    *_NAMES, "chair", "compiler", "composer", "contributor", "curator", "editorial-director", "editor-translator",
    "executive-producer", "guest", "host", "illustrator", "interviewer", "narrator", "organizer", "original-author",
    "performer", "producer", "reviewed-author", "script-writer", "series-creator",
})  # fmt: skip
# Zotero keeps in a note what CSL has no variable for, on a line each: "Citation Key: smith2010", "tex.seen: via".
_LINE = re.compile(r"(?:tex\.)?([A-Za-z][\w .-]{0,40}?)\s*:\s+(.+)")
_OURS = ("seen", "via", "formerly", "variants", "annotation", "draft")


def read_csl_json(text: str, path: str) -> tuple[BibFile, list[Finding]]:
    """Return the works of a file of CSL-JSON in order, and what could not be read."""
    findings = list(find_signs(text, path))
    try:
        value = json.loads(drop_signs(text, " "))
    except json.JSONDecodeError as error:
        return _unread(path, findings, Span(path, error.lineno, error.colno), f"this is no JSON: {error.msg}")
    except RecursionError:
        return _unread(path, findings, Span(path, 1, 1), "lists lie too deep in one another")
    items = value.get("items") if isinstance(value, dict) else value
    if not isinstance(items, list) or any(not isinstance(item, dict) or "type" not in item for item in items):
        return _unread(path, findings, Span(path, 1, 1), "this is no CSL-JSON: a list of objects with a type")
    return make_file(
        path, [(_clean(item), span) for item, span in zip(items, _spans(items, text, path), strict=True)], findings
    )


def _unread(path: str, findings: list[Finding], span: Span, message: str) -> tuple[BibFile, list[Finding]]:
    hint = "in Zotero: Export, format CSL JSON; or put it outside bibliography/"
    return BibFile(path, "", ()), [*findings, Finding(span, "bib-syntax", message, hint)]


def _spans(items: Iterable[CslItem], text: str, path: str) -> Iterator[Span]:
    """Yield the place of the id of each item, or of what stands before it."""
    at = end = 0
    for item in items:
        written = json.dumps(item.get("id", ""), ensure_ascii=False)
        found = re.compile(rf'"id"\s*:\s*{re.escape(written)}').search(text, end) if item.get("id") else None
        at, end = found.span() if found else (at, end)
        yield Span(path, text.count("\n", 0, at) + 1, at - text.rfind("\n", 0, at))


def make_file(
    path: str, placed: Iterable[tuple[CslItem, Span]], findings: list[Finding]
) -> tuple[BibFile, list[Finding]]:
    """Return items as works, each with its key as `id`. An item without a key gets one of its author and year."""
    works: list[Work] = []
    keys: set[str] = set()
    for item, span in placed:
        fields = _fields_of(item)
        key = _key_of(item, fields) or _make_key(item, fields, keys)
        if key in keys:
            message = f'"{key}" is already the key of another entry'
            findings.append(Finding(span, "key-clash", message, "rename one of both"))
            continue
        keys.add(key)
        fields = {name: value for name, value in fields.items() if name != "citation key"}
        kind = _TYPES.get(str(item["type"]), "misc")
        spans, said = dict.fromkeys(fields, span), _texts_in(item.get("custom"))
        works.append(Work(key, kind, span, fields, spans, item=_for_pandoc(item, key), custom=said))
    return BibFile(path, "", tuple(works), keys=frozenset(keys)), findings


def _texts_in(custom: object) -> dict[str, str]:
    return {name: str(one) for name, one in custom.items() if isinstance(one, str)} if isinstance(custom, dict) else {}


def _for_pandoc(item: CslItem, key: str) -> CslItem:
    """Return what pandoc can read of an item: texts and names. We read its dates, and `custom` is no variable."""
    found: CslItem = {"id": key, "type": str(item["type"])}
    for name, value in item.items():
        if name in _NAMES_OF_CSL and isinstance(value, list):
            found[name] = [{part: str(text) for part, text in one.items() if isinstance(text, str)} for one in value]
        elif name not in ("id", "type", "citation-key") and isinstance(value, str | int) and value != "":
            found[name] = str(value)
    return found


def _key_of(item: CslItem, fields: Mapping[str, str]) -> str:
    return str(item.get("citation-key") or fields.get("citation key") or item.get("id") or "").strip()


def _make_key(item: CslItem, fields: Mapping[str, str], taken: set[str]) -> str:
    """Return a key of author and year, "smith-2010", with a number behind it where two have one."""
    people: list[CslItem] = next((item[role] for role in _NAMES if item.get(role)), [{}])
    family = slug(str(people[0].get("family") or people[0].get("literal") or ""))
    stem = (
        "-".join(part for part in (family or slug(fields.get("title", ""))[:30].strip("-"), read_year(fields)) if part)
        or "work"
    )
    return next(key for key in (stem, *(f"{stem}-{n}" for n in range(2, len(taken) + 3))) if key not in taken)


def read_year(fields: Mapping[str, str]) -> str:
    """Return the year of the field `date`, "" if it has none."""
    return read_date(fields["date"]).year if fields.get("date") else ""


def _clean(value: Any) -> Any:
    """Return JSON without signs that no output can hold: they may be written as numbers."""
    if isinstance(value, str):
        return drop_signs(value, " ")
    if isinstance(value, list):
        return [_clean(one) for one in value]
    return {str(key): _clean(one) for key, one in value.items()} if isinstance(value, dict) else value


def _fields_of(item: CslItem) -> dict[str, str]:
    """Return what we ask of a work ourselves, and take what Zotero keeps in the note out of it."""
    own = _take_lines(item)
    for name, tidy in (("URL", web_address), ("DOI", bare_doi)):
        if item.get(name):
            item[name] = tidy(str(item[name]))
    fields = {field: _plain(item[name]) for name, field in _FIELDS.items() if isinstance(item.get(name), str | int)}
    if container := item.get("container-title"):
        fields["booktitle" if str(item["type"]) in ("chapter", "paper-conference") else "journaltitle"] = _plain(
            container
        )
    for name, field in _DATES:
        if isinstance(item.get(name), dict) and (date := text_of_date(item[name], item)):
            fields[field] = date
    for role in _NAMES:
        people = item.get(role)
        item |= {role: [one for one in people if isinstance(one, dict)]} if isinstance(people, list) else {}
        if item.get(role):
            fields[role] = " and ".join(_name(one) for one in item[role])
    return fields | own


def _take_lines(item: CslItem) -> dict[str, str]:
    if not isinstance(item.get("note"), str):
        return {}
    own, kept = {}, []
    for line in item["note"].splitlines():
        match = _LINE.fullmatch(line.strip())
        if match and match[1].lower() in (*_OURS, "citation key"):
            own[match[1].lower()] = match[2].strip()
        elif not match:
            kept.append(line)  # what other programs keep there is no remark on the work: "OCLC: 1234"
    item["note"] = "\n".join(kept).strip()
    if not item["note"]:
        del item["note"]
    return own


def _plain(value: object) -> str:
    return " ".join(re.sub(r"</?(?:i|b|sup|sub|sc|span)\b[^>]*>", "", str(value)).split())


def _name(name: Mapping[str, Any]) -> str:
    family = " ".join(str(name[part]) for part in ("non-dropping-particle", "family") if name.get(part))
    return ", ".join(str(part) for part in (family or name.get("literal", ""), name.get("given")) if part)


def text_of_date(date: Mapping[str, Any], item: Mapping[str, Any]) -> str:
    """Return a date of CSL-JSON as an entry would say it: EDTF, or words. `item`: may have it as EDTF itself (ours)."""
    custom = item.get("custom")
    said = str(custom.get("date", "")) if isinstance(custom, dict) and date is item.get("issued") else ""
    words = str(date.get("literal") or date.get("raw") or "")
    if words:
        return words if read_date(words).is_read or not said else said
    if said:
        return said
    sign = "~" if date.get("circa") else ""
    ends = []
    for parts in date.get("date-parts") or ():
        numbers = (
            [int(part) for part in parts if re.fullmatch(r"-?[0-9]+", str(part))] if isinstance(parts, list) else []
        )
        if not numbers or not -9999 < numbers[0] < 10000:
            return ""
        year = f"{numbers[0]:04}" if numbers[0] > 0 else f"-{-numbers[0] - 1:04}"
        ends.append("-".join([year, *(f"{number:02}" for number in numbers[1:] if 0 < number < 32)]) + sign)
    season = str(date.get("season", ""))
    if len(ends) == 1 and re.fullmatch(r"[1-4]", season) and re.fullmatch(r"[0-9]{4}", ends[0]):
        return f"{ends[0]}-{20 + int(season)}"
    return "/".join(dict.fromkeys(ends))
