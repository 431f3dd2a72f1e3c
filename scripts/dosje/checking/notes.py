"""Checks a linked corpus for notes that readers could not follow. Returns findings, changes nothing."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import combinations

from ..citing.alike import tell_apart
from ..citing.wording import SourceWords
from ..edition.calls import Call
from ..edition.concordance import make_concordance
from ..edition.links import LinkedCorpus
from ..reading.corpus import FieldTexts
from ..reading.texts import Cited, Link, Markdown
from ..reading.yamltree import Path as FieldPath
from ..values.citations import Cite
from ..values.findings import Finding, Span, did_you_mean
from ..values.page_id import PageId
from .vias import check_fitting

# Behind a cite of a file: its author means all of it.
_PASSIM = re.compile(r"[\W_]*passim\b", re.IGNORECASE)
_TYPED_IBID = re.compile(r"\b(?:ibid|ibidem|op\. ?cit|loc\. ?cit)\b\.?", re.IGNORECASE)


def check_notes(linked: LinkedCorpus) -> list[Finding]:
    """Return every finding on the notes of the edition, sorted by place."""
    findings: list[Finding] = []
    for page in linked.calls_by_page:
        findings += _check_note_links(linked, page)
        findings += _check_typed_ibid(linked, page)
        findings += _check_whole_files(linked, page)
        findings += _check_leaves(linked, page)
    findings += _check_concordances(linked)
    findings += check_fitting(linked)
    return sorted(set(findings))


def _check_concordances(linked: LinkedCorpus) -> Iterator[Finding]:
    for wanted in linked.corpus.settings.concordances:
        if not linked.corpus.has("source", wanted.work):
            hint = did_you_mean(wanted.work, linked.corpus.keys_of("source")) or "a work's key: its number of notes"
            message = f'no source has the key "{wanted.work}"'
            yield Finding(wanted.span, "unknown-source", message, hint)
            continue
        for row in make_concordance(linked, wanted.work, wanted.notes):
            if not row.sources and not row.calls:
                message = f"no record names note {row.note} of {wanted.work}"
                hint = f"cite it as [@{wanted.work}, n. {row.note}], or name it in the via: of a source"
                yield Finding(wanted.span, "note-without-record", message, hint)


def _texts_of(linked: LinkedCorpus, page: PageId) -> FieldTexts:
    record = linked.record(page)
    return record.texts if record else linked.corpus.work_texts[page.key]


def _span(linked: LinkedCorpus, page: PageId, path: FieldPath, offset: int) -> Span:
    record = linked.record(page)
    if record is None:
        return linked.corpus.works[page.key].field_spans[str(path[0])]
    return record.text_span(path, offset)


def _check_note_links(linked: LinkedCorpus, page: PageId) -> Iterator[Finding]:
    for path, _, text in _texts_of(linked, page):
        for link in (link for block in text.blocks for link in block.links if link.kind == "note"):
            if linked.note_index.find_call(page, link.key) is not None:
                continue
            span = _span(linked, page, path, link.offset)
            if found := linked.note_index.find_calls(page, link.key):
                labels = ", ".join(call.label for call in found[:3])
                message = f'{len(found)} notes are called "{link.key}"'
                yield Finding(span, "unknown-note-link", message, f"write the whole name of one: {labels}")
            else:
                message = f'no note is called "{link.key}"'
                yield Finding(span, "unknown-note-link", message, _suggest_note(linked, page, link))


def _suggest_note(linked: LinkedCorpus, page: PageId, link: Link) -> str:
    key, _, name = link.key.rpartition("/")
    if key and key not in linked.note_index.pages_by_key:
        return (
            did_you_mean(key, linked.note_index.pages_by_key)
            or "write note:KEY/NAME, with the key of the record whose note it is"
        )
    pages = linked.note_index.pages_by_key[key] if key else (page,)
    known = [name for other in pages for call in linked.calls_by_page[other] for name in (call.name, call.label)]
    return did_you_mean(name, known) or "the name of a note is the end of its address on the page, behind #fn:"


def _check_typed_ibid(linked: LinkedCorpus, page: PageId) -> Iterator[Finding]:
    hint = "cite the source again, [@key, fl. 3]: the short form is made for you"
    for path, _, text in _texts_of(linked, page):
        for block in text.blocks:
            for piece in block.pieces:
                if isinstance(piece, Markdown) and block.note and not piece.is_code:
                    found, offset = _TYPED_IBID.search(piece.text), piece.offset
                elif isinstance(piece, Cited):
                    words = [part for cite in piece.citation.cites for part in (cite.prefix, cite.suffix)]
                    found, offset = _TYPED_IBID.search("\n".join(words)), piece.offset
                else:
                    continue
                if found:
                    at = offset + (found.start() if isinstance(piece, Markdown) else 0)
                    message = f'"{found[0]}" is written by hand, and may come to mean another source'
                    yield Finding(_span(linked, page, path, at), "typed-ibid", message, hint)


def _check_whole_files(linked: LinkedCorpus, page: PageId) -> Iterator[Finding]:
    """Yield cites of a whole file: with them nobody can find the leaf. "Passim" says that all of it is meant."""
    if page.kind == "source":
        return  # a record of a file speaks of it as a whole
    for call, cite in _cites(linked, page):
        record = linked.corpus.sources.get(cite.key)
        is_meant = _PASSIM.match(cite.suffix) is not None
        if record is not None and cite.locator is None and not is_meant and linked.holdings.role_of(record) == "file":
            parts = linked.parts_of(record)
            items = ", ".join(f"@{part.key}" for part in parts[:3])
            hint = f"give the folios: [@{cite.key}, fl. 12]" + (f", or cite what lies in it: {items}" if items else "")
            hint += f"; if you mean all of it, say so: [@{cite.key}, passim]"
            message = f"{cite.key} is a whole file, cited without item or folio"
            yield Finding(_span(linked, page, call.path, call.offset), "file-without-folio", message, hint)


def _check_leaves(linked: LinkedCorpus, page: PageId) -> Iterator[Finding]:
    """Yield cites of a leaf in files whose numbers count pages, and of a page where a record says that they do not."""
    for call, cite in _cites(linked, page):
        record, label = linked.corpus.sources.get(cite.key), cite.locator.label if cite.locator else ""
        if record is None or label not in ("folio", "page"):
            continue
        is_said = any(unit.model.leaves for unit in (record, *linked.chain(record)))
        counted_in = linked.holdings.leaves_of(cite.key).counted_in
        if (label, counted_in) == ("folio", "pages") or (is_said and (label, counted_in) == ("page", "folios")):
            message = f"a {label} of {cite.key} is cited, whose numbers count {counted_in}"
            hint = f"write {'p. 12' if label == 'folio' else 'fl. 12'}, or mend leaves: in the record"
            yield Finding(_span(linked, page, call.path, call.offset), "wrong-leaves", message, hint)


def check_short_forms(linked: LinkedCorpus, sources: SourceWords) -> list[Finding]:
    """Return the pairs of sources on a page whose short notes stay the same, whatever is added to them."""
    findings = set()
    for page, apart in tell_apart(linked.calls_by_page, sources).items():
        calls = {cite.key: call for call, cite in reversed(list(_cites(linked, page)))}
        for one, other in (pair for group in apart.alike for pair in combinations(group, 2)):
            span = _span(linked, page, calls[other].path, calls[other].offset)
            message = f"{one} and {other} are the same in their short forms"
            hint = "give one of them a title of its own, or both the folios that tell them apart"
            findings.add(Finding(span, "same-short-form", message, hint))
    return sorted(findings)


def _cites(linked: LinkedCorpus, page: PageId) -> Iterator[tuple[Call, Cite]]:
    return ((call, cite) for call in linked.calls_by_page[page] for cite in call.cites)
