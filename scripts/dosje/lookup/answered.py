"""The types of the lookup's answers. They are values of JSON, which docs/manual/api.md describes."""

from __future__ import annotations

from typing import Literal, TypeAlias, TypedDict

from .hits import Memory

Confidence: TypeAlias = Literal["exact", "likely", "possible"]


class SaidLocator(TypedDict):
    """A locator as a footnote or a citation has it."""

    label: str
    value: str


class SaidPart(TypedDict):
    """A part of a cite as it was read, and its place in the footnote: the first sign and the one behind the last."""

    value: str
    span: list[int]


class Neighbour(TypedDict):
    """What lies beside a document in its file."""

    key: str
    title: str
    url: str


class CitedStatement(TypedDict):
    """A statement that cites a source. `overlaps` says whether it cites a leaf or page that was asked for."""

    page: str
    note: int
    statement: str
    url: str
    locator: SaidLocator | None
    overlaps: bool


class Match(TypedDict):
    """A source that a cite means, how sure that is, and why.

    `known_through`: "cited in Marku, Crisis, n. 50", if nobody here has seen it and the notes of the edition say so.
    """

    key: str
    title: str
    confidence: Confidence
    why: str
    url: str
    cited_in: list[CitedStatement]
    words: str
    known_through: str
    reference: str
    before: Neighbour | None
    after: Neighbour | None


class NearMatch(TypedDict):
    """A source that comes near to what a cite says, and why it is not meant."""

    key: str
    title: str
    reference: str
    why: str
    url: str


class AnsweredCite(TypedDict):
    """One cite of a footnote, and what was found for it."""

    text: str
    locator: SaidLocator | None
    read: dict[str, SaidPart]
    matches: list[Match]
    near: list[NearMatch]
    looked_for: str


class Answer(TypedDict):
    """The answer to a footnote. If `missing` names shards, load them and ask again."""

    missing: list[str]
    query: str
    citations: list[AnsweredCite]
    memory: Memory
