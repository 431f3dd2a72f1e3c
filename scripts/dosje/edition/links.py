"""Links a corpus: who cites, names and contains whom. Everything here is derived, nothing stored.

Knows nothing of wording, Markdown output or files.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from ..reading.corpus import Corpus, FieldTexts, M, Record, Sentences, find_sentences, is_of
from ..reading.records import Meeting, Model, Participant, PersonName, Source
from ..reading.texts import Cited, NoteCall, Piece, parse_text, text_of_pieces
from ..reading.yamltree import Path as FieldPath
from ..values.citations import Citation, Cite, Locator
from ..values.folios import format_folios
from ..values.metadata import Name
from ..values.page_id import PageId
from ..values.spelling import spell
from .holdings import ArchivalUnit, Holding

# How many pieces of a text are looked at for the words before a note.
_LOOKED_BACK = 50
# Between what a note cites and where, and before the number of one of several notes alike; never in a slug.
_PLACE_SIGN, _NUMBER_SIGN = "_", "."


@dataclass(frozen=True)
class Call:
    """A place where a note is called: a citation, or a hand-written note.

    `label` names the note on its page, after what it cites and where, "kapo-folio-40_in-bucharest", so that no other
    note put on the page changes it; that of a hand-written note is "note-" and its name.
    `context` is the sentence that rests on the note, as plain text.
    """

    page: PageId
    path: FieldPath
    label: str
    pieces: tuple[Piece, ...]  # one Cited, or the text of a hand-written note
    context: str

    @property
    def name(self) -> str:
        """The part of the label that tells what is cited, or how the hand-written note is called."""
        return re.split(f"[{_PLACE_SIGN}{_NUMBER_SIGN}]", self.label)[0].removeprefix("note-")

    @property
    def citations(self) -> tuple[tuple[Cite, ...], ...]:
        return tuple(piece.citation.cites for piece in self.pieces if isinstance(piece, Cited))

    @property
    def cites(self) -> tuple[Cite, ...]:
        return tuple(cite for cites in self.citations for cite in cites)


@dataclass(frozen=True)
class Backlink:
    """One cite of a source, seen from the source."""

    call: Call
    cite: Cite


@dataclass(frozen=True)
class Mention:
    """A link to a record in somebody's prose, seen from the record."""

    page: PageId
    path: FieldPath
    context: str
    label: str  # of the first note called in the same paragraph, "" if none


@dataclass(eq=False)
class LinkedCorpus:
    """The corpus and all that follows from how its records name one another."""

    corpus: Corpus
    calls_by_page: Mapping[PageId, tuple[Call, ...]]
    backlinks: Mapping[str, tuple[Backlink, ...]]  # by key of the source
    mentions: Mapping[PageId, tuple[Mention, ...]]
    namings: Mapping[PageId, tuple[tuple[PageId, FieldPath], ...]]  # fields that hold the record's key
    parts: Mapping[PageId, tuple[Record[Model], ...]]  # what says part_of

    @cached_property
    def calls_by_label(self) -> Mapping[tuple[PageId, str], Call]:
        return {(page, call.label): call for page, calls in self.calls_by_page.items() for call in calls}

    def namings_in(self, page: PageId, field: str, kind: str = "") -> tuple[Record[Model], ...]:
        """Return the records, of one kind if it is given, that name a page's record in a field, by date."""
        pages = {naming for naming, path in self.namings.get(page, ()) if field in path}
        found = (self.record(naming) for naming in pages if not kind or naming.kind == kind)
        return by_date(record for record in found if record is not None)

    def units_naming(self, page: PageId, field: str) -> tuple[Record[Source], ...]:
        """Return the archival units that name a page's record in a field, by date."""
        return tuple(record for record in self.namings_in(page, field, "source") if is_of(record, Source))

    @cached_property
    def first_calls(self) -> Mapping[tuple[PageId, FieldPath], Call]:
        """Return the first note called in each field."""
        first: dict[tuple[PageId, FieldPath], Call] = {}
        for page, calls in self.calls_by_page.items():
            for call in calls:
                first.setdefault((page, call.path), call)
        return first

    @cached_property
    def labels_by_place(self) -> Mapping[tuple[PageId, FieldPath, int], str]:
        """Return the label of the note called at an offset of a field."""
        return {
            (page, call.path, piece_offset): call.label
            for page, calls in self.calls_by_page.items()
            for call in calls
            for piece_offset in (_call_offset(call),)
        }

    def find_call(self, page: PageId, reference: str) -> Call | None:
        """Return the call of the note that "NAME", or "KEY/NAME" on another page, refers to from `page`.

        NAME is the label of the note, as its address on the page has it, or its name, if no other note has it.
        """
        found = self.find_calls(page, reference)
        return found[0] if len(found) == 1 else None

    def find_calls(self, page: PageId, reference: str) -> tuple[Call, ...]:
        """Return the calls that a reference may mean, on the first page where there are any."""
        key, _, name = reference.rpartition("/")
        for found in self.pages_by_key.get(key, ()) if key else (page,):
            calls = self.calls_by_page.get(found, ())
            exact = [call for label in (f"note-{name}", name) for call in calls if call.label == label]
            if named := exact[:1] or [call for call in calls if call.name == name]:
                return tuple(named)
        return ()

    @cached_property
    def pages_by_key(self) -> Mapping[str, tuple[PageId, ...]]:
        """The pages that a key may mean: meetings, events, persons and sources share their keys, others do not."""
        pages: dict[str, tuple[PageId, ...]] = {}
        for page in self.calls_by_page:
            pages[page.key] = (*pages.get(page.key, ()), page)
        return pages

    def record(self, page: PageId) -> Record[Model] | None:
        return self.corpus.by_kind[page.kind].get(page.key)

    def get(self, kind: str, key: str | None) -> Record[Model] | None:
        return self.corpus.by_kind[kind].get(key) if key else None

    def chain(self, record: Record[M]) -> tuple[Record[M], ...]:
        """Return what the record is part of, the nearest first."""
        return self.corpus.chain(record)

    def parts_of(self, record: Record[M]) -> tuple[Record[M], ...]:
        """Return the records that say that they are part of this one."""
        model = type(record.model)
        return tuple(part for part in self.parts.get(record.page, ()) if is_of(part, model))

    def parts_of_unit(self, key: str) -> tuple[Record[Source], ...]:
        """Return what says that it is part of the archival unit with this key, even where there is no such unit."""
        return tuple(part for part in self.parts.get(PageId("source", key), ()) if is_of(part, Source))

    def holding(self, record: Record[Source]) -> Holding | None:
        """Return where an archival unit lies, its missing parts taken from what it is part of."""
        units = [unit.model for unit in (record, *self.chain(record))]
        repository = next((unit.repository for unit in units if unit.repository), None)
        archive = self.corpus.archives.get(repository or "")
        if archive is None:
            return None
        model = archive.model
        place = self.corpus.places.get(model.place or "")
        reference = next((unit.reference for unit in units if unit.reference), "")
        year = next((unit.year for unit in units if unit.year), "")
        file = next((unit.file for unit in units if unit.file), "")
        parts = [
            reference,
            f"{model.labels.year} {year}" if year else "",
            f"{model.labels.file} {file}" if file else "",
        ]
        return Holding(
            repository=archive.key,
            abbreviation=model.abbreviation or model.name,
            place=place.model.name if place else "",
            parts=tuple(part.strip() for part in parts if part),
            folio_label=model.labels.folio,
        )

    def reference(self, record: Record[Source]) -> str:
        """Return the reference code of an archival unit with its folios (ISAD(G) 3.1.1)."""
        if record.key not in self._references:
            self._references[record.key] = self._make_reference(record)
        return self._references[record.key]

    @cached_property
    def _references(self) -> dict[str, str]:
        return {}

    def _make_reference(self, record: Record[Source]) -> str:
        holding = self.holding(record)
        if holding is None:
            return ""
        folios = record.model.folios
        ending = f"{holding.folio_label} {format_folios(folios)}" if folios else ""
        return ", ".join(part for part in (holding.abbreviation, holding.reference, ending) if part)

    def unit_of(self, key: str) -> ArchivalUnit | None:
        """Return an archival source as references see it; None if it is a published work or lies nowhere."""
        if key not in self._units:
            record = self.corpus.sources.get(key)
            holding = self.holding(record) if record else None
            unit = None
            if record is not None and holding is not None:
                chain = (key, *(whole.key for whole in self.chain(record)))
                unit = ArchivalUnit(key, record.model.level == "item", chain, holding.parts)
            self._units[key] = unit
        return self._units[key]

    @cached_property
    def _units(self) -> dict[str, ArchivalUnit | None]:
        return {}

    def citations_below(self, record: Record[Source]) -> int:
        """Return how many cites name the unit or something that lies in it."""
        if record.key not in self._counts:
            own = len(self.backlinks.get(record.key, ()))
            self._counts[record.key] = own + sum(self.citations_below(part) for part in self.parts_of(record))
        return self._counts[record.key]

    @cached_property
    def _counts(self) -> dict[str, int]:
        return {}

    def name_of(self, key_or_name: str) -> Name:
        """Return a person's name in parts, or the plain name that the record gives."""
        record = self.corpus.persons.get(key_or_name)
        if record is None:
            return Name(literal=key_or_name)
        name = record.model.name
        return Name(name.family, name.given, "" if name.given else name.family, name.family_first)

    def meetings_of(self, person: str) -> tuple[Record[Meeting], ...]:
        """Return the meetings in which the person is named a participant, by date."""
        page = PageId("person", person)
        keys = {named.key for named, path in self.namings.get(page, ()) if named.kind == "meeting"}
        return by_date(self.corpus.meetings[key] for key in keys)

    def parts_played(self, named: PageId, meeting: Record[Meeting]) -> list[tuple[int, Participant]]:
        """Return the parts in a meeting that name a person or organisation, each with its place in the list of all."""
        found = self.namings.get(named, ())
        paths = [path for page, path in found if page == meeting.page and path[0] == "participants"]
        parts = meeting.model.participants
        return [(index, parts[index]) for index in dict.fromkeys(path[1] for path in paths) if isinstance(index, int)]

    def sources_of_meeting(self, meeting: str) -> tuple[Record[Source], ...]:
        """Return the sources that say they are of, or on, the meeting, by date."""
        page = PageId("meeting", meeting)
        keys = {named.key for named, _ in self.namings.get(page, ()) if named.kind == "source"}
        return by_date(self.corpus.sources[key] for key in keys)

    def neighbours(self, meeting: Record[Meeting]) -> tuple[tuple[Record[Meeting], ...], tuple[Record[Meeting], ...]]:
        """Return what came before and after a meeting, as it or the others say."""
        model = meeting.model
        meetings = self.corpus.meetings
        before = {key for key in model.follows if key in meetings}
        after = {key for key in model.precedes if key in meetings}
        for named, path in self.namings.get(meeting.page, ()):
            if path[0] == "precedes":
                before.add(named.key)
            elif path[0] == "follows":
                after.add(named.key)
        return by_date(meetings[key] for key in before), by_date(meetings[key] for key in after)


def display_name(name: PersonName) -> str:
    """Return a person's name as a sentence has it."""
    parts = (name.family, name.given) if name.family_first else (name.given, name.family)
    return " ".join(part for part in parts if part)


def sort_name(name: PersonName) -> str:
    """Return a person's name as an index has it."""
    if name.family_first or not name.given:
        return display_name(name)
    return f"{name.family}, {name.given}"


def by_date(records: Iterable[Record[M]]) -> tuple[Record[M], ...]:
    """Return records by their date, undated ones last, then by key."""

    def sort_key(record: Record[M]) -> tuple[bool, tuple[object, ...], str]:
        date = record.date
        return date is None, date.sort_key() if date else (), record.key

    return tuple(sorted(records, key=sort_key))


def link_corpus(corpus: Corpus) -> LinkedCorpus:
    """Return the corpus with every link in it followed both ways."""
    calls: dict[PageId, tuple[Call, ...]] = {}
    mentions: dict[PageId, list[Mention]] = defaultdict(list)
    namings: dict[PageId, list[tuple[PageId, FieldPath]]] = defaultdict(list)
    parts: dict[PageId, list[Record[Model]]] = defaultdict(list)
    for record in corpus.records():
        page = record.page
        calls[page] = tuple(_find_calls(corpus, page, record.texts, record.sentences, record))
        for target, mention in _find_mentions(page, record.texts, record.sentences, calls[page]):
            mentions[target].append(mention)
        for reference in record.references:
            target = PageId(reference.kind, reference.key)
            if reference.path == ("part_of",):
                parts[target].append(record)
            else:
                namings[target].append((page, reference.path))
    for key, texts in corpus.work_texts.items():
        page = PageId("source", key)
        sentences = find_sentences(texts)
        calls[page] = tuple(_find_calls(corpus, page, texts, sentences, None))
        for target, mention in _find_mentions(page, texts, sentences, calls[page]):
            mentions[target].append(mention)
    backlinks: dict[str, list[Backlink]] = defaultdict(list)
    for found in calls.values():
        for call in found:
            for cite in call.cites:
                backlinks[cite.key].append(Backlink(call, cite))
    return LinkedCorpus(
        corpus=corpus,
        calls_by_page=calls,
        backlinks={key: tuple(sorted(links, key=_folio_order)) for key, links in backlinks.items()},
        mentions={key: tuple(found) for key, found in mentions.items()},
        namings={key: tuple(found) for key, found in namings.items()},
        parts={key: tuple(found) for key, found in parts.items()},
    )


def _find_calls(
    corpus: Corpus,
    page: PageId,
    texts: FieldTexts,
    sentences: Sentences,
    record: Record[Model] | None,
) -> list[Call]:
    calls = []
    for path, what, text in texts:
        notes = {block.note: block for block in text.blocks if block.note}
        for block in text.blocks:
            if block.note:
                continue
            spoken: list[Piece] = []
            whole = ""
            for piece in block.pieces:
                if isinstance(piece, Cited):
                    if what == "prose":
                        context = sentences[path, piece.offset]
                        place = _words_before(spoken)
                    else:
                        context, place = _describe_field(corpus, record, path)
                    label = _label(piece.citation) + (_PLACE_SIGN + place if place else "")
                    pieces: tuple[Piece, ...] = (piece,)
                elif isinstance(piece, NoteCall) and piece.name in notes:
                    label = f"note-{_slug(piece.name)}"
                    whole = context = whole or text_of_pieces(block.pieces)
                    pieces = (piece, *notes[piece.name].pieces)
                else:
                    spoken.append(piece)
                    continue
                calls.append(Call(page, path, label, pieces, context))
    return _tell_apart(calls)


def _tell_apart(calls: list[Call]) -> list[Call]:
    """Return the calls with a label of their own each.

    Of notes alike all but the last get a number: a note that is put before others does not take the name of any.
    """
    counts: Counter[str] = Counter()
    apart = []
    for call in reversed(calls):
        counts[call.label] += 1
        number = counts[call.label]
        apart.append(replace(call, label=f"{call.label}{_NUMBER_SIGN}{number}") if number > 1 else call)
    return apart[::-1]


def _words_before(pieces: Sequence[Piece]) -> str:
    """Return the last two words of the pieces as part of an address."""
    spoken: tuple[Piece, ...] = ()
    # Pieces without words, the spaces between citations, may be many.
    for piece in reversed(pieces[-_LOOKED_BACK:]):
        spoken = (piece, *spoken)
        words = _last_words(text_of_pieces(spoken))
        if "-" in words:
            return words
    return _last_words(text_of_pieces(spoken))


def _last_words(text: str) -> str:
    """Return the last two words of a text, or one if a sentence begins with it, as part of an address."""
    words = text.split()[-2:]
    if len(words) == 2 and words[0].endswith((".", "!", "?")):
        words = words[1:]
    return _slug(" ".join(spell(word)[0] for word in words))


def _call_offset(call: Call) -> int:
    return call.pieces[0].offset


def _find_mentions(
    page: PageId, texts: FieldTexts, sentences: Sentences, calls: tuple[Call, ...]
) -> Iterator[tuple[PageId, Mention]]:
    label_at = {(call.path, _call_offset(call)): call.label for call in calls}
    for path, _, text in texts:
        for block in text.blocks:
            seen: set[PageId] = set()
            called = [p.offset for p in block.pieces if block.links and (path, p.offset) in label_at]
            for link in block.links:
                target = PageId(link.kind, link.key)
                if link.kind == "note" or target == page or target in seen:
                    continue
                seen.add(target)
                following = bisect_right(called, link.offset)
                label = label_at[path, called[following]] if following < len(called) else ""
                yield target, Mention(page, path, sentences[path, link.offset], label)


def _describe_field(corpus: Corpus, record: Record[Model] | None, path: FieldPath) -> tuple[str, str]:
    """Return in words what a citation outside of prose says, and what tells it from others of its kind."""
    if path[-1] == "via":
        return "Names this source." if path[0] == "via" else "Names another copy of this source.", str(path[0])
    if record is None:
        return "", ""
    part: object = record.model
    for step in path[:-1]:
        part = part[step] if isinstance(step, int) else getattr(part, str(step))  # type: ignore[index]
    words = [getattr(part, name, "") or "" for name in ("claim", "role", "office")]
    person = corpus.persons.get(getattr(part, "person", None) or "")
    organisation = corpus.organisations.get(getattr(part, "organisation", None) or "")
    name = display_name(person.model.name) if person else ""
    if not name and organisation is not None and hasattr(part, "attendance"):
        name = organisation.model.name
    attendance = getattr(part, "attendance", "")
    if words[0]:
        claim = " ".join(text_of_pieces(block.pieces) for block in parse_text(words[0]).blocks)
        return claim, _last_words(claim)
    described = ", ".join(word for word in (name, attendance, *words) if word)
    holder = person or organisation
    return described[:1].upper() + described[1:], _slug(holder.key) if holder else _last_words(described)


def _label(citation: Citation) -> str:
    parts = []
    for cite in citation.cites[:3]:
        parts.append(_slug(f"{cite.key} {_locator_slug(cite.locator)}"))
    if len(citation.cites) > 3:
        parts.append("etc")
    return "--".join(parts)


def _locator_slug(locator: Locator | None) -> str:
    return f"{locator.label} {locator.value}" if locator else ""


def _slug(text: str) -> str:
    return re.sub(r"[^a-z0-9]+", "-", text.lower()).strip("-")


def _folio_order(backlink: Backlink) -> tuple[object, ...]:
    locator = backlink.cite.locator
    digits = "".join(c if c.isdigit() else " " for c in locator.value).split() if locator else []
    numbers = tuple(int(d) for d in digits[:2])
    return locator is None, locator.label if locator else "", numbers, backlink.call.page, backlink.call.label
