"""Each format that the command line names has its writers."""

from __future__ import annotations

from dosje.exporting.formats import _WRITERS, FORMATS
from dosje.lookup.answers import ENTRIES
from dosje.values.formats import EXPORT_FORMATS


def test_each_format_has_a_name_and_writers() -> None:
    assert _WRITERS.keys() == EXPORT_FORMATS.keys() == FORMATS.keys()


def test_each_ending_is_of_one_format_and_answers_are_files_beside_a_source() -> None:
    assert len({form.ending for form in FORMATS.values()}) == len(FORMATS)
    assert ENTRIES == {"bibtex": "bibtex.bib", "ris": "ris", "csl-json": "csl.json"}
