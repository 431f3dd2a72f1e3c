"""Checks a corpus: whether its records agree with one another. Returns findings, changes nothing."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from ..reading.bib_values import is_web_address
from ..reading.bibliography import Work
from ..reading.corpus import Corpus, Record
from ..reading.fields import Model
from ..reading.keys import is_valid_key
from ..reading.kinds import KINDS
from ..reading.own_templates import check_templates
from ..reading.source_records import Source
from ..reading.texts import Cited, Image, Text
from ..values.citations import Citation, Cite, find_unread_place, format_citation
from ..values.findings import Finding, Span, did_you_mean
from ..values.folios import Folios, format_folios, parse_folios
from .dates import check_dates
from .drafts import check_drafts
from .keys import check_former_keys, check_keys
from .statements import has_note, needs_source
from .titles import check_titles
from .vias import check_rings
from .worklists import check_worklists


def check_corpus(corpus: Corpus) -> list[Finding]:
    """Return every finding on how the records fit together, sorted by place."""
    findings: list[Finding] = []
    for record in corpus.records():
        findings += _check_references(corpus, record)
        findings += _check_texts(corpus, record)
        findings += check_dates(corpus, record)
        findings += _check_seen(record)
        findings += _check_own_folios(corpus, record)
    findings += check_keys(corpus)
    findings += check_former_keys(corpus)
    findings += _check_works(corpus)
    findings += check_rings(corpus)
    findings += check_titles(corpus)
    findings += _check_cycles(corpus)
    findings += _check_unused(corpus)
    findings += check_drafts(corpus)
    findings += check_worklists(corpus)
    findings += check_templates(corpus.settings.root)
    return sorted(set(findings))


def _check_references(corpus: Corpus, record: Record[Model]) -> Iterator[Finding]:
    for reference in record.references:
        if not any(corpus.has(kind, reference.key) for kind in reference.kinds):
            found = _unknown(corpus, reference.kinds, reference.key, record.span(reference.path))
            is_name = reference.path[:1] == ("participants",) and not is_valid_key(reference.key)
            hint = f"somebody who has no record is written as name: {reference.key}"
            yield replace(found, hint=hint) if is_name and reference.path[-1] == "person" else found
        # Those who take part, write or receive are persons or organisations, whatever field names them.
        elif len(reference.kinds) > 1 or reference.path[:1] == ("participants",):
            yield from _check_party(corpus, reference.key, record.span(reference.path))


def _check_party(corpus: Corpus, key: str, span: Span) -> Iterator[Finding]:
    if key in corpus.persons and key in corpus.organisations:
        message = f'"{key}" is the key of a person and of an organisation'
        yield Finding(span, "ambiguous-key", message, f"rename one of them: dosje rename organisation:{key} NEW")


def _unknown(corpus: Corpus, kinds: tuple[str, ...], key: str, span: Span) -> Finding:
    kind = kinds[0]
    known = [one for kind in kinds for one in corpus.keys_of(kind)]
    hint = did_you_mean(key, known) or _where_to_add(kind, key)
    code = f"unknown-{KINDS[kind].template_name}"  # a page is an essay to those who look for it
    return Finding(span, code, f'no {" or ".join(kinds)} has the key "{key}"', hint)


def _where_to_add(kind: str, key: str) -> str:
    row = KINDS[kind]
    if not is_valid_key(key) and kind == "source":
        return "add it to bibliography/, under this key"
    if not is_valid_key(key):
        return f"a key has only a-z, 0-9 and hyphens: dosje new {kind} KEY makes a record"
    if row.kept_in == "list":
        return f"add it to content/{row.path_in_content}"
    also = " or add it to bibliography/" if kind == "source" else ""
    return f"write content/{row.path_in_content}/{key}{row.ending}{also}"


def _check_texts(corpus: Corpus, record: Record[Model]) -> Iterator[Finding]:
    for path, what, text in record.texts:
        for problem in text.problems:
            yield Finding(record.text_span(path, problem.offset), problem.code, problem.message, problem.hint)
        for block in text.blocks:
            for link in block.links:
                if link.kind != "note" and not corpus.has(link.kind, link.key):
                    yield _unknown(corpus, (link.kind,), link.key, record.text_span(path, link.offset))
            for image in block.images:
                yield from _check_image(corpus, image, record.text_span(path, image.offset))
            for cited in block.citations:
                for cite in cited.citation.cites:
                    yield from _check_cite(corpus, record, path, cited, cite)
            if needs_source(record, path, block) and not has_note(block) and not text.problems:
                if what == "cites":
                    hint = 'write it as "[@key, fl. 9–20]"'
                    yield Finding(record.text_span(path, block.offset), "bad-citation", "no citation here", hint)
                else:
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


def _check_cite(
    corpus: Corpus, record: Record[Model], path: tuple[str | int, ...], cited: Cited, cite: Cite
) -> Iterator[Finding]:
    offset = cited.offset + cite.offset
    if not corpus.has("source", cite.key):
        yield _unknown(corpus, ("source",), cite.key, record.text_span(path, cited.offset + cite.key_offset))
        return
    source = corpus.sources.get(cite.key)
    if place := find_unread_place(cite):
        hint = "write fl. 12, fl. 12v, fl. 12bis, p. 12, frame 12 or unfol.: each is printed as its archive writes it"
        if source is None:
            hint = "write p. 12, vol. 2, n. 5 …, or any other place in braces: {book 3, plate 4}"
        message = f'"{place}" is not read as a place in {cite.key}, and is printed as it stands'
        yield Finding(record.text_span(path, offset), "unread-locator", message, hint)
    leaves = cite.locator.leaves if cite.locator else ""
    if source is None or not leaves:
        return
    try:
        runs = parse_folios(leaves)
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
        yield from _check_date_of_work(work)
        if (url := work.fields.get("url")) and not is_web_address(url):
            has_scheme = re.match(r"[A-Za-z][\w+.-]*:", url)
            message = f'"{url}" is no web address' + ("" if has_scheme else ", and is not printed")
            code = "unsafe-link" if has_scheme else "no-address"
            yield Finding(work.field_spans["url"], code, message, "an address begins with https://")


def _check_date_of_work(work: Work) -> Iterator[Finding]:
    date = work.date
    if date is not None and not date.is_read:
        spans = (work.field_spans[name] for name in ("date", "year", "month") if name in work.field_spans)
        message = f'"{date.words}" is not read as a date, and is printed as it stands'
        yield Finding(next(spans, work.span), "unread-date", message, "write 1960, 1960-06 or 1960-06-24")


def _check_work_text(corpus: Corpus, span: Span, name: str, text: Text) -> Iterator[Finding]:
    for problem in text.problems:
        yield Finding(span, problem.code, problem.message, problem.hint)
    cites = [cite for block in text.blocks for cited in block.citations for cite in cited.citation.cites]
    if not cites and not text.problems and name != "variants":
        yield Finding(span, "bad-citation", "no citation here", f"{name} = {{… [@key, n. 12]}}")
    for cite in cites:
        if not corpus.has("source", cite.key):
            yield _unknown(corpus, ("source",), cite.key, span)
    for link in (link for block in text.blocks for link in block.links):
        if link.kind != "note" and not corpus.has(link.kind, link.key):
            yield _unknown(corpus, (link.kind,), link.key, span)


def _check_unused(corpus: Corpus) -> Iterator[Finding]:
    if corpus.unread:
        return  # a record that could not be read may name them
    used = _used_keys(corpus)
    for kind in (kind.name for kind in KINDS.values() if kind.needs_naming):
        for record in corpus.by_kind[kind].values():
            if (kind, record.key) not in used:
                hint = f"cite it, link to it ({kind}:{record.key}), or take it out"
                yield Finding(record.span(), "unused-record", f"nothing names this {kind}", hint)
    for work in corpus.works.values():
        if ("source", work.key) not in used:
            message = "nothing cites this work"
            cite = format_citation(Citation("", (Cite(work.key, suffix=", …"),)))
            yield Finding(work.span, "unused-record", message, f"cite it as {cite}, or take it out")


def _used_keys(corpus: Corpus) -> set[tuple[str, str]]:
    used: set[tuple[str, str]] = set()
    for record in corpus.records():
        mine = (record.kind, record.key)
        used |= {corpus.page_of(ref) for ref in record.references} - {mine}
        for _, _, text in record.texts:
            for block in text.blocks:
                used |= {(link.kind, link.key) for link in block.links} - {mine}
                cites = {("source", cite.key) for cited in block.citations for cite in cited.citation.cites}
                used |= cites - {mine}
    for key, texts in corpus.work_texts.items():
        for block in (block for _, _, text in texts for block in text.blocks):
            cites = {("source", cite.key) for cited in block.citations for cite in cited.citation.cites}
            used |= (cites | {(link.kind, link.key) for link in block.links}) - {("source", key)}
    return used | _keys_taken_from(corpus, used)


def _keys_taken_from(corpus: Corpus, used: set[tuple[str, str]]) -> set[tuple[str, str]]:
    """Return the works from which works that are used take fields: the book of a chapter."""
    sources: dict[str, list[str]] = {}
    for heir in (heir for bib in corpus.bib_files for heir in bib.heirs):
        sources.setdefault(heir.key, []).extend(heir.sources)
    found: set[tuple[str, str]] = set()
    waiting = [key for key in sources if ("source", key) in used]
    while waiting:
        taken = {("source", source) for source in sources.get(waiting.pop(), ())} - found
        found |= taken
        waiting += [key for _, key in taken]
    return found
