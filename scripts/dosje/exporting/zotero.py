"""The head of a page: Dublin Core, with Zotero's own names where Dublin Core has none.

Zotero saves the page of a letter as a letter, with recipient, archive and reference. Therefore these pages have no
<meta name=author>, because Zotero would take it for the author of the letter. They always have a date, because
Zotero would else take that of the page. They have no Highwire tag, because that makes everything a journal article.
Source: Zotero's "Embedded Metadata" translator; DCMI, Expressing Dublin Core in HTML, 2008.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterable, Iterator

from ..phrases.date_words import words_of_date
from ..phrases.phrases import Phrases
from ..values.dates import parse_edtf
from ..values.words import encode_url
from .imprint import Imprint
from .items import Item, edtf_of, kind_of, language_of, plain_text, titles_of
from .ris import inverted_name

Tags = Iterable[tuple[str, str]]
_ITEM_TYPES = {
    "personal_communication": "letter", "manuscript": "manuscript", "document": "document",
    "collection": "document", "article-journal": "journalArticle", "article-magazine": "magazineArticle",
    "article-newspaper": "newspaperArticle", "book": "book", "chapter": "bookSection", "thesis": "thesis",
    "report": "report", "paper-conference": "conferencePaper", "webpage": "webpage",
    "entry-encyclopedia": "encyclopediaArticle", "entry-dictionary": "dictionaryEntry",
}  # fmt: skip
_FIELDS = {
    "publisher": "DC.publisher", "publisher-place": "z:place", "volume": "z:volume", "issue": "z:issue",
    "page": "z:pages", "collection-title": "z:series", "edition": "z:edition", "DOI": "z:DOI", "ISBN": "z:ISBN",
    "ISSN": "z:ISSN",
}  # fmt: skip
# The signs that YAML forbids, or takes for the end of a line.
_UNPRINTABLE = re.compile(r"[^\x20-\x7e\xa0-\u2027\u202a-\ud7ff\ue000-\ufefe\uff00-\ufffd\U00010000-\U0010ffff]")


def format_tags(tags: Tags) -> str:
    """Return the tags as HTML, one on each line."""
    return "\n".join(f'<meta name="{name}" content="{_escape(content)}">' for name, content in tags)


def tags_of_source(item: Item, address: str, phrases: Phrases) -> Iterator[tuple[str, str]]:
    """Yield the tags of a source, archival or published."""
    custom = item.get("custom", {})
    own, described = titles_of(item)
    yield "z:itemType", "letter" if item.get("recipient") else _ITEM_TYPES.get(str(item["type"]), "document")
    yield "DC.title", own or str(item["id"])
    if described:
        yield "DCTERMS.alternative", described
    yield from (("DC.creator", inverted_name(name)) for name in item.get("author", ()))
    yield from (("z:recipients", inverted_name(name)) for name in item.get("recipient", ()))
    yield from (("z:editors", inverted_name(name)) for name in item.get("editor", ()))
    yield from (("z:translators", inverted_name(name)) for name in item.get("translator", ()))
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
    if language := language_of(item):
        yield "DC.language", language
    if found := item.get("DOI"):
        yield "DC.identifier", encode_url(f"https://doi.org/{found}")
    elif found := item.get("URL") or address:
        yield "DC.identifier", encode_url(str(found))


def tags_of_page(imprint: Imprint, title: str, path: str) -> Iterator[tuple[str, str]]:
    """Yield the tags of a page that is the edition's own: a meeting, an event, a person, an essay, an index."""
    yield "z:itemType", "webpage"
    yield "DC.title", title
    for name in imprint.authors:
        yield "DC.creator", name.literal or f"{name.family}, {name.given}"
    yield "DC.date", imprint.date.text if imprint.date else imprint.phrases("export.no-date")
    yield "z:websiteTitle", imprint.name
    if imprint.version:
        yield "z:extra", imprint.phrases("export.version", version=imprint.version)
    yield "DC.language", imprint.locale
    if address := imprint.address_of(path):
        yield "DC.identifier", address


def date_of(item: Item, phrases: Phrases) -> str:
    """Return the date of a source: a day, a month or a year in figures, any other date in words."""
    if "literal" in item.get("issued", {}):
        return str(item["issued"]["literal"])
    text = item.get("custom", {}).get("date") or edtf_of(item)
    if not text:
        return phrases("export.no-date")
    return text if re.fullmatch(r"\d{4}(-\d\d){0,2}", text) else words_of_date(parse_edtf(text), phrases)


def _escape(text: str) -> str:
    bare = html.escape(" ".join(plain_text(text).split()))
    return _UNPRINTABLE.sub(lambda match: f"&#{ord(match[0])};", bare)
