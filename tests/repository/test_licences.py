"""What others made and a site or the wheel carries is in LICENSES.md, and their notices go with it."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from fnmatch import fnmatchcase
from importlib.metadata import distribution
from importlib.util import find_spec
from io import BytesIO
from pathlib import Path

import pikepdf
import pytest

from conftest import MINI, PROJECT, set_book
from dosje.books.book import BookMaker
from dosje.checking.edition import check_edition

pytestmark = pytest.mark.whole

THEME = PROJECT / "scripts" / "dosje" / "web" / "theme"
# Of the program's own, beside Python: what it is made of.
OURS = (
    "py.typed", "site/defaults.yml", "site/reload.js", "lookup/runtime.js", "books/book.typ", "phrases/*.yml",
    "phrases/phrases.js", "web/templates/*", "web/theme/main.html", "web/theme/partials/*.html",
    "web/theme/assets/*.js", "web/theme/assets/*.css", "web/theme/sitemap.xml",
    "starter/files/*", "starter/words/*.yml",
)  # fmt: skip
# What is made of pages.
_LICENSED = ("assets/fonts/dosje-", "assets/fonts/source-", "assets/licences.txt")
MADE = {"sitemap.xml", "sitemap.xml.gz", "404.html", "SHA256SUMS", "search/search_index.json"}


def rows() -> list[list[str]]:
    section = (PROJECT / "LICENSES.md").read_text(encoding="utf-8").split("## What is carried")[1].split("\n## ")[0]
    return [[cell.strip() for cell in line.strip("|").split("|")] for line in section.splitlines() if line[:1] == "|"][
        2:
    ]


def globs(column: int) -> list[str]:
    return [glob for row in rows() for glob in re.findall(r"`([^`]+)`", row[column])]


def matching(names: set[str], patterns: list[str] | tuple[str, ...]) -> set[str]:
    return {name for name in names if any(fnmatchcase(name, pattern) for pattern in patterns)}


def names_in(folder: Path) -> set[str]:
    return {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()}


def build(root: Path, more: str = "") -> Path:
    shutil.copytree(MINI, root)
    with (root / "mkdocs.yml").open("a", encoding="utf-8") as file:
        file.write(more)
    command = [sys.executable, "-m", "dosje.cli", "build", "--project", str(root)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return root


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return build(tmp_path_factory.mktemp("licences") / "edition")


def foreign_in(root: Path) -> set[str]:
    """Return the files of a site that neither the edition nor the program brought, or that the program changed."""
    pages = names_in(root / ".build" / "pages")
    markdown = (name.removesuffix(".md").removesuffix("index").rstrip("/") for name in pages if name.endswith(".md"))
    rendered = {f"{name}/index.html".lstrip("/") for name in markdown}
    # What is made of others' work, though we bring it: fonts, notices, scripts.
    changed = {name.removeprefix("web/theme/") for name in matching(wheel_files(), globs(2))}
    ours = pages | names_in(THEME) - changed
    return names_in(root / "site") - rendered - MADE - {name for name in ours if not name.startswith(_LICENSED)}


def wheel_files() -> set[str]:
    package = PROJECT / "scripts" / "dosje"
    return {name for name in names_in(package) if not name.endswith((".py", ".pyc"))}


def test_each_file_of_a_site_that_others_made_is_listed(root: Path) -> None:
    foreign = foreign_in(root)
    assert {"assets/images/favicon.png", "assets/early.js", "pagefind/pagefind.js", "assets/licences.txt"} <= foreign
    assert foreign - matching(foreign, globs(1)) == set()


def test_the_scripts_of_material_are_listed_where_an_edition_asks_for_them(tmp_path: Path) -> None:
    foreign = foreign_in(build(tmp_path / "edition", "plugins: [search]\n"))
    assert any(name.startswith("assets/javascripts/bundle.") for name in foreign)
    assert foreign - matching(foreign, globs(1)) == set()


def test_what_is_listed_is_in_a_site(root: Path) -> None:
    where_asked = ("assets/javascripts/", "downloads/")
    wanted = [glob for glob in globs(1) if not any(part in glob for part in where_asked)]
    assert [glob for glob in wanted if not matching(names_in(root / "site"), [glob])] == []


def test_each_file_of_the_wheel_is_ours_or_listed() -> None:
    files, listed = wheel_files(), globs(2)
    assert files - matching(files, OURS) - matching(files, listed) == set()
    assert [glob for glob in listed if not matching(files, [glob])] == []
    found = find_spec("material")
    assert found and found.submodule_search_locations
    templates = Path(found.submodule_search_locations[0]) / "templates"
    # What has the name of a file of Material's was made from it. Of main.html that is one line.
    changed = {f"web/theme/{name}" for name in names_in(THEME) if (templates / name).is_file()} - {
        "web/theme/main.html"
    }
    assert changed - matching(changed, listed) == set()


def test_the_notices_are_those_that_the_packages_bring(root: Path) -> None:
    notices = (root / "site" / "assets" / "licences.txt").read_text(encoding="utf-8")
    assert (PROJECT / "LICENSE").read_text(encoding="utf-8").strip() in notices
    files = distribution("mkdocs-material").files or []
    (licence,) = (file for file in files if file.name == "LICENSE" and "dist-info" in str(file))
    assert licence.read_text().strip() in notices
    icons = (file for file in files if file.as_posix().endswith(".icons/material/LICENSE"))
    assert next(icons).read_text().strip() in notices
    for name in ("source-serif-4", "source-sans-3"):
        licence_of_font = root / "site" / "assets" / "fonts" / f"{name}-licence.txt"
        assert "SIL Open Font License, Version 1.1" in licence_of_font.read_text(encoding="utf-8")


def test_each_font_in_a_book_is_listed(tmp_path: Path) -> None:
    checked = check_edition(Path(shutil.copytree(MINI, tmp_path / "edition")))
    assert checked.linked and checked.style
    data = set_book(BookMaker(checked.linked, checked.style).make()).data
    with pikepdf.open(BytesIO(data)) as pdf:
        names = {str(one.get("/FontName", "")) for one in pdf.objects if isinstance(one, pikepdf.Dictionary)} - {""}
    (listed,) = (row[0].split(":")[0].replace(" ", "") for row in rows() if "downloads/*.pdf" in row[1])
    families = {re.sub(r"^/(?:[A-Z]{6}\+)?([A-Za-z]+).*", r"\1", name) for name in names}
    assert families
    assert {name for name in families if name not in listed.split(",")} == set()
