"""Signs that may stand nowhere: found in each text field of the schemas, and in no output."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from itertools import cycle
from pathlib import Path

from dosje.checking.edition import check_edition
from dosje.lookup.answers import answer_as_json, answer_as_text, cite_notes, open_index
from dosje.reading.settings_file import read_settings
from dosje.site.page_files import build_pages
from dosje.values.characters import drop_signs
from dosje.values.findings import format_findings
from dosje.values.stand_ins import STAND_INS
from hostile import put, write_edition

TURNING = "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
CONTROLS = (
    "\\u001bc",
    "\\u0007",
    "\\u009b1m",
    "\\ufffe",
    "\\u0000",
    *(f"\\u{ord(sign):04x}" for sign in sorted(STAND_INS)),
)


def test_what_turns_the_direction_of_a_text_is_found_in_each_field_in_its_place(tmp_path: Path) -> None:
    made, signs, expected = write_edition(1, slots=1, is_twin=True), cycle(TURNING), Counter[str]()
    for name, text in made.files.items():
        lines = []
        for row, line in enumerate(str(text).split("\n"), 1):
            parts = line.split("harmless")
            written = parts[0]
            for part in parts[1:]:
                expected[f"{name}:{row}:{len(written) + 5}"] += 1
                written += f"harm{next(signs)}less{part}"
            lines.append(written)
        made.files[name] = "\n".join(lines)
    findings = check_edition(put(tmp_path, made)).findings
    assert Counter(str(found.span) for found in findings if found.code == "bidi-control") == expected
    assert expected.total() > 130


def test_controls_are_left_out_of_every_page_and_file_and_said(tmp_path: Path) -> None:
    made, signs = write_edition(1, slots=1, is_twin=True), cycle(CONTROLS)
    for name, text in made.files.items():
        if name != "mkdocs.yml":
            head, line, body = str(text).rpartition("\n---\n" if name.endswith(".md") else "\0")
            # What YAML does not let stand in a text can be written as an escape; elsewhere it can stand.
            escaped = _fill(head or body, signs) if name.endswith(".yml") else _fill(head, signs)
            raw = "" if name.endswith(".yml") else _fill(body, signs)
            made.files[name] = escaped + line + raw.encode("latin-1", "backslashreplace").decode("unicode_escape")
    checked = check_edition(put(tmp_path, made))
    assert not checked.has_errors, format_findings(checked.findings)
    # Its only source is known through itself.
    assert {found.code for found in checked.findings} == {"control-sign", "via-ring"}
    build_pages(checked, lambda _: None)
    for path in (tmp_path / ".build/pages").rglob("*"):
        if path.is_file() and path.suffix != ".woff2":
            text = path.read_text("utf-8")
            assert not set(text) & {*"\x00\x07\x1b\x9b\ufffe", *STAND_INS}, path
    settings, _ = read_settings(tmp_path)
    assert settings is not None
    index = open_index(replace(settings, site_dir=settings.pages_dir))
    answers = list(cite_notes(["\x1b[2J\x9b1mharmless \u202eF1x, fl. 3"], index))
    for answer in answers:
        assert answer_as_text(answer, index).replace("\n", "").isprintable()
        assert answer_as_json(answer).isprintable()


def _fill(text: str, signs: Iterator[str]) -> str:
    return re.sub("harmless", lambda _: f"harm{next(signs)}less", text)


def test_letters_and_marks_of_scripts_from_right_to_left_stay() -> None:
    text = "שלום \u200f1960\u200e مرحبا \u061c12\nТирана"
    assert drop_signs(text) == text
    assert drop_signs("a\x00b\u2028c\x85d\ufeffe\U0001ffff") == "ab c de"
