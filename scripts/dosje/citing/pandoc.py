"""Asks pandoc for the words of sources, once for each form that occurs, and keeps them.

The only module that runs pandoc. What it answers depends on the source, the style, the locale
and pandoc's version alone, and is kept under a digest of these.
"""

from __future__ import annotations

import hashlib
import json
import os
import re
import sqlite3
import tempfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, contextmanager
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

import pypandoc

from ..reading.bibliography import BibFile
from ..system.children import DEFAULT_LIMITS, LimitError, Limits, Means, end_all, run_child, tell_of_memory
from ..values import words
from ..values.citations import LOCATOR_LABELS
from ..values.errors import OperationError
from ..values.metadata import (
    Meta,
    MetaMap,
    meta_bool,
    meta_list,
    meta_of_reference,
    meta_string,
    pandoc_text,
    read_references,
)
from ..values.words import Words
from .csl import NO_ARCHIVE, TRANSLATED, Style, Variant, word_of_label

# Stand for the locator in a form; five digits that no file of ours reaches. No style changes them.
ONE, OTHER, TWO = "77777", "66666", "88888"
# Stands for the number of the note that has the full form: "Kapo (n 5)". Pandoc's own count of the
# notes that we give it begins at _NOTES_FROM.
FIRST_NUMBER, _NOTES_FROM = "55555", 440001
# Stands for "ibid." in the reference of an archival unit, until the language's word takes its place.
IBID = "33333"
# Stands there for what differs from the unit before, "D. 3": so one form serves all places in a fonds.
REST = "11111"
# The key of what has no words but such a reference: "Ibid., D. 3, fl. 31".
BARE = "dosje:bare"
# Part of what words are kept under: to be raised when we ask pandoc in another way.
_ASKED_AS = "5"
# What it is asked for, if not for what a .bib file says.
_WORDS = "the words of sources"
# Of Haskell's runtime, when what it may take is taken.
_HEAP_EXHAUSTED = 251
# Keeps pandoc from setting a capital, as it does at the beginning of a note.
_PREFIX = "qq"
_SEPARATOR = "dosje-separator"
# The variables without which no program runs, on one system or another.
_NEEDED = ("PATH", "SYSTEMROOT", "TEMP", "TMP", "TMPDIR")
_BIBLIOGRAPHY = re.compile(r"<bibliography\b.*</bibliography>", re.DOTALL)
_TERM = r'\1><text term="ibid"/></layout>'
_QUOTED = r'\1 suffix="."><text value="x" quotes="true"/></layout>'


class Form(NamedTuple):
    """One way in which a source can be worded: a position, and the label of a locator or "".

    `within`: the reference in place of the whole one where it is shortened, "" elsewhere.
    """

    key: str
    position: str  # a CSL position, or "bibliography"
    label: str = ""
    is_plural: bool = False
    within: str = ""

    @property
    def variant(self) -> Variant:
        return Variant(self.key, not self.label, self.within, self.position == "bibliography")


class PandocError(OperationError):
    """Pandoc failed; the message is its own."""


@cache
def pandoc_version() -> str:
    done = run_child([_pandoc_path(), "--version"], Limits(), "pandoc, for its version")
    return done.stdout.split("\n", 1)[0].removeprefix("pandoc ").strip()


@cache
def _pandoc_path() -> str:
    """Return pandoc: the one that the variable names, or that came with pypandoc. Without, pypandoc's guess."""
    # Not pypandoc's guess where it can be spared: it starts every pandoc that it finds, and takes the newest.
    files = Path(pypandoc.__file__).parent / "files"
    found = [os.environ.get("PYPANDOC_PANDOC", ""), *map(str, sorted(files.glob("pandoc*")))]
    return next((path for path in found if path and Path(path).is_file()), "") or str(pypandoc.get_pandoc_path())


def read_works(bib: BibFile, locale: str, means: Means) -> Mapping[str, Meta]:
    """Return the CSL variables of every entry of a .bib file, as pandoc's metadata by key.

    `locale`: the language of entries without `langid`. Of English titles pandoc makes most capitals small.
    """
    digest = _digest("works", pandoc_version(), locale, bib.text)
    with _open(means.cache_dir) as store:
        row = store.execute("SELECT value FROM kept WHERE digest = ?", (digest,)).fetchone()
        if row is None:
            answer = _run(["-f", "biblatex", "-t", "json"], bib.text, locale, means.limits, bib.path)
            row = (json.dumps(read_references(json.loads(answer)["meta"])),)
            with store:
                store.execute("INSERT OR REPLACE INTO kept VALUES (?, ?)", (digest, row[0]))
    found: dict[str, Meta] = json.loads(row[0])
    return found


def word_forms(
    forms: Iterable[Form], metas: Mapping[Variant, Meta], style: Style, locale: str, means: Means
) -> dict[Form, Words]:
    """Return the words of each form; all that are not kept yet come from one call of pandoc.

    `metas`: CSL variables by the variant of the form. Raises PandocError.
    """
    wanted = sorted(set(forms))
    base = f"{_ASKED_AS}/{style.digest}/{locale}/{pandoc_version()}"
    source_digests: dict[Variant, str] = {}
    digest_by_form = {}
    for form in wanted:
        source = form.variant
        if source not in source_digests:
            source_digests[source] = json.dumps(metas[source], sort_keys=True, ensure_ascii=False)
        parts = (source_digests[source], form.position, form.label, str(form.is_plural))
        digest_by_form[form] = _digest("form", base, *parts)
    with _open(means.cache_dir) as store:
        kept = _fetch(store, list(digest_by_form.values()))
        missing = [form for form in wanted if digest_by_form[form] not in kept]
        if missing:
            made = _ask(missing, metas, style, locale, means.limits)
            rows = [(digest_by_form[form], json.dumps(words.to_json(text))) for form, text in made.items()]
            with store:
                store.executemany("INSERT OR REPLACE INTO kept VALUES (?, ?)", rows)
            kept.update(rows)
    return {form: words.from_json(json.loads(kept[digest])) for form, digest in digest_by_form.items()}


def sets_stops_in_quotes(style: Style, locale: str, means: Means) -> bool:
    """Say whether the language, as the style has it, sets a full stop within a closing quotation mark."""
    return not _print_layout(_QUOTED, style, locale, means).endswith(".")


def ibid_of(style: Style, locale: str, means: Means) -> str:
    """Return the language's word for "ibid.", as the style has it."""
    return _print_layout(_TERM, style, locale, means)[len(_PREFIX) :].strip()


def _print_layout(layout: str, style: Style, locale: str, means: Means) -> str:
    """Return what the style prints with another layout for notes; kept like the words of sources."""
    xml = re.sub(r"(<citation\b.*?<layout\b[^>]*)>.*?</layout>", layout, style.xml, count=1, flags=re.DOTALL)
    digest = _digest("layout", xml, locale, pandoc_version())
    with _open(means.cache_dir) as store:
        kept = _fetch(store, [digest])
        if not kept:
            references = [meta_of_reference(_SEPARATOR, {})]
            blocks = _cite(references, [_Line(_SEPARATOR, "", None)], xml, locale, means.limits)
            kept = {digest: words.plain(_words_of_note(blocks[0]))}
            with store:
                store.executemany("INSERT OR REPLACE INTO kept VALUES (?, ?)", kept.items())
    return kept[digest]


def _ask(
    forms: Sequence[Form], metas: Mapping[Variant, Meta], style: Style, locale: str, limits: Limits
) -> dict[Form, Words]:
    """Return the words of `forms`: notes from one run of citeproc, bibliography entries from another.

    Apart, because pandoc makes an entry for every source of a document, wanted or not. They run
    at the same time.
    """
    notes = [form for form in forms if form.position != "bibliography"]
    entries = [form for form in forms if form.position == "bibliography"]
    with ThreadPoolExecutor(2) as pool:
        both = (
            pool.submit(_ask_notes, notes, metas, style, locale, limits),
            pool.submit(_ask_entries, entries, metas, style, locale, limits),
        )
        try:
            return both[0].result() | both[1].result()
        except (KeyboardInterrupt, SystemExit):
            end_all()  # or this would wait until both have answered
            raise


def _ask_notes(
    forms: Sequence[Form], metas: Mapping[Variant, Meta], style: Style, locale: str, limits: Limits
) -> dict[Form, Words]:
    """Return the words of forms that stand in notes.

    Every source stands in the document under an id of its own for each kind of locator, so that
    each has a first note, and an ibid right behind it. The subsequent ones come in one row at
    the end, where each follows another source.
    """
    if not forms:
        return {}
    positions_by_variant: dict[tuple[str, str, bool, str], set[str]] = {}
    for form in forms:
        variant = (form.key, form.label, form.is_plural, form.within)
        positions_by_variant.setdefault(variant, set()).add(form.position)
    references = [meta_of_reference(_SEPARATOR, {"type": meta_string("book")})]
    script: list[_Line] = []
    subsequent: list[_Line] = [_Line(_SEPARATOR, "", None)]
    for number, ((key, label, is_plural, within), positions) in enumerate(positions_by_variant.items()):
        name, locator = f"dosje-{number}", _locator(label, is_plural, ONE)
        references.append(meta_of_reference(name, metas[Variant(key, not label, within)]))
        script.append(_Line(name, locator, Form(key, "first", label, is_plural, within)))
        if "ibid" in positions:
            script.append(_Line(name, locator, Form(key, "ibid", label, is_plural, within)))
        if "ibid-with-locator" in positions:
            # Another number than in the note before it.
            other = _locator(label, is_plural, OTHER)
            script.append(_Line(name, other, Form(key, "ibid-with-locator", label, is_plural, within)))
        if "subsequent" in positions:
            subsequent.append(_Line(name, locator, Form(key, "subsequent", label, is_plural, within)))
    script += subsequent
    wanted = set(forms)
    number_of_first: dict[str, str] = {}
    made = {}
    for number, (line, block) in enumerate(
        zip(script, _cite(references, script, style.xml, locale, limits), strict=True), start=_NOTES_FROM
    ):
        first = number_of_first.setdefault(line.name, str(number))
        if line.form is not None and line.form in wanted:
            text = words.strip_prefix(_words_of_note(block), f"{_PREFIX} ")
            text = words.replace_text(words.replace_text(text, OTHER, ONE), first, FIRST_NUMBER)
            text = _mend_title(text)
            made[line.form] = _mend_within(line.form, text, style) if line.form.within else text
    return made


def _mend_within(form: Form, text: Words, style: Style) -> Words:
    """Return the words of a form with a shortened reference, as they should be in any style."""
    if form.key == BARE and IBID not in words.plain(text):
        # A style that knows no archives prints nothing of it.
        label = (
            style.folio_label
            if form.label == "folio"
            else ""
            if form.label in ("", "page")
            else LOCATOR_LABELS[form.label][0]
        )
        number = f"{ONE}–{TWO}" if form.is_plural else ONE
        text = words.of_text(", ".join([form.within, f"{label} {number}".strip()] if form.label else [form.within]))
    return words.cut_text(text, NO_ARCHIVE)


def _mend_title(text: Words) -> Words:
    """Return the words with a translated title right behind its original: ‘Raport’ [Report], [July 1960?]."""
    if TRANSLATED not in words.plain(text):
        return text
    text = words.substitute(text, rf"[.,]?([’”»«\u00a0\u202f]*)[.,:]? ?{TRANSLATED}", r"\1 ")
    return words.substitute(text, r"\] \[", "], [")


def _ask_entries(
    forms: Sequence[Form], metas: Mapping[Variant, Meta], style: Style, locale: str, limits: Limits
) -> dict[Form, Words]:
    """Return the entries of sources in a bibliography; without words in a style that has none."""
    if "<bibliography" not in style.xml:
        return dict.fromkeys(forms, ())
    if not forms:
        return {}
    references = [meta_of_reference(f"dosje-{n}", metas[form.variant]) for n, form in enumerate(forms)]
    script = [_Line(f"dosje-{n}", "", None) for n in range(len(forms))]
    entries = _cite(references, script, style.xml, locale, limits, has_bibliography=True)[-1]["c"][1]
    form_by_entry = {f"ref-dosje-{n}": form for n, form in enumerate(forms)}
    return {form_by_entry[entry["c"][0][0]]: _mend_title(words.read_pandoc(entry["c"][1][0]["c"])) for entry in entries}


@dataclass(frozen=True, slots=True)
class _Line:
    """One note of the document that pandoc is given, and the form that it shows."""

    name: str
    locator: str
    form: Form | None


def _cite(
    references: list[MetaMap],
    script: Sequence[_Line],
    xml: str,
    locale: str,
    limits: Limits,
    *,
    has_bibliography: bool = False,
) -> list[dict[str, Any]]:
    """Return pandoc's blocks: one paragraph for each line of the script, then the bibliography."""
    document = {
        "pandoc-api-version": [1, 23, 1],
        "meta": {
            "lang": meta_string(locale),
            "references": meta_list(references),
            "suppress-bibliography": meta_bool(not has_bibliography),
        },
        "blocks": [_note(line, number) for number, line in enumerate(script, start=_NOTES_FROM)],
    }
    with tempfile.NamedTemporaryFile("w", suffix=".csl", encoding="utf-8") as file:
        # Suppressed, a bibliography is made all the same: a third of the time.
        file.write(xml if has_bibliography else _BIBLIOGRAPHY.sub("", xml))
        file.flush()
        # In the sandbox pandoc reads the style and no other file. (It has no variables there, and reads a .bib file in
        # the language that LANG says. But that reader opens no file, whatever TeX a field has: a test holds it.)
        arguments = ["--sandbox", "-f", "json", "-t", "json", "--citeproc", "--csl", file.name]
        answer = _run(arguments, json.dumps(document, ensure_ascii=False), locale, limits)
    blocks: list[dict[str, Any]] = json.loads(answer)["blocks"]
    return blocks


def _note(line: _Line, number: int) -> dict[str, Any]:
    suffix = [{"t": "Str", "c": ","}, {"t": "Space"}, *pandoc_text(line.locator)] if line.locator else []
    cite = {
        "citationId": line.name,
        "citationPrefix": pandoc_text(_PREFIX),
        "citationSuffix": suffix,
        "citationMode": {"t": "NormalCitation"},
        "citationNoteNum": number,
        "citationHash": 0,
    }
    return {"t": "Para", "c": [{"t": "Cite", "c": [[cite], []]}]}


def _locator(label: str, is_plural: bool, one: str) -> str:
    """Return a locator that pandoc reads as this CSL label and number, to be replaced by the true one."""
    if not label:
        return ""
    value = f"{one}–{TWO}" if is_plural else one
    return f"{word_of_label(label)} {value}"


def _words_of_note(block: dict[str, Any]) -> Words:
    inner = block["c"][0]
    while inner["t"] in ("Cite", "Span"):
        inner = inner["c"][1][0]
    if inner["t"] != "Note":
        raise PandocError(f"a note was expected, not {inner['t']}")
    return words.read_pandoc(inner["c"][0]["c"]) if inner["c"] else ()


def _run(arguments: list[str], text: str, locale: str, limits: Limits = DEFAULT_LIMITS, what: str = _WORDS) -> str:
    """Return what pandoc prints. Raises PandocError with pandoc's own words, LimitError, ChildError."""
    # A larger nursery for its garbage collector: a quarter less time on a thousand sources. No folder of the user's,
    # which may hold abbreviations, styles and defaults: the folder named here is not there.
    command = [
        _pandoc_path(),
        "+RTS",
        "-A128m",
        f"-M{limits.memory // 1_000_000}m",
        "-RTS",
        "--data-dir",
        os.devnull,
        *arguments,
    ]
    done = run_child(command, limits, f"pandoc, for {what}", text=text, environment=_environment(locale))
    if done.code == _HEAP_EXHAUSTED:
        raise LimitError(tell_of_memory(f"pandoc, for {what}", limits))
    if done.code:
        raise PandocError(done.stderr.strip() or f"pandoc ended with {done.code}")
    return done.stdout


def _environment(locale: str) -> dict[str, str]:
    """Return the variables that pandoc sees: those that find files, and the language of the edition.

    Whoever builds, what comes out is the same. Pandoc takes the language of a title from LANG, and its options for
    memory also from GHCRTS. LC_ALL says in which letters file names are written.
    """
    kept = {name: os.environ[name] for name in _NEEDED if name in os.environ}
    return kept | {"LANG": "-".join(re.findall(r"[a-z0-9]+", locale, re.IGNORECASE)), "LC_ALL": "C.UTF-8"}


def _digest(*parts: str) -> str:
    return hashlib.sha256("\x00".join(parts).encode()).hexdigest()


@contextmanager
def _open(cache_dir: Path) -> Iterator[sqlite3.Connection]:
    """Yield the store of what pandoc said. Raises OSError, with its path, where it cannot be read or written."""
    path = cache_dir / "pandoc.sqlite"
    cache_dir.mkdir(parents=True, exist_ok=True)
    try:
        with closing(sqlite3.connect(path, timeout=60)) as store:
            store.execute(
                "CREATE TABLE IF NOT EXISTS kept (digest TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID"
            )
            yield store
    except sqlite3.Error as error:
        # What the system refuses is an OperationalError; with anything else the file is none of SQLite's.
        remedy = "" if isinstance(error, sqlite3.OperationalError) else "; remove it, and it is made anew"
        raise OSError(None, f"{error}{remedy}", str(path)) from error


def _fetch(store: sqlite3.Connection, digests: list[str]) -> dict[str, str]:
    kept: dict[str, str] = {}
    for start in range(0, len(digests), 500):
        part = digests[start : start + 500]
        marks = ",".join("?" * len(part))
        kept.update(store.execute(f"SELECT digest, value FROM kept WHERE digest IN ({marks})", part).fetchall())
    return kept
