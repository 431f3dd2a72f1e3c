"""The zip of a site."""

from __future__ import annotations

import html
import posixpath
import re
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path
from urllib.parse import unquote

import pytest

from conftest import MINI
from dosje.site.bundle import pack


def test_the_same_files_are_the_same_zip(tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "a.html").write_text("a")
    assert pack(tmp_path / "in", tmp_path / "one.zip") == 1
    pack(tmp_path / "in", tmp_path / "two.zip")
    assert (tmp_path / "one.zip").read_bytes() == (tmp_path / "two.zip").read_bytes()


@pytest.mark.whole
def test_every_link_in_the_zip_leads_to_a_file_in_it(tmp_path: Path) -> None:
    root = Path(shutil.copytree(MINI, tmp_path / "edition"))
    command = [sys.executable, "-m", "dosje.cli", "bundle", "--project", str(root)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    with zipfile.ZipFile(root / ".build" / "downloads" / "edition.zip") as archive:
        pages = {name: archive.read(name).decode() for name in archive.namelist() if name.endswith(".html")}
        names = set(archive.namelist())
    dead, checked = [], 0
    for name, page in pages.items():
        for link in set(re.findall(r' (?:xlink:)?(?:href|src)="(?![a-z]+:|//|#)([^"#?]+)', page)):
            checked += 1
            if posixpath.normpath(posixpath.join(posixpath.dirname(name), unquote(html.unescape(link)))) not in names:
                dead.append((name, link))
    assert dead == []
    assert checked > 500
