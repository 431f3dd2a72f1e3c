"""A month behind a day, in languages in which its case then differs."""

from __future__ import annotations

import pytest

from conftest import Edition
from dosje.citing.months import decline_months
from dosje.values.words import Run
from rendering import render


@pytest.mark.parametrize(
    ("locale", "said", "printed"),
    [
        ("ru-RU", "письмо, 12 ноябрь 1960 г.; ноябрь 1960", "письмо, 12 ноября 1960 г.; ноябрь 1960"),
        ("uk", "12\u00a0листопад 1960", "12\u00a0листопада 1960"),
        ("pl", "5 Styczeń 1961", "5 stycznia 1961"),
        ("cs", "5. leden 1961", "5. ledna 1961"),
        ("ru", "312 май, 5 маяк", "312 май, 5 маяк"),
        ("de", "5. Mai 1961", "5. Mai 1961"),
    ],
)
def test_a_month_is_declined_behind_a_day_alone(locale: str, said: str, printed: str) -> None:
    assert decline_months((Run(said, ("em",)),), locale) == (Run(printed, ("em",)),)


def test_a_russian_note_says_the_day_of_a_letter_as_russian_does(edition: Edition) -> None:
    root = edition({
        "mkdocs.yml": "site_name: A\nextra: {dosje: {locale: ru-RU}}\n",
        "content/archives.yml": "a: {name: ГАРФ}\n",
        "content/sources/f.yml": "{type: file, level: file, title: F, repository: a, file: 1, seen: scan}\n",
        "content/sources/i.yml": (
            "{type: letter, title: I, author: Х, recipient: У, date: 1960-11-12, folios: 3, part_of: f, seen: scan}\n"
        ),
        "content/essays/e.md": "---\ntitle: E\n---\nТак [@i].\n",
    })  # fmt: skip
    assert "12 ноября 1960" in render(root)["essays/e.md"]
