"""The formats in which sources are exported: the name of each, and how it writes one source or all."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from ..edition.links import LinkedCorpus
from ..edition.pages import path_of_all_sources, path_of_source_file
from ..phrases.phrases import Phrases
from ..reading.bibliography import Work
from ..values.formats import EXPORT_FORMATS
from ..values.metadata import Meta
from .biblatex import BibEntry, entry_of_item, entry_of_work, format_entry
from .bibtex import lower_entry
from .csl_json import format_item, item_of_source, print_titles
from .items import Item
from .ris import format_ris


@dataclass(frozen=True)
class Exported:
    """A source to be written: its CSL-JSON, and its entry if it is a published work."""

    item: Item
    phrases: Phrases
    work: Work | None = None
    bib_text: str = ""

    @property
    def printed(self) -> Item:
        """The item with its titles as they are printed. CSL has them in small letters."""
        return print_titles(self.item, self.work) if self.work else self.item


@dataclass(frozen=True)
class Format:
    """A format: its name on the command line and on pages, the ending of its files, and its writers."""

    name: str
    label: str
    ending: str
    media_type: str
    write: Callable[[Exported], str]
    join: Callable[[Iterable[str]], str]


def _write_biblatex(source: Exported) -> str:
    return format_entry(_entry_of(source))


def _write_bibtex(source: Exported) -> str:
    return format_entry(lower_entry(_entry_of(source), source.phrases))


def _entry_of(source: Exported) -> BibEntry:
    if source.work is None:
        return entry_of_item(source.item, source.phrases)
    return entry_of_work(source.work, source.bib_text, source.printed, source.phrases)


def _write_ris(source: Exported) -> str:
    return format_ris([source.printed], source.phrases)


def _write_csl_json(source: Exported) -> str:
    return format_item(source.item)


def _join_csl_json(texts: Iterable[str]) -> str:
    return "[\n" + ",\n".join(texts) + "\n]\n"


# For each format what writes one source, and what joins the sources of a file.
_WRITERS: Mapping[str, tuple[Callable[[Exported], str], Callable[[Iterable[str]], str]]] = {
    "bibtex": (_write_bibtex, "\n".join),
    "biblatex": (_write_biblatex, "\n".join),
    "ris": (_write_ris, "\r\n".join),
    "csl-json": (_write_csl_json, _join_csl_json),
}
FORMATS: Mapping[str, Format] = {
    name: Format(name, row.label, row.ending, row.media_type, *_WRITERS[name]) for name, row in EXPORT_FORMATS.items()
}


def exportable_keys(linked: LinkedCorpus) -> list[str]:
    """Return the keys of all sources, archival and published."""
    return sorted({*linked.corpus.sources, *linked.corpus.works})


def export_sources(linked: LinkedCorpus, works: Mapping[str, Meta], form: Format, keys: Iterable[str]) -> str:
    """Return sources in one format. Raises KeyError for a key that no source has."""
    return form.join(form.write(source) for source in _collect(linked, works, keys))


def export_paths(linked: LinkedCorpus) -> list[str]:
    """Return the paths of all files that `export_files` gives."""
    paths = [path_of_source_file(key, form.ending) for key in exportable_keys(linked) for form in FORMATS.values()]
    return paths + [path_of_all_sources(form.ending) for form in FORMATS.values()]


def export_files(linked: LinkedCorpus, works: Mapping[str, Meta]) -> dict[str, str]:
    """Return the files beside the pages, by path: each source in each format, and all sources in each."""
    sources = _collect(linked, works, exportable_keys(linked))
    files: dict[str, str] = {}
    for form in FORMATS.values():
        texts = [form.write(source) for source in sources]
        pairs = zip(sources, texts, strict=True)
        files |= {path_of_source_file(str(source.item["id"]), form.ending): form.join([text]) for source, text in pairs}
        files[path_of_all_sources(form.ending)] = form.join(texts)
    return files


def export_file(linked: LinkedCorpus, works: Mapping[str, Meta], path: str) -> str | None:
    """Return the file of `export_files` at `path`, None if there is none."""
    ending = path.rpartition("/")[2].partition(".")[2]
    form = next((form for form in FORMATS.values() if form.ending == ending), None)
    if form is None:
        return None
    if path == path_of_all_sources(ending):
        return export_sources(linked, works, form, exportable_keys(linked))
    # The file's name is that of the page, which is not the key of each work.
    key = next((key for key in exportable_keys(linked) if path_of_source_file(key, ending) == path), None)
    return None if key is None else export_sources(linked, works, form, [key])


def _collect(linked: LinkedCorpus, works: Mapping[str, Meta], keys: Iterable[str]) -> Sequence[Exported]:
    texts = {work.key: bib.text for bib in linked.corpus.bib_files for work in bib.works}
    return [
        Exported(
            item_of_source(linked, works, key),
            linked.phrases,
            linked.corpus.works.get(key),
            texts.get(key, ""),
        )
        for key in keys
    ]
