"""Describes the record of a page for machines, in the vocabulary of schema.org (JSON-LD).

It says only what the record has: no property is guessed. Source: schema.org 29. ArchiveComponent is in its
"pending" area; the recipient comes from Message.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from ..citing.csl import bracketed_title
from ..edition.links import LinkedCorpus
from ..reading.authority_records import Archive, Organisation, Place
from ..reading.bibliography import Work
from ..reading.corpus import Record, is_of
from ..reading.fields import Model
from ..reading.kinds import KINDS
from ..reading.records import Dispute, Essay, Event, Meeting, Person
from ..reading.sentences import text_of_pieces
from ..reading.source_records import Source
from ..reading.text_parsing import parse_text
from ..values.dates import Edtf, Moment
from ..values.metadata import Meta, names_in_meta, text_of_meta
from ..values.page_id import PageId
from ..values.words import encode_url

LinkedData = dict[str, Any]
_TYPE_BY_ENTRY = {
    "article": "ScholarlyArticle", "book": "Book", "collection": "Book", "mvbook": "Book", "mvcollection": "Book",
    "proceedings": "Book", "reference": "Book", "inbook": "Chapter", "incollection": "Chapter",
    "inproceedings": "ScholarlyArticle", "thesis": "Thesis", "phdthesis": "Thesis", "mastersthesis": "Thesis",
    "report": "Report", "techreport": "Report", "online": "WebPage",
}  # fmt: skip
_ADDRESS_BY_SCHEME = {
    "wikidata": "https://www.wikidata.org/entity/", "viaf": "https://viaf.org/viaf/",
    "gnd": "https://d-nb.info/gnd/", "geonames": "https://sws.geonames.org/",
}  # fmt: skip


@dataclass(frozen=True)
class Describer:
    """Describes the pages of one edition. `title_of` and `address_of` give title and address of a page."""

    linked: LinkedCorpus
    title_of: Callable[[PageId], str]
    address_of: Callable[[PageId], str]

    def describe(self, record: Record[Model]) -> str:
        """Return the JSON-LD of a record's page."""
        model = record.model
        node: LinkedData = {"@context": "https://schema.org", **self._name(record.page)}
        if isinstance(model, Meeting | Event):
            node |= self._happening(model)
        elif isinstance(model, Person):
            node |= self._person(model)
        elif is_of(record, Source):
            node |= self._unit(record)
        elif isinstance(model, Place):
            node |= {"containedInPlace": self._ref("place", model.part_of), "geo": _geo(model.coordinates)}
        elif isinstance(model, Organisation):
            node |= {
                "parentOrganization": self._ref("organisation", model.part_of),
                "location": self._ref("place", model.place),
            }
        elif isinstance(model, Archive):
            node |= {
                "location": self._ref("place", model.place),
                "identifier": _property("ISIL", model.isil),
                "address": {"@type": "PostalAddress", "addressCountry": model.country} if model.country else None,
            }
        elif isinstance(model, Essay):
            node |= {"headline": node["name"], "abstract": model.summary, "isPartOf": self._edition()}
        if isinstance(model, Source) and model.title_is == "supplied":
            node["name"] = bracketed_title(model)
        former = [one.name for one in getattr(model, "names", ())]
        names = [
            *getattr(model, "variants", ()),
            *former,
            getattr(model, "abbreviation", ""),
            getattr(model, "english", ""),
        ]
        node["alternateName"] = [name for name in names if name]
        own = [model.url] if isinstance(model, Archive) and model.url else []
        node["sameAs"] = own + _same_as(getattr(model, "same_as", {}))
        node["subjectOf"] = list(self._claims(getattr(model, "disputes", ())))
        return to_script(node)

    def describe_work(self, work: Work, meta: Meta) -> str:
        """Return the JSON-LD of a published work's page."""
        page = PageId("source", work.key)
        doi = work.fields.get("doi", "")
        edtf = work.date.edtf if work.date else None
        return to_script(
            {
                "@context": "https://schema.org",
                **self._name(page),
                "@type": _TYPE_BY_ENTRY.get(work.entry_type.lower(), "CreativeWork"),
                "headline": self.title_of(page),
                "alternateName": list(work.variants),
                "author": [{"@type": "Person", "name": name} for name in _names_in_order(meta, "author")],
                "datePublished": _iso(edtf.start) if edtf else "",
                "publisher": _publisher(text_of_meta(meta.get("publisher"))),
                "isPartOf": _whole(text_of_meta(meta.get("container-title"))),
                "isbn": work.fields.get("isbn", ""),
                "inLanguage": text_of_meta(meta.get("language")),
                "sameAs": [encode_url(f"https://doi.org/{doi}")] if doi else [],
            }
        )

    def describe_list(self, title: str, address: str, *, is_home: bool) -> str:
        """Return the JSON-LD of the home page, or of a list's."""
        node: LinkedData = {"@context": "https://schema.org", "@type": "CollectionPage", "name": title, "url": address}
        if is_home:
            node |= {"@type": "WebSite", "inLanguage": self.linked.corpus.settings.locale}
        else:
            node["isPartOf"] = self._edition()
        return to_script(node)

    def _happening(self, model: Meeting | Event) -> LinkedData:
        node: LinkedData = {
            "startDate": _first_day(model.date),
            "endDate": _iso(model.date.end) if model.date.is_interval else "",
            "location": self._ref("place", model.place),
        }
        if isinstance(model, Meeting):
            took_part = self.linked.corpus.vocabulary.is_present
            present = (part for part in model.participants if took_part(part.attendance))
            node |= {
                "organizer": self._ref("organisation", model.host),
                "attendee": [
                    self._ref("person", part.person)
                    or self._ref("organisation", part.organisation)
                    or self._someone(part.name)
                    for part in present
                ],
                "superEvent": self._ref("meeting", model.part_of),
            }
        return node

    def _person(self, model: Person) -> LinkedData:
        held = {part.organisation: part for part in model.affiliations}
        return {
            "familyName": model.name.family,
            "givenName": model.name.given,
            "birthDate": _first_day(model.born),
            "deathDate": _first_day(model.died),
            "affiliation": [self._ref("organisation", key) for key in held],
            "jobTitle": list(dict.fromkeys(part.office for part in model.affiliations)),
        }

    def _unit(self, record: Record[Source]) -> LinkedData:
        model = record.model
        holding = self.linked.holdings.holding_of(record)
        return {
            # In schema.org only a message has a recipient.
            "@type": ["ArchiveComponent", "Message"] if model.recipient else "ArchiveComponent",
            "genre": [model.type, model.medium or "", model.state or ""] if model.medium or model.state else model.type,
            "position": model.number,
            "author": [self._someone(name) for name in model.author],
            "recipient": [self._someone(name) for name in model.recipient],
            "dateCreated": _first_day(model.date),
            "locationCreated": self._ref("place", model.place),
            "inLanguage": model.language,
            "holdingArchive": self._ref("archive", holding.repository) if holding else None,
            "identifier": ", ".join(part for part in (holding.abbreviation, holding.reference) if part)
            if holding
            else "",
            "isPartOf": self._ref("source", model.part_of),
            "about": [self._ref("meeting", key) for key in model.meetings],
        }

    def _claims(self, disputes: Iterable[Dispute]) -> Iterable[LinkedData]:
        for dispute in disputes:
            for position in dispute.positions:
                cites = (piece for block in parse_text(position.cite).blocks for piece in block.citations)
                keys = dict.fromkeys(cite.key for piece in cites for cite in piece.citation.cites)
                text = " ".join(text_of_pieces(block.pieces) for block in parse_text(position.claim).blocks)
                yield {
                    "@type": "Claim",
                    "name": dispute.question,
                    "text": text,
                    "citation": [self._ref("source", key) for key in keys],
                }

    def _name(self, page: PageId) -> LinkedData:
        address = self.address_of(page)
        return {"@type": KINDS[page.kind].linked_data, "@id": address, "name": self.title_of(page), "url": address}

    def _ref(self, kind: str, key: str | None) -> LinkedData | None:
        if not key:
            return None
        page = PageId(kind, key)
        is_work = kind == "source" and key in self.linked.corpus.works
        node = self._name(page)
        return node | ({"@type": "CreativeWork"} if is_work else {})

    def _someone(self, key_or_name: str) -> LinkedData | None:
        page = self.linked.party_of(key_or_name)
        return self._ref(*page) if page else {"@type": "Person", "name": key_or_name} if key_or_name else None

    def _edition(self) -> LinkedData:
        settings = self.linked.corpus.settings
        return {"@type": "WebSite", "name": settings.site_name, "url": settings.site_url}


def to_script(node: Mapping[str, Any]) -> str:
    """Return the node as JSON that can stand in a script element. Empty values are left out."""
    text = json.dumps(_without_blanks(node), ensure_ascii=False, separators=(",", ":"))
    # "</script>" would end the element, and "<!--" would change how it is read.
    return text.replace("<", "\\u003c").replace(">", "\\u003e").replace("&", "\\u0026")


def _without_blanks(value: Any) -> Any:
    if isinstance(value, Mapping):
        found = {name: _without_blanks(part) for name, part in value.items()}
        return {name: part for name, part in found.items() if part not in (None, "", [], {})}
    return [_without_blanks(part) for part in value if part] if isinstance(value, list | tuple) else value


def _first_day(date: Edtf | None) -> str:
    """Return when a date begins, "" if it is one of several."""
    return _iso(date.start) if date and not date.choices else ""


def _iso(moment: Moment | None) -> str:
    """Return a moment in ISO 8601, as precise as it is known, "" if the year is unknown."""
    if moment is None or not moment.year.isdigit():
        return ""
    if moment.month is None or moment.month > 12:
        return moment.year
    time = f"T{moment.time}" if moment.time else ""
    return f"{moment.year}-{moment.month:02}" + (f"-{moment.day:02}{time}" if moment.day else "")


def _geo(coordinates: str | None) -> LinkedData | None:
    if not coordinates:
        return None
    latitude, longitude = (float(part) for part in coordinates.split(","))
    return {"@type": "GeoCoordinates", "latitude": latitude, "longitude": longitude}


def _same_as(same_as: Mapping[str, str]) -> list[str]:
    found = (
        value if value.startswith("https://") else _ADDRESS_BY_SCHEME.get(scheme, "") + value
        for scheme, value in sorted(same_as.items())
    )
    return [address for address in found if address.startswith("https://")]


def _property(name: str, value: str | None) -> LinkedData | None:
    return {"@type": "PropertyValue", "propertyID": name, "value": value} if value else None


def _publisher(name: str) -> LinkedData | None:
    return {"@type": "Organization", "name": name} if name else None


def _whole(name: str) -> LinkedData | None:
    return {"@type": "CreativeWork", "name": name} if name else None


def _names_in_order(meta: Meta, role: str) -> list[str]:
    """Return the names of everybody in a role, each in the order of a sentence."""
    names = []
    for name in names_in_meta(meta, role):
        parts = (name.given, name.dropping_particle, name.particle, name.family)
        names.append(" ".join(part for part in parts if part) or name.literal)
    return [name for name in names if name]
