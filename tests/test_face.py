"""What other programs may call: `import dosje`. What it returns and raises, and that it does nothing besides."""

from __future__ import annotations

import dataclasses
import json
import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

import dosje
from conftest import PROJECT

pytestmark = pytest.mark.whole

GUIDE = (PROJECT / "docs" / "manual" / "api.md").read_text(encoding="utf-8")
SECTION = GUIDE.partition("## Dosje in Python\n")[2]
EXAMPLE = re.findall(r"```python\n(.*?)```", SECTION, re.DOTALL)
NOTE = "Kapo to Hoxha, 24 June 1960, fl. 40"


def run(root: Path, code: str, *arguments: str) -> tuple[str, str]:
    """Return what a program prints on its two streams that is started in a folder."""
    command = [sys.executable, "-c", code, *arguments]
    done = subprocess.run(command, cwd=root, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return done.stdout, done.stderr


def copy_edition(folder: Path) -> Path:
    shutil.copytree(PROJECT / "tests" / "mini", folder)
    return folder


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return copy_edition(tmp_path_factory.mktemp("Ë face") / "my-edition")


@pytest.fixture(scope="module")
def edition(root: Path) -> dosje.Edition:
    return dosje.open_edition(root)


@pytest.fixture(scope="module")
def told() -> list[str]:
    return []


@pytest.fixture(scope="module")
def site(edition: dosje.Edition, told: list[str]) -> dosje.BuiltSite:
    return dosje.build(edition, told.append)


@pytest.fixture
def faulty(tmp_path: Path) -> dosje.Edition:
    root = copy_edition(tmp_path / "faulty")
    (root / "content/persons/enver-hoxha.yml").write_text("name: {family: Hoxha}\nborn: never\n", encoding="utf-8")
    return dosje.open_edition(root)


@pytest.mark.whole
def test_the_example_runs_in_a_new_program(site: dosje.BuiltSite, root: Path) -> None:
    (code,) = EXAMPLE
    printed, complaints = run(root.parent, code)
    lines = printed.splitlines()
    assert lines[-3] == f"{site.pages} pages and {site.notes} notes in {site.folder}"
    assert [line.split(" ")[:2] for line in lines[-2:]] == [["exact", "kapo-letter"], ["exact", "kapo-letter"]]
    assert complaints == ""


def test_an_edition_is_the_folder_that_has_mkdocs_yml(
    root: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert dosje.open_edition(str(root)) == dosje.Edition(root, is_untrusted=False)
    monkeypatch.chdir(root)
    assert dosje.open_edition(is_untrusted=True) == dosje.Edition(root, is_untrusted=True)
    with pytest.raises(dosje.NoEditionError, match=f"there is no mkdocs.yml in {re.escape(str(tmp_path))}"):
        dosje.open_edition(tmp_path)
    with pytest.raises(dosje.NoEditionError):
        dosje.open_edition(root / "content")  # not the nearest folder upward: a program says which it means


def test_check_returns_what_the_command_line_prints(faulty: dosje.Edition) -> None:
    findings = dosje.check(faulty)
    (error,) = (finding for finding in findings if finding.is_error)
    assert (str(error.span), error.code) == ("content/persons/enver-hoxha.yml:2:7", "bad-date")
    command = [sys.executable, "-m", "dosje.cli", "check", "--format", "json", "--project", str(faulty.root)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    rows = [(row["path"], row["line"], row["column"], row["code"], row["hint"]) for row in json.loads(done.stdout)]
    assert rows == [(f.span.path, f.span.line, f.span.column, f.code, f.hint) for f in findings]


@pytest.mark.whole
def test_what_can_run_code_is_an_error_in_an_edition_of_strangers(tmp_path: Path) -> None:
    root = copy_edition(tmp_path / "theirs")
    with (root / "mkdocs.yml").open("a", encoding="utf-8") as file:
        file.write("hooks: [content/hook.py]\n")
    (root / "content/hook.py").write_text("raise SystemExit('it ran')\n", encoding="utf-8")
    assert "untrusted" not in {finding.code for finding in dosje.check(dosje.open_edition(root))}
    theirs = dosje.open_edition(root, is_untrusted=True)
    assert "untrusted" in {finding.code for finding in dosje.check(theirs)}
    with pytest.raises(dosje.FaultyEditionError) as raised:
        dosje.build(theirs)
    assert "untrusted" in {finding.code for finding in raised.value.findings}


@pytest.mark.whole
def test_build_makes_the_site_that_the_command_line_makes(
    site: dosje.BuiltSite, root: Path, told: list[str], tmp_path: Path
) -> None:
    other = copy_edition(tmp_path / "other")
    _, said = run(other, "from dosje.cli import main; main()", "build")
    sums = [(folder / "site" / "SHA256SUMS").read_text(encoding="utf-8") for folder in (root, other)]
    assert sums[0] == sums[1]
    assert (site.folder, site.is_new) == (root / "site", True)
    assert told[-1] == f"built site/: {site.pages} pages, {site.notes} notes"
    # The command line puts the time before each, and says besides what the check has found.
    # Behind the summary and the counts of its codes.
    assert [line[10:] for line in said.splitlines() if line[:6].strip()[:1].isdigit()][2:] == told


@pytest.mark.whole
def test_a_second_build_of_the_same_is_not_new(site: dosje.BuiltSite, edition: dosje.Edition) -> None:
    assert dosje.build(edition) == dataclasses.replace(site, is_new=False)


@pytest.mark.whole
def test_an_edition_with_errors_is_not_built_and_the_old_site_stays(
    site: dosje.BuiltSite, root: Path, tmp_path: Path
) -> None:
    shutil.copytree(root, tmp_path / "copy")
    (tmp_path / "copy/content/persons/enver-hoxha.yml").write_text("born: never\n", encoding="utf-8")
    before = (tmp_path / "copy/site/SHA256SUMS").read_bytes()
    with pytest.raises(dosje.FaultyEditionError, match=r"content/persons/enver-hoxha\.yml:1:7: bad-date: ") as raised:
        dosje.build(dosje.open_edition(tmp_path / "copy"))
    assert {finding.code for finding in raised.value.findings if finding.is_error} == {"bad-date", "missing-field"}
    assert (tmp_path / "copy/site/SHA256SUMS").read_bytes() == before


def test_settings_that_cannot_be_read_are_findings_of_each_function(tmp_path: Path) -> None:
    (tmp_path / "mkdocs.yml").write_text("site_name: [\n", encoding="utf-8")
    edition = dosje.open_edition(tmp_path)
    (finding,) = dosje.check(edition)
    for function in (dosje.build, dosje.look_up):
        with pytest.raises(dosje.FaultyEditionError) as raised:
            function(edition)
        assert raised.value.findings == (finding,)


@pytest.mark.whole
def test_a_template_that_fails_at_a_page_is_a_finding(tmp_path: Path) -> None:
    root = copy_edition(tmp_path / "edition")
    (root / "templates").mkdir()
    (root / "templates/person.md.j2").write_text("{{ nothing.at.all }}\n", encoding="utf-8")
    with pytest.raises(dosje.FaultyEditionError) as raised:
        dosje.build(dosje.open_edition(root))
    (finding,) = raised.value.findings
    assert (finding.code, finding.span.path) == ("template", "templates/person.md.j2")


def test_what_is_not_ours_is_an_operation_that_cannot_be_done(tmp_path: Path) -> None:
    root = copy_edition(tmp_path / "edition")
    (root / "site").mkdir()
    (root / "site" / "mine.txt").write_text("mine", encoding="utf-8")
    with pytest.raises(dosje.OperationError, match="was not made by this dosje"):
        dosje.build(dosje.open_edition(root))
    assert (root / "site" / "mine.txt").read_text(encoding="utf-8") == "mine"


@pytest.mark.whole
def test_a_footnote_is_answered_with_what_it_cites_and_what_rests_on_it(
    site: dosje.BuiltSite, edition: dosje.Edition
) -> None:
    first, second = dosje.look_up(edition, NOTE, "Ibid.")
    assert first.query == NOTE
    (citation,) = first.citations
    assert citation.locator == dosje.CitedPlace("folio", "40")
    assert (citation.looked_for, citation.nearest) == ("", ())
    match = citation.matches[0]
    assert (match.key, match.confidence) == ("kapo-letter", "exact")
    assert match.url == "https://example.org/edition/sources/kapo-letter/"
    assert match.cited_in[0] == dosje.CitingNote(
        "Two nights in Bucharest",
        3,
        "The answer is lost.",
        "https://example.org/edition/essays/bucharest/#fnref:kapo-letter-folio-40--luthi-2008-page-171_is-lost",
    )
    again = second.citations[0]
    assert (again.locator, again.matches[0].key) == (citation.locator, match.key)
    assert again.matches[0].why == f"Ibid. looks back to “{NOTE}”"


@pytest.mark.whole
def test_answers_have_the_fields_of_the_command_line(site: dosje.BuiltSite, edition: dosje.Edition) -> None:
    notes = (NOTE, "Ibid.", "AQSH, F. 14/AP, V. 1960, D. 9, fl. 3", "Luthi 2008 p 171", "")
    command = [sys.executable, "-m", "dosje.cli", "cite", "--batch", "--format", "json", "--project", str(edition.root)]
    text = "\n".join(notes) + "\n"
    printed = subprocess.run(command, input=text, capture_output=True, text=True, check=True).stdout
    replies = dosje.look_up(edition, *notes)
    for line, reply in zip(printed.splitlines(), replies, strict=True):
        said, ours = json.loads(line), json.loads(json.dumps(dataclasses.asdict(reply)))
        for citation in ours["citations"]:
            for match in citation["matches"]:
                del match["title"]
            parts = {
                part["name"]: {"value": part["value"], "span": [part["start"], part["end"]]}
                for part in citation["read"]
            }
            citation["read"] = parts
            nothing = {"looked_for": citation.pop("looked_for"), "nearest": citation.pop("nearest")}
            if not citation["matches"]:
                citation["nothing"] = nothing
        assert ours == said
    assert any(not citation.matches for reply in replies for citation in reply.citations)


def test_an_edition_that_was_not_built_has_no_answers(tmp_path: Path) -> None:
    edition = dosje.open_edition(copy_edition(tmp_path / "edition"))
    with pytest.raises(dosje.IndexMissingError, match="there is no index yet"):
        dosje.look_up(edition, NOTE)


@pytest.mark.whole
def test_what_is_returned_cannot_be_changed(site: dosje.BuiltSite, edition: dosje.Edition) -> None:
    (reply,) = dosje.look_up(edition, NOTE)
    values: list[Any] = [edition, site, *dosje.check(edition), reply, reply.citations[0], reply.citations[0].matches[0]]
    for value in values:
        hash(value)  # all that it holds is of values too
        with pytest.raises(dataclasses.FrozenInstanceError):
            setattr(value, dataclasses.fields(value)[0].name, None)


@pytest.mark.whole
def test_nothing_is_printed_and_nothing_of_the_program_is_changed(site: dosje.BuiltSite, root: Path) -> None:
    code = (
        "import gc, os, signal, sys\n"
        "def state(): return dict(os.environ), os.getcwd(), gc.get_threshold(), gc.get_freeze_count(), sys.path[:], "
        "signal.getsignal(signal.SIGTERM), sys.stdout\n"
        "before = state()\n"
        "import dosje\n"
        "edition = dosje.open_edition('my-edition')\n"
        "dosje.check(edition); dosje.build(edition); dosje.look_up(edition, 'Kapo to Hoxha, 24 June 1960')\n"
        "assert state() == before\n"
    )
    assert run(root.parent, code) == ("", "")


def test_importing_it_loads_nothing_else(tmp_path: Path) -> None:
    code = "import sys; before = set(sys.modules); import dosje; print(*sorted(set(sys.modules) - before))"
    assert run(tmp_path, code)[0] == "dosje\n"


@pytest.mark.whole
def test_an_answer_loads_nothing_that_reads_records(site: dosje.BuiltSite, root: Path) -> None:
    code = (
        "import dosje, sys\n"
        "dosje.look_up(dosje.open_edition('my-edition'), 'Kapo to Hoxha, 24 June 1960')\n"
        "print({'pydantic', 'jinja2', 'pypandoc', 'click'} & set(sys.modules))\n"
    )
    assert run(root.parent, code)[0] == "set()\n"


def test_each_name_is_there_and_in_the_guide_and_no_other() -> None:
    assert set(dosje.__all__) <= set(dir(dosje))
    assert all(getattr(dosje, name) is not None for name in dosje.__all__)
    rows = re.findall(r"^\| `(\w+)", SECTION, re.MULTILINE)
    assert sorted([*rows, "DosjeError", "__version__"]) == sorted(dosje.__all__)
    with pytest.raises(AttributeError, match="module 'dosje' has no attribute 'nothing'"):
        dosje.nothing  # type: ignore[attr-defined]  # noqa: B018


def test_the_guide_names_the_fields_of_each_value() -> None:
    for name, cell in re.findall(r"^\| `([A-Z]\w+)` \| (`.*) \|$", SECTION, re.MULTILINE):
        cls = getattr(dosje, name)
        fields = [field.name for field in dataclasses.fields(cls)]
        fields += [attribute for attribute in vars(cls) if isinstance(vars(cls)[attribute], property)]
        said = [word for word in re.findall(r"`(\w+)`", cell) if word not in dosje.__all__]
        assert said == fields, name


@pytest.mark.parametrize("name", ["FaultyEditionError", "IndexMissingError", "NoEditionError", "OperationError"])
def test_all_errors_have_one_base(name: str) -> None:
    assert issubclass(getattr(dosje, name), dosje.DosjeError)
