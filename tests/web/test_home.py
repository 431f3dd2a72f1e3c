"""The home page of an edition that writes its own: the line of time stands after its opening text."""

from __future__ import annotations

import re

import pytest

from conftest import Edition
from invented import MEETINGS
from rendering import render

FENCE = "```\n## no heading\n```"


@pytest.mark.parametrize(
    ("body", "order"),
    [
        ("Opening.\n\n## Part\n\nMore.", ["Opening", "<figure", "Part", "More"]),
        # What only looks like a heading parts nothing, and is not taken apart.
        (f"Opening.\n\n{FENCE}\n\n## Part\n\nMore.", ["Opening", "## no heading", "<figure", "Part", "More"]),
        (f"{FENCE}\n\nOpening.", ["## no heading", "Opening", "<figure"]),
        (f"## Part\n\n{FENCE}", ["<figure", "Part", "## no heading"]),
        ("Opening alone.", ["Opening alone", "<figure"]),
    ],
)
def test_the_line_of_time_stands_before_the_first_heading(body: str, order: list[str], edition: Edition) -> None:
    page = render(edition(MEETINGS | {"content/pages/index.md": f"---\ntitle: Home\n---\n{body}\n"}))["index.md"]
    shown = page.split("\n---\n", 1)[1]
    places = [shown.index(part) for part in order]
    assert places == sorted(places), shown
    assert len(re.findall("<figure", shown)) == 1
    assert shown.count("<code>## no heading\n</code></pre>") == body.count(FENCE)
