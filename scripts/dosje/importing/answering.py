"""Puts an editor's answers into the essays that an earlier import wrote. All else in them stays as it is.

A note is changed only where it still stands as the import printed it; what an editor has changed by hand is left.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from .decisions import ReadNotes
from .essays import define_note, is_cited_by, print_call
from .manuscript import Manuscript, ManuscriptNote


@dataclass(frozen=True)
class _Form:
    """How a note stands in an essay: what is in the place of its call, and what stands below the text ("" for none)."""

    call: str
    definition: str


def put_answers(body: str, manuscript: Manuscript, before: ReadNotes, now: ReadNotes) -> tuple[str, tuple[int, ...]]:
    """Return the text of an essay with the answers in it, and the numbers of the notes that they changed.

    `before`: the notes as they are read without answers; `now`: with them.
    """
    changed = []
    for note in manuscript.notes:
        old, new = _form_of(note, before), _form_of(note, now)
        if old == new:
            continue
        if (put := _replace(body, old, new)) is not None:
            body = put
            changed.append(note.number)
    return body, tuple(changed)


def _form_of(note: ManuscriptNote, read: ReadNotes) -> _Form:
    return _Form(print_call(note, read), next(define_note(note, read), ""))


def _replace(body: str, old: _Form, new: _Form) -> str | None:
    """Return the text with a note in its new form, None if it does not stand there exactly once in its old one."""
    # The name of a note also begins its definition, and a number may go on.
    calls = list(re.finditer(rf"[ \t]?{re.escape(old.call)}(?!:|\{{)", body)) if old.call else []
    definitions = list(re.finditer(rf"^{re.escape(old.definition)}$", body, re.MULTILINE)) if old.definition else []
    if len(calls) != 1 or len(definitions) != bool(old.definition):
        return None
    start, end = calls[0].span()
    had_space = calls[0][0][0] in " \t" and not old.call.startswith((" ", "\t"))
    needs_space = is_cited_by(new.call) or not old.call.startswith("[")
    before = " " if needs_space and (had_space or body[:start][-1:].strip()) else ""
    edits = [(start, end, f"{before}{new.call}")]
    if old.definition:
        edits.append((*definitions[0].span(), new.definition))
    for first, last, text in sorted(edits, reverse=True):
        body = body[:first] + text + body[last:]
    if old.definition and not new.definition:
        body = re.sub(r"\n{3,}", "\n\n", body).rstrip("\n") + "\n"
    elif new.definition and not old.definition:
        body = f"{body.rstrip(chr(10))}\n\n{new.definition}\n"
    return body
