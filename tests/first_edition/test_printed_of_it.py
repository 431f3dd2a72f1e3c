"""What the first edition prints of its sources, the lookup finds: each note, reference, title and address."""

from __future__ import annotations

import pytest

from conftest import PROJECT
from printed import faults_of_notes, faults_of_sources, print_edition

pytestmark = pytest.mark.whole

STYLES = ("", "chicago-notes-bibliography", "mhra-notes", "turabian-notes-bibliography", "oscola")


def test_the_notes_of_some_pages_and_all_that_is_printed_of_sources_are_found() -> None:
    edition = print_edition(PROJECT, every=16)
    assert sum(len(notes) for notes in edition.notes.values()) > 100
    assert list(faults_of_sources(edition)) == []
    assert list(faults_of_notes(edition)) == []


@pytest.mark.long
@pytest.mark.parametrize("style", STYLES)
def test_the_notes_of_all_pages_are_found_in_each_style(style: str) -> None:
    edition = print_edition(PROJECT, style)
    assert sum(len(notes) for notes in edition.notes.values()) > 2000
    assert list(faults_of_sources(edition)) == []
    assert list(faults_of_notes(edition)) == []
