"""Builds an edition: the one place where the stages stand in their order.

content/ → Corpus → findings → LinkedCorpus → drafts → notes and words → pages → .build/pages.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Set
from dataclasses import dataclass
from pathlib import Path

from .check import check_corpus
from .corpus import Corpus, read_corpus
from .csl import Meta, Style, StyleError, load_style
from .draft import draft_pages
from .findings import Finding, Span
from .link import LinkedCorpus, link_corpus
from .notes import Wording
from .pandoc import PandocError, read_works, sets_stops_in_quotes, word_forms
from .render import metas_of, place_all, render_pages
from .settings import CONFIG_NAME, Settings, read_settings
from .write import Written, write_tree

Tell = Callable[[str], None]


@dataclass(frozen=True)
class Checked:
    """An edition as read, with all findings. `corpus` is None where not even the settings could be read."""

    corpus: Corpus | None
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
        return Checked(None, None, tuple(findings))
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
    return Checked(corpus, style, tuple(sorted(set(findings))))


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
    if checked.corpus is None or checked.style is None or checked.has_errors:
        raise ValueError("an edition with errors is not built")
    corpus, style = checked.corpus, checked.style
    settings = corpus.settings
    linked = link_corpus(corpus)
    tell("linked")
    pages, notes = make_pages(linked, style, settings, tell)
    assets = settings.root / "content" / "assets"
    files: dict[str, str | bytes] = dict(pages)
    for path in sorted(assets.rglob("*")) if assets.is_dir() else []:
        if path.is_file() and not path.name.startswith("."):
            files[f"assets/{path.relative_to(assets).as_posix()}"] = path.read_bytes()
    written = write_tree(settings.root / settings.pages_dir, files)
    tell(f"wrote {len(written.changed)} pages, removed {len(written.removed)}, left {written.unchanged} as they were")
    return Built(len(pages), notes, written)


def make_pages(linked: LinkedCorpus, style: Style, settings: Settings, tell: Tell) -> tuple[dict[str, str], int]:
    """Return every page's Markdown by path, and the number of notes on them."""
    works: dict[str, Meta] = {}
    for bib in linked.corpus.bib_files:
        works |= read_works(bib, settings.cache_dir)
    drafts = draft_pages(linked, works)
    tell(f"drafted {len(drafts)} pages")
    placed = place_all(linked, drafts)
    forms = placed.forms(style)
    metas = metas_of(linked, works, {form.key for form in forms})
    words_by_form = word_forms(forms, metas, style, settings.locale, settings.cache_dir)
    tell(f"worded {len(forms)} forms of {len({form.key for form in forms})} sources")
    stops_in_quotes = sets_stops_in_quotes(style, settings.locale, settings.cache_dir)
    pages = render_pages(linked, placed, Wording(style, words_by_form, stops_in_quotes))
    return pages, sum(len(notes) for notes in placed.notes.values())
