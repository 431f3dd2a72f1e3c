"""Reads how a note describes a document: type, author, recipient, date, title. What it does not say stays empty."""

from __future__ import annotations

import re
from dataclasses import dataclass

from ..lookup.said_dates import read_dates
from ..values.dates import DateError, parse_edtf
from ..values.spelling import spell

# The word of a description -> the type of a document in the vocabulary. The first that stands in it counts.
_TYPES = {
    word: kind
    for kind, line in (
        ("letter", "letter lettre lettera carta letër letra letre brief schreiben письмо list dopis levél scrisoare"),
        ("telegram", "telegram cable radiogram telegramm telegramme télégramme telegramma telegrama fernschreiben"
                     " телеграмма шифротелеграмма радиограмма radiogramë telegramë"),
        ("despatch", "despatch dispatch dépêche"),
        ("memorandum", "memorandum memo aide-mémoire promemoria memorandumi"),
        ("transcript", "transcript stenogram stenogramm stenograma stenogramë стенограмма verbatim wortprotokoll"),
        ("minutes", "minutes minute protokoll protokolli protokół procesverbal procès-verbal verbale zápis"
                    " jegyzőkönyv протокол niederschrift acta"),
        ("report", "report bericht rapport relazione informe raport zpráva jelentés доклад отчет sprawozdanie"
                   " information informacion справка raporti"),
        ("transcript", "record memcon conversation gespräch aufzeichnung entretien colloquio запись беседа"
                       " bisedë bisedim talk talks"),
        ("speech", "speech rede discours discorso discurso fjalim fjala речь przemówienie address"),
        ("agreement", "agreement abkommen accord accordo acuerdo marrëveshje соглашение"),
        ("decision", "decision beschluss beschluß décision decisione vendim решение постановление resolution uchwała"),
        ("instructions", "instructions directive anweisung weisung istruzioni udhëzim директива указание"),
        ("note", "note nota notë aktenvermerk vermerk appunto notatka нота записка feljegyzés"),
        ("diary", "diary tagebuch ditar дневник journal"),
        ("interview", "interview intervistë"),
        ("declaration", "declaration statement erklärung deklaratë"),
    )
    for word in line.split()
}  # fmt: skip
_PART = r"[A-ZÀ-ŽА-Я][\w’'.-]*"
_NAME = (
    rf"(?:(?:[A-ZÀ-ŽА-Я]\.[ -]?){{0,3}}{_PART}(?:[- ](?:{_PART}|de|von|van|der|al|la|du|di)"
    rf"|\s(?:of|in|for)\s(?:the\s)?{_PART}){{0,5}}|CC(?:\s[A-Z]+){{0,2}})"
)
_TITLE_OF = (
    r"(?:(?:Comrades?|Cde\.?|Ambassador|Premier|General|Marshal|Shoku|Genosse|Gen\.|Mr\.?|Mrs\.?|Dr\.?|товарищу?|тов\.|т\.)"
    r"\s+)?"
)
_TO = re.compile(
    rf"(?:(?P<kind>[^\W\d_][\w-]*)\s+(?:from|of|by|von|de|di|nga|от|od)\s+)?(?:the\s+)?(?P<author>{_NAME})(?:\s*\([^()]*\))?,?\s+"
    rf"(?:to|an|à|a|për|drejtuar|do|к)\s+(?:the\s+)?(?P<recipient>{_TITLE_OF}{_NAME})(?=[\s,.;:(]|$)"
)
_FROM = re.compile(
    rf"(?P<kind>[^\W\d_][\w-]*)\s+(?:from|by|von|de|nga|от|od)\s+(?P<author>{_TITLE_OF}{_NAME})(?=[\s,.;:(]|$)"
)
_LETTER_TO = re.compile(
    rf"^(?P<author>{_NAME})\.?,?\s+(?i:letters?|brief|lettre|письмо|telegrams?|radiograms?|cables?|reports?|note)\s+"
    rf"(?:to|an|à)\s+(?P<recipient>{_TITLE_OF}{_NAME})"
)
# "Nesti Nase, Report on the talks"; "Central Committee, “On the crisis”".
_AUTHOR_BEFORE = re.compile(
    rf"^\s*(?P<author>{_NAME}),\s+(?=[“\"„«‘]|(?i:{'|'.join(sorted(_TYPES, key=len, reverse=True))})\b)"
)
# "Nesti Nase () Report": OSCOLA has the year behind the name, and it was read as the date.
_AUTHOR_AND_YEAR = re.compile(rf"^\s*(?P<author>{_NAME})\s*\(\s*\)\s+(?=\S)")
# Nothing but a name with initials, which no place and no title has: "E. Hoxha, 7 juin 1960".
_INITIALS = re.compile(rf"\s*(?P<author>(?:[A-ZÀ-ŽА-Я]\.[ -]?){{1,3}}{_PART})[\s,]*")
_QUOTED = re.compile(r"[“\"„«]([^“”\"„«»]{3,240})[”\"“»]|(?<![\w])[‘']([^‘’]{3,240}?)[’'](?!\w)")
_DOUBT = re.compile(r"\[?\?\]?|\b(?:undated|n\.\s?d\.|o\.\s?D\.|s\.\s?d\.|ca?\.|circa|probably|vermutlich|um)\b")
_EDGES = " ,;:.–—-?()[]"


@dataclass(frozen=True)
class Description:
    """What a note says of a document, "" for what it does not say. `date`: EDTF. `title`: in the note's words."""

    type: str = ""
    author: str = ""
    recipient: str = ""
    date: str = ""
    title: str = ""
    quoted: str = ""

    @property
    def says_something(self) -> bool:
        return bool(self.author or self.recipient or self.date or self.title)


def read_description(text: str) -> Description:
    """Return what the words of a cite say of a document. `text`: without archive, reference and leaves."""
    date, bare = _read_date(text)
    led = _AUTHOR_AND_YEAR.match(bare) or _INITIALS.fullmatch(bare)
    if led:
        bare = f"{led['author']}, {bare[led.end() :]}"
    quoted = _QUOTED.search(text)
    said = (quoted[1] or quoted[2]).strip(" ,.") if quoted else ""
    author, recipient = _read_people(bare)
    author = author or (led["author"].strip(_EDGES) if led else "")
    kind = _type_of(bare)
    if not kind and author and recipient:
        kind = "letter"
    title = _tidy_title(bare, said)
    if author and not said and title.startswith(f"{author}, "):
        title = title[len(author) + 2 :]
    return Description(kind, author, recipient, date, title, said)


def _read_people(text: str) -> tuple[str, str]:
    lead = _AUTHOR_BEFORE.match(text)
    if lead and not any(word.lower() in _TYPES for word in lead["author"].split()):
        to = _LETTER_TO.match(text)
        return lead["author"].strip(_EDGES), to["recipient"].strip(_EDGES) if to else ""
    for rule in (_TO, _FROM, _LETTER_TO):
        match = rule.search(text)
        if match:
            found = match.groupdict()
            author = re.sub(rf"^{_TITLE_OF}", "", found["author"]).strip(_EDGES)
            recipient = re.sub(rf"^{_TITLE_OF}", "", found.get("recipient") or "").strip(_EDGES)
            if author.lower() not in _TYPES and author.split(" ")[0].lower() not in _TYPES:
                return author, recipient
    return "", ""


def _type_of(text: str) -> str:
    words = re.findall(r"[^\W\d_]+(?:-[^\W\d_]+)*", text.lower())
    if re.match(r"(?i)(?:.*\b)?(?:memorandum|record|note) of (?:a )?(?:conversation|meeting|talk)", text):
        return "transcript"
    return next((_TYPES[form] for word in words for form in (word, word.rstrip("s")) if form in _TYPES), "")


def _read_date(text: str) -> tuple[str, str]:
    """Return the date of a document as EDTF, "" for none, and the text without it."""
    plain, origin = spell(text)
    dates, left = read_dates(plain)
    full = [date for date in dates if date[0] >= 15000000]
    changed = [at for at, (one, other) in enumerate(zip(plain, left, strict=True)) if one != other]
    bare = text
    if changed:
        cut = {origin[at] for at in changed}
        bare = "".join("\\0" if at in cut else sign for at, sign in enumerate(text)).replace("\\0", "")
    if not full:
        year = re.search(r"(?<![0-9/–-])((?:1[5-9]|20)[0-9]{2})(?:[–-]((?:1[5-9]|20)[0-9]{2}))?(?![0-9/–-])", text)
        if not year:
            return "", bare
        said = f"{year[1]}/{year[2]}" if year[2] else year[1]
        # A year within a title is a part of it: "File 6 of 1960: the plenum".
        is_apart = re.search(rf"(?:^|[,;(\[]\s*){re.escape(year[0])}\??\s*(?:$|[,;)\]])", bare.strip()) is not None
        return _with_doubt(said, text), bare.replace(year[0], "", 1) if is_apart else bare
    first, last = full[0]
    said = _edtf(first) if first == last else f"{_edtf(first)}/{_edtf(last)}"
    return _with_doubt(said, text), bare


def _with_doubt(date: str, text: str) -> str:
    said = f"{date}?" if _DOUBT.search(text) and "/" not in date else date
    try:
        parse_edtf(said)
    except DateError:
        return ""
    return said


def _edtf(day: int) -> str:
    year, month, number = day // 10000, day // 100 % 100, day % 100
    return f"{year}-{month:02}-{number:02}" if number else f"{year}-{month:02}" if month else str(year)


def _tidy_title(text: str, quoted: str) -> str:
    """Return the description as a title: what is quoted, else the words without what stood around date and place."""
    if quoted:
        return quoted
    words = re.sub(r"\s{2,}", " ", text)
    words = re.sub(r"(?:\s*[,;:(]\s*){2,}", ", ", words)
    words = re.sub(r"\(\s*\)|[,;]?\s[rг]\.?$", "", words.strip(_EDGES))
    return re.sub(r"\s+(?:of|on|dated|from|vom|am|du|del|datë|от|z|ze)$", "", words.strip(_EDGES)).strip(_EDGES)
