"""What the table tests/cases/lookup.yml pins of an answer of the lookup, in its words."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple, TypeAlias

import yaml

from conftest import CASES

TABLE = CASES / "lookup.yml"

_HEAD = """\
# Pasted footnotes, and what each of their cites is taken to mean in the first edition: the same table runs against
# Python and, in a browser, against the page /lookup/. Of each cite stand here, in order: its text, where the note has
# several; the locator that was read; each match with confidence, key and reason; or what was looked for, and the
# nearest. `batches` are notes after one another, in which an Ibid. looks back.
# pytest tests/first_edition/test_lookup.py --update-golden writes the table anew: read each line that it changes.
"""

Said: TypeAlias = list[list[str]]  # of each cite, what was read and found, a line each


class Case(NamedTuple):
    """Notes one after another, alone or as a batch, and what is said of each."""

    group: str
    notes: tuple[str, ...]
    said: tuple[Said, ...]


def read_table() -> list[Case]:
    """Return the cases of the table."""
    table = yaml.safe_load(TABLE.read_text(encoding="utf-8"))
    rows = [(group, row if isinstance(row, list) else [row]) for group, rows in table.items() for row in rows]
    return [Case(group, tuple(n["note"] for n in row), tuple(n["cites"] for n in row)) for group, row in rows]


def say(answer: Mapping[str, Any]) -> Said:
    """Return each cite of an answer as lines."""
    return [list(_say_cite(cite, answer["query"])) for cite in answer["citations"]]


def _say_cite(cite: Mapping[str, Any], note: str) -> list[str]:
    lines = [] if cite["text"] == note else [f"“{cite['text']}”"]
    if cite["locator"]:
        lines.append(f"{cite['locator']['label']} {cite['locator']['value']}")
    lines += [f"{match['confidence']}: {match['key']}: {match['why']}" for match in cite["matches"]]
    if not cite["matches"]:
        lines.append(f"nothing: {cite['looked_for']}".strip())
    return lines + [f"near: {near['key']}: {near['why']}" for near in cite["near"]]


def format_table(cases: Sequence[Case]) -> str:
    """Return the text of the table."""
    lines = [_HEAD.rstrip()]
    for before, case in zip([None, *cases], cases, strict=False):
        if before is None or before.group != case.group:
            lines += ["", f"{case.group}:"]
        for at, (note, said) in enumerate(zip(case.notes, case.said, strict=True)):
            indent = "  - " if len(case.notes) == 1 else "    - " if at else "  - - "
            lines.append(f"{indent}note: {_quote(note)}")
            lines.append(f"{' ' * len(indent)}cites:{'' if said else ' []'}")
            for cite in said:
                lines += [
                    f"{' ' * len(indent)}  {'  - ' if n else '- - '}{_quote(line)}" for n, line in enumerate(cite)
                ]
    return "\n".join(lines) + "\n"


def _quote(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)
