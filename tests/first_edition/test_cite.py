"""`dosje cite`: answers from the index of the last build, at once, for people and for programs."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from conftest import Edition

LETTER = "Kapo to Hoxha, 25 June 1960"


def cite(root: Path, *arguments: str, given: str = "") -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "dosje.cli", "cite", *arguments, "--project", str(root)]
    return subprocess.run(command, capture_output=True, text=True, check=False, input=given)


def test_an_answer_for_people_has_the_full_note_the_reason_and_the_statements(built: Path) -> None:
    done = cite(built, LETTER)
    lines = done.stdout.splitlines()
    assert done.returncode == 0
    assert lines[0] == "“Kapo to Hoxha, 25 June 1960”"
    assert lines[1].startswith("  exact: Hysni Kapo, telegram to Enver Hoxha, 25 June 1960, AQSH, Tirana, F. 14/AP, OU")
    assert lines[2] == "    kapo-hoxha-1960-06-25 · sources/kapo-hoxha-1960-06-25/"
    assert lines[3] == "    why: writer, recipient and date are those of this document"
    assert lines[4].startswith("    - ") and ", note " in lines[4]


def test_words_need_no_quotes(built: Path) -> None:
    assert cite(built, *LETTER.split()).stdout == cite(built, LETTER).stdout


def test_nothing_found_is_said_with_the_nearest_that_is_known(built: Path) -> None:
    done = cite(built, "AQSH, F.14/AP-MPKK, V. 1959, D. 4")
    assert done.stdout.splitlines() == [
        "“AQSH, F.14/AP-MPKK, V. 1959, D. 4”",
        "  nothing found; looked for: no file 4 of 1959 is known in F. 14/AP-MPKK",
        "    nearest: File 4 of 1960: Hoxha's radiograms with Nushi, and notes of 5 June (aqsh-mpkk-1960-d4), "
        "the nearest file that is known",
    ]


def test_json_has_the_shape_of_the_manual(built: Path) -> None:
    answer = json.loads(cite(built, LETTER + ", fl. 48", "--format", "json").stdout)
    assert set(answer) == {"query", "citations"}
    (citation,) = answer["citations"]
    assert set(citation) == {"text", "locator", "read", "matches"}
    assert citation["read"]["date"] == {"value": "1960-06-25", "span": [15, 27]}
    assert citation["locator"] == {"label": "folio", "value": "48"}
    (match,) = citation["matches"]
    assert set(match) == {"key", "confidence", "why", "known_through", "url", "cited_in"}
    assert match["known_through"].startswith("cited in Ylber Marku, ")
    assert all(set(cited) == {"page", "note", "statement", "url"} for cited in match["cited_in"])


def test_nothing_found_is_said_in_json_too(built: Path) -> None:
    answer = json.loads(cite(built, "RGANI, f. 3, op. 12, d. 4", "--format", "json").stdout)
    (citation,) = answer["citations"]
    assert citation["matches"] == []
    assert citation["nothing"]["looked_for"].startswith("“RGANI” is none of the archives of this edition")


def test_a_batch_is_answered_line_by_line_and_ibid_looks_back(built: Path) -> None:
    given = "AQSH, F.14/AP-MPKK, V. 1960, D. 4, fl. 9–20\nIbid., fl. 4\n\nLüthi 2008\n"
    done = cite(built, "--batch", "--format", "json", given=given)
    answers: list[Any] = [json.loads(line) for line in done.stdout.splitlines()]
    found = [[c["matches"][0]["key"] for c in answer["citations"]] for answer in answers]
    assert found == [["ccp-dinner-notes-1960-06-05"], ["hoxha-nushi-1960-06-07"], [], ["luthi-2008"]]


def test_a_leaf_lists_who_rests_on_it(built: Path) -> None:
    answer = json.loads(cite(built, "--folio", "aqsh-mpkk-1960-d4:12", "--format", "json").stdout)
    keys = [match["key"] for match in answer["citations"][0]["matches"]]
    assert keys == ["aqsh-mpkk-1960-d4", "radiograms-hoxha-nushi-1960", "ccp-dinner-notes-1960-06-05"]
    assert all(match["cited_in"] for match in answer["citations"][0]["matches"][1:])


def test_without_a_build_the_remedy_is_said(edition: Edition) -> None:
    done = cite(edition({}), LETTER)
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr == "there is no index yet; dosje build makes it\n"


def test_an_index_of_an_older_version_is_not_read(edition: Edition) -> None:
    root = edition({"site/lookup/v1/core.js": 'dosjeShard("core",{"v":1,"n":0});\n'})
    done = cite(root, LETTER)
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr == "the index was made by another version of dosje; dosje build makes it\n"


def test_a_record_that_changed_after_the_build_is_told(built: Path, tmp_path: Path) -> None:
    root = shutil.copytree(built, tmp_path / "edition", ignore=shutil.ignore_patterns(".build"))
    assert cite(root, LETTER).stderr == ""
    record = root / "content/sources/kapo-hoxha-1960-06-25.yml"
    os.utime(record, (record.stat().st_atime, record.stat().st_mtime + 100_000))
    done = cite(root, LETTER)
    assert done.stderr == "records have changed since the last build; dosje build brings the index up to date\n"


@pytest.mark.parametrize("arguments", [[], ["--batch", LETTER], ["--folio", "a:1", LETTER]])
def test_one_question_at_a_time(built: Path, arguments: list[str]) -> None:
    done = cite(built, *arguments)
    assert (done.returncode, done.stdout) == (2, "")
    assert "give a footnote, or --batch, or --folio" in done.stderr


def test_cite_imports_nothing_that_reads_records() -> None:
    code = (
        "import sys, dosje.cli, dosje.lookup.answers\nprint({'pydantic', 'jinja2', 'pypandoc'} & {*sys.modules} or '')"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout == "\n"
