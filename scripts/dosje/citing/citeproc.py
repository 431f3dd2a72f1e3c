"""Asks pandoc's citeproc for notes and entries: writes the document for it, and reads the answer."""

from __future__ import annotations

import json
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ..system.children import Limits
from ..values import words
from ..values.metadata import MetaMap, meta_bool, meta_list, meta_string, pandoc_text
from ..values.words import Words
from . import pandoc
from .csl_locales import add_locale
from .forms import Form
from .style_xml import cut_bibliography

# Stands before each cite, because pandoc sets a capital at the beginning of a note.
NOTE_PREFIX = "qq"


@dataclass(frozen=True, slots=True)
class NoteLine:
    """One note of the document that pandoc is given, and the form that it shows."""

    name: str
    locator: str
    form: Form | None


def run_citeproc(
    references: list[MetaMap],
    script: Sequence[NoteLine],
    xml: str,
    locale: str,
    limits: Limits,
    *,
    first_number: int = 1,
    has_bibliography: bool = False,
) -> list[dict[str, Any]]:
    """Return pandoc's blocks: one paragraph for each line of the script, then the bibliography.

    `first_number`: the number of the first note.
    """
    document = {
        "pandoc-api-version": [1, 23, 1],
        "meta": {
            "lang": meta_string(locale),
            "references": meta_list(references),
            "suppress-bibliography": meta_bool(not has_bibliography),
        },
        "blocks": [_note(line, number) for number, line in enumerate(script, start=first_number)],
    }
    # In a folder, because Windows gives a file that is open to no other program.
    with tempfile.TemporaryDirectory() as folder:
        # Pandoc makes a bibliography even where it is suppressed, which takes a third of the time.
        style = Path(folder, "style.csl")
        xml = add_locale(xml if has_bibliography else cut_bibliography(xml), locale)
        style.write_text(xml, encoding="utf-8", newline="\n")
        # In the sandbox pandoc reads the style and no other file. `read_works` does without it, because pandoc sees no
        # LANG there. But its reader of .bib files opens no other file, whatever TeX a field has. A test holds this.
        arguments = ["--sandbox", "-f", "json", "-t", "json", "--citeproc", "--csl", str(style)]
        answer = pandoc.run_pandoc(arguments, json.dumps(document, ensure_ascii=False), locale, limits)
    blocks: list[dict[str, Any]] = json.loads(answer)["blocks"]
    return blocks


def _note(line: NoteLine, number: int) -> dict[str, Any]:
    suffix = [{"t": "Str", "c": ","}, {"t": "Space"}, *pandoc_text(line.locator)] if line.locator else []
    cite = {
        "citationId": line.name,
        "citationPrefix": pandoc_text(NOTE_PREFIX),
        "citationSuffix": suffix,
        "citationMode": {"t": "SuppressAuthor" if line.form and line.form.hides_author else "NormalCitation"},
        "citationNoteNum": number,
        "citationHash": 0,
    }
    return {"t": "Para", "c": [{"t": "Cite", "c": [[cite], []]}]}


def words_of_block(block: dict[str, Any]) -> Words:
    """Return the words of the note in a paragraph of the answer."""
    inner = block["c"][0]
    while inner["t"] in ("Cite", "Span"):
        inner = inner["c"][1][0]
    if inner["t"] != "Note":
        raise pandoc.PandocError(f"a note was expected, not {inner['t']}")
    return words.read_pandoc(inner["c"][0]["c"]) if inner["c"] else ()


def entries_in_blocks(blocks: Sequence[dict[str, Any]]) -> dict[str, Words]:
    """Return the words of each entry of the bibliography, by the name of its reference."""
    entries = blocks[-1]["c"][1]
    return {
        entry["c"][0][0].removeprefix("ref-"): words.read_pandoc(entry["c"][1][0]["c"])  # its id, its only paragraph
        for entry in entries
    }
