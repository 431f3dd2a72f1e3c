"""Footnotes in the forms of other authors mean their source first: one kind of form a test, in a foreign edition."""

from __future__ import annotations

from typing import Any

import pytest

from foreign import FILES, ask_all, found_in, index_of

_FILE = "level: file, type: file, seen: scan"
MORE = {
    "content/sources/dc-20-8.yml": "{title: Häfen, file: 8, year: 1961, folios: 1–9, part_of: dc-20, " + _FILE + "}\n",
    "content/sources/dc-20-perhaps.yml": "{title: Dorsch, file: 8, year: '1962?', part_of: dc-20, " + _FILE + "}\n",
    "content/sources/dc-20-sure.yml": "{title: Netze, file: 8a, year: 1962, part_of: dc-20, " + _FILE + "}\n",
    "content/sources/talks.yml": (
        "{type: series, level: series, title: Talks in Kiel, reference: KIEL – May 1963, part_of: dc-20, seen: scan}\n"
    ),
    "content/sources/talks-3.yml": "{title: Talks, file: 3, part_of: talks, " + _FILE + "}\n",
    "content/sources/others-3.yml": "{title: Others, file: 3, year: 1964, part_of: dc-20, " + _FILE + "}\n",
    "content/sources/port-letter.yml": (
        "{type: letter, title: On ports, author: henry-dove, recipient: ann-pike, date: 1961-05-01, folios: 1–4, "
        "part_of: dc-20-8, level: item, seen: scan}\n"
    ),
    "content/sources/pier-letter.yml": (
        "{type: letter, title: On the piers of Bergen, author: henry-dove, recipient: ann-pike, date: 1961-05-02, "
        "folios: 5–9, part_of: dc-20-8, level: item, seen: scan}\n"
    ),
    "content/sources/quay-letter.yml": (
        "{type: letter, title: On the quays of Bergen, author: henry-dove, recipient: ann-pike, date: 1961-05-02, "
        "part_of: dc-20-8, level: item, seen: scan}\n"
    ),
    "bibliography/more.bib": r"""
@collection{vik-2017, editor = {Vik, Kirsten and Sand, Ola and Moe, Jon}, title = {Ice and Oil}, date = {2017}}
@book{moe-works, author = {Moe, Jon}, maintitle = {Collected Works}, title = {November 1948–November 1965},
  volume = {2}, location = {Oslo}, publisher = {«8 Mai» Publishing House}, date = {1975}}
@article{moe-fall, author = {Moe, Jon}, title = {Nets of Steel}, journaltitle = {Journal of the North}, volume = {39},
  date = {2011-23}}
@book{sand-talks, author = {Sand, Ola}, title = {Conversations with Admirals}, date = {1962}}
""",
}


@pytest.fixture(scope="module")
def shards(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    return index_of(FILES | MORE, tmp_path_factory.mktemp("forms"))


def find_first(shards: dict[str, Any], note: str) -> list[str]:
    """Return what each cite of a note means first."""
    return [found[0] if found else "" for found in found_in(ask_all(shards, note)[0])]


@pytest.mark.parametrize(
    ("note", "found"),
    [
        ("(Dove 1998; Vik et al. 2017; Berg 1967)", ["exact: dove-sea", "likely: vik-2017", "likely: berg-nets"]),
        ("(Vik et al. 2017: 4; Dove 1998)", ["likely: vik-2017", "likely: dove-sea"]),
        ("(Vik et al. 2017, p. 4; Dove 1998, pp. 3–5)", ["likely: vik-2017", "likely: dove-sea"]),
        ("(Vik u. a. 2017, S. 4; Dove 1998, S. 3)", ["likely: vik-2017", "likely: dove-sea"]),
        ("(Moe Fall 2011; Dove 1998)", ["likely: moe-fall", "likely: dove-sea"]),
        ("See Moe (Fall 2011: 12).", ["likely: moe-fall"]),
    ],
)
def test_works_by_author_and_date_are_parted_at_semicolons(note: str, found: list[str], shards: dict[str, Any]) -> None:
    assert [each.partition(": ")[2] for each in find_first(shards, note)] == [f.partition(": ")[2] for f in found]


@pytest.mark.parametrize(
    "note",
    [
        "Jon Moe, Collected Works: November 1948–November 1965 (Oslo: «8 Mai» Publishing House, 1975), 44.",
        "Moe, Jon. Collected Works: November 1948–November 1965. “8 Mai” Publishing House, 1975.",
    ],
)
def test_marks_within_the_name_of_a_publisher_are_no_title(note: str, shards: dict[str, Any]) -> None:
    assert find_first(shards, note) == ["exact: moe-works"]


def test_a_slip_in_a_word_that_has_synonyms_is_mended(shards: dict[str, Any]) -> None:
    assert find_first(shards, "Sand, Conversatons with Admirals, 12") == ["likely: sand-talks"]


def test_a_slip_in_the_word_that_tells_two_letters_apart_is_mended(shards: dict[str, Any]) -> None:
    assert find_first(shards, "Dove to Pike on the piers, 2 May 1961") == ["exact: pier-letter"]
    assert find_first(shards, "Dove to Pike on the qauys, 2 May 1961") == ["exact: quay-letter"]
    assert find_first(shards, "Dove to Pike on the piesr, 2 May 1961") == ["exact: pier-letter"]


@pytest.mark.parametrize("day", ["1er mai 1961", "1º maggio 1961", "1. Mai 1961", "1 May 1961", "1st May 1961"])
def test_the_first_of_a_month_is_a_day_in_every_language(day: str, shards: dict[str, Any]) -> None:
    assert find_first(shards, f"Dove – Pike, {day}, BArch, DC 20, Nr. 8") == ["exact: port-letter"]


@pytest.mark.parametrize(
    "note",
    [
        "Dove, Henry. Letter to Pike. 1 May 1961. BArch, DC 20, Nr. 8.",
        "Henry Dove, “Letter to Pike,” 1 May 1961, BArch, DC 20, Nr. 8.",
        "Letter to Pike, 1 May 1961, BArch, DC 20, Nr. 8.",
    ],
)
def test_a_kind_of_document_before_its_reader_is_not_its_writer(note: str, shards: dict[str, Any]) -> None:
    assert find_first(shards, note) == ["exact: port-letter"]


def test_all_leaves_of_a_file_mean_the_file_and_no_document_in_it(shards: dict[str, Any]) -> None:
    assert found_in(ask_all(shards, "BArch, DC 20, Nr. 8, 1961, Bl. 1–9")[0]) == [["exact: dc-20-8"]]
    assert find_first(shards, "BArch, DC 20, Nr. 8, 1961, Bl. 1–4") == ["exact: port-letter"]


def test_a_file_of_a_year_comes_before_one_that_is_perhaps_of_it(shards: dict[str, Any]) -> None:
    found = found_in(ask_all(shards, "BArch, DC 20, 1962, Nr. 8")[0])
    assert found == [["exact: dc-20-perhaps"]]
    assert found_in(ask_all(shards, "BArch, DC 20, 1963, Nr. 8")[0]) == [[]]


def test_a_year_in_the_name_of_a_series_is_that_of_its_files(shards: dict[str, Any]) -> None:
    assert find_first(shards, "BArch, 1963, Nr. 3") == ["exact: talks-3"]
    assert find_first(shards, "BArch, 1964, Nr. 3") == ["exact: others-3"]


@pytest.mark.parametrize(
    "archive",
    ["RGANI", "Berlin, Reichsarchiv", "Russian State Archive of Contemporary History", "Magyar Országos Levéltár"],
)
def test_another_archive_behind_a_shelfmark_that_begins_with_the_file_excludes_ours(
    archive: str, shards: dict[str, Any]
) -> None:
    assert find_first(shards, "Bl. 11–14, Nr. 7, DC 20") == ["exact: fangbericht"]
    assert find_first(shards, f"Bl. 11–14, Nr. 7, DC 20, {archive}") == [""]
    assert find_first(shards, f"{archive}, Ministerrat, DC 20, Nr. 7, Bl. 11–14") in ([""], ["possible: fangbericht"])


@pytest.mark.parametrize(
    ("note", "place"),
    [
        ("Documents on Northern Policy, vol. 5, doc. 83", ("other", "doc. 83")),
        ("Documents on Northern Policy, vol. 5, docs. 3–5, 9.", ("other", "docs. 3–5, 9")),
        ("Documents on Northern Policy, Bd. 5, Dok. Nr. 12.", ("other", "Dok. 12")),
        ("Documents on Northern Policy, vol. 5, no. 12", ("other", "no. 12")),
        ("Documents on Northern Policy, Bd. 5, Nr. 12", ("other", "Nr. 12")),
        ("Documents on Northern Policy, vol. 5, doc. 83, p. 40", ("page", "40")),
        ("Documents on Northern Policy, vol. 5, 83", ("page", "83")),
        # The number of a journal is no place in it.
        ("Pike, ‘Herring and Diplomacy’, Journal of the North 12, no. 3 (1984)", None),
    ],
)
def test_the_number_of_a_printed_document_is_its_place(
    note: str, place: tuple[str, str] | None, shards: dict[str, Any]
) -> None:
    (cite,) = ask_all(shards, note)[0]["citations"]
    assert [match["key"] for match in cite["matches"]] in (["documents-5"], ["pike-fish"])
    assert cite["locator"] == (None if place is None else {"label": place[0], "value": place[1]})


def test_the_number_of_a_printed_document_is_read_with_its_place_in_the_text(shards: dict[str, Any]) -> None:
    note = "Documents on Northern Policy, vol. 5, doc. 83, p. 40"
    (cite,) = ask_all(shards, note)[0]["citations"]
    assert cite["read"]["document"] == {"value": "83", "span": [38, 45]}
    assert note[38:45] == "doc. 83"


def test_a_remark_behind_a_semicolon_is_no_other_work(shards: dict[str, Any]) -> None:
    assert find_first(shards, "cf. Dove (1998: 44; emphasis mine)") == ["likely: dove-sea"]
