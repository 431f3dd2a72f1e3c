"""The house: what ARCHITECTURE.md says of the packages is what the code does.

`python tests/repository/test_architecture.py` prints the packages, their floors and the arrows between them.
"""

from __future__ import annotations

import ast
import re
from collections import Counter
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

PROJECT = Path(__file__).parent.parent.parent
PACKAGE = PROJECT / "scripts" / "dosje"
# By name as in an import: "values.dates"; of a package itself, its name alone.
FILES = {
    ".".join(path.relative_to(PACKAGE).with_suffix("").parts).removesuffix("__init__").rstrip("."): path
    for path in sorted(PACKAGE.rglob("*.py"))
}
MODULES = {name: path for name, path in FILES.items() if path.stem != "__init__"}
# They do not know one another.
WINGS = ("lookup", "books", "web")


@cache
def parse(module: str) -> ast.Module:
    return ast.parse(FILES[module].read_text(encoding="utf-8"))


def imports_of(module: str) -> Iterator[tuple[str, str, str]]:
    """Yield (top package, module, name) of everything that a module imports, wherever it does so.

    Of ours the top package is "dosje" and the module is named as in MODULES; the name is "" where it is imported whole.
    """
    for node in ast.walk(parse(module)):
        if isinstance(node, ast.Import):
            for alias in node.names:
                top, _, rest = alias.name.partition(".")
                yield top, rest, ""
        elif isinstance(node, ast.ImportFrom):
            parts = (node.module or "").split(".") if node.module else []
            if node.level:
                folder = module.split(".") if FILES[module].stem == "__init__" else module.split(".")[:-1]
                parts = ["dosje", *folder[: len(folder) - node.level + 1], *parts]
            top, inner = parts[0], ".".join(parts[1:])
            for alias in node.names:
                whole = f"{inner}.{alias.name}".lstrip(".")
                yield (top, whole, "") if top == "dosje" and whole in FILES else (top, inner, alias.name)


def package_of(module: str) -> str:
    return module.partition(".")[0]


def read_packages() -> list[str]:
    """Return the packages in the table below "The packages", from the ground up."""
    text = (PROJECT / "ARCHITECTURE.md").read_text(encoding="utf-8")
    section = re.split(r"^## ", text.split("## The packages\n", 1)[1], maxsplit=1, flags=re.MULTILINE)[0]
    rows = [line.strip("|").split("|") for line in section.splitlines() if line.startswith("|")][2:]
    return [re.findall(r"`(\w+)`", row[0])[0] for row in rows]


def arrows() -> Counter[tuple[str, str]]:
    """Return how many imports lead from each package to each other."""
    return Counter(
        (package_of(module), package_of(target))
        for module in MODULES
        for top, target, _ in imports_of(module)
        if top == "dosje" and target and package_of(module) != package_of(target)
    )


def floors() -> dict[str, int]:
    """Return the floor of each package: 0 if it imports none of ours, else one above the highest that it imports."""
    below: dict[str, set[str]] = {package: set() for package in read_packages()}
    for source, target in arrows():
        below.setdefault(source, set()).add(target)
    found: dict[str, int] = {}
    for package, others in below.items():  # those below stand before it
        found[package] = max((found[other] + 1 for other in others), default=0)
    return found


def test_the_table_names_every_package_and_every_module_above_them() -> None:
    found = {package_of(module) for module in MODULES}
    assert sorted(read_packages()) == sorted(found)
    assert len(read_packages()) == len(set(read_packages()))


def test_a_package_imports_only_packages_that_stand_below_it() -> None:
    order = read_packages()
    wrong = [pair for pair in arrows() if order.index(pair[1]) > order.index(pair[0])]
    wrong += [pair for pair in arrows() if pair[0] in WINGS and pair[1] in WINGS]
    assert wrong == []


def test_no_module_reaches_for_what_another_package_keeps_to_itself() -> None:
    wrong = []
    for module in MODULES:
        for top, target, name in imports_of(module):
            is_other = top == "dosje" and package_of(target) != package_of(module) and target
            if is_other and (name.startswith("_") or any(part.startswith("_") for part in target.split("."))):
                wrong.append((module, target, name))
    assert wrong == []


def names_of(module: str) -> Iterator[str]:
    """Yield the names that a module defines at its top."""
    for node in parse(module).body:
        if isinstance(node, ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef):
            yield node.name
        elif isinstance(node, ast.Assign | ast.AnnAssign):
            targets = node.targets if isinstance(node, ast.Assign) else [node.target]
            yield from (part.id for target in targets for part in ast.walk(target) if isinstance(part, ast.Name))


def test_a_public_name_has_one_meaning_in_the_whole_program() -> None:
    homes: dict[str, set[str]] = {}
    for module in MODULES:
        for name in names_of(module):
            if not name.startswith("_"):
                homes.setdefault(name, set()).add(module)
    assert len(homes) > 500
    assert {name: sorted(modules) for name, modules in homes.items() if len(modules) > 1} == {}


def test_only_the_preview_and_what_runs_as_a_child_import_mkdocs() -> None:
    found = [m for m in MODULES if any(top == "mkdocs" for top, *_ in imports_of(m))]
    assert found == ["site.preview_server", "site.preview_state", "site.preview_theme", "site.run_mkdocs"]


def test_other_programs_are_started_in_one_place() -> None:
    found = [m for m in MODULES if any(top == "subprocess" for top, *_ in imports_of(m))]
    assert found == ["site.run_pagefind", "system.children"]  # the former is itself a child


def test_only_the_command_line_prints_and_exits() -> None:
    for module in (module for module in MODULES if package_of(module) != "cli"):
        called = {ast.unparse(node.func) for node in ast.walk(parse(module)) if isinstance(node, ast.Call)}
        assert called.isdisjoint({"print", "click.echo", "sys.exit", "exit"}), module
        assert "click" not in {top for top, *_ in imports_of(module)}, module


def test_what_memoises_is_not_called_frozen() -> None:
    wrong = []
    for module in MODULES:
        for node in ast.walk(parse(module)):
            if isinstance(node, ast.ClassDef):
                parts = [ast.unparse(d) for part in node.body for d in getattr(part, "decorator_list", ())]
                is_frozen = any("frozen=True" in ast.unparse(decorator) for decorator in node.decorator_list)
                if is_frozen and any(part.endswith("cached_property") for part in parts):
                    wrong.append(f"{module}.{node.name}")
    assert wrong == []


@pytest.mark.parametrize("module", FILES)
def test_a_module_says_what_it_is_for(module: str) -> None:
    assert ast.get_docstring(parse(module))


def main() -> None:
    found, below = floors(), arrows()
    for package in reversed(read_packages()):
        size = sum(package_of(module) == package for module in MODULES)
        to = ", ".join(f"{target} {count}" for (source, target), count in sorted(below.items()) if source == package)
        print(f"floor {found[package]:2}  {package:10} {size:3} modules  imports {to or '-'}")
    print(f"{len(found)} packages, {max(found.values()) + 1} floors, {len(below)} arrows, {len(MODULES)} modules")


if __name__ == "__main__":
    main()
