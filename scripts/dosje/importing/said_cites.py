"""Says where each cite stands in a note of a manuscript, and what stands around it: words before it, a remark behind.

The lookup reads a note in parts, each of which cites something; a part may hold prose beside its cite. Here the cite is
cut out of it. Knows nothing of records.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from ..lookup.answered import AnsweredCite
from .shelf_words import ARCHIVE

# Through which work a source is known. An Ibid. behind it means the source.
THROUGH = re.compile(
    r"\b(?:as\s+)?(?:quoted|cited|reprinted)\s+(?:in|after|from)\b|\bzit(?:iert)?\.?\s+(?:nach|in|bei)\b|\bcit[eé]e?s?\s+(?:dans|par)\b"
    r"|\bcitat[oi]\s+(?:in|da)\b|\bcitado\s+en\b|\bcituar\s+(?:ne|në|sipas)\b|цит\.\s+по",
    re.IGNORECASE,
)
# What sends the reader to a source. It is printed before the source, and is no prose.
SIGNAL = (
    r"(?:(?:but|and|und|et|e|dhe|pero|но|и)\s+)?"
    r"(?:see|cf|compare|consult|contrast|vgl|siehe|s|voir|cfr|vedi|si\s+veda|vid|v[eé]ase|shih|krahaso|см|ср|zob|por"
    r"|viz|srov|vezi|lásd|bkz)\.?"
    r"(?:\s+(?:also|too|for\s+example|for\s+instance|especially|esp\.|in\s+particular|generally|further|e\.\s?g\."
    r"|i\.\s?e\.|inter\s+alia|among\s+others|auch|etwa|z\.\s?B\.|dazu|hierzu|u\.\s?a\.|insbesondere|bes\.|aussi"
    r"|notamment|par\s+exemple|anche|ad\s+esempio|también|por\s+ejemplo|edhe|për\s+shembull|также|например|też|także"
    r"|také|și))*,?"
)
_SIGNAL_WITHIN = re.compile(rf"(?:(?<=^)|(?<=[\s(,;:–—]))(?:{SIGNAL}:?|{THROUGH.pattern})\s+(?=\S)", re.IGNORECASE)
# Prose that leads to a cite: "the long discussion in Pike", "‘They had no bread’, he wrote: Pike".
_IN_SMALL = re.compile(
    r"(?:[^\W\d_A-ZÀ-ŽА-Я][^\W\d_]*\s+){1,8}(?:in|by|of|bei|von|dans|chez|par|en|nel|di|në|nga|te|в|у)\s+"
    r"(?=[“‘«„\"]?[A-ZÀ-ŽА-Я])"
)
_QUOTATION = re.compile(
    r"[“‘«„\"'][^“”‘«»„\"]{3,200}[”’»“\"'],?\s+(?:[^\W\d_A-ZÀ-ŽА-Я][^\W\d_-]*[\s-]*){1,5}:\s+(?=\S)"
)
# A word that only joins two cites of a note.
_JOINT = re.compile(
    r"[\s,;.:&–—]*(?:\b(?:and|also|und|sowie|et|e|ed|y|dhe|и|а\s+также|i|a)\b)?[\s,;.:&–—]*", re.IGNORECASE
)
_SENTENCE = re.compile(r"(?<=[a-zà-žа-я]{3})[.!?][”\"’»)]*\s+(?=[“\"‘«(\[]?[A-ZÀ-ŽА-Я])")
_WORD = re.compile(r"[^\W\d_]+")
# Words that begin the description of a document, so that what stands before its first part belongs to it.
_DOCUMENT_WORD = re.compile(
    r"\b(?:letters?|records?|minutes|memorand\w+|memos?|memcons?|reports?|telegrams?|cables?|despatch\w*|dispatch\w*"
    r"|notes?|speech\w*|conversations?|talks?|meetings?|protocols?|stenogra\w+|transcripts?|information|aide-m[eé]moire"
    r"|agreements?|treat(?:y|ies)|correspondence|declarations?|communiqu[eé]s?|plan"
    r"|abkommen|vertrag|briefwechsel|accords?|trait[eé]s?|correspondance|accordo|acuerdo|tratado|marr[eë]veshj\w*"
    r"|соглашени\w*|договор\w*|переписка"
    r"|decisions?|decrees?|instructions?|directives?|resolutions?|diary|entry|interview|statement|testimony|petition"
    r"|brief\w*|schreiben|bericht\w*|protokoll\w*|niederschrift|vermerk\w*|aktenvermerk|aufzeichnung\w*|fernschreiben"
    r"|telegramm\w*|rede|beschlu[sß]+\w*|vorlage|gespr[aä]ch\w*|sitzung\w*|lettres?|rapports?|compte[s-]?\s?rendus?"
    r"|proc[eè]s[-\s]verb\w*|t[eé]l[eé]gramme\w*|d[eé]p[eê]che\w*|discours|entretiens?|lettera|lettere|relazion\w+"
    r"|verbal\w+|appunt\w+|telegramma|colloquio|carta|informe|acta|telegrama|nota|let[eë]r\w*|raport\w*|procesverbal\w*"
    r"|bised\w*|takim\w*|fjalim\w*|informacion\w*|радиограмма|телеграмма|письмо|записка|протокол\w*|доклад|запись"
    r"|беседа|стенограмма|постановление|notatka|list|sprawozdanie|stenogram\w*|zpráva|dopis|zápis|jegyzőkönyv"
    r"|feljegyzés|jelentés|levél|notă|scrisoare|stenograma)\b",
    re.IGNORECASE,
)
# A remark behind a place: "on the quarrel", "emphasis added", "where he says so".
_REMARK = re.compile(
    r"\s*,?\s*[(\[]?(?:on|for|about|regarding|concerning|which|where|who|with|but|emphasis|italics|my|our|here|quoted"
    r"|hereafter|henceforth|cited|zu|zum|zur|wo|hier|hervorhebung|sur|où|pour|su|sulla|dove|për|ku|о|об|где)\b.*",
    re.IGNORECASE | re.DOTALL,
)
_NUMBER = re.compile(r"[0-9]")
# They stand in names of bodies and titles as well: "Central Committee of the Party of Labour of Albania".
_LINKING = frozenset(re.split(" ", "a of the and for in to de des du der die und von des la le et di e i të së s"))
_SMALL_WORD = 3
_MOST_BEFORE = 3  # so many small words before the first part are a part of its description


@dataclass(frozen=True)
class SaidCite:
    """A cite of a note: its place in the text of the note, the words that are kept around it, what the lookup says.

    `start` and `end`: from the first to the last sign of the cite itself. `part`: the part of the note in which it
    stands. `signal`: the words before it that send the reader to it; `remark`: the words behind it. `is_led`: whether
    prose stands before it in its part.
    """

    start: int
    end: int
    part: tuple[int, int]
    signal: str
    remark: str
    is_led: bool
    answer: AnsweredCite


def cut_cites(text: str, answers: Sequence[AnsweredCite]) -> list[SaidCite]:
    """Return the cites of a note with their places. What is no cite is what lies between them.

    A part in which nothing was read is prose beside a cite; where there is no other, all of it is one that is not read.
    """
    cites: list[SaidCite] = []
    unread: list[SaidCite] = []
    at = 0
    for answer in answers:
        start = text.find(answer["text"], at)
        if start < 0:
            continue
        end = start + len(answer["text"])
        cite = _cut(text, start, end, at, answer)
        if cite.end - cite.start > 1 or text[cite.start : cite.end].isdigit():
            cites.append(cite)
        else:
            unread.append(
                SaidCite(start, start + len(text[start:end].rstrip(" .,;")), (start, end), "", "", False, answer)
            )
        at = end
    return cites or unread


def _cut(text: str, start: int, end: int, after: int, answer: AnsweredCite) -> SaidCite:
    own = text[start:end]
    spans = [tuple(part["span"]) for part in answer["read"].values() if start <= part["span"][0] < end]
    first = min((span[0] for span in spans), default=start) - start
    last = max([span[1] - start for span in spans] + [_end_of_value(own, answer)])
    begin, signal, is_led = _find_begin(own, first)
    stop = _find_stop(own, max(last, begin + 1))
    remark = own[stop:].strip(" \n\t,;.")
    if own[stop:].strip(" \n\t,;.") == "":
        stop = len(own.rstrip(" \n\t,;."))
    while stop > begin and own[stop - 1] == ")" and own.count("(", begin, stop) < own.count(")", begin, stop):
        stop -= 1
    remark = remark.lstrip(")").strip(" ,;.") if own.count("(") >= own.count(")") else remark
    # "See" may stand before the part, where the lookup has cut it away.
    if not is_led and not signal:
        gap = _JOINT.sub("", text[after:start], count=1) if after else text[after:start]
        signal = gap.strip()
    return SaidCite(start + begin, start + stop, (start, end), signal, remark, is_led, answer)


def _end_of_value(own: str, answer: AnsweredCite) -> int:
    """Return where the last number of the locator ends, 0 where there is none."""
    locator = answer["locator"]
    numbers = re.findall(r"[0-9]+", locator["value"]) if locator else []
    if not numbers:
        return 0
    found = [match.end() for match in re.finditer(rf"(?<![0-9]){numbers[-1]}(?![0-9])[a-z]?(?![a-z])", own)]
    return found[-1] if found else 0


def _find_begin(own: str, first: int) -> tuple[int, str, bool]:
    """Return where the cite begins in its part, the signal before it, and whether prose stands before that.

    `first`: where the first thing begins that the lookup has read.
    """
    quotation = _QUOTATION.match(own)
    if quotation:
        return quotation.end(), "", True
    signals = [match for match in _SIGNAL_WITHIN.finditer(own) if match.end() <= max(first, 1) or match.start() == 0]
    if signals:
        last = signals[-1]
        led = _IN_SMALL.match(own, last.end())
        if led:
            return led.end(), "", True
        between = own[last.end() : first]
        if _has_own_words(between) and not _DOCUMENT_WORD.search(between):
            return first, "", True  # "see the long story, and Dove, The Cold Sea"
        return last.end(), last[0].strip(), own[: last.start()].strip(" ,;:(") != ""
    led = _IN_SMALL.match(own)
    if led and not _DOCUMENT_WORD.search(led[0]):
        return led.end(), "", True
    bracket = own.rfind("(", 0, first + 1)
    if bracket > 0 and own.count("(", 0, first) > own.count(")", 0, first) and _is_prose(own[:bracket]):
        return bracket + 1, "", True
    ends = [match.end() for match in _SENTENCE.finditer(own, 0, first + 1) if match.end() <= first]
    if ends and _is_prose(own[: ends[-1]]):
        return ends[-1], "", True
    if _is_prose(own[:first]) and not _DOCUMENT_WORD.search(own[:first]):
        return first, "", True
    return 0, "", False


def _has_own_words(words: str) -> bool:
    return any(word[0].islower() and len(word) > _SMALL_WORD for word in _WORD.findall(words))


def is_description(text: str) -> bool:
    """Say whether a text begins with words that describe a document: "Letter of thanks from Fox to Stork"."""
    return _DOCUMENT_WORD.match(text) is not None or _DOCUMENT_WORD.match(text.partition(" ")[2]) is not None


def _is_prose(words: str) -> bool:
    """Say whether words are a sentence and no description: more than a few begin with a small letter."""
    small = [word for word in _WORD.findall(words) if word[0].islower() and word not in _LINKING]
    return len(small) > _MOST_BEFORE


def _find_stop(own: str, last: int) -> int:
    """Return where the cite ends in its part: behind its last number or name, before a remark."""
    rest = own[last:]
    remark = _REMARK.match(rest)
    if remark:
        return last
    if not _NUMBER.search(rest) and _is_prose(rest):
        # A sentence goes on behind the cite.
        closing = re.match(r"[)\]”\"’.]*", rest)
        return last + (closing.end() if closing and own[:last].count("(") > own[:last].count(")") else 0)
    if not _NUMBER.search(rest) and _has_own_words(rest) and not ARCHIVE.search(rest):
        return last  # "50 (as others have it)"
    for match in re.finditer(r"[,;]\s+|\s+[(\[]|\.\s+", rest):
        if _REMARK.fullmatch(rest[match.start() :]) and not _NUMBER.search(rest[match.start() :]):
            return last + match.start()
    return len(own.rstrip(" \n\t,;"))
