"""The record type of archival sources. Published works stand in bibliography/*.bib. Part of `records`."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from ..values.leaf_words import CountedIn
from .field_types import (
    Address,
    ArchiveKey,
    Cites,
    Date,
    FolioRuns,
    Formerly,
    IsDraft,
    Language,
    MeetingKey,
    Names,
    PlaceKey,
    Prose,
    SourceKey,
    Variants,
    Via,
)
from .fields import Model, about
from .other_dates import OtherDates, Supplied, mark_supplied
from .own_fields import NO_FIELDS, OwnFieldsOf
from .records import Dispute
from .terms import Medium, SourceType, State

HowSeen = Literal["original", "scan", "edition", "via", "unknown"]


class Witness(Model):
    """Another copy, edition or translation of the same document."""

    kind: Annotated[Literal["copy", "draft", "edition", "translation"], about("What it is to the document", "copy")]
    description: Annotated[str, about("What it is, in your words", "Typed copy without the signature")] = ""
    part_of: Annotated[SourceKey | None, about("The file in which it lies: the key of a source", "dinners")] = None
    folios: Annotated[FolioRuns | None, about("Its leaves in that file", "7–8")] = None
    published_in: Annotated[SourceKey | None, about("The work in which it is printed: its key", "owl-1950")] = None
    pages: Annotated[str, about("Its pages in that work", "112–113")] = ""
    url: Annotated[Address, about("Where it can be seen", "https://example.org/scans/7")] = ""
    seen: Annotated[HowSeen, about("What of it you have seen, as in a source", "scan")] = "via"
    via: Annotated[
        Via | None,
        about("Through which work you know it, if seen is via; of each leaf, where these differ", "[@mole-1962, n. 4]",
              {"fol. 7": "[@mole-1962, n. 4]", "rest": "[@owl-1950, 9]"}),
    ] = None  # fmt: skip


class FormerCode(Model):
    """A reference that an archival unit had before it was renumbered or handed over."""

    code: Annotated[str, about("The old reference, as it was written", "D. 4/2")]
    from_: Annotated[Date | None, Field(alias="from"), about("Since when it was so (EDTF)", "1901")] = None
    to: Annotated[Date | None, about("Until when it was so (EDTF)", "1950")] = None
    cite: Annotated[Cites | None, about("What says so", "[@owl-1950, 9]")] = None


class Source(Model):
    """An archival unit, described after ISAD(G). Published works stand in bibliography/*.bib."""

    type: Annotated[SourceType, about("What kind of document or unit it is: its form", "letter", "minutes")]
    medium: Annotated[Medium | None, about("How it was sent or is kept, beside its form", "telegram")] = None
    state: Annotated[State | None, about("What this one is of the text", "draft", "copy", "translation")] = None
    number: Annotated[str, about("Its number in an edition of documents: lists sort 1, 2, 10, 10a", "10a")] = ""
    level: Annotated[
        str,
        Field(min_length=1),
        about(
            "How large a unit it is: fonds, series, file, item, or the archive's own word. What is larger says part_of",
            "file",
            "record group",
        ),
    ] = "item"
    title: Annotated[str, about("Its title on the site", "Fox invites Stork to dinner")]
    title_is: Annotated[
        Literal["formal", "supplied"] | None,
        about("Who gave the title: formal, the archive; supplied, you. A supplied one stands in brackets", "supplied"),
    ] = None
    original_title: Annotated[str, about("Its title in its own language", "Einladung zum Essen")] = ""
    author: Annotated[
        Names, about("Who wrote it: a person or an organisation, by key, or a name", "fox", ["fox", "A. Clerk"])
    ] = ()
    recipient: Annotated[Names, about("To whom: a person or an organisation, by key, or a name", "stork")] = ()
    date: Annotated[Date | None, about("When it was written (EDTF)", "1901-05-01", "1901-05~")] = None
    date_supplied: Supplied = ""
    dates: OtherDates = ()
    place: Annotated[PlaceKey | None, about("Where it was written: the key of a place", "den")] = None
    part_of: Annotated[SourceKey | None, about("The unit in which it lies: the key of a source", "dinners")] = None
    repository: Annotated[
        ArchiveKey | None, about("The archive that keeps it. Only the uppermost unit says it", "meadow-archive")
    ] = None
    reference: Annotated[str, about("How this fonds or series is written in a reference", "F. 14")] = ""
    code: Annotated[str, about("Its own sign, as the archive writes it, without those of larger units", "160022")] = ""
    containers: Annotated[
        dict[str, str], about("The boxes in which it lies, the largest first", {"box": "12", "folder": "3"})
    ] = Field(default={})
    former: Annotated[
        tuple[FormerCode, ...], about("References that it had before", [{"code": "D. 4/2", "to": "1950"}])
    ] = ()
    year: Annotated[str, about("The year by which the archive files it", "1901")] = ""
    file: Annotated[str, about("The number of the file, without its label", "3")] = ""
    folios: Annotated[FolioRuns | None, about("The leaves of a file, or of an item in its file", "1–2", "3r, 5")] = None
    leaves: Annotated[
        CountedIn | None, about("What the numbers of a file count; it holds for what lies in it too", "pages")
    ] = None
    language: Annotated[Language, about("The language in which it is written (BCP 47)", "de")] = ""
    meetings: Annotated[tuple[MeetingKey, ...], about("Meetings from which it comes", ["first-dinner"])] = ()
    variants: Annotated[Variants, about("How books describe it: footnotes find it by this", ["The soup letter"])] = ()
    formerly: Formerly = ()
    draft: IsDraft = False
    description: Annotated[Prose, about("What it says, in your words", "An invitation [@fox-to-stork, fol. 1].")] = ""
    witnesses: Annotated[
        tuple[Witness, ...],
        about(
            "Other copies, drafts, editions, translations", [{"kind": "copy", "part_of": "dinners", "folios": "7–8"}]
        ),
    ] = ()
    disputes: Annotated[
        tuple[Dispute, ...],
        about("On what sources or historians disagree", [{"question": "Who wrote it?", "positions": [
            {"claim": "Fox.", "cite": "[@owl-1950, 9]"}, {"claim": "Crow.", "cite": "[@mole-1962, 30]"},
        ]}]),
    ] = ()  # fmt: skip
    url: Annotated[Address, about("Where it can be seen", "https://example.org/scans/1")] = ""
    seen: Annotated[
        HowSeen,
        about("What of it you have seen; via, if only what another work says of it; unknown, until somebody says it",
              "original"),
    ]  # fmt: skip
    via: Annotated[
        Via | None,
        about("Through which work you know it, if seen is via; of each leaf, where these differ", "[@mole-1962, n. 4]",
              {"fol. 1": "[@mole-1962, n. 4]", "rest": "[@owl-1950, 9]"}),
    ] = None  # fmt: skip
    fields: OwnFieldsOf = NO_FIELDS
    _supply = mark_supplied
