"""Makes all files of the pages folder: the pages and the files beside them.

LinkedCorpus → drafts → notes and words → pages, exports, index of the lookup, fonts → .build/pages.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from importlib import resources

from ..checking.edition import Checked
from ..citing.known_by import word_known_by
from ..citing.works import read_all_works
from ..edition.history import Change, last_changes, read_changes
from ..edition.links import LinkedCorpus
from ..edition.name_forms import script_of_name_forms, spellings_of
from ..edition.pages import (
    DOWNLOADS_PAGE,
    FEED,
    SPELLINGS,
    path_of_download,
    path_of_list,
    path_of_source_file,
    path_of_table,
)
from ..edition.printed import DATA, read_downloads
from ..edition.titles import title_of
from ..exporting.edition_json import format_json, json_of_edition, source_files
from ..exporting.formats import FORMATS, Format, export_files, export_sources, exportable_keys
from ..exporting.source_descriptions import SourceDescriptions
from ..lookup.answers import ENTRIES
from ..lookup.index import make_index
from ..lookup.javascript import write_engine
from ..phrases.date_words import words_of_date
from ..reading.files import find_files
from ..reading.mkdocs_pages import pictures_of
from ..reading.policy import on_disk
from ..reading.settings import CONFIG_NAME, Settings
from ..system.marker import make_build_dir
from ..system.writing import Written, write_tree
from ..values.findings import Finding, FindingError, format_findings
from ..web.downloads_page import describe_download, write_page
from ..web.feed import make_feed
from ..web.fonts import letters_in, make_fonts
from ..web.page_maker import PageMaker
from ..web.redirects import make_redirects
from ..web.tables import TABLES, make_table, to_csv
from .dead_links import find_dead_links
from .taken_addresses import find_taken_addresses

Tell = Callable[[str], None]
# The notices of styles, icons and search, which must go with every copy of these (LICENSES.md).
NOTICES = "assets/licences.txt"
_TEXTS = (".yml", ".yaml", ".md", ".bib", ".ris", ".json")


@dataclass(frozen=True)
class Built:
    """What a build of the pages made."""

    pages: int
    notes: int
    written: Written


def build_pages(checked: Checked, tell: Tell, *, for_disk: bool = False) -> Built:
    """Write the pages of an edition without errors to its `pages_dir`, with the offline editions that were made.

    `for_disk`: the pages go into the zip file.

    Raises ValueError if it has errors; FindingError where links lead nowhere or old addresses are taken, before any
    file is written; NotOursError if .build/ is somebody else's; OSError if a file cannot be written.
    """
    made = _make_files(checked, tell, for_disk=for_disk)
    if wrong := made.wrong_links():
        raise FindingError(*wrong)
    settings = made.maker.linked.corpus.settings
    make_build_dir(settings.root)
    written = write_tree(settings.root / settings.pages_dir, made.files)
    tell(f"wrote {len(written.changed)} pages, removed {len(written.removed)}, left {written.unchanged} as they were")
    return Built(made.pages, made.notes, written)


def find_wrong_links(checked: Checked, tell: Tell) -> list[Finding]:
    """Return the links of the pages of an edition without errors that lead nowhere. All pages are made, none written.

    Raises ValueError, FindingError as `build_pages`.
    """
    return _make_files(checked, tell).wrong_links()


@dataclass(frozen=True)
class _MadeFiles:
    """All files of the pages folder, by path, what made them, and the number of pages and notes."""

    files: Mapping[str, str | bytes]
    maker: PageMaker
    pages: int
    notes: int

    def wrong_links(self) -> list[Finding]:
        linked = self.maker.linked
        return [*find_taken_addresses(linked, self.files), *find_dead_links(linked, self.files, self.maker.own_paths)]


def _make_files(checked: Checked, tell: Tell, *, for_disk: bool = False) -> _MadeFiles:
    if checked.linked is None or checked.style is None or checked.has_errors:
        raise ValueError("an edition with errors is not built")
    settings = checked.linked.corpus.settings
    changes = read_changes(settings.root)
    maker = PageMaker(checked.linked, checked.style, changes=last_changes(changes))
    pages, notes = maker.make_pages(maker.paths)
    for line in format_findings(maker.findings).splitlines():
        tell(line)
    if raised := [finding for finding in maker.findings if finding.is_error]:
        raise FindingError(*raised)
    tell(f"made {len(pages)} pages with {notes} notes")
    files: dict[str, str | bytes] = {NOTICES: (resources.files("dosje") / "site" / "licences.txt").read_bytes()}
    files |= pages
    files |= export_files(checked.linked, maker.sources.works)
    policy = on_disk(settings.policy) if for_disk else settings.policy
    files |= _files_beside(checked.linked, maker, changes, policy, for_disk=for_disk)
    files |= {name: path.read_bytes() for name, path in pictures_of(settings).items()}
    described = _describe_sources(checked.linked, maker, files)
    files |= print_lookup(checked.linked, described)
    files |= _print_downloads(checked.linked, described)
    files |= fonts_of(settings, for_disk=for_disk)
    return _MadeFiles(files, maker, len(pages), notes)


def find_sources(checked: Checked) -> list[str]:
    """Return the keys of all sources of an edition without errors."""
    return exportable_keys(checked.linked) if checked.linked else []


def export_edition(checked: Checked, form: Format, keys: Iterable[str]) -> str:
    """Return sources of an edition without errors in one format. Raises KeyError for a key of none; PandocError."""
    if checked.linked is None or checked.has_errors:
        raise ValueError("an edition with errors is not exported")
    settings = checked.linked.corpus.settings
    works = read_all_works(checked.linked.corpus.bib_files, settings.locale, settings.means, checked.linked.phrases)
    return export_sources(checked.linked, works, form, keys)


def print_lookup(linked: LinkedCorpus, described: SourceDescriptions) -> dict[str, str | bytes]:
    """Return what the lookup needs beside its page: the index, the rules as JavaScript, the JSON of each source."""
    made: dict[str, str | bytes] = dict(make_index(linked, described))
    made |= source_files(linked, described)
    return made | {"lookup/engine.js": write_engine(linked.phrases)}


def _describe_sources(linked: LinkedCorpus, maker: PageMaker, files: Mapping[str, object]) -> SourceDescriptions:
    keys = [*linked.corpus.sources, *linked.corpus.works]
    entries = tuple(ending for ending in ENTRIES.values() if keys and path_of_source_file(keys[0], ending) in files)
    items = {key: json.loads(str(files[path_of_source_file(key, FORMATS["csl-json"].ending)]))[0] for key in keys}
    known = word_known_by(linked, maker.sources, keys)
    return SourceDescriptions(
        maker.sources.works, maker.sources.word_in_full(keys), maker.notes.number_all(), items, known, entries
    )


def dump_json(checked: Checked) -> str:
    """Return an edition without errors as JSON. Raises ValueError if it has errors; PandocError."""
    if checked.linked is None or checked.style is None or checked.has_errors:
        raise ValueError("an edition with errors is not exported")
    maker = PageMaker(checked.linked, checked.style)
    files = export_files(checked.linked, maker.sources.works)
    return format_json(json_of_edition(checked.linked, _describe_sources(checked.linked, maker, files)))


def _print_downloads(linked: LinkedCorpus, described: SourceDescriptions) -> dict[str, str | bytes]:
    """Return the offline editions with the edition's data, and the page that offers them, by path below the pages."""
    settings = linked.corpus.settings
    found = read_downloads(settings)
    if not found:
        return {}
    titles = {record.key: title_of(record) for record in linked.corpus.essays.values()}
    for record in linked.corpus.meetings.values():
        titles[record.key] = f"{title_of(record)}, {words_of_date(record.model.date, settings.phrases)}"
    found = {DATA: format_json(json_of_edition(linked, described)).encode(), **found}
    page = write_page(linked, [describe_download(path, data) for path, data in found.items()], titles)
    return {path_of_download(path): data for path, data in found.items()} | {DOWNLOADS_PAGE: page}


def _files_beside(
    linked: LinkedCorpus, maker: PageMaker, changes: Iterable[Change], policy: str, *, for_disk: bool
) -> dict[str, str]:
    """Return what follows from all pages: spellings for the search, lists as CSV, former addresses, the feed."""
    made, title_of = set(maker.paths), maker.title_of
    files = {SPELLINGS: script_of_name_forms(spellings_of(linked))} if path_of_list("search") in made else {}
    lists = [name for name in TABLES if path_of_list(name) in made]
    # With a byte order mark: spreadsheets need it to recognise UTF-8.
    files |= {
        path_of_table(name): "\ufeff" + to_csv(make_table(linked, title_of, name, is_whole=True), linked.phrases)
        for name in lists
    }
    files |= make_redirects(linked, title_of, policy, for_disk=for_disk)
    feed = make_feed(linked, title_of, changes)
    return files | ({FEED: feed} if feed else {})


def fonts_of(settings: Settings, *, for_disk: bool = False) -> dict[str, bytes]:
    """Return the fonts for the letters of the edition's records, if its pages have our looks."""
    if not settings.has_our_looks:
        return {}
    folders = (settings.root / "content", settings.root / settings.bib_dir)
    written = (path for folder in folders for path in find_files(folder, settings.root).files)
    read = (settings.root / CONFIG_NAME, *(path for path in written if path.suffix.lower() in _TEXTS))
    texts = (path.read_text(encoding="utf-8", errors="replace") for path in read)
    return make_fonts(letters_in(texts), settings.cache_dir / "fonts", for_disk=for_disk)
