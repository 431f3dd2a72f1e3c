"""Spaces that French has before some signs, and at which no line may end."""

from __future__ import annotations

import pytest

from dosje.markup.markdown_tree import parse_markdown
from dosje.markup.tree import Paragraph
from dosje.values.page_id import PageId
from dosje.values.typography import hold_together
from dosje.values.words import Run


@pytest.mark.parametrize(
    ("typed", "printed"),
    [
        ("Qui ? Lui ; et moi !", "Qui~? Lui~; et moi~!"),
        ("Il dit : « oui ».", "Il dit~: «~oui~»."),
        ("Er sagte »ja« und ging.", "Er sagte »ja« und ging."),
        ("Er sagte «ja» und ging.", "Er sagte «ja» und ging."),
        ("Who? I; and: a :) b", "Who? I; and: a :) b"),
    ],
)
def test_no_line_ends_before_a_sign_that_french_sets_apart(typed: str, printed: str) -> None:
    assert hold_together(typed).replace("\u00a0", "~") == printed


def test_an_authors_text_has_these_spaces_and_code_is_left_alone() -> None:
    assert parse_markdown("Qui ? `a ?`", [], PageId("essay", "e")) == (
        Paragraph((Run("Qui\u00a0? "), Run("a ?", ("code",)))),
    )
