"""Finds citations of author and date in the text itself: "(Griffith 1963, 44)", "Griffith (1963, 44)"."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

_LETTER = r"[^\W\d_]"
_PARTICLE = r"(?:(?:de|di|da|del|della|der|den|van|von|zu|le|la|al|el|bin|ten|ter|dos|das|du) |al-|el-|d[’'])"
_NAME = rf"{_PARTICLE}*(?=[^\W\d_a-zà-öø-ÿа-я]){_LETTER}(?:{_LETTER}|[’'-])+\.?"
# "William E. Griffith", "MIT Press", "Griffith and Hamm", "Griffith et al."
_NAMES = rf"{_NAME}(?:(?: | {_LETTER}\. ?){_NAME}){{0,2}}"
_AND = r"(?:,? (?:and|und|et|e|y|dhe|и|en|&) |, |/|–)"
_OTHERS = r"(?:,? (?:et al\.?|u\. ?a\.|e\.a\.|y otros|e altri|и др\.|et alii|et coll\.))"
_AUTHORS = rf"(?P<authors>{_NAMES}(?:{_AND}{_NAMES}){{0,4}}{_OTHERS}?)"
_YEARS = (
    r"(?P<year>\[?(?:1[5-9]|20)\d\d[a-z]?\]?(?:[/–-](?:\d\d)?\d\d)?(?: \[\d{4}\])?|n\.d\.|o\. ?J\.|s\.d\.|"
    r"forthcoming|in press)"
)
_PLACE = r"(?:,? ?(?:pp?|S|s|chap|ch|vol|Bd|n|nn|fn|с|стр|f|fl|no)\.? ?)?\d[\w\d–—,. :/-]*"
_PLACES = rf"(?:(?:, ?|: ?| )(?P<place>{_PLACE}(?:ff?\.|n\.? ?\d+)?(?:,? (?:pass(?:im|\.)))?))?"
_BEFORE = (
    r"(?P<before>(?:(?:see|See|cf\.|Cf\.|e\.g\.|E\.g\.|but|also|especially|esp\.|in|vgl\.|Vgl\.|siehe|Siehe|so|auch|etwa|"
    r"voir|Voir|v\.|aussi|notamment|vedi|Vedi|cfr\.|Cfr\.|anche|véase|Véase|ver|Ver|también|shih|Shih|см\.|См\.|также|"
    r"quoted in|cited in|zit\. nach|zitiert nach|cité par),? )*)"
)
_CITE = re.compile(rf"{_BEFORE}{_AUTHORS},? {_YEARS}{_PLACES}(?P<after>,? [a-zà-ÿ][^;()]{{0,80}})?\s*")
_SAME = re.compile(rf"{_YEARS}{_PLACES}\s*")
_BRACKETS = re.compile(r"\(([^()]{4,400})\)")
_NAMED = re.compile(rf"({_NAMES}(?:{_AND}{_NAMES}){{0,3}}{_OTHERS}?)(?:[’']s)? \Z")
# A month or a season before a year is no author.
_NO_AUTHORS = frozenset(
    (
        "january", "february", "march", "april", "may", "june", "july", "august", "september", "october",
        "november", "december", "spring", "summer", "autumn", "winter", "januar", "februar", "märz", "mai", "juni",
        "juli", "oktober", "dezember", "frühjahr", "sommer", "herbst", "janvier", "février", "mars", "avril",
        "juin", "juillet", "août", "septembre", "octobre", "novembre", "décembre", "printemps", "été", "automne",
        "hiver", "gennaio", "febbraio", "marzo", "aprile", "maggio", "giugno", "luglio", "agosto", "settembre",
        "ottobre", "dicembre", "primavera", "estate", "autunno", "inverno", "enero", "febrero", "abril", "mayo",
        "junio", "julio", "septiembre", "octubre", "noviembre", "diciembre", "verano", "otoño", "invierno", "janar",
        "shkurt", "mars", "prill", "maj", "qershor", "korrik", "gusht", "shtator", "tetor", "nëntor", "dhjetor",
        "январь", "января", "февраль", "февраля", "март", "марта", "апрель", "апреля", "май", "мая", "июнь", "июня",
        "июль", "июля", "август", "августа", "сентябрь", "сентября", "октябрь", "октября", "ноябрь", "ноября",
        "декабрь", "декабря", "early", "mid", "late", "since", "until", "before", "after", "in", "from", "circa",
        "ca", "about",
    )
)  # fmt: skip


@dataclass(frozen=True)
class FoundAuthorDate:
    """A citation of author and date: its place in the text of a line, and its words as a note has them."""

    start: int
    end: int
    words: str


def find_author_dates(text: str, works: Sequence[str]) -> Iterator[FoundAuthorDate]:
    """Yield the citations in a line. `works`: the entries of the bibliography, as far as there is one.

    A name and a year are a citation if they name a place too, or stand in the bibliography: "(Moscow 1960)" is none.
    """
    for match in _BRACKETS.finditer(text):
        inside = match[1].strip()
        named = _NAMED.search(text, 0, match.start())
        if _is_citation(inside, works):
            yield FoundAuthorDate(match.start(), match.end(), inside)
        elif named and _has_evidence(named[1], _SAME.fullmatch(inside), works):
            yield FoundAuthorDate(match.start(), match.end(), f"{named[1]} {inside}")


def _is_citation(inside: str, works: Sequence[str]) -> bool:
    """Say whether all that stands in brackets is citations, and one of them surely is."""
    is_sure = False
    authors = ""
    for part in inside.split(";"):
        found = _CITE.fullmatch(part.strip())
        if found is None:
            same = _SAME.fullmatch(part.strip())
            if same is None or not authors:
                return False
            continue
        authors = found["authors"]
        if authors.split()[-1].casefold().rstrip(".") in _NO_AUTHORS:
            return False
        is_sure = is_sure or _has_evidence(authors, found, works)
    return is_sure


def _has_evidence(authors: str, found: re.Match[str] | None, works: Sequence[str]) -> bool:
    if found is None or authors.rsplit(maxsplit=1)[-1].casefold() in _NO_AUTHORS:
        return False
    year = re.sub(r"[^\d]", "", found["year"])[:4]
    family = re.split(_AND, authors, maxsplit=1)[0].split()[-1].rstrip(".,")
    is_listed = any(family in entry and year in entry for entry in works)
    return is_listed or bool(found["place"]) or " et al" in authors
