"""An edition in which each field of each record has a value of its own, and where its outputs show that value.

The models of records are walked, so a new field is asked for without a word here. A text holds a mark (`Xq12q`), a
field for a key has a record of its own to name, a date a year of its own. A choice has a word, which the record that
chose otherwise must not have.
"""

from __future__ import annotations

import html
import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, Literal, get_args, get_origin

from dosje.books.xhtml import record_id
from dosje.edition.pages import path_of
from dosje.reading.field_types import Address
from dosje.reading.fields import PROSE, Marked, Model, Ref, find_model
from dosje.reading.kinds import KINDS
from dosje.reading.own_fields import OwnFields
from dosje.values.dates import Edtf
from dosje.values.folios import Folios
from dosje.values.page_id import PageId

# Where a value may be shown. The exports are those of sources; "json" is the edition as JSON.
FACES = ("page", "book", "epub", "json")
EXPORTS = {"csl-json": "csl.json", "biblatex": "biblatex.bib", "bibtex": "bibtex.bib", "ris": "ris"}
# Of two fields that exclude each other, record "a" has the first and "b" the second; "a0" is the first part of a list.
_EITHER = {
    "meeting.participants.person": "a0", "meeting.participants.organisation": "b0", "meeting.participants.name": "1",
    "source.repository": "a", "source.reference": "a", "source.part_of": "b", "source.witnesses.part_of": "a",
    "person.affiliations.from": "a", "person.affiliations.to": "a", "person.affiliations.date": "b",
    "source.former.from": "a", "source.former.to": "a", "archive.names.from": "a", "archive.names.to": "a",
    "source.witnesses.published_in": "b", "source.via": "a", "source.witnesses.via": "a",
}  # fmt: skip
# What the reader or a check lets stand only so. Of a pair the second is the choice of record "b".
_SET: Mapping[str, Any] = {
    "place.coordinates": ("41.33, 19.82", "12.5, 10.25"), "place.kind": ("country", None),
    "meeting.kind": ("hearing", "dinner"), "event.kind": ("military", "press"),
    "meeting.participants.attendance": ("observer", "uncertain"), "source.type": ("despatch", "minutes"),
    "source.medium": ("microfilm", "typescript"), "source.state": ("translation", "extract"),
    "source.dates.kind": ("sent", "registered"), "meeting.dates.kind": ("published", "signed"),
    "event.dates.kind": ("published", "signed"),
    "source.level": ("item", "file"), "source.seen": ("via", "scan"), "source.witnesses.kind": ("draft", "copy"),
    "source.witnesses.seen": ("via", "original"), "essay.order": (7, 8), "page.order": (7, 8),
    "source.title_is": ("supplied", "formal"), "source.leaves": ("pages", "unknown"),
    "archive.leaves": ("unknown", "pages"), "archive.order": ("small-to-large", "large-to-small"),
    "archive.isil": ("XX-A1", "XX-B2"), "archive.country": ("AL", "GB"),
    "archive.pattern": ("{archive}: {reference}", ""),
    "source.language": ("sq", "hu"), "archive.language": ("sq", "hu"),
}  # fmt: skip
# The own fields of each kind of record, and what each holds.
_VOCABULARY = {
    "own-text": {"label": "Text", "facet": "true"}, "own-prose": {"label": "Prose", "holds": "prose"},
    "own-date": {"label": "Date", "holds": "date"}, "own-key": {"label": "Key", "holds": "key", "of": "person"},
    "own-list": {"label": "List", "holds": "list", "of": "place"},
}  # fmt: skip
_OWN: Mapping[str, list[Any]] = {
    "own-text": [str], "own-prose": [PROSE], "own-date": [Edtf], "own-key": [Ref("person")], "own-list": [Ref("place")],
}  # fmt: skip
# What a choice is called, where that is not its own word.
_CALLED = {
    "source.leaves": {"unknown": "not known", "pages": "the pages"},
    "archive.leaves": {"unknown": "not known", "pages": "the pages"},
    "archive.country": {"AL": "Albania", "GB": "United Kingdom"},
    "source.title_is": {"formal": "given by the archive"},
    "source.seen": {"via": "not by us"},
    "place.coordinates": {"41.33, 19.82": "41.33", "12.5, 10.25": "12.5"},
}
_NAMED = {
    "person": '{{"name": {{"family": "{0}"}}}}', "place": '{{"name": "{0}"}}', "organisation": '{{"name": "{0}"}}',
    "archive": '{{"name": "{0}"}}',
    "source": '{{"title": "{0}", "type": "series", "level": "series", "repository": "archive-b", "seen": "scan"}}',
    "meeting": '{{"title": "{0}", "kind": "talks", "date": "1800/1899"}}',
}  # fmt: skip


@dataclass(frozen=True)
class Value:
    """What a field of one record holds: how it is found (a regular expression), and whether that is a word of ours."""

    path: str
    page: PageId
    found_by: str
    is_word: bool = False


@dataclass
class Walked:
    """The edition, and the value of each field by its path, e.g. "meeting.participants.role"."""

    files: dict[str, str] = field(default_factory=dict)
    values: dict[str, list[Value]] = field(default_factory=dict)
    free: set[str] = field(default_factory=set)  # the fields that hold what an editor writes for readers


def walk_fields(signs: str = "") -> Walked:
    """Return an edition with two records of each kind, which between them have every field.

    `signs`: stand behind the mark of each text that is no citation.
    """
    return _Walk(signs).walk()


class _Walk:
    def __init__(self, signs: str) -> None:
        self.made = Walked()
        self._signs = signs
        self._records: dict[str, dict[str, Any]] = {kind: {} for kind in KINDS}
        self._count = 0
        self._page, self._name, self._turn = PageId("", ""), "", 0

    def walk(self) -> Walked:
        self._records["source"]["source-cited"] = json.loads(_NAMED["source"].format("Cited"))
        for kind, row in KINDS.items():
            for self._name in "ab":
                self._page = PageId(kind, f"{kind}-{self._name}")
                self._records[kind][self._page.key] = self._record(row.model, kind)
        for kind, records in self._records.items():
            self._write(kind, records)
        self.made.files["content/vocabulary.yml"] = json.dumps({"fields": dict.fromkeys(KINDS, _VOCABULARY)})
        self.made.files["mkdocs.yml"] = "site_name: All fields\nsite_url: https://example.org/\n"
        return self.made

    def _write(self, kind: str, records: dict[str, dict[str, Any]]) -> None:
        row = KINDS[kind]
        if row.kept_in == "list":
            self.made.files[f"content/{row.path_in_content}"] = json.dumps(records)
        for key, values in records.items() if row.kept_in != "list" else ():
            if row.kept_in == "files":
                self.made.files[f"content/{row.path_in_content}/{key}.yml"] = json.dumps(values)
            else:
                body = values.pop("body")
                self.made.files[f"content/{row.path_in_content}/{key}.md"] = f"---\n{json.dumps(values)}\n---\n{body}\n"

    def _record(self, model: type[Model], where: str) -> dict[str, Any]:
        values = {}
        for name, info in model.model_fields.items():
            path = f"{where}.{info.alias or name}"
            if _EITHER.get(path, self._name) in (self._name, f"{self._name}{self._turn}", str(self._turn)):
                value = self._value((info.annotation, *info.metadata), path, info.default)
                if value is not None:
                    values[info.alias or name] = value
        return values

    def _records_of(self, model: type[Model], path: str, count: int) -> list[dict[str, Any]]:
        made = []
        for self._turn in range(count):
            made.append(self._record(model, path))
        self._turn = 0
        return made

    def _own_fields(self, kind: str) -> dict[str, Any]:
        """Return a value for each own field of the edition, one of each kind of value."""
        values = {name: self._plain(parts, f"{kind}.fields.{name}") for name, parts in _OWN.items()}
        return values | {"own-list": [values["own-list"]]}

    def _value(self, annotation: tuple[Any, ...], path: str, default: Any) -> Any:
        if path in _SET:
            chosen = _SET[path]["ab".index(self._name)]
            if chosen != default:  # what everything is goes without saying
                called = _CALLED.get(path, {}).get(str(chosen), "")
                # Where readers see another word, the word of the record stands in JSON alone.
                found_by = f'"{re.escape(str(chosen))}"|{re.escape(called)}' if called else re.escape(str(chosen))
                self._note(path, found_by, is_word=True)
            return chosen
        parts = list(_parts(annotation))
        if OwnFields in parts:
            return self._own_fields(path.partition(".")[0])
        inner = next((found for part in annotation if (found := find_model(part))), None)
        is_many = any(get_origin(part) is tuple for part in parts)
        if inner is not None:
            two = path.endswith((".positions", ".participants"))
            return self._records_of(inner, path, 1 + two) if is_many else self._record(inner, path)
        if Folios in parts:
            self._count += 1
            self._note(path, str(7000 + self._count))
            return str(7000 + self._count)
        found = self._plain(parts, path)
        return [found] if is_many else found

    def _plain(self, parts: list[Any], path: str) -> Any:
        self._count += 1
        mark = f"q{self._count}q"
        for part in parts:
            if isinstance(part, Ref):
                key = f"{part.kind}-{mark}"
                self._records[part.kind][key] = json.loads(_NAMED[part.kind].format(f"X{mark}"))
                self._note(path, mark)
                return key
            if part is Edtf:
                self._note(path, str(1800 + self._count))
                return str(1800 + self._count)
            if get_origin(part) is Literal:
                raise AssertionError(f"{path} is a choice: say in _SET what each of two records chooses")
        if path.endswith(".formerly"):
            self._note(path, mark)
            return f"old-{mark}"
        if path.endswith(".draft"):
            self._note(path, r'Unchecked: an import|\[unchecked\]|"draft": true')
            return True
        if any(part is bool for part in parts):
            assert path == "person.name.family_first", f"{path}: say how readers see it"
            # The two names before it, in this order.
            family, given = (re.escape(f"Xq{self._count - back}q{self._signs}") for back in (2, 1))
            self._note(path, f'{family},? {given}|"family_first": true')
            return True
        self.made.free.add(path)
        is_prose = any(isinstance(part, Marked) and part.what == "prose" for part in parts)
        is_other = any(isinstance(part, Marked) or get_origin(part) is dict for part in parts) or _is_address(parts)
        text = f"X{mark}{self._signs}" if is_prose or not is_other else f"X{mark}"
        escaped = re.sub(r"([*_\[\]])", r"\\\1", text)
        # The JSON has prose as it is written.
        self._note(path, f"{re.escape(text)}|{re.escape(json.dumps(escaped)[1:-1])}")
        if is_prose:
            return f"Said {escaped} [@source-cited, fl. 3]."
        if any(isinstance(part, Marked) for part in parts):
            return f"[see {text} @source-cited, fl. 3]"
        if any(get_origin(part) is dict for part in parts):
            return {"wikidata": text}
        return f"https://x.invalid/{text}" if _is_address(parts) else text

    def _note(self, path: str, found_by: str, *, is_word: bool = False) -> None:
        self.made.values.setdefault(path, []).append(Value(path, self._page, found_by, is_word))


def _parts(annotation: Any) -> Iterator[Any]:
    """Yield all that an annotation is made of, from outside in."""
    for part in annotation:
        yield part
        more = () if get_origin(part) is Literal else (*get_args(part), *getattr(part, "__metadata__", ()))
        yield from _parts(more)


def _is_address(parts: list[Any]) -> bool:
    readers = [part.func for part in get_args(Address)[1:] if hasattr(part, "func")]
    return any(getattr(part, "func", None) in readers for part in parts)


class Shown:
    """What the outputs of the edition (`printing.print_everything`) show of its values."""

    def __init__(self, walked: Walked, printed: Mapping[str, str]) -> None:
        self._walked, self._printed = walked, printed
        self._json = json.loads(printed["export/json"])

    def missing(self) -> dict[str, list[str]]:
        """Return, by field, the faces and exports that do not show it with its record."""
        found = {}
        for path, values in self._walked.values.items():
            exports = EXPORTS if path.startswith("source.") else ()
            lacking = [face for face in (*FACES, *exports) if not all(self._has(face, value) for value in values)]
            if lacking:
                found[path] = lacking
        return found

    def _has(self, face: str, value: Value) -> bool:
        edge = r"\w" if value.is_word else "[0-9]"
        pattern = re.compile(f"(?<!{edge})(?:{value.found_by})(?!{edge})", re.IGNORECASE)
        if not value.is_word:
            return pattern.search(self._text(face, value.page)) is not None
        other = PageId(value.page.kind, f"{value.page.kind}-{'b' if value.page.key.endswith('a') else 'a'}")
        here, there = (len(pattern.findall(self._text(face, page))) for page in (value.page, other))
        return here > there

    def _text(self, face: str, page: PageId) -> str:
        if face == "page":
            # Without what stands before the text, for machines.
            return html.unescape(self._printed[f"pages/{path_of(page)}"].split("\n---\n", 1)[1])
        if face == "book":
            return self._book.get(f"{page.kind}/{page.key}", "")
        if face == "epub":
            mark = f'id="{record_id(page)}"'
            return next((text for name, text in self._printed.items() if name.startswith("epub/") and mark in text), "")
        if face == "json":
            lists = [found for found in self._json.values() if isinstance(found, list)]
            return next((json.dumps(one) for found in lists for one in found if one["key"] == page.key), "")
        return self._printed[f"pages/sources/{page.key}.{EXPORTS[face]}"]

    @cached_property
    def _book(self) -> dict[str, str]:
        """The entries of the book, by kind and key."""
        parts = re.split(r'^(?:entry|bare)\("r:([^"]+)"', self._printed["book.typ"], flags=re.MULTILINE)
        texts: dict[str, str] = {}
        for name, text in zip(parts[1::2], parts[2::2], strict=True):
            texts[name] = texts.get(name, "") + text
        return texts
