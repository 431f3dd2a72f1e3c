"""Reads the CSL variables of published works. Pandoc reads the .bib file, and its answer is kept."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping
from functools import partial

from ..phrases.date_words import words_of_date
from ..phrases.phrases import Phrases
from ..reading.bib_values import bare_doi, is_web_address, web_address
from ..reading.bibliography import BibFile, Work
from ..reading.work_dates import WorkDate, is_before_christ, read_date
from ..system.children import Means
from ..values.characters import drop_signs
from ..values.metadata import (
    Meta,
    MetaMap,
    meta_inlines,
    meta_list,
    meta_map,
    meta_of_date,
    meta_string,
    read_references,
    text_of_meta,
)
from . import pandoc
from .archival_works import archival_part, lay_in_archive
from .kept_answers import digest_of, open_answers
from .tex import write_tex_as_text

# A part of each digest. Raise it when an answer is read in another way.
_ASKED_AS = "4"


def read_all_works(bibs: Iterable[BibFile], locale: str, means: Means, phrases: Phrases) -> dict[str, Meta]:
    """Return the CSL variables of every work of an edition by its key, with its date as we read it.

    `phrases`: the words of dates that CSL cannot count.
    """
    found: dict[str, Meta] = {}
    for bib in bibs:
        metas = dict(read_works(bib, locale, means))
        if archival := archival_part(bib):
            parts = read_works(archival, locale, means)
            metas |= {work.key: lay_in_archive(metas[work.key], parts[work.key], work) for work in archival.works}
        found |= {work.key: _with_dates(metas[work.key], work, phrases) for work in bib.works if work.key in metas}
    return found


# The other dates of a work: the field of an entry, and the variable of CSL.
_OTHER_DATES = (("origdate", "original-date"), ("eventdate", "event-date"), ("urldate", "accessed"))


def _with_dates(meta: Meta, work: Work, phrases: Phrases) -> Meta:
    found = {"issued": work.date} if work.date else {}
    found |= {name: read_date(work.fields[field]) for field, name in _OTHER_DATES if work.fields.get(field)}
    said = {name: _meta_of(date, phrases) for name, date in found.items()}
    # A year "forthcoming" is a status too for pandoc, and would be printed twice.
    is_twice = work.date is not None and text_of_meta(meta.get("status")) == work.date.words
    return {name: value for name, value in meta.items() if name != "status" or not is_twice} | said


def _meta_of(date: WorkDate, phrases: Phrases) -> MetaMap:
    if year := re.match(r"[yY]?(-[0-9]+)", date.words if is_before_christ(date.words) else ""):
        # CSL counts no year 0, which EDTF does.
        return meta_map(date_parts=meta_list([meta_list([meta_string(str(int(year[1]) - 1))])]))
    if date.words or date.edtf is None:
        return meta_map(literal=meta_inlines(date.words))
    day = date.edtf.without_times()
    return meta_of_date(day, words_of_date(day, phrases))


def read_works(bib: BibFile, locale: str, means: Means) -> Mapping[str, Meta]:
    """Return the CSL variables of every work of a file, as pandoc's metadata by key.

    `locale`: the language of entries without `langid`. In English titles pandoc makes most capitals small.
    """
    items = [work.item for work in bib.works if work.item is not None]
    form, text = ("csljson", json.dumps(items, ensure_ascii=False)) if items else ("biblatex", bib.whole_text)
    digest = digest_of("works", _ASKED_AS, pandoc.pandoc_version(), locale, text)
    with open_answers(means.cache_dir) as store:
        row = store.execute("SELECT value FROM kept WHERE digest = ?", (digest,)).fetchone()
        if row is None:
            answer = pandoc.run_pandoc(["-f", form, "-t", "json"], text, locale, means.limits, bib.path)
            # TeX can name a character by its number, so what pandoc makes of the file is cleaned once more.
            works = read_references(json.loads(drop_signs(answer))["meta"])
            works = write_tex_as_text(works, partial(_ask_again, locale=locale, means=means, path=bib.path))
            row = (json.dumps(works),)
            with store:
                store.execute("INSERT OR REPLACE INTO kept VALUES (?, ?)", (digest, row[0]))
    found: dict[str, Meta] = json.loads(row[0])
    # In the text may be the entries of other files, which this one takes fields from.
    own = {work.key for work in bib.works}
    return {key: _tidy(meta) for key, meta in found.items() if key in own}


def _ask_again(arguments: list[str], text: str, *, locale: str, means: Means, path: str) -> str:
    return drop_signs(pandoc.run_pandoc(arguments, text, locale, means.limits, path))


def _tidy(meta: Meta) -> Meta:
    """Return the variables of a work with whole addresses, and without remarks that no reader is to see."""
    tidied = {name: value for name, value in meta.items() if name not in ("annote", "url", "doi")}
    if url := web_address(text_of_meta(meta.get("url"))):
        tidied |= {"url": meta_string(url)} if is_web_address(url) else {}
    if doi := bare_doi(text_of_meta(meta.get("doi"))):
        tidied["doi"] = meta_string(doi)
    return tidied
