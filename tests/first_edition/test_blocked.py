"""The pages of the first edition bear their policy and do nothing that it blocks."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Browser

from dosje.reading.policy import DEFAULT
from policing import look_at, watched

NOTE = "Kapo+to+Hoxha,+25+June+1960,+AQSH,+F.14/AP,+OU,+MPPKPB,+D.+1,+fl.+48"


OF_FIRST = (
    "", "chronology/", "attendance/", "disputes/", "meetings/", "meetings/bucharest-1960/", "persons/hysni-kapo/",
    "sources/kapo-hoxha-1960-06-24-b/", "sources/aqsh-mppkpb-1960-d1/", "sources/luthi-2008/", "places/bucharest/",
    "places/", "organisations/pla/", "archives/aqsh/", "essays/overview/", "concordance/marku-2019/", "about/",
    "events/", "404.html",
)  # fmt: skip


@pytest.mark.browser
def test_no_page_of_the_first_edition_does_what_its_policy_blocks(browser: Browser, address: str) -> None:
    with watched(browser) as found:
        for path in OF_FIRST:
            found.open(address + path)
        page = found.open(f"{address}search/index.html?q=Andropov")
        page.locator("#dosje-results a.dosje-title").first.wait_for()
        page = found.open(f"{address}lookup/?note={NOTE}")
        page.locator("#dosje-lookup a[href*='sources/kapo-hoxha-1960-06-25']").first.wait_for()
        page.get_by_title("Dark").click()
    assert (found.said, found.opened) == ([], 21)


def test_every_page_bears_the_policy_and_has_nothing_that_it_blocks(built: Path) -> None:
    count, wrong = look_at(built / "site", DEFAULT)
    assert wrong == []
    assert count >= 480
