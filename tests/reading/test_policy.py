"""What pages may load and run: nothing that stands in them, and nothing of another host, in two engines."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st
from playwright.sync_api import Browser

from conftest import MINI, Edition, serve
from dosje.reading.policy import DEFAULT, PolicyError, on_disk, read_policy
from dosje.reading.settings_file import read_settings
from firefox import Firefox, firefox
from policing import Head, look_at, watched

ON_DISK = DEFAULT.replace("'wasm-unsafe-eval'", "'wasm-unsafe-eval' blob:")
OF_SMALL = "Kapo+to+Hoxha,+24+June+1960,+fl.+40"


def run(root: Path, *verbs: str) -> None:
    for verb in verbs:
        command = [sys.executable, "-m", "dosje.cli", verb, "--project", str(root)]
        done = subprocess.run(command, capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stderr


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the folder of the smallest edition with its site and, unpacked, its zip; one record had another name."""
    root = Path(shutil.copytree(MINI, tmp_path_factory.mktemp("policy") / "edition"))
    person = root / "content" / "persons" / "hysni-kapo.yml"
    person.write_text(person.read_text(encoding="utf-8") + "formerly: [hysni-kpo]\n", encoding="utf-8")
    run(root, "bundle", "build")
    with zipfile.ZipFile(next((root / ".build" / "downloads").glob("*.zip"))) as archive:
        archive.extractall(root / "disk")
    return root


@pytest.fixture(scope="module")
def address(small: Path) -> Iterator[str]:
    with serve(small / "site") as root:
        yield root


# The pages themselves.


@pytest.mark.parametrize(
    ("font", "is_loaded"),
    [
        ("false", False), ("False", False), ("off", False), ("OFF", False), ("No", False), ("!!bool no", False),
        ("'off'", True), ('"false"', True), ("oFF", True), ("true", True), ("Roboto", True), ("{text: A}", True),
    ],
)  # fmt: skip
def test_a_font_is_none_where_mkdocs_reads_false(font: str, is_loaded: bool, edition: Edition) -> None:
    root = edition({"mkdocs.yml": f"site_name: A\ntheme: {{font: {font}}}\n"})
    found = [f"{one.span} {one.code}" for one in read_settings(root)[1]]
    assert found == ["mkdocs.yml:2:15 blocked-by-policy"] * is_loaded
    read = yaml.safe_load((root / "mkdocs.yml").read_text(encoding="utf-8"))["theme"]["font"]
    assert (read != False) == is_loaded  # noqa: E712  # as the theme asks


@pytest.mark.whole
def test_every_page_bears_the_policy_and_has_nothing_that_it_blocks(small: Path) -> None:
    found = [look_at(small / "site", DEFAULT), look_at(small / "disk", ON_DISK)]
    assert [wrong for _, wrong in found] == [[], []]
    assert [count for count, _ in found] >= [30, 30]
    for name in ("404.html", "persons/hysni-kpo/index.html", "downloads/index.html", "search/index.html"):
        assert (small / "site" / name).is_file()


@pytest.mark.parametrize(
    "text",
    ["<script>a</script>", "<style>p{}</style>", "<p style='a:b'>", "<b onclick=a>", "<a href=' JavaScript:a'>"],
)
def test_what_a_policy_blocks_is_seen(text: str, tmp_path: Path) -> None:
    head = '<html><head><meta charset="utf-8"><meta http-equiv="Content-Security-Policy" content="p">'
    (tmp_path / "a.html").write_text(f"{head}<script type='application/ld+json'>{{}}</script>")
    assert look_at(tmp_path, "p") == (1, [])
    (tmp_path / "a.html").write_text(head + text)
    assert len(look_at(tmp_path, "p")[1]) == 1


# The setting.


@pytest.mark.whole
def test_a_policy_of_the_editors_own_may_let_in_more_and_none_lets_in_all(edition: Edition) -> None:
    found = []
    for policy in ("default-src *; style-src * 'unsafe-inline'", "none", ""):
        given = f'{{content_security_policy: "{policy}"}}' if policy else "{}"
        root = edition({"mkdocs.yml": f"site_name: A\ntheme: {{font: {{text: Roboto}}}}\nextra: {{dosje: {given}}}\n"})
        settings, findings = read_settings(root)
        assert settings is not None
        found.append((settings.policy, [finding.code for finding in findings]))
        if policy == "none":
            continue
        run(root, "build")
        text = (root / "site" / "index.html").read_text(encoding="utf-8")
        policies = re.findall(r'<meta http-equiv="Content-Security-Policy" content="([^"]*)">', text)
        foreign = 0 if policy == "" else 1
        assert (policies, text.count("<style>"), text.count("fonts.googleapis.com")) == (
            [settings.policy], foreign, foreign,
        )  # fmt: skip
    assert found == [
        ("default-src *; style-src * 'unsafe-inline'", []),
        ("", []),
        (DEFAULT, ["blocked-by-policy"]),
    ]


@pytest.mark.whole
def test_a_site_that_was_made_for_mkdocs_alone_has_no_policy(edition: Edition) -> None:
    root = edition({"mkdocs.yml": "site_name: A\ntheme: material\n", "docs/index.md": "# A\n\n|a|\n|--:|\n|b|\n"})
    run(root, "build")
    text = (root / "site" / "index.html").read_text(encoding="utf-8")
    assert "Content-Security-Policy" not in text
    assert '<td style="text-align: right;">' in text and "<script>" in text


@pytest.mark.parametrize(
    ("policy", "on_the_disk"),
    [
        (DEFAULT, ON_DISK),
        ("", ""),
        ("default-src 'self'", "default-src 'self'; script-src 'self' blob:"),
        ("default-src 'none'; img-src *", "default-src 'none'; img-src *; script-src blob:"),
        ("script-src 'none';", "script-src blob:"),
        ("img-src *", "img-src *"),
        ("script-src * blob:", "script-src * blob:"),
    ],
)
def test_from_disk_the_search_may_run_what_it_puts_together(policy: str, on_the_disk: str) -> None:
    assert on_disk(policy) == on_the_disk


@given(st.text() | st.text("';-:* \"<>&ds").map(lambda text: f"default-src {text}"))
def test_no_policy_ends_the_attribute_in_which_it_stands(text: str) -> None:
    try:
        policy = read_policy(text)
    except PolicyError:
        return
    assert Head(f'<meta http-equiv="Content-Security-Policy" content="{policy}">').policies == [policy]
    assert policy.isprintable()


# The engines.


@pytest.mark.browser
def test_no_page_on_a_phone_does_either(browser: Browser, address: str) -> None:
    with watched(browser, width=390) as found:
        page = found.open(f"{address}meetings/bucharest-1960/")
        page.locator("sup a.footnote-ref").first.tap()
        page.locator(".dosje-card").wait_for()
        page.keyboard.press("Escape")
        page.get_by_role("button", name="Ways through the edition").click()
        page.locator(".md-nav--primary").get_by_role("link", name="Chronology").click()
        page.wait_for_url("**/chronology/")
    assert found.said == []


@pytest.mark.browser
def test_no_page_of_a_zip_does_either_nor_one_that_leads_on_nor_the_downloads(browser: Browser, small: Path) -> None:
    disk, site = (small / "disk" / "edition").as_uri(), small / "site"
    with watched(browser) as found, serve(site) as address:
        page = found.open(f"{disk}/index.html")
        page.locator("header input[name=q]").fill("Kapo")
        page.locator("header input[name=q]").press("Enter")
        page.locator("#dosje-results a").first.wait_for()
        found.open(f"{disk}/meetings/bucharest-1960.html").locator("sup a.footnote-ref").first.hover()
        page = found.open(f"{disk}/lookup/index.html?note={OF_SMALL}")
        page.locator("#dosje-lookup a[href*='sources/']").first.wait_for()
        found.open(f"{address}downloads/")
        found.open(f"{address}persons/hysni-kpo/").wait_for_url("**/persons/hysni-kapo/")
    assert (found.said, found.opened) == ([], 5)


@pytest.mark.browser
def test_a_script_that_got_into_a_page_does_not_run_in_chromium(browser: Browser, small: Path, tmp_path: Path) -> None:
    with watched(browser) as found, serve(_with_payload(small, tmp_path)) as address:
        page = found.open(f"{address}about/")
        assert page.evaluate("window.ran") is None
    directives = {line.split()[0] for line in found.said if line.endswith(" inline")}
    assert directives == {"script-src-elem", "script-src-attr", "style-src-attr"}


# What Material's own script does, and what of it is written into pages.
_MORE = """site_name: More
repo_url: https://github.com/example/example
plugins: [search]
theme:
  features: [navigation.instant, content.code.copy, content.tabs.link, announce.dismiss, search.share, search.suggest]
markdown_extensions: [admonition, pymdownx.tabbed: {alternate_style: true}]
extra: {consent: {title: Consent, description: We ask.}}
"""
_CODE = """---
title: Code
---
    print("copied")

=== "One"

    First.

=== "Two"

    Second.
"""


@pytest.mark.browser
def test_what_materials_own_script_does_it_does_under_the_policy(browser: Browser, edition: Edition) -> None:
    root = edition({"mkdocs.yml": _MORE, "content/pages/code.md": _CODE})
    run(root, "build")
    assert look_at(root / "site", DEFAULT)[1] == []
    with watched(browser) as found, serve(root / "site") as address:
        page = found.open(f"{address}code/")
        page.get_by_role("button", name="Accept").click()
        page.get_by_title("Copy to clipboard").first.click()
        page.get_by_text("Copied to clipboard").wait_for()
        page.get_by_text("Two", exact=True).click()
        page.get_by_text("Second.").wait_for()
        found.open(f"{address}code/")
        assert page.get_by_text("Second.").is_visible()  # the tab is open where it was opened
        page.locator(".md-search__input").click()
        page.keyboard.type("code")
        page.locator(".md-search-result__item").first.wait_for()
        page.keyboard.press("Escape")
        page.locator(".md-logo").first.click()
        page.wait_for_url(address)
        page.wait_for_load_state("networkidle")  # a server that ends before would be an error on the page
    assert found.said == []


_ANNOUNCING = '{% extends "base.html" %}{% block announce %}Heard.{% endblock %}'


@pytest.mark.browser
def test_templates_of_an_editions_own_bear_the_policy_and_what_a_reader_put_away_stays_away(
    browser: Browser, edition: Edition
) -> None:
    config = "site_name: A\ntheme: {features: [announce.dismiss]}\n"
    root = edition(
        {"mkdocs.yml": config, "theme/main.html": _ANNOUNCING, "content/pages/a.md": "---\ntitle: A\n---\nB.\n"}
    )
    run(root, "build")
    assert look_at(root / "site", DEFAULT)[1] == []
    with watched(browser) as found, serve(root / "site") as address:
        page = found.open(f"{address}a/")
        page.get_by_text("Heard.").wait_for()
        page.locator(".md-banner__button").click()
        found.open(f"{address}404.html")
        assert not page.get_by_text("Heard.").is_visible()
    assert found.said == []


def _with_payload(small: Path, tmp_path: Path) -> Path:
    """Return a copy of the small edition's site in one page of which is what no page should have."""
    site = Path(shutil.copytree(small / "site", tmp_path / "site"))
    page = site / "about" / "index.html"
    payload = '<script>window.ran = 1</script><img src="x" onerror="window.ran = 2"><i style="color: red"></i></body>'
    page.write_text(page.read_text(encoding="utf-8").replace("</body>", payload), encoding="utf-8")
    return site


@pytest.fixture(scope="module")
def fox() -> Iterator[Firefox]:
    with firefox() as found:
        yield found


@pytest.mark.browser
def test_firefox_finds_nothing_blocked_on_pages_in_a_search_on_a_card_and_from_disk(
    fox: Firefox, address: str, small: Path
) -> None:
    for path in ("", "chronology/", "attendance/", "sources/kapo-letter/", "essays/bucharest/"):
        fox.open(address + path)
        assert fox.run("document.documentElement.classList.contains('js')"), path
    fox.open(f"{address}search/index.html?q=Kapo")
    assert fox.wait_for("document.querySelectorAll('#dosje-results a.dosje-title').length") > 1
    fox.open(f"{address}lookup/?note={OF_SMALL}")
    fox.wait_for("document.querySelector('#dosje-lookup a[href*=\"sources/kapo-letter\"]') !== null")
    fox.open(f"{address}meetings/bucharest-1960/")
    fox.run("document.querySelector('sup a.footnote-ref').click()")
    assert fox.wait_for("document.querySelector('.dosje-margin-note.is-shown, .dosje-card')?.textContent.length") > 20
    disk = (small / "disk" / "edition").as_uri()
    fox.open(f"{disk}/meetings/bucharest-1960.html")
    assert fox.run("document.documentElement.classList.contains('js')")
    assert fox.run("getComputedStyle(document.querySelector('h1')).fontFamily").startswith('"Dosje Serif"')
    fox.open(f"{disk}/search/index.html?q=Kapo")
    assert fox.wait_for("document.querySelectorAll('#dosje-results a.dosje-title').length") > 1
    fox.open(f"{disk}/lookup/index.html?note={OF_SMALL}")
    fox.wait_for("document.querySelector('#dosje-lookup a[href*=\"sources/\"]') !== null")
    assert (fox.violations, fox.errors) == ([], [])


@pytest.mark.browser
def test_a_script_that_got_into_a_page_does_not_run_in_firefox(fox: Firefox, small: Path, tmp_path: Path) -> None:
    with serve(_with_payload(small, tmp_path)) as address:
        fox.open(f"{address}about/")
        fox.run("new Promise((resolve) => setTimeout(resolve, 100))")
    assert fox.run("window.ran ?? null") is None
    directives = {line.split()[0] for line in fox.violations if " inline " in line}
    assert directives == {"script-src-elem", "script-src-attr", "style-src-attr"}
