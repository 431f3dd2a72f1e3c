"""What the code may not take for granted, because Linux, macOS and Windows differ: it is read, not run."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

from conftest import PROJECT

PACKAGE = PROJECT / "scripts" / "dosje"
MODULES = sorted(PACKAGE.rglob("*.py"))
# Modules that not every system has. Whoever imports one does so under a condition.
_OF_ONE_SYSTEM = {"fcntl", "grp", "msvcrt", "pwd", "resource", "termios", "winreg"}


def calls_in(path: Path) -> Iterator[tuple[str, ast.Call]]:
    """Yield the calls of a module, each with the name of what is called and nothing before it."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Call):
            yield ast.unparse(node.func).rpartition(".")[2], node


def names(call: ast.Call) -> set[str | None]:
    return {keyword.arg for keyword in call.keywords}


def places(found: Iterator[tuple[Path, ast.AST]]) -> list[str]:
    return [f"{path.relative_to(PACKAGE)}:{getattr(node, 'lineno', 0)}" for path, node in found]


def test_a_text_is_written_with_its_encoding_and_ends_of_lines() -> None:
    # Windows would write an old code page, and "\r\n".
    assert not places(
        (path, call)
        for path in MODULES
        for name, call in calls_in(path)
        if name == "write_text" and call.args and not {"encoding", "newline"} <= names(call)
    )


def test_a_text_is_read_with_its_encoding() -> None:
    # `files.read_text` is ours, and has two arguments.
    assert not places(
        (path, call)
        for path in MODULES
        for name, call in calls_in(path)
        if name == "read_text" and isinstance(call.func, ast.Attribute) and not (call.args or "encoding" in names(call))
    )


def test_files_change_their_place_in_one_module() -> None:
    # There it is tried again where Windows has the file open.
    moving = ("os.replace", "os.rename", "shutil.move")
    found = [
        (path, call)
        for path in MODULES
        for _, call in calls_in(path)
        if ast.unparse(call.func) in moving
        or (isinstance(call.func, ast.Attribute) and call.func.attr in ("replace", "rename") and len(call.args) == 1)
    ]
    assert {path.relative_to(PACKAGE).as_posix() for path, _ in found} == {"system/renaming.py"}, places(iter(found))


def test_no_file_is_given_to_a_program_while_it_is_open() -> None:
    assert not places((path, call) for path in MODULES for name, call in calls_in(path) if name == "NamedTemporaryFile")


def test_no_command_goes_through_a_shell() -> None:
    shells = ("system", "popen", "getoutput", "getstatusoutput")
    assert not places(
        (path, call)
        for path in MODULES
        for name, call in calls_in(path)
        if "shell" in names(call) or (name in shells and ast.unparse(call.func).startswith(("os.", "subprocess.")))
    )


@pytest.mark.parametrize("path", MODULES, ids=lambda path: path.relative_to(PACKAGE).as_posix())
def test_what_one_system_has_is_imported_under_a_condition(path: Path) -> None:
    body = ast.parse(path.read_text(encoding="utf-8")).body
    imported = [alias.name for node in body if isinstance(node, ast.Import) for alias in node.names]
    imported += [str(node.module) for node in body if isinstance(node, ast.ImportFrom)]
    assert not _OF_ONE_SYSTEM.intersection(imported)
