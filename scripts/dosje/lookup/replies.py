"""Answers of the lookup as values with types, for programs: the fields of `dosje cite --format json`."""

from __future__ import annotations

from dataclasses import dataclass

from .answered import Answer, AnsweredCite, Confidence, Match


@dataclass(frozen=True)
class CitedPlace:
    """The place in a source that a footnote names: a label of CSL, as "folio" or "page", and its value, as "9–20"."""

    label: str
    value: str


@dataclass(frozen=True)
class CitingNote:
    """A note of the edition that cites the source: the title of its page, its number, its statement, its address."""

    page: str
    note: int
    statement: str
    url: str


@dataclass(frozen=True)
class PartRead:
    """A part of a footnote, as "archive" or "date": its value, and where it begins and ends in the footnote."""

    name: str
    value: str
    start: int
    end: int


@dataclass(frozen=True)
class SourceMatch:
    """A source that the citation means, why, and the notes of the edition that cite it.

    `known_through`: in words, through which work it is known, if nobody here has seen it and the notes say so.
    """

    key: str
    title: str
    confidence: Confidence
    why: str
    url: str
    cited_in: tuple[CitingNote, ...]
    known_through: str = ""


@dataclass(frozen=True)
class NearSource:
    """A source that comes near to what was looked for, but is not meant."""

    key: str
    title: str
    why: str
    url: str


@dataclass(frozen=True)
class CitationReply:
    """One citation of a footnote. The best match comes first.

    If there is none, `looked_for` says what was looked for, and `nearest` names what comes near.
    """

    text: str
    locator: CitedPlace | None
    matches: tuple[SourceMatch, ...]
    looked_for: str
    nearest: tuple[NearSource, ...]
    read: tuple[PartRead, ...] = ()


@dataclass(frozen=True)
class NoteReply:
    """What a footnote cites."""

    query: str
    citations: tuple[CitationReply, ...]


def reply_of(answer: Answer) -> NoteReply:
    """Return an answer of the lookup as a value."""
    return NoteReply(answer["query"], tuple(_citation_of(citation) for citation in answer["citations"]))


def _citation_of(citation: AnsweredCite) -> CitationReply:
    locator = citation["locator"]
    matches = tuple(_match_of(match) for match in citation["matches"])
    near = () if matches else tuple(NearSource(n["key"], n["title"], n["why"], n["url"]) for n in citation["near"])
    looked_for = "" if matches else citation["looked_for"]
    place = CitedPlace(locator["label"], locator["value"]) if locator else None
    read = tuple(PartRead(name, part["value"], *part["span"]) for name, part in citation["read"].items())
    return CitationReply(citation["text"], place, matches, looked_for, near, read)


def _match_of(match: Match) -> SourceMatch:
    cited = (CitingNote(each["page"], each["note"], each["statement"], each["url"]) for each in match["cited_in"])
    return SourceMatch(
        match["key"],
        match["title"],
        match["confidence"],
        match["why"],
        match["url"],
        tuple(cited),
        match["known_through"],
    )
