"""The icons that mkdocs.yml chooses are a style sheet, as pages have no style in them."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from conftest import Edition
from dosje.reading.settings_file import read_settings
from dosje.site.composed import ComposeError, compose, write_config
from dosje.site.icons import IconError, make_icons


def test_each_kind_has_the_rule_by_which_material_draws_it(tmp_path: Path) -> None:
    (tmp_path / ".icons").mkdir()
    (tmp_path / ".icons" / "mine.svg").write_text("<svg>ö'\"</svg>\n", encoding="utf-8")
    chosen = {
        "logo": "x",
        "admonition": {"note": "mine"},
        "annotation": "mine",
        "tag": {"default": "mine", "a": "mine"},
    }
    url = 'url("data:image/svg+xml;charset=utf-8,%3Csvg%3E%C3%B6%27%22%3C/svg%3E")'
    assert make_icons(chosen, tmp_path).splitlines() == [
        f":root{{--md-admonition-icon--note:{url}}}",
        f":root{{--md-annotation-icon:{url}}}",
        f".md-tag{{--md-tag-icon:{url}}}",
        f".md-tag--a{{--md-tag-icon:{url}}}",
    ]


@pytest.mark.parametrize("name", ["none", "../../etc/x", "", {"a": "b"}, "a\n"])
def test_an_icon_that_there_is_not_is_named(name: object, tmp_path: Path) -> None:
    if name == "":
        assert make_icons({"annotation": name}, tmp_path) == ""
        return
    with pytest.raises(IconError, match="there is no icon"):
        make_icons({"annotation": name}, tmp_path)


def test_an_edition_that_chooses_some_loads_the_style_sheet_and_another_does_not(edition: Edition) -> None:
    loads = []
    for icon in ("{admonition: {note: octicons/tag-16}}", "{logo: material/archive-outline}"):
        root = edition({"mkdocs.yml": f"site_name: A\ntheme: {{icon: {icon}}}\n"})
        settings, _ = read_settings(root)
        assert settings is not None
        write_config(settings, ())
        sheet = root / ".build" / "theme" / "assets" / "icons.css"
        loads.append(("assets/icons.css" in yaml.safe_load(compose(settings, ()))["extra_css"], sheet.is_file()))
    assert loads == [(True, True), (False, False)]


def test_an_icon_that_is_not_there_ends_the_build_with_its_name(edition: Edition) -> None:
    settings, _ = read_settings(edition({"mkdocs.yml": "site_name: A\ntheme: {icon: {annotation: a/b}}\n"}))
    assert settings is not None
    with pytest.raises(ComposeError, match=r'^mkdocs.yml: theme: icon: there is no icon "a/b"$'):
        compose(settings, ())
