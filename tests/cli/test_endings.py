"""How every verb ends when the machine does not play along: with one line, an exit code and nothing half-written.

The verbs are those of the command line itself, so a new one is tried as well.
"""

from __future__ import annotations

import errno
import json
import os
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

import pytest
from click.testing import CliRunner

from conftest import TESTS, Edition
from dosje.citing.pandoc import PandocError
from dosje.cli import main, verbs
from dosje.system.endings import Ending, ending_of, name_stream
from waiting import LOOK, PATIENCE

pytestmark = pytest.mark.whole

FILES = {
    "mkdocs.yml": "site_name: A small edition\ntheme: material\n",
    "content/sources/a.yml": "type: letter\ntitle: A letter\nseen: original\ndate: 1960\n",
}
# Those that work on an edition that is there.
VERBS = sorted(name for name, verb in main.commands.items() if "project" in {one.name for one in verb.params})
# What a verb is given beside --project; one that is not named here is run bare.
ARGUMENTS = {
    "export": ["ris"],
    "cite": ["--batch"],
    "import": ["--write", "more.ris"],
    "new": ["person", "zed"],
    "rename": ["a", "b"],
    "publish": ["--to", "published"],
    "release": ["1.0", "--allow-warnings"],
    "serve": ["--port", "0"],
}
ANSWERING = {"check", "config", "export", "report", "cite", "new", "import", "pdf", "epub", "bundle", "release"}
WRITING = {"build", "bundle", "epub", "import", "pdf", "publish", "release"}
GIT_NAMES = ["-c", "user.name=Jane Doe", "-c", "user.email=jane@example.org"]
# These take long, and how they end without a fault other tests tell.
SLOW = {"build", "bundle", "epub", "pdf"}


@dataclass(frozen=True)
class Outcome:
    code: int
    stdout: bytes
    stderr: str
    strays: tuple[str, ...]

    @property
    def last(self) -> str:
        return ["", *self.stderr.splitlines()][-1]


class Runner:
    """Runs verbs one after another, each in a process that need not import anything (forking.py)."""

    def __init__(self) -> None:
        command = [sys.executable, str(TESTS / "forking.py")]
        self.process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)

    def run(self, root: Path, verb: str, fault: str = "well") -> Outcome:
        """Run a verb to its end; one that serves, until it says so, and then interrupt it as by Ctrl-C."""
        stdout, stderr = root.with_name(f"{root.name}.out"), root.with_name(f"{root.name}.err")
        # A pipe can be written to even where no file may grow.
        pipe = "pipe:" if fault == "no room" else ""
        usual = (f"{root}/footnotes.txt", f"{pipe}{stdout}", f"{pipe}{stderr}")
        streams = [new or old for new, old in zip(STREAMS.get(fault, ("", "", "")), usual, strict=True)]
        arguments = [verb, *ARGUMENTS.get(verb, []), "--project", str(root)]
        task = {"arguments": arguments, "cwd": str(root), "streams": streams, "limit": fault}
        assert self.process.stdin and self.process.stdout
        self.process.stdin.write(f"{json.dumps(task)}\n")
        self.process.stdin.flush()
        number = int(self.process.stdout.readline())
        while verb == "serve" and Path(f"/proc/{number}").exists():
            if b"serving http" in read(stderr):
                os.kill(number, signal.SIGINT)
                break
            time.sleep(LOOK)
        code = int(self.process.stdout.readline())
        return Outcome(code, read(stdout), read(stderr).decode(), tuple(strays_of(root)))


def read(path: Path) -> bytes:
    return path.read_bytes() if path.is_file() else b""


def strays_of(root: Path) -> Iterator[str]:
    """Yield what a command must not leave behind: parts of files, and files that were for itself."""
    for path in sorted(root.rglob("*")):
        name = path.relative_to(root).as_posix()
        if path.name.endswith((".part", ".typ", "-journal")) or path.name.startswith((".mkdocs-", "tmp")):
            yield name


def make_read_only(root: Path) -> None:
    for path in [root, *root.rglob("*")]:
        path.chmod(0o555 if path.is_dir() else 0o444)


# The streams of each fault, where they are not those of a terminal.
STREAMS = {
    "closed": ("closed", "closed", ""),
    "full": ("", "/dev/full", ""),
    "deaf": ("", "deaf", ""),
    "mute": ("", "", "/dev/full"),
}
FAULTS = ["well", *STREAMS, "no room", "read only"]
TRIED = [
    (fault, verb) for fault in FAULTS for verb in VERBS if verb not in SLOW or fault not in ("well", "deaf", "mute")
]


@pytest.fixture(scope="module")
def outcomes(tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[tuple[str, str], Outcome]]:
    """Yield how each verb ended under each fault, every one in a copy of an edition that is built."""
    kept = tmp_path_factory.mktemp("kept") / "edition"
    for name, text in FILES.items():
        (kept / name).parent.mkdir(parents=True, exist_ok=True)
        (kept / name).write_text(text, encoding="utf-8")
    (kept / "footnotes.txt").write_text("A letter, 1960\n", encoding="utf-8")
    (kept / "more.ris").write_text("TY  - BOOK\nID  - b\nTI  - B\nER  - \n", encoding="utf-8")
    # A release is of a repository.
    (kept / ".gitignore").write_text(".build/\nsite/\n", encoding="utf-8")
    for arguments in (["init", "-q"], ["add", "."], [*GIT_NAMES, "commit", "-qm", "Begin"]):
        subprocess.run(["git", *arguments], cwd=kept, check=True)
    for name in GIT_NAMES[1::2]:
        subprocess.run(["git", "config", *name.split("=")], cwd=kept, check=True)
    runners = [Runner() for _ in range(os.cpu_count() or 1)]
    done = runners[0].run(kept, "build")
    assert done.code == 0, done.stderr
    folder, free = tmp_path_factory.mktemp("faults"), list(runners)

    def end(fault: str, verb: str) -> Outcome:
        root = folder / f"{fault}-{verb}"
        shutil.copytree(kept, root)
        if fault in ("read only", "no room"):
            shutil.rmtree(root / ".build" / "cache")  # else there is nothing to write for a check
        if fault == "read only":
            make_read_only(root)
        runner = free.pop()
        try:
            return runner.run(root, verb, fault)
        finally:
            free.append(runner)
            subprocess.run(["chmod", "-R", "u+w", str(root)], check=True)

    with ThreadPoolExecutor(len(runners)) as pool:
        yield dict(zip(TRIED, pool.map(lambda pair: end(*pair), TRIED), strict=True))
    for runner in runners:
        runner.process.kill()
        runner.process.communicate()


@pytest.mark.parametrize(("fault", "verb"), TRIED)
def test_a_verb_ends_in_at_most_one_line_of_error_without_traceback_or_stray_file(
    fault: str, verb: str, outcomes: dict[tuple[str, str], Outcome]
) -> None:
    done = outcomes[fault, verb]
    assert done.code in {0, 2, 141}, done.stderr
    assert "Traceback" not in done.stderr and "Exception ignored" not in done.stderr
    if fault != "mute":
        assert [line for line in done.stderr.splitlines() if "rror: " in line] == [done.last] * (done.code == 2)
    assert "a fault of dosje" not in done.stderr
    assert done.strays == ()


@pytest.mark.parametrize("verb", sorted(set(VERBS) - SLOW))
def test_a_verb_that_nothing_hinders_ends_well(verb: str, outcomes: dict[tuple[str, str], Outcome]) -> None:
    assert outcomes["well", verb].code == 0, outcomes["well", verb].stderr
    assert bool(outcomes["well", verb].stdout) == (verb in ANSWERING)


@pytest.mark.parametrize("verb", VERBS)
def test_what_cannot_be_answered_is_no_success(verb: str, outcomes: dict[tuple[str, str], Outcome]) -> None:
    full = "Error: standard output: No space left on device; make room on the disk, then run this again"
    expected = {
        "closed": (2, "Error: standard input is closed" if verb == "cite" else "Error: standard output is closed"),
        "full": (2, full),
    }
    for fault, end in expected.items():
        done = outcomes[fault, verb]
        if verb in ANSWERING:
            assert (done.code, done.last) == end
        else:
            assert done.code == 0, done.stderr


@pytest.mark.parametrize("verb", sorted(set(VERBS) - SLOW))
def test_a_verb_whose_answer_nobody_reads_ends_in_silence(verb: str, outcomes: dict[tuple[str, str], Outcome]) -> None:
    done = outcomes["deaf", verb]
    assert done.code == (141 if verb in ANSWERING else 0)
    assert "rror: " not in done.stderr


@pytest.mark.parametrize("verb", sorted(WRITING))
def test_where_nothing_can_be_written_a_verb_that_writes_says_so(
    verb: str, outcomes: dict[tuple[str, str], Outcome]
) -> None:
    for fault, reason in (("no room", "(File too large|disk I/O error)"), ("read only", "Permission denied")):
        done = outcomes[fault, verb]
        assert done.code == 2
        assert re.match(rf"Error: /.*: {reason}(; .*)?\Z", done.last)


def test_interrupted_a_command_ends_with_130_and_one_line() -> None:
    assert ending_of(KeyboardInterrupt()) == Ending("interrupted", 130)


def test_an_error_of_the_system_names_the_file_the_reason_and_a_remedy() -> None:
    error = OSError(errno.ENOSPC, "No space left on device", "/a/b")
    text = "Error: /a/b: No space left on device; make room on the disk, then run this again"
    assert ending_of(error) == Ending(text, 2)
    assert ending_of(OSError("cannot be said")) == Ending("Error: cannot be said", 2)
    assert ending_of(name_stream(OSError(errno.EBADF, "x"), 0)) == Ending("Error: standard input is closed", 2)
    assert ending_of(MemoryError()).code == 2
    assert ending_of(PandocError("the style names no language")) == Ending("Error: the style names no language", 2)


def test_what_the_system_does_not_name_is_named_by_the_open_file_or_else_the_verb(tmp_path: Path) -> None:
    def fail(file: object) -> None:
        raise OSError(errno.EFBIG, "File too large")

    with tempfile.NamedTemporaryFile("w", dir=tmp_path) as wrapped, (tmp_path / "b").open("wb") as plain:
        for file, place in (
            (wrapped, wrapped.name),
            (plain, plain.name),
            (sys.stdout, "dosje build"),
            (1, "dosje build"),
        ):
            with pytest.raises(OSError) as raised:
                fail(file)
            # The frame of this test itself has all of them.
            error = raised.value.with_traceback(raised.tb.tb_next)
            text = f"Error: {place}: File too large; allow larger files (ulimit -f)"
            assert ending_of(error, "build") == Ending(text, 2)


def test_a_fault_of_the_program_says_so_in_one_line_and_how_to_see_where(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object) -> None:
        raise KeyError("a\nb")

    monkeypatch.setattr(verbs, "find_project", fail)
    result = CliRunner().invoke(main, ["check"])
    line = (
        "Error: a fault of dosje itself, not of your edition: KeyError: 'a\\nb' (test_endings.py:NUMBER); with "
        "DOSJE_TRACEBACK=1 before the command it shows where: please report that\n"
    )
    assert (result.exit_code, re.sub(r"py:\d+", "py:NUMBER", result.output)) == (2, line)
    monkeypatch.setenv("DOSJE_TRACEBACK", "1")
    shown = CliRunner().invoke(main, ["check"]).output
    assert shown.startswith("Traceback (most recent call last):\n") and shown.endswith("please report that\n")


@pytest.mark.parametrize("output", ["nowhere/a.ris", "content", "content/sources/a.yml/b.ris"])
def test_an_output_that_cannot_be_a_file_is_wrong_usage(output: str, edition: Edition) -> None:
    root = edition(FILES)
    result = CliRunner().invoke(main, ["export", "ris", "-o", str(root / output), "--project", str(root)])
    assert (result.exit_code, result.stdout) == (2, "")
    assert result.stderr.splitlines()[-1].startswith(("Error: there is no folder ", "Error: Invalid value for '-o'"))
    assert sorted(path.name for path in root.iterdir()) == ["content", "mkdocs.yml"]


def test_an_output_that_is_no_file_is_written_to_and_not_replaced(edition: Edition) -> None:
    root = edition(FILES)
    pipe = root / "pipe"
    os.mkfifo(pipe)
    with subprocess.Popen(["cat", pipe], stdout=subprocess.PIPE) as reader:
        result = CliRunner().invoke(main, ["export", "ris", "-o", str(pipe), "--project", str(root)])
        assert reader.stdout and reader.stdout.read().startswith(b"TY  - ")
    assert result.exit_code == 0 and pipe.is_fifo()
    full = CliRunner().invoke(main, ["export", "ris", "-o", "/dev/full", "--project", str(root)])
    assert (full.exit_code, Path("/dev/full").is_file()) == (2, False)
    assert full.stderr.startswith("Error: ") and "No space left on device" in full.stderr


@pytest.mark.parametrize("port", ["-1", "65536", "x"])
def test_a_port_that_cannot_be_is_wrong_usage(port: str, edition: Edition) -> None:
    result = CliRunner().invoke(main, ["serve", "--port", port, "--project", str(edition(FILES))])
    assert result.exit_code == 2 and "serving" not in result.output


def test_pressed_while_pandoc_runs_ctrl_c_ends_the_command_and_pandoc(edition: Edition, tmp_path: Path) -> None:
    root = edition(FILES)
    pandoc = tmp_path / "pandoc"
    pandoc.write_text(f"#!/bin/sh\n[ $1 = --version ] && echo pandoc 3.9 || {{ echo $$ > {tmp_path}/id; sleep 60; }}\n")
    pandoc.chmod(0o755)
    command = [sys.executable, "-m", "dosje.cli", "check", "--project", str(root)]
    environment = os.environ | {"PYPANDOC_PANDOC": str(pandoc)}
    with subprocess.Popen(command, env=environment, stderr=subprocess.PIPE, text=True) as process:
        while not (tmp_path / "id").is_file() or not (tmp_path / "id").read_text():
            assert process.poll() is None
            time.sleep(LOOK)
        process.send_signal(signal.SIGINT)
        _, said = process.communicate(timeout=PATIENCE)
    assert (process.returncode, said) == (130, "interrupted\n")
    assert not Path("/proc", (tmp_path / "id").read_text().strip()).exists()
