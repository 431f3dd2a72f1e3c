"""Works that lie in an archive, as our own export writes them into a .bib file, are cited as archival units are."""

from __future__ import annotations

from conftest import Edition
from rendering import plain_notes_of, render

LETTER = r"""
@letter{letter,
  author = {Kapo, Hysni}, recipient = {{Ministry of War \& Peace} and Peng, Dehuai}, title = {{Bisedë me Pengun}},
  titleaddon = {{Kapo on his talk}}, date = {1960-06-24}, howpublished = {AQSH, Tirana, F. 14, fl. 40},
  library = {AQSH, Tirana, F. 14, fl. 40}, archive = {AQSH}, archivelocation = {F. 14, fl. 40}, archiveplace = {Tirana},
  langid = {albanian}}
@unpublished{minutes,
  title = {{Procesverbal}}, titleaddon = {{Minutes}}, author = {{A \& B}}, date = {1960-06}, archive = {A \& B},
  archivelocation = {F. 15}, howpublished = {A \& B, F. 15}, library = {A \& B, F. 15}, langid = {albanian}}
"""


def cite(edition: Edition, key: str) -> list[str]:
    """Return the notes of a page that cites a work."""
    page = f"---\ntitle: E\n---\nX [@{key}].\n"
    return plain_notes_of(render(edition({"bibliography/a.bib": LETTER, "content/essays/e.md": page}))["essays/e.md"])


def test_a_letter_is_named_by_who_wrote_to_whom_and_lies_in_its_archive(edition: Edition) -> None:
    assert cite(edition, "letter") == [
        "Hysni Kapo to Ministry of War & Peace and Dehuai Peng, 24 June 1960, AQSH, Tirana, F. 14, fl. 40."
    ]


def test_our_description_of_another_document_stands_in_brackets_behind_its_title(edition: Edition) -> None:
    assert cite(edition, "minutes") == ["A & B, ‘Procesverbal’ [Minutes], June 1960, A & B, F. 15."]


def test_what_no_entry_says_is_as_it_was(edition: Edition) -> None:
    book = "@misc{letter, title = {T}, howpublished = {H}, library = {L}, date = {1999}}"
    page = "---\ntitle: E\n---\nX [@letter].\n"
    pages = render(edition({"bibliography/a.bib": book, "content/essays/e.md": page}))
    assert plain_notes_of(pages["essays/e.md"]) == ["T, H, 1999."]
