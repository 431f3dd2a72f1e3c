"""Gives an edition as one JSON value, and each source as another: all fields, and what follows from them.

The format has a version; docs/manual/api.md describes it.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from ..edition.links import LinkedCorpus
from ..edition.pages import path_of, path_of_source_json
from ..edition.titles import title_of, title_of_work
from ..phrases.date_words import words_of_date
from ..phrases.phrases import Phrases
from ..reading.bib_values import is_private
from ..reading.bibliography import Work
from ..reading.corpus import Record
from ..reading.fields import Model
from ..reading.kinds import KINDS
from ..reading.own_fields import OwnFields
from ..reading.source_records import Source
from ..values.dates import Edtf
from ..values.folios import Folios, format_folios
from ..values.page_id import PageId
from .source_descriptions import SourceDescriptions

VERSION = 1


def json_of_edition(linked: LinkedCorpus, described: SourceDescriptions) -> dict[str, Any]:
    """Return the whole edition: {"version", "edition", "meetings": [{"key", …}], …, "sources", "works", …}."""
    settings = linked.corpus.settings
    found: dict[str, Any] = {
        "version": VERSION,
        "edition": {"name": settings.site_name, "url": settings.site_url},
    }
    for kind, row in KINDS.items():
        records = linked.corpus.by_kind[kind].values()
        found[row.plural] = [
            json_of_source(linked, described, record.key) if kind == "source" else _json_of_record(linked, record)
            for record in records
        ]
    found["works"] = [json_of_source(linked, described, key) for key in sorted(linked.corpus.works)]
    return found


def json_of_source(linked: LinkedCorpus, described: SourceDescriptions, key: str) -> dict[str, Any]:
    """Return one source, archival or published, with its words in full and all that cites it."""
    record = linked.corpus.sources.get(key)
    if record is not None:
        found = _json_of_record(linked, record) | _resolve_holding(linked, record)
    else:
        work = linked.corpus.works[key]
        title = title_of_work(work, described.works.get(key, {}))
        found = {"key": key, "url": _url_of(linked, PageId("source", key)), "level": "work", "title": title}
        found |= {"entry_type": work.entry_type, "fields": _fields_of(linked, work), "draft": work.is_draft}
    found["words"] = described.full_notes.get(key, "")
    found["csl"] = described.csl_items.get(key)
    found["cited_in"] = [
        {
            "page": {"kind": link.call.page.kind, "key": link.call.page.key},
            "stance": link.stance,
            "note": described.numbers.get((link.call.page, link.call.label), 0),
            "statement": link.call.context,
            "locator": {"label": link.cite.locator.label, "value": link.cite.locator.whole}
            if link.cite.locator
            else None,
            "url": f"{_url_of(linked, link.call.page)}#fnref:{link.call.label}",
        }
        for link in linked.backlinks.get(key, ())
    ]
    return found


def _fields_of(linked: LinkedCorpus, work: Work) -> dict[str, str]:
    """Return the fields of an entry but for those that are its keeper's own; a cited annotation is the edition's."""
    texts = {path[0] for path, _, _ in linked.corpus.work_texts[work.key]}
    return {name: text for name, text in sorted(work.fields.items()) if name in texts or not is_private(name)}


def source_files(linked: LinkedCorpus, described: SourceDescriptions) -> dict[str, str]:
    """Return the JSON of each source by its path below the site: sources/KEY/index.json."""
    keys = [*linked.corpus.sources, *linked.corpus.works]
    return {
        path_of_source_json(key): format_json({"version": VERSION} | json_of_source(linked, described, key))
        for key in sorted(keys)
    }


def format_json(value: Mapping[str, Any]) -> str:
    """Return the value as text: readable, and the same bytes for the same edition."""
    return json.dumps(value, ensure_ascii=False, indent=1) + "\n"


def _json_of_record(linked: LinkedCorpus, record: Record[Model]) -> dict[str, Any]:
    fields: dict[str, Any] = _plain(record.model, linked.phrases)
    # `url` is where the page is. The record's own, where the unit can be seen, has a name of its own.
    see = {"see": fields.pop("url")} if "url" in fields else {}
    return {"key": record.key, "url": _url_of(linked, record.page), "title": title_of(record)} | see | fields


def _resolve_holding(linked: LinkedCorpus, record: Record[Source]) -> dict[str, Any]:
    """Return what an archival unit inherits from the units above it."""
    units = [unit.model for unit in (record, *linked.chain(record))]
    holding = linked.holdings.holding_of(record)
    return {
        "repository": holding.repository if holding else None,
        "archive": holding.abbreviation if holding else "",
        "archive_place": holding.place if holding else "",
        "reference": holding.reference if holding else "",
        "year": next((unit.year for unit in units if unit.year), ""),
        "file": next((unit.file for unit in units if unit.file), ""),
        "within": [unit.key for unit in linked.chain(record)],
    }


def _url_of(linked: LinkedCorpus, page: PageId) -> str:
    base = linked.corpus.settings.site_url
    return (f"{base.rstrip('/')}/" if base else "") + path_of(page).removesuffix(".md") + "/"


def _plain(value: Any, phrases: Phrases) -> Any:
    """Return a value of a record as JSON. Fields have the names that editors write."""
    if isinstance(value, Model):
        fields = type(value).model_fields
        return {field.alias or name: _plain(getattr(value, name), phrases) for name, field in fields.items()}
    if isinstance(value, OwnFields):
        return {own.field.name: _plain(own.value, phrases) for own in value}
    if isinstance(value, Edtf):
        return {"edtf": str(value), "words": words_of_date(value, phrases)}
    if isinstance(value, tuple):
        is_run = bool(value) and all(isinstance(part, Folios) for part in value)
        return format_folios(value) if is_run else [_plain(part, phrases) for part in value]
    return {name: _plain(part, phrases) for name, part in value.items()} if isinstance(value, dict) else value
