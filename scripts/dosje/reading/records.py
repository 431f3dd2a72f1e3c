"""The record types: what an editor may write in a YAML record, and nothing else.

The models are the only definition of the formats. Reading, the JSON Schemas in schemas/ and the checks of keys follow
the markers in the annotations (`Ref`, `PROSE`, `CITES`). The models know nothing of files: `corpus` keeps the places of
values beside them. Their docstrings stand in the schemas.
"""

from __future__ import annotations

import re
from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, Field, WithJsonSchema, model_validator
from pydantic_core import PydanticCustomError

from ..values.dates import DateError, Edtf, parse_edtf
from ..values.folios import Folios, parse_folios
from ..values.languages import code_of_language
from .fields import CITES, LANGUAGE, PROSE, Model, Ref

# Degrees north and east, e.g. "41.33, 19.82": at most 90 and 180 of them.
COORDINATES_PATTERN = r"^-?([0-8]?\d(\.\d+)?|90(\.0+)?), *-?((1[0-7]\d|\d?\d)(\.\d+)?|180(\.0+)?)$"


def _read_date(value: Any) -> Edtf:
    if not isinstance(value, str):
        raise PydanticCustomError("wrong-type", "a date is a text like 1960-06-24")
    try:
        return parse_edtf(value)
    except DateError as error:
        raise PydanticCustomError("bad-date", "{text}", {"text": str(error), "hint": error.hint}) from error


def _read_folios(value: Any) -> tuple[Folios, ...]:
    if not isinstance(value, str):
        raise PydanticCustomError("wrong-type", "folios are a text like 9–20")
    try:
        return parse_folios(value)
    except ValueError as error:
        hint = "write 12, 3r, 9–20 or 9–20, 25"
        raise PydanticCustomError("bad-folios", "{text}", {"text": str(error), "hint": hint}) from error


def _read_address(value: Any) -> Any:
    # It becomes a link, so it must be nothing that a browser would run.
    if isinstance(value, str) and value and not re.match(r"https?://\S+\Z", value):
        hint = "an address begins with https:// and has no spaces"
        raise PydanticCustomError("unsafe-link", "{text}", {"text": f'"{value}" is no web address', "hint": hint})
    return value


def _read_language(value: Any) -> Any:
    # What names no language is left out, because a page or an e-book with it is not valid. A finding says so.
    return code_of_language(value) if isinstance(value, str) else value


def _read_names(value: Any) -> Any:
    return (value,) if isinstance(value, str) else value


def _schema(description: str, **more: Any) -> WithJsonSchema:
    return WithJsonSchema({"type": "string", "description": description, **more})


Date = Annotated[Edtf, BeforeValidator(_read_date), _schema("EDTF date: 1960-06-24, 1960-06, 1960-11~, A/B")]
FolioRuns = Annotated[tuple[Folios, ...], BeforeValidator(_read_folios), _schema("Folios: 12, 3r, 9–20")]
Prose = Annotated[str, PROSE, Field(description="Markdown with citations [@key, fl. 9–20] and links (person:key)")]
Cites = Annotated[str, CITES, Field(description="Citations: [@key, fl. 9–20; @other, 171]")]
PersonKey = Annotated[str, Ref("person"), Field(description="Key of a person")]
PersonOrName = Annotated[str, Ref("person", or_name=True), Field(description="Key of a person, or a plain name")]
PlaceKey = Annotated[str, Ref("place"), Field(description="Key in content/places.yml")]
OrganisationKey = Annotated[str, Ref("organisation"), Field(description="Key in content/organisations.yml")]
ArchiveKey = Annotated[str, Ref("archive"), Field(description="Key in content/archives.yml")]
SourceKey = Annotated[str, Ref("source"), Field(description="Key of a source")]
MeetingKey = Annotated[str, Ref("meeting"), Field(description="Key of a meeting")]
Address = Annotated[str, BeforeValidator(_read_address), _schema("An https:// address")]
Language = Annotated[str, LANGUAGE, BeforeValidator(_read_language), _schema("Code of a language (BCP 47): sq")]
Names = Annotated[tuple[PersonOrName, ...], BeforeValidator(_read_names)]
Formerly = Annotated[tuple[str, ...], Field(description="Keys that this record had before; their addresses lead here")]
Variants = Annotated[tuple[str, ...], Field(description="Other spellings, transliterations, native script")]


class Position(Model):
    """What one source, or one historian, says in a dispute."""

    claim: Prose
    cite: Cites


class Dispute(Model):
    """A question on which sources or historians disagree: data, not prose."""

    question: str
    positions: Annotated[tuple[Position, ...], Field(min_length=2)]
    comment: Prose = ""


class Participant(Model):
    """Somebody's part in a meeting: a person, or an organisation where no name is known."""

    person: PersonKey | None = None
    organisation: OrganisationKey | None = None
    for_: Annotated[OrganisationKey | None, Field(alias="for")] = None
    role: str = ""
    attendance: Literal["present", "absent", "invited", "observer", "uncertain"] = "present"
    cite: Cites

    @model_validator(mode="after")
    def _is_one_of_both(self) -> Participant:
        if (self.person is None) == (self.organisation is None):
            raise PydanticCustomError("missing-field", "a participant is a person or an organisation, one of both")
        return self


MeetingKind = Literal[
    "multilateral", "bilateral", "congress", "conference", "plenum", "politburo", "session",
    "talks", "conversation", "visit", "reception", "dinner",
]  # fmt: skip


class Meeting(Model):
    """A meeting, congress, session, talk, visit or reception: people came together."""

    title: str
    kind: MeetingKind
    date: Date
    place: PlaceKey | None = None
    part_of: MeetingKey | None = None
    follows: tuple[MeetingKey, ...] = ()
    precedes: tuple[MeetingKey, ...] = ()
    see_also: tuple[MeetingKey, ...] = ()
    host: OrganisationKey | None = None
    variants: Variants = ()
    formerly: Formerly = ()
    participants: tuple[Participant, ...] = ()
    summary: Prose = ""
    account: Prose = ""
    outcome: Prose = ""
    disputes: tuple[Dispute, ...] = ()


class Event(Model):
    """Something that happened and was no meeting: a withdrawal, a delivery, an expulsion, a publication."""

    title: str
    kind: Literal["diplomatic", "military", "economic", "party", "press", "ideological"]
    date: Date
    place: PlaceKey | None = None
    meetings: Annotated[tuple[MeetingKey, ...], Field(description="Meetings that it came from or led to")] = ()
    variants: Variants = ()
    formerly: Formerly = ()
    account: Prose = ""
    disputes: tuple[Dispute, ...] = ()


class PersonName(Model):
    """A name in parts. `family_first`: the family name is written first (Mao Zedong)."""

    family: str = ""
    given: str = ""
    family_first: bool = False
    native: str = ""


class Affiliation(Model):
    """An office held, or a membership, with its dates as the source gives them."""

    organisation: OrganisationKey
    office: str
    from_: Annotated[Date | None, Field(alias="from")] = None
    to: Date | None = None
    date: Annotated[Date | None, Field(description="When the source says so, where from and to are not known")] = None
    cite: Cites


class Person(Model):
    """An actor of the story."""

    name: PersonName
    variants: Variants = ()
    formerly: Formerly = ()
    born: Date | None = None
    died: Date | None = None
    affiliations: tuple[Affiliation, ...] = ()
    biography: Prose = ""
    disputes: tuple[Dispute, ...] = ()
    same_as: dict[str, str] = Field(default={})


SourceType = Literal[
    "letter", "telegram", "radiogram", "message", "correspondence", "minutes", "report", "speech", "notes",
    "agreement", "decision", "information", "document", "manuscript", "file", "series", "fonds",
]  # fmt: skip


class Witness(Model):
    """Another copy, edition or translation of the same document."""

    kind: Literal["copy", "draft", "edition", "translation"]
    description: str = ""
    part_of: SourceKey | None = None
    folios: FolioRuns | None = None
    published_in: SourceKey | None = None
    pages: str = ""
    url: Address = ""
    seen: Literal["original", "scan", "edition", "via"] = "via"
    via: Cites | None = None


class Source(Model):
    """An archival unit, described after ISAD(G). Published works stand in bibliography/*.bib."""

    type: SourceType
    level: Literal["fonds", "series", "file", "item"] = "item"
    title: str
    original_title: str = ""
    author: Names = ()
    recipient: Names = ()
    date: Date | None = None
    place: PlaceKey | None = None
    part_of: SourceKey | None = None
    repository: ArchiveKey | None = None
    reference: Annotated[str, Field(description="How this fonds or series is written in a reference: F. 14/AP")] = ""
    year: str = ""
    file: Annotated[str, Field(description="File number, without its label")] = ""
    folios: FolioRuns | None = None
    language: Language = ""
    meetings: tuple[MeetingKey, ...] = ()
    variants: Variants = ()
    formerly: Formerly = ()
    description: Prose = ""
    witnesses: tuple[Witness, ...] = ()
    disputes: tuple[Dispute, ...] = ()
    url: Address = ""
    seen: Literal["original", "scan", "edition", "via"]
    via: Cites | None = None


class Place(Model):
    """A place, in content/places.yml."""

    name: str
    variants: Variants = ()
    formerly: Formerly = ()
    part_of: PlaceKey | None = None
    kind: Annotated[Literal["country"] | None, Field(description="Where coordinates are its middle")] = None
    coordinates: Annotated[str, Field(pattern=COORDINATES_PATTERN)] | None = None
    description: Prose = ""
    same_as: dict[str, str] = Field(default={})


class Organisation(Model):
    """A party, state organ or federation, in content/organisations.yml."""

    name: str
    abbreviation: str = ""
    variants: Variants = ()
    formerly: Formerly = ()
    part_of: OrganisationKey | None = None
    place: PlaceKey | None = None
    description: Prose = ""
    same_as: dict[str, str] = Field(default={})


class Abbreviation(Model):
    """A sign used in an archive's references, e.g. OU, D., fl."""

    sign: str
    term: str
    meaning: str


class Labels(Model):
    """What stands before the year, the file and the folio in a reference of this archive."""

    year: str = ""
    file: str = ""
    folio: str = "fol."


class Archive(Model):
    """A repository (ISAD(G) 3.1.1), in content/archives.yml."""

    name: str
    language: Annotated[Language, Field(description="Code of the language of its name, signs and units' titles")] = ""
    english: str = ""
    abbreviation: str = ""
    place: PlaceKey | None = None
    variants: Variants = ()
    formerly: Formerly = ()
    labels: Labels = Labels()
    abbreviations: tuple[Abbreviation, ...] = ()
    description: Prose = ""


class Essay(Model):
    """A chapter or page in prose: a Markdown file with YAML front matter."""

    title: str
    summary: str = ""
    order: int = 0
    formerly: Formerly = ()
    body: Prose = Field(default="", json_schema_extra={"description": "The Markdown below the front matter"})


class Document(Essay):
    """A page of a site that was made for MkDocs alone. All in it but citations stays as it is."""

    front_matter: str = ""
