"""Finds the edition's archives in a part of a footnote, by their own names and by names of the same meaning.

"Zentrales Staatsarchiv, Tirana" and "Archivio Centrale dello Stato" mean the archive that a record calls "Central State
Archive". The browser runs these rules as well (`javascript.py`).
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from .rows import ArchiveEntry, Core

# What the words mean of which names of archives are made, by how they begin; with a space behind it, a whole word.
_STEMS_OF = {
    "archive": "archiv arkiv arhiv arkhiv archief archiwu arkisto leveltar",
    "central": "central zentral qendror tsentral centraln",
    "state": "state_ states_ staat etat stato_ estado estatal shtet gosudarstv panstw statni drzav drzhav",
    "national": "national nazional nacional kombetar natsional narodn",
    "foreign": "foreign auswartig auswaertig aussen etranger ester exterior jashtme inostrann vneshn",
    "ministry": "minist",
    "army": "army armee armii_ armij_ esercit ejercit ushtri military militar voenn",
    "defence": "defen verteidigung difesa mbrojtj oboron",
    "interior": "interior interno_ interni_ interieur innen brendshme vnutrenn",
    "trade": "trade_ handel commerc commerci comerci tregti torgovl",
    "party": "party_ parties_ partei parti_ partis_ partise_ partito_ partido_ partii_ partit_",
    "city": "city_ municipal stadt gemeinde ville_ gorod communal comunal",
    "region": "region provinc landes oblast",
    "diocese": "dioces bistum bistums",
}  # fmt: skip
_STEMS = [(sense, stem.replace("_", " ")) for sense, stems in _STEMS_OF.items() for stem in stems.split(" ")]
# Words without a meaning of their own in a name.
_SMALL_ONES = (
    "of the for and in der des die das du de la le les l d del della delle dello dell degli dei di el los las i e te "
    "se s ne en affair affairs affaires affari asuntos puneve punve"
)
_SMALL = set(_SMALL_ONES.split(" "))
# A compound has its chief word last: Staatsarchiv, Außenministerium.
_LAST_STEMS = [("archive", "archiv"), ("ministry", "minist")]
_TOKEN = re.compile(r"[a-z0-9]+", re.ASCII)
_ARCHIVE = re.compile(r"archi[vew]|arkiv|arhiv|arkhiv|arkisto|leveltar", re.ASCII)
_NEXT = re.compile(r"\s?(?:[,:(]\s?)?([a-z]+)(?:'(?=[a-z]))?\)?", re.ASCII)
_NAME_BEFORE = re.compile(r"(?:^|[^A-Za-z])([A-Z][a-z]+)\s$", re.ASCII)
_NEAR = 30
_WORD_BEHIND = re.compile(r"[ '](?:l'|d')?([a-z]+)", re.ASCII)
_STEM = 5  # how many letters the words of a place have in common: Albania, albanisches, Albaniens


@dataclass(frozen=True)
class SaidArchive:
    """An archive of the edition: where its name stands, with its town and country, and its place in the index."""

    start: int
    end: int
    number: int


def senses_of(name: str) -> str:
    """Return what a spelled name means, as sorted words of one language; "" if it has a word of its own."""
    found: list[str] = []
    for match in _TOKEN.finditer(name.lower()):
        senses = _senses_of_word(match[0])
        if not senses and match[0] not in _SMALL:
            return ""
        found.extend([sense for sense in senses if sense not in found])
    return " ".join(sorted(found)) if "archive" in found and len(found) > 1 else ""


def _senses_of_word(word: str) -> list[str]:
    whole = word + " "
    first = [sense for sense, stem in _STEMS if whole.startswith(stem)][:1]
    last = [sense for sense, stem in _LAST_STEMS if stem in word and sense not in first]
    return first + last


def find_archives(part: str, core: Core) -> list[SaidArchive]:
    """Return the archives that a spelled text names, in order."""
    low = part.lower()
    found: list[SaidArchive] = []
    for number, archive in enumerate(core["archives"]):
        for name in archive["names"]:
            at = find_name(low, name)
            if at >= 0 and not any(said.start <= at < said.end for said in found):
                found.append(SaidArchive(at, _end_of_places(low, at + len(name), archive, core), number))
    if _ARCHIVE.search(low):
        for start, end in _find_runs(low):
            if not any(said.start < end and start < said.end for said in found):
                found.extend(_by_senses(part, low, start, end, core))
    return sorted(found, key=lambda said: said.start)


def find_name(low: str, name: str) -> int:
    """Return where `name` stands in the text as a word or words, -1 if nowhere."""
    at = low.find(name)
    while at >= 0:
        before, after = low[at - 1 : at] if at else "", low[at + len(name) : at + len(name) + 1]
        if not before.isalnum() and not after.isalnum():
            return at
        at = low.find(name, at + 1)
    return -1


def _find_runs(low: str) -> list[tuple[int, int]]:
    """Return where words stand side by side of which a name of an archive may be made."""
    runs: list[tuple[int, int]] = []
    start, end = -1, -1
    is_archive = False
    for match in _TOKEN.finditer(low):
        senses = _senses_of_word(match[0])
        gap = low[end : match.start()] if start >= 0 else ""
        if start >= 0 and (gap.strip(" '-") or (not senses and match[0] not in _SMALL)):
            if is_archive:
                runs.append((start, end))
            start, is_archive = -1, False
        if senses and start < 0:
            start = match.start()
        if senses:
            end = match.end()
        elif start >= 0 and match[0] in _SMALL:
            end = max(end, match.end())
        is_archive = is_archive or "archive" in senses
    if start >= 0 and is_archive:
        runs.append((start, end))
    return [(begin, _without_small(low, begin, stop)) for begin, stop in runs]


def _without_small(low: str, start: int, end: int) -> int:
    """Return where a run ends if the small words at its end are left out."""
    last = end
    for match in _TOKEN.finditer(low[start:end]):
        if match[0] not in _SMALL:
            last = start + match.end()
    return last


def _by_senses(part: str, low: str, start: int, end: int, core: Core) -> list[SaidArchive]:
    """Return the archive whose name means the same, nothing if there is none or if its town does not tell which."""
    senses = senses_of(low[start:end])
    before = _NAME_BEFORE.search(part[max(start - _NEAR, 0) : start])
    nation = before[1].lower() if before else ""
    found: list[SaidArchive] = []
    for number, archive in enumerate(core["archives"]):
        if nation and nation not in _SMALL and not _is_own_place(nation, archive, core):
            continue  # "Chinese Foreign Ministry Archive"
        if senses and senses in archive["senses"] and not _goes_on(low, end, archive, core):
            found.append(SaidArchive(start, _end_of_places(low, end, archive, core), number))
    if len(found) > 1:
        found = [said for said in found if said.end > end]
    return found if len(found) == 1 else []


def _goes_on(low: str, end: int, archive: ArchiveEntry, core: Core) -> bool:
    """Say whether a name has more words of its own: "State Archive" in "State Archive of Contemporary History"."""
    is_of = False
    match = _WORD_BEHIND.match(low, end)
    while match and match[1] in _SMALL:
        is_of = True
        match = _WORD_BEHIND.match(low, match.end())
    return is_of and match is not None and match[1] not in core["labels"] and not _is_own_place(match[1], archive, core)


def _end_of_places(low: str, end: int, archive: ArchiveEntry, core: Core) -> int:
    """Return where the words of an archive's own town and country end that stand behind its name, `end` for none."""
    match = _NEXT.match(low, end)
    while match:
        if _is_own_place(match[1], archive, core):
            end = match.end()
        elif match[1] not in _SMALL:
            break
        match = _NEXT.match(low, match.end())
    return end


def _is_own_place(word: str, archive: ArchiveEntry, core: Core) -> bool:
    """Say whether a word names the place of the archive; if that is not known, the place of any archive here."""
    places = archive["places"] or [place for other in core["archives"] for place in other["places"]]
    return any(_is_like(word, place) for place in places)


def _is_like(word: str, place: str) -> bool:
    if word == place:
        return True
    return len(word) >= _STEM and len(place) >= _STEM and word[:_STEM] == place[:_STEM]
