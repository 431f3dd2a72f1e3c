"""An edition as it is checked in one run: each of its parts is answered for, whatever is wrong with the others."""

from __future__ import annotations

from conftest import Edition
from dosje.checking.edition import check_edition, with_settings
from dosje.values.findings import format_findings

HINT = "  hint: an entry is @type{key, field = {value}, …}"


def test_what_pandoc_cannot_read_is_told_of_each_file_and_what_we_cannot_read_is_told_once(edition: Edition) -> None:
    files = {
        "bibliography/a.bib": "@book{a, title = {A}\n",
        "bibliography/b.bib": "@book(b, title={B})\n",
    }
    checked = check_edition(edition(files))
    assert format_findings(checked.findings).splitlines() == [
        "bibliography/a.bib:1:1: bib-syntax: the entry is not closed, or lacks its key or a comma",
        HINT,
        "bibliography/b.bib:1:6: bib-syntax: pandoc cannot read this: unexpected '('",
        HINT,
    ]
    assert (checked.linked, checked.has_errors) == (None, True)


def test_an_edition_without_settings_has_nothing_but_findings(edition: Edition) -> None:
    checked = check_edition(edition({"mkdocs.yml": "site_name: [\n"}))
    assert (checked.corpus, checked.linked, checked.style, len(checked.findings)) == (None, None, None, 1)


def test_a_warning_is_no_error_and_other_settings_keep_what_was_read(edition: Edition) -> None:
    files = {
        "bibliography/b.bib": "@book{b, title = {B}}\n",
        "content/essays/e.md": "---\ntitle: E\n---\nOne [@b, 3]. [^x]\n\n[^x]: So; *ibid*.\n",
    }
    checked = check_edition(edition(files))
    assert [finding.code for finding in checked.findings] == ["typed-ibid"]
    assert not checked.has_errors
    other = with_settings(checked, site_url="https://a/")
    assert other.corpus and other.linked and checked.linked
    assert other.corpus is other.linked.corpus
    assert (other.corpus.settings.site_url, checked.linked.corpus.settings.site_url) == ("https://a/", "")


def test_a_key_too_long_for_the_name_of_a_page_in_the_zip_is_told(edition: Edition) -> None:
    places = "".join(f"{'a' * length}:\n  name: A{length}\n" for length in (250, 251))
    found = check_edition(edition({"content/places.yml": places})).findings
    assert [(finding.span.line, finding.message) for finding in found if finding.code == "bad-key"] == [
        (3, "the key has more than 250 letters")
    ]
