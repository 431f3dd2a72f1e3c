"""The worklist of an import: what it made of the notes of a manuscript, and what an editor answered."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Annotated, Literal

from pydantic import Field

from .fields import Model, about
from .yamltree import Located

WorklistOutcome = Literal["unsure", "left", "drafted", "found"]
# What an editor can answer.
AnswerWord = Literal["take", "correct", "other", "leave"]


class WorklistEntry(Model):
    """A source that notes of a manuscript name: what became of it, and what an editor answers. One answer settles all.

    The editor writes `answer`, `key` and `remark`; an import writes the rest anew.
    """

    source: Annotated[str, about("What names it in all notes; an import finds your answer by this", "owl long bills")]
    text: Annotated[str, about("How the first of its notes names it", "Owl, Long Bills, 11")] = ""
    notes: Annotated[tuple[int, ...], about("The notes that name it", [3, 12])] = ()
    became: Annotated[
        WorklistOutcome,
        about(
            "unsure: candidates, none taken; left: nothing could be filed; drafted: a record was made; found: surely",
            "unsure",
        ),
    ]
    record: Annotated[str, about("The key that was taken, of a record or work", "owl-1950")] = ""
    why: Annotated[str, about("The reason, in words", "one record could be meant")] = ""
    candidates: Annotated[tuple[str, ...], about("The keys of records that may be meant", ["owl-1950"])] = ()
    answer: Annotated[
        AnswerWord | None,
        about(
            "take: what was proposed is right (with several candidates, key says which); correct: key is its key, of a "
            "record that you wrote; other: another record, key; leave: the words stay words",
            "take",
        ),
    ] = None
    key: Annotated[str, about("The key that your answer means", "owl-1950")] = ""
    remark: Annotated[str, about("For yourself", "asked the archive")] = ""

    @property
    def is_open(self) -> bool:
        """Whether an editor has yet to say what is meant."""
        return self.became in ("unsure", "left") and self.answer is None


class Worklist(Model):
    """What an import made of the notes of a manuscript: by source, those that are open first, then by their notes."""

    manuscript: Annotated[str, about("The name of the file", "my-book.docx")]
    notes: Annotated[int, Field(ge=0), about("How many notes it has; they count from 1", 115)]
    essays: Annotated[
        tuple[str, ...], about("The essays that were made of it: each note stands in one", ["my-book"])
    ] = ()
    in_words: Annotated[
        tuple[int, ...], about("Citations in the text itself that stay words, in which no number can stand", [4])
    ] = ()
    left_out: Annotated[tuple[int, ...], about("Notes that you took out of the essays on purpose", [12])] = ()
    sources: Annotated[
        tuple[WorklistEntry, ...],
        about("The sources that its notes name", [{"source": "owl long bills", "became": "unsure"}]),
    ] = ()


@dataclass(frozen=True, eq=False)
class WorklistFile:
    """A worklist, and where its values stand."""

    path: str
    model: Worklist
    located: Located = field(repr=False)
