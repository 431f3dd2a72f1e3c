"""The architecture: what ARCHITECTURE.md says of the modules is what the code does."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from conftest import PROJECT

MODULES = {path.stem: path for path in sorted((PROJECT / "scripts" / "dosje").glob("*.py")) if path.stem != "__init__"}


def parse(module: str) -> ast.Module:
    return ast.parse(MODULES[module].read_text(encoding="utf-8"))


def imports_of(module: str) -> Iterator[tuple[str, str]]:
    """Yield (package, module or name) of everything that the module imports, wherever it does so."""
    for node in ast.walk(parse(module)):
        if isinstance(node, ast.Import):
            for alias in node.names:
                top, _, rest = alias.name.partition(".")
                yield top, rest
        elif isinstance(node, ast.ImportFrom) and (node.level or (node.module or "").split(".")[0] == "dosje"):
            inner = (node.module or "").removeprefix("dosje").lstrip(".")
            for name in [inner] if inner else [alias.name for alias in node.names]:
                yield "dosje", name
        elif isinstance(node, ast.ImportFrom):
            top, _, rest = (node.module or "").partition(".")
            yield top, rest


def ours(module: str) -> set[str]:
    return {name for package, name in imports_of(module) if package == "dosje"} & set(MODULES)


def read_table() -> dict[str, set[str]]:
    """Return the table below "The import table": the modules that each module may import."""
    text = (PROJECT / "ARCHITECTURE.md").read_text(encoding="utf-8")
    section = re.split(r"^## ", text.split("## The import table\n", 1)[1], maxsplit=1, flags=re.MULTILINE)[0]
    rows = [line.strip("|").split("|") for line in section.splitlines() if line.startswith("|")][2:]
    names = [[re.findall(r"`(\w+)`", cell) for cell in row] for row in rows]
    return {name: set(allowed) for (name,), allowed in names}


def test_the_import_table_names_every_module_and_what_it_imports() -> None:
    assert {module: sorted(names) for module, names in read_table().items()} == {
        module: sorted(ours(module)) for module in MODULES
    }


def test_a_module_stands_below_all_that_it_imports() -> None:
    order = list(read_table())
    above = {module: set(order[: order.index(module)]) for module in order}
    assert {module: names - above[module] for module, names in read_table().items()} == {
        module: set() for module in order
    }


def test_only_the_preview_and_what_runs_as_a_child_import_mkdocs() -> None:
    assert [m for m in MODULES if any(package == "mkdocs" for package, _ in imports_of(m))] == ["preview", "run_mkdocs"]


def test_other_programs_are_started_in_one_place() -> None:
    found = [m for m in MODULES if any(package == "subprocess" for package, _ in imports_of(m))]
    assert found == ["children", "run_pagefind"]  # the latter is itself a child


def test_only_the_command_line_prints_and_exits() -> None:
    for module in set(MODULES) - {"cli"}:
        called = {ast.unparse(node.func) for node in ast.walk(parse(module)) if isinstance(node, ast.Call)}
        assert called.isdisjoint({"print", "click.echo", "sys.exit", "exit"}), module
        assert "click" not in {package for package, _ in imports_of(module)}, module


@pytest.mark.parametrize("module", MODULES)
def test_a_module_says_what_it_is_for(module: str) -> None:
    assert ast.get_docstring(parse(module))


def test_the_table_is_read_as_it_is_written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    table = (
        "# A\n## The import table\n\n| Module | May import |\n|:--|:--|\n| `a` |  |\n| `b` | `a`, `c` |\n\n## Next\n"
    )
    (tmp_path / "ARCHITECTURE.md").write_text(table)
    monkeypatch.setattr("test_architecture.PROJECT", tmp_path)
    assert read_table() == {"a": set(), "b": {"a", "c"}}
