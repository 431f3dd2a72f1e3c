"""Rings: what leads back to itself, in entries of .bib files and in macros of a style, before pandoc follows it."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from conftest import Edition
from dosje.checking.edition import check_edition
from dosje.citing import pandoc
from dosje.citing.style_macros import MacroError, check_macros
from dosje.citing.styles import StyleError, load_style
from dosje.values.cycles import find_rings
from dosje.values.findings import format_findings

STYLE = """\
<style xmlns="http://purl.org/net/xbiblio/csl" class="note" version="1.0"><info><title>A</title><id>a</id></info>
<macro name="a"><text macro="b"/></macro>
  <macro name="b"><group><text macro="c"/></group></macro><macro name="c"><text macro="%s"/></macro>
<macro name="title"><text variable="title"/></macro>
<citation><layout><text macro="a"/></layout></citation></style>
"""
GRAPHS = st.dictionaries(st.sampled_from("abcdef"), st.lists(st.sampled_from("abcdefg"), max_size=4))


def leads_back(steps: dict[str, list[str]], start: str) -> bool:
    found: set[str] = set()
    new = set(steps.get(start, []))
    while new - found:
        found |= new
        new = {step for one in found for step in steps.get(one, [])}
    return start in found


@given(GRAPHS)
def test_what_is_found_is_a_ring_and_without_its_last_steps_there_is_none(steps: dict[str, list[str]]) -> None:
    rings = list(find_rings(steps))
    for ring in rings:
        assert all(after in steps[before] for before, after in zip(ring, [*ring[1:], ring[0]], strict=True))
    closing = {(ring[-1], ring[0]) for ring in rings}
    left = {one: [step for step in ahead if (one, step) not in closing] for one, ahead in steps.items()}
    assert not any(leads_back(left, one) for one in left)
    assert bool(rings) == any(leads_back(steps, one) for one in steps)


def test_a_chain_of_any_length_is_followed() -> None:
    chain = {str(number): [str(number + 1)] for number in range(50_000)}
    assert list(find_rings(chain)) == []
    assert [len(ring) for ring in find_rings(chain | {"50000": ["0"]})] == [50_001]


@pytest.mark.parametrize(("called", "ring", "place"), [("a", "a → b → c → a", "2:1"), ("c", "c → c", "3:59")])
def test_a_macro_that_calls_itself_is_a_finding_in_the_style(
    called: str, ring: str, place: str, edition: Edition, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pandoc, "run_pandoc", pytest.fail)
    root = edition(
        {
            "mkdocs.yml": "site_name: A\nextra: {dosje: {citation_style: styles/mine.csl}}\n",
            "styles/mine.csl": STYLE % called,
        }
    )
    assert format_findings(check_edition(root).findings) == (
        f'styles/mine.csl:{place}: settings: the macro "{ring[0]}" of the style calls itself: {ring}\n'
        "  hint: name a CSL note style under extra: dosje: citation_style:"
    )


def test_a_style_whose_macros_end_can_be_used(tmp_path: Path) -> None:
    (tmp_path / "mine.csl").write_text(STYLE % "title", encoding="utf-8")
    assert load_style("mine.csl", tmp_path, "fl.").name == "mine.csl"


def tower(height: int, outside: str = '<text macro="m0"/>', around: str = "group") -> str:
    """A style in which each macro calls the next three times, on a line of its own from the second on."""
    call = '<{0}><text macro="m{1}"/><text macro="m{1}"/><text macro="m{1}"/></{0}>'
    macros = "".join(f'<macro name="m{n}">{call.format(around, n + 1)}</macro>\n' for n in range(height))
    return (
        '<style xmlns="http://purl.org/net/xbiblio/csl" class="note" version="1.0">\n'
        f'{macros}<macro name="m{height}"><text variable="title"/></macro>\n'
        f"<citation><layout>{outside}</layout></citation></style>\n"
    )


@pytest.mark.parametrize(
    ("style", "place", "what"),
    [
        (tower(25), "18:1", 'the macro "m16" of the style calls'),
        (tower(20_000), "19993:1", 'the macro "m19991" of the style calls'),
        (tower(8, '<text macro="m0"/><text macro="m0"/>'), "11:1", "the macros of the style call"),
        (tower(25, '<text variable="title"/>').replace("macro name", "c:macro xmlns:c='a' name"), "18:1", ""),
    ],
)
def test_macros_that_call_one_another_without_measure_are_a_finding(style: str, place: str, what: str) -> None:
    style = style.replace("</macro>", "</c:macro>") if "<c:macro" in style else style
    with pytest.raises(MacroError) as raised:
        check_macros(style)
    assert f"{raised.value.line}:{raised.value.column}" == place
    assert str(raised.value) == f"{what} others so often that it has more than 41,430 elements" or not what


def test_of_the_branches_of_a_choice_the_longest_counts() -> None:
    check_macros(tower(5_000, around="choose"))


def test_a_style_that_pandoc_would_not_come_to_an_end_with_is_a_finding_in_it(
    edition: Edition, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pandoc, "run_pandoc", pytest.fail)
    config = "site_name: A\nextra: {dosje: {citation_style: mine.csl}}\n"
    found = check_edition(edition({"mkdocs.yml": config, "mine.csl": tower(25)})).findings
    assert format_findings(found) == (
        'mine.csl:18:1: settings: the macro "m16" of the style calls others so often that it has more than 41,430 '
        "elements\n  hint: name a CSL note style under extra: dosje: citation_style:"
    )


def test_a_style_of_the_package_is_looked_through_as_well(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr("dosje.citing.styles._read_style", lambda *_: STYLE % "b")
    with pytest.raises(StyleError, match='the macro "b" of the style calls itself: b → c → b') as raised:
        load_style("some-style", tmp_path, "fl.")
    assert raised.value.span is None


def test_pandoc_is_not_asked_for_entries_that_take_fields_from_themselves(
    edition: Edition, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("dosje.checking.edition.read_works", pytest.fail)
    root = edition(
        {"bibliography/a.bib": "@book{a, title = {A}, crossref = {b}}\n@book{b, title = {B}, xdata = {a}}\n"}
    )
    assert "crossref-cycle" in {finding.code for finding in check_edition(root).findings}
