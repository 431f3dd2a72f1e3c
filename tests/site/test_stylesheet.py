"""The one style sheet of a site: what stays in it, what is left out, and that no page looks different for it."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from conftest import serve
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


# With what its script shows of it.
_LOOKUP = "lookup/?note=Kapo+to+Hoxha,+25+June+1960,+AQSH,+F.14/AP,+OU,+MPPKPB,+D.+1,+fl.+48"
# Of each element, and of what stands before and behind it, all that the browser knows of its looks, as one number.
_LOOKS = """() => [...document.body.querySelectorAll("*")].map((element) => {
  let sum = 0
  for (const part of ["", "::before", "::after"]) {
    const style = getComputedStyle(element, part)
    if (part && style.content === "none") continue
    for (const name of style) {
      if (name.startsWith("--")) continue
      for (const sign of name + style.getPropertyValue(name)) sum = (Math.imul(sum, 31) + sign.codePointAt(0)) | 0
    }
  }
  return `${element.localName} ${element.getAttribute("class")} ${sum}`
})"""


@pytest.mark.browser
@pytest.mark.parametrize(("media", "width"), [("screen", 1300), ("screen", 390), ("print", 800)])
def test_no_element_looks_different_for_what_is_left_out(
    media: str, width: int, browser: Browser, built: Path, whole: Path
) -> None:
    found = []
    for folder in (built / "site", whole):
        with serve(folder) as address:
            page = browser.new_page(viewport={"width": width, "height": 900}, reduced_motion="reduce")
            page.emulate_media(media="print" if media == "print" else "screen")
            looks = []
            for path in ("persons/petrit-dume/", _LOOKUP, "sources/kapo-hoxha-1960-06-24-b/"):
                page.goto(address + path, wait_until="networkidle")
                if path == _LOOKUP:
                    page.locator(".dosje-match").first.wait_for()
                page.evaluate("document.fonts.ready")
                # Until the notes have found their place in the margin.
                before, seen = None, page.evaluate(_LOOKS)
                while before != seen:
                    before, seen = seen, page.evaluate(_LOOKS)
                looks.append(seen)
            found.append(looks)
            page.close()
    assert found[0] == found[1]


@pytest.fixture(scope="module")
def whole(built: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the site of the first edition as MkDocs alone makes it."""
    root = tmp_path_factory.mktemp("whole")
    for name in (".build/theme", ".build/pages", "bibliography"):
        shutil.copytree(built / name, root / name)
    shutil.copy(built / ".build" / "mkdocs.yml", root)
    command = [sys.executable, "-m", "mkdocs", "build", "-q", "-d", str(root / "site")]
    subprocess.run(command, cwd=root, check=True, capture_output=True)
    return root / "site"


@pytest.mark.parametrize("address", ["/../kept.css", "../kept.css", "/a/../../kept.css", "%2e%2e/kept.css"])
def test_a_style_sheet_beside_the_site_is_neither_read_nor_removed(address: str, tmp_path: Path) -> None:
    (tmp_path / "site").mkdir()
    (tmp_path / "kept.css").write_text("p {color: red}")
    (tmp_path / "site" / "index.html").write_text(f'<link rel="stylesheet" href="{address}"><p>')
    join_stylesheets(tmp_path / "site")
    assert (tmp_path / "kept.css").read_text() == "p {color: red}"
    assert [path.name for path in (tmp_path / "site").rglob("*.css")] == []
