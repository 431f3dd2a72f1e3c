"""The addresses that the first edition published: each goes on to answer."""

from __future__ import annotations

from collections import Counter

import pytest

from conftest import PROJECT
from dosje.checking.edition import check_edition
from dosje.edition.addresses import Addresses


@pytest.fixture(scope="module")
def addresses() -> Addresses:
    linked = check_edition(PROJECT).linked
    assert linked is not None
    return linked.addresses


def test_every_address_that_was_published_answers(addresses: Addresses) -> None:
    assert [found.entry.address for found in addresses.resolved if found.way == "lost"] == []


def test_the_2126_notes_152_headings_and_488_pages_of_november_2026_are_in_the_ledger(addresses: Addresses) -> None:
    # It only grows.
    kinds = (
        "note" if e.anchor.startswith("fn:") else "heading" if e.anchor else "page" for e in addresses.entries.values()
    )
    count = Counter(kinds)
    assert (count["note"] >= 2126, count["heading"] >= 152, count["page"] >= 488) == (True, True, True)
