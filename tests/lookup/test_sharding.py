"""Shards of the lookup's index: what is cut is found again, each shard alone, and none is longer than it may be."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dosje.lookup import sharding
from dosje.lookup.sharding import cut_files, cut_list, cut_words, unwrap_shard, wrap_shard
from dosje.lookup.shards import card_at, get_shard, row_at, rows_with, words_near

WORD = st.text("abcdefghijkmsvz'", min_size=1, max_size=8)


def test_a_shard_is_a_script_in_which_no_markup_can_stand() -> None:
    assert wrap_shard("a-1", {"é": "</script>"}) == 'dosjeShard("a-1",{"é":"\\u003c/script>"});\n'
    assert unwrap_shard(wrap_shard("a-1", ["),(", {"a": "</b>"}])) == ["),(", {"a": "</b>"}]


def test_a_list_is_cut_where_a_shard_would_grow_too_long() -> None:
    shards: dict[str, Any] = {}
    # In JSON each of them has four characters.
    assert cut_list("rows", ["ab", "cd", "ef", "gh", "ij"], 8, shards) == [0, 2, 4]
    assert shards == {"rows-0": ["ab", "cd"], "rows-1": ["ef", "gh"], "rows-2": ["ij"]}
    shards = {}
    assert cut_list("rows", ["a" * 20, "b", "c" * 20], 10, shards) == [0, 1, 2]
    assert cut_list("cards", [], 10, shards) == [0]
    assert shards["cards-0"] == []


@given(st.lists(st.text(max_size=9), min_size=1, max_size=30), st.integers(1, 40))
def test_each_row_is_found_in_its_shard(values: list[str], limit: int) -> None:
    shards: dict[str, Any] = {}
    core = {"rows": cut_list("rows", values, limit, shards), "cards": cut_list("cards", values, limit + 7, shards)}
    value: Any  # whatever stands in a list
    for at, value in enumerate(values):
        missing: list[str] = []
        whole = {"core": core, **shards}
        found: list[Any] = [row_at(at, whole, missing), card_at(at, whole, missing)]
        assert found == [value, value]
        assert missing == []
        assert row_at(at, {"core": core}, missing) is None
        (name,) = missing
        alone: Any = row_at(at, {"core": core, name: shards[name]}, [])
        assert alone == value


def test_words_are_cut_by_how_they_sound_and_say_their_rows_in_steps(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sharding, "_WORDS_SIZE", 24)
    shards: dict[str, Any] = {}
    postings = {"kapo": [7, 3, 3], "hoxha": [0], "zet": [12], "abc": [1, 5]}
    assert cut_words(postings, shards) == ["aabc", "kkapo"]
    # 11 and 11 characters, 14 and 10.
    assert shards == {
        "words-0": {"abc": [1, 4], "hoxha": [0]},
        "words-1": {"kapo": [3, 0, 4], "zet": [12]},
    }
    assert cut_words({}, shards) == [""]
    # 7 characters each: four of them are too long for one shard.
    assert cut_words({word: [0] for word in "abde"}, shards) == ["aa", "dd"]


@given(st.dictionaries(WORD, st.sets(st.integers(0, 999), min_size=1, max_size=5), max_size=30))
def test_the_rows_of_each_word_are_found_and_of_no_other(postings: dict[str, set[int]]) -> None:
    with pytest.MonkeyPatch.context() as monkeypatch:
        monkeypatch.setattr(sharding, "_WORDS_SIZE", 40)
        shards: dict[str, Any] = {}
        shards["core"] = {"words": cut_words(postings, shards)}
    missing: list[str] = []
    assert {word: rows_with(word, shards, missing) for word in postings} == {w: sorted(r) for w, r in postings.items()}
    assert rows_with("qqqqqqqqqqqq", shards, missing) == []
    assert missing == []


def test_words_that_are_near_are_found_in_all_shards_of_their_sound() -> None:
    shards: dict[str, Any] = {
        "core": {"words": ["aalbania", "khoxha", "kkapo", "mmao"]},
        "words-0": {"albania": [0]},
        "words-1": {"hoxha": [1], "hoxhe": [1]},
        "words-2": {"kapo": [2], "kapa": [2], "xoxha": [3]},
        "words-3": {"mao": [3]},
    }
    missing: list[str] = []
    assert words_near("hoxhx", shards, missing) == ["hoxha", "hoxhe"]
    assert words_near("kapp", shards, missing) == ["kapa", "kapo"]
    assert words_near("coxha", shards, missing) == ["hoxha", "xoxha"]
    assert words_near("k9po", shards, missing) == ["kapo"]
    assert words_near("mao", shards, missing) == words_near("1960", shards, missing) == []
    assert missing == []
    del shards["words-2"], shards["words-1"]
    assert words_near("hoxhx", shards, missing) == []
    assert missing == ["words-1", "words-2"]
    many = {"core": {"words": ["kk"]}, "words-0": {f"kap{letter}": [0] for letter in "zabcdefgh"}}
    assert words_near("kapo", many, missing) == ["kapa", "kapb", "kapc", "kapd", "kape", "kapf"]


def test_the_files_of_small_series_share_a_shard_and_a_unit_knows_where_its_files_are(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    files: list[list[Any]] = [
        [[["1"], [1960], 0, [], "1"], [["2"], [1960], 1, [], "2"]],
        [],
        [[["3"], [1961], 2, [], "3"]],
    ]
    size = len(json.dumps(files[0][0]))
    units: list[Any] = [{"shards": []} for _ in files]
    shards: dict[str, Any] = {}
    cut_files(units, files, shards)
    assert shards == {"files-0": {"0": files[0], "2": files[2]}}
    assert [unit["shards"] for unit in units] == [[0], [], [0]]
    for limit, buckets, expected in (
        (2 * size, {"files-0": {"0": files[0]}, "files-1": {"2": files[2]}}, [[0], [], [1]]),
        (
            size,
            {"files-0": {"0": files[0][:1]}, "files-1": {"0": files[0][1:]}, "files-2": {"2": files[2]}},
            [[0, 1], [], [2]],
        ),
    ):
        monkeypatch.setattr(sharding, "_FILES_SIZE", limit)
        units, shards = [{"shards": []} for _ in files], {}
        cut_files(units, files, shards)
        assert (shards, [unit["shards"] for unit in units]) == (buckets, expected)


def test_a_shard_that_is_wanted_is_named_once() -> None:
    missing: list[str] = []
    assert get_shard({"a": 1}, missing, "a") == 1
    assert [get_shard({}, missing, name) for name in ("b", "c", "b")] == [None] * 3
    assert missing == ["b", "c"]
