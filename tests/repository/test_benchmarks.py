"""The benchmarks' edition is what it promises, so that what is measured with it means something."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from conftest import PROJECT
from dosje.checking.records import check_corpus
from dosje.reading.corpus import Corpus
from dosje.reading.record_files import read_corpus
from dosje.reading.records import Meeting
from dosje.reading.sentences import text_of_pieces
from dosje.reading.settings_file import read_settings

BENCHMARKS = PROJECT / "benchmarks"


def make_edition(folder: Path, *options: str, size: int = 40, hash_seed: str = "0") -> subprocess.CompletedProcess[str]:
    command = [sys.executable, str(BENCHMARKS / "make_edition.py"), str(size), str(folder), *options]
    environment = {**os.environ, "PYTHONHASHSEED": hash_seed}
    return subprocess.run(command, capture_output=True, text=True, env=environment, check=False)


def files_of(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def read_edition(folder: Path) -> tuple[Corpus, list[str]]:
    settings, findings = read_settings(folder)
    assert settings
    corpus, found = read_corpus(settings)
    return corpus, [f"{f.span}: {f.code}: {f.message}" for f in (*findings, *found, *check_corpus(corpus))]


@pytest.fixture(scope="module")
def edition(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("edition") / "of-40"
    made = make_edition(folder)
    assert (made.returncode, made.stderr) == (0, "")
    return folder


def test_the_same_size_and_seed_make_the_same_bytes(edition: Path, tmp_path: Path) -> None:
    make_edition(tmp_path / "again", hash_seed="1")
    assert files_of(tmp_path / "again") == files_of(edition)


def test_another_seed_makes_another_edition(edition: Path, tmp_path: Path) -> None:
    make_edition(tmp_path / "other", "--seed", "2")
    assert files_of(tmp_path / "other") != files_of(edition)


def test_an_edition_of_40_has_16_meetings_8_persons_and_16_sources(edition: Path) -> None:
    corpus, _ = read_edition(edition)
    counted = {kind: len(records) for kind, records in corpus.by_kind.items()}
    assert counted == {
        "meeting": 16, "event": 0, "person": 8, "source": 12, "place": 20, "organisation": 12, "archive": 2,
        "essay": 1, "page": 1,
    }  # fmt: skip
    assert len(corpus.works) == 4


def test_a_meeting_has_ten_citations_eight_participants_and_about_350_words(edition: Path) -> None:
    corpus, _ = read_edition(edition)
    for record in corpus.meetings.values():
        assert isinstance(record.model, Meeting)
        account = next(text for path, _, text in record.texts if path == ("account",))
        assert sum(len(block.citations) for block in account.blocks) == 10
        assert 4 <= len(account.statements) <= 6
        assert len(record.model.participants) == 8
        words = " ".join(text_of_pieces(block.pieces) for block in account.blocks).split()
        assert 300 <= len(words) <= 420


@pytest.mark.parametrize("size", [20, 40, 301])
def test_an_edition_has_no_findings_not_even_warnings(size: int, tmp_path: Path) -> None:
    make_edition(tmp_path / "edition", size=size)
    assert read_edition(tmp_path / "edition")[1] == []


def test_a_folder_that_the_script_did_not_make_stays_as_it_is(tmp_path: Path) -> None:
    (tmp_path / "mkdocs.yml").write_text("site_name: Mine\n")
    made = make_edition(tmp_path)
    assert (made.returncode, made.stdout) == (2, "")
    assert "is not empty and was not made by this script" in made.stderr
    assert files_of(tmp_path) == {"mkdocs.yml": b"site_name: Mine\n"}


def test_a_smaller_edition_made_in_the_same_folder_leaves_nothing_of_the_larger(edition: Path, tmp_path: Path) -> None:
    make_edition(tmp_path / "edition", size=60)
    (tmp_path / "edition" / "notes.txt").write_text("an editor's own")
    make_edition(tmp_path / "edition", size=40)
    assert files_of(tmp_path / "edition") == files_of(edition) | {"notes.txt": b"an editor's own"}


def test_the_memory_of_a_child_of_the_child_is_measured() -> None:
    grandchild = "x = b'1' * 150_000_000"
    child = f"import subprocess, sys; subprocess.run([sys.executable, '-c', {grandchild!r}], check=True)"
    script = (
        "import json, sys; from dataclasses import asdict; from pathlib import Path; from build import measure;"
        f"print(json.dumps(asdict(measure([sys.executable, '-c', {child!r}], Path('.'), 60))))"
    )
    done = subprocess.run([sys.executable, "-c", script], cwd=BENCHMARKS, capture_output=True, text=True, check=True)
    assert 140 < json.loads(done.stdout)["megabytes"] < 300


def test_a_build_that_takes_too_long_is_ended_and_said() -> None:
    script = (
        "import sys; from pathlib import Path; from build import BuildError, measure\n"
        "try: measure([sys.executable, '-c', 'import time; time.sleep(60)'], Path('.'), 0.5)\n"
        "except BuildError as error: print(error)"
    )
    done = subprocess.run([sys.executable, "-c", script], cwd=BENCHMARKS, capture_output=True, text=True, check=True)
    assert done.stdout.endswith("not done after 0.5 s\n")


def test_the_cost_of_notes_is_printed_as_a_table() -> None:
    command = [sys.executable, str(BENCHMARKS / "notes.py"), "--sources", "8", "--notes", "60"]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    head, _, *rows = (re.split(r" *\| *", line.strip("| ")) for line in done.stdout.splitlines())
    assert head == ["work", "number", "cpu s", "wall s", "ms each"]
    assert [row[0] for row in rows] == [
        "words of 8 sources, cold", "words of 8 sources, kept", "notes placed and written", "notes, again",
    ]  # fmt: skip
    assert [row[1] for row in rows][2:] == ["60", "60"]
