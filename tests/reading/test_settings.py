"""The edition's settings, from mkdocs.yml."""

from __future__ import annotations

from pathlib import Path

import pytest

from conftest import Edition
from dosje.reading.settings import Settings, find_root
from dosje.reading.settings_file import read_settings
from dosje.values.findings import format_findings

FULL = """\
site_name: An edition
site_url: https://example.org/
docs_dir: .build/pages
site_dir: site
plugins: {}
extra:
  dosje:
    citation_style: modern-language-association
    locale: de-DE
    folio_label: Bl.
    authors: ["Marku, Ylber", Academy of Sciences]
    version: 1.10
    date: 2026-11
"""


def read(edition: Edition, text: str) -> Settings:
    settings, findings = read_settings(edition({"mkdocs.yml": text}))
    assert findings == []
    assert settings is not None
    return settings


def test_a_name_is_enough(edition: Edition, tmp_path: Path) -> None:
    assert read(edition, "site_name: A\n") == Settings(root=tmp_path, site_name="A", site_url="")


def test_every_setting_is_read(edition: Edition, tmp_path: Path) -> None:
    assert read(edition, FULL) == Settings(
        root=tmp_path,
        site_name="An edition",
        site_url="https://example.org/",
        style="modern-language-association",
        locale="de-DE",
        folio_label="Bl.",
        authors=("Marku, Ylber", "Academy of Sciences"),
        version="1.10",
        date="2026-11",
    )


def test_one_author_needs_no_list(edition: Edition) -> None:
    text = "site_name: A\nextra: {dosje: {authors: Academy of Sciences}}\n"
    assert read(edition, text).authors == ("Academy of Sciences",)


@pytest.mark.parametrize(
    "plugins",
    [
        "plugins:\n  - search\n  - bibtex:\n      bib_dir: refs\n      csl_file: a.csl\n",
        "plugins:\n  bibtex: {bib_dir: refs, csl_file: a.csl}\n",
    ],
)
def test_the_bibliography_is_configured_where_mkdocs_bibtex_has_it(plugins: str, edition: Edition) -> None:
    edition({"refs/a.bib": ""})
    settings = read(edition, "site_name: A\n" + plugins)
    assert (settings.bib_dir, settings.style) == ("refs", "a.csl")


@pytest.mark.parametrize("plugins", ["plugins: [search, bibtex]\n", "plugins:\n", "plugins: search\n"])
def test_a_plugin_without_options_changes_nothing(plugins: str, edition: Edition) -> None:
    assert read(edition, "site_name: A\n" + plugins).bib_dir == "bibliography"


def test_tags_and_settings_of_others_are_left_alone(edition: Edition) -> None:
    text = (
        "site_name: A\nmarkdown_extensions:\n  - x: {y: !!python/name:a.b.c }\nsite_url: !ENV [A, B]\nextra: {a: b}\n"
    )
    settings, findings = read_settings(edition({"mkdocs.yml": text}))
    assert settings is not None
    assert format_findings(findings) == (
        "mkdocs.yml:4:11: settings: site_url is one text, no list and no fields\n  hint: site_url: …"
    )


@pytest.mark.parametrize(
    "folder",
    [
        ".", "..", "content", "/tmp/x", ".build/../content", ".build/..", "docs", "site/x", "site",
        ".build", ".build/", ".build/.", ".build/cache", ".build/./downloads/x", ".build/work",
    ],
)  # fmt: skip
def test_a_folder_that_is_emptied_is_never_one_of_the_editor(folder: str, edition: Edition) -> None:
    root = edition({"mkdocs.yml": f"site_name: A\ndocs_dir: {folder}\n"})
    settings, findings = read_settings(root)
    assert settings is not None
    assert settings.pages_dir == ".build/pages"
    assert format_findings(findings) == (
        f'mkdocs.yml:2:11: settings: docs_dir may not be "{folder}"\n  hint: docs_dir: .build/pages'
    )


def test_a_site_and_its_pages_may_not_lie_in_one_another(edition: Edition) -> None:
    root = edition({"mkdocs.yml": "site_name: A\ndocs_dir: .build/a\nsite_dir: .build/a/b\n"})
    settings, findings = read_settings(root)
    assert settings is not None and (settings.pages_dir, settings.site_dir) == (".build/pages", "site")
    assert format_findings(findings) == (
        'mkdocs.yml:3:11: settings: the site in ".build/a/b" and its pages in ".build/a" may not lie in one another\n'
        "  hint: site_dir: site"
    )


@pytest.mark.parametrize("text", ["", "- a\n", "site_name:\n", "site_name: [a]\n"])
def test_without_a_name_there_are_no_settings(text: str, edition: Edition) -> None:
    settings, findings = read_settings(edition({"mkdocs.yml": text}))
    assert settings is None
    assert [finding.message for finding in findings] == ["mkdocs.yml has no site_name"]


def test_the_root_is_the_nearest_folder_upward_with_mkdocs_yml(edition: Edition, tmp_path: Path) -> None:
    edition({"content/persons/a.yml": "", "content/essays/mkdocs.yml": ""})
    assert find_root(tmp_path / "content" / "persons") == tmp_path
    assert find_root(tmp_path / "content" / "essays") == tmp_path / "content" / "essays"


def test_outside_of_an_edition_there_is_no_root(tmp_path: Path) -> None:
    assert find_root(tmp_path) is None


@pytest.mark.parametrize("key", ["site_url", "repo_url"])
@pytest.mark.parametrize("address", ["javascript://x/%0aalert(1)", "data:text/html,x", "example.org", 'https://a"b'])
def test_an_address_that_each_page_links_to_leads_to_the_web(key: str, address: str, edition: Edition) -> None:
    settings, findings = read_settings(edition({"mkdocs.yml": f"site_name: A\n{key}: '{address}'\n"}))
    assert settings is not None and (settings.site_url, settings.repo_url) == ("", "")
    assert format_findings(findings) == (
        f"mkdocs.yml:2:11: unsafe-link: {key} is an address of the web\n  hint: {key}: https://example.org/"
    )


@pytest.mark.parametrize(
    ("config", "found"),
    [
        ('nav: [{JS: "javascript:alert(4)"}]', '2:12 nav may not lead to "javascript:"'),
        ("nav:\n  - A: [{B: [a.md, ' JavaScript&colon;alert(4)']}]", '3:20 nav may not lead to "JavaScript:"'),
        ('nav: ["java\\tscript:alert(4)"]', '2:7 nav may not lead to "javascript:"'),
        ('extra: {homepage: "\\n dat\\ta:text/html,x"}', '2:19 homepage may not lead to "data:"'),
        ("extra: {social: [{icon: a, link: 'VBScript:x'}]}", '2:34 link may not lead to "VBScript:"'),
        ("extra:\n  alternate:\n    - {name: A, link: 'javascript:x'}", '4:23 link may not lead to "javascript:"'),
        ("edit_uri: javascript:x", '2:11 edit_uri may not lead to "javascript:"'),
        ("edit_uri_template: javascript:x{path}", '2:20 edit_uri_template may not lead to "javascript:"'),
        ("theme: {favicon: 'data:image/png,x'}", '2:18 favicon may not lead to "data:"'),
        ("theme: {logo: 'javascript:x'}", '2:15 logo may not lead to "javascript:"'),
        ("nav: [a.md, {A: 'https://a.org/'}, {B: 'mailto:a@b.org'}, {C: '../x?a:b#c:d'}, {'javascript:': /a/b:c}]", ""),
        ("extra: {social: [{icon: 'a:b', link: HTTPS://a.org, name: 'javascript: no'}], homepage: .}", ""),
    ],
)  # fmt: skip
def test_an_address_of_mkdocs_yml_runs_nothing(config: str, found: str, edition: Edition) -> None:
    _, findings = read_settings(edition({"mkdocs.yml": f"site_name: A\n{config}\n"}))
    unsafe = [one for one in findings if one.code == "unsafe-link"]
    assert "".join(f"{one.span.line}:{one.span.column} {one.message}" for one in unsafe) == found


def test_nor_does_one_of_a_file_that_it_inherits(edition: Edition) -> None:
    base = 'repo_url: "javascript:a"\nextra: {homepage: "data:a"}\n'
    root = edition({"mkdocs.yml": "site_name: A\nINHERIT: more/base.yml\n", "more/base.yml": base})
    found = [finding for finding in read_settings(root)[1] if finding.code == "unsafe-link"]
    assert format_findings(found) == (
        'more/base.yml:1:11: unsafe-link: repo_url may not lead to "javascript:"\n'
        "  hint: use an https:// address, or a path of the edition\n"
        'more/base.yml:2:19: unsafe-link: homepage may not lead to "data:"\n'
        "  hint: use an https:// address, or a path of the edition"
    )


def test_of_strangers_it_is_said_once(edition: Edition) -> None:
    config = 'site_name: A\nnav: ["javascript:a", javascript&colon;a]\n'
    findings = read_settings(edition({"mkdocs.yml": config}), is_untrusted=True)[1]
    assert [f"{one.span} {one.code}" for one in findings] == ["mkdocs.yml:2:7 untrusted", "mkdocs.yml:2:23 unsafe-link"]
