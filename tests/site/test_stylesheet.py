"""The one style sheet of a site: what stays in it, what is left out, and that no page looks different for it."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from conftest import PROJECT
from dosje.site.stylesheet import join_stylesheets

PAGE = '<html><head><link rel="stylesheet" href="{way}assets/look.css">{more}</head><body>{body}</body></html>'


def write(site: Path, files: dict[str, str]) -> Path:
    for name, text in files.items():
        (site / name).parent.mkdir(parents=True, exist_ok=True)
        (site / name).write_text(text, encoding="utf-8")
    return site


def joined(site: Path, css: str, body: str = "", **files: str) -> str:
    """Return what is left of a style sheet in a site of one page, without the line's end."""
    page = PAGE.format(way="", more=files.pop("more", ""), body=body)
    join_stylesheets(write(site, {"index.html": page, "assets/look.css": css, **files}))
    (found,) = (site / "assets").glob("site.*.css")
    return found.read_text(encoding="utf-8").removesuffix("\n")


@pytest.mark.parametrize(
    ("css", "left"),
    [
        ("p { color : red ; }  /* why */", "p{color: red }"),
        (".here{a:b} .gone{a:b}", ".here{a:b}"),
        (".here, .gone > p, .also.here { a: b }", ".here,.also.here{a: b }"),
        (".also.gone{a:b}", ""),
        (".here:not(.gone){a:b}", ".here:not(.gone){a:b}"),
        (".here :is(.gone, p){a:b} .here :is(.gone, .lost){a:b}", ".here :is(.gone, p){a:b}"),
        (".here:has(.gone){a:b}", ".here:has(.gone){a:b}"),
        ("[data-md-state=open]{a:b} [data-md-state=shut]{a:b}", "[data-md-state=open]{a:b}"),
        ("[data-md-state]{a:b} [title='x']{a:b}", '[data-md-state]{a:b}[title="x"]{a:b}'),
        ("@media print{.gone{a:b} .here{a:b}}", "@media print{.here{a:b}}"),
        ("@media print{@supports (a:b){.gone{a:b}}}", ""),
        (":root{--asked:1;--idle:url(data:x)} p{a:var(--asked)}", ":root{--asked:1}p{a:var(--asked)}"),
        ("@font-face{font-family:x;src:url('x.woff2')}", '@font-face{font-family:x;src:url("x.woff2")}'),
        ("@keyframes x{0%{a:b}to{a:c}}", "@keyframes x{0%{a:b}to{a:c}}"),
        ('p::before{content:"–  ;}"}', 'p::before{content:"–  ;}"}'),
        (".of-script{a:b} .of-text{a:b}", ".of-script{a:b}"),
        (".made--up{a:b} .mad{a:b}", ".made--up{a:b}"),
    ],
)
def test_what_a_page_or_a_script_has_use_for_stays(css: str, left: str, tmp_path: Path) -> None:
    body = "<p class='here also' data-md-state=\"open\">of-text</p><script>toggle('of-script', `made--${how}`)</script>"
    assert joined(tmp_path, css, body) == left


def test_of_a_script_that_a_page_loads_the_words_count_and_of_another_none(tmp_path: Path) -> None:
    files = {"assets/own.js": "'loaded'", "assets/other.js": "'idle'"}
    body = '<script src="assets/own.js"></script>'
    assert joined(tmp_path, ".loaded{a:b}.idle{a:b}", body, **files) == ".loaded{a:b}"


def test_files_that_a_style_sheet_names_are_found_from_where_the_one_lies(tmp_path: Path) -> None:
    more = '<link rel="stylesheet" href="assets/deep/own.css">'
    files = {"assets/deep/own.css": "p{a:url(../x.svg)}i{a:url(data:x)}", "more": more}
    assert joined(tmp_path, "p{b:url(y.svg)}", **files) == 'p{b:url(y.svg)}p{a:url("x.svg")}i{a:url(data:x)}'


def test_every_page_loads_the_one_from_where_it_lies_and_foreign_ones_as_before(tmp_path: Path) -> None:
    foreign = '<link rel="stylesheet" href="https://example.org/x.css">\n'
    files = {
        "index.html": PAGE.format(way="", more=foreign, body=""),
        "a/b/index.html": PAGE.format(way="../../", more="", body=""),
        "404.html": PAGE.format(way="/below/", more="", body=""),
        "plain.html": "<p>no style</p>",
        "assets/look.css": "p{a:b}",
        "assets/look.css.map": "{}",
        "assets/javascripts/bundle.js": "idle()",
    }
    join_stylesheets(write(tmp_path, files))
    (found,) = (tmp_path / "assets").rglob("*.*")
    links = {
        name: (tmp_path / name).read_text(encoding="utf-8").split("<head>")[-1].split("</head>")[0]
        for name in ("index.html", "a/b/index.html", "404.html", "plain.html")
    }
    assert links == {
        "index.html": f'<link rel="stylesheet" href="assets/{found.name}">\n{foreign}',
        "a/b/index.html": f'<link rel="stylesheet" href="../../assets/{found.name}">\n',
        "404.html": f'<link rel="stylesheet" href="/below/assets/{found.name}">\n',
        "plain.html": "<p>no style</p>",
    }


@pytest.mark.parametrize("address", ["/../kept.css", "../kept.css", "/a/../../kept.css", "%2e%2e/kept.css"])
def test_a_style_sheet_beside_the_site_is_neither_read_nor_removed(address: str, tmp_path: Path) -> None:
    (tmp_path / "site").mkdir()
    (tmp_path / "kept.css").write_text("p {color: red}")
    (tmp_path / "site" / "index.html").write_text(f'<link rel="stylesheet" href="{address}"><p>')
    join_stylesheets(tmp_path / "site")
    assert (tmp_path / "kept.css").read_text() == "p {color: red}"
    assert [path.name for path in (tmp_path / "site").rglob("*.css")] == []


def test_no_rule_says_left_or_right_where_a_page_may_run_from_the_right() -> None:
    folder = PROJECT / "scripts" / "dosje" / "web" / "theme" / "assets"
    found = []
    for path in sorted(folder.glob("*.css")):
        sheet = re.sub(r"/\*.*?\*/", "", path.read_text(encoding="utf-8"), flags=re.DOTALL)
        found += re.findall(
            r"(?:[{;]|^)\s*((?:margin-|padding-|border-)?(?:left|right)(?:-\w+)?:[^;]*)", sheet, re.MULTILINE
        )
        found += re.findall(r"(?:text-align|float): (?:left|right)\b", sheet)
        sides = re.findall(r"((?:margin|padding): \S+ (\S+) \S+ ([^\s;]+)[^;]*);", sheet)
        found += [said for said, right, left in sides if right != left]
    assert found == []
