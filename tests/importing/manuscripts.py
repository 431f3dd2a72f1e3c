"""Small manuscripts for tests of the import."""

from __future__ import annotations

import json
import textwrap
from typing import Any

import yaml

from dosje.edition.links import LinkedCorpus
from dosje.importing.decisions import ReadNotes
from dosje.importing.manuscript import Chapter, Manuscript, ManuscriptNote, mark_note
from dosje.importing.notes import read_notes
from dosje.reading.kinds import KINDS
from foreign import FILES


def manuscript_of(*notes: str, **more: Any) -> Manuscript:
    """Return a manuscript of one chapter that calls notes. A note's text is its Markdown without the asterisks."""
    made = tuple(
        ManuscriptNote(n, str(n), "footnote", note.replace("*", ""), note, f"note {n}")
        for n, note in enumerate(notes, 1)
    )
    body = " ".join(f"Sentence {note.number}.{mark_note(note.number)}" for note in made)
    return Manuscript("a.docx", title="A", chapters=(Chapter("a", "A", body),), notes=made, **more)


def read(linked: LinkedCorpus, *notes: str, **more: Any) -> ReadNotes:
    """Return notes of a manuscript, read in an edition."""
    return read_notes(linked, manuscript_of(*notes, **more), {}, "unknown")


def files_of(read: ReadNotes) -> dict[str, str]:
    """Return the files of the foreign edition with what was drafted."""
    files = dict(FILES)
    for record in read.records:
        kind = KINDS[record.page.kind]
        path = f"content/{kind.path_in_content}"
        text = yaml.safe_dump(dict(record.fields), allow_unicode=True, sort_keys=False)
        if kind.kept_in == "list":
            files[path] = files.get(path, "") + f"{record.page.key}:\n{textwrap.indent(text, '  ')}"
        else:
            files[f"{path}/{record.page.key}.yml"] = text
    items = [{**work.item, "note": "tex.draft: true"} for work in read.works]
    files["bibliography/imported.json"] = json.dumps(items)
    return files
