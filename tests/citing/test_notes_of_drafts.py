"""A note that cites what nobody has checked says so, each time, and so do the lists of sources."""

from __future__ import annotations

import re

from conftest import Edition
from dosje.checking.edition import check_edition
from dosje.values.findings import format_findings
from dosje.web.page_maker import PageMaker
from rendering import plain_notes_of

FILES = {
    "mkdocs.yml": "site_name: A\nextra: {dosje: {via_in_notes: true}}\n",
    "content/archives.yml": "aqsh: {name: Archive, abbreviation: AQSH, labels: {file: D., folio: fl.}}\n",
    "content/sources/f.yml": "{type: file, level: file, title: F, file: 1, repository: aqsh, seen: scan}\n",
    "content/sources/l.yml": "{type: letter, title: A letter, date: 1960-06-24, part_of: f, folios: 3–4, "
    "draft: true, seen: via, via: '[@far, n. 3]'}\n",
    "bibliography/a.bib": "@book{far, author = {Far, Ann}, title = {Away}, publisher = {P}, date = {1990}}\n"
    "@book{near, author = {Near, Bob}, title = {Here}, publisher = {P}, date = {1991}, draft = {true}}\n",
    "content/essays/e.md": "---\ntitle: E\n---\n"
    "One [@l, fl. 3]. Two [@l, fl. 4]. Three [see @near, 5, on this; @far, 7]. Four.[^n]\n\n"
    "[^n]: So says [@near, 6].\n",
}


def test_a_note_says_behind_each_draft_that_nobody_has_checked_it(edition: Edition) -> None:
    checked = check_edition(edition(FILES))
    assert checked.linked and checked.style, format_findings(checked.findings)
    pages, _ = PageMaker(checked.linked, checked.style).make_pages(["essays/e.md", "sources/index.md"])
    assert plain_notes_of(pages["essays/e.md"]) == [
        "A letter, 24 June 1960, AQSH, D. 1, fl. 3 [unchecked], cited in Ann Far, Away (P, 1990), n. 3.",
        "Ibid., fl. 4 [unchecked], cited in Far, Away, n. 3.",
        "See Bob Near, Here (P, 1991), 5 [unchecked], on this; Far, Away, 7.",
        "So says Near, Here, 6 [unchecked].",
    ]
    listed = pages["sources/index.md"].replace("&#91;", "[").replace("&#93;", "]")
    listed = re.sub(r"<[^>]*>", "", listed)
    lines = [line.strip() for line in listed.splitlines() if "[unchecked]" in line]
    assert "A letter [unchecked], 24 June 1960 · fl. 3–4 · cited 2 times" in lines
    assert [line for line in lines if line.startswith("Near, Bob.")] == [
        "Near, Bob. Here. P, 1991. [unchecked] cited 2 times"
    ]
    assert len(lines) == len([line for line in listed.splitlines() if re.search(r"A letter|Near|Here", line)])
