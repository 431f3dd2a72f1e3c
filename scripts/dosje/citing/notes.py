"""Assembles the notes of one output: the position of each cite, and its words.

Calls are given in the order in which a reader meets them. Knows nothing of the Markdown of pages.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property, lru_cache
from types import MappingProxyType
from typing import NamedTuple

from ..edition.calls import Call
from ..edition.holdings import ArchivalUnit
from ..reading.texts import Cited, Markdown, Piece
from ..reading.yamltree import Path as FieldPath
from ..values import words
from ..values.citations import Cite
from ..values.leaf_words import LEFT_TO_STYLE, LeafWords
from ..values.locators import Locator
from ..values.stand_ins import FIRST_NUMBER, IBID, ONE, REST, TWO
from ..values.words import Words
from .forms import BARE, Form
from .grouping import CiteGroup, KnownVia, find_vias, group_cites
from .page_ranges import collapse_range
from .positions import CitePosition, Placement, Within, decide_positions
from .styles import Style

# A blank line, or one with the sign of a list or a quotation.
_BLOCKS = re.compile(r"\n[ \t]*\n|\n[ \t]*(?:[-*+>]|\d+\.)[ \t]|\n[ \t]*(?:```|~~~)")
_RANGE_OF_PAGES = re.compile(r"(?<![\w:./–])(\d+)–(\d+)(?![\w:/–]|\.\d)")
_RANGE = re.compile(f"{ONE}([^{ONE}{TWO}]+){TWO}")


@dataclass(frozen=True)
class PlacedCite:
    """A cite in its note: its placement, and label and number of the note that has the full form.

    `merged`: the cites of its author that it stands for, where it stands for several. Where an archival ibid shortens
    the reference, the full form is the note with the whole reference.
    """

    cite: Cite
    position: CitePosition
    full_label: str
    full_number: int
    within: Within | None = None
    leaves: LeafWords = LEFT_TO_STYLE  # how the source's archive writes leaves
    merged: tuple[Cite, ...] = ()
    apart: str = ""  # how it is told from a source that looks like it, in its short notes

    @property
    def cites(self) -> tuple[Cite, ...]:
        """The cites of its author that it stands for, in their order."""
        return self.merged or (self.cite,)


@dataclass(frozen=True)
class PlacedVia:
    """A work through which cites of a citation are known: it stands behind the last of these, `owners`."""

    placed: PlacedCite
    owners: tuple[int, ...]


@dataclass(frozen=True)
class PlacedCitation:
    """The cites of one `[...]` in their note, and through which works they are known."""

    cites: tuple[PlacedCite, ...]
    vias: tuple[PlacedVia, ...] = ()

    @property
    def all_cites(self) -> tuple[PlacedCite, ...]:
        return (*self.cites, *(via.placed for via in self.vias))


class _Signs(NamedTuple):
    has_number: bool
    has_locator: bool
    dash: str  # between the ends of a range, "" where the form has none


@dataclass(eq=False)
class Wording:
    """How notes are worded: the style, the words of every form in it, and a rule of the language."""

    style: Style
    words_by_form: Mapping[Form, Words]
    stops_in_quotes: bool
    ibid: str = ""  # the word of the language in small letters, without a full stop
    cited_in: tuple[str, str] = ("", "")  # what stands before and behind the work through which a source is known
    quoted_in: tuple[str, str] = ("", "")  # the same, of a source that is quoted through it
    drafts: frozenset[str] = frozenset()  # the sources that nobody has checked
    draft_mark: str = ""  # what stands behind a cite of one

    def signs_of(self, form: Form) -> _Signs:
        """Return what the words of a form have room for."""
        found = self._signs.get(form)
        if found is None:
            found = self._signs[form] = _find_signs(self.words_by_form[form])
        return found

    @cached_property
    def _signs(self) -> dict[Form, _Signs]:
        return {}

    @cached_property
    def joined(self) -> dict[object, tuple[Words, bool]]:
        """A place in which `joining` keeps what it makes of forms, because most stand in many notes."""
        return {}

    @cached_property
    def printed(self) -> dict[object, str]:
        """A place in which an output keeps what it makes of forms."""
        return {}


@dataclass(frozen=True)
class Note:
    """One note of an output. Numbers count from 1 in the order of calls."""

    label: str
    number: int
    parts: tuple[PlacedCitation | Piece, ...]  # a hand-written note has text and citations
    is_handwritten: bool
    path: FieldPath = field(default=(), compare=False)  # of the text that calls it

    @property
    def has_blocks(self) -> bool:
        """Say whether its author wrote more than one paragraph, or a list, code or quotation."""
        return self.is_handwritten and any(isinstance(p, Markdown) and _BLOCKS.search(p.text) for p in self.parts)


def place_notes(
    calls: Sequence[Call],
    unit_of: Callable[[str], ArchivalUnit | None] = lambda key: None,
    leaves_of: Callable[[str], LeafWords] = lambda key: LEFT_TO_STYLE,
    via_of: Callable[[Cite], tuple[Cite, ...]] = lambda cite: (),
    ways: Mapping[str, str] = MappingProxyType({}),
) -> tuple[Note, ...]:
    """Return the notes that `calls` make, in order, each cite with its placement.

    `unit_of`: as for `decide_positions`. `leaves_of`: how the leaves of a source are written. `via_of`: through
    which places the source of a cite is known, if a note says so. `ways`: how sources that look alike are told apart,
    by key.
    """
    grouped = [[group_cites(cites) for cites in call.citations] for call in calls]
    written = [[[group.cite for group in groups] for groups in note] for note in grouped]
    known_by = [find_vias(groups, via_of) for groups in grouped]
    placements = decide_positions(
        written, unit_of, [[one.cite for found in note for one in found] for note in known_by]
    )
    fulls: dict[str, tuple[str, int]] = {}
    notes = []
    last = ("", 0)  # the note with the full reference of the cite before
    for number, (call, groups, known, decided) in enumerate(
        zip(calls, grouped, known_by, placements, strict=True), start=1
    ):
        placed = []
        cites = [one for found in groups for one in found]
        added = [CiteGroup(one.cite, (one.cite,)) for found in known for one in found]
        for at, (group, placement) in enumerate(zip((*cites, *added), decided, strict=True)):
            own, key = (call.label, number), group.cite.key
            if placement.within is not None:
                full = last
                if not placement.within.is_bare:
                    fulls.setdefault(key, own)
            else:
                full = own if placement.position == "first" else fulls[key]
                fulls.setdefault(key, own)
            placed.append(replace(_place(group, placement, full, leaves_of(key)), apart=ways.get(key, "")))
            last = full if at < len(cites) else last
        notes.append(_place_note(call, number, list(_put_together(groups, known, placed))))
    return tuple(notes)


def _place(group: CiteGroup, placement: Placement, full: tuple[str, int], leaves: LeafWords) -> PlacedCite:
    merged = group.cites if len(group.cites) > 1 else ()
    return PlacedCite(group.cite, placement.position, *full, placement.within, leaves, merged)


def _put_together(
    groups: Sequence[Sequence[CiteGroup]], known: Sequence[Sequence[KnownVia]], placed: Sequence[PlacedCite]
) -> Iterator[PlacedCitation]:
    """Yield the citations of a note. `placed`: all cites, then the works through which they are known."""
    taken, added = 0, sum(len(found) for found in groups)
    for found, vias in zip(groups, known, strict=True):
        cites = tuple(placed[taken : taken + len(found)])
        works = placed[added : added + len(vias)]
        yield PlacedCitation(cites, tuple(PlacedVia(p, via.owners) for p, via in zip(works, vias, strict=True)))
        taken, added = taken + len(found), added + len(vias)


def _place_note(call: Call, number: int, placed: Sequence[PlacedCitation]) -> Note:
    is_handwritten = not isinstance(call.pieces[0], Cited)
    citations = iter(placed)
    parts = [
        next(citations) if isinstance(piece, Cited) else piece
        for piece in (call.pieces[1:] if is_handwritten else call.pieces)
    ]
    return Note(call.label, number, tuple(parts), is_handwritten, call.path)


def forms_of(notes: Iterable[Note], style: Style) -> set[Form]:
    """Return the forms in which sources stand in `notes`, with the full form of each source."""
    forms = set()
    for note in notes:
        for part in note.parts:
            for placed in part.all_cites if isinstance(part, PlacedCitation) else ():
                forms.add(form_of(placed, style))
                forms.add(full_form_of(placed, style))
    return forms


def form_of(placed: PlacedCite, style: Style) -> Form:
    """Return the form that the cite takes in its position of this style."""
    if placed.within is not None:
        return _within_form(placed, placed.within, style)
    return _form_in(placed, placed.position, style)


def full_form_of(placed: PlacedCite, style: Style) -> Form:
    """Return the form that the cite would take as the first of its source, with its author."""
    return _form_in(placed, "first", style)._replace(hides_author=False)


def _form_in(placed: PlacedCite, position: CitePosition, style: Style) -> Form:
    shown = "subsequent" if position.startswith("ibid") and not style.has_ibid else position
    key = placed.cite.key
    hides_author = placed.cite.hides_author and not shown.startswith("ibid")
    # The letter of a year stands in the full note too, or no reader would know what it means.
    is_told = shown == "subsequent" or (shown == "first" and placed.apart.startswith("year"))
    apart = placed.apart if is_told else ""
    if shown == "first" and placed.leaves.is_within and (leaf := placed.leaves.pattern_of(placed.cite.locator)):
        return Form(key, shown, leaf=leaf, hides_author=hides_author, apart=apart)
    label, is_plural, leaf = _label_of(placed, style)
    return Form(key, shown, label, is_plural, leaf=leaf, hides_author=hides_author, apart=apart)


def _label_of(placed: PlacedCite, style: Style) -> tuple[str, bool, str]:
    """Return the label of a cite's locator, whether it is a plural, and how its archive writes it if that differs."""
    if placed.cite.locator is None:
        return "", False, ""
    locator = placed.leaves.seen(placed.cite.locator)
    leaf = placed.leaves.pattern_of(locator)
    if leaf or locator.label == "folio":
        # "fl." is the same for one leaf and for many. What CSL has no label for is worded as a folio.
        return "folio", False, "" if leaf == f"{style.folio_label} {{}}" else leaf
    return locator.label, locator.is_plural, ""


def _within_form(placed: PlacedCite, within: Within, style: Style) -> Form:
    # "Ibid." alone means the same leaf.
    label, is_plural, leaf = ("", False, "") if placed.position == "ibid" else _label_of(placed, style)
    place = f"{IBID}, {REST}" if within.rest else IBID
    if within.is_bare:
        return Form(BARE, "subsequent", label, is_plural, place, leaf)  # some styles print "n.d." in a first note
    return Form(placed.cite.key, "first", label, is_plural, place, leaf)


@dataclass(frozen=True, slots=True)
class Template:
    """A form, and what replaces the signs in its words: pairs of sign and text.

    The two are kept apart, because the words of a form stand in many notes, and an output makes them only once.
    """

    form: Form
    values: tuple[tuple[str, str], ...]


def template_of(placed: PlacedCite, wording: Wording) -> Template:
    """Return the words of a cite in its place."""
    return _template(form_of(placed, wording.style), placed, wording)


def full_template_of(placed: PlacedCite, wording: Wording) -> Template:
    """Return the words of a cite as if it were the first."""
    return _template(full_form_of(placed, wording.style), placed, wording)


def words_of_cite(placed: PlacedCite, wording: Wording) -> Words:
    """Return the words of a cite in its place, with its own locator in them."""
    template = template_of(placed, wording)
    return fill_room(wording.words_by_form[template.form], template.values)


def fill_room(room: Words, values: Iterable[tuple[str, str]]) -> Words:
    """Return words with each sign in them replaced by its value."""
    for sign, value in values:
        room = words.replace_text(room, sign, value)
    return room


def _template(form: Form, placed: PlacedCite, wording: Wording) -> Template:
    signs = wording.signs_of(form)
    values = []
    if signs.has_number:
        values.append((FIRST_NUMBER, str(placed.full_number)))
    if placed.within is not None:
        values.append((REST, placed.within.rest))
    locator = placed.cite.locator
    if locator is not None and signs.has_locator:
        # Some languages set another dash than "–" between pages.
        dash = signs.dash or "–"
        seen = _collapse(placed.leaves.seen(locator), wording.style.page_range)
        value = placed.leaves.print_value(seen, dash)
        values += [(f"{ONE}{signs.dash}{TWO}", value)] if signs.dash else []
        values.append((ONE, value))
    return Template(form, tuple(values))


def _find_signs(found: Words) -> _Signs:
    text = words.plain(found)
    span = _RANGE.search(text)
    return _Signs(FIRST_NUMBER in text, ONE in text, span[1] if span else "")


@lru_cache(maxsize=1 << 14)
def _collapse(locator: Locator, page_range: str) -> Locator:
    """Return a locator with the ranges of pages as the style prints them."""
    if locator.label != "page":
        return locator
    return replace(locator, value=_RANGE_OF_PAGES.sub(lambda m: collapse_range(m[1], m[2], page_range), locator.value))
