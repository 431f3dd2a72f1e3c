"""What scripts say in English, because the edition's language lacks it, they mark as English."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from conftest import MINI, serve
from dosje.phrases.phrase_files import read_phrases
from hostile import run

pytestmark = [pytest.mark.browser, pytest.mark.whole]


@pytest.fixture(scope="module")
def swedish(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the small edition in a language that has no phrase but one."""
    root = tmp_path_factory.mktemp("swedish")
    shutil.copytree(MINI, root, dirs_exist_ok=True)
    text = (root / "mkdocs.yml").read_text(encoding="utf-8")
    (root / "mkdocs.yml").write_text(
        re.sub(r"^( *)dosje:$", r"\1dosje:\n\1  locale: sv", text, flags=re.MULTILINE), encoding="utf-8"
    )
    (root / "phrases").mkdir()
    (root / "phrases" / "sv.yml").write_text(
        "lookup.footnote: Fotnot\nlookup.clear: Töm\nmissing-page.title: Finns inte\nmissing-page.home: hem\n",
        encoding="utf-8",
    )
    run("build", root=root)
    return root


def test_the_templates_of_the_theme_mark_borrowed_words_and_no_others(swedish: Path) -> None:
    lost = (swedish / "site/404.html").read_text(encoding="utf-8")
    english = ' lang="en" dir="ltr"'
    assert f"<h1>Finns inte</h1>\n<p{english}>" in lost
    assert f'<label for="dosje-q"{english}>' in lost
    assert '<a href="/edition/index.html" lang="sv">hem</a>' in lost
    assert re.search(rf'<a href="[^"]*"{english}>[^<]+</a>', lost.partition("hem</a>")[2])
    home = (swedish / "site/index.html").read_text(encoding="utf-8")
    assert re.search(rf'<input type="search" name="q"{english} aria-label="', home)
    assert re.search(rf"<button{english} aria-label=", home)
    drawn = (swedish / "site/chronology/index.html").read_text(encoding="utf-8")
    assert f"<span>●<span{english}> meeting</span></span>" in drawn


def test_a_script_marks_borrowed_words_and_no_others(swedish: Path, browser: Browser) -> None:
    with serve(swedish / "site") as address:
        page = browser.new_page()
        page.goto(f"{address}lookup/", wait_until="networkidle")
        said = {
            label: page.locator("button, label").filter(has_text=label).first.get_attribute("lang")
            for label in ("Fotnot", "Töm")
        }
        marked = page.locator("[lang=en][dir=ltr]").evaluate_all("all => all.map((one) => one.textContent)")
        page.goto(f"{address}persons/", wait_until="networkidle")
        page.locator(".dosje-filter input").fill("Kapo")
        status = page.locator(".dosje-filter [role=status]")
        counted = (status.get_attribute("lang"), status.text_content())
        page.close()
    assert said == {"Fotnot": None, "Töm": None}
    assert read_phrases("en")("lookup.hint") in marked
    assert counted == ("en", "1 of 2")
