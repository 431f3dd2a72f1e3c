"""Lists of names stand in the order of the edition's language, also where a script of the page narrows a list."""

from __future__ import annotations

import re

from conftest import Edition
from dosje.checking.edition import check_edition
from dosje.values.findings import format_findings
from dosje.web.page_maker import PageMaker

NAMES = {"a": "周恩来", "b": "陈云", "c": "邓小平", "d": "北京"}


def test_chinese_names_stand_by_pinyin_in_lists_and_filters(edition: Edition) -> None:
    persons = {f"content/persons/{key}.yml": f"name: {{family: {name}}}\n" for key, name in NAMES.items()}
    present = ", ".join(f"{{person: {key}, cite: '[@w]'}}" for key in NAMES)
    files = {
        "mkdocs.yml": "site_name: A\nextra: {dosje: {locale: zh-CN}}\n",
        "bibliography/a.bib": "@book{w, title = {W}}\n",
        "content/meetings/m.yml": f"{{title: M, date: 1960-06-01, kind: conference, participants: [{present}]}}\n",
    }
    checked = check_edition(edition(files | persons))
    assert checked.linked and checked.style, format_findings(checked.findings)
    pages, _ = PageMaker(checked.linked, checked.style).make_pages(["chronology/index.md", "persons/index.md"])
    expected = ["北京", "陈云", "邓小平", "周恩来"]
    found = re.findall("|".join(NAMES.values()), pages["chronology/index.md"].partition("</select>")[0])
    assert found == expected
    assert list(dict.fromkeys(re.findall("|".join(NAMES.values()), pages["persons/index.md"]))) == expected
