"""All that differs between kinds of records stands in one row, and what is code covers all kinds."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import dosje
from dosje.reading.kinds import CODES_OF_KINDS, KINDS
from dosje.reading.texts import LINK_KINDS
from dosje.views import view_maker
from dosje.web import tables
from english import ENGLISH

PACKAGE = Path(dosje.__file__).parent
# Functions by kind, one table a package, and the rows themselves.
CODE = {"reading/kinds.py", "views/view_maker.py", "web/tables.py"}


def test_each_kind_has_functions_phrases_and_a_finding() -> None:
    assert view_maker._KINDS.keys() == KINDS.keys()
    assert tables._LISTS.keys() == {kind.plural for kind in KINDS.values() if kind.has_table}
    for kind in KINDS.values():
        assert ENGLISH(f"kind.{kind.name}")
        assert f"unknown-{kind.template_name}" in CODES_OF_KINDS


def test_no_two_kinds_share_what_tells_them_apart() -> None:
    for values in zip(
        *((kind.name, kind.plural, kind.path_in_content, kind.rank) for kind in KINDS.values()), strict=True
    ):
        assert len(set(values)) == len(KINDS)
    assert (*KINDS, "note") == LINK_KINDS


def test_no_other_module_has_a_table_by_kind() -> None:
    found = {
        f"{path.relative_to(PACKAGE).as_posix()}:{line}"
        for path in sorted(PACKAGE.rglob("*.py"))
        for line in tables_in(path.read_text("utf-8"))
        if path.relative_to(PACKAGE).as_posix() not in CODE
    }
    assert found == set()


def tables_in(source: str) -> Iterator[int]:
    """Yield the line of each dictionary, list, tuple or set that names four kinds, or four lists of kinds."""
    names = [set(KINDS), {kind.plural for kind in KINDS.values()}]
    for node in ast.walk(ast.parse(source)):
        parts = node.keys if isinstance(node, ast.Dict) else getattr(node, "elts", [])
        said = {part.value for part in parts if isinstance(part, ast.Constant)}
        if isinstance(node, ast.expr) and any(len(said & known) >= 4 for known in names):
            yield node.lineno


def test_a_table_by_kind_is_found() -> None:
    assert [*tables_in('a = 1\nb = {"meeting": 1, "event": 2, "person": 3, "place": 4}')] == [2]
