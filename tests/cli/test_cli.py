"""The command line: what is answered where, with which exit code, and that all of it is documented."""

from __future__ import annotations

import json
import re
import signal
import socket
import subprocess
import sys
import urllib.error
import urllib.request
from pathlib import Path

import click
import pytest
from click.testing import CliRunner, Result

from conftest import Edition
from dosje.cli import main
from waiting import PATIENCE

MATERIAL = "site_name: A small edition\ntheme: material\n"
BAD = {"content/persons/a.yml": "name: {family: A}\nborn: '1960-13'\n"}
BAD_TEXT = """\
content/persons/a.yml:2:7: bad-date: "1960-13" is not an EDTF date (month 13)
  hint: months run 01 to 12; for an unknown month write 1960-XX
"""
UNUSED = {"content/persons/a.yml": "name: {family: A}\n"}
UNUSED_TEXT = """\
content/persons/a.yml:1:1: unused-record: nothing names this person
  hint: cite it, link to it (person:a), or take it out
"""
COMMANDS = sorted(main.commands)


@pytest.fixture(autouse=True)
def outside_of_github(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("GITHUB_ACTIONS", raising=False)


def run(*arguments: str | Path) -> Result:
    return CliRunner().invoke(main, [str(argument) for argument in arguments], prog_name="dosje")


def run_for_real(*arguments: str | Path, cwd: Path) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "dosje.cli", *map(str, arguments)]
    return subprocess.run(command, cwd=cwd, capture_output=True, text=True, check=False)


@pytest.mark.parametrize("command", COMMANDS)
def test_the_help_of_a_command_has_an_example_that_can_be_typed(command: str) -> None:
    result = run(command, "--help")
    assert result.exit_code == 0
    assert re.search(rf"^  Example: dosje {command}\b", result.stdout, re.MULTILINE)
    assert run(command, "-h").stdout == result.stdout


def test_every_command_but_the_one_that_makes_a_project_takes_one() -> None:
    without = [name for name, command in main.commands.items() if "--project" not in options_of(command)]
    assert without == ["init"]


def test_the_version_is_said() -> None:
    assert re.fullmatch(r"dosje, version \d+\.\d+\.\d+\n", run("--version").stdout)


def test_check_answers_an_edition_without_findings_with_nothing(edition: Edition) -> None:
    result = run("check", "--project", edition({}))
    assert (result.exit_code, result.stdout, result.stderr) == (0, "", "checked 0 records: 0 errors, 0 warnings\n")


def test_check_puts_findings_on_stdout_and_ends_with_1(edition: Edition) -> None:
    result = run("check", "--project", edition(BAD))
    assert (result.exit_code, result.stdout) == (1, BAD_TEXT)
    assert result.stderr == "checked 0 records: 1 error, 0 warnings\nbad-date 1\n"


def test_warnings_are_shown_and_end_with_0(edition: Edition) -> None:
    result = run("check", "--project", edition(UNUSED))
    assert (result.exit_code, result.stdout) == (0, UNUSED_TEXT)
    assert result.stderr == "checked 1 records: 0 errors, 1 warning\nunused-record 1\n"


def test_check_says_findings_as_json(edition: Edition) -> None:
    result = run("check", "--format", "json", "--project", edition(BAD))
    assert result.exit_code == 1
    assert json.loads(result.stdout) == [
        {
            "path": "content/persons/a.yml",
            "line": 2,
            "column": 7,
            "code": "bad-date",
            "severity": "error",
            "message": '"1960-13" is not an EDTF date (month 13)',
            "hint": "months run 01 to 12; for an unknown month write 1960-XX",
        }
    ]


def test_no_findings_are_an_empty_list_in_json_and_nothing_for_github(edition: Edition) -> None:
    root = edition({})
    assert run("check", "--format", "json", "--project", root).stdout == "[]\n"
    assert run("check", "--format", "github", "--project", root).stdout == ""


def test_check_says_findings_as_annotations_for_github(edition: Edition) -> None:
    result = run("check", "--format", "github", "--project", edition(BAD))
    assert (result.exit_code, result.stdout) == (
        1,
        "::error file=content/persons/a.yml,line=2,col=7,title=bad-date::"
        '"1960-13" is not an EDTF date (month 13)%0Amonths run 01 to 12; for an unknown month write 1960-XX\n',
    )


def test_build_puts_findings_on_stderr_and_writes_nothing(edition: Edition) -> None:
    root = edition(BAD)
    result = run("build", "--project", root)
    assert (result.exit_code, result.stdout) == (1, "")
    assert result.stderr.startswith(BAD_TEXT)
    assert not (root / "site").exists() and not (root / ".build" / "pages").exists()


def test_build_on_github_annotates(edition: Edition, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GITHUB_ACTIONS", "true")
    assert run("build", "--project", edition(BAD)).stderr.startswith("::error file=content/persons/a.yml,line=2,")


def test_serve_shows_the_findings_and_a_page_until_it_is_interrupted(edition: Edition) -> None:
    command = [sys.executable, "-m", "dosje.cli", "serve", "--port", "0", "--project", str(edition(BAD))]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as server:
        assert server.stderr
        said = [server.stderr.readline()]
        while not said[-1].startswith("serving "):
            assert said[-1], "".join(said)
            said.append(server.stderr.readline())
        address = said[-1].split()[1]
        with urllib.request.urlopen(address, timeout=PATIENCE) as answer:
            page = answer.read().decode()
        server.send_signal(signal.SIGINT)
        stdout, rest = server.communicate(timeout=PATIENCE)
    stderr = "".join(said) + rest
    assert "The records have errors" in page
    assert (server.returncode, stdout) == (0, "")
    assert stderr.startswith(BAD_TEXT)
    assert stderr.endswith(f"serving {address} (Ctrl-C ends it)\nended\n")


def test_serve_on_a_port_that_is_taken_names_another(edition: Edition) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        result = run("serve", "--port", str(port), "--project", edition(BAD))
    assert (result.exit_code, result.stdout) == (2, "")
    expected = f"Error: cannot serve on 127.0.0.1:{port}: Address already in use; try --port {port + 1}\n"
    assert result.stderr == expected


LETTER = {"content/sources/a.yml": "type: letter\ntitle: Ä\nseen: original\ndate: 1960\n"}
RIS = b"TY  - MANSCPT\r\nID  - a\r\nTI  - \xc3\x84\r\nPY  - 1960\r\nDA  - 1960///\r\nM3  - letter\r\nER  - \r\n"


def test_export_prints_sources_byte_for_byte(edition: Edition) -> None:
    result = run("export", "ris", "a", "--project", edition(LETTER))
    assert (result.exit_code, result.stdout_bytes, result.stderr) == (0, RIS, "")


def test_export_writes_all_sources_into_a_file(edition: Edition, tmp_path: Path) -> None:
    result = run("export", "ris", "-o", tmp_path / "all.ris", "--project", edition(LETTER))
    assert (result.exit_code, result.stdout, result.stderr) == (0, "", f"wrote 1 source to {tmp_path / 'all.ris'}\n")
    assert (tmp_path / "all.ris").read_bytes() == RIS


def test_export_of_a_source_that_is_not_there_is_wrong_usage(edition: Edition) -> None:
    files = LETTER | {"content/sources/kapo-1960.yml": LETTER["content/sources/a.yml"]}
    result = run("export", "bibtex", "kapo-1961", "--project", edition(files))
    assert (result.exit_code, result.stdout) == (2, "")
    assert result.stderr.endswith('Error: no source has the key "kapo-1961"; did you mean "kapo-1960"?\n')


def test_export_of_an_edition_with_errors_shows_them(edition: Edition) -> None:
    result = run("export", "bibtex", "--project", edition(BAD))
    assert (result.exit_code, result.stdout) == (1, "")
    assert result.stderr == BAD_TEXT + "checked 0 records: 1 error, 0 warnings\nbad-date 1\n"


@pytest.mark.parametrize("command", sorted({*COMMANDS} - {"init"}))
def test_a_folder_without_mkdocs_yml_is_wrong_usage(command: str, tmp_path: Path) -> None:
    arguments = [
        command,
        *{"export": ["ris"], "release": ["1.0"], "rename": ["a", "b"], "new": ["person", "b"], "import": ["a"]}.get(
            command, []
        ),
    ]
    result = run(*arguments, "--project", tmp_path)
    assert (result.exit_code, result.stdout) == (2, "")
    assert result.stderr.splitlines()[-1] == (
        f"Error: there is no mkdocs.yml in {tmp_path}; say where the edition is with --project DIR"
    )


@pytest.mark.parametrize("arguments", [["--project", "nowhere/at/all"], ["--format", "xml"], ["--port", "x"], ["x"]])
def test_what_cannot_be_understood_is_wrong_usage(arguments: list[str], edition: Edition) -> None:
    result = run("serve" if "--port" in arguments else "check", *arguments)
    assert (result.exit_code, result.stdout) == (2, "")
    assert "Error: " in result.stderr


def test_settings_that_cannot_be_read_are_findings(edition: Edition) -> None:
    result = run("check", "--project", edition({"mkdocs.yml": "theme: material\n"}))
    assert (result.exit_code, result.stdout, result.stderr) == (
        1,
        "mkdocs.yml:1:1: settings: mkdocs.yml has no site_name\n  hint: site_name: My edition\n",
        "1 error in the settings\nsettings 1\n",
    )


@pytest.mark.whole
def test_an_empty_edition_builds_at_once(edition: Edition) -> None:
    root = edition({"mkdocs.yml": MATERIAL})
    done = run_for_real("build", cwd=root)
    assert (done.returncode, done.stdout) == (0, "")
    assert re.search(r"built site/: \d+ pages, 0 notes\n\Z", done.stderr)
    assert "<title>A small edition</title>" in (root / "site" / "index.html").read_text(encoding="utf-8")
    assert not (root / "site" / "meetings").exists()


@pytest.mark.whole
@pytest.mark.parametrize(
    ("command", "name"), [("pdf", "edition.pdf"), ("epub", "edition.epub"), ("bundle", "edition.zip")]
)
def test_each_offline_edition_is_made_where_nothing_was_made_before(command: str, name: str, edition: Edition) -> None:
    root = edition({"mkdocs.yml": MATERIAL})
    done = run_for_real(command, cwd=root)
    assert (done.returncode, done.stdout) == (0, f"{root / '.build' / 'downloads' / name}\n")
    assert (root / ".build" / "downloads" / name).stat().st_size > 1000


@pytest.mark.whole
def test_what_mkdocs_refuses_is_told_in_its_words(edition: Edition) -> None:
    done = run_for_real("build", cwd=edition({"mkdocs.yml": "site_name: A\ntheme: nowhere\n"}))
    assert (done.returncode, done.stdout) == (1, "")
    assert "Unrecognised theme name: 'nowhere'" in done.stderr


def test_the_edition_is_found_from_any_folder_in_it(edition: Edition) -> None:
    root = edition(BAD)
    done = run_for_real("check", cwd=root / "content" / "persons")
    assert (done.returncode, done.stdout) == (1, BAD_TEXT)


def test_outside_of_an_edition_the_process_ends_with_2(tmp_path: Path) -> None:
    done = run_for_real("check", cwd=tmp_path)
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.endswith(
        "Error: there is no mkdocs.yml in this folder or above it; say where the edition is with --project DIR\n"
    )


def options_of(command: click.Command) -> list[str]:
    """Return the options of a command as they are typed, without those that every command has."""
    return [name for parameter in command.params for name in parameter.opts if name.startswith("--")]
