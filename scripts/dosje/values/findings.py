"""Findings: what is wrong in an edition's files, as data. Knows nothing of how they were found.

Functions here show a finding as text, as JSON or as a GitHub annotation.
"""

from __future__ import annotations

import difflib
import json
import re
from collections.abc import Iterable
from dataclasses import asdict, dataclass


@dataclass(frozen=True, order=True, slots=True)
class Span:
    """A place in a file: path relative to the project, line and column counted from 1."""

    path: str
    line: int
    column: int

    def __str__(self) -> str:
        return f"{self.path}:{self.line}:{self.column}"


@dataclass(frozen=True, order=True, slots=True)
class Finding:
    """One thing an editor should mend. `code` never changes its meaning; see CODES.

    `is_raised`: a warning that stops a build, because the edition says so.
    """

    span: Span
    code: str
    message: str
    hint: str = ""
    is_raised: bool = False

    @property
    def is_error(self) -> bool:
        """Warnings are shown and do not stop a build."""
        return self.is_raised or self.code not in WARNINGS


class FindingError(Exception):
    """Findings that appear only while an edition is built. They end the build."""

    def __init__(self, *findings: Finding) -> None:
        super().__init__(format_findings(findings))
        self.findings = findings


# code -> what it means, in the editor's words. The manual and the tests read this table.
CODES: dict[str, str] = {
    "yaml-syntax": "The file is not YAML that can be read.",
    "yaml-alias": "YAML anchors (&name) and aliases (*name) are refused: they hide where a value stands.",
    "duplicate-key": "The same field stands twice in one mapping; the second would silently win.",
    "not-utf8": "The file is not UTF-8 text.",
    "file-kind": "A folder, pipe or device stands where a file is read, or a file where a folder is.",
    "outside-edition": "A link or a path leads out of the edition's folder, or to what is hidden or made there.",
    "too-large": "A file, or an entry of a .bib file, is larger than any that is read.",
    "too-deep": "Fields, lists, quotations or brackets lie deeper in one another than can be read.",
    "unknown-field": "The record has a field that this type of record does not know.",
    "unknown-term": "A kind, a type or another word is none of the program's, and none of the edition's vocabulary.",
    "missing-field": "A field that every record of this type needs is not there.",
    "wrong-type": "The value has another shape than the field needs (a list, a text, one of some words).",
    "bad-date": "The date is not EDTF, level 0 or 1.",
    "bad-language": "A language is not named by its code (BCP 47).",
    "bad-phrase": "A phrase of the edition's own has no key of ours, or another place for a value.",
    "no-csl-language": "The CSL project has no words in the language of the edition.",
    "missing-phrases": "The language of the edition does not say all phrases of the site.",
    "bad-folios": "The folios cannot be read as leaves of a file.",
    "unread-locator": "What stands behind the key of an archival source looks like a leaf, and is not read as one.",
    "wrong-leaves": "A cite names a leaf of a file whose numbers count pages, or a page where they count leaves.",
    "bad-key": "A file name or an authority's key is not made of a-z, 0-9 and hyphens.",
    "reserved-key": "A key is a name that Windows keeps for a device; no file can be called so there.",
    "key-clash": "Two records, of whatever type, have the same key.",
    "ambiguous-key": "Who took part, wrote or received is named by a key that a person and an organisation share.",
    "formerly-clash": "A record says it had a key that another record has, or says it had.",
    "bad-address": "A line of addresses.txt, the ledger of what was published, cannot be read as an address.",
    "lost-address": "An address that was published leads to nothing any more.",
    "bib-syntax": "An entry of a .bib file cannot be read.",
    "unread-file": "A file in bibliography/ is of a kind that is not read.",
    "unread-date": "The date of a published work is not read, and is printed as it stands.",
    "unknown-entry": "An entry of a .bib file takes fields, through crossref or xdata, from one that is in no file.",
    "unknown-string": "An entry of a .bib file names a text that no @string defines.",
    "no-address": "The address of a published work is none, and is not printed.",
    "crossref-cycle": "An entry of a .bib file takes fields, through crossref or xdata, from itself.",
    "dead-link": "A page has a link that leads to no page, file or place of the site. Only a build finds it.",
    "template": "A template of the edition cannot be read, or fails at a page.",
    "unknown-template": "A template of the edition has a name that no page and no other template asks for.",
    "template-order": "A template of the edition calls notes in another order than their numbers, or leaves one out.",
    "untrusted": "An edition built with --untrusted asks for what can run code, or reads files that are not its own.",
    "settings": "mkdocs.yml lacks something the edition needs, or says it in a way that cannot be read.",
    "blocked-by-policy": "mkdocs.yml, or a template in theme/, asks for what the pages' own policy blocks.",
    "no-policy": "Pages bear no policy, as mkdocs.yml takes pages of HTML from docs_dir.",
    "unknown-note-link": "A link names a note that its page does not have.",
    "note-without-record": "A note of a work in the concordance is named by no record.",
    "typed-ibid": "A short form is written by hand; it may come to mean another source.",
    "file-without-folio": "A whole archival file is cited, without item or folio.",
    "style-without-archives": "The citation style leaves out of a document's note what a reader needs to find it.",
    "same-short-form": "Two sources that one page cites look alike once they are shortened.",
    "unknown-link": "A link begins with a prefix that is neither a kind of record nor a web address.",
    "unknown-picture": "A picture is not in content/assets/, or not of a kind that can be shown.",
    "picture-without-words": "A picture says nothing to those who cannot see it.",
    "asset-kind": "A file in content/assets/ is of a kind that is not published, or holds what its name does not say.",
    "asset-name": "A file in content/assets/ has the name of a file of the program, or one that no address can have.",
    "unsafe-svg": "A drawing holds what a page must not run, or asks for another file.",
    "unsafe-link": "A link leads to something that a page must not run.",
    "bad-citation": "Something that looks like a citation cannot be read as one.",
    "loose-citation": "A site made for MkDocs cites what is not there, or in a way that had to be guessed.",
    "unknown-note": "A hand-written note is called that is not defined, or defined and not called.",
    "empty-note": "A hand-written note has no words.",
    "part-of-cycle": "A record is, through its part_of, a part of itself.",
    "date-outside-parent": "A part happened, or was written, outside the dates of the whole.",
    "outside-lifetime": "Somebody takes part, writes or receives before birth or after death.",
    "folio-outside-file": "A folio lies outside the leaves of its file or item.",
    "missing-via": "A source that was seen only through another says not through which, or the reverse.",
    "draft-record": "An import made this record, and nobody has checked it.",
    "seen-unknown": "Nobody has recorded what of this source was seen.",
    "open-note": "A source in the notes of an imported manuscript waits for an editor's answer.",
    "lost-note": "A note of an imported manuscript stands in none of its essays.",
    "author-in-title": "The title that an edition gave a source repeats its author.",
    "via-ring": "Sources are known only through one another.",
    "via-without-leaf": "A note cannot say through which place a source is known.",
    "unused-record": "Nothing in the edition names or cites this record.",
    "bidi-control": "A text has a sign that turns the direction of what stands behind it.",
    "control-sign": "A text has a sign that no page or book can hold; it is left out.",
    "uncited-statement": "A paragraph of a record carries no citation.",
    "manuscript-form": "A manuscript has something in a form that essays do not have. Its words stay.",
    "manuscript-left-out": "Something of a manuscript cannot be kept.",
    "manuscript-list": "A part of a manuscript is a list, for what its notes mean, and becomes no essay.",
}

WARNINGS = frozenset(
    {
        "unused-record", "uncited-statement", "typed-ibid", "file-without-folio", "same-short-form",
        "style-without-archives", "author-in-title", "via-ring", "via-without-leaf", "note-without-record",
        "blocked-by-policy", "control-sign", "no-policy", "lost-address",
        "unread-locator", "wrong-leaves", "bad-language", "no-csl-language", "template-order",
        "loose-citation", "missing-phrases", "no-address", "ambiguous-key", "unknown-template",
        "draft-record", "seen-unknown", "open-note", "lost-note",
        "unread-date", "unread-file", "unknown-entry", "unknown-string", "manuscript-form", "manuscript-left-out",
        "manuscript-list",
    }
)  # fmt: skip


# Controls, line ends, and controls of direction.
_OBEYED = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069\ufeff\ud800-\udfff]")


def did_you_mean(word: str, known: Iterable[str]) -> str:
    """Return a hint with the nearest known word, or "" if none is near. The only word that begins so is the nearest."""
    words = [one for one in known if one]
    begun = [one for one in words if len(word) > 3 and one.startswith(f"{word}-")]
    near = begun if len(begun) == 1 else difflib.get_close_matches(word, words, n=1, cutoff=0.6)
    return f'did you mean "{near[0]}"?' if near else ""


def make_visible(text: str) -> str:
    """Return a text on one line for a terminal. Characters that a terminal obeys are escaped: "\\x1b"."""
    return text if text.isprintable() else _OBEYED.sub(lambda match: ascii(match[0])[1:-1], text)


def to_printable_json(value: object, indent: int | None = None) -> str:
    """Return a value as JSON for a terminal. Characters that a terminal obeys are escaped as JSON does it."""
    text = json.dumps(value, ensure_ascii=False, indent=indent)
    return _OBEYED.sub(lambda match: match[0] if match[0] == "\n" else f"\\u{ord(match[0]):04x}", text)


def format_findings(findings: Iterable[Finding]) -> str:
    """Return the findings as lines for a terminal, in the given order."""
    lines = []
    for f in findings:
        place = make_visible(str(f.span))
        # GitHub takes a line that begins like this for a command, whoever wrote it.
        place = f"./{place}" if place.startswith(("::", "##")) else place
        lines.append(f"{place}: {f.code}: {make_visible(f.message)}")
        if f.hint:
            lines.append(f"  hint: {make_visible(f.hint)}")
    return "\n".join(lines)


def findings_to_json(findings: Iterable[Finding]) -> str:
    """Return a JSON list of {path, line, column, code, severity, message, hint}."""
    rows = [
        {
            **asdict(f.span),
            "code": f.code,
            "severity": "error" if f.is_error else "warning",
            "message": f.message,
            "hint": f.hint,
        }
        for f in findings
    ]
    return to_printable_json(rows, indent=2)


def findings_to_github(findings: Iterable[Finding]) -> str:
    """Return one workflow command for each finding. GitHub shows it beside the changed line."""
    return "\n".join(
        f"::{'error' if f.is_error else 'warning'} file={_escape_property(make_visible(f.span.path))},"
        f"line={f.span.line},col={f.span.column},title={f.code}"
        f"::{_escape_command(chr(10).join(make_visible(part) for part in (f.message, f.hint) if part))}"
        for f in findings
    )


def _escape_command(text: str) -> str:
    # The order matters: "%" first, or the escapes themselves would be escaped.
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _escape_property(text: str) -> str:
    return _escape_command(text).replace(":", "%3A").replace(",", "%2C")
