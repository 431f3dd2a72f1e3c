"""The vocabulary of an edition: its kinds of meeting and event, its types of source, and fields of its own.

Every edition has the program's own words, `DEFAULTS`. The words for readers stand in the phrases, by key. An edition
adds words, or words ours otherwise, in content/vocabulary.yml (`vocabulary_file` reads it). Its labels are laid into
the phrases under the same keys, so who prints a term need not know whose it is.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from types import MappingProxyType

from ..phrases.phrases import Phrases
from ..values.findings import did_you_mean

# The lists of terms: how the phrase of a term begins, how that of its plural does, and what a finding calls a term.
_PHRASES = {
    "meeting_kinds": ("meeting.kind.", "", "kind of meeting"),
    "event_kinds": ("event.kind.", "", "kind of event"),
    "source_types": ("source.type.", "source.types.", "type of source"),
    "media": ("source.medium.", "", "medium of a source"),
    "states": ("source.state.", "", "state of a source"),
    "date_kinds": ("dates.", "", "kind of date"),
    "attendance": ("attendance.", "", "word for attendance"),
}
LISTS = tuple(_PHRASES)
CORRESPONDENCE = "personal_communication"


@dataclass(frozen=True)
class Term:
    """A word of one of the lists. What has no label of its own has a phrase.

    `csl`: of a type of source, the type that citation programs have for it, "" for what it is by its author.
    `is_named`: of a type of letters, or a medium, that the note of a letter says it ("telegram"). `counts_as`: of
    attendance, whether somebody was in the room: present, uncertain or absent.
    """

    key: str
    label: str = ""
    plural: str = ""
    csl: str = ""
    is_named: bool = False
    counts_as: str = ""


@dataclass(frozen=True)
class OwnField:
    """A field that an edition gives to a kind of record.

    `holds`: text, prose, date, key or list. `of`: the kind of record whose key it holds; what a list is made of. A
    facet narrows the search, and is a column of the list on its page.
    """

    name: str
    label: str
    holds: str = "text"
    of: str = ""
    is_facet: bool = False

    @property
    def item(self) -> str:
        """What one value of it is: "text", "prose", "date", or the kind of a record."""
        return (self.of or "text") if self.holds in ("key", "list") else self.holds


@dataclass(eq=False)
class Vocabulary:
    """The terms of each list, by key, and the own fields of each kind of record, by name. Nobody changes it.

    Equal only to itself, so that what is made of it can be kept.
    """

    terms: Mapping[str, Mapping[str, Term]]
    fields: Mapping[str, Mapping[str, OwnField]] = field(default_factory=dict)

    def known(self, name: str) -> list[str]:
        """Return the terms of a list that an editor should use, in their order."""
        return list(self.terms[name])

    def find(self, name: str, key: str) -> Term | None:
        """Return a term of a list, or one that this list had in earlier versions; None if there is neither."""
        return self.terms[name].get(key) or EARLIER.get(name, {}).get(key)

    def explain(self, name: str, key: str) -> tuple[str, str]:
        """Return message and hint for a word that a list does not have."""
        what = _PHRASES[name][2]
        hint = did_you_mean(key, self.known(name))
        hint = hint or f"one of {', '.join(self.known(name))}; or name it in content/vocabulary.yml, under {name}"
        return f'"{key}" is no {what}', hint

    def type_of(self, key: str) -> Term:
        """Return a type of source; a plain one for a type that nobody named."""
        return self.find("source_types", key) or Term(key)

    def attendance_of(self, key: str) -> str:
        """Return whether a word for attendance means: in the room (present), perhaps (uncertain), or not (absent)."""
        term = self.find("attendance", key)
        return (term.counts_as if term else "") or "absent"

    def is_present(self, word: str) -> bool:
        """Say whether somebody took part: observers were in the room, and took no part."""
        return word != "observer" and self.attendance_of(word) == "present"

    def fields_of(self, kind: str) -> Mapping[str, OwnField]:
        return self.fields.get(kind, {})

    @property
    def facets(self) -> Mapping[str, str]:
        """The own fields by which a search narrows, each with its label. Alike names are one facet."""
        own = (one for fields in self.fields.values() for one in fields.values() if one.is_facet)
        found: dict[str, str] = {}
        for one in own:
            found.setdefault(one.name, one.label)
        return found

    def word(self, phrases: Phrases) -> Phrases:
        """Return the phrases with the labels of this vocabulary among them."""
        return phrases.with_labels(self._labels, _EARLIER_LABELS)

    @cached_property
    def _labels(self) -> Mapping[str, str]:
        return dict(self._iter_labels())

    def _iter_labels(self) -> Iterator[tuple[str, str]]:
        yield from _labels_of(self.terms)
        for key, label in self.facets.items():
            yield f"search.facet-own-{key}", label


def _labels_of(lists: Mapping[str, Mapping[str, Term]]) -> Iterator[tuple[str, str]]:
    """Yield the labels of terms that have some, by the keys of phrases."""
    for name, terms in lists.items():
        beginning, plurals, _ = _PHRASES[name]
        for key, term in terms.items():
            if term.label:
                yield f"{beginning}{key}", term.label
            if plurals and (term.plural or term.label):
                yield f"{plurals}{key}", term.plural or term.label


def _terms(*keys: str, csl: str = "", counts_as: str = "") -> dict[str, Term]:
    return {key: Term(key, csl=csl, counts_as=counts_as) for key in keys}


_MEETING_KINDS = _terms(
    "multilateral", "bilateral", "summit", "congress", "conference", "assembly", "session", "sitting", "committee",
    "cabinet", "hearing", "negotiation", "talks", "audience", "conversation", "telephone-call", "visit", "ceremony",
    "reception", "dinner",
)  # fmt: skip
_EVENT_KINDS = _terms(
    "diplomatic", "military", "political", "legislative", "judicial", "election", "economic", "party", "press",
    "social", "cultural", "religious", "scientific",
)  # fmt: skip
# The CSL type is what exports say. What notes say: see `citing.csl`.
_SOURCE_TYPES = {
    **_terms("letter", "message", csl=CORRESPONDENCE),
    **{key: Term(key, csl=CORRESPONDENCE, is_named=True) for key in ("telegram", "despatch", "note", "circular")},
    **_terms("correspondence", "memorandum", "minutes", "transcript", "report", "notes"),
    # Exports of these two stay as they were: as "treaty" a style prints an agreement without title and archive.
    **_terms("speech", "agreement"),
    **_terms("interview", "testimony", csl="interview"),
    **_terms("treaty", "protocol", csl="treaty"),
    **_terms("decision", "instructions", "resolution", "declaration", "communique", "petition"),
    **_terms("bill", csl="bill"),
    **_terms("law", csl="legislation"),
    **_terms("decree", csl="regulation"),
    **_terms("diary", "memoir", csl="manuscript"),
    **_terms("press-article", csl="article-newspaper"),
    **_terms("photograph", csl="graphic"),
    **_terms("map", csl="map"),
    **_terms("film", csl="motion_picture"),
    **_terms("sound-recording", csl="song"),
    **_terms("document", "manuscript", "file", "series", "fonds"),
}
_ATTENDANCE = {
    **_terms("present", "observer", counts_as="present"),
    **_terms("invited", "absent", "excused", counts_as="absent"),
    **_terms("uncertain", counts_as="uncertain"),
}
DEFAULTS = Vocabulary(
    MappingProxyType(
        {
            "meeting_kinds": _MEETING_KINDS,
            "event_kinds": _EVENT_KINDS,
            "source_types": _SOURCE_TYPES,
            "media": {
                **_terms("manuscript", "typescript"),
                "telegram": Term("telegram", is_named=True),
                **_terms("print", "photocopy", "microfilm", "digital-file"),
            },
            "states": _terms("draft", "original", "copy", "translation", "extract"),
            "date_kinds": _terms("drafted", "signed", "sent", "received", "registered", "published", "event"),
            "attendance": _ATTENDANCE,
        }
    )
)


# Words of earlier versions, which came from one story. They are read as ever, and no list names them. Their labels are
# English, so they are the last resort: an edition that uses them says them in its own words in its vocabulary.
EARLIER: Mapping[str, Mapping[str, Term]] = MappingProxyType(
    {
        "meeting_kinds": {"plenum": Term("plenum", "plenum"), "politburo": Term("politburo", "politburo")},
        "event_kinds": {"ideological": Term("ideological", "ideological")},
        "source_types": {
            "radiogram": Term("radiogram", "radiogram", csl=CORRESPONDENCE, is_named=True),
            "information": Term("information", "information"),
        },
    }
)
_EARLIER_LABELS = MappingProxyType(dict(_labels_of(EARLIER)))
