"""The verbs that write: in every order, at the same time, and killed."""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys
import time
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

import pytest
from click.testing import CliRunner

from conftest import PROJECT, Edition
from dosje.cli import main
from dosje.lookup.answers import open_index
from dosje.reading.settings import Settings
from dosje.system.lock import hold_lock
from dosje.system.manifest import hash_tree
from dosje.system.marker import mark_folder
from waiting import PATIENCE

pytestmark = pytest.mark.whole

# MkDocs' own theme, which is built in half the time.
TINY = {
    "mkdocs.yml": "site_name: A\ntheme: mkdocs\n",
    "content/persons/kapo.yml": "name: {family: Kapo}\n",
    "content/essays/one.md": "---\ntitle: One\n---\n[Kapo](person:kapo) spoke.\n",
}
VERBS = ("build", "pdf", "epub", "bundle", "publish", "export")


def command(verb: str, root: Path) -> list[str]:
    more = {"publish": ["--to", str(root.parent / "www")], "export": ["json", "-o", str(root.parent / "all.json")]}
    return [verb, *more.get(verb, []), "--project", str(root)]


def read_output(verb: str, root: Path) -> object:
    """Return what a verb made: files by path with their digests."""
    downloads = root / ".build" / "downloads"
    place = {
        "build": root / "site", "publish": root.parent / "www", "pdf": downloads / "edition.pdf",
        "epub": downloads / "edition.epub", "bundle": downloads / "edition.zip", "export": root.parent / "all.json",
    }[verb]  # fmt: skip
    return hash_tree(place) if place.is_dir() else hashlib.sha256(place.read_bytes()).hexdigest()


def every_pair(names: tuple[str, ...]) -> Iterator[str]:
    """Yield names so that each stands once right behind each, itself too."""
    for number, name in enumerate(names):
        yield name
        for other in names[number + 1 :]:
            yield name
            yield other
    yield names[0]


@pytest.fixture
def tiny(edition: Edition) -> Path:
    return edition({f"edition/{name}": text for name, text in TINY.items()}) / "edition"


def test_every_pair_of_verbs_stands_in_the_sequence_once() -> None:
    order = list(every_pair(VERBS))
    assert sorted(pairwise(order)) == sorted((one, two) for one in VERBS for two in VERBS)


def test_each_verb_makes_the_same_behind_every_other(tiny: Path) -> None:
    first: dict[str, object] = {}
    order = ["bundle", "bundle", "epub", "pdf", "epub", "bundle", "build", "publish", "export", *every_pair(VERBS)]
    for number, verb in enumerate(order):
        result = CliRunner().invoke(main, command(verb, tiny))
        assert result.exit_code == 0, (number, order[: number + 1], result.output)
        if number < 4:
            continue  # without all books
        assert read_output(verb, tiny) == first.setdefault(verb, read_output(verb, tiny)), order[: number + 1]
    assert sorted(path.name for path in tiny.iterdir()) == [".build", "addresses.txt", "content", "mkdocs.yml", "site"]


def test_a_zip_is_the_same_whether_or_not_one_was_made_before(tiny: Path) -> None:
    made = []
    for _ in range(2):
        assert CliRunner().invoke(main, command("bundle", tiny)).exit_code == 0
        made.append(read_output("bundle", tiny))
    assert made[0] == made[1]
    assert not (tiny / ".build" / "pages").exists() and not (tiny / ".build" / "work").exists()


def start(verb: str, root: Path) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-m", "dosje.cli", *command(verb, root)],
        stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
    )  # fmt: skip


def test_verbs_that_are_started_at_once_all_succeed_one_after_the_other(tiny: Path) -> None:
    assert CliRunner().invoke(main, command("build", tiny)).exit_code == 0
    said = []
    for pair in (("build", "build"), ("build", "bundle"), ("pdf", "build"), ("bundle", "epub"), ("build", "publish")):
        running = [start(verb, tiny) for verb in pair]
        for verb, process in zip(pair, running, strict=True):
            _, stderr = process.communicate(timeout=PATIENCE)
            assert process.returncode == 0, (pair, verb, stderr)
            said.append(stderr)
    assert sum("waiting for dosje" in stderr for stderr in said) >= 3
    assert CliRunner().invoke(main, ["verify", "--project", str(tiny)]).exit_code == 0


def test_who_waits_says_for_whom_and_who_only_reads_does_not_wait(tiny: Path) -> None:
    assert CliRunner().invoke(main, command("build", tiny)).exit_code == 0
    with hold_lock(tiny / ".build" / "lock", "build", lambda _: None):
        for verb in (["check"], ["cite", "Kapo"], ["verify"], ["export", "json"]):
            assert CliRunner().invoke(main, [*verb, "--project", str(tiny)]).exit_code == 0, verb
        waiting = start("export", tiny)
        assert waiting.stderr is not None
        line = waiting.stderr.readline()
        assert waiting.poll() is None
    stdout, stderr = waiting.communicate(timeout=PATIENCE)
    assert line.startswith(f"waiting for dosje build (process {os.getpid()}, since ") and line.endswith(")\n")
    assert (waiting.returncode, stdout, stderr) == (0, "", f"wrote the edition to {tiny.parent / 'all.json'}\n")


# Holds a lock, starts a child that holds it too and lives until a file is there, and says so.
HOLDER = """
import subprocess, sys, time
from pathlib import Path
from dosje.system.lock import held_locks, hold_lock
with hold_lock(Path(sys.argv[1]), "build", print):
    script = 'while [ ! -e "$0" ]; do sleep 0.02; done'
    child = subprocess.Popen(["sh", "-c", script, sys.argv[2]], pass_fds=held_locks(), stdout=subprocess.DEVNULL)
    if Path(sys.argv[2]).exists():
        child.wait()
    print("held", flush=True)
    time.sleep(3600)
"""


@pytest.mark.parametrize("child_has_ended", [True, False])
def test_the_lock_falls_with_the_process_and_is_held_by_what_it_started(child_has_ended: bool, tmp_path: Path) -> None:
    end, told = tmp_path / "end", list[str]()
    if child_has_ended:
        end.touch()

    def tell(text: str) -> None:
        told.append(text)
        end.touch()  # else nobody would ever have the lock

    with subprocess.Popen(
        [sys.executable, "-c", HOLDER, str(tmp_path / "lock"), str(end)], stdout=subprocess.PIPE, text=True
    ) as holder:
        assert holder.stdout is not None and holder.stdout.readline() == "held\n"
        holder.kill()
    with hold_lock(tmp_path / "lock", "pdf", tell):
        pass
    assert bool(told) is not child_has_ended


def test_cite_reads_the_site_that_stands_not_the_pages_of_the_next(tiny: Path) -> None:
    assert CliRunner().invoke(main, command("build", tiny)).exit_code == 0
    assert open_index(Settings(tiny, "A", "")).site == tiny / "site"
    core = tiny / ".build" / "pages" / "lookup" / "v4" / "core.js"
    core.write_text("half of")
    assert CliRunner().invoke(main, ["cite", "Kapo", "--project", str(tiny)]).exit_code == 0


def test_cite_says_that_records_have_changed_until_they_are_built(tiny: Path) -> None:
    def ask() -> bool:
        result = CliRunner().invoke(main, ["cite", "Kapo", "--project", str(tiny)])
        assert result.exit_code == 0
        return "records have changed" in result.stderr

    answers = []
    assert CliRunner().invoke(main, command("build", tiny)).exit_code == 0
    answers.append(ask())
    time.sleep(0.05)
    (tiny / "content" / "persons" / "kapo.yml").touch()  # nothing in the site follows from it
    answers.append(ask())
    assert "site/ is as it was" in CliRunner().invoke(main, command("build", tiny)).stderr
    answers.append(ask())
    assert answers == [False, True, False]


@pytest.mark.parametrize(
    ("link", "target"),
    [
        (".build", "elsewhere"),
        (".build/pages", "../content"),
        (".build/work", "../content"),
        (".build/spare", "../content"),
        (".build/theme", "../content"),
        (".build/lock", "../content/persons/kapo.yml"),
        (".build/cache", "../content"),
        (".build/downloads/booklets", "../../content"),
        ("site", "content"),
    ],
)
def test_a_link_in_the_place_of_a_folder_of_ours_is_refused_and_nothing_removed(
    link: str, target: str, tiny: Path
) -> None:
    (tiny / "mkdocs.yml").write_text("site_name: A\n")
    (tiny / "elsewhere").mkdir()
    (tiny / "elsewhere" / "mine.yml").write_text("mine")
    if "/" in link:
        mark_folder(tiny / ".build")
        (tiny / link).parent.mkdir(exist_ok=True)
    (tiny / link).symlink_to(target)
    before = {path: path.read_bytes() for name in ("content", "elsewhere") for path in (tiny / name).rglob("*.*")}
    for verb in (["build"], ["check"], ["pdf", "all"]) if link != "site" and "pages" not in link else (["build"],):
        result = CliRunner().invoke(main, [*verb, "--project", str(tiny)])
        assert (result.exit_code, result.stdout) == (2, "")
        assert f"{tiny / link} is a link to {target}" in result.stderr.splitlines()[-1]
    assert {path: path.read_bytes() for path in before} == before
    found = {path for name in ("content", "elsewhere") for path in (tiny / name).rglob("*.*")}
    assert found == set(before)


@pytest.mark.parametrize("name", [".build", "site"])
def test_a_folder_of_somebody_else_is_left_alone_and_what_is_said_can_be_typed(name: str, tiny: Path) -> None:
    (tiny / name).mkdir()
    (tiny / name / "index.html").write_text("somebody's own")
    result = CliRunner().invoke(main, command("build", tiny))
    remedy = f"mv {tiny / name} {tiny / name}.old"
    assert result.exit_code == 2 and result.stderr.splitlines()[-1].endswith(remedy)
    assert [path.name for path in (tiny / name).iterdir()] == ["index.html"]
    subprocess.run(remedy, shell=True, check=True)
    assert CliRunner().invoke(main, command("build", tiny)).exit_code == 0
    assert (tiny / f"{name}.old" / "index.html").read_text() == "somebody's own"


def test_an_edition_that_an_earlier_version_built_keeps_its_books(tiny: Path) -> None:
    for name in ("cache/pandoc.sqlite", "downloads/edition.epub", "pages/old.md"):
        (tiny / ".build" / name).parent.mkdir(parents=True, exist_ok=True)
        (tiny / ".build" / name).write_bytes(b"")
    (tiny / ".build" / "downloads" / "edition.epub").write_text("a book")
    assert CliRunner().invoke(main, command("build", tiny)).exit_code == 0
    assert (tiny / "site" / "downloads" / "edition.epub").read_text() == "a book"
    assert not (tiny / ".build" / "pages" / "old.md").exists()


@pytest.mark.parametrize("verb", ["build", "bundle"])
def test_what_a_killed_run_was_writing_is_taken_away_by_the_next(verb: str, tiny: Path) -> None:
    downloads = tiny / ".build" / "downloads"
    downloads.mkdir(parents=True)
    (tiny / ".build" / "cache").mkdir()
    (tiny / ".build" / "CACHEDIR.TAG").write_text("Signature: 8a477f597d28d172789f06886806bc55\n")
    ended = subprocess.Popen(["true"])
    ended.wait()
    for folder in (downloads, tiny / ".build" / "cache"):
        (folder / f".{ended.pid}-1.part").write_text("half")
        (folder / f".{os.getpid()}-1.part").write_text("half, of one who still writes")
    assert CliRunner().invoke(main, command(verb, tiny)).exit_code == 0
    left = {path.name for path in (tiny / ".build").rglob(".*.part")}
    assert left == {f".{os.getpid()}-1.part"}


def test_a_build_that_is_killed_leaves_one_site_and_the_next_is_good() -> None:
    program = str(PROJECT / "benchmarks" / "kills.py")
    done = subprocess.run(
        [sys.executable, program, "20", "--verbs", "build"], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr
    assert done.stdout.splitlines()[-1].startswith("| build | 20 |")


@pytest.mark.long
@pytest.mark.parametrize("verb", ["build", "publish", "pdf", "epub", "bundle"])
def test_a_verb_that_is_killed_leaves_one_version_and_the_next_is_good(verb: str) -> None:
    program = str(PROJECT / "benchmarks" / "kills.py")
    done = subprocess.run(
        [sys.executable, program, "100", "--verbs", verb], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr
