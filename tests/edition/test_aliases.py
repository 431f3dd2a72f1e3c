"""Notes whose labels have changed, found again: where nothing is in doubt, and nowhere else."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dosje.edition.aliases import match_labels

_LABELS = st.lists(st.from_regex(r"(a|b|a-folio-3|b--c)(_(one|two-three))?(\.[23])?", fullmatch=True), unique=True)


@pytest.mark.parametrize(
    ("lost", "new", "standing", "found"),
    [
        # A word was written before the note, or it stands in another paragraph.
        (["a-folio-3_one"], {"a-folio-3_one-more": ["a"]}, [], {"a-folio-3_one": "a-folio-3_one-more"}),
        (["a_one"], {"a": ["a"]}, [], {"a_one": "a"}),
        (["note-x"], {"note-y": []}, [], {}),
        # Several that cite the same, as many as before: in their order.
        (["a_one", "b_x", "a_two"], {"a_three": ["a"], "a_four": ["a"]}, [], {"a_one": "a_three", "a_two": "a_four"}),
        (["a_one", "a_two"], {"a_three": ["a"]}, [], {}),
        (["a_one"], {"a_two": ["a"], "a_three": ["a"]}, [], {}),
        # Another leaf, or another work beside it, after the same words.
        (["a-folio-3_one"], {"a-folio-4_one": ["a"]}, [], {"a-folio-3_one": "a-folio-4_one"}),
        (["a-folio-3_one"], {"b--a_one": ["b", "a"]}, [], {"a-folio-3_one": "b--a_one"}),
        (["a-folio-3_one"], {"b_one": ["b"]}, [], {}),
        (["a-2_one"], {"a_one": ["a"]}, [], {"a-2_one": "a_one"}),
        (["ab_one"], {"a_one": ["a"]}, [], {}),
        (["a-folio-3_one", "a-folio-5_one"], {"a-folio-4_one": ["a"]}, [], {}),
        # Of three alike one was taken out: the others say the same of the same words.
        (["a_one.3"], {}, ["b_two", "a_one.2", "a_one"], {"a_one.3": "a_one.2"}),
        (["a_one.2"], {}, ["a_two"], {}),
        # It was taken out, and another note that cites the same was published before: no new one, no answer.
        (["a_one"], {}, ["a_two"], {}),
    ],
)  # fmt: skip
def test_a_label_that_was_lost_has_an_alias_where_nothing_is_in_doubt(
    lost: list[str], new: dict[str, list[str]], standing: list[str], found: dict[str, str]
) -> None:
    assert match_labels(lost, new, standing) == found


@given(lost=_LABELS, new=_LABELS)
def test_no_new_note_answers_to_two_that_were_not_alike(lost: list[str], new: list[str]) -> None:
    found = match_labels(lost, {label: [] for label in new})
    assert found.keys() <= set(lost)
    assert set(found.values()) <= set(new)
    apart = [label for old, label in found.items() if old.partition(".")[0] != label.partition(".")[0]]
    assert len(apart) == len(set(apart))
