"""The wheel holds all that an edition needs: installed where nothing of ours is, it makes the site of one person."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import sysconfig
import zipfile
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser

from conftest import PROJECT, serve

pytestmark = pytest.mark.whole

_PERSON = "name: {family: Çela, given: Ana}\nbiography: She kept the minutes [@doe-1999, 12].\n"
_WORK = "@book{doe-1999, author = {Doe, Jane}, title = {Minutes}, publisher = {Press}, date = {1999}}\n"


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the wheel of the program, built from what git would give to others."""
    source, target = tmp_path_factory.mktemp("source"), tmp_path_factory.mktemp("wheel")
    wanted = ("scripts", "pyproject.toml", "*.md", "LICENSE")
    listing = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard", *wanted]
    listed = subprocess.run(listing, cwd=PROJECT, check=True, capture_output=True, text=True)
    for name in filter(None, listed.stdout.split("\0")):
        if (PROJECT / name).is_file():
            (source / name).parent.mkdir(parents=True, exist_ok=True)
            (source / name).write_bytes((PROJECT / name).read_bytes())
    command = [sys.executable, "-m", "pip", "wheel", "-q", "--no-deps", "--no-build-isolation", "-w", str(target), "."]
    subprocess.run(command, cwd=source, check=True, capture_output=True)
    return next(target.glob("dosje-*.whl"))


@pytest.fixture(scope="module")
def python(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the Python of an environment with the wheel in it, and its dependencies from the locked one."""
    folder = tmp_path_factory.mktemp("environment")
    subprocess.run([sys.executable, "-m", "venv", "--without-pip", str(folder)], check=True)
    python = folder / "bin" / "python"
    site = Path(sysconfig.get_path("purelib", vars={"base": str(folder), "platbase": str(folder)}))
    install = [sys.executable, "-m", "uv", "pip", "install", "-q", "--offline", "--no-deps", "--python", str(python)]
    subprocess.run([*install, str(wheel)], check=True, capture_output=True)
    # Dependencies alone: the checkout itself is not on this path.
    locked = sysconfig.get_path("purelib")
    code = f"import sys; sys.path.append({locked!r})"
    (site / "locked.pth").write_text(f"{code}\n", encoding="utf-8")
    where = _run(python, folder, "-c", "import dosje; print(dosje.__file__)").stdout.strip()
    assert Path(where).is_relative_to(site)
    return python


@pytest.fixture(scope="module")
def site(python: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the site of an edition of one person and one work, whose mkdocs.yml says its name alone."""
    root = tmp_path_factory.mktemp("edition")
    for name, text in {
        "mkdocs.yml": "site_name: One person\n",
        "content/persons/ana-cela.yml": _PERSON,
        "bibliography/a.bib": _WORK,
    }.items():
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text(text, encoding="utf-8")
    _run(python.parent / "dosje", root, "build")
    assert sorted(path.name for path in root.iterdir()) == [".build", "bibliography", "content", "mkdocs.yml", "site"]
    return root / "site"


def _run(program: Path, folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    environment = {name: value for name, value in os.environ.items() if not name.startswith("PYTHON")}
    done = subprocess.run(
        [str(program), *arguments], cwd=folder, capture_output=True, text=True, check=False, env=environment
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done


def test_the_wheel_has_every_file_of_the_package(wheel: Path) -> None:
    package = PROJECT / "scripts" / "dosje"
    ours = {
        f"dosje/{path.relative_to(package).as_posix()}"
        for path in package.rglob("*")
        if path.is_file() and "__pycache__" not in path.parts
    }
    assert ours == {name for name in zipfile.ZipFile(wheel).namelist() if name.startswith("dosje/")}


def test_the_installed_program_writes_the_schemas(python: Path, tmp_path: Path) -> None:
    _run(python, tmp_path, "-m", "dosje.reading.schemas", str(tmp_path / "schemas"))
    made = {path.name: path.read_bytes() for path in (tmp_path / "schemas").iterdir()}
    assert made == {path.name: path.read_bytes() for path in (PROJECT / "schemas").iterdir()}


@pytest.mark.browser
@pytest.mark.parametrize("path", ["", "persons/", "persons/ana-cela/", "lookup/", "search/"])
def test_its_pages_have_our_looks_and_ask_no_other_host(path: str, site: Path, browser: Browser) -> None:
    with serve(site) as address:
        page = browser.new_page()
        asked: list[str] = []
        errors: list[str] = []
        page.on("request", lambda request: asked.append(request.url))
        page.on("console", lambda said: errors.append(said.text) if said.type == "error" else None)
        page.goto(address + path)
        page.wait_for_load_state("networkidle")
        assert {urlsplit(url).netloc for url in asked} == {urlsplit(address).netloc}
        assert errors == []
        assert "Dosje Sans" in page.evaluate("getComputedStyle(document.body).fontFamily")
        assert page.locator(".md-tabs__link").all_inner_texts() == ["Home", "Persons", "Lookup", "Sources"]
        page.close()


@pytest.mark.browser
def test_its_lookup_and_its_search_answer(site: Path, browser: Browser) -> None:
    with serve(site) as address:
        page = browser.new_page()
        page.goto(f"{address}lookup/?note=Doe,+Minutes,+12")
        page.locator("#dosje-lookup a", has_text="Minutes").first.wait_for()
        page.goto(f"{address}search/?q=Cela")
        page.locator("article a", has_text="Ana Çela").first.wait_for()
        page.close()


def test_the_person_can_be_looked_up_as_data(site: Path) -> None:
    card = json.loads((site / "sources" / "doe-1999" / "index.json").read_text(encoding="utf-8"))
    assert card["key"] == "doe-1999"
