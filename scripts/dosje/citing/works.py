"""Reads the CSL variables of published works. Pandoc reads the .bib file, and its answer is kept."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping

from ..reading.bib_values import bare_doi, is_web_address, web_address
from ..reading.bibliography import BibFile
from ..system.children import Means
from ..values.characters import drop_signs
from ..values.metadata import Meta, meta_string, read_references, text_of_meta
from . import pandoc
from .kept_answers import digest_of, open_answers

# A part of each digest. Raise it when an answer is read in another way.
_ASKED_AS = "2"


def read_all_works(bibs: Iterable[BibFile], locale: str, means: Means) -> dict[str, Meta]:
    """Return what `read_works` returns for each of the files, as one mapping by key."""
    return {key: meta for bib in bibs for key, meta in read_works(bib, locale, means).items()}


def read_works(bib: BibFile, locale: str, means: Means) -> Mapping[str, Meta]:
    """Return the CSL variables of every entry of a .bib file, as pandoc's metadata by key.

    `locale`: the language of entries without `langid`. In English titles pandoc makes most capitals small.
    """
    digest = digest_of("works", _ASKED_AS, pandoc.pandoc_version(), locale, bib.text)
    with open_answers(means.cache_dir) as store:
        row = store.execute("SELECT value FROM kept WHERE digest = ?", (digest,)).fetchone()
        if row is None:
            answer = pandoc.run_pandoc(["-f", "biblatex", "-t", "json"], bib.text, locale, means.limits, bib.path)
            # TeX can name a character by its number, so what pandoc makes of the file is cleaned once more.
            row = (json.dumps(read_references(json.loads(drop_signs(answer))["meta"])),)
            with store:
                store.execute("INSERT OR REPLACE INTO kept VALUES (?, ?)", (digest, row[0]))
    found: dict[str, Meta] = json.loads(row[0])
    return {key: _tidy(meta) for key, meta in found.items()}


def _tidy(meta: Meta) -> Meta:
    """Return the variables of a work with whole addresses, and without remarks that no reader is to see."""
    tidied = {name: value for name, value in meta.items() if name not in ("annote", "url", "doi")}
    if url := web_address(text_of_meta(meta.get("url"))):
        tidied |= {"url": meta_string(url)} if is_web_address(url) else {}
    if doi := bare_doi(text_of_meta(meta.get("doi"))):
        tidied["doi"] = meta_string(doi)
    return tidied
