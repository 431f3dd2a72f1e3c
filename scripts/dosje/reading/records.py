"""The record types: what an editor may write in a YAML record, and nothing else.

The models, here and in `source_records` and `authority_records`, are the only definition of the formats. Reading,
the JSON Schemas in schemas/, the manual and the checks of keys follow the markers in the annotations (`about`, `Ref`,
`PROSE`, `CITES`). The models know nothing of files: `corpus` keeps the places of values beside them. Their docstrings
stand in the schemas.
"""

from __future__ import annotations

from typing import Annotated

from pydantic import Field, model_validator
from pydantic_core import PydanticCustomError

from .field_types import (
    Cites,
    Date,
    Formerly,
    IsDraft,
    MeetingKey,
    Names,
    OrganisationKey,
    PersonKey,
    PlaceKey,
    Prose,
    Variants,
)
from .fields import Model, about
from .other_dates import OtherDates, Supplied, mark_supplied
from .own_fields import NO_FIELDS, OwnFieldsOf
from .terms import AttendanceWord, EventKind, MeetingKind

SameAs = Annotated[
    dict[str, str],
    about("The same in catalogues of others: the catalogue's name and the address there",
          {"catalogue": "https://example.org/persons/fox"}),
]  # fmt: skip


class Position(Model):
    """What one source, or one historian, says in a dispute."""

    claim: Annotated[Prose, about("What is claimed, in your words", "Stork ate nothing.")]
    cite: Annotated[Cites, about("Who claims it", "[@mole-1962, 31]")]


class Dispute(Model):
    """A question on which sources or historians disagree: data, not prose."""

    question: Annotated[str, about("What is disputed, as a question", "Did Stork eat?")]
    positions: Annotated[
        tuple[Position, ...],
        Field(min_length=2, description="What each side says, two sides or more", examples=[[
            {"claim": "Stork ate nothing.", "cite": "[@mole-1962, 31]"},
            {"claim": "Stork ate a little.", "cite": "[@owl-1950, 11]"},
        ]]),
    ]  # fmt: skip
    comment: Annotated[Prose, about("What the editors think of it", "Only Mole saw the plates [@mole-1962, 31].")] = ""


class Participant(Model):
    """Somebody's part in a meeting: a person, an organisation where no name is known, or a plain name."""

    person: Annotated[PersonKey | None, about("Who: the key of a person", "fox")] = None
    organisation: Annotated[
        OrganisationKey | None, about("Who, where no name is known: the key of an organisation", "meadow-council")
    ] = None
    name: Annotated[str, about("Who, where the edition keeps no record of them", "The Secretary")] = ""
    for_: Annotated[
        OrganisationKey | None,
        Field(alias="for", description="The organisation for which somebody took part", examples=["meadow-council"]),
    ] = None
    role: Annotated[str, about("As what somebody took part, in your words", "host")] = ""
    attendance: Annotated[
        AttendanceWord,
        about("Whether they were in the room. Two persons met where both were present or observers", "uncertain"),
    ] = "present"
    cite: Annotated[Cites, about("Where it stands that they took part", "[@fox-to-stork, fol. 1]")]

    @model_validator(mode="after")
    def _is_one_of_three(self) -> Participant:
        if sum(bool(who) for who in (self.person, self.organisation, self.name)) != 1:
            message = "a participant is a person, an organisation or a name, one of these"
            raise PydanticCustomError("missing-field", "{text}", {"text": message})
        return self


class Meeting(Model):
    """A meeting, congress, session, talk, visit or reception: people came together."""

    title: Annotated[str, about("What the meeting is called on the site", "The first dinner")]
    kind: Annotated[MeetingKind, about("What kind of meeting it was", "dinner")]
    date: Annotated[
        Date,
        about("When it took place (EDTF)", "1901-05-04", "1901-05-04/1901-05-06", "1901-05-04?", "1901-05-04T19:15"),
    ]
    date_supplied: Supplied = ""
    dates: OtherDates = ()
    place: Annotated[PlaceKey | None, about("Where: the key of a place", "den")] = None
    part_of: Annotated[MeetingKey | None, about("The larger meeting of which this was a part", "summer-talks")] = None
    follows: Annotated[tuple[MeetingKey, ...], about("Meetings that this one continues", ["first-dinner"])] = ()
    precedes: Annotated[tuple[MeetingKey, ...], about("Meetings that continue this one", ["second-dinner"])] = ()
    see_also: Annotated[tuple[MeetingKey, ...], about("Other meetings to compare", ["second-dinner"])] = ()
    host: Annotated[OrganisationKey | None, about("The organisation that invited", "meadow-council")] = None
    variants: Variants = ()
    formerly: Formerly = ()
    draft: IsDraft = False
    participants: Annotated[
        tuple[Participant, ...],
        about("Who took part, each with the source that says so", [{"person": "fox", "cite": "[@owl-1950, 10]"}]),
    ] = ()
    summary: Annotated[Prose, about("The meeting in a sentence or two", "Fox invited [Stork](person:stork).")] = ""
    account: Annotated[
        Prose, about("What happened, in paragraphs, each with its citation", "Fox served soup [@owl-1950, 10].")
    ] = ""
    outcome: Annotated[Prose, about("What came of it", "Stork asked Fox to come in return [@stork-to-fox].")] = ""
    disputes: Annotated[
        tuple[Dispute, ...],
        about("On what sources or historians disagree", [{"question": "Did Stork eat?", "positions": [
            {"claim": "Nothing.", "cite": "[@mole-1962, 31]"}, {"claim": "A little.", "cite": "[@owl-1950, 11]"},
        ]}]),
    ] = ()  # fmt: skip
    fields: OwnFieldsOf = NO_FIELDS
    _supply = mark_supplied


class Event(Model):
    """Something that happened and was no meeting: a withdrawal, a delivery, an expulsion, a publication."""

    title: Annotated[str, about("What the event is called on the site", "The soup plates are broken")]
    kind: Annotated[EventKind, about("What kind of event it was", "press")]
    date: Annotated[Date, about("When it happened (EDTF)", "1901-05-20", "1901-05~")]
    date_supplied: Supplied = ""
    dates: OtherDates = ()
    place: Annotated[PlaceKey | None, about("Where: the key of a place", "den")] = None
    meetings: Annotated[
        tuple[MeetingKey, ...], about("Meetings that it came from or led to", ["first-dinner"])
    ] = ()  # fmt: skip
    variants: Variants = ()
    formerly: Formerly = ()
    draft: IsDraft = False
    account: Annotated[
        Prose, about("What happened, in paragraphs, each with its citation", "Nobody saw it [@mole-1962, 40].")
    ] = ""
    disputes: Annotated[
        tuple[Dispute, ...],
        about("On what sources or historians disagree", [{"question": "Who broke them?", "positions": [
            {"claim": "Fox.", "cite": "[@mole-1962, 40]"}, {"claim": "Crow.", "cite": "[@owl-1950, 12]"},
        ]}]),
    ] = ()  # fmt: skip
    fields: OwnFieldsOf = NO_FIELDS
    _supply = mark_supplied


class PersonName(Model):
    """A name in parts. `family_first`: the family name is written first (Mao Zedong)."""

    family: Annotated[str, about("The family name, or the only one", "Fox", "Mao")] = ""
    given: Annotated[str, about("The given names", "Reynard", "Zedong")] = ""
    family_first: Annotated[bool, about("true where the family name is written first", True)] = False
    native: Annotated[str, about("The whole name in its own script", "毛泽东")] = ""


class Affiliation(Model):
    """An office held, or a membership, with its dates as the source gives them."""

    organisation: Annotated[OrganisationKey, about("Where: the key of an organisation", "meadow-council")]
    office: Annotated[str, about("The office, or “member”", "member of the council")]
    from_: Annotated[
        Date | None, Field(alias="from", description="Since when (EDTF)", examples=["1899", "1901-05-04"])
    ] = None
    to: Annotated[Date | None, about("Until when (EDTF)", "1903")] = None
    date: Annotated[Date | None, about("When the source says so, where from and to are not known", "1901")] = None
    cite: Annotated[Cites, about("Where it stands", "[@owl-1950, 5]")]


class Person(Model):
    """An actor of the story."""

    name: Annotated[PersonName, about("The name in parts", {"family": "Fox", "given": "Reynard"})]
    variants: Variants = ()
    formerly: Formerly = ()
    draft: IsDraft = False
    born: Annotated[Date | None, about("When they were born (EDTF)", "1890", "1890-02~")] = None
    died: Annotated[Date | None, about("When they died (EDTF)", "1950-12-24")] = None
    affiliations: Annotated[
        tuple[Affiliation, ...],
        about("Offices and memberships, each with its source",
              [{"organisation": "meadow-council", "office": "member", "date": "1901", "cite": "[@owl-1950, 5]"}]),
    ] = ()  # fmt: skip
    biography: Annotated[
        Prose, about("Their life, as far as it matters here, in paragraphs", "Fox lived in a den [@owl-1950, 3].")
    ] = ""
    disputes: Annotated[
        tuple[Dispute, ...],
        about("On what sources or historians disagree", [{"question": "Which Fox?", "positions": [
            {"claim": "The elder.", "cite": "[@mole-1962, 5]"}, {"claim": "The younger.", "cite": "[@owl-1950, 6]"},
        ]}]),
    ] = ()  # fmt: skip
    same_as: SameAs = Field(default={})
    fields: OwnFieldsOf = NO_FIELDS


class Essay(Model):
    """A chapter or page in prose: a Markdown file with YAML front matter."""

    title: Annotated[str, about("What the chapter or page is called", "Two dinners")]
    author: Annotated[
        Names,
        about("Who wrote it: a person or an organisation, by key, or a name", "Ann Author", ["Ann Author", "fox"]),
    ] = ()
    summary: Annotated[str, about("What it is about, in a sentence", "How Fox and Stork fell out.")] = ""
    order: Annotated[int, about("Its place among the chapters: lower numbers come first", 3)] = 0
    formerly: Formerly = ()
    draft: IsDraft = False
    fields: OwnFieldsOf = NO_FIELDS
    body: Annotated[Prose, about("The Markdown below the front matter", "Fox invited Stork [@owl-1950, 10].")] = ""


class Document(Essay):
    """A page of a site that was made for MkDocs alone. All in it but citations stays as it is."""

    front_matter: str = ""
