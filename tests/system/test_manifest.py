"""The manifest of a site: coreutils' form, read back as it was written, and what it finds in a copy."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from hypothesis import given
from hypothesis import strategies as st

from dosje.cli import main
from dosje.system.manifest import (
    NAME,
    Difference,
    Manifest,
    ManifestError,
    compare,
    format_manifest,
    hash_tree,
    make_manifest,
    parse_manifest,
    read_manifest,
    write_manifest,
)

A = "ca978112ca1bbdcafac231b39a23dc4da786eff8147c4e72b9807785afee48bb"  # of "a"
NAMES = st.text(st.characters(exclude_characters="\0/", exclude_categories=["Cs"]), min_size=1, max_size=9)
SUMS = st.dictionaries(NAMES.filter(lambda name: name not in (".", "..", NAME)), st.just(A), max_size=5)


def copy_of(folder: Path, files: dict[str, str]) -> Path:
    for name, text in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text)
    write_manifest(folder, make_manifest(folder))
    return folder


def verify(*arguments: str | Path) -> Result:
    return CliRunner().invoke(main, ["verify", *map(str, arguments)])


def test_a_manifest_has_a_line_for_each_file_in_the_form_of_coreutils(tmp_path: Path) -> None:
    copy_of(tmp_path, {"index.html": "a", "a/b.css": "a"})
    assert (tmp_path / NAME).read_text() == f"{A}  a/b.css\n{A}  index.html\n"


@given(SUMS, st.data())
def test_a_manifest_is_read_as_it_was_written(sums: dict[str, str], data: st.DataObject) -> None:
    kept = frozenset(data.draw(st.sets(st.sampled_from(sorted(sums)))) if sums else ())
    assert parse_manifest(format_manifest(Manifest(sums, kept))) == Manifest(sums, kept)


def test_coreutils_finds_each_file_whatever_its_name(tmp_path: Path) -> None:
    copy_of(tmp_path, {"a b": "1", "back\\slash": "2", "line\nbreak": "3", "é/ü": "4", "*x": "5", "# x": "6"})
    manifest = read_manifest(tmp_path)
    assert manifest is not None
    write_manifest(tmp_path, Manifest(manifest.sums, frozenset({"a b"})))
    command = ["sha256sum", "--strict", "-c", NAME]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout.count(": OK")) == (0, 6), done.stderr


@pytest.mark.parametrize("line", ["x", f"{A} a", f"{A[1:]}  a", f"{A}  ", f" {A}  a"])
def test_a_line_that_is_none_is_named_by_its_number(line: str) -> None:
    with pytest.raises(ManifestError, match="SHA256SUMS, line 2, is not"):
        parse_manifest(f"{A}  b\n{line}\n")


def test_a_site_with_a_link_or_a_pipe_in_it_has_no_manifest(tmp_path: Path) -> None:
    (tmp_path / "link").symlink_to("/etc/passwd")
    with pytest.raises(ManifestError, match="link is a link, pipe or device"):
        make_manifest(tmp_path)
    (tmp_path / "link").unlink()
    os.mkfifo(tmp_path / "pipe")
    with pytest.raises(ManifestError, match="pipe is a link, pipe or device"):
        make_manifest(tmp_path)


def test_verify_says_that_a_copy_is_good(tmp_path: Path) -> None:
    result = verify(copy_of(tmp_path, {"index.html": "a", "b.css": "b"}))
    assert (result.exit_code, result.stdout, result.stderr) == (0, "", f"{tmp_path}: 2 files, as SHA256SUMS says\n")


def test_verify_says_what_is_missing_changed_and_added_one_a_line(tmp_path: Path) -> None:
    copy_of(tmp_path, {"a/gone.html": "a", "a/other.html": "b", "a/same.html": "c", "a/linked.html": "d"})
    (tmp_path / "a/gone.html").unlink()
    (tmp_path / "a/other.html").write_text("B")
    (tmp_path / "a/linked.html").unlink()
    (tmp_path / "a/linked.html").symlink_to("same.html")
    (tmp_path / "a/new\nline.html").write_text("")
    (tmp_path / "more").symlink_to("/etc")
    os.mkfifo(tmp_path / "pipe")  # opening it would wait for ever
    result = verify(tmp_path)
    assert (result.exit_code, result.stderr) == (1, f"{tmp_path}: 4 files, not as SHA256SUMS says\n")
    assert result.stdout == (
        "missing: a/gone.html\nchanged: a/linked.html\nchanged: a/other.html\n"
        "added: a/new\\nline.html\nadded: more\nadded: pipe\n"
    )


def test_verify_without_a_manifest_cannot_be_done(tmp_path: Path) -> None:
    (tmp_path / "index.html").write_text("a")
    result = verify(tmp_path)
    assert (result.exit_code, result.stdout) == (2, "")
    assert result.stderr == f"Error: there is no SHA256SUMS in {tmp_path}, so nothing says what should be there\n"
    (tmp_path / NAME).write_text("what?\n")
    result = verify(tmp_path)
    assert (result.exit_code, result.stderr) == (
        2,
        "Error: SHA256SUMS, line 1, is not a SHA-256, two spaces and a path\n",
    )


def test_verify_compares_with_the_site_of_the_edition_and_allows_for_what_publishing_adds(tmp_path: Path) -> None:
    (tmp_path / "mkdocs.yml").write_text("site_name: A\n")
    copy_of(tmp_path / "site", {"index.html": "new", "assets/site.1234567.css": "new"})
    copy = copy_of(
        tmp_path / "copy",
        {"index.html": "new", "assets/site.1234567.css": "new", "assets/site.7654321.css": "old", ".nojekyll": ""},
    )
    manifest = make_manifest(copy)
    write_manifest(copy, Manifest(manifest.sums, frozenset({"assets/site.7654321.css"})))
    assert verify("--same", copy, "--project", tmp_path).exit_code == 0
    copy_of(tmp_path / "site", {"index.html": "newer"})
    assert verify(copy).exit_code == 0
    result = verify("--same", copy, "--project", tmp_path)
    assert (result.exit_code, result.stdout) == (1, "changed: index.html\n")
    assert verify("--project", tmp_path).exit_code == 0  # its own site


@given(SUMS, SUMS)
def test_what_differs_is_missing_changed_or_added_and_nothing_else(
    wanted: dict[str, str], found: dict[str, str]
) -> None:
    found = {name: digest[::-1] if len(name) % 2 else digest for name, digest in found.items()}
    difference = compare(wanted, found)
    rest = {name: digest for name, digest in found.items() if name not in (*difference.changed, *difference.added)}
    assert rest == {n: d for n, d in wanted.items() if n not in (*difference.changed, *difference.missing)}
    assert bool(difference) == (wanted != found)
    assert compare(found, found) == Difference((), (), ())


def test_a_tree_is_hashed_without_following_a_link(tmp_path: Path) -> None:
    (tmp_path / "a").write_text("a")
    (tmp_path / "up").symlink_to("..")
    assert hash_tree(tmp_path) == {"a": A, "up": ""}
