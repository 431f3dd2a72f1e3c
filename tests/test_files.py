"""Files: what is no file is a finding, and nothing is opened that could make us wait."""

from __future__ import annotations

import os
import socket
from pathlib import Path

import pytest

from conftest import Edition, find_all
from dosje.files import Found, find_files, read_text
from dosje.findings import Finding, Span

_HINT = "take it out of the edition, or give it another name"


def test_files_are_found_at_whatever_depth_sorted_and_without_what_is_hidden(tmp_path: Path) -> None:
    for name in ("b.yml", "a/c.yml", "a/.git/d.yml", ".e.yml", "a-f.yml"):
        (tmp_path / "content" / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / "content" / name).touch()
    found = find_files(tmp_path / "content", tmp_path)
    names = [path.relative_to(tmp_path).as_posix() for path in found.files]
    assert (names, found.findings) == (["content/a/c.yml", "content/a-f.yml", "content/b.yml"], ())
    assert find_files(tmp_path / "nothing", tmp_path) == Found((), ())


def test_a_pipe_a_socket_and_a_link_to_nothing_are_findings_and_are_never_opened(
    edition: Edition, monkeypatch: pytest.MonkeyPatch
) -> None:
    root = edition({"content/persons/a.yml": "name: {family: A}\n", "bibliography/a.bib": ""})
    os.mkfifo(root / "content/persons/pipe.yml")
    os.mkfifo(root / "bibliography/pipe.bib")
    os.mkfifo(root / "content/places.yml")
    (root / "content/assets").mkdir()
    (root / "content/assets/gone.png").symlink_to("nowhere")
    with socket.socket(socket.AF_UNIX) as opened:
        monkeypatch.chdir(root / "content")  # the path of a socket may have only a hundred signs
        opened.bind("a-socket")
        found = [finding for finding in find_all(root) if finding.is_error]
    assert [(finding.span.path, finding.message) for finding in found] == [
        ("bibliography/pipe.bib", '"pipe.bib" is a pipe, which is never opened'),
        ("content/a-socket", '"a-socket" is a socket, which is never opened'),
        ("content/assets/gone.png", '"gone.png" is a link to nothing'),
        ("content/persons/pipe.yml", '"pipe.yml" is a pipe, which is never opened'),
        ("content/places.yml", '"places.yml" is a pipe, which is never opened'),
    ]
    assert {finding.hint for finding in found} == {_HINT}


def test_a_link_to_a_device_is_a_finding(edition: Edition) -> None:
    root = edition({"content/persons/a.yml": "name: {family: A}\n"})
    (root / "content/persons/b.yml").symlink_to("/dev/zero")
    errors = [finding for finding in find_all(root) if finding.is_error]
    message = '"b.yml" is a device, which is never opened'
    assert errors == [Finding(Span("content/persons/b.yml", 1, 1), "file-kind", message, _HINT)]


def test_a_name_that_is_no_text_is_shown_in_signs_that_can_be_typed(edition: Edition) -> None:
    root = edition({"content/persons/a.yml": "name: {family: A}\n"})
    for name in (b"\xff.yml", b"two\nlines.yml"):
        with open(os.fsencode(root) + b"/content/persons/" + name, "w") as file:
            file.write("name: {family: B}\n")
    errors = [finding for finding in find_all(root) if finding.is_error]
    assert [str(finding.span) for finding in errors] == [
        "content/persons/\\udcff.yml:1:1",
        "content/persons/two\\nlines.yml:1:1",
    ]


@pytest.mark.parametrize("kind", ["pipe", "folder", "nothing"])
def test_what_took_the_place_of_a_file_since_it_was_found_is_a_finding(kind: str, tmp_path: Path) -> None:
    path = tmp_path / "a.yml"
    if kind == "pipe":
        os.mkfifo(path)
    elif kind == "folder":
        path.mkdir()
    text, findings = read_text(path, tmp_path)
    assert (text, [(str(finding.span), finding.code) for finding in findings]) == (None, [("a.yml:1:1", "file-kind")])


def test_a_file_is_read_up_to_its_limit_and_not_beyond(tmp_path: Path) -> None:
    (tmp_path / "a.bib").write_text("x" * 10)
    assert read_text(tmp_path / "a.bib", tmp_path, 10) == ("x" * 10, [])
    (tmp_path / "a.bib").write_text("x" * 11)
    text, findings = read_text(tmp_path / "a.bib", tmp_path, 10)
    assert (text, [finding.code for finding in findings]) == (None, ["too-large"])
