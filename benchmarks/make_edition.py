"""Writes an edition of N records in our formats, to build and to measure: `make_edition.py N DIR [--seed 1]`.

The same N and seed give the same bytes, but for mkdocs.yml and theme/, which follow those of this
checkout. Needs nothing but Python, so that a benchmark may make its edition before it installs.
"""

from __future__ import annotations

import argparse
import re
import sys
from collections.abc import Mapping
from pathlib import Path

from basis import LARGEST, SMALLEST
from invent import invent_edition

PROJECT = Path(__file__).resolve().parents[1]
MARKER = ".made-by-make-edition"


def make_config(project: Path, size: int) -> str:
    """Return the project's own mkdocs.yml for this edition: another name, and a navigation of indices only.

        The navigation stays, because MkDocs would list every record without one: quadratic, and not
    what a real edition costs. Out of it go the hand-written pages, and the article
    """
    path = project / "mkdocs.yml"
    lines = path.read_text(encoding="utf-8").splitlines() if path.is_file() else []
    kept, is_nav = [], False
    for line in lines:
        if re.match(r"[^\s#-]", line):  # a new key at the left margin ends a block
            is_nav = line.startswith("nav:")
        is_prose = is_nav and re.search(r"\.md\b", line) and not re.search(r"\bindex\.md\b", line)
        is_its_own = re.match(r"(?:site_name|docs_dir):|\s+concordance:", line)
        if not is_prose and not is_its_own:
            kept.append(line)
    kept = [f"site_name: Benchmark edition of {size} records", *kept]
    return "\n".join(kept) + "\n"


def copy_beside_config(project: Path, config: str) -> dict[str, bytes]:
    """Return what mkdocs.yml needs beside it: theme/, and every style or hook it names, by path."""
    named = [project / name for name in re.findall(r"[\w./-]+\.(?:csl|py)\b", config) if ".." not in name]
    parts = [*(project / "theme").rglob("*"), *named]
    found = {path.relative_to(project).as_posix(): path for path in parts if path.is_file() and path.suffix != ".pyc"}
    return {name: found[name].read_bytes() for name in sorted(found)}


def write_edition(folder: Path, files: Mapping[str, bytes]) -> None:
    """Write the files into `folder`, and take out those that an earlier edition left there.

    Raises FileExistsError if something is there that this script did not make.
    """
    marker = folder / MARKER
    if folder.exists() and not folder.is_dir():
        raise FileExistsError(f"{folder} is a file")
    if folder.is_dir() and any(folder.iterdir()) and not marker.is_file():
        raise FileExistsError(f"{folder} is not empty and was not made by this script")
    for name in marker.read_text(encoding="utf-8").splitlines() if marker.is_file() else []:
        if ".." not in Path(name).parts and not Path(name).is_absolute():
            (folder / name).unlink(missing_ok=True)
    folder.mkdir(parents=True, exist_ok=True)
    # First of all, so that an edition that was broken off can be made again.
    marker.write_text("".join(f"{name}\n" for name in sorted(files)), encoding="utf-8")
    for name, content in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)


def main() -> int:
    """Write the edition that the command line asks for; return 0, or 2 for wrong usage."""
    parser = argparse.ArgumentParser(description="Write an edition of N invented records into DIR.")
    parser.add_argument("size", metavar="N", type=int, help=f"number of records, {SMALLEST} to {LARGEST}")
    parser.add_argument("folder", metavar="DIR", type=Path, help="an empty folder, or one that this script made")
    parser.add_argument("--seed", type=int, default=1, help="another seed makes another edition (default: 1)")
    arguments = parser.parse_args()
    try:
        texts = invent_edition(arguments.size, arguments.seed)
        config = make_config(PROJECT, arguments.size)
        copied = copy_beside_config(PROJECT, config)
        written = {name: text.encode() for name, text in texts.items()}
        write_edition(arguments.folder, {"mkdocs.yml": config.encode(), **copied, **written})
    except (ValueError, FileExistsError) as error:
        print(f"make_edition: {error}", file=sys.stderr)
        return 2
    return 0


if __name__ == "__main__":
    sys.exit(main())
