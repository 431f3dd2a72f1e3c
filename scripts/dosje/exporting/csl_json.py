"""CSL-JSON: every source as the object that citation programs read. All other exports are made from it.

A test compares it with what pandoc's own writer gives. Pandoc is not asked here, because the variables are known
already, and it takes less time to write them as JSON than to look for a kept answer.
Source: CSL 1.0.2, csl-data.json.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

from ..citing.csl import Variant, bracketed_title
from ..citing.wording import meta_of_unit
from ..edition.links import LinkedCorpus
from ..edition.own_words import plain_prose, words_of_own
from ..edition.pages import address_on_site, path_of
from ..phrases.date_words import words_of_date
from ..phrases.phrases import Phrases
from ..reading.bibliography import Work
from ..reading.corpus import Record
from ..reading.source_records import Source
from ..reading.vocabulary import CORRESPONDENCE
from ..values.dates import DateError, Edtf, parse_edtf
from ..values.languages import code_of_language
from ..values.metadata import Meta, Name, csl_value_of_meta, meta_of_date, meta_of_name
from ..values.page_id import PageId
from ..values.stand_ins import TRANSLATED, WRITTEN_AT
from .items import Item
from .known_through import say_known_through

MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
# The names that CSL-JSON, unlike pandoc's metadata, writes in capitals.
_CAPITALS = {name.lower(): name for name in ("DOI", "ISBN", "ISSN", "PMCID", "PMID", "URL")}
# For each title the fields of an entry that make it, from first to last.
_PRINTED = (
    ("title", ("maintitle", "mainsubtitle", "title", "subtitle")),
    ("container-title", ("journaltitle", "journalsubtitle")),
    ("container-title", ("journal",)),
    ("container-title", ("maintitle", "booktitle", "booksubtitle")),
    ("collection-title", ("series",)),
)
_TEX = re.compile(r"[\\$~]|--|``|''")


def item_of_source(linked: LinkedCorpus, works: Mapping[str, Meta], key: str) -> Item:
    """Return a source, archival or published, as an object of CSL-JSON. Raises KeyError.

    `note` says through which work it is known, as notes do, and `custom` has these words apart.
    """
    record = linked.corpus.sources.get(key)
    settings = linked.corpus.settings
    address = address_on_site(settings.site_url, path_of(PageId("source", key)))
    if record is None:
        work = linked.corpus.works[key]
        item = item_of_work(work, works[key])
        # Its own address is where it was published: a style would print ours as that.
        page = (f"{settings.site_name}: {address}" if address else "", _mark_draft(linked, work))
        if any(page):
            item["custom"] = {**item.get("custom", {}), "page": " ".join(part for part in page if part)}
    else:
        item = _item_of_unit(linked, record)
        if mark := _mark_draft(linked, record):
            item["note"] = "; ".join(part for part in (mark, str(item.get("note", ""))) if part)
        if address:
            item |= {"URL": address} | _elsewhere(item, record.model.url, linked.phrases)
    if known := say_known_through(linked, works, key):
        item["note"] = "; ".join(part for part in (str(item.get("note", "")), known) if part)
        item["custom"] = {**item.get("custom", {}), "known_through": known}
    return dict(sorted(item.items()))


def _mark_draft(linked: LinkedCorpus, source: Record[Source] | Work) -> str:
    """Return what says that nobody has checked a source, "" of one that somebody has."""
    return linked.phrases("draft.mark") if source.is_draft else ""


def _item_of_unit(linked: LinkedCorpus, record: Record[Source]) -> Item:
    """Return an archival unit. `custom` has what CSL has no variable for.

    Each has a title, as programs that keep sources need one; our own notes name a letter by who wrote to whom.
    `archive_location` has the whole reference with its folios, because Zotero drops `archive_collection`.
    """
    source = record.model
    item = item_of_meta(record.key, meta_of_unit(linked, record, Variant(record.key, is_entry=True)))
    if TRANSLATED in str(item.get("genre", "")):
        item["genre"] = str(item["genre"]).removeprefix(TRANSLATED).partition(f", {WRITTEN_AT}")[0]
    elif "recipient" not in item:
        item.pop("genre", None)  # our notes have the title there, so that no style sets it in quotation marks
    item["title"] = source.original_title or bracketed_title(source)
    item["custom"] = {"title": bracketed_title(source), "type": source.type, "level": source.level}
    if source.title_is:
        item["custom"]["title_is"] = source.title_is
    holding = linked.holdings.holding_of(record)
    if language := source.language or (holding.language if holding else ""):
        item["language"] = language
    item |= _particulars(linked, source)
    item |= {role: [_name_in_item(linked.name_of(name)) for name in names] for role, names in _people(source)}
    if said := plain_prose(source.description):
        item["abstract"] = said
    if holding is not None:
        # Programs that read it order the parts themselves.
        leaves = holding.leaves.print_runs(source.folios or ())
        item["archive"] = holding.abbreviation
        item["archive_location"] = ", ".join(part for part in (holding.reference, leaves) if part)
        item |= {"archive-place": holding.place} if holding.place else {}
    if notes := _notes_of(linked, source):
        item["note"] = "; ".join(notes)
    return _dated(linked, record, item)


def _dated(linked: LinkedCorpus, record: Record[Source], item: Item) -> Item:
    """Return a unit with its date, and as it was written in `custom`; a file with the year by which it is filed."""
    date = record.model.date
    if date is None:
        filed, custom = _year_of_file(linked, record), item["custom"]
        return item | {"issued": filed, "custom": custom | {"date_is": "filed"}} if filed else item
    custom = item["custom"] | {"date": date.text}
    # A style sets brackets of its own, or none.
    known = replace(date, is_supplied=False)
    supplied = {"issued": csl_value_of_meta(meta_of_date(known, words_of_date(known, linked.phrases)))}
    return item | {"custom": custom} | (supplied if date.is_supplied else {})


def _elsewhere(item: Item, url: str, say: Phrases) -> Item:
    """Return what says where else than on its page a unit can be seen; {} if that is nowhere."""
    note = "; ".join(part for part in (item.get("note", ""), f"{say('facts.online')}: {url}") if part)
    return {"note": note, "custom": item["custom"] | {"see": url}} if url else {}


def _people(source: Source) -> Iterator[tuple[str, tuple[str, ...]]]:
    return ((role, names) for role, names in (("author", source.author), ("recipient", source.recipient)) if names)


def _name_in_item(name: Name) -> Item:
    """Return a name as CSL-JSON has it. One that stands in its own order is given whole as well.

    CSL has no such order: a style sets "Zedong Mao". Citation programs take the whole name, and programs that keep
    sources the parts.
    """
    value: Item = csl_value_of_meta(meta_of_name(name))
    return {"family": name.family, "given": name.given, **value} if name.family_first and name.given else value


def _year_of_file(linked: LinkedCorpus, record: Record[Source]) -> Item:
    """Return the year by which a file is filed, as its date; {} if it has none, and for what lies in a file."""
    if linked.holdings.role_of(record) == "item":
        return {}
    text = next((unit.model.year for unit in (record, *linked.chain(record)) if unit.model.year), "")
    ends = re.fullmatch(r"(\d{2})(\d{2})\s*[–/-]\s*(\d{2}|\d{4})", text)
    edtf = f"{ends[1]}{ends[2]}/{(ends[1] + ends[3])[-4:]}" if ends else text
    try:
        date = parse_edtf(edtf)
    except DateError:
        return {"literal": text} if text else {}
    value: Item = csl_value_of_meta(meta_of_date(date, words_of_date(date, linked.phrases)))
    return value


def _particulars(linked: LinkedCorpus, source: Source) -> Item:
    """Return what a source is as citation programs say it: type, medium, state, number.

    In our notes each unit is cited as a manuscript, document or letter, because styles have words for an archive there
    and in few other types. Citation programs can do more with the type that it has.
    """
    say, csl = linked.phrases, linked.corpus.vocabulary.type_of(source.type).csl
    item: Item = {}
    if source.level == "item" and csl not in ("", CORRESPONDENCE):
        item["type"] = csl
    if source.medium:
        item["medium"] = say(f"source.medium.{source.medium}")
    if source.state:
        item["status"] = say(f"source.state.{source.state}")
    if source.number:
        item["number"] = source.number
    return item


def _notes_of(linked: LinkedCorpus, source: Source) -> list[str]:
    """Return what no format has a place for: its other dates, and the fields of its edition's own."""
    say, said = linked.phrases, []
    if source.date_supplied:
        said.append(f"{say('facts.date-supplied')}: {plain_prose(source.date_supplied)}")
    for one in source.dates:
        date = say("dates.of-kind", kind=say(f"dates.{one.kind}"), date=words_of_date(one.date, say))
        said.append(", ".join(part for part in (date, plain_prose(one.supplied)) if part))
    said += [f"{own.field.label}: {'; '.join(words_of_own(linked, own))}" for own in source.fields]
    return said


def item_of_work(work: Work, meta: Meta) -> Item:
    """Return a published work. `custom` has its date as EDTF, where CSL says it in words."""
    item = item_of_meta(work.key, meta)
    item["type"] = item.get("type") or "document"
    if "genre" in item:
        item["genre"] = str(item["genre"]).removeprefix(TRANSLATED)
    if "literal" in item.get("issued", {}):
        edtf = work.date.edtf if work.date else None
        # Programs that sort by years, or print no words, take the numbers.
        item["issued"] = {**_numbers_of(edtf), **item["issued"]}
        item |= {"custom": {"date": edtf.text}} if edtf else {}
    return dict(sorted(item.items()))


def _numbers_of(date: Edtf | None) -> dict[str, Any]:
    """Return year, month and day of both ends of a date, nothing if one of them is open or a decade."""
    ends = [] if date is None else [date.start, date.end] if date.is_interval else [date.start]
    if not ends or any(end is None or "X" in end.year for end in ends):
        return {}
    parts = [[int(end.year), *(n for n in (end.month, end.day) if n and n <= 31)] for end in ends if end]
    season = max((part[1] for part in parts if len(part) > 1), default=0) > 12
    found: dict[str, Any] = {"date-parts": [part[:1] if season else part for part in parts]}
    found |= {"season": ends[0].month - 20} if season and len(ends) == 1 and ends[0] and ends[0].month else {}
    return found | ({"circa": True} if any(end and end.is_approximate for end in ends) else {})


def print_titles(item: Item, work: Work) -> Item:
    """Return the item with the titles of its entry, except for titles with TeX in them.

    CSL wants English titles in small letters, and its styles set the capitals. Other formats print a title as it is.
    """
    printed = dict(item)
    if work.item is not None:
        return printed
    for name, fields in _PRINTED:
        parts = [work.fields[field] for field in fields if work.fields.get(field)]
        is_own = fields[0] != "maintitle" or name == "title" or "booktitle" in work.fields
        if name in item and parts and is_own and not any(_TEX.search(part) for part in parts):
            printed[name] = re.sub(r"[{}]", "", ": ".join(parts))
    addition = work.fields.get("titleaddon", "")
    if addition and printed["title"] != item["title"] and not _TEX.search(addition):
        printed["title"] += re.sub(r"[{}]", "", f". {addition}")
    if "volume-title" in printed and printed["title"] == item["title"]:
        printed["title"] = f"{item['title']}: {item['volume-title']}"
    return printed


def item_of_meta(key: str, meta: Meta) -> Item:
    """Return pandoc's metadata as an object of CSL-JSON, its names in alphabetical order."""
    found = {_CAPITALS.get(name, name): value for name, value in meta.items()}
    item = {"id": key, **{name: csl_value_of_meta(value) for name, value in found.items()}}
    if language := item.pop("language", ""):
        # Pandoc does not know all the languages of babel, and leaves a name that it does not know.
        item |= {"language": code} if (code := code_of_language(str(language))) else {}
    return dict(sorted(item.items()))


def format_item(item: Item) -> str:
    """Return the item as JSON, one variable on each line. The indents of `json` would take eight times as long."""
    lines = (f'  "{name}": {json.dumps(value, ensure_ascii=False)}' for name, value in item.items())
    return "{\n" + ",\n".join(lines) + "\n}"
