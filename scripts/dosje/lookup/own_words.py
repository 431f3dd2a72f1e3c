"""Finds the source of which a cite is the own title, reference or note, word for word.

So what the edition itself prints is found, whatever words it has. Before a title may stand its author, before a
reference its title, and behind a title a leaf or page. The browser runs these rules as well (`javascript.py`).
"""

from __future__ import annotations

from dataclasses import replace

from ..values.spelling import find_words, spell, words_of
from .hits import Hit, SearchResult
from .leaves import fit_folios, joined, read_folios
from .queries import Reading
from .rows import Core, SourceRow
from .shards import Shards, card_at, row_at, rows_with

# By so many of their last words titles and references are found in the index.
_LAST_WORDS = 4
_REASONS = {"title": "its-title", "reference": "its-reference", "words": "its-words"}
_MOST_DOCUMENTS = 5  # of a file, with the leaf that is asked for
_PLACES = ["p", "pp", "page", "n", "nn", "note", "footnote", "anm", "f", "r", "v"]
# What may stand between an author and a title, or between writer and recipient.
_BETWEEN = ["letter", "speech", "report", "record", "see", "also", "cf"]


def key_of_words(words: list[str]) -> str:
    """Return the word of the index under which a source with this title or reference is found."""
    return "=~" + " ".join(words[max(len(words) - _LAST_WORDS, 0) :])


def find_by_own_words(reading: Reading, shards: Shards, missing: list[str]) -> SearchResult:
    """Return the source whose title or reference the cite is: surely if it is the only one."""
    core: Core = shards["core"]
    said = words_of(reading.text)
    letters = _letters(reading.text)
    hits = _hits_of(said, letters, "reference", core, shards, missing)
    hits = hits or _hits_of(said, letters, "title", core, shards, missing)
    hits = hits or _hits_of(said, letters, "words", core, shards, missing)
    for text in [] if hits else _without_place(reading.text, core):
        words, letters = words_of(text), _letters(text)
        hits = hits or _hits_of(words, letters, "title", core, shards, missing)
        hits = hits or _hits_of(words, letters, "words", core, shards, missing)
        if len(hits) == 1 and reading.label == "folio":
            hits.extend(documents_on(hits[0].row, reading.value, shards, missing))
    return SearchResult(hits, [], [])


def _hits_of(  # noqa: PLR0917
    words: list[str], letters: str, kind: str, core: Core, shards: Shards, missing: list[str]
) -> list[Hit]:
    wide: list[int] = []
    items: list[int] = []
    same: list[int] = []
    longest = 0
    for count in range(1, min(len(words), _LAST_WORDS) + 1):
        for at in rows_with(key_of_words(words[len(words) - count :]), shards, missing):
            row = row_at(at, shards, missing)
            if row is None or at in wide or at in items:
                continue
            own = _own_text(at, row, kind, shards, missing)
            if row["level"] == "work" and len(letters) > len(_letters(own)):
                continue  # because authors, volumes and pages of works have rules of their own
            if not _has_own(row, words_of(own), words, kind, core):
                continue
            if letters.endswith(_letters(own)):
                # "Records of the meeting" ends in "The meeting": the longer title is meant.
                same = [at] if len(own) > longest else [*same, at] if len(own) == longest else same
                longest = max(longest, len(own))
            elif kind != "title":
                continue  # because D. 7 is not D. 7/a
            if row["level"] == "item" or kind != "reference":
                items.append(at)
            else:
                wide.append(at)
    # A document whose leaves are not known is cited like its file.
    if wide:
        hits = _equal([Hit(row, 3, [_REASONS[kind]], 0) for row in wide])
        return hits + [Hit(row, 1, ["document-of-file"], 0) for row in items]
    # "Meeting of representatives" and "The Representatives' meeting" have the same words, but not the same letters.
    return _equal([Hit(row, 3, [_REASONS[kind]], 0) for row in items if row in same or not same])


def _letters(text: str) -> str:
    return "".join(letter for letter in spell(text)[0].lower() if letter.isalnum())


def _equal(hits: list[Hit]) -> list[Hit]:
    if len(hits) < 2:
        return hits
    return [replace(hit, sureness=2, why=["equal", "first", hit.why, "n", len(hits)]) for hit in hits]


def documents_on(at: int, value: str, shards: Shards, missing: list[str]) -> list[Hit]:
    """Return the documents of a file that have the leaves that are asked for, those that fit best first."""
    row = row_at(at, shards, missing)
    wanted = read_folios(value)
    found: list[Hit] = []
    for item in row["items"] if row is not None else []:
        fit, say = fit_folios(wanted, [[item[at], item[at + 1]] for at in range(1, len(item), 2)], value)
        if fit >= 2:
            found.append(Hit(item[0], 2, joined(say, ["document-of-file"]), fit))
    found.sort(key=lambda hit: (-hit.rank, hit.row))
    return found[:_MOST_DOCUMENTS]


def _own_text(at: int, row: SourceRow, kind: str, shards: Shards, missing: list[str]) -> str:
    """Return the title or reference of a source, or the words of its first note."""
    if kind == "title":
        return row["title"]
    if kind == "reference":
        return row["reference"]
    card = card_at(at, shards, missing)
    return card["words"] if card is not None else ""


def _has_own(row: SourceRow, own: list[str], words: list[str], kind: str, core: Core) -> bool:
    """Say whether the words end in the source's own words, and say nothing before them but what it is."""
    rest = len(words) - len(own)
    if rest < 0 or len(own) == 0 or " ".join(words[rest:]) != " ".join(own):
        return False
    known = [word for family in row["authors"] + row["recipients"] for word in family]
    known = known + row["given"].split(" ") + _BETWEEN
    if kind == "reference":
        known = known + " ".join(row["titles"]).split(" ") + row["context"].split(" ") + words_of(row["title"])
        for archive in core["archives"]:
            known = known + list(archive["words"])
    return all(word in known for word in words[:rest])


def _without_place(text: str, core: Core) -> list[str]:
    """Return a text without the leaf or page that stands last in it, and without all numbers at its end.

    In "D. 1, fl. 71" the number of the file is a number as well; behind "fl. 71" may stand the archive. A year is none.
    """
    spelled = spell(text)[0]
    found = find_words(spelled)
    words = [word for word, start, end in found]
    texts: list[str] = []
    last = max([at for at, word in enumerate(words) if _is_label(word, core)] + [-1])
    behind = last + 1
    while behind < len(words) and _is_number(words[behind]):
        behind += 1
    if last >= 0 and behind > last + 1:
        texts.append(spelled[: found[last][1]] + " " + spelled[found[behind - 1][2] :])
    at = len(words)
    while at > 0 and (_is_number(words[at - 1]) or _is_label(words[at - 1], core)):
        at -= 1
    return [*texts, spelled[: found[at][1]]] if at < len(words) else texts


def _is_label(word: str, core: Core) -> bool:
    return word in _PLACES or (word in core["labels"] and core["labels"][word] == "folio")


def _is_number(word: str) -> bool:
    digits = word.rstrip("rv")
    return digits.isdigit() and not ("1500" <= digits <= "2099" and len(digits) == 4)
