"""The record types of the lists: places, organisations, archives. Part of `records`."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from ..values.leaf_words import CountedIn
from .field_types import (
    COORDINATES_PATTERN,
    Address,
    Country,
    Date,
    Formerly,
    IsDraft,
    Isil,
    Language,
    OrganisationKey,
    Pattern,
    PlaceKey,
    Prose,
    Variants,
)
from .fields import Model, about
from .own_fields import NO_FIELDS, OwnFieldsOf
from .records import Dispute, SameAs


class Place(Model):
    """A place, in content/places.yml."""

    name: Annotated[str, about("Its name in the language of the edition", "Meadow")]
    variants: Variants = ()
    formerly: Formerly = ()
    draft: IsDraft = False
    part_of: Annotated[PlaceKey | None, about("The larger place in which it lies: its key", "meadow")] = None
    kind: Annotated[
        Literal["country"] | None, about("country, where the coordinates are about a country's middle", "country")
    ] = None
    coordinates: Annotated[
        Annotated[str, Field(pattern=COORDINATES_PATTERN)] | None,
        about("Degrees north, then east, in quotation marks. Without them it is not on the map", "41.33, 19.82"),
    ] = None
    description: Annotated[Prose, about("What is to be said of it", "A den under an oak [@owl-1950, 3].")] = ""
    same_as: SameAs = Field(default={})
    fields: OwnFieldsOf = NO_FIELDS


class Organisation(Model):
    """A party, state organ or federation, in content/organisations.yml."""

    name: Annotated[str, about("Its full name", "Council of the Meadow")]
    abbreviation: Annotated[str, about("Its short name, which tables and the book use", "CM")] = ""
    variants: Variants = ()
    formerly: Formerly = ()
    draft: IsDraft = False
    part_of: Annotated[OrganisationKey | None, about("The larger organisation: its key", "animal-league")] = None
    place: Annotated[PlaceKey | None, about("Where it had its seat: the key of a place", "meadow")] = None
    description: Annotated[Prose, about("What is to be said of it", "It met on Sundays [@owl-1950, 5].")] = ""
    same_as: SameAs = Field(default={})
    fields: OwnFieldsOf = NO_FIELDS


class Abbreviation(Model):
    """A sign used in an archive's references, e.g. OU, D., fl."""

    sign: Annotated[str, about("The sign as it stands in references", "F.")]
    term: Annotated[str, about("The word that it stands for, in the archive's language", "fond")]
    meaning: Annotated[str, about("What that means, in the language of the edition", "fonds")]


class Labels(Model):
    """What stands before the parts of a reference of this archive: a word, or a text with {} where the number stands.

    The label of a level may have {title} where the title of the unit stands.
    """

    year: Annotated[str, about("Before the year", "V.")] = ""
    file: Annotated[str, about("Before the number of the file", "D.")] = ""
    folio: Annotated[str, about("Before the number of a leaf; else the edition's folio_label", "fl.", "{}. fol.")] = ""
    folios: Annotated[str, about("Before the numbers of several leaves, if that is another", "ff.")] = ""
    page: Annotated[str, about("Before the number of a page, in files with pages", "S.")] = ""
    pages: Annotated[str, about("Before the numbers of several pages, if that is another", "pp.")] = ""
    frame: Annotated[str, about("Before the number of a picture on film", "Image")] = ""
    recto: Annotated[str, about("After the number of a leaf, for its front", "r")] = "r"
    verso: Annotated[str, about("After the number of a leaf, for its back", " Rs.")] = "v"
    levels: Annotated[
        dict[str, str],
        about("Before the code of each level, and the number of each container", {"fonds": "F.", "box": "Box"}),
    ] = Field(default={})


class FormerName(Model):
    """A name that an archive had before."""

    name: Annotated[str, about("The name", "Archive of the Forest")]
    from_: Annotated[Date | None, Field(alias="from"), about("Since when (EDTF)", "1900")] = None
    to: Annotated[Date | None, about("Until when (EDTF)", "1945")] = None


class Archive(Model):
    """A repository (ISAD(G) 3.1.1), in content/archives.yml."""

    name: Annotated[str, about("Its name in its own language", "Archive of the Meadow")]
    language: Annotated[Language, about("The language of its name, signs and units' titles (BCP 47)", "sq")] = ""
    english: Annotated[str, about("Its name in English", "Meadow Archive")] = ""
    abbreviation: Annotated[str, about("How references begin", "MA")] = ""
    isil: Annotated[Isil | None, about("Its ISIL (ISO 15511)", "XX-MA")] = None
    country: Annotated[Country | None, about("Its country, by code (ISO 3166-1)", "GB")] = None
    url: Annotated[Address, about("Its own site", "https://example.org/")] = ""
    place: Annotated[PlaceKey | None, about("Where it is: the key of a place", "meadow")] = None
    names: Annotated[
        tuple[FormerName, ...], about("Names that it had before", [{"name": "Archive of the Forest", "to": "1945"}])
    ] = ()
    variants: Variants = ()
    formerly: Formerly = ()
    draft: IsDraft = False
    labels: Annotated[
        Labels, about("What its references have before year, file and leaf", {"file": "D.", "folio": "fl."})
    ] = Labels()
    order: Annotated[
        Literal["large-to-small", "small-to-large"],
        about("In which order its references have their parts", "small-to-large"),
    ] = "large-to-small"
    separator: Annotated[str, about("What stands between the parts of its references", ", ", ". ")] = ", "
    separators: Annotated[
        dict[str, str], about("What stands before a level, container, year or file, if not that", {"piece": "/"})
    ] = Field(default={})
    pattern: Annotated[
        Pattern,
        about("How it is cited, if that is not left to the style", "{reference}, {leaves}; {name}, {place}"),
    ] = ""
    leaves: Annotated[CountedIn, about("What the numbers of its files count, where no file says it", "unknown")] = (
        "folios"
    )
    abbreviations: Annotated[
        tuple[Abbreviation, ...],
        about("The signs in its references, explained", [{"sign": "F.", "term": "fond", "meaning": "fonds"}]),
    ] = ()
    description: Annotated[Prose, about("What is to be said of it", "It lies in an oak [@owl-1950, 4].")] = ""
    disputes: Annotated[
        tuple[Dispute, ...],
        about("On what sources or historians disagree", [{"question": "What is fl.?", "positions": [
            {"claim": "A leaf.", "cite": "[@owl-1950, 9]"}, {"claim": "A page.", "cite": "[@mole-1962, 30]"},
        ]}]),
    ] = ()  # fmt: skip
    same_as: SameAs = Field(default={})
    fields: OwnFieldsOf = NO_FIELDS
