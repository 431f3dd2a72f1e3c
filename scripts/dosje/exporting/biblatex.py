"""biblatex: sources as entries that biber reads. A published work keeps the editor's own entry.

Beside it stands where the edition has it, in `annotation`. Biblatex has no type for archival units. One becomes
@letter, @unpublished or @misc; the fields that biblatex has no name for are listed in docs/manual/exports.md. `library`
and `howpublished` hold the whole reference, which every style prints. Dates are EDTF, which biblatex reads.
Source: biblatex manual 3.20, 2.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from ..phrases.date_words import words_of_date
from ..phrases.phrases import Phrases
from ..reading.bib_values import is_private
from ..reading.bibliography import Work
from ..reading.work_dates import is_biblatex_date
from ..values.dates import parse_edtf
from ..values.languages import BABEL_BY_CODE
from .items import Item, edtf_of, kind_to_whom, language_of, place_of, plain_text, titles_of

# Fields that only this edition uses.
_OURS = frozenset({"seen", "via", "variants", "annotation", "draft"})
# Fields that take text from other entries or macros. An entry alone does not contain that text.
_BORROWING = frozenset({"crossref", "xdata", "xref"})
_TYPES = {
    "personal_communication": "letter", "manuscript": "unpublished", "document": "unpublished",
    "collection": "misc", "webpage": "online", "post-weblog": "online", "article-journal": "article",
    "article-magazine": "article", "article-newspaper": "article", "book": "book", "chapter": "incollection",
    "paper-conference": "inproceedings", "thesis": "thesis", "report": "report", "entry-encyclopedia": "inreference",
    "entry-dictionary": "inreference", "periodical": "periodical",
}  # fmt: skip
_FIELDS = {
    "publisher": "publisher", "publisher-place": "location", "volume": "volume", "issue": "number",
    "number": "number", "edition": "edition", "collection-title": "series", "page": "pages", "version": "version",
    "DOI": "doi", "ISBN": "isbn", "ISSN": "issn", "URL": "url", "status": "pubstate", "note": "note",
    "keyword": "keywords", "abstract": "abstract", "title-short": "shorttitle",
}  # fmt: skip
# What emphasis in titles of CSL-JSON is in TeX.
_COMMANDS = {
    "<i>": r"\emph{", "<b>": r"\textbf{", "<sup>": r"\textsuperscript{", "<sub>": r"\textsubscript{",
    "<sc>": r"\textsc{", **dict.fromkeys(("</i>", "</b>", "</sup>", "</sub>", "</sc>"), "}"),
}  # fmt: skip
_VERBATIM = frozenset({"url", "doi"})
_SPECIAL = {
    "\\": r"\textbackslash{}", "~": r"\textasciitilde{}", "^": r"\textasciicircum{}",
    **{sign: f"\\{sign}" for sign in "&%$#_{}"},
}  # fmt: skip


# In a .bib file braces count even where they are escaped: a single one would end the field, or the file. Pandoc knows
# no other way to write one, and leaves these out.
_LONELY = {"{": r"\textbraceleft{}", "}": r"\textbraceright{}"}


@dataclass(frozen=True)
class BibEntry:
    """One entry: its type without @, its key, and its fields as TeX, in their order."""

    entry_type: str
    key: str
    fields: Mapping[str, str]


def format_entry(entry: BibEntry) -> str:
    """Return the entry as it stands in a .bib file. A month's abbreviation is a macro and has no braces."""
    lines = [
        f"  {name} = {value if name == 'month' and re.fullmatch('[a-z]{3}', value) else f'{{{value}}}'},"
        for name, value in entry.fields.items()
    ]
    return "\n".join([f"@{entry.entry_type}{{{entry.key},", *lines, "}"]) + "\n"


def entry_of_item(item: Item, phrases: Phrases) -> BibEntry:
    """Return the entry of a source or page that CSL-JSON describes."""
    kind, is_unit = str(item["type"]), bool(item.get("custom", {}).get("type"))
    fields = _names_of(item) | _titles_of(item) | _date_of(item, phrases) | _origin_of(item, phrases)
    fields |= _page_of(item)
    for name, field in _FIELDS.items():
        is_said = field in fields or (name == "status" and is_unit)  # its note says what it is
        if name in item and not is_said:
            text = plain_text(str(item[name]))
            written = _encode(text) if field in _VERBATIM else escape_tex(text)
            # Publishers and places are lists there, in which "and" stands between two.
            fields[field] = _whole(written) if field in ("publisher", "location") and "," not in text else written
    language = language_of(item)
    if language:
        code = language.partition("-")[0]
        fields |= {"langid": BABEL_BY_CODE[code]} if code in BABEL_BY_CODE else {}
        fields["language"] = escape_tex(language)
    return BibEntry(_TYPES.get(kind, "unpublished" if is_unit else "misc"), str(item["id"]), fields)


def entry_of_work(work: Work, bib_text: str, item: Item, phrases: Phrases) -> BibEntry:
    """Return a published work: the editor's entry, or one made from pandoc's reading.

    That is so if it borrows from others, or has no entry because it is read from RIS or CSL-JSON.
    """
    borrows = not _BORROWING.isdisjoint(work.fields) or re.search(r"@string\b", bib_text, re.IGNORECASE)
    if work.item is not None or borrows or any(" # " in value for value in work.fields.values()):
        return entry_of_item(_without_known(item), phrases)
    fields = {name: value for name, value in work.fields.items() if name not in _OURS and not is_private(name)}
    if "date" in fields and not is_biblatex_date(fields["date"]):
        # Biber reads no words there, but `year` may be words.
        said = {"year": str(work.date)} if work.date and work.date.words else {"date": str(work.date)}
        fields = {
            new: text for name, old in fields.items() for new, text in (said if name == "date" else {name: old}).items()
        }
    return BibEntry(work.entry_type, work.key, fields | _page_of(item))


def escape_tex(text: str) -> str:
    """Return `text` so that TeX takes all of it as text. Other signs stay as they are, in UTF-8."""
    lonely = _lonely_braces(text)
    return "".join(_LONELY[sign] if at in lonely else _SPECIAL.get(sign, sign) for at, sign in enumerate(text))


def _lonely_braces(text: str) -> set[int]:
    """Return the places of braces that open or close nothing."""
    opened: list[int] = []
    lonely: set[int] = set()
    for match in re.finditer(r"[{}]", text):
        if match[0] == "{":
            opened.append(match.start())
        elif opened:
            opened.pop()
        else:
            lonely.add(match.start())
    return lonely | set(opened)


def _encode(address: str) -> str:
    # Such a field is read as it is, up to the closing brace.
    return re.sub(r"[{}\\\s]", lambda match: f"%{ord(match[0]):02X}", address)


def _names_of(item: Item) -> dict[str, str]:
    roles = ("author", "recipient", "editor", "translator")
    return {role: " and ".join(_name(name) for name in item[role]) for role in roles if item.get(role)}


def _name(name: Mapping[str, str]) -> str:
    family = escape_tex(" ".join(filter(None, (name.get("non-dropping-particle"), name.get("family")))))
    given = escape_tex(" ".join(filter(None, (name.get("given"), name.get("dropping-particle")))))
    if name.get("literal") or not given:
        return f"{{{escape_tex(name.get('literal') or name.get('family', ''))}}}"
    suffix = escape_tex(name.get("suffix", ""))
    return ", ".join(_whole(part) for part in (family, suffix, given) if part)


def _whole(part: str) -> str:
    # Outside braces a comma ends a part of a name, and "and" ends the name.
    return f"{{{part}}}" if re.search(r",|\band\b", part, re.IGNORECASE) else part


def _titles_of(item: Item) -> dict[str, str]:
    # Double braces, so that styles print the title as it is.
    own, described = titles_of(item)
    volume = str(item.get("volume-title", ""))
    fields = {"maintitle": _braced(own), "title": _braced(volume)} if volume else {"title": _braced(own)}
    if described:
        fields["titleaddon"] = _braced(described)
    container = item.get("container-title")
    if container:
        journal = {"article-journal", "article-magazine", "article-newspaper"}
        kind = item["type"]
        name = "journaltitle" if kind in journal else "organization" if kind == "webpage" else "booktitle"
        fields[name] = _braced(container)
    return fields


def _braced(text: str) -> str:
    """Return a title in braces, its emphasis in the commands of TeX."""
    pieces = re.split(r"(</?(?:i|b|sup|sub|sc)>)", text)
    whole = "".join(_COMMANDS.get(one, escape_tex(plain_text(one))) for one in pieces)
    return f"{{{whole}}}" if _is_closed(pieces) else f"{{{escape_tex(plain_text(text))}}}"


def _is_closed(pieces: list[str]) -> bool:
    """Say whether each tag is closed, in order, so that the braces of TeX are, too."""
    opened: list[str] = []
    for tag in (piece for piece in pieces if piece in _COMMANDS):
        if not tag.startswith("</"):
            opened.append(tag[1:])
        elif not opened or opened.pop() != tag[2:]:
            return False
    return not opened


def _date_of(item: Item, phrases: Phrases) -> dict[str, str]:
    edtf = item.get("custom", {}).get("date") or edtf_of(item)
    if edtf.startswith("["):  # biber knows no sets
        return {"year": escape_tex(words_of_date(parse_edtf(edtf), phrases))}
    # A time has seconds there.
    return {"date": re.sub(r"(T\d\d:\d\d)(?!:)", r"\1:00", edtf)} if edtf else {}


def _page_of(item: Item) -> dict[str, str]:
    """Return the page of a work in the edition, and how it is known, in the one note that no ordinary style prints."""
    custom = item.get("custom", {})
    is_unit = bool(custom.get("type"))  # its note says it, and its address is its page
    said = [] if is_unit else [custom[name] for name in ("known_through", "page") if custom.get(name)]
    return {"annotation": escape_tex(". ".join(said))} if said else {}


def _without_known(item: Item) -> Item:
    """Return a work without the words in its note that say how it is known: a style would print that note."""
    known = str(item.get("custom", {}).get("known_through", ""))
    note = str(item.get("note", "")).removesuffix(known).removesuffix("; ")
    return {name: note if name == "note" else value for name, value in item.items() if name != "note" or note}


def _origin_of(item: Item, phrases: Phrases) -> dict[str, str]:
    """Return the fields that only archival units have: where a unit lies, what it is, and its recipients."""
    fields: dict[str, str] = {}
    whole = escape_tex(place_of(item))
    if whole:
        fields |= {"howpublished": whole, "library": whole}
    custom = item.get("custom", {})
    if custom.get("type"):
        said = kind_to_whom(item, phrases)
        more = plain_text(str(item.get("note", "")))
        fields["note"] = escape_tex(". ".join(part for part in (said, more) if part))
    for name, field in (("archive", "archive"), ("archive_location", "archivelocation")):
        if item.get(name):
            fields[field] = escape_tex(str(item[name]))
    if item.get("archive-place"):
        fields["archiveplace"] = escape_tex(str(item["archive-place"]))
    return fields
