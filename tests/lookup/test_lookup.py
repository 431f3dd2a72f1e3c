"""The lookup: what a pasted footnote is taken to mean, and that nothing is made up."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from conftest import PROJECT, load_cases
from dosje.checking.edition import check_edition
from dosje.exporting.described import Described
from dosje.lookup.index import make_index, unwrap_shard
from dosje.lookup.search import NOTHING_BEFORE, Answer, look_up
from dosje.web.page_maker import Press

CASES: dict[str, Any] = load_cases("lookup.yml")
SINGLE = [(name, *case) for name, cases in CASES.items() if name != "batches" for case in cases]


@pytest.fixture(scope="module")
def shards() -> dict[str, Any]:
    """The index of the first edition, all of its shards, without the words of the style."""
    checked = check_edition(PROJECT)
    assert checked.linked is not None and checked.style is not None
    press = Press(checked.linked, checked.style)
    index = make_index(checked.linked, Described(press.sources.works, {}, {}))
    return {path.split("/")[-1].removesuffix(".js"): unwrap_shard(text) for path, text in index.items()}


def fits(expected: list[str], answer: Answer) -> bool:
    """Say whether an answer's first matches are the expected ones."""
    citations = answer["citations"]
    if len(citations) != len(expected):
        return expected == ["-"] and all(not citation["matches"] for citation in citations)
    for keys, citation in zip(expected, citations, strict=True):
        found = [match["key"] for match in citation["matches"]]
        wanted = [] if keys == "-" else keys.split()
        if sorted(found[: max(len(wanted), 1)]) != sorted(wanted):
            return False
    return True


@pytest.mark.parametrize(("kind", "query", "expected"), SINGLE)
def test_a_pasted_footnote_finds_what_it_cites(
    kind: str, query: str, expected: list[str], shards: dict[str, Any]
) -> None:
    answer = look_up(query, NOTHING_BEFORE, shards)
    assert answer["missing"] == []
    assert fits(expected, answer), [
        (c["text"], [(m["key"], m["confidence"], m["why"]) for m in c["matches"]], c["looked_for"])
        for c in answer["citations"]
    ]


@pytest.mark.parametrize("lines", CASES["batches"])
def test_ibid_looks_back_to_the_line_before(lines: list[Any], shards: dict[str, Any]) -> None:
    memory = NOTHING_BEFORE
    for query, expected in lines:
        answer = look_up(query, memory, shards)
        memory = answer["memory"]
        assert fits(expected, answer), (
            query,
            [[(m["key"], m["why"]) for m in c["matches"]] for c in answer["citations"]],
        )


def test_there_are_enough_cases() -> None:
    assert len(SINGLE) + sum(map(len, CASES["batches"])) >= 120
    assert sum(expected == ["-"] for _, _, expected in SINGLE) >= 30


def test_a_shard_that_is_not_there_is_named() -> None:
    core = {"archives": [], "units": [], "signs": {}, "acronyms": {}, "words": [""], "rows": [0], "cards": [0], "n": 1}
    core |= {"base": "", "labels": {}, "entries": []}
    assert look_up("Lüthi", NOTHING_BEFORE, {"core": core})["missing"] == ["words-0"]


PIECES = st.sampled_from(
    [
        "AQSH",
        "F.14/AP",
        "D. ",
        "fl. ",
        "Ibid.",
        "; ",
        ", ",
        "in ",
        "Kapo",
        " to ",
        "1960",
        "–",
        "(",
        ")",
        "24 June",
        "/",
        "'",
    ]
)


@given(st.one_of(st.text(), st.lists(PIECES | st.text(max_size=4), max_size=12).map("".join)))
def test_no_text_makes_it_stumble(shards: dict[str, Any], text: str) -> None:
    first = look_up(text, NOTHING_BEFORE, shards)
    look_up("Ibid., fl. 3; D. 4", first["memory"], shards)
