"""Makes the pages that are asked for, and no more: drafted, their notes placed and worded, rendered.

A page shows the numbers of notes on other pages. Their views say them. So the preview of one page never has to build
all pages.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from itertools import zip_longest

from ..citing.forms import Form
from ..citing.notes import Note, Wording, forms_of, place_notes
from ..citing.styles import Style
from ..citing.wording import SourceWords
from ..edition.history import Change
from ..edition.links import LinkedCorpus
from ..exporting.formats import export_file, export_files, export_paths
from ..exporting.imprint import make_imprint
from ..reading.texts import Link
from ..values.findings import Finding
from ..values.page_id import PageId
from .drafts import Draft, Drafter, order_finding
from .rendering import marks_in, render_page


class PageMaker:
    """The pages of one linked edition.

    The view of a record says in which order its page calls its notes, so that no template runs for their numbers.

    `findings`: what is wrong with the edition's own templates, of the pages that were made.
    """

    def __init__(
        self,
        linked: LinkedCorpus,
        style: Style,
        changes: Mapping[str, Change] | None = None,
    ) -> None:
        settings = linked.corpus.settings
        self._linked = linked
        self._style = style
        self._archival_ibid = settings.archival_ibid
        self.sources = SourceWords(linked, style)
        self._works = self.sources.works
        self.imprint = make_imprint(settings, style)
        self._drafter = Drafter(linked, self._works, self.imprint, changes)
        self._drafts: dict[str, Draft] = {}
        self._findings: dict[tuple[str, str], Finding] = {}
        self.paths = self._drafter.paths
        self.title_of = self._drafter.title_of

    @property
    def files(self) -> list[str]:
        """The paths of what lies beside the pages: sources in the formats of reference managers."""
        return export_paths(self._linked)

    def make_files(self) -> dict[str, str]:
        """Return all that lies beside the pages, by path."""
        return export_files(self._linked, self._works)

    def make_file(self, path: str) -> str | None:
        """Return the one file at `path` of those, None if there is none."""
        return export_file(self._linked, self._works, path)

    def make_pages(self, paths: Iterable[str]) -> tuple[dict[str, str], int]:
        """Return the Markdown of the pages at `paths`, and the number of notes on them.

        Raises KeyError for a path of no page; PandocError.
        """
        drafts = [self._draft(path) for path in paths]
        notes = {draft.page: self._place(draft.page) for draft in drafts if draft.page}
        wording = self._word(drafts, notes)
        numbers = self._number_notes(drafts, notes)
        pages = {}
        for draft in drafts:
            own = notes[draft.page] if draft.page else ()
            pages[draft.path] = render_page(self._linked, draft, own, numbers, wording)
        return pages, sum(len(own) for own in notes.values())

    def number_all_notes(self) -> dict[tuple[PageId, str], int]:
        """Return the number of every note of the edition on its page, by page and label."""
        return {
            (page, label): number
            for page in self._linked.calls_by_page
            for number, label in enumerate(self._drafter.views.labels(page), start=1)
        }

    def _draft(self, path: str) -> Draft:
        if path not in self._drafts:
            draft = self._drafts[path] = self._drafter.draft(path)
            if draft.page is not None and draft.own_template:
                self._check_order(draft, draft.page)
        return self._drafts[path]

    def _check_order(self, draft: Draft, page: PageId) -> None:
        """Find out whether a template of the edition calls the notes of its page in the order of their numbers."""
        called = list(dict.fromkeys(label for label, *_ in marks_in(draft.text, "call")))
        wanted = self._drafter.views.labels(page)
        at = next((at for at, pair in enumerate(zip_longest(called, wanted)) if pair[0] != pair[1]), None)
        if at is not None and (draft.own_template, page.kind) not in self._findings:
            label = wanted[at] if at < len(wanted) else called[at]
            field = self._linked.note_index.calls_by_label[page, label].path[0]
            finding = order_finding(self._linked.corpus.settings.root, draft, at + 1, str(field))
            self._findings[draft.own_template, page.kind] = finding

    @property
    def findings(self) -> list[Finding]:
        return sorted(self._findings.values())

    def _place(self, page: PageId) -> tuple[Note, ...]:
        calls = [self._linked.note_index.calls_by_label[page, label] for label in self._drafter.views.labels(page)]
        return place_notes(calls, self._linked.holdings.unit_of if self._archival_ibid else lambda key: None)

    def _number_notes(
        self, drafts: Iterable[Draft], notes: Mapping[PageId, tuple[Note, ...]]
    ) -> dict[tuple[PageId, str], int]:
        shown = {PageId(kind, key) for draft in drafts for kind, key, _ in marks_in(draft.text, "number")}
        for page, own in notes.items():
            links = (part for note in own for part in note.parts if isinstance(part, Link) and part.kind == "note")
            shown |= {call.page for link in links if (call := self._linked.note_index.find_call(page, link.key))}
        return {
            (page, label): number
            for page in shown | notes.keys()
            for number, label in enumerate(self._drafter.views.labels(page), start=1)
        }

    def _word(self, drafts: Iterable[Draft], notes: Mapping[PageId, tuple[Note, ...]]) -> Wording:
        forms: set[Form] = set()
        for own in notes.values():
            forms |= forms_of(own, self._style)
        for draft in drafts:
            shown = marks_in(draft.text, "words")
            forms |= {Form(key, position) for key, form, *_ in shown for position in (form, "first")}
        return self.sources.word_forms(forms)
