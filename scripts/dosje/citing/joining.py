"""Puts the cites of a note together: the words before and after each, the signs between them, how the note ends.

The same for page, book and e-book, which only write the parts. Knows nothing of their markup.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from ..reading.texts import Markdown, Piece
from ..values import words
from ..values.stand_ins import ONE, TWO
from ..values.words import Run, Words, plain
from .forms import Form
from .grouping import QUOTED_VIA, names_via
from .notes import (
    Note,
    PlacedCitation,
    PlacedCite,
    PlacedVia,
    Template,
    Wording,
    fill_room,
    form_of,
    full_template_of,
    template_of,
)  # fmt: skip

_ENDS = (".", "?", "!")
# What may stand behind the full stop of a sentence in Markdown.
_CLOSING = "*_)]”’\"'"


class ShownForm(NamedTuple):
    """A form as a cite shows it: whether it begins a note, and the sign that was set into its words."""

    form: Form
    is_capital: bool
    sign: str


@dataclass(frozen=True, slots=True)
class JoinedCite:
    """A cite in a note. `room`: its words, with signs in the place of `values`; the same for all cites of a `shown`."""

    placed: PlacedCite
    shown: ShownForm
    room: Words
    values: tuple[tuple[str, str], ...]

    @property
    def words(self) -> Words:
        return fill_room(self.room, self.values)


# What a note is made of: cites, what its author wrote, and the signs of the style between them.
NotePart = JoinedCite | Piece | Run


class _Open(NamedTuple):
    """A cite whose words do not know yet which sign follows."""

    placed: PlacedCite
    template: Template
    is_capital: bool


def join_note(note: Note, wording: Wording) -> list[NotePart]:
    """Return the parts of a note in order. No full stop stands twice where words or an author end in one."""
    style = wording.style
    parts: list[_Open | Piece | Run] = []
    for part in note.parts:
        if isinstance(part, PlacedCitation):
            for index, placed in enumerate(part.cites):
                if index and names_via(placed.cite):
                    parts += _cite_via(placed, wording, parts, stands_alone=True)
                    continue
                parts += [Run(style.delimiter)] if index else []
                parts += _with_affixes(placed, wording, is_first=not parts)
                for via in part.vias:
                    if via.owners[-1] == index and not _is_understood(via, part.cites, wording):
                        parts += _cite_via(via.placed, wording, parts, stands_alone=len(via.owners) == 1)
        else:
            parts.append(part)
    if not note.is_handwritten:
        ends = bool(parts) and _is_ended(parts[-1])
        parts = [Run(style.prefix), *parts, Run(style.suffix.removeprefix(".") if ends else style.suffix)]
    return list(_set_signs(parts, wording))


def join_in_full(note: Note, wording: Wording) -> list[NotePart]:
    """Return the cites that the note shortens as if each were the first, with the signs between them; else nothing."""
    style = wording.style
    parts: list[_Open | Piece | Run] = []
    for part in note.parts:
        for placed in part.all_cites if isinstance(part, PlacedCitation) else ():
            if placed.position != "first" or placed.within is not None:
                parts += [Run(style.delimiter)] if parts else []
                parts.append(_Open(placed, full_template_of(placed, wording), True))
    return list(_set_signs([*parts, Run(style.suffix)], wording)) if parts else []


def full_notes_of(note: Note) -> dict[int, str]:
    """Return the notes that give in full what this note shortens: their labels by their numbers, in order."""
    cites = (placed for part in note.parts if isinstance(part, PlacedCitation) for placed in part.all_cites)
    found = {placed.full_number: placed.full_label for placed in cites if placed.full_number != note.number}
    return dict(sorted(found.items()))


def _is_understood(via: PlacedVia, cites: Sequence[PlacedCite], wording: Wording) -> bool:
    """Say whether "Ibid." alone stands for a note that has said it. Some styles have the position, and no such word."""
    owners = [cites[owner] for owner in via.owners]
    said = (plain(wording.words_by_form[form_of(one, wording.style)]) for one in owners if one.position == "ibid")
    return bool(wording.ibid) and sum(wording.ibid in text.casefold() for text in said) == len(owners)


def _cite_via(
    placed: PlacedCite, wording: Wording, parts: Sequence[_Open | Piece | Run], *, stands_alone: bool
) -> Iterator[_Open | Piece | Run]:
    """Yield through which work the cite before is known, or the cites before: "…, cited in Marku, n. 50"."""
    before, behind = wording.quoted_in if placed.cite.prefix == QUOTED_VIA else wording.cited_in
    if _is_ended(parts[-1]):
        yield Run(f" {before[:1].upper()}{before[1:]}")
    else:
        yield Run((", " if stands_alone else wording.style.delimiter) + before)
    yield _Open(placed, template_of(placed, wording), False)
    if behind:
        yield Run(behind)
    if placed.cite.suffix:
        yield _behind(placed.cite.suffix)


def _behind(suffix: str) -> Markdown:
    return Markdown(suffix if suffix.startswith((",", ".", ";", ":")) else f" {suffix}", 0)


def _with_affixes(placed: PlacedCite, wording: Wording, *, is_first: bool) -> Iterator[_Open | Markdown | Run]:
    """Yield a cite with what its author wrote before and after it. A draft says behind its words that it is one."""
    prefix, suffix = placed.cite.prefix, placed.cite.suffix
    if prefix:
        yield Markdown((_capitalize(prefix) if is_first else prefix) + " ", 0)
    yield _Open(placed, template_of(placed, wording), is_first and not prefix)
    if placed.cite.key in wording.drafts:
        yield Run(f" {wording.draft_mark}")
    if suffix:
        yield _behind(suffix)


def _set_signs(parts: Sequence[_Open | Piece | Run], wording: Wording) -> Iterator[NotePart]:
    taken = 0
    # A note may have no words, and then there is nothing before the None.
    for part, following in zip(parts, (*parts[1:], None), strict=False):
        if isinstance(part, _Open):
            sign = _text_of(following)[:1]
            cite = _close(part, sign, wording)
            taken = int(cite.shown.sign != "" or (sign == "." and _is_stopped(cite)))
            yield cite
            continue
        cut, taken = taken, 0
        # The author ended a cite, and what follows would end it again.
        if _text_of(following).startswith(".") and _is_ended(part):
            taken = 1
        if cut and isinstance(part, Markdown):
            yield Markdown(part.text[cut:], part.offset, part.is_code)
        elif isinstance(part, Run):
            if len(part.text) > cut:
                yield Run(part.text[cut:])
        else:
            yield part


def _close(part: _Open, sign: str, wording: Wording) -> JoinedCite:
    """Return a cite whose words have taken the sign behind them, or have made it needless."""
    room, taken = _room_for(ShownForm(part.template.form, part.is_capital, sign), wording)
    shown = ShownForm(part.template.form, part.is_capital, sign * taken)
    return JoinedCite(part.placed, shown, room, part.template.values)


def _is_stopped(cite: JoinedCite) -> bool:
    """Say whether the words end in a stop that only their value has: "fol. 12 Rs."."""
    return bool(cite.room) and cite.room[-1].text.endswith((ONE, TWO)) and plain(cite.words).endswith(".")


def _room_for(shown: ShownForm, wording: Wording) -> tuple[Words, bool]:
    """Return the words of a form in its place, and whether they have taken the sign. Most stand in many notes."""
    made = wording.joined.get(shown)
    if made is None:
        found = wording.words_by_form[shown.form]
        found = words.capitalize(found) if shown.is_capital else found
        found, rest = words.set_sign(found, shown.sign, wording.stops_in_quotes)
        made = wording.joined[shown] = (found, len(rest) < len(shown.sign))
    return made


def _text_of(part: _Open | Piece | Run | None) -> str:
    return part.text if isinstance(part, Run) or (isinstance(part, Markdown) and not part.is_code) else ""


def _is_ended(part: _Open | Piece | Run) -> bool:
    """Say whether an author's text ends a sentence."""
    return isinstance(part, Markdown) and not part.is_code and part.text.rstrip(_CLOSING).endswith(_ENDS)


def _capitalize(text: str) -> str:
    return re.sub(r"\A[\W_]*\w", lambda match: match[0].upper(), text)
