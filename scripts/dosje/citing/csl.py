"""Turns a source into CSL variables, as pandoc's metadata.

Pandoc's metadata, not CSL-JSON, because its csljson reader drops literal dates and seasons.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from ..edition.holdings import Holding
from ..phrases.date_words import words_of_date
from ..phrases.phrases import Phrases
from ..reading.source_records import Source
from ..reading.vocabulary import CORRESPONDENCE, DEFAULTS, Vocabulary
from ..values.languages import UNKNOWN
from ..values.metadata import (
    Meta,
    MetaMap,
    MetaValue,
    Name,
    meta_inlines,
    meta_list,
    meta_map,
    meta_of_date,
    meta_of_name,
    meta_string,
    names_in_full,
    text_of_meta,
)  # fmt: skip
from ..values.stand_ins import NO_ARCHIVE, TRANSLATED, WRITTEN_AT

# What no style is asked for: the title and the date of a unit as we print them where a style leaves them out.
OUR_TITLE, OUR_DATE = "dosje-title", "dosje-date"
UNASKED = frozenset({OUR_TITLE, OUR_DATE})


# A condition of styles that we make true for sources that look alike: `disambiguate="true"`.
ALIKE = "dosje-alike"
# The ways of telling sources apart that ask a style for other words.
WAYS_OF_STYLES = frozenset({"names", "style", "title", "all"})


class Variant(NamedTuple):
    """A source in one of the ways in which its variables can be given.

    `within`: the reference if it is shortened, else "". `is_entry`: in a bibliography, not in a note. `leaves`: the
    leaf that stands within the reference, where its archive has it so. `apart`: one of WAYS_OF_STYLES, or "".
    """

    key: str
    has_no_locator: bool = True
    within: str = ""
    is_entry: bool = False
    leaves: str = ""
    apart: str = ""


def meta_of_source(
    source: Source,
    people: tuple[Sequence[Name], Sequence[Name]],
    holding: Holding | None,
    variant: Variant,
    phrases: Phrases,
    *,
    vocabulary: Vocabulary = DEFAULTS,
    written_at: str = "",
) -> Meta:
    """Return the CSL variables of an archival unit, all but its id.

    `people`: its authors and its recipients. `written_at`: the name of the place. If the variant has no locator, the
    reference ends with the leaves of the unit. A locator takes their place.
    """
    authors, recipients = people
    # A letter needs no title. It is named by writer, recipient and date (CMOS 18, 14.110).
    is_letter = vocabulary.type_of(source.type).csl == CORRESPONDENCE and bool(authors and recipients)
    meta: dict[str, MetaValue] = {}
    form = ""
    if is_letter:
        meta["type"] = meta_string("personal_communication")
        # Styles print the genre of a letter before its recipient, so the place stands with the last name.
        *others, last = (meta_of_name(name, in_note=not variant.is_entry) for name in recipients)
        meta["recipient"] = meta_list([*others, _in_place(last, written_at)])
        form = _form_of_letter(source, phrases, vocabulary)
    else:
        # Other types print "n.d." where a date is missing. A fonds, series or file needs none.
        is_item = holding.is_item if holding else source.level == "item"
        meta["type"] = meta_string(("manuscript" if authors else "document") if is_item else "collection")
        if source.original_title:
            meta["title"] = meta_inlines(source.original_title)
            # No style has translated titles: it would set a comma here. The bracket follows the title without a sign
            # (CMOS 17, 14.99), so `form_words` takes the comma away where the stand-in is.
            form = _with_state(f"{TRANSLATED}[{source.title}]", source, phrases)
            meta["language"] = meta_string(source.language or (holding.language if holding else "") or UNKNOWN)
        elif source.title_is == "formal":
            meta["title"] = meta_inlines(_printed_title(source, phrases))
            meta["language"] = meta_string(source.language or (holding.language if holding else "") or UNKNOWN)
        else:
            form = _printed_title(source, phrases)
    if written_at and not is_letter and written_at not in source.title:
        form = ", ".join(part for part in (form, f"{WRITTEN_AT}{written_at}{WRITTEN_AT}") if part)
    if form:
        meta["genre"] = meta_inlines(form)
    if authors:
        meta["author"] = meta_list([meta_of_name(name, in_note=not variant.is_entry) for name in authors])
    if source.date is not None:
        meta["issued"] = meta_of_date(source.date, words_of_date(source.date.without_times(), phrases))
    if holding is not None:
        leaves = variant.leaves
        if variant.has_no_locator and source.folios:
            leaves = holding.leaves.print_runs(source.folios)
        meta |= _meta_of_place(holding, variant, leaves)
    if source.url:
        meta["url"] = meta_string(source.url)
    return meta


def meta_of_ours(source: Source, meta: Meta, phrases: Phrases) -> Meta:
    """Return title and date of a unit as we print them where a style leaves them out. `meta`: its CSL variables."""
    is_letter = "recipient" in meta
    shown = bracketed_title(source) if is_letter else source.original_title or _printed_title(source, phrases)
    date = words_of_date(source.date.without_times(), phrases) if source.date else ""
    return {OUR_TITLE: meta_string(shown), OUR_DATE: meta_string(date)}


def _meta_of_place(holding: Holding, variant: Variant, leaves: str) -> Meta:
    """Return where a unit lies. What an archive's pattern says is one text, which the style does not order."""
    if variant.within:
        place = ", ".join(part for part in (variant.within, leaves) if part)
        return {"archive_location": meta_inlines(place), "archive": meta_inlines(NO_ARCHIVE)}
    found = {"archive_location": meta_inlines(holding.place_in_words(holding.reference, leaves))}
    # If there is no archive, a style sets the folio before the reference.
    found["archive"] = meta_inlines(NO_ARCHIVE if holding.pattern else archive_in_town(holding))
    return found


def archive_in_town(holding: Holding) -> str:
    """Return an archive with its town behind it: "AQSH, Tirana".

    It is one text, because styles set `archive-place` before the archive: "…, 20 June 1960, Tirana, AQSH" would say
    where the letter was written.
    """
    is_named = not holding.place or holding.place in holding.abbreviation
    return holding.abbreviation if is_named else f"{holding.abbreviation}, {holding.place}"


def _in_place(name: MetaMap, place: str) -> MetaMap:
    """Return a name with the place where its letter was written: "Enver Hoxha, Bucharest".

    CSL has no variable for the place that styles print, and it stands before the date.
    """
    if not place:
        return name
    # A name in its own order has its given part as a suffix (`meta_of_name`).
    part = next(part for part in ("suffix", "family", "literal") if part in name["c"])
    text = f"{text_of_meta(name['c'][part])}{WRITTEN_AT}, {place}{WRITTEN_AT}"
    return meta_map(**name["c"] | {part: meta_string(text)})


def bracketed_title(source: Source) -> str:
    """Return the title of a unit, in brackets if the edition supplied it (DACS 2.3.1, ISAD(G) 3.1.2)."""
    return f"[{source.title}]" if source.title_is == "supplied" else source.title


def _printed_title(source: Source, phrases: Phrases) -> str:
    return _with_state(bracketed_title(source), source, phrases)


def _form_of_letter(source: Source, phrases: Phrases, vocabulary: Vocabulary) -> str:
    """Return what a note says that a letter is: "telegram", "letter (draft)"; "" where that goes without saying."""
    medium = vocabulary.find("media", source.medium or "")
    form = ""
    if vocabulary.type_of(source.type).is_named:
        form = phrases(f"source.type.{source.type}")
    elif medium is not None and medium.is_named:
        form = phrases(f"source.medium.{medium.key}")
    elif _is_other_than_original(source):
        form = phrases(f"source.type.{source.type}")
    return _with_state(form, source, phrases)


def _with_state(form: str, source: Source, phrases: Phrases) -> str:
    state = phrases(f"source.state.{source.state}") if _is_other_than_original(source) else ""
    return phrases("source.with-state", form=form, state=state) if state else form


def _is_other_than_original(source: Source) -> bool:
    return source.state not in (None, "original")


def meta_apart(meta: Meta, way: str) -> Meta:
    """Return the CSL variables of a source that is told from another one by `way`, one of WAYS_OF_STYLES."""
    changed: dict[str, MetaValue] = dict(meta)
    if way in ("names", "all"):
        # No style shortens a name in one piece.
        for role in ("author", "editor", "translator", "recipient"):
            if names := names_in_full(meta, role):
                changed[role] = meta_list(meta_map(literal=meta_string(name)) for name in names)
    if way in ("title", "all") and "title" in meta:
        changed["title-short"] = meta["title"]
    return changed | ({ALIKE: meta_string("1")} if way in ("style", "all") else {})


def meta_of_bare(text: str) -> Meta:
    """Return the CSL variables of a mere text: a reference that begins with "ibid."."""
    return {"type": meta_string("collection"), "genre": meta_inlines(text)}
