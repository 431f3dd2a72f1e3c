"""The manual for editors: every verb, option, field, setting, code and phrase is documented, and the site is whole."""

from __future__ import annotations

import re
from pathlib import Path
from textwrap import indent

import click
import pytest
import yaml
from mkdocs.commands.build import build
from mkdocs.config import load_config

from conftest import PROJECT, Edition
from dosje.cli.verbs import main
from dosje.phrases import phrase_files
from dosje.reading.kinds import CODES_OF_KINDS, KINDS
from dosje.reading.settings_file import OWN_SETTINGS, read_settings
from dosje.values.findings import CODES, format_findings
from manual_commands import commands_page, options_of
from manual_fields import field_pages, parts_of
from manual_findings import findings_page, said_of_codes
from manual_phrases import phrases_page

PAGES = {path.stem: path.read_text(encoding="utf-8") for path in sorted((PROJECT / "docs" / "manual").glob("*.md"))}


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the manual as a site, as `make docs` builds it: a warning is an error."""
    folder = tmp_path_factory.mktemp("manual")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("NO_MKDOCS_2_WARNING", "1")
        config = load_config(str(PROJECT / "docs" / "mkdocs.yml"), site_dir=str(folder), strict=True)
        build(config)
    return folder


@pytest.mark.whole
def test_the_manual_is_built_without_a_warning_and_asks_no_other_host_for_anything(site: Path) -> None:
    pages = list(site.rglob("*.html"))
    assert len(pages) > 20
    for page in pages:
        asked = re.findall(
            r"<(?:script|img|link|iframe|source)\b[^>]*?\b(?:src|href)=\"?([^\"\s>]+)", page.read_text(encoding="utf-8")
        )
        assert asked
        assert [address for address in asked if re.match(r"(https?:)?//", address)] == []


@pytest.mark.whole
def test_the_front_page_leads_to_every_page(site: Path) -> None:
    front = (site / "index.html").read_text(encoding="utf-8")
    article = front.split("<article")[1].split("</article>")[0]
    led = {target.split("#")[0].rstrip("/") for target in re.findall(r'href="([^"]+)"', article)}
    pages = {page.parent.relative_to(site).as_posix() for page in site.rglob("index.html")} - {"."}
    assert sorted(pages - led) == []


@pytest.mark.parametrize("name", sorted(main.commands))
def test_a_verb_and_its_options_say_what_they_do(name: str) -> None:
    verb = main.commands[name]
    assert isinstance(verb, click.Command)
    assert verb.help and f"dosje {name}" in verb.help.partition("Example:")[2], "the help of a verb has an example"
    assert [option.name for option in options_of(verb) if not option.help] == []
    page = commands_page()
    assert f"\n## dosje {name} " in page
    section = page.split(f"\n## dosje {name} ")[1].split("\n## ")[0]
    assert [option.name for option in options_of(verb) if option.opts[-1] not in section] == []


def test_each_verb_stands_in_a_page_that_says_what_it_is_good_for() -> None:
    written = "\n".join(PAGES.values())
    assert [name for name in main.commands if f"dosje {name}" not in written] == []


def test_each_field_has_a_section() -> None:
    pages = field_pages()
    for kind in KINDS.values():
        for model in () if kind.name == "page" else (kind.model, *parts_of(kind.model)):
            prefix = "" if model is kind.model else f"{model.__name__.lower()}-"
            names = [field.alias or name for name, field in model.model_fields.items()]
            assert [name for name in names if f"{{#{prefix}{name}}}" not in pages[kind.name]] == []


def test_each_setting_has_a_section_and_no_other_has() -> None:
    named = re.findall(r"^## `(\w+)` \{ #(\w+) \}$", PAGES["settings"], re.MULTILINE)
    assert [name for name, anchor in named if name != anchor] == []
    assert sorted(name for name, _ in named) == sorted(OWN_SETTINGS)


@pytest.mark.parametrize("name", sorted(OWN_SETTINGS))
def test_a_setting_has_an_example_that_is_right(name: str, edition: Edition) -> None:
    section = PAGES["settings"].split(f"\n## `{name}` ")[1].split("\n## ")[0]
    example = re.findall(r"```yaml\n(.*?)```", section, re.DOTALL)
    assert example
    for text in example:
        assert name in yaml.safe_load(text)
        root = edition({"mkdocs.yml": f"site_name: A\nextra:\n  dosje:\n{indent(text, '    ')}"})
        assert format_findings(read_settings(root)[1]) == ""


def test_each_code_says_why_and_what_to_do_and_no_other_does() -> None:
    said = said_of_codes()
    assert sorted(said) == sorted({*CODES, *CODES_OF_KINDS})
    assert [code for code, parts in said.items() if not parts.get("why") or not parts.get("remedy")] == []
    page = findings_page()
    assert [code for code in said if f"\n## `{code}` {{#{code}}}\n" not in page] == []


def test_each_phrase_stands_in_the_table_with_its_english() -> None:
    page = phrases_page()
    text = (Path(phrase_files.__file__).parent / "en.yml").read_text(encoding="utf-8")
    keys = [key for key in yaml.safe_load(text) if "." in key]
    assert len(keys) > 300
    assert [key for key in keys if f"| `{key}` | " not in page] == []


@pytest.mark.parametrize("name", sorted(PAGES))
def test_a_page_begins_with_its_title(name: str) -> None:
    assert re.match(r"# \S", PAGES[name])
