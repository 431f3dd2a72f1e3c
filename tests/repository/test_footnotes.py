"""The writer of footnotes that measure the lookup knows nothing of the lookup, and writes what it promises."""

from __future__ import annotations

import ast
import subprocess
import sys
from pathlib import Path

import pytest

from conftest import PROJECT

BENCHMARKS = PROJECT / "benchmarks"
WRITER = ("footnotes", "footnote_facts", "forms_of_documents", "forms_of_works", "near_misses")
# What the table of the starter says, in a process of its own: the scripts find one another by their folder.
_COUNT = """
import sys, tempfile
from pathlib import Path
sys.path.insert(0, sys.argv[1])
from dosje.starter.starter import make_starter, write_starter
from lookup_quality import index_of, write_all
with tempfile.TemporaryDirectory() as name:
    write_starter(Path(name), make_starter())
    notes = write_all(index_of(Path(name))[0])
forms = {note.form for note in notes}
print(len([form for form in forms if not form.startswith(("miss: ", "far: "))]) >= 60)
print(sum(not note.is_miss for note in notes) <= 2 * sum(note.is_miss for note in notes))
print(len({(note.before, note.text) for note in notes}) > 250)
"""


def _imports_of(module: str) -> set[str]:
    tree = ast.parse((BENCHMARKS / f"{module}.py").read_text(encoding="utf-8"))
    names = {alias.name for node in ast.walk(tree) if isinstance(node, ast.Import) for alias in node.names}
    return names | {node.module or "" for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)}


@pytest.mark.parametrize("module", WRITER)
def test_the_writer_of_footnotes_imports_nothing_from_the_lookup(module: str) -> None:
    imported = _imports_of(module)
    assert imported  # the test reads what it means to read
    assert not {name for name in imported if name.startswith("dosje.lookup") or name == "lookup_quality"}
    assert {name for name in imported if (BENCHMARKS / f"{name}.py").exists()} <= set(WRITER)


def test_footnotes_are_written_in_sixty_forms_and_half_as_many_near_misses(tmp_path: Path) -> None:
    counted = subprocess.run(
        [sys.executable, "-c", _COUNT, str(BENCHMARKS)], capture_output=True, text=True, cwd=tmp_path, check=True
    )
    assert counted.stdout.split() == ["True", "True", "True"]
