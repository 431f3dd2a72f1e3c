"""On a page, a note answers to the addresses that it had before."""

from __future__ import annotations

from conftest import Edition
from rendering import render

FILES = {
    "content/essays/e.md": "---\ntitle: E\n---\nOne more [@a]. Two [@b, 3].\n",
    "content/essays/f.md": "---\ntitle: F\n---\nThree [@b].\n",
    "bibliography/w.bib": "@book{a, title = {A}, date = {1960}}\n@book{b, title = {B}, date = {1961}}\n",
}
TARGET = '<span class="dosje-alias" id="{}"></span>'


def page(edition: Edition, ledger: str) -> str:
    return render(edition({**FILES, "addresses.txt": ledger}))["essays/e.md"]


def test_a_note_and_its_call_answer_to_all_addresses_they_had(edition: Edition) -> None:
    text = page(edition, "essays/e/#fn:a_one\nessays/e/#fn:a_zero -> #fn:a_one\n")
    calls = TARGET.format("fnref:a_one") + TARGET.format("fnref:a_zero")
    assert f'One more.{calls}<sup id="fnref:a_one-more">' in text
    assert 'Two.<sup id="fnref:b-page-3_two">' in text
    notes = TARGET.format("fn:a_one") + TARGET.format("fn:a_zero")
    assert f'<li id="fn:a_one-more">\n<p>{notes}<a' in text
    assert '<li id="fn:b-page-3_two">\n<p><a' in text


def test_a_note_that_left_its_page_leaves_a_line_that_leads_to_it(edition: Edition) -> None:
    text = page(edition, 'essays/e/#fn:b"<_x -> essays/f/#fn:b_three\n')
    said = 'A note that stood here is now on <a href="f.md#fn:b_three">another page</a>.'
    assert f'## Notes\n\n<p class="dosje-alias" id="fn:b&#34;&lt;_x">{said}</p>\n' in text


def test_a_page_of_which_nothing_was_published_has_no_targets(edition: Edition) -> None:
    assert "dosje-alias" not in page(edition, "essays/e/\nessays/e/#fn:b-page-3_two\n")


def test_a_heading_answers_to_the_addresses_it_had(edition: Edition) -> None:
    essay = "---\ntitle: E\n---\n## One *more*\n\nText [@a].\n"
    files = {**FILES, "content/essays/e.md": essay, "addresses.txt": "essays/e/#one\n"}
    text = render(edition(files))["essays/e.md"]
    assert '\n\n<p class="dosje-alias" id="one"></p>\n\n## One <em>more</em>\n\n' in text
