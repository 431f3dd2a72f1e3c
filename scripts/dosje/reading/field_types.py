"""The types of the fields of records: dates, folios, texts, keys. Records are made of them.

Each reads what an editor wrote, and says in the JSON Schemas what it is.
"""

from __future__ import annotations

import re
from typing import Annotated, Any

from pydantic import AfterValidator, BeforeValidator, Field, WithJsonSchema
from pydantic_core import PydanticCustomError

from ..values.dates import DateError, Edtf, parse_edtf
from ..values.findings import did_you_mean
from ..values.folios import Folios, parse_folios
from ..values.languages import code_of_language
from .fields import CITES, LANGUAGE, PROSE, Ref, about

# Degrees north and east, e.g. "41.33, 19.82": at most 90 and 180 of them.
COORDINATES_PATTERN = r"^-?([0-8]?\d(\.\d+)?|90(\.0+)?), *-?((1[0-7]\d|\d?\d)(\.\d+)?|180(\.0+)?)$"

# What the pattern of an archive's citations can have.
PATTERN_ROOMS = ("archive", "name", "place", "reference", "leaves")
# The prefix is the code of a country, or another one of up to four letters or digits (ISO 15511).
_ISIL = re.compile(r"[A-Za-z0-9]{1,4}-[A-Za-z0-9:/-]{1,11}")


def _read_date(value: Any) -> Edtf:
    if isinstance(value, Edtf):
        return value
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


def _check_leaves(value: dict[str, str]) -> dict[str, str]:
    for leaves in value:
        if leaves != OTHER_LEAVES:
            _read_folios(leaves)
    return value


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


def _read_isil(value: Any) -> Any:
    if isinstance(value, str) and not _ISIL.fullmatch(value):
        hint = "an ISIL is a prefix, a hyphen and a code: GB-0066"
        raise PydanticCustomError("wrong-type", "{text}", {"text": f'"{value}" is no ISIL', "hint": hint})
    return value


def _read_country(value: Any) -> Any:
    if isinstance(value, str) and not re.fullmatch(r"[A-Z]{2}", value):
        hint = "two capitals: AL, GB, US (ISO 3166-1)"
        raise PydanticCustomError("wrong-type", "{text}", {"text": f'"{value}" is no code of a country', "hint": hint})
    return value


def _read_pattern(value: Any) -> Any:
    for room in re.findall(r"\{([^{}]*)\}", value) if isinstance(value, str) else ():
        if room not in PATTERN_ROOMS:
            hint = did_you_mean(room, PATTERN_ROOMS) or f"a pattern has {', '.join(PATTERN_ROOMS)}"
            raise PydanticCustomError("wrong-type", "{text}", {"text": f'no part is called "{room}"', "hint": hint})
    return value


def _schema(description: str, **more: Any) -> WithJsonSchema:
    return WithJsonSchema({"type": "string", "description": description, **more})


Date = Annotated[Edtf, BeforeValidator(_read_date), _schema("EDTF date: 1960-06-24, 1960-06, 1960-11~, A/B")]
FolioRuns = Annotated[tuple[Folios, ...], BeforeValidator(_read_folios), _schema("Folios: 12, 3r, 9–20")]
Prose = Annotated[str, PROSE, Field(description="Markdown with citations [@key, fl. 9–20] and links (person:key)")]
Cites = Annotated[str, CITES, Field(description="Citations: [@key, fl. 9–20; @other, 171]")]
# The leaves that have no place of their own in a `Via`.
OTHER_LEAVES = "rest"
# Through what a source is known: for all of it, or by its leaves.
Via = Cites | Annotated[dict[str, Cites], AfterValidator(_check_leaves)]
PersonKey = Annotated[str, Ref("person"), Field(description="Key of a person")]
PartyOrName = Annotated[
    str,
    Ref("person", or_name=True, or_kind="organisation"),
    Field(description="Key of a person or an organisation, or a plain name"),
]
PlaceKey = Annotated[str, Ref("place"), Field(description="Key in content/places.yml")]
OrganisationKey = Annotated[str, Ref("organisation"), Field(description="Key in content/organisations.yml")]
ArchiveKey = Annotated[str, Ref("archive"), Field(description="Key in content/archives.yml")]
SourceKey = Annotated[str, Ref("source"), Field(description="Key of a source")]
MeetingKey = Annotated[str, Ref("meeting"), Field(description="Key of a meeting")]
Address = Annotated[str, BeforeValidator(_read_address), _schema("An https:// address")]
Language = Annotated[str, LANGUAGE, BeforeValidator(_read_language), _schema("Code of a language (BCP 47): sq")]
Isil = Annotated[str, BeforeValidator(_read_isil), _schema("ISIL (ISO 15511): GB-0066")]
Country = Annotated[str, BeforeValidator(_read_country), _schema("Code of a country (ISO 3166-1): GB")]
Pattern = Annotated[str, BeforeValidator(_read_pattern), _schema("{archive}, {name}, {place}, {reference}, {leaves}")]
Names = Annotated[tuple[PartyOrName, ...], BeforeValidator(_read_names)]
Formerly = Annotated[tuple[str, ...], about("Keys that this record had before; their addresses lead here", ["old-key"])]
IsDraft = Annotated[bool, about("true until somebody has checked the record, which an import made", True)]
Variants = Annotated[
    tuple[str, ...], about("Other spellings, transliterations, native script, by which it is found", ["Vixen"])
]
