"""Decides which record of the edition a cite means, and whether that is sure. What is doubtful is never taken.

An exact match counts, and a likely one where no other fits and nothing that the note says contradicts it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence, Set
from dataclasses import dataclass

from ..edition.links import LinkedCorpus
from ..lookup.answered import AnsweredCite, Match
from ..phrases.phrases import Phrases
from ..reading.bibliography import Work
from ..values.dates import DateError, parse_edtf
from ..values.folios import try_folios
from ..values.spelling import is_near, words_of

_MOST_CANDIDATES = 6
_FEWEST_WORDS = 4  # a shorter title may stand in another
# "Griffith 1963", "Griffith (1963", "Griffith, 1963"; "1963a" may be another one.
_AUTHOR_AND_YEAR = re.compile(r"(?P<authors>[^0-9]{2,120}?),?\s*[(\[]?(?P<year>1[5-9]\d\d|20\d\d)(?!\w)")
# What a cite says of a document. A unit that has no such document is not what it means.
_OF_DOCUMENT = ("author", "recipient", "date", "type", "title")


@dataclass(frozen=True)
class Choice:
    """What a cite means: `key` where it is sure, "" where not. `why`: the reason; `candidates`: keys."""

    key: str
    why: str
    candidates: tuple[str, ...] = ()


def choose(answer: AnsweredCite, linked: LinkedCorpus, has_open_leaves: Callable[[str], bool]) -> Choice:
    """Return the record that a cite means. `answer`: what the lookup says of it.

    `has_open_leaves`: says of a document whether it may have more leaves than its record has.
    """
    phrases = linked.phrases
    fitting = [
        match
        for match in answer["matches"]
        if not _contradicts(answer, match, linked)
        and (has_open_leaves(match["key"]) or not _lies_outside(answer, match, linked))
    ]
    candidates = tuple(match["key"] for match in answer["matches"])[:_MOST_CANDIDATES]
    exact = [match for match in fitting if match["confidence"] == "exact"]
    likely = [match for match in fitting if match["confidence"] == "likely"]
    titled = [match for match in fitting if _has_whole_title(answer["text"], match["title"])]
    if len(titled) == 1 and len(fitting) > 1:
        return Choice(titled[0]["key"], titled[0]["why"], candidates)
    # "Mole, Bird Watching, n. 4" means Mole, though the lookup also shows what that note cites.
    works = [match for match in (*exact, *likely) if match["key"] in linked.corpus.works]
    if len(works) == 1 and "archive" not in answer["read"] and _is_named(answer, works[0], linked):
        return Choice(works[0]["key"], works[0]["why"], candidates)
    whole = _file_titled(answer["text"], [*exact, *likely], linked)
    if whole:
        return Choice(whole, phrases("lookup.reason.its-title"), candidates)
    if len(exact) == 1 and _is_as_narrow(answer, exact[0], linked) and not _has_rival(answer, exact[0], linked):
        return Choice(exact[0]["key"], exact[0]["why"], candidates)
    if (
        not exact
        and len(likely) == 1
        and all(is_fit(answer, likely[0], linked) for is_fit in (_is_as_narrow, _is_named))
    ):
        return Choice(likely[0]["key"], likely[0]["why"], candidates)
    return Choice("", _say_why(answer, fitting, phrases), candidates)


def find_by_author_and_year(text: str, choice: Choice, works: Mapping[str, Work], named: Set[str]) -> str:
    """Return the work that "Griffith 1963, 44" means, "" where that is not sure.

    `named`: the works that the manuscript itself names in full. One of them must be the only one of that author and
    year, and nothing but the author may stand before the year.
    """
    match = _AUTHOR_AND_YEAR.match(text)
    if choice.key or match is None:
        return ""
    names = words_of(match["authors"])
    found = [
        key
        for key, work in works.items()
        if work.year == match["year"] and names and set(names) <= set(words_of(_people_of(work)))
    ]
    return found[0] if len(found) == 1 and found[0] in named else ""


def _people_of(work: Work) -> str:
    return " ".join(work.fields.get(name, "") for name in ("author", "editor"))


def say_why(phrases: Phrases, name: str, **values: object) -> str:
    """Return a reason of an import in words."""
    return phrases(f"import.why.{name}", **values)


def _say_why(answer: AnsweredCite, fitting: list[Match], phrases: Phrases) -> str:
    if not answer["matches"]:
        what = answer["looked_for"]
        return phrases("lookup.said.nothing-for", what=what) if what else ""
    if not fitting:
        return say_why(phrases, "says-otherwise")
    if len(fitting) > 1:
        return say_why(phrases, "several", n=len(fitting))
    return say_why(phrases, "perhaps", why=fitting[0]["why"])


def _contradicts(answer: AnsweredCite, match: Match, linked: LinkedCorpus) -> bool:
    """Say whether the date that a cite gives is another than that of a document."""
    record = linked.corpus.sources.get(match["key"])
    said = answer["read"].get("date")
    if record is None or said is None or record.date is None or said["value"].startswith("X"):
        return False
    try:
        date = parse_edtf(said["value"])
    except DateError:
        return False
    (first, last), (own_first, own_last) = date.bounds(), record.date.bounds()
    return last < own_first or own_last < first


def _lies_outside(answer: AnsweredCite, match: Match, linked: LinkedCorpus) -> bool:
    """Say whether the leaf that is cited lies outside the leaves of a document."""
    record = linked.corpus.sources.get(match["key"])
    said = answer["locator"]
    if record is None or said is None or said["label"] != "folio" or not record.model.folios:
        return False
    if linked.holdings.role_of(record) != "item":
        return False
    cited = try_folios(said["value"])
    return bool(cited) and not any(
        one.first <= own.last and own.first <= one.last for one in cited for own in record.model.folios
    )


def _has_rival(answer: AnsweredCite, match: Match, linked: LinkedCorpus) -> bool:
    """Say whether another document of the file is as narrow as a cite of a year and a leaf: a letter in a bundle."""
    record = linked.corpus.sources.get(match["key"])
    said = answer["locator"]
    if record is None or record.model.part_of is None or said is None or said["label"] != "folio":
        return False
    if "date" in answer["read"] or not record.model.folios or linked.holdings.role_of(record) != "item":
        return False
    cited = try_folios(said["value"]) or ()
    return any(
        own.first == one.first and own.last == one.last
        for other in linked.parts_of(linked.corpus.sources[record.model.part_of])
        if other.key != record.key and set(other.model.author) & set(record.model.author)
        for own in other.model.folios or ()
        for one in cited
    ) and not any(own.first == one.first and own.last == one.last for own in record.model.folios for one in cited)


def _is_as_narrow(answer: AnsweredCite, match: Match, linked: LinkedCorpus) -> bool:
    """Say whether a match is no wider than what the cite describes: no series where it names a file, no file where it
    describes a document.
    """
    record = linked.corpus.sources.get(match["key"])
    if record is None:
        return True
    role = linked.holdings.role_of(record)
    read = answer["read"]
    if role in ("fonds", "series"):
        return answer["locator"] is None and "file" not in read and not _describes(read)
    return role != "file" or not _describes(read)


def _has_whole_title(text: str, title: str) -> bool:
    """Say whether all words of a title stand in a cite one behind the other."""
    words = words_of(title)
    return len(words) >= _FEWEST_WORDS and f" {' '.join(words)} " in f" {' '.join(words_of(text))} "


def _file_titled(text: str, matches: Sequence[Match], linked: LinkedCorpus) -> str:
    """Return the unit above a document, where the cite has that unit's title and not the document's, "" for none."""
    for match in matches:
        record = linked.corpus.sources.get(match["key"])
        if record is None or linked.holdings.role_of(record) != "item" or _has_whole_title(text, record.model.title):
            continue
        above = linked.chain(record)
        return next((unit.key for unit in above if _has_whole_title(text, unit.model.title)), "")
    return ""


def _describes(read: Mapping[str, object]) -> bool:
    return any(name in read for name in _OF_DOCUMENT)


def _is_named(answer: AnsweredCite, match: Match, linked: LinkedCorpus) -> bool:
    """Say whether a work that is only likely has the author and the words of the title that a cite gives."""
    work = linked.corpus.works.get(match["key"])
    if work is None:
        return True
    said = answer["read"].get("author")
    names = words_of(" ".join(work.fields.get(name, "") for name in ("author", "editor", "translator")))
    if said is not None and names and not _has_near(words_of(said["value"]), names):
        return False
    title = answer["read"].get("title")
    own = words_of(
        " ".join([*(work.fields.get(name, "") for name in ("title", "subtitle", "shorttitle")), *work.variants])
    )
    return title is None or all(_has_near([word], own) for word in words_of(title["value"]))


def _has_near(words: Iterable[str], others: list[str]) -> bool:
    return any(word in others or any(is_near(word, other) for other in others) for word in words)
