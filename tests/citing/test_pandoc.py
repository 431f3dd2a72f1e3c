"""What pandoc is asked, what it answers, and that it is asked only once."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Mapping
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from conftest import Edition, load_cases
from dosje.checking.edition import check_edition
from dosje.citing import pandoc
from dosje.citing.csl import Variant
from dosje.citing.form_words import sets_stops_in_quotes, word_forms
from dosje.citing.forms import Form
from dosje.citing.notes import PlacedCite, Wording, form_of, words_of_cite
from dosje.citing.pandoc import PandocError
from dosje.citing.styles import PANDOC_LABELS, load_style
from dosje.citing.wording import metas_of
from dosje.citing.works import read_all_works, read_works
from dosje.edition.links import link_corpus
from dosje.reading.bibliography import read_bib
from dosje.reading.settings import DEFAULT_STYLE
from dosje.system.children import Means
from dosje.values import words
from dosje.values.citations import Cite, parse_citation
from dosje.values.findings import format_findings
from dosje.values.metadata import Meta, meta_inlines, meta_list, meta_string, text_of_meta
from dosje.values.stand_ins import FIRST_NUMBER, ONE, TWO

CASES: dict[str, Any] = load_cases("words.yml")
IBID_STYLE = "chicago-notes-bibliography-subsequent-ibid"


def word_all(root: Path, style_name: str, locale: str, rows: Iterable[Mapping[str, str]]) -> list[dict[str, str]]:
    """Return the rows of a table of cites with the words in each column, a position, as they are."""
    checked = check_edition(root)
    assert checked.corpus and not checked.has_errors, format_findings(checked.findings)
    linked, style, cache = link_corpus(checked.corpus), load_style(style_name, root, "fl."), Means(root / "cache")
    works = read_all_works(checked.corpus.bib_files, locale, cache, linked.phrases)
    cites = {row["cite"]: parse_citation(f"[@{row['cite']}]").cites[0] for row in rows}
    forms = {
        (row["cite"], position): _form(cites[row["cite"]], position, style)
        for row in rows
        for position in list(row)[1:]
    }
    metas = metas_of(linked, works, forms.values())
    wording = Wording(style, word_forms(forms.values(), metas, style, locale, cache), False)
    return [
        {"cite": row["cite"]}
        | {
            position: words.plain(wording.words_by_form[forms[row["cite"], position]])
            if position == "bibliography"
            else words.plain(words_of_cite(PlacedCite(cites[row["cite"]], position, "x", 12), wording))  # type: ignore[arg-type]
            for position in list(row)[1:]
        }
        for row in rows
    ]


def _form(cite: Cite, position: str, style: Any) -> Form:
    if position == "bibliography":
        return Form(cite.key, position)
    return form_of(PlacedCite(cite, position, "x", 12), style)  # type: ignore[arg-type]


@pytest.mark.parametrize("style", CASES["styles"])
def test_the_words_of_sources_are_those_of_the_table(style: str, edition: Edition) -> None:
    rows = CASES["styles"][style]
    assert word_all(edition(CASES["files"]), style, "en-GB", rows) == rows


def meta(title: str = "A title", kind: str = "document") -> Meta:
    """Return the CSL variables of a document, described as a record is, or of a book."""
    return {"type": {"t": "MetaString", "c": kind}, "genre" if kind == "document" else "title": meta_inlines(title)}


def ask(
    folder: Path, *forms: Form, source: Meta | None = None, style: str = IBID_STYLE, locale: str = "en-GB"
) -> list[str]:
    """Return the words of the forms of one source, a document if none is given."""
    metas = {form.variant: source or meta() for form in forms}
    found = word_forms(forms, metas, load_style(style, folder, "fl."), locale, Means(folder))
    return [words.plain(found[form]) for form in forms]


@pytest.fixture
def runs(monkeypatch: pytest.MonkeyPatch) -> list[list[str]]:
    """Record the arguments of every run of pandoc."""
    found: list[list[str]] = []
    run = pandoc.run_pandoc

    def record(arguments: list[str], *more: Any) -> str:
        found.append(arguments)
        return run(arguments, *more)

    monkeypatch.setattr(pandoc, "run_pandoc", record)
    return found


ALL = [Form("a", "first"), Form("a", "ibid-with-locator", "folio"), Form("b", "subsequent", "page", True)]


def test_all_forms_of_notes_come_from_one_run_of_pandoc(runs: list[list[str]], tmp_path: Path) -> None:
    assert ask(tmp_path, *ALL) == ["A title, n.d.", f"ibid., fl. {ONE}", f"A title, {ONE}–{TWO}"]
    assert len(runs) == 1


def test_entries_of_a_bibliography_take_a_second_run_and_no_more(runs: list[list[str]], tmp_path: Path) -> None:
    works = [Form("a", "bibliography"), Form("b", "bibliography")]
    assert ask(tmp_path, *works, *ALL, source=meta("a book", "book"))[:2] == ["A Book. n.d."] * 2
    assert len(runs) == 2


def test_what_was_asked_once_is_not_asked_again(runs: list[list[str]], tmp_path: Path) -> None:
    first = ask(tmp_path, *ALL)
    runs.clear()
    assert ask(tmp_path, *reversed(ALL)) == [*reversed(first)]
    assert runs == []


def test_only_a_form_that_is_new_is_asked(runs: list[list[str]], tmp_path: Path) -> None:
    ask(tmp_path, *ALL)
    runs.clear()
    assert ask(tmp_path, *ALL, Form("a", "first", "note"))[3] == f"A title, n.d., n. {ONE}"
    assert len(runs) == 1


@pytest.mark.parametrize("change", [{"source": meta("Another")}, {"style": DEFAULT_STYLE}, {"locale": "de-DE"}])
def test_another_source_style_or_language_is_asked_anew(
    change: dict[str, Any], runs: list[list[str]], tmp_path: Path
) -> None:
    ask(tmp_path, *ALL)
    runs.clear()
    ask(tmp_path, *ALL, **change)
    assert len(runs) == 1


def test_no_forms_ask_nothing(runs: list[list[str]], tmp_path: Path) -> None:
    assert ask(tmp_path) == []
    assert runs == []


def test_a_bib_file_is_read_once_as_long_as_it_stays_the_same(runs: list[list[str]], tmp_path: Path) -> None:
    bib, _ = read_bib("@book{a, author = {Kapo, Hysni}, title = {A {Title}}, date = {1960}}", "a.bib")
    works = read_works(bib, "en-GB", Means(tmp_path))
    assert list(works) == ["a"]
    assert works["a"]["issued"] == {"t": "MetaString", "c": "1960"}
    assert read_works(bib, "en-GB", Means(tmp_path)) == works
    assert len(runs) == 1
    read_works(replace(bib, text=bib.text + "\n@book{b,}"), "en-GB", Means(tmp_path))
    assert len(runs) == 2


def test_the_language_of_the_machine_changes_no_title(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    bib, _ = read_bib("@book{a, title = {The Split and the Cold War}}", "a.bib")
    found = set()
    for language in ("", "C", "en_GB.UTF-8", "de_DE.UTF-8"):
        for name in ("LANG", "LC_ALL", "LANGUAGE"):
            monkeypatch.setenv(name, language)
        found.add(str(read_works(bib, "en-GB", Means(tmp_path / f"of-{language}"))["a"]["title"]))
    assert len(found) == 1


@pytest.mark.parametrize(
    ("locale", "title"),
    [("en-GB", "Der große sprung"), ("de-DE", "Der Große Sprung"), ("de\0 = \n", "Der Große Sprung")],
)
def test_a_title_without_langid_is_in_the_language_of_the_edition(locale: str, title: str, tmp_path: Path) -> None:
    # Pandoc has a style set the capitals of English titles, and stores these without.
    bib, _ = read_bib("@book{a, title = {Der Große Sprung}}", "a.bib")
    assert text_of_meta(read_works(bib, locale, Means(tmp_path))["a"]["title"]) == title


SIGNS = "Of *a* _b_ <b> $x$ [y] {z} `c` \\emph{d} ^e^ ~f~ @g | # & \"h\" 'i' <script>alert(1)</script> &lt; :::"


def test_no_sign_in_a_record_has_a_meaning(tmp_path: Path) -> None:
    assert ask(tmp_path, Form("a", "first"), source=meta(SIGNS)) == [f"{SIGNS}, n.d."]


def test_no_sign_of_markdown_or_html_in_a_bib_file_has_a_meaning(tmp_path: Path) -> None:
    signs = "*a* <b> [y] `c @g | # <i>d</i>"
    bib, _ = read_bib(f"@book{{a, author = {{Kapo, <b>H</b>}}, title = {{{{{signs}}}}}, date = {{1960}}}}", "a.bib")
    metas = {Variant("a"): read_works(bib, "en-GB", Means(tmp_path))["a"]}
    found = word_forms(
        [Form("a", "first")], metas, load_style(DEFAULT_STYLE, tmp_path, "fl."), "en-GB", Means(tmp_path)
    )
    assert found == {
        Form("a", "first"): (
            words.Run("<b>H</b> Kapo, "),
            words.Run("*a* <b> [y] ‘c @g | # <i>d</i>", ("em",)),
            words.Run(" (1960)"),
        )
    }


def test_emphasis_of_a_bib_file_is_kept_and_formulas_are_letters(tmp_path: Path) -> None:
    bib, _ = read_bib("@book{a, title = {{On \\underline{the} $x^2$ \\textsc{pla}}}, date = {1960}}", "a.bib")
    metas = {Variant("a"): read_works(bib, "en-GB", Means(tmp_path))["a"]}
    found = word_forms(
        [Form("a", "first")], metas, load_style(DEFAULT_STYLE, tmp_path, "fl."), "en-GB", Means(tmp_path)
    )
    assert found[Form("a", "first")] == (
        words.Run("On the ", ("em",)),
        words.Run("x", ("em", "em")),
        words.Run("2", ("em", "sup")),
        words.Run(" ", ("em",)),
        words.Run("pla", ("em", "smallcaps")),
        words.Run(" (1960)"),
    )


@pytest.mark.parametrize(
    ("locale", "label", "printed"),
    [("en-GB", "fl.", f"A title, n.d., fl. {ONE}"), ("de-DE", "Bl.", f"A title, o.\u00a0J., Bl. {ONE}")],
)
def test_the_label_of_a_folio_is_the_edition_s_in_every_language(
    locale: str, label: str, printed: str, tmp_path: Path
) -> None:
    form = Form("a", "first", "folio")
    style = load_style(DEFAULT_STYLE, tmp_path, label)
    found = word_forms([form], {Variant("a", False): meta()}, style, locale, Means(tmp_path))
    assert words.plain(found[form]) == printed


LABELS_IN = {
    "en-US": f"{ONE} | fl. {ONE} | n. {ONE} | vol. {ONE} | sec. {ONE} | chap. {ONE} | col. {ONE} | line {ONE} | "
    f"para. {ONE} | no. {ONE} | bk. {ONE} | fig. {ONE} | op. {ONE} | pt. {ONE} | under {ONE} | v. {ONE}",
    "fr-FR": f"{ONE} | fl. {ONE} | n. {ONE} | vol. {ONE} | sect. {ONE} | chap. {ONE} | col. {ONE} | ligne {ONE} | "
    f"paragr. {ONE} | nᵒ {ONE} | liv. {ONE} | fig. {ONE} | op. {ONE} | part. {ONE} | s.\u00a0v. {ONE} | v. {ONE}",
    "sq": f"{ONE} | fl. {ONE} | shën. {ONE} | vëll. {ONE} | seks. {ONE} | kap. {ONE} | kol. {ONE} | rreshti {ONE} | "
    f"par. {ONE} | nr. {ONE} | libri {ONE} | fig. {ONE} | op. {ONE} | pj. {ONE} | s.v. {ONE} | vargu {ONE}",
}


@pytest.mark.parametrize("locale", LABELS_IN)
def test_every_label_of_a_locator_is_known_in_every_language(locale: str, tmp_path: Path) -> None:
    found = ask(tmp_path, *(Form("a", "subsequent", label) for label in PANDOC_LABELS), locale=locale)
    assert " | ".join(text.removeprefix("A title, ") for text in found) == LABELS_IN[locale]


def test_a_style_that_names_the_first_note_leaves_room_for_its_number(tmp_path: Path) -> None:
    metas: dict[Variant, Meta] = {Variant("a"): {"author": meta_list([meta_string("Kapo")])}}
    forms = [Form("a", "first"), Form("a", "subsequent"), Form("a", "ibid")]
    found = word_forms(forms, metas, load_style("oscola", tmp_path, "fl."), "en-GB", Means(tmp_path))
    assert [words.plain(found[form]) for form in forms] == ["Kapo", f"Kapo (n {FIRST_NUMBER})", "ibid"]


@pytest.mark.parametrize(("locale", "is_within"), [("en-US", True), ("en-GB", False), ("de-DE", False)])
def test_american_english_sets_a_full_stop_within_quotation_marks(
    locale: str, is_within: bool, runs: list[list[str]], tmp_path: Path
) -> None:
    style = load_style(DEFAULT_STYLE, tmp_path, "fl.")
    assert sets_stops_in_quotes(style, locale, Means(tmp_path)) is is_within
    assert sets_stops_in_quotes(style, locale, Means(tmp_path)) is is_within
    assert len(runs) == 1


def test_a_failure_of_pandoc_is_told_in_its_own_words(tmp_path: Path) -> None:
    style = replace(load_style(DEFAULT_STYLE, tmp_path, "fl."), xml="<style/>")
    with pytest.raises(PandocError, match="No citation element present"):
        word_forms([Form("a", "first")], {Variant("a"): meta()}, style, "en-GB", Means(tmp_path))
    with closing(sqlite3.connect(tmp_path / "pandoc.sqlite")) as store:
        assert store.execute("SELECT count(*) FROM kept").fetchone() == (0,)


@pytest.mark.parametrize(
    ("bib", "expected"),
    [
        (
            "@book{a, title = {A}}\n@book{b}\n",
            "bibliography/a.bib:2:8: bib-syntax: pandoc cannot read this: unexpected '}'\n"
            "  hint: an entry is @type{key, field = {value}, …}",
        ),
        (
            "@book(a, title = {A})\n",
            "bibliography/a.bib:1:6: bib-syntax: pandoc cannot read this: unexpected '('\n"
            "  hint: an entry is @type{key, field = {value}, …}",
        ),
        # Other entries take their fields from it; it is no work itself.
        ("@book{a, xdata = {b}}\n@xdata{b, title = {B}}\n", ""),
    ],
)
def test_a_bib_file_that_pandoc_cannot_read_is_a_finding(bib: str, expected: str, edition: Edition) -> None:
    checked = check_edition(edition({"bibliography/a.bib": bib}))
    assert format_findings(finding for finding in checked.findings if finding.is_error) == expected


def test_a_style_that_pandoc_cannot_read_is_a_finding(edition: Edition) -> None:
    config = "site_name: A\nplugins: {bibtex: {csl_file: own.csl}}\n"
    layout = "<citation><layout><text macro='nowhere'/></layout></citation>"
    style = f'<style xmlns="http://purl.org/net/xbiblio/csl" class="note" version="1.0">{layout}<macro/></style>'
    checked = check_edition(edition({"mkdocs.yml": config, "own.csl": style}))
    assert [str(finding.span) + " " + finding.code for finding in checked.findings] == ["mkdocs.yml:1:1 settings"]


_READING_TEX = [
    r"\input{%s}", r"\include{%s}", r"\lstinputlisting{%s}", r"\verbatiminput{%s}", r"\subfile{%s}", r"\usepackage{%s}",
    r"\csvautotabular{%s}", r"\inputminted{python}{%s}", r"\import{/}{%s}", r"\includegraphics{%s}",
]  # fmt: skip


@pytest.mark.parametrize("field", ["title", "abstract", "author", "publisher", "note", "series"])
def test_no_tex_in_a_bib_file_reads_another_file(field: str, tmp_path: Path) -> None:
    for ending in (".tex", ".txt", ".sty", ".csv"):
        (tmp_path / f"secret{ending}").write_text("SECRET of elsewhere, SECRET")
    ways = [f"{tmp_path}/secret{ending}" for ending in (".tex", ".txt", ".csv", "")]
    commands = [command % way for command in _READING_TEX for way in ways]
    values = [value for command in commands for value in (command, f"\n\n{command}\n\n", f"a {command} b")]
    text = "\n".join(f"@book{{k{n}, year = 2000, {field} = {{{value}}}}}" for n, value in enumerate(values))
    bib, findings = read_bib(text, "a.bib")
    assert not findings and len(bib.works) == len(values)
    assert "SECRET" not in str(read_works(bib, "en-GB", Means(tmp_path / "cache")))


def test_a_style_is_worded_in_pandocs_sandbox(runs: list[list[str]], tmp_path: Path) -> None:
    ask(tmp_path, *ALL)
    assert [arguments[0] for arguments in runs] == ["--sandbox"]
