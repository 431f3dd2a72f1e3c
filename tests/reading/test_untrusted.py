"""An edition of strangers: with --untrusted nothing in it runs, and what is refused is told with its place."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import pytest

from conftest import Edition
from dosje.reading.policy import DEFAULT
from dosje.reading.settings_file import read_settings
from dosje.site.composed import compose


def refused(root: Path) -> list[str]:
    """Return what is refused in an edition that is not trusted: place and message."""
    _, findings = read_settings(root, is_untrusted=True)
    refusals = [finding for finding in findings if finding.code == "untrusted"]
    return [f"{finding.span.line}:{finding.span.column} {finding.message}" for finding in refusals]


_NOT_ALLOWED = "is not allowed in an edition that is not trusted"
REFUSED = {
    "hooks: [a.py]": f'2:1 "hooks" {_NOT_ALLOWED}',
    "watch: [..]": f'2:1 "watch" {_NOT_ALLOWED}',
    "INHERIT: base.yml": f'2:1 "INHERIT" {_NOT_ALLOWED}',
    "mdx_configs: {toc: {slugify: a.b}}": f'2:1 "mdx_configs" {_NOT_ALLOWED}',
    "config_file_path: /tmp/mkdocs.yml": f'2:1 "config_file_path" {_NOT_ALLOWED}',
    "extra_templates: [a.html]": f'2:1 "extra_templates" {_NOT_ALLOWED}',
    "extra_javascript: [assets/a.js]": f'2:1 "extra_javascript" {_NOT_ALLOWED}',
    "extra_css: ['https://example.org/a.css']": f'2:13 this value of "extra_css" {_NOT_ALLOWED}',
    "extra_css: [../a.css]": f'2:13 this value of "extra_css" {_NOT_ALLOWED}',
    "'<<': {hooks: [a.py]}": f'2:1 "<<" {_NOT_ALLOWED}',
    "extra: {<<: {analytics: {provider: google}}}": f'2:9 "<<" {_NOT_ALLOWED}',
    "extra: {analytics: {provider: ../../x}}": f'2:9 "analytics" {_NOT_ALLOWED}',
    "extra: {alternate: [{link: 'javascript:a()'}]}": f'2:9 "alternate" {_NOT_ALLOWED}',
    "extra: {social: [{icon: a, link: 'javascript:a()'}]}": f'2:34 this value of "link" {_NOT_ALLOWED}',
    "extra: {social: [{icon: ../a}]}": f'2:25 this value of "icon" {_NOT_ALLOWED}',
    "extra: {homepage: 'javascript:a()'}": f'2:19 this value of "homepage" {_NOT_ALLOWED}',
    "extra: {dosje: {new_setting: a}}": f'2:17 "new_setting" {_NOT_ALLOWED}',
    "repo_name: '<script>a()</script>'": f'2:12 this value of "repo_name" {_NOT_ALLOWED}',
    "copyright: '<img src=x onerror=a()>'": f'2:12 this value of "copyright" {_NOT_ALLOWED}',
    "nav: ['javascript:a()']": f'2:7 this value of "nav" {_NOT_ALLOWED}',
    'nav: ["java\\tscript:a()"]': f'2:7 this value of "nav" {_NOT_ALLOWED}',
    "nav: [One: [Two: 'data:text/html,a']]": f'2:18 this value of "Two" {_NOT_ALLOWED}',
    "nav: [../../etc/passwd]": f'2:7 this value of "nav" {_NOT_ALLOWED}',
    "theme: mkdocs": f'2:8 this value of "theme" {_NOT_ALLOWED}',
    "theme: {name: readthedocs}": f'2:15 this value of "name" {_NOT_ALLOWED}',
    "theme: {custom_dir: looks}": f'2:9 "custom_dir" {_NOT_ALLOWED}',
    "theme: {font: {text: Roboto}}": f'2:15 this value of "font" {_NOT_ALLOWED}',
    "theme: {language: ../../x}": f'2:19 this value of "language" {_NOT_ALLOWED}',
    "theme: {static_templates: [a.html]}": f'2:9 "static_templates" {_NOT_ALLOWED}',
    "theme: {palette: [{toggle: {name: '\"><script>'}}]}": f'2:35 this value of "name" {_NOT_ALLOWED}',
    "plugins: [social]": f'2:11 the plugin "social" {_NOT_ALLOWED}',
    "plugins: {privacy: {}}": f'2:11 the plugin "privacy" {_NOT_ALLOWED}',
    "plugins: [macros: {module_name: a}]": f'2:11 the plugin "macros" {_NOT_ALLOWED}',
    "plugins: [bibtex: {bib_file: 'https://a.org'}]": f'2:30 this value of "bib_file" {_NOT_ALLOWED}',
    "plugins: [search: {prebuild_index: node}]": f'2:20 "prebuild_index" {_NOT_ALLOWED}',
    "markdown_extensions: [pymdownx.snippets]": f'2:23 the extension "pymdownx.snippets" {_NOT_ALLOWED}',
    "markdown_extensions: [a:Hostile]": f'2:23 the extension "a:Hostile" {_NOT_ALLOWED}',
    "markdown_extensions: {markdown_include.include: {}}": (
        f'2:23 the extension "markdown_include.include" {_NOT_ALLOWED}'
    ),
    "markdown_extensions: [pymdownx.superfences: {custom_fences: [{name: a}]}]": (
        f'2:46 "custom_fences" {_NOT_ALLOWED}'
    ),
    "markdown_extensions: [pymdownx.superfences: {disable_indented_code_blocks: true}]": (
        f'2:46 "disable_indented_code_blocks" {_NOT_ALLOWED}'
    ),
    "markdown_extensions: [toc: {slugify: a.b}]": f'2:29 "slugify" {_NOT_ALLOWED}',
    "markdown_extensions: [toc: {permalink: [a]}]": f'2:40 this value of "permalink" {_NOT_ALLOWED}',
    "site_author: !ENV HOME": "2:14 the tag !ENV can run code",
    "site_author: !!python/name:os.system": "2:14 the tag !!python/name:os.system can run code",
    "site_author: !!python/object/apply:os.system [a]": "2:14 the tag !!python/object/apply:os.system can run code",
    "nav: [!relative a.md]": "2:7 the tag !relative can run code",
    "!!python/name:os.system : a": "2:1 the tag !!python/name:os.system can run code",
}


@pytest.mark.parametrize("given", REFUSED)
def test_what_can_run_code_or_read_files_is_refused_in_its_place(given: str, edition: Edition) -> None:
    root = edition({"mkdocs.yml": f"site_name: A\n{given}\n", "refs.bib": ""})
    assert REFUSED[given] in refused(root)
    _, findings = read_settings(root)
    assert "untrusted" not in {finding.code for finding in findings}


ALLOWED = """\
site_name: "The “Great” War <1914>"
site_description: A & B
site_author: Jane
site_url: https://example.org/a/
repo_url: https://example.org/a
repo_name: a/b
edit_uri: edit/main/docs/
copyright: "&copy; 1960"
docs_dir: .build/pages
site_dir: site
strict: true
use_directory_urls: true
theme:
  name: material
  language: de
  features: [navigation.tabs]
  palette:
    - {media: "(prefers-color-scheme: dark)", scheme: slate, toggle: {icon: material/weather-sunny, name: Light}}
  icon: {logo: material/archive}
  font: false
  logo: assets/logo.svg
extra_css: [assets/own.css]
plugins:
  - search: {lang: [de, en]}
  - bibtex: {bib_dir: bibliography, bib_by_default: false}
markdown_extensions:
  - admonition
  - markdown.extensions.attr_list
  - toc: {permalink: ¶, toc_depth: 2-4}
  - smarty: {smart_dashes: false}
nav:
  - index.md
  - One: {Two: [persons/index.md, Three: "https://example.org/?a=b#c"]}
  - mailto:a@example.org
validation: {nav: {omitted_files: ignore}}
extra:
  generator: false
  dosje: {authors: ["Doe, Jane"], locale: de-DE}
  social: [{icon: material/web, link: "https://example.org", name: We}]
"""


def test_what_cannot_is_allowed(edition: Edition) -> None:
    assert refused(edition({"mkdocs.yml": ALLOWED, "bibliography/a.bib": ""})) == []


@pytest.mark.parametrize("theme", ["theme:", "theme: material", ""])
def test_the_programs_own_theme_can_be_named_or_not(theme: str, edition: Edition) -> None:
    assert refused(edition({"mkdocs.yml": f"site_name: A\n{theme}\n"})) == []


@pytest.mark.parametrize("name", ["theme/main.html", "theme/assets/a.js"])
def test_files_of_the_theme_are_refused(name: str, edition: Edition) -> None:
    assert refused(edition({name: ""})) == ["1:1 files of an edition's own in theme/ can run code"]


@pytest.mark.parametrize(
    ("files", "place"),
    [
        ({"mkdocs.yml": "site_name: A\ndocs_dir: docs\n", "content/places.yml": ""}, "2:11"),
        ({"mkdocs.yml": "site_name: A\ndocs_dir: ./content\n", "content/pages/a.md": "A"}, "2:11"),
        ({"mkdocs.yml": "site_name: A\ndocs_dir: docs\n"}, "2:11"),
        ({"mkdocs.yml": "site_name: A\n"}, "1:1"),
    ],
)
def test_pages_that_are_html_of_strangers_are_refused(files: Mapping[str, str], place: str, edition: Edition) -> None:
    root = edition({**files, "docs/index.md": "<script>alert(1)</script>"})
    folder = "./content" if "./content" in files["mkdocs.yml"] else "docs"
    said = f"pages in {folder}/ are their author's HTML, scripts too, and no policy holds them"
    assert refused(root) == [f"{place} {said}"]


def test_a_folder_called_docs_that_no_page_comes_from_is_allowed(edition: Edition) -> None:
    files = {"mkdocs.yml": "site_name: A\n", "content/places.yml": "", "docs/index.md": "<script>alert(1)</script>"}
    assert refused(edition(files)) == []


def test_the_plugin_of_bibliographies_is_not_started(edition: Edition) -> None:
    files: Mapping[str, str] = {"mkdocs.yml": "site_name: A\nplugins: [search, bibtex: {bib_dir: b}]\n", "b/a.bib": ""}
    settings, _ = read_settings(edition(files), is_untrusted=True)
    assert settings is not None
    assert "plugins:\n- search\n" in compose(settings, ())
    assert "bibtex" not in compose(settings, ())


def test_strangers_have_the_programs_own_policy(edition: Edition) -> None:
    given = "site_name: A\nextra: {dosje: {content_security_policy: none}}\n"
    settings, findings = read_settings(edition({"mkdocs.yml": given}), is_untrusted=True)
    assert settings is not None and settings.policy == DEFAULT
    assert [(str(finding.span), finding.code) for finding in findings] == [("mkdocs.yml:2:42", "untrusted")]
