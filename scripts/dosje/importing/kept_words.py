"""Keeps the words within a cite that its record does not have: "FO 371/9, Moscow to Foreign Office, fol. 3".

A citation stands for what its record says. Where most words between two commas are not of the record, all of them are
the author's: those at the beginning and end of a cite stay where they are, those within it are printed behind its
place.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from functools import cache
from typing import NamedTuple

from pydantic import BaseModel

from ..edition.links import LinkedCorpus
from ..reading.month_names import month_of
from ..values.locators import LABEL_BY_WORD
from ..values.spelling import find_words, spell, words_of
from .decisions import CiteDecision
from .leading_prose import words_of_record
from .memory_index import MemoryIndex
from .shelf_words import ROLES, TOWNS

# What parts a cite into pieces. A point is none behind a label; a colon none in an address.
_BETWEEN = re.compile(r"[,;:](?:\s+|\Z)|[()\[\]“”„«»]+\s*|\s+[–—]\s+|(?<=[a-zà-žа-я0-9]{4})\.\s+(?=[A-ZÀ-ŽА-Я])")
# Words that only say how a cite belongs to another one.
_BACK = "ibid ibidem idem eadem ders dies ebd ebenda op cit loc supra infra above below see also cf vgl siehe voir"
_NUMBERED = "doi isbn issn url"
_SHORTEST = 3
_STEM = 5  # so many letters at the beginning are the same in all forms of a word


class _Piece(NamedTuple):
    """What stands between two signs of a cite, and whether it is the author's alone."""

    start: int
    end: int
    is_own: bool


class WordKeeper:
    """Keeps the words of cites that their records, with the units above them, do not have."""

    def __init__(self, index: MemoryIndex) -> None:
        self._index = index
        self._known: dict[str, frozenset[str]] = {}

    def keep(self, decision: CiteDecision, note: str) -> CiteDecision:
        """Return a decision whose span holds what the record says; `inside` are the author's words within it.

        `note`: the text of its note. What stands for nothing in a note is returned as it is.
        """
        if not decision.key or not note[decision.start : decision.end].strip():
            return decision
        text = note[decision.start : decision.end]
        pieces = list(self._pieces(text, decision))
        if not pieces:
            return decision
        first, last = pieces[0], pieces[-1]
        while len(pieces) > 1 and pieces[0].is_own:
            del pieces[0]
        while len(pieces) > 1 and pieces[-1].is_own:
            del pieces[-1]
        if len(pieces) == 1 and pieces[0].is_own:
            return decision  # an editor's answer, or a number of another note: nothing tells what belongs to it
        start = 0 if pieces[0] is first else pieces[0].start
        end = len(text) if pieces[-1] is last else pieces[-1].end
        inside = ", ".join(text[one.start : one.end].strip() for one in pieces if one.is_own)
        return replace(
            decision, start=decision.start + start, end=decision.start + end, text=text[start:end], inside=inside
        )

    def _pieces(self, text: str, decision: CiteDecision) -> Iterator[_Piece]:
        known = self._words_known(decision.key) | set(words_of(decision.locator)) | _small_words()
        at = 0
        ends = [(match.start(), match.end()) for match in _BETWEEN.finditer(text)] + [(len(text), len(text))]
        for stop, behind in ends:
            piece = text[at:stop]
            if re.search(r"\w", piece):
                yield _Piece(at, stop, _is_own(piece, known))
            at = behind

    def _words_known(self, key: str) -> frozenset[str]:
        if key not in self._known:
            linked = self._index.linked
            texts = " ".join(_texts_of(linked, key))
            self._known[key] = words_of_record(key, self._index) | frozenset(words_of(texts))
        return self._known[key]


def _is_own(piece: str, known: frozenset[str]) -> bool:
    """Say whether most words of a piece, or its only number, are not known."""
    own, others = 0, 0
    for word, start, end in find_words(spell(piece)[0]):
        is_name = word.isdigit() or end - start >= _SHORTEST
        if word in known or _is_part_known(word, known) or month_of(word):
            others += 1
        elif is_name:
            own += 1
    return own > others


def _is_part_known(word: str, known: frozenset[str]) -> bool:
    """Say whether a known word begins as this one does: "Prot." of "Protokoll", "Komiteti" of "Komitet"."""
    if word.isdigit() or len(word) < _SHORTEST:
        return False
    return any(one.startswith(word[:_STEM]) for one in known if not one.isdigit())


@cache
def _small_words() -> frozenset[str]:
    words = " ".join([*LABEL_BY_WORD, *ROLES, *TOWNS, _BACK, _NUMBERED])
    return frozenset(words_of(words))


def _texts_of(linked: LinkedCorpus, key: str) -> Iterator[str]:
    """Yield all texts of a source, of the units above it, and of the archive and the persons that these name."""
    work = linked.corpus.works.get(key)
    if work is not None:
        yield from work.fields.values()
    record = linked.corpus.sources.get(key)
    if record is None:
        return
    for unit in (record, *linked.chain(record)):
        yield from _strings(unit.model)
        if unit.model.repository is not None:
            archive = linked.corpus.archives.get(unit.model.repository)
            yield from _strings(archive.model) if archive is not None else ()
        for name in (*unit.model.author, *unit.model.recipient):
            party = linked.party_of(name)
            named = linked.record(party) if party is not None else None
            yield from _strings(named.model) if named is not None else ()


def _strings(value: object) -> Iterator[str]:
    if isinstance(value, BaseModel):
        for name in type(value).model_fields:
            if name not in ("description", "comment", "disputes"):
                yield from _strings(getattr(value, name))
    elif isinstance(value, Mapping):
        for one in value.values():
            yield from _strings(one)
    elif isinstance(value, (tuple, list)):
        for one in value:
            yield from _strings(one)
    elif value is not None:
        yield str(value)
