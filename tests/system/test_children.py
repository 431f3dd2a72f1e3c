"""Other programs run within bounds: what runs away is ended with all that it started, and a message says for what."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from conftest import Edition
from dosje.books.pdf import Job, set_book
from dosje.citing.works import read_works
from dosje.reading.bibliography import read_bib
from dosje.reading.settings import Settings
from dosje.reading.settings_file import read_settings
from dosje.site.mkdocs import build_site
from dosje.site.pagefind import index_site
from dosje.system.children import ChildError, Done, LimitError, Limits, Means, MissingError, Workers, run_child
from dosje.system.marker import make_build_dir
from dosje.values.findings import format_findings
from waiting import wait_until

DAY = datetime(2026, 11, 29, tzinfo=UTC)
MEMORY = "it needed more than {} MB of memory and was ended; where that is right, allow more under extra: "


def is_there(number: int) -> bool:
    """Say whether a process runs, and is not only waiting for its parent to hear of its end."""
    stat = Path(f"/proc/{number}/stat")
    return stat.exists() and stat.read_text().rpartition(")")[2].split()[0] != "Z"


def test_what_a_program_prints_comes_back_however_long_it_is() -> None:
    text = "ö\n" * 200_000
    assert run_child(["cat"], Limits(), "cat", text=text) == Done(0, text, "")
    # One that is not ready to read when it is first looked at.
    assert run_child(["sh", "-c", "sleep 0.4; cat"], Limits(), "cat", text=text) == Done(0, text, "")
    assert run_child(["sh", "-c", "echo no >&2; exit 3"], Limits(), "sh") == Done(3, "", "no\n")


def test_a_program_that_is_not_there_is_said_to_be_missing() -> None:
    with pytest.raises(MissingError, match="is not installed"):
        run_child(["no-such-program"], Limits(), "x")


def test_a_program_that_takes_too_long_is_ended_with_all_that_it_started(tmp_path: Path) -> None:
    script = f"sleep 60 & echo $! > {tmp_path}/id; wait"
    with pytest.raises(LimitError) as raised:
        run_child(["sh", "-c", script], Limits(seconds=1), "a script, for a test")
    assert str(raised.value) == (
        "a script, for a test: it needed more than 1 s and was ended; where that is right, allow more under "
        "extra: dosje: limits: seconds: in mkdocs.yml"
    )
    number = int((tmp_path / "id").read_text())
    wait_until(lambda: not is_there(number))


def test_a_program_that_is_killed_says_that_memory_may_be_scarce() -> None:
    with pytest.raises(ChildError, match=r"x: it was ended from outside \(SIGKILL\); the machine may have too little"):
        run_child(["sh", "-c", "kill -9 $$"], Limits(), "x")


def test_pandoc_that_runs_away_is_ended_and_the_message_names_the_file(tmp_path: Path) -> None:
    bib, _ = read_bib("@book{a, title = {A}, crossref = {b}}\n@book{b, title = {B}, crossref = {a}}\n", "my/works.bib")
    with pytest.raises(LimitError) as raised:
        read_works(bib, "en-GB", Means(tmp_path, Limits(megabytes=150)))
    assert str(raised.value) == f"pandoc, for my/works.bib: {MEMORY.format(150)}dosje: limits: megabytes: in mkdocs.yml"


def test_typst_that_runs_away_is_ended_and_the_message_names_the_book(tmp_path: Path) -> None:
    job = Job("a", "#let many = range(0, 900000000)\n#metadata((:)) <report>", tmp_path, DAY, "en-GB")
    with Workers(1, Limits(megabytes=400)) as workers, pytest.raises(LimitError) as raised:
        workers.submit("Typst, for a.pdf", set_book, job, {}).result()
    assert str(raised.value) == f"Typst, for a.pdf: {MEMORY.format(400)}dosje: limits: megabytes: in mkdocs.yml"


def page_of(number: int) -> str:
    """Return a page of words that no other page has."""
    return f"<html><p>{' '.join(f'x{number}y{word}' for word in range(5000))}</p></html>"


@pytest.fixture
def small(edition: Edition) -> Settings:
    """Return the settings of an edition of which MkDocs and Pagefind can make next to nothing."""
    settings, _ = read_settings(edition({f"made/{page}.html": page_of(page) for page in range(40)}))
    assert settings is not None
    pages = make_build_dir(settings.root) / "pages"
    pages.mkdir()
    (pages / "index.md").write_text("# A\n", encoding="utf-8")
    return replace(settings, limits=Limits(megabytes=60))


def test_mkdocs_and_pagefind_are_ended_beyond_their_bounds(small: Settings, tmp_path: Path) -> None:
    with pytest.raises(LimitError, match=r"MkDocs, for the site of A small edition: it needed more than 20 MB"):
        build_site(replace(small, limits=Limits(megabytes=20)), [], tmp_path / "site")
    with pytest.raises(LimitError, match=r"Pagefind, for the search of A small edition: it needed more than 60 MB"):
        index_site(small, tmp_path / "made")


@pytest.mark.whole
def test_a_build_that_goes_beyond_a_limit_of_mkdocs_yml_ends_with_2_and_leaves_nothing(edition: Edition) -> None:
    hook = "import os, pathlib, time\npathlib.Path('id').write_text(str(os.getpid()))\ntime.sleep(60)\n"
    config = "site_name: A\nhooks: [wait.py]\nextra: {dosje: {limits: {seconds: 3}}}\n"
    root = edition({"mkdocs.yml": "site_name: A\n", "wait.py": hook})
    # On a busy machine pandoc, too, may need more than that; what it has answered once it is not asked again.
    asked = [sys.executable, "-m", "dosje.cli", "check", "--project", str(root)]
    subprocess.run(asked, capture_output=True, check=True)
    (root / "mkdocs.yml").write_text(config, encoding="utf-8")
    command = [sys.executable, "-m", "dosje.cli", "build", "--project", str(root)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr.splitlines()[-1]) == (
        2,
        "Error: MkDocs, for the site of A: it needed more than 3 s and was ended; where that is right, allow more "
        "under extra: dosje: limits: seconds: in mkdocs.yml",
    )
    assert not is_there(int((root / "id").read_text()))
    assert not (root / "site").exists()


@pytest.mark.whole
@pytest.mark.parametrize(
    ("hook", "code", "said"),
    [
        ("1 / 0", 1, "MkDocs, or what mkdocs.yml adds to it, failed: ZeroDivisionError: division by zero (fail.py:1); "
         "DOSJE_TRACEBACK=1 shows where"),
        ("raise OSError(28, 'No space left on device')", 2,
         "Error: MkDocs, for the site of A: No space left on device; make room on the disk, then run this again"),
    ],
)  # fmt: skip
def test_what_fails_within_mkdocs_is_one_line(hook: str, code: int, said: str, edition: Edition) -> None:
    root = edition({"mkdocs.yml": "site_name: A\nhooks: [fail.py]\n", "fail.py": hook})
    command = [sys.executable, "-m", "dosje.cli", "build", "--project", str(root)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr.splitlines()[-1]) == (code, said)
    assert "Traceback" not in done.stderr and not (root / "site").exists()


@pytest.mark.whole
@pytest.mark.parametrize(
    ("config", "what"),
    [
        ("markdown_extensions: {toc: {toc_depth: zz}}",
         "Config value 'markdown_extensions': Failed to load extension 'toc': "
         "ValueError: invalid literal for int() with base 10: 'zz'"),
        ("markdown_extensions: [codehilite: {linenums: zzz}]",
         "Config value 'markdown_extensions': Failed to load extension 'codehilite': "
         "ValueError: Cannot parse bool value: 'zzz'"),
        ("nav: {}\ngoogle_analytics: a",
         "Config value 'nav': Expected nav to be a list, got a dict: {}"),
        ("foo_bar: a", "Config value 'foo_bar': Unrecognised configuration name: foo_bar"),
    ],
)  # fmt: skip
def test_what_mkdocs_cannot_use_of_mkdocs_yml_is_one_line(config: str, what: str, edition: Edition) -> None:
    root = edition({"mkdocs.yml": f"site_name: A\n{config}\n"})
    command = [sys.executable, "-m", "dosje.cli", "build", "--project", str(root)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    told = [line for line in done.stderr.splitlines() if not re.match(r" +[0-9.]+ s  ", line)]
    assert (done.returncode, told) == (1, [f"mkdocs.yml: MkDocs cannot use this: {what}"])


ENDLESS = """
import os, sys, threading, time
from dosje.system.children import Limits, Workers, run_child

def tell_and_wait():
    print(os.getpid(), flush=True)
    time.sleep(60)

if __name__ == "__main__":
    threading.Thread(target=run_child, args=(["sleep", "60"], Limits(), "sleep")).start()
    with Workers(1, Limits()) as workers:
        workers.submit("x", tell_and_wait).result()
"""


def test_what_a_killed_program_had_started_ends_with_it(tmp_path: Path) -> None:
    (tmp_path / "endless.py").write_text(ENDLESS, encoding="utf-8")
    with subprocess.Popen([sys.executable, tmp_path / "endless.py"], stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout
        children = {int(process.stdout.readline())}
        listed = ["ps", "-o", "pid=", "-o", "comm=", "--ppid", str(process.pid)]
        said = subprocess.run(listed, capture_output=True, text=True, check=True).stdout
        children |= {int(line.split()[0]) for line in said.splitlines()}
        assert "sleep" in said and all(map(is_there, children))
        process.kill()
    wait_until(lambda: not any(map(is_there, children)))


def test_a_worker_does_one_thing_after_another_and_makes_room_for_a_new_one_after_its_turns() -> None:
    with Workers(1, Limits(), turns=2) as workers:
        first, second, third = (workers.submit("x", os.getpid).result() for _ in range(3))
    assert first == second != third
    assert not any(map(is_there, (first, third)))


def test_an_error_of_a_worker_comes_back_and_one_that_ends_leaves_the_others_at_work() -> None:
    with Workers(1, Limits()) as workers:
        with pytest.raises(ValueError, match="invalid literal"):
            workers.submit("x", int, "no").result()
        with pytest.raises(ChildError, match=r"x: it was ended from outside \(SIGKILL\)"):
            workers.submit("x", signal.raise_signal, signal.SIGKILL).result()
        assert workers.submit("x", abs, -1).result() == 1


def test_limits_are_read_from_the_settings(edition: Edition) -> None:
    text = "site_name: A\nextra: {dosje: {limits: {seconds: 7200, megabytes: 12000}}}\n"
    settings, findings = read_settings(edition({"mkdocs.yml": text}))
    assert (settings and settings.limits, findings) == (Limits(7200, 12000), [])
    assert settings and settings.limits.memory == 12_000_000_000
    stranger, _ = read_settings(settings.root, is_untrusted=True)
    assert stranger and stranger.limits == Limits(3600, Limits().memory // 1_000_000)


@pytest.mark.parametrize(
    ("limits", "expected"),
    [
        ("3600", '1:40: settings: limits has two fields, seconds and megabytes\n'
                 "  hint: limits: {seconds: 3600, megabytes: 4000}"),
        ("{second: 1}", '1:41: settings: "second" is no limit\n  hint: did you mean "seconds"?'),
        ("{seconds: 0}", "1:50: settings: seconds is a whole number, 1 or more\n  hint: seconds: 1"),
        ("{megabytes: 1.5}", "1:52: settings: megabytes is a whole number, 100 or more\n  hint: megabytes: 100"),
    ],
)  # fmt: skip
def test_limits_that_cannot_be_are_findings(limits: str, expected: str, edition: Edition) -> None:
    text = f"{{site_name: A, extra: {{dosje: {{limits: {limits}}}}}}}\n"
    assert format_findings(read_settings(edition({"mkdocs.yml": text}))[1]) == f"mkdocs.yml:{expected}"
