"""What may stand in braces right behind a citation or the call of a note: `[@key, fl. 40]{note=12 covers=paragraph}`.

The form is that of Pandoc's attributes. `note`: which note of an imported manuscript it was. `covers`: what rests on
it, the sentence that it ends (nothing said) or the whole paragraph.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

Covers = Literal["", "paragraph"]
# Braces that begin with a name and "=". Anything else in braces stays the author's own text.
PATTERN = r"\{[ \t]*[A-Za-z][\w-]*=[^{}\n]*\}"
_ONE = re.compile(r"(?P<name>[A-Za-z][\w-]*)=(?P<quote>\"?)(?P<value>[^\s\"]*)(?P=quote)(?=\s|\Z)")
_HINT = "write {note=12}, {covers=paragraph}, or both: {note=12 covers=paragraph}"


@dataclass(frozen=True, slots=True)
class NoteMarks:
    """What is said of a citation or call. `note`: counted from 1, 0 for none."""

    note: int = 0
    covers: Covers = ""


NO_MARKS = NoteMarks()


class NoteMarksError(ValueError):
    """The braces say what no citation can have."""

    hint = _HINT


def parse_marks(text: str) -> NoteMarks:
    """Return what braces behind a citation say, "" for none. Raises NoteMarksError."""
    note, covers = 0, ""
    rest = _ONE.sub("", text.strip()[1:-1]).strip()
    if rest:
        raise NoteMarksError(f'"{rest}" behind a citation is not read')
    for one in _ONE.finditer(text.strip()[1:-1]):
        name, value = one["name"], one["value"]
        if name == "note" and re.fullmatch(r"[1-9][0-9]{0,5}", value):
            note = int(value)
        elif name == "covers" and value == "paragraph":
            covers = value
        else:
            raise NoteMarksError(f'"{name}={value}" behind a citation is not read')
    return NoteMarks(note, "paragraph" if covers else "")


def format_marks(marks: NoteMarks) -> str:
    """Return the braces with what they say, "" for nothing. `parse_marks` reads it back unchanged."""
    said = [f"note={marks.note}"] if marks.note else []
    said += [f"covers={marks.covers}"] if marks.covers else []
    return f"{{{' '.join(said)}}}" if said else ""
