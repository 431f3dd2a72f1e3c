"""The style sheet of the first edition: no page looks different for what is left out."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from conftest import serve

# With what its script shows of it.
_LOOKUP = "lookup/?note=Kapo+to+Hoxha,+25+June+1960,+AQSH,+F.14/AP,+OU,+MPPKPB,+D.+1,+fl.+48"


# Of each element, and of what stands before and behind it, all that the browser knows of its looks, as one number.
_LOOKS = """() => [...document.body.querySelectorAll("*")].map((element) => {
  let sum = 0
  for (const part of ["", "::before", "::after"]) {
    const style = getComputedStyle(element, part)
    if (part && style.content === "none") continue
    for (const name of style) {
      if (name.startsWith("--")) continue
      for (const sign of name + style.getPropertyValue(name)) sum = (Math.imul(sum, 31) + sign.codePointAt(0)) | 0
    }
  }
  return `${element.localName} ${element.getAttribute("class")} ${sum}`
})"""


@pytest.mark.browser
@pytest.mark.parametrize(("media", "width"), [("screen", 1300), ("screen", 390), ("print", 800)])
def test_no_element_looks_different_for_what_is_left_out(
    media: str, width: int, browser: Browser, built: Path, whole: Path
) -> None:
    found = []
    for folder in (built / "site", whole):
        with serve(folder) as address:
            page = browser.new_page(viewport={"width": width, "height": 900}, reduced_motion="reduce")
            page.emulate_media(media="print" if media == "print" else "screen")
            looks = []
            for path in ("persons/petrit-dume/", _LOOKUP, "sources/kapo-hoxha-1960-06-24-b/"):
                page.goto(address + path, wait_until="networkidle")
                if path == _LOOKUP:
                    page.locator(".dosje-match").first.wait_for()
                page.evaluate("document.fonts.ready")
                # Until the notes have found their place in the margin.
                before, seen = None, page.evaluate(_LOOKS)
                while before != seen:
                    before, seen = seen, page.evaluate(_LOOKS)
                looks.append(seen)
            found.append(looks)
            page.close()
    assert found[0] == found[1]


@pytest.fixture(scope="module")
def whole(built: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the site of the first edition as MkDocs alone makes it."""
    root = tmp_path_factory.mktemp("whole")
    for name in (".build/theme", ".build/pages", "bibliography"):
        shutil.copytree(built / name, root / name)
    shutil.copy(built / ".build" / "mkdocs.yml", root)
    command = [sys.executable, "-m", "mkdocs", "build", "-q", "-d", str(root / "site")]
    subprocess.run(command, cwd=root, check=True, capture_output=True)
    return root / "site"
