"""What editors write for a language makes no e-book and no page that is not valid."""

from __future__ import annotations

import re

from conftest import Edition
from printing import print_everything


def test_a_language_that_is_named_in_words_is_marked_by_its_code_or_not_at_all(edition: Edition) -> None:
    source = "type: notes\ntitle: Notes\noriginal_title: Feljegyzés {0}\nseen: scan\nlanguage: {0}\n"
    names = {"a": "Hungarian", "b": "our own", "c": "sq_AL"}
    files = {f"content/sources/{key}.yml": source.format(name) for key, name in names.items()}
    files |= {"content/pages/p.md": "---\ntitle: P\n---\nSo [@a; @b; @c; @w].\n", "mkdocs.yml": "site_name: A\n"}
    printed = print_everything(edition(files | {"bibliography/b.bib": "@book{w, title = {W}, langid = {hungarish}}\n"}))
    marked = {
        tag
        for name, text in printed.items()
        if name.endswith((".md", "html"))
        for tag in re.findall(r'\blang="([^"]*)"', text)
    }
    assert {"hu", "sq-AL"} <= marked <= {"hu", "sq-AL", "en-GB", "und"}
    assert '"language": "hu"' in printed["export/csl-json"] and "LA  - our" not in printed["export/ris"]
