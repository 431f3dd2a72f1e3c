"""Makes records of what a file of works has of archives: each item in its unit, which is found or drafted.

The words for archive and reference are read as those of a footnote are. What our own exports say of a unit comes back
as it was; of another program's item a draft is made.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any

from ..edition.links import LinkedCorpus
from ..edition.own_words import plain_prose
from ..exporting.items import Item, edtf_of, language_of, name_in_order, parts_of_name, titles_of
from ..phrases.phrases import Phrases
from ..reading.corpus import Record
from ..reading.keys import is_valid_key
from ..reading.source_records import Source
from ..reading.vocabulary import CORRESPONDENCE, EARLIER, Vocabulary
from ..reading.work_dates import read_date
from ..values.page_id import PageId
from .differences import plain_words
from .drafting import DraftMaker
from .incoming import IncomingRecord, NotUnderstood
from .item_places import UNIT_LEVELS, Filing, describe, place_item
from .shelves import Shelf
from .work_files import ArchivalItem

# Under these programs keep all that lies in archives.
_ANY_TYPE = ("manuscript", "document", "collection")


def file_items(
    linked: LinkedCorpus, items: Iterable[ArchivalItem], seen: str
) -> tuple[tuple[IncomingRecord, ...], tuple[NotUnderstood, ...]]:
    """Return the records of archival items, with the archives, units and persons that they need; and what was not read.

    `seen`: what of them one has seen, "unknown" where nobody has said it.
    """
    maker = DraftMaker(linked, seen)
    made: list[IncomingRecord] = []
    refused: list[NotUnderstood] = []
    # Larger units first, so that each is known when what lies in it is filed.
    ordered = sorted(items, key=lambda one: _rank(one, linked))
    filing = Filing(maker, seen)
    for one in ordered:
        describe(filing, one, _level_of(one, _kind_of(one, linked)))
    for one in ordered:
        record = _file_item(filing, one)
        if isinstance(record, NotUnderstood):
            refused.append(record)
        else:
            made.append(record)
    own = {record.page for record in made}
    drafts = [
        record for record in maker.records if PageId(record.page.kind, filing.keys.get(record.page.key, "")) not in own
    ]
    return tuple(_renamed(record, filing.keys) for record in (*drafts, *made)), tuple(refused)


def _rank(item: ArchivalItem, linked: LinkedCorpus) -> tuple[int, int]:
    level = _level_of(item, _kind_of(item, linked))
    return UNIT_LEVELS.index(level) if level in UNIT_LEVELS else len(UNIT_LEVELS), len(
        str(item.item.get("archive_location", ""))
    )


def _renamed(record: IncomingRecord, keys: Mapping[str, str]) -> IncomingRecord:
    """Return a record that names the units of items by the keys of these."""
    part_of = keys.get(str(record.fields.get("part_of", "")))
    return replace(record, fields={**record.fields, "part_of": part_of}) if part_of else record


def _file_item(filing: Filing, one: ArchivalItem) -> IncomingRecord | NotUnderstood:
    maker, linked, item = filing.maker, filing.maker.linked, one.item
    kind = _kind_of(one, linked)
    level = _level_of(one, kind)
    existing = linked.corpus.sources.get(one.key)
    is_new = existing is None
    facts = _facts_of(one)
    where: dict[str, Any] = {}
    said = ", ".join(str(item[name]) for name in ("archive", "archive_location") if item.get(name))
    if said and (existing is None or not _is_where_it_lies(existing, item, linked)):
        placed = place_item(filing, one, level)
        if placed is None and is_new:
            return NotUnderstood(one.place, said, "no archive can be read in this")
        where, shelf = placed or ({}, Shelf())
        if level in UNIT_LEVELS and facts["date"][:4] == shelf.year:
            facts["date"] = ""  # the year by which it is filed
    fields = {
        **kind,
        "level": level,
        **_words_of(one),
        **_people_of(maker, one, drafts=is_new),
        **facts,
        **where,
    }
    if existing is None:
        fields |= {"seen": filing.seen}
        fields |= {} if one.custom.get("level") else {"draft": True}
    else:
        _leave_known(fields, existing, maker)
    return IncomingRecord(
        PageId("source", one.key), {name: value for name, value in fields.items() if value}, one.place
    )


def _leave_known(fields: dict[str, Any], record: Record[Source], maker: DraftMaker) -> None:
    """Give the words of the edition to what a format holds in plain words alone, if these are the same."""
    source, holding = record.model, maker.linked.holdings.holding_of(record)
    for role, names in (("author", source.author), ("recipient", source.recipient)):
        keys = [name if is_valid_key(name) else maker.people.find(name, "", drafts=False) for name in names]
        if fields.get(role) == keys:
            fields[role] = list(names)
    if fields["level"] in UNIT_LEVELS and source.date is None:
        fields["date"] = ""  # the year by which it is filed
    if plain_words(fields.get("description", "")) == plain_words(plain_prose(source.description)):
        fields["description"] = source.description
    if plain_words(fields["title"]) in (plain_words(source.original_title), plain_words(source.title)):
        fields["title"] = source.title
    if plain_words(fields.get("original_title", "")) == plain_words(source.original_title):
        fields["original_title"] = source.original_title
    if holding is not None and fields.get("language") == holding.language and not source.language:
        del fields["language"]  # our exports say that of the archive then
    fields["seen"] = "unknown"


def _is_where_it_lies(record: Record[Source], item: Item, linked: LinkedCorpus) -> bool:
    """Say whether an item has the reference that a record of the edition has."""
    holding = linked.holdings.holding_of(record)
    if holding is None:
        return False
    leaves = holding.leaves.print_runs(record.model.folios or ())
    own = ", ".join(part for part in (holding.reference, leaves) if part)
    return plain_words(own) == plain_words(str(item.get("archive_location", "")))


def _words_of(one: ArchivalItem) -> dict[str, Any]:
    own, described = titles_of(one.item | {"custom": dict(one.custom)})
    genre = str(one.item.get("genre", ""))
    described = described or (genre if genre.startswith("[") and genre.endswith("]") else "")
    is_supplied = one.custom.get("title_is") == "supplied"
    title = described or own
    if is_supplied or (described == genre and described):
        title = title.removeprefix("[").removesuffix("]")
    return {
        "title": title,
        "title_is": one.custom.get("title_is", ""),
        "original_title": own if described and plain_words(own) != plain_words(title) else "",
        "description": str(one.item.get("abstract", "")),
    }


def _people_of(maker: DraftMaker, one: ArchivalItem, *, drafts: bool) -> dict[str, Any]:
    found = {}
    for role in ("author", "recipient"):
        names = [_find_name(maker, name, one.place, drafts=drafts) for name in one.item.get(role, ())]
        found[role] = [name for name in names if name]
    return found


def _find_name(maker: DraftMaker, name: Mapping[str, str], place: str, *, drafts: bool) -> str:
    """Return the key of who wrote or received a document. A name in one piece that nobody has stays a plain name."""
    known = maker.people.find(name_in_order(name), place, drafts=False)
    family, given = parts_of_name(name)
    if is_valid_key(known) or not drafts or not given:
        return known
    key = maker.people.find(f"{given} {family}", place)
    draft = maker.people.drafts.get(PageId("person", key))
    if draft is not None:  # the item says which name is the family's, and whether it stands first
        parts: dict[str, Any] = {"family": family, "given": given}
        parts |= {"family_first": True} if name.get("literal") else {}
        maker.people.drafts[draft.page] = replace(draft, fields={**draft.fields, "name": parts})
    return key


def _facts_of(one: ArchivalItem) -> dict[str, Any]:
    item = one.item
    text = "" if one.custom.get("date_is") == "filed" else one.custom.get("date") or edtf_of(item)
    date = read_date(text) if text else None
    url = one.custom.get("see") or str(item.get("URL", ""))
    is_ours = url.rstrip("/").endswith(f"/sources/{one.key}")
    return {
        "date": date.edtf.text if date and date.edtf else "",
        "language": language_of(item),
        "number": str(item.get("number", "")),
        # Our exports have there the page in the edition.
        "url": "" if is_ours else url,
    }


def _level_of(one: ArchivalItem, kind: Mapping[str, str]) -> str:
    return one.custom.get("level") or (kind["type"] if kind["type"] in UNIT_LEVELS else "item")


def _kind_of(one: ArchivalItem, linked: LinkedCorpus) -> dict[str, str]:
    """Return type, medium and state of a unit: as our export says it, in words of a label, or by its type of CSL."""
    phrases, vocabulary, item = linked.phrases, linked.corpus.vocabulary, one.item
    genre = str(item.get("genre", ""))
    # In brackets stands our title of a document that has one of its own.
    words = genre if genre and not genre.startswith("[") else str(item.get("note", ""))
    said = _read_kind(words, phrases, vocabulary)
    named = {
        "medium": _by_label(phrases, vocabulary, "media", "source.medium.", str(item.get("medium", ""))),
        "state": _by_label(phrases, vocabulary, "states", "source.state.", str(item.get("status", ""))),
    }
    of_csl = _type_of_csl(str(item["type"]), vocabulary)
    kind = one.custom.get("type", "")
    kind = kind if vocabulary.find("source_types", kind) else said.get("type", "") or of_csl
    return {"type": kind, **{name: value or said.get(name, "") for name, value in named.items()}}


def _type_of_csl(csl: str, vocabulary: Vocabulary) -> str:
    """Return the type of source that is cited as a type of CSL, "document" where that may be any."""
    if csl == CORRESPONDENCE:
        return "letter"
    types = vocabulary.terms["source_types"].items()
    return next((key for key, term in types if term.csl == csl and csl not in _ANY_TYPE), "document")


def _read_kind(text: str, phrases: Phrases, vocabulary: Vocabulary) -> dict[str, str]:
    """Return what "Letter (telegram, draft) to Stork" says: type, medium, state; {} if no label begins it."""
    known = (*vocabulary.terms["source_types"], *EARLIER.get("source_types", ()))
    labels = {phrases(f"source.type.{key}").casefold(): key for key in reversed(known)}
    plain = text.casefold()
    label = max((one for one in labels if re.match(rf"{re.escape(one)}(?!\w)", plain)), key=len, default="")
    if not label:
        return {}
    found = {"type": labels[label]}
    more = re.match(r"\s*\(([^()]*)\)", text[len(label) :])
    for part in (more[1] if more else "").split(", "):
        for name, of, start in (("medium", "media", "source.medium."), ("state", "states", "source.state.")):
            if key := _by_label(phrases, vocabulary, of, start, part):
                found[name] = key
    return found


def _by_label(phrases: Phrases, vocabulary: Vocabulary, name: str, start: str, text: str) -> str:
    wanted = text.casefold()
    return next((key for key in vocabulary.terms[name] if wanted in (key, phrases(f"{start}{key}").casefold())), "")
