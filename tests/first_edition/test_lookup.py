"""The lookup: what a pasted footnote is taken to mean, and that nothing is made up."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from answers import TABLE, Case, format_table, read_table, say
from conftest import PROJECT
from dosje.checking.edition import check_edition
from dosje.exporting.source_descriptions import SourceDescriptions
from dosje.lookup.answered import Answer
from dosje.lookup.hits import NOTHING_BEFORE
from dosje.lookup.index import make_index
from dosje.lookup.search import answer_note
from dosje.lookup.sharding import unwrap_shard
from dosje.web.page_maker import PageMaker
from english import ENGLISH

CASES = read_table()


@pytest.fixture(scope="module")
def shards() -> dict[str, Any]:
    """The index of the first edition, all of its shards, without the words of the style."""
    checked = check_edition(PROJECT)
    assert checked.linked is not None and checked.style is not None
    maker = PageMaker(checked.linked, checked.style)
    index = make_index(checked.linked, SourceDescriptions(maker.sources.works, {}, {}))
    return {path.split("/")[-1].removesuffix(".js"): unwrap_shard(text) for path, text in index.items()}


def answer_all(notes: Iterable[str], shards: dict[str, Any]) -> list[Answer]:
    """Return the answers to notes one after another."""
    answers: list[Answer] = []
    for note in notes:
        answers.append(answer_note(note, answers[-1]["memory"] if answers else NOTHING_BEFORE, shards, ENGLISH))
    assert all(answer["missing"] == [] for answer in answers)
    return answers


def test_the_table_can_be_written_anew(shards: dict[str, Any], request: pytest.FixtureRequest) -> None:
    if request.config.getoption("--update-golden"):
        answered = [case._replace(said=tuple(map(say, answer_all(case.notes, shards)))) for case in CASES]
        TABLE.write_text(format_table(answered), encoding="utf-8")
    assert TABLE.read_text(encoding="utf-8") == format_table(read_table())


@pytest.mark.parametrize("case", CASES, ids=[case.notes[0] for case in CASES])
def test_a_pasted_footnote_is_answered_with_what_it_cites_how_surely_and_why(
    case: Case, shards: dict[str, Any], request: pytest.FixtureRequest
) -> None:
    said = tuple(map(say, answer_all(case.notes, shards)))
    assert said == case.said or request.config.getoption("--update-golden"), "accept it with pytest --update-golden"


def _finds_nothing(cite: list[str]) -> bool:
    return any(line.startswith("nothing:") for line in cite)


def test_there_are_enough_cases() -> None:
    assert sum(len(case.notes) for case in CASES) >= 120
    nothing = [case for case in CASES if all(_finds_nothing(cite) for cite in case.said[0])]
    assert len(nothing) >= 30
    assert {line.split(":")[0] for case in CASES for said in case.said for cite in said for line in cite} >= {
        "exact", "likely", "possible", "nothing", "near",
    }  # fmt: skip


def test_what_the_index_calls_its_parts_are_words(shards: dict[str, Any]) -> None:
    core = shards["core"]
    lists = [shard for name, shard in shards.items() if name.startswith(("rows-", "cards-"))]
    described = [core, *core["archives"], *core["units"], *(entry for entries in lists for entry in entries)]
    assert [name for entry in described for name in entry if len(name) < 3] == []


def test_a_shard_that_is_not_there_is_named() -> None:
    core = {
        "archives": [],
        "units": [],
        "signs": {},
        "acronyms": {},
        "words": [""],
        "rows": [0],
        "cards": [0],
        "count": 1,
    }
    core |= {"base": "", "source_page": "sources/KEY/", "labels": {}, "card": "", "joints": [], "entries": []}
    assert answer_note("Lüthi", NOTHING_BEFORE, {"core": core}, ENGLISH)["missing"] == ["words-0"]


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
    first = answer_note(text, NOTHING_BEFORE, shards, ENGLISH)
    answer_note("Ibid., fl. 3; D. 4", first["memory"], shards, ENGLISH)
