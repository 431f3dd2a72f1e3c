"""The record types of the lists: places, organisations, archives. Part of `records`."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from .field_types import COORDINATES_PATTERN, Formerly, Language, OrganisationKey, PlaceKey, Prose, Variants
from .fields import Model, about
from .records import SameAs


class Place(Model):
    """A place, in content/places.yml."""

    name: Annotated[str, about("Its name in the language of the edition", "Meadow")]
    variants: Variants = ()
    formerly: Formerly = ()
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


class Organisation(Model):
    """A party, state organ or federation, in content/organisations.yml."""

    name: Annotated[str, about("Its full name", "Council of the Meadow")]
    abbreviation: Annotated[str, about("Its short name, which tables and the book use", "CM")] = ""
    variants: Variants = ()
    formerly: Formerly = ()
    part_of: Annotated[OrganisationKey | None, about("The larger organisation: its key", "animal-league")] = None
    place: Annotated[PlaceKey | None, about("Where it had its seat: the key of a place", "meadow")] = None
    description: Annotated[Prose, about("What is to be said of it", "It met on Sundays [@owl-1950, 5].")] = ""
    same_as: SameAs = Field(default={})


class Abbreviation(Model):
    """A sign used in an archive's references, e.g. OU, D., fl."""

    sign: Annotated[str, about("The sign as it stands in references", "F.")]
    term: Annotated[str, about("The word that it stands for, in the archive's language", "fond")]
    meaning: Annotated[str, about("What that means, in the language of the edition", "fonds")]


class Labels(Model):
    """What stands before the year, the file and the folio in a reference of this archive."""

    year: Annotated[str, about("Before the year", "V.")] = ""
    file: Annotated[str, about("Before the number of the file", "D.")] = ""
    folio: Annotated[str, about("Before the number of the leaf", "fl.", "Bl.")] = "fol."


class Archive(Model):
    """A repository (ISAD(G) 3.1.1), in content/archives.yml."""

    name: Annotated[str, about("Its name in its own language", "Archive of the Meadow")]
    language: Annotated[Language, about("The language of its name, signs and units' titles (BCP 47)", "sq")] = ""
    english: Annotated[str, about("Its name in English", "Meadow Archive")] = ""
    abbreviation: Annotated[str, about("How references begin", "MA")] = ""
    place: Annotated[PlaceKey | None, about("Where it is: the key of a place", "meadow")] = None
    variants: Variants = ()
    formerly: Formerly = ()
    labels: Annotated[
        Labels, about("What its references have before year, file and leaf", {"file": "D.", "folio": "fl."})
    ] = Labels()
    abbreviations: Annotated[
        tuple[Abbreviation, ...],
        about("The signs in its references, explained", [{"sign": "F.", "term": "fond", "meaning": "fonds"}]),
    ] = ()
    description: Annotated[Prose, about("What is to be said of it", "It lies in an oak [@owl-1950, 4].")] = ""
