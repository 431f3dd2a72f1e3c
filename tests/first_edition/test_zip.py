"""The zip of the first edition: it opens from disk, finds what is searched for, and asks no other host."""

from __future__ import annotations

import subprocess
import sys
import zipfile
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from conftest import faces_of

pytestmark = pytest.mark.whole


@pytest.fixture(scope="module")
def folder(built: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    command = [sys.executable, "-m", "dosje.cli", "bundle", "--project", str(built)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    target = tmp_path_factory.mktemp("bundle")
    with zipfile.ZipFile(done.stdout.strip()) as archive:
        archive.extractall(target)
    return target / "edition"


@pytest.mark.browser
def test_opened_from_disk_it_searches_and_asks_nobody(browser: Browser, folder: Path) -> None:
    page = browser.new_page()
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(f"file://{folder}/index.html")
    page.locator("header input[name=q]").fill("Andropov")
    page.locator("header input[name=q]").press("Enter")
    result = page.locator("#dosje-results a").first
    result.wait_for()
    result.click()
    page.locator("sup a.footnote-ref").first.wait_for(state="attached")
    page.close()
    assert [url for url in asked if not url.startswith(("file:", "data:", "blob:", "about:"))] == []


@pytest.mark.browser
def test_opened_from_disk_it_finds_another_spelling_and_keeps_to_a_facet(browser: Browser, folder: Path) -> None:
    page = browser.new_page()
    page.goto(f"{folder.as_uri()}/search/index.html?q=Ходжа&type=Person")
    page.get_by_text("here also written “Hoxha”").wait_for()
    link = page.locator("#dosje-results").get_by_role("link", name="Enver Hoxha", exact=True)
    assert link.get_attribute("href") == f"{folder.as_uri()}/persons/enver-hoxha.html"
    page.close()


@pytest.mark.browser
def test_opened_from_disk_it_looks_up_a_footnote_and_shows_notes_in_the_margin(browser: Browser, folder: Path) -> None:
    page = browser.new_page(viewport={"width": 1400, "height": 900})
    page.goto(f"file://{folder}/lookup/index.html")
    page.locator("#dosje-query").fill(
        "Kapo to Hoxha, 25 June 1960, in AQSH, F.14/AP, OU, MPPKPB – June 1960, D. 1, fl. 48"
    )
    page.locator("#dosje-query").press("Enter")
    page.locator(".dosje-asked").first.wait_for()
    page.locator("#dosje-lookup a[href*='sources/kapo-hoxha-1960-06-25']").first.click()
    page.wait_for_url("file://**/sources/kapo-hoxha-1960-06-25*.html*")
    page.goto(f"file://{folder}/meetings/bucharest-1960.html")
    page.locator(".dosje-margin-note").first.wait_for()
    page.close()


@pytest.mark.browser
def test_opened_from_disk_it_is_drawn_in_its_own_faces(browser: Browser, folder: Path) -> None:
    page = browser.new_page()
    page.goto(f"file://{folder}/persons/petrit-dume.html", wait_until="networkidle")
    page.evaluate("document.fonts.ready")
    assert (faces_of(page, "h1"), faces_of(page, ".md-tabs__link")) == ({"Dosje Serif": True}, {"Dosje Sans": True})
    page.close()


def test_its_links_lead_to_files(folder: Path) -> None:
    text = (folder / "meetings" / "bucharest-1960.html").read_text(encoding="utf-8")
    assert 'href="../persons/hysni-kapo.html"' in text
    assert not (folder / "404.html").exists()
