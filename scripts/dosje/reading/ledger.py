"""Reads the ledger of an edition: every address that it ever published, and where an address that has moved leads now.

It is a text with one address a line, which git merges line by line. It is written by `dosje publish` and `dosje
release`, which add to it and never take anything out; an editor may say in it where an address leads.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from urllib.parse import quote, unquote

from ..values.dates import DateError, parse_edtf
from ..values.findings import Finding, Span
from .files import MAX_BIB, read_text, way_out

LEDGER_NAME = "addresses.txt"
# An address of a page ends in "/". That of the home page is "./". Behind "#" stands an anchor.
_ADDRESS = r"(?:\./|(?:[^\s#|/]+/)+)(?:#[^\s|#]+)?"
_TARGET = rf"{_ADDRESS}|#[^\s|#]+"
_LINE = re.compile(
    rf"(?P<address>{_ADDRESS})(?:\s+gone\s+(?P<gone>[^\s|]+))?(?:\s+->\s+(?P<target>{_TARGET}))?(?:\s+\|\s*(?P<words>.*))?"
)
# The name of a file or folder: it hides nothing, leads nowhere else, and no system finds it too long.
_NAME = re.compile(r"(?![.])[^/\\\x00-\x1f\x7f]+")
_LONGEST = 252  # bytes; with ".md" no name may have more than 255
_HINT = "ADDRESS gone DATE -> ADDRESS | words, of which all but the first may be left out"


@dataclass(frozen=True)
class LedgerEntry:
    """An address below the site: "essays/overview/", or with an anchor "essays/overview/#fn:a_in-bucharest".

    `target`: where it leads now, a whole address; "" if nobody had to say it. `gone`: since when there is nothing, as
    an EDTF date; then `target` is what stands in its place. `words`: what stands, or stood, there: the title of a page.
    """

    address: str
    target: str = ""
    gone: str = ""
    words: str = ""
    line: int = 0

    @property
    def page(self) -> str:
        """The address of its page."""
        return self.address.partition("#")[0]

    @property
    def anchor(self) -> str:
        """Its anchor on the page, "" for the page itself."""
        return self.address.partition("#")[2]

    @property
    def span(self) -> Span:
        return Span(LEDGER_NAME, self.line, 1)


@dataclass(frozen=True)
class Ledger:
    """The entries of a ledger in their order, each address once."""

    entries: tuple[LedgerEntry, ...] = ()


def read_ledger(root: Path) -> tuple[Ledger, list[Finding]]:
    """Return the ledger of the edition in `root`, empty if it has none, and what cannot be read in it."""
    path = root / LEDGER_NAME
    if not path.exists() and not path.is_symlink():
        return Ledger(), []
    if problem := way_out(path, root):
        finding = Finding(Span(LEDGER_NAME, 1, 1), "outside-edition", f"{LEDGER_NAME} {problem}", "copy it there")
        return Ledger(), [finding]
    text, findings = read_text(path, root, MAX_BIB)
    if text is None:
        return Ledger(), findings
    entries, found = parse_ledger(text)
    return Ledger(entries), findings + found


def parse_ledger(text: str) -> tuple[tuple[LedgerEntry, ...], list[Finding]]:
    """Return the entries of a ledger, and findings on the lines that are none."""
    entries, findings = _parse(text)
    return entries, list(findings)


@lru_cache(maxsize=4)  # a preview reads it again with each record that is saved
def _parse(text: str) -> tuple[tuple[LedgerEntry, ...], tuple[Finding, ...]]:
    entries: list[LedgerEntry] = []
    findings = []
    for number, line in enumerate(text.split("\n"), start=1):
        if not line.strip() or line.startswith("#"):
            continue
        entry = parse_line(line, number)
        if isinstance(entry, Finding):
            findings.append(entry)
        else:
            entries.append(entry)
    return join_entries(entries), tuple(findings)


def parse_line(line: str, number: int = 0) -> LedgerEntry | Finding:
    """Return what a line of a ledger says, or why it cannot be read."""
    span = Span(LEDGER_NAME, number, 1)
    match = _LINE.fullmatch(line.strip())
    address = _read_address(match["address"]) if match else ""
    target = _read_address(match["target"] or "", address.partition("#")[0]) if match else ""
    if match is None or not address or (match["target"] and not target):
        return Finding(span, "bad-address", "this is no address of this site", _HINT)
    gone = match["gone"] or ""
    try:
        parse_edtf(gone or "1960")
    except DateError as error:
        return Finding(Span(LEDGER_NAME, number, line.index(gone) + 1), "bad-address", str(error), error.hint)
    return LedgerEntry(address, target, gone, (match["words"] or "").strip(), number)


def _read_address(given: str, own: str = "") -> str:
    """Return an address as the site writes it, also if an editor wrote its letters: "é/" is "%C3%A9/".

    "" if no page can have it. `own`: the page on which an anchor without a page stands.
    """
    page, sign, anchor = given.partition("#")
    if not given:
        return ""
    if page not in ("", "./"):
        try:
            names = [unquote(name, errors="strict") for name in page.removesuffix("/").split("/")]
        except UnicodeDecodeError:
            return ""
        if not all(_NAME.fullmatch(name) and len(name.encode()) <= _LONGEST for name in names):
            return ""
        page = "".join(f"{quote(name)}/" for name in names)
    return f"{page or own}{sign}{anchor}"


def join_entries(entries: Iterable[LedgerEntry]) -> tuple[LedgerEntry, ...]:
    """Return the entries, each address once. Where git has joined two ledgers, the later line says more."""
    joined: dict[str, LedgerEntry] = {}
    for entry in entries:
        before = joined.get(entry.address, entry)
        joined[entry.address] = LedgerEntry(
            entry.address,
            entry.target or before.target,
            entry.gone or before.gone,
            entry.words or before.words,
            entry.line,
        )
    return tuple(joined.values())


def format_line(entry: LedgerEntry) -> str:
    """Return the line of a ledger that says this."""
    page, _, anchor = entry.target.partition("#")
    target = f"#{anchor}" if anchor and page == entry.page else entry.target
    parts = [entry.address]
    parts += [f"gone {entry.gone}"] if entry.gone else []
    parts += [f"-> {target}"] if target else []
    parts += [f"| {' '.join(entry.words.split())}"] if entry.words else []
    return " ".join(parts)
