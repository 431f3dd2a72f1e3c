"""What stands in a note has the same quotation marks and apostrophes on the page, in print and in the e-book."""

from __future__ import annotations

from conftest import Edition
from printing import print_everything


def test_straight_apostrophes_in_notes_are_those_of_print_in_every_output(edition: Edition) -> None:
    source = "type: minutes\ntitle: The party's congress\ndate: 1960-06-06\nseen: scan\n"
    text = "---\ntitle: P\n---\nSo [@a].[^1]\n\n[^1]: One [@a].\n\n    Two.\n"
    files = {"content/sources/a.yml": source, "content/pages/p.md": text, "mkdocs.yml": "site_name: A\n"}
    printed = print_everything(edition(files))
    read = {name: said for name, said in printed.items() if name.endswith((".typ", ".xhtml", "pages/p.md"))}
    assert len(read) > 2
    assert [name for name, said in read.items() if "party's" in said.replace("&#39;", "'").replace("&#x27;", "'")] == []
    assert sum("party’s congress" in said for said in read.values()) > 2
