"""Writes the worklist of a manuscript, and reads an editor's answers out of it.

What an editor wrote (answers, remarks, comments) is kept; an entry in which nothing is new keeps its bytes.
"""

from __future__ import annotations

import json
import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from ..reading.corpus import Corpus
from ..reading.files import encode_like
from ..reading.worklist_records import Worklist, WorklistEntry, WorklistFile
from ..reading.worklists import WORKLIST_FOLDER
from ..reading.yaml_edits import add_to_list, remove_from_list, set_field, write_scalar
from ..reading.yamltree import read_yaml
from ..values.slugs import slug
from .decisions import CiteDecision, ReadNotes, WorklistAnswer
from .essays import is_citation
from .incoming import Rewritten
from .manuscript import Manuscript

# Those that wait for an editor come first.
_ORDER = {"unsure": 0, "left": 1, "drafted": 2, "found": 3}
# What an editor writes into an entry. All other fields are the import's.
_EDITORS = ("answer", "key", "remark")
_HEAD = (
    "# What the import made of the notes, by source. Write answer: take, correct, other or leave, and import again;\n"
    "# the manual says more (Drafts, the worklist). What you write here is kept.\n"
)
_ITEM = re.compile(r"^- ", re.MULTILINE)
_EDITORS_LINE = re.compile(rf"^ +(?:(?:{'|'.join(_EDITORS)}):|#)")


def path_of_worklist(manuscript_path: str) -> str:
    """Return the file of the worklist of a manuscript, below the edition."""
    stem = manuscript_path.rpartition("/")[2].rpartition(".")[0]
    return f"{WORKLIST_FOLDER}/{slug(stem) or 'manuscript'}.yml"


def read_answers(corpus: Corpus, manuscript_path: str) -> Mapping[str, WorklistAnswer]:
    """Return what an editor answered for the sources of a manuscript, by `CiteDecision.source`."""
    found = _worklist_of(corpus, manuscript_path)
    entries = found.model.sources if found else ()
    return {one.source: WorklistAnswer(one.answer, _key_of(corpus, one)) for one in entries if one.answer is not None}


def _key_of(corpus: Corpus, entry: WorklistEntry) -> str:
    """Return the key of the record that an answer means, of today: the one that it names, else what was proposed."""
    proposed = entry.record or (entry.candidates[0] if len(entry.candidates) == 1 else "")
    key = entry.key if entry.key or entry.answer != "take" else proposed
    return corpus.source_called(key) or key


def write_worklist(corpus: Corpus, manuscript: Manuscript, read: ReadNotes, essays: Sequence[str]) -> Rewritten:
    """Return the worklist: what an import made of the notes, and what an editor had written.

    `essays`: the keys of the essays that were made. The bytes are those that stand there where nothing is new.
    """
    path = path_of_worklist(manuscript.path)
    before = _worklist_of(corpus, manuscript.path)
    drafts = frozenset(page.key for page in corpus.drafts)
    text = merge_worklist(before, make_worklist(manuscript, read, essays, before, drafts))
    raw = encode_like(corpus.settings.root / path, text)
    note = "what you wrote into it is kept" if before else ""
    return Rewritten("worklist", path, path, raw, f"{manuscript.path}, worklist", note)


def _worklist_of(corpus: Corpus, manuscript_path: str) -> WorklistFile | None:
    path = path_of_worklist(manuscript_path)
    return next((one for one in corpus.worklists if one.path == path), None)


def make_worklist(
    manuscript: Manuscript,
    read: ReadNotes,
    essays: Sequence[str],
    before: WorklistFile | None,
    drafts: Collection[str] = (),
) -> Worklist:
    """Return what an import made of the notes, by source, with the answers that stand in the worklist before.

    `drafts`: the keys of records and works that nobody has checked. What leads to one is drafted, not found.
    """
    groups: dict[str, list[CiteDecision]] = {}
    for one in read.decisions:
        groups.setdefault(one.source or one.text, []).append(one)
    old = {entry.source: entry for entry in before.model.sources} if before else {}
    entries = [_make_entry(source, group, old.get(source), drafts) for source, group in groups.items()]
    # An answer to what the manuscript no longer says is kept: it may say it again.
    entries += [
        entry.model_copy(update={"notes": ()})
        for source, entry in old.items()
        if source not in groups and (entry.answer is not None or entry.remark)
    ]
    kept = before.model.essays if before else ()
    return Worklist(
        manuscript=manuscript.path.rpartition("/")[2],
        notes=max((note.number for note in manuscript.notes), default=0),
        essays=(*kept, *(key for key in essays if key not in kept)),
        in_words=tuple(
            note.number
            for note in manuscript.notes
            if note.kind == "text" and not is_citation(read.printed.get(note.number, note.markdown))
        ),
        left_out=before.model.left_out if before else (),
        sources=tuple(sorted(entries, key=_rank)),
    )


def _rank(entry: WorklistEntry) -> tuple[bool, int, int, int, str]:
    """Return the order of an entry: what is open first, then by how many notes hang on it, then by the first."""
    first = entry.notes[0] if entry.notes else 0
    return (not entry.is_open, _ORDER[entry.became], -len(entry.notes), first, entry.source)


def _make_entry(
    source: str, group: Sequence[CiteDecision], old: WorklistEntry | None, drafts: Collection[str]
) -> WorklistEntry:
    # Where a source was taken in one note and is open in another, the open one waits for an answer.
    shown = min(group, key=lambda one: _ORDER[one.outcome])
    key = next((one.key for one in group if one.key), "")
    is_answered = old is not None and old.answer is not None
    is_drafted = shown.outcome == "found" and key in drafts and not is_answered
    keeps_why = old is not None and (is_answered or (is_drafted and old.record == key))
    return WorklistEntry(
        source=source,
        text=" ".join(group[0].text.split()),
        notes=tuple(dict.fromkeys(one.note for one in group)),
        became="drafted" if is_drafted else shown.outcome,
        record=key,
        why=old.why if old and keeps_why else shown.why,
        candidates=old.candidates if old and keeps_why else shown.candidates,
        answer=old.answer if old else None,
        key=old.key if old else "",
        remark=old.remark if old else "",
    )


@dataclass(frozen=True)
class _Block:
    """The text of an entry as it stands in a file, with the comments above it."""

    text: str

    @property
    def editors(self) -> str:
        """The lines that an editor wrote into it: answers and comments."""
        kept, is_editors = [], False
        for line in self.text.splitlines(keepends=True):
            starts = re.match(r"^(?:- |  )[a-z_]+:", line)
            is_editors = bool(_EDITORS_LINE.match(line)) or (is_editors and not starts and not line.startswith("#"))
            kept += [line] if is_editors and line.strip() else []
        return "".join(kept)

    @property
    def above(self) -> str:
        """The comments that stand above it."""
        return "".join(f"{line}\n" for line in self.text[: self._start].splitlines() if line.startswith("#"))

    @property
    def _start(self) -> int:
        found = _ITEM.search(self.text)
        return found.start() if found else 0


def merge_worklist(before: WorklistFile | None, new: Worklist) -> str:
    """Return the text of a worklist, in which each entry that was there keeps what an editor wrote into it."""
    old = {entry.source: entry for entry in before.model.sources} if before else {}
    blocks, head, tail = _take_apart(before, new)
    texts = [_text_of(entry, old.get(entry.source), blocks.get(entry.source)) for entry in new.sources]
    return f"{head}sources:\n{chr(10).join(texts)}{tail}" if texts else f"{head}{tail}"


def _take_apart(before: WorklistFile | None, new: Worklist) -> tuple[dict[str, _Block], str, str]:
    """Return the entries of a file by their sources, what stands before them as it is to be, and what stands behind."""
    if before is None:
        essays = ", ".join(_scalar(key) for key in new.essays)
        head = f"{_HEAD}manuscript: {_scalar(new.manuscript)}\nnotes: {new.notes}\nessays: [{essays}]\n"
        head += f"in_words: [{', '.join(map(str, new.in_words))}]\n" if new.in_words else ""
        return {}, head, ""
    text = set_field(before.located.text, ("notes",), str(new.notes))
    for key in new.essays[len(before.model.essays) :]:
        text = add_to_list(text, ("essays",), key)
    for number in sorted({*new.in_words} ^ {*before.model.in_words}):
        change = add_to_list if number in new.in_words else remove_from_list
        text = change(text, ("in_words",), str(number))
    located, _ = read_yaml(text, before.path)
    assert located is not None  # the edits hold that it can be read
    name = located.keys.get(("sources",))
    if name is None:
        return {}, text if text.endswith("\n") else f"{text}\n", ""
    starts = [
        _start_of(text, located.nodes[("sources", at)].start_mark.index) for at in range(len(before.model.sources))
    ]
    after = re.compile(r"^[a-z_]+:", re.MULTILINE).search(text, starts[-1] if starts else name.end_mark.index)
    end = after.start() if after else len(text)
    cuts = zip(before.model.sources, starts, [*starts[1:], end], strict=True)
    blocks = {entry.source: _Block(f"{text[start:stop].rstrip(chr(10))}\n") for entry, start, stop in cuts}
    return blocks, text[: name.start_mark.index], text[end:]


def _start_of(text: str, index: int) -> int:
    """Return where an entry begins, with the comments right above it."""
    start = text.rfind("\n", 0, index) + 1
    while start and text[: start - 1].rpartition("\n")[2].startswith("#"):
        start = text.rfind("\n", 0, start - 1) + 1
    return start


def _text_of(entry: WorklistEntry, old: WorklistEntry | None, block: _Block | None) -> str:
    if block is not None and old == entry:
        return block.text
    own = _write_entry(entry)
    if block is None:
        return own + "".join(f"  {name}:\n" for name in ("answer", "key"))
    return block.above + own + block.editors


def _write_entry(entry: WorklistEntry) -> str:
    """Return what an import says of a source, one field a line."""
    fields = [
        f"source: {_scalar(entry.source)}",
        f"text: {_scalar(entry.text)}" if entry.text else "",
        f"notes: [{', '.join(map(str, entry.notes))}]",
        f"became: {entry.became}",
        f"record: {_scalar(entry.record)}" if entry.record else "",
        f"why: {_scalar(entry.why)}" if entry.why else "",
        f"candidates: [{', '.join(_scalar(key) for key in entry.candidates)}]" if entry.candidates else "",
    ]
    first, *rest = [field for field in fields if field]
    return f"- {first}\n" + "".join(f"  {field}\n" for field in rest)


def _scalar(text: str) -> str:
    return write_scalar(text) if text else json.dumps(text)
