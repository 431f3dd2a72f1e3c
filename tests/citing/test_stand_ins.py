"""What stands in a text for what is not known yet is taken for no data, and no data for it."""

from __future__ import annotations

import json
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import Phase, example, given, settings
from hypothesis import strategies as st

from dosje.citing.csl import Variant
from dosje.citing.form_words import word_forms
from dosje.citing.forms import Form
from dosje.citing.free_numbers import find_free_numbers
from dosje.citing.notes import PlacedCite, Wording, words_of_cite
from dosje.citing.styles import StyleError, load_style
from dosje.citing.works import read_works
from dosje.exporting.biblatex import escape_tex
from dosje.exporting.export_links import PageExportLinks
from dosje.exporting.imprint import make_imprint
from dosje.reading.bibliography import read_bib
from dosje.reading.settings import DEFAULT_STYLE, Settings
from dosje.system.children import Means
from dosje.values import words
from dosje.values.characters import drop_signs
from dosje.values.citations import Cite, parse_citation
from dosje.values.metadata import Meta, meta_inlines, meta_string
from dosje.values.stand_ins import STAND_INS
from printing import print_everything

# What stood in texts once, and what stands there now; digits, and what a style or pandoc may act on.
NUMBERS = ["77777", "66666", "88888", "55555", "440001", "33333", "11111", "22222", "99999", "44444", "45454", "45457"]
SIGNS = [*sorted(STAND_INS), *NUMBERS, "page-45456", "https://dosje-45454.invalid/", "dosje:bare", "\ue000", "\ue003"]
STYLE = """\
<style xmlns="http://purl.org/net/xbiblio/csl" class="note" version="1.0">
  <info/><citation><layout><text variable="title"/><text variable="URL" prefix="; "/>BAD</layout></citation>
</style>
"""
PARTS = st.one_of(
    st.sampled_from(SIGNS), st.text("0123456789", min_size=1, max_size=14), st.sampled_from("Order no. annexes p. – ,"),
    st.characters(codec="utf-8", categories=("L", "N", "P", "S")),
)  # fmt: skip
TITLES = st.lists(PARTS, min_size=1, max_size=6).map("".join)


@pytest.fixture(scope="module")
def cache() -> Iterator[Path]:
    with tempfile.TemporaryDirectory() as folder:
        yield Path(folder)


def style_in(folder: Path, bad: str = "") -> Path:
    """Return a folder with a style that prints title and address alone, and `bad`."""
    (folder / "own.csl").write_text(STYLE.replace("BAD", bad), "utf-8")
    return folder


def word(titles: list[str], cache: Path, style: str = DEFAULT_STYLE) -> dict[tuple[str, str], str]:
    """Return how each title is cited, without a locator, with a leaf, and with two pages, as a first note."""
    cites = {"": "", "folio": ", fl. 11", "page": ", 12–14"}
    plain = {title: parse_citation(f"[@t{at}]").cites[0] for at, title in enumerate(titles)}
    metas: dict[Variant, Meta] = {
        Variant(cite.key, not label): {"type": meta_string("document"), "genre": meta_inlines(title)}
        for title, cite in plain.items()
        for label in cites
    }
    loaded = load_style(style, Path(), "fl.")
    forms = {
        (title, label): Form(cite.key, "first", label, label == "page")
        for title, cite in plain.items()
        for label in cites
    }
    wording = Wording(loaded, word_forms(forms.values(), metas, loaded, "en-GB", Means(cache)), False)
    found = {}
    for (title, label), form in forms.items():
        cite: Cite = parse_citation(f"[@{form.key}{cites[label]}]").cites[0]
        found[title, label] = words.plain(words_of_cite(PlacedCite(cite, "first", "x", 7), wording))
    return found


def test_a_title_of_numbers_is_printed_as_it_is(cache: Path) -> None:
    titles = ["Order no. 77777 of 11111, annexes 55555 and 88888", *NUMBERS]
    found = word(titles, cache)
    assert {title: found[title, "folio"] for title in titles} == {title: f"{title}, n.d., fl. 11" for title in titles}
    assert {title: found[title, "page"] for title in titles} == {title: f"{title}, n.d., 12–14" for title in titles}


@settings(max_examples=15, phases=(Phase.explicit, Phase.generate))
@given(st.lists(TITLES.map(lambda title: drop_signs(title) or "x"), min_size=40, max_size=40, unique=True))
def test_a_locator_follows_the_words_of_its_source_whatever_these_are(cache: Path, titles: list[str]) -> None:
    found = word(titles, cache)
    for title in titles:
        assert found[title, "folio"] == f"{found[title, '']}, fl. 11", title
        assert found[title, "page"] == f"{found[title, '']}, 12–14", title
        assert not STAND_INS & set(found[title, "folio"]), title


def test_the_number_of_the_first_note_is_no_number_of_the_title(cache: Path) -> None:
    title = "440001 55555 of 4400011"
    metas: dict[Variant, Meta] = {Variant("a"): {"title": meta_inlines(title)}}
    form, style = Form("a", "subsequent"), load_style("oscola", Path(), "fl.")
    wording = Wording(style, word_forms([form], metas, style, "en-GB", Means(cache)), False)
    placed = PlacedCite(parse_citation("[@a]").cites[0], "subsequent", "x", 12)
    assert words.plain(words_of_cite(placed, wording)) == f"‘{title}’ (n 12)"


@given(st.text("0123456789 ", max_size=200))
def test_the_numbers_of_a_question_stand_nowhere_in_it(question: str) -> None:
    free = find_free_numbers(question)
    assert free == find_free_numbers(question)
    assert not any(number in question for number in (free.one, free.other, free.two, str(free.first_note)))


@given(TITLES.map(drop_signs), TITLES.map(drop_signs))
@example("44444 45457 page-45456", "https://dosje-45454.invalid/ 44444")
def test_a_page_is_cited_and_exported_with_its_own_title(cache: Path, title: str, name: str) -> None:
    settings = Settings(cache, f"N {name}", "https://example.org", version="2")
    imprint = make_imprint(settings, load_style("own.csl", style_in(cache), "fl."))
    title = f"T {title}"
    assert words.plain(imprint.cite_page(title, "essays/a.md")) == f"{title}; https://example.org/essays/a/"
    for link in PageExportLinks(imprint).export_links_of(title, "essays/a.md"):
        assert not STAND_INS & set(link.target)
        assert "essays/a/" in link.target and "page-essays-a" in link.target


@pytest.mark.parametrize("written", [r"\symbol{64976}", '\\char"FDD8', "^^^^fdd8", "\ufdd8"])
def test_a_bib_file_cannot_write_one_by_its_number(written: str, tmp_path: Path) -> None:
    bib, _ = read_bib(f"@book{{a, title = {{On {written} it}}}}", "a.bib")
    made = json.dumps(read_works(bib, "en-GB", Means(tmp_path)), ensure_ascii=False)
    assert "On" in made and not STAND_INS & set(made)


@pytest.mark.parametrize("written", ["&#xFDD8;", "\ufdd8"])
def test_a_style_with_one_is_refused(written: str, tmp_path: Path) -> None:
    bad = f'<text value="{written}"/>'
    with pytest.raises(StyleError, match=r'^"own\.csl" has the sign U\+FDD8, which no output can hold'):
        load_style("own.csl", style_in(tmp_path, bad), "fl.")


# It builds whole editions, so it looks for no smaller example.
@settings(max_examples=4, phases=(Phase.explicit, Phase.generate))
@given(st.lists(TITLES, min_size=12, max_size=12))
def test_no_output_of_any_verb_has_one(titles: list[str]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        write_edition(root, titles)
        printed = print_everything(root)
    assert len(printed) > 60
    assert {name: sorted(STAND_INS & set(text)) for name, text in printed.items() if STAND_INS & set(text)} == {}
    for at, title in enumerate(titles):
        said = json.loads(printed[f"pages/sources/s{at}/index.json"])
        shown = _shown(title).split()
        assert said["title"].split() == shown
        said_as, words_said = ("genre", f"[{_shown(title)}]".split()) if at % 2 else ("title", shown)
        assert said["csl"][said_as].split() == words_said
        assert said["csl"].get("language") == ("sq" if at % 2 else None)


def write_edition(root: Path, titles: list[str]) -> None:
    """Write an edition with sources, works and pages of these titles, and an essay that cites all of them."""
    files = {
        "mkdocs.yml": f"site_name: {json.dumps(_shown(titles[0]), ensure_ascii=False)}\nsite_url: https://example.org/\n"
    }
    cites = ""
    for at, title in enumerate(titles):
        said = json.dumps(f"T {title}", ensure_ascii=False)
        source = f"{{type: report, title: {said}, seen: scan, date: 1960}}\n"
        own = f"language: sq, original_title: {said}"
        files[f"content/sources/s{at}.yml"] = source.replace("date: 1960", own) if at % 2 else source
        person = f"name: {{family: {said}}}\nbiography: So [@s{at}, fl. 3].\n"
        files[f"content/persons/p{at}.yml"] = person
        event = f"title: {said}\nkind: party\ndate: 1960\naccount: So [@w{at}, 3].\n"
        files[f"content/events/e{at}.yml"] = event
        cites += f"It is so [@s{at}, fl. 11]. It is so [@w{at}, 12–14].\n\n"
    files["content/essays/all.md"] = (
        f"---\ntitle: {json.dumps(_shown(titles[0]), ensure_ascii=False)}\n---\n{cites}{cites}"
    )
    works = [f"@book{{w{at}, title = {{T {escape_tex(title)}}}, year = 1960}}\n" for at, title in enumerate(titles)]
    files["bibliography/works.bib"] = "".join(works)
    for name, text in files.items():
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text(text, "utf-8")


def _shown(title: str) -> str:
    return drop_signs(f"T {title}")
