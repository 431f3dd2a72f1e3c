"""The wheel holds all that an edition needs: installed where nothing of ours is, every verb runs there."""

from __future__ import annotations

import json
import re
import signal
import subprocess
import tarfile
import urllib.request
import zipfile
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser

from conftest import PROJECT, serve
from dosje.reading.schemas import make_schemas
from installing import Installed, distributions, install, make_empty_environment, watched

pytestmark = pytest.mark.whole

_PERSON = "name: {family: Çela, given: Ana}\nbiography: She kept the minutes [@doe-1999, 12].\n"
_WORK = "@book{doe-1999, author = {Doe, Jane}, title = {Minutes}, publisher = {Press}, date = {1999}}\n"
_GIT_NAMES = ["user.name=Jane Doe", "user.email=jane@example.org"]


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return distributions(tmp_path_factory)[0]


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Installed:
    return watched(tmp_path_factory)


@pytest.fixture(scope="module")
def site(installed: Installed, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the site of an edition of one person and one work, whose mkdocs.yml says its name alone."""
    root = tmp_path_factory.mktemp("edition")
    for name, text in {
        "mkdocs.yml": "site_name: One person\n",
        "content/persons/ana-cela.yml": _PERSON,
        "bibliography/a.bib": _WORK,
    }.items():
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text(text, encoding="utf-8")
    installed.run(installed.dosje, root, "build")
    assert sorted(path.name for path in root.iterdir()) == [".build", "bibliography", "content", "mkdocs.yml", "site"]
    return root / "site"


def test_the_wheel_has_every_file_of_the_package(wheel: Path) -> None:
    package = PROJECT / "scripts" / "dosje"
    ours = {
        f"dosje/{path.relative_to(package).as_posix()}"
        for path in package.rglob("*")
        if path.is_file() and "__pycache__" not in path.parts
    }
    assert ours == {name for name in zipfile.ZipFile(wheel).namelist() if name.startswith("dosje/")}


def test_the_wheel_has_the_program_alone_with_its_licences(wheel: Path) -> None:
    names = zipfile.ZipFile(wheel).namelist()
    assert {name.partition("/")[0] for name in names if not name.startswith("dosje/")} == {
        next(name.partition("/")[0] for name in names if name.endswith(".dist-info/METADATA"))
    }
    assert {name.rpartition("/")[2] for name in names if "/licenses/" in name} == {"LICENSE", "LICENSES.md"}


def test_the_sdist_has_what_the_wheel_is_built_from(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> None:
    _, sdist = distributions(tmp_path_factory)
    with tarfile.open(sdist) as packed:
        names = {name.partition("/")[2] for name in packed.getnames()}
    package = {f"scripts/{name}" for name in zipfile.ZipFile(wheel).namelist() if name.startswith("dosje/")}
    assert package | {"pyproject.toml", "README.md", "LICENSE", "LICENSES.md"} <= names
    assert not [name for name in names if name.startswith(("content/", ".build/", "site/"))]


def test_the_installed_program_writes_the_schemas(installed: Installed, tmp_path: Path) -> None:
    (tmp_path / "mkdocs.yml").write_text("site_name: A\n", encoding="utf-8")
    installed.run(installed.dosje, tmp_path, "schemas")
    made = {path.name: path.read_text(encoding="utf-8") for path in (tmp_path / "schemas").iterdir()}
    assert made == make_schemas()


def _serve(installed: Installed, root: Path) -> str:
    """Let the preview show its home page, end it as by Ctrl-C, and return what it said."""
    command = [str(installed.dosje), "serve", "--port", "0"]
    with subprocess.Popen(
        command, cwd=root, env=installed.environment, stderr=subprocess.PIPE, encoding="utf-8"
    ) as process:
        assert process.stderr
        said = ""
        for line in process.stderr:
            said += line
            if found := re.search(r"http://127\.0\.0\.1:\d+/", line):
                said += urllib.request.urlopen(found[0]).read().decode()
                process.send_signal(signal.SIGINT)
                break
        said += process.stderr.read()
    assert process.returncode == 0, said
    return said


# Each verb, in an order in which they can follow one another, with what it is given, and what it says then. A new verb
# without an entry fails.
_RUNS: dict[str, tuple[tuple[str, ...], str]] = {
    "upgrade": ((), "format 1"),
    "schemas": ((), ""),
    "import": (("bibliography/works.bib",), " same, 0 different, 0 not understood: nothing to write"),
    "check": ((), "0 errors, 0 warnings"),
    "report": ((), "statements: 0 without a source"),
    "config": ((), "theme:"),
    "build": ((), "built site/"),
    "cite": (("Goby to Fox",), ""),
    "export": (("ris",), "TY  - "),
    "pdf": ((), "edition.pdf"),
    "epub": ((), "edition.epub"),
    "bundle": ((), "edition.zip"),
    "verify": ((), "as SHA256SUMS says"),
    "publish": (("--to", "../published"), "published site/"),
    "release": (("1.0",), "edition-1.0"),
    "rename": (("person:OLD", "NEW"), ""),
    "serve": ((), "<title>"),
    "new": (("person", "new-person"), "new-person"),
}


@pytest.fixture(scope="module")
def said(installed: Installed, tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, str]]:
    """Yield what each verb said, in an edition that "dosje init" began, in a folder that has a space and an accent."""
    root = tmp_path_factory.mktemp("folder") / "my édition"
    said = {"init": installed.run(installed.dosje, root.parent, "init", root.name).stderr}
    git = ["git", *(part for name in _GIT_NAMES for part in ("-c", name))]

    def commit() -> None:
        subprocess.run([*git, "add", "-A"], cwd=root, check=True)
        subprocess.run([*git, "commit", "-qm", "More", "--allow-empty"], cwd=root, check=True)

    subprocess.run(["git", "init", "-q"], cwd=root, check=True)
    for name in _GIT_NAMES:
        subprocess.run(["git", "config", *name.split("=")], cwd=root, check=True)
    person = sorted(path.stem for path in (root / "content" / "persons").glob("*.yml"))[0]
    for verb, (given, _) in _RUNS.items():
        commit()
        if verb == "serve":
            said[verb] = _serve(installed, root)
            continue
        arguments = [one.replace("OLD", person).replace("NEW", f"{person}-two") for one in given]
        done = installed.run(installed.dosje, root, verb, *arguments)
        said[verb] = done.stdout + done.stderr
    yield said
    assert installed.read_of_checkout == []


def test_every_verb_is_run(installed: Installed, said: dict[str, str], tmp_path: Path) -> None:
    verbs = installed.run(installed.python, tmp_path, "-c", "from dosje.cli import main; print(*main.commands)").stdout
    assert set(said) == set(verbs.split())


@pytest.mark.parametrize("verb", _RUNS)
def test_a_verb_does_its_work_where_only_the_wheel_is(verb: str, said: dict[str, str]) -> None:
    assert _RUNS[verb][1] in said[verb]
    assert "rror" not in said[verb].replace("0 errors", "")


def test_the_checkout_cannot_be_read_there(installed: Installed, tmp_path: Path) -> None:
    # That the watch watches: else nothing would be shown by what it does not see.
    code = f"open({str(PROJECT / 'pyproject.toml')!r})"
    command = [str(installed.python), "-c", code]
    done = subprocess.run(command, cwd=tmp_path, env=installed.environment, capture_output=True, text=True, check=False)
    assert "PermissionError" in done.stderr
    assert installed.read_of_checkout == [f"open {PROJECT / 'pyproject.toml'}"]
    installed.log.unlink()


def test_plain_mkdocs_says_in_one_line_that_there_are_no_pages_of_its_own(installed: Installed, site: Path) -> None:
    command = [str(installed.python), "-m", "mkdocs", "build"]
    environment = installed.environment | {"NO_MKDOCS_2_WARNING": "1"}
    done = subprocess.run(command, cwd=site.parent, env=environment, capture_output=True, encoding="utf-8", check=False)
    # Nothing of ours runs before (docs/decisions/0100-what-plain-mkdocs-does.md), and the manual quotes it.
    said = f"ERROR   -  Config value 'docs_dir': The path '{site.parent}/docs' isn't an existing directory."
    assert (done.returncode, said in done.stderr) == (1, True), done.stderr
    manual = (PROJECT / "docs" / "manual" / "zensical.md").read_text(encoding="utf-8")
    assert said.replace(str(site.parent), "…") in manual


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


def test_an_edition_replaces_single_files_of_looks_and_templates(installed: Installed, tmp_path: Path) -> None:
    for name, text in {
        "mkdocs.yml": "site_name: One person\n",
        "content/persons/ana-cela.yml": "name: {family: Çela, given: Ana}\n",
        "theme/404.html": '{% extends "main.html" %}{% block content %}<h1>Lost</h1>{% endblock %}',
        "templates/home.md.j2": "# Welcome here\n",
    }.items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(text, encoding="utf-8")
    installed.run(installed.dosje, tmp_path, "build")

    def read(name: str) -> str:
        return (tmp_path / "site" / name).read_text(encoding="utf-8")

    assert "<h1>Lost</h1>" in read("404.html")
    assert "Welcome here</h1>" in re.sub(r"<a class=.headerlink.*?</a>", "", read("index.html"))
    assert "Ana Çela" in read("persons/ana-cela/index.html")


@pytest.mark.long
def test_the_wheel_brings_its_dependencies(wheel: Path, tmp_path: Path) -> None:
    installed = make_empty_environment(tmp_path / "env")
    install(installed, str(wheel))
    installed.run(installed.dosje, tmp_path, "init", "edition")
    for verb in ("check", "build", "pdf", "epub", "bundle"):
        installed.run(installed.dosje, tmp_path / "edition", verb)
    assert (tmp_path / "edition" / "site" / "index.html").is_file()


@pytest.mark.long
def test_the_program_runs_without_being_installed(wheel: Path, tmp_path: Path) -> None:
    """As `uvx --from WHEEL dosje`, which `pipx run` does too."""
    installed = make_empty_environment(tmp_path / "env")
    install(installed, "uv")
    run = ["tool", "run", "--from", str(wheel), "dosje"]
    assert "dosje, version" in installed.run(installed.python, tmp_path, "-m", "uv", *run, "--version").stdout
    installed.run(installed.python, tmp_path, "-m", "uv", *run, "init", "edition")
    installed.run(installed.python, tmp_path, "-m", "uv", *run, "build", "--project", "edition")
    assert (tmp_path / "edition" / "site" / "index.html").is_file()
