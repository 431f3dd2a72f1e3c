"""Says what is printed in the place of a note: one citation for a plain note, else the author's words with citations.

No word of a note is lost: what is not in the printed note is in the text of a cite for which a citation stands.
"""

from __future__ import annotations

import html
import re
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import replace

from ..values.citations import Citation, CitationError, Cite, format_citation, parse_citation
from ..values.locators import Locator, parse_locator
from .aligning import replace_spans
from .cross_references import CrossReference
from .decisions import CiteDecision
from .manuscript import ManuscriptNote

_WORD = re.compile(r"[^\W_]+")
_JOINING = frozenset(re.split(" ", "and und et e dhe y и"))
# What may stand between the cites of a plain note without a word of its author being lost.
_JOINT = re.compile(r"[\s,;.:()]*(?:\b(?:and|und|et|e|dhe|y|и)\b)?[\s,;.:()]*", re.IGNORECASE)
# Signs that would end a citation, or begin another.
_NO_WORDS_OF_CITATION = re.compile(r"[\[\]@;{}]")
# What is written for a cross-reference.
WriteCross = Callable[[CrossReference], str]


def print_note(
    note: ManuscriptNote,
    decisions: Sequence[CiteDecision],
    references: Sequence[CrossReference],
    write: WriteCross,
) -> tuple[str, bool]:
    """Return what takes the place of a note, and whether that is prose.

    `decisions`: of its cites; `references`: what sends the reader to another note, which `write` writes.
    """
    taken = [decision for decision in decisions if decision.key]
    if not references and taken and len(taken) == len(decisions) and _is_plain(note, taken):
        citation = _join(taken)
        if citation and keeps_words(note.text, taken, citation):
            return citation, False
    replaced = [(one.start, one.end, _join([_bare(one)])) for one in taken]
    replaced += [(one.start, one.end, write(one)) for one in references]
    spans = [span for span in sorted(replaced) if span[2]]
    printed = replace_spans(note.text, note.markdown, _apart(spans))
    if keeps_words(note.text, taken, printed):
        return printed, True
    return note.markdown, True


def keeps_words(text: str, taken: Sequence[CiteDecision], printed: str) -> bool:
    """Say whether all words of a note are printed, but for those of its cites, and those that only join two of them."""
    for one in sorted(taken, key=lambda one: -one.start):
        text = text[: one.start] + " " + text[one.end :]
    shown = Counter(_WORD.findall(re.sub(r"\\(?=[^\w\s])", "", html.unescape(printed)).replace("*", "")))
    wanted = Counter(word for word in _WORD.findall(text) if word.lower() not in _JOINING)
    return not wanted - shown


def _apart(spans: Sequence[tuple[int, int, str]]) -> list[tuple[int, int, str]]:
    """Return those spans that do not lie in one before."""
    kept: list[tuple[int, int, str]] = []
    for span in spans:
        if not kept or span[0] >= kept[-1][1]:
            kept.append(span)
    return kept


def _bare(decision: CiteDecision) -> CiteDecision:
    """Return a cite without the words around it that stand in the note already."""
    before, behind = _outside(decision)
    return replace(
        decision, prefix="" if before else decision.prefix, suffix="" if behind else decision.suffix, candidates=()
    )


def _outside(decision: CiteDecision) -> tuple[str, str]:
    """Return those words around a cite that are no part of its text: a reference manager's prefix is one."""
    bare = decision.suffix.lstrip(", ")
    return (
        "" if decision.text.startswith(decision.prefix) else decision.prefix,
        "" if decision.text.rstrip(" .").endswith(bare) else decision.suffix,
    )


def _is_plain(note: ManuscriptNote, decisions: Sequence[CiteDecision]) -> bool:
    """Say whether a note holds its cites and the words that are kept with them, and nothing more."""
    left = note.text
    for decision in reversed(decisions):
        left = left[: decision.start] + "\0" + left[decision.end :]
    gaps = left.split("\0")
    for index, gap in enumerate(gaps):
        before = _outside(decisions[index - 1])[1] if index else ""
        behind = _outside(decisions[index])[0] if index < len(decisions) else ""
        rest = gap.strip()
        bare = before.lstrip(", ")
        if bare:
            at = rest.find(bare)
            if at < 0 or not _JOINT.fullmatch(rest[:at]):
                return False
            rest = rest[at + len(bare) :]
        if behind:
            at = rest.rfind(behind)
            if at < 0 or not _JOINT.fullmatch(rest[at + len(behind) :]):
                return False
            rest = rest[:at]
        if not _JOINT.fullmatch(rest):
            return False
    return True


def _join(decisions: Sequence[CiteDecision]) -> str:
    """Return one citation of some cites, "" where it would not be read back as it is meant."""
    if any(_NO_WORDS_OF_CITATION.search(one.prefix + one.inside + one.suffix) for one in decisions):
        return ""
    cites = tuple(Cite(one.key, read_place(one.locator), one.prefix, _behind(one)) for one in decisions)
    text = format_citation(Citation("", cites))
    try:
        read = parse_citation(text).cites
    except CitationError:
        return ""
    wanted = [(one.key, one.locator, one.prefix, one.suffix.strip(" ,")) for one in cites]
    return text if [(one.key, one.locator, one.prefix, one.suffix.strip(" ,")) for one in read] == wanted else ""


def _behind(decision: CiteDecision) -> str:
    """Return the words behind a cite: those that its record does not have, and the remark."""
    return (f", {decision.inside}" if decision.inside else "") + decision.suffix


def read_place(text: str) -> Locator | None:
    """Return a place as a citation has it, "fl. 40", None for none."""
    return parse_locator(f", {text}")[0] if text else None
