"""The lookup is sure only of what it alone can mean: each test is one way to be wrong, in a foreign edition."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from foreign import FILE_FIELDS, FILES, ask_all, found_in, index_of

DOVE = "Dove, The Cold Sea, 5"


@pytest.fixture(scope="module")
def shards(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    return index_of(FILES, tmp_path_factory.mktemp("foreign"))


def find(shards: dict[str, Any], note: str) -> list[str]:
    """Return what the first cite of a note finds."""
    return found_in(ask_all(shards, note)[0])[0]


def find_last(shards: dict[str, Any], *notes: str) -> list[list[str]]:
    """Return what the cites of the last of some notes find."""
    return found_in(ask_all(shards, *notes)[-1])


def test_of_two_letters_of_one_day_both_are_named_and_none_is_exact(shards: dict[str, Any]) -> None:
    assert find(shards, "Dove to Pike, 4 March 1962") == ["likely: first-letter", "likely: second-letter"]


@pytest.mark.parametrize("leaf", ["fol. 8", "p. 8", "leaf 8", "8", "Bl. 8"])
def test_a_leaf_decides_between_two_letters_under_whatever_label(leaf: str, shards: dict[str, Any]) -> None:
    assert find(shards, f"Dove to Pike, 4 March 1962, {leaf}") == ["exact: second-letter"]


def test_a_leaf_that_the_document_does_not_have_makes_it_less_sure(shards: dict[str, Any]) -> None:
    assert find(shards, "Minutes of the harbour board, 8 July 1963, fol. 2") == ["exact: harbour-minutes"]
    assert find(shards, "Minutes of the harbour board, 8 July 1963, fol. 70") == ["likely: harbour-minutes"]


def test_a_bundle_of_a_year_is_no_document_of_a_day_of_it(shards: dict[str, Any]) -> None:
    assert find(shards, "Dove to Pike, 1961") == ["likely: bundle"]
    assert find(shards, "Dove to Pike, 7 May 1961") == ["possible: bundle"]
    assert find(shards, "Letters on the harbour, 7 May 1961") == ["possible: bundle"]


@pytest.mark.parametrize(
    ("note", "other"),
    [
        ("Pike, Memoirs of a Minister, vol. 3, 44", "Pike, Memoirs of a Minister, vol. 2, 44"),
        ("Pike, Memoirs of a Minister, Bd. III, S. 44", "Pike, Memoirs of a Minister, Bd. II, S. 44"),
        ("Dove, The Cold Sea, 3rd ed., 5", "Dove, The Cold Sea, 2nd ed., 5"),
        ("Dove, The Cold Sea, third edition (Oslo, 1998), 5", "Dove, The Cold Sea, second edition (Oslo, 1998), 5"),
        (
            "Pike, “Herring and Diplomacy,” Journal of the North 12, no. 4 (1984): 50",
            "Pike, “Herring and Diplomacy,” Journal of the North 12, no. 3 (1984): 50",
        ),
        (
            "Pike, ‘Herring and Diplomacy’, Journal of the North, 13:3 (1984), 50",
            "Pike, ‘Herring and Diplomacy’, Journal of the North, 12:3 (1984), 50",
        ),
        ("Documents on Northern Policy, vol. 5, part 1, 30", "Documents on Northern Policy, vol. 5, part 2, 30"),
    ],
)
def test_a_volume_number_edition_or_part_that_is_said_and_differs_excludes_a_work(
    note: str, other: str, shards: dict[str, Any]
) -> None:
    assert find(shards, note) == []
    assert find(shards, other)[0].startswith(("exact", "likely"))


def test_a_volume_of_a_work_whose_volume_nobody_said_is_found_less_surely(shards: dict[str, Any]) -> None:
    assert find(shards, "Holm (ed.), The Coast at War, vol. 2, 12") == ["likely: holm-coast"]


@pytest.mark.parametrize(
    "note",
    [
        "Henry Dove, ‘The Cold Sea’, Journal of Ice 4, no. 2 (1998): 33–50.",
        "Henry Dove, ‘The Cold Sea’, in Ida Lund (ed.), Weather (Oslo, 1998), 9–20.",
        "Ann Pike, ‘Trade at Sea’, Journal of the North 12, no. 3 (1984): 1–7.",
        "Ann Pike, ‘Diplomacy after Herring’, Journal of the North (1984): 1–7.",
    ],
)
def test_an_article_or_chapter_of_a_same_named_book_and_another_article_are_not_found(
    note: str, shards: dict[str, Any]
) -> None:
    assert find(shards, note) == []


def test_a_chapter_that_nobody_knows_finds_its_volume_as_no_more_than_possible(shards: dict[str, Any]) -> None:
    volume = "in Eva Holm, ed., The Coast at War (Bergen, 2003)"
    assert find(shards, f"Per Ruud, “Nets and Mines,” {volume}, 110.") == ["exact: ruud-coast"]
    assert find(shards, f"Per Ruud, “Ships and Men,” {volume}, 70.") == ["possible: holm-coast"]
    assert find(shards, f"Jan Dahl, “Ships and Men,” {volume}, 70.") == ["possible: holm-coast"]


@pytest.mark.parametrize("note", ["Holm (ed.), The Coast at War, 12", "Holm, The Coast at War, 12", "Holm 2003, 12"])
def test_the_editor_of_a_volume_finds_the_volume_and_no_chapter(note: str, shards: dict[str, Any]) -> None:
    assert [found.split(": ")[1] for found in find(shards, note)] == ["holm-coast"]


def test_an_earlier_printing_is_no_more_than_possible(shards: dict[str, Any]) -> None:
    assert find(shards, "Henry Dove, The Cold Sea (Oslo: Fjord, 1998), 5") == ["exact: dove-sea"]
    assert find(shards, "Henry Dove, The Cold Sea (Oslo: Fjord, 1975), 5") == ["possible: dove-sea"]


def test_a_book_with_the_name_of_an_article_is_no_more_than_possible(shards: dict[str, Any]) -> None:
    assert find(shards, "Ann Pike, Herring and Diplomacy (Oslo: Fjord, 1984), 5") == ["possible: pike-fish"]


@pytest.mark.parametrize("same", ["idem", "eadem", "ders.", "Id.", "derselbe"])
def test_idem_is_the_author_before_and_never_the_work_before(same: str, shards: dict[str, Any]) -> None:
    known, unknown, other = find_last(
        shards, f"{DOVE}; {same}, Winter Storms at Bergen, 11; {same}, Memoirs of a Minister, 9"
    )
    assert (known, unknown, other) == (["exact: dove-sea"], ["exact: dove-storm"], [])
    assert find_last(shards, f"Hamsun, Hunger, 7; {same}, The Cold Sea, 9")[1] == []


@pytest.mark.parametrize("back", ["op. cit.", "loc. cit.", "a.a.O.", "art. cit."])
def test_op_cit_behind_an_unknown_work_finds_nothing(back: str, shards: dict[str, Any]) -> None:
    unknown = "Hamsun, Hunger, 7"
    assert find_last(shards, DOVE, unknown, f"{back}, 9") == [[]]
    assert find_last(shards, DOVE, unknown, f"Hamsun, {back}, 9") == [[]]
    assert find_last(shards, DOVE, unknown, f"Dove, {back}, 9") == [["likely: dove-sea"]]
    assert find_last(shards, DOVE, "Dove, Letters from Spain, 7", f"Dove, {back}, 9") == [[]]
    assert find_last(shards, DOVE, f"{back}, 9") == [["likely: dove-sea"]]


@pytest.mark.parametrize(
    "note",
    [
        "Ibid., and Pike, Memoirs of a Minister, 9",
        "Ibid. and Pike, Memoirs of a Minister, 9",
        "Ibid., 7, and Pike, Memoirs of a Minister, 9",
        "Ibid., pp. 7–8 and Pike, Memoirs of a Minister, 9",
        "Ibid.; see also Pike, Memoirs of a Minister, 9",
        "Ebd., S. 7, und Pike, Memoirs of a Minister, 9",
    ],
)
def test_an_ibid_with_more_behind_it_stays_an_ibid(note: str, shards: dict[str, Any]) -> None:
    assert find_last(shards, DOVE, note) == [["exact: dove-sea"], ["exact: pike-memoirs-2"]]
    assert find_last(shards, DOVE, note, "Ibid., 10") == [["exact: pike-memoirs-2"]]


def test_an_ibid_behind_cited_in_means_the_source_and_not_where_it_was_read(shards: dict[str, Any]) -> None:
    letter = "Minutes of the harbour board, 8 July 1963, fol. 1"
    assert find_last(shards, f"{letter}, cited in {DOVE}", "Ibid., fol. 2") == [["exact: harbour-minutes"]]
    assert find_last(shards, f"{letter}, zitiert nach {DOVE}", "Ibid., fol. 2") == [["exact: harbour-minutes"]]


def test_an_ibid_with_a_leaf_is_no_page_of_a_book(shards: dict[str, Any]) -> None:
    assert find_last(shards, DOVE, "Ibid., fol. 7") == [[]]
    assert find_last(shards, DOVE, "Ibid., 7") == [["exact: dove-sea"]]


@pytest.mark.parametrize(
    ("note", "places"),
    [
        ("Pike 1984: 50 (emphasis added).", ["50"]),
        ("This is also what Pike (1984: 50) maintains.", ["50"]),
        ("Pike (1984, 50–52)", ["50–52"]),
        ("Ann Pike, Herring and Diplomacy, 1984, f. 50.", ["50"]),
        ("On herring see, for example, Pike, Herring and Diplomacy, 60, who disagrees.", ["60"]),
    ],
)
def test_an_author_and_year_with_a_page_and_a_remark_are_read(
    note: str, places: list[str], shards: dict[str, Any]
) -> None:
    (answer,) = ask_all(shards, note)
    assert [cite["locator"] and cite["locator"]["value"] for cite in answer["citations"]] == places
    assert [found[0].split(": ")[1] for found in found_in(answer)] == ["pike-fish"]


def test_each_of_a_list_is_found(shards: dict[str, Any]) -> None:
    (years,) = ask_all(shards, "(Pike 1984; Hamsun 1890; Holm 2003)")
    assert [[key.split(": ")[1] for key in found] for found in found_in(years)] == [["pike-fish"], [], ["holm-coast"]]
    (commas,) = ask_all(
        shards, "Cf. Dove, The Cold Sea, 5, Pike, Memoirs of a Minister, 44, and Holm, The Coast at War, 7."
    )
    assert found_in(commas) == [["exact: dove-sea"], ["exact: pike-memoirs-2"], ["exact: holm-coast"]]
    assert [cite["locator"] and cite["locator"]["value"] for cite in commas["citations"]] == ["5", "44", "7"]


def test_a_work_with_another_author_is_no_more_than_possible(shards: dict[str, Any]) -> None:
    assert find(shards, "Kirsten Vik, Winter Storms at Bergen, 12") == []
    assert find(shards, "Kirsten Holm, Nets and Mines of the Northern Sea and Coast, 12") == ["possible: berg-nets"]
    assert find(shards, "Dove, Life and Letters of Henry Dove, 12") == ["exact: dove-life"]
    assert find(shards, "Kirsten Vik, Life and Letters of Henry Dove, 12") == []
    assert find(shards, "Berg, Nets and Mines of the Northern Sea and Coast, 12") == ["exact: berg-nets"]


@pytest.mark.parametrize(
    "note",
    [
        "Riksarkivet, Oslo, DC 20, Nr. 7, Bl. 11",
        "Riksarkivet, Ministerrat, DC 20, Nr. 7, Bl. 11",
        "Magyar Országos Levéltár, DC 20, Nr. 7, Bl. 11",
        "rgaspi dc 20 nr. 7",
    ],
)
def test_a_shelfmark_behind_a_name_that_nothing_here_has_is_not_sure(note: str, shards: dict[str, Any]) -> None:
    assert all(one.startswith("possible") for one in find(shards, note))


@pytest.mark.parametrize(
    "note", ["DC 20, Nr. 7, Bl. 11", "Fischerei, DC 20, Nr. 7, Bl. 11", "BArch, DC 20, Nr. 7, Bl. 11"]
)
def test_a_shelfmark_behind_words_of_its_own_is_sure(note: str, shards: dict[str, Any]) -> None:
    assert find(shards, note)[0] == "exact: fangbericht"


@pytest.mark.parametrize(
    "note",
    [
        "Austrian Bundesarchiv, DC 20, Nr. 7, Bl. 11",
        "Bundesarchiv, Bern, DC 20, Nr. 7, Bl. 11",
        "(Bundesarchiv: Bern; DC 20, Nr. 7)",
        "Swiss Federal Archives, Bern, DC 20, Nr. 7",
        "National Archives, College Park, DC 20, Nr. 7, Bl. 11",
        "austrian bundesarchiv dc 20 nr. 7",
        "bundesarchiv bern dc 20 nr. 7",
        "Archives nationales, Paris, dossier, DC 20, Nr. 7",
        "The National Archives, Dublin, FO 371/15, fol. 1",
    ],
)
def test_a_known_archive_of_another_country_or_town_is_not_sure(note: str, shards: dict[str, Any]) -> None:
    found = find(shards, note)
    assert all(one.startswith("possible") for one in found)


@pytest.mark.parametrize(
    ("note", "first"),
    [
        ("The National Archives, Kew, FO 371", "likely: fo-371"),
        ("Henry Dove, Bundesarchiv, DC 20, Nr. 7, Bl. 11", "exact: fangbericht"),
        ("Bundesarchiv, Ministerrat, DC 20, Nr. 7, Bl. 11", "exact: fangbericht"),
        ("bundesarchiv ministerrat dc 20 nr. 7 bl. 11", "exact: fangbericht"),
    ],
)
def test_a_known_archive_behind_what_belongs_to_it_is_sure(note: str, first: str, shards: dict[str, Any]) -> None:
    assert find(shards, note)[0] == first


def test_a_name_that_only_works_have_does_not_belong_before_a_shelfmark(shards: dict[str, Any]) -> None:
    assert find(shards, "Bergen, DC 20, Nr. 7, Bl. 11") == ["possible: fangbericht"]
    assert find(shards, "Dove, DC 20, Nr. 7, Bl. 11")[0] == "exact: fangbericht"


def test_a_letter_in_a_bundle_of_its_file_is_not_the_bundle_for_sure(shards: dict[str, Any]) -> None:
    letter, place = "Dove to Pike, Letters on the harbour", "TNA, FO 371, file 15"
    assert find(shards, f"{letter}, 7 May 1961, {place}") == ["exact: fo-371-15", "possible: bundle"]
    assert find(shards, f"{letter}, 7 May 1961, {place}, fol. 20–60")[0] == "exact: bundle"
    assert find(shards, f"{letter}, 1961, {place}")[0] == "exact: bundle"


def test_a_letter_of_another_writer_is_not_what_somebody_wrote_on_that_day(shards: dict[str, Any]) -> None:
    assert find(shards, "Lund to Berg, letters on the harbour, 1961") == ["possible: bundle"]
    assert find(shards, "Dove to Pike, letters on the harbour, 1961") == ["likely: bundle"]


def test_an_author_and_year_at_the_end_of_a_title_that_another_wrote_are_no_author(shards: dict[str, Any]) -> None:
    assert find(shards, "Kirsten Vik, Life and Letters of Henry Dove, 1977, 12") == ["possible: dove-life"]
    assert find(shards, "As Dove (1977: 12) maintains") == ["likely: dove-life"]


BOOKS = (
    "Henry Dove, The Cold Sea (Fjord 1998) 5",
    "Ann Pike, Memoirs of a Minister, vol 2 (London 1971) 9; Eva Holm (ed), The Coast at War (Bergen 2003)",
    "Minutes of the harbour board, 8 July 1963, TNA, FO 371, 1962, 15, fol 1",
)


@pytest.mark.parametrize(
    ("note", "found"),
    [
        ("Dove (n 1) 40.", "exact: dove-sea"),
        ("Dove (wie Anm. 1), S. 40", "exact: dove-sea"),
        ("Dove, supra note 1, at 40", "exact: dove-sea"),
        ("cited in Dove (n 1) 40", "exact: dove-sea"),
        ("Pike (n 2) 7", "exact: pike-memoirs-2"),
        ("Holm (see n. 2), 7", "exact: holm-coast"),
        ("Harbour board (n 3) fol 2", "exact: harbour-minutes"),
        # Notes that were pasted from the middle of a book have other numbers.
        ("Dove (n 51) 40", "likely: dove-sea"),
        ("Dove (n 2) 40", "likely: dove-sea"),
    ],
)
def test_the_number_of_a_note_before_leads_to_what_that_note_named(
    note: str, found: str, shards: dict[str, Any]
) -> None:
    assert find_last(shards, *BOOKS, note) == [[found]]
    assert all(one.startswith("possible") for one in find(shards, note))


def test_an_ibid_behind_the_number_of_a_note_means_the_same(shards: dict[str, Any]) -> None:
    assert find_last(shards, *BOOKS, "Dove (n 1) 40.", "Ibid 41.") == [["exact: dove-sea"]]
    assert find_last(shards, *BOOKS, "Pike (n 2) 7, cited in Dove (n 1) 40.", "Ibid 9.") == [["exact: pike-memoirs-2"]]


def test_the_number_of_a_note_means_the_number_that_a_pasted_note_says(shards: dict[str, Any]) -> None:
    numbered = [f"{number}. {note}" for number, note in enumerate(BOOKS, start=11)]
    assert find_last(shards, *numbered, "14. Dove (n 11) 40") == [["exact: dove-sea"]]
    assert find_last(shards, *numbered, "14. Dove (n 1) 40") == [["likely: dove-sea"]]


def test_of_two_works_of_an_author_the_number_of_the_note_makes_none_sure(shards: dict[str, Any]) -> None:
    more = (*BOOKS, "Henry Dove, Life and Letters of Henry Dove (1977)")
    assert find_last(shards, *more, "Dove (n 4) 40") == [["likely: dove-life"]]
    assert find_last(shards, *more, "Dove (n 1) 40") == [["likely: dove-sea"]]
    assert find_last(shards, *more, "Dove (n 2) 40") == [["possible: dove-life", "possible: dove-sea"]]
    assert find_last(shards, *BOOKS, "Hamsun (n 1) 40") == [[]]


def test_a_page_before_cited_in_is_read(shards: dict[str, Any]) -> None:
    (answer,) = ask_all(shards, "Dove, The Cold Sea, 40, cited in Pike, Memoirs of a Minister, vol. 2, 7")
    assert [cite["locator"] and cite["locator"]["value"] for cite in answer["citations"]] == ["40", "7"]


def test_a_chapter_with_words_of_its_volumes_title_is_not_the_volume(shards: dict[str, Any]) -> None:
    volume = "in Eva Holm (ed), The Coast at War (Bergen 2003)"
    assert find(shards, f"Per Ruud, ‘The War and the Coast of Norway’ {volume}") == ["possible: holm-coast"]
    assert find(shards, f"Per Ruud, ‘Nets and Mines’ {volume}") == ["exact: ruud-coast"]


def test_a_year_makes_a_work_without_one_less_sure(tmp_path: Path) -> None:
    work = "@book{vik-harbours, author = {Vik, Kirsten}, title = {Harbours of the North}, pubstate = {forthcoming}}"
    shards = index_of({"mkdocs.yml": FILES["mkdocs.yml"], "bibliography/works.bib": work}, tmp_path)
    assert find(shards, "Kirsten Vik, Harbours of the North (Oslo, 1931), 5") == ["likely: vik-harbours"]
    assert find(shards, "Kirsten Vik, Harbours of the North (forthcoming)") == ["exact: vik-harbours"]


COMMITTEES = {
    **FILES,
    "content/sources/answer.yml": (
        "{type: letter, title: Answer, author: Central Committee of the FP, recipient: Central Committee of the LP, "
        "date: 1957-02-03, folios: 20–21, part_of: dc-20-7, level: item, seen: scan}\n"
    ),
}


@pytest.mark.parametrize(
    ("note", "found"),
    [
        ("FP Central Committee to LP Central Committee, 3 February 1957", ["exact: answer"]),
        (
            "Letter of the Central Committee of the FP to Central Committee of the LP, 3 February 1957",
            ["exact: answer"],
        ),
        ("LP Central Committee to FP Central Committee, 3 February 1957", []),
        ("Central Committee of the LP to Central Committee of the FP, 3 February 1957", []),
    ],
)
def test_what_stands_in_the_names_of_writer_and_recipient_tells_neither(
    note: str, found: list[str], tmp_path: Path
) -> None:
    assert find(index_of(COMMITTEES, tmp_path), note) == found


@pytest.mark.parametrize(
    "note",
    [
        "DC 20, Nr. 7, Bl. 11, State Archive, Bergen",
        "DC 20, Nr. 7, Bl. 11, Gosudarstvennyi arkhiv, Moskva",
        "DC 20, Nr. 7, Harvard, Houghton Library",
        "DC 20, Nr. 7, Yad Vashem.",
        "DC 20, Nr. 7, Bl. 11 (Yad Vashem)",
    ],
)
def test_an_archive_behind_a_shelfmark_that_nothing_here_has_is_not_sure(note: str, shards: dict[str, Any]) -> None:
    assert all(one.startswith("possible") for one in find(shards, note))


@pytest.mark.parametrize(
    "note",
    [
        "DC 20, Nr. 7, Bl. 11, Bundesarchiv",
        "DC 20, Nr. 7, Bl. 11, Fischerei",
        "DC 20, Nr. 7, Bl. 11, my translation",
        "DC 20, Nr. 7, Bl. 11. Emphasis in the original.",
    ],
)
def test_what_else_stands_behind_a_shelfmark_leaves_it_sure(note: str, shards: dict[str, Any]) -> None:
    assert find(shards, note)[0] == "exact: fangbericht"


@pytest.mark.parametrize("file", ["7-1", "7/2", "7/1/b", "71", "7/a"])
def test_the_number_of_a_file_is_all_of_its_number(file: str, tmp_path: Path) -> None:
    numbered = {**FILES, "content/sources/dc-20-71.yml": "{title: M, file: 7/1, part_of: dc-20, " + FILE_FIELDS + "}\n"}
    shards = index_of(numbered, tmp_path)
    assert "exact" not in str(find(shards, f"BArch, DC 20, Nr. {file}")) or file == "7-1"
    assert find(shards, "BArch, DC 20, Nr. 7/1") == ["exact: dc-20-71"]
    assert find(shards, "BArch, DC 20, Nr. 7-1") == ["exact: dc-20-71"]
    assert find(shards, "BArch, DC 20, Nr. 7, Bl. 11") == ["exact: fangbericht"]


@pytest.mark.parametrize(
    "note",
    [
        "Rosalind Whitcombe, review of The Cold Sea, by Henry Dove, Journal of the North 30 (1998), 40",
        "Dove and Whitcombe 1998, 4",
        "Rosalind Whitcombe, Letters on the harbour, 1961",
    ],
)
def test_a_stranger_before_a_title_or_beside_an_author_makes_no_work_sure(note: str, shards: dict[str, Any]) -> None:
    assert all(one.startswith("possible") for one in find(shards, note))
