"""Finds the key of a record by its key, its name or title, or another spelling of it: tables name records by these."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Mapping
from typing import Any

from ..edition.person_names import display_name, sort_name
from ..reading.corpus import Corpus, Record
from ..reading.fields import Model, Ref
from ..reading.keys import is_valid_key
from ..reading.records import Person
from .incoming import IncomingRecord


class NameIndex:
    """The names of the records of an edition, and of those that are imported with it."""

    def __init__(self, corpus: Corpus, brought: Iterable[IncomingRecord] = ()) -> None:
        self._corpus = corpus
        self._brought: dict[str, dict[str, IncomingRecord]] = {}
        for record in brought:
            self._brought.setdefault(record.page.kind, {})[record.page.key] = record
        self._by_kind: dict[str, dict[str, set[str]]] = {}

    def find(self, ref: Ref, text: str) -> str | None:
        """Return the key that a text means, the text itself where it may be a plain name; None if nothing has it."""
        for kind in (ref.kind, ref.or_kind) if ref.or_kind else (ref.kind,):
            if is_valid_key(text) and (self._corpus.has(kind, text) or text in self._brought.get(kind, {})):
                return text
            found = self._names_of(kind).get(_fold(text), set())
            if len(found) == 1:
                return next(iter(found))
        return text if ref.or_name and not is_valid_key(text) else None

    def parts_of_name(self, text: str) -> dict[str, Any]:
        """Return a person's name in parts: those of the person who is called so, else what the comma parts."""
        known = self._corpus.persons.get(self.find(Ref("person"), text) or "")
        if known is not None:
            return known.model.name.model_dump(exclude_defaults=True)
        family, _, given = (part.strip() for part in text.partition(","))
        return {"family": family, "given": given} if given else {"family": family}

    def _names_of(self, kind: str) -> Mapping[str, set[str]]:
        if kind not in self._by_kind:
            names = self._by_kind[kind] = {}
            for key, record in self._corpus.by_kind.get(kind, {}).items():
                for name in names_of_record(record):
                    names.setdefault(_fold(name), set()).add(key)
            for key, brought in self._brought.get(kind, {}).items():
                for name in _names_in(brought.fields):
                    names.setdefault(_fold(name), set()).add(key)
            names.pop("", None)
        return self._by_kind[kind]


def names_of_record(record: Record[Model]) -> list[str]:
    """Return what a record is called: title or name, in the order of a sentence and of an index, and its variants."""
    model: Any = record.model
    names = [display_name(model.name), sort_name(model.name), model.name.native] if isinstance(model, Person) else []
    for field in ("title", "name", "english", "abbreviation", "original_title"):
        value = getattr(model, field, "")
        names += [value] if isinstance(value, str) else []
    return [*names, *getattr(model, "variants", ())]


def _names_in(fields: Mapping[str, Any]) -> list[str]:
    name = fields.get("name")
    names = [str(fields[field]) for field in ("title", "english", "abbreviation") if fields.get(field)]
    if isinstance(name, Mapping):
        family, given = str(name.get("family", "")), str(name.get("given", ""))
        names += [f"{given} {family}", f"{family}, {given}", f"{family} {given}"]
    elif name:
        names.append(str(name))
    variants = fields.get("variants", ())
    return [*names, *(variants if isinstance(variants, list | tuple) else (str(variants),))]


def _fold(text: str) -> str:
    """Return a name as it is compared: without capitals and accents. Each word of it counts, an article too."""
    letters = unicodedata.normalize("NFKD", text).casefold()
    return " ".join("".join(sign for sign in letters if not unicodedata.combining(sign)).split())
