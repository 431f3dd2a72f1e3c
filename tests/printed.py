"""What an edition prints of its sources, and what the lookup makes of it: notes, references, titles and addresses."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from dosje.checking.edition import check_edition
from dosje.citing.forms import Form
from dosje.citing.joining import JoinedCite, join_note
from dosje.citing.styles import load_style
from dosje.edition.links import LinkedCorpus
from dosje.edition.pages import path_of
from dosje.edition.titles import title_of_work
from dosje.exporting.source_descriptions import SourceDescriptions
from dosje.lookup.answered import Answer
from dosje.lookup.hits import NOTHING_BEFORE
from dosje.lookup.index import make_index
from dosje.lookup.search import answer_note
from dosje.lookup.sharding import unwrap_shard
from dosje.values.page_id import PageId
from dosje.values.words import plain
from dosje.web.page_maker import PageMaker
from english import ENGLISH
from rendering import notes_of

_CARD = ' <span class="dosje-f'


@dataclass(frozen=True)
class PrintedNote:
    """A note of a page as text, without and with what its card shows; and key and words of each source in it."""

    text: str
    with_card: str
    cites: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class PrintedEdition:
    """An edition in one of the styles. `keys_by_words`: which sources print the same words."""

    linked: LinkedCorpus
    shards: dict[str, Any]
    notes: dict[str, tuple[PrintedNote, ...]]  # by page
    full: dict[str, str]  # the words of each source, as the first note has them
    titles: dict[str, str]
    references: dict[str, str]
    keys_by_words: dict[str, set[str]]

    def ask(self, text: str, before: Any = NOTHING_BEFORE) -> Answer:
        """Return the answer to a footnote. All shards are there."""
        return answer_note(text, before, self.shards, ENGLISH)

    def is_alone(self, key: str, words: str) -> bool:
        """Say whether no other source prints these words. "(n 4)" means another source on another page."""
        return "(n " not in words and self.keys_by_words.get(_bare(words), {key}) == {key}


def print_edition(root: Path, style: str = "", every: int = 1) -> PrintedEdition:
    """Return an edition as a style prints it, its own if none is named; one page in `every` with its notes."""
    checked = check_edition(root)
    assert checked.linked is not None and checked.style is not None
    linked = checked.linked
    folio_label = linked.corpus.settings.folio_label
    maker = PageMaker(linked, load_style(style, root, folio_label) if style else checked.style)
    pages = sorted(page for page, calls in linked.calls_by_page.items() if calls)[::every]
    notes = dict(_notes_on(maker, pages))
    sources = [*linked.corpus.sources, *linked.corpus.works]
    forms = {Form(key, position) for key in sources for position in ("first", "subsequent")}
    words = maker.sources.word_forms(forms).words_by_form
    titles = {key: record.model.title for key, record in linked.corpus.sources.items()}
    titles |= {key: title_of_work(work, maker.sources.works[key]) for key, work in linked.corpus.works.items()}
    references = {key: linked.holdings.reference_of(record) for key, record in linked.corpus.sources.items()}
    by_words: dict[str, set[str]] = {}
    said = [(form.key, plain(text)) for form, text in words.items()] + list(titles.items()) + list(references.items())
    said += [cite for printed in notes.values() for note in printed for cite in note.cites]
    for key, text in said:
        by_words.setdefault(_bare(text), set()).add(key)
    full = {form.key: plain(text) for form, text in words.items() if form.position == "first"}
    index = make_index(linked, SourceDescriptions(maker.sources.works, full, {}))
    shards = {path.split("/")[-1].removesuffix(".js"): unwrap_shard(text) for path, text in index.items()}
    return PrintedEdition(linked, shards, notes, full, titles, references, by_words)


def _notes_on(maker: PageMaker, pages: list[PageId]) -> Iterator[tuple[str, tuple[PrintedNote, ...]]]:
    written = maker.make_pages([path_of(page) for page in pages])[0]
    placed = maker.notes.place(pages)
    wording = maker.notes.word([], placed)
    for page, notes in placed.items():
        lines = notes_of(written[path_of(page)])
        printed = []
        for note in notes:
            parts = [part for part in join_note(note, wording) if isinstance(part, JoinedCite)]
            cites = tuple((part.placed.cite.key, plain(part.words)) for part in parts)
            if line := lines.get(note.label):
                printed.append(PrintedNote(_text_of(line.split(_CARD)[0]), _text_of(line), cites))
        yield path_of(page), tuple(printed)


def _text_of(line: str) -> str:
    return html.unescape(re.sub(r"<[^>]*>", "", line))


def _bare(words: str) -> str:
    return words.strip(" .,").lower()


def found_in(answer: Answer) -> dict[str, str]:
    """Return the sources that an answer names, each with its greatest confidence."""
    order = ("possible", "likely", "exact")
    found: dict[str, str] = {}
    for cite in answer["citations"]:
        for match in cite["matches"]:
            found[match["key"]] = max(found.get(match["key"], "possible"), match["confidence"], key=order.index)
    return found


def faults_of_notes(edition: PrintedEdition) -> Iterator[str]:
    """Yield what the lookup makes wrong of the notes of each page, pasted one after another."""
    for path, notes in edition.notes.items():
        for kind in ("text", "with_card"):
            memory: Any = NOTHING_BEFORE
            for number, note in enumerate(notes, start=1):
                text = getattr(note, kind)
                answer = edition.ask(text, memory)
                memory = answer["memory"]
                found = found_in(answer)
                for key, words in note.cites:
                    if key not in found:
                        yield f"{path} {number} ({kind}): {text!r} does not name {key}, but {found}"
                    elif len(note.cites) == 1 and found[key] != "exact" and edition.is_alone(key, words):
                        yield f"{path} {number} ({kind}): {text!r} names {key} only as {found[key]}: {found}"


def faults_of_sources(edition: PrintedEdition) -> Iterator[str]:
    """Yield what the lookup makes wrong of the words, reference, title and addresses of each source."""
    for key, text in _texts_of(edition):
        found = found_in(edition.ask(text))
        if key not in found:
            yield f"{key}: {text!r} does not name it, but {found}"
        elif found[key] != "exact" and edition.is_alone(key, text):
            yield f"{key}: {text!r} names it only as {found[key]}: {found}"


def _texts_of(edition: PrintedEdition) -> Iterator[tuple[str, str]]:
    yield from edition.full.items()
    yield from edition.titles.items()
    yield from ((key, reference) for key, reference in edition.references.items() if reference)
    for key, record in edition.linked.corpus.sources.items():
        yield from ((key, text) for text in _spellings(record.model.url))
    for key, work in edition.linked.corpus.works.items():
        for field in ("url", "doi"):
            yield from ((key, text) for text in _spellings(work.fields.get(field, "")))


def _spellings(address: str) -> Iterator[str]:
    """Yield an address as it is printed, and as other books print it."""
    if not address:
        return
    bare = re.sub(r"^https?://(?:www\.)?", "", address)
    is_doi = address.startswith("10.")
    yield from (address, bare) if is_doi else (address, bare, f"http://{bare}", f"https://{bare}", f"www.{bare}")
    yield f"https://{'doi.org/' if is_doi else 'www.'}{bare}"
    yield f"{'https://doi.org/' if is_doi else 'https://'}{bare}?download=1"
    yield f"{'https://doi.org/' if is_doi else 'https://'}{bare}.pdf"
