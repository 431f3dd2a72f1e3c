"""The starter as readers see it: it builds at once, says that it is invented, and shows what it teaches."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from click.testing import CliRunner

from dosje.cli import main
from dosje.starter.starter import make_starter, read_words, write_starter
from sharing import share

pytestmark = pytest.mark.whole


@pytest.fixture(scope="module", params=["en", "de"])
def starter(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> tuple[str, Path]:
    """Return a language, and the starter in it, with its site, book and e-book."""

    def make(folder: Path) -> None:
        write_starter(folder, make_starter(request.param))
        for verb in ("pdf", "epub", "build"):
            result = CliRunner().invoke(main, [verb, "--project", str(folder)])
            assert result.exit_code == 0, result.output
            assert re.search(r"\b0 errors, 0 warnings", result.stderr)

    return request.param, share(tmp_path_factory, f"starter-{request.param}", make)


def page(starter: tuple[str, Path], name: str) -> str:
    return (starter[1] / "site" / name / "index.html").read_text(encoding="utf-8")


def test_its_first_page_says_that_it_is_invented_and_leads_to_the_forms(starter: tuple[str, Path]) -> None:
    words, home = read_words(starter[0]), page(starter, ".")
    said = re.search(r"\*\*([^*]*)\*\*", words["home.text"])
    assert said and f"<strong>{' '.join(said[1].split())}</strong>" in " ".join(home.split())
    assert f"<h1>{words['title']}" in re.sub(r'<h1 id="[^"]*">', "<h1>", home)
    for name in ("imprint", "contact", "selection", "accessibility", "preservation"):
        assert f'href="{name}/"' in home
        assert f">{words[f'{name}.title']}" in page(starter, name)


def test_a_page_of_it_shows_a_dispute_and_another_an_uncertain_date(starter: tuple[str, Path]) -> None:
    words = read_words(starter[0])
    assert words["first.question"] in page(starter, "meetings/first-dinner")
    assert {"en": "18 May 1901 (uncertain)", "de": "18. Mai 1901 (unsicher)"}[starter[0]] in page(
        starter, "meetings/second-dinner"
    )


def test_a_footnote_finds_its_letter(starter: tuple[str, Path]) -> None:
    note = {"en": "AM, F. 1, File 3, fol. 1", "de": "AW, B. 1, Nr. 3, Bl. 1"}[starter[0]]
    result = CliRunner().invoke(main, ["cite", note, "--project", str(starter[1])])
    assert result.exit_code == 0 and "fox-to-stork" in result.stdout, result.output


def test_it_has_a_book_and_an_ebook(starter: tuple[str, Path]) -> None:
    downloads = starter[1] / "site" / "downloads"
    assert {"edition.pdf", "edition.epub"} <= {path.name for path in downloads.iterdir()}
