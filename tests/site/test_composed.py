"""What MkDocs reads: mkdocs.yml wins, and where it is silent the program speaks."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

from conftest import Edition
from dosje.reading.settings_file import read_settings
from dosje.site.composed import ComposeError, Nav, compose, write_config


def read(root: Path, nav: Nav = ()) -> dict[str, Any]:
    """Return what MkDocs would read of the edition in `root`."""
    settings, _ = read_settings(root)
    assert settings is not None
    found: dict[str, Any] = yaml.safe_load(compose(settings, nav))
    return found


def test_a_name_is_all_that_mkdocs_yml_must_have(edition: Edition) -> None:
    config = read(edition({"mkdocs.yml": "site_name: One\n"}), [{"Home": "index.md"}])
    assert config["theme"]["name"] == "material"
    assert config["theme"]["font"] is False
    assert config["theme"]["custom_dir"] == ".build/theme"
    assert config["extra_javascript"] == ["assets/dosje-copy.js", "assets/notes.js"]
    assert config["plugins"] == []
    assert config["nav"] == [{"Home": "index.md"}]
    assert (config["docs_dir"], config["site_dir"]) == (".build/pages", "site")


@pytest.mark.parametrize(
    ("given", "key", "found"),
    [
        ("plugins: [search]", "plugins", ["search"]),
        ("nav: [a.md]", "nav", ["a.md"]),
        ("site_author: A", "site_author", "A"),
        ("extra: {generator: true}", "extra", {"generator": True}),
        ("extra: {social: []}", "extra", {"social": [], "generator": False}),
        ("theme: readthedocs", "theme", {"name": "readthedocs"}),
        ("theme: {name: readthedocs}", "theme", {"name": "readthedocs"}),
        ("theme: {name: readthedocs}\nextra_css: [a.css]", "extra_css", ["a.css"]),
        ("plugins:", "plugins", []),
    ],
)
def test_what_the_edition_says_wins(given: str, key: str, found: object, edition: Edition) -> None:
    made = read(edition({"mkdocs.yml": f"site_name: One\n{given}\n"}), ["index.md"])
    for ours in ("phrases", "borrowed"):  # what the theme says
        made["extra"].pop(ours, None)
    assert made[key] == found


def test_the_theme_is_joined_field_by_field(edition: Edition) -> None:
    ours = read(edition({"mkdocs.yml": "site_name: One\n"}))["theme"]
    named = read(edition({"mkdocs.yml": "site_name: One\ntheme: material\n"}))["theme"]
    own = read(edition({"mkdocs.yml": "site_name: One\ntheme: {language: de, features: []}\n"}))["theme"]
    assert named == ours
    assert own == {**ours, "language": "de", "features": []}


def test_cells_have_classes_only_where_our_style_sheet_has_rules_for_them(edition: Edition) -> None:
    for theme, has_classes in (("material", True), ("readthedocs", False)):
        extensions = read(edition({"mkdocs.yml": f"site_name: One\ntheme: {theme}\n"}))["markdown_extensions"]
        assert ("dosje.site.cell_alignment" in extensions, "tables" in extensions) == (has_classes, True)


def test_an_editions_styles_and_scripts_stand_behind_the_programs(edition: Edition) -> None:
    config = read(edition({"mkdocs.yml": "site_name: One\nextra_css: [assets/mine.css, assets/dosje.css]\n"}))
    ours = ["assets/fonts.css", "assets/dosje.css", "assets/figures.css", "assets/finding.css"]
    assert config["extra_css"] == [*ours, "assets/mine.css"]


def test_a_script_may_be_named_with_its_options(edition: Edition) -> None:
    module = {"path": "assets/mine.mjs", "type": "module"}
    config = read(
        edition({"mkdocs.yml": "site_name: One\nextra_javascript: [{path: assets/mine.mjs, type: module}]\n"})
    )
    assert config["extra_javascript"] == ["assets/dosje-copy.js", "assets/notes.js", module]


def test_the_footnotes_of_a_bundle_of_extensions_are_ours(edition: Edition) -> None:
    # In force is the last of a name; without our option notes in tables get wrong numbers.
    extensions = read(edition({"mkdocs.yml": "site_name: One\nmarkdown_extensions: [extra, toc: {}]\n"}))
    names = [name for one in extensions["markdown_extensions"] for name in ([one] if isinstance(one, str) else one)]
    assert names == [
        "extra",
        "toc",
        "dosje.site.cell_alignment",
        "footnotes",
        "pymdownx.superfences",
        "smarty",
        "tables",
    ]


def test_tags_are_left_for_mkdocs_to_read(edition: Edition) -> None:
    given = "markdown_extensions:\n  - x: {y: !!python/name:a.b.c }\nsite_url: !ENV [A, B]\n"
    settings, _ = read_settings(edition({"mkdocs.yml": f"site_name: One\n{given}"}))
    assert settings is not None
    text = compose(settings, ())
    assert "!!python/name:a.b.c" in text
    assert "site_url: !ENV [A, B]\n" in text


def test_what_a_file_inherits_is_the_editions_too(edition: Edition) -> None:
    base = "INHERIT: more/base.yml\ntheme: {features: []}\n"
    more = "INHERIT: ../end.yml\nplugins: [search]\n"
    root = edition(
        {
            "mkdocs.yml": "INHERIT: base.yml\nsite_name: One\n",
            "base.yml": base,
            "more/base.yml": more,
            "end.yml": "plugins: []\nsite_author: A\n",
        }
    )
    config = read(root)
    assert (config["theme"]["features"], config["plugins"], config["site_author"]) == ([], ["search"], "A")
    assert "INHERIT" not in config


@pytest.mark.parametrize(
    ("parent", "message"),
    [
        ("mkdocs.yml", "mkdocs.yml: INHERIT: mkdocs.yml inherits from itself"),
        ("none.yml", "mkdocs.yml: INHERIT: none.yml is not there"),
    ],
)
def test_a_parent_that_is_not_there_is_named(parent: str, message: str, edition: Edition) -> None:
    with pytest.raises(ComposeError) as raised:
        read(edition({"mkdocs.yml": f"INHERIT: {parent}\nsite_name: One\n"}))
    assert str(raised.value) == message


@pytest.mark.parametrize("text", [b"a: [", b"\xff", b"? [a]\n: [\n"])
def test_a_parent_that_cannot_be_read_is_named(text: bytes, edition: Edition) -> None:
    with pytest.raises(ComposeError, match=r"base\.yml cannot be read: "):
        read(edition({"mkdocs.yml": "INHERIT: base.yml\nsite_name: One\n", "base.yml": text}))


@pytest.mark.parametrize("named", ["", "theme: {custom_dir: looks}\n"])
def test_an_editions_own_files_replace_those_of_the_theme(named: str, edition: Edition) -> None:
    folder = "looks" if named else "theme"
    root = edition({"mkdocs.yml": f"site_name: One\n{named}", f"{folder}/404.html": "mine", f"{folder}/a/b.css": ""})
    settings, _ = read_settings(root)
    assert settings is not None
    assert write_config(settings, ()) == root / ".build" / "mkdocs.yml"
    theme = root / ".build" / "theme"
    assert (theme / "404.html").read_text() == "mine"
    assert (theme / "a" / "b.css").is_file() and (theme / "main.html").is_file()


def test_paths_are_absolute_where_another_program_counts_them_otherwise(edition: Edition) -> None:
    given = (
        "hooks: [more/hook.py]\nwatch: [more]\nplugins:\n  - search\n  - bibtex: {bib_dir: more, csl_file: 'https://a.org/b'}\n"
        "markdown_extensions:\n  - pymdownx.snippets: {base_path: [more, parts]}\n"
    )
    root = edition({"mkdocs.yml": f"site_name: One\n{given}", "more/hook.py": "", "more/a.bib": ""})
    settings, _ = read_settings(root)
    assert settings is not None
    found = yaml.safe_load(compose(settings, (), is_absolute=True))
    assert found["hooks"][0] == str(root / "more" / "hook.py")
    assert all(Path(hook).is_absolute() for hook in found["hooks"])
    assert found["watch"] == [str(root / "more")]
    assert found["theme"]["custom_dir"] == str(root / ".build" / "theme")
    assert found["plugins"] == ["search", {"bibtex": {"bib_dir": str(root / "more"), "csl_file": "https://a.org/b"}}]
    snippets = {"pymdownx.snippets": {"base_path": [str(root / "more"), str(root / "parts")]}}
    assert snippets in found["markdown_extensions"]
    # Zensical takes these from where the file lies, and no others.
    assert (found["docs_dir"], found["site_dir"]) == (".build/pages", "site")
