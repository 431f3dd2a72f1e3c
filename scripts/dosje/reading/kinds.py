"""The kinds of records: one row says all that differs between them, but for code.

A new kind needs its model, its row here, the functions of its view (`views.view_maker`) and its phrases.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Literal

from ..values.page_id import PageId
from .authority_records import Archive, Organisation, Place
from .fields import Model
from .records import Essay, Event, Meeting, Person
from .source_records import Source


@dataclass(frozen=True)
class Kind:
    """A kind of records.

    `name`: what links to it begin with, "person:hysni-kapo". `plural`: its folder or file in content/, its folder and
    list on the site, its list in the JSON. `kept_in`: a YAML file each, many in one YAML file (an authority list), or a
    Markdown file each. `linked_data`: its type in schema.org. `rank`: where its records stand among those that mention
    another, from 1. `unknown`: what the finding "unknown-NAME" means.
    """

    name: str
    plural: str
    model: type[Model]
    kept_in: Literal["files", "list", "prose"]
    linked_data: str
    rank: int
    unknown: str
    template: str = ""  # of its pages, "" for its name
    is_at_top: bool = False  # its pages lie in no folder of the site
    happens: bool = False  # the chronology lists it
    has_table: bool = False  # its list is also a table, and a CSV file
    shares_keys: bool = False  # with the other kinds of which this holds, and with works
    needs_naming: bool = False  # a record that nothing names is a finding
    needs_cites: bool = True  # a paragraph without a citation is a finding
    is_indexed: bool = False  # the index of a printed book says where it is named
    is_turned_to: bool = False  # where a book names it, it says on which page it stands
    has_booklet: bool = False

    @property
    def template_name(self) -> str:
        return self.template or self.name

    @property
    def path_in_content(self) -> str:
        """Its folder in content/, or its file."""
        return f"{self.plural}.yml" if self.kept_in == "list" else self.plural

    @property
    def ending(self) -> str:
        return ".md" if self.kept_in == "prose" else ".yml"

    @property
    def site_folder(self) -> str:
        """The folder of its pages with a slash, "" for those at the top of the site."""
        return "" if self.is_at_top else f"{self.plural}/"


_ROWS = (
    Kind("meeting", "meetings", Meeting, "files", "Event", 2,
         "A meeting is named by a key that no record has.", happens=True, has_table=True, shares_keys=True,
         is_turned_to=True, has_booklet=True),
    Kind("event", "events", Event, "files", "Event", 3,
         "An event is named by a key that no record has.", happens=True, has_table=True, shares_keys=True,
         is_turned_to=True),
    Kind("person", "persons", Person, "files", "Person", 4,
         "A person is named by a key that no record has.", has_table=True, shares_keys=True, needs_naming=True,
         is_indexed=True),
    Kind("source", "sources", Source, "files", "ArchiveComponent", 5,
         "A source is named or cited by a key that no record and no .bib entry has.", has_table=True, shares_keys=True,
         needs_naming=True),
    Kind("place", "places", Place, "list", "Place", 7,
         "A place is named by a key that content/places.yml does not have.", has_table=True, needs_naming=True,
         is_indexed=True),
    Kind("organisation", "organisations", Organisation, "list", "Organization", 6,
         "An organisation is named by a key that content/organisations.yml does not have.", has_table=True,
         needs_naming=True, is_indexed=True),
    Kind("archive", "archives", Archive, "list", "ArchiveOrganization", 8,
         "An archive is named by a key that content/archives.yml does not have.", needs_naming=True),
    Kind("essay", "essays", Essay, "prose", "Article", 1,
         "A link names an essay or page that is not there.", is_turned_to=True, has_booklet=True),
    Kind("page", "pages", Essay, "prose", "WebPage", 9, "", template="essay", is_at_top=True, needs_cites=False),
)  # fmt: skip
# By name, in the order in which records are read and listed.
KINDS: Mapping[str, Kind] = MappingProxyType({kind.name: kind for kind in _ROWS})

# The codes of findings on keys that no record has: code -> what it means. The other codes stand in `values.findings`.
CODES_OF_KINDS = {f"unknown-{kind.name}": kind.unknown for kind in _ROWS if kind.unknown}


def kinds_kept_in(what: Literal["files", "list", "prose"]) -> tuple[Kind, ...]:
    """Return the kinds whose records are kept so."""
    return tuple(kind for kind in KINDS.values() if kind.kept_in == what)


def is_indexed(page: PageId) -> bool:
    """Say whether the index of a printed book names this page's record."""
    return page.kind in KINDS and KINDS[page.kind].is_indexed


def is_turned_to(page: PageId) -> bool:
    """Say whether a book that names this page's record says where it stands. The others have an index."""
    return page.kind in KINDS and KINDS[page.kind].is_turned_to
