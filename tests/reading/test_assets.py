"""Files of content/assets/: what is published only shows or holds something, and takes the place of nothing of ours."""

from __future__ import annotations

import gzip
from pathlib import Path

import pytest

from conftest import PROJECT, Edition, find_all
from dosje.reading import assets
from dosje.reading.assets import is_taken
from dosje.reading.settings import Settings
from dosje.site.page_files import fonts_of

PNG = b"\x89PNG\r\n\x1a\n"
# A file of each kind that is allowed, as short as it can be.
ALLOWED = {
    "a.png": PNG,
    "B.PNG": PNG,
    "a.jpg": b"\xff\xd8\xff\xe0",
    "a.jpeg": b"\xff\xd8\xff\xe1",
    "a.gif": b"GIF89a",
    "a.webp": b"RIFF\n\0\0\0WEBP",
    "a.avif": b"\0\0\0\x1cftypavif",
    "a.tif": b"II*\0",
    "a.tiff": b"MM\0*",
    "a.ico": b"\0\0\1\0",
    "a.svg": b'<svg xmlns="http://www.w3.org/2000/svg"/>',
    "a.pdf": b"%PDF-1.7\n",
    "a.mp3": b"ID3\4",
    "b.mp3": b"\xff\xfb\x90",
    "a.ogg": b"OggS",
    "a.oga": b"OggS",
    "a.ogv": b"OggS",
    "a.opus": b"OggS",
    "a.flac": b"fLaC",
    "a.wav": b"RIFF\n\0\0\0WAVE",
    "a.m4a": b"\0\0\0\x20ftypM4A ",
    "a.m4v": b"\0\0\0\x20ftypM4V ",
    "a.mp4": b"\0\0\0\x20ftypisom",
    "a.webm": b"\x1aE\xdf\xa3",
    "a.woff2": b"wOF2",
    "a.woff": b"wOFF",
    "a.ttf": b"\0\1\0\0",
    "a.otf": b"OTTO",
    "a.csv": "\ufeffa,b\n1 < 2\n".encode(),
    "b.csv": "Šehu;1\n".encode("iso-8859-2"),
    "a.tsv": b"a\tb",
    "a.txt": b"",
    "a.json": b'{"a": "<b>"}',
    "a.geojson": b"{}",
    "a.bib": b"@book{a}",
    "a.ris": b"TY  - BOOK",
    "a.vtt": b"WEBVTT",
    "a.srt": b"1\n",
    "Plan of it (2), Hoxha’s.png": PNG,
    "more/deep/a.png": PNG,
}


def errors(root: Path) -> list[str]:
    return [f"{f.span} {f.code}: {f.message}" for f in find_all(root) if f.is_error]


def test_each_kind_on_the_list_is_allowed(edition: Edition) -> None:
    assert errors(edition({f"content/assets/{name}": data for name, data in ALLOWED.items()})) == []
    assert {Path(name).suffix.lower().lstrip(".") for name in ALLOWED} == set(assets._KINDS)


@pytest.mark.parametrize("ending", sorted(assets._KINDS))
@pytest.mark.parametrize(
    "held", [b"<!DOCTYPE html><script>a()</script>", b" \n\t<script>a()</script>", b"\xef\xbb\xbf<html>"]
)
def test_a_page_under_the_name_of_another_kind_is_a_finding(ending: str, held: bytes, edition: Edition) -> None:
    found = errors(edition({f"content/assets/a.{ending}": held}))
    if ending == "svg":
        assert found and all(" unsafe-svg: " in one for one in found)
    else:
        assert found == [f"content/assets/a.{ending}:1:1 asset-kind: what it holds is not what .{ending} files hold"]


@pytest.mark.parametrize("ending", ["csv", "txt", "json"])
@pytest.mark.parametrize("held", [b"a\0b", "<html>".encode("utf-16"), gzip.compress(b"<html>", mtime=0)])
def test_what_is_no_text_is_none_under_the_name_of_a_text(ending: str, held: bytes, edition: Edition) -> None:
    found = errors(edition({f"content/assets/a.{ending}": held}))
    assert found == [f"content/assets/a.{ending}:1:1 asset-kind: what it holds is not what .{ending} files hold"]


@pytest.mark.parametrize(
    "name",
    ["x.md", "x.html", "x.HTM", "x.xhtml", "x.xht", "x.shtml", "x.xml", "x.xsl", "x.svgz", "x.swf", "x.exe", "x.php",
     "x.md.j2", "x.markdown", "CNAME", "x.webmanifest", "x.zip", "web.config", "x.png.html", "index.html"],
)  # fmt: skip
def test_pages_and_kinds_that_are_not_on_the_list_are_findings(name: str, edition: Edition) -> None:
    found = errors(edition({f"content/assets/{name}": b"---\ntitle: X\n---\n"}))
    assert [one.split(": ")[0] for one in found] == [f"content/assets/{name}:1:1 asset-kind"]


@pytest.mark.parametrize(
    "name",
    ["notes.js", "Notes.JS", "dosje.css", "fonts.css", "FONTS.css", "javascripts/a.png", "stylesheets/a.png",
     "images/favicon.png", "site.abc.css", "fonts/dosje-serif-normal-latin.woff2"],
)  # fmt: skip
def test_a_file_of_the_program_is_not_replaced(name: str, edition: Edition) -> None:
    config = f"site_name: A\nextra_css: [assets/{name}]\nextra_javascript: [assets/{name}]\n"
    found = errors(edition({"mkdocs.yml": config, f"content/assets/{name}": ALLOWED.get(f"a.{name[-3:]}", b"wOF2")}))
    assert found == [f'content/assets/{name}:1:1 asset-name: "assets/{name}" is a file of the program']


def test_all_that_the_program_brings_or_makes_is_known_to_be_taken(edition: Edition) -> None:
    own = [
        path.relative_to(PROJECT / "scripts/dosje/web/theme/assets")
        for path in PROJECT.glob("scripts/dosje/web/theme/assets/*")
    ]
    made = [
        name.removeprefix("assets/")
        for name in fonts_of(Settings(edition({"content/a.md": "Žižek, Достоевский"}), "A", ""))
    ]
    assert len(made) > 3
    assert [name for name in [*map(str, own), *made] if not is_taken(name) and "." in name] == []
    assert not is_taken("plan.png") and not is_taken("notes.json")


@pytest.mark.parametrize("name", ["a#b.png", "a?b.png", "a%2fb.png", "a\\b.png", 'a"b.png', "a<b>.png", "a:b.png"])
def test_a_name_that_no_address_can_hold_is_a_finding(name: str, edition: Edition) -> None:
    message = "its name has signs that not every system, and no address, can hold"
    assert errors(edition({f"content/assets/{name}": PNG})) == [f"content/assets/{name}:1:1 asset-name: {message}"]


def test_styles_and_scripts_are_published_if_mkdocs_yml_names_them(edition: Edition) -> None:
    files = dict.fromkeys(["own.css", "own.js", "module.mjs", "of-base.css", "other.css", "other.js"], "")
    named = "extra_css: [assets/own.css]\nextra_javascript: [assets/own.js, {path: assets/module.mjs, type: module}]\n"
    config = {
        "mkdocs.yml": f"INHERIT: base.yml\nsite_name: A\n{named}",
        "base.yml": "extra_css: [assets/of-base.css]\n",
    }
    assert errors(edition({**config, **{f"content/assets/{name}": text for name, text in files.items()}})) == [
        'content/assets/other.css:1:1 asset-kind: no page loads "assets/other.css"',
        'content/assets/other.js:1:1 asset-kind: no page loads "assets/other.js"',
    ]


def test_a_drawing_that_scripts_is_a_finding_in_its_line(edition: Edition) -> None:
    drawing = '<svg xmlns="http://www.w3.org/2000/svg">\n<script>a()</script>\n<g onclick="a()"/></svg>'
    assert errors(edition({"content/assets/a.svg": drawing})) == [
        "content/assets/a.svg:2:1 unsafe-svg: the drawing has an element <script>",
        "content/assets/a.svg:3:1 unsafe-svg: the drawing has an attribute onclick= in <g>",
    ]


def test_a_file_that_was_mended_is_looked_at_anew(edition: Edition) -> None:
    root = edition({"content/assets/a.png": b"<html>"})
    assert len(errors(root)) == 1
    (root / "content/assets/a.png").write_bytes(PNG)
    assert errors(root) == []


def test_files_of_a_site_made_for_mkdocs_alone_are_left_as_they_are(edition: Edition) -> None:
    files = {"mkdocs.yml": "site_name: A\n", "docs/index.md": "# A\n", "docs/a.html": "<p>", "docs/b.js": "b()"}
    assert errors(edition(files)) == []
