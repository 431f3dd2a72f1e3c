"""Reads content/vocabulary.yml: what an edition adds to the program's vocabulary. What is wrong in it is a finding."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from functools import lru_cache
from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, Field, WithJsonSchema

from ..values.findings import Finding, did_you_mean
from .fields import Model
from .keys import is_valid_key
from .kinds import KINDS
from .validation import make_model
from .vocabulary import DEFAULTS, LISTS, OwnField, Term, Vocabulary
from .yamltree import Located, read_yaml

FILE = "vocabulary.yml"
# CSL 1.0.2, appendix III.
CslType = Literal[
    "article", "article-journal", "article-magazine", "article-newspaper", "bill", "book", "broadcast", "chapter",
    "classic", "collection", "dataset", "document", "entry", "entry-dictionary", "entry-encyclopedia", "event",
    "figure", "graphic", "hearing", "interview", "legal_case", "legislation", "manuscript", "map", "motion_picture",
    "musical_score", "pamphlet", "paper-conference", "patent", "performance", "periodical", "personal_communication",
    "post", "post-weblog", "regulation", "report", "review", "review-book", "software", "song", "speech", "standard",
    "thesis", "treaty", "webpage",
]  # fmt: skip


def _label(value: Any) -> Any:
    return {"label": value} if isinstance(value, str) else value


class TermEntry(Model):
    """A word of the edition: its label for readers."""

    label: Annotated[str, Field(description="What readers see: plenum")] = ""


class SourceTypeEntry(TermEntry):
    """A type of source."""

    plural: Annotated[str, Field(description="What readers see of several: radiograms")] = ""
    csl: Annotated[CslType | None, Field(description="The type of CSL 1.0.2 that exports give it")] = None
    named: Annotated[bool, Field(description="Of letters: notes say the type, as of a telegram")] = True


class MediumEntry(TermEntry):
    """A medium of a source."""

    named: Annotated[bool, Field(description="Notes of letters say it, as of a telegram")] = False


class AttendanceEntry(TermEntry):
    """A word for somebody's attendance."""

    counts_as: Annotated[
        Literal["present", "uncertain", "absent"], Field(description="Whether somebody was in the room")
    ] = "present"


class FieldEntry(Model):
    """A field of the edition's own."""

    label: Annotated[str, Field(description="What stands before its value: Classification")]
    holds: Annotated[Literal["text", "prose", "date", "key", "list"], Field(description="What its value is")] = "text"
    of: Annotated[
        str, Field(description="Of a key: the kind of record. Of a list: text, date, or the kind of record")
    ] = ""
    facet: Annotated[bool, Field(description="Whether the search is narrowed by it, and lists have it as a column")] = (
        False
    )


_SHORT: dict[str, Any] = {"description": "Its label, or its label with more"}


def _short_form(entry: type[Model]) -> WithJsonSchema:
    return WithJsonSchema({"anyOf": [{"type": "string"}, entry.model_json_schema()], **_SHORT})


_Term = Annotated[TermEntry, BeforeValidator(_label), _short_form(TermEntry)]
_Medium = Annotated[MediumEntry, BeforeValidator(_label), _short_form(MediumEntry)]
_SourceType = Annotated[SourceTypeEntry, BeforeValidator(_label), _short_form(SourceTypeEntry)]
_Attendance = Annotated[AttendanceEntry, BeforeValidator(_label), _short_form(AttendanceEntry)]


class VocabularyFile(Model):
    """The words of an edition, each list by key. What is not said here is as the program has it."""

    meeting_kinds: dict[str, _Term] = Field(default={}, description="Kinds of meeting")
    event_kinds: dict[str, _Term] = Field(default={}, description="Kinds of event")
    source_types: dict[str, _SourceType] = Field(default={}, description="Types of source")
    media: dict[str, _Medium] = Field(default={}, description="Media of sources")
    states: dict[str, _Term] = Field(default={}, description="States of sources")
    date_kinds: dict[str, _Term] = Field(default={}, description="What a date is of: sent, received")
    attendance: dict[str, _Attendance] = Field(default={}, description="Words for attendance")
    fields: dict[str, dict[str, FieldEntry]] = Field(
        default={}, description="Fields of the edition's own, by kind of record and name"
    )


# It depends on the text alone, and records that are kept ask for the same vocabulary (`record_files`).
@lru_cache(maxsize=16)
def read_vocabulary(text: str, name: str) -> tuple[Vocabulary, tuple[Finding, ...]]:
    """Return the program's vocabulary with what `text` adds; `name`: the file's, for findings.

    What is wrong is a finding, and then the vocabulary is as if the file were not there.
    """
    located, findings = read_yaml(text, name)
    if located is None or located.value in (None, ""):
        return DEFAULTS, tuple(findings)
    given = make_model(VocabularyFile, "vocabulary", located, (), findings)
    if given is None:
        return DEFAULTS, tuple(findings)
    findings += _find_wrong_words(given, located)
    fields = {kind: dict(_own_fields(kind, entries, located, findings)) for kind, entries in given.fields.items()}
    terms = {list_: {**DEFAULTS.terms[list_], **dict(_own_terms(list_, getattr(given, list_)))} for list_ in LISTS}
    return Vocabulary(terms, fields), tuple(findings)


def _find_wrong_words(given: VocabularyFile, located: Located) -> Iterator[Finding]:
    for name in LISTS:
        for key, entry in getattr(given, name).items():
            span = located.key_span((name, key))
            if not is_valid_key(key):
                yield Finding(span, "bad-key", f'"{key}" cannot be a key: only a-z, 0-9 and hyphens')
            elif not entry.label and key not in DEFAULTS.terms[name]:
                yield Finding(span, "missing-field", f'"{key}" needs a label for readers', f"{key}: a label")
    for kind, fields in given.fields.items():
        if kind not in KINDS:
            hint = did_you_mean(kind, KINDS) or f"one of {', '.join(KINDS)}"
            message = f'"{kind}" is no kind of record'
            yield Finding(located.key_span(("fields", kind)), "unknown-term", message, hint)
        for field in fields:
            if not is_valid_key(field):
                message = f'"{field}" cannot be the name of a field: only a-z, 0-9 and hyphens'
                yield Finding(located.key_span(("fields", kind, field)), "bad-key", message)


def _own_terms(name: str, entries: Mapping[str, TermEntry]) -> Iterator[tuple[str, Term]]:
    for key, entry in entries.items():
        known = DEFAULTS.find(name, key) or Term(key, is_named=name == "source_types", counts_as="present")
        said = entry.model_fields_set
        changed: dict[str, Any] = {"label": entry.label} if entry.label else {}
        if isinstance(entry, SourceTypeEntry):
            changed |= {"plural": entry.plural} if entry.plural else {}
            changed |= {"csl": entry.csl or ""} if "csl" in said else {}
        if isinstance(entry, SourceTypeEntry | MediumEntry) and "named" in said:
            changed["is_named"] = entry.named
        if isinstance(entry, AttendanceEntry) and "counts_as" in said:
            changed["counts_as"] = entry.counts_as
        yield key, replace(known, **changed)


def _own_fields(
    kind: str, entries: Mapping[str, FieldEntry], located: Located, findings: list[Finding]
) -> Iterator[tuple[str, OwnField]]:
    for name, entry in entries.items():
        path = ("fields", kind, name)
        allowed = [*(("text", "date") if entry.holds == "list" else ()), *KINDS]
        if entry.holds == "key" and not entry.of:
            message = f'"{name}" holds a key: say "of" which kind of record'
            findings.append(Finding(located.key_span(path), "missing-field", message, "of: person"))
        elif entry.of and entry.holds not in ("key", "list"):
            message = f'only a key or a list is "of" something; this field holds {entry.holds}'
            findings.append(Finding(located.span((*path, "of")), "wrong-type", message, "holds: list"))
        elif entry.of and entry.of not in allowed:
            hint = did_you_mean(entry.of, allowed) or f"one of {', '.join(allowed)}"
            message = f'"{entry.of}" is no kind of record'
            findings.append(Finding(located.span((*path, "of")), "unknown-term", message, hint))
        else:
            if entry.facet and entry.holds == "prose":
                message = "prose cannot be a facet: a search is narrowed by words that many records share"
                findings.append(Finding(located.span((*path, "facet")), "wrong-type", message, "holds: text"))
            yield name, OwnField(name, entry.label, entry.holds, entry.of, entry.facet and entry.holds != "prose")
