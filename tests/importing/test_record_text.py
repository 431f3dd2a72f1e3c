"""The YAML of imported records: readable, in the order of the model, and read back as what was written."""

from __future__ import annotations

import string
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from dosje.importing.record_text import write_fields
from dosje.reading.kinds import KINDS
from dosje.reading.yamltree import read_yaml


def test_a_record_is_written_as_people_write_one() -> None:
    fields = {
        "seen": "via", "via": "[@mole-1962, n. 4]", "type": "letter", "title": "Fox to Stork: a letter",
        "author": ["fox", "A. Clerk"], "date": "1901-05-01?", "year": "1901", "folios": "1–2",
        "containers": {"box": "12"}, "variants": ["A, B", "C"],
        "description": "An invitation.\n\nIt is short [@fox-to-stork].\n", "url": "",
        "former": [{"to": "1950", "code": "D. 4/2"}], "original_title": "Ein " + "langer " * 16 + "Titel",
    }  # fmt: skip
    assert write_fields(fields, KINDS["source"]) == (
        "type: letter\n"
        'title: "Fox to Stork: a letter"\n'
        "original_title: >-\n"
        "  Ein langer langer langer langer langer langer langer langer langer langer langer langer langer langer\n"
        "  langer langer Titel\n"
        "author: [fox, A. Clerk]\n"
        "date: 1901-05-01?\n"
        'containers: {box: "12"}\n'
        "former:\n"
        "  - {code: D. 4/2, to: 1950}\n"
        'year: "1901"\n'
        "folios: 1–2\n"
        "variants:\n"
        "  - A, B\n"
        "  - C\n"
        "description: |\n"
        "  An invitation.\n"
        "\n"
        "  It is short [@fox-to-stork].\n"
        "seen: via\n"
        'via: "[@mole-1962, n. 4]"\n'
    )


def test_a_date_of_figures_has_no_quotation_marks_and_coordinates_have() -> None:
    assert write_fields({"name": {"family": "Fox"}, "born": "1890", "died": "1950-12"}, KINDS["person"]) == (
        "name: {family: Fox}\nborn: 1890\ndied: 1950-12\n"
    )
    assert write_fields({"coordinates": "41.33, 19.82", "name": "No"}, KINDS["place"]) == (
        'name: "No"\ncoordinates: "41.33, 19.82"\n'
    )


# What our reader keeps of a text: it drops control signs, and reads an empty value as none.
_TEXT = st.text(
    st.one_of(st.sampled_from(string.printable.replace("\r", "").replace("\x0b", "").replace("\x0c", "")),
              st.characters(exclude_categories=("Cc", "Cf", "Cs", "Cn", "Co", "Zl", "Zp"))),
    min_size=1, max_size=200,
)  # fmt: skip
_VALUE = st.recursive(
    _TEXT | st.sampled_from(["yes", "~", "1960", "1e3", "- a", "a: b", "a #b", "'", '"', "\n", " a\n", "a\n\n\n", "|"]),
    lambda inner: (
        st.lists(inner, min_size=1, max_size=3)
        | st.dictionaries(st.text(string.ascii_lowercase, min_size=1), inner, min_size=1, max_size=3)
    ),
    max_leaves=6,
)


@given(st.dictionaries(st.sampled_from(["title", "date", "variants", "name", "zzz"]), _VALUE))
def test_what_is_written_is_read_back(fields: dict[str, Any]) -> None:
    located, findings = read_yaml(write_fields(fields, KINDS["source"]), "a.yml")
    read = (located.value or {}) if located else None
    assert (read, [finding.message for finding in findings if finding.code != "hidden-sign"]) == (fields, [])
