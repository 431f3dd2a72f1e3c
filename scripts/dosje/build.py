"""Builds an edition: the one place where the stages stand in their order.

content/ → Corpus → findings → LinkedCorpus → drafts → notes and words → pages → .build/pages.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Set
from dataclasses import dataclass
from pathlib import Path

from .check import check_corpus
from .check_notes import check_notes
from .corpus import Corpus, read_corpus
from .csl import Style, StyleError, load_style
from .feed import make_feed
from .findings import Finding, Span
from .history import Change, last_changes, read_changes
from .link import LinkedCorpus, PageId, link_corpus
from .pandoc import PandocError, read_works, sets_stops_in_quotes
from .press import Press
from .redirects import make_redirects
from .settings import CONFIG_NAME, read_settings
from .spellings import spellings_of, to_script
from .tables import TABLES, make_table, to_csv
from .write import Written, write_tree

Tell = Callable[[str], None]


@dataclass(frozen=True)
class Checked:
    """An edition as read and linked, with all findings.

    `corpus` is None where not even the settings could be read, `linked` where there are errors.
    """

    corpus: Corpus | None
    linked: LinkedCorpus | None
    style: Style | None
    findings: tuple[Finding, ...]

    @property
    def has_errors(self) -> bool:
        return any(finding.is_error for finding in self.findings)


@dataclass(frozen=True)
class Built:
    """What a build of the pages made."""

    pages: int
    notes: int
    written: Written


def check_edition(root: Path) -> Checked:
    """Return everything that is to be said about the edition in `root`, in one run."""
    settings, findings = read_settings(root)
    if settings is None:
        return Checked(None, None, None, tuple(findings))
    style = None
    try:
        found_style = load_style(settings.style, root, settings.folio_label)
        # The smallest question to pandoc: it must be able to use the style at all.
        sets_stops_in_quotes(found_style, settings.locale, settings.cache_dir)
        style = found_style
    except (StyleError, PandocError) as error:
        hint = "name a CSL note style under extra: dosje: citation_style:"
        findings.append(Finding(Span(CONFIG_NAME, 1, 1), "settings", str(error), hint))
    corpus, found = read_corpus(settings)
    findings += found
    findings += check_corpus(corpus)
    findings += _check_bib_files(corpus, {f.span.path for f in found})
    linked = None
    if not any(finding.is_error for finding in findings):
        linked = link_corpus(corpus)
        findings += check_notes(linked)
    return Checked(corpus, linked, style, tuple(sorted(set(findings))))


def _check_bib_files(corpus: Corpus, unsound: Set[str]) -> Iterator[Finding]:
    """Yield what pandoc, which says what the entries mean, cannot read in files that we could."""
    hint = "an entry is @type{key, field = {value}, …}"
    for bib in corpus.bib_files:
        if bib.path in unsound:
            continue
        try:
            works = read_works(bib, corpus.settings.cache_dir)
        except PandocError as error:
            place = re.search(r"\(line (\d+), column (\d+)\):?\s*(.*)", str(error))
            span = Span(bib.path, int(place[1]), int(place[2])) if place else Span(bib.path, 1, 1)
            yield Finding(span, "bib-syntax", f"pandoc cannot read this: {place[3] if place else error}", hint)
        else:
            for work in bib.works:
                if work.key not in works:
                    yield Finding(work.span, "bib-syntax", f"pandoc finds no work in @{work.entry_type}", hint)


def build_pages(checked: Checked, tell: Tell) -> Built:
    """Write the pages of an edition without errors to .build/pages.

    Raises ValueError if it has errors; OSError if a file cannot be written.
    """
    if checked.linked is None or checked.style is None or checked.has_errors:
        raise ValueError("an edition with errors is not built")
    settings = checked.linked.corpus.settings
    changes = read_changes(settings.root)
    press = Press(checked.linked, checked.style, changes=last_changes(changes))
    pages, notes = press.print_pages(press.paths)
    tell(f"made {len(pages)} pages with {notes} notes")
    files: dict[str, str | bytes] = dict(pages)
    files |= _files_beside(checked.linked, press.title_of, changes)
    files |= {name: path.read_bytes() for name, path in assets_of(settings.root).items()}
    written = write_tree(settings.root / settings.pages_dir, files)
    tell(f"wrote {len(written.changed)} pages, removed {len(written.removed)}, left {written.unchanged} as they were")
    return Built(len(pages), notes, written)


def _files_beside(linked: LinkedCorpus, title_of: Callable[[PageId], str], changes: Iterable[Change]) -> dict[str, str]:
    """Return what stands beside the pages: spellings for the search, lists as CSV, former addresses, the feed."""
    files = {"search/spellings.js": to_script(spellings_of(linked))}
    # With a byte order mark, by which spreadsheets know UTF-8.
    files |= {f"{name}/{name}.csv": "\ufeff" + to_csv(make_table(linked, title_of, name)) for name in TABLES}
    files |= make_redirects(linked, title_of)
    feed = make_feed(linked, title_of, changes)
    return files | ({"feed.xml": feed} if feed else {})


def assets_of(root: Path) -> dict[str, Path]:
    """Return the edition's pictures and other files to be copied, by path below the pages."""
    folder = root / "content" / "assets"
    found = sorted(folder.rglob("*")) if folder.is_dir() else []
    kept = [path for path in found if path.is_file() and not path.name.startswith(".")]
    return {f"assets/{path.relative_to(folder).as_posix()}": path for path in kept}
