"""Makes the lookup's index of an edition in memory, with drafts that no file holds yet.

The notes of a manuscript are read in it. There a draft counts like any other record: Ibid. and short forms lead to it.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Any

import yaml

from ..citing.works import read_all_works
from ..edition.links import LinkedCorpus, link_corpus
from ..exporting.source_descriptions import SourceDescriptions
from ..lookup.index import make_index
from ..lookup.sharding import unwrap_shard
from ..lookup.shards import Shards
from ..reading.bibliography import BibFile
from ..reading.corpus import Corpus, Record
from ..reading.csl_items import read_csl_json
from ..reading.fields import Model
from ..reading.validation import make_record
from ..reading.yamltree import read_yaml
from .incoming import IncomingRecord, IncomingWork

_DRAFTED_WORKS = "bibliography/imported.json"


@dataclass(frozen=True)
class MemoryIndex:
    """The index of an edition with its drafts, and the edition itself with these."""

    linked: LinkedCorpus
    shards: Shards


def make_memory_index(
    linked: LinkedCorpus, records: Iterable[IncomingRecord] = (), works: Iterable[IncomingWork] = ()
) -> MemoryIndex:
    """Return the index of an edition with drafts."""
    corpus = linked.corpus
    by_kind = {kind: {key: _undrafted(one) for key, one in own.items()} for kind, own in corpus.by_kind.items()}
    for incoming in records:
        record = _record_of(incoming, corpus)
        if record is not None:
            by_kind[record.kind][record.key] = record
    items = [{**work.item, "id": work.key} for work in works]
    bib_files = (*map(_without_drafts, corpus.bib_files), *([_bib_file_of(items)] if items else []))
    whole = link_corpus(replace(corpus, by_kind=by_kind, bib_files=bib_files))
    settings = corpus.settings
    described = SourceDescriptions(read_all_works(bib_files, settings.locale, settings.means, whole.phrases), {}, {})
    made = make_index(whole, described)
    shards = {path.rpartition("/")[2].removesuffix(".js"): unwrap_shard(text) for path, text in made.items()}
    return MemoryIndex(whole, shards)


def _bib_file_of(items: list[dict[str, Any]]) -> BibFile:
    bib, _ = read_csl_json(json.dumps(items, ensure_ascii=False), _DRAFTED_WORKS)
    return bib


def _undrafted(record: Record[Model]) -> Record[Model]:
    """Return a record that the lookup takes for a finished one: an import matches drafts as surely as others."""
    if not getattr(record.model, "draft", False):
        return record
    return replace(record, model=record.model.model_copy(update={"draft": False}))


def _without_drafts(bib: BibFile) -> BibFile:
    """Return the works of a file as finished ones."""
    return replace(bib, works=tuple(replace(work, fields={**work.fields, "draft": ""}) for work in bib.works))


def _record_of(incoming: IncomingRecord, corpus: Corpus) -> Record[Model] | None:
    fields = {name: value for name, value in incoming.fields.items() if name != "draft"}
    if fields.get("seen") == "unknown":
        fields["seen"] = "original"
    text = yaml.safe_dump(fields, allow_unicode=True, sort_keys=False)
    located, findings = read_yaml(text, f"{incoming.page.key}.yml")
    if located is None:
        return None
    return make_record(incoming.page.kind, located, (), findings, vocabulary=corpus.vocabulary)
