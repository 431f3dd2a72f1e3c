"""A site that was made with MkDocs and mkdocs-bibtex builds with ours as it is, and keeps every citation."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import replace
from html import unescape
from pathlib import Path

import pytest
import yaml

from conftest import TESTS, find_all
from dosje.reading.settings_file import read_settings
from dosje.site.composed import compose
from dosje.values.findings import format_findings

pytestmark = pytest.mark.whole

SITE = TESTS / "mkdocs-bibtex"
PAGES = ("index", "guide/reading-files/index", "literature/index")
# Page: what its author cites, with the locators as a reader sees them.
CITED = {
    "index": {"Luthi2008": ["171", "174"], "mehilli_2011": ["5–6"], "griffith1963albania": ["", "ch. 3"]},
    "guide/reading-files/index": {"Luthi2008": ["12"], "mehilli_2011": ["9"]},
    "literature/index": {},
}


def _run(folder: Path, *command: str) -> str:
    environment = os.environ | {"NO_MKDOCS_2_WARNING": "1"}
    done = subprocess.run(
        [sys.executable, "-m", *command], cwd=folder, capture_output=True, text=True, check=False, env=environment
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout + done.stderr


def _read(site: Path) -> dict[str, str]:
    return {name: (site / f"{name}.html").read_text(encoding="utf-8") for name in PAGES}


@pytest.fixture(scope="module")
def sites(tmp_path_factory: pytest.TempPathFactory) -> tuple[Mapping[str, str], Mapping[str, str], Path]:
    """Return the pages that MkDocs alone makes, those that Dosje makes, and the site's folder."""
    root = tmp_path_factory.mktemp("moved") / "site-of-old"
    shutil.copytree(SITE, root)
    before = {path: path.read_bytes() for path in root.rglob("*") if path.is_file()}
    _run(root, "mkdocs", "build", "-d", "theirs")
    theirs = _read(root / "theirs")
    shutil.rmtree(root / "theirs")
    _run(root, "dosje.cli", "build")
    assert {path: path.read_bytes() for path in before} == before
    assert {path.name for path in root.iterdir()} == {".build", "docs", "mkdocs.yml", "refs.bib", "site"}
    return theirs, _read(root / "site"), root


def _notes(html: str) -> list[str]:
    found = re.search(r'<div class="footnote">(.*?)</ol>', html, re.DOTALL)
    return re.findall(r"<li id=\"fn:.*?</li>", found[1], re.DOTALL) if found else []


def _article(html: str) -> str:
    """Return the author's part of a page, without its notes."""
    article = re.search(r"<article.*?</article>", html, re.DOTALL)
    assert article
    return re.sub(r'<h2 id="notes">.*|<div class="footnote">.*', "", article[0], flags=re.DOTALL)


def _plain(html: str) -> str:
    return re.sub(r"\s+", " ", unescape(re.sub(r"<[^>]*>", "", html))).strip()


@pytest.mark.parametrize("name", PAGES)
def test_every_citation_is_kept(sites: tuple[Mapping[str, str], Mapping[str, str], Path], name: str) -> None:
    theirs, ours, _ = sites
    kept = {key for note in _notes(theirs[name]) for key in re.findall(r'id="fn:([\w-]+)"', note)} & {*CITED[name]}
    if name == "index":
        assert kept == {*CITED[name]}, "mkdocs-bibtex itself finds these"
    notes = _notes(ours[name])
    for key, locators in CITED[name].items():
        found = [note for note in notes if f"sources/{key}/" in note]
        for locator in locators:
            pattern = rf"(?<!\d){re.escape(locator)}</a>[.;]"
            assert any(re.search(pattern, note) for note in found) or not locator, (key, locator)
        assert found


def test_locators_that_were_dropped_are_there(sites: tuple[Mapping[str, str], Mapping[str, str], Path]) -> None:
    theirs, ours, _ = sites
    assert "171" not in "".join(_notes(theirs["index"]))
    assert [_plain(note).split(" Full:")[0].removesuffix(" ↩") for note in _notes(ours["index"])] == [
        "Lorenz M. Lüthi, The Sino-Soviet Split: Cold War in the Communist World"
        " (Princeton University Press, 2008), 171.",
        "See Elidor Mëhilli, ‘Defying de-Stalinization: Albania’s 1956’, Journal of Cold War Studies 13, no. 4 (2011):"
        " 5–6; William E. Griffith, Albania and the Sino-Soviet Rift (MIT Press, 1963).",
        "Lüthi, The Sino-Soviet Split, 174.",
        "Griffith, Albania and the Sino-Soviet Rift, ch. 3.",
    ]


@pytest.mark.parametrize(
    "part",
    [
        r'<div class="admonition note">\s*<p class="admonition-title">A word of warning</p>',
        r'<div class="own-html"><em>HTML of one\'s own</em> stays.</div>',
        r'<a href="guide/reading-files/#folios">how to read a file</a>',
        r"me@example\.org",
        r'<span class="twemoji">',
    ],
)
def test_all_else_is_as_it_was(sites: tuple[Mapping[str, str], Mapping[str, str], Path], part: str) -> None:
    theirs, ours, _ = sites
    assert re.search(part, _article(theirs["index"])) and re.search(part, _article(ours["index"]))


def test_front_matter_tables_pictures_and_code_are_as_they_were(
    sites: tuple[Mapping[str, str], Mapping[str, str], Path],
) -> None:
    theirs, ours, root = sites
    name = "guide/reading-files/index"
    for page in (theirs[name], ours[name]):
        assert "<title>How to read a file - Reading the Tirana archives</title>" in page
        assert '<h2 id="folios">' in page and '<img alt="A leaf" src="../leaf.svg"' in page
        assert _plain(re.findall(r"<code>.*?</code>", page, re.DOTALL)[1]) == "@property def number(self): ..."
    # In code a citation is an example.
    assert "Write [@Luthi2008, 3] for a citation." in _plain(ours[name])
    assert "@dataclass # no citation: [@Luthi2008]" in _plain(ours[name])
    assert (root / "site/guide/leaf.svg").read_bytes() == (SITE / "docs/guide/leaf.svg").read_bytes()
    # Without brackets the source's words stand in the text.
    assert "in the text: William E. Griffith, Albania and the Sino-Soviet Rift" in _plain(ours[name])


def test_the_bibliographies_stand_where_they_are_asked_for(
    sites: tuple[Mapping[str, str], Mapping[str, str], Path],
) -> None:
    _, ours, _ = sites
    for name, works in (("index", 3), ("literature/index", 3)):
        article = _article(ours[name])
        assert "bibliography</p>" not in article and "\\" not in article
        assert len(re.findall(r"<li>", article[article.index('<div class="dosje-bibliography">') :])) == works
    for key in ("Luthi2008", "mehilli_2011", "griffith1963albania"):
        assert f'href="../sources/{key}/"' in ours["literature/index"]


def test_each_source_has_a_page_with_what_cites_it(
    sites: tuple[Mapping[str, str], Mapping[str, str], Path],
) -> None:
    page = (sites[2] / "site/sources/mehilli_2011/index.html").read_text(encoding="utf-8")
    assert "Others set it earlier." in page and "How to read a file" in page
    assert not (sites[2] / "site/meetings").exists()


def test_an_unknown_key_is_found_in_its_place(tmp_path: Path) -> None:
    shutil.copytree(SITE, tmp_path / "a")
    page = tmp_path / "a/docs/guide/reading-files.md"
    page.write_text(page.read_text(encoding="utf-8").replace("[@mehilli_2011, 9]", "[@mehili_2011, 9]"))
    findings = find_all(tmp_path / "a")
    assert not any(finding.is_error for finding in findings)  # mkdocs-bibtex let it pass
    assert format_findings(finding for finding in findings if finding.code == "loose-citation") == (
        'docs/guide/reading-files.md:15:24: loose-citation: no source has the key "mehili_2011"\n'
        '  hint: did you mean "mehilli_2011"?'
    )


@pytest.mark.parametrize("name", ["refs/none.bib", "../refs.bib", "https://api.zotero.org/users/1/items?format=bibtex"])
def test_a_bib_file_that_is_not_there_is_found(tmp_path: Path, name: str) -> None:
    (tmp_path / "mkdocs.yml").write_text(f'site_name: A\nplugins:\n  - bibtex: {{bib_file: "{name}"}}\n')
    settings, findings = read_settings(tmp_path)
    assert settings is not None and settings.bib_file == ""
    assert format_findings(findings) == (
        f'mkdocs.yml:3:24: settings: there is no file "{name}" in the edition\n'
        "  hint: put the .bib file beside mkdocs.yml; nothing is fetched from an address"
    )


@pytest.mark.parametrize(
    "extensions",
    [
        "",
        "markdown_extensions: []\n",
        "markdown_extensions: [tables]\n",
        "markdown_extensions: [tables, toc: {permalink: true},]\n",
        "markdown_extensions: {tables: {}, toc: {permalink: true}}\n",
        "markdown_extensions:\n- tables\n- toc:\n    permalink: true\n",
        "markdown_extensions:\n  - tables\n\n  # a word\n  - toc:\n      permalink: true\n\nnav: []\n",
        "markdown_extensions:\n  tables:\n  toc:\n    permalink: true\n",
    ],
)
def test_what_our_pages_need_is_added_to_the_extensions(tmp_path: Path, extensions: str) -> None:
    (tmp_path / "mkdocs.yml").write_text(f"site_name: A\n{extensions}", encoding="utf-8")
    settings, _ = read_settings(tmp_path)
    assert settings is not None
    config = yaml.safe_load(compose(replace(settings, docs_dir="docs"), ()))
    given = config["markdown_extensions"]
    names = [name for one in given for name in ([one] if isinstance(one, str) else one)]
    own = [name for name in ("tables", "toc") if name in extensions]
    assert names == [*own, "def_list", "footnotes", "md_in_html"]
    assert config["docs_dir"] == ".build/pages" and "theme" not in config
