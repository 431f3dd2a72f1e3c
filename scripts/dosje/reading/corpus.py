"""The corpus: all records of an edition as they were read, each value with its place.

Only this module reads records. It says whether a record can be understood by itself;
whether records agree with one another is for `check`.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from pathlib import Path, PurePosixPath
from typing import Any, Generic, TypeGuard, TypeVar

from pydantic import Field, ValidationError

from ..values.characters import drop_signs, find_signs
from ..values.dates import Edtf
from ..values.findings import Finding, Span, did_you_mean
from ..values.page_id import PageId
from . import records
from .assets import check_assets
from .bibliography import BibFile, Work, check_heirs, read_bib
from .files import MAX_BIB, MAX_TEXT, find_files, name_of, read_text, way_out
from .records import Archive, Event, Formerly, Meeting, Model, Organisation, Person, Place, Prose, Source
from .settings import Settings
from .texts import Markdown, Text, parse_text, sentences_of
from .yamltree import Located, read_yaml
from .yamltree import Path as FieldPath


class Essay(Model):
    """A chapter or page in prose: a Markdown file with YAML front matter."""

    title: str
    summary: str = ""
    order: int = 0
    formerly: Formerly = ()
    body: Prose = Field(default="", json_schema_extra={"description": "The Markdown below the front matter"})


class Document(Essay):
    """A page of a site that was made for MkDocs alone. All in it but citations stays as it is."""

    front_matter: str = ""


MODEL_BY_KIND: dict[str, type[Model]] = {
    "meeting": Meeting, "event": Event, "person": Person, "source": Source, "place": Place,
    "organisation": Organisation, "archive": Archive, "essay": Essay, "page": Essay,
}  # fmt: skip
# Records, one a file; authority lists, many in one file; prose, Markdown with front matter.
FOLDER_BY_KIND = {"meeting": "meetings", "event": "events", "person": "persons", "source": "sources"}
LIST_BY_KIND = {"place": "places.yml", "organisation": "organisations.yml", "archive": "archives.yml"}
ALL_KEYS = "*"
# pydantic's reason -> what the value must be, and how that is written.
_FIELDS = ("holds fields, each with its name", "name: value")
_LIST = ("is a list", "begin each line with a hyphen, or write [a, b]")
_SHAPES = {
    "model_type": _FIELDS,
    "model_attributes_type": _FIELDS,
    "dict_type": _FIELDS,
    "tuple_type": _LIST,
    "string_type": ("is one text, no list and no fields", 'a text with ": " or "[" in it needs quotes'),
    "bool_parsing": ("is true or false", "write true or false"),
    "bool_type": ("is true or false", "write true or false"),
    "int_parsing": ("is a whole number", "write 1, 2, 3 …"),
    "int_type": ("is a whole number", "write 1, 2, 3 …"),
    "too_short": ("has too few entries", "a dispute needs two positions"),
    "string_pattern_mismatch": ("is not written as it must be", "latitude, longitude: 41.33, 19.82"),
}
# Lists that the site makes, each in a folder of that name.
INDEXES = (
    "meetings", "events", "chronology", "persons", "sources", "places", "organisations", "archives", "essays",
    "attendance", "disputes", "lookup", "search",
)  # fmt: skip
PROSE_BY_KIND = {"essay": "essays", "page": "pages"}
# The endings of files that are read; no folder may be called so.
_READ = (".yml", ".yaml", ".md", ".bib")
_MARKDOWN = (".md", ".markdown", ".mdown", ".mkdn", ".mkd")


# Of each field that may hold citations: its path, "prose" or "cites", and the text as parsed.
FieldTexts = tuple[tuple[FieldPath, str, Text], ...]
# The sentence, as plain text, in which a citation or link stands, by field and offset.
Sentences = Mapping[tuple[FieldPath, int], str]


# The type of a record's model. What holds records of one type holds also such of any type.
M_co = TypeVar("M_co", bound=Model, covariant=True)
M = TypeVar("M", bound=Model)


@dataclass(eq=False)
class Record(Generic[M_co]):
    """One record, and where its values stand. Nothing changes it; it keeps what was once made from its texts."""

    kind: str
    key: str
    model: M_co
    located: Located = field(repr=False)
    base: FieldPath = ()
    body_span: Span | None = None

    @property
    def page(self) -> PageId:
        """The page that shows the record."""
        return PageId(self.kind, self.key)

    @property
    def date(self) -> Edtf | None:
        """What the record's field "date" says, None if it has no such field or says nothing."""
        date = getattr(self.model, "date", None)
        return date if isinstance(date, Edtf) else None

    def span(self, path: FieldPath = ()) -> Span:
        """Return the place of the value at `path`."""
        if self.base and not path:
            return self.located.key_span(self.base)  # one of many in a list: its key
        return self.located.span((*self.base, *path))

    def key_span(self) -> Span:
        """Return the place of the key: its line in an authority list, or the beginning of the record's file."""
        return self.located.key_span(self.base) if self.base else Span(self.located.path, 1, 1)

    def text_span(self, path: FieldPath, offset: int) -> Span:
        """Return the place of character `offset` of the text at `path`."""
        if path == ("body",) and self.body_span is not None:
            row = bisect_left(self._line_ends, offset)
            column = offset - (self._line_ends[row - 1] if row else -1)
            return Span(self.body_span.path, self.body_span.line + row, column)
        return self.located.span_within((*self.base, *path), offset)

    @cached_property
    def _line_ends(self) -> list[int]:
        return [match.start() for match in re.finditer("\n", getattr(self.model, "body", ""))]

    @cached_property
    def texts(self) -> FieldTexts:
        """The text of every field that may hold citations."""
        is_free = isinstance(self.model, Document)
        return tuple(
            (path, what, parse_text(text, is_free=is_free)) for path, what, text in records.iter_texts(self.model)
        )

    @cached_property
    def sentences(self) -> Sentences:
        """The sentences of the record's prose that rest on a citation or hold a link."""
        return find_sentences(self.texts)

    @cached_property
    def references(self) -> tuple[records.KeyReference, ...]:
        """The keys that stand in the record's fields (those in its prose are in `texts`)."""
        return tuple(records.iter_references(self.model))


def is_of(record: Record[Model], model: type[M]) -> TypeGuard[Record[M]]:
    """Say whether this is a record of a type, e.g. of `Source`."""
    return isinstance(record.model, model)


def _of_type(records: Mapping[str, Record[Model]], model: type[M]) -> Mapping[str, Record[M]]:
    return {key: record for key, record in records.items() if is_of(record, model)}


@dataclass(eq=False)
class Corpus:
    """All that an edition says. Nothing in it is derived from another record."""

    settings: Settings
    by_kind: Mapping[str, Mapping[str, Record[Model]]]
    bib_files: tuple[BibFile, ...]
    # Kind and key of records that are there and could not be understood: not unknown, only unread.
    # ALL_KEYS is the key where a whole list or .bib file could not be read.
    unread: frozenset[tuple[str, str]] = frozenset()

    @cached_property
    def meetings(self) -> Mapping[str, Record[Meeting]]:
        return _of_type(self.by_kind["meeting"], Meeting)

    @cached_property
    def events(self) -> Mapping[str, Record[Event]]:
        return _of_type(self.by_kind["event"], Event)

    @cached_property
    def persons(self) -> Mapping[str, Record[Person]]:
        return _of_type(self.by_kind["person"], Person)

    @cached_property
    def sources(self) -> Mapping[str, Record[Source]]:
        """The archival units by key; published works are in `works`."""
        return _of_type(self.by_kind["source"], Source)

    @cached_property
    def places(self) -> Mapping[str, Record[Place]]:
        return _of_type(self.by_kind["place"], Place)

    @cached_property
    def organisations(self) -> Mapping[str, Record[Organisation]]:
        return _of_type(self.by_kind["organisation"], Organisation)

    @cached_property
    def archives(self) -> Mapping[str, Record[Archive]]:
        return _of_type(self.by_kind["archive"], Archive)

    @cached_property
    def essays(self) -> Mapping[str, Record[Essay]]:
        """The chapters of the story by key."""
        return _of_type(self.by_kind["essay"], Essay)

    @cached_property
    def pages(self) -> Mapping[str, Record[Essay]]:
        """The other pages in prose by key."""
        return _of_type(self.by_kind["page"], Essay)

    @cached_property
    def works(self) -> Mapping[str, Work]:
        """The published works by key."""
        return {work.key: work for bib in self.bib_files for work in bib.works}

    @cached_property
    def work_texts(self) -> Mapping[str, FieldTexts]:
        """The texts of ours in entries of .bib files, by key: who cites the work, and what there is to say of it."""
        fields = (("via", "cites"), ("annotation", "prose"))
        return {
            key: tuple(((name,), what, parse_text(work.fields[name])) for name, what in fields if name in work.fields)
            for key, work in self.works.items()
        }

    @cached_property
    def pictures(self) -> Mapping[str, Path]:
        """Pictures and other files that are copied as they are, by their path below the pages."""
        return pictures_of(self.settings)

    def records(self) -> Iterator[Record[Model]]:
        """Yield every record, kind by kind, in the order of keys."""
        for kind in MODEL_BY_KIND:
            yield from self.by_kind[kind].values()

    def keys_of(self, kind: str) -> list[str]:
        """Return all keys that a reference of `kind` may name."""
        keys = list(self.by_kind.get(kind, ()))
        return keys + list(self.works) if kind == "source" else keys

    def has(self, kind: str, key: str) -> bool:
        """Say whether there is something of `kind` with this key."""
        is_work = kind == "source" and key in self.works
        is_read = is_work or key in self.by_kind.get(kind, ())
        return is_read or not self.unread.isdisjoint({(kind, key), (kind, ALL_KEYS)})

    def chain(self, record: Record[M]) -> tuple[Record[M], ...]:
        """Return what the record is part of, the nearest first; a cycle ends it."""
        chain: list[Record[M]] = []
        current = record
        while (key := getattr(current.model, "part_of", None)) is not None:
            parent = self.by_kind[record.kind].get(key)
            if parent is None or parent is record or parent in chain or not is_of(parent, type(record.model)):
                break
            chain.append(parent)
            current = parent
        return tuple(chain)


def find_sentences(texts: FieldTexts) -> Sentences:
    """Return the sentence of every citation, note call and link in the prose among `texts`."""
    return {
        (path, offset): sentence
        for path, what, text in texts
        if what == "prose"
        for block in text.blocks
        if any(not isinstance(piece, Markdown) for piece in block.pieces)
        for offset, sentence in sentences_of(block).items()
    }


def read_corpus(settings: Settings) -> tuple[Corpus, list[Finding]]:
    """Return all records that could be read, and findings on all that could not."""
    findings: list[Finding] = []
    content = settings.root / "content"
    by_kind: dict[str, dict[str, Record[Model]]] = {kind: {} for kind in MODEL_BY_KIND}
    unread: set[tuple[str, str]] = set()

    def add(kind: str, key: str, record: Record[Model] | None) -> None:
        if record is None:
            unread.add((kind, key))
        elif key in by_kind[kind]:
            # The file's name is the key, so this is a file of the same name in another folder.
            message = f'"{key}" is also the key of {by_kind[kind][key].located.path}'
            findings.append(Finding(record.span(), "key-clash", message, "rename one of both files"))
        else:
            by_kind[kind][key] = record

    if not way_out(content, settings.root):
        _check_names(content, settings.root, findings)
    found = find_files(content, settings.root, _READ)
    findings += found.findings
    findings += check_assets(found.files, settings.root, settings.extra_files)
    for kind, folder in FOLDER_BY_KIND.items():
        for path in _files(found.files, content / folder, (".yml", ".yaml"), settings.root, findings):
            add(kind, path.stem, _read_record(kind, path, settings.root, findings))
    for kind, name in LIST_BY_KIND.items():
        if content / name in found.files:
            for key, record in _read_list(kind, content / name, settings.root, findings):
                add(kind, key, record)
        elif (content / name).exists():
            unread.add((kind, ALL_KEYS))
    for kind, folder in PROSE_BY_KIND.items():
        for path in _files(found.files, content / folder, (".md",), settings.root, findings):
            add(kind, path.stem, _read_prose(kind, path, settings.root, findings))
    if settings.docs_dir:
        findings += find_files(settings.root / settings.docs_dir, settings.root).findings
    for key, path in documents_of(settings).items():
        text = _read_file(path, settings.root, findings)
        record = _understand_document(key, name_of(path, settings.root), text) if text is not None else None
        add("page", key, record)
    bib_files = []
    for path in _bib_files(settings, findings):
        text = _read_file(path, settings.root, findings, MAX_BIB)
        if text is None:
            unread.add(("source", ALL_KEYS))
            continue
        bib, said = read_bib(text, name_of(path, settings.root))
        findings += said
        unread |= {("source", key) for key in bib.unread}
        bib_files.append(bib)
    findings += check_heirs(bib_files)
    return Corpus(settings, by_kind, tuple(bib_files), frozenset(unread)), sorted(set(findings))


def _bib_files(settings: Settings, findings: list[Finding]) -> list[Path]:
    if settings.bib_file:
        return [settings.root / settings.bib_file]
    folder = settings.root / settings.bib_dir
    found = find_files(folder, settings.root, _READ)
    findings += found.findings
    return [path for path in found.files if path.parent == folder and path.suffix == ".bib"]


def _files(
    found: Iterable[Path], folder: Path, suffixes: tuple[str, ...], root: Path, findings: list[Finding]
) -> list[Path]:
    """Return those among the files found that hold records of one kind, which lie in `folder`."""
    files = []
    for path in (path for path in found if path.is_relative_to(folder)):
        if path.suffix in suffixes:
            files.append(path)
        elif path.suffix.lower() in (".yml", ".yaml", ".md", ".json", ".txt"):
            message = f"files in {folder.name}/ end in {suffixes[0]}; this one would not be read"
            hint = f"rename it to {path.stem}{suffixes[0]}"
            findings.append(Finding(Span(name_of(path, root), 1, 1), "bad-key", message, hint))
    return files


def _check_names(content: Path, root: Path, findings: list[Finding]) -> None:
    """Find what is nearly called as a folder or list that is read, and so would not be."""
    known = {*FOLDER_BY_KIND.values(), *LIST_BY_KIND.values(), *PROSE_BY_KIND.values(), "assets"}
    for path in sorted(content.iterdir()) if content.is_dir() else []:
        hint = did_you_mean(path.name, known)
        if hint and path.name not in known:
            span = Span(name_of(path, root), 1, 1)
            findings.append(Finding(span, "bad-key", f'nothing reads "{span.path[8:]}" in content/', hint))


def _read_file(path: Path, root: Path, findings: list[Finding], limit: int = MAX_TEXT) -> str | None:
    text, found = read_text(path, root, limit)
    findings += found
    return text


# What a file's text says depends on nothing else. So it is kept: a preview reads anew what was saved.
_keep = lru_cache(maxsize=1 << 16)
_Findings = tuple[Finding, ...]
# A key, and the record if it could be read.
_Keyed = tuple[str, Record[Model] | None]


def _read_record(kind: str, path: Path, root: Path, findings: list[Finding]) -> Record[Model] | None:
    text = _read_file(path, root, findings)
    if text is None:
        return None
    record, found = _understand_record(kind, name_of(path, root), text)
    findings += found
    return record


@_keep
def _understand_record(kind: str, name: str, text: str) -> tuple[Record[Model] | None, _Findings]:
    located, findings = read_yaml(text, name)
    _check_key(PurePosixPath(name).stem, Span(name, 1, 1), findings)
    record = _validate(kind, located, (), findings) if located else None
    return record, tuple(findings)


def _read_list(kind: str, path: Path, root: Path, findings: list[Finding]) -> tuple[_Keyed, ...]:
    text = _read_file(path, root, findings)
    if text is None:
        return ((ALL_KEYS, None),)
    records_by_key, found = _understand_list(kind, name_of(path, root), text)
    findings += found
    return records_by_key


@_keep
def _understand_list(kind: str, name: str, text: str) -> tuple[tuple[_Keyed, ...], _Findings]:
    located, findings = read_yaml(text, name)
    if located is None:
        return ((ALL_KEYS, None),), tuple(findings)
    if located.value in (None, ""):
        return (), tuple(findings)
    if not isinstance(located.value, dict):
        message = f"{PurePosixPath(name).name} holds keys, each with its fields below it"
        findings.append(Finding(located.span(), "wrong-type", message, f"a-key: {{name: A {kind}}}"))
        return ((ALL_KEYS, None),), tuple(findings)
    found = []
    for key in located.value:
        _check_key(key, located.key_span((key,)), findings)
        found.append((key, _validate(kind, located, (key,), findings)))
    return tuple(found), tuple(findings)


def _read_prose(kind: str, path: Path, root: Path, findings: list[Finding]) -> Record[Model] | None:
    text = _read_file(path, root, findings)
    if text is None:
        return None
    record, found = _understand_prose(kind, name_of(path, root), text)
    findings += found
    return record


@_keep
def _understand_prose(kind: str, name: str, text: str) -> tuple[Record[Model] | None, _Findings]:
    findings: list[Finding] = []
    _check_key(PurePosixPath(name).stem, Span(name, 1, 1), findings)
    match = re.match(r"---[ \t]*\r?\n(.*?\n)?---[ \t]*(?:\r?\n|\Z)", text, re.DOTALL)
    if not match:
        hint = "begin the file with ---, title: …, ---"
        findings.append(Finding(Span(name, 1, 1), "missing-field", "the file has no front matter with a title", hint))
        return None, tuple(findings)
    located, found = read_yaml(match[1] or "", name, first_line=2)
    findings += found
    if located is None:
        return None, tuple(findings)
    values = located.value if isinstance(located.value, dict) else {}
    body_span = Span(name, text[: match.end()].count("\n") + 1, 1)
    if "body" in values:
        findings.append(Finding(located.key_span(("body",)), "unknown-field", '"body" is what stands below the ---'))
    body = text[match.end() :]
    findings += find_signs(body, name, body_span.line)
    whole = Located(name, located.text, {**values, "body": body}, located.nodes, located.keys, 2)
    return _validate(kind, whole, (), findings, body_span), tuple(findings)


def documents_of(settings: Settings) -> dict[str, Path]:
    """Return the pages of a site that was made for MkDocs alone, by the path of each without its ending."""
    found = {}
    for path, name in _files_of_docs(settings):
        if path.suffix in _MARKDOWN:
            folder, _, stem = name.removesuffix(path.suffix).rpartition("/")
            # As MkDocs has it: a folder's README is its index, unless it has one.
            is_index = stem == "README" and not (path.parent / "index.md").is_file()
            found[f"{folder}/" * bool(folder) + ("index" if is_index else stem)] = path
    return found


def pictures_of(settings: Settings) -> dict[str, Path]:
    """Return what is to be copied as it is, by its path below the pages: pictures and other files."""
    folder = settings.root / "content" / "assets"
    found = find_files(folder, settings.root).files
    pictures = {f"assets/{path.relative_to(folder).as_posix()}": path for path in found}
    return pictures | {name: path for path, name in _files_of_docs(settings) if path.suffix not in _MARKDOWN}


def _files_of_docs(settings: Settings) -> Iterator[tuple[Path, str]]:
    folder = settings.root / settings.docs_dir
    for path in find_files(folder, settings.root).files if settings.docs_dir else ():
        yield path, path.relative_to(folder).as_posix()


@_keep
def _understand_document(key: str, name: str, text: str) -> Record[Model]:
    """Return a page as it is: its title is the front matter's, its first heading's, or its file's (MkDocs)."""
    match = re.match(r"---[ \t]*\r?\n(.*?)^(?:---|\.\.\.)[ \t]*(?:\r?\n|\Z)", text, re.DOTALL | re.MULTILINE)
    front, body = (match[1], text[match.end() :]) if match else ("", text)
    located, found = read_yaml(front, name, first_line=2) if front else (None, [])
    values = located.value if located and not found and isinstance(located.value, dict) else {}
    heading = re.search(r"^# +(.+)$", body, re.MULTILINE)
    stem = key.rpartition("/")[2]
    title = values.get("title") or (
        (heading[1].rstrip(" #") or heading[1]) if heading else stem.replace("-", " ").replace("_", " ").capitalize()
    )
    body_span = Span(name, text[: len(text) - len(body)].count("\n") + 1, 1)
    model = Document(title=str(title), body=body, front_matter=front)
    return Record("page", key, model, Located(name, text, {}, {}, {}), (), body_span)


def _check_key(key: str, span: Span, findings: list[Finding]) -> None:
    if not records.is_valid_key(key):
        hint = re.sub(r"[^a-z0-9]+", "-", key.lower()).strip("-")
        message = f'"{key}" cannot be a key: only a-z, 0-9 and hyphens'
        findings.append(Finding(span, "bad-key", message, f'"{hint}" could' if hint else ""))


def _validate(
    kind: str, located: Located, base: FieldPath, findings: list[Finding], body_span: Span | None = None
) -> Record[Model] | None:
    key = str(base[0]) if base else PurePosixPath(located.path).stem
    value: Any = located.value
    for part in base:
        value = value[part]
    if value in (None, ""):
        value = {}
    try:
        model = MODEL_BY_KIND[kind].model_validate(_without_blanks(value))
    except ValidationError as error:
        details = error.errors(include_url=False)
        for detail in details:
            # An entry that cannot be read is not counted, so its list may be called too short.
            is_echo = detail["type"] == "too_short" and any(
                other["loc"][: len(detail["loc"])] == detail["loc"] for other in details if other is not detail
            )
            if not is_echo:
                findings.append(_explain(dict(detail), kind, located, base))
        return None
    return Record(kind, key, model, located, base, body_span)


def _without_blanks(value: Any) -> Any:
    # "born:" with nothing behind it is a field that the editor has not filled in yet.
    if isinstance(value, dict):
        return {drop_signs(key): _without_blanks(part) for key, part in value.items() if part != ""}
    if isinstance(value, list):
        return [_without_blanks(part) for part in value]
    return drop_signs(value) if isinstance(value, str) else value


def _explain(detail: dict[str, Any], kind: str, located: Located, base: FieldPath) -> Finding:
    path = (*base, *detail["loc"])
    reason, message = detail["type"], str(detail["msg"])
    name = detail["loc"][-1] if detail["loc"] else ""
    if reason == "missing":
        is_blank = path in located.keys
        span = located.key_span(path if is_blank or len(path[:-1]) > len(base) else base)
        article = "an" if kind[0] in "aeo" else "a"
        return Finding(span, "missing-field", f'{article} {kind} needs "{name}" here', f"{name}: …")
    if reason == "extra_forbidden":
        known = _fields_at(MODEL_BY_KIND[kind], detail["loc"][:-1])
        hint = did_you_mean(str(name), known) or f"known: {', '.join(sorted(known))}"
        return Finding(located.key_span(path), "unknown-field", f'"{name}" is no field here', hint)
    hint = str(detail.get("ctx", {}).get("hint", ""))
    code = reason if reason in ("bad-date", "bad-folios", "missing-field", "unsafe-link") else "wrong-type"
    if reason == "literal_error":
        expected = str(detail["ctx"]["expected"]).replace("'", "")
        given = detail["input"] if isinstance(detail["input"], str) else "a list or fields"
        message = f'"{given}" is none of: {expected}'
        hint = did_you_mean(given, [word.strip() for word in re.split(r",| or ", expected)])
    elif reason in _SHAPES:
        message, hint = _SHAPES[reason]
        message = f'"{name}" {message}' if isinstance(name, str) and name else f"this {message}"
    elif code == "wrong-type" and reason != "wrong-type":
        message = f'"{name}": {message[0].lower()}{message[1:]}'
    return Finding(located.span(path), code, message, hint)


def _fields_at(model: type[Model], path: tuple[str | int, ...]) -> list[str]:
    """Return the names that may stand at `path` of a record of this type."""
    for part in path:
        if isinstance(part, int):
            continue
        info = next((f for n, f in model.model_fields.items() if (f.alias or n) == part), None)
        inner = records.find_model(info.annotation) if info else None
        if inner is None:
            return []
        model = inner
    return [info.alias or name for name, info in model.model_fields.items() if name != "body"]
