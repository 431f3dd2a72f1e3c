"""Checks a corpus: whether its records agree with one another. Returns findings, changes nothing."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from datetime import date
from pathlib import Path

from ..edition.pages import INDEXES
from ..reading.corpus import Corpus, Record
from ..reading.fields import Model
from ..reading.keys import is_reserved, is_valid_key
from ..reading.own_templates import check_templates
from ..reading.records import Document, Meeting, Person, Source
from ..reading.texts import Cited, Image, NoteCall, Piece, Text
from ..values.citations import Cite
from ..values.date_words import words_of_date
from ..values.dates import Edtf
from ..values.findings import Finding, Span, did_you_mean
from ..values.folios import Folios, format_folios, parse_folios

_SHARED_KEYS = ("meeting", "event", "person", "source")
# Other names at the top of a site, written as keys. On many file systems SHA256SUMS is the same name as sha256sums, and
# 404.html could be a page in the zip.
_FILES_OF_SITE = ("404", "assets", "concordance", "downloads", "pagefind", "sha256sums")
_TAKEN_BY_PAGES = (*INDEXES, *_FILES_OF_SITE)
_PROSE_NEEDS_CITES = ("meeting", "event", "person", "source", "place", "organisation", "archive", "essay")


def check_corpus(corpus: Corpus) -> list[Finding]:
    """Return every finding on how the records fit together, sorted by place."""
    findings: list[Finding] = []
    for record in corpus.records():
        findings += _check_references(corpus, record)
        findings += _check_texts(corpus, record)
        findings += _check_dates(corpus, record)
        findings += _check_seen(record)
        findings += _check_own_folios(corpus, record)
    findings += _check_keys(corpus)
    findings += _check_former_keys(corpus)
    findings += _check_works(corpus)
    findings += _check_cycles(corpus)
    findings += _check_unused(corpus)
    findings += check_templates(corpus.settings.root)
    return sorted(set(findings))


def _check_keys(corpus: Corpus) -> Iterator[Finding]:
    seen: dict[str, str] = {}
    owners = [(r.key, r.span()) for kind in _SHARED_KEYS for r in corpus.by_kind[kind].values()]
    owners += [(work.key, work.span) for bib in corpus.bib_files for work in bib.works]
    for spelled, span in owners:
        key = spelled.lower()  # keys are names of files, and for many file systems capitals make no difference
        if key in seen:
            message = f'"{spelled}" is also the key of {seen[key]}'
            yield Finding(
                span, "key-clash", message, "meetings, events, persons, sources and .bib entries share their keys"
            )
        seen.setdefault(key, span.path)
    reserved = [(r.key, r.key_span()) for r in corpus.records() if not isinstance(r.model, Document)]
    for key, span in (*reserved, *((work.key, work.span) for bib in corpus.bib_files for work in bib.works)):
        if is_reserved(key):
            message = f'no file can be called "{key}" on Windows'
            yield Finding(span, "reserved-key", message, f'"{key}-1960" could be a key')
    for record in corpus.records():
        # Its page would replace the page of a list: sources/index.md, or meetings.md beside meetings/.
        is_taken = record.key in _TAKEN_BY_PAGES if record.kind == "page" else record.key == "index"
        if is_taken and not isinstance(record.model, Document):
            what = "file or folder" if record.key in _FILES_OF_SITE else "list"
            message = f'"{record.key}" is the name of a {what} of the site'
            yield Finding(record.key_span(), "bad-key", message, f'"{record.key}-of-…" could be a key')
    for bib in corpus.bib_files:
        for work in bib.works:
            if not re.fullmatch(r"[A-Za-z0-9_][A-Za-z0-9_-]*", work.key):
                hint = "in Zotero: Better BibTeX, citation key; or rename the entry"
                message = f'"{work.key}" cannot be a key of a work: only letters a-z, digits, hyphens and underscores'
                yield Finding(work.span, "bad-key", message, hint)


def _check_former_keys(corpus: Corpus) -> Iterator[Finding]:
    owners: dict[tuple[str, str], str] = {}
    for record in corpus.records():
        for index, old in enumerate(getattr(record.model, "formerly", ())):
            span = record.span(("formerly", index))
            hint = "a former key leads to one record only: take it out here or there"
            if not is_valid_key(old):
                yield Finding(span, "bad-key", f'"{old}" cannot have been a key: only a-z, 0-9 and hyphens')
            elif corpus.has(record.kind, old) or (record.kind == "page" and old in _TAKEN_BY_PAGES) or old == "index":
                yield Finding(span, "formerly-clash", f'"{old}" is the key of another {record.kind}', hint)
            elif (record.kind, old) in owners:
                message = f'"{old}" is also a former key of {owners[record.kind, old]}'
                yield Finding(span, "formerly-clash", message, hint)
            owners.setdefault((record.kind, old), record.key)


def _check_references(corpus: Corpus, record: Record[Model]) -> Iterator[Finding]:
    for reference in record.references:
        if not corpus.has(reference.kind, reference.key):
            yield _unknown(corpus, reference.kind, reference.key, record.span(reference.path))


def _unknown(corpus: Corpus, kind: str, key: str, span: Span) -> Finding:
    hint = did_you_mean(key, corpus.keys_of(kind)) or _where_to_add(kind, key)
    code = "unknown-essay" if kind in ("essay", "page") else f"unknown-{kind}"
    return Finding(span, code, f'no {kind} has the key "{key}"', hint)


def _where_to_add(kind: str, key: str) -> str:
    lists = {"place": "places.yml", "organisation": "organisations.yml", "archive": "archives.yml"}
    if kind in lists:
        return f"add it to content/{lists[kind]}"
    if kind in ("essay", "page"):
        return f"write content/{kind}s/{key}.md"
    return f"write content/{kind}s/{key}.yml" + (" or add it to bibliography/" if kind == "source" else "")


def _check_texts(corpus: Corpus, record: Record[Model]) -> Iterator[Finding]:
    for path, what, text in record.texts:
        for problem in text.problems:
            yield Finding(record.text_span(path, problem.offset), problem.code, problem.message, problem.hint)
        for block in text.blocks:
            for link in block.links:
                if link.kind != "note" and not corpus.has(link.kind, link.key):
                    yield _unknown(corpus, link.kind, link.key, record.text_span(path, link.offset))
            for image in block.images:
                yield from _check_image(corpus, image, record.text_span(path, image.offset))
            for cited in block.citations:
                for cite in cited.citation.cites:
                    yield from _check_cite(corpus, record, path, cited, cite)
            needs_cite = block.kind == "statement" and record.kind in _PROSE_NEEDS_CITES
            if needs_cite and not block.citations and not _calls_note(block.pieces) and not text.problems:
                if what == "cites":
                    hint = 'write it as "[@key, fl. 9–20]"'
                    yield Finding(record.text_span(path, block.offset), "bad-citation", "no citation here", hint)
                elif path[-1] != "claim":  # the citation of a position is in `cite`
                    hint = "end the paragraph with [@key, …]"
                    message = "this paragraph carries no citation"
                    yield Finding(record.text_span(path, block.offset), "uncited-statement", message, hint)


# Pages, books and e-books can all show these: the core media types of EPUB 3.2.
# How their files begin.
_PICTURES = {".gif": b"GIF8", ".jpeg": b"\xff\xd8", ".jpg": b"\xff\xd8", ".png": b"\x89PNG", ".svg": b"<"}


def _check_image(corpus: Corpus, image: Image, span: Span) -> Iterator[Finding]:
    if not image.alternative.strip():
        hint = f"write ![what it shows]({image.file}), for those who cannot see it"
        yield Finding(span, "picture-without-words", "this picture has no words", hint)
    if image.file not in corpus.pictures:
        hint = did_you_mean(image.file, corpus.pictures) or "put the file into content/assets/ and write assets/…"
        yield Finding(span, "unknown-picture", f'there is no picture "{image.file}"', hint)
        return
    file = corpus.pictures[image.file]
    hint = f"save it as one of {', '.join(_PICTURES)}"
    if file.suffix.lower() not in _PICTURES:
        message = f'"{image.file}" is no picture that all of page, book and e-book can show'
        yield Finding(span, "unknown-picture", message, hint)
    elif not _begins_as(file, _PICTURES[file.suffix.lower()]):
        message = f'what "{image.file}" holds is not what its name says'
        yield Finding(span, "unknown-picture", message, hint)


def _begins_as(file: Path, signature: bytes) -> bool:
    with file.open("rb") as opened:
        # An SVG may begin with a byte order mark.
        return opened.read(16).removeprefix(b"\xef\xbb\xbf").lstrip().startswith(signature)


def _calls_note(pieces: Iterable[Piece]) -> bool:
    return any(isinstance(piece, NoteCall) for piece in pieces)


def _check_cite(
    corpus: Corpus, record: Record[Model], path: tuple[str | int, ...], cited: Cited, cite: Cite
) -> Iterator[Finding]:
    offset = cited.offset + cite.offset
    if not corpus.has("source", cite.key):
        yield _unknown(corpus, "source", cite.key, record.text_span(path, offset + 1))
        return
    source = corpus.sources.get(cite.key)
    if source is None or cite.locator is None or cite.locator.label != "folio":
        return
    try:
        runs = parse_folios(cite.locator.value)
    except ValueError as error:
        yield Finding(record.text_span(path, offset), "bad-folios", str(error), "write fl. 12, fl. 3r, fl. 9–20")
        return
    # The nearest unit with an extent. Whether that lies within its own file is another finding.
    holder = next((h for h in (source, *corpus.chain(source)) if _extent_of(h)), None)
    outside = _outside(runs, holder)
    if outside and holder is not None:
        yield _folio_finding(record.text_span(path, offset), outside, holder)


def _check_own_folios(corpus: Corpus, record: Record[Model]) -> Iterator[Finding]:
    if isinstance(record.model, Source) and record.model.folios:
        holder = next((h for h in corpus.chain(record) if _extent_of(h)), None)
        outside = _outside(record.model.folios, holder)
        if outside and holder is not None:
            yield _folio_finding(record.span(("folios",)), outside, holder)


def _extent_of(record: Record[Model]) -> tuple[Folios, ...]:
    """Return the leaves that a citation of the unit may name: its own leaves, and those of its other copies."""
    if not isinstance(record.model, Source) or not record.model.folios:
        return ()
    return record.model.folios + tuple(run for copy in record.model.witnesses for run in copy.folios or ())


def _outside(runs: tuple[Folios, ...], holder: Record[Model] | None) -> tuple[Folios, ...]:
    extent = _extent_of(holder) if holder is not None else ()
    return tuple(run for run in runs if extent and not any(whole.contains(run) for whole in extent))


def _folio_finding(span: Span, outside: tuple[Folios, ...], holder: Record[Model]) -> Finding:
    extent = format_folios(_extent_of(holder))
    message = f"folio {format_folios(outside)} lies outside {holder.key}, which has {extent}"
    return Finding(span, "folio-outside-file", message, f"look at folios in {holder.located.path}")


def _check_cycles(corpus: Corpus) -> Iterator[Finding]:
    for record in corpus.records():
        path = [record.key]
        current: Record[Model] | None = record
        while current is not None and (key := getattr(current.model, "part_of", None)):
            path.append(key)
            if key == record.key:
                message = f"{record.key} is part of itself: {' → '.join(path)}"
                yield Finding(record.span(("part_of",)), "part-of-cycle", message, "take part_of out of one of them")
                break
            if key in path[:-1]:
                break
            current = corpus.by_kind[record.kind].get(key)


def _check_dates(corpus: Corpus, record: Record[Model]) -> Iterator[Finding]:
    model = record.model
    when = getattr(model, "date", None)
    if not isinstance(model, Meeting | Source) or when is None:
        return
    for parent in corpus.chain(record)[:1]:
        whole = getattr(parent.model, "date", None)
        if whole is not None and not _can_lie_within(when, whole):
            message = f"{words_of_date(when)} lies outside {parent.key}, {words_of_date(whole)}"
            hint = "mend one of the dates, or say how they belong together with follows: or see_also:"
            yield Finding(record.span(("date",)), "date-outside-parent", message, hint)
    if isinstance(model, Meeting):
        people: list[tuple[tuple[str | int, ...], str | None]] = [
            (("participants", n, "person"), part.person) for n, part in enumerate(model.participants)
        ]
    else:
        fields = (("author", model.author), ("recipient", model.recipient))
        people = [((name, n), key) for name, keys in fields for n, key in enumerate(keys)]
    for path, key in people:
        person = corpus.persons.get(key or "")
        if person is not None and isinstance(person.model, Person):
            yield from _check_lifetime(record.span(path), person.key, person.model, when)


def _check_lifetime(span: Span, key: str, person: Person, when: Edtf) -> Iterator[Finding]:
    first, last = when.bounds()
    born = person.born.bounds()[0] if person.born and _is_certain(person.born) else date.min
    died = person.died.bounds()[1] if person.died and _is_certain(person.died) else date.max
    if last < born:
        message = f"{words_of_date(when)} is before {key} was born ({person.born})"
    elif first > died:
        message = f"{words_of_date(when)} is after {key} died ({person.died})"
    else:
        return
    yield Finding(span, "outside-lifetime", message, "another person of that name, or another date?")


def _is_certain(value: Edtf) -> bool:
    moments = [moment for moment in (value.start, value.end) if moment is not None]
    return not any(moment.is_uncertain or moment.is_approximate for moment in moments)


def _can_lie_within(part: Edtf, whole: Edtf) -> bool:
    """Say whether the part can have happened within the whole. An inexact date needs to overlap it only."""
    if not _is_certain(whole):
        return True  # nobody knows how far "about 1960" reaches
    first, last = part.bounds()
    begin, end = whole.bounds()
    has_days = all(moment is not None and moment.day for moment in (part.start, part.end))
    is_exact = has_days and _is_certain(part)
    return (begin <= first and last <= end) if is_exact else (first <= end and begin <= last)


def _check_seen(record: Record[Model]) -> Iterator[Finding]:
    if not isinstance(record.model, Source):
        return
    if record.model.seen == "via" and not record.model.via:
        hint = 'via: "[@who-cites-it, n. 12]"'
        yield Finding(record.span(("seen",)), "missing-via", "seen: via, but not through which work", hint)
    if record.model.seen != "via" and record.model.via:
        message = f"via is given, but the source was seen as {record.model.seen}"
        yield Finding(record.span(("via",)), "missing-via", message, "seen: via, or take via out")


def _check_works(corpus: Corpus) -> Iterator[Finding]:
    for work in corpus.works.values():
        via = work.fields.get("via", "")
        if (work.seen == "via") != bool(via):
            span = work.field_spans.get("seen", work.field_spans.get("via", work.span))
            yield Finding(span, "missing-via", "seen = {via} and via = {[@…]} go together", "via = {[@key, n. 12]}")
        for (name, *_), _, text in corpus.work_texts[work.key]:
            yield from _check_work_text(corpus, work.field_spans[str(name)], str(name), text)
        if (url := work.fields.get("url")) and not re.match(r"https?://", url):
            message = f'"{url}" is no web address'
            yield Finding(work.field_spans["url"], "unsafe-link", message, "an address begins with https://")


def _check_work_text(corpus: Corpus, span: Span, name: str, text: Text) -> Iterator[Finding]:
    for problem in text.problems:
        yield Finding(span, problem.code, problem.message, problem.hint)
    cites = [cite for block in text.blocks for cited in block.citations for cite in cited.citation.cites]
    if not cites and not text.problems:
        yield Finding(span, "bad-citation", "no citation here", f"{name} = {{… [@key, n. 12]}}")
    for cite in cites:
        if not corpus.has("source", cite.key):
            yield _unknown(corpus, "source", cite.key, span)
    for link in (link for block in text.blocks for link in block.links):
        if link.kind != "note" and not corpus.has(link.kind, link.key):
            yield _unknown(corpus, link.kind, link.key, span)


def _check_unused(corpus: Corpus) -> Iterator[Finding]:
    if corpus.unread:
        return  # a record that could not be read may name them
    used = _used_keys(corpus)
    for kind in ("person", "source", "place", "organisation", "archive"):
        for record in corpus.by_kind[kind].values():
            if (kind, record.key) not in used:
                hint = f"cite it, link to it ({kind}:{record.key}), or take it out"
                yield Finding(record.span(), "unused-record", f"nothing names this {kind}", hint)
    for work in corpus.works.values():
        if ("source", work.key) not in used:
            message = "nothing cites this work"
            yield Finding(work.span, "unused-record", message, f"cite it as [@{work.key}, …], or take it out")


def _used_keys(corpus: Corpus) -> set[tuple[str, str]]:
    used: set[tuple[str, str]] = set()
    for record in corpus.records():
        mine = (record.kind, record.key)
        used |= {(ref.kind, ref.key) for ref in record.references} - {mine}
        for _, _, text in record.texts:
            for block in text.blocks:
                used |= {(link.kind, link.key) for link in block.links} - {mine}
                cites = {("source", cite.key) for cited in block.citations for cite in cited.citation.cites}
                used |= cites - {mine}
    for key, texts in corpus.work_texts.items():
        for block in (block for _, _, text in texts for block in text.blocks):
            cites = {("source", cite.key) for cited in block.citations for cite in cited.citation.cites}
            used |= (cites | {(link.kind, link.key) for link in block.links}) - {("source", key)}
    return used
