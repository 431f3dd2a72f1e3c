"""What docs/manual/api.md promises to programs: its examples run, and the data is what it says."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser

from conftest import PROJECT


def example(language: str) -> str:
    text = (PROJECT / "docs" / "manual" / "api.md").read_text(encoding="utf-8")
    found = re.search(rf"```{language}\n(.*?)```", text, re.DOTALL)
    assert found
    return found[1]


def run(*arguments: str) -> str:
    command = [sys.executable, "-m", "dosje.cli", *arguments]
    return subprocess.run(command, capture_output=True, text=True, check=True).stdout


@pytest.fixture(scope="module")
def dumped(built: Path) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(run("export", "json", "--project", str(built)))
    return found


def test_the_example_in_python_runs(built: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-c", example("python")], cwd=built, capture_output=True, text=True, check=True
    )
    words, cited = done.stdout.splitlines()
    assert words.startswith("Hysni Kapo to Enver Hoxha, 20 June 1960, AQSH, Tirana, F. 14/AP, OU")
    assert re.fullmatch(r"[a-z0-9-]+ \d+ [0-9–, ]+", cited)


@pytest.mark.browser
def test_the_example_in_javascript_runs(browser: Browser, built: Path) -> None:
    page = browser.new_page()
    page.goto((built / "site/lookup/index.html").as_uri())
    assert page.evaluate(f"(async () => {{ {example('javascript')} }})()") == "exact: kapo-hoxha-1960-06-20"
    page.close()


def test_the_edition_is_one_object_of_lists(dumped: dict[str, Any]) -> None:
    assert list(dumped) == [
        "version", "edition", "meetings", "events", "persons", "sources", "places", "organisations", "archives",
        "essays", "pages", "works",
    ]  # fmt: skip
    assert dumped["version"] == 1
    for name in list(dumped)[2:]:
        assert all({"key", "url", "title"} <= set(entry) for entry in dumped[name]), name


def test_a_source_has_every_field_and_what_it_inherits(dumped: dict[str, Any]) -> None:
    source = next(entry for entry in dumped["sources"] if entry["key"] == "kapo-hoxha-1960-06-20")
    assert source["author"] == ["hysni-kapo"]
    assert source["date"] == {"edtf": "1960-06-20", "words": "20 June 1960"}
    assert source["folios"] == "4–12"
    assert source["reference"] == "F. 14/AP, OU, MPPKPB – June 1960, D. 1"
    assert (source["repository"], source["archive"], source["file"]) == ("aqsh", "AQSH", "1")
    assert source["within"] == ["aqsh-mppkpb-1960-d1", "aqsh-mppkpb-1960", "aqsh-ou", "aqsh-f14"]
    assert source["words"].startswith("Hysni Kapo to Enver Hoxha")
    assert source["cited_in"][0]["url"].startswith(f"{source['cited_in'][0]['page']['kind']}s/")


def test_the_json_of_a_source_is_its_part_of_the_whole(built: Path, dumped: dict[str, Any]) -> None:
    for entry in (*dumped["sources"][:5], *dumped["works"][:5]):
        path = built / "site" / "sources" / entry["key"] / "index.json"
        assert json.loads(path.read_text(encoding="utf-8")) == {"version": 1} | entry


def test_the_attendance_keeps_the_names_that_editors_write(dumped: dict[str, Any]) -> None:
    meeting = next(entry for entry in dumped["meetings"] if entry["key"] == "bucharest-1960")
    assert "for" in meeting["participants"][0]


def test_each_source_has_its_csl_json(dumped: dict[str, Any]) -> None:
    letter = next(source for source in dumped["sources"] if source["key"] == "kapo-hoxha-1960-06-20")
    assert letter["csl"]["type"] == "personal_communication" and letter["csl"]["archive"] == "AQSH"
    assert letter["csl"]["author"] == [{"family": "Kapo", "given": "Hysni"}]
    for source in (*dumped["sources"], *dumped["works"]):
        assert source["csl"]["id"] == source["key"] and source["csl"]["type"], source["key"]
