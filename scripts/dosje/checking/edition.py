"""Checks an edition: reads it, links it, and gathers all findings."""

from __future__ import annotations

import re
from collections.abc import Iterator, Set
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from ..citing.archive_words import find_unworded_parts
from ..citing.form_words import sets_stops_in_quotes
from ..citing.pandoc import PandocError
from ..citing.styles import Style, StyleError, load_style
from ..citing.wording import SourceWords
from ..citing.works import read_works
from ..edition.links import LinkedCorpus, link_corpus
from ..reading.corpus import Corpus
from ..reading.record_files import read_corpus
from ..reading.settings import CONFIG_NAME
from ..reading.settings_file import read_settings
from ..system.marker import check_build_dir
from ..values.findings import Finding, Span
from ..values.severities import weigh_findings
from .addresses import check_addresses
from .notes import check_notes, check_short_forms
from .records import check_corpus


@dataclass(frozen=True)
class Checked:
    """An edition as read and linked, with all findings.

    `corpus` is None if the settings could not be read. `linked` is None if errors were found before the records were
    linked; `has_errors` says whether there are any.
    """

    corpus: Corpus | None
    linked: LinkedCorpus | None
    style: Style | None
    findings: tuple[Finding, ...]

    @property
    def has_errors(self) -> bool:
        return any(finding.is_error for finding in self.findings)


def with_settings(checked: Checked, **changes: Any) -> Checked:
    """Return a checked edition with other settings, for an output other than its site."""
    assert checked.linked is not None
    settings = replace(checked.linked.corpus.settings, **changes)
    linked = replace(checked.linked, corpus=replace(checked.linked.corpus, settings=settings))
    return replace(checked, corpus=linked.corpus, linked=linked)


def check_edition(root: Path, *, is_untrusted: bool = False) -> Checked:
    """Return all findings on the edition in `root`, in one run.

    `is_untrusted`: a stranger wrote it, so everything that can run code is an error (docs/manual/untrusted.md).
    Raises NotOursError if .build/ is somebody else's, or a link.
    """
    check_build_dir(root)  # it keeps pandoc's answers
    settings, findings = read_settings(root, is_untrusted=is_untrusted)
    if settings is None:
        return Checked(None, None, None, tuple(findings))
    style = None
    try:
        found_style = load_style(settings.style, root, settings.folio_label)
        # The smallest question to pandoc. It shows whether pandoc can use the style at all.
        sets_stops_in_quotes(found_style, settings.locale, settings.means)
        style = found_style
    except (StyleError, PandocError) as error:
        hint = "name a CSL note style under extra: dosje: citation_style:"
        span = error.span if isinstance(error, StyleError) else None
        findings.append(Finding(span or Span(CONFIG_NAME, 1, 1), "settings", str(error), hint))
    corpus, found = read_corpus(settings)
    findings += found
    findings += check_corpus(corpus)
    if style is not None and corpus.sources:
        findings += _check_words_for_archives(style, corpus)
    findings += _check_bib_files(corpus, {f.span.path for f in found})
    linked = None
    if not any(finding.is_error for finding in findings):
        linked = link_corpus(corpus)
        findings += check_notes(linked)
        findings += check_addresses(linked)
        if style is not None:
            findings += check_short_forms(linked, SourceWords(linked, style))
    return Checked(corpus, linked, style, tuple(weigh_findings(sorted(set(findings)), dict(settings.severities))))


def _check_words_for_archives(style: Style, corpus: Corpus) -> Iterator[Finding]:
    parts = find_unworded_parts(style, corpus.settings.locale, corpus.settings.means)
    if parts:
        message = f'"{style.name}" has no words for archives: it leaves out {", ".join(parts)}, which notes add'
        hint = "a style made for historians has them: chicago-notes-bibliography, mhra-notes"
        yield Finding(Span(CONFIG_NAME, 1, 1), "style-without-archives", message, hint)


def _check_bib_files(corpus: Corpus, unsound: Set[str]) -> Iterator[Finding]:
    """Yield what pandoc cannot read in .bib files that we could read. Pandoc decides what entries mean."""
    hint = "an entry is @type{key, field = {value}, …}"
    for bib in corpus.bib_files:
        if bib.path in unsound:
            continue
        try:
            works = read_works(bib, corpus.settings.locale, corpus.settings.means)
        except PandocError as error:
            place = re.search(r"\(line (\d+), column (\d+)\):?\s*(.*)", str(error))
            span = Span(bib.path, int(place[1]), int(place[2])) if place else Span(bib.path, 1, 1)
            yield Finding(span, "bib-syntax", f"pandoc cannot read this: {place[3] if place else error}", hint)
        else:
            for work in bib.works:
                if work.key not in works:
                    yield Finding(work.span, "bib-syntax", f"pandoc finds no work in @{work.entry_type}", hint)
