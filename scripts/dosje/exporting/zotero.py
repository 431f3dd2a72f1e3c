"""The head of a page: Dublin Core, with Zotero's own names where Dublin Core has none.

Zotero saves the page of a letter as a letter, with recipient, archive and reference. Therefore these pages have no
<meta name=author>, because Zotero would take it for the author of the letter. They always have a date, because
Zotero would else take that of the page. They have no Highwire tag, because that makes everything a journal article.
Zotero splits a name at its comma, or before its last word: a name in one piece ends in a comma, and has no other.
It takes an address for a DOI, an ISBN or an ISSN wherever one stands in it, and looks elsewhere on the page for the
address of a work, its abstract and its language if the head does not say them.
Source: Zotero's translators "Embedded Metadata" and "RDF"; DCMI, Expressing Dublin Core in HTML, 2008.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterable, Iterator, Mapping

from ..phrases.date_words import words_of_date
from ..phrases.phrases import Phrases
from ..values.dates import parse_edtf
from ..values.languages import UNKNOWN
from ..values.words import encode_url
from .imprint import Imprint
from .items import Item, edtf_of, kind_of, kind_to_whom, language_of, one_piece, parts_of_name, plain_text, titles_of

Tags = Iterable[tuple[str, str]]
_ITEM_TYPES = {
    "personal_communication": "letter", "manuscript": "manuscript", "document": "document",
    "collection": "document", "article-journal": "journalArticle", "article-magazine": "magazineArticle",
    "article-newspaper": "newspaperArticle", "book": "book", "chapter": "bookSection", "thesis": "thesis",
    "report": "report", "paper-conference": "conferencePaper", "webpage": "webpage",
    "entry-encyclopedia": "encyclopediaArticle", "entry-dictionary": "dictionaryEntry", "map": "map",
    "motion_picture": "film", "broadcast": "tvBroadcast", "song": "audioRecording", "graphic": "artwork",
    "interview": "interview", "speech": "presentation", "patent": "patent", "bill": "bill", "legislation": "statute",
    "legal_case": "case", "hearing": "hearing", "software": "computerProgram", "post-weblog": "blogPost",
    "post": "forumPost",
}  # fmt: skip
_FIELDS = {
    "publisher": "DC.publisher", "publisher-place": "z:place", "volume": "z:volume", "issue": "z:issue",
    "page": "z:pages", "collection-title": "z:series", "edition": "z:edition",
    "collection-number": "z:seriesNumber", "number-of-volumes": "z:numberOfVolumes",
}  # fmt: skip
# The signs that YAML forbids, or takes for the end of a line.
_UNPRINTABLE = re.compile(r"[^\x20-\x7e\xa0-\u2027\u202a-\ud7ff\ue000-\ufefe\uff00-\ufffd\U00010000-\U0010ffff]")


def format_tags(tags: Tags) -> str:
    """Return the tags as HTML, one on each line."""
    return "\n".join(f'<meta name="{name}" content="{_escape(content)}">' for name, content in tags)


def tags_of_source(item: Item, imprint: Imprint, path: str) -> Iterator[tuple[str, str]]:
    """Yield the tags of the page of a source, archival or published."""
    phrases, custom = imprint.phrases, item.get("custom", {})
    own, described = titles_of(item)
    yield "z:itemType", item_type_of(item)
    yield "DC.title", own or str(item["id"])
    if described:
        yield "DCTERMS.alternative", described
    yield from _tags_of_people(item)
    yield "DC.date", date_of(item, phrases)
    if custom.get("type"):
        yield "DC.type", kind_of(item, phrases)
    if item.get("archive"):
        yield "z:archive", str(item["archive"])
    if item.get("archive_location"):
        yield "z:archiveLocation", str(item["archive_location"])
    if item.get("container-title"):
        yield "z:bookTitle" if item["type"] == "chapter" else "z:publicationTitle", str(item["container-title"])
    yield from ((name, str(item[field])) for field, name in _FIELDS.items() if item.get(field))
    if language := language_of(item) or (UNKNOWN if custom.get("type") else ""):
        yield "DC.language", language
    yield "DCTERMS.abstract", _abstract_of(item, phrases)
    if custom.get("type") and imprint.licence:
        yield "DC.rights", phrases("export.rights", licence=imprint.licence)
    yield from _identifiers(item, imprint.address_of(path))


def item_type_of(item: Item) -> str:
    """Return what Zotero calls a source."""
    return "letter" if item.get("recipient") else _ITEM_TYPES.get(str(item["type"]), "document")


def _tags_of_people(item: Item) -> Iterator[tuple[str, str]]:
    tags = {"author": "DC.creator", "recipient": "z:recipients", "editor": "bib:editors", "translator": "z:translators"}
    for role, tag in tags.items():
        for name in item.get(role, ()):
            yield tag, comma_name(name)


def comma_name(name: Mapping[str, str]) -> str:
    """Return a name that is split at its only comma: "Kapo, Hysni"; "Ministry of War – Section 2," in one piece."""
    before, behind = (one_piece(part) for part in parts_of_name(name))
    return f"{before}, {behind}".rstrip()


def _abstract_of(item: Item, phrases: Phrases) -> str:
    """Return what a source says; of an archival unit without a description what it is, of a work a blank.

    Without a text of its own Zotero takes that of the page.
    """
    if item.get("abstract") or not item.get("custom", {}).get("type"):
        return str(item.get("abstract", " "))
    date = _words_of_date(item, phrases) if item.get("issued") else ""
    parts = (kind_to_whom(item, phrases), date, item.get("archive"), item.get("archive-place"))
    return ", ".join(str(part) for part in parts if part) + "."


def _identifiers(item: Item, address: str) -> Iterator[tuple[str, str]]:
    for name in ("DOI", "ISBN", "ISSN"):
        if item.get(name):
            yield "DC.identifier", f"{name} {item[name]}"
    if item.get("custom", {}).get("type"):
        yield from ([("DC.identifier", encode_url(address))] if address else ())
    elif found := item.get("URL"):
        yield "z:url", encode_url(str(found))


def tags_of_page(imprint: Imprint, title: str, path: str) -> Iterator[tuple[str, str]]:
    """Yield the tags of a page that is the edition's own: a meeting, an event, a person, an essay, an index."""
    yield "z:itemType", "webpage"
    yield "DC.title", title
    for name in imprint.authors:
        yield "DC.creator", comma_name({"literal": name.literal, "family": name.family, "given": name.given})
    yield "DC.date", imprint.date.text if imprint.date else imprint.phrases("export.no-date")
    yield "z:websiteTitle", imprint.name
    if imprint.version:
        yield "z:extra", imprint.phrases("export.version", version=imprint.version)
    yield "DC.language", imprint.locale
    if imprint.licence:
        yield "DC.rights", imprint.licence
    if address := imprint.address_of(path):
        yield "DC.identifier", address


def date_of(item: Item, phrases: Phrases) -> str:
    """Return the date of a source: a day, a month or a year in figures, any other date in words."""
    text = item.get("custom", {}).get("date") or edtf_of(item)
    return text if re.fullmatch(r"\d{4}(-\d\d){0,2}", text) else _words_of_date(item, phrases)


def _words_of_date(item: Item, phrases: Phrases) -> str:
    if "literal" in item.get("issued", {}):
        return str(item["issued"]["literal"])
    text = item.get("custom", {}).get("date") or edtf_of(item)
    if not text:
        return phrases("export.no-date")
    # We do not count years before Christ.
    return text if text.startswith("-") else words_of_date(parse_edtf(text), phrases)


def _escape(text: str) -> str:
    bare = html.escape(" ".join(plain_text(text).split())) or text
    return _UNPRINTABLE.sub(lambda match: f"&#{ord(match[0])};", bare)
